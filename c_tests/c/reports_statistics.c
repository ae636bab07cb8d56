/* Reported faults of statistics: negative variances, lines of the wrong sign,
 * correlations of constants, weighted means and norms, and another deviation
 * in another order. */
#include "reports.h"

/* From a sum of squares, and the square of the sum. */
static double variance_of_squares(const double *values, size_t count,
                                  size_t ddof) {
    volatile double sum = 0, squares = 0;
    for (size_t i = 0; i < count; i++) {
        volatile double square = values[i] * values[i];
        sum = sum + values[i];
        squares = squares + square;
    }
    volatile double square = sum * sum;
    volatile double mean = square / (double)count;
    return (squares - mean) / (double)(count - ddof);
}

/* boostorg/accumulators#26, dask/dask#78, #5725, Eventual-Inc/Daft#7486,
 * OPM/ResInsight#14627, NVIDIA/cudf#7402, dimforge/nalgebra#1236: a variance
 * from sums of squares is 0, or below. */
static void variances_from_sums_of_squares(void) {
    const double far[] = {4e9 + 2, 4e9 + 3, 4e9 + 7};
    double variance, deviation;
    CHECK_OK(tally_variance_f64(far, 3, 1, &variance));
    CHECK_REPORT(variance_of_squares(far, 3, 1), 0, variance, 7);

    double equal[9];
    for (size_t i = 0; i < 9; i++) {
        equal[i] = 36.6;
    }
    CHECK_OK(tally_variance_f64(equal, 9, 1, &variance));
    CHECK_REPORT(variance_of_squares(equal, 9, 1), -0x1p-42, variance, 0);
    CHECK_OK(tally_standard_deviation_f64(equal, 9, 1, &deviation));
    CHECK_REPORT(sqrt(variance_of_squares(equal, 9, 1)), NAN, deviation, 0);
    tally_moments moments = TALLY_MOMENTS_INIT;
    CHECK_OK(tally_moments_add_f64(&moments, equal, 9));
    CHECK_OK(tally_moments_variance_f64(&moments, 1, &variance));
    CHECK_DOUBLE(variance, 0);
}

/* gnuradio/volk#290: the same in floats. */
static void variances_of_floats(void) {
    float values[15];
    volatile float sum = 0, squares = 0;
    for (size_t i = 0; i < 15; i++) {
        values[i] = 4097.5F + 0.75F * (float)(i % 3);
        volatile float square = values[i] * values[i];
        sum = sum + values[i];
        squares = squares + square;
    }
    volatile float mean = sum / 15, mean_square = squares / 15;
    volatile float square_mean = mean * mean;
    double variance;
    CHECK_OK(tally_variance_f32(values, 15, 0, &variance));
    CHECK_REPORT((double)(mean_square - square_mean), -4, variance, 0.375);
}

/* The normal equations as textbooks write them. */
static double slope_of_sums(const double *x, const double *y, size_t count) {
    volatile double sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0;
    for (size_t i = 0; i < count; i++) {
        volatile double xx = x[i] * x[i], xy = x[i] * y[i];
        sum_x = sum_x + x[i];
        sum_y = sum_y + y[i];
        sum_xx = sum_xx + xx;
        sum_xy = sum_xy + xy;
    }
    double n = (double)count;
    volatile double n_xy = n * sum_xy, x_y = sum_x * sum_y;
    volatile double n_xx = n * sum_xx, x_x = sum_x * sum_x;
    return (n_xy - x_y) / (n_xx - x_x);
}

/* vega/vega#3881, simple-statistics/simple-statistics#857,
 * montanaflynn/stats#124, mwaskom/seaborn#3700: the slope of a line through
 * values by their time, in milliseconds since 1970. */
static void lines_through_timestamps(void) {
    const double y[] = {20.5, 20, 19.75, 19.5, 18.5, 18.25, 18, 17};
    double x[8], slope, intercept, r_squared;
    for (size_t i = 0; i < 8; i++) {
        x[i] = 1.75e12 + 250 * (double)i;
    }
    tally_column xs = TALLY_COLUMN(TALLY_F64, x, 8);
    tally_column ys = TALLY_COLUMN(TALLY_F64, y, 8);
    CHECK_OK(tally_column_linear_fit(&xs, &ys, &slope, &intercept, &r_squared));
    CHECK_REPORT(slope_of_sums(x, y, 8), 1.1641532182693481e-06, slope,
                 -0.0019047619047619048);
    CHECK_DOUBLE(intercept, 3333333353.9375);
    CHECK_DOUBLE(r_squared, 0.9674981103552532);
}

