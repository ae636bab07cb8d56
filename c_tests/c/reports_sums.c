/* Reported faults of plain sums and means: what is left of values that cancel,
 * and totals that depend on the order, the function and the threads. */
#include "reports.h"

/* prometheus/prometheus#16569: the average of values that cancel, compensated
 * or not. ClickHouse/ClickHouse#21973: what they leave behind. */
static void values_that_cancel(void) {
    const double values[] = {6.1e219,  1.7e220, -2.5,     2.3e219,
                             -6.1e219, 4.25,    -1.7e220, -2.3e219};
    double mean, total;
    CHECK_OK(tally_mean_f64(values, 8, &mean));
    CHECK_REPORT(running_sum(values, 8) / 8, -0x1p674, mean, 0.21875);
    CHECK_REPORT(kahan_sum(values, 8) / 8, -0x1p674, mean, 0.21875);

    const double pairs[] = {1.3e65, 1.1e64, 1.7e65, -1.3e65, -1.7e65, -1.1e64};
    CHECK_OK(tally_sum_f64(pairs, 6, &total));
    CHECK_REPORT(running_sum(pairs, 6), -3.3614537658610767e+49, total, 0);
    CHECK_REPORT(kahan_sum(pairs, 6), -1.023051146131632e+49, total, 0);

    /* What is infinite on the way only is no infinity. */
    const double huge[] = {1.6e308, 1.1e308, -1.5e308, -1.2e308, 2.5e290};
    CHECK_OK(tally_sum_f64(huge, 5, &total));
    CHECK_REPORT(running_sum(huge, 5), INFINITY, total, 2.5e290);
    CHECK_OK(tally_mean_f64(huge, 2, &mean));
    CHECK_REPORT(running_sum(huge, 2) / 2, INFINITY, mean, 1.35e308);
}

/* d3/d3-array#152, opendp/opendp#1884, fortran-lang/stdlib#12: an adder that
 * is exact at each step. */
static void an_exact_adder(void) {
    const double values[] = {1e16, 1, 1, -1e16, 1e-20};
    const double wrong[] = {1e16, 1e16, 1e16, 0, 1e-20};
    const double right[] = {1e16, 1e16, 1e16 + 2, 2, 2};
    tally_accumulator adder = TALLY_ACCUMULATOR_INIT;
    double totals[5], common[5];
    for (size_t i = 0; i < 5; i++) {
        CHECK_OK(tally_accumulator_add_one_f64(&adder, values[i]));
        CHECK_OK(tally_accumulator_value_f64(&adder, &totals[i]));
        common[i] = running_sum(values, i + 1);
    }
    CHECK_REPORT_ROWS(common, wrong, totals, right, 5, 2);
    /* Half of the last place, and a little more: no sum of two parts sees it.
     */
    const double halfway[] = {1e16, 1, 1e-16};
    CHECK_OK(tally_sum_f64(halfway, 3, &totals[0]));
    CHECK_REPORT(kahan_sum(halfway, 3), 1e16, totals[0], 1e16 + 2);
}

/* Threads share long arrays only. */
enum { MOST = 600000, FEW = 60000, ORDERS = 8 };

static double values[MOST], ordered[MOST], rows[MOST];
static size_t order[MOST];

/* One sum of the same rows, by each function that has one. */
static void check_every_sum(size_t count, double right) {
    tally_column column = TALLY_COLUMN(TALLY_F64, ordered, count);
    double sum, results[2];
    CHECK_OK(tally_sum_f64(ordered, count, &sum));
    CHECK_DOUBLE(sum, right);
    for (size_t threads = 0; threads < 4; threads++) {
        CHECK_OK(tally_sum_f64_parallel(ordered, count, threads, &sum));
        CHECK_DOUBLE(sum, right);
    }
    CHECK_OK(tally_column_sum(&column, &sum));
    CHECK_DOUBLE(sum, right);
    CHECK_OK(tally_cumulative_sum(&column, rows));
    CHECK_DOUBLE(rows[count - 1], right);
    CHECK_OK(tally_rolling(&column, count, count, TALLY_SUM, 0, rows));
    CHECK_DOUBLE(rows[count - 1], right);
    const uint8_t id = 1;
    tally_column group = TALLY_COLUMN(TALLY_U8, &id, count);
    group.stride = 0;
    CHECK_OK(tally_group(&column, &group, 2, TALLY_SUM, 0, results));
    CHECK_DOUBLE(results[1], right);
    column.count = 1;
    CHECK_OK(
        tally_axis(&column, count, sizeof *ordered, 0, TALLY_SUM, 0, &sum));
    CHECK_DOUBLE(sum, right);
    tally_accumulator total = TALLY_ACCUMULATOR_INIT;
    CHECK_OK(tally_accumulator_add_f64(&total, ordered, count));
    CHECK_OK(tally_accumulator_value_f64(&total, &sum));
    CHECK_DOUBLE(sum, right);
    tally_moments moments = TALLY_MOMENTS_INIT;
    CHECK_OK(tally_moments_add_f64(&moments, ordered, count));
    CHECK_OK(tally_moments_sum_f64(&moments, &sum));
    CHECK_DOUBLE(sum, right);
    const double one = 1;
    tally_column ones = TALLY_COLUMN(TALLY_F64, &one, count);
    ones.stride = 0;
    column.count = count;
    CHECK_OK(tally_column_dot(&column, &ones, &sum));
    CHECK_DOUBLE(sum, right);
}

/* duckdb/duckdb#4270, ClickHouse/ClickHouse#1678, apache/datafusion#11264,
 * apache/gluten#8985, #3119, apache/druid#10285, fastverse/collapse#540,
 * HenrikBengtsson/matrixStats#96, VictoriaMetrics/VictoriaMetrics#5671,
 * boringsql.com/posts/same-rows-different-sum: the same rows have another sum
 * in another order, plan or function. */
static void the_same_rows_have_one_sum(void) {
    size_t count = is_quick() ? FEW : MOST;
    uint64_t seed = 1;
    double right = ldexp((double)known_values(values, count, 30, &seed), -12);
    double in_order[ORDERS], by_method[4];
    for (size_t i = 0; i < count; i++) {
        order[i] = i;
    }
    for (size_t round = 0; round < ORDERS; round++) {
        for (size_t i = 0; i < count; i++) {
            ordered[i] = values[order[i]];
        }
        in_order[round] = running_sum(ordered, count);
        by_method[0] = in_order[round];
        by_method[1] = pairwise_sum(ordered, count);
        by_method[2] = sum_of_blocks(ordered, count, 1000);
        by_method[3] = sum_of_blocks(ordered, count, 2048);
        CHECK(count_distinct(by_method, 4) > 1);
        if (round < 2) {
            check_every_sum(count, right);
        }
        double sum;
        CHECK_OK(tally_sum_f64(ordered, count, &sum));
        CHECK_DOUBLE(sum, right);
        shuffle(order, count, &seed);
    }
    CHECK(count_distinct(in_order, ORDERS) > 1);
}

int main(void) {
    values_that_cancel();
    an_exact_adder();
    the_same_rows_have_one_sum();
    return finish();
}
