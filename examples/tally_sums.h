/*
 * One exact sum for each column of each group.
 */
#ifndef TALLY_SUMS_H
#define TALLY_SUMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tally.h>

#include "tally_number.h"

/* Values on their way into an accumulator: one call for many is faster. */
struct batch {
    void *values;
    size_t used, capacity;
};

struct sum {
    tally_accumulator exact;
    uint64_t count; /* of the values: a wide integer is several in `exact` */
    struct batch integers, doubles;
    bool has_doubles; /* not every value was an integer */
    double *kept;     /* every value, when asked for */
    size_t kept_count, kept_capacity;
};

struct group {
    char *key;
    size_t key_size;
    uint64_t hash;
    struct sum *sums; /* one a column */
};

/* Groups in the order of their first appearance. */
struct groups {
    size_t columns;
    bool keep; /* keep every value in its sum */
    struct group *list;
    size_t count, capacity;
    size_t *slots; /* hash table: 1 + an index into the list, or 0 */
    size_t slot_count;
    size_t latest;
};

/* The group with this key, which is made if there is none. */
struct group *find_group(struct groups *groups, const char *key, size_t size);

/* Adds a number that read_number() found good. */
void add_number(struct sum *sum, const struct number *number, bool keep);

/* Hands the batches of every sum to its accumulator. */
void finish_sums(struct groups *groups);

void free_groups(struct groups *groups);

#endif
