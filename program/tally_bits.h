/*
 * The parts of saved totals.
 */
#ifndef TALLY_BITS_H
#define TALLY_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tally_sums.h"
#include "tally_text.h"

/* Numbers have 8 bytes, the least significant first; bytes their count before
 * them. */
void put_number(struct text *to, uint64_t number);
void put_bytes(struct text *to, const char *bytes, size_t size);
void put_sum(struct text *to, const struct sum *sum);

/* What is left to read. */
struct saved {
    const char *at;
    size_t size;
    bool ended; /* more was asked for than there was */
};

/* 0, and no bytes, once there is nothing left. */
uint64_t take_number(struct saved *from);
const char *take_bytes(struct saved *from, size_t *size);

/*
 * Adds a saved sum that has these parts. False if it is none; then
 * tally_last_message() may say why.
 */
bool take_sum(struct saved *from, uint64_t parts, struct sum *into);

/* What a sum has, as a number. */
uint64_t parts_of(const struct wanted *wanted);

#endif
