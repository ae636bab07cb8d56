//! Parsing a written number.

use std::fmt;

use crate::decimal::limbs::{
    FRACTION_DIGITS, FRACTION_LIMBS, INTEGER_DIGITS, LIMB_DIGITS, Limbs, RADIX, power_of_ten,
};
use crate::float::Special;
use crate::text::number::parse_exponent;
use crate::text::swar::digit_run;

/// Why a word cannot be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordError {
    /// It is not a decimal number.
    NotANumber,
    /// It has nonzero digits outside the range of a decimal.
    OutOfRange,
}

impl fmt::Display for WordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WordError::NotANumber => f.write_str("not a decimal number"),
            WordError::OutOfRange => write!(
                f,
                "a number of more than {INTEGER_DIGITS} digits before the point or \
                 {FRACTION_DIGITS} after it"
            ),
        }
    }
}

impl std::error::Error for WordError {}

/// Why a text is not one finite number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldError {
    /// It is not a finite decimal number.
    NotANumber {
        /// The first byte that does not belong there; the length, if the text ends too
        /// early.
        offset: usize,
    },
    /// It has nonzero digits outside the range of a decimal.
    OutOfRange,
}

impl From<WordError> for FieldError {
    /// For a number whose form has been checked.
    fn from(error: WordError) -> Self {
        match error {
            WordError::NotANumber => FieldError::NotANumber { offset: 0 },
            WordError::OutOfRange => FieldError::OutOfRange,
        }
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FieldError::NotANumber { offset } => {
                write!(f, "not a finite decimal number, at byte {offset}")
            }
            FieldError::OutOfRange => WordError::OutOfRange.fmt(f),
        }
    }
}

impl std::error::Error for FieldError {}

/// What a word says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Number<'a> {
    /// NaN or an infinity.
    Special(Special),
    /// A number.
    Finite(Written<'a>),
}

/// The parts of `-12.50e3`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written<'a> {
    pub(super) negative: bool,
    /// The digits before the point.
    integer: &'a [u8],
    /// The digits after it. There is at least one digit in all.
    fraction: &'a [u8],
    exponent: i64,
}

/// Parses a word; `None` if it is not a number.
pub(super) fn parse(word: &[u8]) -> Option<Number<'_>> {
    let (negative, unsigned) = split_sign(word);
    if let Some(special) = special(negative, unsigned) {
        return Some(Number::Special(special));
    }
    let (integer, rest) = split_digits(unsigned);
    let (fraction, rest) = match rest {
        [b'.', rest @ ..] => split_digits(rest),
        rest => (&[][..], rest),
    };
    let exponent = match rest {
        [] => 0,
        [b'e' | b'E', rest @ ..] => parse_exponent(rest)?,
        _ => return None,
    };
    if integer.is_empty() && fraction.is_empty() {
        return None;
    }
    Some(Number::Finite(Written {
        negative,
        integer,
        fraction,
        exponent,
    }))
}

/// Where a word that is no finite number stops to be the beginning of one.
#[cold]
pub(super) fn first_bad(word: &[u8]) -> usize {
    let (_, unsigned) = split_sign(word);
    let (integer, rest) = split_digits(unsigned);
    let (fraction, rest) = match rest {
        [b'.', rest @ ..] => split_digits(rest),
        rest => (&[][..], rest),
    };
    let has_digits = integer.len() + fraction.len() > 0;
    let rest = match rest {
        [b'e' | b'E', exponent @ ..] if has_digits => split_digits(split_sign(exponent).1).1,
        rest => rest,
    };
    word.len() - rest.len()
}

fn split_sign(word: &[u8]) -> (bool, &[u8]) {
    match word {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    }
}

fn split_digits(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|byte| !byte.is_ascii_digit());
    text.split_at(end.unwrap_or(text.len()))
}

fn special(negative: bool, word: &[u8]) -> Option<Special> {
    let is = |name: &[u8]| word.eq_ignore_ascii_case(name);
    if is(b"nan") {
        Some(Special::Nan)
    } else if is(b"inf") || is(b"infinity") {
        Some(if negative {
            Special::NegativeInfinity
        } else {
            Special::PositiveInfinity
        })
    } else {
        None
    }
}

