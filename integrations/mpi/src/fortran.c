/* For the Fortran module: communicators as the integers of Fortran. */
#include "internal.h"

/*
 * Open MPI ends a program that converts a handle before MPI_Init() or after
 * MPI_Finalize(). The functions refuse to work then, whatever the communicator.
 */
static MPI_Comm comm_of(MPI_Fint comm) {
    return is_running() ? MPI_Comm_f2c(comm) : MPI_COMM_NULL;
}

/* Not in the header: their declarations are the interfaces of the module. */
#define WITH_COMM(NAME, PARAMETERS, ARGUMENTS)                                 \
    int NAME##_fortran PARAMETERS;                                             \
    int NAME##_fortran PARAMETERS {                                            \
        MPI_Comm c = comm_of(comm);                                            \
        return NAME ARGUMENTS;                                                 \
    }

WITH_COMM(tally_mpi_init, (MPI_Fint comm), (c))
WITH_COMM(tally_mpi_allreduce_f64,
          (const double *values, size_t count, MPI_Fint comm, double *total),
          (values, count, c, total))
WITH_COMM(tally_mpi_allreduce_mean_f64,
          (const double *values, size_t count, MPI_Fint comm, double *mean),
          (values, count, c, mean))
WITH_COMM(tally_mpi_allreduce_variance_f64,
          (const double *values, size_t count, size_t ddof, MPI_Fint comm,
           double *variance),
          (values, count, ddof, c, variance))
WITH_COMM(tally_mpi_allreduce_standard_deviation_f64,
          (const double *values, size_t count, size_t ddof, MPI_Fint comm,
           double *deviation),
          (values, count, ddof, c, deviation))
WITH_COMM(tally_mpi_allreduce_norm_f64,
          (const double *values, size_t count, MPI_Fint comm, double *norm),
          (values, count, c, norm))
WITH_COMM(tally_mpi_allreduce_dot_f64,
          (const double *x, const double *y, size_t count, MPI_Fint comm,
           double *total),
          (x, y, count, c, total))
/* NULL for the values: those are in 'totals'. */
WITH_COMM(tally_mpi_allreduce_elements_f64,
          (const double *values, double *totals, size_t count, MPI_Fint comm),
          (values == NULL ? MPI_IN_PLACE : values, totals, count, c))
WITH_COMM(tally_mpi_allreduce_fields_f64,
          (const double *values, size_t count, ptrdiff_t stride, size_t fields,
           MPI_Fint comm, double *totals),
          (values, count, stride, fields, c, totals))
WITH_COMM(tally_mpi_allreduce_totals_f64,
          (const tally_accumulator *states, size_t count, MPI_Fint comm,
           double *totals),
          (states, count, c, totals))
WITH_COMM(tally_mpi_allreduce_states,
          (int kind, const void *in, void *inout, size_t count, MPI_Fint comm),
          ((tally_mpi_kind)kind, in == NULL ? MPI_IN_PLACE : in, inout, count,
           c))
WITH_COMM(tally_mpi_allreduce_failed,
          (tally_status status, const char *message, MPI_Fint comm),
          (status, message, c))

int tally_mpi_type_fortran(int kind, MPI_Fint *type);
int tally_mpi_type_fortran(int kind, MPI_Fint *type) {
    MPI_Datatype made = MPI_DATATYPE_NULL;
    int error = tally_mpi_type((tally_mpi_kind)kind, &made);
    if (is_running())
        *type = MPI_Type_c2f(made);
    return error;
}

int tally_mpi_op_fortran(int kind, MPI_Fint *op);
int tally_mpi_op_fortran(int kind, MPI_Fint *op) {
    MPI_Op made = MPI_OP_NULL;
    int error = tally_mpi_op((tally_mpi_kind)kind, &made);
    if (is_running())
        *op = MPI_Op_c2f(made);
    return error;
}
