//! Decimals
//!
//! Sums of decimal numbers as they are written, with no binary rounding at all:
//! ten million times "0.1" is 1000000, and money comes out as an accountant
//! writes it. (A double for 0.1 is not 0.1, and an exact sum of ten million
//! such doubles is not 1000000.)
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
//! tally_accumulator. All bytes zero is the empty sum. It may be copied with
//! memcpy(), may lie at any alignment and has no destructor. The same numbers give
//! the same bytes, in whatever order and parts they were added and merged. Its
//! bytes are in the machine's own order, and another version of the library may
//! give them another meaning: to send or to keep them, use tally_decimal_save(). It
//! is not locked: give each thread its own and merge them.
//!
//! Numbers have at most 342 digits after the point and 322 before it. A decimal
//! counts its values, and remembers its scale: the most digits after the point
//! that any of them was written with, but at most 342, however many zeros end a
//! number. Taking values out is exact too, but never lowers the scale. After it,
//! only the scale may differ from that of a decimal that never had the values.
//!
//! Every function that takes a decimal returns TALLY_NULL for NULL, TALLY_INVALID
//! for bytes that are not a decimal, and the status that tally_decimal_combine() or
//! tally_decimal_fail() left in it; on failure it leaves the decimal as it was. TALLY_OVERFLOW means that
//! a count would leave +-(2^63 - 1), or the total +-5*10^341: adding 2^63 - 1
//! numbers of any size never does.
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

/// A sum of decimals in progress. Its content is private.
#[repr(C)]
#[allow(non_camel_case_types)]
#[derive(Clone, Copy)]
pub struct tally_decimal {
    /// Not to be touched but as a whole.
    pub opaque: [u64; 44],
}

opaque_state!(tally_decimal, Decimal);

/// The size of a decimal in bytes: 352. For callers without this header. Cannot
/// fail, and does not touch the error record.
#[unsafe(no_mangle)]
pub extern "C" fn tally_decimal_size() -> usize {
    size_of::<tally_decimal>()
}

exports! {
    /// Adds everything that is in `from` to `into`.
    ///
    /// `from` is read first, so that both may be the same decimal, which doubles it,
    /// or overlap. Merging is exact: the order of merges leaves no trace.
    fn tally_decimal_merge(into: *mut tally_decimal, from: *const tally_decimal) -> tally_status
        = state_verbs::merge;

    /// Takes everything that is in `from` out of `into`: the inverse of merging, but
    /// for the scale, which stays.
    ///
    /// NaN and infinities are taken out too. Both may be the same decimal, which
    /// empties it, or overlap.
    fn tally_decimal_unmerge(into: *mut tally_decimal, from: *const tally_decimal) -> tally_status
        = state_verbs::unmerge;

    /// The number of values added, less those subtracted: NaN, infinities and zeros
    /// included.
    fn tally_decimal_count(dec: *const tally_decimal, count: *mut i64) -> tally_status
        = state_verbs::count;

    /// How many values are NaN, how many plus infinity, and how many minus infinity:
    /// those added, less those subtracted. NULL for a count that is not wanted.
    fn tally_decimal_special_counts(
        dec: *const tally_decimal, nan: *mut i64, positive_infinity: *mut i64,
        negative_infinity: *mut i64,
    ) -> tally_status = state_verbs::special_counts;

    /// Compares two totals exactly: `*order` is -1 if that of `a` is the smaller one,
    /// 0 if they are equal, 1 if it is the larger one.
    ///
    /// Counts and scales are not compared. Infinities are beyond all other numbers.
    /// TALLY_INVALID if a total is NaN, or if more NaN or infinities were taken out
    /// than put in.
    fn tally_decimal_compare(
        a: *const tally_decimal, b: *const tally_decimal, order: *mut c_int,
    ) -> tally_status = decimal_verbs::compare;

    /// Merges `count` decimals of `in` into those of `inout`, one by one: an operator
    /// for MPI_Op_create() and the like. It behaves like tally_accumulator_combine().
    fn tally_decimal_combine(r#in: *const tally_decimal, inout: *mut tally_decimal, count: usize)
        = state_verbs::combine;

    /// Leaves a failure in `into`, which tally_decimal_combine() passes on. As
    /// tally_accumulator_fail().
    fn tally_decimal_fail(into: *mut tally_decimal, status: c_int) -> tally_status
        = state_verbs::fail;
}
