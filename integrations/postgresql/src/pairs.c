/* Covariance, correlation and the regression line of two columns. As in SQL,
 * the first argument of an aggregate is y and the second x. */
#include "rows.h"

#include <math.h>

typedef struct pairs {
    tally_moments x;
    tally_moments y;
    tally_product_accumulator products;
} pairs;

/* Before each of the first two of three saved parts, its size in 2 bytes. */
#define LENGTH 2
#define SAVED_MAX                                                              \
    (2 * (LENGTH + TALLY_MOMENTS_SAVED_MAX) +                                  \
     TALLY_PRODUCT_ACCUMULATOR_SAVED_MAX)

static tally_status add(void *sums, const double *x, const double *y,
                        size_t count) {
    pairs *all = sums;
    tally_status status = tally_moments_add_f64(&all->x, x, count);

    if (status == TALLY_OK)
        status = tally_moments_add_f64(&all->y, y, count);
    if (status == TALLY_OK)
        status = tally_product_accumulator_add_f64(&all->products, x, y, count);
    return status;
}

static tally_status subtract(void *sums, const double *x, const double *y,
                             size_t count) {
    pairs *all = sums;
    tally_status status = tally_moments_subtract_f64(&all->x, x, count);

    if (status == TALLY_OK)
        status = tally_moments_subtract_f64(&all->y, y, count);
    if (status == TALLY_OK)
        status =
            tally_product_accumulator_subtract_f64(&all->products, x, y, count);
    return status;
}

static tally_status merge(void *sums, const void *from) {
    pairs *all = sums;
    const pairs *other = from;
    tally_status status = tally_moments_merge(&all->x, &other->x);

    if (status == TALLY_OK)
        status = tally_moments_merge(&all->y, &other->y);
    if (status == TALLY_OK)
        status =
            tally_product_accumulator_merge(&all->products, &other->products);
    return status;
}

static tally_status save(const void *sums, void *buffer, size_t size,
                         size_t *needed) {
    const pairs *all = sums;
    const tally_moments *sides[] = {&all->x, &all->y};
    unsigned char *next = buffer;
    unsigned char *end = next + size;
    size_t part;
    tally_status status;
    int i;

    for (i = 0; i < 2; i++) {
        status = tally_moments_save(sides[i], next + LENGTH,
                                    end - next - LENGTH, &part);
        if (status != TALLY_OK)
            return status;
        next[0] = part & 255;
        next[1] = part >> 8;
        next += LENGTH + part;
    }
    status =
        tally_product_accumulator_save(&all->products, next, end - next, &part);
    *needed = next + part - (unsigned char *)buffer;
    return status;
}

static tally_status load(const void *saved, size_t size, void *sums) {
    pairs *all = sums;
    tally_moments *sides[] = {&all->x, &all->y};
    const unsigned char *next = saved;
    tally_status status;
    int i;

    for (i = 0; i < 2; i++) {
        size_t left = size - (next - (const unsigned char *)saved);
        size_t part;

        /* The library refuses a part that is too short, with a message. */
        if (left < LENGTH)
            return tally_moments_load(next, 0, sides[i]);
        part = Min(next[0] + 256 * (size_t)next[1], left - LENGTH);
        next += LENGTH;
        status = tally_moments_load(next, part, sides[i]);
        if (status != TALLY_OK)
            return status;
        next += part;
    }
    return tally_product_accumulator_load(
        next, size - (next - (const unsigned char *)saved), &all->products);
}

static const rows_kind kind = {
    .width = 2,
    .pool = POOL_PAIRS,
    .size = sizeof(pairs),
    .room_min = 15, /* 256 bytes */
    .room_max = 63, /* 1 kB */
    .saved_max = SAVED_MAX,
    .add = add,
    .subtract = subtract,
    .merge = merge,
    .save = save,
    .load = load,
};

PG_FUNCTION_INFO_V1(tally_pg_pairs_add);

Datum tally_pg_pairs_add(PG_FUNCTION_ARGS) {
    bool missing = PG_ARGISNULL(1) || PG_ARGISNULL(2);

    return tally_pg_rows_add(fcinfo, &kind, missing,
                             missing ? 0 : PG_GETARG_FLOAT8(2),
                             missing ? 0 : PG_GETARG_FLOAT8(1));
}

