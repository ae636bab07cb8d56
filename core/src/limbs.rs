//! One large integer in balanced signed limbs.
//!
//! The integer is the sum of `limb[i]`·2^(64 i), each limb a full `i64`. Digits
//! from -2^63 to 2^63-1 in radix 2^64 write each integer in exactly one way, so
//! equal totals have equal limbs. A total that crosses zero changes few limbs,
//! where two's complement would rewrite them all.

use std::cmp::Ordering;

/// A limb where it lies: an integer, or its bytes in native order at any alignment.
pub(crate) trait Limb: Copy {
    fn get(self) -> i64;

    fn of(limb: i64) -> Self;
}

impl Limb for i64 {
    #[inline]
    fn get(self) -> i64 {
        self
    }

    #[inline]
    fn of(limb: i64) -> Self {
        limb
    }
}

impl Limb for [u8; 8] {
    #[inline]
    fn get(self) -> i64 {
        i64::from_ne_bytes(self)
    }

    #[inline]
    fn of(limb: i64) -> Self {
        limb.to_ne_bytes()
    }
}

/// Whether any limb is not 0. Without a branch for each, so that the compiler can take
/// several at once.
#[inline]
pub(crate) fn any_in_use<L: Limb>(limbs: &[L]) -> bool {
    limbs.iter().fold(0, |any, limb| any | limb.get()) != 0
}

/// The index of the highest limb that is not 0.
#[inline]
pub(crate) fn highest_in_use<L: Limb>(limbs: &[L]) -> Option<usize> {
    let mut rest = limbs;
    while let Some((below, four)) = rest.split_last_chunk::<4>()
        && !any_in_use(four)
    {
        rest = below;
    }
    rest.iter().rposition(|limb| limb.get() != 0)
}

/// The sign of the integer: by lemma 9 that of its highest limb that is not 0.
#[inline]
pub(crate) fn sign<L: Limb>(limbs: &[L]) -> Ordering {
    let highest = highest_in_use(limbs).and_then(|index| limbs.get(index));
    highest.map_or(Ordering::Equal, |limb| limb.get().cmp(&0))
}

/// Whether two integers of up to 2^62 in the highest limb can be added, and a carry too,
/// without leaving that limb.
#[inline]
pub(crate) fn has_room<L: Limb>(limbs: &[L]) -> bool {
    let room = |limb: &L| limb.get().unsigned_abs() < 1 << 62;
    limbs.last().is_some_and(room)
}

/// Adds the limbs of `from` that are not 0 to as many, or takes them away, and carries as
/// far as that goes. Returns whether a carry left the highest limb: never if both have room.
#[inline]
pub(crate) fn merge_in_use<const SUBTRACT: bool, I: Limb, L: Limb>(
    into: &mut [I],
    from: &[L],
) -> bool {
    let highest = highest_in_use(from);
    let parts = highest.and_then(|highest| into.split_at_mut_checked(highest + 1));
    let Some((used, above)) = parts else {
        return false;
    };
    let mut carry = 0;
    let from = from.iter().map(|limb| limb.get());
    for (limb, from) in used.iter_mut().zip(from).skip_while(|(_, from)| *from == 0) {
        let from = i128::from(from);
        let from = if SUBTRACT { -from } else { from };
        let sum;
        (sum, carry) = split(i128::from(limb.get()) + from + i128::from(carry));
        *limb = I::of(sum);
    }
    for limb in above {
        if carry == 0 {
            return false;
        }
        let sum;
        (sum, carry) = add_with_carry(limb.get(), carry);
        *limb = I::of(sum);
    }
    carry != 0
}

/// A large integer of `WORKING` limbs, the topmost of which is a guard: it is in
/// use within a call only. See the module's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Limbs<const WORKING: usize>([i64; WORKING]);

impl<const WORKING: usize> Limbs<WORKING> {
    /// Limbs of a state at rest.
    pub(crate) const AT_REST: usize = WORKING - 1;

    pub(crate) const ZERO: Self = Limbs([0; WORKING]);

    /// The integer with these limbs, the guard included.
    pub(crate) fn of(limbs: [i64; WORKING]) -> Self {
        Limbs(limbs)
    }

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
        let (sum, above) = add_part(self.0[limb], part);
        self.0[limb] = sum;
        let (sum, mut carry) = add_with_carry(self.0[limb + 1], above);
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

    /// Adds a sum for each limb from the first one on, of at most 2^125 in size. Returns
    /// whether the total is lost.
    pub(crate) fn add_columns(&mut self, columns: &[i128]) -> bool {
        let (lower, upper) = self.0.split_at_mut(columns.len());
        let mut carry = 0;
        for (limb, column) in lower.iter_mut().zip(columns) {
            // 2^63 more, so that what is cut off is the balanced rest.
            let sum = i128::from(*limb) + column + (1 << 63);
            let sum = sum + i128::from(carry);
            *limb = (sum as i64) ^ i64::MIN;
            carry = (sum >> 64) as i64;
        }
        for limb in upper {
            if carry == 0 {
                return false;
            }
            (*limb, carry) = add_part(*limb, carry.into());
        }
        carry != 0
    }

    /// Adds `other`, or takes it away. Returns whether the total is lost.
    pub(crate) fn merge<const SUBTRACT: bool>(&mut self, other: &Self) -> bool {
        if !SUBTRACT && !any_in_use(&self.0) {
            self.0 = other.0;
            return false;
        }
        merge_in_use::<SUBTRACT, _, _>(&mut self.0, &other.0)
    }

    /// All limbs, the guard included.
    pub(crate) fn as_slice(&self) -> &[i64] {
        &self.0
    }

    /// Whether the integer is below zero.
    pub(crate) fn is_negative(&self) -> bool {
        sign(&self.0).is_lt()
    }

    /// The words of the absolute value from the first limb in use to the last one,
    /// to their places in `words`, which is zero elsewhere.
    pub(crate) fn magnitude_in_use<'a>(&self, words: &'a mut [u64; WORKING]) -> (usize, &'a [u64]) {
        let Some(last) = self.0.iter().rposition(|&limb| limb != 0) else {
            return (0, &[]);
        };
        let first = self.0.iter().position(|&limb| limb != 0).unwrap_or(last);
        let negative = self.0[last] < 0;
        let mut borrow = 0;
        for (word, &limb) in words[first..=last].iter_mut().zip(&self.0[first..=last]) {
            let limb = i128::from(limb);
            let signed = borrow + if negative { -limb } else { limb };
            borrow = signed >> 64;
            *word = signed as u64;
        }
        (first, &words[first..=last])
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

/// The balanced sum of a limb and the lower half of `part`, and what is to be added to the
/// limb above: at most 2^62 + 1 in size, for |`part`| ≤ 2^126.
#[inline]
pub(crate) fn add_part(limb: i64, part: i128) -> (i64, i64) {
    let low = part as i64;
    let (sum, overflowed) = limb.overflowing_add(low);
    // A low half below 0 is 2^64 less than its bits say, and its sum overflows downwards.
    let carry = (low < 0) != overflowed;
    (sum, (part >> 64) as i64 + i64::from(carry))
}

/// The balanced sum of two limbs, and its carry: -1, 0 or 1.
#[inline]
pub(crate) fn add_with_carry(limb: i64, part: i64) -> (i64, i64) {
    let (sum, overflowed) = limb.overflowing_add(part);
    let direction = if part < 0 { -1 } else { 1 };
    (sum, if overflowed { direction } else { 0 })
}
