#define _POSIX_C_SOURCE 200809L

#include "tally_product.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tally_console.h"
#include "tally_digits.h"

/* More significant digits than a number that a decimal takes has. */
#define MOST_SIGNIFICANT 2000
/* More zeros than such a number needs: then an exponent is written. */
#define MOST_ZEROS 700

/* The digits of a number as numbers from 0 to 9. The caller frees them. */
static unsigned char *values_of(const struct digits *digits, size_t zeros) {
    unsigned char *values = resize(NULL, digits->count + zeros, 1);
    const char *at = digits->first;
    for (size_t i = 0; i < digits->count; at++)
        if (*at != '.')
            values[i++] = (unsigned char)(*at - '0');
    memset(values + digits->count, 0, zeros);
    return values;
}

/* Writes the digits of a product, with zeros before them; returns how many. */
static size_t multiply(const struct digits *a, const struct digits *b,
                       struct text *out) {
    size_t count = a->count + b->count;
    unsigned char *x = values_of(a, 0), *y = values_of(b, 0);
    unsigned *sums = resize(NULL, count, sizeof *sums);
    memset(sums, 0, count * sizeof *sums);
    /* At most 2000 times 81: no carry is needed on the way. */
    for (size_t i = 0; i < a->count; i++)
        for (size_t j = 0; j < b->count; j++)
            sums[i + j + 1] += (unsigned)x[i] * y[j];
    char *to = text_room(out, count);
    unsigned carry = 0;
    for (size_t i = count; i > 0; i--) {
        carry += sums[i - 1];
        to[i - 1] = (char)('0' + carry % 10);
        carry /= 10;
    }
    to[count] = '\0';
    out->size += count;
    free(x);
    free(y);
    free(sums);
    return count;
}

/* Digits, which end out, become a number with `places` after the point. */
static void put_point(struct text *out, size_t from, size_t places) {
    while (out->size - from <= places) {
        text_room(out, 1);
        memmove(out->at + from + 1, out->at + from, out->size - from + 1);
        out->at[from] = '0';
        out->size++;
    }
    size_t zeros = strspn(out->at + from, "0");
    if (zeros > out->size - from - places - 1)
        zeros = out->size - from - places - 1;
    memmove(out->at + from, out->at + from + zeros,
            out->size - from - zeros + 1);
    out->size -= zeros;
    if (places == 0)
        return;
    text_room(out, 1);
    char *point = out->at + out->size - places;
    memmove(point + 1, point, places + 1);
    *point = '.';
    out->size++;
}

static void put_zeros(struct text *out, size_t count) {
    char *to = text_room(out, count);
    memset(to, '0', count);
    to[count] = '\0';
    out->size += count;
}

static void write_special(enum special a, enum special b, bool negative,
                          bool has_zero, struct text *out) {
    if (a == SPECIAL_NAN || b == SPECIAL_NAN || has_zero)
        text_puts(out, "nan");
    else
        text_puts(out, negative ? "-inf" : "inf");
}

int write_product(const char *a, size_t a_size, const char *b, size_t b_size,
                  struct text *out) {
    struct digits x = {0}, y = {0};
    bool x_finite = read_digits_of(a, a_size, &x);
    bool y_finite = read_digits_of(b, b_size, &y);
    enum special p = x_finite ? SPECIAL_NONE : special_of(a, a_size);
    enum special q = y_finite ? SPECIAL_NONE : special_of(b, b_size);
    bool negative = (x_finite ? x.negative : p == SPECIAL_MINUS) !=
                    (y_finite ? y.negative : q == SPECIAL_MINUS);
    text_clear(out);
    if (!x_finite || !y_finite) {
        bool has_zero =
            (x_finite && x.count == 0) || (y_finite && y.count == 0);
        write_special(p, q, negative, has_zero, out);
        return 0;
    }
    if (x.count > MOST_SIGNIFICANT)
        return 1;
    if (y.count > MOST_SIGNIFICANT)
        return 2;
    int64_t places = x.written + y.written;
    int64_t zeros = x.exponent + y.exponent + places;
    bool is_zero = x.count == 0 || y.count == 0;
    if (negative && !is_zero)
        text_puts(out, "-");
    size_t from = out->size;
    if (is_zero) {
        text_puts(out, "0");
        put_point(out, from, places > MOST_ZEROS ? 0 : (size_t)places);
    } else if (x.count + y.count <= 18 && places <= MOST_ZEROS &&
               zeros <= MOST_ZEROS) {
        /* Prices and quantities. */
        char digits[24];
        uint64_t factor[2] = {0, 0};
        const struct digits *both[2] = {&x, &y};
        for (int i = 0; i < 2; i++) {
            const char *at = both[i]->first;
            for (size_t j = 0; j < both[i]->count; at++)
                if (*at != '.') {
                    factor[i] = factor[i] * 10 + (uint64_t)(*at - '0');
                    j++;
                }
        }
        snprintf(digits, sizeof digits, "%" PRIu64, factor[0] * factor[1]);
        text_puts(out, digits);
        put_zeros(out, (size_t)zeros);
        put_point(out, from, (size_t)places);
    } else {
        multiply(&x, &y, out);
        if (places <= MOST_ZEROS && zeros <= MOST_ZEROS) {
            put_zeros(out, (size_t)zeros);
            put_point(out, from, (size_t)places);
        } else {
            char exponent[32];
            snprintf(exponent, sizeof exponent, "e%" PRId64,
                     x.exponent + y.exponent);
            text_puts(out, exponent);
        }
    }
    return 0;
}

