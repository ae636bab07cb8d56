//! The small accumulator
//!
//! A running sum in 64 bytes, for programs that keep many of them, such as one for each
//! group. It is as exact as an accumulator and has the same value and the same saved
//! bytes, but a limited width: a call whose result does not fit returns TALLY_TOO_SMALL
//! and changes nothing. You can then expand it to a tally_accumulator and continue with
//! that, or give it the memory of one with tally_small_accumulator_grow().
//!
//! ```c
//! tally_small_accumulator sum = TALLY_SMALL_ACCUMULATOR_INIT;
//! if (tally_small_accumulator_add_f64(&sum, values, count) != TALLY_OK ||
//!     tally_small_accumulator_value_f64(&sum, &total) != TALLY_OK)
//!     fprintf(stderr, "%s\n", tally_last_message());
//! ```
//!
//! A total fits if it spans at most 320 bits, from its highest nonzero bit to its
//! lowest, whatever its magnitude; whether one of 321 to 384 bits fits depends on the
//! position of its highest bit. The sum of ten values always fits if the largest is
//! less than 2^260 times the smallest nonzero one, in magnitude. The count has the same
//! range as that of an accumulator; the counts of NaN and of negative zeros range from
//! -131,072 to 131,071, and those of the infinities from -1024 to 1023. Whether a
//! result fits depends on the result alone, not on the order of the calls.
//!
//! Floats and integers are added as a column. Text, Arrow arrays and
//! tally_accumulator_combine() require an accumulator: see
//! tally_small_accumulator_expand() and tally_accumulator_merge_small().
//!
//! All bytes zero is the empty sum. It may have any alignment, may be copied with
//! memcpy() and compared with memcmp(): equal sums of equal counts have equal bytes. It
//! needs no destructor. Its bytes, threads and errors are subject to the same rules as
//! those of an accumulator.
//!
//! A small accumulator that has grown is a reference to a tally_accumulator elsewhere:
//! it holds whatever that holds, and no value is too wide for it. All functions work
//! on it as on any other. However, a copy refers to the same sum, so adding to one adds
//! to both, and memcmp() compares the references. The library never frees the
//! accumulator that it refers to. Loading a saved state, or setting all bytes to zero,
//! drops the reference and makes it small again. A reference is valid only in this
//! process and its forks; elsewhere it is refused with TALLY_INVALID.
// header: verbatim-begin
//
// /**
//  * The initial value of a tally_small_accumulator: the empty sum.
//  */
// #define TALLY_SMALL_ACCUMULATOR_INIT {{0}}
// header: verbatim-end

use std::ffi::{c_int, c_void};

use super::accumulator::tally_accumulator;
use super::column_data::tally_column;
use super::exports::exports;
use super::{column_verbs, small_verbs, state_verbs, values};
use crate::boundary::status::tally_status;
use tally_core::internal::SmallSum;

pub use super::small_grown::tally_small_accumulator;

/// The size of a small accumulator in bytes: 64. For bindings that do not read this
/// header. Cannot fail and does not touch the error record.
#[unsafe(no_mangle)]
pub extern "C" fn tally_small_accumulator_size() -> usize {
    size_of::<tally_small_accumulator>()
}

