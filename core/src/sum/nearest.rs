//! Rounding a total from its limbs in use.
//!
//! The two highest limbs have at least 63 bits, more than any float keeps. What lies
//! below them is less than one unit of theirs in size and decides ties only.

use std::cmp::Ordering;

use crate::float::Format;
use crate::limbs::{Limb, highest_in_use, sign};

/// The sign and the bits, without a sign, of the float nearest to the integer with these
/// limbs in units of 2^`unit`; `None` for zero.
#[inline]
pub(crate) fn nearest<L: Limb>(limbs: &[L], format: &Format, unit: i32) -> Option<(bool, u64)> {
    let highest = Highest::of(limbs)?;
    let unit = unit + 64 * highest.index as i32;
    let bits = format.nearest_with_tail(highest.magnitude, unit, || highest.tail(highest.below));
    Some((highest.negative, bits))
}

/// [`nearest`] for the integer divided by `divisor`, which is not zero; `None` if there is
/// no limb below the two highest.
#[inline]
pub(crate) fn nearest_quotient<L: Limb>(
    limbs: &[L],
    divisor: u64,
    format: &Format,
    unit: i32,
) -> Option<(bool, u64)> {
    let highest = Highest::of(limbs)?;
    let (third, below) = highest.below.split_last()?;
    // Three words, at least 2^127 - 2^63: the quotient has 63 bits or more.
    let third = highest.signed(third.get());
    let magnitude = highest.magnitude - u128::from(third < 0);
    let mut rest = 0;
    let mut next_digit = |word: u64| {
        let dividend = u128::from(rest) << 64 | u128::from(word);
        rest = (dividend % u128::from(divisor)) as u64;
        (dividend / u128::from(divisor)) as u64
    };
    let digits = [(magnitude >> 64) as u64, magnitude as u64, third as u64].map(&mut next_digit);
    let [high, middle, low] = digits.map(u128::from);
    let (quotient, index, cut_off) = if high == 0 {
        (middle << 64 | low, highest.index - 1, rest != 0)
    } else {
        (high << 64 | middle, highest.index, low != 0 || rest != 0)
    };
    let tail = || {
        if cut_off {
            Ordering::Greater
        } else {
            highest.tail(below)
        }
    };
    let bits = format.nearest_with_tail(quotient, unit + 64 * index as i32, tail);
    Some((highest.negative, bits))
}

/// An integer that is not zero: `magnitude`·2^(64·`index`) of the sign, and what the limbs
/// `below` hold.
struct Highest<'a, L> {
    negative: bool,
    magnitude: u128,
    index: usize,
    below: &'a [L],
}

impl<'a, L: Limb> Highest<'a, L> {
    /// Two limbs, of which the upper one is 0 if only the lowest limb is in use.
    #[inline]
    fn of(limbs: &'a [L]) -> Option<Self> {
        let index = highest_in_use(limbs)?.saturating_sub(1);
        let (below, two) = limbs.split_at_checked(index)?;
        let ([low, high], _) = two.split_first_chunk()?;
        let (low, high) = (low.get(), high.get());
        let mut highest = Highest {
            negative: high < 0 || (high == 0 && low < 0),
            magnitude: u128::from(high.unsigned_abs()) << 64,
            index,
            below,
        };
        // At most 2^127 + 2^63.
        highest.magnitude = highest.magnitude.wrapping_add(highest.signed(low) as u128);
        Some(highest)
    }

    /// A limb as it counts for the magnitude.
    #[inline]
    fn signed(&self, limb: i64) -> i128 {
        let limb = i128::from(limb);
        if self.negative { -limb } else { limb }
    }

    /// Whether limbs below add to the magnitude, or take away from it.
    #[inline]
    fn tail(&self, below: &[L]) -> Ordering {
        let sign = sign(below);
        if self.negative { sign.reverse() } else { sign }
    }
}
