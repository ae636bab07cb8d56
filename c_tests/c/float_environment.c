/* The caller's floating-point environment - rounding direction, subnormals
 * flushed to zero, traps, flags - changes no result, and is left as it was. */
#define _GNU_SOURCE
#include <errno.h>
#include <fenv.h>
#include <float.h>
#include <math.h>

#include "../check.h"

#if defined(__SSE2__)
#include <xmmintrin.h>
/* DAZ and FTZ: subnormals are read as zero, and written as zero. */
#define FLUSH 0x8040U
static unsigned control(void) {
    return _mm_getcsr();
}
static void flush_subnormals(void) {
    _mm_setcsr(_mm_getcsr() | FLUSH);
}
#else
static unsigned control(void) {
    return (unsigned)fegetround();
}
static void flush_subnormals(void) {}
#endif

#define COUNT 5000
static double values[COUNT];
static float floats[COUNT];
static const int64_t integers[2] = {INT64_MAX, INT64_MIN};
/* A NaN that raises a flag, or traps, where a float is made a double. */
static float signalling[1];

/* All that sums of these can say, as bytes. */
struct answers {
    double total, mean, ulps, decimal_total;
    double dot, variance, deviation, norm, weighted, covariance, correlation;
    double products_mean, products_ulps, moments_variance, moments_norm;
    float total32, value32;
    tally_status statuses[20];
    tally_accumulator sum, shared;
    tally_product_accumulator products;
    tally_moments moments, moments32;
    tally_decimal decimal;
    char text[1500];
    unsigned char saved[TALLY_ACCUMULATOR_SAVED_MAX];
    size_t text_size, saved_size;
};

static size_t give(double *buffer, size_t capacity, void *user_data) {
    size_t *given = (size_t *)user_data;
    size_t count = COUNT - *given < capacity ? COUNT - *given : capacity;
    memcpy(buffer, values + *given, count * sizeof *buffer);
    *given += count;
    return count;
}

/* Of pairs: each value and the one at the same distance from the end. */
static void ask_of_pairs(size_t count, struct answers *answers) {
    const double *other = values + (COUNT - count);
    tally_status *status = answers->statuses + 5;
    *status++ = tally_dot_f64(values, other, count, &answers->dot);
    *status++ = tally_variance_f64(values, count, 0, &answers->variance);
    *status++ =
        tally_standard_deviation_f64(values, count, 0, &answers->deviation);
    *status++ = tally_norm_f64(values, count, &answers->norm);
    *status++ =
        tally_weighted_mean_f64(values, other, count, &answers->weighted);
    *status++ =
        tally_covariance_f64(values, other, count, 0, &answers->covariance);
    *status++ =
        tally_correlation_f64(values, other, count, &answers->correlation);

    tally_product_accumulator *products = &answers->products;
    CHECK_OK(tally_product_accumulator_add_f64(products, values, other, count));
    for (size_t i = 0; i < count; i += 7) {
        CHECK_OK(tally_product_accumulator_add_one_f64(products, values[i],
                                                       values[i]));
    }
    *status++ =
        tally_product_accumulator_mean_f64(products, &answers->products_mean);
    *status++ = tally_product_accumulator_error_f64(products, values[0],
                                                    &answers->products_ulps);

    CHECK_OK(tally_moments_add_f32(&answers->moments32, floats, count));
    CHECK_OK(tally_moments_add_f32(&answers->moments32, signalling, 1));
    CHECK_OK(tally_moments_subtract_f32(&answers->moments32, signalling, 1));
    CHECK_OK(tally_moments_add_i64(&answers->moments32, integers, 2));
    CHECK_OK(tally_moments_add_f64(&answers->moments, values, count));
    for (size_t i = 0; i < count; i += 7) {
        CHECK_OK(tally_moments_add_one_f64(&answers->moments, values[i]));
    }
    *status++ = tally_moments_variance_f64(&answers->moments, 0,
                                           &answers->moments_variance);
    *status++ =
        tally_moments_norm_f64(&answers->moments32, &answers->moments_norm);
}