impl Written<'_> {
    /// The digits that it is written with after the point, an exponent taken
    /// into account: zeros count. At most 342.
    pub(super) fn scale(&self) -> u16 {
        let digits = (self.fraction.len() as i64).saturating_sub(self.exponent);
        digits.clamp(0, FRACTION_DIGITS.into()) as u16
    }

    /// Adds it to `limbs`, or takes it away. Zeros have room anywhere. Returns
    /// whether the total is lost.
    pub(super) fn add_to<const SUBTRACT: bool>(
        &self,
        limbs: &mut Limbs,
    ) -> Result<bool, WordError> {
        let digits = self.integer.iter().chain(self.fraction);
        let Some(first) = digits.clone().position(|&digit| digit != b'0') else {
            return Ok(false);
        };
        let length = self.integer.len() + self.fraction.len();
        let zeros = digits.clone().rev().take_while(|&&digit| digit == b'0');
        let end = length - zeros.count();
        // A digit at `index` is worth 10^(units - index) in units of 10^-342.
        let units = (self.integer.len() as i64 - 1 + i64::from(FRACTION_DIGITS))
            .saturating_add(self.exponent);
        let highest = units.saturating_sub(first as i64);
        let lowest = units.saturating_sub(end as i64 - 1);
        if lowest < 0 || highest >= i64::from(FRACTION_DIGITS + INTEGER_DIGITS) {
            return Err(WordError::OutOfRange);
        }

        let negate = self.negative != SUBTRACT;
        let signed = |part: i64| if negate { -part } else { part };
        let mut place = highest as usize;
        let mut part = 0;
        let mut overflowed = false;
        for &digit in digits.skip(first).take(end - first) {
            part = part * 10 + i64::from(digit - b'0');
            if place.is_multiple_of(LIMB_DIGITS) {
                overflowed |= limbs.add_at(place / LIMB_DIGITS, signed(part));
                part = 0;
            }
            place = place.wrapping_sub(1);
        }
        // A part without the zeros that would complete its limb.
        if part != 0 {
            let lowest = lowest as usize;
            part *= power_of_ten(lowest % LIMB_DIGITS);
            overflowed |= limbs.add_at(lowest / LIMB_DIGITS, signed(part));
        }
        Ok(overflowed)
    }
}

/// A number of at most 18 digits on each side of the point: two limbs. Both
/// parts have its sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShortDecimal {
    pub(super) integer: i64,
    /// In units of 10^-18.
    pub(super) fraction: i64,
    pub(super) scale: u16,
}

impl ShortDecimal {
    /// The number that a word is, if it is a short one without an exponent.
    #[inline]
    pub fn parse(word: &[u8]) -> Option<ShortDecimal> {
        match ShortDecimal::read(word, 0)? {
            (short, end) if end == word.len() => Some(short),
            _ => None,
        }
    }

    /// The number at `at`, if it is a short one, and where it ends; what follows
    /// it is for the caller to judge.
    #[inline(always)]
    pub(super) fn read(text: &[u8], at: usize) -> Option<(ShortDecimal, usize)> {
        let first = *text.get(at)?;
        let negative = first == b'-';
        let start = at + usize::from(negative || first == b'+');
        let (integer, integer_digits) = digit_run(text, start, 0, LIMB_DIGITS)?;
        let mut end = start + integer_digits;
        let (mut fraction, mut scale) = (0, 0);
        if text.get(end) == Some(&b'.') {
            (fraction, scale) = digit_run(text, end + 1, 0, LIMB_DIGITS)?;
            end += 1 + scale;
        }
        if integer_digits + scale == 0 {
            return None;
        }
        // Both are below 10^18.
        let signed = |part: u64| {
            if negative {
                -(part as i64)
            } else {
                part as i64
            }
        };
        let short = ShortDecimal {
            integer: signed(integer),
            fraction: signed(fraction) * power_of_ten(LIMB_DIGITS - scale),
            scale: scale as u16,
        };
        Some((short, end))
    }

    /// `value`·10^-`scale`, if that is short.
    #[inline]
    pub fn scaled(value: i64, scale: u16) -> Option<ShortDecimal> {
        let digits = usize::from(scale);
        if digits > LIMB_DIGITS {
            return None;
        }
        let unit = power_of_ten(digits);
        let integer = value / unit;
        (-RADIX..=RADIX).contains(&integer).then(|| ShortDecimal {
            integer,
            fraction: value % unit * power_of_ten(LIMB_DIGITS - digits),
            scale,
        })
    }

    /// Adds it to `limbs`. Returns whether the total is lost.
    #[inline]
    pub(super) fn add_to<const SUBTRACT: bool>(self, limbs: &mut Limbs) -> bool {
        let signed = |part: i64| if SUBTRACT { -part } else { part };
        limbs.add_at(FRACTION_LIMBS - 1, signed(self.fraction))
            | limbs.add_at(FRACTION_LIMBS, signed(self.integer))
    }
}
