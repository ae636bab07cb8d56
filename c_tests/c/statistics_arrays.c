/* Statistics of long arrays, against integers that are known: of every length,
 * size of number and alignment, in any order. */
#include <float.h>
#include <math.h>

#include "../check.h"

#define LONGEST 5000

/* Small integers, and the same times a power of two: sums of those are known.
 */
static int64_t x[LONGEST], y[LONGEST];
static double scaled_x[LONGEST], scaled_y[LONGEST];

static void scale(size_t count, int x_exponent, int y_exponent, double offset) {
    for (size_t i = 0; i < count; i++) {
        scaled_x[i] = ldexp((double)x[i] + offset, x_exponent);
        scaled_y[i] = ldexp((double)y[i] - offset, y_exponent);
    }
}

static void fill(size_t count, uint64_t *seed) {
    for (size_t i = 0; i < count; i++) {
        x[i] = (int64_t)(random_word(seed) % 4001) - 2000;
        y[i] = (int64_t)(random_word(seed) % 4001) - 2000;
    }
    /* Never all the same. */
    x[0] = y[0] = 2001;
}

struct known {
    int64_t x, y, xx, xy;
};

static struct known sums(size_t count) {
    struct known sums = {0, 0, 0, 0};
    for (size_t i = 0; i < count; i++) {
        sums.x += x[i];
        sums.y += y[i];
        sums.xx += x[i] * x[i];
        sums.xy += x[i] * y[i];
    }
    return sums;
}

/* `got` is an integer times 2^exponent, rounded once by ldexp(). */
static void check_scaled(tally_status status, double got, int64_t integer,
                         int exponent, const char *function,
                         const struct place *at) {
    double want = ldexp((double)integer, exponent);
    bool fits = isfinite(want);
    check_status(status, fits ? TALLY_OK : TALLY_OVERFLOW, fits ? "" : function,
                 at);
    /* A zero that is exact is +0.0. */
    check_double(got, integer == 0 ? 0.0 : want, at);
}

