/*
 * What the snippets of the header, the README and the manual take as given: the
 * parameters of the function that each is made the body of. There is no status
 * among them: a snippet that has one must look at it.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tally.h>

#define GIVEN                                                                  \
    const double *values, const double *x, const double *y, size_t count,      \
        size_t i, size_t n, size_t m, const double *first_half,                \
        const double *second_half, const int64_t *cents, const int *numbers,   \
        const char *const *words, const char *line, size_t length, int *out,   \
        const float *price, const uint16_t *shop, double *means, double *sums, \
        size_t done, tally_accumulator *const *states, tally_accumulator sum,  \
        tally_accumulator window, tally_accumulator now,                       \
        tally_accumulator copy, tally_decimal ledger, tally_decimal other,     \
        tally_moments a, tally_moments b, tally_product_accumulator ab,        \
        tally_shared *shared, tally_array *prices, double total,               \
        double my_own_total, double ulps, double mean, double sd, double cov,  \
        double variance

void draw(const double *values, size_t count);
void snippet(GIVEN);
