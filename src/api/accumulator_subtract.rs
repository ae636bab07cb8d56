//! Subtracting from an accumulator
//!
//! Takes out exactly what adding put in - NaN, infinities and -0.0 too - so
//! that a window can slide over data for ever without an error that grows.
//! Subtracting may come before adding. Arrays are as for adding.
//!
//! ```c
//! tally_accumulator_add_one_f64(&window, values[i]);
//! tally_accumulator_subtract_one_f64(&window, values[i - length]);
//! ```

use super::accumulator::tally_accumulator;
use super::state::State;
use crate::boundary::guard;
use crate::boundary::pointer::Array;
use crate::boundary::status::tally_status;

/// Subtracts `count` doubles.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_subtract_f64(
    into: *mut tally_accumulator,
    values: *const f64,
    count: usize,
) -> tally_status {
    guard::status(c"tally_accumulator_subtract_f64", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        into.update(|total| values.for_each_block(|block| total.subtract_f64(block)))
    })
}

/// Subtracts `count` floats.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_subtract_f32(
    into: *mut tally_accumulator,
    values: *const f32,
    count: usize,
) -> tally_status {
    guard::status(c"tally_accumulator_subtract_f32", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        into.update(|total| values.for_each_block(|block| total.subtract_f32(block)))
    })
}

/// Subtracts `count` signed 32-bit integers.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_subtract_i32(
    into: *mut tally_accumulator,
    values: *const i32,
    count: usize,
) -> tally_status {
    guard::status(c"tally_accumulator_subtract_i32", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        into.update(|total| values.for_each_block(|block| total.subtract_i32(block)))
    })
}

/// Subtracts `count` signed 64-bit integers.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_subtract_i64(
    into: *mut tally_accumulator,
    values: *const i64,
    count: usize,
) -> tally_status {
    guard::status(c"tally_accumulator_subtract_i64", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        into.update(|total| values.for_each_block(|block| total.subtract_i64(block)))
    })
}

/// Subtracts `count` unsigned 64-bit integers.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_subtract_u64(
    into: *mut tally_accumulator,
    values: *const u64,
    count: usize,
) -> tally_status {
    guard::status(c"tally_accumulator_subtract_u64", || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        into.update(|total| values.for_each_block(|block| total.subtract_u64(block)))
    })
}

/// Subtracts one double.
///
/// # Safety
/// `into` is valid for reading and writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_subtract_one_f64(
    into: *mut tally_accumulator,
    value: f64,
) -> tally_status {
    guard::status(c"tally_accumulator_subtract_one_f64", || {
        // SAFETY: the caller's promise about `into`.
        unsafe { State::new(into, "into") }?.add_one::<true>(value)
    })
}
