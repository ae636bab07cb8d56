/* A value of SQLite as a number. */
#ifndef TALLY_SQLITE_NUMBER_H
#define TALLY_SQLITE_NUMBER_H

#include "extension.h"

typedef struct number {
    /* SQLITE_INTEGER, SQLITE_FLOAT, or SQLITE_NULL for a missing number. */
    int type;
    sqlite3_int64 integer;
    double real;
} number;

/* As in sum(): text that is entirely a number is that number, an integer or a
 * real; other text, and a blob, is the longest prefix that is a number, as a
 * real, or 0.0. */
static inline number number_of(sqlite3_value *value) {
    number n = {SQLITE_FLOAT, 0, 0.0};
    int type = sqlite3_value_type(value);
    if (type == SQLITE_TEXT)
        type = sqlite3_value_numeric_type(value);
    if (type == SQLITE_INTEGER) {
        n.type = type;
        n.integer = sqlite3_value_int64(value);
    } else if (type == SQLITE_NULL) {
        n.type = type;
    } else {
        n.real = sqlite3_value_double(value);
    }
    return n;
}

/* The same number as a double, if there is one. */
static inline int is_double(const number *n, double *real) {
    const sqlite3_int64 limit = (sqlite3_int64)1 << 53;
    if (n->type == SQLITE_FLOAT) {
        *real = n->real;
        return 1;
    }
    if (n->integer < -limit || n->integer > limit)
        return 0;
    *real = (double)n->integer;
    return 1;
}

/* A column of one element, which refers to 'n'. */
static inline tally_column column_of(const number *n) {
    if (n->type == SQLITE_INTEGER)
        return TALLY_COLUMN(TALLY_I64, &n->integer, 1);
    return TALLY_COLUMN(TALLY_F64, &n->real, 1);
}

#endif
