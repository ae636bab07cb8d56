/* Rows of a chunk, and the states that they belong to. */
#ifndef ROWS_H
#define ROWS_H

#include "extension.h"

/* The most rows of a chunk. refuse_host() refuses a DuckDB that has more. */
enum { MOST_ROWS = 2048 };

/* Returns an array with a state for each row: 'states' as passed to an update
 * function, or 'room', which has place for MOST_ROWS. */
duckdb_aggregate_state *state_of_each(duckdb_aggregate_state *states,
                                      idx_t count,
                                      duckdb_aggregate_state *room);

/* The arguments of an aggregate: one column or two. */
typedef struct rows {
    tally_column columns[2];
    /* The number of columns. */
    int width;
    /* For decimal_states: digits after the point, and whether the elements are
     * 128 bits wide, and without a sign. */
    int scale;
    bool wide, without_sign;
} rows;

/* How a kind of state takes rows. */
typedef struct adder {
    /* All rows belong to one state. */
    tally_status (*add_all)(void *state, const rows *r);
    /* Each row has its own. */
    tally_status (*add_each)(void *const *states, const rows *r);
    /* A call of add_each takes so much longer for a row than one of add_all
     * that rows of one state are gathered, if there are enough. */
    bool gather;
} adder;

/* Whether DuckDB's vector has a value in row 'i' of 'column'. */
static inline bool is_valid(const tally_column *column, size_t i) {
    const size_t bit = column->offset + i;
    return column->validity == NULL ||
           (column->validity[bit / 8] >> (bit % 8) & 1) != 0;
}

/* Describes argument 'index' of a chunk, of elements of 'size' bytes. */
tally_column argument(duckdb_data_chunk input, idx_t index, tally_type type,
                      size_t size);

/* Whether a double has an element's value, which goes into '*value' then. */
bool exact_double(const tally_column *column, size_t i, double *value);

/* 'count' rows from 'first' on. */
rows slice(const rows *r, size_t first, size_t count);

/* Prefetches the states of later rows, which may lie anywhere. */
static inline void prefetch(duckdb_aggregate_state *states, idx_t i,
                            idx_t count, size_t size) {
    enum { AHEAD = 8 };
    if (i + AHEAD >= count)
        return;
    const char *state = (const char *)states[i + AHEAD];
    __builtin_prefetch(state);
    __builtin_prefetch(state + size - 1);
}

/* Adds each row to its state. */
tally_status add_rows(const adder *how, duckdb_aggregate_state *states,
                      const rows *r);

/* An update function of one argument, of the type that the overload names. */
void update_column(duckdb_function_info info, duckdb_data_chunk input,
                   duckdb_aggregate_state *states, const adder *how);

/* A combine function for states of 'size' bytes. The sources stay as they are:
 * a window merges one into several targets. */
void combine_states(duckdb_function_info info, duckdb_aggregate_state *from,
                    duckdb_aggregate_state *into, idx_t count, size_t size,
                    tally_status (*merge_one)(void *into, const void *from));

/* Like how->add_each, but the rows of a state are added together. Both columns
 * of a pair have the same mask. */
tally_status add_gathered(const adder *how, void *const *states, const rows *r);

#endif
