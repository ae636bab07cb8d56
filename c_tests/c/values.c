/* What an accumulator says: values, mean, text, and how wrong another sum is.
 */
#include <float.h>
#include <math.h>

#include "../check.h"

static tally_accumulator sum_of(const double *values, size_t count) {
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    CHECK_OK(tally_accumulator_add_f64(&sum, values, count));
    return sum;
}

#define SUM_OF(...)                                                            \
    sum_of((const double[]){__VA_ARGS__},                                      \
           sizeof((const double[]){__VA_ARGS__}) / sizeof(double))

static double value(const tally_accumulator *sum) {
    double total = 12345;
    CHECK_OK(tally_accumulator_value_f64(sum, &total));
    return total;
}

/* Text of any length, checked for its size by the way. */
static const char *text(const tally_accumulator *sum, int digits) {
    static char buffer[2000];
    size_t needed = 0, written = 0;
    CHECK_OK(tally_accumulator_value_text(sum, digits, NULL, 0, &needed));
    CHECK(needed + 1 <= sizeof buffer);
    memset(buffer, '#', sizeof buffer);
    CHECK_REFUSED(
        tally_accumulator_value_text(sum, digits, buffer, needed, &written),
        TALLY_TOO_SMALL, "tally_accumulator_value_text");
    CHECK_SIZE(written, needed);
    CHECK(buffer[0] == '#');
    CHECK_OK(tally_accumulator_value_text(sum, digits, buffer, needed + 1,
                                          &written));
    CHECK_SIZE(written, needed);
    CHECK_SIZE(strlen(buffer), needed);
    CHECK(buffer[needed + 1] == '#');
    return buffer;
}

/* Any double but NaN and infinities, each exponent as likely. */
static double random_double(uint64_t *seed) {
    for (;;) {
        uint64_t word = random_word(seed);
        double value;
        memcpy(&value, &word, sizeof value);
        if (isfinite(value)) {
            return value;
        }
    }
}

static void a_single_value_comes_back(void) {
    uint64_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        double number = random_double(&seed);
        tally_accumulator sum = SUM_OF(number);
        CHECK_DOUBLE(value(&sum), number);
        float total32 = 0, number32 = (float)number;
        if (isinf(number32)) {
            CHECK_REFUSED(tally_accumulator_value_f32(&sum, &total32),
                          TALLY_OVERFLOW, "tally_accumulator_value_f32");
        } else {
            CHECK_OK(tally_accumulator_value_f32(&sum, &total32));
        }
        CHECK_DOUBLE((double)total32, (double)number32);
    }
}

static void check_integers(const tally_accumulator *sum, tally_status i64,
                           int64_t want, tally_status u64,
                           uint64_t unsigned_want, const struct place *at) {
    int64_t total = 0x5a5a;
    uint64_t unsigned_total = 0x5a5a;
    check_status(tally_accumulator_value_i64(sum, &total), i64,
                 i64 == TALLY_OK ? "" : "tally_accumulator_value_i64", at);
    check_int(total, i64 == TALLY_OK ? want : 0x5a5a, at);
    check_status(tally_accumulator_value_u64(sum, &unsigned_total), u64,
                 u64 == TALLY_OK ? "" : "tally_accumulator_value_u64", at);
    check_size(unsigned_total, u64 == TALLY_OK ? unsigned_want : 0x5a5a, at);
}

#define CHECK_INTEGERS(...) CHECK_CALL(check_integers, __VA_ARGS__)

static void integers_are_exact_or_refused(void) {
    const tally_status ok = TALLY_OK, invalid = TALLY_INVALID,
                       overflow = TALLY_OVERFLOW;
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    CHECK_INTEGERS(&sum, ok, 0, ok, 0);
    sum = SUM_OF(-0.0);
    CHECK_INTEGERS(&sum, ok, 0, ok, 0);
    sum = SUM_OF(42.5, -0.5);
    CHECK_INTEGERS(&sum, ok, 42, ok, 42);
    sum = SUM_OF(-7.0);
    CHECK_INTEGERS(&sum, ok, -7, overflow, 0);
    sum = SUM_OF(0x1p63);
    CHECK_INTEGERS(&sum, overflow, 0, ok, UINT64_C(1) << 63);
    sum = SUM_OF(0x1p63, -1.0);
    CHECK_INTEGERS(&sum, ok, INT64_MAX, ok, INT64_MAX);
    sum = SUM_OF(-0x1p63);
    CHECK_INTEGERS(&sum, ok, INT64_MIN, overflow, 0);
    sum = SUM_OF(-0x1p63, -1.0);
    CHECK_INTEGERS(&sum, overflow, 0, overflow, 0);
    sum = SUM_OF(0x1p64, -1.0);
    CHECK_INTEGERS(&sum, overflow, 0, ok, UINT64_MAX);
    sum = SUM_OF(0x1p64);
    CHECK_INTEGERS(&sum, overflow, 0, overflow, 0);
    /* A fraction comes last: the range is looked at first. */
    sum = SUM_OF(0.5);
    CHECK_INTEGERS(&sum, invalid, 0, invalid, 0);
    sum = SUM_OF(0x1p64, 0.5);
    CHECK_INTEGERS(&sum, overflow, 0, overflow, 0);
    sum = SUM_OF(1.0, 0x1p-1074);
    CHECK_INTEGERS(&sum, invalid, 0, invalid, 0);
    sum = SUM_OF(NAN);
    CHECK_INTEGERS(&sum, invalid, 0, invalid, 0);
    sum = SUM_OF(INFINITY);
    CHECK_INTEGERS(&sum, invalid, 0, invalid, 0);
}

