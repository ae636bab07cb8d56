//! Decimals
//!
//! Sums of decimal numbers as they are written, with no binary rounding at all:
//! ten million times "0.1" is 1000000, and money comes out as an accountant
//! writes it. (A double for 0.1 is not 0.1, and an exact sum of ten million
//! such doubles is not 1000000.)
//!
//! ```c
//! tally_decimal sum = TALLY_DECIMAL_INIT;
//! tally_decimal_add_text(&sum, "0.10 0.20", 9, ' ', 1, &consumed, &values);
//! status = tally_decimal_value_text(&sum, TALLY_DECIMAL_AS_WRITTEN, text,
//!                                   sizeof text, NULL);       // "0.30"
//! ```
//!
//! A decimal is 352 bytes of plain memory of the caller's, with the habits of a
//! tally_accumulator. All bytes zero is the empty sum. It may be copied with
//! memcpy(), may lie at any alignment and has no destructor. The same numbers
//! give the same bytes, in whatever order and parts they were added and merged.
//! Its bytes are in the machine's own order: to send them to another machine, use
//! tally_decimal_save(). It is not locked: give each thread its own and merge
//! them.
//!
//! Numbers have at most 342 digits after the point and 322 before it. A decimal
//! counts its values, and remembers its scale: the most digits after the point
//! that any of them was written with. Taking values out is exact too, but never
//! lowers the scale: that is all that may differ then from the bytes of a decimal
//! that never had them.
//!
//! Every function that takes a decimal returns TALLY_NULL for NULL, TALLY_INVALID
//! for bytes that are none, and the status that tally_decimal_combine() has left
//! in it; on failure it leaves the decimal as it was. TALLY_OVERFLOW means that
//! a count would leave +-(2^63 - 1), or the total +-5*10^341: adding 2^63 - 1
//! numbers of any size never does.
// header: verbatim-begin
//
// /**
//  * The initial value of a tally_decimal: the empty sum.
//  */
// #define TALLY_DECIMAL_INIT {{0}}
// header: verbatim-end

use std::cmp::Ordering;
use std::ffi::c_int;

use super::convert::no_value;
use super::state::{State, combine_all, kept};
use crate::boundary::guard;
use crate::boundary::pointer::Place;
use crate::boundary::record::refuse;
use crate::boundary::status::tally_status::{self, TALLY_INVALID};
use tally_core::Decimal;

/// A sum of decimals in progress. Its content is the library's.
#[repr(C)]
#[allow(non_camel_case_types)]
#[derive(Clone, Copy)]
pub struct tally_decimal {
    /// Not to be touched but as a whole.
    pub opaque: [u64; 44],
}

kept!(tally_decimal, Decimal);

/// The size of a decimal in bytes: 352. For callers without this header. Cannot
/// fail, and does not touch the error record.
#[unsafe(no_mangle)]
pub extern "C" fn tally_decimal_size() -> usize {
    size_of::<tally_decimal>()
}

/// Adds everything that is in `from` to `into`.
///
/// `from` is read first, so that both may be the same decimal, which doubles it,
/// or overlap. Merging is exact: the order of merges leaves no trace.
///
/// # Safety
/// `into` is valid for reading and writing, `from` for reading.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_decimal_merge(
    into: *mut tally_decimal,
    from: *const tally_decimal,
) -> tally_status {
    guard::status(c"tally_decimal_merge", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `from`.
        let from = unsafe { State::new(from, "from") }?.read()?;
        into.update(|decimal| decimal.merge(&from))
    })
}

/// Takes everything that is in `from` out of `into`: the inverse of merging, but
/// for the scale, which stays.
///
/// NaN and infinities are taken out too. Both may be the same decimal, which
/// empties it, or overlap.
///
/// # Safety
/// `into` is valid for reading and writing, `from` for reading.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_decimal_unmerge(
    into: *mut tally_decimal,
    from: *const tally_decimal,
) -> tally_status {
    guard::status(c"tally_decimal_unmerge", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `from`.
        let from = unsafe { State::new(from, "from") }?.read()?;
        into.update(|decimal| decimal.unmerge(&from))
    })
}

/// The number of values added, less those subtracted: NaN, infinities and zeros
/// included.
///
/// # Safety
/// `dec` is valid for reading, `count` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_decimal_count(
    dec: *const tally_decimal,
    count: *mut i64,
) -> tally_status {
    guard::status(c"tally_decimal_count", || {
        // SAFETY: the caller's promise about `dec`.
        let decimal = unsafe { State::new(dec, "dec") }?.read()?;
        // SAFETY: the caller's promise about `count`.
        unsafe { Place::new(count, "count") }?.set(decimal.count());
        Ok(())
    })
}

/// Compares two totals exactly: `*order` is -1 if that of `a` is the smaller one,
/// 0 if they are equal, 1 if it is the larger one.
///
/// Counts and scales are not compared. Infinities are beyond all other numbers.
/// TALLY_INVALID if a total is NaN, or if more NaN or infinities were taken out
/// than put in.
///
/// # Safety
/// `a` and `b` are valid for reading, `order` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_decimal_compare(
    a: *const tally_decimal,
    b: *const tally_decimal,
    order: *mut c_int,
) -> tally_status {
    guard::status(c"tally_decimal_compare", || {
        // SAFETY: the caller's promise about `a`.
        let a = unsafe { State::new(a, "a") }?.read()?;
        // SAFETY: the caller's promise about `b`.
        let b = unsafe { State::new(b, "b") }?.read()?;
        // SAFETY: the caller's promise about `order`.
        let order = unsafe { Place::new(order, "order") }?;
        order.set(match a.compare(&b).map_err(no_value)? {
            Some(Ordering::Less) => -1,
            Some(Ordering::Equal) => 0,
            Some(Ordering::Greater) => 1,
            None => return Err(refuse(TALLY_INVALID, format_args!("a total is NaN"))),
        });
        Ok(())
    })
}

/// Merges `count` decimals of `in` into those of `inout`, one by one: an operator
/// for MPI_Op_create() and the like.
///
/// It can return nothing, so a failure stays in the state: a decimal of `inout`
/// whose merge failed, or whose partner had failed, keeps its total and remembers
/// the status, and every function but this one refuses it with that status from
/// then on, until all its bytes are set to zero. The thread's error is set too:
/// TALLY_NULL for NULL with `count` above 0, TALLY_INVALID for an impossible
/// `count`.
///
/// # Safety
/// `in` is valid for reading `count` decimals, `inout` for reading and writing
/// them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_decimal_combine(
    r#in: *const tally_decimal,
    inout: *mut tally_decimal,
    count: usize,
) {
    guard::status(c"tally_decimal_combine", || {
        // SAFETY: the caller's promises about `in` and `inout`.
        unsafe { combine_all(r#in, inout, count) }
    });
}
