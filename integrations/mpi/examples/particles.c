/*
 * The energy and the momentum of particles that move between ranks: the same
 * for every number of ranks, and before and after they are exchanged.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <tally_mpi.h>

typedef struct particle {
    double mass, velocity[3];
} particle;

/* The totals of all particles. A rank whose own part fails reports it. */
static int totals_of(const particle *own, size_t count, MPI_Comm comm,
                     double totals[4]) {
    /* The energy as exact products, the momentum as three of them. */
    tally_product_accumulator states[4] = {
        TALLY_PRODUCT_ACCUMULATOR_INIT, TALLY_PRODUCT_ACCUMULATOR_INIT,
        TALLY_PRODUCT_ACCUMULATOR_INIT, TALLY_PRODUCT_ACCUMULATOR_INIT};
    tally_status status = TALLY_OK;
    for (size_t i = 0; i < count && status == TALLY_OK; i++)
        for (int d = 0; d < 3 && status == TALLY_OK; d++) {
            double v = own[i].velocity[d];
            status = tally_product_accumulator_add_one_f64(
                &states[0], 0.5 * own[i].mass * v, v);
            if (status == TALLY_OK)
                status = tally_product_accumulator_add_one_f64(&states[1 + d],
                                                               own[i].mass, v);
        }
    if (status != TALLY_OK)
        return tally_mpi_allreduce_failed(status, tally_last_message(), comm);
    int error = tally_mpi_allreduce_states(TALLY_MPI_PRODUCT_ACCUMULATOR,
                                           MPI_IN_PLACE, states, 4, comm);
    for (int k = 0; k < 4 && error == 0; k++)
        error = tally_product_accumulator_value_f64(&states[k], &totals[k]);
    return error;
}

int main(int argc, char **argv) {
    enum { ALL = 20000 };
    int rank, size, failed = 0;
    double totals[2][4] = {{0}, {0}};
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    particle *own = malloc(ALL * sizeof *own);
    for (int way = 0; way < 2; way++) {
        size_t count = 0;
        for (int i = 0; i < ALL && own != NULL; i++)
            /* First in slabs, then dealt out in turn. */
            if ((way == 0 ? (int)((long)i * size / ALL) : i % size) == rank)
                own[count++] = (particle){1 + sin(i),
                                          {cos(i), sin(3.0 * i), cos(7.0 * i)}};
        int error =
            own == NULL
                ? tally_mpi_allreduce_failed(
                      TALLY_MEMORY, "no room for the particles", MPI_COMM_WORLD)
                : totals_of(own, count, MPI_COMM_WORLD, totals[way]);
        if (error != 0) {
            fprintf(stderr, "%s\n", tally_mpi_last_message());
            failed = 1;
        }
    }
    for (int k = 0; k < 4; k++)
        failed |= totals[0][k] != totals[1][k];
    if (rank == 0 && !failed)
        printf("%a %a\n", totals[0][0], totals[0][1]);
    free(own);
    MPI_Finalize();
    return failed;
}
