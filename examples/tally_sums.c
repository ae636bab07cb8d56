#define _POSIX_C_SOURCE 200809L

#include "tally_sums.h"

#include <stdlib.h>
#include <string.h>

#include "tally_console.h"

/* Batches start small: there may be a million groups. */
#define FIRST_BATCH 8
#define LARGEST_BATCH 1024

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
    group->sums = resize(NULL, groups->columns, sizeof *group->sums);
    /* All bytes zero: an empty accumulator, empty batches. */
    memset(group->sums, 0, groups->columns * sizeof *group->sums);
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

static void flush_integers(struct sum *sum) {
    must(tally_accumulator_add_i64(&sum->exact, sum->integers.values,
                                   sum->integers.used));
    sum->integers.used = 0;
}

static void flush_doubles(struct sum *sum) {
    must(tally_accumulator_add_f64(&sum->exact, sum->doubles.values,
                                   sum->doubles.used));
    sum->doubles.used = 0;
}

/* Makes room for one more value, once a full batch was flushed or is new. */
static void grow_batch(struct batch *batch, size_t size) {
    if (batch->capacity == LARGEST_BATCH)
        return;
    batch->capacity = batch->capacity == 0 ? FIRST_BATCH : batch->capacity * 2;
    batch->values = resize(batch->values, batch->capacity, size);
}

static void keep_value(struct sum *sum, double value) {
    if (sum->kept_count == sum->kept_capacity) {
        sum->kept_capacity = sum->kept_capacity * 2 + 16;
        sum->kept = resize(sum->kept, sum->kept_capacity, sizeof *sum->kept);
    }
    sum->kept[sum->kept_count++] = value;
}

void add_number(struct sum *sum, const struct number *number, bool keep) {
    double nearest;
    sum->count++;
    if (number->kind == NUMBER_I64) {
        if (sum->integers.used == sum->integers.capacity) {
            flush_integers(sum);
            grow_batch(&sum->integers, sizeof(int64_t));
        }
        int64_t *values = sum->integers.values;
        values[sum->integers.used++] = number->value.i64;
        nearest = (double)number->value.i64;
    } else if (number->kind == NUMBER_U64) {
        must(tally_accumulator_add_u64(&sum->exact, &number->value.u64, 1));
        nearest = (double)number->value.u64;
    } else if (number->kind == NUMBER_WIDE) {
        double parts[INTEGER_PARTS_MAX];
        size_t count = integer_parts(parts, number);
        must(tally_accumulator_add_f64(&sum->exact, parts, count));
        nearest = number->value.f64;
    } else {
        if (sum->doubles.used == sum->doubles.capacity) {
            flush_doubles(sum);
            grow_batch(&sum->doubles, sizeof(double));
        }
        double *values = sum->doubles.values;
        values[sum->doubles.used++] = number->value.f64;
        nearest = number->value.f64;
        sum->has_doubles = true;
    }
    if (keep)
        keep_value(sum, nearest);
}

void finish_sums(struct groups *groups) {
    for (size_t i = 0; i < groups->count; i++)
        for (size_t column = 0; column < groups->columns; column++) {
            flush_integers(&groups->list[i].sums[column]);
            flush_doubles(&groups->list[i].sums[column]);
        }
}

void free_groups(struct groups *groups) {
    for (size_t i = 0; i < groups->count; i++) {
        for (size_t column = 0; column < groups->columns; column++) {
            struct sum *sum = &groups->list[i].sums[column];
            free(sum->integers.values);
            free(sum->doubles.values);
            free(sum->kept);
        }
        free(groups->list[i].sums);
        free(groups->list[i].key);
    }
    free(groups->list);
    free(groups->slots);
}
