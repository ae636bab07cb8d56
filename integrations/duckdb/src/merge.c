/* exact_merge: an aggregate of stored states. */
#include <string.h>

#include "rows.h"
#include "states.h"

/* The result is NULL if no state was merged, but not if the merged states have
 * no values. */
typedef struct merged {
    tally_small_accumulator sum;
    bool any;
} merged;

static idx_t state_size(duckdb_function_info info) {
    (void)info;
    return sizeof(merged);
}

static void init(duckdb_function_info info, duckdb_aggregate_state state) {
    (void)info;
    memset(state, 0, sizeof(merged));
}

static void update(duckdb_function_info info, duckdb_data_chunk input,
                   duckdb_aggregate_state *given) {
    /* The type is not used: Tally does not see this column. */
    const tally_column column =
        argument(input, 0, TALLY_U8, sizeof(duckdb_string_t));
    duckdb_string_t *blobs = (duckdb_string_t *)column.values;
    duckdb_aggregate_state room[MOST_ROWS];
    duckdb_aggregate_state *states = state_of_each(given, column.count, room);
    for (size_t i = 0; i < column.count; i++) {
        if (!is_valid(&column, i))
            continue;
        merged *into = (merged *)states[i];
        stored from;
        tally_status status = read_stored(&blobs[i], &from);
        if (status == TALLY_OK)
            status = merge(&into->sum, &from.sum);
        if (status != TALLY_OK) {
            aggregate_failed(info, status);
            return;
        }
        into->any = true;
    }
}

static tally_status merge_one(void *into, const void *from) {
    merged *target = into;
    const merged *source = from;
    target->any |= source->any;
    return merge(&target->sum, &source->sum);
}

static void combine(duckdb_function_info info, duckdb_aggregate_state *from,
                    duckdb_aggregate_state *into, idx_t count) {
    combine_states(info, from, into, count, sizeof(merged), merge_one);
}

static void finalize(duckdb_function_info info, duckdb_aggregate_state *states,
                     duckdb_vector result, idx_t count, idx_t offset) {
    for (idx_t i = 0; i < count; i++) {
        const merged *state = (const merged *)states[i];
        if (!state->any) {
            set_null(result, offset + i);
            continue;
        }
        const tally_status status =
            write_stored(result, offset + i, &state->sum);
        if (status != TALLY_OK) {
            aggregate_failed(info, status);
            return;
        }
    }
}

static void destroy(duckdb_aggregate_state *states, idx_t count) {
    for (idx_t i = 0; i < count; i++)
        release(&((const merged *)states[i])->sum);
}

const state_kind merge_states = {
    state_size, init, update, combine, finalize, destroy,
};
