/* Variances and standard deviations of one column. */
#include "rows.h"

static tally_status add(void *sums, const double *x, const double *y,
                        size_t count) {
    (void)y;
    return tally_moments_add_f64(sums, x, count);
}

static tally_status subtract(void *sums, const double *x, const double *y,
                             size_t count) {
    (void)y;
    return tally_moments_subtract_f64(sums, x, count);
}

static tally_status merge(void *sums, const void *from) {
    return tally_moments_merge(sums, from);
}

static tally_status save(const void *sums, void *buffer, size_t size,
                         size_t *needed) {
    return tally_moments_save(sums, buffer, size, needed);
}

static tally_status load(const void *saved, size_t size, void *sums) {
    return tally_moments_load(saved, size, sums);
}

static const rows_kind kind = {
    .width = 1,
    .pool = POOL_MOMENTS,
    .size = sizeof(tally_moments),
    .room_min = 14, /* 128 bytes */
    .room_max = 30, /* 256 bytes */
    .saved_max = TALLY_MOMENTS_SAVED_MAX,
    .add = add,
    .subtract = subtract,
    .merge = merge,
    .save = save,
    .load = load,
};

#define TRANSITION(name, argument, step)                                       \
    PG_FUNCTION_INFO_V1(name);                                                 \
    Datum name(PG_FUNCTION_ARGS) {                                             \
        bool missing = PG_ARGISNULL(1);                                        \
        return step(fcinfo, &kind, missing, missing ? 0 : argument(1), 0);     \
    }                                                                          \
    extern Datum name(PG_FUNCTION_ARGS)

TRANSITION(tally_pg_moments_add_float8, PG_GETARG_FLOAT8, tally_pg_rows_add);
TRANSITION(tally_pg_moments_subtract_float8, PG_GETARG_FLOAT8,
           tally_pg_rows_subtract);
TRANSITION(tally_pg_moments_add_float4, PG_GETARG_FLOAT4, tally_pg_rows_add);
TRANSITION(tally_pg_moments_subtract_float4, PG_GETARG_FLOAT4,
           tally_pg_rows_subtract);

PG_FUNCTION_INFO_V1(tally_pg_moments_combine);

Datum tally_pg_moments_combine(PG_FUNCTION_ARGS) {
    return tally_pg_rows_combine(fcinfo, &kind);
}

PG_FUNCTION_INFO_V1(tally_pg_moments_serialize);

Datum tally_pg_moments_serialize(PG_FUNCTION_ARGS) {
    return tally_pg_rows_serialize(fcinfo, &kind);
}

PG_FUNCTION_INFO_V1(tally_pg_moments_deserialize);

Datum tally_pg_moments_deserialize(PG_FUNCTION_ARGS) {
    return tally_pg_rows_deserialize(fcinfo, &kind);
}

typedef tally_status (*deviation)(const tally_moments *moments, size_t ddof,
                                  double *result);

/* NULL if the count is not above 'ddof'. */
static Datum result_of(FunctionCallInfo fcinfo, deviation compute,
                       size_t ddof) {
    tally_moments sums;
    int64_t count;
    double result = 0;
    tally_status status;

    tally_pg_rows_total(fcinfo, &kind, &sums);
    check(tally_moments_count(&sums, &count));
    if (count <= (int64_t)ddof)
        PG_RETURN_NULL();
    status = compute(&sums, ddof, &result);
    return tally_pg_result(status, result);
}

PG_FUNCTION_INFO_V1(tally_pg_var_samp);

Datum tally_pg_var_samp(PG_FUNCTION_ARGS) {
    return result_of(fcinfo, tally_moments_variance_f64, 1);
}

PG_FUNCTION_INFO_V1(tally_pg_var_pop);

Datum tally_pg_var_pop(PG_FUNCTION_ARGS) {
    return result_of(fcinfo, tally_moments_variance_f64, 0);
}

PG_FUNCTION_INFO_V1(tally_pg_stddev_samp);

Datum tally_pg_stddev_samp(PG_FUNCTION_ARGS) {
    return result_of(fcinfo, tally_moments_standard_deviation_f64, 1);
}

PG_FUNCTION_INFO_V1(tally_pg_stddev_pop);

Datum tally_pg_stddev_pop(PG_FUNCTION_ARGS) {
    return result_of(fcinfo, tally_moments_standard_deviation_f64, 0);
}
