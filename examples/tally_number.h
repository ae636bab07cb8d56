/*
 * Numbers from text and to text, apart from any locale.
 */
#ifndef TALLY_NUMBER_H
#define TALLY_NUMBER_H

#include <stddef.h>
#include <stdint.h>

enum number_kind {
    NUMBER_I64,
    NUMBER_U64, /* only above INT64_MAX */
    NUMBER_F64,
    NUMBER_BAD,      /* the word is no number */
    NUMBER_TOO_LARGE /* no finite double is near it */
};

struct number {
    enum number_kind kind;
    union {
        int64_t i64;
        uint64_t u64;
        double f64;
    } value;
};

/*
 * Reads a whole word, text[size] being NUL: an integer within 64 bits, or
 * another decimal number as the nearest double. "nan", "inf" and "infinity"
 * are numbers in any case; hexadecimal is not.
 */
struct number read_number(const char *text, size_t size);

/* Room for any text that write_double() makes. */
#define DOUBLE_TEXT_MAX 40

/*
 * The shortest of the forms with 15, 16 and 17 digits that reads back as the
 * same double, without an exponent between 1e-5 and 1e16. Returns `out`.
 */
const char *write_double(char out[DOUBLE_TEXT_MAX], double value);

#endif
