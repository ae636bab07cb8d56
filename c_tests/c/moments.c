/* What moments say: of doubles, floats and integers, whatever was put in and
 * taken out on the way. */
#include <float.h>
#include <math.h>

#include "results.h"

#define MOMENTS_OF(...) moments_of(ARRAY(__VA_ARGS__), COUNT_OF(__VA_ARGS__))

static const tally_moments empty = TALLY_MOMENTS_INIT;

static tally_moments moments_of(const double *values, size_t count) {
    tally_moments moments = TALLY_MOMENTS_INIT;
    CHECK_OK(tally_moments_add_f64(&moments, values, count));
    return moments;
}

#define SAME(a, b) CHECK_BYTES(a, b, sizeof(tally_moments))

static void moments_known_by_hand(void) {
    tally_moments moments = MOMENTS_OF(1e15 + 1, 1e15 + 2, 1e15 + 3);
    int64_t count = 0;
    CHECK_OK(tally_moments_count(&moments, &count));
    CHECK_INT(count, 3);
    CHECK_RESULT(3e15 + 6, tally_moments_sum_f64(&moments, &result));
    CHECK_RESULT(1e15 + 2, tally_moments_mean_f64(&moments, &result));
    CHECK_RESULT(1.0, tally_moments_variance_f64(&moments, 1, &result));
    CHECK_RESULT(2.0 / 3, tally_moments_variance_f64(&moments, 0, &result));
    CHECK_RESULT(2.0, tally_moments_variance_f64(&moments, 2, &result));
    CHECK_RESULT(1.0,
                 tally_moments_standard_deviation_f64(&moments, 1, &result));
    moments = MOMENTS_OF(3 * 0x1p1000, -4 * 0x1p1000);
    CHECK_RESULT(5 * 0x1p1000, tally_moments_norm_f64(&moments, &result));
    moments = MOMENTS_OF(0x1p-1074, -0x1p-1074);
    CHECK_RESULT(0x1p-1074,
                 tally_moments_standard_deviation_f64(&moments, 0, &result));
    CHECK_RESULT(0.0, tally_moments_variance_f64(&moments, 0, &result));
    CHECK_RESULT(0.0, tally_moments_mean_f64(&moments, &result));

    /* A window that slides: nothing of what has left stays behind. */
    moments = MOMENTS_OF(1e300, -0x1p-1074, 1.0, 2.0);
    CHECK_OK(tally_moments_subtract_one_f64(&moments, 1e300));
    CHECK_OK(tally_moments_subtract_f64(&moments, ARRAY(-0x1p-1074), 1));
    CHECK_OK(tally_moments_add_one_f64(&moments, 3.0));
    tally_moments expected = MOMENTS_OF(1.0, 2.0, 3.0);
    SAME(&moments, &expected);
}

static void nothing_has_no_mean(void) {
    CHECK_RESULT(0.0, tally_moments_sum_f64(&empty, &result));
    CHECK_RESULT(0.0, tally_moments_norm_f64(&empty, &result));
    CHECK_INVALID(tally_moments_mean_f64, &empty);
    CHECK_INVALID(tally_moments_variance_f64, &empty, 0);
    CHECK_INVALID(tally_moments_standard_deviation_f64, &empty, 0);
    tally_moments moments = MOMENTS_OF(1.0);
    CHECK_RESULT(0.0, tally_moments_variance_f64(&moments, 0, &result));
    CHECK_INVALID(tally_moments_variance_f64, &moments, 1);
    CHECK_INVALID(tally_moments_standard_deviation_f64, &moments, 1);
    moments = MOMENTS_OF(-0.0, -0.0);
    CHECK_RESULT(-0.0, tally_moments_sum_f64(&moments, &result));
    CHECK_RESULT(0.0, tally_moments_norm_f64(&moments, &result));
    CHECK_RESULT(0.0, tally_moments_variance_f64(&moments, 1, &result));
}

