/* exact_covar_samp and the like, of pairs (y, x): the moments of each side and
 * the sum of the products. */
#include <math.h>
#include <string.h>

#include "rows.h"

typedef struct pairs {
    tally_moments y, x;
    tally_product_accumulator products;
} pairs;

static idx_t state_size(duckdb_function_info info) {
    (void)info;
    return sizeof(pairs);
}

static void init(duckdb_function_info info, duckdb_aggregate_state state) {
    (void)info;
    memset(state, 0, sizeof(pairs));
}

/* Both columns have the same mask: a pair with a NULL is not counted. */
static tally_status add_all(void *state, const rows *r) {
    pairs *p = state;
    const tally_column *y = &r->columns[0], *x = &r->columns[1];
    tally_status status = tally_moments_add(&p->y, y);
    if (status == TALLY_OK)
        status = tally_moments_add(&p->x, x);
    if (status == TALLY_OK)
        status = tally_product_accumulator_add(&p->products, x, y);
    return status;
}

static tally_status add_one(pairs *p, double y, double x) {
    tally_status status = tally_moments_add_one_f64(&p->y, y);
    if (status == TALLY_OK)
        status = tally_moments_add_one_f64(&p->x, x);
    if (status == TALLY_OK)
        status = tally_product_accumulator_add_one_f64(&p->products, x, y);
    return status;
}

static tally_status add_each(void *const *states, const rows *r) {
    tally_status status = TALLY_OK;
    for (size_t i = 0; i < r->columns[0].count && status == TALLY_OK; i++) {
        double y, x;
        if (!is_valid(&r->columns[0], i))
            continue;
        if (exact_double(&r->columns[0], i, &y) &&
            exact_double(&r->columns[1], i, &x)) {
            status = add_one((pairs *)states[i], y, x);
        } else {
            const rows one = slice(r, i, 1);
            status = add_all(states[i], &one);
        }
    }
    return status;
}

/* Gives both columns the mask of the pairs that have no NULL. */
static void mask_pairs(rows *r, uint64_t *mask) {
    tally_column *y = &r->columns[0], *x = &r->columns[1];
    if (y->validity == NULL && x->validity == NULL)
        return;
    for (size_t i = 0; i < y->count; i++) {
        if (i % 64 == 0)
            mask[i / 64] = 0;
        if (is_valid(y, i) && is_valid(x, i))
            mask[i / 64] |= (uint64_t)1 << (i % 64);
    }
    y->validity = x->validity = (const uint8_t *)mask;
    y->offset = x->offset = 0;
}

static void update(duckdb_function_info info, duckdb_data_chunk input,
                   duckdb_aggregate_state *states) {
    static const adder how = {add_all, add_each, true};
    const tally_type *types = this_overload(info)->types;
    rows r = {.width = 2};
    for (idx_t i = 0; i < 2; i++)
        r.columns[i] = argument(input, i, types[i], TALLY_TYPE_SIZE(types[i]));
    uint64_t mask[MOST_ROWS / 64];
    mask_pairs(&r, mask);
    const tally_status status = add_rows(&how, states, &r);
    if (status != TALLY_OK)
        aggregate_failed(info, status);
}

static tally_status merge_one(void *into, const void *from) {
    pairs *target = into;
    const pairs *source = from;
    tally_status status = tally_moments_merge(&target->y, &source->y);
    if (status == TALLY_OK)
        status = tally_moments_merge(&target->x, &source->x);
    if (status == TALLY_OK)
        status = tally_product_accumulator_merge(&target->products,
                                                 &source->products);
    return status;
}

static void combine(duckdb_function_info info, duckdb_aggregate_state *from,
                    duckdb_aggregate_state *into, idx_t count) {
    combine_states(info, from, into, count, sizeof(pairs), merge_one);
}

/* The result for at least one pair, or two for covar_samp. Where it is
 * undefined, DuckDB's own functions give NaN or NULL; NaN here stands for both.
 */
static tally_status result_of(const pairs *p, int what, double *result) {
    tally_status status;
    switch (what) {
    case COVAR_SAMP:
    case COVAR_POP:
        return tally_moments_covariance_f64(&p->x, &p->y, &p->products,
                                            what == COVAR_SAMP ? 1 : 0, result);
    case CORR:
        status =
            tally_moments_correlation_f64(&p->x, &p->y, &p->products, result);
        break;
    default:
        status = tally_moments_linear_fit(
            &p->x, &p->y, &p->products, what == REGR_SLOPE ? result : NULL,
            what == REGR_INTERCEPT ? result : NULL, NULL);
        break;
    }
    /* Pairs were only added, and so all values of one side are equal. */
    if (status == TALLY_INVALID) {
        *result = NAN;
        status = TALLY_OK;
    }
    return status;
}

static void finalize(duckdb_function_info info, duckdb_aggregate_state *states,
                     duckdb_vector result, idx_t count, idx_t offset) {
    const int what = this_overload(info)->result;
    double *data = duckdb_vector_get_data(result);
    for (idx_t i = 0; i < count; i++) {
        const pairs *p = (const pairs *)states[i];
        int64_t number;
        tally_status status = tally_moments_count(&p->x, &number);
        if (status == TALLY_OK && number <= (what == COVAR_SAMP ? 1 : 0)) {
            set_null(result, offset + i);
        } else if (status == TALLY_OK) {
            double *into = &data[offset + i];
            status = result_of(p, what, into);
            if (what == REGR_INTERCEPT && status == TALLY_OK && isnan(*into))
                set_null(result, offset + i);
        }
        if (status != TALLY_OK && status != TALLY_OVERFLOW) {
            aggregate_failed(info, status);
            return;
        }
    }
}

const state_kind pair_states = {
    state_size, init, update, combine, finalize, NULL,
};
