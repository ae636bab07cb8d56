! Exact, reproducible reductions over MPI for Fortran 2008. The documentation of
! tally_mpi.h applies here too. Statuses of Tally are negative, MPI error codes
! positive.
!
!     call tally_mpi_allreduce_f64(values, comm, total, ierror)
!
! Without 'ierror', a failure prints its message and ends the program by
! MPI_Abort. The exception is TALLY_OVERFLOW, which leaves an infinite total and
! continues.
module tally_mpi
  use, intrinsic :: iso_c_binding
  use, intrinsic :: iso_fortran_env, only: error_unit
  use mpi_f08, only: mpi_comm, mpi_datatype, mpi_op, mpi_abort
  implicit none
  private

  public :: tally_accumulator, tally_small_accumulator
  public :: tally_product_accumulator, tally_moments
  public :: tally_mpi_init, tally_mpi_finalize
  public :: tally_mpi_last_message, tally_mpi_last_rank
  public :: tally_mpi_allreduce_f64, tally_mpi_allreduce_mean_f64
  public :: tally_mpi_allreduce_variance_f64
  public :: tally_mpi_allreduce_standard_deviation_f64
  public :: tally_mpi_allreduce_norm_f64, tally_mpi_allreduce_dot_f64
  public :: tally_mpi_allreduce_elements_f64
  public :: tally_mpi_allreduce_fields_f64, tally_mpi_allreduce_totals_f64
  public :: tally_mpi_allreduce_states, tally_mpi_allreduce_failed
  public :: tally_mpi_type, tally_mpi_op
  public :: tally_add, tally_value, tally_mean, tally_fail

  ! Statuses, with the numbers of tally.h.
  integer, parameter, public :: TALLY_OK = 0, TALLY_NULL = -1
  integer, parameter, public :: TALLY_INVALID = -2, TALLY_OVERFLOW = -3
  integer, parameter, public :: TALLY_MEMORY = -6, TALLY_FORMAT = -12
  integer, parameter, public :: TALLY_TOO_SMALL = -14

  ! Kinds of states, for datatypes and operators.
  integer, parameter, public :: TALLY_MPI_ACCUMULATOR = 0
  integer, parameter, public :: TALLY_MPI_SMALL_ACCUMULATOR = 1
  integer, parameter, public :: TALLY_MPI_PRODUCT_ACCUMULATOR = 2
  integer, parameter, public :: TALLY_MPI_MOMENTS = 3

  ! Sums in progress. A new one is empty.
  type, bind(c) :: tally_accumulator
    integer(c_int64_t) :: opaque(40) = 0
  end type
  type, bind(c) :: tally_small_accumulator
    integer(c_int64_t) :: opaque(8) = 0
  end type
  type, bind(c) :: tally_product_accumulator
    integer(c_int64_t) :: opaque(73) = 0
  end type
  type, bind(c) :: tally_moments
    integer(c_int64_t) :: opaque(107) = 0
  end type

  ! States of all ranks, merged in place.
  interface tally_mpi_allreduce_states
    module procedure states_accumulator, states_small
    module procedure states_product, states_moments
  end interface

  ! Adds values to a state.
  interface tally_add
    module procedure add_accumulator, add_small, add_product, add_moments
  end interface

  interface
    integer(c_int) function c_init(comm) bind(c, name="tally_mpi_init_fortran")
      import
      integer(c_int), value :: comm
    end function
    integer(c_int) function c_finalize() bind(c, name="tally_mpi_finalize")
      import
    end function
    type(c_ptr) function c_last_message() &
        bind(c, name="tally_mpi_last_message")
      import
    end function
    integer(c_int) function c_last_rank() bind(c, name="tally_mpi_last_rank")
      import
    end function
    integer(c_size_t) function c_strlen(text) bind(c, name="strlen")
      import
      type(c_ptr), value :: text
    end function
    integer(c_int) function c_sum(values, count, comm, total) &
        bind(c, name="tally_mpi_allreduce_f64_fortran")
      import
      real(c_double), intent(in) :: values(*)
      integer(c_size_t), value :: count
      integer(c_int), value :: comm
      real(c_double), intent(inout) :: total
    end function
    integer(c_int) function c_mean(values, count, comm, mean) &
        bind(c, name="tally_mpi_allreduce_mean_f64_fortran")
      import
      real(c_double), intent(in) :: values(*)
      integer(c_size_t), value :: count
      integer(c_int), value :: comm
      real(c_double), intent(inout) :: mean
    end function
    integer(c_int) function c_variance(values, count, ddof, comm, variance) &
        bind(c, name="tally_mpi_allreduce_variance_f64_fortran")
      import
      real(c_double), intent(in) :: values(*)
      integer(c_size_t), value :: count, ddof
      integer(c_int), value :: comm
      real(c_double), intent(inout) :: variance
    end function
    integer(c_int) function c_deviation(values, count, ddof, comm, deviation) &
        bind(c, name="tally_mpi_allreduce_standard_deviation_f64_fortran")
      import
      real(c_double), intent(in) :: values(*)
      integer(c_size_t), value :: count, ddof
      integer(c_int), value :: comm
      real(c_double), intent(inout) :: deviation
    end function
    integer(c_int) function c_norm(values, count, comm, norm) &
        bind(c, name="tally_mpi_allreduce_norm_f64_fortran")
      import
      real(c_double), intent(in) :: values(*)
      integer(c_size_t), value :: count
      integer(c_int), value :: comm
      real(c_double), intent(inout) :: norm
    end function
    integer(c_int) function c_dot(x, y, count, comm, total) &
        bind(c, name="tally_mpi_allreduce_dot_f64_fortran")
      import
      real(c_double), intent(in) :: x(*), y(*)
      integer(c_size_t), value :: count
      integer(c_int), value :: comm
      real(c_double), intent(inout) :: total
    end function
    integer(c_int) function c_elements(values, totals, count, comm) &
        bind(c, name="tally_mpi_allreduce_elements_f64_fortran")
      import
      type(c_ptr), value :: values
      real(c_double), intent(inout) :: totals(*)
      integer(c_size_t), value :: count
      integer(c_int), value :: comm
    end function
    integer(c_int) function c_fields(values, count, stride, fields, comm, &
        totals) bind(c, name="tally_mpi_allreduce_fields_f64_fortran")
      import
      real(c_double), intent(in) :: values(*)
      integer(c_size_t), value :: count, fields
      integer(c_ptrdiff_t), value :: stride
      integer(c_int), value :: comm
      real(c_double), intent(inout) :: totals(*)
    end function
    integer(c_int) function c_totals(states, count, comm, totals) &
        bind(c, name="tally_mpi_allreduce_totals_f64_fortran")
      import
      type(tally_accumulator), intent(in) :: states(*)
      integer(c_size_t), value :: count
      integer(c_int), value :: comm
      real(c_double), intent(inout) :: totals(*)
    end function
    integer(c_int) function c_states(kind, in, inout, count, comm) &
        bind(c, name="tally_mpi_allreduce_states_fortran")
      import
      integer(c_int), value :: kind, comm
      type(c_ptr), value :: in, inout
      integer(c_size_t), value :: count
    end function
    integer(c_int) function c_failed(status, message, comm) &
        bind(c, name="tally_mpi_allreduce_failed_fortran")
      import
      integer(c_int32_t), value :: status
      character(kind=c_char), intent(in) :: message(*)
      integer(c_int), value :: comm
    end function
    integer(c_int) function c_type(kind, handle) &
        bind(c, name="tally_mpi_type_fortran")
      import
      integer(c_int), value :: kind
      integer(c_int), intent(out) :: handle
    end function
    integer(c_int) function c_op(kind, handle) &
        bind(c, name="tally_mpi_op_fortran")
      import
      integer(c_int), value :: kind
      integer(c_int), intent(out) :: handle
    end function
    integer(c_int32_t) function c_add_accumulator(into, values, count) &
        bind(c, name="tally_accumulator_add_f64")
      import
      type(tally_accumulator), intent(inout) :: into
      real(c_double), intent(in) :: values(*)
      integer(c_size_t), value :: count
    end function
    integer(c_int32_t) function c_add_small(into, values, count) &
        bind(c, name="tally_small_accumulator_add_f64")
      import
      type(tally_small_accumulator), intent(inout) :: into
      real(c_double), intent(in) :: values(*)
      integer(c_size_t), value :: count
    end function
    integer(c_int32_t) function c_add_product(into, x, y, count) &
        bind(c, name="tally_product_accumulator_add_f64")
      import
      type(tally_product_accumulator), intent(inout) :: into
      real(c_double), intent(in) :: x(*), y(*)
      integer(c_size_t), value :: count
    end function
    integer(c_int32_t) function c_add_moments(into, values, count) &
        bind(c, name="tally_moments_add_f64")
      import
      type(tally_moments), intent(inout) :: into
      real(c_double), intent(in) :: values(*)
      integer(c_size_t), value :: count
    end function
    integer(c_int32_t) function c_value(state, total) &
        bind(c, name="tally_accumulator_value_f64")
      import
      type(tally_accumulator), intent(in) :: state
      real(c_double), intent(inout) :: total
    end function
    integer(c_int32_t) function c_mean_of(state, mean) &
        bind(c, name="tally_accumulator_mean_f64")
      import
      type(tally_accumulator), intent(in) :: state
      real(c_double), intent(inout) :: mean
    end function
    integer(c_int32_t) function c_fail(into, status) &
        bind(c, name="tally_accumulator_fail")
      import
      type(tally_accumulator), intent(inout) :: into
      integer(c_int), value :: status
    end function
  end interface

