/* Reported faults of sums and means of integers: totals that wrap in the type
 * of their values or in 64 bits, or that go through a double. */
#include "reports.h"

enum { MOST = 1000 };

/* The last `bits` bits of a total, as a number of that type. */
static double wrapped(int64_t total, int bits, bool is_signed) {
    int64_t range = INT64_C(1) << bits;
    int64_t rest = ((total % range) + range) % range;
    return (double)(is_signed && rest >= range / 2 ? rest - range : rest);
}

/* pola-rs/polars#10740, #17340, #13782, #1941, #7453, #21515, #3175: sums and
 * means of columns of 8, 16 and 32 bits. */
static void narrow_integers(void) {
    static int8_t bytes[MOST];
    static uint8_t pixels[MOST];
    static int16_t samples[MOST];
    static uint16_t ports[MOST];
    static uint32_t counters[MOST];
    for (size_t i = 0; i < MOST; i++) {
        bytes[i] = -100;
        pixels[i] = 250;
        samples[i] = 30000;
        ports[i] = 65000;
        counters[i] = 4000000000;
    }
    const struct {
        tally_column column;
        int bits;
        bool is_signed;
        double wrong;
        int64_t right;
        double wrong_mean, mean;
    } cases[] = {
        {TALLY_COLUMN(TALLY_I8, bytes, 10), 8, true, 24, -1000, 2.4, -100},
        {TALLY_COLUMN(TALLY_U8, pixels, 3), 8, false, 238, 750, 238.0 / 3, 250},
        {TALLY_COLUMN(TALLY_I16, samples, 2), 16, true, -5536, 60000, -2768,
         30000},
        {TALLY_COLUMN(TALLY_U16, ports, MOST), 16, false, 53824, 65000000,
         53.824, 65000},
        {TALLY_COLUMN(TALLY_U32, counters, 3), 32, false, 3410065408,
         12000000000, 3410065408.0 / 3, 4000000000},
    };
    for (size_t i = 0; i < LENGTH(cases); i++) {
        const tally_column *column = &cases[i].column;
        double count = (double)column->count, sum, mean;
        double common =
            wrapped(cases[i].right, cases[i].bits, cases[i].is_signed);
        int64_t total;
        CHECK_OK(tally_column_sum(column, &sum));
        CHECK_REPORT(common, cases[i].wrong, sum, (double)cases[i].right);
        CHECK_OK(tally_column_sum_i64(column, &total));
        CHECK_INT(total, cases[i].right);
        CHECK_OK(tally_column_mean(column, &mean));
        CHECK_REPORT(common / count, cases[i].wrong_mean, mean, cases[i].mean);
        tally_accumulator going_on = TALLY_ACCUMULATOR_INIT;
        CHECK_OK(tally_accumulator_add(&going_on, column));
        CHECK_OK(tally_accumulator_value_i64(&going_on, &total));
        CHECK_INT(total, cases[i].right);
    }
}

/* opencv/opencv#30002, numpy/numpy#8433, perrygeo/python-rasterstats#129,
 * karpathy/nanoGPT#270: pixels and 32-bit integers, in an accumulator of 32
 * bits. */
static void totals_beyond_32_bits(void) {
    const int32_t values[] = {1900000000, 1900000000, 1900000000, -3};
    int64_t total;
    double mean;
    CHECK_OK(tally_sum_i32(values, 4, &total));
    CHECK_REPORT(wrapping_sum_i32(values, 4), 1405032701, (double)total,
                 5699999997);
    CHECK_OK(tally_mean_i32(values, 4, &mean));
    CHECK_REPORT(wrapping_sum_i32(values, 4) / 4.0, 351258175.25, mean,
                 1424999999.25);
    /* An image of 20 million white pixels, of which one is in memory. */
    const uint8_t white = 255;
    tally_column image = TALLY_COLUMN(TALLY_U8, &white, 20000000);
    image.stride = 0;
    CHECK_OK(tally_column_sum_i64(&image, &total));
    CHECK_REPORT(wrapped(INT64_C(5100000000), 32, false), 805032704,
                 (double)total, 5100000000);
}

/* apache/arrow#37090, #34909, JuliaStats/Statistics.jl#22: 64 bits wrap too,
 * and the mean of large integers is negative. */
static void totals_beyond_64_bits(void) {
    const int64_t values[] = {INT64_C(7000000000000000000),
                              INT64_C(4000000000000000000)};
    int64_t total = 7, high;
    uint64_t low, unsigned_total = 7;
    double mean;
    CHECK_INT(wrapping_sum_i64(values, 2), INT64_C(-7446744073709551616));
    CHECK_REFUSED(tally_sum_i64(values, 2, &total), TALLY_OVERFLOW,
                  "tally_sum_i64");
    CHECK_INT(total, 7);
    CHECK_OK(tally_sum_i64_wide(values, 2, &high, &low));
    CHECK_INT(high, 0);
    CHECK_SIZE(low, UINT64_C(11000000000000000000));
    CHECK_OK(tally_mean_i64(values, 2, &mean));
    CHECK_REPORT((double)wrapping_sum_i64(values, 2) / 2,
                 -3723372036854775808.0, mean, 5.5e18);

    /* What overflows on the way only is no error. */
    const int64_t back[] = {INT64_MAX, 5, -10};
    CHECK_OK(tally_sum_i64(back, 3, &total));
    CHECK_INT(total, INT64_MAX - 5);

    const uint64_t unsigned_values[] = {UINT64_C(12000000000000000000),
                                        UINT64_C(9000000000000000000)};
    uint64_t sum = unsigned_values[0] + unsigned_values[1];
    CHECK_REFUSED(tally_sum_u64(unsigned_values, 2, &unsigned_total),
                  TALLY_OVERFLOW, "tally_sum_u64");
    CHECK_SIZE(unsigned_total, 7);
    CHECK_OK(tally_mean_u64(unsigned_values, 2, &mean));
    CHECK_REPORT((double)sum / 2, 1276627963145224192.0, mean, 1.05e19);
}

/* pandas-dev/pandas#66582, #9442: durations in nanoseconds, added up in a
 * double, or in 64 bits for their mean. */
static void durations(void) {
    const int64_t values[] = {(INT64_C(1) << 53) + 1, 2,
                              (INT64_C(1) << 53) + 1};
    volatile double in_double = 0;
    for (size_t i = 0; i < 3; i++) {
        in_double = in_double + (double)values[i];
    }
    int64_t total;
    CHECK_OK(tally_sum_i64(values, 3, &total));
    CHECK_INT((int64_t)in_double, INT64_C(18014398509481984));
    CHECK_INT(total, INT64_C(18014398509481988));

    /* A hundred of 30 years together do not fit; their mean does. */
    static int64_t years[100];
    for (size_t i = 0; i < 100; i++) {
        years[i] = INT64_C(946080000000000000) + (int64_t)i;
    }
    double mean;
    CHECK_OK(tally_mean_i64(years, 100, &mean));
    CHECK_REPORT((double)wrapping_sum_i64(years, 100) / 100,
                 0x1.5167ca3134cdap+54, mean, 946080000000000000);
}

int main(void) {
    narrow_integers();
    totals_beyond_32_bits();
    totals_beyond_64_bits();
    durations();
    return finish();
}
