/*
 * mpfr_sum and mpfr_dot by Tally, for programs that are linked with
 * -Wl,--wrap=mpfr_sum,--wrap=mpfr_dot: MPFR's tests of them.
 *
 * Each number is split into doubles, and the exact total is rounded to MPFR's
 * precision by mpfr_strtofr(). If a number is beyond the range of doubles, MPFR
 * answers. Each total is also rounded to a double, and compared with MPFR's.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mpfr.h>
#include <tally.h>

int __real_mpfr_sum(mpfr_ptr, const mpfr_ptr *, unsigned long, mpfr_rnd_t);
int __real_mpfr_dot(mpfr_ptr, const mpfr_ptr *, const mpfr_ptr *, unsigned long,
                    mpfr_rnd_t);

/* The 2098 bits of the range of doubles are at most so many doubles. */
#define MOST 40

static unsigned long answered, passed_on;
/* MPFR's functions may call one another. */
static int inside;

static void show_counts(void) {
    printf("%lu answered by Tally, %lu beyond doubles\n", answered, passed_on);
}

static void fail(const char *what) {
    printf("FAILED: %s\n", what);
    exit(1);
}

static void require(tally_status status) {
    if (status != TALLY_OK)
        fail(tally_last_message());
}

/* How many doubles add up to x, and these; 0 if none do. */
static size_t split(mpfr_srcptr x, double parts[MOST]) {
    if (!mpfr_number_p(x) || mpfr_zero_p(x)) {
        parts[0] = mpfr_get_d(x, MPFR_RNDZ);
        return 1;
    }
    if (mpfr_get_exp(x) > 1024)
        return 0;
    mpfr_t rest;
    mpfr_init2(rest, mpfr_get_prec(x));
    mpfr_set(rest, x, MPFR_RNDN);
    size_t count = 0;
    while (!mpfr_zero_p(rest)) {
        double part = mpfr_get_d(rest, MPFR_RNDZ);
        if (part == 0 || count == MOST) {
            count = 0;
            break;
        }
        parts[count++] = part;
        mpfr_sub_d(rest, rest, part, MPFR_RNDN);
    }
    mpfr_clear(rest);
    return count;
}

/* The total of a call, by Tally. */
struct total {
    tally_accumulator sum;
    tally_product_accumulator products;
    int has_products;
    /* How many of the 'count' terms are +0. */
    unsigned long positive_zeros, count;
};

static int add_number(struct total *total, mpfr_srcptr x) {
    double parts[MOST];
    size_t count = split(x, parts);
    require(tally_accumulator_add_f64(&total->sum, parts, count));
    total->positive_zeros += mpfr_zero_p(x) && !mpfr_signbit(x);
    return count > 0;
}

static int add_product(struct total *total, mpfr_srcptr x, mpfr_srcptr y) {
    double x_parts[MOST], y_parts[MOST];
    size_t x_count = split(x, x_parts), y_count = split(y, y_parts);
    for (size_t i = 0; i < x_count; i++)
        for (size_t j = 0; j < y_count; j++)
            require(tally_product_accumulator_add_one_f64(
                &total->products, x_parts[i], y_parts[j]));
    total->positive_zeros += (mpfr_zero_p(x) || mpfr_zero_p(y)) &&
                             mpfr_number_p(x) && mpfr_number_p(y) &&
                             mpfr_signbit(x) == mpfr_signbit(y);
    return x_count > 0 && y_count > 0;
}

/* MPFR's own answer, as the nearest double. */
static double nearest(const mpfr_ptr *x, const mpfr_ptr *y, unsigned long n) {
    mpfr_t value;
    mpfr_init2(value, 53);
    int inexact = y ? __real_mpfr_dot(value, x, y, n, MPFR_RNDN)
                    : __real_mpfr_sum(value, x, n, MPFR_RNDN);
    mpfr_exp_t least = mpfr_get_emin(), greatest = mpfr_get_emax();
    mpfr_set_emin(-1073);
    mpfr_set_emax(1024);
    inexact = mpfr_check_range(value, inexact, MPFR_RNDN);
    mpfr_subnormalize(value, inexact, MPFR_RNDN);
    double result = mpfr_get_d(value, MPFR_RNDN);
    mpfr_set_emin(least);
    mpfr_set_emax(greatest);
    mpfr_clear(value);
    return result;
}

static void compare(const struct total *total, double expected) {
    double found;
    tally_status status =
        total->has_products
            ? tally_product_accumulator_value_f64(&total->products, &found)
            : tally_accumulator_value_f64(&total->sum, &found);
    if (status != TALLY_OVERFLOW || !isinf(found))
        require(status);
    if (isnan(found) && isnan(expected))
        return;
    if (memcmp(&found, &expected, sizeof found) != 0) {
        printf("FAILED: Tally has %a, MPFR has %a\n", found, expected);
        exit(1);
    }
}

/* Rounds the exact total as MPFR does; the result says in which direction. */
static int round_into(mpfr_ptr result, const struct total *total,
                      mpfr_rnd_t rnd) {
    static char text[8192];
    require(total->has_products
                ? tally_product_accumulator_value_text(&total->products, -1,
                                                       text, sizeof text, NULL)
                : tally_accumulator_value_text(&total->sum, -1, text,
                                               sizeof text, NULL));
    /* Rounded down, what cancels is -0; so are zeros of both signs. */
    if (rnd == MPFR_RNDD && strcmp(text, "0") == 0 &&
        total->positive_zeros < total->count)
        strcpy(text, "-0");
    /* MPFR_RNDF leaves the direction open. */
    return mpfr_strtofr(result, text, NULL, 10,
                        rnd == MPFR_RNDF ? MPFR_RNDN : rnd);
}

/* Of products if there is a y. */
static int answer(mpfr_ptr result, const mpfr_ptr *x, const mpfr_ptr *y,
                  unsigned long n, mpfr_rnd_t rnd) {
    struct total total = {.has_products = y != NULL, .count = n};
    mpfr_exp_t least = mpfr_get_emin(), greatest = mpfr_get_emax();
    mpfr_flags_t flags = mpfr_flags_save();
    int all = 1;
    inside = 1;
    mpfr_set_emin(mpfr_get_emin_min());
    mpfr_set_emax(mpfr_get_emax_max());
    for (unsigned long i = 0; i < n && all; i++)
        all = y ? add_product(&total, x[i], y[i]) : add_number(&total, x[i]);
    if (all)
        compare(&total, nearest(x, y, n));
    mpfr_set_emin(least);
    mpfr_set_emax(greatest);
    mpfr_flags_restore(flags, MPFR_FLAGS_ALL);
    if (answered + passed_on == 0)
        atexit(show_counts);
    ++*(all ? &answered : &passed_on);
    int inexact = all ? round_into(result, &total, rnd)
                  : y ? __real_mpfr_dot(result, x, y, n, rnd)
                      : __real_mpfr_sum(result, x, n, rnd);
    inside = 0;
    return inexact;
}

int __wrap_mpfr_sum(mpfr_ptr result, const mpfr_ptr *x, unsigned long n,
                    mpfr_rnd_t rnd) {
    return inside ? __real_mpfr_sum(result, x, n, rnd)
                  : answer(result, x, NULL, n, rnd);
}

int __wrap_mpfr_dot(mpfr_ptr result, const mpfr_ptr *x, const mpfr_ptr *y,
                    unsigned long n, mpfr_rnd_t rnd) {
    return inside ? __real_mpfr_dot(result, x, y, n, rnd)
                  : answer(result, x, y, n, rnd);
}