static void nan_and_infinities_are_as_promised(void) {
    tally_moments moments = MOMENTS_OF(1.0, -INFINITY, 2.0);
    CHECK_RESULT(-INFINITY, tally_moments_sum_f64(&moments, &result));
    CHECK_RESULT(-INFINITY, tally_moments_mean_f64(&moments, &result));
    CHECK_RESULT(INFINITY, tally_moments_norm_f64(&moments, &result));
    CHECK_RESULT(NAN, tally_moments_variance_f64(&moments, 0, &result));
    CHECK_RESULT(NAN,
                 tally_moments_standard_deviation_f64(&moments, 0, &result));
    CHECK_OK(tally_moments_add_one_f64(&moments, INFINITY));
    CHECK_RESULT(NAN, tally_moments_sum_f64(&moments, &result));
    CHECK_RESULT(INFINITY, tally_moments_norm_f64(&moments, &result));
    CHECK_OK(tally_moments_add_one_f64(&moments, -NAN));
    CHECK_RESULT(NAN, tally_moments_norm_f64(&moments, &result));
    CHECK_RESULT(NAN, tally_moments_mean_f64(&moments, &result));
    /* All of them go again. */
    CHECK_OK(tally_moments_subtract_f64(&moments,
                                        ARRAY(NAN, INFINITY, -INFINITY), 3));
    tally_moments expected = MOMENTS_OF(1.0, 2.0);
    SAME(&moments, &expected);
    CHECK_OK(tally_moments_subtract_one_f64(&moments, INFINITY));
    CHECK_INVALID(tally_moments_sum_f64, &moments);
    CHECK_INVALID(tally_moments_mean_f64, &moments);
    CHECK_INVALID(tally_moments_variance_f64, &moments, 0);
    CHECK_INVALID(tally_moments_norm_f64, &moments);
}

static void results_beyond_the_doubles_are_infinite_and_an_error(void) {
    tally_moments moments = MOMENTS_OF(DBL_MAX, -DBL_MAX);
    CHECK_OVERFLOW(INFINITY, tally_moments_variance_f64, &moments, 0);
    CHECK_RESULT(DBL_MAX,
                 tally_moments_standard_deviation_f64(&moments, 0, &result));
    CHECK_OVERFLOW(INFINITY, tally_moments_standard_deviation_f64, &moments, 1);
    CHECK_OVERFLOW(INFINITY, tally_moments_norm_f64, &moments);
    moments = MOMENTS_OF(-DBL_MAX, -DBL_MAX);
    CHECK_OVERFLOW(-INFINITY, tally_moments_sum_f64, &moments);
    CHECK_RESULT(-DBL_MAX, tally_moments_mean_f64(&moments, &result));
    /* Fewer values than their sum is worth. */
    CHECK_OK(tally_moments_subtract_one_f64(&moments, 0.0));
    CHECK_OVERFLOW(-INFINITY, tally_moments_mean_f64, &moments);
}

/* Sums that no values have: taken out without having been put in. */
static void what_cannot_be_is_refused(void) {
    tally_moments moments = MOMENTS_OF(1.0, 1.0, 1.0);
    CHECK_OK(tally_moments_subtract_one_f64(&moments, 2.0));
    CHECK_INVALID(tally_moments_variance_f64, &moments, 0);
    CHECK_INVALID(tally_moments_standard_deviation_f64, &moments, 0);
    CHECK_INVALID(tally_moments_norm_f64, &moments);
    CHECK_RESULT(0.5, tally_moments_mean_f64(&moments, &result));
    CHECK_OK(tally_moments_add_one_f64(&moments, 2.0));
    CHECK_RESULT(0.0, tally_moments_variance_f64(&moments, 0, &result));
}

