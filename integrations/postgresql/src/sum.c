/* Sums: exact_sum, exact_avg, exact_state and exact_merge. */
#include "tally_pg.h"

static sum *new_sum(MemoryContext context) {
    return tally_pg_pool_alloc(context, POOL_SMALL, sizeof(sum));
}

static void grow(sum *state, MemoryContext context) {
    check(tally_small_accumulator_grow(
        state,
        tally_pg_pool_alloc(context, POOL_SUM, sizeof(tally_accumulator))));
}

/* The state of the calling aggregate, made in its first call. It exists even if
 * the first row is NULL: a moving aggregate needs it. */
static inline sum *state_of(FunctionCallInfo fcinfo) {
    if (likely(!PG_ARGISNULL(0)))
        return (sum *)PG_GETARG_POINTER(0);
    return new_sum(tally_pg_context(fcinfo));
}

typedef tally_status (*value_step)(sum *into, double value);

/* A step that does not fit has changed nothing. It is repeated after the state
 * has grown. */
static inline void step_f64(FunctionCallInfo fcinfo, sum *state, double value,
                            value_step step) {
    tally_status status = step(state, value);

    if (unlikely(status == TALLY_TOO_SMALL)) {
        grow(state, tally_pg_context(fcinfo));
        status = step(state, value);
    }
    check(status);
}

static void step_i64(FunctionCallInfo fcinfo, sum *state, int64 value,
                     value_step step_one,
                     tally_status (*step)(sum *, const tally_column *)) {
    int64_t element = value;
    tally_column column = TALLY_COLUMN(TALLY_I64, &element, 1);
    tally_status status;

    /* Up to 2^53 the double equals the integer, and the faster way suffices. */
    if (value >= -(INT64CONST(1) << 53) && value <= INT64CONST(1) << 53) {
        step_f64(fcinfo, state, (double)value, step_one);
        return;
    }
    status = step(state, &column);
    if (unlikely(status == TALLY_TOO_SMALL)) {
        grow(state, tally_pg_context(fcinfo));
        status = step(state, &column);
    }
    check(status);
}

typedef tally_status (*sum_step)(sum *into, const sum *from);

static void step_sum(sum *into, const sum *from, sum_step step,
                     MemoryContext context) {
    tally_status status = step(into, from);

    if (status == TALLY_TOO_SMALL) {
        grow(into, context);
        status = step(into, from);
    }
    check(status);
}

tally_status tally_pg_load(const void *saved, size_t size, sum *into,
                           tally_accumulator *room) {
    tally_status status = tally_small_accumulator_load(saved, size, into);

    if (status != TALLY_TOO_SMALL)
        return status;
    memset(into, 0, sizeof *into);
    status = tally_small_accumulator_grow(into, room);
    if (status == TALLY_OK)
        status = tally_accumulator_load(saved, size, room);
    return status;
}

/* Transition functions, and their inverses for moving frames: the name, the
 * type of the argument, and the action for one that is not NULL. */
#define TRANSITION(name, argument, step, ...)                                  \
    PG_FUNCTION_INFO_V1(name);                                                 \
    Datum name(PG_FUNCTION_ARGS) {                                             \
        sum *state = state_of(fcinfo);                                         \
        if (!PG_ARGISNULL(1))                                                  \
            step(fcinfo, state, argument(1), __VA_ARGS__);                     \
        PG_RETURN_POINTER(state);                                              \
    }                                                                          \
    extern Datum name(PG_FUNCTION_ARGS)

TRANSITION(tally_pg_add_float8, PG_GETARG_FLOAT8, step_f64,
           tally_small_accumulator_add_one_f64);
TRANSITION(tally_pg_subtract_float8, PG_GETARG_FLOAT8, step_f64,
           tally_small_accumulator_subtract_one_f64);
TRANSITION(tally_pg_add_float4, PG_GETARG_FLOAT4, step_f64,
           tally_small_accumulator_add_one_f64);
TRANSITION(tally_pg_subtract_float4, PG_GETARG_FLOAT4, step_f64,
           tally_small_accumulator_subtract_one_f64);
TRANSITION(tally_pg_add_int8, PG_GETARG_INT64, step_i64,
           tally_small_accumulator_add_one_f64, tally_small_accumulator_add);
TRANSITION(tally_pg_subtract_int8, PG_GETARG_INT64, step_i64,
           tally_small_accumulator_subtract_one_f64,
           tally_small_accumulator_subtract);

