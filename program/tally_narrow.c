#define _POSIX_C_SOURCE 200809L

#include "tally_narrow.h"

#include <stdlib.h>
#include <string.h>

#include "tally_console.h"
#include "tally_digits.h"

/* Below this, integers are doubles. */
#define MOST_EXACT 9007199254740992.0
/* Units that are kept, so that their sum does not overflow. */
#define MOST_UNITS INT64_C(999999999999999999)
#define MOST_UNIT_DIGITS 18
/* Text of values, before moments widen: about the tenth of their bytes. */
#define MOST_TEXT 96

/* Zeroed memory for one state. */
static void *new_state(size_t size) {
    return memset(resize(NULL, 1, size), 0, size);
}

tally_accumulator *widen_total(struct narrow_total *total) {
    if (total->wide == NULL) {
        tally_accumulator *wide = new_state(sizeof *wide);
        must(tally_small_accumulator_grow(&total->small, wide));
        total->wide = wide;
    }
    return total->wide;
}

static tally_status add_to_small(struct narrow_total *into, const char *text,
                                 size_t size) {
    tally_accumulator one = TALLY_ACCUMULATOR_INIT;
    size_t consumed, values;
    double value, off = 0;
    tally_status status = tally_accumulator_add_text(&one, text, size, '\n', 1,
                                                     &consumed, &values);
    if (status != TALLY_OK)
        return status;
    /* One value is a double, unless it is a large integer. */
    status = tally_accumulator_value_f64(&one, &value);
    if (status == TALLY_OK && (value >= MOST_EXACT || value <= -MOST_EXACT))
        must(tally_accumulator_error_f64(&one, value, &off));
    if (status == TALLY_OK && off == 0)
        status = tally_small_accumulator_add_one_f64(&into->small, value);
    else
        status = TALLY_TOO_SMALL;
    if (status == TALLY_TOO_SMALL)
        status = tally_accumulator_merge(widen_total(into), &one);
    return status;
}

tally_status narrow_total_add(struct narrow_total *into, const char *text,
                              size_t size) {
    size_t consumed, values;
    return into->wide == NULL
               ? add_to_small(into, text, size)
               : tally_accumulator_add_text(into->wide, text, size, '\n', 1,
                                            &consumed, &values);
}

const tally_accumulator *read_total(const struct narrow_total *total,
                                    tally_accumulator *room) {
    if (total->wide != NULL)
        return total->wide;
    must(tally_small_accumulator_expand(&total->small, room));
    return room;
}

void narrow_total_merge(struct narrow_total *into,
                        const struct narrow_total *from) {
    tally_status status =
        tally_small_accumulator_merge(&into->small, &from->small);
    if (status != TALLY_TOO_SMALL) {
        must(status);
        return;
    }
    must(tally_accumulator_merge_small(widen_total(into), &from->small));
}

void free_total(struct narrow_total *total) {
    free(total->wide);
}

/* Digits of a decimal as units of 10^-scale, if they are few. */
static bool units_of(const struct digits *digits, int scale, int64_t *units) {
    int64_t zeros = digits->exponent + scale;
    if (digits->count == 0) {
        *units = 0;
        return true;
    }
    if (zeros < 0 || digits->count > MOST_UNIT_DIGITS ||
        zeros > MOST_UNIT_DIGITS - (int64_t)digits->count)
        return false;
    *units = 0;
    const char *at = digits->first;
    for (size_t i = 0; i < digits->count; at++)
        if (*at != '.') {
            *units = *units * 10 + (*at - '0');
            i++;
        }
    for (; zeros > 0; zeros--)
        *units *= 10;
    if (digits->negative)
        *units = -*units;
    return true;
}

/* Gives a narrow decimal more digits after the point. False if there is no
 * room, and then nothing has changed. */
static bool scale_up(struct narrow_decimal *decimal, int scale) {
    int64_t units = decimal->units;
    for (int i = decimal->scale; i < scale; i++) {
        if (units > MOST_UNITS / 10 || units < -(MOST_UNITS / 10))
            return false;
        units *= 10;
    }
    decimal->units = units;
    if (decimal->scale < scale)
        decimal->scale = scale;
    return true;
}

static bool add_units(struct narrow_decimal *into, int64_t units) {
    int64_t sum = into->units + units; /* each below 10^18 */
    if (sum > MOST_UNITS || sum < -MOST_UNITS)
        return false;
    into->units = sum;
    return true;
}

/* Writes what a narrow decimal holds into an empty wide one. */
static void write_wide(const struct narrow_decimal *decimal, uint64_t count,
                       tally_decimal *wide) {
    /* All of it as one value; then zeros, which are counted. */
    int64_t values[64] = {decimal->units};
    while (count > 0) {
        size_t some = count < 64 ? (size_t)count : 64;
        must(tally_decimal_add_scaled(wide, values, some, decimal->scale));
        values[0] = 0;
        count -= some;
    }
}

