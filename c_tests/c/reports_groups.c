/* Reported faults of sums by group: other totals than those of the same rows
 * alone, or in another order; integers that wrap; small weights that vanish in
 * a histogram. */
#include "reports.h"

/* pandas-dev/pandas#38778, #48433, #34298: a group has another sum than its
 * rows alone, with a compensation and without. */
static void a_group_has_the_sum_of_its_rows(void) {
    const double values[] = {0.5, 5e16, 27, -4e16, 0.25, -1e16};
    const double rows[] = {5e16, 27, -4e16, -1e16};
    const uint8_t ids[] = {2, 1, 1, 1, 2, 1};
    tally_column column = TALLY_COLUMN(TALLY_F64, values, 6);
    tally_column groups = TALLY_COLUMN(TALLY_U8, ids, 6);
    double sums[3], alone;
    CHECK_OK(tally_group(&column, &groups, 3, TALLY_SUM, 0, sums));
    CHECK_OK(tally_sum_f64(rows, 4, &alone));
    CHECK_REPORT(running_sum(rows, 4), 24, sums[1], 27);
    CHECK_REPORT(kahan_sum(rows, 4), 24, alone, 27);
    CHECK_DOUBLE(sums[0], 0);
    CHECK_DOUBLE(sums[2], 0.75);
    CHECK_OK(tally_group(&column, &groups, 3, TALLY_MEAN, 0, sums));
    CHECK_DOUBLE(sums[1], 6.75);
}

/* Threads share long columns only. */
enum { MOST = 600000, FEW = 6000, GROUPS = 4, ORDERS = 8 };

static void sum_in_order(const double *values, const uint16_t *ids,
                         const size_t *order, bool as_float, size_t count,
                         double *sums) {
    volatile double sum[GROUPS] = {0};
    volatile float sum32[GROUPS] = {0};
    for (size_t i = 0; i < count; i++) {
        uint16_t id = ids[order[i]];
        sum[id] = sum[id] + values[order[i]];
        sum32[id] = sum32[id] + (float)values[order[i]];
    }
    for (size_t group = 0; group < GROUPS; group++) {
        sums[group] = as_float ? (double)sum32[group] : sum[group];
    }
}

/* pola-rs/polars#25163, prestodb/presto#5798, NVIDIA/cudf#3464,
 * hannes/duckdb-rfuns#115: a plan on several threads, another order of rows,
 * and another total. The same with floats that are added wherever a thread
 * comes by: pytorch/pytorch#50469, #108569, tensorflow/tensorflow#39751,
 * NVIDIA/cccl#9995, NVIDIA/cub#441. */
static void the_order_of_rows_does_not_matter(bool as_float) {
    static double values[MOST], ordered[MOST];
    static float ordered32[MOST];
    static uint16_t ids[MOST], ordered_ids[MOST];
    static size_t order[MOST];
    uint64_t seed = 11;
    int64_t units[GROUPS] = {0};
    size_t count = is_quick() ? FEW : MOST;
    int bits = as_float ? 24 : is_quick() ? 39 : 32;
    (void)known_values(values, count, bits, &seed);
    for (size_t i = 0; i < count; i++) {
        ids[i] = (uint16_t)(random_word(&seed) % GROUPS);
        units[ids[i]] += (int64_t)ldexp(values[i], 12);
        order[i] = i;
    }
    double common[GROUPS][ORDERS];
    for (size_t round = 0; round < ORDERS; round++) {
        shuffle(order, count, &seed);
        for (size_t i = 0; i < count; i++) {
            ordered[i] = values[order[i]];
            ordered32[i] = (float)values[order[i]];
            ordered_ids[i] = ids[order[i]];
        }
        tally_column column = as_float
                                  ? TALLY_COLUMN(TALLY_F32, ordered32, count)
                                  : TALLY_COLUMN(TALLY_F64, ordered, count);
        tally_column groups = TALLY_COLUMN(TALLY_U16, ordered_ids, count);
        double sums[GROUPS], parallel[GROUPS], in_order[GROUPS];
        CHECK_OK(tally_group(&column, &groups, GROUPS, TALLY_SUM, 0, sums));
        CHECK_OK(tally_group_parallel(&column, &groups, GROUPS, TALLY_SUM, 0,
                                      round % 4, parallel));
        sum_in_order(values, ids, order, as_float, count, in_order);
        for (size_t group = 0; group < GROUPS; group++) {
            CHECK_DOUBLE(sums[group], ldexp((double)units[group], -12));
            CHECK_DOUBLE(parallel[group], sums[group]);
            common[group][round] = in_order[group];
        }
    }
    for (size_t group = 0; group < GROUPS; group++) {
        CHECK(count_distinct(common[group], ORDERS) > 1);
    }
}

/* Rdatatable/data.table#1647, #7719, pandas-dev/pandas#34681, #66587: a total
 * beyond 64 bits wraps, or goes through a double. */
