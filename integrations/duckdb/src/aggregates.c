/* The aggregates and their overloads. */
#include <stdlib.h>
#include <string.h>

#include "extension.h"

/* The type of an argument, and that of its elements in Tally. */
typedef struct argument_type {
    duckdb_type host;
    tally_type element;
} argument_type;

static const argument_type numbers[] = {
    {DUCKDB_TYPE_DOUBLE, TALLY_F64},   {DUCKDB_TYPE_FLOAT, TALLY_F32},
    {DUCKDB_TYPE_TINYINT, TALLY_I8},   {DUCKDB_TYPE_SMALLINT, TALLY_I16},
    {DUCKDB_TYPE_INTEGER, TALLY_I32},  {DUCKDB_TYPE_BIGINT, TALLY_I64},
    {DUCKDB_TYPE_UTINYINT, TALLY_U8},  {DUCKDB_TYPE_USMALLINT, TALLY_U16},
    {DUCKDB_TYPE_UINTEGER, TALLY_U32}, {DUCKDB_TYPE_UBIGINT, TALLY_U64},
};
static const argument_type floats[] = {
    {DUCKDB_TYPE_DOUBLE, TALLY_F64},
    {DUCKDB_TYPE_FLOAT, TALLY_F32},
};
static const argument_type integers[] = {
    {DUCKDB_TYPE_BOOLEAN, TALLY_BOOL},  {DUCKDB_TYPE_TINYINT, TALLY_I8},
    {DUCKDB_TYPE_SMALLINT, TALLY_I16},  {DUCKDB_TYPE_INTEGER, TALLY_I32},
    {DUCKDB_TYPE_BIGINT, TALLY_I64},    {DUCKDB_TYPE_UTINYINT, TALLY_U8},
    {DUCKDB_TYPE_USMALLINT, TALLY_U16}, {DUCKDB_TYPE_UINTEGER, TALLY_U32},
    {DUCKDB_TYPE_UBIGINT, TALLY_U64},
};
static const argument_type hugeint[] = {{DUCKDB_TYPE_HUGEINT, 0}};
/* DECIMAL needs a width and a scale to be a type here. */
static const argument_type other[] = {{DUCKDB_TYPE_ANY, 0}};
static const argument_type blob[] = {{DUCKDB_TYPE_BLOB, 0}};
/* For pairs: integers beyond 2^53 are not rounded. */
static const argument_type pair[] = {
    {DUCKDB_TYPE_DOUBLE, TALLY_F64},
    {DUCKDB_TYPE_BIGINT, TALLY_I64},
};

#define TYPES(list) list, sizeof(list) / sizeof *(list)

/* Overloads of a function that differ only in their types: one for each of some
 * types, or for each two of them. */
typedef struct family {
    const char *name;
    const state_kind *kind;
    int result;
    duckdb_type returns;
    const argument_type *types;
    size_t count;
} family;

/* Those of one name stand together. */
static const family families[] = {
    {"exact_sum", &sum_states, SUM_DOUBLE, DUCKDB_TYPE_DOUBLE, TYPES(floats)},
    {"exact_sum", &sum_states, SUM_HUGEINT, DUCKDB_TYPE_HUGEINT,
     TYPES(integers)},
    {"exact_sum", &decimal_states, DECIMAL_HUGEINT, DUCKDB_TYPE_HUGEINT,
     TYPES(hugeint)},
    {"exact_sum", &decimal_states, DECIMAL_DOUBLE, DUCKDB_TYPE_DOUBLE,
     TYPES(other)},
    {"exact_avg", &sum_states, SUM_MEAN, DUCKDB_TYPE_DOUBLE, TYPES(numbers)},
    {"exact_avg", &decimal_states, DECIMAL_MEAN, DUCKDB_TYPE_DOUBLE,
     TYPES(other)},
    {"exact_var_samp", &moments_states, VAR_SAMP, DUCKDB_TYPE_DOUBLE,
     TYPES(numbers)},
    {"exact_var_pop", &moments_states, VAR_POP, DUCKDB_TYPE_DOUBLE,
     TYPES(numbers)},
    {"exact_stddev_samp", &moments_states, STDDEV_SAMP, DUCKDB_TYPE_DOUBLE,
     TYPES(numbers)},
    {"exact_stddev_pop", &moments_states, STDDEV_POP, DUCKDB_TYPE_DOUBLE,
     TYPES(numbers)},
    {"exact_covar_samp", &pair_states, COVAR_SAMP, DUCKDB_TYPE_DOUBLE,
     TYPES(pair)},
    {"exact_covar_pop", &pair_states, COVAR_POP, DUCKDB_TYPE_DOUBLE,
     TYPES(pair)},
    {"exact_corr", &pair_states, CORR, DUCKDB_TYPE_DOUBLE, TYPES(pair)},
    {"exact_regr_slope", &pair_states, REGR_SLOPE, DUCKDB_TYPE_DOUBLE,
     TYPES(pair)},
    {"exact_regr_intercept", &pair_states, REGR_INTERCEPT, DUCKDB_TYPE_DOUBLE,
     TYPES(pair)},
    {"exact_state", &sum_states, SUM_STATE, DUCKDB_TYPE_BLOB, TYPES(numbers)},
    {"exact_merge", &merge_states, 0, DUCKDB_TYPE_BLOB, TYPES(blob)},
};

