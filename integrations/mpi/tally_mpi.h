/*
 * tally_mpi.h - exact, reproducible reductions over MPI
 *
 * The total is the exact sum of all values on all ranks, rounded once. It does
 * not depend on the number of ranks, on how the values are distributed over
 * them, or on the MPI library's algorithm. The same holds for means, variances,
 * dot products and norms.
 *
 *     double total;
 *     int error = tally_mpi_allreduce_f64(values, count, comm, &total);
 *     if (error != 0)
 *         fprintf(stderr, "%s\n", tally_mpi_last_message());
 *
 * Conventions:
 *
 * - Functions with "allreduce" or "init" in their names are collective: all
 *   ranks of the communicator call the same function and get the same result.
 *   The communicator must be an intracommunicator; an intercommunicator is
 *   refused with TALLY_INVALID on every rank, without communication.
 * - They return 0, a tally_status, which is negative, or an MPI error code,
 *   which is positive; MPI_Error_string() explains it. An error of an MPI
 *   function goes to the communicator's error handler first, which by default
 *   ends the program.
 * - A rank with a bad argument, without memory or with a failed state still
 *   takes part. Every rank returns its status; tally_mpi_last_rank() is the
 *   failed rank and tally_mpi_last_message() has its message. If several ranks
 *   failed, the lowest is reported. A rank whose own work failed before the
 *   call, and which has no values to contribute, calls
 *   tally_mpi_allreduce_failed().
 * - On failure, results are left unchanged unless a function says otherwise.
 *   The exception is a total beyond DBL_MAX: the infinity is written and the
 *   status is TALLY_OVERFLOW.
 * - Messages are sealed with a checksum and the number of ranks. A message that
 *   was damaged or cut gives TALLY_FORMAT, not a wrong total. If that happens
 *   to the last message to a rank, only that rank returns TALLY_FORMAT.
 * - All ranks must use the same version of Tally and of this library. The first
 *   call on a communicator compares the versions; TALLY_INVALID names two ranks
 *   that differ. Raw states, sent by the datatypes below, are not compared:
 *   call tally_mpi_init() first.
 * - If MPI was initialized with MPI_THREAD_MULTIPLE, threads may call at the
 *   same time on different communicators. tally_mpi_last_message() is specific
 *   to each thread.
 *
 * Arrays and states are as in tally.h. The header needs C99 or C++11.
 */
/* SPDX-License-Identifier: MIT OR Apache-2.0 */
#ifndef TALLY_MPI_H
#define TALLY_MPI_H

#include <mpi.h>
#include <stddef.h>
#include <tally.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------- Start and end ---------------------------- */

/*
 * Compares the versions on all ranks of a communicator.
 *
 * The first call of any other collective function on a communicator does this
 * too. Call tally_mpi_init() before using the datatypes below on a
 * communicator. A duplicate of a compared communicator is not compared again.
 */
TALLY_NODISCARD int tally_mpi_init(MPI_Comm comm);

/*
 * Frees the datatypes, the operators and the memory that vectors keep from one
 * call to the next, at most 32 MiB. Not collective. MPI_Finalize() does this
 * too, so few programs need the function. Everything is made again when needed.
 * No other thread may be in a function of this library, or use its datatypes
 * and operators.
 */
TALLY_NODISCARD int tally_mpi_finalize(void);

/* ---------------------------------- Errors -------------------------------- */

/*
 * Returns the message of this thread's latest call of a function that returns
 * an error, or "" if it succeeded. Never NULL; valid until the thread's next
 * call.
 */
TALLY_NODISCARD const char *tally_mpi_last_message(void);

/*
 * Returns the rank, in the communicator of the call, on which the latest error
 * occurred, or -1 if it is not the error of a single rank.
 */
TALLY_NODISCARD int tally_mpi_last_rank(void);

/* -------------------------- Statistics of all values ---------------------- */

/*
 * Each function takes this rank's part of the values. 'count' may differ from
 * rank to rank and may be 0; the pointer may then be NULL. The results are
 * those of the tally.h function for one array of all values.
 */

/* The sum: see tally_sum_f64(). */
TALLY_NODISCARD
int tally_mpi_allreduce_f64(const double *values, size_t count, MPI_Comm comm,
                            double *total);

/*
 * The mean: see tally_mean_f64(). TALLY_INVALID if no rank has any values.
 */
TALLY_NODISCARD
int tally_mpi_allreduce_mean_f64(const double *values, size_t count,
                                 MPI_Comm comm, double *mean);

/*
 * The variance: see tally_variance_f64(). TALLY_INVALID if there are not more
 * than 'ddof' values, or if 'ddof' differs between ranks.
 */
