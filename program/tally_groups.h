/*
 * Groups of records: those with the same words in some columns.
 */
#ifndef TALLY_GROUPS_H
#define TALLY_GROUPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tally_sums.h"

/* Its sums follow it in memory, and the key follows them. */
struct group {
    uint64_t rows;
    size_t key_size; /* ALL_GROUPS: it has no key */
};

#define ALL_GROUPS SIZE_MAX

struct slot {
    uint32_t hash;
    uint32_t group; /* 1 + its index; 0: none */
};

/* Groups in the order of their first appearance. */
struct groups {
    size_t columns;
    size_t words; /* of a key */
    struct parts parts;
    struct group **list;
    size_t count, capacity;
    struct slot *slots; /* a hash table of 2^n slots */
    size_t slot_count;
    size_t latest;
    struct group *total;  /* see total_of_groups() */
    struct block *blocks; /* the groups' memory */
};

/* The group with this key, which is made if there is none. */
struct group *find_group(struct groups *groups, const char *key, size_t size);

/*
 * Keys. One word is the key itself; of several, each has its size before it,
 * KEY_SIZE_BYTES of it, the least significant first. Writes a word of several;
 * returns where the next goes.
 */
#define KEY_SIZE_BYTES 8
char *key_word(char *to, const char *word, size_t size);

/* Whether bytes are a key of these groups. */
bool is_key(const struct groups *groups, const char *key, size_t size);

/* A word of a group's key, from 0. */
const char *group_word(const struct groups *groups, const struct group *group,
                       size_t word, size_t *size);

/* The groups' indices in the order of their words, byte by byte. The caller
 * frees them. */
size_t *sorted_groups(const struct groups *groups);

/* The key, as below; a NUL follows it. */
char *group_key(const struct groups *groups, const struct group *group);

/* The sum of a column. */
struct sum *group_sum(const struct groups *groups, const struct group *group,
                      size_t column);

/* All groups together, in a group that is not in the list. To be called once.
 */
struct group *total_of_groups(struct groups *groups);

void free_groups(struct groups *groups);

#endif
