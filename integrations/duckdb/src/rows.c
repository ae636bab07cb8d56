/* Rows of a chunk, added by state. */
#include <string.h>

#include "rows.h"

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

bool exact_double(const tally_column *column, size_t i, double *value) {
    const char *at =
        (const char *)column->values + (ptrdiff_t)i * column->stride;
    switch (column->type) {
    case TALLY_F64:
        *value = *(const double *)at;
        return true;
    case TALLY_F32:
        *value = *(const float *)at;
        return true;
    case TALLY_I8:
        *value = *(const int8_t *)at;
        return true;
    case TALLY_I16:
        *value = *(const int16_t *)at;
        return true;
    case TALLY_I32:
        *value = *(const int32_t *)at;
        return true;
    case TALLY_U8:
        *value = *(const uint8_t *)at;
        return true;
    case TALLY_U16:
        *value = *(const uint16_t *)at;
        return true;
    case TALLY_U32:
        *value = *(const uint32_t *)at;
        return true;
    case TALLY_I64: {
        const int64_t limit = (int64_t)1 << 53, x = *(const int64_t *)at;
        *value = (double)x;
        return x >= -limit && x <= limit;
    }
    case TALLY_U64: {
        const uint64_t limit = (uint64_t)1 << 53, x = *(const uint64_t *)at;
        *value = (double)x;
        return x <= limit;
    }
    default:
        return false;
    }
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
    return how->gather ? add_gathered(how, states + first, &part)
                       : how->add_each(states + first, &part);
}

tally_status add_rows(const adder *how, duckdb_aggregate_state *given,
                      const rows *r) {
    const size_t count = r->columns[0].count;
    if (count == 0)
        return TALLY_OK;
    duckdb_aggregate_state room[MOST_ROWS];
    void *const *states = (void *const *)state_of_each(given, count, room);
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

void update_column(duckdb_function_info info, duckdb_data_chunk input,
                   duckdb_aggregate_state *states, const adder *how) {
    const tally_type type = this_overload(info)->types[0];
    const rows r = {
        .columns = {argument(input, 0, type, TALLY_TYPE_SIZE(type))},
        .width = 1,
    };
    const tally_status status = add_rows(how, states, &r);
    if (status != TALLY_OK)
        aggregate_failed(info, status);
}

void combine_states(duckdb_function_info info, duckdb_aggregate_state *from,
                    duckdb_aggregate_state *into, idx_t count, size_t size,
                    tally_status (*merge_one)(void *into, const void *from)) {
    for (idx_t i = 0; i < count; i++) {
        prefetch(from, i, count, size);
        prefetch(into, i, count, size);
        const tally_status status = merge_one(into[i], from[i]);
        if (status != TALLY_OK) {
            aggregate_failed(info, status);
            return;
        }
    }
}
