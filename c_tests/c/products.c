/* What an accumulator of products says: values, mean, text, and how wrong
 * another dot product is. */
#include <float.h>
#include <math.h>

#include "../check.h"

#define COUNT_OF(...) (sizeof((const double[]){__VA_ARGS__}) / sizeof(double))
#define ARRAY(...) ((const double[]){__VA_ARGS__})
/* Two arrays of equal length. */
#define TOTAL_OF(a, ...) total_of(a, ARRAY(__VA_ARGS__), COUNT_OF(__VA_ARGS__))

static tally_product_accumulator total_of(const double *x, const double *y,
                                          size_t count) {
    tally_product_accumulator total = TALLY_PRODUCT_ACCUMULATOR_INIT;
    CHECK_OK(tally_product_accumulator_add_f64(&total, x, y, count));
    return total;
}

static double value(const tally_product_accumulator *total) {
    double value = 12345;
    CHECK_OK(tally_product_accumulator_value_f64(total, &value));
    return value;
}

/* Text of any length, checked for its size by the way. */
static const char *text(const tally_product_accumulator *total, int digits) {
    static char buffer[3000];
    size_t needed = 0, written = 0;
    CHECK_OK(
        tally_product_accumulator_value_text(total, digits, NULL, 0, &needed));
    CHECK(needed + 1 <= sizeof buffer);
    memset(buffer, '#', sizeof buffer);
    CHECK_REFUSED(tally_product_accumulator_value_text(total, digits, buffer,
                                                       needed, &written),
                  TALLY_TOO_SMALL, "tally_product_accumulator_value_text");
    CHECK_SIZE(written, needed);
    CHECK(buffer[0] == '#');
    CHECK_OK(tally_product_accumulator_value_text(total, digits, buffer,
                                                  needed + 1, &written));
    CHECK_SIZE(written, needed);
    CHECK_SIZE(strlen(buffer), needed);
    return buffer;
}

static double random_double(uint64_t *seed) {
    for (;;) {
        uint64_t word = random_word(seed);
        double number;
        memcpy(&number, &word, sizeof number);
        if (isfinite(number)) {
            return number;
        }
    }
}

/* One product, rounded once, is what the processor makes of it. */
static void a_single_product_is_rounded_once(void) {
    uint64_t seed = 1;
    for (int round = 0; round < 20000; round++) {
        double x = random_double(&seed), y = random_double(&seed);
        volatile double product = x * y;
        tally_product_accumulator total = TALLY_PRODUCT_ACCUMULATOR_INIT;
        CHECK_OK(tally_product_accumulator_add_one_f64(&total, x, y));
        double got = 12345;
        tally_status status = tally_product_accumulator_value_f64(&total, &got);
        CHECK_DOUBLE(got, product);
        CHECK_INT(status, isinf(product) ? TALLY_OVERFLOW : TALLY_OK);
    }
}

/* The two halves of a double: of their products none is rounded (Veltkamp). */
static void split(double x, double *high, double *low) {
    volatile double scaled = 134217729.0 * x, above = scaled - x;
    *high = scaled - above;
    *low = x - *high;
}

/* What a product of doubles leaves of the true one (Dekker); fma() does the
 * same only where the C library's is right. */
static double rest_of(double x, double y, double product) {
    double x_high, x_low, y_high, y_low;
    split(x, &x_high, &x_low);
    split(y, &y_high, &y_low);
    volatile double rest = x_high * y_high - product;
    rest += x_high * y_low;
    rest += x_low * y_high;
    rest += x_low * y_low;
    return rest;
}

/* The rest of a rounded product is all that is left. */
static void what_the_rounding_leaves_is_there(void) {
    uint64_t seed = 2;
    for (int round = 0; round < 5000; round++) {
        int exponent = (int)(random_word(&seed) % 800) - 400;
        double x = ldexp((double)(int64_t)random_word(&seed), exponent);
        double y = ldexp((double)(int64_t)random_word(&seed), -exponent / 2);
        double product = x * y, rest = rest_of(x, y, product);
        tally_product_accumulator total = TALLY_PRODUCT_ACCUMULATOR_INIT;
        CHECK_OK(tally_product_accumulator_add_one_f64(&total, x, y));
        CHECK_OK(
            tally_product_accumulator_subtract_one_f64(&total, product, 1.0));
        CHECK_DOUBLE(value(&total), rest == 0 ? 0.0 : rest);
    }
}

