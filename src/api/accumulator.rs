//! The accumulator
//!
//! A running sum in the caller's memory, exact at every step and rounded only when its
//! value is read. Values may arrive in any order, in any number of parts, on any number
//! of threads or machines: merging the parts gives the same bytes.
//!
//! ```c
//! tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
//! if (tally_accumulator_add_f64(&sum, values, count) != TALLY_OK ||
//!     tally_accumulator_value_f64(&sum, &total) != TALLY_OK)
//!     fprintf(stderr, "%s\n", tally_last_message());
//! ```
//!
//! An accumulator is 320 bytes of plain memory, with any alignment. All bytes zero is
//! the empty sum. It may be copied with memcpy() and compared with memcmp(): equal sums
//! of equal counts have equal bytes. It needs no destructor. Its bytes are in native
//! byte order and their meaning may differ between versions of the library; use
//! tally_accumulator_save() to store them or to send them to another machine or
//! process.
//!
//! It has no lock: two threads must not change one accumulator at the same time. Give
//! each thread its own and merge them, or see tally_shared.
//!
//! Every function that takes an accumulator returns TALLY_NULL for NULL, TALLY_INVALID
//! for bytes that are not an accumulator, and the status that
//! tally_accumulator_combine() or tally_accumulator_fail() left in a failed one. On
//! failure the accumulator is unchanged. TALLY_OVERFLOW means that a count would exceed
//! 2^63 - 1 in magnitude, or the total its 2176 bits, which up to 2^63 - 1 doubles of
//! any size never do.
//!
//! Counts are signed: a value may be subtracted before it is added.
// header: verbatim-begin
//
// /**
//  * The initial value of a tally_accumulator: the empty sum.
//  */
// #define TALLY_ACCUMULATOR_INIT {{0}}
// header: verbatim-end

use std::ffi::{c_char, c_int, c_void};

use super::column_data::Parts;
use super::column_data::tally_column;
use super::exports::{Out, exports, section};
use super::state::opaque_state;
use super::{column_verbs, state_verbs, values};
use crate::boundary::guard;
use crate::boundary::status::tally_status;
use tally_core::{Accumulator, SAVED_MAX};

/// A running sum. Its contents are private.
#[repr(C)]
#[allow(non_camel_case_types)]
#[derive(Clone, Copy)]
pub struct tally_accumulator {
    /// Private: copy, compare or clear it only as a whole.
    pub opaque: [u64; 40],
}

opaque_state!(tally_accumulator, Accumulator);

/// The size of an accumulator in bytes: 320. For bindings that do not read this header.
/// Cannot fail and does not touch the error record.
#[unsafe(no_mangle)]
pub extern "C" fn tally_accumulator_size() -> usize {
    size_of::<tally_accumulator>()
}