/* Compares two numbers of as many digits. */
static int compare(const unsigned char *a, const unsigned char *b,
                   size_t count) {
    return memcmp(a, b, count);
}

/* a -= b, of as many digits; a is not less. */
static void subtract(unsigned char *a, const unsigned char *b, size_t count) {
    int borrow = 0;
    for (size_t i = count; i > 0; i--) {
        int digit = a[i - 1] - b[i - 1] - borrow;
        borrow = digit < 0;
        a[i - 1] = (unsigned char)(digit + (borrow ? 10 : 0));
    }
}

/* How the digits that are cut off, doubled, compare with the divisor. */
static int compare_twice(const unsigned char *rest,
                         const unsigned char *divisor, size_t count) {
    unsigned char *twice = resize(NULL, count, 1);
    int carry = 0;
    for (size_t i = count; i > 0; i--) {
        int digit = 2 * rest[i - 1] + carry;
        carry = digit / 10;
        twice[i - 1] = (unsigned char)(digit % 10);
    }
    int order = carry > 0 ? 1 : compare(twice, divisor, count);
    free(twice);
    return order;
}

/* Whether a magnitude is rounded up, given its rest beside half a unit. */
static bool rounds_up(tally_rounding rounding, bool negative, bool exact,
                      int half, bool odd) {
    switch (rounding) {
    case TALLY_ROUND_HALF_EVEN:
        return half > 0 || (half == 0 && odd);
    case TALLY_ROUND_HALF_UP:
        return half >= 0;
    case TALLY_ROUND_UP:
        return !exact;
    case TALLY_ROUND_CEILING:
        return !exact && !negative;
    case TALLY_ROUND_FLOOR:
        return !exact && negative;
    default:
        return false;
    }
}

/* Adds 1 to the digits that end `out`, from there. */
static void increment(struct text *out, size_t from) {
    size_t at = out->size;
    while (at > from && out->at[at - 1] == '9')
        out->at[--at] = '0';
    if (at > from) {
        out->at[at - 1]++;
        return;
    }
    text_room(out, 1);
    memmove(out->at + from + 1, out->at + from, out->size - from + 1);
    out->at[from] = '1';
    out->size++;
}

void write_quotient(const char *a, const char *b, int digits,
                    tally_rounding rounding, struct text *out) {
    struct digits x, y;
    bool read = read_digits_of(a, strlen(a), &x);
    read = read_digits_of(b, strlen(b), &y) && read;
    (void)read; /* they are numbers that the library wrote */
    /* x * 10^shift / y, as integers, has the digits that are wanted. */
    int64_t shift = x.exponent - y.exponent + digits;
    size_t x_zeros = shift > 0 ? (size_t)shift : 0;
    size_t y_zeros = shift < 0 ? (size_t)-shift : 0;
    unsigned char *dividend = values_of(&x, x_zeros);
    /* One digit more, which the rest needs before it is reduced. */
    size_t width = y.count + y_zeros + 1;
    unsigned char *divisor = resize(NULL, width, 1);
    unsigned char *tail = values_of(&y, y_zeros);
    divisor[0] = 0;
    memcpy(divisor + 1, tail, width - 1);
    unsigned char *rest = resize(NULL, width, 1);
    memset(rest, 0, width);

    bool negative = x.negative != y.negative;
    text_clear(out);
    text_puts(out, "0");
    for (size_t i = 0; i < x.count + x_zeros; i++) {
        memmove(rest, rest + 1, width - 1);
        rest[width - 1] = dividend[i];
        char digit[2] = "0";
        while (compare(rest, divisor, width) >= 0) {
            subtract(rest, divisor, width);
            digit[0]++;
        }
        text_puts(out, digit);
    }
    bool exact = true;
    for (size_t i = 0; i < width; i++)
        exact &= rest[i] == 0;
    if (rounds_up(rounding, negative, exact,
                  compare_twice(rest, divisor, width),
                  (out->at[out->size - 1] - '0') % 2 == 1))
        increment(out, 0);
    put_point(out, 0, (size_t)digits);
    /* As everywhere, zero has no sign. */
    if (negative && strspn(out->at, "0.") < out->size) {
        text_room(out, 1);
        memmove(out->at + 1, out->at, out->size + 1);
        out->at[0] = '-';
        out->size++;
    }
    free(dividend);
    free(divisor);
    free(tail);
    free(rest);
}
