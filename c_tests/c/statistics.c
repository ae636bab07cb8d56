/* Dot products and statistics of arrays: each result is the double nearest to
 * the true one, wherever the arrays lie and in whatever order. */
#include <float.h>
#include <math.h>

#include "results.h"

static void dot_products_known_by_hand(void) {
    CHECK_RESULT(1.0, tally_dot_f64(ARRAY(1e100, 1.0, 1e100),
                                    VALUES(1.0, 1.0, -1.0), &result));
    CHECK_RESULT(0.0, tally_dot_f64(NULL, NULL, 0, &result));
    /* Each product is beyond every double, or below it. */
    CHECK_RESULT(3.0, tally_dot_f64(ARRAY(1e300, 1e300, 1.5),
                                    VALUES(1e300, -1e300, 2.0), &result));
    CHECK_RESULT(0x1p-1074,
                 tally_dot_f64(ARRAY(0x1p-600, 0x1p-600, 0x1p-600, 0x1p-600),
                               VALUES(0x1p-476, 0x1p-476, 0x1p-476, 0x1p-476),
                               &result));
    /* (1 + 2^-52)(1 - 2^-52) - 1 is -2^-104, and 0 where products are rounded.
     */
    CHECK_RESULT(-0x1p-104, tally_dot_f64(ARRAY(1 + 0x1p-52, 1.0),
                                          VALUES(1 - 0x1p-52, -1.0), &result));
    /* A half of the last place decides by what is far below it. */
    CHECK_RESULT(1.0,
                 tally_dot_f64(ARRAY(1.0, 0x1p-53), VALUES(1.0, 1.0), &result));
    CHECK_RESULT(1 + 0x1p-52,
                 tally_dot_f64(ARRAY(1.0, 0x1p-53, 0x1p-1074),
                               VALUES(1.0, 1.0, 0x1p-1074), &result));
    /* Zeros: -0.0 only if every product is. One that rounds to zero has a sign.
     */
    CHECK_RESULT(-0.0,
                 tally_dot_f64(ARRAY(-0.0, 0.0), VALUES(3.0, -3.0), &result));
    CHECK_RESULT(0.0,
                 tally_dot_f64(ARRAY(-0.0, 0.0), VALUES(3.0, 3.0), &result));
    CHECK_RESULT(0.0,
                 tally_dot_f64(ARRAY(1.0, -1.0), VALUES(1.0, 1.0), &result));
    CHECK_RESULT(-0.0,
                 tally_dot_f64(ARRAY(0x1p-1074), VALUES(-0x1p-1074), &result));
}

static void means_known_by_hand(void) {
    CHECK_RESULT(2.0, tally_mean_f64(VALUES(1.0, 2.0, 3.0), &result));
    CHECK_RESULT(DBL_MAX, tally_mean_f64(VALUES(DBL_MAX, DBL_MAX), &result));
    CHECK_RESULT(
        0x1p-1074,
        tally_mean_f64(VALUES(0x1p-1074, 0x1p-1074, 0x1p-1074), &result));
    CHECK_RESULT(1.0 / 3, tally_mean_f64(VALUES(1e300, 1.0, -1e300), &result));

    CHECK_RESULT(2.25, tally_weighted_mean_f64(ARRAY(1.0, 2.0, 3.0),
                                               VALUES(1.0, 1.0, 2.0), &result));
    CHECK_RESULT(4.0, tally_weighted_mean_f64(ARRAY(1.0, -2.0),
                                              VALUES(2.0, -1.0), &result));
    CHECK_RESULT(1e300, tally_weighted_mean_f64(ARRAY(1e300, 1e300),
                                                VALUES(1e300, 1e300), &result));
    CHECK_RESULT(0x1p-1074, tally_weighted_mean_f64(
                                ARRAY(0x1p-1074, 0x1p-1074),
                                VALUES(0x1p-1074, 0x1p-1074), &result));
}

/* The sign of a zero is that of the total of the products, by that of the
 * weights. */
