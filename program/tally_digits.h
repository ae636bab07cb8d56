/*
 * Numbers as they are written, digit by digit: whatever their size.
 */
#ifndef TALLY_DIGITS_H
#define TALLY_DIGITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A number in text, which is not copied: `count` significant digits from
 * `first`, perhaps with a point among them, times 10^exponent. Zero has no
 * digits.
 */
struct digits {
    bool negative;
    const char *first;
    size_t count;
    int64_t exponent; /* of the last digit */
    int64_t written;  /* how many digits follow the point, as it is written */
};

/*
 * Reads what the library takes for a finite number. False if it is none: nan
 * and inf are not.
 */
bool read_digits_of(const char *text, size_t size, struct digits *digits);

enum special { SPECIAL_NONE, SPECIAL_NAN, SPECIAL_PLUS, SPECIAL_MINUS };

/* What a word like nan or -inf stands for, as the library reads it. */
enum special special_of(const char *text, size_t size);

/* Whether the library takes the text for a number, finite or not. */
bool is_written_number(const char *text, size_t size);

/*
 * Compares two texts that are numbers, and of which the nearest doubles are
 * equal: -1, 0 or 1. Infinities and NaN are equal to each other.
 */
int compare_numbers(const char *a, size_t a_size, const char *b, size_t b_size);

#endif
