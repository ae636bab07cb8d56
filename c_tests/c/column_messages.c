/*
 * Columns: initializers of static storage, and messages that name the column
 * that is meant.
 */
#include <math.h>

#include "../check.h"

static const double rising[] = {1, 2, 4}, same[] = {0.1, 0.1, 0.1};
static const tally_column rising_column =
    TALLY_COLUMN_INIT(TALLY_F64, rising, 3);
static tally_column columns[] = {
    TALLY_COLUMN_INIT(TALLY_F64, same, 3),
    TALLY_COLUMN_INIT(TALLY_I16, NULL, 0),
};

static void an_initializer_is_that_column(void) {
    const tally_column values[] = {
        TALLY_COLUMN(TALLY_F64, rising, 3),
        TALLY_COLUMN(TALLY_F64, same, 3),
        TALLY_COLUMN(TALLY_I16, NULL, 0),
    };
    double total;
    CHECK_BYTES(&rising_column, &values[0], sizeof *values);
    CHECK_BYTES(columns, &values[1], 2 * sizeof *values);
    CHECK_OK(tally_column_sum(&rising_column, &total));
    CHECK_DOUBLE(total, 7);
    CHECK_SIZE((size_t)columns[1].stride, 2);
}

/* What has fields of a later version, all 0, is taken up to 1024 bytes. */
static void a_size_may_be_that_of_a_later_version(void) {
    static struct {
        tally_column column;
        char more[2000];
    } later;
    static const struct {
        size_t size;
        tally_status status;
    } cases[] = {
        {0, TALLY_INVALID},
        {sizeof(tally_column) - 1, TALLY_INVALID},
        {sizeof(tally_column), TALLY_OK},
        {sizeof(tally_column) + 1, TALLY_OK},
        {1024, TALLY_OK},
        {1025, TALLY_INVALID},
        {2000, TALLY_INVALID},
        {SIZE_MAX, TALLY_INVALID},
    };
    later.column = rising_column;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char message[100];
        double total;
        later.column.size = cases[i].size;
        CHECK_INT(tally_column_sum(&later.column, &total), cases[i].status);
        snprintf(message, sizeof message,
                 "values: size is %zu, not sizeof(tally_column)",
                 cases[i].size);
        CHECK_TEXT(tally_last_message(),
                   cases[i].status == TALLY_OK ? "" : message);
    }
    later.column.size = 1024;
    later.more[1024 - sizeof(tally_column)] = 1;
    double total;
    CHECK_OK(tally_column_sum(&later.column, &total));
    later.more[1023 - sizeof(tally_column)] = 1;
    CHECK_REFUSED(tally_column_sum(&later.column, &total), TALLY_INVALID,
                  "tally_column_sum");
}

/* What is refused for having one value only, and in which column. */
static void check_constant(const tally_column *x, const tally_column *y,
                           const char *message) {
    double result = 7, other = 7;
    CHECK_REFUSED(tally_column_linear_fit(x, y, NULL, &other, &result),
                  TALLY_INVALID, "tally_column_linear_fit");
    CHECK_TEXT(tally_last_message(), message);
    CHECK_REFUSED(tally_column_correlation(x, y, &result), TALLY_INVALID,
                  "tally_column_correlation");
    CHECK_TEXT(tally_last_message(), message);
    const double *a = (const double *)x->values;
    const double *b = (const double *)y->values;
    CHECK_REFUSED(tally_correlation_f64(a, b, x->count, &result), TALLY_INVALID,
                  "tally_correlation_f64");
    CHECK_TEXT(tally_last_message(), message);
    tally_moments of_x = TALLY_MOMENTS_INIT, of_y = TALLY_MOMENTS_INIT;
    tally_product_accumulator products = TALLY_PRODUCT_ACCUMULATOR_INIT;
    CHECK_OK(tally_moments_add(&of_x, x));
    CHECK_OK(tally_moments_add(&of_y, y));
    CHECK_OK(tally_product_accumulator_add(&products, x, y));
    CHECK_REFUSED(
        tally_moments_linear_fit(&of_x, &of_y, &products, NULL, NULL, &result),
        TALLY_INVALID, "tally_moments_linear_fit");
    CHECK_TEXT(tally_last_message(), message);
    CHECK_DOUBLE(result, 7);
    CHECK_DOUBLE(other, 7);
}

