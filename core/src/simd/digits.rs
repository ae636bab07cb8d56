//! The loop of the small superaccumulator, compiled once for each set of instructions.

use crate::float::Binary;
use crate::simd::isa::{Isa, compiled};

/// Bits of a digit.
pub(crate) const DIGIT: usize = 32;

/// Digits in pairs: what was added to a digit as the lower one of a significand, and
/// what was added to the next digit then. So one addition of two words takes a
/// significand, and finds again what the one before it wrote.
///
/// There are 64 that a significand may begin in, and room for 2^64 carries beyond.
pub(crate) type Pairs = [[i64; 2]; PAIRS];

pub(crate) const PAIRS: usize = 68;

/// Values that are taken apart by vectors before they are added one by one.
const GROUP: usize = 32;

/// What a value is added as.
#[derive(Clone, Copy)]
pub(crate) struct Digits {
    /// The lower digit's place.
    pub(crate) place: usize,
    /// What is added to it and to the next one.
    pub(crate) parts: [i64; 2],
}

impl Digits {
    /// `size`·2^`position`, negated if `sign` is -1 and not 0; `size` is below 2^53 and
    /// `position` below 2^11.
    #[inline(always)]
    pub(crate) fn of(size: u64, sign: i64, position: usize) -> Self {
        let shift = position % DIGIT;
        let low = (size << shift) & 0xffff_ffff;
        let high = size >> (DIGIT - shift);
        Digits {
            place: position / DIGIT,
            parts: [low, high].map(|part| (part as i64 ^ sign) - sign),
        }
    }

    /// Those of a float that has a hidden bit.
    #[inline(always)]
    pub(crate) fn of_normal<T: Binary>(bits: u64) -> Self {
        let hidden = 1 << T::FRACTION_BITS;
        let sign = -i64::from(bits & T::SIGN != 0);
        let size = bits & (hidden - 1) | hidden;
        Self::of(size, sign, T::position(T::exponent(bits)))
    }

    #[inline(always)]
    pub(crate) fn add_to(self, digits: &mut Pairs, used: &mut u64) {
        let place = self.place % 64;
        *used |= 1 << place;
        add_pair(&mut digits[place], self.parts);
    }
}

#[inline(always)]
fn add_pair(pair: &mut [i64; 2], parts: [i64; 2]) {
    *pair = [pair[0] + parts[0], pair[1] + parts[1]];
}

/// Whether a float has a hidden bit: it is not zero, subnormal or special.
#[inline(always)]
pub(crate) fn is_normal<T: Binary>(bits: u64) -> bool {
    T::exponent(bits).wrapping_sub(1) < T::SPECIAL - 1
}

/// Adds values group by group as long as all have a hidden bit; returns how many.
#[inline(always)]
fn fill<T: Binary>(values: &[T], digits: &mut Pairs, used: &mut u64) -> usize {
    let mut done = 0;
    for group in values.chunks_exact(GROUP) {
        // One array each, as vectors fill them.
        let (mut places, mut parts) = ([0_u64; GROUP], [[0; 2]; GROUP]);
        let (mut abnormal, mut bits_used) = (false, 0);
        for index in 0..GROUP {
            let bits = group[index].bits();
            abnormal |= !is_normal::<T>(bits);
            let apart = Digits::of_normal::<T>(bits);
            places[index] = apart.place as u64 % 64;
            bits_used |= 1 << (apart.place % 64);
            parts[index] = apart.parts;
        }
        if abnormal {
            break;
        }
        *used |= bits_used;
        for index in 0..GROUP {
            add_pair(&mut digits[places[index] as usize % 64], parts[index]);
        }
        done += GROUP;
    }
    done
}

impl Isa {
    /// Adds values to digits that have room for them, as long as all of a group have a
    /// hidden bit; returns how many were added.
    pub(crate) fn fill_digits<T: Binary>(
        self,
        values: &[T],
        digits: &mut Pairs,
        used: &mut u64,
    ) -> usize {
        compiled!(self, [T: Binary]
            fill(values: &[T], digits: &mut Pairs, used: &mut u64) -> usize)
    }
}
