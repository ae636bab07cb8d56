/*
 * How much stack the library needs: the README says that 96 KiB are enough for
 * a thread that calls it, also within a callback. stack_use.c measures them
 * all; here a thread has no more, or the least that the system gives.
 */
#define _POSIX_C_SOURCE 200809L
#include <math.h>
#include <pthread.h>

#include "../check.h"
#include "little_stack.h"

enum { COUNT = 600000 };
static double *values;

/* Wide data, misaligned data, and the longest text. */
static void *use_all(void *unused) {
    static char text[2000];
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    double total, mean;
    size_t length;
    const double *misaligned = (const void *)((const char *)values + 1);
    CHECK_OK(tally_accumulator_add_f64(&sum, values, COUNT));
    CHECK_OK(tally_accumulator_add_f64_strided(&sum, values, COUNT / 2, 16));
    CHECK_OK(tally_accumulator_value_f64(&sum, &total));
    CHECK_OK(tally_accumulator_mean_f64(&sum, &mean));
    CHECK_OK(
        tally_accumulator_value_text(&sum, -1, text, sizeof text, &length));
    CHECK_OK(tally_sum_f64(values, COUNT, &mean));
    CHECK_OK(tally_sum_f64_parallel(values, COUNT, 0, &mean));
    CHECK_OK(tally_sum_f64_parallel(misaligned, COUNT - 1, 0, &mean));
    CHECK_OK(tally_accumulator_subtract_f64(&sum, values, COUNT));
    CHECK_OK(tally_accumulator_add_f64(&sum, misaligned, COUNT - 1));
    CHECK_INT(risky_operation("12 30 -2"), 40);
    tally_decimal decimal = TALLY_DECIMAL_INIT;
    size_t consumed;
    CHECK_OK(tally_decimal_add_text(&decimal, "1e321 -1e-342", 13, ' ', 1,
                                    &consumed, &length));
    CHECK_OK(
        tally_decimal_mean_text(&decimal, 342, text, sizeof text, &length));
    CHECK_OK(tally_decimal_add_text(&decimal, "-1e321", 6, ' ', 1, &consumed,
                                    &length));
    CHECK_OK(tally_decimal_value_f64(&decimal, &total));
    return unused;
}

/* The same of products and moments: misaligned, so that there are copies. */
static void *use_all_of_pairs(void *unused) {
    static char text[4000];
    static unsigned char bytes[TALLY_MOMENTS_SAVED_MAX];
    static float floats[5000];
    tally_product_accumulator products = TALLY_PRODUCT_ACCUMULATOR_INIT;
    tally_moments moments = TALLY_MOMENTS_INIT;
    double result;
    size_t length;
    const double *misaligned = (const void *)((const char *)values + 1);
    for (int i = 0; i < 2; i++) {
        const double *x = i == 0 ? values : misaligned;
        CHECK(tally_dot_f64(x, values, COUNT - 1, &result) != TALLY_PANIC);
        CHECK_OK(tally_mean_f64(x, COUNT - 1, &result));
        CHECK_OK(tally_standard_deviation_f64(x, COUNT - 1, 1, &result));
        CHECK_OK(tally_norm_f64(x, COUNT - 1, &result));
        CHECK_OK(tally_weighted_mean_f64(values, x, COUNT - 1, &result));
        CHECK_OK(tally_correlation_f64(x, values, COUNT - 1, &result));
        CHECK_OK(
            tally_product_accumulator_add_f64(&products, x, values, COUNT - 1));
        CHECK_OK(tally_product_accumulator_subtract_f64(&products, values, x,
                                                        COUNT - 2));
        CHECK_OK(tally_moments_add_f64(&moments, x, COUNT - 1));
    }
    CHECK_OK(tally_product_accumulator_value_text(&products, -1, text,
                                                  sizeof text, &length));
    CHECK_OK(tally_moments_add_f32(&moments, floats, 5000));
    CHECK_OK(tally_moments_save(&moments, bytes, sizeof bytes, &length));
    CHECK_OK(tally_moments_load(bytes, length, &moments));
    CHECK_OK(tally_moments_merge(&moments, &moments));
    tally_moments_combine(&moments, &moments, 1);
    CHECK_RECORD(TALLY_OK, "");
    CHECK_OK(tally_moments_standard_deviation_f64(&moments, 1, &result));
    return unused;
}

static size_t use_within(double *buffer, size_t capacity, void *calls) {
    (void)buffer, (void)capacity;
    if (*(int *)calls > 0) {
        return 0;
    }
    use_all_of_pairs(NULL);
    double result;
    CHECK(tally_covariance_f64(values, values, COUNT, 1, &result) ==
          TALLY_OVERFLOW);
    *(int *)calls += 1;
    return 0;
}

static void *use_all_in_a_callback(void *unused) {
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    int calls = 0;
    CHECK_OK(tally_accumulator_pull(&sum, use_within, &calls));
    CHECK_INT(calls, 1);
    return unused;
}

int main(void) {
    pthread_attr_t attributes;
    pthread_t thread;
    values = malloc(COUNT * sizeof *values);
    CHECK(values != NULL);
    for (int i = 0; i < COUNT; i++)
        values[i] = ldexp(i % 2 ? i : -i, i % 1500 - 800);
    CHECK_INT(pthread_attr_init(&attributes), 0);
    CHECK_INT(pthread_attr_setstacksize(&attributes, little_stack()), 0);
    CHECK_INT(pthread_create(&thread, &attributes, use_all, NULL), 0);
    CHECK_INT(pthread_join(thread, NULL), 0);
    CHECK_INT(pthread_create(&thread, &attributes, use_all_of_pairs, NULL), 0);
    CHECK_INT(pthread_join(thread, NULL), 0);
    CHECK_INT(pthread_create(&thread, &attributes, use_all_in_a_callback, NULL),
              0);
    CHECK_INT(pthread_join(thread, NULL), 0);
    CHECK_INT(pthread_attr_destroy(&attributes), 0);
    free(values);
    return finish();
}
