/* Reported faults of rolling windows and running totals: a trace of what has
 * left a window, or of another group; negative variances; a last total that is
 * not the sum. */
#include "reports.h"

enum { MOST = 60000 };

static double common[MOST], found[MOST];

/* Adds the newest value and takes the oldest out. */
static void running_windows(const double *values, size_t count, size_t window) {
    volatile double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum = sum + values[i];
        if (i >= window) {
            sum = sum - values[i - window];
        }
        common[i] = sum;
    }
}

/* The same with two compensations: the method of pandas since 1.2. */
static void compensated_windows(const double *values, size_t count,
                                size_t window) {
    struct kahan in = {0, 0}, out = {0, 0};
    for (size_t i = 0; i < count; i++) {
        if (i >= window) {
            out.sum = in.sum;
            kahan_add(&out, -values[i - window]);
            in.sum = out.sum;
        }
        kahan_add(&in, values[i]);
        common[i] = in.sum;
    }
}

static void rolling(const double *values, size_t count, size_t window,
                    tally_statistic what) {
    tally_column column = TALLY_COLUMN(TALLY_F64, values, count);
    CHECK_OK(tally_rolling(&column, window, 1, what, 1, found));
}

/* pandas-dev/pandas#36031, #38488, #24208, #19308, pola-rs/polars#24738: sums
 * and means of zeros are not 0, once a value has left. */
static void zeros_add_up_to_zero(void) {
    const double sales[] = {8.1, 0.7, 0, 0, 0};
    const double residue[] = {8.1, 8.799999999999999, 0.6999999999999993,
                              -6.661338147750939e-16, -6.661338147750939e-16};
    const double right[] = {8.1, 8.799999999999999, 0.7, 0, 0};
    running_windows(sales, 5, 2);
    rolling(sales, 5, 2, TALLY_SUM);
    CHECK_REPORT_ROWS(common, residue, found, right, 5, 2);

    const double large[] = {0x1p53, 2.7, 0.1, 0, 0, 0, 0};
    const double rest = -0.8000000000000002;
    const double wrong[] = {0, 0, 0, 2, -0.7000000000000002, rest, rest};
    const double sums[] = {0x1p53, 0x1p53 + 2, 0x1p53 + 2, 2.8000000000000003,
                           0.1,    0,          0};
    running_windows(large, 7, 3);
    rolling(large, 7, 3, TALLY_SUM);
    CHECK_REPORT_ROWS(common, wrong, found, sums, 7, 3);
    rolling(large, 7, 3, TALLY_MEAN);
    CHECK_REPORT(common[5] / 3, rest / 3, found[5], 0);

    /* Three sizes of value are too many for compensations. */
    const double larger[] = {3e20, 2700, 0.1, 0, 0, 0};
    compensated_windows(larger, 6, 3);
    rolling(larger, 6, 3, TALLY_SUM);
    CHECK_REPORT(common[4], 0.09999999999990905, found[4], 0.1);
    CHECK_REPORT(common[5], -9.095502129241595e-14, found[5], 0);
}

/* pola-rs/polars#22445: one spike takes away all that comes after it. */
static void a_spike_leaves_with_its_window(void) {
    const double values[] = {1, 1e17, 2, 3, 4};
    const double wrong[] = {1, 1e17, 1e17, 0, 2};
    const double right[] = {1, 1e17, 1e17, 5, 7};
    running_windows(values, 5, 2);
    rolling(values, 5, 2, TALLY_SUM);
    CHECK_REPORT_ROWS(common, wrong, found, right, 5, 3);
}

/* pandas-dev/pandas#38752, crate/crate#19772: the compensation of one group
 * goes on to the next. Rows of two groups alternate here, and each is a column
 * of its own. */
static void a_group_has_windows_of_its_own(void) {
    const double rows[] = {1e17, 0.5, 5, 0.25, 0, 0.125};
    struct kahan sum = {0, 0};
    kahan_add(&sum, rows[0]);
    kahan_add(&sum, rows[2]);
    sum.sum = 0;
    kahan_add(&sum, rows[1]);
    tally_column group = TALLY_COLUMN(TALLY_F64, rows + 1, 3);
    group.stride = 2 * sizeof *rows;
    CHECK_OK(tally_rolling(&group, 2, 1, TALLY_SUM, 0, found));
    CHECK_REPORT(sum.sum, 5.5, found[0], 0.5);
    CHECK_DOUBLE(found[1], 0.75);
    CHECK_DOUBLE(found[2], 0.375);
    group.values = rows;
    CHECK_OK(tally_rolling(&group, 2, 1, TALLY_SUM, 0, found));
    CHECK_DOUBLE(found[2], 5);
}

