//! Sums of arrays
//!
//! One call, one total. Integer totals are exact or they are an error; totals
//! of doubles and floats are the true sum rounded once, to the nearest value
//! and ties to even, so they do not depend on the order of the values.
//!
//! ```c
//! double values[] = {1e100, 1.0, -1e100}, total;
//! if (tally_sum_f64(values, 3, &total) == TALLY_OK)
//!     printf("%g\n", total);                              // 1
//! else
//!     fprintf(stderr, "%s\n", tally_last_message());
//! ```
//!
//! `count` is a number of elements. An array may lie at any alignment; it may
//! be NULL if `count` is 0. Any NaN gives NaN, and so do infinities of both
//! signs; infinities of one sign give that infinity. Intermediate totals that
//! would overflow are no error. Each function returns TALLY_NULL for a NULL that
//! is needed, TALLY_INVALID if the array would be larger than PTRDIFF_MAX bytes,
//! and TALLY_OVERFLOW as it says. On failure `*total` is untouched, but for the
//! infinity that is documented.
//!
//! The method is a superaccumulator: one integer wide enough for every sum of
//! doubles (U. Kulisch, Computer Arithmetic and Validity, 2013; R. Neal, Fast
//! exact summation using small and large superaccumulators, 2015).

use super::convert::set_answer;
use crate::boundary::pointer::{Array, Place, Plain};
use crate::boundary::record::refuse;
use crate::boundary::status::tally_status::{self, TALLY_OVERFLOW};
use crate::boundary::{Outcome, guard};
use tally_core::{self, Accumulator};

pub(super) fn sum_blocks<T: Plain>(values: &Array<'_, T>, sum: impl Fn(&[T]) -> i128) -> i128 {
    let mut total = 0;
    values.for_each_block(|block| total += sum(block));
    total
}

pub(super) fn set_integer<T: Copy + TryFrom<i128>>(
    place: &Place<T>,
    total: i128,
    type_name: &str,
) -> Outcome<()> {
    let value = T::try_from(total).map_err(|_| {
        refuse(
            TALLY_OVERFLOW,
            format_args!("the total is {total}, which no {type_name} holds"),
        )
    })?;
    place.set(value);
    Ok(())
}

pub(super) fn sum_i32(values: &Array<'_, i32>, total: &Place<i64>) -> Outcome<()> {
    set_integer(total, sum_blocks(values, tally_core::sum_i32), "int64_t")
}

pub(super) fn sum_i64(values: &Array<'_, i64>, total: &Place<i64>) -> Outcome<()> {
    set_integer(total, sum_blocks(values, tally_core::sum_i64), "int64_t")
}

pub(super) fn sum_u64(values: &Array<'_, u64>, total: &Place<u64>) -> Outcome<()> {
    // At most 2^60 values below 2^64 each: the total is below 2^124.
    let sum = sum_blocks(values, |block| tally_core::sum_u64(block) as i128);
    set_integer(total, sum, "uint64_t")
}

pub(super) fn sum_f64(values: &Array<'_, f64>, total: &Place<f64>) -> Outcome<()> {
    if let Some(values) = values.in_place() {
        return set_answer(total, tally_core::sum_f64(values));
    }
    let mut sum = Accumulator::new();
    values.for_each_block(|block| sum.add_f64(block));
    set_answer(total, sum.value_f64())
}

pub(super) fn sum_f32(values: &Array<'_, f32>, total: &Place<f32>) -> Outcome<()> {
    if let Some(values) = values.in_place() {
        return set_answer(total, tally_core::sum_f32(values));
    }
    let mut sum = Accumulator::new();
    values.for_each_block(|block| sum.add_f32(block));
    set_answer(total, sum.value_f32())
}

/// Adds `count` 32-bit integers.
///
/// TALLY_OVERFLOW if the total is outside int64_t, which takes more than
/// 2^32 values.
///
/// # Safety
/// `values` is valid for reading `count` elements, `total` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_sum_i32(
    values: *const i32,
    count: usize,
    total: *mut i64,
) -> tally_status {
    guard::status(c"tally_sum_i32", || {
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        // SAFETY: the caller's promise about `total`.
        let total = unsafe { Place::new(total, "total") }?;
        sum_i32(&values, &total)
    })
}

/// Adds `count` signed 64-bit integers.
///
/// TALLY_OVERFLOW if the total is outside int64_t. Totals on the way do not
/// matter. For a total that cannot overflow, see tally_sum_i64_wide().
///
/// # Safety
/// `values` is valid for reading `count` elements, `total` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_sum_i64(
    values: *const i64,
    count: usize,
    total: *mut i64,
) -> tally_status {
    guard::status(c"tally_sum_i64", || {
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        // SAFETY: the caller's promise about `total`.
        let total = unsafe { Place::new(total, "total") }?;
        sum_i64(&values, &total)
    })
}

/// Adds `count` signed 64-bit integers into 128 bits, which never overflow.
///
/// The total is `*high` * 2^64 + `*low`.
///
/// # Safety
/// `values` is valid for reading `count` elements, `high` and `low` for
/// writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_sum_i64_wide(
    values: *const i64,
    count: usize,
    high: *mut i64,
    low: *mut u64,
) -> tally_status {
    guard::status(c"tally_sum_i64_wide", || {
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        // SAFETY: the caller's promise about `high`.
        let high = unsafe { Place::new(high, "high") }?;
        // SAFETY: the caller's promise about `low`.
        let low = unsafe { Place::new(low, "low") }?;
        let total = sum_blocks(&values, tally_core::sum_i64);
        high.set((total >> 64) as i64);
        low.set(total as u64);
        Ok(())
    })
}

/// Adds `count` unsigned 64-bit integers.
///
/// TALLY_OVERFLOW if the total is above UINT64_MAX.
///
/// # Safety
/// `values` is valid for reading `count` elements, `total` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_sum_u64(
    values: *const u64,
    count: usize,
    total: *mut u64,
) -> tally_status {
    guard::status(c"tally_sum_u64", || {
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        // SAFETY: the caller's promise about `total`.
        let total = unsafe { Place::new(total, "total") }?;
        sum_u64(&values, &total)
    })
}

/// Adds `count` doubles: the double nearest to the true sum.
///
/// The sum of nothing is +0.0; of nothing but -0.0 it is -0.0. If the nearest
/// double is beyond DBL_MAX, `*total` is the infinity of its sign and
/// TALLY_OVERFLOW is returned.
///
/// # Safety
/// `values` is valid for reading `count` elements, `total` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_sum_f64(
    values: *const f64,
    count: usize,
    total: *mut f64,
) -> tally_status {
    guard::status(c"tally_sum_f64", || {
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        // SAFETY: the caller's promise about `total`.
        let total = unsafe { Place::new(total, "total") }?;
        sum_f64(&values, &total)
    })
}

/// Adds `count` floats: the float nearest to the true sum.
///
/// Rounded once, straight to float. Zeros and overflow as with tally_sum_f64(),
/// at FLT_MAX.
///
/// # Safety
/// `values` is valid for reading `count` elements, `total` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_sum_f32(
    values: *const f32,
    count: usize,
    total: *mut f32,
) -> tally_status {
    guard::status(c"tally_sum_f32", || {
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        // SAFETY: the caller's promise about `total`.
        let total = unsafe { Place::new(total, "total") }?;
        sum_f32(&values, &total)
    })
}
