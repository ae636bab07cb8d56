//! One large integer in balanced signed limbs.
//!
//! The integer is the sum of `limb[i]`·2^(64 i), each limb a full `i64`. Digits
//! from -2^63 to 2^63-1 in radix 2^64 write each integer in exactly one way, so
//! equal totals have equal limbs. A total that crosses zero changes few limbs,
//! where two's complement would rewrite them all.

/// A large integer of `WORKING` limbs, the topmost of which is a guard: it is in
/// use within a call only. See the module's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Limbs<const WORKING: usize>([i64; WORKING]);

impl<const WORKING: usize> Limbs<WORKING> {
    /// Limbs of a state at rest.
    pub(crate) const AT_REST: usize = WORKING - 1;

    pub(crate) const ZERO: Self = Limbs([0; WORKING]);

    /// The integer with these limbs, which are all but the guard.
    pub(crate) fn from_state(state: &[i64]) -> Self {
        let mut limbs = [0; WORKING];
        limbs[..Self::AT_REST].copy_from_slice(state);
        Limbs(limbs)
    }

    /// The limbs without the guard, or `None` if the guard is in use.
    pub(crate) fn to_state(&self) -> Option<&[i64]> {
        match &self.0[..] {
            [state @ .., 0] => Some(state),
            _ => None,
        }
    }

    /// Adds `part`·2^(64·`limb`), for |`part`| ≤ 2^126 and a `limb` below the
    /// guard. Returns whether the total left the working limbs and is lost.
    #[inline]
    pub(crate) fn add_at(&mut self, limb: usize, part: i128) -> bool {
        let (low, high) = split(part);
        let (sum, carry) = add_with_carry(self.0[limb], low);
        self.0[limb] = sum;
        // |high| ≤ 2^62 + 1, so the carry fits.
        let (sum, mut carry) = add_with_carry(self.0[limb + 1], high + carry);
        self.0[limb + 1] = sum;
        for next in &mut self.0[limb + 2..] {
            if carry == 0 {
                return false;
            }
            (*next, carry) = add_with_carry(*next, carry);
        }
        carry != 0
    }

    /// Adds `integer`·2^`position`, for a `position` two limbs or more below the
    /// guard. Returns whether the total is lost, as [`Limbs::add_at`] does.
    #[inline]
    pub(crate) fn add_i128(&mut self, integer: i128, position: usize) -> bool {
        let limb = position / 64;
        let shift = position % 64;
        // Halves of at most 2^63 in size: shifted by 63 they are still exact.
        let low = i128::from(integer as i64);
        let high = (integer >> 64) + i128::from(low < 0);
        self.add_at(limb, low << shift) | (high != 0 && self.add_at(limb + 1, high << shift))
    }

    /// Adds `other`·2^`position`, for an `other` that fits below the guard then.
    pub(crate) fn add_shifted<const OTHER: usize>(
        &mut self,
        other: &Limbs<OTHER>,
        position: usize,
    ) -> bool {
        let mut overflowed = false;
        for (index, &limb) in other.0.iter().enumerate() {
            if limb != 0 {
                overflowed |= self.add_i128(limb.into(), position + 64 * index);
            }
        }
        overflowed
    }

    /// Adds `other`, or takes it away. Returns whether the total is lost.
    pub(crate) fn merge<const SUBTRACT: bool>(&mut self, other: &Self) -> bool {
        let mut carry = 0;
        for (limb, &from) in self.0.iter_mut().zip(&other.0) {
            let from = i128::from(from);
            let sum = i128::from(*limb) + carry + if SUBTRACT { -from } else { from };
            let (low, high) = split(sum);
            *limb = low;
            carry = i128::from(high);
        }
        carry != 0
    }

    /// Whether the integer is below zero: the highest limb in use decides.
    pub(crate) fn is_negative(&self) -> bool {
        let highest = self.0.iter().rev().find(|&&limb| limb != 0);
        highest.is_some_and(|&limb| limb < 0)
    }

    /// The absolute value, least significant word first. It always fits: no
    /// integer in w limbs is larger than 2^(64 w) - 1 in size.
    pub(crate) fn magnitude(&self) -> [u64; WORKING] {
        let negative = self.is_negative();
        let mut borrow = 0;
        self.0.map(|limb| {
            let limb = i128::from(limb);
            let word = borrow + if negative { -limb } else { limb };
            borrow = word >> 64;
            word as u64
        })
    }
}

/// `part` as `low + high`·2^64 with `low` balanced; |`part`| ≤ 2^126.
#[inline]
pub(crate) fn split(part: i128) -> (i64, i64) {
    let low = part as i64;
    (low, (part >> 64) as i64 + i64::from(low < 0))
}

/// The balanced sum of two limbs, and its carry: -1, 0 or 1.
#[inline]
pub(crate) fn add_with_carry(limb: i64, part: i64) -> (i64, i64) {
    let (sum, overflowed) = limb.overflowing_add(part);
    let direction = if part < 0 { -1 } else { 1 };
    (sum, if overflowed { direction } else { 0 })
}
