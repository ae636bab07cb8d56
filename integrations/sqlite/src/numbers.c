/* exact_sum, exact_avg and exact_state: sums of numbers. */
#include "number.h"

/* Reals wait until there are enough for a fast call; fewer than BATCH are added
 * faster one by one. */
#define WAITING 64
#define BATCH 8

/*
 * Integers have a total of their own, in 128 bits, which no number of them can
 * overflow. It costs no more than sum(), and tells a total of integers only
 * from one of reals. All bytes zero is the total of nothing.
 */
typedef struct total {
    /* Not used until 'begun': while all reals still wait, it is not needed. */
    tally_small_accumulator reals;
    int begun;
    int waiting;
    double values[WAITING];
    /* The total of the integers is 'high' times 2^64, and 'low'. */
    uint64_t low;
    int64_t high;
    int64_t integers;
} total;

static void add_integer(total *t, int64_t value) {
    t->low += (uint64_t)value;
    t->high += (t->low < (uint64_t)value) - (value < 0);
    t->integers++;
}

static void subtract_integer(total *t, int64_t value) {
    t->high -= (t->low < (uint64_t)value) - (value < 0);
    t->low -= (uint64_t)value;
    t->integers--;
}

typedef tally_status change_reals(tally_small_accumulator *, const double *,
                                  size_t);

/* Returns 0 on failure, and reports it to SQLite. */
static int change(sqlite3_context *context, total *t, const double *values,
                  size_t count, change_reals *by) {
    t->begun = 1;
    tally_status status = by(&t->reals, values, count);
    if (status == TALLY_TOO_SMALL) {
        if (!make_room(context, &t->reals))
            return 0;
        status = by(&t->reals, values, count);
    }
    if (status != TALLY_OK)
        result_failure(context, status);
    return status == TALLY_OK;
}

static tally_status add_one(tally_small_accumulator *into, const double *value,
                            size_t count) {
    (void)count;
    return tally_small_accumulator_add_one_f64(into, *value);
}

static tally_status subtract_one(tally_small_accumulator *from,
                                 const double *value, size_t count) {
    (void)count;
    return tally_small_accumulator_subtract_one_f64(from, *value);
}

static int add_waiting(sqlite3_context *context, total *t) {
    const size_t count = (size_t)t->waiting;
    t->waiting = 0;
    if (count >= BATCH)
        return change(context, t, t->values, count,
                      tally_small_accumulator_add_f64);
    for (size_t i = 0; i < count; i++)
        if (!change(context, t, &t->values[i], 1, add_one))
            return 0;
    return 1;
}

void total_step(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    const number n = number_of(values[0]);
    if (n.type == SQLITE_NULL)
        return;
    total *t = sqlite3_aggregate_context(context, sizeof *t);
    if (t == NULL) {
        sqlite3_result_error_nomem(context);
    } else if (n.type == SQLITE_INTEGER) {
        add_integer(t, n.integer);
    } else {
        t->values[t->waiting++] = n.real;
        if (t->waiting == WAITING)
            add_waiting(context, t);
    }
}

void total_inverse(sqlite3_context *context, int count,
                   sqlite3_value **values) {
    (void)count;
    const number n = number_of(values[0]);
    total *t = sqlite3_aggregate_context(context, 0);
    if (n.type == SQLITE_NULL || t == NULL)
        return;
    /* A value that still waits may be subtracted before it is added. */
    if (n.type == SQLITE_INTEGER)
        subtract_integer(t, n.integer);
    else
        change(context, t, &n.real, 1, subtract_one);
}

/* Adds the total of the integers, and their count. */
static tally_status add_integers(tally_accumulator *into, const total *t) {
    /* The four numbers of 32 bits that the total is made of. */
    const double parts[] = {
        (double)(t->high >> 32) * 0x1p96,
        (double)(t->high & 0xffffffff) * 0x1p64,
        (double)(t->low >> 32) * 0x1p32,
        (double)(t->low & 0xffffffff),
    };
    const int64_t count = sizeof parts / sizeof *parts;
    tally_status status = tally_accumulator_add_f64(into, parts, (size_t)count);
    if (status != TALLY_OK)
        return status;
    /* Zeros make the count right. A stride of 0 adds them at once. */
    const int8_t zero = 0;
    tally_column zeros = TALLY_COLUMN(TALLY_I8, &zero, 1);
    zeros.stride = 0;
    if (t->integers >= count) {
        zeros.count = (size_t)(t->integers - count);
        return tally_accumulator_add(into, &zeros);
    }
    zeros.count = (size_t)(count - t->integers);
    return tally_accumulator_subtract(into, &zeros);
}

/* The sum of integers is an integer, or an error. */
static void result_integer(sqlite3_context *context, const total *t) {
    if (t->high == (t->low >> 63 ? -1 : 0))
        sqlite3_result_int64(context, (int64_t)t->low);
    else
        sqlite3_result_error(context, "integer overflow", -1);
}

/* The result for reals that all still wait; there is at least one. */
static void result_of_waiting(sqlite3_context *context, const total *t) {
    const size_t count = (size_t)t->waiting;
    double value = 0.0;
    tally_status status = this_function(context)->result == MEAN
                              ? tally_mean_f64(t->values, count, &value)
                              : tally_sum_f64(t->values, count, &value);
    result_double(context, status, value);
}

/* The result for reals that have all been added, and for integers. */
static void result_of_all(sqlite3_context *context, const total *t) {
    const tally_small_accumulator *sum = &t->reals;
    tally_accumulator room;
    tally_small_accumulator both = TALLY_SMALL_ACCUMULATOR_INIT;
    tally_status status = TALLY_OK;
    double value = 0.0;
    if (t->integers != 0) {
        status = tally_small_accumulator_grow(&both, &room);
        if (status == TALLY_OK)
            status = tally_small_accumulator_expand(&t->reals, &room);
        if (status == TALLY_OK)
            status = add_integers(&room, t);
        sum = &both;
    }
    if (status != TALLY_OK) {
        result_failure(context, status);
    } else if (this_function(context)->result == STATE) {
        result_state(context, sum);
    } else if (this_function(context)->result == MEAN) {
        status = tally_small_accumulator_mean_f64(sum, &value);
        result_double(context, status, value);
    } else {
        status = tally_small_accumulator_value_f64(sum, &value);
        result_double(context, status, value);
    }
}

static void result_of(sqlite3_context *context, total *t) {
    const result wanted = this_function(context)->result;
    int64_t reals = t->waiting;
    if (!t->begun && t->integers == 0 && reals > 0 && wanted != STATE) {
        result_of_waiting(context, t);
        return;
    }
    if (t->begun) {
        if (!add_waiting(context, t))
            return;
        tally_status status = tally_small_accumulator_count(&t->reals, &reals);
        if (status != TALLY_OK) {
            result_failure(context, status);
            return;
        }
    }
    if (t->integers == 0 && reals == 0)
        sqlite3_result_null(context);
    else if (reals == 0 && wanted == SUM)
        result_integer(context, t);
    else if (add_waiting(context, t))
        result_of_all(context, t);
}

void total_value(sqlite3_context *context) {
    total *t = sqlite3_aggregate_context(context, 0);
    if (t != NULL)
        result_of(context, t);
}

void total_final(sqlite3_context *context) {
    total *t = sqlite3_aggregate_context(context, 0);
    if (t == NULL)
        return;
    result_of(context, t);
    if (t->begun)
        release_room(&t->reals);
}