/* scipy/scipy#25339: values that are all the same have a slope of zero. */
static void a_level_line(void) {
    double x[9], y[9], slope, intercept, r_squared = 7;
    for (size_t i = 0; i < 9; i++) {
        x[i] = 1778328000 + 3600 * (double)i;
        y[i] = 0.7;
    }
    tally_column xs = TALLY_COLUMN(TALLY_F64, x, 9);
    tally_column ys = TALLY_COLUMN(TALLY_F64, y, 9);
    CHECK_OK(tally_column_linear_fit(&xs, &ys, &slope, &intercept, NULL));
    CHECK_REPORT(slope_of_sums(x, y, 9), -2.1803378109954875e-15, slope, 0);
    CHECK_DOUBLE(intercept, 0.7);
    CHECK_REFUSED(
        tally_column_linear_fit(&xs, &ys, &slope, &intercept, &r_squared),
        TALLY_INVALID, "tally_column_linear_fit");
    CHECK_DOUBLE(r_squared, 7);
}

/* scipy/scipy#10896: through equal points there is no one line, and they have
 * no correlation; rounded means give them both. */
static void constants_have_no_slope(void) {
    double x[6], result = 7;
    volatile double spread = 0, common = 0;
    for (size_t i = 0; i < 6; i++) {
        x[i] = 1.81;
    }
    double mean = running_sum(x, 6) / 6;
    for (size_t i = 0; i < 6; i++) {
        volatile double distance = x[i] - mean;
        volatile double square = distance * distance;
        spread = spread + square;
        common = common + square;
    }
    CHECK_DOUBLE(common / spread, 1);
    tally_column column = TALLY_COLUMN(TALLY_F64, x, 6);
    CHECK_REFUSED(
        tally_column_linear_fit(&column, &column, &result, NULL, NULL),
        TALLY_INVALID, "tally_column_linear_fit");
    CHECK_REFUSED(tally_correlation_f64(x, x, 6, &result), TALLY_INVALID,
                  "tally_correlation_f64");
    CHECK_DOUBLE(result, 7);
}

/* ClickHouse/ClickHouse#80550: integer weights make the values integers. */
static void integer_weights(void) {
    const double values[] = {0.75, 0.125, 2.5};
    const uint16_t weights[] = {1, 2, 5};
    int64_t truncated = 0;
    for (size_t i = 0; i < 3; i++) {
        truncated += (int64_t)values[i] * weights[i];
    }
    tally_column column = TALLY_COLUMN(TALLY_F64, values, 3);
    tally_column weight_column = TALLY_COLUMN(TALLY_U16, weights, 3);
    double mean;
    CHECK_OK(tally_column_weighted_mean(&column, &weight_column, &mean));
    CHECK_REPORT((double)truncated / 8, 1.25, mean, 1.6875);
}

/* scikit-learn/scikit-learn#19766: a weighted variance from a sum of squares.
 * HenrikBengtsson/matrixStats#105: one that is divided by a number below 0. */
static void weighted_variances(void) {
    const double far[] = {1e9 + 1, 1e9 + 2, 1e9 + 5}, often[] = {2, 3, 4};
    volatile double weight = 0, sum = 0, squares = 0;
    for (size_t i = 0; i < 3; i++) {
        volatile double product = often[i] * far[i], square = far[i] * far[i];
        volatile double weighted = often[i] * square;
        weight = weight + often[i];
        sum = sum + product;
        squares = squares + weighted;
    }
    volatile double mean = sum / weight, mean_square = squares / weight;
    volatile double square_mean = mean * mean;
    double variance = 7;
    tally_column values = TALLY_COLUMN(TALLY_F64, far, 3);
    tally_column weights = TALLY_COLUMN(TALLY_F64, often, 3);
    CHECK_OK(tally_column_weighted_variance(&values, &weights, 0, &variance));
    /* 242 / 81, and 121 / 36 of a sample. */
    CHECK_REPORT(mean_square - square_mean, -128, variance, 2.9876543209876543);
    CHECK_OK(tally_column_weighted_variance(&values, &weights, 1, &variance));
    CHECK_DOUBLE(variance, 3.361111111111111);

    const double near[] = {1, 2, 3}, shares[] = {0.2, 0.3, 0.4};
    values = TALLY_COLUMN(TALLY_F64, near, 3);
    weights = TALLY_COLUMN(TALLY_F64, shares, 3);
    CHECK_OK(tally_column_weighted_variance(&values, &weights, 0, &variance));
    CHECK_DOUBLE(variance, 0.6172839506172839);
    CHECK_REFUSED(
        tally_column_weighted_variance(&values, &weights, 1, &variance),
        TALLY_INVALID, "tally_column_weighted_variance");
}

