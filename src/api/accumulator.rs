//! The accumulator
//!
//! A sum in progress, in the caller's memory: exact at every step, and rounded
//! only when its value is asked for. Values may come in any order, in any
//! number of parts, on any number of threads or machines: merged, the parts
//! give the same bytes.
//!
//! ```c
//! tally_accumulator sum = TALLY_ACCUMULATOR_INIT;
//! if (tally_accumulator_add_f64(&sum, values, count) != TALLY_OK ||
//!     tally_accumulator_value_f64(&sum, &total) != TALLY_OK)
//!     fprintf(stderr, "%s\n", tally_last_message());
//! ```
//!
//! An accumulator is 320 bytes of plain memory. All bytes zero is the empty
//! sum. It may be copied with memcpy(), compared with memcmp() (equal sums of
//! equal counts have equal bytes), may lie at any alignment and has no
//! destructor. Its bytes are in the machine's own order, and another version of
//! the library may give them another meaning: to send them to another machine or
//! process, or to keep them, use tally_accumulator_save().
//!
//! It is not locked: two threads must not change the same accumulator at once.
//! Give each thread its own and merge them, or see tally_shared.
//!
//! Every function that takes one returns TALLY_NULL for NULL, TALLY_INVALID for
//! bytes that are not an accumulator, and the status that
//! tally_accumulator_combine() or tally_accumulator_fail() left in it; on failure
//! it leaves the accumulator as it was. TALLY_OVERFLOW means that a count would leave
//! +-(2^63 - 1), or the total its 2176 bits: adding 2^63 - 1 doubles of any
//! size never does.
//!
//! Counts are signed: values may be taken out before they are put in.
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

/// A sum in progress. Its content is private.
#[repr(C)]
#[allow(non_camel_case_types)]
#[derive(Clone, Copy)]
pub struct tally_accumulator {
    /// Not to be touched but as a whole.
    pub opaque: [u64; 40],
}

opaque_state!(tally_accumulator, Accumulator);

/// The size of an accumulator in bytes: 320. For callers without this header.
/// Cannot fail, and does not touch the error record.
#[unsafe(no_mangle)]
pub extern "C" fn tally_accumulator_size() -> usize {
    size_of::<tally_accumulator>()
}

exports! {
    /// Adds everything that is in `from` to `into`.
    ///
    /// `from` is read first, so that both may be the same accumulator, which
    /// doubles it, or overlap. Merging is exact: the order of merges leaves no
    /// trace.
    fn tally_accumulator_merge(
        into: *mut tally_accumulator, from: *const tally_accumulator,
    ) -> tally_status = state_verbs::merge;

    /// Takes everything that is in `from` out of `into`: the inverse of merging.
    ///
    /// NaN and infinities are taken out too. Both may be the same accumulator,
    /// which empties it, or overlap.
    fn tally_accumulator_unmerge(
        into: *mut tally_accumulator, from: *const tally_accumulator,
    ) -> tally_status = state_verbs::unmerge;

    /// The number of values added, less those subtracted: NaN, infinities and
    /// zeros included.
    fn tally_accumulator_count(acc: *const tally_accumulator, count: *mut i64) -> tally_status
        = state_verbs::count;

    /// How many values are NaN, how many plus infinity, and how many minus infinity:
    /// those added, less those subtracted. NULL for a count that is not wanted.
    fn tally_accumulator_special_counts(
        acc: *const tally_accumulator, nan: *mut i64, positive_infinity: *mut i64,
        negative_infinity: *mut i64,
    ) -> tally_status = state_verbs::special_counts;

    /// Merges `count` accumulators of `in` into those of `inout`, one by one: an
    /// operator for MPI_Op_create() and the like.
    ///
    /// It can return nothing, so a failure stays in the state: an accumulator of
    /// `inout` whose merge failed, or whose partner had failed, keeps its total and
    /// remembers the status, and every function but this one refuses it with that
    /// status from then on, until all its bytes are set to zero. The thread's
    /// error is set too: TALLY_NULL for NULL with `count` above 0, TALLY_INVALID
    /// for an impossible `count`.
    fn tally_accumulator_combine(
        r#in: *const tally_accumulator, inout: *mut tally_accumulator, count: usize,
    ) = state_verbs::combine;

    /// Leaves a failure in `into`, for a participant whose part could not be computed
    /// but who must take part: tally_accumulator_combine() passes it on, so that all learn of
    /// it.
    ///
    /// From then on every function that reads or changes `into` refuses it with `status`,
    /// or with TALLY_INVALID if this version of the library does not know the number. To
    /// use `into` again, set all its bytes to zero or load a saved state into it. A state
    /// that has failed already is refused, and keeps its first status. TALLY_INVALID if
    /// `status` is not below 0.
    fn tally_accumulator_fail(into: *mut tally_accumulator, status: c_int) -> tally_status
        = state_verbs::fail;
}

