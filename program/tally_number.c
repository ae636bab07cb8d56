#define _POSIX_C_SOURCE 200809L

#include "tally_number.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* Changes "-d.dddde-xxx" to the next number away from zero, unless all digits
 * are 9.
 */
static void next_away(char *text) {
    char *at = strchr(text, 'e');
    while (at-- > text) {
        if (*at == '9') {
            *at = '0';
        } else if (*at != '.') {
            if (*at != '-')
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
    if (strtod(text, NULL) == value)
        return true;
    int exponent;
    if (fabs(frexp(value, &exponent)) != 0.5)
        return false;
    next_away(text);
    return strtod(text, NULL) == value;
}

const char *write_double(char out[DOUBLE_TEXT_MAX], double value) {
    if (isnan(value))
        return strcpy(out, "nan");
    if (isinf(value))
        return strcpy(out, value < 0 ? "-inf" : "inf");

    /* "-d.dddde-xxx"; below the normal range fewer digits are enough. */
    char text[DOUBLE_TEXT_MAX];
    int precision = fabs(value) < DBL_MIN ? 0 : 14;
    while (!is_written(text, value, precision) && ++precision < 17)
        ;

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
