//! From a decimal of any length, with any exponent, to the nearest double.
//!
//! In integers, as in `decimal_float`, which leaves to this what it cannot do. The
//! first 19 digits and a power of ten to 128 bits give two bounds; if both round
//! to the same double, that is the result (Ziv's test). Otherwise a division
//! decides, of an integer of all digits that can matter.

use crate::float::BINARY64;
use crate::natural::{Quotient, multiply_add};

/// A decimal as it is written, without its sign.
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

/// A double, or the middle between two, has at most 768 significant digits: where
/// a decimal has more than these, its being more than them is all that matters.
const MATTERING: usize = 768;

/// Numbers below 10^this are infinite from some number on; all above are.
const HIGHEST: i64 = 309;

/// Half the least double, 2^-1075, is above 10^this.
const LOWEST: i64 = -324;

impl Written<'_> {
    /// The bits of the nearest double, ties to even: those of infinity, if no
    /// finite one is.
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

/// 5^27 is the largest power of five below 2^64.
const STEP: i32 = 27;

/// 10^-343 with 19 digits before it is the lowest power, 10^308 the highest.
const LOWEST_STEP: i32 = (LOWEST as i32 + 1 - FIRST as i32).div_euclid(STEP);
const HIGHEST_STEP: i32 = (HIGHEST as i32 - 1).div_euclid(STEP);

/// At least `significand`·2^`exponent`, and below that with 1 more in the
/// significand, which has all of 128 bits.
#[derive(Clone, Copy)]
struct Power {
    significand: u128,
    exponent: i32,
}

/// The words of 5^(27·k) for the most steps.
const POWER_WORDS: usize = 14;

/// 5^(27·k), for each number k of steps.
static POWERS_OF_FIVE: [Power; (HIGHEST_STEP - LOWEST_STEP + 1) as usize] = {
    let mut powers = [Power {
        significand: 1 << 127,
        exponent: -127,
    }; (HIGHEST_STEP - LOWEST_STEP + 1) as usize];
    let mut power = [0_u64; POWER_WORDS];
    power[0] = 1;
    let mut step = 1;
    while step <= -LOWEST_STEP || step <= HIGHEST_STEP {
        power = times(power, 5_u64.pow(STEP as u32));
        if step <= HIGHEST_STEP {
            powers[(step - LOWEST_STEP) as usize] = exponent_bound_of(&power);
        }
        if step <= -LOWEST_STEP {
            powers[(-step - LOWEST_STEP) as usize] = reciprocal_of(&power);
        }
        step += 1;
    }
    powers
};

const fn times(mut words: [u64; POWER_WORDS], factor: u64) -> [u64; POWER_WORDS] {
    let mut carry = 0_u128;
    let mut index = 0;
    while index < POWER_WORDS {
        carry += words[index] as u128 * factor as u128;
        words[index] = carry as u64;
        carry >>= 64;
        index += 1;
    }
    assert!(carry == 0);
    words
}

const fn bits_of(words: &[u64; POWER_WORDS]) -> u32 {
    let mut top = POWER_WORDS - 1;
    while words[top] == 0 {
        top -= 1;
    }
    64 * top as u32 + 64 - words[top].leading_zeros()
}

/// The first 128 bits of an integer, which may have fewer.
const fn exponent_bound_of(words: &[u64; POWER_WORDS]) -> Power {
    let bits = bits_of(words);
    let mut significand = 0;
    let mut taken = 1;
    while taken <= 128 {
        significand <<= 1;
        if taken <= bits {
            let at = bits - taken;
            significand |= (words[(at / 64) as usize] >> (at % 64) & 1) as u128;
        }
        taken += 1;
    }
    Power {
        significand,
        exponent: bits as i32 - 128,
    }
}

/// The first 128 bits of the reciprocal of an integer that is no power of two.
const fn reciprocal_of(divisor: &[u64; POWER_WORDS]) -> Power {
    // 2^bits lies between the divisor and twice that: the first bit is 1.
    let bits = bits_of(divisor);
    let mut rest = [0_u64; POWER_WORDS];
    rest[(bits / 64) as usize] = 1 << (bits % 64);
    let mut significand = 0;
    let mut taken = 0;
    while taken < 128 {
        significand <<= 1;
        let (difference, negative) = difference(&rest, divisor);
        if !negative {
            significand |= 1;
            rest = difference;
        }
        rest = times(rest, 2);
        taken += 1;
    }
    Power {
        significand,
        exponent: -(bits as i32) - 127,
    }
}

const fn difference(
    from: &[u64; POWER_WORDS],
    words: &[u64; POWER_WORDS],
) -> ([u64; POWER_WORDS], bool) {
    let mut result = [0; POWER_WORDS];
    let mut borrow = false;
    let mut index = 0;
    while index < POWER_WORDS {
        let (word, first) = from[index].overflowing_sub(words[index]);
        let (word, second) = word.overflowing_sub(borrow as u64);
        result[index] = word;
        borrow = first || second;
        index += 1;
    }
    (result, borrow)
}

/// The bits of the double nearest to `first`·10^`exponent`, or to a number that is
/// larger by less than 1 in `first`, if there is `more`; `None` if that is not
/// certain.
fn estimated(first: u64, more: bool, exponent: i32) -> Option<u64> {
    let step = exponent.div_euclid(STEP);
    let coarse = POWERS_OF_FIVE[(step - LOWEST_STEP) as usize];
    let fine = 5_u128.pow(exponent.rem_euclid(STEP) as u32);
    let factor = u128::from(first) * fine;
    let up = factor.leading_zeros();
    // The product is too small: by less than 1 for the half that is dropped, less
    // than 1 for the power, and less than `missing` for the digits.
    let least = high_half(factor << up, coarse.significand);
    let missing = if more { fine << up } else { 0 };
    let greatest = least.checked_add(missing.checked_add(2)?)?;
    let unit = 128 - up as i32 + coarse.exponent + exponent;
    let bits = BINARY64.nearest_of_two_words(least, unit);
    (bits == BINARY64.nearest_of_two_words(greatest, unit)).then_some(bits)
}

/// The upper half of a product.
fn high_half(a: u128, b: u128) -> u128 {
    const LOW: u128 = u64::MAX as u128;
    let (a_high, a_low, b_high, b_low) = (a >> 64, a & LOW, b >> 64, b & LOW);
    let first = a_high * b_low + ((a_low * b_low) >> 64);
    let second = a_low * b_high + (first & LOW);
    a_high * b_high + (first >> 64) + (second >> 64)
}

/// Words of the digits that can matter, and of the power of ten that they may be
/// divided by: both are below 2^64 words.
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
    // One digit stands for all the others.
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

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;

    use super::*;

    #[test]
    fn powers_of_five_are_cut_off_after_128_bits() {
        for (index, power) in POWERS_OF_FIVE.iter().enumerate() {
            let k = STEP * (LOWEST_STEP + index as i32);
            let five = BigUint::from(5_u32).pow(k.unsigned_abs());
            // Both sides times the power, or a power of two, that makes them integers.
            let (mut power_of_five, mut unit) = (BigUint::from(1_u32), BigUint::from(1_u32));
            if k >= 0 {
                power_of_five = five;
            } else {
                unit = five;
            }
            if power.exponent >= 0 {
                unit <<= power.exponent;
            } else {
                power_of_five <<= -power.exponent;
            }
            let least = BigUint::from(power.significand) * &unit;
            assert!(
                least <= power_of_five && power_of_five < least + unit,
                "5^{k}"
            );
            assert!(power.significand >> 127 == 1, "5^{k}");
        }
    }
}
