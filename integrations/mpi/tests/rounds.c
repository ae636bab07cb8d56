/*
 * Programs that do not end well.
 *
 *     rounds kill       one of the ranks kills itself on the way
 *     rounds version    rank 1 has another version of Tally
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tally_mpi.h>

/* In place of the library's: the version that this rank pretends to have. */
uint32_t tally_version_number(void) {
    const char *rank = getenv("OMPI_COMM_WORLD_RANK");
    if (rank == NULL)
        rank = getenv("PMI_RANK");
    return getenv("PRETEND") != NULL && rank != NULL && atoi(rank) == 1 ? 20304
                                                                        : 100;
}

int main(int argc, char **argv) {
    int rank, size, error = 0;
    double total = 7;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    if (strcmp(argv[argc - 1], "version") == 0) {
        MPI_Comm part;
        double x = 1;
        error = tally_mpi_allreduce_f64(&x, 1, MPI_COMM_WORLD, &total);
        printf("rank %d: %d %g %d %s\n", rank, error, total,
               tally_mpi_last_rank(), tally_mpi_last_message());
        error = tally_mpi_init(MPI_COMM_WORLD);
        printf("rank %d: %d %g %d %s\n", rank, error, total,
               tally_mpi_last_rank(), tally_mpi_last_message());
        /* Those that have the same version may go on. */
        MPI_Comm_split(MPI_COMM_WORLD, rank == 1, rank, &part);
        error = tally_mpi_allreduce_f64(&x, 1, part, &total);
        printf("part %d: %d %g\n", rank == 1, error, total);
        MPI_Comm_free(&part);
        MPI_Finalize();
        return 0;
    }
    for (long turn = 0; turn < 100000000; turn++) {
        double x = turn + rank;
        if (rank == 1 && turn == 50)
            raise(SIGKILL);
        error = tally_mpi_allreduce_f64(&x, 1, MPI_COMM_WORLD, &total);
        if (error != 0)
            printf("rank %d: %d %s\n", rank, error, tally_mpi_last_message());
        else if (total != (double)turn * size + size * (size - 1) / 2.0 ||
                 turn > 50)
            printf("WRONG: %ld %g\n", turn, total);
        if (error != 0 || turn > 50)
            break;
    }
    printf("rank %d left the loop\n", rank);
    MPI_Finalize();
    return 0;
}
