#define _POSIX_C_SOURCE 200809L

#include "tally_groups.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "tally_console.h"

static uint64_t hash_of(const char *key, size_t size) {
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)key[i]) * 1099511628211u;
    return hash ^ hash >> 32;
}

static void grow_slots(struct groups *groups) {
    groups->slot_count = groups->slot_count * 2 + 64;
    groups->slots =
        resize(groups->slots, groups->slot_count, sizeof *groups->slots);
    memset(groups->slots, 0, groups->slot_count * sizeof *groups->slots);
    for (size_t i = 0; i < groups->count; i++) {
        size_t slot = (size_t)(groups->list[i].hash % groups->slot_count);
        while (groups->slots[slot] != 0)
            slot = (slot + 1) % groups->slot_count;
        groups->slots[slot] = i + 1;
    }
}

static struct group *new_group(struct groups *groups, const char *key,
                               size_t size) {
    if (groups->count == groups->capacity) {
        groups->capacity = groups->capacity * 2 + 4;
        groups->list =
            resize(groups->list, groups->capacity, sizeof *groups->list);
    }
    struct group *group = &groups->list[groups->count];
    group->key = resize(NULL, size + 1, 1);
    memcpy(group->key, key, size);
    group->key[size] = '\0';
    group->key_size = size;
    group->hash = hash_of(key, size);
    group->rows = 0;
    group->sums = new_sums(&groups->wanted, groups->columns);
    groups->latest = groups->count++;
    return group;
}

static bool has_key(const struct group *group, const char *key, size_t size) {
    return group->key_size == size && memcmp(group->key, key, size) == 0;
}

struct group *find_group(struct groups *groups, const char *key, size_t size) {
    /* Neighbouring lines are often of one group. */
    if (groups->count > 0 && has_key(&groups->list[groups->latest], key, size))
        return &groups->list[groups->latest];

    if (groups->count >= groups->slot_count / 2)
        grow_slots(groups);
    size_t slot = (size_t)(hash_of(key, size) % groups->slot_count);
    while (groups->slots[slot] != 0) {
        size_t index = groups->slots[slot] - 1;
        if (has_key(&groups->list[index], key, size)) {
            groups->latest = index;
            return &groups->list[index];
        }
        slot = (slot + 1) % groups->slot_count;
    }
    groups->slots[slot] = groups->count + 1;
    return new_group(groups, key, size);
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
    const char *at = group->key;
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
            (right == end || compare_words(groups, &groups->list[from[left]],
                                           &groups->list[from[right]]) <= 0);
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

struct group total_of_groups(const struct groups *groups) {
    struct group total = {0};
    total.sums = new_sums(&groups->wanted, groups->columns);
    for (size_t i = 0; i < groups->count; i++) {
        total.rows += groups->list[i].rows;
        for (size_t j = 0; j < groups->columns; j++)
            merge_sums(&total.sums[j], &groups->list[i].sums[j]);
    }
    return total;
}

void free_groups(struct groups *groups) {
    for (size_t i = 0; i < groups->count; i++) {
        free_sums(groups->list[i].sums, groups->columns);
        free(groups->list[i].key);
    }
    free(groups->list);
    free(groups->slots);
}
