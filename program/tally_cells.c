#define _POSIX_C_SOURCE 200809L

#include "tally_cells.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tally_console.h"
#include "tally_digits.h"
#include "tally_number.h"
#include "tally_product.h"

/* A total of 2^63 integers below 2^1024 has at most 328 digits and a sign. */
#define TOTAL_TEXT_MAX 336

/* Digits after the point that a mean may have beyond those of the values. */
#define MORE_PLACES 6
#define MOST_PLACES 342

struct total write_total(const struct sum *sum, struct text *out) {
    struct total total = {0};
    tally_accumulator room;
    const tally_accumulator *exact = sum_total(sum, &room);
    tally_status status = tally_accumulator_value_f64(exact, &total.nearest);
    if (status != TALLY_OVERFLOW)
        must(status);
    else
        total.too_large = sum->has_doubles;
    if (total.nearest == 0)
        total.nearest = 0; /* no sign */
    text_clear(out);
    if (sum->has_doubles) {
        out->size += strlen(
            write_double(text_room(out, DOUBLE_TEXT_MAX), total.nearest));
    } else {
        size_t needed;
        must(tally_accumulator_value_text(
            exact, 0, text_room(out, TOTAL_TEXT_MAX), TOTAL_TEXT_MAX, &needed));
        out->size += needed;
    }
    return total;
}

typedef tally_status (*decimal_writer)(const tally_decimal *, int,
                                       tally_rounding, char *, size_t,
                                       size_t *);

static void write_decimal(decimal_writer write, const tally_decimal *decimal,
                          int digits, tally_rounding rounding,
                          struct text *out) {
    size_t size;
    text_clear(out);
    must(write(decimal, digits, rounding, NULL, 0, &size));
    must(write(decimal, digits, rounding, text_room(out, size), size + 1,
               &size));
    out->size += size;
}

/* Rounds a double as the decimal number that it is written as. */
static void write_rounded(const struct options *options, double value,
                          struct text *out) {
    tally_decimal decimal = TALLY_DECIMAL_INIT;
    must(tally_decimal_add_one_f64(&decimal, value));
    write_decimal(tally_decimal_value_text_rounded, &decimal, options->digits,
                  options->rounding, out);
}

/* False if the value is beyond the range of a double: an infinity then. */
static bool write_value(const struct options *options, tally_status status,
                        double value, struct text *out) {
    if (status != TALLY_OVERFLOW)
        must(status);
    if (value == 0)
        value = 0; /* no sign */
    text_clear(out);
    if (options->digits >= 0 && isfinite(value))
        write_rounded(options, value, out);
    else
        out->size +=
            strlen(write_double(text_room(out, DOUBLE_TEXT_MAX), value));
    return status == TALLY_OK;
}

static bool write_sum(const struct options *options, const struct sum *sum,
                      struct text *out) {
    struct total total = write_total(sum, out);
    if (options->digits < 0 || !isfinite(total.nearest) || total.too_large)
        return !total.too_large;
    if (sum->has_doubles) {
        write_rounded(options, total.nearest, out);
    } else if (options->digits > 0) {
        text_puts(out, ".");
        for (int i = 0; i < options->digits; i++)
            text_puts(out, "0");
    }
    return true;
}

/* How many digits a number has after its point, as written. */
static int places_of(const struct text *text) {
    const char *point = strchr(text->at, '.');
    return point == NULL ? 0 : (int)strlen(point + 1);
}

/* Takes zeros off the end, down to as many places as are said. */
static void trim_zeros(struct text *text, int places) {
    for (int i = places_of(text); i > places && text->at[text->size - 1] == '0';
         i--)
        text->size--;
    if (text->size > 0 && text->at[text->size - 1] == '.')
        text->size--;
    text->at[text->size] = '\0';
}

static void write_decimal_mean(const struct options *options,
                               const tally_decimal *decimal, struct text *out) {
    if (options->digits >= 0) {
        write_decimal(tally_decimal_mean_text_rounded, decimal, options->digits,
                      options->rounding, out);
        return;
    }
    write_decimal(tally_decimal_value_text_rounded, decimal,
                  TALLY_DECIMAL_AS_WRITTEN, options->rounding, out);
    int written = places_of(out), most = written + MORE_PLACES;
    write_decimal(tally_decimal_mean_text_rounded, decimal,
                  most < MOST_PLACES ? most : MOST_PLACES, options->rounding,
                  out);
    trim_zeros(out, written);
}

