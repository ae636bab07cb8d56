#define _POSIX_C_SOURCE 200809L

#include "tally_sums.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tally_console.h"
#include "tally_digits.h"
#include "tally_number.h"

/*
 * Receives values of which no requested statistic checks that they are numbers.
 * Its total is not used.
 */
static tally_accumulator checked;

/* Makes room for a part, if it is wanted. */
static size_t part_of(struct parts *parts, bool wanted, size_t size) {
    size_t at = parts->size;
    if (!wanted)
        return 0;
    parts->size += size;
    return at;
}

struct parts parts_for(const struct wanted *wanted) {
    struct parts parts = {.wanted = *wanted, .size = sizeof(struct sum)};
    parts.total = part_of(&parts, wanted->total, sizeof(struct narrow_total));
    for (int i = OF_VALUES; i <= OF_WEIGHTS; i++)
        parts.decimals[i] =
            part_of(&parts, i == OF_VALUES ? wanted->decimal : wanted->weights,
                    sizeof(struct narrow_decimal));
    parts.moments =
        part_of(&parts, wanted->moments, sizeof(struct narrow_moments));
    parts.extremes =
        part_of(&parts, wanted->extremes, 2 * sizeof(struct extreme));
    parts.kept = part_of(&parts, wanted->values, sizeof(struct kept));
    parts.has_others = !wanted->total || wanted->decimal || wanted->moments ||
                       wanted->extremes || wanted->values;
    parts.wide_size = parts.size +
                      (wanted->total ? sizeof(tally_accumulator) : 0) +
                      (wanted->decimal ? sizeof(tally_decimal) : 0) +
                      (wanted->weights ? 2 * sizeof(tally_decimal) : 0) +
                      (wanted->moments ? sizeof(tally_moments) : 0);
    return parts;
}

static void *part_at(const struct sum *sum, size_t offset) {
    return offset == 0 ? NULL : (char *)sum + offset;
}

static struct narrow_total *total_of(const struct sum *sum) {
    return part_at(sum, sum->parts->total);
}

static struct narrow_decimal *decimal_of(const struct sum *sum,
                                         enum decimals which) {
    return part_at(sum, sum->parts->decimals[which]);
}

static struct narrow_moments *moments_of(const struct sum *sum) {
    return part_at(sum, sum->parts->moments);
}

struct extreme *sum_extremes(const struct sum *sum) {
    return part_at(sum, sum->parts->extremes);
}

struct kept *sum_kept(const struct sum *sum) {
    return part_at(sum, sum->parts->kept);
}

const tally_accumulator *sum_total(const struct sum *sum,
                                   tally_accumulator *room) {
    return total_of(sum) == NULL ? NULL : read_total(total_of(sum), room);
}

const tally_decimal *sum_decimal(const struct sum *sum, enum decimals which,
                                 tally_decimal *room) {
    const struct narrow_decimal *decimal = decimal_of(sum, which);
    return decimal == NULL ? NULL : read_decimal(decimal, sum->count, room);
}

const tally_moments *sum_moments(const struct sum *sum, tally_moments *room) {
    return moments_of(sum) == NULL ? NULL : read_moments(moments_of(sum), room);
}

tally_accumulator *wide_sum_total(struct sum *sum) {
    return total_of(sum) == NULL ? NULL : widen_total(total_of(sum));
}

tally_decimal *wide_sum_decimal(struct sum *sum, enum decimals which) {
    struct narrow_decimal *decimal = decimal_of(sum, which);
    return decimal == NULL ? NULL : widen_decimal(decimal, sum->count);
}

tally_moments *wide_sum_moments(struct sum *sum) {
    return moments_of(sum) == NULL ? NULL : widen_moments(moments_of(sum));
}

struct sum *sum_at(struct sum *sums, size_t index) {
    return (struct sum *)((char *)sums + index * sums->parts->size);
}

void begin_sums(struct sum *sums, const struct parts *parts, size_t count) {
    if (count > 0)
        sums->parts = parts;
    for (size_t i = 1; i < count; i++)
        sum_at(sums, i)->parts = parts;
}

struct sum *new_sum(const struct parts *parts) {
    struct sum *sum = resize(NULL, 1, parts->size);
    memset(sum, 0, parts->size);
    begin_sums(sum, parts, 1);
    return sum;
}

void widen_sum(struct sum *sum) {
    (void)wide_sum_total(sum);
    for (int i = OF_VALUES; i <= OF_WEIGHTS; i++)
        (void)wide_sum_decimal(sum, i);
    (void)wide_sum_moments(sum);
}

