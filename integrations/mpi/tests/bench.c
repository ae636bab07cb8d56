/*
 * Ratios to MPI_SUM: medians of interleaved runs.
 *
 *     bench RUNS
 *
 * Rank 0 prints a line for each measurement: its name, the medians of MPI_SUM's
 * time and ours in microseconds, the median of the ratios of the runs, and the
 * ratio of the fastest runs, which other programs disturb the least.
 */
#define _XOPEN_SOURCE 700
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <tally_mpi.h>

enum { LONG = 1000000, FIELDS = 10000, EACH = 100 };

static int rank, runs;
static double *values, *sums, *totals;
static tally_accumulator *states;

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(double *times) {
    qsort(times, (size_t)runs, sizeof *times, ascending);
    return times[runs / 2];
}

/* The loops that a program has today. */
static double loop(const double *at, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += at[i];
    return sum;
}

static int host_one(void) {
    double mine = loop(values, LONG);
    return MPI_Allreduce(&mine, totals, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
}

static int our_one(void) {
    return tally_mpi_allreduce_f64(values, LONG, MPI_COMM_WORLD, totals);
}

static int host_alone(void) {
    return MPI_Allreduce(values, totals, 1, MPI_DOUBLE, MPI_SUM,
                         MPI_COMM_WORLD);
}

static int our_alone(void) {
    return tally_mpi_allreduce_f64(values, 1, MPI_COMM_WORLD, totals);
}

static int host_elements(void) {
    return MPI_Allreduce(values, totals, FIELDS, MPI_DOUBLE, MPI_SUM,
                         MPI_COMM_WORLD);
}

static int our_elements(void) {
    return tally_mpi_allreduce_elements_f64(values, totals, FIELDS,
                                            MPI_COMM_WORLD);
}

static int host_few(void) {
    return MPI_Allreduce(values, totals, EACH, MPI_DOUBLE, MPI_SUM,
                         MPI_COMM_WORLD);
}

static int our_few(void) {
    return tally_mpi_allreduce_elements_f64(values, totals, EACH,
                                            MPI_COMM_WORLD);
}

static int host_fields(void) {
    for (int i = 0; i < FIELDS; i++)
        sums[i] = loop(values + (size_t)i * EACH, EACH);
    return MPI_Allreduce(sums, totals, FIELDS, MPI_DOUBLE, MPI_SUM,
                         MPI_COMM_WORLD);
}

static int our_fields(void) {
    return tally_mpi_allreduce_fields_f64(values, EACH, EACH, FIELDS,
                                          MPI_COMM_WORLD, totals);
}

static int our_states(void) {
    return tally_mpi_allreduce_totals_f64(states, FIELDS, MPI_COMM_WORLD,
                                          totals);
}

static double timed(int call(void)) {
    MPI_Barrier(MPI_COMM_WORLD);
    double start = MPI_Wtime();
    if (call() != 0) {
        fprintf(stderr, "%s\n", tally_mpi_last_message());
        MPI_Abort(MPI_COMM_WORLD, 1);
    }
    double mine = MPI_Wtime() - start, slowest;
    MPI_Allreduce(&mine, &slowest, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
    return slowest;
}

static void compare(const char *name, int host(void), int ours(void)) {
    double *a = malloc((size_t)runs * sizeof *a),
           *b = malloc((size_t)runs * sizeof *b),
           *ratios = malloc((size_t)runs * sizeof *ratios);
    if (a == NULL || b == NULL || ratios == NULL)
        MPI_Abort(MPI_COMM_WORLD, 1);
    for (int i = -3; i < runs; i++) {
        double x = timed(host), y = timed(ours);
        if (i >= 0) {
            a[i] = x;
            b[i] = y;
            ratios[i] = y / x;
        }
    }
    double x = median(a), y = median(b);
    if (rank == 0)
        printf("%-32s %10.1f %10.1f %7.2f %7.2f\n", name, x * 1e6, y * 1e6,
               median(ratios), b[0] / a[0]);
    free(a);
    free(b);
    free(ratios);
}

int main(int argc, char **argv) {
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    runs = argc > 1 ? atoi(argv[1]) : 15;
    values = malloc(LONG * sizeof *values);
    sums = malloc(FIELDS * sizeof *sums);
    totals = malloc(FIELDS * sizeof *totals);
    states = calloc(FIELDS, sizeof *states);
    if (!values || !sums || !totals || !states)
        MPI_Abort(MPI_COMM_WORLD, 1);
    for (int kind = 0; kind < 2; kind++) {
        const char *data = kind == 0 ? "uniform" : "80 binades";
        srand48(rank + 1);
        for (int i = 0; i < LONG; i++)
            values[i] =
                kind == 0 ? drand48()
                          : ldexp(drand48() - 0.5, (int)(drand48() * 80) - 40);
        for (int i = 0; i < FIELDS; i++) {
            states[i] = (tally_accumulator)TALLY_ACCUMULATOR_INIT;
            if (tally_accumulator_add_f64(&states[i], values + (size_t)i * EACH,
                                          EACH) != TALLY_OK)
                MPI_Abort(MPI_COMM_WORLD, 1);
        }
        if (rank == 0)
            printf("%-32s %10s %10s %7s %7s\n", data, "MPI_SUM us", "Tally us",
                   "ratio", "fastest");
        compare("one total of 1e6 values a rank", host_one, our_one);
        compare("one total of one value", host_alone, our_alone);
        compare("100 totals of one value", host_few, our_few);
        compare("10,000 totals of one value", host_elements, our_elements);
        compare("10,000 totals of 100 values", host_fields, our_fields);
        compare("10,000 totals of accumulators", host_elements, our_states);
    }
    MPI_Finalize();
    return 0;
}
