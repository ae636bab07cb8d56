/* Windows and running totals against plain loops over small integers, which
 * lose nothing: any type, stride and mask, results at any alignment, in place,
 * and on several threads. */
#include <math.h>

#include "../check.h"

enum { MOST = 3000 };

static int cells[MOST];
static bool there[MOST];
static double values[2 * MOST], results[MOST];
static int64_t integers[MOST], totals[MOST];
static int16_t words[3 * MOST];
static uint8_t validity[MOST];

static void make(void) {
    uint64_t state = 1;
    for (int i = 0; i < MOST; i++) {
        cells[i] = (int)(random_word(&state) % 2001) - 1000;
        there[i] = random_word(&state) % 10 > 0;
        validity[i] = there[i] ? 7 : 0;
        values[2 * i] = cells[i];
        values[2 * i + 1] = NAN;
        integers[i] = cells[i];
        words[3 * i] = (int16_t)cells[i];
    }
}

/* The mean of a window; a window of too few has none. */
static double mean(int row, int window, int min_count) {
    int count = 0;
    double sum = 0;
    for (int i = row < window ? 0 : row - window + 1; i <= row; i++) {
        if (there[i]) {
            sum += cells[i];
            count++;
        }
    }
    return count < min_count || count == 0 ? NAN : sum / count;
}

static void check_means(const double *found, int window, int min_count) {
    for (int row = 0; row < MOST; row++) {
        double result;
        memcpy(&result, (const char *)found + 8 * (size_t)row, sizeof result);
        CHECK_DOUBLE(result, mean(row, window, min_count));
    }
}

static tally_column any_column(int kind) {
    tally_column column = TALLY_COLUMN(TALLY_F64, values, MOST);
    column.stride = 16;
    if (kind == 1) {
        column = TALLY_COLUMN(TALLY_I16, words + 3 * (MOST - 1), MOST);
        column.stride = -6;
    }
    column.validity = validity;
    column.flags = TALLY_BYTE_MASK;
    return column;
}

static void turn_around(void) {
    for (int i = 0; i < MOST; i++) {
        words[3 * (MOST - 1 - i)] = (int16_t)cells[i];
    }
}

static void means_of_windows(void) {
    static unsigned char bytes[8 * MOST + 8];
    turn_around();
    for (int kind = 0; kind < 2; kind++) {
        tally_column column = any_column(kind);
        const int windows[] = {1, 2, 50, 2 * MOST};
        for (size_t i = 0; i < 4; i++) {
            int window = windows[i], least = window > 1 ? 2 : 1;
            for (size_t shift = 0; shift < 8; shift += 3) {
                double *to = (double *)(void *)(bytes + shift);
                CHECK_OK(tally_rolling(&column, (size_t)window, (size_t)least,
                                       TALLY_MEAN, 0, to));
                check_means(to, window, least);
                memset(bytes, 0, sizeof bytes);
                CHECK_OK(tally_rolling_parallel(&column, (size_t)window,
                                                (size_t)least, TALLY_MEAN, 0, 2,
                                                to));
                check_means(to, window, least);
            }
        }
    }
}

static void what_leaves_leaves_no_trace(void) {
    const double guests[] = {1, 1e300, NAN, -INFINITY, INFINITY, 0.5, 2, -0.0};
    tally_column column = TALLY_COLUMN(TALLY_F64, guests, 8);
    CHECK_OK(tally_rolling(&column, 2, 0, TALLY_SUM, 0, results));
    const double want[] = {1, 1e300, NAN, NAN, NAN, INFINITY, 2.5, 2};
    for (int i = 0; i < 8; i++) {
        CHECK_DOUBLE(results[i], want[i]);
    }
    CHECK_OK(tally_rolling(&column, 1, 0, TALLY_SUM, 0, results));
    CHECK(results[7] == 0 && signbit(results[7]));
    CHECK_OK(tally_rolling(&column, 2, 0, TALLY_VARIANCE, 1, results));
    CHECK_DOUBLE(results[0], NAN);
    CHECK_DOUBLE(results[6], 1.125);
    CHECK_OK(tally_rolling(&column, 2, 0, TALLY_VARIANCE, 0, results));
    CHECK_DOUBLE(results[0], 0.0);
    CHECK_DOUBLE(results[6], 0.5625);
    /* Nothing is subtracted from the count of a mean. */
    CHECK_OK(tally_rolling(&column, 2, 0, TALLY_MEAN, 2, results));
    CHECK_DOUBLE(results[6], 1.25);
    CHECK_OK(tally_rolling_covariance(&column, &column, 2, 0, 1, results));
    CHECK_DOUBLE(results[6], 1.125);
    CHECK_OK(tally_rolling_correlation(&column, &column, 2, 0, results));
    CHECK_DOUBLE(results[0], NAN);
    CHECK_DOUBLE(results[6], 1);
}