static void totals_beyond_the_doubles_are_no_error_on_the_way(void) {
    double got = 12345;
    tally_product_accumulator total = TALLY_PRODUCT_ACCUMULATOR_INIT;
    for (int i = 0; i < 1000; i++) {
        CHECK_OK(
            tally_product_accumulator_add_one_f64(&total, DBL_MAX, DBL_MAX));
    }
    CHECK_OK(
        tally_product_accumulator_add_one_f64(&total, 0x1p-1074, -0x1p-1074));
    CHECK_REFUSED(tally_product_accumulator_value_f64(&total, &got),
                  TALLY_OVERFLOW, "tally_product_accumulator_value_f64");
    CHECK_DOUBLE(got, INFINITY);
    CHECK_REFUSED(tally_product_accumulator_mean_f64(&total, &got),
                  TALLY_OVERFLOW, "tally_product_accumulator_mean_f64");
    CHECK_DOUBLE(got, INFINITY);
    for (int i = 0; i < 1000; i++) {
        CHECK_OK(tally_product_accumulator_subtract_one_f64(&total, -DBL_MAX,
                                                            -DBL_MAX));
    }
    /* -2^-2148 rounds to zero and keeps its sign. */
    CHECK_DOUBLE(value(&total), -0.0);
    CHECK_OK(tally_product_accumulator_add_one_f64(&total, -DBL_MAX, DBL_MAX));
    CHECK_REFUSED(tally_product_accumulator_value_f64(&total, &got),
                  TALLY_OVERFLOW, "tally_product_accumulator_value_f64");
    CHECK_DOUBLE(got, -INFINITY);
    got = 12345;
    CHECK_REFUSED(tally_product_accumulator_mean_f64(&total, &got),
                  TALLY_OVERFLOW, "tally_product_accumulator_mean_f64");
    CHECK_DOUBLE(got, -INFINITY);
}

static void zeros_nan_and_infinities_are_those_of_a_sum(void) {
    tally_product_accumulator total = TALLY_PRODUCT_ACCUMULATOR_INIT;
    CHECK_DOUBLE(value(&total), 0.0);
    total = TOTAL_OF(ARRAY(-0.0, 0.0), 1.0, -1.0);
    CHECK_DOUBLE(value(&total), -0.0);
    CHECK_TEXT(text(&total, -1), "-0");
    CHECK_OK(tally_product_accumulator_add_one_f64(&total, -0.0, -0.0));
    CHECK_DOUBLE(value(&total), 0.0);
    total = TOTAL_OF(ARRAY(INFINITY), -2.0);
    CHECK_DOUBLE(value(&total), -INFINITY);
    CHECK_TEXT(text(&total, 3), "-inf");
    CHECK_OK(tally_product_accumulator_add_one_f64(&total, INFINITY, 2.0));
    CHECK_DOUBLE(value(&total), NAN);
    total = TOTAL_OF(ARRAY(INFINITY), 0.0);
    CHECK_DOUBLE(value(&total), NAN);
    CHECK_TEXT(text(&total, 0), "nan");

    /* More out than in. */
    double got = 12345;
    total = (tally_product_accumulator)TALLY_PRODUCT_ACCUMULATOR_INIT;
    CHECK_OK(tally_product_accumulator_subtract_one_f64(&total, NAN, 1.0));
    CHECK_REFUSED(tally_product_accumulator_value_f64(&total, &got),
                  TALLY_INVALID, "tally_product_accumulator_value_f64");
    CHECK_DOUBLE(got, 12345);
    CHECK_OK(tally_product_accumulator_add_one_f64(&total, 1.0, NAN));
    CHECK_DOUBLE(value(&total), 0.0);
}

