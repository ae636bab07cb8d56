/* Declarations shared by the files of the extension. */
#ifndef TALLY_SQLITE_EXTENSION_H
#define TALLY_SQLITE_EXTENSION_H

#include <sqlite3ext.h>
#include <tally.h>

/* SQLite's functions, as extension.c has received them. Where the extension is
 * part of a program, they are called directly. */
SQLITE_EXTENSION_INIT3

/* The result that a function computes from the sums of its rows. */
typedef enum result {
    SUM,
    MEAN,
    STATE,
    VARIANCE,
    STANDARD_DEVIATION,
    COVARIANCE,
    CORRELATION,
    SLOPE,
    INTERCEPT,
} result;

typedef void step_function(sqlite3_context *, int, sqlite3_value **);
typedef void value_function(sqlite3_context *);

/* A function as registered with SQLite: its user data. */
typedef struct function {
    const char *name;
    int arguments;
    /* SQLITE_DETERMINISTIC or 0. */
    int flags;
    result result;
    /* ddof: 0 for a population, 1 for a sample. */
    size_t ddof;
    /* A scalar function has only 'step'. */
    step_function *step, *inverse;
    value_function *value, *final;
} function;

static inline const function *this_function(sqlite3_context *context) {
    return sqlite3_user_data(context);
}

/* results.c */

/* The error for a call of the library that failed. */
void result_failure(sqlite3_context *context, tally_status status);
/* A double, or the failure to compute it. */
void result_double(sqlite3_context *context, tally_status status, double value);
/* The sealed saved form. */
void result_state(sqlite3_context *context, const tally_small_accumulator *sum);

/* Room for any sum, which release_room() frees. Returns 0 if out of memory, and
 * says so to SQLite. */
int make_room(sqlite3_context *context, tally_small_accumulator *sum);
void release_room(const tally_small_accumulator *sum);

/* numbers.c: exact_sum, exact_avg, exact_state */
step_function total_step, total_inverse;
value_function total_value, total_final;

/* states.c: exact_merge, exact_value, exact_subtract */
step_function merge_step, merge_inverse, merge_two, value_of, subtract_two;
value_function merge_value, merge_final;

/* moments.c, pairs.c: variances; covariances, correlations and lines */
step_function moments_step, moments_inverse, pairs_step, pairs_inverse;
value_function moments_value, pairs_value;

#endif
