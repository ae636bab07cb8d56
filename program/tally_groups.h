/*
 * Groups of records: those with the same words in some columns.
 */
#ifndef TALLY_GROUPS_H
#define TALLY_GROUPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tally_sums.h"

struct group {
    char *key; /* the words: see group_word() */
    size_t key_size;
    uint64_t hash;
    uint64_t rows;
    struct sum *sums; /* one a column */
};

/* Groups in the order of their first appearance. */
struct groups {
    size_t columns;
    size_t words; /* of a key */
    struct wanted wanted;
    struct group *list;
    size_t count, capacity;
    size_t *slots; /* hash table: 1 + an index into the list, or 0 */
    size_t slot_count;
    size_t latest;
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

/* All groups together. The caller frees its sums. */
struct group total_of_groups(const struct groups *groups);

void free_groups(struct groups *groups);

#endif