exports! {
    /// Adds the contents of `from` to `into`.
    ///
    /// Both may be the same accumulator, which doubles it, or overlap. Merging is
    /// exact: the order of merges has no effect.
    fn tally_accumulator_merge(
        into: *mut tally_accumulator, from: *const tally_accumulator,
    ) -> tally_status = state_verbs::merge;

    /// Subtracts the contents of `from` from `into`: the inverse of merging.
    ///
    /// NaN and infinities are subtracted too. Both may be the same accumulator, which
    /// empties it, or overlap.
    fn tally_accumulator_unmerge(
        into: *mut tally_accumulator, from: *const tally_accumulator,
    ) -> tally_status = state_verbs::unmerge;

    /// The number of values added less the number subtracted, including NaN, infinities
    /// and zeros.
    fn tally_accumulator_count(acc: *const tally_accumulator, count: *mut i64) -> tally_status
        = state_verbs::count;

    /// The numbers of values that are NaN, plus infinity and minus infinity: those
    /// added less those subtracted. Any of the result pointers may be NULL.
    fn tally_accumulator_special_counts(
        acc: *const tally_accumulator, nan: *mut i64, positive_infinity: *mut i64,
        negative_infinity: *mut i64,
    ) -> tally_status = state_verbs::special_counts;

    /// Merges each of the `count` accumulators in `in` into the corresponding one in
    /// `inout`, as a reduction operator for MPI_Op_create() and the like.
    ///
    /// It returns nothing, so a failure is recorded in the state: an accumulator in
    /// `inout` whose merge failed, or whose counterpart had failed, keeps its total and
    /// remembers the status. Every other function then refuses it with that status,
    /// until all its bytes are set to zero or a saved state is loaded into it. The
    /// thread's error is set too: also to TALLY_NULL for NULL with `count` above 0, and
    /// to TALLY_INVALID for an impossible `count`.
    fn tally_accumulator_combine(
        r#in: *const tally_accumulator, inout: *mut tally_accumulator, count: usize,
    ) = state_verbs::combine;

    /// Marks `into` as failed with `status`, for a participant in a reduction that
    /// could not compute its part: tally_accumulator_combine() propagates the failure,
    /// so that every participant learns of it.
    ///
    /// From then on every function that reads or changes `into` refuses it with
    /// `status`, or with TALLY_INVALID if this version of the library does not know the
    /// number. To reuse `into`, set all its bytes to zero or load a saved state into
    /// it. A state that has already failed is refused and keeps its first status.
    /// TALLY_INVALID if `status` is not negative.
    fn tally_accumulator_fail(into: *mut tally_accumulator, status: c_int) -> tally_status
        = state_verbs::fail;
}

section! {
    //! Adding to an accumulator
    //!
    //! `count` is the number of elements. An array may have any alignment, and may be
    //! NULL if `count` is 0; it may even overlap the accumulator. TALLY_INVALID if it
    //! would be larger than PTRDIFF_MAX bytes. A call adds all of its values or, on
    //! failure, none.
    //!
    //! ```c
    //! if (tally_accumulator_add_f64(&sum, values, count) != TALLY_OK ||
    //!     tally_accumulator_add_i64(&sum, cents, count) != TALLY_OK ||
    //!     tally_accumulator_add_one_f64(&sum, 0.25) != TALLY_OK)
    //!     fprintf(stderr, "%s\n", tally_last_message());
    //! ```
}

exports! {
    /// Adds `count` doubles.
    fn tally_accumulator_add_f64(
        into: *mut tally_accumulator, values: *const f64, count: usize,
    ) -> tally_status = state_verbs::add;

    /// Adds `count` floats, without rounding.
    fn tally_accumulator_add_f32(
        into: *mut tally_accumulator, values: *const f32, count: usize,
    ) -> tally_status = state_verbs::add;

    /// Adds `count` signed 32-bit integers.
    fn tally_accumulator_add_i32(
        into: *mut tally_accumulator, values: *const i32, count: usize,
    ) -> tally_status = state_verbs::add;

    /// Adds `count` signed 64-bit integers, without rounding.
    fn tally_accumulator_add_i64(
        into: *mut tally_accumulator, values: *const i64, count: usize,
    ) -> tally_status = state_verbs::add;

    /// Adds `count` unsigned 64-bit integers, without rounding.
    fn tally_accumulator_add_u64(
        into: *mut tally_accumulator, values: *const u64, count: usize,
    ) -> tally_status = state_verbs::add;

    /// Adds the elements of a column that count, of any type, without rounding.
    ///
    /// TALLY_INVALID for a malformed column: see Columns.
    fn tally_accumulator_add(
        into: *mut tally_accumulator, values: *const tally_column,
    ) -> tally_status = column_verbs::take::<false, _>;

    /// Adds one double.
    fn tally_accumulator_add_one_f64(into: *mut tally_accumulator, value: f64) -> tally_status
        = state_verbs::add_one;
}

