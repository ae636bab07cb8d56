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

static size_t no_values(double *buffer, size_t capacity, void *user_data) {
    (void)buffer, (void)capacity, (void)user_data;
    return 0;
}

/* Each function refuses it with the status that was left there, not with one of
 * its own, until the state is loaded or emptied. */
static void every_function_tells_the_status_that_was_left(void) {
    const double f64 = 1;
    const float f32 = 1;
    const int32_t i32 = 1;
    const int64_t i64 = 1;
    const uint64_t u64 = 1;
    const tally_column column = TALLY_COLUMN(TALLY_F64, &f64, 1);
    const tally_small_accumulator small = TALLY_SMALL_ACCUMULATOR_INIT;
    STATE failed = empty, other = empty, before, *row = &failed;
    unsigned char bytes[SAVED_MAX];
    double total = 7;
    float total32;
    int64_t signed_total, high;
    uint64_t unsigned_total;
    size_t size, done, values;
    tally_shared *shared;
    CHECK_OK(tally_shared_new(&shared));
    CHECK_OK(tally_accumulator_add_one_f64(&failed, 2.5));
    before = failed;
    CHECK_REFUSED(tally_accumulator_fail(&failed, TALLY_OK), TALLY_INVALID,
                  NAME(fail));
    CHECK_REFUSED(tally_accumulator_fail(&failed, 1), TALLY_INVALID,
                  NAME(fail));
    SAME(&failed, &before);
    CHECK_OK(tally_accumulator_fail(&failed, TALLY_CALLBACK));
    CHECK_BYTES(&failed, &before, sizeof before - 8);
    before = failed;
    const tally_status refused[] = {
        tally_accumulator_fail(&failed, TALLY_PARSE),
        tally_accumulator_merge(&failed, &other),
        tally_accumulator_merge(&other, &failed),
        tally_accumulator_unmerge(&failed, &other),
        tally_accumulator_unmerge(&other, &failed),
        tally_accumulator_merge_small(&failed, &small),
        tally_shared_merge(shared, &failed),
        tally_accumulator_add_f64(&failed, &f64, 1),
        tally_accumulator_add_f32(&failed, &f32, 1),
        tally_accumulator_add_i32(&failed, &i32, 1),
        tally_accumulator_add_i64(&failed, &i64, 1),
        tally_accumulator_add_u64(&failed, &u64, 1),
        tally_accumulator_add(&failed, &column),
        tally_accumulator_add_one_f64(&failed, 1),
        tally_accumulator_add_f64_strided(&failed, &f64, 1, 0),
        tally_accumulator_add_f64_masked(&failed, &f64, 1, NULL, 0),
        tally_accumulator_add_scattered(&row, &column, &done),
        tally_accumulator_add_text(&failed, "1", 1, ' ', 1, &size, &values),
        tally_accumulator_pull(&failed, no_values, NULL),
        tally_accumulator_subtract_f64(&failed, &f64, 1),
        tally_accumulator_subtract_f32(&failed, &f32, 1),
        tally_accumulator_subtract_i32(&failed, &i32, 1),
        tally_accumulator_subtract_i64(&failed, &i64, 1),
        tally_accumulator_subtract_u64(&failed, &u64, 1),
        tally_accumulator_subtract(&failed, &column),
        tally_accumulator_subtract_one_f64(&failed, 1),
        tally_accumulator_subtract_scattered(&row, &column, &done),
        tally_accumulator_count(&failed, &signed_total),
        tally_accumulator_special_counts(&failed, NULL, NULL, NULL),
        tally_accumulator_value_f64(&failed, &total),
        tally_accumulator_value_f32(&failed, &total32),
        tally_accumulator_value_i64(&failed, &signed_total),
        tally_accumulator_value_u64(&failed, &unsigned_total),
        tally_accumulator_value_i128(&failed, &high, &unsigned_total),
        tally_accumulator_mean_f64(&failed, &total),
        tally_accumulator_error_f64(&failed, 1, &total),
        tally_accumulator_value_text(&failed, 0, NULL, 0, &size),
        tally_accumulator_save(&failed, bytes, sizeof bytes, &size),
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        CHECK_INT(refused[i], TALLY_CALLBACK);
    }
    SAME(&failed, &before);
    SAME(&other, &empty);
    CHECK_DOUBLE(total, 7);
    CHECK_INT(tally_unref(shared), TALLY_OK);

    tally_accumulator_combine(&failed, &other, 1);
    CHECK_RECORD(TALLY_CALLBACK, NAME(combine));
    CHECK_INT(tally_accumulator_count(&other, &signed_total), TALLY_CALLBACK);
    CHECK_OK(tally_accumulator_save(&empty, bytes, sizeof bytes, &size));
    CHECK_OK(tally_accumulator_load(bytes, size, &failed));
    SAME(&failed, &empty);
    memset(&other, 0, sizeof other);
    CHECK_OK(tally_accumulator_add_one_f64(&other, 1));

    /* A status of a later version, or of the program's own. */
    CHECK_OK(tally_accumulator_fail(&failed, -1000));
    CHECK_REFUSED(tally_accumulator_count(&failed, &signed_total),
                  TALLY_INVALID, NAME(count));
    CHECK_CONTAINS(tally_last_message(), "unknown status -1000");
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
    every_function_tells_the_status_that_was_left();
    repeating_is_safe_on_any_bits();
    keeps_the_promises_of_every_state();
    return finish();
}
