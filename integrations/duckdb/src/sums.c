/* exact_sum, exact_avg and exact_state: a small accumulator for each group. */
#include <stdlib.h>
#include <string.h>

#include "rows.h"
#include "states.h"

static idx_t state_size(duckdb_function_info info) {
    (void)info;
    return sizeof(tally_small_accumulator);
}

static void init(duckdb_function_info info, duckdb_aggregate_state state) {
    (void)info;
    memset(state, 0, sizeof(tally_small_accumulator));
}

static tally_status add_all(void *state, const rows *r) {
    tally_status status = tally_small_accumulator_add(state, r->columns);
    if (status == TALLY_TOO_SMALL) {
        status = grow(state);
        if (status == TALLY_OK)
            status = tally_small_accumulator_add(state, r->columns);
    }
    return status;
}

static void *room(size_t size, void *user_data) {
    (void)user_data;
    return malloc(size);
}

static tally_status add_each(void *const *states, const rows *r) {
    return tally_small_accumulator_add_scattered(
        (tally_small_accumulator *const *)states, r->columns, room, NULL, NULL);
}

static void update(duckdb_function_info info, duckdb_data_chunk input,
                   duckdb_aggregate_state *states) {
    static const adder how = {add_all, add_each, false};
    update_column(info, input, states, &how);
}

static tally_status merge_one(void *into, const void *from) {
    return merge(into, from);
}

static void combine(duckdb_function_info info, duckdb_aggregate_state *from,
                    duckdb_aggregate_state *into, idx_t count) {
    combine_states(info, from, into, count, sizeof(tally_small_accumulator),
                   merge_one);
}

static tally_status result_of(const tally_small_accumulator *sum, int result,
                              duckdb_vector into, idx_t row) {
    void *data = duckdb_vector_get_data(into);
    tally_status status;
    switch (result) {
    case SUM_HUGEINT: {
        duckdb_hugeint *total = (duckdb_hugeint *)data + row;
        return tally_small_accumulator_value_i128(sum, &total->upper,
                                                  &total->lower);
    }
    case SUM_STATE:
        return write_stored(into, row, sum);
    case SUM_MEAN:
        status = tally_small_accumulator_mean_f64(sum, (double *)data + row);
        break;
    default:
        status = tally_small_accumulator_value_f64(sum, (double *)data + row);
        break;
    }
    /* Infinite beyond the largest double, as in DuckDB's sum(). */
    return status == TALLY_OVERFLOW ? TALLY_OK : status;
}

static void finalize(duckdb_function_info info, duckdb_aggregate_state *states,
                     duckdb_vector result, idx_t count, idx_t offset) {
    const int what = this_overload(info)->result;
    for (idx_t i = 0; i < count; i++) {
        prefetch(states, i, count, sizeof(tally_small_accumulator));
        const tally_small_accumulator *sum =
            (const tally_small_accumulator *)states[i];
        int64_t values;
        tally_status status = tally_small_accumulator_count(sum, &values);
        if (status == TALLY_OK && values == 0)
            set_null(result, offset + i);
        else if (status == TALLY_OK)
            status = result_of(sum, what, result, offset + i);
        if (status != TALLY_OK) {
            aggregate_failed(info, status);
            return;
        }
    }
}

static void destroy(duckdb_aggregate_state *states, idx_t count) {
    for (idx_t i = 0; i < count; i++) {
        prefetch(states, i, count, sizeof(tally_small_accumulator));
        release((const tally_small_accumulator *)states[i]);
    }
}

const state_kind sum_states = {
    state_size, init, update, combine, finalize, destroy,
};
