//! Quotients and square roots, to as many digits as rounding needs.

use super::{add, shift, subtract_times};
use crate::float::{Format, any_below, bit_length};

/// The most words that a numerator or denominator has.
const MAX_WORDS: usize = 144;

/// Most divisors have no more words: nothing longer is set to zeros for them.
const FEW_WORDS: usize = 10;

/// `digits`·2^`exponent`, and less than one more in `digits` if `inexact`. There
/// are at least 127 bits of `digits`, unless the number is zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quotient {
    digits: u128,
    exponent: i32,
    inexact: bool,
}

impl Quotient {
    const ZERO: Self = Quotient {
        digits: 0,
        exponent: 0,
        inexact: false,
    };

    /// `number`·2^`exponent`.
    pub(crate) fn exactly(number: u128, exponent: i32) -> Self {
        let up = number.leading_zeros() % 128;
        Quotient {
            digits: number << up,
            exponent: exponent - up as i32,
            inexact: false,
        }
    }

    /// `numerator` / `denominator`, which is not zero.
    ///
    /// Long division of two digits in radix 2^64 (D. E. Knuth, The Art of Computer
    /// Programming, vol. 2, 4.3.1, algorithm D).
    pub(crate) fn of(numerator: &[u64], denominator: &[u64]) -> Self {
        let length = bit_length(numerator);
        if length == 0 {
            return Self::ZERO;
        }
        // The divisor fills its words to the top bit; the dividend is 127 bits
        // longer, so that the quotient has 127 or 128.
        let words = (bit_length(denominator) + 63) / 64;
        let up = 64 * words - bit_length(denominator);
        let down = length - (64 * words + 127);
        let (digits, remainder) = match words as usize {
            1 => by_a_word(numerator, down, denominator[0] << up),
            words @ ..=FEW_WORDS => {
                let (mut divisor, mut rest) = ([0; FEW_WORDS], [0; FEW_WORDS + 2]);
                shift(denominator, -up, &mut divisor[..words]);
                shift(numerator, down, &mut rest[..words + 2]);
                two_digits(&mut rest[..words + 2], &divisor[..words])
            }
            words => {
                let (mut divisor, mut rest) = ([0; MAX_WORDS], [0; MAX_WORDS + 2]);
                shift(denominator, -up, &mut divisor[..words]);
                shift(numerator, down, &mut rest[..words + 2]);
                two_digits(&mut rest[..words + 2], &divisor[..words])
            }
        };
        let cut_off = down > 0 && any_below(numerator, down as usize);
        Quotient {
            digits,
            exponent: down + up,
            inexact: cut_off || remainder,
        }
    }

    /// The number times 2^`by`.
    pub(crate) fn scaled(self, by: i32) -> Self {
        Quotient {
            exponent: self.exponent + by,
            ..self
        }
    }

    /// No less than this, and `more` of the last digit.
    pub(crate) fn with_more(self, more: u128) -> Self {
        let (digits, exponent) = match self.digits.checked_add(more) {
            Some(digits) => (digits, self.exponent),
            None => ((self.digits >> 1) + (more >> 1) + 1, self.exponent + 1),
        };
        Quotient {
            digits,
            exponent,
            inexact: self.inexact,
        }
    }

    /// Whether it is above 1.
    pub(crate) fn is_above_one(self) -> bool {
        let end = 128 - self.digits.leading_zeros() as i32 + self.exponent;
        let is_power = self.digits.is_power_of_two() && !self.inexact;
        self.digits != 0 && (end > 1 || end == 1 && !is_power)
    }

    /// The square root, cut off: 63 or 64 bits of it.
    pub(crate) fn square_root(self) -> SquareRoot {
        let odd = self.exponent.rem_euclid(2);
        let even = self.digits >> odd;
        let root = even.isqrt();
        SquareRoot {
            digits: root as u64,
            exponent: (self.exponent + odd) / 2,
            inexact: self.inexact || root * root != even || even << odd != self.digits,
        }
    }

    /// The bits of the nearest float, in units of 2^`unit`.
    pub(crate) fn nearest(self, format: &Format, unit: i32) -> u64 {
        nearest(format, self.digits, self.inexact, self.exponent + unit)
    }
}

/// `digits`·2^`exponent`, and less than one more in `digits` if `inexact`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SquareRoot {
    digits: u64,
    exponent: i32,
    inexact: bool,
}

