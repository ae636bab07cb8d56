//! Sums of arrays
//!
//! One call, one total. Integer totals are exact or they are an error. Totals of doubles
//! and floats are the true sum rounded once, to nearest with ties to even, so they do not
//! depend on the order of the values.
//!
//! ```c
//! double values[] = {1e100, 1.0, -1e100}, total;
//! if (tally_sum_f64(values, 3, &total) == TALLY_OK)
//!     printf("%g\n", total);                              // 1
//! else
//!     fprintf(stderr, "%s\n", tally_last_message());
//! ```
//!
//! `count` is the number of elements. The array may have any alignment, and may be NULL
//! if `count` is 0. Any NaN makes the total NaN, and so do infinities of both signs;
//! infinities of one sign make it that infinity. Only the final total has to be in range;
//! intermediate totals cannot overflow. Each function returns TALLY_NULL if a required
//! pointer is NULL, TALLY_INVALID if the array would be larger than PTRDIFF_MAX bytes,
//! and TALLY_OVERFLOW where documented. On failure `*total` is unchanged, except for the
//! documented infinity.
//!
//! The method is a superaccumulator: one integer wide enough for every sum of
//! doubles (U. Kulisch, Computer Arithmetic and Validity, 2013; R. Neal, Fast
//! exact summation using small and large superaccumulators, 2015).

use std::ffi::CStr;

use super::convert::set_answer;
use super::exports::{In, Out, exports};

use crate::boundary::array::Array;
use crate::boundary::pointer::{OutPtr, Pod};
use crate::boundary::record::refuse;
use crate::boundary::status::tally_status::{self, TALLY_OK, TALLY_OVERFLOW};
use crate::boundary::{Outcome, guard};
use tally_core::{Accumulate, Accumulator, ValueError, internal};

exports! {
    /// Adds `count` 32-bit integers.
    ///
    /// TALLY_OVERFLOW if the total is outside int64_t, which requires more than 2^32
    /// values.
    fn tally_sum_i32(values: *const i32, count: usize, total: *mut i64) -> tally_status = sum;

    /// Adds `count` signed 64-bit integers.
    ///
    /// TALLY_OVERFLOW if the total is outside int64_t. For a total that cannot overflow,
    /// see tally_sum_i64_wide().
    fn tally_sum_i64(values: *const i64, count: usize, total: *mut i64) -> tally_status = sum;

    /// Adds `count` signed 64-bit integers into a 128-bit total, which cannot overflow.
    ///
    /// The total is `*high` * 2^64 + `*low`.
    fn tally_sum_i64_wide(
        values: *const i64, count: usize, high: *mut i64, low: *mut u64,
    ) -> tally_status = sum_wide;

    /// Adds `count` unsigned 64-bit integers.
    ///
    /// TALLY_OVERFLOW if the total is above UINT64_MAX.
    fn tally_sum_u64(values: *const u64, count: usize, total: *mut u64) -> tally_status = sum;

    /// Adds `count` doubles. The total is the double nearest to the true sum.
    ///
    /// The total of an empty array is +0.0, and that of an array of only -0.0 is -0.0. If
    /// the sum rounds beyond DBL_MAX, `*total` is set to infinity, with the sum's sign,
    /// and TALLY_OVERFLOW is returned.
    fn tally_sum_f64(values: *const f64, count: usize, total: *mut f64) -> tally_status = sum;

    /// Adds `count` floats. The total is the float nearest to the true sum.
    ///
    /// It is rounded once, straight to float. Zeros are as in tally_sum_f64(), and so is
    /// overflow, beyond FLT_MAX.
    fn tally_sum_f32(values: *const f32, count: usize, total: *mut f32) -> tally_status = sum;
}

/// An element type that has sums.
pub(super) trait Summand: Pod {
    /// A sum, before it is known to fit.
    type Sum;
    /// A sum as C has it.
    type Total: Copy;

