//! The bodies of the functions that add to decimals or subtract from them.

use std::ffi::{CStr, c_char, c_int};

use super::add_text::Text;
use super::column_data::tally_column;
use super::convert::no_value;
use super::decimal_data::tally_int128;
use super::decimal_verbs::fraction_digits;
use super::exports::{In, Out};
use super::quoted::Quoted;
use super::state::OpaqueState;
use super::state_verbs;
use crate::boundary::array::for_each_pair_of_blocks;
use crate::boundary::pointer::Pod;
use crate::boundary::record::{Refusal, refuse};
use crate::boundary::status::tally_status::{self, TALLY_INVALID, TALLY_OVERFLOW, TALLY_PARSE};
use crate::boundary::{Outcome, guard};
use tally_core::internal::ShortDecimal;
use tally_core::{Decimal, FRACTION_DIGITS, FieldError, TextWords, WordError};

const OUT_OF_RANGE: &str = "has digits outside the range of a decimal";

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
            text.done(size, 1);
            return Ok(());
        }
        let mut decimal = into.read()?;
        let mut words = TextWords::new(text.bytes, text.separator, text.last);
        match decimal.add_words::<SUBTRACT>(&mut words) {
            Ok(count) => {
                into.write(&decimal)?;
                text.done(words.consumed(), count);
                Ok(())
            }
            Err(bad) => Err(match bad.error {
                WordError::NotANumber => text.bad_word(bad.word, TALLY_PARSE, "is not a number"),
                WordError::OutOfRange => text.bad_word(bad.word, TALLY_OVERFLOW, OUT_OF_RANGE),
            }),
        }
    })
}

/// Adds the number that a text is, or takes it out.
///
/// # Safety
/// `into` is valid for reading and writing, `text` for reading `size` bytes.
pub(super) unsafe fn add_one_text<const SUBTRACT: bool, T: OpaqueState<Content = Decimal>>(
    function: &'static CStr,
    into: Out<T>,
    text: In<c_char>,
    size: usize,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let mut into = unsafe { into.state() }?;
        let (pointer, name) = (text.pointer.cast::<u8>(), text.name);
        // SAFETY: readable by the contract.
        let text = unsafe { In { pointer, name }.array(size) }?.bytes();
        if let Some(short) = ShortDecimal::parse(text) {
            return into.add_one::<SUBTRACT>(short);
        }
        let mut decimal = into.read()?;
        let outcome = if SUBTRACT {
            decimal.subtract_one_text(text)
        } else {
            decimal.add_one_text(text)
        };
        outcome.map_err(|error| bad_field(text, error))?;
        into.write(&decimal)
    })
}

#[cold]
fn bad_field(text: &[u8], error: FieldError) -> Refusal {
    let text = Quoted(text);
    match error {
        FieldError::NotANumber { offset } => refuse(
            TALLY_PARSE,
            format_args!("{text} is not a finite number, at byte {offset}"),
        ),
        FieldError::OutOfRange => refuse(TALLY_OVERFLOW, format_args!("{text} {OUT_OF_RANGE}")),
    }
}

/// Integers that stand for decimals.
pub(super) trait Scaled: Pod {
    /// The integer, if it is short.
    fn narrow(self) -> Option<i64>;

    /// Adds integers times 10^-`scale`, or takes them out.
    fn add_to<const SUBTRACT: bool>(integers: &[Self], decimal: &mut Decimal, scale: u16);
}

impl Scaled for i64 {
    #[inline]
    fn narrow(self) -> Option<i64> {
        Some(self)
    }

    fn add_to<const SUBTRACT: bool>(integers: &[Self], decimal: &mut Decimal, scale: u16) {
        if SUBTRACT {
            decimal.subtract_scaled(integers, scale);
        } else {
            decimal.add_scaled(integers, scale);
        }
    }
}

impl Scaled for tally_int128 {
    #[inline]
    fn narrow(self) -> Option<i64> {
        i64::try_from(i128::from(self)).ok()
    }

    fn add_to<const SUBTRACT: bool>(integers: &[Self], decimal: &mut Decimal, scale: u16) {
        let mut block = [0; 256];
        for some in integers.chunks(block.len()) {
            let wide = &mut block[..some.len()];
            for (wide, &integer) in wide.iter_mut().zip(some) {
                *wide = integer.into();
            }
            if SUBTRACT {
                decimal.subtract_scaled_i128(wide, scale);
            } else {
                decimal.add_scaled_i128(wide, scale);
            }
        }
    }
}

/// Adds integers times 10^-`scale`, or takes them out.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count` elements.
pub(super) unsafe fn add_scaled<const SUBTRACT: bool, T, V>(
    function: &'static CStr,
    into: Out<T>,
    values: In<V>,
    count: usize,
    scale: c_int,
) -> tally_status
where
    T: OpaqueState<Content = Decimal>,
    V: Scaled,
{
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let mut into = unsafe { into.state() }?;
        // SAFETY: readable by the contract.
        let values = unsafe { values.array(count) }?;
        let scale = checked_scale("scale", scale)?;
        if let Some(&[value]) = values.in_place()
            && let Some(value) = value.narrow()
            && let Some(short) = ShortDecimal::scaled(value, scale)
            && into.add_one_in_place::<SUBTRACT>(short)
        {
            return Ok(());
        }
        into.update(|decimal| {
            values.for_each_block(|block| V::add_to::<SUBTRACT>(block, decimal, scale));
        })
    })
}

