//! A word as a number: an integer if it is written as one, else the nearest
//! double, ties to even.
//!
//! | written | is |
//! |---|---|
//! | a sign, if any, and digits | that integer, if a finite double is near it |
//! | the same with a point, an exponent or both | the nearest double |
//! | `nan`, `inf`, `infinity`, in any case and with any sign | what they say |

use std::fmt;

use crate::float::{BINARY64, CANONICAL_NAN, with_sign};
use crate::text::decimal_float::nearest;
use crate::text::long_decimal::Written;
use crate::text::short_number::ShortNumber;
use crate::text::swar::digit_run;

/// The number that a word represents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number<'a> {
    /// An integer.
    I64(i64),
    /// An integer above `i64::MAX`.
    U64(u64),
    /// An integer beyond both.
    Wide(WideInteger<'a>),
    /// Anything else: the nearest double.
    F64(f64),
}

impl From<ShortNumber> for Number<'_> {
    #[inline(always)]
    fn from(number: ShortNumber) -> Self {
        match number {
            ShortNumber::I64(value) => Number::I64(value),
            ShortNumber::F64(value) => Number::F64(value),
        }
    }
}

impl Number<'_> {
    /// The number, if it is a double exactly and was not written as a long integer.
    #[inline]
    pub fn as_f64(&self) -> Option<f64> {
        const EXACT: u64 = 1 << 53;
        match *self {
            Number::I64(0) => Some(0.0),
            Number::I64(value) if value.unsigned_abs() <= EXACT => {
                let magnitude = BINARY64.nearest_of_two_words(value.unsigned_abs().into(), 0);
                Some(with_sign(magnitude, value < 0))
            }
            Number::F64(value) => Some(value),
            _ => None,
        }
    }
}

/// An integer of more than 64 bits, below 2^1024 in size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WideInteger<'a> {
    pub(crate) negative: bool,
    /// Without leading zeros.
    pub(crate) digits: &'a [u8],
    pub(crate) nearest: f64,
}

impl WideInteger<'_> {
    /// The nearest double: finite.
    pub fn nearest(&self) -> f64 {
        self.nearest
    }
}

/// Why a word has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberError {
    /// It is not a number.
    NotANumber,
    /// No finite double is near it.
    TooLarge,
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NumberError::NotANumber => "is not a number",
            NumberError::TooLarge => "is beyond the range of a double",
        })
    }
}

impl std::error::Error for NumberError {}

/// Digits that always fit a `u64`.
const DIGITS: usize = 19;

/// An integer of 64 bits, if it is one.
#[inline]
fn integer(negative: bool, magnitude: u64) -> Option<Number<'static>> {
    match i64::try_from(magnitude) {
        Ok(value) => Some(Number::I64(if negative { -value } else { value })),
        Err(_) if !negative => Some(Number::U64(magnitude)),
        Err(_) => (magnitude == 1 << 63).then_some(Number::I64(i64::MIN)),
    }
}

/// Parses `word`.
///
/// # Errors
/// [`NumberError`] if `word` is not a number, or has no finite value.
pub fn parse_number(word: &[u8]) -> Result<Number<'_>, NumberError> {
    let (negative, unsigned) = match word {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    if let Some(special) = special(unsigned) {
        // NaN has no sign.
        let sign = u64::from(negative && special != CANONICAL_NAN) << 63;
        return Ok(Number::F64(f64::from_bits(special | sign)));
    }
    let decimal = Decimal::parse(unsigned).ok_or(NumberError::NotANumber)?;
    if decimal.is_integer
        && let Some(digits) = decimal.digits
        && let Some(number) = integer(negative, digits)
    {
        return Ok(number);
    }
    let magnitude = decimal.nearest();
    if BINARY64.is_infinity(magnitude) {
        return Err(NumberError::TooLarge);
    }
    let nearest = with_sign(magnitude, negative);
    Ok(if decimal.is_integer {
        let zeros = unsigned.iter().take_while(|&&digit| digit == b'0').count();
        Number::Wide(WideInteger {
            negative,
            digits: &unsigned[zeros..],
            nearest,
        })
    } else {
        Number::F64(nearest)
    })
}

/// The bits of a NaN or an infinity, by its name.
fn special(unsigned: &[u8]) -> Option<u64> {
    if !unsigned.first()?.is_ascii_alphabetic() {
        return None;
    }
    let is = |name: &[u8]| unsigned.eq_ignore_ascii_case(name);
    if is(b"nan") {
        Some(CANONICAL_NAN)
    } else if is(b"inf") || is(b"infinity") {
        Some(f64::INFINITY.to_bits())
    } else {
        None
    }
}

/// A decimal without its sign.
struct Decimal<'a> {
    written: Written<'a>,
    /// All digits as one integer, without the point; `None` if they do not fit.
    digits: Option<u64>,
    is_integer: bool,
}

impl<'a> Decimal<'a> {
    /// `None` if a word is not digits with at most one point, at least one digit,
    /// and perhaps an exponent.
    fn parse(word: &'a [u8]) -> Option<Self> {
        let (mut digits, point) = append_digits(Some(0), word, 0, DIGITS);
        let mut end = point;
        if word.get(point) == Some(&b'.') {
            let room = DIGITS.saturating_sub(point);
            (digits, end) = append_digits(digits, word, point + 1, room);
            if end - point == 1 && point == 0 {
                return None;
            }
        } else if point == 0 {
            return None;
        }
        let is_integer = end == word.len() && end == point;
        let fraction = word[..end].get(point + 1..).unwrap_or_default();
        let exponent = match &word[end..] {
            [] => 0,
            [b'e' | b'E', exponent @ ..] => parse_exponent(exponent)?,
            _ => return None,
        };
        Some(Decimal {
            written: Written {
                integer: &word[..point],
                fraction,
                exponent,
            },
            digits,
            is_integer,
        })
    }

    /// The bits of the nearest double, which may be those of infinity.
    fn nearest(&self) -> u64 {
        let fraction_digits = self.written.fraction.len() as i64;
        let exponent = self.written.exponent.saturating_sub(fraction_digits);
        self.digits
            .and_then(|digits| nearest(digits, exponent))
            .unwrap_or_else(|| self.written.nearest())
    }
}

/// Appends the digits from `at` on; the first `room` of them cannot overflow.
/// Returns the result, or `None` if it has more than 64 bits, and where the
/// digits end.
fn append_digits(value: Option<u64>, word: &[u8], at: usize, room: usize) -> (Option<u64>, usize) {
    if let Some(value) = value
        && let Some((value, count)) = digit_run(word, at, value, room)
    {
        return (Some(value), at + count);
    }
    let digits = word[at..].iter().take_while(|byte| byte.is_ascii_digit());
    let count = digits.clone().count();
    let value = digits.fold(value, |value, digit| {
        value?.checked_mul(10)?.checked_add(u64::from(digit - b'0'))
    });
    (value, at + count)
}

/// The exponent after an `e`; `None` if it is malformed. One beyond `i64`
/// saturates: no text has enough digits to make up for the difference.
pub(crate) fn parse_exponent(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let size = digits.iter().fold(0_i64, |size, &digit| {
        size.saturating_mul(10)
            .saturating_add(i64::from(digit - b'0'))
    });
    Some(if negative { -size } else { size })
}
