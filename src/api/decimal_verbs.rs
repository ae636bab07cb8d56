//! The bodies of the functions that only decimals have.

use std::cmp::Ordering;
use std::ffi::{CStr, c_char, c_int};
use std::mem::MaybeUninit;

use super::convert::no_value;
use super::decimal_data::{self, tally_rounding};
use super::exports::{In, Out};
use super::state::OpaqueState;
use super::values::write_text;
use crate::boundary::record::{Refusal, refuse};
use crate::boundary::status::tally_status::{self, TALLY_INVALID};
use crate::boundary::{Outcome, guard};
use tally_core::{Decimal, Digits, FRACTION_DIGITS};

/// TALLY_DECIMAL_AS_WRITTEN.
const AS_WRITTEN: c_int = -2;

/// Compares two totals.
///
/// # Safety
/// `a` and `b` are valid for reading, `order` for writing.
pub(super) unsafe fn compare<T: OpaqueState<Content = Decimal>>(
    function: &'static CStr,
    a: In<T>,
    b: In<T>,
    order: Out<c_int>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let (a, b) = unsafe { (a.read()?, b.read()?) };
        // SAFETY: writable by the contract.
        let order = unsafe { order.place() }?;
        order.set(match a.compare(&b).map_err(no_value)? {
            Some(Ordering::Less) => -1,
            Some(Ordering::Equal) => 0,
            Some(Ordering::Greater) => 1,
            None => return Err(refuse(TALLY_INVALID, format_args!("a total is NaN"))),
        });
        Ok(())
    })
}

/// What of a decimal is written.
#[derive(Clone, Copy)]
pub(super) enum Written {
    Total,
    Mean,
}

impl Written {
    /// The least number that may stand for how many digits are to be written.
    const fn least(self) -> c_int {
        match self {
            Written::Total => AS_WRITTEN,
            Written::Mean => 0,
        }
    }

    fn digits(self, number: c_int) -> Outcome<Digits> {
        match number {
            AS_WRITTEN if number >= self.least() => Ok(Digits::AsWritten),
            -1 if number >= self.least() => Ok(Digits::All),
            _ => {
                let digits = fraction_digits(number);
                let digits = digits.ok_or_else(|| bad_digits(number, self.least()))?;
                Ok(Digits::Rounded(digits))
            }
        }
    }
}

/// The total or the mean as text, rounded half to even.
///
/// # Safety
/// As for [`text_rounded`].
pub(super) unsafe fn text<T: OpaqueState<Content = Decimal>>(
    function: &'static CStr,
    written: Written,
    dec: In<T>,
    digits: c_int,
    buffer: Out<c_char>,
    size: usize,
    needed: Out<usize>,
) -> tally_status {
    let rounding = MaybeUninit::new(tally_rounding::TALLY_ROUND_HALF_EVEN);
    // SAFETY: the same contract.
    unsafe {
        text_rounded(
            function, written, dec, digits, rounding, buffer, size, needed,
        )
    }
}

/// The total or the mean as text.
///
/// # Safety
/// `dec` is valid for reading, `buffer` (if not NULL) for writing `size` bytes,
/// `needed` (if not NULL) for writing.
#[allow(clippy::too_many_arguments)]
pub(super) unsafe fn text_rounded<T: OpaqueState<Content = Decimal>>(
    function: &'static CStr,
    written: Written,
    dec: In<T>,
    digits: c_int,
    rounding: MaybeUninit<tally_rounding>,
    buffer: Out<c_char>,
    size: usize,
    needed: Out<usize>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let decimal = unsafe { dec.read() }?;
        let digits = written.digits(digits)?;
        let rounding = decimal_data::rounding(rounding)?;
        let text = || match (written, digits) {
            (Written::Mean, Digits::Rounded(digits)) => decimal.mean_text_rounded(digits, rounding),
            _ => decimal.text_rounded(digits, rounding),
        };
        // SAFETY: writable by the contract, if not NULL.
        unsafe { write_text(text, buffer, size, needed) }
    })
}

/// A number of digits after the point that a decimal can have.
pub(super) fn fraction_digits(digits: c_int) -> Option<u16> {
    let digits = u16::try_from(digits).ok()?;
    (digits <= FRACTION_DIGITS).then_some(digits)
}

#[cold]
fn bad_digits(digits: c_int, least: c_int) -> Refusal {
    let message = format_args!("fraction_digits is {digits}, not {least} to {FRACTION_DIGITS}");
    refuse(TALLY_INVALID, message)
}