TALLY_NODISCARD
int tally_mpi_allreduce_variance_f64(const double *values, size_t count,
                                     size_t ddof, MPI_Comm comm,
                                     double *variance);

/* The standard deviation: see tally_standard_deviation_f64(). */
TALLY_NODISCARD
int tally_mpi_allreduce_standard_deviation_f64(const double *values,
                                               size_t count, size_t ddof,
                                               MPI_Comm comm,
                                               double *deviation);

/* The Euclidean norm: see tally_norm_f64(). */
TALLY_NODISCARD
int tally_mpi_allreduce_norm_f64(const double *values, size_t count,
                                 MPI_Comm comm, double *norm);

/* The dot product: see tally_dot_f64(). */
TALLY_NODISCARD
int tally_mpi_allreduce_dot_f64(const double *x, const double *y, size_t count,
                                MPI_Comm comm, double *total);

/* ----------------------------- Vectors of totals -------------------------- */

/*
 * Many totals in one call. They travel in a narrow form, as integers that are
 * only as wide as the values of all ranks require, often one or two words per
 * total. All ranks must have the same number of totals. 'totals' may be the
 * array of the values.
 */

/*
 * Sums the elements at the same position on all ranks, as MPI_Allreduce() does
 * with MPI_DOUBLE and MPI_SUM. If 'values' is MPI_IN_PLACE, the values are
 * taken from 'totals'.
 */
TALLY_NODISCARD
int tally_mpi_allreduce_elements_f64(const double *values, double *totals,
                                     size_t count, MPI_Comm comm);

/*
 * Sums each of 'fields' fields. This rank holds 'count' contiguous values of
 * each; field k begins at 'values + k * stride'. 'count' and 'stride' may
 * differ from rank to rank.
 */
TALLY_NODISCARD
int tally_mpi_allreduce_fields_f64(const double *values, size_t count,
                                   ptrdiff_t stride, size_t fields,
                                   MPI_Comm comm, double *totals);

/*
 * Merges each of 'count' sums in progress over all ranks and returns their
 * values.
 */
TALLY_NODISCARD
int tally_mpi_allreduce_totals_f64(const tally_accumulator *states,
                                   size_t count, MPI_Comm comm, double *totals);

/* ----------------------------------- States ------------------------------- */

/* A kind of state. */
typedef enum tally_mpi_kind {
    TALLY_MPI_ACCUMULATOR = 0,         /* tally_accumulator */
    TALLY_MPI_SMALL_ACCUMULATOR = 1,   /* tally_small_accumulator */
    TALLY_MPI_PRODUCT_ACCUMULATOR = 2, /* tally_product_accumulator */
    TALLY_MPI_MOMENTS = 3              /* tally_moments */
} tally_mpi_kind;

/*
 * Merges each of 'count' states over all ranks. If 'in' is MPI_IN_PLACE, the
 * states are taken from 'inout'.
 *
 * A state cannot be merged if it had failed on a rank, or if a small
 * accumulator has grown or has no room for the result. It is then left in
 * 'inout' as a failed state, and its status is returned; the other states are
 * merged. On any other failure 'inout' is left unchanged, except that an MPI
 * error in the middle of a long vector may leave a part of it merged.
 */
TALLY_NODISCARD
int tally_mpi_allreduce_states(tally_mpi_kind kind, const void *in, void *inout,
                               size_t count, MPI_Comm comm);

/*
 * Takes part, as a failed rank, in whichever allreduce function of this header
 * the other ranks call. All ranks, including this one, return 'status', which
 * must be negative, and get 'message', of which at most 255 bytes are kept.
 * 'message' may be NULL.
 */
TALLY_NODISCARD
int tally_mpi_allreduce_failed(tally_status status, const char *message,
                               MPI_Comm comm);

/*
 * The datatype of a state and the commutative operator that merges states, for
 * MPI_Reduce(), MPI_Scan(), MPI_Iallreduce(), one-sided communication and so
 * on. The library frees them: see tally_mpi_finalize().
 *
 * States are sent as they are, without a seal, so damage goes unnoticed. A
 * failure is passed on, but not the rank on which it occurred. A small
 * accumulator without room for the result becomes a failed state with
 * TALLY_TOO_SMALL; one that has grown must not be sent.
 */
TALLY_NODISCARD int tally_mpi_type(tally_mpi_kind kind, MPI_Datatype *type);
TALLY_NODISCARD int tally_mpi_op(tally_mpi_kind kind, MPI_Op *op);

#ifdef __cplusplus
}
#endif

#endif /* TALLY_MPI_H */
