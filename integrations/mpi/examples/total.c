/* The total and the mean of values that are spread over all ranks. */
#include <stdio.h>
#include <tally_mpi.h>

int main(int argc, char **argv) {
    int rank, size, status = 0;
    double total, mean;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    /* Rank 0 has two values, the last one has one, others have none. */
    double values[3];
    size_t count = 0;
    if (rank == 0) {
        values[count++] = 1.5;
        values[count++] = 1e100;
    }
    if (rank == size - 1)
        values[count++] = -1e100;
    if (tally_mpi_allreduce_f64(values, count, MPI_COMM_WORLD, &total) != 0 ||
        tally_mpi_allreduce_mean_f64(values, count, MPI_COMM_WORLD, &mean) !=
            0) {
        fprintf(stderr, "%s\n", tally_mpi_last_message());
        status = 1;
    } else if (rank == 0) {
        printf("%.17g, mean %.17g\n", total, mean);
    }
    MPI_Finalize();
    return status;
}
