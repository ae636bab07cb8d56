/* The accumulator's state at its limits: full, failed, and made of any bits. */
#include <float.h>
#include <math.h>

#include "../check.h"

static const tally_accumulator empty = TALLY_ACCUMULATOR_INIT;

static tally_accumulator sum_of(const double *numbers, size_t count) {
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    CHECK_OK(tally_accumulator_add_f64(&sum, numbers, count));
    return sum;
}

static int64_t count_of(const tally_accumulator *sum) {
    int64_t count = 0x5a;
    CHECK_OK(tally_accumulator_count(sum, &count));
    return count;
}

#define SAME(a, b) CHECK_BYTES(a, b, sizeof(tally_accumulator))

/* 2^63 - 1 of the largest double fit; doubling by merge goes on until the
 * integer is full, and then changes nothing. */
static void a_full_state_refuses_and_stays(void) {
    double largest = DBL_MAX;
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT, before;
    CHECK_OK(
        tally_accumulator_add_f64_strided(&sum, &largest, PTRDIFF_MAX / 8, 0));
    CHECK_INT(count_of(&sum), PTRDIFF_MAX / 8);
    while (count_of(&sum) <= INT64_MAX / 2) {
        CHECK_OK(tally_accumulator_merge(&sum, &sum));
    }
    /* The count leaves its range first. */
    before = sum;
    CHECK_REFUSED(tally_accumulator_merge(&sum, &sum), TALLY_OVERFLOW,
                  "tally_accumulator_merge");
    SAME(&sum, &before);

    /* Without counts, the integer does. */
    sum = sum_of(&largest, 1);
    CHECK_OK(tally_accumulator_subtract_one_f64(&sum, 0.0));
    CHECK_INT(count_of(&sum), 0);
    int doublings = 0;
    for (;; doublings++) {
        before = sum;
        if (tally_accumulator_merge(&sum, &sum) != TALLY_OK) {
            break;
        }
        CHECK(doublings < 200);
    }
    CHECK_RECORD(TALLY_OVERFLOW, "tally_accumulator_merge");
    SAME(&sum, &before);
    CHECK(doublings >= 63);
    CHECK_REFUSED(tally_accumulator_unmerge(
                      &before, &(tally_accumulator){{[34] = 1ULL << 63}}),
                  TALLY_INVALID, "tally_accumulator_unmerge");
    SAME(&sum, &before);
}

static void a_count_that_would_overflow_is_refused(void) {
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    sum.opaque[34] = INT64_MAX; /* The counter of values. */
    CHECK_INT(count_of(&sum), INT64_MAX);
    tally_accumulator before = sum;
    double one = 1.0;
    CHECK_REFUSED(tally_accumulator_add_one_f64(&sum, 1.0), TALLY_OVERFLOW,
                  "tally_accumulator_add_one_f64");
    SAME(&sum, &before);
    CHECK_REFUSED(tally_accumulator_add_f64(&sum, &one, 1), TALLY_OVERFLOW,
                  "tally_accumulator_add_f64");
    SAME(&sum, &before);
    CHECK_OK(tally_accumulator_subtract_one_f64(&sum, 1.0));
    CHECK_INT(count_of(&sum), INT64_MAX - 1);
}

