/*
 * Products and quotients of numbers as they are written.
 */
#ifndef TALLY_PRODUCT_H
#define TALLY_PRODUCT_H

#include <stdbool.h>
#include <stddef.h>
#include <tally.h>

#include "tally_text.h"

/*
 * Puts the exact product of two written numbers into `out`, with as many digits
 * after the point as both have together. Returns 0; or 1 or 2, if the first or
 * the second has more digits than any total could hold.
 */
int write_product(const char *a, size_t a_size, const char *b, size_t b_size,
                  struct text *out);

/*
 * Puts a / b into `out`, rounded once to `digits` after the point. Both are
 * finite, in plain decimal without an exponent, and `b` is not 0.
 */
void write_quotient(const char *a, const char *b, int digits,
                    tally_rounding rounding, struct text *out);

#endif
