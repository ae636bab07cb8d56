#define _POSIX_C_SOURCE 200809L

#include "tally_groups.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "tally_console.h"

/* Bytes for sums that are wide, and so the fastest, from the start. All others
 * begin narrow, since there may be millions. */
#define MOST_WIDE_BYTES ((size_t)4 << 20)

#define FIRST_BLOCK 4096
#define LARGEST_BLOCK ((size_t)1 << 20)

/* Memory for groups, one after the other. */
struct block {
    struct block *previous;
    size_t size, used;
};

static void *take_zeroed(struct groups *groups, size_t size) {
    struct block *block = groups->blocks;
    size = (size + 7) / 8 * 8;
    if (block == NULL || size > block->size - block->used) {
        size_t room = block == NULL ? FIRST_BLOCK : block->size * 2;
        if (room > LARGEST_BLOCK)
            room = LARGEST_BLOCK;
        if (room < sizeof *block + size)
            room = sizeof *block + size;
        block = resize(NULL, room, 1);
        block->previous = groups->blocks;
        block->size = room;
        block->used = sizeof *block;
        groups->blocks = block;
    }
    char *taken = (char *)block + block->used;
    block->used += size;
    return memset(taken, 0, size);
}

static uint32_t hash_of(const char *key, size_t size) {
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)key[i]) * 1099511628211u;
    return (uint32_t)(hash ^ hash >> 32);
}

static struct slot *free_slot(const struct groups *groups, uint32_t hash) {
    size_t at = hash & (groups->slot_count - 1);
    while (groups->slots[at].group != 0)
        at = (at + 1) & (groups->slot_count - 1);
    return &groups->slots[at];
}

static void grow_slots(struct groups *groups) {
    struct slot *old = groups->slots;
    size_t old_count = groups->slot_count;
    groups->slot_count = old_count == 0 ? 64 : old_count * 2;
    groups->slots = resize(NULL, groups->slot_count, sizeof *groups->slots);
    memset(groups->slots, 0, groups->slot_count * sizeof *groups->slots);
    for (size_t i = 0; i < old_count; i++)
        if (old[i].group != 0)
            *free_slot(groups, old[i].hash) = old[i];
    free(old);
}

static struct sum *sums_of(const struct group *group) {
    return (struct sum *)(group + 1);
}

struct sum *group_sum(const struct groups *groups, const struct group *group,
                      size_t column) {
    return (struct sum *)((char *)sums_of(group) + column * groups->parts.size);
}

char *group_key(const struct groups *groups, const struct group *group) {
    return (char *)(group + 1) + groups->columns * groups->parts.size;
}

/* A group that is not in the list. */
static struct group *new_group(struct groups *groups, size_t key_room) {
    size_t sums = groups->columns * groups->parts.size;
    struct group *group = take_zeroed(groups, sizeof *group + sums + key_room);
    begin_sums(sums_of(group), &groups->parts, groups->columns);
    return group;
}

static struct group *add_group(struct groups *groups, const char *key,
                               size_t size) {
    if (groups->count == groups->capacity) {
        groups->capacity = groups->capacity * 2 + 4;
        groups->list =
            resize(groups->list, groups->capacity, sizeof *groups->list);
    }
    struct group *group = new_group(groups, size + 1);
    memcpy(group_key(groups, group), key, size);
    group->key_size = size;
    if (groups->columns > 0 && groups->count < MOST_WIDE_BYTES /
                                                   groups->parts.wide_size /
                                                   groups->columns)
        for (size_t i = 0; i < groups->columns; i++)
            widen_sum(group_sum(groups, group, i));
    groups->list[groups->count++] = group;
    return group;
}

static bool has_key(const struct groups *groups, size_t index, const char *key,
                    size_t size) {
    const struct group *group = groups->list[index];
    return group->key_size == size &&
           memcmp(group_key(groups, group), key, size) == 0;
}

struct group *find_group(struct groups *groups, const char *key, size_t size) {
    /* Neighbouring lines are often of one group. */
    if (groups->count > 0 && has_key(groups, groups->latest, key, size))
        return groups->list[groups->latest];