/* Of a stored state. */
static Datum step_state(FunctionCallInfo fcinfo, sum_step step) {
    sum *state = state_of(fcinfo);

    if (!PG_ARGISNULL(1)) {
        sum other;
        tally_accumulator room;

        tally_pg_open(PG_GETARG_BYTEA_PP(1), &other, &room);
        step_sum(state, &other, step, tally_pg_context(fcinfo));
    }
    PG_RETURN_POINTER(state);
}

PG_FUNCTION_INFO_V1(tally_pg_add_state);

Datum tally_pg_add_state(PG_FUNCTION_ARGS) {
    return step_state(fcinfo, tally_small_accumulator_merge);
}

PG_FUNCTION_INFO_V1(tally_pg_subtract_state);

Datum tally_pg_subtract_state(PG_FUNCTION_ARGS) {
    return step_state(fcinfo, tally_small_accumulator_unmerge);
}

/* Partial aggregates, of parallel workers and of partitions. */

PG_FUNCTION_INFO_V1(tally_pg_combine);

Datum tally_pg_combine(PG_FUNCTION_ARGS) {
    MemoryContext context = tally_pg_context(fcinfo);
    sum *into = PG_ARGISNULL(0) ? NULL : (sum *)PG_GETARG_POINTER(0);

    if (!PG_ARGISNULL(1)) {
        /* The other state may not live as long, so it is never taken over. */
        if (into == NULL)
            into = new_sum(context);
        step_sum(into, (const sum *)PG_GETARG_POINTER(1),
                 tally_small_accumulator_merge, context);
    }
    if (into == NULL)
        PG_RETURN_NULL();
    PG_RETURN_POINTER(into);
}

PG_FUNCTION_INFO_V1(tally_pg_serialize);

Datum tally_pg_serialize(PG_FUNCTION_ARGS) {
    unsigned char saved[TALLY_ACCUMULATOR_SAVED_MAX];
    size_t size;
    bytea *result;

    (void)tally_pg_context(fcinfo);
    check(tally_small_accumulator_save((const sum *)PG_GETARG_POINTER(0), saved,
                                       sizeof saved, &size));
    result = palloc(VARHDRSZ + size);
    SET_VARSIZE(result, VARHDRSZ + size);
    memcpy(VARDATA(result), saved, size);
    PG_RETURN_BYTEA_P(result);
}

PG_FUNCTION_INFO_V1(tally_pg_deserialize);

Datum tally_pg_deserialize(PG_FUNCTION_ARGS) {
    /* Read, combined and dropped: it need not outlive this row. */
    struct {
        sum state;
        tally_accumulator room;
    } *loaded;
    bytea *saved = PG_GETARG_BYTEA_PP(0);

    (void)tally_pg_context(fcinfo);
    loaded = palloc(sizeof *loaded);
    check(tally_pg_load(VARDATA_ANY(saved), VARSIZE_ANY_EXHDR(saved),
                        &loaded->state, &loaded->room));
    PG_RETURN_POINTER(&loaded->state);
}

/* Results. They leave the state as it is. */

/* NULL for no values. */
static Datum result_of(FunctionCallInfo fcinfo,
                       tally_status (*compute)(const sum *, double *)) {
    const sum *state = PG_ARGISNULL(0) ? NULL : (sum *)PG_GETARG_POINTER(0);
    int64_t count = 0;
    double result = 0;
    tally_status status;

    if (state != NULL)
        check(tally_small_accumulator_count(state, &count));
    if (count == 0)
        PG_RETURN_NULL();
    status = compute(state, &result);
    return tally_pg_result(status, result);
}

PG_FUNCTION_INFO_V1(tally_pg_sum);

Datum tally_pg_sum(PG_FUNCTION_ARGS) {
    return result_of(fcinfo, tally_small_accumulator_value_f64);
}

PG_FUNCTION_INFO_V1(tally_pg_avg);

Datum tally_pg_avg(PG_FUNCTION_ARGS) {
    return result_of(fcinfo, tally_small_accumulator_mean_f64);
}

PG_FUNCTION_INFO_V1(tally_pg_state);

Datum tally_pg_state(PG_FUNCTION_ARGS) {
    const sum *state = PG_ARGISNULL(0) ? NULL : (sum *)PG_GETARG_POINTER(0);
    tally_accumulator all;

    if (state == NULL)
        PG_RETURN_NULL();
    check(tally_small_accumulator_expand(state, &all));
    if (tally_pg_empty(&all))
        PG_RETURN_NULL();
    PG_RETURN_BYTEA_P(tally_pg_seal(&all));
}
