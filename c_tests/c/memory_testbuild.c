/* Out of memory at each allocation in turn: TALLY_MEMORY, nothing changed and
 * nothing leaked, and all well once there is memory again. */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

#include "test_build.h"

/* What the functions that allocate give, and what they gave before. */
static void *const untouched = (void *)0x5a;
static const tally_record own_record = {1, "a name", 2};

static tally_status alloc(void **out) {
    void *block = tally_alloc(100);
    if (block != NULL) {
        *out = block;
    }
    return tally_last_status();
}

static tally_status classic_alloc(void **out) {
    void *block = c_alloc(0);
    if (block != NULL) {
        *out = block;
    }
    return tally_last_status();
}

static tally_status text_copy(void **out) {
    return tally_text_copy("some text", (char **)out);
}

static tally_status record_new(void **out) {
    return tally_record_new(1, "a name", 2, (tally_record **)out);
}

static tally_status record_copy(void **out) {
    return tally_record_copy(&own_record, (tally_record **)out);
}

static void free_record(void *record) {
    tally_record_free(record);
}

static tally_status shared_new(void **out) {
    return tally_shared_new((tally_shared **)out);
}

static tally_status object_new(void **out) {
    void *object = tally_object_new();
    if (object != NULL) {
        *out = object;
    }
    return tally_last_status();
}

static tally_status classic_object_new(void **out) {
    void *object = c_object_new();
    if (object != NULL) {
        *out = object;
    }
    return tally_last_status();
}

static const double values[] = {1.0, 2.0, 3.0};

static tally_status array_new(void **out) {
    return tally_array_new_f64(values, 3, (tally_array **)out);
}

/* How many arrays of borrowed memory were made and not yet released. */
static int borrowed;

static void released(const void *from, size_t count, void *user_data) {
    CHECK(from == values && count == 3 && user_data == &borrowed);
    borrowed--;
}

static tally_status array_borrow(void **out) {
    int before = borrowed;
    tally_status status = tally_array_borrow_f64(values, 3, released, &borrowed,
                                                 (tally_array **)out);
    CHECK_INT(borrowed, before);
    borrowed += status == TALLY_OK;
    return status;
}

static void unref(void *handle) {
    CHECK_INT(tally_unref(handle), TALLY_OK);
}

/* Those that need only a place in a table come first, each with more than the
 * table had so far, so that it must grow. */
#define MOST 9000
static const struct maker {
    const char *function;
    tally_status (*make)(void **out);
    void (*release)(void *made);
    int count;
} makers[] = {
    {"tally_object_new", object_new, unref, 5000},
    {"c_object_new", classic_object_new, c_object_unref, MOST},
    {"tally_alloc", alloc, tally_free, 2000},
    {"c_alloc", classic_alloc, c_free, 2000},
    {"tally_text_copy", text_copy, tally_free, 2000},
    {"tally_record_new", record_new, free_record, 2000},
    {"tally_record_copy", record_copy, free_record, 2000},
    {"tally_shared_new", shared_new, unref, 2000},
    {"tally_array_new_f64", array_new, unref, 2000},
    {"tally_array_borrow_f64", array_borrow, unref, 2000},
};
#define MAKERS (sizeof makers / sizeof *makers)

struct live {
    size_t handles, blocks, bytes;
};

static struct live live(void) {
    struct live now;
    CHECK_OK(tally_live(&now.handles, &now.blocks, &now.bytes));
    return now;
}

/* Makes one thing, with 0, 1, 2... allocations before they fail, until it
 * works. Returns how many were refused. */
static int make_with_failures(const struct maker *maker, void **out) {
    for (int failures = 0; failures < 20; failures++) {
        struct live before = live();
        *out = untouched;
        tally_test_fail_allocations_after(failures);
        tally_status status = maker->make(out);
        tally_test_fail_allocations_after(-1);
        if (status == TALLY_OK) {
            CHECK(*out != untouched && *out != NULL);
            return failures;
        }
        CHECK_REFUSED(status, TALLY_MEMORY, maker->function);
        CHECK(*out == untouched);
        CHECK_LIVE(before.handles, before.blocks, before.bytes);
    }
    CHECK(!"it never works");
    return 0;
}

/* Enough at once for the tables behind them to grow. */
static void each_allocation_may_fail(const struct maker *maker) {
    static void *made[MOST];
    int refused = 0;
    for (int i = 0; i < maker->count; i++) {
        refused += make_with_failures(maker, &made[i]);
    }
    CHECK(refused > 0);
    printf("%s: refused %d times\n", maker->function, refused);
    for (int i = 0; i < maker->count; i++) {
        maker->release(made[i]);
    }
    CHECK_LIVE(0, 0, 0);
    CHECK_INT(borrowed, 0);
}