static void each_type_is_added_and_taken_out_exactly(void) {
    static const float floats[] = {0.1F,     FLT_MAX,   -0.0F, 1e-45F,
                                   INFINITY, -INFINITY, NAN};
    static const int32_t int32s[] = {INT32_MAX, INT32_MIN, 5, 0};
    static const int64_t int64s[] = {INT64_MAX, INT64_MIN, 0, -1};
    static const uint64_t uint64s[] = {UINT64_MAX, UINT64_MAX, 1, 0};
    tally_moments moments = empty, same = empty;

    CHECK_OK(tally_moments_add_f32(&moments, floats, 7));
    for (size_t i = 0; i < 7; i++) {
        CHECK_OK(tally_moments_add_one_f64(&same, (double)floats[i]));
    }
    SAME(&moments, &same);
    CHECK_OK(tally_moments_subtract_f32(&moments, floats, 7));
    SAME(&moments, &empty);

    CHECK_OK(tally_moments_add_i32(&moments, int32s, 4));
    same = MOMENTS_OF(INT32_MAX, INT32_MIN, 5, 0);
    SAME(&moments, &same);
    CHECK_OK(tally_moments_subtract_i32(&moments, int32s, 4));
    SAME(&moments, &empty);

    /* The squares are 2^127 - 2^64 + 2, whose root rounds to that of 2^127. */
    CHECK_OK(tally_moments_add_i64(&moments, int64s, 4));
    CHECK_RESULT(-2.0, tally_moments_sum_f64(&moments, &result));
    CHECK_RESULT(sqrt(0x1p127), tally_moments_norm_f64(&moments, &result));
    CHECK_OK(tally_moments_subtract_i64(&moments, int64s, 4));
    SAME(&moments, &empty);

    /* 2^64 - 1 twice, and then 2^64 - 3 for one of them: 1 from their mean. */
    CHECK_OK(tally_moments_add_u64(&moments, uint64s, 2));
    CHECK_RESULT(0.0, tally_moments_variance_f64(&moments, 0, &result));
    CHECK_RESULT(0x1p64, tally_moments_mean_f64(&moments, &result));
    CHECK_OK(tally_moments_subtract_u64(&moments, uint64s, 1));
    CHECK_OK(
        tally_moments_add_u64(&moments, (const uint64_t[]){UINT64_MAX - 2}, 1));
    CHECK_RESULT(1.0, tally_moments_variance_f64(&moments, 0, &result));
    CHECK_RESULT(2.0, tally_moments_variance_f64(&moments, 1, &result));
    CHECK_OK(tally_moments_add_u64(&moments, uint64s + 2, 2));
    CHECK_OK(tally_moments_subtract_u64(
        &moments, (const uint64_t[]){0, UINT64_MAX, UINT64_MAX - 2, 1}, 4));
    SAME(&moments, &empty);

    /* Integers, the doubles that they are, and one by one. */
    CHECK_OK(tally_moments_add_i64(&moments, (const int64_t[]){-3, 1000}, 2));
    CHECK_OK(tally_moments_add_u64(&moments, (const uint64_t[]){7}, 1));
    same = MOMENTS_OF(7.0, -3.0, 1000.0);
    SAME(&moments, &same);
}

/* More than goes through in one block, at every alignment. */
static void long_arrays_of_every_type(void) {
    enum { COUNT = 3000 };
    static float floats[COUNT];
    static int32_t int32s[COUNT];
    static int64_t int64s[COUNT];
    static uint64_t uint64s[COUNT];
    static unsigned char bytes[sizeof int64s + 8];
    tally_moments of[4] = {empty, empty, empty, empty};
    uint64_t seed = 1;
    for (size_t i = 0; i < COUNT; i++) {
        uint64_t word = random_word(&seed);
        floats[i] = ldexpf((float)(int32_t)word, (int)(word >> 40 & 127) - 160);
        int32s[i] = (int32_t)word;
        int64s[i] = (int64_t)(word >> 12) - (INT64_C(1) << 51);
        uint64s[i] = word >> 11;
        CHECK_OK(tally_moments_add_one_f64(&of[0], (double)floats[i]));
        CHECK_OK(tally_moments_add_one_f64(&of[1], (double)int32s[i]));
        CHECK_OK(tally_moments_add_one_f64(&of[2], (double)int64s[i]));
        CHECK_OK(tally_moments_add_one_f64(&of[3], (double)uint64s[i]));
    }
    for (size_t offset = 0; offset < 8; offset++) {
        void *array = bytes + offset;
        tally_moments moments[4] = {empty, empty, empty, empty};
        memcpy(array, floats, sizeof floats);
        CHECK_OK(tally_moments_add_f32(&moments[0], array, COUNT));
        memcpy(array, int32s, sizeof int32s);
        CHECK_OK(tally_moments_add_i32(&moments[1], array, COUNT));
        memcpy(array, int64s, sizeof int64s);
        CHECK_OK(tally_moments_add_i64(&moments[2], array, COUNT));
        memcpy(array, uint64s, sizeof uint64s);
        CHECK_OK(tally_moments_add_u64(&moments[3], array, COUNT));
        CHECK_BYTES(moments, of, sizeof of);
    }
}

