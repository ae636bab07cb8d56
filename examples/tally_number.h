/*
 * Numbers from text and to text, apart from any locale.
 */
#ifndef TALLY_NUMBER_H
#define TALLY_NUMBER_H

#include <stddef.h>
#include <stdint.h>

enum number_kind {
    NUMBER_I64,
    NUMBER_U64,  /* only above INT64_MAX */
    NUMBER_WIDE, /* an integer beyond 64 bits */
    NUMBER_F64,
    NUMBER_BAD,      /* the word is no number */
    NUMBER_TOO_LARGE /* no finite double is near it */
};

struct number {
    enum number_kind kind;
    union {
        int64_t i64;
        uint64_t u64;
        double f64; /* of a NUMBER_WIDE, the nearest */
    } value;
    const char *digits; /* of a NUMBER_WIDE, inside the word that was read */
};

/*
 * Reads a whole word, text[size] being NUL: an integer, or another
 * decimal number as the nearest double. An integer that no finite double is
 * near is too large too. "nan", "inf" and "infinity"
 * are numbers in any case; hexadecimal is not.
 */
struct number read_number(const char *text, size_t size);

/* An integer below 2^1024, in parts of 32 bits. */
#define INTEGER_PARTS_MAX 32

/*
 * Takes a NUMBER_WIDE apart into doubles whose sum is exactly that integer.
 * Returns how many they are.
 */
size_t integer_parts(double parts[INTEGER_PARTS_MAX],
                     const struct number *number);

/* Room for any text that write_double() makes. */
#define DOUBLE_TEXT_MAX 40

/*
 * The shortest of the forms with 15, 16 and 17 digits that reads back as the
 * same double, without an exponent between 1e-5 and 1e16. Returns `out`.
 */
const char *write_double(char out[DOUBLE_TEXT_MAX], double value);

#endif
