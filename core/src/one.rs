//! One value into a state, in place: what a database calls for each row.
//!
//! A double touches two limbs and one counter, a product three limbs. Reading and
//! writing the whole state for that would cost ten times as much.

use super::accumulator::LIMBS;
use super::float::Binary;
use super::limbs::{add_with_carry, split};
use super::moments::MOMENTS_STATE_WORDS;
use super::products::PRODUCT_LIMBS;
use super::state::{PRODUCT_STATE_WORDS, STATE_WORDS};
use super::sum::COUNTERS;

/// The words of a state, wherever they lie.
pub trait Words {
    /// The word at `index`, which is below the number of words.
    fn get(&self, index: usize) -> u64;
    /// Replaces the word at `index`.
    fn set(&mut self, index: usize, word: u64);
}

/// Adds `value` to an accumulator in place, or takes it out, if that is a matter
/// of two limbs and the count of values. If not, nothing is changed and `false` is
/// returned: then the state is failed or damaged, the value is -0.0, NaN or
/// infinite, the count is at its end, or a carry goes further.
#[inline]
pub fn add_one_in_place<const SUBTRACT: bool>(words: &mut impl Words, value: f64) -> bool {
    let bits = value.to_bits();
    let exponent = f64::exponent(bits);
    if exponent == f64::SPECIAL || f64::is_negative_zero(bits) {
        return false;
    }
    let significand = signed::<SUBTRACT>(f64::significand(bits).into());
    let position = f64::position(exponent);
    // At most 117 bits in two limbs; the upper one is at most the 33rd of 34.
    let limb = position / 64;
    let (low, high) = split(significand << (position % 64));
    let (low, carry) = add_with_carry(words.get(limb) as i64, low);
    let (high, carry) = add_with_carry(words.get(limb + 1) as i64, high + carry);
    let count = next_count::<SUBTRACT>(words, LIMBS, STATE_WORDS - 1);
    match count {
        Some(count) if carry == 0 => {
            words.set(limb, low as u64);
            words.set(limb + 1, high as u64);
            words.set(LIMBS, count);
            true
        }
        _ => false,
    }
}

/// Adds the product of `x` and `y` to a product accumulator in place, or takes it
/// out, as [`add_one_in_place`] does.
#[inline]
pub fn add_product_in_place<const SUBTRACT: bool>(words: &mut impl Words, x: f64, y: f64) -> bool {
    let Some((product, position)) = plain_product::<SUBTRACT>(x, y) else {
        return false;
    };
    let limbs = three_limbs(words, 0, product, position);
    let count = next_count::<SUBTRACT>(words, PRODUCT_LIMBS, PRODUCT_STATE_WORDS - 1);
    match (limbs, count) {
        (Some(limbs), Some(count)) => {
            set_three(words, position / 64, limbs);
            words.set(PRODUCT_LIMBS, count);
            true
        }
        _ => false,
    }
}

/// Adds `value` to moments in place, or takes it out, as [`add_one_in_place`] does.
#[inline]
pub fn add_moment_in_place<const SUBTRACT: bool>(words: &mut impl Words, value: f64) -> bool {
    /// Where the limbs of squares begin.
    const SQUARES: usize = LIMBS + COUNTERS;

    let bits = value.to_bits();
    if f64::is_negative_zero(bits) {
        return false;
    }
    let Some((square, square_position)) = plain_product::<SUBTRACT>(value, value) else {
        return false;
    };
    let significand = signed::<SUBTRACT>(f64::significand(bits).into());
    let position = f64::position(f64::exponent(bits));
    let sum = three_limbs(words, 0, significand, position);
    let squares = three_limbs(words, SQUARES, square, square_position);
    let count = next_count::<SUBTRACT>(words, LIMBS, MOMENTS_STATE_WORDS - 1);
    match (sum, squares, count) {
        (Some(sum), Some(squares), Some(count)) => {
            set_three(words, position / 64, sum);
            set_three(words, SQUARES + square_position / 64, squares);
            words.set(LIMBS, count);
            true
        }
        _ => false,
    }
}

#[inline]
fn signed<const SUBTRACT: bool>(integer: i128) -> i128 {
    if SUBTRACT { -integer } else { integer }
}

/// A finite product as an integer and its position, unless it is -0.0.
#[inline]
fn plain_product<const SUBTRACT: bool>(x: f64, y: f64) -> Option<(i128, usize)> {
    let (x, y) = (x.to_bits(), y.to_bits());
    let (x_exponent, y_exponent) = (f64::exponent(x), f64::exponent(y));
    if x_exponent == f64::SPECIAL || y_exponent == f64::SPECIAL {
        return None;
    }
    let product = i128::from(f64::significand(x)) * i128::from(f64::significand(y));
    if product == 0 && (x ^ y) & f64::SIGN != 0 {
        return None;
    }
    let position = f64::position(x_exponent) + f64::position(y_exponent);
    Some((signed::<SUBTRACT>(product), position))
}

/// What three limbs are with `integer`·2^`position` added to those that begin at
/// `first`, if no carry leaves them; |`integer`| ≤ 2^106.
#[inline]
fn three_limbs(
    words: &impl Words,
    first: usize,
    integer: i128,
    position: usize,
) -> Option<[i64; 3]> {
    let limb = first + position / 64;
    let shift = position % 64;
    let (lower, upper) = split(integer);
    let (low, middle) = split(i128::from(lower) << shift);
    let (other, high) = split(i128::from(upper) << shift);
    let (low, carry) = add_with_carry(words.get(limb) as i64, low);
    // |middle| ≤ 2^62 + 1 and |high| ≤ 2^42: the carries fit.
    let (sum, first_carry) = add_with_carry(words.get(limb + 1) as i64, middle + carry);
    let (middle, second_carry) = add_with_carry(sum, other);
    let carry = first_carry + second_carry;
    let (high, carry) = add_with_carry(words.get(limb + 2) as i64, high + carry);
    (carry == 0).then_some([low, middle, high])
}

#[inline]
fn set_three(words: &mut impl Words, first: usize, limbs: [i64; 3]) {
    for (index, limb) in limbs.into_iter().enumerate() {
        words.set(first + index, limb as u64);
    }
}

/// The count after one value more, or one less; `None` if the state has failed or
/// is damaged, or the count is at its end.
#[inline]
fn next_count<const SUBTRACT: bool>(
    words: &impl Words,
    counters: usize,
    status: usize,
) -> Option<u64> {
    let count = words.get(counters) as i64;
    let next = if SUBTRACT {
        count.checked_sub(1)
    } else {
        count.checked_add(1)
    }?;
    let damaged = (counters..counters + COUNTERS).any(|index| words.get(index) as i64 == i64::MIN);
    (next != i64::MIN && !damaged && words.get(status) == 0).then_some(next as u64)
}