tally_decimal *widen_decimal(struct narrow_decimal *decimal, uint64_t count) {
    if (decimal->wide == NULL) {
        tally_decimal *wide = new_state(sizeof *wide);
        write_wide(decimal, count, wide);
        decimal->wide = wide;
    }
    return decimal->wide;
}

tally_status narrow_decimal_add(struct narrow_decimal *into, uint64_t count,
                                const char *text, size_t size) {
    struct digits digits;
    int64_t units;
    size_t consumed, values;
    if (into->wide == NULL && memchr(text, 'e', size) == NULL &&
        memchr(text, 'E', size) == NULL &&
        read_digits_of(text, size, &digits) &&
        digits.written <= MOST_UNIT_DIGITS &&
        scale_up(into, (int)digits.written) &&
        units_of(&digits, into->scale, &units) && add_units(into, units))
        return TALLY_OK;
    /* A scale that has grown for a value that then does not fit is the scale
     * that the sum will have. */
    return tally_decimal_add_text(widen_decimal(into, count), text, size, '\n',
                                  1, &consumed, &values);
}

const tally_decimal *read_decimal(const struct narrow_decimal *decimal,
                                  uint64_t count, tally_decimal *room) {
    if (decimal->wide != NULL)
        return decimal->wide;
    memset(room, 0, sizeof *room);
    write_wide(decimal, count, room);
    return room;
}

/* The same as a narrow decimal, if it can be one. */
static bool narrow_decimal_of(const tally_decimal *wide,
                              struct narrow_decimal *narrow) {
    char text[MOST_UNIT_DIGITS + 4]; /* a sign, 0 before a point, NUL */
    struct digits digits;
    size_t size;
    if (tally_decimal_value_text(wide, TALLY_DECIMAL_AS_WRITTEN, text,
                                 sizeof text, &size) != TALLY_OK ||
        !read_digits_of(text, size, &digits))
        return false;
    narrow->scale = (int)digits.written;
    return units_of(&digits, narrow->scale, &narrow->units);
}

void narrow_decimal_merge(struct narrow_decimal *into, uint64_t count,
                          const struct narrow_decimal *from,
                          uint64_t from_count) {
    struct narrow_decimal other = *from;
    if (into->wide == NULL &&
        (other.wide == NULL || narrow_decimal_of(from->wide, &other)) &&
        scale_up(into, other.scale) && scale_up(&other, into->scale) &&
        add_units(into, other.units))
        return;
    tally_decimal room;
    tally_decimal *wide = widen_decimal(into, count);
    must(tally_decimal_merge(wide, read_decimal(from, from_count, &room)));
}

void free_decimal(struct narrow_decimal *decimal) {
    free(decimal->wide);
}

static void add_kept_text(const struct narrow_moments *moments,
                          tally_moments *wide) {
    size_t consumed, values;
    if (moments->size > 0)
        must(tally_moments_add_text(wide, moments->text, moments->size, '\n', 1,
                                    &consumed, &values));
}

tally_moments *widen_moments(struct narrow_moments *moments) {
    if (moments->wide == NULL) {
        tally_moments *wide = new_state(sizeof *wide);
        add_kept_text(moments, wide);
        free(moments->text);
        moments->text = NULL;
        moments->size = moments->room = 0;
        moments->wide = wide;
    }
    return moments->wide;
}

/* Appends a value and a line end. */
static void keep_text(struct narrow_moments *into, const char *text,
                      size_t size) {
    unsigned needed = into->size + (unsigned)size + 1;
    if (needed > into->room) {
        while (needed > into->room)
            into->room = into->room * 2 + 16;
        into->text = resize(into->text, into->room, 1);
    }
    memcpy(into->text + into->size, text, size);
    into->text[needed - 1] = '\n';
    into->size = needed;
}

static tally_status add_as_text(struct narrow_moments *into, const char *text,
                                size_t size) {
    size_t consumed, values;
    tally_moments one = TALLY_MOMENTS_INIT;
    tally_status status =
        tally_moments_add_text(&one, text, size, '\n', 1, &consumed, &values);
    if (status == TALLY_OK)
        keep_text(into, text, size);
    return status;
}

tally_status narrow_moments_add(struct narrow_moments *into, const char *text,
                                size_t size) {
    size_t consumed, values;
    if (into->wide == NULL && size < MOST_TEXT - into->size)
        return add_as_text(into, text, size);
    return tally_moments_add_text(widen_moments(into), text, size, '\n', 1,
                                  &consumed, &values);
}

const tally_moments *read_moments(const struct narrow_moments *moments,
                                  tally_moments *room) {
    if (moments->wide != NULL)
        return moments->wide;
    memset(room, 0, sizeof *room);
    add_kept_text(moments, room);
    return room;
}

void narrow_moments_merge(struct narrow_moments *into,
                          const struct narrow_moments *from) {
    tally_moments room;
    must(tally_moments_merge(widen_moments(into), read_moments(from, &room)));
}

void free_moments(struct narrow_moments *moments) {
    free(moments->wide);
    free(moments->text);
}