    fn sum(values: &Array<'_, Self>) -> Self::Sum;

    /// The sum of a few values, unless it takes a second look or does not fit.
    fn sum_few(values: &[Self]) -> Option<Self::Total>;

    /// Writes a sum, or refuses.
    fn set(sum: Self::Sum, total: &OutPtr<Self::Total>) -> Outcome<()>;
}

macro_rules! integers {
    ($($element:ty: $sum:path, $total:ty, $name:literal;)+) => {$(
        impl Summand for $element {
            type Sum = i128;
            type Total = $total;

            fn sum(values: &Array<'_, Self>) -> i128 {
                let mut total = 0;
                // At most 2^60 values below 2^64 each: the total is below 2^124.
                values.for_each_block(|block| total += $sum(block) as i128);
                total
            }

            #[inline]
            fn sum_few(values: &[Self]) -> Option<$total> {
                ($sum(values) as i128).try_into().ok()
            }

            fn set(sum: i128, total: &OutPtr<$total>) -> Outcome<()> {
                total.set(<$total>::try_from(sum).map_err(|_| {
                    let message = format_args!("the total {sum} does not fit in {}", $name);
                    refuse(TALLY_OVERFLOW, message)
                })?);
                Ok(())
            }
        }
    )+};
}

macro_rules! floats {
    ($($element:ty: $sum:path, $sum_few:ident, $value:ident;)+) => {$(
        impl Summand for $element {
            type Sum = Result<Self, ValueError>;
            type Total = Self;

            fn sum(values: &Array<'_, Self>) -> Self::Sum {
                if let Some(values) = values.in_place() {
                    return $sum(values);
                }
                let mut sum = Accumulator::new();
                values.for_each_block(|block| sum.add(block));
                sum.$value()
            }

            #[inline]
            fn sum_few(values: &[Self]) -> Option<Self> {
                internal::$sum_few(values)
            }

            fn set(sum: Self::Sum, total: &OutPtr<Self>) -> Outcome<()> {
                set_answer(total, sum)
            }
        }
    )+};
}

integers! {
    i32: tally_core::sum_i32, i64, "int64_t";
    i64: tally_core::sum_i64, i64, "int64_t";
    u64: tally_core::sum_u64, u64, "uint64_t";
}

floats! {
    f64: tally_core::sum_f64, sum_few_f64, value_f64;
    f32: tally_core::sum_f32, sum_few_f32, value_f32;
}

/// # Safety
/// `values` is valid for reading `count` elements, `total` for writing.
#[inline(always)]
unsafe fn sum<T: Summand>(
    function: &'static CStr,
    values: In<T>,
    count: usize,
    total: Out<T::Total>,
) -> tally_status {
    if count > internal::FEW {
        // SAFETY: the same contract.
        return unsafe { sum_any(function, values, count, total) };
    }
    // What names the arguments is not kept where it is not needed.
    let (values_pointer, total_pointer) = (values.pointer, total.pointer);
    guard::quick(
        function,
        || {
            // SAFETY: readable by the contract, and not written to while it is borrowed.
            let sum = T::sum_few(unsafe { values.few(count) }.ok_or(())?).ok_or(())?;
            // SAFETY: writable by the contract.
            unsafe { total.optional() }.ok_or(())?.set(sum);
            Ok(TALLY_OK)
        },
        move |function, ()| {
            let (pointer, name) = (values_pointer, "values");
            let values = In { pointer, name };
            let (pointer, name) = (total_pointer, "total");
            let total = Out { pointer, name };
            // SAFETY: the same contract.
            unsafe { sum_any(function, values, count, total) }
        },
    )
}

/// # Safety
/// As for [`sum`].
unsafe fn sum_any<T: Summand>(
    function: &'static CStr,
    values: In<T>,
    count: usize,
    total: Out<T::Total>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let values = unsafe { values.array(count) }?;
        // SAFETY: writable by the contract.
        let total = unsafe { total.place() }?;
        T::set(T::sum(&values), &total)
    })
}

/// # Safety
/// `values` is valid for reading `count` elements, `high` and `low` for writing.
unsafe fn sum_wide(
    function: &'static CStr,
    values: In<i64>,
    count: usize,
    high: Out<i64>,
    low: Out<u64>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let values = unsafe { values.array(count) }?;
        // SAFETY: writable by the contract.
        let (high, low) = unsafe { (high.place()?, low.place()?) };
        let total = i64::sum(&values);
        high.set((total >> 64) as i64);
        low.set(total as u64);
        Ok(())
    })
}
