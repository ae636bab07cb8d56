//! One value into a state, in place: what a database calls for each row.
//!
//! A double touches two limbs and one counter, a product three limbs. Reading and
//! writing the whole state for that would cost ten times as much.

use crate::float::Binary;
use crate::layout::COUNTERS;
use crate::limbs::{add_with_carry, split};

/// The words of a state of `N` words, where they lie.
pub(crate) struct InPlace<'a, const N: usize>(&'a mut [[u8; 8]; N]);

impl<'a, const N: usize> InPlace<'a, N> {
    /// `None` if there are not `N` words.
    #[inline]
    pub(crate) fn new(words: &'a mut [[u8; 8]]) -> Option<Self> {
        words.try_into().ok().map(InPlace)
    }

    #[inline]
    pub(crate) fn get(&self, index: usize) -> u64 {
        u64::from_ne_bytes(self.0[index])
    }

    #[inline]
    pub(crate) fn set(&mut self, index: usize, word: u64) {
        self.0[index] = word.to_ne_bytes();
    }

    /// What three limbs are with `integer`·2^`position` added to those that begin at
    /// `first`, if no carry leaves them; |`integer`| ≤ 2^106.
    #[inline]
    pub(crate) fn three_limbs(
        &self,
        first: usize,
        integer: i128,
        position: usize,
    ) -> Option<[i64; 3]> {
        let limb = first + position / 64;
        let shift = position % 64;
        let (lower, upper) = split(integer);
        let (low, middle) = split(i128::from(lower) << shift);
        let (other, high) = split(i128::from(upper) << shift);
        let (low, carry) = add_with_carry(self.get(limb) as i64, low);
        // |middle| ≤ 2^62 + 1 and |high| ≤ 2^42: the carries fit.
        let (sum, first_carry) = add_with_carry(self.get(limb + 1) as i64, middle + carry);
        let (middle, second_carry) = add_with_carry(sum, other);
        let carry = first_carry + second_carry;
        let (high, carry) = add_with_carry(self.get(limb + 2) as i64, high + carry);
        (carry == 0).then_some([low, middle, high])
    }

    #[inline]
    pub(crate) fn set_three(&mut self, first: usize, limbs: [i64; 3]) {
        for (index, limb) in limbs.into_iter().enumerate() {
            self.set(first + index, limb as u64);
        }
    }

    /// The count after one value more, or one less; `None` if the state has failed or
    /// is damaged, or the count is at its end.
    #[inline]
    pub(crate) fn next_count<const SUBTRACT: bool>(&self, counters: usize) -> Option<u64> {
        let count = self.get(counters) as i64;
        let next = if SUBTRACT {
            count.checked_sub(1)
        } else {
            count.checked_add(1)
        }?;
        let damaged =
            (counters..counters + COUNTERS).any(|index| self.get(index) as i64 == i64::MIN);
        (next != i64::MIN && !damaged && self.get(N - 1) == 0).then_some(next as u64)
    }
}

#[inline]
pub(crate) fn signed<const SUBTRACT: bool>(integer: i128) -> i128 {
    if SUBTRACT { -integer } else { integer }
}

/// A finite product as an integer and its position, unless it is -0.0.
#[inline]
pub(crate) fn plain_product<const SUBTRACT: bool>(x: f64, y: f64) -> Option<(i128, usize)> {
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
