//! Adding one value to a state in place, as a database does for each row.
//!
//! A double touches two limbs and one counter, a product three limbs. Reading and
//! writing the whole state for that would cost ten times as much.

use std::ops::Neg;

use crate::float::Binary;
use crate::layout::COUNTERS;
use crate::limbs::{add_part, add_with_carry, split};

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

    /// Adds `significand`·2^`position`, of at most 2^53 in `significand`, to limbs that no
    /// carry leaves.
    #[inline]
    pub(crate) fn add(&mut self, significand: i64, position: usize) {
        // At most 117 bits in two limbs.
        let part = i128::from(significand) << (position % 64);
        let limb = position / 64;
        let (low, above) = add_part(self.get(limb) as i64, part);
        self.set(limb, low as u64);
        let (high, mut carry) = add_with_carry(self.get(limb + 1) as i64, above);
        self.set(limb + 1, high as u64);
        let mut next = limb + 2;
        while carry != 0 && next < N {
            let sum;
            (sum, carry) = add_with_carry(self.get(next) as i64, carry);
            self.set(next, sum as u64);
            next += 1;
        }
    }

    /// What three limbs are with `integer`·2^`position` added to those that begin at
    /// `first`, if no carry leaves them; |`integer`| ≤ 2^126.
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
        let lower = i128::from(lower) << shift;
        let (low, carried) = add_part(self.get(limb) as i64, lower);
        // The upper half has at most 2^62, so the shifted sum stays below 2^126.
        let (middle, carried) = add_part(
            self.get(limb + 1) as i64,
            (i128::from(upper) << shift) + i128::from(carried),
        );
        let (high, carry) = add_with_carry(self.get(limb + 2) as i64, carried);
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
        let (step, end) = if SUBTRACT {
            (-1, i64::MIN)
        } else {
            (1, i64::MAX)
        };
        let count = self.get(counters) as i64;
        // At its end, or damaged, which are neighbours.
        let stays = (count.wrapping_sub(end) as u64) < 2;
        let rest = self.0.get(counters + 1..counters + COUNTERS)?;
        let damaged = rest
            .iter()
            .any(|&counter| i64::from_ne_bytes(counter) == i64::MIN);
        (!stays && !damaged && self.get(N - 1) == 0).then_some(count.wrapping_add(step) as u64)
    }
}

#[inline]
pub(crate) fn signed<const SUBTRACT: bool, I: Neg<Output = I>>(integer: I) -> I {
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
    Some((signed::<SUBTRACT, _>(product), position))
}