static void a_mean_is_rounded_once(void) {
    double mean = 0x5a;
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    CHECK_REFUSED(tally_accumulator_mean_f64(&sum, &mean), TALLY_INVALID,
                  "tally_accumulator_mean_f64");
    CHECK_DOUBLE(mean, 0x5a);
    /* A quotient of two integers that doubles hold is rounded once by the
     * processor too. */
    uint64_t seed = 2;
    for (int round = 0; round < 2000; round++) {
        int64_t total = 0;
        sum = (tally_accumulator)TALLY_ACCUMULATOR_INIT;
        int count = 1 + (int)(random_word(&seed) % 40);
        for (int i = 0; i < count; i++) {
            int64_t integer = (int64_t)random_word(&seed) >> 17;
            total += integer;
            CHECK_OK(tally_accumulator_add_i64(&sum, &integer, 1));
        }
        CHECK_OK(tally_accumulator_mean_f64(&sum, &mean));
        CHECK_DOUBLE(mean, (double)total / count);
    }
    sum = SUM_OF(DBL_MAX, DBL_MAX, DBL_MAX);
    CHECK_OK(tally_accumulator_mean_f64(&sum, &mean));
    CHECK_DOUBLE(mean, DBL_MAX);
    sum = SUM_OF(0x1p-1074, 0.0, 0.0);
    CHECK_OK(tally_accumulator_mean_f64(&sum, &mean));
    CHECK_DOUBLE(mean, 0.0);
    sum = SUM_OF(-0x1p-1074, 0.0, 0.0);
    CHECK_OK(tally_accumulator_mean_f64(&sum, &mean));
    CHECK_DOUBLE(mean, -0.0);
    sum = SUM_OF(DBL_MAX, DBL_MAX, 1.0);
    CHECK_OK(
        tally_accumulator_subtract_f64(&sum, (const double[]){0.5, 0.5}, 2));
    CHECK_REFUSED(tally_accumulator_mean_f64(&sum, &mean), TALLY_OVERFLOW,
                  "tally_accumulator_mean_f64");
    CHECK_DOUBLE(mean, INFINITY);
    sum = SUM_OF(-DBL_MAX, -DBL_MAX);
    CHECK_OK(tally_accumulator_subtract_one_f64(&sum, 0.5));
    CHECK_REFUSED(tally_accumulator_mean_f64(&sum, &mean), TALLY_OVERFLOW,
                  "tally_accumulator_mean_f64");
    CHECK_DOUBLE(mean, -INFINITY);
}

static void a_total_beyond_the_range_is_an_error(void) {
    tally_accumulator sum = SUM_OF(-DBL_MAX, -DBL_MAX);
    double total = 0;
    CHECK_REFUSED(tally_accumulator_value_f64(&sum, &total), TALLY_OVERFLOW,
                  "tally_accumulator_value_f64");
    CHECK_DOUBLE(total, -INFINITY);
    CHECK_OK(tally_accumulator_add_one_f64(&sum, DBL_MAX));
    CHECK_DOUBLE(value(&sum), -DBL_MAX);
}