static void zeros_have_the_documented_signs(void) {
    CHECK_RESULT(0.0, tally_weighted_mean_f64(ARRAY(1.0, -1.0),
                                              VALUES(1.0, 1.0), &result));
    CHECK_RESULT(-0.0, tally_weighted_mean_f64(ARRAY(1.0, -1.0),
                                               VALUES(-1.0, -1.0), &result));
    CHECK_RESULT(-0.0, tally_weighted_mean_f64(ARRAY(-0.0, -0.0),
                                               VALUES(1.0, 2.0), &result));
    CHECK_RESULT(-0.0, tally_weighted_mean_f64(ARRAY(0.0, -0.0),
                                               VALUES(-1.0, 2.0), &result));
    CHECK_RESULT(0.0, tally_weighted_mean_f64(ARRAY(0.0, 0.0),
                                              VALUES(-1.0, -2.0), &result));
    CHECK_RESULT(0.0, tally_weighted_mean_f64(ARRAY(0.0, -0.0),
                                              VALUES(1.0, 1.0), &result));
    /* Rounded to zero. */
    CHECK_RESULT(-0.0, tally_weighted_mean_f64(ARRAY(-0x1p-1074, 0.0),
                                               VALUES(1.0, 3.0), &result));
    CHECK_RESULT(0.0, tally_weighted_mean_f64(ARRAY(0x1p-1074, 0.0),
                                              VALUES(-1.0, -3.0), &result));

    CHECK_RESULT(0.0, tally_covariance_f64(ARRAY(-0.0, -0.0),
                                           VALUES(-1.0, -1.0), 0, &result));
    CHECK_RESULT(0.0, tally_covariance_f64(ARRAY(1.0, 1.0), VALUES(-1.0, 2.0),
                                           0, &result));
    CHECK_RESULT(0.0,
                 tally_covariance_f64(ARRAY(-1.0, 0.0, 1.0),
                                      VALUES(-1.0, 2.0, -1.0), 0, &result));
    CHECK_RESULT(-0.0,
                 tally_covariance_f64(ARRAY(0x1p-600, -0x1p-600),
                                      VALUES(-0x1p-600, 0x1p-600), 0, &result));
    CHECK_RESULT(0.0,
                 tally_covariance_f64(ARRAY(0x1p-600, -0x1p-600),
                                      VALUES(0x1p-600, -0x1p-600), 0, &result));
    CHECK_RESULT(0.0, tally_correlation_f64(ARRAY(-1.0, 0.0, 1.0),
                                            VALUES(-1.0, 2.0, -1.0), &result));
    /* -2^-1201 and 2^-1201: the first four pairs cancel. */
    CHECK_RESULT(-0.0, tally_correlation_f64(
                           ARRAY(1.0, 1.0, -1.0, -1.0, 0x1p-600, -0x1p-600),
                           VALUES(1.0, -1.0, 1.0, -1.0, -0x1p-600, 0x1p-600),
                           &result));
    CHECK_RESULT(0.0, tally_correlation_f64(
                          ARRAY(1.0, 1.0, -1.0, -1.0, 0x1p-600, -0x1p-600),
                          VALUES(1.0, -1.0, 1.0, -1.0, 0x1p-600, -0x1p-600),
                          &result));
}

