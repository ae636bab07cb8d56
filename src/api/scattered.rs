//! Adding to many accumulators
//!
//! A column of values, and for each of them the state that it belongs to: what an
//! engine has that groups rows, and keeps a state for each group. One call does as many
//! calls that add one value would, and has memory read ahead, so that it waits less where
//! there are many states. Subtracting takes out exactly what adding put in.
//!
//! ```c
//! tally_column column = TALLY_COLUMN(TALLY_F64, values, count);
//! if (tally_accumulator_add_scattered(states, &column, &done) != TALLY_OK)
//!     fprintf(stderr, "row %zu: %s\n", done, tally_last_message());
//! ```
//!
//! The column is as under Columns. `into` has as many pointers as it has elements:
//! `into[i]` is the state of element i, and rows may share one. The pointer of an element
//! that is missing or skipped is not looked at. Neither `into` nor the column may overlap a
//! state, or change during the call.
//!
//! The rows before one that is refused are done, and neither that one nor any after it.
//! `*done`, if `done` is not NULL, is how many they are, skipped ones included; it is
//! untouched if `into` or `values` is refused. TALLY_INVALID if an array would be larger than
//! PTRDIFF_MAX bytes, and for a bad column.

use std::ffi::c_void;

use super::accumulator::tally_accumulator;
use super::column_data::tally_column;
use super::exports::exports;
use super::scattered_verbs;
use super::small_accumulator::tally_small_accumulator;
use crate::boundary::status::tally_status;

pub use super::scattered_verbs::tally_room;

exports! {
    /// Adds each element of a column to the accumulator that `into` has in its place: of any
    /// type, exactly as it is.
    fn tally_accumulator_add_scattered(
        into: *const *mut tally_accumulator, values: *const tally_column, done: *mut usize,
    ) -> tally_status = scattered_verbs::take::<false>;

    /// Subtracts each element of a column from the accumulator that `into` has in its place.
    fn tally_accumulator_subtract_scattered(
        into: *const *mut tally_accumulator, values: *const tally_column, done: *mut usize,
    ) -> tally_status = scattered_verbs::take::<true>;

    /// Adds each element of a column to the small accumulator that `into` has in its place,
    /// and has those that it does not fit grow.
    ///
    /// `room(size, user_data)` is called for the memory of each that must grow: `size` is
    /// 320, and the bytes may have any alignment. They must stay as long as the state refers
    /// to them, as for tally_small_accumulator_grow(). If it returns NULL, that row is
    /// TALLY_MEMORY. If `room` is NULL, a row that does not fit is TALLY_TOO_SMALL.
    ///
    /// `room` is called by this function, on the same thread. `*done` is right at each of
    /// these moments. It may call this library, and throw a C++ exception, as other callbacks
    /// may: see Callbacks. The rows before are done then.
    extern "C-unwind" fn tally_small_accumulator_add_scattered(
        into: *const *mut tally_small_accumulator, values: *const tally_column,
        room: tally_room, user_data: *mut c_void, done: *mut usize,
    ) -> tally_status = scattered_verbs::take_small::<false>;

    /// Subtracts each element of a column from the small accumulator that `into` has in its
    /// place, and has those grow that have no room for what is left.
    ///
    /// `room` is as for tally_small_accumulator_add_scattered().
    extern "C-unwind" fn tally_small_accumulator_subtract_scattered(
        into: *const *mut tally_small_accumulator, values: *const tally_column,
        room: tally_room, user_data: *mut c_void, done: *mut usize,
    ) -> tally_status = scattered_verbs::take_small::<true>;
}
