/* exact_var_samp and the like: exact sums of values and of their squares. */
#include <string.h>

#include "rows.h"

static idx_t state_size(duckdb_function_info info) {
    (void)info;
    return sizeof(tally_moments);
}

static void init(duckdb_function_info info, duckdb_aggregate_state state) {
    (void)info;
    memset(state, 0, sizeof(tally_moments));
}

static tally_status add_all(void *state, const rows *r) {
    return tally_moments_add(state, r->columns);
}

static tally_status add_each(void *const *states, const rows *r) {
    const tally_column *column = r->columns;
    tally_status status = TALLY_OK;
    for (size_t i = 0; i < column->count && status == TALLY_OK; i++) {
        double value;
        if (!is_valid(column, i))
            continue;
        if (exact_double(column, i, &value)) {
            status = tally_moments_add_one_f64(states[i], value);
        } else {
            const rows one = slice(r, i, 1);
            status = add_all(states[i], &one);
        }
    }
    return status;
}

static void update(duckdb_function_info info, duckdb_data_chunk input,
                   duckdb_aggregate_state *states) {
    static const adder how = {add_all, add_each, true};
    update_column(info, input, states, &how);
}

static tally_status merge_one(void *into, const void *from) {
    return tally_moments_merge(into, from);
}

static void combine(duckdb_function_info info, duckdb_aggregate_state *from,
                    duckdb_aggregate_state *into, idx_t count) {
    combine_states(info, from, into, count, sizeof(tally_moments), merge_one);
}

static void finalize(duckdb_function_info info, duckdb_aggregate_state *states,
                     duckdb_vector result, idx_t count, idx_t offset) {
    const int what = this_overload(info)->result;
    const size_t ddof = what == VAR_SAMP || what == STDDEV_SAMP ? 1 : 0;
    double *data = duckdb_vector_get_data(result);
    for (idx_t i = 0; i < count; i++) {
        const tally_moments *moments = (const tally_moments *)states[i];
        int64_t values;
        tally_status status = tally_moments_count(moments, &values);
        if (status == TALLY_OK && values <= (int64_t)ddof) {
            set_null(result, offset + i);
        } else if (status == TALLY_OK) {
            double *into = &data[offset + i];
            status =
                what == VAR_SAMP || what == VAR_POP
                    ? tally_moments_variance_f64(moments, ddof, into)
                    : tally_moments_standard_deviation_f64(moments, ddof, into);
        }
        /* Then infinite, as in DuckDB. */
        if (status != TALLY_OK && status != TALLY_OVERFLOW) {
            aggregate_failed(info, status);
            return;
        }
    }
}

const state_kind moments_states = {
    state_size, init, update, combine, finalize, NULL,
};
