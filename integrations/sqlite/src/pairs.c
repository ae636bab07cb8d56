/* Covariances, correlations and regression lines: of pairs (y, x). */
#include "number.h"

/* Pairs wait until there are enough for a fast call. */
#define WAITING 32

/* All bytes zero is the state of nothing. */
typedef struct pairs {
    tally_moments x, y;
    tally_product_accumulator products;
    size_t waiting;
    double x_values[WAITING], y_values[WAITING];
} pairs;

static tally_status add_waiting(pairs *p) {
    size_t count = p->waiting;
    p->waiting = 0;
    tally_status status = tally_moments_add_f64(&p->x, p->x_values, count);
    if (status == TALLY_OK)
        status = tally_moments_add_f64(&p->y, p->y_values, count);
    if (status == TALLY_OK)
        status = tally_product_accumulator_add_f64(&p->products, p->x_values,
                                                   p->y_values, count);
    return status;
}

/* One pair of any types. */
static tally_status add(pairs *p, const number *x, const number *y) {
    const tally_column xs = column_of(x), ys = column_of(y);
    tally_status status = tally_moments_add(&p->x, &xs);
    if (status == TALLY_OK)
        status = tally_moments_add(&p->y, &ys);
    if (status == TALLY_OK)
        status = tally_product_accumulator_add(&p->products, &xs, &ys);
    return status;
}

static tally_status subtract(pairs *p, const number *x, const number *y) {
    const tally_column xs = column_of(x), ys = column_of(y);
    tally_status status = tally_moments_subtract(&p->x, &xs);
    if (status == TALLY_OK)
        status = tally_moments_subtract(&p->y, &ys);
    if (status == TALLY_OK)
        status = tally_product_accumulator_subtract(&p->products, &xs, &ys);
    return status;
}

/* The same of a pair of doubles, faster. */
static tally_status subtract_doubles(pairs *p, double x, double y) {
    tally_status status = tally_moments_subtract_one_f64(&p->x, x);
    if (status == TALLY_OK)
        status = tally_moments_subtract_one_f64(&p->y, y);
    if (status == TALLY_OK)
        status = tally_product_accumulator_subtract_one_f64(&p->products, x, y);
    return status;
}

void pairs_step(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    const number y = number_of(values[0]), x = number_of(values[1]);
    if (y.type == SQLITE_NULL || x.type == SQLITE_NULL)
        return;
    pairs *p = sqlite3_aggregate_context(context, sizeof *p);
    if (p == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    tally_status status = TALLY_OK;
    if (!is_double(&x, &p->x_values[p->waiting]) ||
        !is_double(&y, &p->y_values[p->waiting]))
        status = add(p, &x, &y);
    else if (++p->waiting == WAITING)
        status = add_waiting(p);
    if (status != TALLY_OK)
        result_failure(context, status);
}

void pairs_inverse(sqlite3_context *context, int count,
                   sqlite3_value **values) {
    (void)count;
    const number y = number_of(values[0]), x = number_of(values[1]);
    pairs *p = sqlite3_aggregate_context(context, 0);
    if (y.type == SQLITE_NULL || x.type == SQLITE_NULL || p == NULL)
        return;
    /* A pair that still waits may be subtracted before it is added. */
    double x_value, y_value;
    tally_status status = is_double(&x, &x_value) && is_double(&y, &y_value)
                              ? subtract_doubles(p, x_value, y_value)
                              : subtract(p, &x, &y);
    if (status != TALLY_OK)
        result_failure(context, status);
}

static tally_status compute(const pairs *p, const function *f, double *value) {
    switch (f->result) {
    case CORRELATION:
        return tally_moments_correlation_f64(&p->x, &p->y, &p->products, value);
    case SLOPE:
        return tally_moments_linear_fit(&p->x, &p->y, &p->products, value, NULL,
                                        NULL);
    case INTERCEPT:
        return tally_moments_linear_fit(&p->x, &p->y, &p->products, NULL, value,
                                        NULL);
    default:
        return tally_moments_covariance_f64(&p->x, &p->y, &p->products, f->ddof,
                                            value);
    }
}

void pairs_value(sqlite3_context *context) {
    pairs *p = sqlite3_aggregate_context(context, 0);
    if (p == NULL)
        return;
    double value = 0.0;
    tally_status status = add_waiting(p);
    if (status == TALLY_OK)
        status = compute(p, this_function(context), &value);
    /* Too few pairs, or all x or all y equal: the result is undefined. */
    if (status != TALLY_INVALID)
        result_double(context, status, value);
}