static void special_values_can_be_taken_out(void) {
    tally_accumulator sum = SUM_OF(1.5, NAN);
    CHECK(isnan(value(&sum)));
    CHECK_OK(tally_accumulator_subtract_one_f64(&sum, NAN));
    CHECK_DOUBLE(value(&sum), 1.5);
    CHECK_OK(tally_accumulator_add_f64(
        &sum, (const double[]){INFINITY, -INFINITY}, 2));
    CHECK(isnan(value(&sum)));
    CHECK_OK(tally_accumulator_subtract_one_f64(&sum, INFINITY));
    CHECK_DOUBLE(value(&sum), -INFINITY);
    CHECK_OK(tally_accumulator_subtract_one_f64(&sum, -INFINITY));
    CHECK_DOUBLE(value(&sum), 1.5);

    double total = 0x5a, ulps = 0x5a;
    float total32 = 0x5a;
    size_t needed = 0x5a;
    CHECK_OK(tally_accumulator_subtract_one_f64(&sum, NAN));
    CHECK_REFUSED(tally_accumulator_value_f64(&sum, &total), TALLY_INVALID,
                  "tally_accumulator_value_f64");
    CHECK_REFUSED(tally_accumulator_value_f32(&sum, &total32), TALLY_INVALID,
                  "tally_accumulator_value_f32");
    CHECK_REFUSED(tally_accumulator_mean_f64(&sum, &total), TALLY_INVALID,
                  "tally_accumulator_mean_f64");
    CHECK_REFUSED(tally_accumulator_error_f64(&sum, 1.5, &ulps), TALLY_INVALID,
                  "tally_accumulator_error_f64");
    CHECK_REFUSED(tally_accumulator_value_text(&sum, -1, NULL, 0, &needed),
                  TALLY_INVALID, "tally_accumulator_value_text");
    CHECK_DOUBLE(total, 0x5a);
    CHECK_DOUBLE((double)total32, 0x5a);
    CHECK_DOUBLE(ulps, 0x5a);
    CHECK_SIZE(needed, 0x5a);
    CHECK_OK(tally_accumulator_add_one_f64(&sum, NAN));
    CHECK_DOUBLE(value(&sum), 1.5);
}

/* glibc prints doubles exactly, and rounds the last digit half to even. */
static void text_is_what_printf_writes(void) {
    static char expected[2000];
    uint64_t seed = 3;
    for (int round = 0; round < 1000; round++) {
        double number = round % 2 == 0
                            ? random_double(&seed)
                            : ldexp((double)(random_word(&seed) % 1000), -6);
        int digits = (int)(random_word(&seed) % (round % 3 == 0 ? 1075 : 8));
        tally_accumulator sum = SUM_OF(number);
        snprintf(expected, sizeof expected, "%.*f", digits, number);
        CHECK_TEXT(text(&sum, digits), expected);
        /* All digits: those of 1074 places, without the zeros at the end. */
        snprintf(expected, sizeof expected, "%.1074f", number);
        size_t length = strlen(expected);
        while (expected[length - 1] == '0') {
            length--;
        }
        length -= expected[length - 1] == '.';
        expected[length] = '\0';
        CHECK_TEXT(text(&sum, -1), expected);
    }
}

static void text_of_hard_cases_is_right(void) {
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    CHECK_TEXT(text(&sum, -1), "0");
    CHECK_TEXT(text(&sum, 2), "0.00");
    sum = SUM_OF(-0.0);
    CHECK_TEXT(text(&sum, -1), "-0");
    CHECK_TEXT(text(&sum, 2), "-0.00");
    sum = SUM_OF(1e16, 1.0, 0.125);
    CHECK_TEXT(text(&sum, -1), "10000000000000001.125");
    CHECK_TEXT(text(&sum, 2), "10000000000000001.12");
    CHECK_TEXT(text(&sum, 0), "10000000000000001");
    sum = SUM_OF(0.5);
    CHECK_TEXT(text(&sum, 0), "0");
    sum = SUM_OF(1.5);
    CHECK_TEXT(text(&sum, 0), "2");
    sum = SUM_OF(0.5, 0x1p-1074);
    CHECK_TEXT(text(&sum, 0), "1");
    sum = SUM_OF(-0.25);
    CHECK_TEXT(text(&sum, 0), "-0");
    sum = SUM_OF(999.5, 0.499);
    CHECK_TEXT(text(&sum, 1), "1000.0");
    sum = SUM_OF(NAN);
    CHECK_TEXT(text(&sum, 3), "nan");
    sum = SUM_OF(INFINITY);
    CHECK_TEXT(text(&sum, -1), "inf");
    sum = SUM_OF(-INFINITY);
    CHECK_TEXT(text(&sum, 0), "-inf");
    /* Beyond any double: 2 * DBL_MAX, and still exact. */
    sum = SUM_OF(DBL_MAX, DBL_MAX);
    const char *digits = text(&sum, -1);
    CHECK_SIZE(strlen(digits), 309);
    CHECK(strncmp(digits, "359538626972463141629", 21) == 0);
}

static double ulps_of(const tally_accumulator *sum, double candidate) {
    double ulps = -1;
    CHECK_OK(tally_accumulator_error_f64(sum, candidate, &ulps));
    return ulps;
}