/* Whether a block of this size that was freed, and waits, is given back to make
 * room for what is made. */
static bool makes_room(const struct maker *maker, size_t size, void **out) {
    void *waiting = tally_alloc(size);
    CHECK(waiting != NULL);
    tally_free(waiting);
    tally_test_fail_allocations_until_freed();
    CHECK_OK(maker->make(out));
    tally_test_fail_allocations_after(-1);
    if (*out == waiting) {
        return true;
    }
    tally_free(waiting);
    bool is_forgotten = tally_last_status() == TALLY_BAD_HANDLE;
    CHECK_RECORD(is_forgotten ? TALLY_BAD_HANDLE : TALLY_STALE, "tally_free");
    tally_clear_error();
    return is_forgotten;
}

/* Those that need only a place in a table find one, until it must grow. */
static void memory_that_was_freed_is_to_be_had(void) {
    static void *made[4 * MOST];
    for (size_t i = 0; i < MAKERS; i++) {
        for (size_t size = 100; size <= 2000; size += 1900) {
            int count = 0, made_room = 0;
            while (made_room == 0 && count < 4 * MOST) {
                made_room += makes_room(&makers[i], size, &made[count++]);
            }
            CHECK(made_room > 0);
            while (count > 0) {
                makers[i].release(made[--count]);
            }
        }
        CHECK_LIVE(0, 0, 0);
        CHECK_INT(borrowed, 0);
    }
}

/* A length that went wrong makes nothing forgotten; no memory does. */
static void what_waits_goes_only_where_it_may_help(void) {
    void *small = tally_alloc(100), *larger = tally_alloc(2000);
    tally_free(small);
    tally_free(larger);
    CHECK(tally_alloc(SIZE_MAX) == NULL);
    /* A 32-bit process may have half of all addresses in one block. */
    CHECK(tally_alloc(sizeof(void *) > 4 ? (size_t)PTRDIFF_MAX - 100
                                         : SIZE_MAX / 4 * 3) == NULL);
    CHECK_RECORD(TALLY_MEMORY, "tally_alloc");
    tally_free(small);
    CHECK_RECORD(TALLY_STALE, "tally_free");
    tally_free(larger);
    CHECK_RECORD(TALLY_STALE, "tally_free");
    tally_test_fail_allocations_after(0);
    CHECK(tally_alloc(100) == NULL);
    CHECK_RECORD(TALLY_MEMORY, "tally_alloc");
    tally_test_fail_allocations_after(-1);
    tally_free(small);
    CHECK_RECORD(TALLY_BAD_HANDLE, "tally_free");
    tally_free(larger);
    CHECK_RECORD(TALLY_BAD_HANDLE, "tally_free");
    tally_clear_error();
}

/* All but the small ones of other threads, as long as they run. */
static pthread_barrier_t is_freed, is_over;

static void *free_and_wait(void *blocks) {
    tally_free(((void **)blocks)[0]);
    tally_free(((void **)blocks)[1]);
    pthread_barrier_wait(&is_freed);
    pthread_barrier_wait(&is_over);
    return NULL;
}

static void what_other_threads_freed_stays_known_if_it_is_small(void) {
    void *blocks[] = {tally_alloc(100), tally_alloc(2000)};
    pthread_t thread;
    CHECK_INT(pthread_barrier_init(&is_freed, NULL, 2), 0);
    CHECK_INT(pthread_barrier_init(&is_over, NULL, 2), 0);
    CHECK_INT(pthread_create(&thread, NULL, free_and_wait, blocks), 0);
    pthread_barrier_wait(&is_freed);
    tally_test_fail_allocations_after(0);
    CHECK(tally_alloc(100) == NULL);
    tally_test_fail_allocations_after(-1);
    tally_free(blocks[0]);
    CHECK_RECORD(TALLY_STALE, "tally_free");
    tally_free(blocks[1]);
    CHECK_RECORD(TALLY_BAD_HANDLE, "tally_free");
    tally_clear_error();
    pthread_barrier_wait(&is_over);
    CHECK_INT(pthread_join(thread, NULL), 0);
    CHECK_INT(pthread_barrier_destroy(&is_freed), 0);
    CHECK_INT(pthread_barrier_destroy(&is_over), 0);
}

static int keep(const void *element, int *result, void *user_data) {
    (void)user_data;
    *result = *(const int *)element;
    return 0;
}

static size_t give_once(double *buffer, size_t capacity, void *user_data) {
    int *calls = user_data;
    for (size_t i = 0; i < capacity; i++) {
        buffer[i] = 1.0;
    }
    return (*calls)++ == 0 ? capacity : 0;
}

