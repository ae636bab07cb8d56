//! The value of an accumulator
//!
//! Each function reads the exact total and rounds it once, to nearest, ties to
//! even. Asking does not change the accumulator.
//!
//! ```c
//! if (tally_accumulator_value_f64(&sum, &total) == TALLY_OK)
//!     status = tally_accumulator_error_f64(&sum, my_own_total, &ulps);
//! ```
//!
//! Any NaN among the values gives NaN (always the same one), and so do
//! infinities of both signs; a single kind of infinity gives that infinity.
//! TALLY_INVALID if more NaN or infinities were taken out than put in. A
//! non-zero total that rounds to zero keeps its sign; a total of exactly zero
//! is -0.0 if there are values and all are -0.0, else +0.0. On failure the
//! result is untouched, but for the infinity that is documented.

use std::ffi::{c_char, c_int};

use super::accumulator::tally_accumulator;
use super::convert::{no_value, set_rounded};
use super::state::State;
use crate::boundary::buffer::Buffer;
use crate::boundary::pointer::Place;
use crate::boundary::record::refuse;
use crate::boundary::status::tally_status::{self, TALLY_INVALID};
use crate::boundary::{Outcome, guard};
use tally_core::ExactSum;

/// The most digits after the point that a total can have.
const MOST_FRACTION_DIGITS: c_int = 1074;

/// The double nearest to the total.
///
/// Beyond DBL_MAX, `*total` is the infinity of its sign, with TALLY_OVERFLOW.
///
/// # Safety
/// `acc` is valid for reading, `total` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_value_f64(
    acc: *const tally_accumulator,
    total: *mut f64,
) -> tally_status {
    guard::status(c"tally_accumulator_value_f64", || {
        // SAFETY: the caller's promise about `acc`.
        let accumulator = unsafe { State::new(acc, "acc") }?.read()?;
        // SAFETY: the caller's promise about `total`.
        let total = unsafe { Place::new(total, "total") }?;
        set_rounded(&total, accumulator.value_f64(), f64::INFINITY)
    })
}

/// The float nearest to the total: rounded once, not by way of double.
///
/// Beyond FLT_MAX, `*total` is the infinity of its sign, with TALLY_OVERFLOW.
///
/// # Safety
/// `acc` is valid for reading, `total` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_value_f32(
    acc: *const tally_accumulator,
    total: *mut f32,
) -> tally_status {
    guard::status(c"tally_accumulator_value_f32", || {
        // SAFETY: the caller's promise about `acc`.
        let accumulator = unsafe { State::new(acc, "acc") }?.read()?;
        // SAFETY: the caller's promise about `total`.
        let total = unsafe { Place::new(total, "total") }?;
        set_rounded(&total, accumulator.value_f32(), f32::INFINITY)
    })
}

/// The total as a signed integer, if it is one.
///
/// TALLY_INVALID if it is NaN or infinite; else TALLY_OVERFLOW if it is outside
/// INT64_MIN to INT64_MAX; else TALLY_INVALID if it has a fraction.
///
/// # Safety
/// `acc` is valid for reading, `total` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_value_i64(
    acc: *const tally_accumulator,
    total: *mut i64,
) -> tally_status {
    guard::status(c"tally_accumulator_value_i64", || {
        // SAFETY: the caller's promise about `acc`.
        let accumulator = unsafe { State::new(acc, "acc") }?.read()?;
        // SAFETY: the caller's promise about `total`.
        let total = unsafe { Place::new(total, "total") }?;
        total.set(accumulator.value_i64().map_err(no_value)?);
        Ok(())
    })
}

/// The total as an unsigned integer, if it is one.
///
/// TALLY_INVALID if it is NaN or infinite; else TALLY_OVERFLOW if it is outside
/// 0 to UINT64_MAX; else TALLY_INVALID if it has a fraction.
///
/// # Safety
/// `acc` is valid for reading, `total` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_value_u64(
    acc: *const tally_accumulator,
    total: *mut u64,
) -> tally_status {
    guard::status(c"tally_accumulator_value_u64", || {
        // SAFETY: the caller's promise about `acc`.
        let accumulator = unsafe { State::new(acc, "acc") }?.read()?;
        // SAFETY: the caller's promise about `total`.
        let total = unsafe { Place::new(total, "total") }?;
        total.set(accumulator.value_u64().map_err(no_value)?);
        Ok(())
    })
}

