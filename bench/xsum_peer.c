/* Radford Neal's xsum as a contestant: its small accumulator, its large one,
 * and the calls that a state of ours has too. Compiled only where XSUM=DIR
 * names its sources. */

#include <stddef.h>

#include "xsum.h"

/* From nothing to a rounded sum. */

double bench_xsum_small(const double *values, size_t count) {
    static xsum_small_accumulator sum;
    xsum_small_init(&sum);
    xsum_small_addv(&sum, values, (xsum_length)count);
    return xsum_small_round(&sum);
}

double bench_xsum_large(const double *values, size_t count) {
    static xsum_large_accumulator sum;
    xsum_large_init(&sum);
    xsum_large_addv(&sum, values, (xsum_length)count);
    return xsum_large_round(&sum);
}

double bench_xsum_stream(const double *values, size_t count) {
    static xsum_small_accumulator sum;
    xsum_small_init(&sum);
    for (size_t i = 0; i < count; i++)
        xsum_small_add1(&sum, values[i]);
    return xsum_small_round(&sum);
}

/* Rounds each product before it adds it. */
double bench_xsum_dot(const double *x, const double *y, size_t count) {
    static xsum_large_accumulator sum;
    xsum_large_init(&sum);
    xsum_large_add_dot(&sum, x, y, (xsum_length)count);
    return xsum_large_round(&sum);
}

/* One small accumulator, filled once. */

static xsum_small_accumulator filled, copy;

void bench_xsum_fill(const double *values, size_t count) {
    xsum_small_init(&filled);
    xsum_small_addv(&filled, values, (xsum_length)count);
}

double bench_xsum_value(void) {
    return xsum_small_round(&filled);
}

void bench_xsum_merge(void) {
    copy = filled;
    xsum_small_add_accumulator(&copy, &filled);
}

void bench_xsum_add(const double *values, size_t count) {
    xsum_small_addv(&filled, values, (xsum_length)count);
}

void bench_xsum_add_one(double value) {
    xsum_small_add1(&filled, value);
}
