/*
 * Numbers to text and back, apart from any locale.
 */
#ifndef TALLY_NUMBER_H
#define TALLY_NUMBER_H

#include <stddef.h>

/* Room for any text that write_double() makes. */
#define DOUBLE_TEXT_MAX 40

/*
 * The shortest of the forms with 15, 16 and 17 digits that reads back as the
 * same double, without an exponent between 1e-5 and 1e16. Returns `out`.
 */
const char *write_double(char out[DOUBLE_TEXT_MAX], double value);

/*
 * The double nearest to a number that the library reads, an infinity beyond
 * their range. Not by strtod(): mingw's is not always right.
 */
double read_double(const char *text, size_t size);

#endif