contains

  ! ------------------------------ Start and end ------------------------------

  subroutine tally_mpi_init(comm, ierror)
    type(mpi_comm), intent(in) :: comm
    integer, intent(out), optional :: ierror
    call finish(c_init(comm%mpi_val), comm, ierror)
  end subroutine

  subroutine tally_mpi_finalize(ierror)
    integer, intent(out), optional :: ierror
    integer :: error
    error = c_finalize()
    if (present(ierror)) ierror = error
  end subroutine

  ! --------------------------------- Errors ----------------------------------

  function tally_mpi_last_message() result(text)
    character(:), allocatable :: text
    character(kind=c_char), pointer :: bytes(:)
    type(c_ptr) :: at
    integer :: i
    at = c_last_message()
    call c_f_pointer(at, bytes, [c_strlen(at)])
    allocate (character(size(bytes)) :: text)
    do i = 1, size(bytes)
      text(i:i) = bytes(i)
    end do
  end function

  integer function tally_mpi_last_rank()
    tally_mpi_last_rank = c_last_rank()
  end function

  ! Ends every call: returns the error, or handles it.
  subroutine finish(error, comm, ierror)
    integer(c_int), intent(in) :: error
    type(mpi_comm), intent(in) :: comm
    integer, intent(out), optional :: ierror
    if (present(ierror)) then
      ierror = error
    else if (error /= 0 .and. error /= TALLY_OVERFLOW) then
      write (error_unit, '(a)') 'tally_mpi: ' // tally_mpi_last_message()
      call mpi_abort(comm, 1)
    end if
  end subroutine

  ! ------------------------ Statistics of all values -------------------------

  subroutine tally_mpi_allreduce_f64(values, comm, total, ierror)
    real(c_double), intent(in), contiguous :: values(:)
    type(mpi_comm), intent(in) :: comm
    real(c_double), intent(inout) :: total
    integer, intent(out), optional :: ierror
    call finish(c_sum(values, size(values, kind=c_size_t), comm%mpi_val, &
                      total), comm, ierror)
  end subroutine

  subroutine tally_mpi_allreduce_mean_f64(values, comm, mean, ierror)
    real(c_double), intent(in), contiguous :: values(:)
    type(mpi_comm), intent(in) :: comm
    real(c_double), intent(inout) :: mean
    integer, intent(out), optional :: ierror
    call finish(c_mean(values, size(values, kind=c_size_t), comm%mpi_val, &
                       mean), comm, ierror)
  end subroutine

  subroutine tally_mpi_allreduce_variance_f64(values, ddof, comm, variance, &
      ierror)
    real(c_double), intent(in), contiguous :: values(:)
    integer, intent(in) :: ddof
    type(mpi_comm), intent(in) :: comm
    real(c_double), intent(inout) :: variance
    integer, intent(out), optional :: ierror
    call finish(c_variance(values, size(values, kind=c_size_t), &
                           int(ddof, c_size_t), comm%mpi_val, variance), &
                comm, ierror)
  end subroutine

  subroutine tally_mpi_allreduce_standard_deviation_f64(values, ddof, comm, &
      deviation, ierror)
    real(c_double), intent(in), contiguous :: values(:)
    integer, intent(in) :: ddof
    type(mpi_comm), intent(in) :: comm
    real(c_double), intent(inout) :: deviation
    integer, intent(out), optional :: ierror
    call finish(c_deviation(values, size(values, kind=c_size_t), &
                            int(ddof, c_size_t), comm%mpi_val, deviation), &
                comm, ierror)
  end subroutine

  subroutine tally_mpi_allreduce_norm_f64(values, comm, norm, ierror)
    real(c_double), intent(in), contiguous :: values(:)
    type(mpi_comm), intent(in) :: comm
    real(c_double), intent(inout) :: norm
    integer, intent(out), optional :: ierror
    call finish(c_norm(values, size(values, kind=c_size_t), comm%mpi_val, &
                       norm), comm, ierror)
  end subroutine

  ! If the arrays differ in length, this rank fails, and so do all others.
  subroutine tally_mpi_allreduce_dot_f64(x, y, comm, total, ierror)
    real(c_double), intent(in), contiguous :: x(:), y(:)
    type(mpi_comm), intent(in) :: comm
    real(c_double), intent(inout) :: total
    integer, intent(out), optional :: ierror
    if (size(x, kind=c_size_t) /= size(y, kind=c_size_t)) then
      call tally_mpi_allreduce_failed(TALLY_INVALID, &
          'x and y have different lengths', comm, ierror)
      return
    end if
    call finish(c_dot(x, y, size(x, kind=c_size_t), comm%mpi_val, total), &
                comm, ierror)
  end subroutine

  ! ---------------------------- Vectors of totals ----------------------------

  ! Sums the elements at the same position on all ranks, in place.
  subroutine tally_mpi_allreduce_elements_f64(totals, comm, ierror)
    real(c_double), intent(inout), contiguous :: totals(:)
    type(mpi_comm), intent(in) :: comm
    integer, intent(out), optional :: ierror
    call finish(c_elements(c_null_ptr, totals, size(totals, kind=c_size_t), &
                           comm%mpi_val), comm, ierror)
  end subroutine

  ! Sums the columns: each field is a column, and has one element of 'totals'.
  subroutine tally_mpi_allreduce_fields_f64(values, comm, totals, ierror)
    real(c_double), intent(in), contiguous :: values(:, :)
    type(mpi_comm), intent(in) :: comm
    real(c_double), intent(inout), contiguous :: totals(:)
    integer, intent(out), optional :: ierror
    if (size(values, 2) > size(totals)) then
      call tally_mpi_allreduce_failed(TALLY_INVALID, &
          'totals has fewer elements than there are fields', comm, ierror)
      return
    end if
    call finish(c_fields(values, size(values, 1, c_size_t), &
                         size(values, 1, c_ptrdiff_t), &
                         size(values, 2, c_size_t), comm%mpi_val, totals), &
                comm, ierror)
  end subroutine

  subroutine tally_mpi_allreduce_totals_f64(states, comm, totals, ierror)
    type(tally_accumulator), intent(in), contiguous :: states(:)
    type(mpi_comm), intent(in) :: comm
    real(c_double), intent(inout), contiguous :: totals(:)
    integer, intent(out), optional :: ierror
    if (size(states) > size(totals)) then
      call tally_mpi_allreduce_failed(TALLY_INVALID, &
          'totals has fewer elements than there are states', comm, ierror)
      return
    end if
    call finish(c_totals(states, size(states, kind=c_size_t), comm%mpi_val, &
                         totals), comm, ierror)
  end subroutine

  ! --------------------------------- States ----------------------------------

  subroutine states_accumulator(states, comm, ierror)
    type(tally_accumulator), intent(inout), target, contiguous :: states(:)
    type(mpi_comm), intent(in) :: comm
    integer, intent(out), optional :: ierror
    call states_of(TALLY_MPI_ACCUMULATOR, c_loc(states), &
                   size(states, kind=c_size_t), comm, ierror)
  end subroutine

  subroutine states_small(states, comm, ierror)
    type(tally_small_accumulator), intent(inout), target, contiguous :: &
        states(:)
    type(mpi_comm), intent(in) :: comm
    integer, intent(out), optional :: ierror
    call states_of(TALLY_MPI_SMALL_ACCUMULATOR, c_loc(states), &
                   size(states, kind=c_size_t), comm, ierror)
  end subroutine

  subroutine states_product(states, comm, ierror)
    type(tally_product_accumulator), intent(inout), target, contiguous :: &
        states(:)
    type(mpi_comm), intent(in) :: comm
    integer, intent(out), optional :: ierror
    call states_of(TALLY_MPI_PRODUCT_ACCUMULATOR, c_loc(states), &
                   size(states, kind=c_size_t), comm, ierror)
  end subroutine

  subroutine states_moments(states, comm, ierror)
    type(tally_moments), intent(inout), target, contiguous :: states(:)
    type(mpi_comm), intent(in) :: comm
    integer, intent(out), optional :: ierror
    call states_of(TALLY_MPI_MOMENTS, c_loc(states), &
                   size(states, kind=c_size_t), comm, ierror)
  end subroutine

  subroutine states_of(kind, states, count, comm, ierror)
    integer, intent(in) :: kind
    type(c_ptr), intent(in) :: states
    integer(c_size_t), intent(in) :: count
    type(mpi_comm), intent(in) :: comm
    integer, intent(out), optional :: ierror
    call finish(c_states(int(kind, c_int), c_null_ptr, states, count, &
                         comm%mpi_val), comm, ierror)
  end subroutine

  subroutine tally_mpi_allreduce_failed(status, message, comm, ierror)
    integer, intent(in) :: status
    character(*), intent(in) :: message
    type(mpi_comm), intent(in) :: comm
    integer, intent(out), optional :: ierror
    call finish(c_failed(int(status, c_int32_t), &
                         trim(message) // c_null_char, comm%mpi_val), comm, &
                ierror)
  end subroutine

  subroutine tally_mpi_type(kind, datatype, ierror)
    integer, intent(in) :: kind
    type(mpi_datatype), intent(out) :: datatype
    integer, intent(out) :: ierror
    ierror = c_type(int(kind, c_int), datatype%mpi_val)
  end subroutine

  subroutine tally_mpi_op(kind, op, ierror)
    integer, intent(in) :: kind
    type(mpi_op), intent(out) :: op
    integer, intent(out) :: ierror
    ierror = c_op(int(kind, c_int), op%mpi_val)
  end subroutine

  ! ----------------------------- Sums in progress ----------------------------

  subroutine add_accumulator(into, values, status)
    type(tally_accumulator), intent(inout) :: into
    real(c_double), intent(in), contiguous :: values(:)
    integer, intent(out) :: status
    status = c_add_accumulator(into, values, size(values, kind=c_size_t))
  end subroutine

  subroutine add_small(into, values, status)
    type(tally_small_accumulator), intent(inout) :: into
    real(c_double), intent(in), contiguous :: values(:)
    integer, intent(out) :: status
    status = c_add_small(into, values, size(values, kind=c_size_t))
  end subroutine

  subroutine add_product(into, x, y, status)
    type(tally_product_accumulator), intent(inout) :: into
    real(c_double), intent(in), contiguous :: x(:), y(:)
    integer, intent(out) :: status
    status = TALLY_INVALID
    if (size(x) == size(y)) &
        status = c_add_product(into, x, y, size(x, kind=c_size_t))
  end subroutine

  subroutine add_moments(into, values, status)
    type(tally_moments), intent(inout) :: into
    real(c_double), intent(in), contiguous :: values(:)
    integer, intent(out) :: status
    status = c_add_moments(into, values, size(values, kind=c_size_t))
  end subroutine

  subroutine tally_value(state, total, status)
    type(tally_accumulator), intent(in) :: state
    real(c_double), intent(inout) :: total
    integer, intent(out) :: status
    status = c_value(state, total)
  end subroutine

  subroutine tally_mean(state, mean, status)
    type(tally_accumulator), intent(in) :: state
    real(c_double), intent(inout) :: mean
    integer, intent(out) :: status
    status = c_mean_of(state, mean)
  end subroutine

  ! Marks a state as failed, for a rank whose own work failed.
  subroutine tally_fail(into, failure, status)
    type(tally_accumulator), intent(inout) :: into
    integer, intent(in) :: failure
    integer, intent(out) :: status
    status = c_fail(into, int(failure, c_int))
  end subroutine
end module tally_mpi
