! Calls before MPI_Init, with unusual arrays, and after MPI_Finalize. Prints a
! line for each test; exit status 1 if one fails.
program outside
  use, intrinsic :: iso_c_binding, only: c_double
  use mpi_f08
  use tally_mpi
  implicit none
  real(c_double) :: x(2) = [1, 2], total = 7
  type(mpi_op) :: op
  integer :: np, rank = 0, error
  logical :: failed = .false.
  call refused('before MPI_Init', 'MPI is not initialized')
  call mpi_init()
  call mpi_comm_size(MPI_COMM_WORLD, np)
  call mpi_comm_rank(MPI_COMM_WORLD, rank)
  call strides()
  call mpi_finalize()
  call refused('after MPI_Finalize', 'MPI is finalized')
  if (failed) error stop 1

contains

  subroutine test(name, holds)
    character(*), intent(in) :: name
    logical, intent(in) :: holds
    if (.not. holds) print '(a)', 'FAILED: ' // name
    if (holds .and. rank == 0) print '(a)', 'ok: ' // name
    failed = failed .or. .not. holds
  end subroutine

  subroutine refused(when, text)
    character(*), intent(in) :: when, text
    call tally_mpi_allreduce_f64(x, MPI_COMM_WORLD, total, error)
    call test('a sum ' // when, error == TALLY_INVALID .and. &
              total == 7 .and. tally_mpi_last_message() == text)
    call tally_mpi_op(TALLY_MPI_MOMENTS, op, error)
    call test('an operator ' // when, error == TALLY_INVALID .and. &
              tally_mpi_last_message() == text)
  end subroutine

  ! Sections that are not contiguous, as arguments in both directions.
  subroutine strides()
    integer, parameter :: n = 12
    real(c_double) :: a(n, n), b(2 * n), result
    type(tally_accumulator) :: states(5)
    integer :: i, k
    a = reshape([(real(i, c_double), i = 1, n * n)], [n, n])
    call tally_mpi_allreduce_f64(a(n:1:-5, 2), MPI_COMM_WORLD, result, error)
    call test('a sum of every fifth value, backwards', &
              error == 0 .and. result == np * sum(a(n:1:-5, 2)))
    call tally_mpi_allreduce_dot_f64(a(1:n:4, 1), a(2, 1:n:4), MPI_COMM_WORLD, &
                                     result, error)
    call test('a dot product of a row and a column', error == 0 .and. &
              result == np * dot_product(a(1:n:4, 1), a(2, 1:n:4)))
    b = -1
    call tally_mpi_allreduce_fields_f64(a(1:n:3, 2:8:2), MPI_COMM_WORLD, &
                                        b(8:2:-2), error)
    call test('fields of a section into a section', error == 0 .and. &
              all(b(8:2:-2) == np * sum(a(1:n:3, 2:8:2), 1)) .and. &
              all(b(1:7:2) == -1))
    b = [(real(i, c_double), i = 1, 2 * n)]
    call tally_mpi_allreduce_elements_f64(b(1::2), MPI_COMM_WORLD, error)
    call test('every second element', error == 0 .and. &
              all(b == [(i * real(merge(np, 1, mod(i, 2) == 1), c_double), &
                         i = 1, 2 * n)]))
    do k = 1, 5
      call tally_add(states(k), a(k, :), error)
    end do
    b = -1
    call tally_mpi_allreduce_totals_f64(states(1:5:2), MPI_COMM_WORLD, &
                                        b(1:5:2), error)
    call test('every second state', error == 0 .and. &
              all(b(1:5:2) == np * sum(a(1:5:2, :), 2)) .and. b(2) == -1)
    call tally_mpi_allreduce_fields_f64(a(1:0, 1:2), MPI_COMM_WORLD, b, error)
    call test('fields of no values', error == 0 .and. all(b(1:2) == 0))
  end subroutine
end program
