#define _POSIX_C_SOURCE 200809L

#include "tally_bits.h"

#include <stdlib.h>
#include <string.h>

#include "tally_console.h"
#include "tally_digits.h"
#include "tally_number.h"

/* The bits of parts_of(). They never change. */
enum { TOTAL = 1, DECIMALS = 2, MOMENTS = 4, EXTREMES = 8, WEIGHTS = 16 };

uint64_t parts_of(const struct wanted *wanted) {
    return (wanted->total ? TOTAL : 0u) | (wanted->decimal ? DECIMALS : 0u) |
           (wanted->moments ? MOMENTS : 0u) |
           (wanted->extremes ? EXTREMES : 0u) |
           (wanted->weights ? WEIGHTS : 0u);
}

void put_number(struct text *to, uint64_t number) {
    char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (char)(number >> 8 * i & 0xff);
    text_put(to, bytes, sizeof bytes);
}

void put_bytes(struct text *to, const char *bytes, size_t size) {
    put_number(to, size);
    text_put(to, bytes, size);
}

uint64_t take_number(struct saved *from) {
    uint64_t number = 0;
    if (from->size < 8) {
        from->ended = true;
        from->size = 0;
        return 0;
    }
    for (int i = 0; i < 8; i++)
        number |= (uint64_t)(unsigned char)from->at[i] << 8 * i;
    from->at += 8;
    from->size -= 8;
    return number;
}

const char *take_bytes(struct saved *from, size_t *size) {
    uint64_t wanted = take_number(from);
    if (wanted > from->size) {
        from->ended = true;
        from->size = 0;
        wanted = 0;
    }
    const char *bytes = from->ended ? "" : from->at;
    *size = (size_t)wanted;
    from->at += wanted;
    from->size -= (size_t)wanted;
    return bytes;
}

static void put_decimal(struct text *to, const tally_decimal *decimal) {
    char bytes[TALLY_DECIMAL_SAVED_MAX];
    size_t size;
    must(tally_decimal_save(decimal, bytes, sizeof bytes, &size));
    put_bytes(to, bytes, size);
}

void put_sum(struct text *to, const struct sum *sum) {
    char bytes[TALLY_MOMENTS_SAVED_MAX];
    tally_accumulator total_room;
    tally_decimal decimal_room;
    tally_moments moments_room;
    const tally_accumulator *total = sum_total(sum, &total_room);
    const tally_moments *moments = sum_moments(sum, &moments_room);
    const struct extreme *extremes = sum_extremes(sum);
    size_t size;
    put_number(to, sum->count);
    put_number(to, sum->has_doubles);
    if (total != NULL) {
        must(tally_accumulator_save(total, bytes, sizeof bytes, &size));
        put_bytes(to, bytes, size);
    }
    if (sum->parts->wanted.decimal)
        put_decimal(to, sum_decimal(sum, OF_VALUES, &decimal_room));
    if (moments != NULL) {
        must(tally_moments_save(moments, bytes, sizeof bytes, &size));
        put_bytes(to, bytes, size);
    }
    for (int i = 0; extremes != NULL && i < 2; i++)
        put_bytes(to, extremes[i].text, extremes[i].size);
    for (int i = OF_PRODUCTS; i <= OF_WEIGHTS; i++)
        if (sum->parts->wanted.weights)
            put_decimal(to, sum_decimal(sum, i, &decimal_room));
}

/* `into` is NULL if it is not wanted. */
static bool load_decimal(struct saved *from, tally_decimal *into) {
    size_t size;
    const char *bytes = take_bytes(from, &size);
    return into == NULL || tally_decimal_load(bytes, size, into) == TALLY_OK;
}

/* The text of an extreme; of no value it is empty. */
static bool load_extreme(struct saved *from, uint64_t count,
                         struct extreme *into) {
    size_t size;
    const char *text = take_bytes(from, &size);
    if (into == NULL)
        return true;
    if (count == 0)
        return size == 0;
    if (memchr(text, '\0', size) != NULL || !is_written_number(text, size))
        return false;
    into->text = resize(NULL, size + 1, 1);
    memcpy(into->text, text, size);
    into->text[size] = '\0';
    into->size = size;
    into->nearest = read_double(into->text, size);
    return true;
}

bool take_sum(struct saved *from, uint64_t parts, struct sum *into) {
    const struct wanted *wanted = &into->parts->wanted;
    struct sum *sum = new_sum(into->parts);
    struct extreme *extremes = sum_extremes(sum);
    const char *bytes;
    size_t size;
    bool good = true;
    /* Widened while they have no values: then the count does not matter. */
    widen_sum(sum);
    sum->count = take_number(from);
    sum->has_doubles = take_number(from) != 0;
    if ((parts & TOTAL) != 0) {
        bytes = take_bytes(from, &size);
        good = !wanted->total ||
               tally_accumulator_load(bytes, size, wide_sum_total(sum)) ==
                   TALLY_OK;
    }
    if (good && (parts & DECIMALS) != 0)
        good = load_decimal(from, wide_sum_decimal(sum, OF_VALUES));
    if (good && (parts & MOMENTS) != 0) {
        bytes = take_bytes(from, &size);
        good =
            !wanted->moments ||
            tally_moments_load(bytes, size, wide_sum_moments(sum)) == TALLY_OK;
    }
    for (int i = 0; good && (parts & EXTREMES) != 0 && i < 2; i++)
        good = load_extreme(from, sum->count,
                            extremes == NULL ? NULL : &extremes[i]);
    for (int i = OF_PRODUCTS; i <= OF_WEIGHTS; i++)
        if (good && (parts & WEIGHTS) != 0)
            good = load_decimal(from, wide_sum_decimal(sum, i));
    good = good && !from->ended;
    if (good)
        merge_sums(into, sum);
    free_sums(sum, 1);
    free(sum);
    return good;
}