#define CHECK_SCALED(function, integer, exponent, ...)                         \
    do {                                                                       \
        struct place at_ = {__FILE__, __LINE__, #function};                    \
        double got_ = 12345;                                                   \
        tally_status status_ = function(__VA_ARGS__, &got_);                   \
        check_scaled(status_, got_, integer, exponent, #function, &at_);       \
    } while (0)

static const size_t counts[] = {1, 2, 3, 31, 32, 33, 64, 100, 1000, LONGEST};
#define COUNTS (sizeof counts / sizeof *counts)

static void dot_products_of_every_size_of_number(void) {
    uint64_t seed = 1;
    for (int x_exponent = -1074; x_exponent <= 1011; x_exponent += 139) {
        for (int y_exponent = -1074; y_exponent <= 1011; y_exponent += 139) {
            size_t count = counts[random_word(&seed) % COUNTS];
            fill(count, &seed);
            scale(count, x_exponent, y_exponent, 0);
            struct known known = sums(count);
            CHECK_SCALED(tally_dot_f64, known.xy, x_exponent + y_exponent,
                         scaled_x, scaled_y, count);
        }
    }
}

/* Of 2^10 values, so that dividing is exact; and the root of a double is what
 * sqrt() rounds once. */
static void variances_and_norms_wherever_the_values_are(void) {
    static const double offsets[] = {0, 0x1p40, -0x1p52, 0x1p52};
    enum { COUNT = 1024 };
    uint64_t seed = 2;
    for (int exponent = -1074; exponent <= 960; exponent += 113) {
        for (size_t i = 0; i < 4; i++) {
            /* Within the doubles, and at least 2^52 in the last place. */
            if (exponent > 950 && offsets[i] != 0) {
                continue;
            }
            fill(COUNT, &seed);
            struct known known = sums(COUNT);
            scale(COUNT, exponent, exponent, fabs(offsets[i]));
            int64_t spread = COUNT * known.xx - known.x * known.x;
            int64_t common = COUNT * known.xy - known.x * known.y;
            CHECK_SCALED(tally_variance_f64, spread, 2 * exponent - 20,
                         scaled_x, COUNT, 0);
            CHECK_SCALED(tally_covariance_f64, common, 2 * exponent - 20,
                         scaled_x, scaled_y, COUNT, 0);
            double root = 12345;
            CHECK_OK(tally_standard_deviation_f64(scaled_x, COUNT, 0, &root));
            if (exponent > -1000) {
                CHECK_DOUBLE(root, ldexp(sqrt((double)spread), exponent - 10));
            }
        }
        scale(COUNT, exponent, exponent, 0);
        struct known known = sums(COUNT);
        double root = 12345;
        CHECK_OK(tally_norm_f64(scaled_x, COUNT, &root));
        if (exponent > -1000) {
            CHECK_DOUBLE(root, ldexp(sqrt((double)known.xx), exponent));
        }
    }
}

static void means_are_quotients_of_integers(void) {
    static int32_t int32s[LONGEST];
    static uint64_t uint64s[LONGEST];
    uint64_t seed = 3;
    for (size_t i = 0; i < COUNTS; i++) {
        size_t count = counts[i];
        fill(count, &seed);
        scale(count, 0, 0, 0);
        struct known known = sums(count);
        double mean = 12345;
        CHECK_OK(tally_mean_f64(scaled_x, count, &mean));
        CHECK_DOUBLE(mean, (double)known.x / (double)count + 0.0);
        for (size_t at = 0; at < count; at++) {
            int32s[at] = (int32_t)x[at];
            uint64s[at] = (uint64_t)(x[at] + 2000);
        }
        CHECK_OK(tally_mean_i32(int32s, count, &mean));
        CHECK_DOUBLE(mean, (double)known.x / (double)count + 0.0);
        CHECK_OK(tally_mean_i64(x, count, &mean));
        CHECK_DOUBLE(mean, (double)known.x / (double)count + 0.0);
        CHECK_OK(tally_mean_u64(uint64s, count, &mean));
        known.x += 2000 * (int64_t)count;
        CHECK_DOUBLE(mean, (double)known.x / (double)count);
        if (known.y != 0 && known.xy != 0) {
            CHECK_OK(tally_weighted_mean_f64(scaled_x, scaled_y, count, &mean));
            CHECK_DOUBLE(mean, (double)known.xy / (double)known.y);
        }
    }
}

/* A line is a line wherever and however steep it is. */
static void a_line_correlates_by_one(void) {
    uint64_t seed = 4;
    for (int exponent = -1000; exponent <= 900; exponent += 190) {
        fill(1000, &seed);
        for (size_t i = 0; i < 1000; i++) {
            scaled_x[i] = (double)x[i] + 0x1p45;
            scaled_y[i] = ldexp(0x1p30 - 3 * (double)x[i], exponent);
        }
        double r = 12345;
        CHECK_OK(tally_correlation_f64(scaled_x, scaled_y, 1000, &r));
        CHECK_DOUBLE(r, -1.0);
        CHECK_OK(tally_correlation_f64(scaled_y, scaled_y, 1000, &r));
        CHECK_DOUBLE(r, 1.0);
    }
}

struct answers {
    double dot, mean, variance, deviation, norm, weighted, covariance, r;
    tally_status statuses[8];
};

static struct answers ask(const double *a, const double *b, size_t count) {
    struct answers answers;
    memset(&answers, 0, sizeof answers);
    tally_status *status = answers.statuses;
    *status++ = tally_dot_f64(a, b, count, &answers.dot);
    *status++ = tally_mean_f64(a, count, &answers.mean);
    *status++ = tally_variance_f64(a, count, 1, &answers.variance);
    *status++ = tally_standard_deviation_f64(a, count, 1, &answers.deviation);
    *status++ = tally_norm_f64(a, count, &answers.norm);
    *status++ = tally_weighted_mean_f64(a, b, count, &answers.weighted);
    *status++ = tally_covariance_f64(a, b, count, 1, &answers.covariance);
    *status++ = tally_correlation_f64(a, b, count, &answers.r);
    return answers;
}

/* Of any bits but NaN's and the infinities', so that no result is a NaN. */
static double any_double(uint64_t *seed) {
    for (;;) {
        uint64_t word = random_word(seed);
        double number;
        memcpy(&number, &word, sizeof number);
        if (isfinite(number)) {
            return number;
        }
    }
}

static void any_alignment_and_any_order_will_do(void) {
    static unsigned char a[sizeof scaled_x + 8], b[sizeof scaled_y + 8];
    uint64_t seed = 5;
    for (size_t i = 0; i < COUNTS; i++) {
        size_t count = counts[i];
        for (size_t at = 0; at < count; at++) {
            scaled_x[at] = any_double(&seed);
            scaled_y[at] = any_double(&seed);
        }
        const struct answers answers = ask(scaled_x, scaled_y, count);
        for (size_t offset = 0; offset < 8; offset++) {
            size_t other = (offset + i) % 8;
            void *left = a + offset, *right = b + other;
            memcpy(left, scaled_x, count * sizeof(double));
            memcpy(right, scaled_y, count * sizeof(double));
            const struct answers misaligned = ask(left, right, count);
            CHECK_BYTES(&misaligned, &answers, sizeof answers);
            memcpy(left, scaled_y, count * sizeof(double));
            const struct answers same = ask(left, left, count),
                                 twice = ask(scaled_y, scaled_y, count);
            CHECK_BYTES(&same, &twice, sizeof same);
        }
        for (size_t at = 0; at < count; at++) {
            size_t with = random_word(&seed) % count;
            double swap = scaled_x[at];
            scaled_x[at] = scaled_x[with];
            scaled_x[with] = swap;
            swap = scaled_y[at];
            scaled_y[at] = scaled_y[with];
            scaled_y[with] = swap;
        }
        const struct answers shuffled = ask(scaled_x, scaled_y, count);
        CHECK_BYTES(&shuffled, &answers, sizeof answers);
    }
}

/* A float of any bits, or of a few. */
static float any_float(uint64_t *seed, int kind) {
    for (;;) {
        uint32_t word = (uint32_t)(random_word(seed) >> 32);
        float number;
        memcpy(&number, &word, sizeof number);
        if (kind == 0) {
            return (float)(int32_t)(word % 2001) - 1000;
        }
        if (kind == 1 || isfinite(number)) {
            return number;
        }
    }
}

/* Of pairs, floats have the dot product and the weighted mean only. */
static struct answers ask_of_floats(const float *a, const float *b,
                                    size_t count, struct answers wide) {
    struct answers answers;
    memset(&answers, 0, sizeof answers);
    tally_status *status = answers.statuses;
    *status++ = tally_dot_f32(a, b, count, &answers.dot);
    *status++ = tally_mean_f32(a, count, &answers.mean);
    *status++ = tally_variance_f32(a, count, 1, &answers.variance);
    *status++ = tally_standard_deviation_f32(a, count, 1, &answers.deviation);
    *status++ = tally_norm_f32(a, count, &answers.norm);
    *status++ = tally_weighted_mean_f32(a, b, count, &answers.weighted);
    answers.covariance = wide.covariance;
    answers.r = wide.r;
    *status++ = wide.statuses[6];
    *status++ = wide.statuses[7];
    return answers;
}

static void floats_have_the_statistics_of_their_doubles(void) {
    static float narrow_x[LONGEST], narrow_y[LONGEST];
    uint64_t seed = 6;
    for (size_t round = 0; round < 30 * COUNTS; round++) {
        size_t count = counts[round % COUNTS];
        int kind = (int)(round / COUNTS % 3);
        for (size_t at = 0; at < count; at++) {
            scaled_x[at] = (double)(narrow_x[at] = any_float(&seed, kind));
            scaled_y[at] = (double)(narrow_y[at] = any_float(&seed, kind));
        }
        const struct answers wide = ask(scaled_x, scaled_y, count),
                             narrow =
                                 ask_of_floats(narrow_x, narrow_y, count, wide);
        CHECK_BYTES(&narrow, &wide, sizeof wide);
    }
}

int main(void) {
    dot_products_of_every_size_of_number();
    variances_and_norms_wherever_the_values_are();
    means_are_quotients_of_integers();
    a_line_correlates_by_one();
    any_alignment_and_any_order_will_do();
    floats_have_the_statistics_of_their_doubles();
    return finish();
}
