//! From a decimal of any length, with any exponent, to the nearest double.
//!
//! In integers, as in `decimal_float`, which handles the common cases and leaves
//! the others to this module. The first 19 digits and a power of ten to 128 bits
//! give two bounds; if both round to the same double, that is the result (Ziv's
//! test). Otherwise the integer of all significant digits is divided exactly.

use crate::float::BINARY64;
use crate::natural::{Quotient, multiply_add};
use crate::text::powers_of_five::{leading_bits_of_power, unit_of_power};

/// A decimal as written, without its sign.
pub(crate) struct Written<'a> {
    /// The digits before the point.
    pub(crate) integer: &'a [u8],
    /// The digits after it.
    pub(crate) fraction: &'a [u8],
    /// What follows the `e`.
    pub(crate) exponent: i64,
}

/// Digits that always fit a `u64`.
const FIRST: usize = 19;

/// A double, or the midpoint between two, has at most 768 significant digits. Of
/// the digits after these, it only matters whether any is not zero.
const MATTERING: usize = 768;

/// Numbers of 10^this and more round to infinity; some below it do too.
const HIGHEST: i64 = 309;

/// Half the least double, 2^-1075, is above 10^this.
const LOWEST: i64 = -324;

impl Written<'_> {
    /// The bits of the nearest double, ties to even, which may be those of
    /// infinity.
    pub(crate) fn nearest(&self) -> u64 {
        let digits = || self.integer.iter().chain(self.fraction);
        let Some(zeros) = digits().position(|&digit| digit != b'0') else {
            return 0;
        };
        // The number is at least 10^(top - 1), and below 10^top. A text has no
        // 2^63 digits.
        let whole = self.integer.len() as i64 - zeros as i64;
        let top = whole.saturating_add(self.exponent);
        if top > HIGHEST {
            return BINARY64.infinity();
        }
        if top <= LOWEST {
            return 0;
        }
        let top = top as i32;

        let mut rest = digits().skip(zeros);
        let (mut first, mut count) = (0, 0);
        for digit in rest.by_ref().take(FIRST) {
            first = first * 10 + u64::from(digit - b'0');
            count += 1;
        }
        let more = rest.any(|&digit| digit != b'0');
        estimated(first, more, top - count).unwrap_or_else(|| exact(digits().skip(zeros), top))
    }
}

/// The bits of the double nearest to `first`·10^`exponent`; with `more`, to a
/// number that is larger by less than one unit of `first`. `None` if the bounds do
/// not decide.
fn estimated(first: u64, more: bool, exponent: i32) -> Option<u64> {
    let power = leading_bits_of_power(exponent.into())?;
    let up = first.leading_zeros();
    let factor = first << up;
    // The product is too small by less than 1 for the bits that are dropped, less
    // than 1 for the power, and less than `missing` for the digits.
    let least = high_words(factor, power);
    let missing = if more { 1 << (64 + up) } else { 0 };
    let greatest = least.checked_add(missing + 2)?;
    let unit = 64 - up as i32 + unit_of_power(exponent) + exponent;
    let bits = BINARY64.nearest_of_two_words(least, unit);
    (bits == BINARY64.nearest_of_two_words(greatest, unit)).then_some(bits)
}

/// A product of three words without the lowest.
fn high_words(a: u64, b: u128) -> u128 {
    let low = u128::from(a) * u128::from(b as u64);
    u128::from(a) * (b >> 64) + (low >> 64)
}

/// 5^27 is the largest power of five below 2^64.
const STEP: i32 = 27;

/// Words of the integer of the significant digits, and of the power of ten that
/// divides it.
const WORDS: usize = 44;

/// The bits of the double nearest to the number below 10^`top` that has these
/// digits, the first of which is not 0.
#[cold]
fn exact<'a>(digits: impl Iterator<Item = &'a u8> + Clone, top: i32) -> u64 {
    let mut numerator = [0; WORDS];
    let mut count = 0;
    let (mut part, mut scale) = (0, 1);
    for digit in digits.clone().take(MATTERING) {
        if count % FIRST == 0 {
            multiply_add(&mut numerator, scale, part);
            (part, scale) = (0, 1);
        }
        part = part * 10 + u64::from(digit - b'0');
        scale *= 10;
        count += 1;
    }
    multiply_add(&mut numerator, scale, part);
    // One digit stands for all the rest.
    if digits.clone().skip(MATTERING).any(|&digit| digit != b'0') {
        multiply_add(&mut numerator, 10, 1);
        count += 1;
    }
    let exponent = top - count as i32;
    let mut denominator = [0; WORDS];
    denominator[0] = 1;
    let scaled = if exponent < 0 {
        &mut denominator
    } else {
        &mut numerator
    };
    let (steps, rest) = (exponent.abs() / STEP, exponent.abs() % STEP);
    for _ in 0..steps {
        multiply_add(scaled, 5_u64.pow(STEP as u32), 0);
    }
    multiply_add(scaled, 5_u64.pow(rest as u32), 0);
    Quotient::of(&numerator, &denominator).nearest(&BINARY64, exponent)
}
