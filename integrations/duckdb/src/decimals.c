/* exact_sum and exact_avg of DECIMAL, HUGEINT and UHUGEINT: a decimal for each
 * group. */
#include <stdio.h>
#include <string.h>

#include "rows.h"

static idx_t state_size(duckdb_function_info info) {
    (void)info;
    return sizeof(tally_decimal);
}

static void init(duckdb_function_info info, duckdb_aggregate_state state) {
    (void)info;
    memset(state, 0, sizeof(tally_decimal));
}

/* A UHUGEINT may have 128 bits without a sign: it is added as two halves and a
 * remainder, and two zeros are subtracted, so that it counts once. */
static tally_status add_unsigned(tally_decimal *into,
                                 const tally_int128 *value) {
    static const int64_t zeros[2] = {0, 0};
    const uint64_t low = value->low, high = (uint64_t)value->high;
    const tally_int128 half = {low >> 1 | high << 63, (int64_t)(high >> 1)};
    const tally_int128 parts[3] = {half, half, {low & 1, 0}};
    tally_status status = tally_decimal_add_scaled_i128(into, parts, 3, 0);
    if (status == TALLY_OK)
        status = tally_decimal_subtract_scaled(into, zeros, 2, 0);
    return status;
}

/* 128 bits: the rows that are not NULL, run by run. */
static tally_status add_wide(tally_decimal *into, const rows *r) {
    const tally_column *column = r->columns;
    const tally_int128 *values = column->values;
    tally_status status = TALLY_OK;
    for (size_t i = 0, end; i < column->count && status == TALLY_OK; i = end) {
        for (end = i; end < column->count && is_valid(column, end); end++)
            if (r->without_sign) {
                status = add_unsigned(into, &values[end]);
                if (status != TALLY_OK)
                    return status;
            }
        if (!r->without_sign)
            status = tally_decimal_add_scaled_i128(into, values + i, end - i,
                                                   r->scale);
        while (end < column->count && !is_valid(column, end))
            end++;
    }
    return status;
}

static tally_status add_all(void *state, const rows *r) {
    return r->wide ? add_wide(state, r)
                   : tally_decimal_add(state, r->columns, r->scale);
}

static tally_status add_each(void *const *states, const rows *r) {
    tally_status status = TALLY_OK;
    for (size_t i = 0; i < r->columns[0].count && status == TALLY_OK; i++) {
        if (is_valid(&r->columns[0], i)) {
            const rows one = slice(r, i, 1);
            status = add_all(states[i], &one);
        }
    }
    return status;
}

/* Describes the argument. False if its type is not supported; the type of a
 * bare NULL is. */
static bool describe(duckdb_data_chunk input, rows *r) {
    duckdb_logical_type logical =
        duckdb_vector_get_column_type(duckdb_data_chunk_get_vector(input, 0));
    duckdb_type type = duckdb_get_type_id(logical);
    if (type == DUCKDB_TYPE_DECIMAL) {
        r->scale = duckdb_decimal_scale(logical);
        type = duckdb_decimal_internal_type(logical);
    } else if (type != DUCKDB_TYPE_HUGEINT && type != DUCKDB_TYPE_UHUGEINT) {
        type = type == DUCKDB_TYPE_SQLNULL ? type : DUCKDB_TYPE_INVALID;
    }
    duckdb_destroy_logical_type(&logical);
    tally_type element = TALLY_I64;
    size_t size = sizeof(duckdb_hugeint);
    switch (type) {
    case DUCKDB_TYPE_SMALLINT:
        element = TALLY_I16;
        size = sizeof(int16_t);
        break;
    case DUCKDB_TYPE_INTEGER:
        element = TALLY_I32;
        size = sizeof(int32_t);
        break;
    case DUCKDB_TYPE_BIGINT:
        size = sizeof(int64_t);
        break;
    case DUCKDB_TYPE_UHUGEINT:
        r->without_sign = true;
        r->wide = true;
        break;
    case DUCKDB_TYPE_HUGEINT:
        r->wide = true;
        break;
    case DUCKDB_TYPE_SQLNULL:
        return true;
    default:
        return false;
    }
    r->columns[0] = argument(input, 0, element, size);
    return true;
}

