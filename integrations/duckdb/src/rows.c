#include "rows.h"

#include <string.h>

tally_column argument(duckdb_data_chunk input, idx_t index, tally_type type,
                      size_t size) {
    duckdb_vector vector = duckdb_data_chunk_get_vector(input, index);
    tally_column column =
        TALLY_COLUMN_INIT(type, duckdb_vector_get_data(vector),
                          duckdb_data_chunk_get_size(input));
    column.stride = (ptrdiff_t)size;
    /* A bit a row, from the lowest of each 64-bit word: on the little-endian
     * machines that DuckDB runs on, the bytes that Tally reads. */
    column.validity = (const uint8_t *)duckdb_vector_get_validity(vector);
    return column;
}

rows slice(const rows *r, size_t first, size_t count) {
    rows part = *r;
    for (int i = 0; i < r->width; i++) {
        tally_column *column = &part.columns[i];
        column->values =
            (const char *)column->values + (ptrdiff_t)first * column->stride;
        column->offset += first;
        column->count = count;
    }
    return part;
}

/* Fewer rows of one state than this are not worth a call of their own. */
enum { LONG_RUN = 32 };

static tally_status add_part(const adder *how, void *const *states,
                             const rows *r, size_t first, size_t end) {
    if (first == end)
        return TALLY_OK;
    const rows part = slice(r, first, end - first);
    return how->add_each(states + first, &part);
}

tally_status add_rows(const adder *how, duckdb_aggregate_state *states_,
                      const rows *r) {
    void *const *states = (void *const *)states_;
    const size_t count = r->columns[0].count;
    if (count == 0)
        return TALLY_OK;
    /* All pointers are equal if each equals the next: an ungrouped aggregate,
     * or a frame of a window. */
    if (memcmp(states, states + 1, (count - 1) * sizeof *states) == 0)
        return how->add_all(states[0], r);
    tally_status status = TALLY_OK;
    size_t scattered = 0; /* rows from here on are not added yet */
    for (size_t i = 0, end; i < count && status == TALLY_OK; i = end) {
        for (end = i + 1; end < count && states[end] == states[i]; end++)
            ;
        if (end - i < LONG_RUN)
            continue;
        status = add_part(how, states, r, scattered, i);
        if (status == TALLY_OK) {
            const rows run = slice(r, i, end - i);
            status = how->add_all(states[i], &run);
        }
        scattered = end;
    }
    if (status == TALLY_OK)
        status = add_part(how, states, r, scattered, count);
    return status;
}
