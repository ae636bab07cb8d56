#define _POSIX_C_SOURCE 200809L

#include "tally_sums.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tally_console.h"
#include "tally_digits.h"

/*
 * Receives values of which no requested statistic checks that they are numbers.
 * Its total is not used.
 */
static tally_accumulator checked;

/* Hands out `size` bytes of a block that has room for them. */
static void *take(char **block, size_t size) {
    void *taken = *block;
    *block += size;
    return taken;
}

struct sum *new_sums(const struct wanted *wanted, size_t count) {
    size_t size = sizeof(struct sum);
    size += wanted->total ? sizeof(tally_accumulator) : 0;
    size += wanted->decimal ? sizeof(tally_decimal) : 0;
    size += wanted->moments ? sizeof(tally_moments) : 0;
    size += wanted->extremes ? 2 * sizeof(struct extreme) : 0;
    size += wanted->values ? sizeof(struct kept) : 0;
    size += wanted->weights ? 2 * sizeof(tally_decimal) : 0;
    /* One block for all of them. All bytes zero: empty. */
    char *block = resize(NULL, count, size);
    memset(block, 0, count * size);
    struct sum *sums = take(&block, count * sizeof *sums);
    for (size_t i = 0; i < count; i++) {
        struct sum *sum = &sums[i];
        if (wanted->total)
            sum->total = take(&block, sizeof *sum->total);
        if (wanted->decimal)
            sum->decimal = take(&block, sizeof *sum->decimal);
        if (wanted->moments)
            sum->moments = take(&block, sizeof *sum->moments);
        if (!wanted->total && !wanted->decimal && !wanted->moments)
            sum->total = &checked;
        if (wanted->extremes) {
            sum->least = take(&block, sizeof *sum->least);
            sum->greatest = take(&block, sizeof *sum->greatest);
        }
        if (wanted->values)
            sum->kept = take(&block, sizeof *sum->kept);
        if (wanted->weights) {
            sum->weighted = take(&block, sizeof *sum->weighted);
            sum->weights = take(&block, sizeof *sum->weights);
        }
    }
    return sums;
}

void free_sums(struct sum *sums, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (sums[i].least != NULL) {
            free(sums[i].least->text);
            free(sums[i].greatest->text);
        }
        if (sums[i].kept != NULL)
            free(sums[i].kept->values);
    }
    free(sums);
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

tally_status add_field(struct sum *sum, const char *text, size_t size) {
    size_t consumed, values;
    tally_status status = TALLY_OK;
    if (size == 0 || text[size - 1] == '\r')
        return TALLY_PARSE;
    if (sum->total != NULL)
        status = of_text(tally_accumulator_add_text(
            sum->total, text, size, '\n', 1, &consumed, &values));
    if (sum->decimal != NULL && status == TALLY_OK)
        status = of_text(tally_decimal_add_text(sum->decimal, text, size, '\n',
                                                1, &consumed, &values));
    if (sum->moments != NULL && status == TALLY_OK)
        status = of_text(tally_moments_add_text(sum->moments, text, size, '\n',
                                                1, &consumed, &values));
    if (status != TALLY_OK)
        return status;
    if (!sum->has_doubles)
        sum->has_doubles = !has_only_integers(text, size);
    if (sum->least != NULL || sum->kept != NULL) {
        /* Every number that the library accepts is one for strtod() too. */
        double nearest = strtod(text, NULL);
        if (sum->kept != NULL)
            keep_value(sum->kept, nearest);
        if (sum->least != NULL) {
            update_extreme(sum->least, 1, text, size, nearest);
            update_extreme(sum->greatest, -1, text, size, nearest);
        }
    }
    sum->count++;
    return TALLY_OK;
}

tally_status add_weighted(struct sum *sum, const struct text *value,
                          const struct text *weight,
                          const struct text *product) {
    size_t consumed, values;
    tally_status status = of_text(
        tally_decimal_add_text(sum->weighted, product->at, product->size, '\n',
                               1, &consumed, &values));
    if (status == TALLY_OK)
        status = of_text(tally_decimal_add_text(sum->weights, weight->at,
                                                weight->size, '\n', 1,
                                                &consumed, &values));
    return status == TALLY_OK ? add_field(sum, value->at, value->size) : status;
}

bool has_total(const struct sum *sum) {
    return sum->total != NULL && sum->total != &checked;
}

void merge_sums(struct sum *into, const struct sum *from) {
    into->count += from->count;
    into->has_doubles |= from->has_doubles;
    if (has_total(into))
        must(tally_accumulator_merge(into->total, from->total));
    if (into->decimal != NULL)
        must(tally_decimal_merge(into->decimal, from->decimal));
    if (into->moments != NULL)
        must(tally_moments_merge(into->moments, from->moments));
    if (into->weights != NULL) {
        must(tally_decimal_merge(into->weighted, from->weighted));
        must(tally_decimal_merge(into->weights, from->weights));
    }
    if (into->least == NULL || from->least->text == NULL)
        return;
    update_extreme(into->least, 1, from->least->text, from->least->size,
                   from->least->nearest);
    update_extreme(into->greatest, -1, from->greatest->text,
                   from->greatest->size, from->greatest->nearest);
}

bool takes_lines(const struct wanted *wanted) {
    return !wanted->extremes && !wanted->values;
}

/* One of the sum's parts. */
static tally_status add_to(struct sum *sum, int part, const char *text,
                           size_t size, bool last, size_t *done,
                           size_t *values) {
    switch (part) {
    case 0:
        return tally_accumulator_add_text(sum->total, text, size, '\n', last,
                                          done, values);
    case 1:
        return tally_decimal_add_text(sum->decimal, text, size, '\n', last,
                                      done, values);
    default:
        return tally_moments_add_text(sum->moments, text, size, '\n', last,
                                      done, values);
    }
}

tally_status add_lines(struct sum *sum, const char *text, size_t size,
                       bool last, size_t *done, size_t *values) {
    const bool there[] = {sum->total != NULL, sum->decimal != NULL,
                          sum->moments != NULL};
    const size_t whole = size;
    const bool whole_is_last = last;
    bool first = true;
    *done = 0;
    *values = 0;
    for (int part = 0; part < 3; part++) {
        if (!there[part])
            continue;
        tally_status status =
            of_text(add_to(sum, part, text, size, last, done, values));
        if (status != TALLY_OK) {
            if (!first)
                return status;
            /* Nothing was added; the text before that word is valid. */
            *values = 0;
            if (*done == 0)
                return TALLY_OK;
            size = *done;
            last = false;
            must(add_to(sum, part, text, size, last, done, values));
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

bool is_number(const char *text, size_t size) {
    struct wanted wanted = {.total = true};
    struct sum *total = new_sums(&wanted, 1);
    wanted.total = false;
    wanted.decimal = true;
    struct sum *decimal = new_sums(&wanted, 1);
    bool is_one = memchr(text, '\n', size) == NULL &&
                  (add_field(total, text, size) != TALLY_PARSE ||
                   add_field(decimal, text, size) != TALLY_PARSE);
    free_sums(total, 1);
    free_sums(decimal, 1);
    return is_one;
}