static void pairs_known_by_hand(void) {
    const double *const a = ARRAY(1.0, 2.0, 3.0, 4.0);
    const double *const b = ARRAY(1.0, 2.0, 4.0, 3.0);
    tally_moments x = moments_of(a, 4), y = moments_of(b, 4);
    tally_product_accumulator products = TALLY_PRODUCT_ACCUMULATOR_INIT;
    CHECK_OK(tally_product_accumulator_add_f64(&products, a, b, 4));
    CHECK_RESULT(0.8,
                 tally_moments_correlation_f64(&x, &y, &products, &result));
    CHECK_RESULT(1.0,
                 tally_moments_covariance_f64(&x, &y, &products, 0, &result));
    CHECK_RESULT(4.0 / 3,
                 tally_moments_covariance_f64(&x, &y, &products, 1, &result));
    CHECK_INVALID(tally_moments_covariance_f64, &x, &y, &products, 4);

    /* Counts that differ, and a side without a spread. */
    CHECK_OK(tally_product_accumulator_add_one_f64(&products, 1.0, 1.0));
    CHECK_INVALID(tally_moments_covariance_f64, &x, &y, &products, 0);
    CHECK_CONTAINS(tally_last_message(), "counts");
    CHECK_INVALID(tally_moments_correlation_f64, &x, &y, &products);
    CHECK_OK(tally_product_accumulator_subtract_one_f64(&products, 1.0, 1.0));
    y = MOMENTS_OF(2.0, 2.0, 2.0, 2.0);
    CHECK_INVALID(tally_moments_correlation_f64, &x, &y, &products);
    CHECK_TEXT(tally_last_message(), "all values of y are equal");
    CHECK_INVALID(tally_moments_correlation_f64, &y, &x, &products);
    CHECK_TEXT(tally_last_message(), "all values of x are equal");
    tally_product_accumulator none = TALLY_PRODUCT_ACCUMULATOR_INIT;
    CHECK_INVALID(tally_moments_correlation_f64, &empty, &empty, &none);
    CHECK_INVALID(tally_moments_covariance_f64, &empty, &empty, &none, 0);
    /* Products of other pairs: no coefficient is above 1. */
    y = MOMENTS_OF(1.0, 2.0, 2.0, 2.0);
    CHECK_OK(tally_product_accumulator_add_one_f64(&products, 1e9, 1.0));
    CHECK_OK(tally_product_accumulator_subtract_one_f64(&products, 0.0, 1.0));
    CHECK_INVALID(tally_moments_correlation_f64, &x, &y, &products);
}

/* Of the pairs (1, 1), (2, 2), (3, 4) and (4, 3), the squares of the distances
 * from the means, 2.5 and 2.5, add up to 5 and 5, their products to 4. */
static void lines_known_by_hand(void) {
    const double *const a = ARRAY(1.0, 2.0, 3.0, 4.0);
    const double *const b = ARRAY(1.0, 2.0, 4.0, 3.0);
    tally_moments x = moments_of(a, 4), y = moments_of(b, 4);
    tally_product_accumulator products = TALLY_PRODUCT_ACCUMULATOR_INIT;
    CHECK_OK(tally_product_accumulator_add_f64(&products, a, b, 4));
    double slope = 7, intercept = 7, r_squared = 7;
#define FIT(x, y)                                                              \
    tally_moments_linear_fit(x, y, &products, &slope, &intercept, &r_squared)
#define CHECK_NO_FIT(x, y, message)                                            \
    do {                                                                       \
        slope = intercept = r_squared = 7;                                     \
        CHECK_REFUSED(FIT(x, y), TALLY_INVALID, "tally_moments_linear_fit");   \
        CHECK_CONTAINS(tally_last_message(), message);                         \
        CHECK(slope == 7 && intercept == 7 && r_squared == 7);                 \
    } while (0)
    CHECK_OK(FIT(&x, &y));
    CHECK_DOUBLE(slope, 0.8);
    CHECK_DOUBLE(intercept, 0.5);
    CHECK_DOUBLE(r_squared, 0.64);

    tally_moments fewer = MOMENTS_OF(1.0, 2.0, 4.0);
    CHECK_NO_FIT(&x, &fewer, "counts");
    CHECK_NO_FIT(&fewer, &y, "counts");
    /* Twos times either side add up to 20. */
    const tally_moments twos = MOMENTS_OF(2.0, 2.0, 2.0, 2.0);
    CHECK_OK(tally_product_accumulator_add_one_f64(&products, -9.0, 1.0));
    CHECK_OK(tally_product_accumulator_subtract_one_f64(&products, 0.0, 0.0));
    CHECK_NO_FIT(&twos, &y, "all values of x are equal");
    CHECK_NO_FIT(&x, &twos, "all values of y are equal");
    CHECK_OK(tally_moments_linear_fit(&x, &twos, &products, &slope, &intercept,
                                      NULL));
    CHECK_DOUBLE(slope, 0.0);
    CHECK_DOUBLE(intercept, 2.0);
    /* Of nothing. */
    products = (tally_product_accumulator)TALLY_PRODUCT_ACCUMULATOR_INIT;
    CHECK_NO_FIT(&empty, &empty, "");

    /* A slope beyond the doubles, and the others as usual. */
    x = MOMENTS_OF(0.0, 0x1p-1000);
    y = MOMENTS_OF(0.0, -0x1p1000);
    CHECK_OK(
        tally_product_accumulator_add_one_f64(&products, 0x1p-1000, -0x1p1000));
    CHECK_OK(tally_product_accumulator_add_one_f64(&products, 0.0, 0.0));
    CHECK_REFUSED(FIT(&x, &y), TALLY_OVERFLOW, "tally_moments_linear_fit");
    CHECK_DOUBLE(slope, -INFINITY);
    CHECK_DOUBLE(intercept, 0.0);
    CHECK_DOUBLE(r_squared, 1.0);
}

