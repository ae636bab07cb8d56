/*
 * Which options go together.
 */
#ifndef TALLY_COMBINATIONS_H
#define TALLY_COMBINATIONS_H

#include "tally_options.h"

/* Ends the program if two options contradict each other, or one has no use
 * without another. Fills in how money is written. */
void check_options(struct options *options);

#endif
