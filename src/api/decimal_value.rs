//! The value of a decimal
//!
//! Each function reads the exact total and rounds it once, half to even. Asking
//! does not change the decimal.
//!
//! ```c
//! status = tally_decimal_value_text(&sum, 2, text, sizeof text, &length);
//! status = tally_decimal_mean_text(&sum, 4, text, sizeof text, &length);
//! ```
//!
//! Any NaN among the values gives NaN, and so do infinities of both signs; a
//! single kind of infinity gives that infinity. TALLY_INVALID if more NaN or
//! infinities were taken out than put in. On failure the result is untouched,
//! but for the infinity that is documented.
// header: verbatim-begin
//
// /**
//  * A number of digits after the point: as many as the scale of the decimal, so
//  * that "0.10" and "0.20" are "0.30".
//  */
// #define TALLY_DECIMAL_AS_WRITTEN (-2)
// header: verbatim-end

use std::ffi::{c_char, c_int};

use super::convert::{no_value, set_rounded};
use super::decimal::tally_decimal;
use super::state::State;
use crate::boundary::buffer::Buffer;
use crate::boundary::pointer::Place;
use crate::boundary::record::{Refusal, refuse};
use crate::boundary::status::tally_status::{self, TALLY_INVALID};
use crate::boundary::{Outcome, guard};
use tally_core::{Decimal, Digits, FRACTION_DIGITS, Text, ValueError};

/// [`tally_decimal_value_text`] with as many digits as the scale.
const AS_WRITTEN: c_int = -2;

/// The total as decimal text.
///
/// `fraction_digits` is how many digits follow the point: 0 to 342, the last one
/// rounded half to even; -1 for all that there are, and no zeros at the end; or
/// TALLY_DECIMAL_AS_WRITTEN, which never rounds. TALLY_INVALID for any other
/// number. The point is always ".". There is no negative zero: a total that is
/// zero, or rounds to it, has no sign. Special totals are "nan", "inf" and
/// "-inf".
///
/// `buffer` receives the text and a NUL. `*needed`, if `needed` is not NULL, is
/// the length of the text in bytes, without the NUL: the buffer needs one byte
/// more. If `size` is less than that, the buffer is untouched and
/// TALLY_TOO_SMALL is returned; above PTRDIFF_MAX it is TALLY_INVALID. With NULL
/// for `buffer` and 0 for `size` only the length is asked for, and the call
/// succeeds; NULL with another size is TALLY_NULL.
///
/// # Safety
/// `dec` is valid for reading, `buffer` (if not NULL) for writing `size` bytes,
/// `needed` (if not NULL) for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_decimal_value_text(
    dec: *const tally_decimal,
    fraction_digits: c_int,
    buffer: *mut c_char,
    size: usize,
    needed: *mut usize,
) -> tally_status {
    guard::status(c"tally_decimal_value_text", || {
        let digits = || match fraction_digits {
            -1 => Ok(Digits::All),
            AS_WRITTEN => Ok(Digits::AsWritten),
            _ => match rounded_digits(fraction_digits) {
                Some(digits) => Ok(Digits::Rounded(digits)),
                None => Err(bad_digits(fraction_digits, AS_WRITTEN)),
            },
        };
        // SAFETY: the caller's promises about `dec`, `buffer` and `needed`.
        unsafe { write_text(dec, digits, Decimal::text, buffer, size, needed) }
    })
}

/// The mean as decimal text: the exact total divided by the count, rounded once,
/// half to even, to `fraction_digits` digits after the point, 0 to 342.
///
/// TALLY_INVALID for any other number of digits, or if the count is below 1. All
/// else is as for tally_decimal_value_text().
///
/// # Safety
/// `dec` is valid for reading, `buffer` (if not NULL) for writing `size` bytes,
/// `needed` (if not NULL) for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_decimal_mean_text(
    dec: *const tally_decimal,
    fraction_digits: c_int,
    buffer: *mut c_char,
    size: usize,
    needed: *mut usize,
) -> tally_status {
    guard::status(c"tally_decimal_mean_text", || {
        let digits =
            || rounded_digits(fraction_digits).ok_or_else(|| bad_digits(fraction_digits, 0));
        // SAFETY: the caller's promises about `dec`, `buffer` and `needed`.
        unsafe { write_text(dec, digits, Decimal::mean_text, buffer, size, needed) }
    })
}

/// The double nearest to the decimal total, ties to even: rounded once.
///
/// A total that rounds to zero keeps its sign; one that is zero is +0.0. Beyond
/// DBL_MAX, `*total` is the infinity of its sign, with TALLY_OVERFLOW.
///
/// # Safety
/// `dec` is valid for reading, `total` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_decimal_value_f64(
    dec: *const tally_decimal,
    total: *mut f64,
) -> tally_status {
    guard::status(c"tally_decimal_value_f64", || {
        // SAFETY: the caller's promise about `dec`.
        let decimal = unsafe { State::new(dec, "dec") }?.read()?;
        // SAFETY: the caller's promise about `total`.
        let total = unsafe { Place::new(total, "total") }?;
        set_rounded(&total, decimal.value_f64(), f64::INFINITY)
    })
}

fn rounded_digits(fraction_digits: c_int) -> Option<u16> {
    let digits = u16::try_from(fraction_digits).ok()?;
    (digits <= FRACTION_DIGITS).then_some(digits)
}

#[cold]
fn bad_digits(fraction_digits: c_int, least: c_int) -> Refusal {
    let message =
        format_args!("fraction_digits is {fraction_digits}, not {least} to {FRACTION_DIGITS}");
    refuse(TALLY_INVALID, message)
}

/// # Safety
/// `dec` is valid for reading, `buffer` (if not NULL) for writing `size` bytes,
/// `needed` (if not NULL) for writing.
unsafe fn write_text<D>(
    dec: *const tally_decimal,
    digits: impl FnOnce() -> Outcome<D>,
    text: fn(&Decimal, D) -> Result<Text, ValueError>,
    buffer: *mut c_char,
    size: usize,
    needed: *mut usize,
) -> Outcome<()> {
    // SAFETY: the contract of this function.
    let decimal = unsafe { State::new(dec, "dec") }?.read()?;
    let digits = digits()?;
    // SAFETY: as above.
    let buffer = unsafe { Buffer::new(buffer.cast(), size) }?;
    let text = text(&decimal, digits).map_err(no_value)?;
    // SAFETY: as above.
    if let Some(needed) = unsafe { Place::optional(needed) } {
        needed.set(text.as_str().len());
    }
    buffer.set_text(text.as_str())
}
