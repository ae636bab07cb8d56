//! Numbers of the most common forms: up to 19 significant digits, with an optional
//! sign, point and short exponent. `number` handles all others.
//!
//! A number is read from a window of bytes that all exist, so nothing checks for the end
//! of the text. One bit for each byte that is not a digit shows where the point is and
//! where the number ends, as in G. Langdale and D. Lemire, "Parsing gigabytes of JSON per
//! second", VLDB Journal 28, 2019. So the next word is found, and its reading begins, long
//! before the value of this one is known. There is no branch on the number of digits,
//! which varies from word to word and would be mispredicted.

use crate::float::with_sign;
use crate::text::decimal_float::nearest;
use crate::text::swar::{
    POWERS_OF_TEN, digit_run, eight_bytes, leading_digits, nineteen_digits, non_digits,
    value_of_digits,
};

/// The bytes that may be read to read a number.
pub(crate) const WINDOW: usize = 48;

/// A number of up to 19 digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum ShortNumber {
    /// An integer that is written as one.
    I64(i64),
    /// Anything else: the nearest double.
    F64(f64),
}

/// Digits that always fit a `u64`.
const DIGITS: usize = 19;

/// The number that `window` begins with, and its length, if it has a common form. The
/// caller checks what follows.
#[inline(always)]
pub(crate) fn read(window: &[u8; WINDOW]) -> Option<(ShortNumber, usize)> {
    let negative = window[0] == b'-';
    let sign = usize::from(negative || window[0] == b'+');
    let seen = window.first_chunk::<24>()?;
    let others = non_digits(seen) & !(sign as u32);
    let point = others.trailing_zeros() as usize;
    if point > 1 + DIGITS || point - sign > DIGITS {
        return None;
    }
    let whole_digits = point - sign;
    let mut digits = value_of_digits(window, sign, whole_digits)?;
    let mut exponent = 0;
    let mut end = point;
    if window[point] == b'.' {
        end = (others & (others - 1)).trailing_zeros() as usize;
        if end >= seen.len() || end == sign + 1 {
            return None;
        }
        let fraction = Fraction {
            start: point + 1,
            digits: end - point - 1,
        };
        (digits, exponent) = fraction.appended(window, digits, whole_digits)?;
    } else if whole_digits == 0 {
        return None;
    } else if window[point] | 0x20 != b'e' {
        return Some((integer(negative, digits)?, end));
    }
    if window[end] | 0x20 == b'e' {
        let below = window[end + 1] == b'-';
        let start = end + 1 + usize::from(below || window[end + 1] == b'+');
        let (size, count) = leading_digits(eight_bytes(window, start)?);
        // Where more than eight follow, the number seems to end before a digit.
        if count == 0 {
            return None;
        }
        let size = size as i64;
        exponent += if below { -size } else { size };
        end = start + count;
    }
    let value = with_sign(nearest(digits, exponent)?, negative);
    Some((ShortNumber::F64(value), end))
}

/// The digits after a point.
struct Fraction {
    start: usize,
    digits: usize,
}

impl Fraction {
    /// All digits, and the power of ten that they are multiplied by.
    #[inline(always)]
    fn appended(
        &self,
        window: &[u8; WINDOW],
        whole: u64,
        whole_digits: usize,
    ) -> Option<(u64, i64)> {
        if self.digits > 8 && (whole == 0 || (whole < 1000 && self.digits <= 16)) {
            if self.digits > DIGITS {
                return None;
            }
            // Zeros make them 16 digits or 19, however many there are.
            let bytes = window[self.start..].first_chunk()?;
            let (sixteen, three) = nineteen_digits(bytes, self.digits);
            let digits = whole * 10_u64.pow(16) + sixteen;
            return Some(if whole == 0 {
                (digits * 1000 + three, -19)
            } else {
                (digits, -16)
            });
        }
        let significant = self.digits + if whole == 0 { 0 } else { whole_digits };
        if significant > DIGITS {
            return None;
        }
        let fraction = value_of_digits(window, self.start, self.digits)?;
        let digits = whole * POWERS_OF_TEN[self.digits] + fraction;
        Some((digits, -(self.digits as i64)))
    }
}

/// [`read`] at the start of any text. Of one that is shorter than a window, it knows no
/// exponents.
#[inline(always)]
pub(crate) fn read_first(text: &[u8]) -> Option<(ShortNumber, usize)> {
    match text.first_chunk() {
        Some(window) => read(window),
        None => read_brief(text),
    }
}

/// [`read`] without a window. Copying the text to one takes longer for a single number:
/// loads that span several recent stores stall.
#[inline(always)]
fn read_brief(text: &[u8]) -> Option<(ShortNumber, usize)> {
    let negative = *text.first()? == b'-';
    let sign = usize::from(negative || text[0] == b'+');
    let (whole, whole_digits) = digit_run(text, sign, 0, DIGITS)?;
    let point = sign + whole_digits;
    if text.get(point) != Some(&b'.') {
        if whole_digits == 0 {
            return None;
        }
        return Some((integer(negative, whole)?, point));
    }
    let (digits, fraction_digits) = digit_run(text, point + 1, whole, DIGITS - whole_digits)?;
    if whole_digits + fraction_digits == 0 {
        return None;
    }
    let bits = nearest(digits, -(fraction_digits as i64))?;
    let value = ShortNumber::F64(with_sign(bits, negative));
    Some((value, point + 1 + fraction_digits))
}

/// An integer, unless it is beyond `i64`.
#[inline(always)]
fn integer(negative: bool, magnitude: u64) -> Option<ShortNumber> {
    let value = i64::try_from(magnitude).ok()?;
    Some(ShortNumber::I64(if negative { -value } else { value }))
}
