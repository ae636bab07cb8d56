//! One large integer in balanced limbs of 18 decimal digits.
//!
//! The integer is the sum of `limb[i]`·10^(18 i), in units of 10^-342, each limb
//! from -5·10^17 to 5·10^17-1. Digits of that range in radix 10^18 write each
//! integer in exactly one way, so equal totals have equal limbs, and a total
//! that crosses zero changes few of them. The point lies between two limbs: an
//! ordinary amount touches these two.

/// Decimal digits in a limb.
pub(super) const LIMB_DIGITS: usize = 18;

pub(super) const RADIX: i64 = 10_i64.pow(LIMB_DIGITS as u32);

const HALF: i64 = RADIX / 2;

/// Limbs of a state at rest.
pub(super) const LIMBS: usize = 38;

/// Limbs below the point.
pub(super) const FRACTION_LIMBS: usize = 19;

/// Limbs within a call: one guard limb above those at rest.
pub(super) const WORKING_LIMBS: usize = LIMBS + 1;

/// The maximum number of digits after the point.
pub const FRACTION_DIGITS: u16 = (FRACTION_LIMBS * LIMB_DIGITS) as u16;

/// The maximum number of digits of a word before the point. The total of 2^63 words,
/// each below 10^322, stays below the 5·10^341 that the limbs hold.
pub const INTEGER_DIGITS: u16 = 322;

/// The absolute value of [`Limbs`]: plain digits of radix 10^18, the least
/// significant first.
pub(super) type Magnitude = [u64; WORKING_LIMBS];

/// A large integer; see the module's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Limbs([i64; WORKING_LIMBS]);

impl Limbs {
    pub(super) const ZERO: Limbs = Limbs([0; WORKING_LIMBS]);

    /// The integer with these limbs, which are digits, and an empty guard limb.
    pub(super) fn from_state(state: &[i64; LIMBS]) -> Limbs {
        let mut limbs = [0; WORKING_LIMBS];
        limbs[..LIMBS].copy_from_slice(state);
        Limbs(limbs)
    }

    /// The limbs without the guard.
    pub(super) fn at_rest(&self) -> &[i64] {
        &self.0[..LIMBS]
    }

    /// The limbs without the guard, or `None` if the guard is in use.
    pub(super) fn to_state(&self) -> Option<&[i64; LIMBS]> {
        match self.0.split_first_chunk() {
            Some((state, [0])) => Some(state),
            _ => None,
        }
    }

    /// Adds `part`·10^(18·`limb`), for |`part`| ≤ 10^18 and `limb` ≤ 38. Returns
    /// whether the total left the working limbs and is lost.
    #[inline]
    pub(super) fn add_at(&mut self, limb: usize, part: i64) -> bool {
        let mut carry = part;
        for limb in &mut self.0[limb..] {
            (*limb, carry) = add_with_carry(*limb, carry);
            if carry == 0 {
                return false;
            }
        }
        true
    }

    /// Adds `digits`·10^`position`, for |`digits`| < 10^18 and `position` below 666, or
    /// takes it away. Returns whether the total is lost, as [`Limbs::add_at`] does.
    #[inline]
    pub(super) fn add_digits<const SUBTRACT: bool>(
        &mut self,
        digits: i64,
        position: usize,
    ) -> bool {
        let (limb, below) = (position / LIMB_DIGITS, position % LIMB_DIGITS);
        let unit = power_of_ten(LIMB_DIGITS - below);
        let signed = |part: i64| if SUBTRACT { -part } else { part };
        self.add_at(limb, signed(digits % unit * power_of_ten(below)))
            | self.add_at(limb + 1, signed(digits / unit))
    }

    /// Adds `integer`·10^`position`, which is below 10^664 in size, or takes it away.
    /// Returns whether the total is lost, as [`Limbs::add_at`] does.
    pub(super) fn add_i128<const SUBTRACT: bool>(
        &mut self,
        integer: i128,
        position: usize,
    ) -> bool {
        let signed = |part: i128| if SUBTRACT { -part } else { part } as i64;
        let radix = i128::from(RADIX);
        let scale = i128::from(power_of_ten(position % LIMB_DIGITS));
        let mut limb = position / LIMB_DIGITS;
        let mut rest = integer;
        let mut overflowed = false;
        while rest != 0 {
            // Below 10^36 in size.
            let part = rest % radix * scale;
            overflowed |= self.add_at(limb, signed(part % radix));
            overflowed |= self.add_at(limb + 1, signed(part / radix));
            rest /= radix;
            limb += 1;
        }
        overflowed
    }