static void integers_do_not_wrap(void) {
    const int64_t values[] = {INT64_C(7000000000000000000), -5,
                              INT64_C(4000000000000000000), 8};
    const int32_t ids[] = {0, 1, 0, 1};
    tally_column column = TALLY_COLUMN(TALLY_I64, values, 4);
    tally_column groups = TALLY_COLUMN(TALLY_I32, ids, 4);
    int64_t sums[2];
    size_t overflowed;
    CHECK_REFUSED(tally_group_sum_i64(&column, &groups, 2, sums, &overflowed),
                  TALLY_OVERFLOW, "tally_group_sum_i64");
    const int64_t rows[] = {values[0], values[2]};
    CHECK_INT(wrapping_sum_i64(rows, 2), INT64_C(-7446744073709551616));
    CHECK_INT(sums[0], INT64_MAX);
    CHECK_INT(sums[1], 3);
    CHECK_SIZE(overflowed, 1);
    double totals[2];
    CHECK_OK(tally_group(&column, &groups, 2, TALLY_SUM, 0, totals));
    CHECK_DOUBLE(totals[0], 1.1e19);

    const int64_t near[] = {(INT64_C(1) << 60) + 1, 2};
    const int32_t one[] = {0, 0};
    column = TALLY_COLUMN(TALLY_I64, near, 2);
    groups = TALLY_COLUMN(TALLY_I32, one, 2);
    CHECK_OK(tally_group_sum_i64(&column, &groups, 1, sums, NULL));
    const double doubles[] = {(double)near[0], 2};
    CHECK_INT((int64_t)running_sum(doubles, 2), INT64_C(1152921504606846976));
    CHECK_INT(sums[0], INT64_C(1152921504606846979));
}

/* tidyverse/dplyr#304: the total of 32-bit integers is one of 32 bits. */
static void totals_are_wider_than_their_values(void) {
    const int32_t values[] = {1100000000, 900000000, 700000000};
    const bool ids[] = {true, true, true};
    tally_column column = TALLY_COLUMN(TALLY_I32, values, 3);
    tally_column groups = TALLY_COLUMN(TALLY_BOOL, ids, 3);
    int64_t sums[2];
    CHECK_OK(tally_group_sum_i64(&column, &groups, 2, sums, NULL));
    CHECK_REPORT(wrapping_sum_i32(values, 3), -1594967296, (double)sums[1],
                 2700000000);
    CHECK_INT(sums[0], 0);
}

/* apache/arrow#38833: the mean of large integers, by a sum of 64 bits. */
static void means_of_large_integers(void) {
    const int64_t values[] = {INT64_C(9000000000000000000), 1,
                              INT64_C(8000000000000000000), 4};
    const uint8_t ids[] = {1, 0, 1, 0};
    tally_column column = TALLY_COLUMN(TALLY_I64, values, 4);
    tally_column groups = TALLY_COLUMN(TALLY_U8, ids, 4);
    double means[2];
    CHECK_OK(tally_group(&column, &groups, 2, TALLY_MEAN, 0, means));
    const int64_t rows[] = {values[0], values[2]};
    CHECK_REPORT((double)wrapping_sum_i64(rows, 2) / 2, -723372036854775808.0,
                 means[1], 8.5e18);
    CHECK_DOUBLE(means[0], 2.5);
}

/* numpy/numpy#9465, #28823, jax-ml/jax#28783: a histogram with weights, by
 * differences of their running total. */
static void small_weights_are_not_lost(void) {
    const float weights[] = {2, 3e-8F, 3e-8F, 3e-8F, 3e-8F};
    const uint8_t bins[] = {0, 1, 1, 1, 1};
    tally_column column = TALLY_COLUMN(TALLY_F32, weights, 5);
    tally_column groups = TALLY_COLUMN(TALLY_U8, bins, 5);
    double sums[2];
    CHECK_OK(tally_group(&column, &groups, 2, TALLY_SUM, 0, sums));
    CHECK_REPORT(running_sum_f32(weights, 5) - running_sum_f32(weights, 1), 0,
                 sums[1], 1.199999957179898e-07);
    CHECK_DOUBLE(sums[0], 2);
}

/* numpy/numpy#7464: complex weights. Their parts are columns, 16 bytes from
 * one to the next. */
static void complex_numbers_by_group(void) {
    const double numbers[][2] = {
        {1e16, 0.5}, {1, -3e16}, {-1e16, 0.25}, {8, 3e16}};
    const uint8_t bins[] = {0, 0, 0, 0};
    tally_column groups = TALLY_COLUMN(TALLY_U8, bins, 4);
    const double right[] = {9, 0.75}, wrong[] = {8, 0};
    for (size_t part = 0; part < 2; part++) {
        double parts[4], sum;
        for (size_t i = 0; i < 4; i++) {
            parts[i] = numbers[i][part];
        }
        tally_column column = TALLY_COLUMN(TALLY_F64, &numbers[0][part], 4);
        column.stride = sizeof *numbers;
        CHECK_OK(tally_group(&column, &groups, 1, TALLY_SUM, 0, &sum));
        CHECK_REPORT(running_sum(parts, 4), wrong[part], sum, right[part]);
    }
}

int main(void) {
    a_group_has_the_sum_of_its_rows();
    the_order_of_rows_does_not_matter(false);
    the_order_of_rows_does_not_matter(true);
    integers_do_not_wrap();
    totals_are_wider_than_their_values();
    means_of_large_integers();
    small_weights_are_not_lost();
    complex_numbers_by_group();
    return finish();
}
