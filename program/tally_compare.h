/*
 * Exact totals beside those of a loop of doubles.
 */
#ifndef TALLY_COMPARE_H
#define TALLY_COMPARE_H

#include "tally_cells.h"

/* Prints the rows of a comparison, below a line of what they compare. */
void print_comparison(const struct sum *sum, const struct total *total,
                      const char *text);

#endif
