/*
 * Records into fields, and whether there are as many as there should be.
 */
#ifndef TALLY_SPLIT_H
#define TALLY_SPLIT_H

#include <stddef.h>

#include "tally_input.h"

/*
 * Each sets the first `wanted` fields of the record from `at` to `end`, as far
 * as there are any, and its width. They may read BYTES_TOGETHER bytes at its
 * end. The quotes of a record are known to be right.
 */
void split_words(struct input *input, char *at, char *end, size_t wanted);
void split_plain(struct input *input, char *at, char *end, size_t wanted);
void split_quoted(struct input *input, char *at, char *end, size_t wanted);

/* Takes the width of this record, the first, for that of all. */
void expect_width(struct input *input, const char *end);

/* Refuses a record of another width than the first, or pads it. */
void check_width(struct input *input, const char *end, size_t wanted);

#endif
