! Global means of the fields of a model, the same for every number of ranks and
! every layout: area-weighted sums of all fields in one call, and their ratio.
program climate
  use mpi_f08
  use tally_mpi
  use, intrinsic :: iso_c_binding, only: c_double
  implicit none
  integer, parameter :: columns = 10000, fields = 30
  integer :: rank, np, first, last, i, k
  real(c_double), allocatable :: weighted(:, :)
  real(c_double) :: area, sums(fields + 1)
  call mpi_init()
  call mpi_comm_rank(MPI_COMM_WORLD, rank)
  call mpi_comm_size(MPI_COMM_WORLD, np)
  first = columns * rank / np + 1
  last = columns * (rank + 1) / np
  ! A field is a column of the array; the last one is the area itself.
  allocate (weighted(last - first + 1, fields + 1))
  do i = first, last
    area = 1 + sin(real(i, c_double))**2
    do k = 1, fields
      weighted(i - first + 1, k) = area * cos(real(i * k, c_double))
    end do
    weighted(i - first + 1, fields + 1) = area
  end do
  call tally_mpi_allreduce_fields_f64(weighted, MPI_COMM_WORLD, sums)
  if (rank == 0) print '(z16.16, 1x, z16.16)', sums(1) / sums(fields + 1), &
    sums(fields) / sums(fields + 1)
  call mpi_finalize()
end program
