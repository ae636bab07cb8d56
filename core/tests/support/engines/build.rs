//! Arrays made to measure: of a given total, of given lost bits.

use num_bigint::{BigInt, BigUint};
use num_traits::{Signed, ToPrimitive, Zero};

use super::total_of;
use crate::support::oracle::scale;
use crate::support::random::Random;

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

/// A format: significant bits, and how far those of its largest number are
/// shifted up in units of 2^-1074.
type Format = (u64, u64);
const BINARY64: Format = (53, 971 + 1074);
const BINARY32: Format = (24, 104 + 1074);

/// Numbers of the format whose sum is `total` units of 2^-1074, the largest
/// first.
fn pieces(total: &BigInt, (bits, highest): Format) -> Vec<f64> {
    let mut rest = total.clone();
    let mut pieces = Vec::new();
    while !rest.is_zero() {
        let length = rest.magnitude().bits();
        let mut shift = length.saturating_sub(bits).min(highest);
        // To nearest, so that just below a power of two is not a long row of
        // ones; but never above the range.
        let half = (BigUint::from(1_u8) << shift) >> 1_u32;
        let mut top = ((rest.magnitude() + half) >> shift)
            .to_i64()
            .unwrap_or(i64::MAX);
        if top == 1 << bits && shift < highest {
            top >>= 1;
            shift += 1;
        }
        top = top.min((1 << bits) - 1);
        if rest.is_negative() {
            top = -top;
        }
        // In two steps, so that nothing is lost on the way to large numbers.
        let low = shift.min(1000);
        let piece = scale(top as f64, low as i32 - 1074);
        pieces.push(scale(piece, (shift - low) as i32));
        rest -= BigInt::from(top) << shift;
    }
    pieces
}

/// `values`, of this format, with their last ones replaced, so that the exact
/// total is `target`. `None` if they are too few for that.
fn with_total_in(mut values: Vec<f64>, target: &BigInt, format: Format) -> Option<Vec<f64>> {
    let length = values.len();
    // What the pieces replace changes what they must make up for.
    for replaced in 1..=length.min(60) {
        let kept = length - replaced;
        values[kept] = 0.0;
        let missing = target - total_of(&values[..kept]).total;
        let pieces = pieces(&missing, format);
        if pieces.len() <= replaced {
            values[kept..][..pieces.len()].copy_from_slice(&pieces);
            assert_eq!(total_of(&values).total, *target, "as it was ordered");
            return Some(values);
        }
    }
    None
}

/// `values` with their last ones replaced, so that the exact total is `target`.
/// `None` if they are too few for that.
pub fn with_total(values: Vec<f64>, target: &BigInt) -> Option<Vec<f64>> {
    with_total_in(values, target, BINARY64)
}

/// [`with_total`] for `f32`; `target` is a multiple of 2^-149.
pub fn with_total_f32(values: Vec<f32>, target: &BigInt) -> Option<Vec<f32>> {
    let wide = values.into_iter().map(f64::from).collect();
    let wide = with_total_in(wide, target, BINARY32)?;
    let values: Vec<f32> = wide.iter().map(|&value| value as f32).collect();
    let held = |(&narrow, &wide): (&f32, &f64)| f64::from(narrow) == wide;
    assert!(values.iter().zip(&wide).all(held), "f32 holds each of them");
    Some(values)
}
