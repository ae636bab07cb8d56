#define _POSIX_C_SOURCE 200809L

#include "tally_digits.h"

#include <string.h>
#include <strings.h>

/* Beyond any number of digits that fits into memory. */
#define FARTHEST ((int64_t)1 << 58)

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Reads the exponent behind an "e"; false if there is none. */
static bool read_exponent(const char *at, const char *end, int64_t *exponent) {
    bool negative = at < end && *at == '-';
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    if (at == end)
        return false;
    for (*exponent = 0; at < end; at++) {
        if (!is_digit(*at))
            return false;
        if (*exponent < FARTHEST)
            *exponent = *exponent * 10 + (*at - '0');
    }
    if (negative)
        *exponent = -*exponent;
    return true;
}

bool read_digits_of(const char *text, size_t size, struct digits *digits) {
    const char *at = text, *end = text + size, *last = NULL;
    int64_t exponent = 0, behind = 0; /* digits that follow the point */
    int64_t skipped = 0;              /* zeros since the last other digit */
    bool any = false, point = false;
    digits->negative = at < end && *at == '-';
    digits->first = NULL;
    digits->count = 0;
    if (at < end && (*at == '-' || *at == '+'))
        at++;
    for (; at < end && (is_digit(*at) || (*at == '.' && !point)); at++) {
        if (*at == '.') {
            point = true;
            continue;
        }
        any = true;
        behind += point;
        if (*at != '0') {
            if (digits->first == NULL)
                digits->first = at;
            else
                digits->count += (size_t)skipped;
            digits->count++;
            skipped = 0;
            last = at;
        } else if (last != NULL) {
            skipped++;
        }
    }
    if (!any || (at < end && ((*at != 'e' && *at != 'E') ||
                              !read_exponent(at + 1, end, &exponent))))
        return false;
    digits->written = behind - exponent;
    if (digits->written < 0)
        digits->written = 0;
    digits->exponent = digits->count > 0 ? exponent - behind + skipped : 0;
    return true;
}

enum special special_of(const char *text, size_t size) {
    static const char *const words[] = {"nan", "inf", "infinity"};
    bool negative = size > 0 && *text == '-';
    if (size > 0 && (*text == '-' || *text == '+')) {
        text++;
        size--;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == size && strncasecmp(text, words[i], size) == 0)
            return i == 0     ? SPECIAL_NAN
                   : negative ? SPECIAL_MINUS
                              : SPECIAL_PLUS;
    return SPECIAL_NONE;
}

bool is_written_number(const char *text, size_t size) {
    struct digits digits;
    return read_digits_of(text, size, &digits) ||
           special_of(text, size) != SPECIAL_NONE;
}

int compare_numbers(const char *a, size_t a_size, const char *b,
                    size_t b_size) {
    struct digits x, y;
    if (!read_digits_of(a, a_size, &x) || !read_digits_of(b, b_size, &y))
        return 0;
    int x_sign = x.count == 0 ? 0 : x.negative ? -1 : 1;
    int y_sign = y.count == 0 ? 0 : y.negative ? -1 : 1;
    if (x_sign != y_sign || x_sign == 0)
        return (x_sign > y_sign) - (x_sign < y_sign);
    /* Where the first digit stands. */
    int64_t x_top = x.exponent + (int64_t)x.count;
    int64_t y_top = y.exponent + (int64_t)y.count;
    if (x_top != y_top)
        return x_top > y_top ? x_sign : -x_sign;
    const char *p = x.first, *q = y.first;
    for (size_t i = 0; i < x.count || i < y.count; i++) {
        if (i < x.count && *p == '.')
            p++;
        if (i < y.count && *q == '.')
            q++;
        char c = i < x.count ? *p++ : '0', d = i < y.count ? *q++ : '0';
        if (c != d)
            return c > d ? x_sign : -x_sign;
    }
    return 0;
}