    /// Adds `other`, or takes it away. Returns whether the total is lost.
    pub(super) fn merge<const SUBTRACT: bool>(&mut self, other: &Limbs) -> bool {
        let mut carry = 0;
        for (limb, &from) in self.0.iter_mut().zip(&other.0) {
            let from = if SUBTRACT { -from } else { from };
            (*limb, carry) = add_with_carry(*limb, from + carry);
        }
        carry != 0
    }

    /// Whether the integer is below zero: the highest limb in use decides.
    pub(super) fn is_negative(&self) -> bool {
        let highest = self.0.iter().rev().find(|&&limb| limb != 0);
        highest.is_some_and(|&limb| limb < 0)
    }

    /// Which integer is larger. What lies below a limb is less than half of its
    /// unit either way, so that the highest limb that differs decides.
    pub(super) fn compare(&self, other: &Limbs) -> std::cmp::Ordering {
        self.0.iter().rev().cmp(other.0.iter().rev())
    }

    /// The absolute value. It always fits: no integer in these limbs is larger
    /// than 10^(18·39)/2 in size.
    pub(super) fn magnitude(&self) -> Magnitude {
        let negative = self.is_negative();
        let mut borrow = 0;
        self.0.map(|limb| {
            let digit = borrow + if negative { -limb } else { limb };
            borrow = if digit < 0 { -1 } else { 0 };
            (digit - borrow * RADIX) as u64
        })
    }
}

/// The balanced sum of a limb and a part of at most 10^18 in size, and its carry:
/// -1, 0 or 1.
#[inline]
pub(super) fn add_with_carry(limb: i64, part: i64) -> (i64, i64) {
    let sum = limb + part;
    if sum >= HALF {
        (sum - RADIX, 1)
    } else if sum < -HALF {
        (sum + RADIX, -1)
    } else {
        (sum, 0)
    }
}

/// Whether every one of these words is a balanced digit. Without a branch for
/// each, so that the compiler can take several at once.
#[inline]
pub(super) fn are_digits(limbs: &[i64]) -> bool {
    // Of these two, the first is below zero if the limb is below its range or
    // wraps, the second if it is above.
    let outside = |limb: i64| limb.wrapping_add(HALF) | (HALF - 1).wrapping_sub(limb);
    limbs.iter().fold(0, |any, &limb| any | outside(limb)) >= 0
}

/// For `digits` up to 18.
#[inline]
pub(super) fn power_of_ten(digits: usize) -> i64 {
    const POWERS: [i64; LIMB_DIGITS + 1] = {
        let mut powers = [1; LIMB_DIGITS + 1];
        let mut index = 1;
        while index <= LIMB_DIGITS {
            powers[index] = powers[index - 1] * 10;
            index += 1;
        }
        powers
    };
    POWERS[digits]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digit_is_told_from_every_other_word() {
        for (word, is_digit) in [
            (0, true),
            (HALF - 1, true),
            (HALF, false),
            (-HALF, true),
            (-HALF - 1, false),
            (RADIX, false),
            (i64::MAX, false),
            (i64::MIN, false),
            (i64::MIN + HALF, false),
            (i64::MAX - HALF, false),
            (i64::MAX - HALF + 1, false),
        ] {
            assert_eq!(are_digits(&[0, word, 1]), is_digit, "{word}");
        }
    }

    #[test]
    fn parts_of_a_whole_radix_carry_once() {
        for limb in [-HALF, -1, 0, 1, HALF - 1] {
            for part in [-RADIX, -RADIX + 1, -HALF, -1, 0, 1, HALF, RADIX - 1, RADIX] {
                let (sum, carry) = add_with_carry(limb, part);
                assert_eq!(sum + carry * RADIX, limb + part, "{limb} {part}");
                assert!(are_digits(&[sum]), "{limb} {part}");
            }
        }
    }
}
