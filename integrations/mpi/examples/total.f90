! The total and the mean of values that are spread over all ranks.
program total_of_ranks
  use mpi_f08
  use tally_mpi
  use, intrinsic :: iso_c_binding, only: c_double
  implicit none
  integer :: rank, np
  real(c_double) :: total, mean
  real(c_double), allocatable :: values(:)
  call mpi_init()
  call mpi_comm_rank(MPI_COMM_WORLD, rank)
  call mpi_comm_size(MPI_COMM_WORLD, np)
  ! Rank 0 has two values, the last one has one, others have none.
  allocate (values(0))
  if (rank == 0) values = [1.5_c_double, 1e100_c_double]
  if (rank == np - 1) values = [values, -1e100_c_double]
  ! Without 'ierror' a failure ends the program, with its message.
  call tally_mpi_allreduce_f64(values, MPI_COMM_WORLD, total)
  call tally_mpi_allreduce_mean_f64(values, MPI_COMM_WORLD, mean)
  if (rank == 0) print '(es23.16, a, es23.16)', total, ', mean ', mean
  call mpi_finalize()
end program
