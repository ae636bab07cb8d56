/* The shared accumulator says what a private one does. */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#if !defined(_WIN32)
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

#include "../check.h"

static const double values[] = {1e300, 0.1, -1e300, 2.5, -0.0, 1e-300};

static tally_shared *new_shared(void) {
    tally_shared *shared = NULL;
    CHECK_OK(tally_shared_new(&shared));
    CHECK(shared != NULL);
    return shared;
}

static tally_accumulator snapshot(tally_shared *shared) {
    tally_accumulator now;
    memset(&now, 0xa5, sizeof now);
    CHECK_OK(tally_shared_snapshot(shared, &now));
    return now;
}

static void it_begins_empty(void) {
    tally_shared *shared = new_shared();
    tally_accumulator now = snapshot(shared);
    tally_accumulator empty = TALLY_ACCUMULATOR_INIT;
    CHECK_BYTES(&now, &empty, sizeof now);
    CHECK_OK(tally_unref(shared));
}

static void it_adds_and_merges_as_a_private_one(void) {
    tally_shared *shared = new_shared();
    tally_accumulator own = TALLY_ACCUMULATOR_INIT, part = own;
    for (size_t count = 0; count <= 6; count++) {
        CHECK_OK(tally_shared_add_f64(shared, values, count));
        CHECK_OK(tally_accumulator_add_f64(&own, values, count));
        tally_accumulator now = snapshot(shared);
        CHECK_BYTES(&now, &own, sizeof now);
    }
    static const double specials[] = {NAN, INFINITY, -INFINITY};
    CHECK_OK(tally_accumulator_add_f64(&part, specials, 3));
    CHECK_OK(tally_shared_merge(shared, &part));
    CHECK_OK(tally_accumulator_merge(&own, &part));
    tally_accumulator now = snapshot(shared);
    CHECK_BYTES(&now, &own, sizeof now);
    CHECK_OK(tally_unref(shared));
}

static void any_alignment_will_do(void) {
    unsigned char bytes[sizeof values + 8];
    unsigned char state[sizeof(tally_accumulator) + 8];
    tally_accumulator own = TALLY_ACCUMULATOR_INIT;
    CHECK_OK(tally_accumulator_add_f64(&own, values, 6));
    for (size_t offset = 0; offset < 8; offset++) {
        tally_shared *shared = new_shared();
        memcpy(bytes + offset, values, sizeof values);
        CHECK_OK(tally_shared_add_f64(
            shared, (const double *)(void *)(bytes + offset), 6));
        CHECK_OK(tally_shared_snapshot(
            shared, (tally_accumulator *)(void *)(state + offset)));
        CHECK_BYTES(state + offset, &own, sizeof own);
        CHECK_OK(tally_unref(shared));
        shared = new_shared();
        CHECK_OK(tally_shared_merge(
            shared, (const tally_accumulator *)(void *)(state + offset)));
        tally_accumulator now = snapshot(shared);
        CHECK_BYTES(&now, &own, sizeof own);
        CHECK_OK(tally_unref(shared));
    }
}

static void what_would_overflow_is_refused_and_leaves_it(void) {
    tally_shared *shared = new_shared();
    tally_accumulator full = TALLY_ACCUMULATOR_INIT;
    full.opaque[34] = INT64_MAX; /* The counter of values. */
    CHECK_OK(tally_shared_merge(shared, &full));
    CHECK_REFUSED(tally_shared_add_f64(shared, values, 1), TALLY_OVERFLOW,
                  "tally_shared_add_f64");
    CHECK_REFUSED(tally_shared_merge(shared, &full), TALLY_OVERFLOW,
                  "tally_shared_merge");
    tally_accumulator now = snapshot(shared);
    CHECK_BYTES(&now, &full, sizeof now);
    CHECK_OK(tally_unref(shared));
}

static void references_keep_it(void) {
    tally_shared *shared = new_shared();
    CHECK_OK(tally_ref(shared));
    CHECK_OK(tally_unref(shared));
    CHECK_OK(tally_shared_add_f64(shared, values, 6));
    CHECK_OK(tally_unref(shared));
    CHECK_REFUSED(tally_shared_add_f64(shared, values, 6), TALLY_STALE,
                  "tally_shared_add_f64");
}

#if !defined(_WIN32)
/* Values that can be read only when others have used the accumulator: as long
 * as they are summed, it is not locked. */
enum { PAGE = 65536 };
static _Alignas(PAGE) double unreadable[PAGE / sizeof(double)];
static tally_shared *of_two;
static int is_read, may_be_read;

static void on_first_read(int number) {
    (void)number;
    __atomic_store_n(&is_read, 1, __ATOMIC_SEQ_CST);
    while (!__atomic_load_n(&may_be_read, __ATOMIC_SEQ_CST)) {
    }
    mprotect(unreadable, sizeof unreadable, PROT_READ | PROT_WRITE);
}

static void *add_unreadable(void *unused) {
    CHECK_OK(tally_shared_add_f64(of_two, unreadable,
                                  sizeof unreadable / sizeof *unreadable));
    return unused;
}

static void check_total_of_two(double want, const struct place *at) {
    tally_accumulator now = snapshot(of_two);
    double total = 0.5;
    check_status(tally_accumulator_value_f64(&now, &total), TALLY_OK, "", at);
    check_double(total, want, at);
}

static void others_need_not_wait_for_values_to_be_summed(void) {
    static const double one = 1;
    pthread_t thread;
    if (is_quick()) {
        return;
    }
    of_two = new_shared();
    unreadable[0] = 5;
    CHECK(signal(SIGSEGV, on_first_read) != SIG_ERR);
    CHECK_INT(mprotect(unreadable, sizeof unreadable, PROT_NONE), 0);
    CHECK_INT(pthread_create(&thread, NULL, add_unreadable, NULL), 0);
    while (!__atomic_load_n(&is_read, __ATOMIC_SEQ_CST)) {
        sched_yield();
    }
    /* If this waits for the other thread, that is the end. */
    alarm(60);
    CHECK_OK(tally_shared_add_f64(of_two, &one, 1));
    CHECK_CALL(check_total_of_two, 1);
    alarm(0);
    __atomic_store_n(&may_be_read, 1, __ATOMIC_SEQ_CST);
    CHECK_INT(pthread_join(thread, NULL), 0);
    CHECK_CALL(check_total_of_two, 6);
    signal(SIGSEGV, SIG_DFL);
    CHECK_OK(tally_unref(of_two));
}
#endif

int main(void) {
    it_begins_empty();
    it_adds_and_merges_as_a_private_one();
    any_alignment_will_do();
    what_would_overflow_is_refused_and_leaves_it();
    references_keep_it();
#if !defined(_WIN32)
    others_need_not_wait_for_values_to_be_summed();
#endif
    return finish();
}