/// Adds the integers of a column times 10^-`scale`, or takes them out.
///
/// # Safety
/// `into` is valid for reading and writing, `values` readable as [`In::column`] says.
pub(super) unsafe fn add_column<const SUBTRACT: bool, T: OpaqueState<Content = Decimal>>(
    function: &'static CStr,
    into: Out<T>,
    values: In<tally_column>,
    scale: c_int,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let into = unsafe { into.state() }?;
        // SAFETY: readable by the contract.
        let values = unsafe { values.column() }?;
        let scale = checked_scale("scale", scale)?;
        let mut decimal = into.read()?;
        let values = values.column();
        let done = match SUBTRACT {
            true => decimal.subtract_column(&values, scale),
            false => decimal.add_column(&values, scale),
        };
        done.map_err(no_value)?;
        into.write(&decimal)
    })
}

fn checked_scale(name: &str, scale: c_int) -> Outcome<u16> {
    fraction_digits(scale).ok_or_else(|| {
        let message = format_args!("{name} is {scale}, not 0 to {FRACTION_DIGITS}");
        refuse(TALLY_INVALID, message)
    })
}

/// Adds doubles as their shortest decimals, or takes them out.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count` elements.
pub(super) unsafe fn add_f64<const SUBTRACT: bool, T: OpaqueState<Content = Decimal>>(
    function: &'static CStr,
    into: Out<T>,
    values: In<f64>,
    count: usize,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let into = unsafe { into.state() }?;
        // SAFETY: readable by the contract.
        let values = unsafe { values.array(count) }?;
        into.update(|decimal| values.for_each_block(|block| doubles::<SUBTRACT>(decimal, block)))
    })
}

/// Adds one double as its shortest decimal, or takes it out.
///
/// # Safety
/// `into` is valid for reading and writing.
pub(super) unsafe fn add_one_f64<const SUBTRACT: bool, T: OpaqueState<Content = Decimal>>(
    function: &'static CStr,
    into: Out<T>,
    value: f64,
) -> tally_status {
    match ShortDecimal::of_f64(value) {
        // SAFETY: the same contract.
        Some(short) => unsafe { state_verbs::take_one::<T, SUBTRACT>(function, into, short) },
        None => guard::status(function, || {
            // SAFETY: readable and writable by the contract.
            let into = unsafe { into.state() }?;
            into.update(|decimal| doubles::<SUBTRACT>(decimal, &[value]))
        }),
    }
}

fn doubles<const SUBTRACT: bool>(decimal: &mut Decimal, values: &[f64]) {
    if SUBTRACT {
        decimal.subtract_f64(values);
    } else {
        decimal.add_f64(values);
    }
}

/// Adds products of integers that stand for decimals, or takes them out.
///
/// # Safety
/// `into` is valid for reading and writing, `x` and `y` for reading `count` elements.
pub(super) unsafe fn add_products<const SUBTRACT: bool, T: OpaqueState<Content = Decimal>>(
    function: &'static CStr,
    into: Out<T>,
    x: In<i64>,
    y: In<i64>,
    count: usize,
    x_scale: c_int,
    y_scale: c_int,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let into = unsafe { into.state() }?;
        // SAFETY: readable by the contract.
        let (x, y) = unsafe { (x.array(count)?, y.array(count)?) };
        let x_scale = checked_scale("x_scale", x_scale)?;
        let y_scale = checked_scale("y_scale", y_scale)?;
        let both = c_int::from(x_scale) + c_int::from(y_scale);
        let scale = checked_scale("x_scale + y_scale", both)?;
        into.update(|decimal| {
            for_each_pair_of_blocks(&x, &y, |x, y| {
                if SUBTRACT {
                    decimal.subtract_products(x, y, scale);
                } else {
                    decimal.add_products(x, y, scale);
                }
            });
        })
    })
}

/// Adds products of doubles as their shortest decimals, or takes them out.
///
/// # Safety
/// As for [`add_products`].
pub(super) unsafe fn add_products_f64<const SUBTRACT: bool, T: OpaqueState<Content = Decimal>>(
    function: &'static CStr,
    into: Out<T>,
    x: In<f64>,
    y: In<f64>,
    count: usize,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let into = unsafe { into.state() }?;
        // SAFETY: readable by the contract.
        let (x, y) = unsafe { (x.array(count)?, y.array(count)?) };
        let mut decimal = into.read()?;
        let (mut before, mut bad) = (0, None);
        for_each_pair_of_blocks(&x, &y, |x, y| {
            if bad.is_some() {
                return;
            }
            let outcome = if SUBTRACT {
                decimal.subtract_products_f64(x, y)
            } else {
                decimal.add_products_f64(x, y)
            };
            bad = outcome.err().map(|error| before + error.index);
            before += x.len();
        });
        if let Some(index) = bad {
            let message = format_args!("x[{index}] times y[{index}] {OUT_OF_RANGE}");
            return Err(refuse(TALLY_OVERFLOW, message));
        }
        into.write(&decimal)
    })
}
