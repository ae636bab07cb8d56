//! What is done to decimals alone: the bodies of their functions.

use std::cmp::Ordering;
use std::ffi::{CStr, c_char, c_int};

use super::add_text::Text;
use super::convert::no_value;
use super::exports::{In, Out};
use super::quoted::Quoted;
use super::state::OpaqueState;
use super::values::write_text;
use crate::boundary::guard;
use crate::boundary::record::{Refusal, refuse};
use crate::boundary::status::tally_status::{self, TALLY_INVALID, TALLY_OVERFLOW, TALLY_PARSE};
use tally_core::{
    BadDecimal, Decimal, Digits, FRACTION_DIGITS, ShortDecimal, TextWords, WordError,
};

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

/// Adds the numbers in a text, or takes them out.
///
/// # Safety
/// `into` is valid for reading and writing, `text` for reading `size` bytes,
/// `consumed` and `values` for writing.
#[allow(clippy::too_many_arguments)]
pub(super) unsafe fn add_text<const SUBTRACT: bool, T: OpaqueState<Content = Decimal>>(
    function: &'static CStr,
    into: Out<T>,
    text: In<c_char>,
    size: usize,
    separator: c_char,
    last: c_int,
    consumed: Out<usize>,
    values: Out<usize>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let mut into = unsafe { into.state() }?;
        // SAFETY: the same contract.
        let text = unsafe { Text::new(text, size, separator, last, consumed, values) }?;
        // One short number and nothing else, as a reader of tables passes it. No
        // separator can stand in it.
        if text.last
            && let Some(short) = ShortDecimal::parse(text.bytes)
            && into.add_one_in_place::<SUBTRACT>(short)
        {
            text.consumed.set(size);
            text.values.set(1);
            return Ok(());
        }
        let mut decimal = into.read()?;
        let mut words = TextWords::new(text.bytes, text.separator, text.last);
        match decimal.add_words::<SUBTRACT>(&mut words) {
            Ok(count) => {
                into.write(&decimal)?;
                text.consumed.set(words.consumed());
                text.values.set(count);
                Ok(())
            }
            Err(bad) => {
                let refusal = bad_word(bad);
                text.consumed.set(bad.word.offset);
                Err(refusal)
            }
        }
    })
}

#[cold]
fn bad_word(bad: BadDecimal<'_>) -> Refusal {
    let (word, offset) = (Quoted(bad.word.bytes), bad.word.offset);
    match bad.error {
        WordError::NotANumber => refuse(
            TALLY_PARSE,
            format_args!("{word} at byte {offset} is not a number"),
        ),
        WordError::OutOfRange => refuse(
            TALLY_OVERFLOW,
            format_args!("{word} at byte {offset} has digits outside the range of a decimal"),
        ),
    }
}

/// Adds integers times 10^-`scale`, or takes them out.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count` elements.
pub(super) unsafe fn add_scaled<const SUBTRACT: bool, T: OpaqueState<Content = Decimal>>(
    function: &'static CStr,
    into: Out<T>,
    values: In<i64>,
    count: usize,
    scale: c_int,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let mut into = unsafe { into.state() }?;
        // SAFETY: readable by the contract.
        let values = unsafe { values.array(count) }?;
        let scale = fraction_digits(scale).ok_or_else(|| {
            let message = format_args!("scale is {scale}, not 0 to {FRACTION_DIGITS}");
            refuse(TALLY_INVALID, message)
        })?;
        if let Some(&[value]) = values.in_place()
            && let Some(short) = ShortDecimal::scaled(value, scale)
            && into.add_one_in_place::<SUBTRACT>(short)
        {
            return Ok(());
        }
        into.update(|decimal| {
            values.for_each_block(|block| {
                if SUBTRACT {
                    decimal.subtract_scaled(block, scale);
                } else {
                    decimal.add_scaled(block, scale);
                }
            });
        })
    })
}

/// The total as text.
///
/// # Safety
/// `dec` is valid for reading, `buffer` (if not NULL) for writing `size` bytes,
/// `needed` (if not NULL) for writing.
pub(super) unsafe fn value_text<T: OpaqueState<Content = Decimal>>(
    function: &'static CStr,
    dec: In<T>,
    digits: c_int,
    buffer: Out<c_char>,
    size: usize,
    needed: Out<usize>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let decimal = unsafe { dec.read() }?;
        let digits = match (digits, fraction_digits(digits)) {
            (-1, _) => Digits::All,
            (AS_WRITTEN, _) => Digits::AsWritten,
            (_, Some(digits)) => Digits::Rounded(digits),
            (_, None) => return Err(bad_digits(digits, AS_WRITTEN)),
        };
        // SAFETY: writable by the contract, if not NULL.
        unsafe { write_text(|| decimal.text(digits), buffer, size, needed) }
    })
}

/// The mean as text.
///
/// # Safety
/// As for [`value_text`].
pub(super) unsafe fn mean_text<T: OpaqueState<Content = Decimal>>(
    function: &'static CStr,
    dec: In<T>,
    digits: c_int,
    buffer: Out<c_char>,
    size: usize,
    needed: Out<usize>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let decimal = unsafe { dec.read() }?;
        let digits = fraction_digits(digits).ok_or_else(|| bad_digits(digits, 0))?;
        // SAFETY: writable by the contract, if not NULL.
        unsafe { write_text(|| decimal.mean_text(digits), buffer, size, needed) }
    })
}

/// A number of digits after the point that a decimal can have.
fn fraction_digits(digits: c_int) -> Option<u16> {
    let digits = u16::try_from(digits).ok()?;
    (digits <= FRACTION_DIGITS).then_some(digits)
}

#[cold]
fn bad_digits(digits: c_int, least: c_int) -> Refusal {
    let message = format_args!("fraction_digits is {digits}, not {least} to {FRACTION_DIGITS}");
    refuse(TALLY_INVALID, message)
}
