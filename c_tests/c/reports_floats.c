/* Reported faults of short floats: sums in a float, half or bfloat16 that
 * stand still or overflow, and means below the smallest value. */
#include "reports.h"

/* The nearest number of so many bits, ties to even; beyond `most`, infinity. */
static double rounded_to(double value, int bits, int lowest, double most) {
    int exponent;
    (void)frexp(value, &exponent);
    double unit = ldexp(1, exponent - bits < lowest ? lowest : exponent - bits);
    double result = nearbyint(value / unit) * unit;
    return result > most ? (double)INFINITY : result;
}

static double to_half(double value) {
    return rounded_to(value, 11, -24, 65504);
}

static double to_bfloat16(double value) {
    return rounded_to(value, 8, -133, 0x1.fep127);
}

/* `value` added `count` times, in an accumulator of its own type. */
static double short_sum(double value, size_t count, double (*to_type)(double)) {
    double sum = 0;
    for (size_t i = 0; i < count && sum < (double)INFINITY; i++) {
        sum = to_type(sum + value);
    }
    return sum;
}

enum { MOST = 60000 };

/* `count` elements of the same bits, side by side. */
static tally_column of_equal(tally_type type, uint16_t bits, size_t count) {
    static uint16_t elements[MOST];
    for (size_t i = 0; i < count; i++) {
        elements[i] = bits;
    }
    return TALLY_COLUMN(type, elements, count);
}

/* numpy/numpy#7930, #8217, #22208, pytorch/pytorch#91597, #12115,
 * JuliaStats/Statistics.jl#140: sums of half floats stand still or overflow,
 * and then the mean is infinite and the deviation NaN. */
static void half_floats(void) {
    double sum, mean, deviation;
    tally_column ones = of_equal(TALLY_F16, 0x3c00, 5000);
    CHECK_OK(tally_column_sum(&ones, &sum));
    CHECK_REPORT(short_sum(1, 5000, to_half), 2048, sum, 5000);
    tally_column threes = of_equal(TALLY_F16, 0x4200, 30000);
    CHECK_OK(tally_column_sum(&threes, &sum));
    CHECK_REPORT(short_sum(3, 30000, to_half), 8192, sum, 90000);
    /* 0.1 is 1638 / 16384 there. */
    tally_column tenths = of_equal(TALLY_F16, 0x2e66, 9000);
    CHECK_OK(tally_column_mean(&tenths, &mean));
    CHECK_REPORT(short_sum(0.0999755859375, 9000, to_half) / 9000, 256.0 / 9000,
                 mean, 0.0999755859375);

    tally_column large = of_equal(TALLY_F16, 0x7753, 4);
    double overflowed = short_sum(30000, 4, to_half) / 4;
    CHECK_OK(tally_column_mean(&large, &mean));
    CHECK_REPORT(overflowed, INFINITY, mean, 30000);
    CHECK_OK(tally_column_standard_deviation(&large, 0, &deviation));
    CHECK_REPORT(overflowed - overflowed, NAN, deviation, 0);
    CHECK_OK(tally_column_norm(&large, &sum));
    CHECK_REPORT(to_half(30000.0 * 30000), INFINITY, sum, 60000);
}

/* huggingface/candle#3718, pytorch/executorch#20090: sums of bfloat16 stand
 * still much earlier. */
static void bfloat16(void) {
    double sum;
    tally_column halves = of_equal(TALLY_BF16, 0x3f00, 3000);
    CHECK_OK(tally_column_sum(&halves, &sum));
    CHECK_REPORT(short_sum(0.5, 3000, to_bfloat16), 128, sum, 1500);
    tally_column more = of_equal(TALLY_BF16, 0x3fc0, 3000);
    CHECK_OK(tally_column_sum(&more, &sum));
    CHECK_REPORT(short_sum(1.5, 3000, to_bfloat16), 512, sum, 4500);
    /* 0.1 is 205 / 2048 there. */
    tally_column tenths = of_equal(TALLY_BF16, 0x3dcd, 3000);
    CHECK_OK(tally_column_sum(&tenths, &sum));
    CHECK_REPORT(short_sum(0.10009765625, 3000, to_bfloat16), 32, sum,
                 300.29296875);
}

/* pydata/bottleneck#462, #193, pydata/xarray#1346, #2370, #10026, #2401,
 * pandas-dev/pandas#25307: the mean of floats is below all of them. */
static void a_mean_lies_among_its_values(void) {
    static float pressures[MOST];
    for (size_t i = 0; i < MOST; i++) {
        pressures[i] = 13058 + (float)(i % 6);
    }
    double mean, variance, deviation;
    CHECK_OK(tally_mean_f32(pressures, MOST, &mean));
    CHECK_REPORT(running_sum_f32(pressures, MOST) / MOST, 783408640.0 / MOST,
                 mean, 13060.5);
    CHECK(783408640.0 / MOST < 13058);
    /* 35 / 12, as of a die, and its root. */
    CHECK_OK(tally_variance_f32(pressures, MOST, 0, &variance));
    CHECK_DOUBLE(variance, 0x1.7555555555555p+1);
    CHECK_OK(tally_standard_deviation_f32(pressures, MOST, 0, &deviation));
    CHECK_DOUBLE(deviation, 0x1.b534070e9620cp+0);
}

/* Squares of floats, in as many sums as a vector has lanes. */
static double squares_in_lanes(const float *values, size_t count,
                               size_t lanes) {
    volatile float sums[16] = {0};
    for (size_t i = 0; i < count; i++) {
        volatile float square = values[i] * values[i];
        sums[i % lanes] = sums[i % lanes] + square;
    }
    volatile float total = 0;
    for (size_t lane = 0; lane < lanes; lane++) {
        total = total + sums[lane];
    }
    return (double)total;
}

/* OpenMathLib/OpenBLAS#1326, numpy/numpy#15591, dimforge/nalgebra#720,
 * shogun-toolbox/shogun#408: a dot product of floats is wrong where the sum
 * needs more than 24 bits, and another with other vectors.
 *
 * The sum of (i / 64)^2 is n (n + 1) (2 n + 1) / 6 / 4096. */
static void dot_products_of_floats(void) {
    enum { COUNT = 20000 };
    static float values[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        values[i] = (float)(i + 1) / 64;
    }
    const double right = 2666866670000.0 / 4096;
    double dot;
    CHECK_OK(tally_dot_f32(values, values, COUNT, &dot));
    CHECK_REPORT(squares_in_lanes(values, COUNT, 1), 651091072, dot, right);
    CHECK_REPORT(squares_in_lanes(values, COUNT, 4), 651090496, dot, right);
}

/* numpy/numpy#8775, #19097, #32372: squares of floats overflow or vanish. */
static void norms_of_floats(void) {
    const float large[] = {3e30F, 1e30F}, small[] = {3e-30F, 1e-30F};
    volatile float square = large[0] * large[0];
    double norm;
    CHECK_OK(tally_norm_f32(large, 2, &norm));
    CHECK_REPORT((double)square, INFINITY, norm, 0x1.3f4ef58ace405p+101);
    square = small[0] * small[0];
    CHECK_OK(tally_norm_f32(small, 2, &norm));
    CHECK_REPORT((double)square, 0, norm, 0x1.008df009e7028p-98);
}

int main(void) {
    half_floats();
    bfloat16();
    a_mean_lies_among_its_values();
    dot_products_of_floats();
    norms_of_floats();
    return finish();
}
