/* Reported faults of columns with gaps: NaN that is not skipped, or only by
 * some functions; and what a float accumulator makes of the rest. */
#include "reports.h"

enum { MOST = 60000 };

/* prometheus/prometheus#15450, vortex-data/vortex#7009: NaN stands for a value
 * that is missing, and every result of the others is wanted. */
static void nan_is_skipped_by_every_function(void) {
    /* Those left are 1, 2, 9 and 4, with partners. */
    const double values[] = {NAN, 1, 2, NAN, 9, 4, NAN};
    const double partners[] = {1, 5, 3, 8, -1, 1, NAN};
    const double left[] = {1, 2, 9, 4};
    tally_column column = TALLY_COLUMN(TALLY_F64, values, 7);
    tally_column other = TALLY_COLUMN(TALLY_F64, partners, 7);
    column.flags = other.flags = TALLY_SKIP_NAN;
    double found, want, slope, intercept, r_squared;
    size_t count, skipped;
    CHECK_OK(tally_column_count(&column, &count, &skipped));
    CHECK_SIZE(count, 4);
    CHECK_SIZE(skipped, 3);
    CHECK_OK(tally_column_sum(&column, &found));
    CHECK_REPORT(running_sum(values, 7), NAN, found, 16);
    CHECK_OK(tally_column_mean(&column, &found));
    CHECK_REPORT(running_sum(values, 7) / 7, NAN, found, 4);
    /* (9 + 4 + 25 + 0) / 3 and / 4 */
    CHECK_OK(tally_column_variance(&column, 1, &found));
    CHECK_DOUBLE(found, 38.0 / 3);
    CHECK_OK(tally_column_variance(&column, 0, &found));
    CHECK_DOUBLE(found, 9.5);
    CHECK_OK(tally_column_standard_deviation(&column, 1, &found));
    CHECK_OK(tally_standard_deviation_f64(left, 4, 1, &want));
    CHECK_DOUBLE(found, want);
    CHECK_OK(tally_column_norm(&column, &found));
    CHECK_DOUBLE(found, sqrt(102));
    /* 5 + 6 - 9 + 4 */
    CHECK_OK(tally_column_dot(&column, &other, &found));
    CHECK_DOUBLE(found, 6);
    /* (6 - 16 * 8 / 4) / 3 */
    CHECK_OK(tally_column_covariance(&column, &other, 1, &found));
    CHECK_DOUBLE(found, -26.0 / 3);
    CHECK_OK(tally_column_weighted_mean(&column, &other, &found));
    CHECK_DOUBLE(found, 0.75);
    /* Spreads of 38 and 20, and -26 between them. */
    CHECK_OK(tally_column_linear_fit(&column, &other, &slope, &intercept,
                                     &r_squared));
    CHECK_DOUBLE(slope, -26.0 / 38);
    CHECK_DOUBLE(intercept, 180.0 / 38);
    CHECK_DOUBLE(r_squared, 676.0 / 760);

    double rows[7];
    CHECK_OK(tally_cumulative_sum(&column, rows));
    const double totals[] = {0, 1, 3, 3, 12, 16, 16};
    for (size_t row = 0; row < 7; row++) {
        CHECK_DOUBLE(rows[row], totals[row]);
    }
    CHECK_OK(tally_rolling(&column, 3, 1, TALLY_MEAN, 0, rows));
    const double means[] = {NAN, 1, 1.5, 1.5, 5.5, 6.5, 6.5};
    for (size_t row = 0; row < 7; row++) {
        CHECK_DOUBLE(rows[row], means[row]);
    }
    const uint8_t ids[] = {0, 0, 1, 1, 1, 0, 2};
    tally_column groups = TALLY_COLUMN(TALLY_U8, ids, 7);
    CHECK_OK(tally_group(&column, &groups, 3, TALLY_MEAN, 0, rows));
    CHECK_DOUBLE(rows[0], 2.5);
    CHECK_DOUBLE(rows[1], 5.5);
    CHECK_DOUBLE(rows[2], NAN);
}

/* The same with a bitmap: what lies where nothing is there has no say. */
static void missing_elements_have_no_say(void) {
    const double values[] = {1e300, 1, INFINITY, 2, NAN, 9, 4, -1e300};
    const uint8_t validity = 0x6a, bytes[] = {0, 1, 0, 7, 0, 1, 255, 0};
    double found;
    tally_column column = TALLY_COLUMN(TALLY_F64, values, 8);
    column.validity = &validity;
    for (int mask = 0; mask < 2; mask++) {
        CHECK_OK(tally_column_sum(&column, &found));
        CHECK_REPORT(running_sum(values, 8), NAN, found, 16);
        CHECK_OK(tally_column_variance(&column, 0, &found));
        CHECK_DOUBLE(found, 9.5);
        CHECK_OK(tally_column_dot(&column, &column, &found));
        CHECK_DOUBLE(found, 102);
        column.validity = bytes;
        column.flags = TALLY_BYTE_MASK;
    }
}

/* pydata/bottleneck#462, #193, pydata/xarray#1346, #2370: the mean of floats
 * without NaN, below the least of them. */
static void means_of_floats_with_gaps(void) {
    static float heights[2 * MOST], there[MOST];
    for (size_t i = 0; i < MOST; i++) {
        heights[2 * i] = there[i] = 13058 + (float)(i % 5) / 2;
        heights[2 * i + 1] = NAN;
    }
    tally_column column = TALLY_COLUMN(TALLY_F32, heights, 2 * MOST);
    column.flags = TALLY_SKIP_NAN;
    double mean, total, alone;
    CHECK_OK(tally_column_mean(&column, &mean));
    CHECK_REPORT(running_sum_f32(there, MOST) / MOST, 783376064.0 / MOST, mean,
                 13059);
    CHECK(783376064.0 / MOST < 13058);
    CHECK_OK(tally_column_sum_parallel(&column, 2, &total));
    CHECK_OK(tally_column_sum(&column, &alone));
    CHECK_DOUBLE(total, 783540000);
    CHECK_DOUBLE(alone, 783540000);
}

int main(void) {
    nan_is_skipped_by_every_function();
    missing_elements_have_no_say();
    means_of_floats_with_gaps();
    return finish();
}
