/* Statistics of the values of all ranks: one state, one round. */
#include "internal.h"

/* A state of any kind. */
typedef union state {
    tally_accumulator sum;
    tally_product_accumulator products;
    tally_moments moments;
} state;

/* Joins the states of all ranks into 'all'. 'out' is where the result goes. */
static int join_states(vote *all, int call, uint64_t argument,
                       const state *mine, size_t size, local_failure *failure,
                       const double *out, const group *g) {
    note_null(failure, out, "the pointer to the result");
    return take_part(all, g, call, argument, 0, mine, size, failure, 0);
}

/* Each rank reads the value of the state itself, and gets the same one. */
static int finish(tally_status status) {
    return status == TALLY_OK ? succeed() : fail_tally(status);
}

static int of_accumulator(int call, const double *values, size_t count,
                          MPI_Comm comm, double *out,
                          tally_status value(const tally_accumulator *,
                                             double *)) {
    group g;
    vote all;
    state mine = {.sum = TALLY_ACCUMULATOR_INIT};
    local_failure failure = {TALLY_OK, ""};
    int error = enter(comm, &g);
    if (error != 0)
        return error;
    note_array(&failure, values, count, sizeof *values, "'values'");
    if (failure.status == TALLY_OK)
        note_tally(&failure,
                   tally_accumulator_add_f64(&mine.sum, values, count));
    error =
        join_states(&all, call, 0, &mine, sizeof mine.sum, &failure, out, &g);
    return error != 0 ? error
                      : finish(value((const void *)all.all[0].body, out));
}

static int of_moments(int call, const double *values, size_t count, size_t ddof,
                      MPI_Comm comm, double *out,
                      tally_status value(const tally_moments *, size_t,
                                         double *)) {
    group g;
    vote all;
    state mine = {.moments = TALLY_MOMENTS_INIT};
    local_failure failure = {TALLY_OK, ""};
    int error = enter(comm, &g);
    if (error != 0)
        return error;
    note_array(&failure, values, count, sizeof *values, "'values'");
    if (failure.status == TALLY_OK)
        note_tally(&failure,
                   tally_moments_add_f64(&mine.moments, values, count));
    error = join_states(&all, call, ddof, &mine, sizeof mine.moments, &failure,
                        out, &g);
    return error != 0 ? error
                      : finish(value((const void *)all.all[0].body, ddof, out));
}

static tally_status norm_of(const tally_moments *moments, size_t ddof,
                            double *norm) {
    (void)ddof;
    return tally_moments_norm_f64(moments, norm);
}

int tally_mpi_allreduce_f64(const double *values, size_t count, MPI_Comm comm,
                            double *total) {
    return of_accumulator(CALL_SUM, values, count, comm, total,
                          tally_accumulator_value_f64);
}

int tally_mpi_allreduce_mean_f64(const double *values, size_t count,
                                 MPI_Comm comm, double *mean) {
    return of_accumulator(CALL_MEAN, values, count, comm, mean,
                          tally_accumulator_mean_f64);
}

int tally_mpi_allreduce_variance_f64(const double *values, size_t count,
                                     size_t ddof, MPI_Comm comm,
                                     double *variance) {
    return of_moments(CALL_VARIANCE, values, count, ddof, comm, variance,
                      tally_moments_variance_f64);
}

int tally_mpi_allreduce_standard_deviation_f64(const double *values,
                                               size_t count, size_t ddof,
                                               MPI_Comm comm,
                                               double *deviation) {
    return of_moments(CALL_DEVIATION, values, count, ddof, comm, deviation,
                      tally_moments_standard_deviation_f64);
}

int tally_mpi_allreduce_norm_f64(const double *values, size_t count,
                                 MPI_Comm comm, double *norm) {
    return of_moments(CALL_NORM, values, count, 0, comm, norm, norm_of);
}

int tally_mpi_allreduce_dot_f64(const double *x, const double *y, size_t count,
                                MPI_Comm comm, double *total) {
    group g;
    vote all;
    state mine = {.products = TALLY_PRODUCT_ACCUMULATOR_INIT};
    local_failure failure = {TALLY_OK, ""};
    int error = enter(comm, &g);
    if (error != 0)
        return error;
    note_array(&failure, x, count, sizeof *x, "'x'");
    note_array(&failure, y, count, sizeof *y, "'y'");
    if (failure.status == TALLY_OK)
        note_tally(&failure, tally_product_accumulator_add_f64(&mine.products,
                                                               x, y, count));
    error = join_states(&all, CALL_DOT, 0, &mine, sizeof mine.products,
                        &failure, total, &g);
    return error != 0 ? error
                      : finish(tally_product_accumulator_value_f64(
                            (const void *)all.all[0].body, total));
}

int tally_mpi_allreduce_failed(tally_status status, const char *message,
                               MPI_Comm comm) {
    group g;
    vote all;
    local_failure failure = {TALLY_OK, ""};
    int error = enter(comm, &g);
    if (error != 0)
        return error;
    if (status >= TALLY_OK)
        note(&failure, TALLY_INVALID,
             "the status for tally_mpi_allreduce_failed() is not below 0");
    else
        note(&failure, status, message != NULL ? message : "");
    return take_part(&all, &g, CALL_FAILED, 0, 0, NULL, 0, &failure, 0);
}
