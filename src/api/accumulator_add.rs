//! Adding to an accumulator
//!
//! `count` is a number of elements. An array may lie at any alignment, and may
//! be NULL if `count` is 0; it may even lie in the accumulator's own bytes.
//! TALLY_INVALID if it would be larger than PTRDIFF_MAX bytes. A call adds all
//! of its values or, on failure, none.
//!
//! ```c
//! tally_accumulator_add_f64(&sum, prices, count);
//! tally_accumulator_add_i64(&sum, cents, count);
//! tally_accumulator_add_one_f64(&sum, 0.25);
//! ```

use std::ffi::c_void;

use super::accumulator::tally_accumulator;
use super::state::State;
use crate::boundary::guard;
use crate::boundary::pointer::Array;
use crate::boundary::record::refuse;
use crate::boundary::status::tally_status::{self, TALLY_INVALID};
use crate::boundary::strided::Strided;

/// Adds `count` doubles.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_add_f64(
    into: *mut tally_accumulator,
    values: *const f64,
    count: usize,
) -> tally_status {
    guard::status(c"tally_accumulator_add_f64", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        into.update(|total| values.for_each_block(|block| total.add_f64(block)))
    })
}

/// Adds `count` floats, each exactly as it is.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_add_f32(
    into: *mut tally_accumulator,
    values: *const f32,
    count: usize,
) -> tally_status {
    guard::status(c"tally_accumulator_add_f32", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        into.update(|total| values.for_each_block(|block| total.add_f32(block)))
    })
}

/// Adds `count` signed 32-bit integers.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_add_i32(
    into: *mut tally_accumulator,
    values: *const i32,
    count: usize,
) -> tally_status {
    guard::status(c"tally_accumulator_add_i32", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        into.update(|total| values.for_each_block(|block| total.add_i32(block)))
    })
}

/// Adds `count` signed 64-bit integers, each exactly as it is.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_add_i64(
    into: *mut tally_accumulator,
    values: *const i64,
    count: usize,
) -> tally_status {
    guard::status(c"tally_accumulator_add_i64", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        into.update(|total| values.for_each_block(|block| total.add_i64(block)))
    })
}

/// Adds `count` unsigned 64-bit integers, each exactly as it is.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_add_u64(
    into: *mut tally_accumulator,
    values: *const u64,
    count: usize,
) -> tally_status {
    guard::status(c"tally_accumulator_add_u64", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        into.update(|total| values.for_each_block(|block| total.add_u64(block)))
    })
}

/// Adds one double.
///
/// # Safety
/// `into` is valid for reading and writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_add_one_f64(
    into: *mut tally_accumulator,
    value: f64,
) -> tally_status {
    guard::status(c"tally_accumulator_add_one_f64", || {
        // SAFETY: the caller's promise about `into`.
        unsafe { State::new(into, "into") }?.add_one::<false>(value)
    })
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
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `first`.
        let values = unsafe { Strided::<f64>::new(first, count, stride, "values") }?;
        into.update(|total| {
            if stride == 0 && count > 0 {
                // SAFETY: the first of at least one element.
                total.add_repeated_f64(unsafe { values.get(0) }, count as u64);
            } else {
                values.for_each_block(|_| true, |block| total.add_f64(block));
            }
        })
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
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `values`.
        let all = unsafe { Array::new(values, count, "values") }?;
        if bit_offset.checked_add(count).is_none() {
            let message = format_args!("bit_offset {bit_offset} is too large for {count} values");
            return Err(refuse(TALLY_INVALID, message));
        }
        if validity.is_null() {
            return into.update(|total| all.for_each_block(|block| total.add_f64(block)));
        }
        let first_bit = bit_offset % 8;
        let bytes = if count == 0 {
            0
        } else {
            (first_bit + count).div_ceil(8)
        };
        let bitmap = validity.wrapping_add(bit_offset / 8);
        // SAFETY: the caller's promise about `validity`: these are the bytes
        // that hold the bits.
        let bitmap = unsafe { Array::new(bitmap, bytes, "validity") }?.bytes();
        let is_there = |index: usize| {
            let bit = first_bit + index;
            bitmap[bit / 8] >> (bit % 8) & 1 == 1
        };
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Strided::<f64>::new(values.cast(), count, 8, "values") }?;
        into.update(|total| values.for_each_block(is_there, |block| total.add_f64(block)))
    })
}