/* A mean and a sum of squared distances that go along (Welford 1962). */
struct online {
    double count;
    volatile double mean, squares;
};

static void online_change(struct online *into, double value, int sign) {
    volatile double before = value - into->mean;
    into->count += sign;
    volatile double step = before / into->count;
    into->mean = into->mean + sign * step;
    volatile double after = value - into->mean;
    volatile double product = before * after;
    into->squares = into->squares + sign * product;
}

static void online_variances(const double *values, size_t count,
                             size_t window) {
    struct online state = {0, 0, 0};
    for (size_t i = 0; i < count; i++) {
        if (i >= window) {
            online_change(&state, values[i - window], -1);
        }
        online_change(&state, values[i], 1);
        common[i] = state.squares / (state.count - 1);
    }
}

/* The variance from sums of values and of squares. */
static void variances_of_squares(const double *values, size_t count,
                                 size_t window) {
    volatile double sum = 0, squares = 0;
    for (size_t i = 0; i < count; i++) {
        double rows = i < window ? (double)i + 1 : (double)window;
        volatile double square = values[i] * values[i];
        sum = sum + values[i];
        squares = squares + square;
        if (i >= window) {
            square = values[i - window] * values[i - window];
            sum = sum - values[i - window];
            squares = squares - square;
        }
        volatile double product = sum * sum;
        volatile double quotient = product / rows;
        common[i] = (squares - quotient) / (rows - 1);
    }
}

/* pola-rs/polars#4301, #21677, pandas-dev/pandas#52407, jasonjfoster/roll#51:
 * a negative variance, and NaN for its root. */
static void variances_are_never_negative(void) {
    const double values[] = {4e8, 1.5, 0.25, 0.25, 0.25, 0.25};
    online_variances(values, 6, 3);
    rolling(values, 6, 3, TALLY_VARIANCE);
    CHECK_REPORT(common[4], -0.39062501862645144, found[4], 0);
    CHECK_REPORT(common[5], -0.39062501862645144, found[5], 0);
    CHECK_DOUBLE(found[1], 7.99999994e16);
    CHECK_DOUBLE(found[3], 0.5208333333333334);
    variances_of_squares(values, 6, 3);
    CHECK_REPORT(common[4], -1.1875, found[4], 0);
    rolling(values, 6, 3, TALLY_STANDARD_DEVIATION);
    CHECK_REPORT(sqrt(common[4]), NAN, found[4], 0);

    const double small[] = {5, 1e-8, 0, 0, 0, 0, 0, 0};
    variances_of_squares(small, 8, 4);
    rolling(small, 8, 4, TALLY_VARIANCE);
    CHECK_REPORT(common[4], -8.333333232042151e-18, found[4],
                 2.5000000000000003e-17);
    CHECK_REPORT(common[5], -3.3333333333333335e-17, found[5], 0);
}

/* trinodb/trino#20946: NaN or an infinity in a frame is in all later ones. */
static void nan_and_infinities_leave_with_their_windows(void) {
    const double values[] = {2, INFINITY, 3, NAN, 5, 6};
    const double right[] = {2, INFINITY, INFINITY, NAN, NAN, 11};
    const double wrong[] = {2, INFINITY, NAN, NAN, NAN, NAN};
    running_windows(values, 6, 2);
    rolling(values, 6, 2, TALLY_SUM);
    CHECK_REPORT_ROWS(common, wrong, found, right, 5, 5);
    CHECK_REPORT(common[5], wrong[5], found[5], right[5]);
    rolling(values, 6, 2, TALLY_VARIANCE);
    CHECK_DOUBLE(found[5], 0.5);
}