exports! {
    /// Adds one double.
    fn tally_small_accumulator_add_one_f64(
        into: *mut tally_small_accumulator, value: f64,
    ) -> tally_status = small_verbs::take_one::<false>;

    /// Subtracts one double: the exact inverse of adding it.
    fn tally_small_accumulator_subtract_one_f64(
        into: *mut tally_small_accumulator, value: f64,
    ) -> tally_status = small_verbs::take_one::<true>;

    /// Adds `count` doubles, all or none. The array is as for
    /// tally_accumulator_add_f64().
    fn tally_small_accumulator_add_f64(
        into: *mut tally_small_accumulator, values: *const f64, count: usize,
    ) -> tally_status = state_verbs::add;

    /// Subtracts `count` doubles, all or none.
    fn tally_small_accumulator_subtract_f64(
        into: *mut tally_small_accumulator, values: *const f64, count: usize,
    ) -> tally_status = state_verbs::subtract;

    /// Adds the elements of a column that count, of any type, without rounding: all or
    /// none. See Columns.
    fn tally_small_accumulator_add(
        into: *mut tally_small_accumulator, values: *const tally_column,
    ) -> tally_status = column_verbs::take::<false, _>;

    /// Subtracts the elements of a column that count, all or none.
    fn tally_small_accumulator_subtract(
        into: *mut tally_small_accumulator, values: *const tally_column,
    ) -> tally_status = column_verbs::take::<true, _>;

    /// Adds the contents of `from` to `into`.
    ///
    /// Both may be the same one, which doubles it, or overlap.
    fn tally_small_accumulator_merge(
        into: *mut tally_small_accumulator, from: *const tally_small_accumulator,
    ) -> tally_status = state_verbs::merge;

    /// Subtracts the contents of `from` from `into`: the inverse of merging.
    fn tally_small_accumulator_unmerge(
        into: *mut tally_small_accumulator, from: *const tally_small_accumulator,
    ) -> tally_status = state_verbs::unmerge;

    /// Adds the contents of a small accumulator to an accumulator.
    fn tally_accumulator_merge_small(
        into: *mut tally_accumulator, from: *const tally_small_accumulator,
    ) -> tally_status = small_verbs::merge_into_large;

    /// The double nearest to the total: see tally_accumulator_value_f64().
    fn tally_small_accumulator_value_f64(
        acc: *const tally_small_accumulator, total: *mut f64,
    ) -> tally_status = values::ask_in_place(SmallSum::value_f64_in_place, SmallSum::value_f64);

    /// The total as a signed integer, if it is one: see tally_accumulator_value_i64().
    fn tally_small_accumulator_value_i64(
        acc: *const tally_small_accumulator, total: *mut i64,
    ) -> tally_status = values::ask(SmallSum::value_i64);

    /// The total as a signed 128-bit integer, if it is one: see
    /// tally_accumulator_value_i128().
    fn tally_small_accumulator_value_i128(
        acc: *const tally_small_accumulator, high: *mut i64, low: *mut u64,
    ) -> tally_status = values::ask_wide(SmallSum::value_i128);

    /// The mean, as a double: see tally_accumulator_mean_f64().
    fn tally_small_accumulator_mean_f64(
        acc: *const tally_small_accumulator, mean: *mut f64,
    ) -> tally_status = values::ask_in_place(SmallSum::mean_f64_in_place, SmallSum::mean_f64);

    /// The number of values added less the number subtracted, including NaN, infinities
    /// and zeros.
    fn tally_small_accumulator_count(
        acc: *const tally_small_accumulator, count: *mut i64,
    ) -> tally_status = state_verbs::count;

    /// The numbers of values that are NaN, plus infinity and minus infinity: those
    /// added less those subtracted. Any of the result pointers may be NULL.
    fn tally_small_accumulator_special_counts(
        acc: *const tally_small_accumulator, nan: *mut i64, positive_infinity: *mut i64,
        negative_infinity: *mut i64,
    ) -> tally_status = state_verbs::special_counts;

    /// Marks `into` as failed with `status`, for a group that could not be added up.
    /// Its sum is lost.
    ///
    /// From then on every function that reads or changes `into`, or merges it into
    /// another, refuses it with `status`, or with TALLY_INVALID if this version of the
    /// library does not know the number. To reuse `into`, set all its bytes to zero or
    /// load a saved state into it. If it has grown, the accumulator that it refers to
    /// is marked. A state that has already failed is refused and keeps its first
    /// status. TALLY_INVALID if `status` is not negative.
    fn tally_small_accumulator_fail(
        into: *mut tally_small_accumulator, status: c_int,
    ) -> tally_status = state_verbs::fail;

    /// Writes the saved form of `acc`: the same bytes that tally_accumulator_save()
    /// writes for the same values.
    ///
    /// `buffer`, `size` and `needed` are as for that function. There are at most 96
    /// bytes, or TALLY_ACCUMULATOR_SAVED_MAX if it has grown.
    fn tally_small_accumulator_save(
        acc: *const tally_small_accumulator, buffer: *mut c_void, size: usize,
        needed: *mut usize,
    ) -> tally_status = small_verbs::save;

    /// Reads a saved accumulator, small or not, into `acc`, replacing its contents.
    ///
    /// TALLY_TOO_SMALL if it does not fit; load it with tally_accumulator_load()
    /// instead. TALLY_FORMAT if the bytes are not what tally_accumulator_save() writes.
    /// TALLY_INVALID if `size` is above PTRDIFF_MAX.
    fn tally_small_accumulator_load(
        bytes: *const c_void, size: usize, acc: *mut tally_small_accumulator,
    ) -> tally_status = state_verbs::load;

    /// Copies the sum of a small accumulator to an accumulator, replacing its contents.
    fn tally_small_accumulator_expand(
        from: *const tally_small_accumulator, to: *mut tally_accumulator,
    ) -> tally_status = small_verbs::expand;

    /// Grows a small accumulator into `room`, the memory of a tally_accumulator: 320
    /// bytes with any alignment, which receive its sum. From then on `into` refers to
    /// `room`, which must remain valid as long as `into` or a copy of it is used.
    ///
    /// If `into` has already grown, its sum moves to the new room. TALLY_INVALID if
    /// `room` overlaps `into`.
    fn tally_small_accumulator_grow(
        into: *mut tally_small_accumulator, room: *mut tally_accumulator,
    ) -> tally_status = small_verbs::grow;

    /// The memory that a small accumulator has grown into, for the caller to free.
    /// `*room` is NULL if it has not grown. A failed state is accepted.
    fn tally_small_accumulator_room(
        acc: *const tally_small_accumulator, room: *mut *mut tally_accumulator,
    ) -> tally_status = small_verbs::room;
}