static void spreads_known_by_hand(void) {
    /* 1, 2 and 3 have variance 1, wherever they are. */
    static const double at[] = {0, 1e9, -1e9, 1e15, -1e15, 0x1p52};
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        const double values[] = {at[i] + 1, at[i] + 2, at[i] + 3};
        CHECK_RESULT(1.0, tally_variance_f64(values, 3, 1, &result));
        CHECK_RESULT(1.0, tally_standard_deviation_f64(values, 3, 1, &result));
        CHECK_RESULT(2.0 / 3, tally_variance_f64(values, 3, 0, &result));
        CHECK_RESULT(1.0, tally_covariance_f64(values, values, 3, 1, &result));
        CHECK_RESULT(1.0, tally_correlation_f64(values, values, 3, &result));
    }
    CHECK_RESULT(0.0, tally_variance_f64(VALUES(0.1, 0.1, 0.1), 1, &result));
    CHECK_RESULT(0.0, tally_variance_f64(VALUES(7.0), 0, &result));
    CHECK_RESULT(0.0,
                 tally_standard_deviation_f64(VALUES(DBL_MAX), 0, &result));
    /* The variance is far below the least double; its root is not. */
    CHECK_RESULT(0.0,
                 tally_variance_f64(VALUES(0x1p-700, -0x1p-700), 0, &result));
    CHECK_RESULT(0x1p-700, tally_standard_deviation_f64(
                               VALUES(0x1p-700, -0x1p-700), 0, &result));
    CHECK_RESULT(0x1p-1074, tally_standard_deviation_f64(
                                VALUES(0x1p-1074, -0x1p-1074), 0, &result));
    /* And above the largest. */
    CHECK_RESULT(DBL_MAX, tally_standard_deviation_f64(
                              VALUES(DBL_MAX, -DBL_MAX), 0, &result));

    CHECK_RESULT(5.0, tally_norm_f64(VALUES(3.0, -4.0), &result));
    /* As doubles, these have a norm right between two: a tie, to even. */
    CHECK_RESULT(nextafter(5e200, 0),
                 tally_norm_f64(VALUES(3e200, 4e200), &result));
    CHECK_RESULT(5 * 0x1p1000,
                 tally_norm_f64(VALUES(3 * 0x1p1000, 4 * 0x1p1000), &result));
    CHECK_RESULT(5 * 0x1p-1074,
                 tally_norm_f64(VALUES(3 * 0x1p-1074, 4 * 0x1p-1074), &result));
    CHECK_RESULT(DBL_MAX, tally_norm_f64(VALUES(DBL_MAX, 1.0), &result));
    CHECK_RESULT(0.0, tally_norm_f64(NULL, 0, &result));
    CHECK_RESULT(0.0, tally_norm_f64(VALUES(-0.0, -0.0), &result));
}

static void pairs_known_by_hand(void) {
    CHECK_RESULT(0.5, tally_covariance_f64(ARRAY(1.0, 2.0, 3.0),
                                           VALUES(1.0, 3.0, 2.0), 1, &result));
    CHECK_RESULT(0.5, tally_correlation_f64(ARRAY(1.0, 2.0, 3.0),
                                            VALUES(1.0, 3.0, 2.0), &result));
    CHECK_RESULT(-1.0,
                 tally_correlation_f64(ARRAY(0x1p-1074, 0x1p-1073),
                                       VALUES(DBL_MAX, -DBL_MAX), &result));
    CHECK_RESULT(0.8,
                 tally_correlation_f64(ARRAY(1.0, 2.0, 3.0, 4.0),
                                       VALUES(1.0, 2.0, 4.0, 3.0), &result));
    CHECK_RESULT(0.0, tally_correlation_f64(ARRAY(-1.0, 0.0, 1.0),
                                            VALUES(1.0, 0.0, 1.0), &result));
    CHECK_RESULT(0.0, tally_covariance_f64(ARRAY(-1.0, 0.0, 1.0),
                                           VALUES(1.0, 0.0, 1.0), 0, &result));
    /* Nearly on a line, where a rounded formula gives more than 1, or 1. */
    CHECK_RESULT(nextafter(1.0, 0.0),
                 tally_correlation_f64(ARRAY(1.0, 2.0, 3.0),
                                       VALUES(1.0, 2.0, 3.0 + 0x1p-24),
                                       &result));
    /* Nearer to it: 1 - 2^-64.6 is rounded to 1. */
    CHECK_RESULT(1.0, tally_correlation_f64(ARRAY(1.0, 2.0, 3.0),
                                            VALUES(1.0, 2.0, 3.0 + 0x1p-30),
                                            &result));
    CHECK_RESULT(-1.0, tally_correlation_f64(ARRAY(1.0, 2.0, 3.0),
                                             VALUES(3.0 + 0x1p-30, 2.0, 1.0),
                                             &result));
}

