//! Rounding of big quotients and of their square roots by one division: quick enough for
//! a hundred thousand of each. A test holds them to the plain ones, which compare distances.

use num_bigint::BigUint;
use num_traits::{One, Zero};

/// Bits of a quotient that are certain to be below those of a double.
const SPARE: u64 = 66;

/// The pattern of the double nearest to `numerator` / `divisor` · 2^`exponent`, ties to
/// even; `None` if that is infinity's.
pub fn nearest_quotient(numerator: &BigUint, divisor: &BigUint, exponent: i64) -> Option<u64> {
    let shift = (SPARE + divisor.bits()).saturating_sub(numerator.bits());
    let (quotient, is_cut) = divided(numerator << shift, divisor);
    nearest(&quotient, is_cut, exponent - shift as i64)
}

/// The same for the square root.
pub fn nearest_root_of_quotient(
    numerator: &BigUint,
    divisor: &BigUint,
    exponent: i64,
) -> Option<u64> {
    let mut shift = (2 * SPARE + divisor.bits()).saturating_sub(numerator.bits());
    shift += u64::from((exponent - shift as i64) % 2 != 0);
    let (quotient, is_cut) = divided(numerator << shift, divisor);
    let root = quotient.sqrt();
    let is_cut = is_cut || &root * &root != quotient;
    nearest(&root, is_cut, (exponent - shift as i64) / 2)
}

/// A quotient, and whether there is a remainder.
fn divided(numerator: BigUint, divisor: &BigUint) -> (BigUint, bool) {
    if divisor.is_one() {
        return (numerator, false);
    }
    let quotient = &numerator / divisor;
    let is_cut = &quotient * divisor != numerator;
    (quotient, is_cut)
}

/// The pattern nearest to a number of units of 2^`exponent`, and a part of one more if
/// it `is_cut`; the number has more bits than a double.
fn nearest(number: &BigUint, is_cut: bool, exponent: i64) -> Option<u64> {
    if number.is_zero() {
        return Some(0);
    }
    // The unit of the doubles around it.
    let unit = (exponent + number.bits() as i64 - 53).max(-1074);
    let shift = (unit - exponent) as u64;
    let kept = number >> shift;
    let dropped = number - (&kept << shift);
    let half = BigUint::one() << (shift - 1);
    let mut significand = u64::try_from(&kept).expect("53 bits");
    let is_odd = significand % 2 == 1;
    significand += u64::from(match dropped.cmp(&half) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => is_cut || is_odd,
        std::cmp::Ordering::Greater => true,
    });
    // A significand with its hidden bit adds one to the field below; one without is the
    // pattern of a subnormal.
    let pattern = (((unit + 1074) as u64) << 52).checked_add(significand)?;
    (pattern < f64::INFINITY.to_bits()).then_some(pattern)
}
