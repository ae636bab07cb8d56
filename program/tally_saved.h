/*
 * Totals kept in a file, from one run to the next.
 *
 * The file is a row of blocks: 8 bytes of size, the least significant first,
 * and that many bytes as tally_saved_seal() makes them. The first block says
 * what the totals are of and how many groups there are; each other one has its
 * number, from 1, and some groups, whose sums are in the library's saved forms.
 */
#ifndef TALLY_SAVED_H
#define TALLY_SAVED_H

#include "tally_values.h"

/* Writes the totals to a file, which is replaced when all is written. */
void save_totals(const struct work *work, const char *path);

/*
 * Adds the totals in a file, which must be of the same columns, keys, factors
 * and weights, and of the statistics that are wanted. For --merge the first
 * file says what all of that is. Ends the program for any other file.
 */
void load_totals(struct work *work, const char *path);

#endif