static void nan_and_infinities_are_as_promised(void) {
    static const double inf = INFINITY;
    CHECK_RESULT(NAN,
                 tally_dot_f64(ARRAY(1.0, NAN), VALUES(1.0, 1.0), &result));
    CHECK_RESULT(NAN, tally_dot_f64(ARRAY(inf), VALUES(0.0), &result));
    CHECK_RESULT(NAN,
                 tally_dot_f64(ARRAY(inf, inf), VALUES(1.0, -1.0), &result));
    CHECK_RESULT(inf,
                 tally_dot_f64(ARRAY(-inf, 1.0), VALUES(-inf, 1.0), &result));
    CHECK_RESULT(
        -inf, tally_dot_f64(ARRAY(inf, 1.0), VALUES(-1.0, DBL_MAX), &result));
    /* One NaN only, whatever the sign and the payload. */
    CHECK_RESULT(NAN, tally_dot_f64(ARRAY(-NAN), VALUES(1.0), &result));

    CHECK_RESULT(NAN, tally_mean_f64(VALUES(inf, -inf), &result));
    CHECK_RESULT(-inf, tally_mean_f64(VALUES(1.0, -inf), &result));
    CHECK_RESULT(NAN, tally_norm_f64(VALUES(NAN, inf), &result));
    CHECK_RESULT(inf, tally_norm_f64(VALUES(-inf, inf, 1.0), &result));
    CHECK_RESULT(NAN, tally_variance_f64(VALUES(1.0, inf), 1, &result));
    CHECK_RESULT(NAN, tally_variance_f64(VALUES(1.0, NAN), 1, &result));
    CHECK_RESULT(NAN,
                 tally_standard_deviation_f64(VALUES(-inf, 1.0), 0, &result));
    CHECK_RESULT(NAN,
                 tally_standard_deviation_f64(VALUES(NAN, 1.0), 0, &result));
    CHECK_RESULT(NAN, tally_covariance_f64(ARRAY(1.0, 2.0), VALUES(NAN, 1.0), 1,
                                           &result));
    CHECK_RESULT(NAN, tally_covariance_f64(ARRAY(-inf, 2.0), VALUES(2.0, 1.0),
                                           1, &result));
    CHECK_RESULT(
        NAN, tally_correlation_f64(ARRAY(1.0, 2.0), VALUES(inf, 1.0), &result));
    /* Also where the elements of the other array are equal. */
    CHECK_RESULT(
        NAN, tally_correlation_f64(ARRAY(NAN, 2.0), VALUES(1.0, 1.0), &result));
    CHECK_RESULT(
        NAN, tally_correlation_f64(ARRAY(1.0, 1.0), VALUES(NAN, 1.0), &result));

    CHECK_RESULT(inf, tally_weighted_mean_f64(ARRAY(inf, 1.0), VALUES(1.0, 1.0),
                                              &result));
    CHECK_RESULT(-inf, tally_weighted_mean_f64(ARRAY(inf, 1.0),
                                               VALUES(1.0, -2.0), &result));
    CHECK_RESULT(NAN, tally_weighted_mean_f64(ARRAY(1.0, 1.0), VALUES(inf, 1.0),
                                              &result));
    CHECK_RESULT(NAN, tally_weighted_mean_f64(ARRAY(inf, 1.0), VALUES(0.0, 1.0),
                                              &result));
    CHECK_RESULT(NAN, tally_weighted_mean_f64(ARRAY(NAN, 1.0), VALUES(0.0, 1.0),
                                              &result));
    CHECK_RESULT(NAN, tally_weighted_mean_f64(ARRAY(1.0, 1.0), VALUES(NAN, 1.0),
                                              &result));
    CHECK_RESULT(NAN, tally_weighted_mean_f64(ARRAY(1.0, 1.0),
                                              VALUES(inf, -inf), &result));
    CHECK_RESULT(NAN, tally_weighted_mean_f64(ARRAY(inf, inf),
                                              VALUES(1.0, -3.0), &result));
}

