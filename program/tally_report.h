/*
 * What the tool prints on standard output.
 */
#ifndef TALLY_REPORT_H
#define TALLY_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "tally_columns.h"
#include "tally_groups.h"
#include "tally_options.h"

struct report {
    struct groups *groups;
    const struct columns *columns;
    const struct options *options;
};

/* Says on standard error which groups had only missing values. */
void report_empty_groups(const struct report *report);

/*
 * Prints the report: a line for each column of each group, or a comparison, and
 * closes standard output. False when a total is beyond the range of a double:
 * it is printed as an infinity then, and a message says so. Totals of integers
 * alone are printed in full, whatever their size.
 */
bool print_report(const struct report *report);

#endif
