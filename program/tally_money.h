/*
 * Numbers as people write them, money above all: read strictly, or not at all.
 */
#ifndef TALLY_MONEY_H
#define TALLY_MONEY_H

#include <stdbool.h>
#include <stddef.h>

#include "tally_text.h"

#define CURRENCY_MAX 16

/* What may be written. All zero: nothing but plain numbers. */
struct spelling {
    bool money;            /* signs of currencies, parentheses */
    char point;            /* '\0' for '.' */
    const char *thousands; /* a character, or SPELLING_SPACES; NULL if none */
};

/* Any blank or no-break space between groups of digits. */
#define SPELLING_SPACES "space"

/*
 * Puts the plain form of a number into `out`, and its currency, "" if there is
 * none, into `currency`. False if it is not written as the spelling allows. The
 * words that stand for infinities and NaN are let through as they are.
 */
bool read_spelling(const struct spelling *spelling, const char *text,
                   size_t size, struct text *out, char currency[CURRENCY_MAX]);

#endif