static void combining_is_merging_with_sticky_failures(void) {
    static double values[400];
    uint64_t seed = 7;
    for (size_t i = 0; i < 400; i++) {
        values[i] = ldexp((double)(int64_t)random_word(&seed),
                          (int)(random_word(&seed) % 1800) - 1000);
    }
    tally_accumulator in[3], inout[3], merged[3];
    for (size_t i = 0; i < 3; i++) {
        in[i] = sum_of(values + 100 * i, 100);
        inout[i] = merged[i] = sum_of(values + 300 + 10 * i, 10);
        CHECK_OK(tally_accumulator_merge(&merged[i], &in[i]));
    }
    tally_accumulator_combine(in, inout, 3);
    CHECK_RECORD(TALLY_OK, "");
    CHECK_BYTES(inout, merged, sizeof merged);

    /* The one in the middle fails and keeps its total; the others go on. */
    in[1].opaque[39] = UINT64_MAX;
    tally_accumulator before = inout[1];
    tally_accumulator_combine(in, inout, 3);
    CHECK_RECORD(TALLY_INVALID, "tally_accumulator_combine");
    for (size_t i = 0; i < 3; i += 2) {
        CHECK_OK(tally_accumulator_merge(&merged[i], &in[i]));
        SAME(&inout[i], &merged[i]);
    }
    CHECK_BYTES(&inout[1], &before, sizeof before - 8);
    double total = 0x5a;
    CHECK_REFUSED(tally_accumulator_value_f64(&inout[1], &total), TALLY_INVALID,
                  "tally_accumulator_value_f64");
    CHECK_CONTAINS(tally_last_message(), "failed before");
    CHECK_DOUBLE(total, 0x5a);
    unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX];
    size_t needed = 0x5a;
    CHECK_REFUSED(
        tally_accumulator_save(&inout[1], bytes, sizeof bytes, &needed),
        TALLY_INVALID, "tally_accumulator_save");
    CHECK_SIZE(needed, 0x5a);

    /* It spreads, with its own status, and the first status stays. */
    tally_accumulator full = TALLY_ACCUMULATOR_INIT, other = full;
    full.opaque[34] = other.opaque[34] = INT64_MAX;
    tally_accumulator_combine(&full, &other, 1);
    CHECK_RECORD(TALLY_OVERFLOW, "tally_accumulator_combine");
    CHECK_REFUSED(tally_accumulator_merge(&full, &other), TALLY_OVERFLOW,
                  "tally_accumulator_merge");
    tally_accumulator third = sum_of(values, 1);
    tally_accumulator_combine(&other, &third, 1);
    CHECK_RECORD(TALLY_OVERFLOW, "tally_accumulator_combine");
    tally_accumulator first = third;
    tally_accumulator_combine(&in[1], &third, 1);
    CHECK_RECORD(TALLY_OVERFLOW, "tally_accumulator_combine");
    SAME(&third, &first);
    third = empty;
    CHECK_OK(tally_accumulator_add_one_f64(&third, 1.0));
}

/* No bits are dangerous: every function on random words succeeds or refuses,
 * and refusing leaves them as they were. */
static void every_bit_pattern_is_safe(void) {
    uint64_t seed = 8;
    static unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX];
    static char text[2000];
    int accepted = 0;
    for (int round = 0; round < 20000; round++) {
        tally_accumulator sum, from, before;
        for (size_t i = 0; i < 40; i++) {
            static const uint64_t edges[] = {0, 1, UINT64_MAX,
                                             UINT64_C(1) << 63, INT64_MAX};
            uint64_t word = random_word(&seed);
            sum.opaque[i] = word % 3 == 0 ? edges[word / 3 % 5] : word;
            from.opaque[i] = random_word(&seed) >> (word % 64);
        }
        if (round % 2 == 0) {
            sum.opaque[39] = from.opaque[39] = 0;
        }
        double f64 = round, values3[3] = {1.0, NAN, -DBL_MAX};
        float f32;
        int64_t i64;
        uint64_t u64;
        size_t needed;
#define TRY(call)                                                              \
    do {                                                                       \
        before = sum;                                                          \
        if ((call) != TALLY_OK) {                                              \
            SAME(&sum, &before);                                               \
        } else {                                                               \
            accepted++;                                                        \
        }                                                                      \
    } while (0)
        TRY(tally_accumulator_value_f64(&sum, &f64));
        TRY(tally_accumulator_value_f32(&sum, &f32));
        TRY(tally_accumulator_value_i64(&sum, &i64));
        TRY(tally_accumulator_value_u64(&sum, &u64));
        TRY(tally_accumulator_mean_f64(&sum, &f64));
        TRY(tally_accumulator_error_f64(&sum, 1e300, &f64));
        TRY(tally_accumulator_count(&sum, &i64));
        TRY(tally_accumulator_value_text(&sum, round % 1076 - 1, text,
                                         sizeof text, &needed));
        TRY(tally_accumulator_save(&sum, bytes, sizeof bytes, &needed));
        TRY(tally_accumulator_add_f64(&sum, values3, 3));
        TRY(tally_accumulator_subtract_f64(&sum, values3, 3));
        TRY(tally_accumulator_add_f64_strided(&sum, values3, 1 << 20, 0));
        TRY(tally_accumulator_merge(&sum, &from));
        TRY(tally_accumulator_unmerge(&sum, &from));
        TRY(tally_accumulator_merge(&sum, &sum));
        TRY(tally_accumulator_unmerge(&sum, &sum));
#undef TRY
        tally_accumulator_combine(&from, &sum, 1);
        CHECK_INT(tally_last_status() == TALLY_PANIC, 0);
    }
    CHECK(accepted > 1000);
}

int main(void) {
    a_full_state_refuses_and_stays();
    a_count_that_would_overflow_is_refused();
    combining_is_merging_with_sticky_failures();
    every_bit_pattern_is_safe();
    return finish();
}