static void update(duckdb_function_info info, duckdb_data_chunk input,
                   duckdb_aggregate_state *states) {
    static const adder how = {add_all, add_each, true};
    rows r = {.width = 1};
    if (!describe(input, &r)) {
        char text[100];
        snprintf(text, sizeof text,
                 "%s: the argument is not a number: cast it to a numeric type",
                 this_overload(info)->name);
        duckdb_aggregate_function_set_error(info, text);
        return;
    }
    const tally_status status = add_rows(&how, states, &r);
    if (status != TALLY_OK)
        aggregate_failed(info, status);
}

static tally_status merge_one(void *into, const void *from) {
    return tally_decimal_merge(into, from);
}

static void combine(duckdb_function_info info, duckdb_aggregate_state *from,
                    duckdb_aggregate_state *into, idx_t count) {
    combine_states(info, from, into, count, sizeof(tally_decimal), merge_one);
}

/* A total without a fraction. Returns false if it has more than 128 bits. */
static bool to_hugeint(const char *text, duckdb_hugeint *into) {
    const bool negative = *text == '-';
    const unsigned __int128 limit = ((unsigned __int128)1 << 127) - !negative;
    unsigned __int128 total = 0;
    for (const char *c = text + negative; *c != '\0'; c++) {
        const unsigned digit = (unsigned)(*c - '0');
        if (total > (limit - digit) / 10)
            return false;
        total = total * 10 + digit;
    }
    if (negative)
        total = -total;
    into->lower = (uint64_t)total;
    into->upper = (int64_t)(total >> 64);
    return true;
}

/* The double nearest to the mean. No mean of DECIMAL is so close to the
 * midpoint of two doubles that 342 digits after the point would not decide. */
static tally_status mean_of(const tally_decimal *sum, double *mean) {
    char text[400];
    size_t size;
    tally_decimal exact = TALLY_DECIMAL_INIT;
    tally_status status =
        tally_decimal_mean_text(sum, 342, text, sizeof text, &size);
    if (status == TALLY_OK)
        status = tally_decimal_add_one_text(&exact, text, size);
    if (status == TALLY_OK)
        status = tally_decimal_value_f64(&exact, mean);
    return status;
}

static void finalize(duckdb_function_info info, duckdb_aggregate_state *states,
                     duckdb_vector result, idx_t count, idx_t offset) {
    const int what = this_overload(info)->result;
    void *data = duckdb_vector_get_data(result);
    for (idx_t i = 0; i < count; i++) {
        const tally_decimal *sum = (const tally_decimal *)states[i];
        const idx_t row = offset + i;
        char text[100];
        int64_t values;
        tally_status status = tally_decimal_count(sum, &values);
        if (status == TALLY_OK && values == 0) {
            set_null(result, row);
        } else if (status == TALLY_OK && what == DECIMAL_HUGEINT) {
            status = tally_decimal_value_text(sum, 0, text, sizeof text, NULL);
            if (status == TALLY_OK &&
                !to_hugeint(text, (duckdb_hugeint *)data + row)) {
                snprintf(text, sizeof text, "%s: the total is out of range",
                         this_overload(info)->name);
                duckdb_aggregate_function_set_error(info, text);
                return;
            }
        } else if (status == TALLY_OK) {
            double *into = (double *)data + row;
            status = what == DECIMAL_MEAN ? mean_of(sum, into)
                                          : tally_decimal_value_f64(sum, into);
        }
        if (status != TALLY_OK) {
            aggregate_failed(info, status);
            return;
        }
    }
}

const state_kind decimal_states = {
    state_size, init, update, combine, finalize, NULL,
};
