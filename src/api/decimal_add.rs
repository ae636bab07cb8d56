//! Adding to a decimal
//!
//! From text, or from integers that stand for decimals: cents, or a column of a
//! database's DECIMAL type. A call adds all of its values or, on failure, none.
//!
//! ```c
//! tally_decimal_add_text(&sum, line, length, ',', 1, &consumed, &values);
//! tally_decimal_add_scaled(&sum, cents, count, 2);
//! ```
//!
//! A number is a sign (or none), digits with at most one point among, before or
//! after them, and an exponent (or none): "-12.50", ".5", "1e-3". The words
//! "nan", "inf" and "infinity", in upper or lower case and with a sign or
//! without, are taken too. A word that is anything else is TALLY_PARSE; a number
//! with digits, other than zeros, further than 342 places after the point or 322
//! before it is TALLY_OVERFLOW. Both messages name the word, shortened, and the
//! offset of its first byte.

use std::ffi::{c_char, c_int};

use super::add_text::Text;
use super::decimal::tally_decimal;
use super::quoted::Quoted;
use super::state::State;
use crate::boundary::pointer::Array;
use crate::boundary::record::{Refusal, refuse};
use crate::boundary::status::tally_status::{self, TALLY_INVALID, TALLY_OVERFLOW, TALLY_PARSE};
use crate::boundary::{Outcome, guard};
use tally_core::{BadDecimal, FRACTION_DIGITS, ShortDecimal, TextWords, WordError};

/// Adds the numbers in `size` bytes of text.
///
/// The text is taken apart as tally_accumulator_add_text() does it: `separator`
/// stands between the numbers of a line, with 0 for `final` a number that the
/// end of the text may have cut is left for the next call, `*consumed` is the
/// number of bytes that need not be passed again, `*values` how many numbers were
/// added. `text` may be NULL if `size` is 0.
///
/// On failure nothing was added, and `*values` is untouched. For a bad word,
/// `*consumed` is the offset of its first byte; otherwise it is untouched too.
///
/// # Safety
/// `into` is valid for reading and writing, `text` for reading `size` bytes,
/// `consumed` and `values` for writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_decimal_add_text(
    into: *mut tally_decimal,
    text: *const c_char,
    size: usize,
    separator: c_char,
    r#final: c_int,
    consumed: *mut usize,
    values: *mut usize,
) -> tally_status {
    guard::status(c"tally_decimal_add_text", || {
        // SAFETY: the same contract.
        unsafe { add_text::<false>(into, text, size, separator, r#final, consumed, values) }
    })
}

/// Takes out the numbers in `size` bytes of text: undoes
/// tally_decimal_add_text(), whose parameters it has, but for the scale.
///
/// # Safety
/// `into` is valid for reading and writing, `text` for reading `size` bytes,
/// `consumed` and `values` for writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_decimal_subtract_text(
    into: *mut tally_decimal,
    text: *const c_char,
    size: usize,
    separator: c_char,
    r#final: c_int,
    consumed: *mut usize,
    values: *mut usize,
) -> tally_status {
    guard::status(c"tally_decimal_subtract_text", || {
        // SAFETY: the same contract.
        unsafe { add_text::<true>(into, text, size, separator, r#final, consumed, values) }
    })
}

/// Adds `count` integers, each times 10^-`scale`: cents with a `scale` of 2.
///
/// The array may lie at any alignment, and may be NULL if `count` is 0.
/// TALLY_INVALID if `scale` is not 0 to 342, or if the array would be larger than
/// PTRDIFF_MAX bytes. `scale` counts as the digits that the values were written
/// with.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_decimal_add_scaled(
    into: *mut tally_decimal,
    values: *const i64,
    count: usize,
    scale: c_int,
) -> tally_status {
    guard::status(c"tally_decimal_add_scaled", || {
        // SAFETY: the same contract.
        unsafe { add_scaled::<false>(into, values, count, scale) }
    })
}

/// Takes out `count` integers, each times 10^-`scale`: undoes
/// tally_decimal_add_scaled(), but for the scale.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count`
/// elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_decimal_subtract_scaled(
    into: *mut tally_decimal,
    values: *const i64,
    count: usize,
    scale: c_int,
) -> tally_status {
    guard::status(c"tally_decimal_subtract_scaled", || {
        // SAFETY: the same contract.
        unsafe { add_scaled::<true>(into, values, count, scale) }
    })
}

/// # Safety
/// As for [`tally_decimal_add_text`].
#[inline]
unsafe fn add_text<const SUBTRACT: bool>(
    into: *mut tally_decimal,
    text: *const c_char,
    size: usize,
    separator: c_char,
    r#final: c_int,
    consumed: *mut usize,
    values: *mut usize,
) -> Outcome<()> {
    // SAFETY: the caller's promise about `into`.
    let mut into = unsafe { State::new(into, "into") }?;
    // SAFETY: the caller's promises about the others.
    let text = unsafe { Text::new(text, size, separator, r#final, consumed, values) }?;
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
}

/// # Safety
/// As for [`tally_decimal_add_scaled`].
#[inline]
unsafe fn add_scaled<const SUBTRACT: bool>(
    into: *mut tally_decimal,
    values: *const i64,
    count: usize,
    scale: c_int,
) -> Outcome<()> {
    // SAFETY: the caller's promise about `into`.
    let mut into = unsafe { State::new(into, "into") }?;
    // SAFETY: the caller's promise about `values`.
    let values = unsafe { Array::new(values, count, "values") }?;
    let scale = u16::try_from(scale)
        .ok()
        .filter(|scale| *scale <= FRACTION_DIGITS)
        .ok_or_else(|| {
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
