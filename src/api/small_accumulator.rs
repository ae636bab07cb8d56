//! The small accumulator
//!
//! A sum in progress in 64 bytes, for one of many groups. It is as exact as an
//! accumulator, and has the same value and the same saved bytes. What it lacks is
//! room: a call whose result does not fit is TALLY_TOO_SMALL, and changes nothing.
//! Expand it then to a tally_accumulator and go on with that, or give it the memory of one
//! with tally_small_accumulator_grow().
//!
//! ```c
//! tally_small_accumulator sum = TALLY_SMALL_ACCUMULATOR_INIT;
//! if (tally_small_accumulator_add_f64(&sum, values, count) != TALLY_OK ||
//!     tally_small_accumulator_value_f64(&sum, &total) != TALLY_OK)
//!     fprintf(stderr, "%s\n", tally_last_message());
//! ```
//!
//! The total fits if it is at most 320 bits long, from its highest bit that is not 0 to its
//! lowest, wherever they are; one of 321 to 384 bits may fit or not, which depends on where
//! its highest bit is. The sum of ten values always fits if the largest is less than 2^260
//! times the smallest that is not 0. The count has the range of an accumulator's, those of NaN and of negative
//! zeros are from -131,072 to 131,071, those of the infinities from -1024 to 1023.
//! Whether something fits depends on the result alone, not on the order of the calls.
//!
//! Floats and integers are added as a column. Text, arrays of Arrow and
//! tally_accumulator_combine() need an accumulator: tally_small_accumulator_expand() and
//! tally_accumulator_merge_small() make it one.
//!
//! All bytes zero is the empty sum. It may be copied with memcpy(), compared with
//! memcmp() (equal sums of equal counts have equal bytes), may lie at any alignment
//! and has no destructor. What is said of an accumulator's bytes, threads and errors holds
//! here too.
//!
//! One that has grown is only a reference to 320 bytes elsewhere, which are a
//! tally_accumulator: it takes whatever that takes, and TALLY_TOO_SMALL does not
//! occur. All functions work on it as on any other. But a copy refers to the same sum,
//! so that adding to one of them adds to both, and memcmp() compares the references.
//! The library never frees those bytes. Loading a saved state, or setting all bytes to
//! zero, makes it small again and forgets them. In a process that is
//! not a fork of this one a reference means nothing, and is refused with TALLY_INVALID.
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

/// The size of a small accumulator in bytes: 64. For callers without this header.
/// Cannot fail, and does not touch the error record.
#[unsafe(no_mangle)]
pub extern "C" fn tally_small_accumulator_size() -> usize {
    size_of::<tally_small_accumulator>()
}

