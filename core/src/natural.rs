//! Natural numbers of several words, the least significant first, and what the
//! statistics need of them.

use crate::float::{Format, any_below, bit_length, word_at};

/// The most words that a numerator or denominator has.
const MAX_WORDS: usize = 144;

/// `digits`·2^`exponent`, and less than one more in `digits` if `inexact`. There
/// are at least 127 bits of `digits`, unless the number is zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quotient {
    digits: u128,
    exponent: i32,
    inexact: bool,
}

impl Quotient {
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
            return Quotient {
                digits: 0,
                exponent: 0,
                inexact: false,
            };
        }
        // The divisor fills its words to the top bit; the dividend is 127 bits
        // longer, so that the quotient has 127 or 128.
        let words = (bit_length(denominator) + 63) / 64;
        let up = 64 * words - bit_length(denominator);
        let down = length - (64 * words + 127);
        let words = words as usize;
        let mut divisor = [0; MAX_WORDS];
        let divisor = &mut divisor[..words];
        shift(denominator, -up, divisor);
        let mut rest = [0; MAX_WORDS + 2];
        let rest = &mut rest[..words + 2];
        shift(numerator, down, rest);
        let upper = next_digit(&mut rest[1..], divisor);
        let lower = next_digit(&mut rest[..=words], divisor);
        let cut_off = down > 0 && any_below(numerator, down as usize);
        Quotient {
            digits: u128::from(upper) << 64 | u128::from(lower),
            exponent: down + up,
            inexact: cut_off || rest.iter().any(|&word| word != 0),
        }
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
        let words = [self.digits as u64, (self.digits >> 64) as u64];
        format.nearest(&words, self.inexact, self.exponent + unit)
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
    /// The bits of the nearest float, in units of 2^`unit`.
    pub(crate) fn nearest(self, format: &Format, unit: i32) -> u64 {
        format.nearest(&[self.digits], self.inexact, self.exponent + unit)
    }
}

/// `number` / 2^`down` (or, below zero, times 2^-`down`) to as many words as there
/// are, cut off at both ends.
fn shift(number: &[u64], down: i32, into: &mut [u64]) {
    for (index, word) in into.iter_mut().enumerate() {
        let position = 64 * index as i32 + down;
        *word = match usize::try_from(position) {
            Ok(position) => word_at(number, position),
            Err(_) if position > -64 => word_at(number, 0) << -position,
            Err(_) => 0,
        };
    }
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

/// Subtracts `divisor`·`digit`; whether the result is negative.
fn subtract_times(rest: &mut [u64], divisor: &[u64], digit: u64) -> bool {
    let mut carry = 0;
    for (word, &by) in rest.iter_mut().zip(divisor.iter().chain(&[0])) {
        let product = u128::from(by) * u128::from(digit) + carry;
        let (difference, borrow) = word.overflowing_sub(product as u64);
        *word = difference;
        carry = (product >> 64) + u128::from(borrow);
    }
    carry != 0
}

/// Adds a number that is no longer than `to`; whether the last word has a carry.
fn add(to: &mut [u64], number: &[u64]) -> bool {
    let mut carry = 0;
    for (index, word) in to.iter_mut().enumerate() {
        carry += u128::from(*word) + u128::from(number.get(index).copied().unwrap_or(0));
        *word = carry as u64;
        carry >>= 64;
    }
    carry != 0
}

/// Divides in place by `divisor`, which is not zero, and returns the remainder.
pub(crate) fn divide(words: &mut [u64], divisor: u64) -> u64 {
    let divisor = u128::from(divisor);
    let mut remainder = 0;
    for word in words.iter_mut().rev() {
        let dividend = remainder << 64 | u128::from(*word);
        *word = (dividend / divisor) as u64;
        remainder = dividend % divisor;
    }
    remainder as u64
}

/// `words`·`factor` + `carry`, which must fit.
pub(crate) fn multiply_add(words: &mut [u64], factor: u64, carry: u64) {
    let mut carry = u128::from(carry);
    for word in words {
        carry += u128::from(*word) * u128::from(factor);
        *word = carry as u64;
        carry >>= 64;
    }
}

/// An integer of `WORDS` words and a sign; zero may have either sign.
#[derive(Clone, Debug)]
pub(crate) struct Integer<const WORDS: usize> {
    pub(crate) negative: bool,
    pub(crate) magnitude: [u64; WORDS],
}

impl<const WORDS: usize> Integer<WORDS> {
    /// `a`·`b`, which must fit.
    pub(crate) fn product(a: &[u64], b: &[u64], negative: bool) -> Self {
        let mut magnitude = [0_u64; WORDS];
        let b = &b[..b
            .iter()
            .rposition(|&word| word != 0)
            .map_or(0, |top| top + 1)];
        for (index, &factor) in a.iter().enumerate() {
            if factor == 0 {
                continue;
            }
            let mut carry = 0;
            for (word, &by) in magnitude[index..].iter_mut().zip(b.iter().chain(&[0])) {
                carry += u128::from(factor) * u128::from(by) + u128::from(*word);
                *word = carry as u64;
                carry >>= 64;
            }
        }
        Integer {
            negative,
            magnitude,
        }
    }

    /// `self` - `other`, which must fit.
    pub(crate) fn minus(mut self, other: &Self) -> Self {
        if self.negative != other.negative {
            add(&mut self.magnitude, &other.magnitude);
            return self;
        }
        if subtract_times(&mut self.magnitude, &other.magnitude, 1) {
            self.negative = !self.negative;
            let mut carry = true;
            for word in &mut self.magnitude {
                (*word, carry) = (!*word).overflowing_add(carry.into());
            }
        }
        self
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.magnitude.iter().all(|&word| word == 0)
    }
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

    #[test]
    fn differences_have_the_sign_of_the_larger() {
        let number = |negative, low, high| Integer {
            negative,
            magnitude: [low, high],
        };
        for (a, b, expected) in [
            (number(false, 5, 0), number(false, 7, 0), number(true, 2, 0)),
            (number(true, 5, 0), number(true, 7, 0), number(false, 2, 0)),
            (
                number(false, 5, 0),
                number(true, 7, 0),
                number(false, 12, 0),
            ),
            (
                number(true, u64::MAX, 0),
                number(false, 1, 0),
                number(true, 0, 1),
            ),
            (
                number(false, 0, 1),
                number(false, 1, 0),
                number(false, u64::MAX, 0),
            ),
            (
                number(false, 1, 0),
                number(false, 0, 1),
                number(true, u64::MAX, 0),
            ),
        ] {
            let found = a.minus(&b);
            assert_eq!(found.magnitude, expected.magnitude);
            assert_eq!(found.negative, expected.negative);
        }
    }
}
