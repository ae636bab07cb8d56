/*
 * tally_mpi.h - exact, reproducible reductions over MPI
 *
 * One total, whatever the number of ranks, the distribution of the values over
 * them and the algorithm of the MPI library: the exact sum of all values of all
 * ranks, rounded once. So are means, variances, dot products and norms.
 *
 *     double total;
 *     int error = tally_mpi_allreduce_f64(values, count, comm, &total);
 *     if (error != 0)
 *         fprintf(stderr, "%s\n", tally_mpi_last_message());
 *
 * Conventions:
 *
 * - Functions whose names have "allreduce" or "init" are collective: all ranks
 *   of the communicator call the same function, and all get the same result.
 *   The communicator is an intracommunicator; another one is refused with
 *   TALLY_INVALID on every rank, without communication.
 * - They return 0, or a tally_status, which is below 0, or an error code of
 *   MPI, which is above 0: MPI_Error_string() explains it. What an MPI function
 *   fails with goes to the communicator's error handler first; by default
 *   that ends the program.
 * - A rank whose arguments are refused, that is out of memory or whose state
 *   had failed takes part all the same. Every rank returns the same status,
 *   tally_mpi_last_rank() is that rank, and tally_mpi_last_message() has its
 *   message. If several ranks failed, it is the lowest. A rank that has nothing
 *   to give, because its own work failed before, calls
 *   tally_mpi_allreduce_failed().
 * - On failure results are left as they were, except where a function says
 *   otherwise, and the infinity that a total beyond DBL_MAX is: it is written,
 *   with TALLY_OVERFLOW.
 * - Messages are sealed: each has a checksum and the number of ranks in it.
 *   One that was damaged or cut on its way is TALLY_FORMAT, not another total.
 *   If it happens on the last way to a rank, that rank alone returns it.
 * - All ranks must use the same version of Tally and of this library. The first
 *   call on a communicator compares them, and TALLY_INVALID names two ranks
 *   that differ. Raw states, sent by the datatypes below, are not compared:
 *   call tally_mpi_init() first.
 * - Threads may call at once, on different communicators, if MPI was
 *   initialized with MPI_THREAD_MULTIPLE. What tally_mpi_last_message() says is
 *   each thread's own.
 *
 * Arrays and states are those of tally.h. The header needs C99 or C++11.
 */
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
 * Every other collective function does so when it is first called on a
 * communicator. Call this one before the datatypes below are used on it. A
 * duplicate of a communicator that was compared is not compared again.
 */
TALLY_NODISCARD int tally_mpi_init(MPI_Comm comm);

/*
 * Frees the datatypes, the operators and the memory that vectors keep from one
 * call to the next, at most 32 MiB. Not collective. MPI_Finalize() does it too,
 * so that few programs need it. All is made again when needed.
 */
TALLY_NODISCARD int tally_mpi_finalize(void);

/* ---------------------------------- Errors -------------------------------- */

/*
 * What this thread's latest call of a function that returns an error said, or
 * "" if it succeeded. Never NULL; valid until the thread's next call.
 */
TALLY_NODISCARD const char *tally_mpi_last_message(void);

/*
 * The rank that the latest error comes from, in the communicator of the call,
 * or -1 if it is not one rank's.
 */
TALLY_NODISCARD int tally_mpi_last_rank(void);

/* -------------------------- Statistics of all values ---------------------- */

/*
 * Each takes this rank's part of the values: 'count' may differ from rank to
 * rank, and may be 0; the pointer may be NULL then. Results are those of the
 * function of tally.h for one array of all values.
 */

/* The sum: see tally_sum_f64(). */
TALLY_NODISCARD
int tally_mpi_allreduce_f64(const double *values, size_t count, MPI_Comm comm,
                            double *total);

/*
 * The mean: see tally_mean_f64(). TALLY_INVALID if no rank has a value.
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
 * Many totals in one call. They travel in a narrow form: as integers that are
 * as wide as the values of all ranks need, often one or two words a total.
 * All ranks have the same number of totals. 'totals' may be where the values
 * are.
 */

/*
 * Adds the elements in the same place on all ranks, as MPI_Allreduce() does
 * with MPI_DOUBLE and MPI_SUM. 'values' may be MPI_IN_PLACE: then they are
 * taken from 'totals'.
 */
TALLY_NODISCARD
int tally_mpi_allreduce_elements_f64(const double *values, double *totals,
                                     size_t count, MPI_Comm comm);

/*
 * The sums of 'fields' fields, of each of which this rank has 'count' values
 * next to each other. Field k begins at 'values + k * stride'. 'count' and
 * 'stride' may differ from rank to rank.
 */
TALLY_NODISCARD
int tally_mpi_allreduce_fields_f64(const double *values, size_t count,
                                   ptrdiff_t stride, size_t fields,
                                   MPI_Comm comm, double *totals);

/*
 * The values of 'count' sums in progress, each merged over all ranks.
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
 * Merges 'count' states, place by place, over all ranks. 'in' may be
 * MPI_IN_PLACE: then they are taken from 'inout'.
 *
 * A state that cannot be merged - it had failed on a rank, or a small one has
 * no room for the result or has grown - is left in 'inout' as a state that has
 * failed with that status, which is returned. The others are as they should
 * be. On any other failure 'inout' is left as it was, but for errors of MPI
 * amid a long vector.
 */
TALLY_NODISCARD
int tally_mpi_allreduce_states(tally_mpi_kind kind, const void *in, void *inout,
                               size_t count, MPI_Comm comm);

/*
 * Takes part as a rank that failed in whatever allreduce of this header the
 * other ranks call. They return 'status', which must be below 0, and have
 * 'message', of which at most 255 bytes are kept; it may be NULL. So does this
 * rank.
 */
TALLY_NODISCARD
int tally_mpi_allreduce_failed(tally_status status, const char *message,
                               MPI_Comm comm);

/*
 * A datatype of one state, and the commutative operator that merges them: for
 * MPI_Reduce(), MPI_Scan(), MPI_Iallreduce(), one-sided communication and so
 * on. The library frees them: see tally_mpi_finalize().
 *
 * States are sent as they are, and not sealed: damage goes unnoticed. Failures
 * are passed on, but not the rank that they come from. A small accumulator that
 * has no room becomes one that has failed with TALLY_TOO_SMALL; one that has
 * grown must not be sent.
 */
TALLY_NODISCARD int tally_mpi_type(tally_mpi_kind kind, MPI_Datatype *type);
TALLY_NODISCARD int tally_mpi_op(tally_mpi_kind kind, MPI_Op *op);

#ifdef __cplusplus
}
#endif

#endif /* TALLY_MPI_H */
