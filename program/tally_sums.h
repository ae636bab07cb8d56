/*
 * Statistics of one column, or of one column of a group. All calls to the
 * library are here.
 */
#ifndef TALLY_SUMS_H
#define TALLY_SUMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tally.h>

#include "tally_text.h"

/* The requested statistics; no others are computed. */
struct wanted {
    bool total;    /* or the mean: of the nearest doubles */
    bool decimal;  /* the total of what is written */
    bool moments;  /* for the standard deviation */
    bool extremes; /* the least and the greatest */
    bool values;   /* keep every one, as the nearest double */
    bool weights;  /* for the weighted mean of what is written */
};

/* The least or the greatest value so far. */
struct extreme {
    char *text; /* as it is written; NULL before the first value */
    size_t size;
    double nearest;
};

struct kept {
    double *values;
    size_t count, capacity;
};

/* What is not wanted is NULL. */
struct sum {
    uint64_t count;
    bool has_doubles; /* not every value was an integer */
    tally_accumulator *total;
    tally_decimal *decimal;
    tally_moments *moments;
    struct extreme *least, *greatest;
    struct kept *kept;
    tally_decimal *weighted, *weights; /* weights times values, and alone */
};

/* As many empty sums. */
struct sum *new_sums(const struct wanted *wanted, size_t count);

void free_sums(struct sum *sums, size_t count);

/*
 * Adds the value of a field that has no line end; text[size] is NUL.
 * TALLY_PARSE if it is not a number, and then nothing is added; TALLY_OVERFLOW
 * if it is out of range.
 */
tally_status add_field(struct sum *sum, const char *text, size_t size);

/*
 * The same for a value with a weight, both written numbers, of which `product`
 * is the product. TALLY_OVERFLOW ends in a sum that is not to be used.
 */
tally_status add_weighted(struct sum *sum, const struct text *value,
                          const struct text *weight,
                          const struct text *product);

/*
 * Adds what is in `from`, in which the same is wanted. Values that are kept are
 * not added.
 */
void merge_sums(struct sum *into, const struct sum *from);

/* Whether the total is one that is wanted. */
bool has_total(const struct sum *sum);

/* Whether add_lines() can do without the fields. */
bool takes_lines(const struct wanted *wanted);

/*
 * Adds lines of one number each, up to the first that is not a number. Sets the
 * number of bytes and values added. It fails on a number that one part of the
 * sum accepts and another refuses: `*done` is its offset then.
 */
tally_status add_lines(struct sum *sum, const char *text, size_t size,
                       bool last, size_t *done, size_t *values);

/* Whether a word would be taken for a number, by any part of a sum. */
bool is_number(const char *text, size_t size);

#endif
