/* Rows of a chunk, and the states that they belong to. */
#ifndef ROWS_H
#define ROWS_H

#include "extension.h"

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
    /* All rows are of one state. */
    tally_status (*add_all)(void *state, const rows *r);
    /* Each row has its own. NULL if add_all is as good. */
    tally_status (*add_each)(void *const *states, const rows *r);
} adder;

/* Whether DuckDB's vector has a value in row 'i' of 'column'. */
static inline bool is_valid(const tally_column *column, size_t i) {
    const size_t bit = column->offset + i;
    return column->validity == NULL ||
           (column->validity[bit / 8] >> (bit % 8) & 1) != 0;
}

/* Describes argument 'index' of a chunk, of 'count' elements of 'size' bytes.
 */
tally_column argument(duckdb_data_chunk input, idx_t index, tally_type type,
                      size_t size);

/* 'count' rows from 'first' on. */
rows slice(const rows *r, size_t first, size_t count);

/* Reads ahead the states of some rows further on: they lie anywhere. */
static inline void prefetch(duckdb_aggregate_state *states, idx_t i,
                            idx_t count, size_t size)
{
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

#endif