/* numpy/numpy#8775, #19097, #32372: squares overflow, or vanish. */
static void norms_of_any_size(void) {
    const double large[] = {1.5e200, 2.5e200, 7e199};
    const double small[] = {5e-190, 3e-190};
    double norm;
    CHECK_OK(tally_norm_f64(large, 3, &norm));
    CHECK_REPORT(sqrt(large[0] * large[0]), INFINITY, norm,
                 0x1.f562f614acf73p+665);
    CHECK_OK(tally_norm_f64(small, 2, &norm));
    CHECK_REPORT(sqrt(small[0] * small[0]), 0, norm, 0x1.4c8aca26412c3p-629);
}

/* kokkos/kokkos-kernels#575: the dot product of complex floats, added up in
 * floats. A product is four, of columns of parts. */
static void complex_dot_product(void) {
    const float x[][2] = {{0x1p24F, 1}, {1, 0.5F}, {-0x1p24F, 2}};
    const float y[][2] = {{1, 0}, {3, -0.5F}, {1, 0}};
    volatile float real = 0;
    tally_column parts[4];
    for (size_t i = 0; i < 4; i++) {
        const float *first = i < 2 ? &x[0][i] : &y[0][i - 2];
        parts[i] = TALLY_COLUMN(TALLY_F32, first, 3);
        parts[i].stride = sizeof *x;
    }
    for (size_t i = 0; i < 3; i++) {
        volatile float product = x[i][0] * y[i][0];
        volatile float other = x[i][1] * y[i][1];
        volatile float difference = product - other;
        real = real + difference;
    }
    tally_product_accumulator sum = TALLY_PRODUCT_ACCUMULATOR_INIT;
    double found;
    CHECK_OK(tally_product_accumulator_add(&sum, &parts[0], &parts[2]));
    CHECK_OK(tally_product_accumulator_subtract(&sum, &parts[1], &parts[3]));
    CHECK_OK(tally_product_accumulator_value_f64(&sum, &found));
    CHECK_REPORT((double)real, 4, found, 3.25);
    sum = (tally_product_accumulator)TALLY_PRODUCT_ACCUMULATOR_INIT;
    CHECK_OK(tally_product_accumulator_add(&sum, &parts[0], &parts[3]));
    CHECK_OK(tally_product_accumulator_add(&sum, &parts[1], &parts[2]));
    CHECK_OK(tally_product_accumulator_value_f64(&sum, &found));
    CHECK_DOUBLE(found, 4);
}

/* One pass, with a mean that goes along (Welford 1962). */
static double online_deviation(const double *values, size_t count) {
    volatile double mean = 0, squares = 0;
    for (size_t i = 0; i < count; i++) {
        volatile double before = values[i] - mean;
        volatile double step = before / (double)(i + 1);
        mean = mean + step;
        volatile double after = values[i] - mean;
        volatile double product = before * after;
        squares = squares + product;
    }
    return sqrt(squares / (double)(count - 1));
}

/* KiiChain/kiichain#188, solana-labs/solana#6347, witnet/witnet-rust#172,
 * gonka-ai/gonka#893: nodes that must agree on a deviation to the last bit. */
static void one_deviation_in_any_order(void) {
    enum { COUNT = 7, ORDERS = 100 };
    const double prices[COUNT] = {3.1, 2.7, 2.9, 3.3, 2.2, 0.1, 17.3};
    double common[ORDERS];
    size_t order[COUNT] = {0, 1, 2, 3, 4, 5, 6};
    uint64_t seed = 9;
    for (size_t round = 0; round < ORDERS; round++) {
        double ordered[COUNT], deviation;
        shuffle(order, COUNT, &seed);
        for (size_t i = 0; i < COUNT; i++) {
            ordered[i] = prices[order[i]];
        }
        CHECK_OK(tally_standard_deviation_f64(ordered, COUNT, 1, &deviation));
        CHECK_DOUBLE(deviation, 0x1.6f5cdde5f4e6bp+2);
        common[round] = online_deviation(ordered, COUNT);
    }
    CHECK(count_distinct(common, ORDERS) > 1);
}

int main(void) {
    variances_from_sums_of_squares();
    variances_of_floats();
    lines_through_timestamps();
    a_level_line();
    constants_have_no_slope();
    integer_weights();
    weighted_variances();
    norms_of_any_size();
    complex_dot_product();
    one_deviation_in_any_order();
    return finish();
}