/* In progress, in parts, and at once: the same results. */
static void the_one_shot_statistics_are_the_same(void) {
    enum { COUNT = 500 };
    double a[COUNT], b[COUNT];
    uint64_t seed = 2;
    for (int round = 0; round < 50; round++) {
        size_t count = 2 + random_word(&seed) % (COUNT - 2);
        for (size_t i = 0; i < count; i++) {
            int width = 1 + round * 40;
            a[i] = ldexp((double)(int64_t)random_word(&seed),
                         (int)(random_word(&seed) % (unsigned)width) - 1100);
            b[i] = ldexp((double)(int64_t)random_word(&seed), -63);
        }
        tally_moments x = moments_of(a, count / 2), y = moments_of(b, count);
        tally_moments rest = moments_of(a + count / 2, count - count / 2);
        tally_product_accumulator products = TALLY_PRODUCT_ACCUMULATOR_INIT;
        CHECK_OK(tally_moments_merge(&x, &rest));
        CHECK_OK(tally_product_accumulator_add_f64(&products, a, b, count));
        double want = 0;
#define CHECK_EQUAL(at_once, in_progress)                                      \
    do {                                                                       \
        result = want = 12345;                                                 \
        tally_status status = at_once;                                         \
        CHECK_INT(in_progress, status);                                        \
        CHECK_DOUBLE(result, want);                                            \
        CHECK(want != 12345);                                                  \
    } while (0)
        CHECK_EQUAL(tally_mean_f64(a, count, &want),
                    tally_moments_mean_f64(&x, &result));
        CHECK_EQUAL(tally_variance_f64(a, count, 1, &want),
                    tally_moments_variance_f64(&x, 1, &result));
        CHECK_EQUAL(tally_standard_deviation_f64(a, count, 0, &want),
                    tally_moments_standard_deviation_f64(&x, 0, &result));
        CHECK_EQUAL(tally_norm_f64(a, count, &want),
                    tally_moments_norm_f64(&x, &result));
        CHECK_EQUAL(
            tally_covariance_f64(a, b, count, 1, &want),
            tally_moments_covariance_f64(&x, &y, &products, 1, &result));
        CHECK_EQUAL(tally_correlation_f64(a, b, count, &want),
                    tally_moments_correlation_f64(&x, &y, &products, &result));
        const tally_column xs = TALLY_COLUMN(TALLY_F64, a, count);
        const tally_column ys = TALLY_COLUMN(TALLY_F64, b, count);
        double lines[2][3] = {{7, 7, 7}, {7, 7, 7}};
        tally_status status = tally_column_linear_fit(
            &xs, &ys, &lines[0][0], &lines[0][1], &lines[0][2]);
        CHECK_INT(tally_moments_linear_fit(&x, &y, &products, &lines[1][0],
                                           &lines[1][1], &lines[1][2]),
                  status);
        CHECK_BYTES(lines[1], lines[0], sizeof lines[0]);
        CHECK(lines[0][0] != 7);
    }
}

int main(void) {
    moments_known_by_hand();
    nothing_has_no_mean();
    nan_and_infinities_are_as_promised();
    results_beyond_the_doubles_are_infinite_and_an_error();
    what_cannot_be_is_refused();
    each_type_is_added_and_taken_out_exactly();
    long_arrays_of_every_type();
    pairs_known_by_hand();
    lines_known_by_hand();
    the_one_shot_statistics_are_the_same();
    return finish();
}
