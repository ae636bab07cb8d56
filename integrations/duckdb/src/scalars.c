/* exact_value, exact_subtract and tally_version. */
#include <string.h>

#include "rows.h"
#include "states.h"

/* A column of states; Tally does not look at it. */
static tally_column states_of(duckdb_data_chunk input, idx_t index) {
    return argument(input, index, TALLY_U8, sizeof(duckdb_string_t));
}

static duckdb_string_t *state_in(const tally_column *column, size_t row) {
    return (duckdb_string_t *)column->values + row;
}

static void value(duckdb_function_info info, duckdb_data_chunk input,
                  duckdb_vector result) {
    static const tally_small_accumulator nothing = TALLY_SMALL_ACCUMULATOR_INIT;
    const tally_column column = states_of(input, 0);
    double *data = duckdb_vector_get_data(result);
    for (size_t i = 0; i < column.count; i++) {
        if (!is_valid(&column, i)) {
            set_null(result, i);
            continue;
        }
        stored state;
        tally_status status = read_stored(state_in(&column, i), &state);
        if (status == TALLY_OK) {
            /* NULL, as exact_sum() of no rows. */
            if (memcmp(&state.sum, &nothing, sizeof nothing) == 0)
                set_null(result, i);
            else
                status =
                    tally_small_accumulator_value_f64(&state.sum, &data[i]);
        }
        if (status != TALLY_OK && status != TALLY_OVERFLOW) {
            scalar_failed(info, "exact_value", status);
            return;
        }
    }
}

/* NULL is the state of nothing. */
static tally_status read_or_nothing(const tally_column *column, size_t row,
                                    stored *to) {
    if (is_valid(column, row))
        return read_stored(state_in(column, row), to);
    to->sum = (tally_small_accumulator)TALLY_SMALL_ACCUMULATOR_INIT;
    return TALLY_OK;
}

static tally_status subtract_one(const tally_column *left,
                                 const tally_column *right, size_t row,
                                 duckdb_vector result) {
    stored a, b;
    tally_status status = read_or_nothing(left, row, &a);
    if (status == TALLY_OK)
        status = read_or_nothing(right, row, &b);
    if (status == TALLY_OK)
        status = tally_small_accumulator_unmerge(&a.sum, &b.sum);
    if (status == TALLY_TOO_SMALL) {
        status = tally_small_accumulator_grow(&a.sum, &a.room);
        if (status == TALLY_OK)
            status = tally_small_accumulator_unmerge(&a.sum, &b.sum);
    }
    if (status == TALLY_OK)
        status = write_stored(result, row, &a.sum);
    return status;
}

static void subtract(duckdb_function_info info, duckdb_data_chunk input,
                     duckdb_vector result) {
    const tally_column left = states_of(input, 0), right = states_of(input, 1);
    for (size_t i = 0; i < left.count; i++) {
        if (!is_valid(&left, i) && !is_valid(&right, i)) {
            set_null(result, i);
            continue;
        }
        const tally_status status = subtract_one(&left, &right, i, result);
        if (status != TALLY_OK) {
            scalar_failed(info, "exact_subtract", status);
            return;
        }
    }
}

static void version(duckdb_function_info info, duckdb_data_chunk input,
                    duckdb_vector result) {
    (void)info;
    const idx_t count = duckdb_data_chunk_get_size(input);
    for (idx_t i = 0; i < count; i++)
        duckdb_vector_assign_string_element(result, i, tally_version());
}

typedef struct scalar {
    const char *name;
    duckdb_scalar_function_t function;
    int arguments; /* all of type BLOB */
    duckdb_type result;
} scalar;

static bool register_scalar(duckdb_connection connection, const scalar *s) {
    duckdb_scalar_function f = duckdb_create_scalar_function();
    duckdb_logical_type blob = duckdb_create_logical_type(DUCKDB_TYPE_BLOB);
    duckdb_logical_type result = duckdb_create_logical_type(s->result);
    duckdb_scalar_function_set_name(f, s->name);
    for (int i = 0; i < s->arguments; i++)
        duckdb_scalar_function_add_parameter(f, blob);
    duckdb_scalar_function_set_return_type(f, result);
    duckdb_scalar_function_set_special_handling(f);
    duckdb_scalar_function_set_function(f, s->function);
    const duckdb_state state = duckdb_register_scalar_function(connection, f);
    duckdb_destroy_logical_type(&result);
    duckdb_destroy_logical_type(&blob);
    duckdb_destroy_scalar_function(&f);
    return state == DuckDBSuccess;
}

bool register_scalars(duckdb_connection connection) {
    static const scalar scalars[] = {
        {"exact_value", value, 1, DUCKDB_TYPE_DOUBLE},
        {"exact_subtract", subtract, 2, DUCKDB_TYPE_BLOB},
        {"tally_version", version, 0, DUCKDB_TYPE_VARCHAR},
    };
    bool ok = true;
    for (size_t i = 0; i < sizeof scalars / sizeof *scalars && ok; i++)
        ok = register_scalar(connection, &scalars[i]);
    return ok;
}
