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

void free_groups(struct groups *groups) {
    for (size_t i = 0; i < groups->count; i++) {
        free_sums(groups->list[i].sums, groups->columns);
        free(groups->list[i].key);
    }
    free(groups->list);
    free(groups->slots);
}
