/* Variances and standard deviations. */
#include "number.h"

/* Values wait until there are enough for a call that adds them fast. */
#define WAITING 32

/* All bytes zero is the state of nothing. */
typedef struct moments {
    tally_moments all;
    size_t waiting;
    double values[WAITING];
} moments;

static tally_status add_waiting(moments *m) {
    size_t count = m->waiting;
    m->waiting = 0;
    if (count == 1)
        return tally_moments_add_one_f64(&m->all, m->values[0]);
    return tally_moments_add_f64(&m->all, m->values, count);
}

void moments_step(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    number n = number_of(values[0]);
    if (n.type == SQLITE_NULL)
        return;
    moments *m = sqlite3_aggregate_context(context, sizeof *m);
    if (m == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    tally_status status = TALLY_OK;
    if (!is_double(&n, &m->values[m->waiting])) {
        const int64_t integer = n.integer;
        status = tally_moments_add_i64(&m->all, &integer, 1);
    } else if (++m->waiting == WAITING) {
        status = add_waiting(m);
    }
    if (status != TALLY_OK)
        result_failure(context, status);
}

void moments_inverse(sqlite3_context *context, int count,
                     sqlite3_value **values) {
    (void)count;
    number n = number_of(values[0]);
    moments *m = sqlite3_aggregate_context(context, 0);
    if (n.type == SQLITE_NULL || m == NULL)
        return;
    /* A value that still waits may be subtracted before it is added. */
    tally_status status;
    double value;
    if (is_double(&n, &value)) {
        status = tally_moments_subtract_one_f64(&m->all, value);
    } else {
        const int64_t integer = n.integer;
        status = tally_moments_subtract_i64(&m->all, &integer, 1);
    }
    if (status != TALLY_OK)
        result_failure(context, status);
}

void moments_value(sqlite3_context *context) {
    moments *m = sqlite3_aggregate_context(context, 0);
    if (m == NULL)
        return;
    const function *f = this_function(context);
    int64_t count = 0;
    tally_status status = add_waiting(m);
    if (status == TALLY_OK)
        status = tally_moments_count(&m->all, &count);
    double value = 0.0;
    if (status == TALLY_OK) {
        /* Too few rows: no variance. */
        if (count <= (int64_t)f->ddof)
            return;
        status = f->result == VARIANCE
                     ? tally_moments_variance_f64(&m->all, f->ddof, &value)
                     : tally_moments_standard_deviation_f64(&m->all, f->ddof,
                                                            &value);
    }
    result_double(context, status, value);
}