/// Adds `count` doubles that lie `stride` bytes apart, starting at `first`, such as a
/// column of a table or a member of structs.
///
/// `stride` may be negative, for values at descending addresses, or 0, to add one value
/// `count` times in a single step. TALLY_INVALID if the values would span more than
/// PTRDIFF_MAX bytes.
///
/// # Safety
/// `into` is valid for reading and writing, each of the doubles for reading.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_add_f64_strided(
    into: *mut tally_accumulator,
    first: *const c_void,
    count: usize,
    stride: isize,
) -> tally_status {
    guard::status(c"tally_accumulator_add_f64_strided", || {
        let parts = Parts {
            stride,
            ..Parts::array(first.cast::<f64>(), count)
        };
        let name = "into";
        let pointer = into;
        // SAFETY: the caller's promises about `into` and `first`.
        unsafe {
            column_verbs::take_given::<false, _>(Out { pointer, name }, parts.given("values"))
        }
    })
}

/// Adds those of `count` doubles that a validity bitmap in Arrow's layout marks as
/// present.
///
/// Value `i` is added if bit `bit_offset + i` of `validity` is set, counting from the
/// least significant bit of each byte; the other values are ignored. If `validity` is
/// NULL, all are added. TALLY_INVALID if `bit_offset + count` exceeds SIZE_MAX.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements, `validity` (if not NULL) for reading the bytes of those bits.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_add_f64_masked(
    into: *mut tally_accumulator,
    values: *const f64,
    count: usize,
    validity: *const u8,
    bit_offset: usize,
) -> tally_status {
    guard::status(c"tally_accumulator_add_f64_masked", || {
        let parts = Parts {
            validity,
            offset: bit_offset,
            ..Parts::array(values, count)
        };
        let name = "into";
        let pointer = into;
        // SAFETY: the caller's promises about `into`, `values` and `validity`.
        unsafe {
            column_verbs::take_given::<false, _>(Out { pointer, name }, parts.given("values"))
        }
    })
}

section! {
    //! Subtracting from an accumulator
    //!
    //! Subtracting undoes adding exactly, even for NaN, infinities and -0.0, so a
    //! window can slide over data forever without accumulating error. A value may be
    //! subtracted before it is added. Arrays are as for adding.
    //!
    //! ```c
    //! // A window of 7 values goes on by one.
    //! double newest = values[i], oldest = values[i - 7];
    //! if (tally_accumulator_add_one_f64(&window, newest) != TALLY_OK ||
    //!     tally_accumulator_subtract_one_f64(&window, oldest) != TALLY_OK)
    //!     fprintf(stderr, "%s\n", tally_last_message());
    //! ```
}

exports! {
    /// Subtracts `count` doubles.
    fn tally_accumulator_subtract_f64(
        into: *mut tally_accumulator, values: *const f64, count: usize,
    ) -> tally_status = state_verbs::subtract;

    /// Subtracts `count` floats.
    fn tally_accumulator_subtract_f32(
        into: *mut tally_accumulator, values: *const f32, count: usize,
    ) -> tally_status = state_verbs::subtract;

    /// Subtracts `count` signed 32-bit integers.
    fn tally_accumulator_subtract_i32(
        into: *mut tally_accumulator, values: *const i32, count: usize,
    ) -> tally_status = state_verbs::subtract;

    /// Subtracts `count` signed 64-bit integers.
    fn tally_accumulator_subtract_i64(
        into: *mut tally_accumulator, values: *const i64, count: usize,
    ) -> tally_status = state_verbs::subtract;

    /// Subtracts `count` unsigned 64-bit integers.
    fn tally_accumulator_subtract_u64(
        into: *mut tally_accumulator, values: *const u64, count: usize,
    ) -> tally_status = state_verbs::subtract;

    /// Subtracts the elements of a column that count.
    fn tally_accumulator_subtract(
        into: *mut tally_accumulator, values: *const tally_column,
    ) -> tally_status = column_verbs::take::<true, _>;

    /// Subtracts one double.
    fn tally_accumulator_subtract_one_f64(into: *mut tally_accumulator, value: f64) -> tally_status
        = state_verbs::subtract_one;
}

