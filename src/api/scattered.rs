//! Adding to many accumulators
//!
//! Adds each value of a column to the state that it belongs to, for query engines that
//! group rows and keep a state for each group. One call replaces many that add a single
//! value, and prefetches the states, which hides memory latency when there are many.
//! Subtracting undoes adding exactly.
//!
//! ```c
//! tally_column column = TALLY_COLUMN(TALLY_F64, values, count);
//! if (tally_accumulator_add_scattered(states, &column, &done) != TALLY_OK)
//!     fprintf(stderr, "row %zu: %s\n", done, tally_last_message());
//! ```
//!
//! For the column see Columns. `into` has one pointer for each element: `into[i]` is
//! the state of element i, and rows may share a state. The pointers of skipped elements
//! are ignored. Neither `into` nor the column may overlap a state or change during the
//! call.
//!
//! On failure in a row, the rows before it have been processed, and neither that row
//! nor any later one. `*done` is the number of rows processed, including skipped ones;
//! it is unchanged if `into` or `values` itself is refused. `done` may be NULL.
//! TALLY_INVALID if an array would be larger than PTRDIFF_MAX bytes, and for a
//! malformed column.

use std::ffi::c_void;

use super::accumulator::tally_accumulator;
use super::column_data::tally_column;
use super::exports::exports;
use super::scattered_verbs;
use super::small_accumulator::tally_small_accumulator;
use crate::boundary::status::tally_status;

pub use super::scattered_verbs::tally_room;

exports! {
    /// Adds each element of a column to the accumulator at the same position in `into`.
    /// The elements may be of any type and are not rounded.
    fn tally_accumulator_add_scattered(
        into: *const *mut tally_accumulator, values: *const tally_column, done: *mut usize,
    ) -> tally_status = scattered_verbs::take::<false>;

    /// Subtracts each element of a column from the accumulator at the same position in
    /// `into`.
    fn tally_accumulator_subtract_scattered(
        into: *const *mut tally_accumulator, values: *const tally_column, done: *mut usize,
    ) -> tally_status = scattered_verbs::take::<true>;

    /// Adds each element of a column to the small accumulator at the same position in
    /// `into`, growing those in which the result does not fit.
    ///
    /// For each state that must grow, `room(size, user_data)` is called to provide its
    /// memory: `size` is 320, and the memory may have any alignment. It must remain
    /// valid as long as the state refers to it, as for tally_small_accumulator_grow().
    /// If `room` returns NULL, the row fails with TALLY_MEMORY; if the memory overlaps
    /// the state itself, with TALLY_INVALID. If `room` itself is NULL, a row that does
    /// not fit fails with TALLY_TOO_SMALL.
    ///
    /// `room` is called on the calling thread, before this function returns; `*done` is
    /// up to date at each of its calls. Like other callbacks, it may call this library
    /// and throw a C++ exception: see Callbacks. If it throws, the rows before have
    /// been processed.
    extern "C-unwind" fn tally_small_accumulator_add_scattered(
        into: *const *mut tally_small_accumulator, values: *const tally_column,
        room: tally_room, user_data: *mut c_void, done: *mut usize,
    ) -> tally_status = scattered_verbs::take_small::<false>;

    /// Subtracts each element of a column from the small accumulator at the same
    /// position in `into`, growing those in which the result does not fit.
    ///
    /// `room` is as for tally_small_accumulator_add_scattered().
    extern "C-unwind" fn tally_small_accumulator_subtract_scattered(
        into: *const *mut tally_small_accumulator, values: *const tally_column,
        room: tally_room, user_data: *mut c_void, done: *mut usize,
    ) -> tally_status = scattered_verbs::take_small::<true>;
}