/* A row counts if both of its elements do: the second and the last do not. */
static void windows_of_pairs_with_gaps(void) {
    const double left[] = {1, NAN, 2, 4, 7}, right[] = {1, 5, 3, 2, NAN};
    tally_column x = TALLY_COLUMN(TALLY_F64, left, 5);
    tally_column y = TALLY_COLUMN(TALLY_F64, right, 5);
    x.flags = y.flags = TALLY_SKIP_NAN;
    CHECK_OK(tally_rolling_covariance(&x, &y, 3, 2, 0, results));
    /* (1, 1) and (2, 3): 1/2 by 1. (2, 3) and (4, 2): 1 by -1/2. */
    const double want[] = {NAN, NAN, 0.5, -0.5, -0.5};
    for (int i = 0; i < 5; i++) {
        CHECK_DOUBLE(results[i], want[i]);
    }
    CHECK_OK(tally_rolling_correlation(&x, &y, 3, 2, results));
    const double signs[] = {NAN, NAN, 1, -1, -1};
    for (int i = 0; i < 5; i++) {
        CHECK_DOUBLE(results[i], signs[i]);
    }
}

static void running_totals(void) {
    for (int kind = 0; kind < 2; kind++) {
        tally_column column = any_column(kind);
        CHECK_OK(tally_cumulative_sum(&column, results));
        double sum = 0;
        for (int i = 0; i < MOST; i++) {
            sum += there[i] ? cells[i] : 0;
            CHECK_DOUBLE(results[i], sum);
        }
    }
    const double huge[] = {1.5e308, 1.5e308, -1.5e308, 1e-300};
    tally_column column = TALLY_COLUMN(TALLY_F64, huge, 4);
    CHECK_OK(tally_cumulative_sum(&column, results));
    CHECK_DOUBLE(results[1], INFINITY);
    CHECK_DOUBLE(results[2], 1.5e308);
    const double low[] = {-1.5e308, -1.5e308, 1.5e308};
    column = TALLY_COLUMN(TALLY_F64, low, 3);
    CHECK_OK(tally_cumulative_sum(&column, results));
    CHECK_DOUBLE(results[1], -INFINITY);
    CHECK_DOUBLE(results[2], -1.5e308);
}

static void totals_in_place(void) {
    static double own[MOST];
    for (int i = 0; i < MOST; i++) {
        own[i] = cells[i];
    }
    tally_column column = TALLY_COLUMN(TALLY_F64, own, MOST);
    column.validity = validity;
    column.flags = TALLY_BYTE_MASK;
    CHECK_OK(tally_cumulative_sum(&column, own));
    double sum = 0;
    for (int i = 0; i < MOST; i++) {
        sum += there[i] ? cells[i] : 0;
        CHECK_DOUBLE(own[i], sum);
    }
    /* The totals would be written over what says which values are there. */
    column.validity = (const uint8_t *)own + 1;
    own[0] = 7;
    CHECK_REFUSED(tally_cumulative_sum(&column, own), TALLY_INVALID,
                  "tally_cumulative_sum");
    CHECK_TEXT(tally_last_message(), "results overlaps values");
    CHECK_DOUBLE(own[0], 7);
    column = TALLY_COLUMN(TALLY_I64, integers, MOST);
    size_t done = 0;
    CHECK_OK(tally_cumulative_sum_i64(&column, integers, &done));
    CHECK(done == MOST);
    int64_t total = 0;
    for (int i = 0; i < MOST; i++) {
        total += cells[i];
        CHECK_INT(integers[i], total);
    }
}

static void totals_of_integers_end_where_they_overflow(void) {
    const uint64_t large[] = {5, (uint64_t)INT64_MAX - 5, 0, 1, 7};
    tally_column column = TALLY_COLUMN(TALLY_U64, large, 5);
    totals[3] = totals[4] = -1;
    size_t done = 99;
    CHECK_REFUSED(tally_cumulative_sum_i64(&column, totals, &done),
                  TALLY_OVERFLOW, "tally_cumulative_sum_i64");
    CHECK(done == 3);
    CHECK_INT(totals[0], 5);
    CHECK_INT(totals[1], INT64_MAX);
    CHECK_INT(totals[2], INT64_MAX);
    CHECK_INT(totals[3], -1);
    CHECK_INT(totals[4], -1);
    /* What comes after an element that is missing. */
    const uint8_t known = 0x1d;
    column.validity = &known;
    CHECK_OK(tally_cumulative_sum_i64(&column, totals, NULL));
    CHECK_INT(totals[1], 5);
    CHECK_INT(totals[4], 13);
}

/* Enough rows for several threads. */
enum { LONG = 100000 };

static double long_values[LONG + 1], one[LONG], several[LONG + 1];
static int64_t long_integers[LONG], one_i64[LONG], several_i64[LONG];

