//! Arrays made to measure: of a given total, of given lost bits.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

use super::total_of;
use crate::exact_support::oracle::scale;
use crate::exact_support::random::Random;

/// 2^`exponent`, for any exponent of a double.
pub fn power(exponent: i32) -> f64 {
    scale(1.0, exponent)
}

/// Random values below 2^`top`, of both signs, with all 53 bits.
pub fn ordinary(random: &mut Random, count: usize, top: i32) -> Vec<f64> {
    (0..count)
        .map(|_| random.sign() * scale(random.unit(), top))
        .collect()
}

/// 2^`exponent` in units of 2^-1074.
pub fn units_of_power(exponent: i32) -> BigInt {
    BigInt::from(1) << (exponent + 1074)
}

/// Doubles whose sum is `total` units of 2^-1074, the largest first. Each has at
/// most `bits` significant bits.
pub fn pieces(total: &BigInt, bits: u64) -> Vec<f64> {
    let mut rest = total.clone();
    let mut pieces = Vec::new();
    while !rest.is_zero() {
        let shift = rest.magnitude().bits().saturating_sub(bits);
        let top: BigInt = (rest.magnitude() >> shift).into();
        let size = scale(
            top.to_i64().expect("53 bits") as f64,
            shift.min(1000) as i32 - 1074,
        );
        // In two steps, so that nothing is lost on the way to large numbers.
        let size = scale(size, shift.saturating_sub(1000) as i32);
        let signed = if rest.is_negative() { -top } else { top };
        pieces.push(if rest.is_negative() { -size } else { size });
        rest -= signed << shift;
    }
    pieces
}

/// `values` with their last ones replaced, so that the exact total is `target`.
/// `None` if they are too few for that.
pub fn with_total(mut values: Vec<f64>, target: &BigInt) -> Option<Vec<f64>> {
    let length = values.len();
    // What the pieces replace changes what they must make up for.
    for replaced in 1..=length.min(40) {
        values[length - replaced] = 0.0;
        let missing = target - total_of(&values[..length - replaced]).total;
        let pieces = pieces(&missing, 53);
        if pieces.len() <= replaced {
            values[length - replaced..][..pieces.len()].copy_from_slice(&pieces);
            return Some(values);
        }
    }
    None
}