section! {
    //! The value of an accumulator
    //!
    //! Each function reads the exact total and rounds it once, to nearest with ties to
    //! even. The accumulator is not changed.
    //!
    //! ```c
    //! if (tally_accumulator_value_f64(&sum, &total) != TALLY_OK ||
    //!     tally_accumulator_error_f64(&sum, my_own_total, &ulps) != TALLY_OK)
    //!     fprintf(stderr, "%s\n", tally_last_message());
    //! ```
    //!
    //! Any NaN among the values makes the total NaN (always the same NaN), and so do
    //! infinities of both signs; infinities of one sign make it that infinity.
    //! TALLY_INVALID if more NaN or infinities were subtracted than added. A nonzero
    //! total that rounds to zero keeps its sign; a total of exactly zero is -0.0 if
    //! there are values and all are -0.0, and +0.0 otherwise. On failure the result is
    //! unchanged, except for the documented infinity.
}

exports! {
    /// The double nearest to the total.
    ///
    /// TALLY_OVERFLOW if it rounds beyond DBL_MAX; `*total` is then infinity, with its
    /// sign.
    fn tally_accumulator_value_f64(acc: *const tally_accumulator, total: *mut f64) -> tally_status
        = values::ask_in_place(Accumulator::value_f64_in_place, Accumulator::value_f64);

    /// The float nearest to the total, rounded once, without passing through double.
    ///
    /// TALLY_OVERFLOW if it rounds beyond FLT_MAX; `*total` is then infinity, with its
    /// sign.
    fn tally_accumulator_value_f32(acc: *const tally_accumulator, total: *mut f32) -> tally_status
        = values::ask_in_place(Accumulator::value_f32_in_place, Accumulator::value_f32);

    /// The total as a signed integer, if it is one.
    ///
    /// TALLY_INVALID if it is NaN or infinite; otherwise TALLY_OVERFLOW if it is
    /// outside INT64_MIN to INT64_MAX; otherwise TALLY_INVALID if it has a fractional
    /// part.
    fn tally_accumulator_value_i64(acc: *const tally_accumulator, total: *mut i64) -> tally_status
        = values::ask_in_place(Accumulator::value_i64_in_place, Accumulator::value_i64);

    /// The total as an unsigned integer, if it is one.
    ///
    /// TALLY_INVALID if it is NaN or infinite; otherwise TALLY_OVERFLOW if it is
    /// outside 0 to UINT64_MAX; otherwise TALLY_INVALID if it has a fractional part.
    fn tally_accumulator_value_u64(acc: *const tally_accumulator, total: *mut u64) -> tally_status
        = values::ask_in_place(Accumulator::value_u64_in_place, Accumulator::value_u64);

    /// The total as a signed 128-bit integer, if it is one: `*high` * 2^64 + `*low`.
    ///
    /// Errors are those of tally_accumulator_value_i64(), for the range
    /// -2^127 to 2^127 - 1.
    fn tally_accumulator_value_i128(
        acc: *const tally_accumulator, high: *mut i64, low: *mut u64,
    ) -> tally_status = values::ask_wide(Accumulator::value_i128);

    /// The mean: the double nearest to the total divided by the count.
    ///
    /// TALLY_INVALID if the count is below 1. TALLY_OVERFLOW if the mean rounds beyond
    /// DBL_MAX, which is possible only after subtracting; `*mean` is then infinity,
    /// with its sign.
    fn tally_accumulator_mean_f64(acc: *const tally_accumulator, mean: *mut f64) -> tally_status
        = values::ask_in_place(Accumulator::mean_f64_in_place, Accumulator::mean_f64);

    /// The total as decimal text, of any length.
    ///
    /// `fraction_digits` is the number of digits after the point: 0 to 1074, rounded
    /// half to even, or -1 for the exact total without trailing zeros. TALLY_INVALID
    /// for any other number. The decimal point is always ".". Special totals are "nan",
    /// "inf" and "-inf"; negative zeros keep their sign.
    ///
    /// `buffer` receives the text and a NUL. `*needed` is the length of the text in
    /// bytes, without the NUL; `needed` may be NULL. TALLY_TOO_SMALL if `size` is less
    /// than that length plus 1; then only `*needed` is written. TALLY_INVALID if `size`
    /// is above PTRDIFF_MAX. To query the length alone, pass NULL for `buffer` and 0
    /// for `size`: the call succeeds. NULL with any other size is TALLY_NULL.
    fn tally_accumulator_value_text(
        acc: *const tally_accumulator, fraction_digits: c_int, buffer: *mut c_char, size: usize,
        needed: *mut usize,
    ) -> tally_status = values::text(1074);

    /// Measures the error of another sum of the same values.
    ///
    /// `*ulps` is the distance of `candidate` from the exact total, in units in the
    /// last place (ulps) of the correctly rounded total, whose own error is at most
    /// 0.5. An ulp is the distance to the next double away from zero; just below a
    /// power of two doubles are closer together, so there a wrong double may also have
    /// an error below 0.5. The distance is never negative. It is 0 if both are NaN or
    /// the same infinity, and for the infinity that a total beyond DBL_MAX rounds to.
    /// Otherwise it is infinite if either is NaN or infinite. The distance of a finite
    /// candidate from a total beyond DBL_MAX is in units of 2^971, the ulp of DBL_MAX.
    /// The distance is rounded to a double; beyond DBL_MAX it is infinite.
    fn tally_accumulator_error_f64(
        acc: *const tally_accumulator, candidate: f64, ulps: *mut f64,
    ) -> tally_status = values::ask_with(Accumulator::error_f64);
}