static void check_integer(const tally_product_accumulator *total,
                          tally_status status, int64_t want,
                          const struct place *at) {
    int64_t got = 0x5a5a;
    check_status(
        tally_product_accumulator_value_i64(total, &got), status,
        status == TALLY_OK ? "" : "tally_product_accumulator_value_i64", at);
    check_int(got, status == TALLY_OK ? want : 0x5a5a, at);
}
#define CHECK_INTEGER(total, status, want)                                     \
    CHECK_CALL(check_integer, total, status, want)

static void totals_are_integers_or_are_not(void) {
    tally_product_accumulator total = TOTAL_OF(ARRAY(0.5, 3.0), 4.0, 5.0);
    CHECK_INTEGER(&total, TALLY_OK, 17);
    total = TOTAL_OF(ARRAY(0x1p100, -0x1p100, 7.0), 0x1p100, 0x1p100, -1.0);
    CHECK_INTEGER(&total, TALLY_OK, -7);
    total = TOTAL_OF(ARRAY(-0x1p31), 0x1p32);
    CHECK_INTEGER(&total, TALLY_OK, INT64_MIN);
    total = TOTAL_OF(ARRAY(0x1p31), 0x1p32);
    CHECK_INTEGER(&total, TALLY_OVERFLOW, 0);
    CHECK_OK(tally_product_accumulator_subtract_one_f64(&total, 1.0, 1.0));
    CHECK_INTEGER(&total, TALLY_OK, INT64_MAX);
    total = TOTAL_OF(ARRAY(1.0, 0x1p-1074), 1.0, 0x1p-1074);
    CHECK_INTEGER(&total, TALLY_INVALID, 0);
    total = TOTAL_OF(ARRAY(INFINITY), 1.0);
    CHECK_INTEGER(&total, TALLY_INVALID, 0);
}

static void means_are_rounded_once(void) {
    double mean = 12345;
    tally_product_accumulator total = TALLY_PRODUCT_ACCUMULATOR_INIT;
    CHECK_REFUSED(tally_product_accumulator_mean_f64(&total, &mean),
                  TALLY_INVALID, "tally_product_accumulator_mean_f64");
    CHECK_DOUBLE(mean, 12345);
    total = TOTAL_OF(ARRAY(1.0, 2.0, 3.0), 1.0, 2.0, -1.0);
    CHECK_OK(tally_product_accumulator_mean_f64(&total, &mean));
    CHECK_DOUBLE(mean, 2.0 / 3);

    tally_accumulator weights = TALLY_ACCUMULATOR_INIT;
    CHECK_REFUSED(
        tally_product_accumulator_weighted_mean_f64(&total, &weights, &mean),
        TALLY_INVALID, "tally_product_accumulator_weighted_mean_f64");
    CHECK_CONTAINS(tally_last_message(), "counts");
    CHECK_OK(tally_accumulator_add_f64(&weights, ARRAY(1.0, 2.0, -1.0), 3));
    CHECK_OK(
        tally_product_accumulator_weighted_mean_f64(&total, &weights, &mean));
    CHECK_DOUBLE(mean, 1.0);
    double same = 12345;
    CHECK_OK(tally_weighted_mean_f64(ARRAY(1.0, 2.0, 3.0),
                                     ARRAY(1.0, 2.0, -1.0), 3, &same));
    CHECK_DOUBLE(same, mean);
    /* Weights of nothing. */
    CHECK_OK(tally_accumulator_subtract_one_f64(&weights, 2.0));
    CHECK_OK(tally_accumulator_add_one_f64(&weights, 0.0));
    CHECK_REFUSED(
        tally_product_accumulator_weighted_mean_f64(&total, &weights, &mean),
        TALLY_INVALID, "tally_product_accumulator_weighted_mean_f64");
    CHECK_CONTAINS(tally_last_message(), "zero");
    CHECK_DOUBLE(mean, 1.0);
}