impl SquareRoot {
    /// No less than this, and `more` of the last digit.
    pub(crate) fn with_more(self, more: u64) -> Self {
        let (digits, exponent) = match self.digits.checked_add(more) {
            Some(digits) => (digits, self.exponent),
            None => ((self.digits >> 1) + (more >> 1) + 1, self.exponent + 1),
        };
        SquareRoot {
            digits,
            exponent,
            inexact: self.inexact,
        }
    }

    /// The bits of the nearest float, in units of 2^`unit`.
    pub(crate) fn nearest(self, format: &Format, unit: i32) -> u64 {
        let digits = self.digits.into();
        nearest(format, digits, self.inexact, self.exponent + unit)
    }
}

/// What is cut off lies below the last digit, and that ten bits or more below the
/// last one that is kept: there it may stand for all that is.
fn nearest(format: &Format, digits: u128, inexact: bool, unit: i32) -> u64 {
    if digits == 0 {
        return 0;
    }
    format.nearest_of_two_words(digits | u128::from(inexact), unit)
}

/// [`two_digits`] of `numerator` / 2^`down` by a divisor of one word.
fn by_a_word(numerator: &[u64], down: i32, divisor: u64) -> (u128, bool) {
    let mut rest = [0; 3];
    shift(numerator, down, &mut rest);
    let divisor = u128::from(divisor);
    let digit = |remainder: u128, next: u64| {
        let dividend = remainder << 64 | u128::from(next);
        let digit = dividend / divisor;
        (digit, dividend - digit * divisor)
    };
    let (upper, remainder) = digit(rest[2].into(), rest[1]);
    let (lower, remainder) = digit(remainder, rest[0]);
    (upper << 64 | lower, remainder != 0)
}

/// The quotient of two digits, and whether there is a remainder. The divisor has
/// its top bit set, and two words less than `rest`, which is below 2^127 times it.
fn two_digits(rest: &mut [u64], divisor: &[u64]) -> (u128, bool) {
    let words = divisor.len();
    let upper = next_digit(&mut rest[1..], divisor);
    let lower = next_digit(&mut rest[..=words], divisor);
    let remainder = rest.iter().any(|&word| word != 0);
    (u128::from(upper) << 64 | u128::from(lower), remainder)
}

/// One digit of `rest` / `divisor`, which is taken out of `rest`. The divisor has
/// its top bit set and one word less than `rest`, which is less than 2^64 times it.
fn next_digit(rest: &mut [u64], divisor: &[u64]) -> u64 {
    let words = divisor.len();
    let top = divisor[words - 1];
    let dividend = u128::from(rest[words]) << 64 | u128::from(rest[words - 1]);
    // Too large by 2 at the most.
    let mut digit = u64::try_from(dividend / u128::from(top)).unwrap_or(u64::MAX);
    let mut negative = subtract_times(rest, divisor, digit);
    while negative {
        digit -= 1;
        negative = !add(rest, divisor);
    }
    digit
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;

    use super::*;

    fn big(words: &[u64]) -> BigUint {
        let digits = words
            .iter()
            .flat_map(|&word| [word as u32, (word >> 32) as u32]);
        BigUint::new(digits.collect())
    }

    /// `digits`·2^`exponent` ≤ `numerator`/`denominator`, by less than one digit.
    fn check(numerator: &[u64], denominator: &[u64]) {
        let found = Quotient::of(numerator, denominator);
        let scale = |number: BigUint, by: i32| number << by.max(0);
        // Both sides times 2^-exponent, whichever way that goes.
        let numerator_scaled = scale(big(numerator), -found.exponent);
        let denominator_scaled = scale(big(denominator), found.exponent);
        let expected = &numerator_scaled / &denominator_scaled;
        let exact = &expected * &denominator_scaled == numerator_scaled;
        assert_eq!(
            (BigUint::from(found.digits), found.inexact),
            (expected, !exact),
            "{numerator:#x?} / {denominator:#x?}"
        );
        assert!(found.digits == 0 || found.digits >> 126 != 0);
    }

    /// Words that make the first guess of a digit too large, and others.
    #[test]
    fn quotients_of_awkward_words() {
        let words = [0, 1, 1 << 63, u64::MAX, u64::MAX - 1, (1 << 63) - 1];
        let mut number = 0_u64;
        let mut next = |count: usize| -> Vec<u64> {
            let word = |_| {
                number = number
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                words[(number >> 40) as usize % words.len()]
            };
            (0..count).map(word).collect()
        };
        for round in 0..200_000 {
            let numerator = next(1 + round % 5);
            let mut denominator = next(1 + round / 5 % 4);
            denominator.push(1 + (round as u64 & 1) * ((1 << 63) - 1));
            check(&numerator, &denominator);
        }
    }
}
