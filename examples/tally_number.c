#define _POSIX_C_SOURCE 200809L

#include "tally_number.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static size_t digits(const char *text) {
    size_t count = 0;
    while (is_digit(text[count]))
        count++;
    return count;
}

/* True for digits with at most one point and perhaps an exponent, to the end.
 */
static bool is_decimal(const char *text, size_t size) {
    const char *at = text;
    size_t whole = digits(at);
    at += whole;
    if (*at == '.') {
        size_t fraction = digits(at + 1);
        if (whole + fraction == 0)
            return false;
        at += 1 + fraction;
    } else if (whole == 0) {
        return false;
    }
    if (*at == 'e' || *at == 'E') {
        at++;
        if (*at == '+' || *at == '-')
            at++;
        size_t exponent = digits(at);
        if (exponent == 0)
            return false;
        at += exponent;
    }
    /* A NUL byte inside the word stops the scan early. */
    return (size_t)(at - text) == size;
}

/* Reads text made of digits only. False when it needs more than 64 bits. */
static bool read_u64(const char *text, uint64_t *value) {
    uint64_t total = 0;
    for (; *text != '\0'; text++) {
        uint64_t digit = (uint64_t)(*text - '0');
        if (total > (UINT64_MAX - digit) / 10)
            return false;
        total = total * 10 + digit;
    }
    *value = total;
    return true;
}

struct number read_number(const char *text, size_t size) {
    struct number result = {NUMBER_BAD, {0}, NULL};
    bool negative = text[0] == '-';
    const char *rest = text + (negative || text[0] == '+');
    size_t rest_size = size - (size_t)(rest - text);
    uint64_t magnitude;

    bool whole = rest_size > 0 && digits(rest) == rest_size;

    if (whole && read_u64(rest, &magnitude)) {
        if (magnitude <= INT64_MAX) {
            result.kind = NUMBER_I64;
            result.value.i64 =
                negative ? -(int64_t)magnitude : (int64_t)magnitude;
            return result;
        }
        if (!negative) {
            result.kind = NUMBER_U64;
            result.value.u64 = magnitude;
            return result;
        }
        if (magnitude == (uint64_t)INT64_MAX + 1) {
            result.kind = NUMBER_I64;
            result.value.i64 = INT64_MIN;
            return result;
        }
    }
    if (is_decimal(rest, rest_size)) {
        errno = 0;
        result.value.f64 = strtod(text, NULL);
        /* A number too small for a double is as near to 0 as can be. */
        bool out = errno == ERANGE && isinf(result.value.f64);
        result.kind = out ? NUMBER_TOO_LARGE : whole ? NUMBER_WIDE : NUMBER_F64;
        result.digits = rest;
    } else if (strlen(rest) == rest_size) {
        if (strcasecmp(rest, "nan") == 0) {
            result.kind = NUMBER_F64;
            result.value.f64 = NAN;
        } else if (strcasecmp(rest, "inf") == 0 ||
                   strcasecmp(rest, "infinity") == 0) {
            result.kind = NUMBER_F64;
            result.value.f64 = negative ? -INFINITY : INFINITY;
        }
    }
    return result;
}

size_t integer_parts(double parts[INTEGER_PARTS_MAX],
                     const struct number *number) {
    uint32_t bits[INTEGER_PARTS_MAX]; /* the lowest first */
    size_t used = 0, count = 0;
    for (const char *at = number->digits; *at != '\0'; at++) {
        uint64_t carry = (uint64_t)(*at - '0');
        for (size_t i = 0; i < used; i++) {
            carry += (uint64_t)bits[i] * 10;
            bits[i] = (uint32_t)carry;
            carry >>= 32;
        }
        /* A finite double is near, so there is room. */
        if (carry > 0)
            bits[used++] = (uint32_t)carry;
    }
    for (size_t i = 0; i < used; i++) {
        double part = ldexp(bits[i], 32 * (int)i);
        if (bits[i] > 0)
            parts[count++] = number->value.f64 < 0 ? -part : part;
    }
    return count;
}

/* Lays digits out without an exponent; the point follows digit `point`. */
static void lay_out(char *out, const char *digit, int count, int point) {
    if (point < 0) {
        out += sprintf(out, "0.");
        for (int i = -1; i > point; i--)
            *out++ = '0';
        point = count - 1;
    }
    for (int i = 0; i < count || i <= point; i++) {
        *out++ = i < count ? digit[i] : '0';
        if (i == point && i + 1 < count)
            *out++ = '.';
    }
    *out = '\0';
}

const char *write_double(char out[DOUBLE_TEXT_MAX], double value) {
    if (isnan(value))
        return strcpy(out, "nan");
    if (isinf(value))
        return strcpy(out, value < 0 ? "-inf" : "inf");

    /* "-d.dddde-xxx"; below the normal range fewer digits are enough. */
    char text[DOUBLE_TEXT_MAX];
    int precision = fabs(value) < DBL_MIN ? 0 : 14;
    do
        snprintf(text, sizeof text, "%.*e", precision, value);
    while (strtod(text, NULL) != value && ++precision < 17);

    const char *at = text;
    char *to = out;
    if (*at == '-')
        *to++ = *at++;
    char digit[20];
    int count = 0;
    for (; *at != 'e'; at++)
        if (*at != '.')
            digit[count++] = *at;
    while (count > 1 && digit[count - 1] == '0')
        count--;
    int exponent = atoi(at + 1);
    if (exponent >= -5 && exponent < 16) {
        lay_out(to, digit, count, exponent);
    } else {
        *to++ = digit[0];
        if (count > 1)
            to += sprintf(to, ".%.*s", count - 1, digit + 1);
        sprintf(to, "e%+03d", exponent);
    }
    return out;
}