section! {
    //! Adding to an accumulator
    //!
    //! `count` is a number of elements. An array may lie at any alignment, and may
    //! be NULL if `count` is 0; it may even lie in the accumulator's own bytes.
    //! TALLY_INVALID if it would be larger than PTRDIFF_MAX bytes. A call adds all
    //! of its values or, on failure, none.
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

    /// Adds `count` floats, each exactly as it is.
    fn tally_accumulator_add_f32(
        into: *mut tally_accumulator, values: *const f32, count: usize,
    ) -> tally_status = state_verbs::add;

    /// Adds `count` signed 32-bit integers.
    fn tally_accumulator_add_i32(
        into: *mut tally_accumulator, values: *const i32, count: usize,
    ) -> tally_status = state_verbs::add;

    /// Adds `count` signed 64-bit integers, each exactly as it is.
    fn tally_accumulator_add_i64(
        into: *mut tally_accumulator, values: *const i64, count: usize,
    ) -> tally_status = state_verbs::add;

    /// Adds `count` unsigned 64-bit integers, each exactly as it is.
    fn tally_accumulator_add_u64(
        into: *mut tally_accumulator, values: *const u64, count: usize,
    ) -> tally_status = state_verbs::add;

    /// Adds each element of a column that counts: of any type, exactly as it is.
    ///
    /// TALLY_INVALID for a bad column, as under Columns.
    fn tally_accumulator_add(
        into: *mut tally_accumulator, values: *const tally_column,
    ) -> tally_status = column_verbs::take::<false, _>;

    /// Adds one double.
    fn tally_accumulator_add_one_f64(into: *mut tally_accumulator, value: f64) -> tally_status
        = state_verbs::add_one;
}

/// Adds `count` doubles that lie `stride` bytes apart, the first at `first`: a
/// column of a table, a field of a struct.
///
/// `stride` may be negative, and then the values lie below `first`; it may be
/// 0, and then one value is added `count` times, at once. TALLY_INVALID if the
/// values would reach over more than PTRDIFF_MAX bytes.
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

/// Adds those of `count` doubles that a bitmap says are there: Arrow's layout.
///
/// Value `i` is added if bit `bit_offset + i` of `validity` is set; bits are
/// counted from the lowest of each byte. What lies in the other places is not
/// looked at. NULL for `validity` means that all are there. TALLY_INVALID if
/// `bit_offset + count` is more than SIZE_MAX.
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
    //! Takes out exactly what adding put in - NaN, infinities and -0.0 too - so
    //! that a window can slide over data for ever without an error that grows.
    //! Subtracting may come before adding. Arrays are as for adding.
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

    /// Subtracts each element of a column that counts.
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
    //! Each function reads the exact total and rounds it once, to nearest, ties to
    //! even. Asking does not change the accumulator.
    //!
    //! ```c
    //! if (tally_accumulator_value_f64(&sum, &total) != TALLY_OK ||
    //!     tally_accumulator_error_f64(&sum, my_own_total, &ulps) != TALLY_OK)
    //!     fprintf(stderr, "%s\n", tally_last_message());
    //! ```
    //!
    //! Any NaN among the values gives NaN (always the same one), and so do
    //! infinities of both signs; a single kind of infinity gives that infinity.
    //! TALLY_INVALID if more NaN or infinities were taken out than put in. A
    //! non-zero total that rounds to zero keeps its sign; a total of exactly zero
    //! is -0.0 if there are values and all are -0.0, else +0.0. On failure the
    //! result is untouched, but for the infinity that is documented.
}

