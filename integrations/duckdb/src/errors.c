/* Failures as errors of DuckDB, and NULL as a result. */
#include <stdio.h>

#include "extension.h"

/* The message of this thread's latest failure, with the SQL function's name. */
static const char *message(char *buffer, size_t size, const char *name,
                           tally_status status) {
    if (status == TALLY_MEMORY)
        snprintf(buffer, size, "%s: out of memory", name);
    else
        snprintf(buffer, size, "%s: %s", name, tally_last_message());
    return buffer;
}

void aggregate_failed(duckdb_function_info info, tally_status status) {
    char text[300];
    duckdb_aggregate_function_set_error(
        info, message(text, sizeof text, this_overload(info)->name, status));
}

void scalar_failed(duckdb_function_info info, const char *name,
                   tally_status status) {
    char text[300];
    duckdb_scalar_function_set_error(info,
                                     message(text, sizeof text, name, status));
}

void set_null(duckdb_vector result, idx_t row) {
    duckdb_vector_ensure_validity_writable(result);
    duckdb_validity_set_row_invalid(duckdb_vector_get_validity(result), row);
}