static void results_beyond_the_doubles_are_infinite_and_an_error(void) {
    static const double half = 0x1p970; /* of the last place of DBL_MAX */
    CHECK_RESULT(DBL_MAX, tally_dot_f64(ARRAY(DBL_MAX, half, -0x1p-1074),
                                        VALUES(1.0, 1.0, 0x1p-1074), &result));
    CHECK_OVERFLOW(INFINITY, tally_dot_f64, ARRAY(DBL_MAX, half),
                   VALUES(1.0, 1.0));
    CHECK_OVERFLOW(-INFINITY, tally_dot_f64, ARRAY(DBL_MAX), VALUES(-DBL_MAX));
    CHECK_OVERFLOW(INFINITY, tally_norm_f64, VALUES(DBL_MAX, DBL_MAX));
    CHECK_OVERFLOW(INFINITY, tally_variance_f64, VALUES(DBL_MAX, -DBL_MAX), 0);
    CHECK_OVERFLOW(INFINITY, tally_standard_deviation_f64,
                   VALUES(DBL_MAX, -DBL_MAX), 1);
    CHECK_OVERFLOW(-INFINITY, tally_covariance_f64, ARRAY(DBL_MAX, -DBL_MAX),
                   VALUES(-1e9, 1e9), 0);
    CHECK_OVERFLOW(INFINITY, tally_weighted_mean_f64, ARRAY(DBL_MAX, -DBL_MAX),
                   VALUES(2.0, -1.0));
    CHECK_OVERFLOW(-INFINITY, tally_weighted_mean_f64, ARRAY(DBL_MAX, -DBL_MAX),
                   VALUES(-2.0, 3.0));
}

static void what_makes_no_sense_is_refused(void) {
    CHECK_INVALID(tally_mean_f64, NULL, 0);
    CHECK_INVALID(tally_variance_f64, NULL, 0, 0);
    CHECK_INVALID(tally_variance_f64, VALUES(1.0), 1);
    CHECK_INVALID(tally_standard_deviation_f64, VALUES(1.0, 2.0), 3);
    /* Too few come before NaN. */
    CHECK_INVALID(tally_variance_f64, VALUES(NAN), 1);
    CHECK_INVALID(tally_covariance_f64, NULL, NULL, 0, 0);
    CHECK_INVALID(tally_covariance_f64, ARRAY(1.0, 2.0), VALUES(1.0, 2.0), 2);
    CHECK_INVALID(tally_correlation_f64, NULL, NULL, 0);
    CHECK_INVALID(tally_correlation_f64, ARRAY(1.0), VALUES(2.0));
    CHECK_INVALID(tally_correlation_f64, ARRAY(0.1, 0.1), VALUES(1.0, 2.0));
    CHECK_TEXT(tally_last_message(), "all values of x are equal");
    CHECK_INVALID(tally_correlation_f64, ARRAY(1.0, 2.0), VALUES(0.1, 0.1));
    CHECK_TEXT(tally_last_message(), "all values of y are equal");
    CHECK_INVALID(tally_weighted_mean_f64, NULL, NULL, 0);
    CHECK_INVALID(tally_weighted_mean_f64, ARRAY(1.0, 2.0, INFINITY),
                  VALUES(1e100, -1e100, 0.0));
    CHECK_CONTAINS(tally_last_message(), "zero");
}

int main(void) {
    dot_products_known_by_hand();
    means_known_by_hand();
    zeros_have_the_documented_signs();
    spreads_known_by_hand();
    pairs_known_by_hand();
    nan_and_infinities_are_as_promised();
    results_beyond_the_doubles_are_infinite_and_an_error();
    what_makes_no_sense_is_refused();
    return finish();
}
