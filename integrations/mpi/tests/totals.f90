! As totals.c, in Fortran: the same files, the same lines.
program totals
  use, intrinsic :: iso_c_binding
  use mpi_f08
  use tally_mpi
  implicit none
  integer :: rank, np, quick, argument, way, seed, place, status, error
  integer(c_int64_t) :: rows, columns
  real(c_double), allocatable :: data(:, :), mine(:), second(:), across(:, :)
  real(c_double), allocatable :: results(:)
  integer(c_int64_t), allocatable :: order(:)
  type(tally_accumulator), allocatable :: states(:)
  character(6), parameter :: ways(3) = ['even  ', 'uneven', 'last  ']
  character(1000) :: name
  real(c_double) :: result
  integer :: kept = 0, places(100)
  integer(c_int64_t) :: own(4, 100), most(4, 100)
  character(10) :: whats(100)

  call mpi_init()
  call mpi_comm_rank(MPI_COMM_WORLD, rank)
  call mpi_comm_size(MPI_COMM_WORLD, np)
  call tally_mpi_init(MPI_COMM_WORLD)
  call get_command_argument(1, name)
  quick = merge(1, 0, name == '-q')
  do argument = 1 + quick, command_argument_count()
    call get_command_argument(argument, name)
    call read_file()
    do way = 1 + quick, 3
      do seed = quick, merge(2, 1, way == 2)
        call shuffle()
        call reduce()
        call print_all()
      end do
    end do
    deallocate (data, order, results, states)
  end do
  call mpi_finalize()

contains

  subroutine read_file()
    integer :: unit
    open (newunit=unit, file=name, access='stream', form='unformatted', &
          status='old')
    read (unit) rows, columns
    allocate (data(columns, rows), order(rows), results(columns), &
              states(columns))
    if (rows > 0) read (unit) data
    close (unit)
  end subroutine

  subroutine shuffle()
    integer(c_int64_t) :: i, j, kept
    integer :: state
    state = seed
    do i = 1, rows
      order(i) = i
    end do
    if (seed == 0) return
    do i = rows, 2, -1
      state = mod(state * 421 + 1663, 7875)
      j = 1 + mod(int(state, c_int64_t), i)
      kept = order(i)
      order(i) = order(j)
      order(j) = kept
    end do
  end subroutine

  integer(c_int64_t) function cut(at)
    integer, intent(in) :: at
    select case (way)
    case (1)
      cut = rows * at / np
    case (2)
      cut = rows * at * (at + 1) / (np * (np + 1))
    case default
      cut = merge(0_c_int64_t, rows, at < np)
    end select
  end function

  ! Kept, and compared with those of the other ranks at the end.
  subroutine print_line(what, at)
    character(*), intent(in) :: what
    integer, intent(in) :: at
    kept = kept + 1
    whats(kept) = what
    places(kept) = at
    own(1, kept) = transfer(result, own(1, kept))
    own(3, kept) = status
    own(2::2, kept) = not(own(1::2, kept))
  end subroutine

  subroutine print_all()
    integer :: i
    character(16) :: text
    call mpi_allreduce(own, most, 4 * kept, MPI_INTEGER8, MPI_MAX, &
                       MPI_COMM_WORLD)
    do i = 1, kept
      write (text, '(z16.16)') own(1, i)
      if (any(most(1::2, i) /= not(most(2::2, i)))) text = 'DIFFERENT'
      if (rank == 0) write (*, '(a,1x,a,1x,i0,1x,a,1x,i0,1x,i0,1x,a)') &
        trim(name), trim(ways(way)), seed, trim(whats(i)), places(i), &
        own(3, i), trim(text)
    end do
    kept = 0
  end subroutine

  subroutine print_vector(what)
    character(*), intent(in) :: what
    do place = 1, int(columns)
      result = results(place)
      call print_line(what, place - 1)
    end do
  end subroutine

  subroutine reduce()
    integer(c_int64_t) :: first, last, i
    type(mpi_datatype) :: datatype
    type(mpi_op) :: op
    type(tally_accumulator) :: all
    real(c_double) :: part
    first = cut(rank) + 1
    last = cut(rank + 1)
    mine = reshape(data(:, order(first:last)), [columns * (last - first + 1)])
    second = reshape(data(columns:1:-1, order(first:last)), [size(mine)])
    across = transpose(data(:, order(first:last)))
    part = sum(mine)
    status = 0
    call mpi_allreduce(part, result, 1, MPI_DOUBLE_PRECISION, MPI_SUM, &
                       MPI_COMM_WORLD)
    call print_line('host', 0)
    result = 0
    call tally_mpi_allreduce_f64(mine, MPI_COMM_WORLD, result, status)
    call print_line('sum', 0)
    result = 0
    call tally_mpi_allreduce_mean_f64(mine, MPI_COMM_WORLD, result, status)
    call print_line('mean', 0)
    result = 0
    call tally_mpi_allreduce_variance_f64(mine, 1, MPI_COMM_WORLD, result, &
                                          status)
    call print_line('variance', 0)
    result = 0
    call tally_mpi_allreduce_standard_deviation_f64(mine, 0, MPI_COMM_WORLD, &
                                                    result, status)
    call print_line('deviation', 0)
    result = 0
    call tally_mpi_allreduce_norm_f64(mine, MPI_COMM_WORLD, result, status)
    call print_line('norm', 0)
    result = 0
    call tally_mpi_allreduce_dot_f64(mine, second, MPI_COMM_WORLD, result, &
                                     status)
    call print_line('dot', 0)
    results = 0
    call tally_mpi_allreduce_fields_f64(across, MPI_COMM_WORLD, results, status)
    call print_vector('fields')
    do i = 1, columns
      states(i) = tally_accumulator()
      call tally_add(states(i), across(:, i), error)
      if (error /= 0) call mpi_abort(MPI_COMM_WORLD, 1)
    end do
    ! By the datatype and the operator: the first state alone.
    call tally_mpi_type(TALLY_MPI_ACCUMULATOR, datatype, error)
    call tally_mpi_op(TALLY_MPI_ACCUMULATOR, op, error)
    if (columns > 0) then
      call mpi_allreduce(states(1)%opaque, all%opaque, 1, datatype, op, &
                         MPI_COMM_WORLD)
      result = 0
      call tally_value(all, result, status)
      call print_line('operator', 0)
    end if
    results = 0
    call tally_mpi_allreduce_totals_f64(states, MPI_COMM_WORLD, results, status)
    call print_vector('totals')
    results = -0.0_c_double
    if (rank < rows) results = data(:, rank + 1)
    call tally_mpi_allreduce_elements_f64(results, MPI_COMM_WORLD, status)
    call print_vector('elements')
    call tally_mpi_allreduce_states(states, MPI_COMM_WORLD, error)
    do place = 1, int(columns)
      result = 0
      call tally_value(states(place), result, status)
      if (error /= 0) status = error
      call print_line('states', place - 1)
    end do
  end subroutine
end program
