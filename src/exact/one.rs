//! One value into a state, in place: what a database calls for each row.
//!
//! A double touches two limbs and one counter. Reading and writing the whole
//! state for that would cost ten times as much.

use super::accumulator::LIMBS;
use super::float::Binary;
use super::limbs::{add_with_carry, split};
use super::state::STATE_WORDS;
use super::sum::COUNTERS;

const STATUS: usize = STATE_WORDS - 1;

/// The words of a state, wherever they lie.
pub trait Words {
    /// The word at `index`, which is below [`super::STATE_WORDS`].
    fn get(&self, index: usize) -> u64;
    /// Replaces the word at `index`.
    fn set(&mut self, index: usize, word: u64);
}

/// Adds `value` in place, or takes it out, if that is a matter of two limbs and
/// the count of values. If not, nothing is changed and `false` is returned:
/// then the state is failed or damaged, the value is -0.0, NaN or infinite, the
/// count is at its end, or a carry goes further.
#[inline]
pub fn add_one_in_place<const SUBTRACT: bool>(words: &mut impl Words, value: f64) -> bool {
    let bits = value.to_bits();
    let exponent = f64::exponent(bits);
    if exponent == f64::SPECIAL || f64::is_negative_zero(bits) || words.get(STATUS) != 0 {
        return false;
    }
    let significand = i128::from(f64::significand(bits));
    let significand = if SUBTRACT { -significand } else { significand };
    let position = f64::position(exponent);
    // At most 117 bits in two limbs; the upper one is at most the 33rd of 34.
    let limb = position / 64;
    let (low, high) = split(significand << (position % 64));
    let (low, carry) = add_with_carry(words.get(limb) as i64, low);
    let (high, carry) = add_with_carry(words.get(limb + 1) as i64, high + carry);
    let count = words.get(LIMBS) as i64;
    let next = if SUBTRACT {
        count.checked_sub(1)
    } else {
        count.checked_add(1)
    };
    let damaged = (LIMBS..LIMBS + COUNTERS).any(|index| words.get(index) as i64 == i64::MIN);
    match next {
        Some(next) if next != i64::MIN && carry == 0 && !damaged => {
            words.set(limb, low as u64);
            words.set(limb + 1, high as u64);
            words.set(LIMBS, next as u64);
            true
        }
        _ => false,
    }
}