exports! {
    /// The double nearest to the total.
    ///
    /// Beyond DBL_MAX, `*total` is the infinity of its sign, with TALLY_OVERFLOW.
    fn tally_accumulator_value_f64(acc: *const tally_accumulator, total: *mut f64) -> tally_status
        = values::ask_in_place(Accumulator::value_f64_in_place, Accumulator::value_f64);

    /// The float nearest to the total: rounded once, not by way of double.
    ///
    /// Beyond FLT_MAX, `*total` is the infinity of its sign, with TALLY_OVERFLOW.
    fn tally_accumulator_value_f32(acc: *const tally_accumulator, total: *mut f32) -> tally_status
        = values::ask_in_place(Accumulator::value_f32_in_place, Accumulator::value_f32);

    /// The total as a signed integer, if it is one.
    ///
    /// TALLY_INVALID if it is NaN or infinite; else TALLY_OVERFLOW if it is outside
    /// INT64_MIN to INT64_MAX; else TALLY_INVALID if it has a fraction.
    fn tally_accumulator_value_i64(acc: *const tally_accumulator, total: *mut i64) -> tally_status
        = values::ask_in_place(Accumulator::value_i64_in_place, Accumulator::value_i64);

    /// The total as an unsigned integer, if it is one.
    ///
    /// TALLY_INVALID if it is NaN or infinite; else TALLY_OVERFLOW if it is outside
    /// 0 to UINT64_MAX; else TALLY_INVALID if it has a fraction.
    fn tally_accumulator_value_u64(acc: *const tally_accumulator, total: *mut u64) -> tally_status
        = values::ask_in_place(Accumulator::value_u64_in_place, Accumulator::value_u64);

    /// The total as a signed 128-bit integer, if it is one: `*high` times 2^64 and
    /// `*low`.
    ///
    /// Errors are those of tally_accumulator_value_i64(), for the range from -2^127 to
    /// 2^127 - 1.
    fn tally_accumulator_value_i128(
        acc: *const tally_accumulator, high: *mut i64, low: *mut u64,
    ) -> tally_status = values::ask_wide(Accumulator::value_i128);

    /// The double nearest to the total divided by the count: one rounding.
    ///
    /// TALLY_INVALID if the count is below 1. Beyond DBL_MAX (possible only after
    /// subtracting), `*mean` is the infinity of its sign, with TALLY_OVERFLOW.
    fn tally_accumulator_mean_f64(acc: *const tally_accumulator, mean: *mut f64) -> tally_status
        = values::ask_in_place(Accumulator::mean_f64_in_place, Accumulator::mean_f64);

    /// The total as decimal text, with no limit on its size.
    ///
    /// `fraction_digits` is how many digits follow the point: 0 to 1074, the last
    /// one rounded half to even, or -1 for all that there are, and no zeros at the
    /// end. TALLY_INVALID for any other number. The point is always ".". Special
    /// totals are "nan", "inf" and "-inf"; negative zeros keep their sign.
    ///
    /// `buffer` receives the text and a NUL. `*needed`, if `needed` is not NULL, is
    /// the length of the text in bytes, without the NUL: the buffer needs one byte
    /// more. If `size` is less than that, the buffer is untouched and
    /// TALLY_TOO_SMALL is returned; above PTRDIFF_MAX it is TALLY_INVALID. With NULL for
    /// `buffer` and 0 for `size` only the length is asked for, and the call
    /// succeeds; NULL with another size is TALLY_NULL.
    fn tally_accumulator_value_text(
        acc: *const tally_accumulator, fraction_digits: c_int, buffer: *mut c_char, size: usize,
        needed: *mut usize,
    ) -> tally_status = values::text(1074);

    /// How wrong another sum of the same values is.
    ///
    /// `*ulps` is the distance of `candidate` from the exact total, in units in the
    /// last place of the correctly rounded total, which itself is never more than
    /// 0.5 off. (A unit in the last place is the distance to the next double away
    /// from zero; right below a power of two doubles lie closer, so that a wrong one
    /// may be less than 0.5 off too.) It is never negative. It is 0 where both are
    /// NaN, or both the same infinity, and for the infinity that a total beyond
    /// DBL_MAX rounds to; it is infinite where only one is NaN or infinite. The
    /// distance of a finite candidate from a total beyond DBL_MAX is in units of
    /// 2^971, the last place of DBL_MAX.
    fn tally_accumulator_error_f64(
        acc: *const tally_accumulator, candidate: f64, ulps: *mut f64,
    ) -> tally_status = values::ask_with(Accumulator::error_f64);
}

section! {
    //! Saving an accumulator
    //!
    //! A saved accumulator is a short string of bytes that every machine and every
    //! later version of the library reads. The same values give the same bytes, in
    //! whatever order and parts they were added. The manual specifies them, in "The
    //! saved form of an accumulator".
    //!
    //! ```c
    //! unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX];
    //! size_t n;
    //! if (tally_accumulator_save(&sum, bytes, sizeof bytes, &n) != TALLY_OK ||
    //!     tally_accumulator_load(bytes, n, &copy) != TALLY_OK)
    //!     fprintf(stderr, "%s\n", tally_last_message());
    //! ```
}

/// The most bytes that a saved accumulator takes.
pub const TALLY_ACCUMULATOR_SAVED_MAX: usize = 320;

const _: () = assert!(TALLY_ACCUMULATOR_SAVED_MAX == SAVED_MAX);

exports! {
    /// Writes the saved form of `acc`.
    ///
    /// `buffer` receives the bytes; `*needed` is how many they are, at most
    /// TALLY_ACCUMULATOR_SAVED_MAX. If `size` is less, the buffer is untouched and
    /// TALLY_TOO_SMALL is returned; above PTRDIFF_MAX it is TALLY_INVALID. With NULL for `buffer` and 0 for `size` only
    /// the length is asked for, and the call succeeds; NULL with another size is
    /// TALLY_NULL.
    fn tally_accumulator_save(
        acc: *const tally_accumulator, buffer: *mut c_void, size: usize, needed: *mut usize,
    ) -> tally_status = state_verbs::save;

    /// Reads a saved accumulator from exactly `size` bytes into `acc`, whatever was
    /// there before.
    ///
    /// TALLY_FORMAT if the bytes are not what tally_accumulator_save() writes; the
    /// message says where. Bytes from a stranger do no harm.
    fn tally_accumulator_load(
        bytes: *const c_void, size: usize, acc: *mut tally_accumulator,
    ) -> tally_status = state_verbs::load;
}