void free_sums(struct sum *sums, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct sum *sum = sum_at(sums, i);
        struct extreme *extremes = sum_extremes(sum);
        if (total_of(sum) != NULL)
            free_total(total_of(sum));
        for (int j = OF_VALUES; j <= OF_WEIGHTS; j++)
            if (decimal_of(sum, j) != NULL)
                free_decimal(decimal_of(sum, j));
        if (moments_of(sum) != NULL)
            free_moments(moments_of(sum));
        if (extremes != NULL) {
            free(extremes[0].text);
            free(extremes[1].text);
        }
        if (sum_kept(sum) != NULL)
            free(sum_kept(sum)->values);
    }
}

/* Statuses that are about the text; all others end the program. */
static tally_status of_text(tally_status status) {
    if (status != TALLY_OK && status != TALLY_PARSE && status != TALLY_OVERFLOW)
        must(status);
    return status;
}

/* True if all numbers in a text of numbers are written as integers. */
static bool has_only_integers(const char *text, size_t size) {
    const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;
    for (; size >= 8; text += 8, size -= 8) {
        uint64_t eight, points;
        memcpy(&eight, text, 8);
        points = eight ^ ones * '.';
        /* A byte from 'A' on, or one that is a point. */
        if ((((eight + ones * (0x80 - 'A')) | eight) & highs) != 0 ||
            ((points - ones) & ~points & highs) != 0)
            return false;
    }
    for (size_t i = 0; i < size; i++)
        if (text[i] == '.' || text[i] >= 'A')
            return false;
    return true;
}

static void keep_value(struct kept *kept, double value) {
    if (kept->count == kept->capacity) {
        kept->capacity = kept->capacity * 2 + 16;
        kept->values =
            resize(kept->values, kept->capacity, sizeof *kept->values);
    }
    kept->values[kept->count++] = value;
}

/* Makes a value the extreme if it is less, times `direction`. NaN is kept. */
static void update_extreme(struct extreme *extreme, int direction,
                           const char *text, size_t size, double nearest) {
    int order = 0;
    if (extreme->text != NULL) {
        if (isnan(extreme->nearest))
            return;
        order = isnan(nearest) ? -direction
                               : (nearest > extreme->nearest) -
                                     (nearest < extreme->nearest);
        /* Numbers may differ where their nearest doubles are equal. */
        if (order == 0)
            order = compare_numbers(text, size, extreme->text, extreme->size);
        if (order * direction >= 0)
            return;
    }
    extreme->text = resize(extreme->text, size + 1, 1);
    memcpy(extreme->text, text, size);
    extreme->text[size] = '\0';
    extreme->size = size;
    extreme->nearest = nearest;
}

/* Adds to the parts that are not the total; the status is that of the total. */
static tally_status add_to_others(struct sum *sum, const char *text,
                                  size_t size, tally_status status) {
    const struct parts *parts = sum->parts;
    struct extreme *extremes = sum_extremes(sum);
    if (parts->decimals[OF_VALUES] != 0 && status == TALLY_OK)
        status = of_text(narrow_decimal_add(decimal_of(sum, OF_VALUES),
                                            sum->count, text, size));
    if (parts->moments != 0 && status == TALLY_OK)
        status = of_text(narrow_moments_add(moments_of(sum), text, size));
    if (parts->total == 0 && parts->decimals[OF_VALUES] == 0 &&
        parts->moments == 0) {
        size_t consumed, values;
        status = of_text(tally_accumulator_add_text(&checked, text, size, '\n',
                                                    1, &consumed, &values));
    }
    if (status != TALLY_OK || (parts->extremes == 0 && parts->kept == 0))
        return status;
    double nearest = read_double(text, size);
    if (parts->kept != 0)
        keep_value(sum_kept(sum), nearest);
    if (extremes != NULL) {
        update_extreme(&extremes[0], 1, text, size, nearest);
        update_extreme(&extremes[1], -1, text, size, nearest);
    }
    return TALLY_OK;
}

tally_status add_field(struct sum *sum, const char *text, size_t size) {
    tally_status status = TALLY_OK;
    if (size == 0 || text[size - 1] == '\r')
        return TALLY_PARSE;
    if (sum->parts->total != 0)
        status = of_text(narrow_total_add(total_of(sum), text, size));
    if (sum->parts->has_others)
        status = add_to_others(sum, text, size, status);
    if (status != TALLY_OK)
        return status;
    if (!sum->has_doubles)
        sum->has_doubles = !has_only_integers(text, size);
    sum->count++;
    return TALLY_OK;
}