static void ask(size_t count, struct answers *answers) {
    tally_shared *shared = NULL;
    size_t given = 0;
    tally_accumulator pulled = TALLY_ACCUMULATOR_INIT;
    memset(answers, 0, sizeof *answers);
    answers->statuses[0] = tally_sum_f64(values, count, &answers->total);
    answers->statuses[1] = tally_sum_f32(floats, count, &answers->total32);
    CHECK_OK(tally_accumulator_add_f64(&answers->sum, values, count));
    CHECK_OK(tally_accumulator_add_f32(&answers->sum, floats, count));
    for (size_t i = 0; i < count; i += 7) {
        CHECK_OK(tally_accumulator_add_one_f64(&answers->sum, values[i]));
    }
    CHECK_OK(tally_accumulator_pull(&pulled, give, &given));
    CHECK_OK(tally_accumulator_merge(&answers->sum, &pulled));
    answers->statuses[2] =
        tally_accumulator_mean_f64(&answers->sum, &answers->mean);
    answers->statuses[3] =
        tally_accumulator_value_f32(&answers->sum, &answers->value32);
    answers->statuses[4] =
        tally_accumulator_error_f64(&answers->sum, values[0], &answers->ulps);
    CHECK_OK(tally_accumulator_value_text(&answers->sum, 300, answers->text,
                                          sizeof answers->text,
                                          &answers->text_size));
    CHECK_OK(tally_accumulator_save(&answers->sum, answers->saved,
                                    sizeof answers->saved,
                                    &answers->saved_size));
    for (size_t i = 0; i < count; i++) {
        int64_t bits;
        memcpy(&bits, &values[i], sizeof bits);
        CHECK_OK(tally_decimal_add_scaled(&answers->decimal, &bits, 1,
                                          (int)(i % 343)));
    }
    CHECK_OK(
        tally_decimal_value_f64(&answers->decimal, &answers->decimal_total));
    CHECK_OK(tally_shared_new(&shared));
    CHECK_OK(tally_shared_add_f64(shared, values, count));
    CHECK_OK(tally_shared_snapshot(shared, &answers->shared));
    CHECK_OK(tally_unref(shared));
    ask_of_pairs(count, answers);
}

/* Several widths of exponents: subnormals only, ordinary, and all there are. */
static void fill(int kind) {
    uint64_t seed = (uint64_t)kind + 1;
    for (size_t i = 0; i < COUNT; i++) {
        double number = (double)((int64_t)random_word(&seed) >> 11);
        int spread = kind == 0   ? -1120
                     : kind == 1 ? -60 - (int)(random_word(&seed) % 10)
                                 : -1100 + (int)(random_word(&seed) % 2000);
        values[i] = ldexp(number, spread);
        floats[i] = ldexpf((float)(number * 0x1p-30),
                           kind == 0 ? -150 : -(int)(random_word(&seed) % 60));
    }
}

static const size_t counts[] = {1, 3, 8, 100, 1000, COUNT};
#define COUNTS (sizeof counts / sizeof *counts)

static void compare_under(void (*change)(void), const char *what) {
    static struct answers expected, got;
    for (int kind = 0; kind < 3; kind++) {
        fill(kind);
        for (size_t i = 0; i < COUNTS; i++) {
            fenv_t before;
            ask(counts[i], &expected);
            fegetenv(&before);
            change();
            unsigned control_before = control();
            int rounding_before = fegetround();
            errno = ERANGE;
            ask(counts[i], &got);
            CHECK_INT(errno, ERANGE);
            unsigned control_after = control();
            int rounding_after = fegetround();
            feclearexcept(FE_ALL_EXCEPT);
            fesetenv(&before);
            struct place at = {__FILE__, __LINE__, what};
            check_bytes(&got, &expected, sizeof got, &at);
            CHECK_INT(control_after, control_before);
            CHECK_INT(rounding_after, rounding_before);
        }
    }
}

static void change_nothing(void) {}
static void round_up(void) {
    fesetround(FE_UPWARD);
}
static void round_down(void) {
    fesetround(FE_DOWNWARD);
}
static void round_to_zero(void) {
    fesetround(FE_TOWARDZERO);
}
static void flush_and_round_down(void) {
    flush_subnormals();
    fesetround(FE_DOWNWARD);
}

/* With the traps on, an inexact operation of ours would be a signal. */
static void trap_all(void) {
    feclearexcept(FE_ALL_EXCEPT);
#if defined(__GLIBC__)
    feenableexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW | FE_UNDERFLOW |
                   FE_INEXACT);
#endif
}

int main(void) {
    static const uint32_t bits = 0x7f800001;
    memcpy(signalling, &bits, sizeof bits);
    compare_under(change_nothing, "in the default environment");
    compare_under(round_up, "while rounding up");
    compare_under(round_down, "while rounding down");
    compare_under(round_to_zero, "while rounding to zero");
    compare_under(flush_subnormals, "while subnormals are flushed");
    compare_under(flush_and_round_down, "while all of that");
    compare_under(trap_all, "while exceptions trap");
    return finish();
}
