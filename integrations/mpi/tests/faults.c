/*
 * What goes wrong on one rank, or in the arguments, without hanging or a wrong
 * total on any. Prints a line for each test; exit status 1 if one fails.
 *
 * It is run with any number of ranks from 2 on.
 */
#define _GNU_SOURCE
#include <fenv.h>
#include <float.h>
#include <math.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tally_mpi.h>

static int rank, size, failed;
static const MPI_Comm *world;

/* The first large allocation fails while this is set. */
static volatile size_t refuse_from;
#ifndef NO_MALLOC /* for those who have one of their own */
extern void *__libc_malloc(size_t size);
void *malloc(size_t bytes) {
    if (refuse_from != 0 && bytes >= refuse_from) {
        refuse_from = 0;
        return NULL;
    }
    return __libc_malloc(bytes);
}
#endif

/* All ranks call it, with what each of them saw. */
static void test(const char *name, int holds, const char *format, ...) {
    int all, bad = holds ? size : rank, first;
    MPI_Allreduce(&holds, &all, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    MPI_Allreduce(&bad, &first, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    if (!all && rank == first) {
        va_list arguments;
        va_start(arguments, format);
        fprintf(stderr, "%s, on rank %d: ", name, rank);
        vfprintf(stderr, format, arguments);
        fprintf(stderr, " (%s, rank %d)\n", tally_mpi_last_message(),
                tally_mpi_last_rank());
        va_end(arguments);
    }
    if (rank == 0)
        printf("%s: %s\n", all ? "ok" : "FAILED", name);
    failed |= !all;
}

static int same(double a, double b) {
    return memcmp(&a, &b, sizeof a) == 0;
}

/* The error is of 'status' and 'from', and every message has 'text' in it. */
static void refused(const char *name, int error, tally_status status, int from,
                    const char *text, int untouched) {
    test(name,
         error == status && tally_mpi_last_rank() == from &&
             strstr(tally_mpi_last_message(), text) != NULL && untouched,
         "error %d, untouched %d", error, untouched);
}

static void arguments(void) {
    const int last = size - 1;
    double x[3] = {1, 2, 3}, total = 7;
    const double *part = rank == last ? NULL : x;
    refused("NULL values on one rank",
            tally_mpi_allreduce_f64(part, 3, *world, &total), TALLY_NULL, last,
            "'values' is NULL", total == 7);
    refused(
        "a NULL result on one rank",
        tally_mpi_allreduce_norm_f64(x, 3, *world, rank == 0 ? NULL : &total),
        TALLY_NULL, 0, "result is NULL", total == 7);
    refused("NULL on one rank in a dot product",
            tally_mpi_allreduce_dot_f64(x, part, 3, *world, &total), TALLY_NULL,
            last, "'y' is NULL", total == 7);
    refused("an impossible length on one rank",
            tally_mpi_allreduce_f64(x, rank == 1 ? SIZE_MAX / 4 : 3, *world,
                                    &total),
            TALLY_INVALID, 1, "PTRDIFF_MAX", total == 7);
    refused("MPI_IN_PLACE where there is no place",
            tally_mpi_allreduce_f64(MPI_IN_PLACE, 3, *world, &total),
            TALLY_INVALID, 0, "MPI_IN_PLACE", total == 7);
    refused(
        "different ddof",
        tally_mpi_allreduce_variance_f64(x, 3, rank == last, *world, &total),
        TALLY_INVALID, last, "ddof", total == 7);
    refused("too few values",
            tally_mpi_allreduce_variance_f64(x, rank == 0, 1, *world, &total),
            TALLY_INVALID, -1, "ddof", total == 7);
    refused("no values for a mean",
            tally_mpi_allreduce_mean_f64(NULL, 0, *world, &total),
            TALLY_INVALID, -1, "TALLY_INVALID", total == 7);
    refused("different functions",
            rank == last ? tally_mpi_allreduce_mean_f64(x, 3, *world, &total)
                         : tally_mpi_allreduce_f64(x, 3, *world, &total),
            TALLY_INVALID, last, "tally_mpi_allreduce_mean_f64", total == 7);
    int error = tally_mpi_allreduce_f64(x, 3, MPI_COMM_NULL, &total);
    test("MPI_COMM_NULL is an error of MPI",
         error > 0 && strstr(tally_mpi_last_message(), "MPI_COMM_NULL"),
         "error %d", error);
    MPI_Datatype type;
    refused("an unknown kind of states",
            tally_mpi_type((tally_mpi_kind)9, &type), TALLY_INVALID, -1,
            "kind 9", 1);
    refused("a NULL operator", tally_mpi_op(TALLY_MPI_MOMENTS, NULL),
            TALLY_NULL, -1, "NULL", 1);
    refused("an unknown kind of states, reduced",
            tally_mpi_allreduce_states((tally_mpi_kind)-1, x, x, 1, *world),
            TALLY_INVALID, 0, "kind", 1);
}

static void ranks_that_fail(void) {
    double x[2] = {1, 2}, total = 7, totals[2] = {7, 7};
    tally_accumulator sums[2] = {TALLY_ACCUMULATOR_INIT,
                                 TALLY_ACCUMULATOR_INIT};
#define FAILING(CALL)                                                          \
    (rank == 1 ? tally_mpi_allreduce_failed(TALLY_PARSE,                       \
                                            "line 3 of the input", *world)     \
               : CALL)
#define ALL_LEARN(NAME, CALL)                                                  \
    refused("all learn of a rank that failed, in " NAME, FAILING(CALL),        \
            TALLY_PARSE, 1, "rank 1: TALLY_PARSE: line 3 of the input",        \
            total == 7 && totals[0] == 7 && totals[1] == 7)
    ALL_LEARN("a sum", tally_mpi_allreduce_f64(x, 2, *world, &total));
    ALL_LEARN("a variance",
              tally_mpi_allreduce_variance_f64(x, 2, 1, *world, &total));
    ALL_LEARN("a dot product",
              tally_mpi_allreduce_dot_f64(x, x, 2, *world, &total));
    ALL_LEARN("a vector",
              tally_mpi_allreduce_elements_f64(x, totals, 2, *world));
    ALL_LEARN("an empty vector",
              tally_mpi_allreduce_elements_f64(x, totals, 0, *world));
    ALL_LEARN("states",
              tally_mpi_allreduce_states(TALLY_MPI_ACCUMULATOR, MPI_IN_PLACE,
                                         sums, 2, *world));
    int error = rank == 0 || rank == 1
                    ? tally_mpi_allreduce_failed(
                          rank == 0 ? TALLY_MEMORY : TALLY_PARSE, NULL, *world)
                    : tally_mpi_allreduce_f64(x, 2, *world, &total);
    refused("of several failures that of the lowest rank", error, TALLY_MEMORY,
            0, "rank 0", total == 7);
    char text[2000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    refused("a long message is cut",
            tally_mpi_allreduce_failed(TALLY_ENCODING, text, *world),
            TALLY_ENCODING, 0, "xxx", 1);
    refused("a status that is none",
            tally_mpi_allreduce_failed(TALLY_OK, NULL, *world), TALLY_INVALID,
            0, "not below 0", 1);
    /* A state that failed names its rank, and only it has failed after. */
    if (rank == 1 && tally_accumulator_fail(&sums[1], TALLY_PARSE) != TALLY_OK)
        abort();
    if (tally_accumulator_add_one_f64(&sums[0], 2) != TALLY_OK)
        abort();
    error = tally_mpi_allreduce_totals_f64(sums, 2, *world, totals);
    refused("a failed state in a vector of totals", error, TALLY_PARSE, 1,
            "rank 1", totals[0] == 7);
    error = tally_mpi_allreduce_states(TALLY_MPI_ACCUMULATOR, MPI_IN_PLACE,
                                       sums, 2, *world);
    int ok = tally_accumulator_value_f64(&sums[0], &total) == TALLY_OK &&
             total == 2 * size &&
             tally_accumulator_value_f64(&sums[1], &total) == TALLY_PARSE;
    refused("a failed state among states", error, TALLY_PARSE, 1, "rank 1", ok);
    refused(
        "different lengths of vectors",
        tally_mpi_allreduce_elements_f64(x, totals, rank == 1 ? 1 : 2, *world),
        TALLY_INVALID, 1, "count", totals[0] == 7);
    refused("states on one rank, totals on the others",
            rank == 1 ? tally_mpi_allreduce_states(
                            TALLY_MPI_MOMENTS, MPI_IN_PLACE, sums, 0, *world)
                      : tally_mpi_allreduce_elements_f64(x, totals, 2, *world),
            TALLY_INVALID, 1, "called", totals[0] == 7);
}

static void memory(void) {
    enum { MANY = 300000 };
    double *many = calloc(MANY, sizeof *many), total = 0;
    if (many == NULL)
        abort();
    many[0] = 7;
    if (tally_mpi_finalize() != 0) /* so that none is kept */
        abort();
    int error;
#ifndef NO_MALLOC
    refuse_from = rank == 1 ? MANY * sizeof *many : 0;
    error = tally_mpi_allreduce_elements_f64(MPI_IN_PLACE, many, MANY, *world);
    refuse_from = 0;
    refused("out of memory on one rank", error, TALLY_MEMORY, 1,
            "out of memory", many[0] == 7);
#endif
    error = tally_mpi_allreduce_elements_f64(MPI_IN_PLACE, many, MANY, *world);
    test("the next call succeeds", error == 0 && many[0] == 7.0 * size,
         "error %d, %g", error, many[0]);
    error = tally_mpi_allreduce_f64(many, 1, *world, &total);
    test("a success has no message",
         error == 0 && *tally_mpi_last_message() == '\0' &&
             tally_mpi_last_rank() == -1,
         "error %d", error);
    free(many);
}

static void communicators(void) {
    double x = rank + 1, total = 0;
    int error = tally_mpi_allreduce_f64(&x, 1, MPI_COMM_SELF, &total);
    test("MPI_COMM_SELF has its own total", error == 0 && total == x,
         "error %d, %g", error, total);
    MPI_Comm half, both, copy;
    MPI_Comm_split(MPI_COMM_WORLD, rank % 2, -rank, &half);
    double sum = 0;
    for (int r = rank % 2; r < size; r += 2)
        sum += r + 1;
    error = tally_mpi_allreduce_f64(&x, 1, half, &total);
    test("a part of the ranks", error == 0 && total == sum, "error %d, %g",
         error, total);
    MPI_Intercomm_create(half, 0, MPI_COMM_WORLD,
                         rank % 2 == 0 ? (size - 1) / 2 * 2 + 1 < size
                                             ? (size - 1) / 2 * 2 + 1
                                             : (size - 1) / 2 * 2 - 1
                                       : (size - 1) / 2 * 2,
                         5, &both);
    total = 7;
    refused("an intercommunicator",
            tally_mpi_allreduce_f64(&x, 1, both, &total), TALLY_INVALID, -1,
            "intercommunicator", total == 7);
    refused("an intercommunicator, at the start", tally_mpi_init(both),
            TALLY_INVALID, -1, "intercommunicator", 1);
    MPI_Comm_free(&both);
    MPI_Comm_dup(half, &copy);
    MPI_Comm_free(&half);
    error = tally_mpi_allreduce_f64(&x, 1, copy, &total);
    test("a duplicate", error == 0 && total == sum, "error %d, %g", error,
         total);
    MPI_Comm_free(&copy);
}

static void kinds(void) {
    static const size_t sizes[] = {
        sizeof(tally_accumulator), sizeof(tally_small_accumulator),
        sizeof(tally_product_accumulator), sizeof(tally_moments)};
    union {
        tally_accumulator sum;
        tally_small_accumulator small;
        tally_product_accumulator products;
        tally_moments moments;
    } mine, reduced, merged;
    const double x[3] = {0.1 * (rank + 1), 1e16, -1e16};
    for (int kind = 0; kind < 4; kind++) {
        MPI_Datatype type;
        MPI_Op op;
        int bytes = 0, commutes = 0;
        char name[100];
        memset(&mine, 0, sizeof mine);
        tally_status status =
            kind == 0   ? tally_accumulator_add_f64(&mine.sum, x, 3)
            : kind == 1 ? tally_small_accumulator_add_f64(&mine.small, x, 3)
            : kind == 2
                ? tally_product_accumulator_add_f64(&mine.products, x, x, 3)
                : tally_moments_add_f64(&mine.moments, x, 3);
        int error = tally_mpi_type((tally_mpi_kind)kind, &type);
        if (error == 0)
            error = tally_mpi_op((tally_mpi_kind)kind, &op);
        MPI_Type_size(type, &bytes);
        MPI_Op_commutative(op, &commutes);
        /* In MPI_IN_PLACE, by MPI's own function. */
        memcpy(&reduced, &mine, sizeof mine);
        MPI_Allreduce(MPI_IN_PLACE, &reduced, 1, type, op, MPI_COMM_WORLD);
        memcpy(&merged, &mine, sizeof mine);
        if (error == 0)
            error = tally_mpi_allreduce_states((tally_mpi_kind)kind, &mine,
                                               &merged, 1, *world);
        snprintf(name, sizeof name,
                 "kind %d: operator and allreduce give the same bytes", kind);
        test(name,
             status == TALLY_OK && error == 0 && commutes &&
                 (size_t)bytes == sizes[kind] &&
                 memcmp(&reduced, &merged, sizes[kind]) == 0 &&
                 memcmp(&reduced, &mine, sizes[kind]) != 0,
             "status %d, error %d", status, error);
        /* MPI_Scan() and a nonblocking reduction. */
        MPI_Request request;
        MPI_Scan(&mine, &merged, 1, type, op, MPI_COMM_WORLD);
        int last_is_all =
            rank < size - 1 || memcmp(&reduced, &merged, sizes[kind]) == 0;
        MPI_Iallreduce(&mine, &merged, 1, type, op, MPI_COMM_WORLD, &request);
        MPI_Wait(&request, MPI_STATUS_IGNORE);
        snprintf(name, sizeof name, "kind %d: MPI_Scan, MPI_Iallreduce", kind);
        test(name, last_is_all && memcmp(&reduced, &merged, sizes[kind]) == 0,
             "last %d", last_is_all);
    }
    /* A small one without room. */
    tally_small_accumulator small = TALLY_SMALL_ACCUMULATOR_INIT;
    tally_accumulator room;
    double total;
    if (tally_small_accumulator_add_one_f64(&small,
                                            rank == 0 ? 1e300 : 1e-300) != 0)
        abort();
    int error = tally_mpi_allreduce_states(TALLY_MPI_SMALL_ACCUMULATOR,
                                           MPI_IN_PLACE, &small, 1, *world);
    refused("a small accumulator that has no room", error, TALLY_TOO_SMALL, -1,
            "TALLY_TOO_SMALL",
            tally_small_accumulator_value_f64(&small, &total) ==
                TALLY_TOO_SMALL);
    memset(&small, 0, sizeof small);
    if (rank == 1 && tally_small_accumulator_grow(&small, &room) != TALLY_OK)
        abort();
    error = tally_mpi_allreduce_states(TALLY_MPI_SMALL_ACCUMULATOR,
                                       MPI_IN_PLACE, &small, 1, *world);
    refused("a small accumulator that has grown", error, TALLY_TOO_SMALL, 1,
            "grown", 1);
}

static void numbers(void) {
    double x = rank == 0 ? DBL_MAX : DBL_MAX / 4, total = 0, totals[3];
    int error = tally_mpi_allreduce_f64(&x, 1, *world, &total);
    test("a total beyond DBL_MAX is infinite, with TALLY_OVERFLOW",
         error == TALLY_OVERFLOW && isinf(total), "error %d, %g", error, total);
    /* As the environment is, so is the result. */
    static const int ways[] = {FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO};
    double y[3] = {1, ldexp(1, -53), rank == 0 ? ldexp(1, -1074) : 0};
    double sum = 0, right = 0;
    tally_accumulator state = TALLY_ACCUMULATOR_INIT;
    for (int i = 0; i < size; i++)
        if (tally_accumulator_add_f64(&state, y, 2) != TALLY_OK)
            abort();
    if (tally_accumulator_add_one_f64(&state, ldexp(1, -1074)) != TALLY_OK ||
        tally_accumulator_value_f64(&state, &right) != TALLY_OK)
        abort();
    int ok = 1;
    for (int i = 0; i < 3; i++) {
        fesetround(ways[i]);
        error = tally_mpi_allreduce_f64(y, 3, *world, &sum);
        ok &= error == 0 && same(sum, right);
        error = tally_mpi_allreduce_fields_f64(y, 3, 3, 1, *world, &sum);
        ok &= error == 0 && same(sum, right) && fegetround() == ways[i];
        fesetround(FE_TONEAREST);
    }
    test("the rounding direction changes nothing", ok, "%a, not %a", sum,
         right);
    /* Counts that only subtracting leaves. */
    tally_accumulator odd[3] = {TALLY_ACCUMULATOR_INIT, TALLY_ACCUMULATOR_INIT,
                                TALLY_ACCUMULATOR_INIT};
    const double one = 1, infinite = INFINITY, none = -0.0;
    tally_status status = TALLY_OK;
    if (rank == 0)
        status = tally_accumulator_add_f64(&odd[0], &one, 1) |
                 tally_accumulator_subtract_f64(&odd[1], &infinite, 1);
    else if (rank == 1)
        status = tally_accumulator_subtract_f64(&odd[0], &one, 1) |
                 tally_accumulator_add_f64(&odd[0], &none, 1) |
                 tally_accumulator_add_f64(&odd[1], &infinite, 1) |
                 tally_accumulator_subtract_f64(&odd[2], &none, 1);
    error = tally_mpi_allreduce_totals_f64(odd, 3, *world, totals);
    test("what is taken out on another rank leaves no trace",
         status == TALLY_OK && error == 0 && same(totals[0], -0.0) &&
             same(totals[1], 0.0) && same(totals[2], 0.0),
         "error %d, %g %g %g", error, totals[0], totals[1], totals[2]);
    test("an empty vector",
         tally_mpi_allreduce_elements_f64(NULL, NULL, 0, *world) == 0, "not");
    error = tally_mpi_allreduce_fields_f64(NULL, 0, 0, 3, *world, totals);
    test("fields of no values",
         error == 0 && same(totals[0], 0.0) && same(totals[2], 0.0), "error %d",
         error);
    /* More totals than one chunk has, and a stride below 0. */
    enum { MANY = 40001 };
    double *many = calloc(MANY, sizeof *many);
    if (many == NULL)
        abort();
    for (int i = 0; i < MANY; i++)
        many[i] = i % 1000 == 7 ? NAN : ldexp(i, i % 50) * (rank % 2 ? -1 : 1);
    error = tally_mpi_allreduce_fields_f64(many + MANY - 1, 1, -1, MANY, *world,
                                           many);
    ok = error == 0;
    for (int i = 0; ok && i < MANY; i++) {
        int place = MANY - 1 - i;
        double value = size % 2 ? ldexp(place, place % 50) : 0;
        ok = place % 1000 == 7 ? isnan(many[i]) : many[i] == value;
    }
    test("many totals, backwards, in place", ok, "error %d", error);
    free(many);
}

/* With MPI_THREAD_MULTIPLE: each thread its own communicator. */
static void *thread(void *argument) {
    MPI_Comm comm = *(MPI_Comm *)argument;
    double totals[50], *wrong = NULL;
    for (int turn = 0; turn < 40; turn++) {
        for (int i = 0; i < 50; i++)
            totals[i] = 0.1 * i;
        if (tally_mpi_allreduce_elements_f64(MPI_IN_PLACE, totals, 50, comm) !=
                0 ||
            totals[1] != 0.1 * size || totals[0] != 0)
            wrong = &totals[0];
    }
    return wrong == NULL ? NULL : argument;
}

static void threads(int provided) {
    enum { THREADS = 3 };
    MPI_Comm comms[THREADS];
    pthread_t running[THREADS];
    int ok = 1;
    if (provided < MPI_THREAD_MULTIPLE || size > 2) {
        if (rank == 0)
            puts("skipped: threads, at np 2 with MPI_THREAD_MULTIPLE");
        return;
    }
    for (int i = 0; i < THREADS; i++)
        MPI_Comm_dup(MPI_COMM_WORLD, &comms[i]);
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&running[i], NULL, thread, &comms[i]) != 0)
            abort();
    for (int i = 0; i < THREADS; i++) {
        void *result;
        pthread_join(running[i], &result);
        ok &= result == NULL;
        MPI_Comm_free(&comms[i]);
    }
    test("threads, each with a communicator", ok, "a wrong total");
}

int main(int argc, char **argv) {
    MPI_Comm comm = MPI_COMM_WORLD;
    double x = 1, total = 7;
    int provided, error = tally_mpi_allreduce_f64(&x, 1, comm, &total);
    int before = error == TALLY_INVALID && total == 7;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_MULTIPLE, &provided);
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &size);
    world = &comm;
    test("before MPI_Init()", before, "error %d", error);
    arguments();
    ranks_that_fail();
    memory();
    communicators();
    kinds();
    numbers();
    threads(provided);
    MPI_Finalize();
    error = tally_mpi_allreduce_f64(&x, 1, comm, &total);
    if (error != TALLY_INVALID) {
        printf("FAILED: after MPI_Finalize(): error %d\n", error);
        return 1;
    }
    return failed;
}