/// The double nearest to the total divided by the count: one rounding.
///
/// TALLY_INVALID if the count is below 1. Beyond DBL_MAX (possible only after
/// subtracting), `*mean` is the infinity of its sign, with TALLY_OVERFLOW.
///
/// # Safety
/// `acc` is valid for reading, `mean` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_mean_f64(
    acc: *const tally_accumulator,
    mean: *mut f64,
) -> tally_status {
    guard::status(c"tally_accumulator_mean_f64", || {
        // SAFETY: the caller's promise about `acc`.
        let accumulator = unsafe { State::new(acc, "acc") }?.read()?;
        // SAFETY: the caller's promise about `mean`.
        let mean = unsafe { Place::new(mean, "mean") }?;
        set_rounded(&mean, accumulator.mean_f64(), f64::INFINITY)
    })
}

/// The total as decimal text, with no limit on its size.
///
/// `fraction_digits` is how many digits follow the point: 0 to 1074, the last
/// one rounded half to even, or -1 for all that there are, and no zeros at the
/// end. TALLY_INVALID for any other number. The point is always ".". Special
/// totals are "nan", "inf" and "-inf"; negative zeros keep their sign.
///
/// `buffer` receives the text and a NUL. `*needed`, if `needed` is not NULL, is
/// the length of the text in bytes, without the NUL: the buffer needs one byte
/// more. If `size` is less than that, the buffer is untouched and
/// TALLY_TOO_SMALL is returned; above PTRDIFF_MAX it is TALLY_INVALID. With NULL for
/// `buffer` and 0 for `size` only the length is asked for, and the call
/// succeeds; NULL with another size is TALLY_NULL.
///
/// # Safety
/// `acc` is valid for reading, `buffer` (if not NULL) for writing `size` bytes,
/// `needed` (if not NULL) for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_value_text(
    acc: *const tally_accumulator,
    fraction_digits: c_int,
    buffer: *mut c_char,
    size: usize,
    needed: *mut usize,
) -> tally_status {
    guard::status(c"tally_accumulator_value_text", || {
        // SAFETY: the caller's promise about `acc`.
        let accumulator = unsafe { State::new(acc, "acc") }?.read()?;
        // SAFETY: the caller's promises about `buffer` and `needed`.
        unsafe {
            write_text(
                &accumulator,
                MOST_FRACTION_DIGITS,
                fraction_digits,
                buffer,
                size,
                needed,
            )
        }
    })
}

/// How wrong another sum of the same values is.
///
/// `*ulps` is the distance of `candidate` from the exact total, in units in the
/// last place of the correctly rounded total, which itself is never more than
/// 0.5 off. (A unit in the last place is the distance to the next double away
/// from zero; right below a power of two doubles lie closer, so that a wrong one
/// may be less than 0.5 off too.) It is never negative. It is 0 where both are
/// NaN, or both the same infinity, and for the infinity that a total beyond
/// DBL_MAX rounds to; it is infinite where only one is NaN or infinite.
///
/// # Safety
/// `acc` is valid for reading, `ulps` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_error_f64(
    acc: *const tally_accumulator,
    candidate: f64,
    ulps: *mut f64,
) -> tally_status {
    guard::status(c"tally_accumulator_error_f64", || {
        // SAFETY: the caller's promise about `acc`.
        let accumulator = unsafe { State::new(acc, "acc") }?.read()?;
        // SAFETY: the caller's promise about `ulps`.
        let ulps = unsafe { Place::new(ulps, "ulps") }?;
        ulps.set(accumulator.error_f64(candidate).map_err(no_value)?);
        Ok(())
    })
}

/// Writes a total as text, and how long that is.
///
/// # Safety
/// `buffer` (if not NULL) is valid for writing `size` bytes, `needed` (if not
/// NULL) for writing.
pub(super) unsafe fn write_text<const WORKING: usize, const ONE: usize>(
    total: &ExactSum<WORKING, ONE>,
    most_digits: c_int,
    fraction_digits: c_int,
    buffer: *mut c_char,
    size: usize,
    needed: *mut usize,
) -> Outcome<()> {
    let digits = match fraction_digits {
        -1 => None,
        digits if (0..=most_digits).contains(&digits) => Some(digits as u16),
        _ => {
            let message =
                format_args!("fraction_digits is {fraction_digits}, not -1 to {most_digits}");
            return Err(refuse(TALLY_INVALID, message));
        }
    };
    // SAFETY: the contract of this function.
    let buffer = unsafe { Buffer::new(buffer.cast(), size) }?;
    let text = total.text(digits).map_err(no_value)?;
    // SAFETY: as above.
    if let Some(needed) = unsafe { Place::optional(needed) } {
        needed.set(text.as_str().len());
    }
    buffer.set_text(text.as_str())
}
