/* exact_merge, exact_subtract and exact_value: stored states. */
#include <string.h>

#include "extension.h"

/* A state that was read. Too large a sum has grown into 'room'. */
typedef struct state {
    tally_small_accumulator sum;
    tally_accumulator room;
} state;

/* Lets a sum grow into memory that lives only during this call. */
static tally_status grow(state *s) {
    return tally_small_accumulator_grow(&s->sum, &s->room);
}

/* Reads a BLOB. Returns 0 if it is not a state, and reports that to SQLite. */
static int read_state(sqlite3_context *context, sqlite3_value *value,
                      state *to) {
    static const char *const names[] = {"", "an INTEGER", "a REAL", "TEXT"};
    const int type = sqlite3_value_type(value);
    if (type != SQLITE_BLOB) {
        char *text = sqlite3_mprintf(
            "%s: the argument must be a BLOB from exact_state(), not %s",
            this_function(context)->name,
            type < (int)(sizeof names / sizeof *names) ? names[type] : "");
        if (text != NULL)
            sqlite3_result_error(context, text, -1);
        else
            sqlite3_result_error_nomem(context);
        sqlite3_free(text);
        return 0;
    }
    const void *sealed = sqlite3_value_blob(value);
    size_t size = (size_t)sqlite3_value_bytes(value);
    if (sealed == NULL && size > 0) {
        sqlite3_result_error_nomem(context);
        return 0;
    }
    const void *saved;
    /* SQLite returns NULL for an empty BLOB. */
    tally_status status =
        tally_saved_open(size > 0 ? sealed : "", size, &saved, &size);
    if (status == TALLY_OK)
        status = tally_small_accumulator_load(saved, size, &to->sum);
    if (status == TALLY_TOO_SMALL) {
        to->sum = (tally_small_accumulator)TALLY_SMALL_ACCUMULATOR_INIT;
        status = grow(to);
        if (status == TALLY_OK)
            status = tally_accumulator_load(saved, size, &to->room);
    }
    if (status != TALLY_OK) {
        result_failure(context, status);
        return 0;
    }
    return 1;
}

/* NULL is the state of nothing. Returns 0 on failure. */
static int read_state_or_null(sqlite3_context *context, sqlite3_value *value,
                              state *to) {
    if (sqlite3_value_type(value) != SQLITE_NULL)
        return read_state(context, value, to);
    to->sum = (tally_small_accumulator)TALLY_SMALL_ACCUMULATOR_INIT;
    return 1;
}

typedef tally_status change_sum(tally_small_accumulator *,
                                const tally_small_accumulator *);

static void change_two(sqlite3_context *context, sqlite3_value **values,
                       change_sum *by) {
    state a, b;
    if (sqlite3_value_type(values[0]) == SQLITE_NULL &&
        sqlite3_value_type(values[1]) == SQLITE_NULL)
        return;
    if (!read_state_or_null(context, values[0], &a) ||
        !read_state_or_null(context, values[1], &b))
        return;
    tally_status status = by(&a.sum, &b.sum);
    if (status == TALLY_TOO_SMALL) {
        status = grow(&a);
        if (status == TALLY_OK)
            status = by(&a.sum, &b.sum);
    }
    if (status == TALLY_OK)
        result_state(context, &a.sum);
    else
        result_failure(context, status);
}

void merge_two(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    change_two(context, values, tally_small_accumulator_merge);
}

void subtract_two(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    change_two(context, values, tally_small_accumulator_unmerge);
}

void value_of(sqlite3_context *context, int count, sqlite3_value **values) {
    static const tally_small_accumulator nothing = TALLY_SMALL_ACCUMULATOR_INIT;
    (void)count;
    state s;
    if (sqlite3_value_type(values[0]) == SQLITE_NULL ||
        !read_state(context, values[0], &s))
        return;
    /* NULL, like exact_sum() of no rows. Equal states have equal bytes. */
    if (memcmp(&s.sum, &nothing, sizeof nothing) == 0)
        return;
    double value = 0.0;
    tally_status status = tally_small_accumulator_value_f64(&s.sum, &value);
    result_double(context, status, value);
}

/* The merged states of an aggregate. All bytes zero means that there are none.
 */
typedef struct merged {
    tally_small_accumulator sum;
    int64_t states;
} merged;

static void change_merged(sqlite3_context *context, merged *m,
                          sqlite3_value *value, change_sum *by, int states) {
    state s;
    if (!read_state(context, value, &s))
        return;
    tally_status status = by(&m->sum, &s.sum);
    if (status == TALLY_TOO_SMALL) {
        if (!make_room(context, &m->sum))
            return;
        status = by(&m->sum, &s.sum);
    }
    if (status == TALLY_OK)
        m->states += states;
    else
        result_failure(context, status);
}

void merge_step(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    if (sqlite3_value_type(values[0]) == SQLITE_NULL)
        return;
    merged *m = sqlite3_aggregate_context(context, sizeof *m);
    if (m == NULL)
        sqlite3_result_error_nomem(context);
    else
        change_merged(context, m, values[0], tally_small_accumulator_merge, 1);
}

void merge_inverse(sqlite3_context *context, int count,
                   sqlite3_value **values) {
    (void)count;
    merged *m = sqlite3_aggregate_context(context, 0);
    if (m != NULL && sqlite3_value_type(values[0]) != SQLITE_NULL)
        change_merged(context, m, values[0], tally_small_accumulator_unmerge,
                      -1);
}

void merge_value(sqlite3_context *context) {
    const merged *m = sqlite3_aggregate_context(context, 0);
    if (m != NULL && m->states > 0)
        result_state(context, &m->sum);
}

void merge_final(sqlite3_context *context) {
    const merged *m = sqlite3_aggregate_context(context, 0);
    merge_value(context);
    if (m != NULL)
        release_room(&m->sum);
}
