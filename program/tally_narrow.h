/*
 * States of the library for one of many groups. Each is narrow at first, in a
 * few bytes, and widens when its values no longer fit; both hold the same sum,
 * to the last bit. All bytes zero: empty and narrow.
 *
 * `count` is the number of values that a state has, which its owner knows.
 */
#ifndef TALLY_NARROW_H
#define TALLY_NARROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tally.h>

struct narrow_total {
    tally_accumulator *wide; /* what `small` has grown into */
    tally_small_accumulator small;
};

struct narrow_decimal {
    tally_decimal *wide; /* NULL: units * 10^-scale */
    int64_t units;
    int scale; /* the most digits that a value has after its point */
};

struct narrow_moments {
    tally_moments *wide; /* NULL: values as text, a line each */
    char *text;
    unsigned size, room;
};

/*
 * Add the value in a text that has no line end. The status is that of the
 * library; on failure nothing was added.
 */
tally_status narrow_total_add(struct narrow_total *into, const char *text,
                              size_t size);
tally_status narrow_decimal_add(struct narrow_decimal *into, uint64_t count,
                                const char *text, size_t size);
tally_status narrow_moments_add(struct narrow_moments *into, const char *text,
                                size_t size);

/* Make it wide, if it is not. */
tally_accumulator *widen_total(struct narrow_total *total);
tally_decimal *widen_decimal(struct narrow_decimal *decimal, uint64_t count);
tally_moments *widen_moments(struct narrow_moments *moments);

/* The wide state, which is `room` if it is narrow. */
const tally_accumulator *read_total(const struct narrow_total *total,
                                    tally_accumulator *room);
const tally_decimal *read_decimal(const struct narrow_decimal *decimal,
                                  uint64_t count, tally_decimal *room);
const tally_moments *read_moments(const struct narrow_moments *moments,
                                  tally_moments *room);

/* Add what is in `from`. */
void narrow_total_merge(struct narrow_total *into,
                        const struct narrow_total *from);
void narrow_decimal_merge(struct narrow_decimal *into, uint64_t count,
                          const struct narrow_decimal *from,
                          uint64_t from_count);
void narrow_moments_merge(struct narrow_moments *into,
                          const struct narrow_moments *from);

void free_total(struct narrow_total *total);
void free_decimal(struct narrow_decimal *decimal);
void free_moments(struct narrow_moments *moments);

#endif
