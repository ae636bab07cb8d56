#define _POSIX_C_SOURCE 200809L

#include "tally_number.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tally.h>

#include "tally_console.h"

double read_double(const char *text, size_t size) {
    tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
    size_t consumed, values;
    double value;
    if (tally_accumulator_add_text(&sum, text, size, '\n', 1, &consumed,
                                   &values) != TALLY_OK)
        return *text == '-' ? -HUGE_VAL : HUGE_VAL;
    must(tally_accumulator_value_f64(&sum, &value));
    return value;
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

/* Changes "d.dddde-xxx" to the next larger number, unless all digits are 9. */
static void next_larger(char *text) {
    char *at = strchr(text, 'e');
    while (at-- > text) {
        if (*at == '9') {
            *at = '0';
        } else if (*at != '.') {
            ++*at;
            return;
        }
    }
}

/* Whether a text with this many digits reads back as the value. Doubles below a
 * power of two lie closer together than those above it, so the nearest text may
 * read back as another double where the next text does not. */
static bool is_written(char text[DOUBLE_TEXT_MAX], double value,
                       int precision) {
    snprintf(text, DOUBLE_TEXT_MAX, "%.*e", precision, value);
    if (read_double(text, strlen(text)) == value)
        return true;
    int exponent;
    if (fabs(frexp(value, &exponent)) != 0.5)
        return false;
    next_larger(text);
    return read_double(text, strlen(text)) == value;
}

/*
 * The digits of a positive number of at most 15 digits, of which few follow the
 * point. The quotient of two small integers is the double nearest to the
 * decimal that it stands for; of at most 15 digits no other decimal is as near.
 */
static int few_digits(double value, char digit[24], int *exponent) {
    double power = 1;
    for (int places = 0; places <= 6; places++, power *= 10) {
        double integer = floor(value * power + 0.5);
        if (integer >= 1e15)
            return 0;
        if (integer / power == value) {
            int count = snprintf(digit, 24, "%" PRId64, (int64_t)integer);
            *exponent = count - 1 - places;
            return count;
        }
    }
    return 0;
}

/* The fewest digits that read back as the value. Returns how many. */
static int shortest_digits(double value, char digit[24], int *exponent) {
    /* "d.dddde-xxx"; below the normal range fewer digits are enough. */
    char text[DOUBLE_TEXT_MAX];
    int precision = value < DBL_MIN ? 0 : 14, count = 0;
    while (!is_written(text, value, precision) && ++precision < 17)
        ;
    const char *at = text;
    for (; *at != 'e'; at++)
        if (*at != '.')
            digit[count++] = *at;
    *exponent = atoi(at + 1);
    return count;
}

const char *write_double(char out[DOUBLE_TEXT_MAX], double value) {
    if (isnan(value))
        return strcpy(out, "nan");
    if (isinf(value))
        return strcpy(out, value < 0 ? "-inf" : "inf");

    char digit[24], *to = out;
    int exponent;
    if (signbit(value))
        *to++ = '-';
    int count = few_digits(fabs(value), digit, &exponent);
    if (count == 0)
        count = shortest_digits(fabs(value), digit, &exponent);
    while (count > 1 && digit[count - 1] == '0')
        count--;
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
