/*
 * Groups of records: those with the same word in one column.
 */
#ifndef TALLY_GROUPS_H
#define TALLY_GROUPS_H

#include <stddef.h>
#include <stdint.h>

#include "tally_sums.h"

struct group {
    char *key;
    size_t key_size;
    uint64_t hash;
    struct sum *sums; /* one a column */
};

/* Groups in the order of their first appearance. */
struct groups {
    size_t columns;
    struct wanted wanted;
    struct group *list;
    size_t count, capacity;
    size_t *slots; /* hash table: 1 + an index into the list, or 0 */
    size_t slot_count;
    size_t latest;
};

/* The group with this key, which is made if there is none. */
struct group *find_group(struct groups *groups, const char *key, size_t size);

void free_groups(struct groups *groups);

#endif