static void make_long(void) {
    uint64_t state = 2;
    for (int i = 0; i < LONG; i++) {
        uint64_t word = random_word(&state);
        long_values[i] = (double)(int64_t)word * 0x1p-40;
        long_integers[i] = (int64_t)(word % 2000001) - 1000000;
        if (i % 3000 == 7) {
            const double guests[] = {NAN, 1e300, -1e300, -0.0};
            long_values[i] = guests[word % 4];
        }
    }
}

static bool same(const double *found, const double *want) {
    return memcmp(found, want, LONG * sizeof *want) == 0;
}

static void threads_have_the_same_pairs(void) {
    tally_column x = TALLY_COLUMN(TALLY_F64, long_values, LONG);
    tally_column y = TALLY_COLUMN(TALLY_I64, long_integers, LONG);
    x.flags = TALLY_SKIP_NAN;
    double *misaligned = (double *)(void *)((char *)several + 3);
    for (size_t window = 1; window < 100; window += 49) {
        CHECK_OK(tally_rolling_covariance(&x, &y, window, 1, 1, one));
        for (size_t threads = 0; threads < 4; threads++) {
            memset(several, 0, sizeof several);
            CHECK_OK(tally_rolling_covariance_parallel(&x, &y, window, 1, 1,
                                                       threads, several));
            CHECK(same(several, one));
        }
        CHECK_OK(tally_rolling_covariance_parallel(&x, &y, window, 1, 1, 2,
                                                   misaligned));
        CHECK(same(misaligned, one));
        CHECK_OK(tally_rolling_correlation(&x, &y, window, 1, one));
        CHECK_OK(
            tally_rolling_correlation_parallel(&x, &y, window, 1, 2, several));
        CHECK(same(several, one));
    }
}

static void threads_have_the_same_totals(void) {
    tally_column column = TALLY_COLUMN(TALLY_F64, long_values, LONG);
    column.flags = TALLY_SKIP_NAN;
    CHECK_OK(tally_cumulative_sum(&column, one));
    for (size_t threads = 0; threads < 9; threads++) {
        memset(several, 0, sizeof several);
        CHECK_OK(tally_cumulative_sum_parallel(&column, threads, several));
        CHECK(same(several, one));
    }
    double *misaligned = (double *)(void *)((char *)several + 5);
    CHECK_OK(tally_cumulative_sum_parallel(&column, 2, misaligned));
    CHECK(same(misaligned, one));
    /* In place. */
    memcpy(several, long_values, sizeof several);
    column.values = several;
    CHECK_OK(tally_cumulative_sum_parallel(&column, 2, several));
    CHECK(same(several, one));
    memmove((char *)several + 5, long_values, LONG * sizeof *one);
    column.values = misaligned;
    CHECK_OK(tally_cumulative_sum_parallel(&column, 2, misaligned));
    CHECK(same(misaligned, one));
}

/* What threads write of totals that end at a row, against one thread. */
static void check_end(int large_at, int64_t large) {
    tally_column column = TALLY_COLUMN(TALLY_I64, long_integers, LONG);
    int64_t before = long_integers[large_at];
    long_integers[large_at] = large;
    memset(one_i64, 1, sizeof one_i64);
    memset(several_i64, 1, sizeof several_i64);
    size_t done = 0, done_by_several = 1;
    tally_status status = tally_cumulative_sum_i64(&column, one_i64, &done);
    CHECK_INT(tally_cumulative_sum_i64_parallel(&column, 2, several_i64,
                                                &done_by_several),
              status);
    CHECK_SIZE(done_by_several, done);
    CHECK(memcmp(several_i64, one_i64, sizeof one_i64) == 0);
    /* In place. */
    memcpy(several_i64, long_integers, sizeof several_i64);
    column.values = several_i64;
    CHECK_INT(tally_cumulative_sum_i64_parallel(&column, 0, several_i64, NULL),
              status);
    CHECK(memcmp(several_i64, one_i64, done * sizeof *one_i64) == 0);
    CHECK(memcmp(several_i64 + done, long_integers + done,
                 (LONG - done) * sizeof *one_i64) == 0);
    long_integers[large_at] = before;
}

static void threads_end_where_totals_overflow(void) {
    check_end(0, 0);
    for (int piece = 0; piece < LONG; piece += 16384) {
        for (int next_to = -2; next_to < 3; next_to++) {
            int at = piece + next_to;
            if (at >= 0) {
                check_end(at, INT64_MAX);
                check_end(at, INT64_MIN);
                check_end(at, INT64_MAX - 300000000);
            }
        }
    }
    check_end(LONG - 1, INT64_MAX);
}

int main(void) {
    make();
    make_long();
    means_of_windows();
    what_leaves_leaves_no_trace();
    windows_of_pairs_with_gaps();
    running_totals();
    totals_in_place();
    totals_of_integers_end_where_they_overflow();
    threads_have_the_same_pairs();
    threads_have_the_same_totals();
    threads_end_where_totals_overflow();
    return finish();
}
