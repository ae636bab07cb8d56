/* The shared accumulator says what a private one does. */
#include <math.h>

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

int main(void) {
    it_begins_empty();
    it_adds_and_merges_as_a_private_one();
    any_alignment_will_do();
    what_would_overflow_is_refused_and_leaves_it();
    references_keep_it();
    return finish();
}