static void an_error_is_counted_in_ulps(void) {
    uint64_t seed = 4;
    for (int round = 0; round < 1000; round++) {
        double number = 1 + ldexp((double)(random_word(&seed) >> 12), -52);
        tally_accumulator sum = SUM_OF(number);
        CHECK_DOUBLE(ulps_of(&sum, number), 0.0);
        int steps = 1 + (int)(random_word(&seed) % 1000);
        CHECK_DOUBLE(ulps_of(&sum, number + steps * 0x1p-52), steps);
        CHECK_DOUBLE(ulps_of(&sum, number - steps * 0x1p-52), steps);
    }
    tally_accumulator sum = SUM_OF(1.0, 0x1p-54);
    CHECK_DOUBLE(ulps_of(&sum, 1.0), 0.25);
    CHECK_DOUBLE(ulps_of(&sum, 1.0 + 0x1p-52), 0.75);
    sum = SUM_OF(1e100, 1.0, -1e100);
    CHECK_DOUBLE(ulps_of(&sum, 0.0), 0x1p52);
    CHECK_DOUBLE(ulps_of(&sum, INFINITY), INFINITY);
    CHECK_DOUBLE(ulps_of(&sum, NAN), INFINITY);
    sum = SUM_OF(NAN);
    CHECK_DOUBLE(ulps_of(&sum, NAN), 0.0);
    CHECK_DOUBLE(ulps_of(&sum, 1.0), INFINITY);
    sum = SUM_OF(INFINITY);
    CHECK_DOUBLE(ulps_of(&sum, INFINITY), 0.0);
    CHECK_DOUBLE(ulps_of(&sum, -INFINITY), INFINITY);
    /* 2^1024 and 2^1025 are beyond all doubles; DBL_MAX is 2^1024 - 2^971. */
    sum = SUM_OF(0x1p1023, 0x1p1023);
    CHECK_DOUBLE(ulps_of(&sum, DBL_MAX), 1.0);
    CHECK_DOUBLE(ulps_of(&sum, 0x1p1023), 0x1p52);
    CHECK_DOUBLE(ulps_of(&sum, -0.0), 0x1p53);
    CHECK_DOUBLE(ulps_of(&sum, -DBL_MAX), 0x1p54); /* Rounded: 2^54 - 1. */
    CHECK_DOUBLE(ulps_of(&sum, INFINITY), 0.0);
    CHECK_DOUBLE(ulps_of(&sum, -INFINITY), INFINITY);
    CHECK_DOUBLE(ulps_of(&sum, NAN), INFINITY);
    sum = SUM_OF(-DBL_MAX, -DBL_MAX);
    CHECK_DOUBLE(ulps_of(&sum, -DBL_MAX), 0x1p53 - 1);
    CHECK_DOUBLE(ulps_of(&sum, -INFINITY), 0.0);
    /* Half a unit above DBL_MAX the nearest is infinite, and below it is not.
     */
    sum = SUM_OF(DBL_MAX, 0x1p970);
    CHECK_DOUBLE(ulps_of(&sum, DBL_MAX), 0.5);
    CHECK_DOUBLE(ulps_of(&sum, INFINITY), 0.0);
    sum = SUM_OF(DBL_MAX, 0x1p969);
    CHECK_DOUBLE(ulps_of(&sum, DBL_MAX), 0.25);
    CHECK_DOUBLE(ulps_of(&sum, INFINITY), INFINITY);
}

static void asking_changes_nothing(void) {
    const tally_accumulator sum = SUM_OF(1e100, 1.0, NAN, -0.0);
    tally_accumulator before = sum;
    double f64;
    float f32;
    int64_t i64;
    uint64_t u64;
    size_t needed;
    char buffer[400];
    CHECK_OK(tally_accumulator_value_f64(&sum, &f64));
    CHECK_OK(tally_accumulator_value_f32(&sum, &f32));
    CHECK_INT(tally_accumulator_value_i64(&sum, &i64), TALLY_INVALID);
    CHECK_INT(tally_accumulator_value_u64(&sum, &u64), TALLY_INVALID);
    CHECK_OK(tally_accumulator_mean_f64(&sum, &f64));
    CHECK_OK(tally_accumulator_error_f64(&sum, 1.0, &f64));
    CHECK_OK(tally_accumulator_count(&sum, &i64));
    CHECK_OK(tally_accumulator_value_text(&sum, 5, buffer, 400, &needed));
    CHECK_OK(tally_accumulator_save(&sum, buffer, 400, &needed));
    CHECK_BYTES(&sum, &before, sizeof sum);
}

int main(void) {
    a_single_value_comes_back();
    integers_are_exact_or_refused();
    a_mean_is_rounded_once();
    a_total_beyond_the_range_is_an_error();
    special_values_can_be_taken_out();
    text_is_what_printf_writes();
    text_of_hard_cases_is_right();
    an_error_is_counted_in_ulps();
    asking_changes_nothing();
    return finish();
}
