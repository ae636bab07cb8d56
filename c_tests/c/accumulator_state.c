/* The accumulator's state: what every state promises, and its own ways in. */
#define STATE tally_accumulator
#define FUNCTION(verb) tally_accumulator_##verb
#define NAME(verb) "tally_accumulator_" #verb
#define INITIAL TALLY_ACCUMULATOR_INIT
#define SIZE 320
#define SAVED_MAX TALLY_ACCUMULATOR_SAVED_MAX
#define COUNT_AT 34
/* DBL_MAX is just below 2^2098 units, and 34 balanced limbs reach 2^2175. */
#define DOUBLINGS 77
#define TAKES_DOUBLES
#include "state_kind.h"

static int ask(const STATE *state) {
    static unsigned char bytes[SAVED_MAX];
    static char text[2000];
    static int round;
    double f64;
    float f32;
    int64_t i64;
    uint64_t u64;
    size_t needed;
    const tally_status statuses[] = {
        tally_accumulator_count(state, &i64),
        tally_accumulator_value_f64(state, &f64),
        tally_accumulator_value_f32(state, &f32),
        tally_accumulator_value_i64(state, &i64),
        tally_accumulator_value_u64(state, &u64),
        tally_accumulator_value_i128(state, &i64, &u64),
        tally_accumulator_mean_f64(state, &f64),
        tally_accumulator_error_f64(state, 1e300, &f64),
        tally_accumulator_value_text(state, round++ % 1076 - 1, text,
                                     sizeof text, &needed),
        tally_accumulator_save(state, bytes, sizeof bytes, &needed),
    };
    return SUCCEEDED(statuses);
}

/* As many of the largest double as a call can add fit; doubling by merge goes
 * on until the count is full, and then changes nothing. */
static void the_count_is_full_before_the_integer(void) {
    const double largest = DBL_MAX;
    STATE sum = empty;
    CHECK_OK(
        tally_accumulator_add_f64_strided(&sum, &largest, PTRDIFF_MAX / 8, 0));
    CHECK_INT(count_of(&sum), PTRDIFF_MAX / 8);
    while (count_of(&sum) <= INT64_MAX / 2) {
        CHECK_OK(tally_accumulator_merge(&sum, &sum));
    }
    const STATE before = sum;
    CHECK_REFUSED(tally_accumulator_merge(&sum, &sum), TALLY_OVERFLOW,
                  "tally_accumulator_merge");
    SAME(&sum, &before);
    CHECK_REFUSED(
        tally_accumulator_unmerge(&sum, &(STATE){{[COUNT_AT] = 1ULL << 63}}),
        TALLY_INVALID, "tally_accumulator_unmerge");
    SAME(&sum, &before);
}

/* What is read of a state that has failed stays as it was. */
static void a_failed_state_tells_nothing(void) {
    STATE damaged = empty, failed = empty;
    damaged.opaque[WORDS - 1] = UINT64_MAX;
    FUNCTION(combine)(&damaged, &failed, 1);
    CHECK_RECORD(TALLY_INVALID, NAME(combine));
    double total = 0x5a;
    CHECK_REFUSED(tally_accumulator_value_f64(&failed, &total), TALLY_INVALID,
                  NAME(value_f64));
    CHECK_CONTAINS(tally_last_message(), "failed earlier");
    CHECK_DOUBLE(total, 0x5a);
    unsigned char bytes[SAVED_MAX];
    size_t needed = 0x5a;
    CHECK_REFUSED(tally_accumulator_save(&failed, bytes, sizeof bytes, &needed),
                  TALLY_INVALID, NAME(save));
    CHECK_SIZE(needed, 0x5a);
}

/* One value added very often, to any bits: it succeeds or changes nothing. */
static void repeating_is_safe_on_any_bits(void) {
    static const double values[3] = {1.0, NAN, -DBL_MAX};
    uint64_t seed = 9;
    int added = 0;
    for (int round = 0; round < 2000; round++) {
        STATE state;
        for (size_t i = 0; i < WORDS; i++) {
            state.opaque[i] = random_word(&seed);
        }
        if (round % 2 == 0) {
            state.opaque[WORDS - 1] = 0;
        }
        const STATE before = state;
        if (tally_accumulator_add_f64_strided(&state, &values[round % 3],
                                              1 << 20, 0) == TALLY_OK) {
            added++;
        } else {
            SAME(&state, &before);
        }
    }
    CHECK(added > 100);
}

int main(void) {
    the_count_is_full_before_the_integer();
    a_failed_state_tells_nothing();
    repeating_is_safe_on_any_bits();
    keeps_the_promises_of_every_state();
    return finish();
}
