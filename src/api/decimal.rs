//! Decimals
//!
//! Sums of decimal numbers exactly as they are written, with no binary rounding: ten
//! million times "0.1" is 1000000, as an accountant expects. (The double nearest to 0.1
//! is not 0.1, and the exact sum of ten million such doubles is not 1000000.)
//!
//! ```c
//! tally_decimal sum = TALLY_DECIMAL_INIT;
//! size_t consumed, values;
//! char text[40];
//! if (tally_decimal_add_text(&sum, "0.10 0.20", 9, ' ', 1, &consumed,
//!                            &values) == TALLY_OK &&
//!     tally_decimal_value_text(&sum, TALLY_DECIMAL_AS_WRITTEN, text,
//!                              sizeof text, NULL) == TALLY_OK)
//!     puts(text);                                         // 0.30
//! else
//!     fprintf(stderr, "%s\n", tally_last_message());
//! ```
//!
//! A decimal is 352 bytes of plain memory that the caller owns, like a
//! tally_accumulator. All bytes zero is the empty sum. It may have any alignment, may
//! be copied with memcpy(), and needs no destructor. The same numbers give the same
//! bytes, in whatever order and parts they were added and merged. Its bytes are in
//! native byte order and their meaning may differ between versions of the library; use
//! tally_decimal_save() to store or send them. It has no lock: give each thread its own
//! and merge them.
//!
//! A number has at most 342 digits after the point and 322 before it. A decimal counts
//! its values and remembers its scale: the largest number of digits after the point
//! that any of them was written with, but at most 342, even if a number ends in more
//! zeros. Subtracting is exact too, but never lowers the scale: after it, a decimal can
//! differ only in its scale from one to which the values were never added.
//!
//! Every function that takes a decimal returns TALLY_NULL for NULL, TALLY_INVALID for
//! bytes that are not a decimal, and the status that tally_decimal_combine() or
//! tally_decimal_fail() left in a failed one. On failure the decimal is unchanged.
//! TALLY_OVERFLOW means that a count would exceed 2^63 - 1 in magnitude, or the total
//! 5*10^341, which up to 2^63 - 1 numbers of any size never do.
// header: verbatim-begin
//
// /**
//  * The initial value of a tally_decimal: the empty sum.
//  */
// #define TALLY_DECIMAL_INIT {{0}}
// header: verbatim-end

use std::ffi::c_int;

use super::exports::exports;
use super::state::opaque_state;
use super::{decimal_verbs, state_verbs};
use crate::boundary::status::tally_status;
use tally_core::Decimal;

/// A running sum of decimals. Its contents are private.
#[repr(C)]
#[allow(non_camel_case_types)]
#[derive(Clone, Copy)]
pub struct tally_decimal {
    /// Private: copy, compare or clear it only as a whole.
    pub opaque: [u64; 44],
}

opaque_state!(tally_decimal, Decimal);

/// The size of a decimal in bytes: 352. For bindings that do not read this header.
/// Cannot fail and does not touch the error record.
#[unsafe(no_mangle)]
pub extern "C" fn tally_decimal_size() -> usize {
    size_of::<tally_decimal>()
}

exports! {
    /// Adds the contents of `from` to `into`.
    ///
    /// Both may be the same decimal, which doubles it, or overlap. Merging is exact:
    /// the order of merges has no effect.
    fn tally_decimal_merge(into: *mut tally_decimal, from: *const tally_decimal) -> tally_status
        = state_verbs::merge;

    /// Subtracts the contents of `from` from `into`: the inverse of merging, except
    /// that the scale stays.
    ///
    /// NaN and infinities are subtracted too. Both may be the same decimal, which
    /// empties it, or overlap.
    fn tally_decimal_unmerge(into: *mut tally_decimal, from: *const tally_decimal) -> tally_status
        = state_verbs::unmerge;

    /// The number of values added less the number subtracted, including NaN, infinities
    /// and zeros.
    fn tally_decimal_count(dec: *const tally_decimal, count: *mut i64) -> tally_status
        = state_verbs::count;

    /// The numbers of values that are NaN, plus infinity and minus infinity: those
    /// added less those subtracted. Any of the result pointers may be NULL.
    fn tally_decimal_special_counts(
        dec: *const tally_decimal, nan: *mut i64, positive_infinity: *mut i64,
        negative_infinity: *mut i64,
    ) -> tally_status = state_verbs::special_counts;

    /// Compares two totals exactly: `*order` is -1 if that of `a` is less than that of
    /// `b`, 0 if they are equal, and 1 if it is greater.
    ///
    /// Counts and scales are not compared. Infinities are beyond all finite numbers,
    /// and equal if their signs are. TALLY_INVALID if a total is NaN, or if more NaN or
    /// infinities were subtracted than added.
    fn tally_decimal_compare(
        a: *const tally_decimal, b: *const tally_decimal, order: *mut c_int,
    ) -> tally_status = decimal_verbs::compare;

    /// Merges each of the `count` decimals in `in` into the corresponding one in
    /// `inout`, as a reduction operator for MPI_Op_create() and the like. Failures are
    /// recorded as by tally_accumulator_combine().
    fn tally_decimal_combine(r#in: *const tally_decimal, inout: *mut tally_decimal, count: usize)
        = state_verbs::combine;

    /// Marks `into` as failed with `status`, which tally_decimal_combine() propagates:
    /// see tally_accumulator_fail().
    fn tally_decimal_fail(into: *mut tally_decimal, status: c_int) -> tally_status
        = state_verbs::fail;
}