exports! {
    /// Adds one double.
    fn tally_small_accumulator_add_one_f64(
        into: *mut tally_small_accumulator, value: f64,
    ) -> tally_status = small_verbs::take_one::<false>;

    /// Subtracts one double: takes out exactly what adding put in.
    fn tally_small_accumulator_subtract_one_f64(
        into: *mut tally_small_accumulator, value: f64,
    ) -> tally_status = small_verbs::take_one::<true>;

    /// Adds `count` doubles, all or none. Arrays are as for tally_accumulator_add_f64().
    fn tally_small_accumulator_add_f64(
        into: *mut tally_small_accumulator, values: *const f64, count: usize,
    ) -> tally_status = state_verbs::add;

    /// Subtracts `count` doubles, all or none.
    fn tally_small_accumulator_subtract_f64(
        into: *mut tally_small_accumulator, values: *const f64, count: usize,
    ) -> tally_status = state_verbs::subtract;

    /// Adds each element of a column, of any type, exactly as it is: all or none. See Columns.
    fn tally_small_accumulator_add(
        into: *mut tally_small_accumulator, values: *const tally_column,
    ) -> tally_status = column_verbs::take::<false, _>;

    /// Subtracts each element of a column, all or none.
    fn tally_small_accumulator_subtract(
        into: *mut tally_small_accumulator, values: *const tally_column,
    ) -> tally_status = column_verbs::take::<true, _>;

    /// Adds everything that is in `from` to `into`.
    ///
    /// Both may be the same, which doubles it, or overlap.
    fn tally_small_accumulator_merge(
        into: *mut tally_small_accumulator, from: *const tally_small_accumulator,
    ) -> tally_status = state_verbs::merge;

    /// Takes everything that is in `from` out of `into`: the inverse of merging.
    fn tally_small_accumulator_unmerge(
        into: *mut tally_small_accumulator, from: *const tally_small_accumulator,
    ) -> tally_status = state_verbs::unmerge;

    /// Adds everything that is in a small accumulator to one that has room for all.
    fn tally_accumulator_merge_small(
        into: *mut tally_accumulator, from: *const tally_small_accumulator,
    ) -> tally_status = small_verbs::merge_into_large;

    /// The double nearest to the total: as for tally_accumulator_value_f64().
    fn tally_small_accumulator_value_f64(
        acc: *const tally_small_accumulator, total: *mut f64,
    ) -> tally_status = values::ask_in_place(SmallSum::value_f64_in_place, SmallSum::value_f64);

    /// The total as a signed integer, if it is one: as for tally_accumulator_value_i64().
    fn tally_small_accumulator_value_i64(
        acc: *const tally_small_accumulator, total: *mut i64,
    ) -> tally_status = values::ask(SmallSum::value_i64);

    /// The total as a signed 128-bit integer, if it is one: as for
    /// tally_accumulator_value_i128().
    fn tally_small_accumulator_value_i128(
        acc: *const tally_small_accumulator, high: *mut i64, low: *mut u64,
    ) -> tally_status = values::ask_wide(SmallSum::value_i128);

    /// The double nearest to the total divided by the count: as for
    /// tally_accumulator_mean_f64().
    fn tally_small_accumulator_mean_f64(
        acc: *const tally_small_accumulator, mean: *mut f64,
    ) -> tally_status = values::ask_in_place(SmallSum::mean_f64_in_place, SmallSum::mean_f64);

    /// The number of values added, less those subtracted: NaN, infinities and
    /// zeros included.
    fn tally_small_accumulator_count(
        acc: *const tally_small_accumulator, count: *mut i64,
    ) -> tally_status = state_verbs::count;

    /// How many values are NaN, how many plus infinity, and how many minus infinity:
    /// those added, less those subtracted. NULL for a count that is not wanted.
    fn tally_small_accumulator_special_counts(
        acc: *const tally_small_accumulator, nan: *mut i64, positive_infinity: *mut i64,
        negative_infinity: *mut i64,
    ) -> tally_status = state_verbs::special_counts;

    /// Leaves a failure in `into`, whose sum is lost, for a group that could not be added up.
    ///
    /// From then on every function that reads or changes `into`, or merges it into another,
    /// refuses it with `status`, or with TALLY_INVALID if this version of the library does
    /// not know the number. To use `into` again, set all its bytes to zero or load a saved
    /// state into it. If it has grown, the failure is left in what it refers to. A state that
    /// has failed already is refused, and keeps its first status. TALLY_INVALID if `status`
    /// is not below 0.
    fn tally_small_accumulator_fail(
        into: *mut tally_small_accumulator, status: c_int,
    ) -> tally_status = state_verbs::fail;

    /// Writes the saved form of `acc`: the bytes that tally_accumulator_save() writes of
    /// the same values.
    ///
    /// `buffer`, `size` and `needed` are as there. The bytes are at most 96, or
    /// TALLY_ACCUMULATOR_SAVED_MAX if it has grown.
    fn tally_small_accumulator_save(
        acc: *const tally_small_accumulator, buffer: *mut c_void, size: usize,
        needed: *mut usize,
    ) -> tally_status = small_verbs::save;

    /// Reads a saved accumulator of any size into `acc`, whatever was there before.
    ///
    /// TALLY_TOO_SMALL if it does not fit: tally_accumulator_load() reads it then.
    /// TALLY_FORMAT if the bytes are not what tally_accumulator_save() writes.
    fn tally_small_accumulator_load(
        bytes: *const c_void, size: usize, acc: *mut tally_small_accumulator,
    ) -> tally_status = state_verbs::load;

    /// Sets an accumulator to what a small one holds, whatever was there before.
    fn tally_small_accumulator_expand(
        from: *const tally_small_accumulator, to: *mut tally_accumulator,
    ) -> tally_status = small_verbs::expand;

    /// Lets a small accumulator grow into `room`: 320 bytes at any alignment, for a
    /// tally_accumulator, which is set to what `into` holds. `into` refers to them from
    /// then on, and they must stay until it is no longer used.
    ///
    /// If it has grown before, its sum moves to the new room. TALLY_INVALID if `room` overlaps
    /// `into`.
    fn tally_small_accumulator_grow(
        into: *mut tally_small_accumulator, room: *mut tally_accumulator,
    ) -> tally_status = small_verbs::grow;

    /// Where the memory is that a small accumulator has grown into, for the caller to free.
    /// `*room` is NULL if it has not grown. A failure in it does not matter.
    fn tally_small_accumulator_room(
        acc: *const tally_small_accumulator, room: *mut *mut tally_accumulator,
    ) -> tally_status = small_verbs::room;
}