tally_status add_weighted(struct sum *sum, const struct text *value,
                          const struct text *weight,
                          const struct text *product) {
    tally_status status = of_text(narrow_decimal_add(
        decimal_of(sum, OF_PRODUCTS), sum->count, product->at, product->size));
    if (status == TALLY_OK)
        status = of_text(narrow_decimal_add(
            decimal_of(sum, OF_WEIGHTS), sum->count, weight->at, weight->size));
    return status == TALLY_OK ? add_field(sum, value->at, value->size) : status;
}

void merge_sums(struct sum *into, const struct sum *from) {
    struct extreme *extremes = sum_extremes(into);
    const struct extreme *other = sum_extremes(from);
    if (total_of(into) != NULL)
        narrow_total_merge(total_of(into), total_of(from));
    for (int i = OF_VALUES; i <= OF_WEIGHTS; i++)
        if (decimal_of(into, i) != NULL)
            narrow_decimal_merge(decimal_of(into, i), into->count,
                                 decimal_of(from, i), from->count);
    if (moments_of(into) != NULL)
        narrow_moments_merge(moments_of(into), moments_of(from));
    into->count += from->count;
    into->has_doubles |= from->has_doubles;
    for (int i = 0; extremes != NULL && i < 2; i++)
        if (other[i].text != NULL)
            update_extreme(&extremes[i], i == 0 ? 1 : -1, other[i].text,
                           other[i].size, other[i].nearest);
}

bool takes_lines(const struct wanted *wanted) {
    return !wanted->extremes && !wanted->values;
}

/* The parts that take lines; NULL if they are not wanted. */
struct targets {
    tally_accumulator *total;
    tally_decimal *decimal;
    tally_moments *moments;
};

static tally_status add_to(const struct targets *to, int part, const char *text,
                           size_t size, bool last, size_t *done,
                           size_t *values) {
    switch (part) {
    case 0:
        return tally_accumulator_add_text(to->total, text, size, '\n', last,
                                          done, values);
    case 1:
        return tally_decimal_add_text(to->decimal, text, size, '\n', last, done,
                                      values);
    default:
        return tally_moments_add_text(to->moments, text, size, '\n', last, done,
                                      values);
    }
}

tally_status add_lines(struct sum *sum, const char *text, size_t size,
                       bool last, size_t *done, size_t *values) {
    struct targets to = {wide_sum_total(sum), wide_sum_decimal(sum, OF_VALUES),
                         wide_sum_moments(sum)};
    if (to.total == NULL && to.decimal == NULL && to.moments == NULL)
        to.total = &checked;
    const bool there[] = {to.total != NULL, to.decimal != NULL,
                          to.moments != NULL};
    const size_t whole = size;
    const bool whole_is_last = last;
    bool first = true;
    *done = 0;
    *values = 0;
    for (int part = 0; part < 3; part++) {
        if (!there[part])
            continue;
        tally_status status =
            of_text(add_to(&to, part, text, size, last, done, values));
        if (status != TALLY_OK) {
            if (!first)
                return status;
            /* Nothing was added; the text before that word is valid. */
            *values = 0;
            if (*done == 0)
                return TALLY_OK;
            size = *done;
            last = false;
            must(add_to(&to, part, text, size, last, done, values));
        } else if (first) {
            size = *done;
        }
        first = false;
    }
    if (!sum->has_doubles)
        sum->has_doubles = !has_only_integers(text, *done);
    /* Blanks before the remaining text may be a line, or the start of one. */
    if (*done < whole || !whole_is_last)
        while (*done > 0 && (text[*done - 1] == ' ' || text[*done - 1] == '\t'))
            (*done)--;
    sum->count += *values;
    return TALLY_OK;
}

/* Whether a part of a sum takes a word, be it out of range. */
static bool is_taken(const char *text, size_t size, bool decimal) {
    struct wanted wanted = {.total = !decimal, .decimal = decimal};
    struct parts parts = parts_for(&wanted);
    struct sum *sum = new_sum(&parts);
    bool taken = add_field(sum, text, size) != TALLY_PARSE;
    free_sums(sum, 1);
    free(sum);
    return taken;
}

bool is_number(const char *text, size_t size) {
    return memchr(text, '\n', size) == NULL &&
           (is_taken(text, size, false) || is_taken(text, size, true));
}