/* These need no memory: without any, all of them work. */
static void all_else_works_without_memory(void) {
    static double values[5000], many[600000];
    static int64_t integers[5000];
    static const int ints[] = {1, 2, 3};
    uint64_t seed = 1;
    for (size_t i = 0; i < 5000; i++) {
        uint64_t word = random_word(&seed) & ~(UINT64_C(1) << 62);
        memcpy(&values[i], &word, sizeof word);
        integers[i] = (int64_t)random_word(&seed) >> 14;
    }
    tally_shared *shared = NULL;
    CHECK_OK(tally_shared_new(&shared));
    void *object = tally_object_new();
    void *block = tally_alloc(10);
    tally_test_fail_allocations_after(0);

    tally_accumulator sum = TALLY_ACCUMULATOR_INIT, other = sum;
    double total;
    int64_t integer;
    static unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX];
    static char text[3000];
    size_t size;
    int results[3], calls = 0;
    CHECK_OK(tally_sum_f64(values, 5000, &total));
    CHECK_OK(tally_sum_i64(integers, 5000, &integer));
    /* Which starts threads, and shares out work. */
    for (int i = 0; i < (is_quick() ? 4 : 200); i++) {
        CHECK_OK(tally_sum_f64_parallel(many, 600000, 0, &total));
        CHECK_OK(tally_dot_f64_parallel(many, many, 600000, 0, &total));
    }
    CHECK_OK(tally_accumulator_add_f64(&sum, values, 5000));
    CHECK_OK(tally_accumulator_add_i64(&sum, integers, 5000));
    CHECK_OK(tally_accumulator_subtract_f64(&sum, values, 100));
    CHECK_OK(tally_accumulator_merge(&other, &sum));
    CHECK_OK(tally_accumulator_value_f64(&sum, &total));
    CHECK_OK(tally_accumulator_mean_f64(&sum, &total));
    CHECK_OK(tally_accumulator_error_f64(&sum, 1.0, &total));
    CHECK_OK(tally_accumulator_value_text(&sum, -1, text, sizeof text, &size));
    CHECK_OK(tally_accumulator_save(&sum, bytes, sizeof bytes, &size));
    CHECK_OK(tally_accumulator_load(bytes, size, &other));
    CHECK_BYTES(&other, &sum, sizeof sum);
    tally_accumulator_combine(&sum, &other, 1);
    CHECK_RECORD(TALLY_OK, "");
    CHECK_OK(tally_shared_add_f64(shared, values, 5000));
    CHECK_OK(tally_shared_merge(shared, &sum));
    CHECK_OK(tally_shared_snapshot(shared, &other));
    CHECK_OK(tally_object_set_value(object, 7));
    CHECK_INT(tally_object_value(object), 7);
    CHECK_OK(tally_ref(object));
    CHECK_OK(tally_unref(object));
    CHECK_INT(risky_operation("12 30 -2"), 40);
    CHECK_OK(tally_map(ints, 3, 4, keep, NULL, results, &size));
    CHECK_OK(tally_accumulator_pull(&sum, give_once, &calls));
    CHECK_OK(tally_records_total(&own_record, 1, "a name", &integer));
    /* Refusing, too. */
    CHECK_REFUSED(tally_sum_f64(NULL, 1, &total), TALLY_NULL, "tally_sum_f64");
    CHECK_INT(risky_operation("x"), TALLY_PARSE);
    tally_free(&sum);
    CHECK_RECORD(TALLY_BAD_HANDLE, "tally_free");
    /* And giving back. */
    tally_clear_error();
    tally_free(block);
    CHECK_OK(tally_unref(object));
    CHECK_OK(tally_unref(shared));
    tally_test_fail_allocations_after(-1);
    CHECK_LIVE(0, 0, 0);
}

/* Nothing is set up on the heap. */
static void the_first_call_needs_no_memory(void) {
    tally_test_fail_allocations_after(0);
    CHECK_INT(rust_function(21), 42);
    double total;
    CHECK_REFUSED(tally_sum_f64(NULL, 1, &total), TALLY_NULL, "tally_sum_f64");
    tally_test_fail_allocations_after(-1);
}

int main(void) {
    the_first_call_needs_no_memory();
    for (size_t i = 0; i < MAKERS; i++) {
        each_allocation_may_fail(&makers[i]);
    }
    memory_that_was_freed_is_to_be_had();
    what_waits_goes_only_where_it_may_help();
    what_other_threads_freed_stays_known_if_it_is_small();
    all_else_works_without_memory();
    return finish();
}