static void the_constant_side_is_named(void) {
    const char *const x = "all values of x are equal";
    const char *const y = "all values of y are equal";
    check_constant(&columns[0], &rising_column, x);
    check_constant(&rising_column, &columns[0], y);
    check_constant(&columns[0], &columns[0], x);
    /* One pair is a point. */
    const tally_column one = TALLY_COLUMN(TALLY_F64, rising, 1);
    check_constant(&one, &one, x);
    /* Enough for the estimates. */
    enum { MANY = 3000 };
    static double many[MANY], tenths[MANY];
    for (int i = 0; i < MANY; i++) {
        many[i] = i % 7;
        tenths[i] = 0.1;
    }
    const tally_column of_many = TALLY_COLUMN(TALLY_F64, many, MANY);
    const tally_column of_tenths = TALLY_COLUMN(TALLY_F64, tenths, MANY);
    check_constant(&of_tenths, &of_many, x);
    check_constant(&of_many, &of_tenths, y);
}

static void lengths_are_compared(void) {
    CHECK_OK(tally_check_length("results", 3, 3));
    CHECK_OK(tally_check_length("", SIZE_MAX, SIZE_MAX));
    CHECK_REFUSED(tally_check_length("results", 3, 4), TALLY_INVALID,
                  "tally_check_length");
    CHECK_TEXT(tally_last_message(), "results has length 3, but needs 4");
    CHECK_REFUSED(tally_check_length("\n\xff", 0, SIZE_MAX), TALLY_INVALID,
                  "tally_check_length");
    CHECK_CONTAINS(tally_last_message(), " \\xff has length 0, but needs ");
    CHECK_REFUSED(tally_check_length(NULL, 1, 1), TALLY_NULL,
                  "tally_check_length");
}

/* Of each function that takes ddof off, the message has both numbers. */
static void too_few_values_are_counted(void) {
    const char *const message = "need more than ddof = 3 values, have 2";
    const double values[] = {1, 2}, weights[] = {1, 2};
    const float floats[] = {1, 2};
    const double gaps[] = {1, NAN, 2};
    tally_column column = TALLY_COLUMN(TALLY_F64, gaps, 3);
    column.flags = TALLY_SKIP_NAN;
    double result = 7;
    CHECK_REFUSED(tally_variance_f64(values, 2, 3, &result), TALLY_INVALID,
                  "tally_variance_f64");
    CHECK_TEXT(tally_last_message(), message);
    CHECK_REFUSED(tally_standard_deviation_f32(floats, 2, 3, &result),
                  TALLY_INVALID, "tally_standard_deviation_f32");
    CHECK_TEXT(tally_last_message(), message);
    CHECK_REFUSED(tally_covariance_f64(values, values, 2, 3, &result),
                  TALLY_INVALID, "tally_covariance_f64");
    CHECK_TEXT(tally_last_message(), message);
    CHECK_REFUSED(tally_column_variance(&column, 3, &result), TALLY_INVALID,
                  "tally_column_variance");
    CHECK_TEXT(tally_last_message(), message);
    CHECK_REFUSED(tally_column_covariance(&column, &column, 3, &result),
                  TALLY_INVALID, "tally_column_covariance");
    CHECK_TEXT(tally_last_message(), message);
    tally_moments moments = TALLY_MOMENTS_INIT;
    tally_product_accumulator products = TALLY_PRODUCT_ACCUMULATOR_INIT;
    CHECK_OK(tally_moments_add_f64(&moments, values, 2));
    CHECK_OK(tally_product_accumulator_add_f64(&products, values, values, 2));
    CHECK_REFUSED(tally_moments_variance_f64(&moments, 3, &result),
                  TALLY_INVALID, "tally_moments_variance_f64");
    CHECK_TEXT(tally_last_message(), message);
    CHECK_REFUSED(tally_moments_standard_deviation_f64(&moments, 3, &result),
                  TALLY_INVALID, "tally_moments_standard_deviation_f64");
    CHECK_TEXT(tally_last_message(), message);
    CHECK_REFUSED(
        tally_moments_covariance_f64(&moments, &moments, &products, 3, &result),
        TALLY_INVALID, "tally_moments_covariance_f64");
    CHECK_TEXT(tally_last_message(), message);
    const tally_column x = TALLY_COLUMN(TALLY_F64, values, 2);
    const tally_column w = TALLY_COLUMN(TALLY_F64, weights, 2);
    CHECK_REFUSED(tally_column_weighted_variance(&x, &w, 3, &result),
                  TALLY_INVALID, "tally_column_weighted_variance");
    CHECK_TEXT(tally_last_message(),
               "the weights must add up to more than ddof = 3");
    CHECK_DOUBLE(result, 7);
}

int main(void) {
    an_initializer_is_that_column();
    a_size_may_be_that_of_a_later_version();
    the_constant_side_is_named();
    lengths_are_compared();
    too_few_values_are_counted();
    return finish();
}
