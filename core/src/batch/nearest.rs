//! Integers of two words, rounded to doubles.

use crate::float::BINARY64;

/// The bits of the double nearest to `size`·2^`unit`, ties to even.
#[inline]
pub(super) fn nearest(size: u128, unit: i32) -> u64 {
    match normal(size, unit) {
        Some(bits) => bits,
        None if size == 0 => 0,
        None => BINARY64.nearest_of_two_words(size, unit),
    }
}

/// [`nearest`], if that is a normal number below the highest binade: without a branch that
/// depends on the digits.
#[inline]
fn normal(size: u128, unit: i32) -> Option<u64> {
    let zeros = size.leading_zeros();
    let field = i64::from(127 + 1023 + unit) - i64::from(zeros);
    if !(1..0x7fe).contains(&field) || size == 0 {
        return None;
    }
    let digits = size << zeros;
    let (high, low) = ((digits >> 64) as u64, digits as u64);
    let significand = high >> 11;
    // What is cut off, in halves of the last bit and less.
    let rest = high << 53 | u64::from(low != 0);
    let half = 1 << 63;
    let up = u64::from(rest > half) | u64::from(rest == half) & significand;
    // A carry out of the significand raises the exponent.
    Some(((field as u64 - 1) << 52) + significand + (up & 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::natural::Divisor;
    use num_bigint::BigUint;

    /// Against quotients of big integers, at and next to ties, and at the ends of the range.
    #[test]
    fn rounded_as_big_integers_are() {
        let mut seed = 5_u64;
        let mut random = || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed
        };
        for round in 0..200_000 {
            let tie = u128::from(random() >> 11 | 1 << 52) << 1 | 1;
            let size = match round % 4 {
                0 => (u128::from(random()) << 64 | u128::from(random())) >> (random() % 128),
                1 => tie << (random() % 74),
                2 => (tie << (random() % 74)) + 1,
                _ => (tie << (random() % 74)) - 1,
            };
            let unit = (random() % 2200) as i32 - 1200;
            let mut count = 1;
            if round % 3 > 0 {
                count = (random() >> (random() % 64)).max(1);
            }
            let size = size >> 1;
            let (digits, down) = match count {
                1 => (size, 0),
                _ => Divisor::new(count).quotient(size),
            };
            let found = nearest(digits, unit + down);
            let expected = nearest_of_big(&size.into(), &count.into(), unit);
            assert_eq!(found, expected, "{size:x} / {count} * 2^{unit}");
        }
    }

    /// By the integer part of the quotient in units of the result's last bit.
    fn nearest_of_big(size: &BigUint, count: &BigUint, unit: i32) -> u64 {
        let length = size.bits() as i64 - count.bits() as i64;
        for exponent in length + i64::from(unit) - 55.. {
            let exponent = exponent.max(-1074);
            // size / count * 2^(unit - exponent)
            let up = i64::from(unit) - exponent;
            let (numerator, denominator) = match up {
                0.. => (size << up, count.clone()),
                _ => (size.clone(), count << -up),
            };
            let double = &numerator * 2_u8 + &denominator;
            let mut rounded: BigUint = &double / (&denominator * 2_u8);
            let is_tie = &double % (&denominator * 2_u8) == BigUint::from(0_u8);
            if is_tie && rounded.bit(0) {
                rounded -= 1_u8;
            }
            let significand = u64::try_from(&rounded).unwrap_or(u64::MAX);
            if significand > 1 << 53 {
                continue;
            }
            // As a double: exact products, and infinity beyond.
            let mut value = significand as f64;
            let mut rest = exponent;
            while rest > 0 {
                value *= 2.0;
                rest -= 1;
            }
            while rest < 0 {
                value /= 2.0;
                rest += 1;
            }
            return value.to_bits();
        }
        0
    }
}
