#define _POSIX_C_SOURCE 200809L

#include "tally_money.h"

#include <string.h>

#include "tally_digits.h"

/* What is left of the text. */
struct rest {
    const char *at, *end;
};

static bool is_digit(const struct rest *rest) {
    return rest->at < rest->end && *rest->at >= '0' && *rest->at <= '9';
}

/* Takes a text off the front, if it is there. */
static bool take(struct rest *rest, const char *text) {
    size_t size = strlen(text);
    if ((size_t)(rest->end - rest->at) < size ||
        memcmp(rest->at, text, size) != 0)
        return false;
    rest->at += size;
    return true;
}

static bool take_space(struct rest *rest) {
    /* Beside a blank: the no-break space, the narrow one, the thin one. */
    return take(rest, " ") || take(rest, "\xc2\xa0") ||
           take(rest, "\xe2\x80\xaf") || take(rest, "\xe2\x80\x89");
}

static bool take_thousands(struct rest *rest, const char *thousands) {
    if (thousands == NULL)
        return false;
    return strcmp(thousands, SPELLING_SPACES) == 0 ? take_space(rest)
                                                   : take(rest, thousands);
}

/* A sign of a currency: $, a pound, a yen, or one of U+20A0 to U+20CF. */
static bool take_sign_of_currency(struct rest *rest) {
    if (take(rest, "$") || take(rest, "\xc2\xa3") || take(rest, "\xc2\xa5"))
        return true;
    bool is_sign = rest->end - rest->at >= 3 &&
                   memcmp(rest->at, "\xe2\x82", 2) == 0 &&
                   (unsigned char)rest->at[2] >= 0xa0;
    rest->at += is_sign ? 3 : 0;
    return is_sign;
}

/* A sign, three capital letters, or up to three of them and a sign: US$. */
static bool take_currency(struct rest *rest, char currency[CURRENCY_MAX]) {
    struct rest now = *rest;
    while (now.at < now.end && now.at - rest->at < 3 && *now.at >= 'A' &&
           *now.at <= 'Z')
        now.at++;
    size_t letters = (size_t)(now.at - rest->at);
    if (!take_sign_of_currency(&now) && letters != 3)
        return false;
    size_t size = (size_t)(now.at - rest->at);
    memcpy(currency, rest->at, size);
    currency[size] = '\0';
    *rest = now;
    return true;
}

struct sign {
    bool given, negative, opened, closed;
};

/* What may stand before or behind the digits of an amount. */
static bool take_decoration(struct rest *rest, struct sign *sign, bool before,
                            bool money, char currency[CURRENCY_MAX]) {
    if (!money && !before)
        return false;
    bool minus = false;
    if (!sign->given && !sign->opened &&
        ((minus = take(rest, "-")) || (before && take(rest, "+")) ||
         (money && (minus = take(rest, "\xe2\x88\x92"))))) {
        sign->given = true;
        sign->negative = minus;
        return true;
    }
    if (!money)
        return false;
    if (before && !sign->opened && !sign->given && take(rest, "(")) {
        sign->opened = true;
        return true;
    }
    if (!before && sign->opened && !sign->closed && take(rest, ")")) {
        sign->closed = true;
        return true;
    }
    return take_space(rest) ||
           (*currency == '\0' && take_currency(rest, currency));
}

static size_t put_digits(struct rest *rest, struct text *out) {
    const char *from = rest->at;
    while (is_digit(rest))
        rest->at++;
    text_put(out, from, (size_t)(rest->at - from));
    return (size_t)(rest->at - from);
}

/* The digits before the point: in one, or in groups of three. */
static bool put_integer(const struct spelling *spelling, struct rest *rest,
                        struct text *out, size_t *digits) {
    bool zero = rest->at < rest->end && *rest->at == '0';
    *digits = put_digits(rest, out);
    struct rest before = *rest;
    bool first = true;
    while (*digits > 0 && take_thousands(rest, spelling->thousands)) {
        if (!is_digit(rest)) {
            /* A blank before a currency, for one. */
            *rest = before;
            break;
        }
        if (first && (*digits > 3 || zero))
            return false;
        first = false;
        size_t group = put_digits(rest, out);
        if (group != 3)
            return false;
        *digits += group;
        before = *rest;
    }
    return true;
}

/* An exponent: it goes with a plain number only. */
static void put_exponent(struct rest *rest, struct text *out) {
    struct rest now = *rest;
    if (!take(&now, "e") && !take(&now, "E"))
        return;
    if (!take(&now, "-"))
        take(&now, "+");
    if (!is_digit(&now))
        return;
    while (is_digit(&now))
        now.at++;
    text_put(out, rest->at, (size_t)(now.at - rest->at));
    *rest = now;
}

bool read_spelling(const struct spelling *spelling, const char *text,
                   size_t size, struct text *out, char currency[CURRENCY_MAX]) {
    struct rest rest = {text, text + size};
    struct sign sign = {0};
    char point[2] = {spelling->point != '\0' ? spelling->point : '.', '\0'};
    size_t digits;
    *currency = '\0';
    text_clear(out);
    if (special_of(text, size) != SPECIAL_NONE) {
        text_put(out, text, size);
        return true;
    }
    while (take_decoration(&rest, &sign, true, spelling->money, currency))
        continue;
    text_puts(out, "-");
    if (!put_integer(spelling, &rest, out, &digits))
        return false;
    if (take(&rest, point)) {
        text_puts(out, ".");
        digits += put_digits(&rest, out);
    }
    if (digits == 0)
        return false;
    if (!spelling->money)
        put_exponent(&rest, out);
    while (take_decoration(&rest, &sign, false, spelling->money, currency))
        continue;
    if (rest.at != rest.end || sign.opened != sign.closed)
        return false;
    if (!sign.negative && !sign.opened) {
        memmove(out->at, out->at + 1, out->size);
        out->size--;
    }
    return true;
}