static void text_has_all_the_digits(void) {
    tally_product_accumulator total = TOTAL_OF(ARRAY(1.5, 0.25), 3.0, -0.5);
    CHECK_TEXT(text(&total, -1), "4.375");
    CHECK_TEXT(text(&total, 2), "4.38"); /* A tie, to even. */
    CHECK_TEXT(text(&total, 0), "4");
    /* 2^-2148 ends with its 2148th digit, which is a 5; the first that is not 0
     * is the 647th, as its logarithm is -646.6. */
    total = TOTAL_OF(ARRAY(0x1p-1074), 0x1p-1074);
    const char *digits = text(&total, -1);
    CHECK_SIZE(strlen(digits), 2 + 2148);
    CHECK_INT(digits[2 + 2147], '5');
    CHECK_SIZE(strspn(digits, "0."), 2 + 646);
    CHECK_SIZE(strlen(text(&total, 2148)), 2 + 2148);
    CHECK_TEXT(text(&total, 3), "0.000");
    /* DBL_MAX squared is just below 2^2048, or 3.2e616. */
    total = TOTAL_OF(ARRAY(DBL_MAX), -DBL_MAX);
    CHECK_SIZE(strlen(text(&total, -1)), 1 + 617);
}

static void another_dot_product_is_this_wrong(void) {
    double ulps = 12345;
    tally_product_accumulator total =
        TOTAL_OF(ARRAY(1e100, 1.0, 1e100), 1.0, 1.0, -1.0);
    CHECK_OK(tally_product_accumulator_error_f64(&total, 1.0, &ulps));
    CHECK_DOUBLE(ulps, 0.0);
    CHECK_OK(tally_product_accumulator_error_f64(&total, 0.0, &ulps));
    CHECK_DOUBLE(ulps, 0x1p52);
    CHECK_OK(tally_product_accumulator_error_f64(&total, 1 - 0x1p-53, &ulps));
    CHECK_DOUBLE(ulps, 0.5);
    CHECK_OK(tally_product_accumulator_error_f64(&total, NAN, &ulps));
    CHECK_DOUBLE(ulps, INFINITY);
    total = TOTAL_OF(ARRAY(DBL_MAX), DBL_MAX);
    CHECK_OK(tally_product_accumulator_error_f64(&total, INFINITY, &ulps));
    CHECK_DOUBLE(ulps, 0.0);
}

/* In progress and at once, the same: of every length, and all bits there are.
 */
static void the_one_shot_dot_product_is_the_same(void) {
    enum { LONGEST = 3000 };
    static double x[LONGEST], y[LONGEST];
    uint64_t seed = 3;
    for (int round = 0; round < 300; round++) {
        size_t count = random_word(&seed) % (round % 10 == 0 ? LONGEST : 100);
        uint64_t mask = round % 3 == 0   ? UINT64_MAX
                        : round % 3 == 1 ? 0x8fffffffffffffff
                                         : 0x800fffffffffffff;
        /* Numbers of any size, only tiny ones, and only subnormals. */
        for (size_t i = 0; i < count; i++) {
            double number = random_double(&seed);
            uint64_t word;
            memcpy(&word, &number, sizeof word);
            word &= mask;
            memcpy(&x[i], &word, sizeof word);
            y[i] = round % 5 == 0 ? random_double(&seed) : 1.0;
        }
        tally_product_accumulator total = total_of(x, y, count);
        double in_progress = 12345, at_once = 12345;
        CHECK_INT(tally_dot_f64(x, y, count, &at_once),
                  tally_product_accumulator_value_f64(&total, &in_progress));
        CHECK_DOUBLE(at_once, in_progress);
    }
}

int main(void) {
    a_single_product_is_rounded_once();
    what_the_rounding_leaves_is_there();
    totals_beyond_the_doubles_are_no_error_on_the_way();
    zeros_nan_and_infinities_are_those_of_a_sum();
    totals_are_integers_or_are_not();
    means_are_rounded_once();
    text_has_all_the_digits();
    another_dot_product_is_this_wrong();
    the_one_shot_dot_product_is_the_same();
    return finish();
}