/* pandas-dev/pandas#40043: integers above 2^53 become doubles first. */
static void integers_are_added_as_integers(void) {
    const int64_t values[] = {INT64_C(1) << 62, 300, 7, 9};
    const double doubles[] = {0x1p62, 300, 7, 9};
    running_windows(doubles, 4, 2);
    tally_column column = TALLY_COLUMN(TALLY_I64, values, 4);
    CHECK_OK(tally_rolling(&column, 2, 1, TALLY_SUM, 0, found));
    CHECK_REPORT(common[2], 0, found[2], 307);
    CHECK_REPORT(common[3], -291, found[3], 16);
    tally_accumulator window = TALLY_ACCUMULATOR_INIT;
    int64_t total;
    CHECK_OK(tally_accumulator_add_i64(&window, values, 2));
    CHECK_OK(tally_accumulator_value_i64(&window, &total));
    CHECK_INT(total, INT64_C(4611686018427388204));
}

/* numpy/numpy#9329, #14909, #24443, pola-rs/polars#27662,
 * JuliaLang/julia#9648, pandas-dev/pandas#47488: the last running total is not
 * the sum. */
static void the_last_total_is_the_sum(void) {
    static double values[MOST];
    for (size_t i = 0; i < MOST; i++) {
        values[i] = i % 3 == 0 ? 3 : i % 3 == 1 ? 1e-10 : 4e-10;
    }
    const double right = 60000.00001;
    double sum;
    tally_column column = TALLY_COLUMN(TALLY_F64, values, MOST);
    CHECK_OK(tally_cumulative_sum(&column, found));
    CHECK_OK(tally_sum_f64(values, MOST, &sum));
    CHECK_REPORT(running_sum(values, MOST), 60000.00001001087, found[MOST - 1],
                 right);
    CHECK_REPORT(pairwise_sum(values, MOST), 60000.00000999996, sum, right);
    CHECK_DOUBLE(found[2], 3.0000000005);

    /* pytorch/pytorch#75240, #190946, cupy/cupy#8350: a scan of blocks, of
     * other sizes on other processors, has other totals. */
    CHECK_REPORT(sum_of_blocks(values, MOST, 256), 60000.00000999988,
                 found[MOST - 1], right);
    CHECK_REPORT(sum_of_blocks(values, MOST, 4096), 60000.000010002106,
                 found[MOST - 1], right);
    for (size_t block = 1; block < MOST; block *= 7) {
        tally_accumulator total = TALLY_ACCUMULATOR_INIT;
        for (size_t i = 0; i < MOST; i += block) {
            tally_accumulator part = TALLY_ACCUMULATOR_INIT;
            size_t count = MOST - i < block ? MOST - i : block;
            CHECK_OK(tally_accumulator_add_f64(&part, values + i, count));
            CHECK_OK(tally_accumulator_merge(&total, &part));
        }
        CHECK_OK(tally_accumulator_value_f64(&total, &sum));
        CHECK_DOUBLE(sum, right);
    }
}

/* HenrikBengtsson/matrixStats#230: shares of a whole do not add up to 1. */
static void shares_add_up_to_one(void) {
    double shares[13];
    for (size_t i = 0; i < 13; i++) {
        shares[i] = 1.0 / 13;
    }
    tally_column column = TALLY_COLUMN(TALLY_F64, shares, 13);
    CHECK_OK(tally_cumulative_sum(&column, found));
    CHECK_REPORT(running_sum(shares, 13), 0.9999999999999998, found[12], 1);
}

/* tensorflow/tensorflow#23312, numpy/numpy#24443: running totals of floats in
 * a float stand still. */
static void totals_of_floats_go_on(void) {
    static float values[MOST + 1];
    values[0] = 0x1p18F;
    for (size_t i = 1; i <= MOST; i++) {
        values[i] = 0.0155F;
    }
    static double totals[MOST + 1];
    tally_column column = TALLY_COLUMN(TALLY_F32, values, MOST + 1);
    CHECK_OK(tally_cumulative_sum(&column, totals));
    CHECK_REPORT(running_sum_f32(values, MOST + 1), 0x1p18, totals[MOST],
                 263073.9999848008);
}

int main(void) {
    zeros_add_up_to_zero();
    a_spike_leaves_with_its_window();
    a_group_has_windows_of_its_own();
    variances_are_never_negative();
    nan_and_infinities_leave_with_their_windows();
    integers_are_added_as_integers();
    the_last_total_is_the_sum();
    shares_add_up_to_one();
    totals_of_floats_go_on();
    return finish();
}