section! {
    //! Saving an accumulator
    //!
    //! A saved accumulator is a short string of bytes that any machine and any later
    //! version of the library can read. The same values give the same bytes, in
    //! whatever order and parts they were added. The manual specifies the format in
    //! "The saved form of an accumulator".
    //!
    //! ```c
    //! unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX];
    //! size_t n;
    //! if (tally_accumulator_save(&sum, bytes, sizeof bytes, &n) != TALLY_OK ||
    //!     tally_accumulator_load(bytes, n, &copy) != TALLY_OK)
    //!     fprintf(stderr, "%s\n", tally_last_message());
    //! ```
}

/// The maximum size of a saved accumulator in bytes.
pub const TALLY_ACCUMULATOR_SAVED_MAX: usize = 320;

const _: () = assert!(TALLY_ACCUMULATOR_SAVED_MAX == SAVED_MAX);

exports! {
    /// Writes the saved form of `acc`.
    ///
    /// `buffer` receives the bytes, and `*needed` their number, at most
    /// TALLY_ACCUMULATOR_SAVED_MAX. TALLY_TOO_SMALL if `size` is less than `*needed`,
    /// which alone is then written. TALLY_INVALID if `size` is above PTRDIFF_MAX. To
    /// query the number alone, pass NULL for `buffer` and 0 for `size`: the call
    /// succeeds. NULL with any other size is TALLY_NULL.
    fn tally_accumulator_save(
        acc: *const tally_accumulator, buffer: *mut c_void, size: usize, needed: *mut usize,
    ) -> tally_status = state_verbs::save;

    /// Reads a saved accumulator of exactly `size` bytes into `acc`, replacing its
    /// contents.
    ///
    /// TALLY_FORMAT if the bytes are not what tally_accumulator_save() writes; the
    /// message says where. TALLY_INVALID if `size` is above PTRDIFF_MAX. Untrusted
    /// bytes are safe to load.
    fn tally_accumulator_load(
        bytes: *const c_void, size: usize, acc: *mut tally_accumulator,
    ) -> tally_status = state_verbs::load;
}