/* The total of the products by that of the weights. */
static void write_weighted_mean(const struct options *options,
                                const struct sum *sum, struct text *out) {
    struct text weighted = {0}, weights = {0};
    tally_decimal room;
    write_decimal(tally_decimal_value_text_rounded,
                  sum_decimal(sum, OF_PRODUCTS, &room),
                  TALLY_DECIMAL_AS_WRITTEN, options->rounding, &weighted);
    write_decimal(tally_decimal_value_text_rounded,
                  sum_decimal(sum, OF_WEIGHTS, &room), TALLY_DECIMAL_AS_WRITTEN,
                  options->rounding, &weights);
    int written = places_of(&weighted), digits = options->digits;
    struct digits divisor;
    text_clear(out);
    if (!read_digits_of(weights.at, weights.size, &divisor)) {
        text_puts(out, "nan");
    } else if (divisor.count == 0) {
        text_puts(out, "NA");
    } else if (special_of(weighted.at, weighted.size) != SPECIAL_NONE) {
        /* An infinity, by a sign, or a NaN. */
        write_product(weighted.at, weighted.size, weights.at, weights.size,
                      out);
    } else {
        if (digits < 0)
            digits = written + MORE_PLACES < MOST_PLACES ? written + MORE_PLACES
                                                         : MOST_PLACES;
        write_quotient(weighted.at, weights.at, digits, options->rounding, out);
        if (options->digits < 0)
            trim_zeros(out, written);
    }
    text_free(&weighted);
    text_free(&weights);
}

/* The fewest values that a statistic needs. */
static uint64_t fewest_for(enum statistic statistic) {
    switch (statistic) {
    case MEAN:
    case PVAR:
    case PSD:
    case LEAST:
    case GREATEST:
        return 1;
    case VAR:
    case SD:
        return 2;
    default:
        return 0;
    }
}

static bool write_moment(const struct options *options, const struct sum *sum,
                         enum statistic statistic, struct text *out) {
    size_t ddof = statistic == VAR || statistic == SD ? 1 : 0;
    double value = 0;
    tally_moments room;
    const tally_moments *moments = sum_moments(sum, &room);
    tally_status status =
        statistic == VAR || statistic == PVAR
            ? tally_moments_variance_f64(moments, ddof, &value)
            : tally_moments_standard_deviation_f64(moments, ddof, &value);
    return write_value(options, status, value, out);
}

bool write_statistic(const struct options *options, const struct sum *sum,
                     enum statistic statistic, struct text *out) {
    char count[24];
    tally_accumulator total;
    tally_decimal decimal;
    double value = 0;
    tally_status status;
    text_clear(out);
    if (sum->count < fewest_for(statistic)) {
        text_puts(out, "NA");
        return true;
    }
    switch (statistic) {
    case SUM:
        return write_sum(options, sum, out);
    case DECIMAL:
        write_decimal(tally_decimal_value_text_rounded,
                      sum_decimal(sum, OF_VALUES, &decimal),
                      options->digits < 0 ? TALLY_DECIMAL_AS_WRITTEN
                                          : options->digits,
                      options->rounding, out);
        return true;
    case MEAN:
        if (sum->parts->wanted.weights) {
            write_weighted_mean(options, sum, out);
            return true;
        }
        if (sum->parts->wanted.decimal) {
            write_decimal_mean(options, sum_decimal(sum, OF_VALUES, &decimal),
                               out);
            return true;
        }
        status = tally_accumulator_mean_f64(sum_total(sum, &total), &value);
        return write_value(options, status, value, out);
    case LEAST:
        text_put(out, sum_extremes(sum)[0].text, sum_extremes(sum)[0].size);
        return true;
    case GREATEST:
        text_put(out, sum_extremes(sum)[1].text, sum_extremes(sum)[1].size);
        return true;
    case COUNT:
        snprintf(count, sizeof count, "%" PRIu64, sum->count);
        text_puts(out, count);
        return true;
    default:
        return write_moment(options, sum, statistic, out);
    }
}