enum { FAMILIES = sizeof families / sizeof *families };

const overload *this_overload(duckdb_function_info info) {
    return duckdb_aggregate_function_get_extra_info(info);
}

static void add_parameter(duckdb_aggregate_function f, duckdb_type type) {
    duckdb_logical_type logical = duckdb_create_logical_type(type);
    duckdb_aggregate_function_add_parameter(f, logical);
    duckdb_destroy_logical_type(&logical);
}

/* 'second' is NULL if there is one argument. */
static bool add_overload(duckdb_aggregate_function_set set, const family *of,
                         const argument_type *first,
                         const argument_type *second) {
    overload *extra = malloc(sizeof *extra);
    if (extra == NULL)
        return false;
    *extra = (overload){of->name, of->result, {first->element, 0}};
    duckdb_aggregate_function f = duckdb_create_aggregate_function();
    duckdb_logical_type returns = duckdb_create_logical_type(of->returns);
    duckdb_aggregate_function_set_name(f, of->name);
    add_parameter(f, first->host);
    if (second != NULL) {
        add_parameter(f, second->host);
        extra->types[1] = second->element;
    }
    duckdb_aggregate_function_set_return_type(f, returns);
    duckdb_aggregate_function_set_functions(f, of->kind->size, of->kind->init,
                                            of->kind->update, of->kind->combine,
                                            of->kind->finalize);
    if (of->kind->destroy != NULL)
        duckdb_aggregate_function_set_destructor(f, of->kind->destroy);
    duckdb_aggregate_function_set_special_handling(f);
    duckdb_aggregate_function_set_extra_info(f, extra, free);
    const duckdb_state state = duckdb_add_aggregate_function_to_set(set, f);
    duckdb_destroy_logical_type(&returns);
    duckdb_destroy_aggregate_function(&f);
    return state == DuckDBSuccess;
}

static bool add_family(duckdb_aggregate_function_set set, const family *of) {
    bool ok = true;
    for (size_t i = 0; i < of->count && ok; i++) {
        if (of->kind != &pair_states)
            ok = add_overload(set, of, &of->types[i], NULL);
        else
            for (size_t j = 0; j < of->count && ok; j++)
                ok = add_overload(set, of, &of->types[i], &of->types[j]);
    }
    return ok;
}

bool register_aggregates(duckdb_connection connection) {
    bool ok = true;
    for (size_t i = 0, end; i < FAMILIES && ok; i = end) {
        duckdb_aggregate_function_set set =
            duckdb_create_aggregate_function_set(families[i].name);
        for (end = i; end < FAMILIES &&
                      strcmp(families[end].name, families[i].name) == 0;
             end++)
            ok = ok && add_family(set, &families[end]);
        ok = ok && duckdb_register_aggregate_function_set(connection, set) ==
                       DuckDBSuccess;
        duckdb_destroy_aggregate_function_set(&set);
    }
    return ok;
}