PG_FUNCTION_INFO_V1(tally_pg_pairs_subtract);

Datum tally_pg_pairs_subtract(PG_FUNCTION_ARGS) {
    bool missing = PG_ARGISNULL(1) || PG_ARGISNULL(2);

    return tally_pg_rows_subtract(fcinfo, &kind, missing,
                                  missing ? 0 : PG_GETARG_FLOAT8(2),
                                  missing ? 0 : PG_GETARG_FLOAT8(1));
}

PG_FUNCTION_INFO_V1(tally_pg_pairs_combine);

Datum tally_pg_pairs_combine(PG_FUNCTION_ARGS) {
    return tally_pg_rows_combine(fcinfo, &kind);
}

PG_FUNCTION_INFO_V1(tally_pg_pairs_serialize);

Datum tally_pg_pairs_serialize(PG_FUNCTION_ARGS) {
    return tally_pg_rows_serialize(fcinfo, &kind);
}

PG_FUNCTION_INFO_V1(tally_pg_pairs_deserialize);

Datum tally_pg_pairs_deserialize(PG_FUNCTION_ARGS) {
    return tally_pg_rows_deserialize(fcinfo, &kind);
}

/* Whether there are more pairs than 'ddof'; if not, the result is NULL. */
static bool enough(FunctionCallInfo fcinfo, pairs *all, size_t ddof) {
    int64_t count;

    tally_pg_rows_total(fcinfo, &kind, all);
    check(tally_moments_count(&all->x, &count));
    return count > (int64_t)ddof;
}

static Datum covariance(FunctionCallInfo fcinfo, size_t ddof) {
    pairs all;
    double result = 0;
    tally_status status;

    if (!enough(fcinfo, &all, ddof))
        PG_RETURN_NULL();
    status = tally_moments_covariance_f64(&all.x, &all.y, &all.products, ddof,
                                          &result);
    return tally_pg_result(status, result);
}

PG_FUNCTION_INFO_V1(tally_pg_covar_samp);

Datum tally_pg_covar_samp(PG_FUNCTION_ARGS) {
    return covariance(fcinfo, 1);
}

PG_FUNCTION_INFO_V1(tally_pg_covar_pop);

Datum tally_pg_covar_pop(PG_FUNCTION_ARGS) {
    return covariance(fcinfo, 0);
}

/* Whether all values are finite and equal. */
static bool constant(const tally_moments *side) {
    double variance = 0;

    return tally_moments_variance_f64(side, 0, &variance) == TALLY_OK &&
           variance == 0;
}

/* The correlation is undefined if all x or all y are equal, the line if all x
 * are. The library then returns TALLY_INVALID, here for no other reason, or NaN
 * if the other side has a NaN or an infinity. In SQL the result is NULL. */

PG_FUNCTION_INFO_V1(tally_pg_corr);

Datum tally_pg_corr(PG_FUNCTION_ARGS) {
    pairs all;
    double result = 0;
    tally_status status;

    if (!enough(fcinfo, &all, 0))
        PG_RETURN_NULL();
    status =
        tally_moments_correlation_f64(&all.x, &all.y, &all.products, &result);
    if (status == TALLY_INVALID ||
        (isnan(result) && (constant(&all.x) || constant(&all.y))))
        PG_RETURN_NULL();
    return tally_pg_result(status, result);
}

static Datum line(FunctionCallInfo fcinfo, bool want_slope) {
    pairs all;
    double slope = 0;
    double intercept = 0;
    double result;
    tally_status status;

    if (!enough(fcinfo, &all, 0))
        PG_RETURN_NULL();
    status = tally_moments_linear_fit(&all.x, &all.y, &all.products,
                                      want_slope ? &slope : NULL,
                                      want_slope ? NULL : &intercept, NULL);
    result = want_slope ? slope : intercept;
    if (status == TALLY_INVALID || (isnan(result) && constant(&all.x)))
        PG_RETURN_NULL();
    return tally_pg_result(status, result);
}

PG_FUNCTION_INFO_V1(tally_pg_regr_slope);

Datum tally_pg_regr_slope(PG_FUNCTION_ARGS) {
    return line(fcinfo, true);
}

PG_FUNCTION_INFO_V1(tally_pg_regr_intercept);

Datum tally_pg_regr_intercept(PG_FUNCTION_ARGS) {
    return line(fcinfo, false);
}
