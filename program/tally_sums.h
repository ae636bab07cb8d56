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

#include "tally_narrow.h"
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

/* The decimals of a sum: of the values and, where these have weights, of the
 * products and the weights. */
enum decimals { OF_VALUES, OF_PRODUCTS, OF_WEIGHTS };

/* Where the parts of a sum are, in bytes from its beginning; 0 if they are not
 * wanted. */
struct parts {
    struct wanted wanted;
    size_t total, decimals[3], moments, extremes, kept;
    bool has_others;  /* values go elsewhere than to the total, too */
    size_t size;      /* of a sum with its parts */
    size_t wide_size; /* of one that is wide, about */
};

struct parts parts_for(const struct wanted *wanted);

/* The parts follow it in memory. */
struct sum {
    const struct parts *parts;
    uint64_t count;
    bool has_doubles; /* not every value was an integer */
};

/*
 * Makes empty sums, `parts->size` bytes from one to the next, in zeroed memory,
 * which the caller frees after free_sums(). `parts` must live as long.
 */
void begin_sums(struct sum *sums, const struct parts *parts, size_t count);
struct sum *sum_at(struct sum *sums, size_t index);

/* Prepares it for many values: every part in the form that the library reads.
 */
void widen_sum(struct sum *sum);

/* One sum, for free_sums() and free(). */
struct sum *new_sum(const struct parts *parts);

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

/*
 * The parts of a sum; NULL if they are not wanted. `room` is for one that is
 * narrow. There are two extremes, the least first.
 */
const tally_accumulator *sum_total(const struct sum *sum,
                                   tally_accumulator *room);
const tally_decimal *sum_decimal(const struct sum *sum, enum decimals which,
                                 tally_decimal *room);
const tally_moments *sum_moments(const struct sum *sum, tally_moments *room);
struct extreme *sum_extremes(const struct sum *sum);
struct kept *sum_kept(const struct sum *sum);

/* The same, to be changed. */
tally_accumulator *wide_sum_total(struct sum *sum);
tally_decimal *wide_sum_decimal(struct sum *sum, enum decimals which);
tally_moments *wide_sum_moments(struct sum *sum);

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
