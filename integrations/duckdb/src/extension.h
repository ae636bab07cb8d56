/* Declarations shared by the files of the extension. */
#ifndef EXTENSION_H
#define EXTENSION_H

/* Every DuckDB since 1.2.0 has this version of the stable C API. */
#define DUCKDB_EXTENSION_NAME tally
#define DUCKDB_EXTENSION_API_VERSION_MAJOR 1
#define DUCKDB_EXTENSION_API_VERSION_MINOR 2
#define DUCKDB_EXTENSION_API_VERSION_PATCH 0
#include <duckdb_extension.h>
#include <tally.h>

DUCKDB_EXTENSION_EXTERN

/* The extra info of an overload of an aggregate. */
typedef struct overload {
    const char *name;
    /* One of the results of its kind of state: see finalize(). */
    int result;
    /* The types of its arguments; 0 for a type that tally_type lacks. */
    tally_type types[2];
} overload;

const overload *this_overload(duckdb_function_info info);

/* A kind of state: the functions that DuckDB calls. */
typedef struct state_kind {
    duckdb_aggregate_state_size size;
    duckdb_aggregate_init_t init;
    duckdb_aggregate_update_t update;
    duckdb_aggregate_combine_t combine;
    duckdb_aggregate_finalize_t finalize;
    /* NULL if a state owns nothing. */
    duckdb_aggregate_destroy_t destroy;
} state_kind;

extern const state_kind sum_states, merge_states, moments_states, pair_states,
    decimal_states;

/* The results of sum_states. */
enum { SUM_DOUBLE, SUM_HUGEINT, SUM_MEAN, SUM_STATE };
/* Those of moments_states and pair_states. */
enum { VAR_SAMP, VAR_POP, STDDEV_SAMP, STDDEV_POP };
enum { COVAR_SAMP, COVAR_POP, CORR, REGR_SLOPE, REGR_INTERCEPT };
/* Those of decimal_states. */
enum { DECIMAL_DOUBLE, DECIMAL_HUGEINT, DECIMAL_MEAN };

/* Looks at the DuckDB that loads the extension: why it cannot be used, or NULL.
 */
const char *refuse_host(void);

/* Registering; false on failure. */
bool register_aggregates(duckdb_connection connection);
bool register_scalars(duckdb_connection connection);

/* errors.c */
void aggregate_failed(duckdb_function_info info, tally_status status);
void scalar_failed(duckdb_function_info info, const char *name,
                   tally_status status);

/* Results: NULL in a row of a vector. */
void set_null(duckdb_vector result, idx_t row);

#endif
