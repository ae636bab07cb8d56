/*
 * The statistics of a sum as text.
 */
#ifndef TALLY_CELLS_H
#define TALLY_CELLS_H

#include <stdbool.h>

#include "tally_options.h"
#include "tally_sums.h"
#include "tally_text.h"

/* The total of the nearest doubles, and of integers in full. */
struct total {
    double nearest;
    bool too_large; /* beyond the range of a double, and printed as infinity */
};

struct total write_total(const struct sum *sum, struct text *out);

/*
 * Puts a statistic into `out`, whatever was there. False if it is beyond the
 * range of a double and was written as an infinity.
 */
bool write_statistic(const struct options *options, const struct sum *sum,
                     enum statistic statistic, struct text *out);

#endif