    if (groups->count >= groups->slot_count / 4 * 3)
        grow_slots(groups);
    uint32_t hash = hash_of(key, size);
    size_t at = hash & (groups->slot_count - 1);
    for (; groups->slots[at].group != 0;
         at = (at + 1) & (groups->slot_count - 1)) {
        size_t index = groups->slots[at].group - 1;
        if (groups->slots[at].hash == hash &&
            has_key(groups, index, key, size)) {
            groups->latest = index;
            return groups->list[index];
        }
    }
    if (groups->count >= UINT32_MAX - 1)
        fail(EXIT_USAGE, "too many groups: %zu", groups->count);
    groups->latest = groups->count;
    groups->slots[at] = (struct slot){hash, (uint32_t)groups->count + 1};
    return add_group(groups, key, size);
}

char *key_word(char *to, const char *word, size_t size) {
    for (int i = 0; i < KEY_SIZE_BYTES; i++)
        to[i] = (char)((uint64_t)size >> 8 * i & 0xff);
    memcpy(to + KEY_SIZE_BYTES, word, size);
    return to + KEY_SIZE_BYTES + size;
}

static size_t key_word_size(const char *at) {
    uint64_t size = 0;
    for (int i = 0; i < KEY_SIZE_BYTES; i++)
        size |= (uint64_t)(unsigned char)at[i] << 8 * i;
    return (size_t)size;
}

bool is_key(const struct groups *groups, const char *key, size_t size) {
    if (groups->words <= 1)
        return groups->words == 1 || size == 0;
    for (size_t i = 0; i < groups->words; i++) {
        if (size < KEY_SIZE_BYTES || key_word_size(key) > size - KEY_SIZE_BYTES)
            return false;
        size_t word = KEY_SIZE_BYTES + key_word_size(key);
        key += word;
        size -= word;
    }
    return size == 0;
}

const char *group_word(const struct groups *groups, const struct group *group,
                       size_t word, size_t *size) {
    const char *at = group_key(groups, group);
    *size = group->key_size;
    if (groups->words == 1)
        return at;
    while (word-- > 0)
        at += KEY_SIZE_BYTES + key_word_size(at);
    *size = key_word_size(at);
    return at + KEY_SIZE_BYTES;
}

static int compare_words(const struct groups *groups, const struct group *a,
                         const struct group *b) {
    for (size_t i = 0; i < groups->words; i++) {
        size_t a_size, b_size;
        const char *a_word = group_word(groups, a, i, &a_size);
        const char *b_word = group_word(groups, b, i, &b_size);
        int order = memcmp(a_word, b_word, a_size < b_size ? a_size : b_size);
        if (order == 0)
            order = (a_size > b_size) - (a_size < b_size);
        if (order != 0)
            return order;
    }
    return 0;
}

/* Merges two sorted runs: qsort() has no room for what to compare by. */
static void merge_runs(const struct groups *groups, const size_t *from,
                       size_t *to, size_t begin, size_t middle, size_t end) {
    size_t left = begin, right = middle;
    for (size_t at = begin; at < end; at++) {
        bool take_left =
            left < middle &&
            (right == end || compare_words(groups, groups->list[from[left]],
                                           groups->list[from[right]]) <= 0);
        to[at] = take_left ? from[left++] : from[right++];
    }
}

size_t *sorted_groups(const struct groups *groups) {
    size_t count = groups->count;
    size_t *order = resize(NULL, count + 1, sizeof *order);
    size_t *other = resize(NULL, count + 1, sizeof *other);
    for (size_t i = 0; i < count; i++)
        order[i] = i;
    for (size_t run = 1; run < count; run *= 2) {
        for (size_t begin = 0; begin < count; begin += 2 * run) {
            size_t middle = begin + run < count ? begin + run : count;
            size_t end = middle + run < count ? middle + run : count;
            merge_runs(groups, order, other, begin, middle, end);
        }
        size_t *merged = other;
        other = order;
        order = merged;
    }
    free(other);
    return order;
}

struct group *total_of_groups(struct groups *groups) {
    struct group *total = new_group(groups, 0);
    groups->total = total;
    total->key_size = ALL_GROUPS;
    for (size_t i = 0; i < groups->count; i++) {
        total->rows += groups->list[i]->rows;
        for (size_t j = 0; j < groups->columns; j++)
            merge_sums(group_sum(groups, total, j),
                       group_sum(groups, groups->list[i], j));
    }
    return total;
}

void free_groups(struct groups *groups) {
    for (size_t i = 0; i < groups->count; i++)
        free_sums(sums_of(groups->list[i]), groups->columns);
    if (groups->total != NULL)
        free_sums(sums_of(groups->total), groups->columns);
    while (groups->blocks != NULL) {
        struct block *block = groups->blocks;
        groups->blocks = block->previous;
        free(block);
    }
    free(groups->list);
    free(groups->slots);
}
