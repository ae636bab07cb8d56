//! Floats as bits: decoded to integers, and rounded from integers to nearest, ties to
//! even. This is the only rounding in the crate.

use std::cmp::Ordering;

/// The one NaN that is ever returned.
pub(crate) const CANONICAL_NAN: u64 = 0x7ff8_0000_0000_0000;

/// The same in `f32`.
pub(crate) const CANONICAL_NAN_32: u32 = 0x7fc0_0000;

/// A binary float whose finite values are whole multiples of 2^-1074.
pub(crate) trait Binary: Copy {
    /// The exponent field of NaN and the infinities: the largest there is.
    const SPECIAL: usize;

    /// The sign bit.
    const SIGN: u64;

    /// The bits, widened.
    fn bits(self) -> u64;

    /// The exponent field.
    fn exponent(bits: u64) -> usize;

    /// The signed significand as an integer. Below 2^53 in size.
    fn significand(bits: u64) -> i64;

    /// What one unit of the significand is worth: 2^position units of 2^-1074.
    fn position(exponent: usize) -> usize;

    /// Whether these are the bits of -0.0.
    #[inline]
    fn is_negative_zero(bits: u64) -> bool {
        bits == Self::SIGN
    }

    /// What a number with the exponent field [`Binary::SPECIAL`] is.
    fn special(bits: u64) -> Special {
        match Self::significand(bits) {
            significand if significand == 1 << Self::FRACTION_BITS => Special::PositiveInfinity,
            significand if significand == -1 << Self::FRACTION_BITS => Special::NegativeInfinity,
            _ => Special::Nan,
        }
    }

    /// The number of stored significand bits.
    const FRACTION_BITS: u32;
}

/// NaN and the infinities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Special {
    /// Not a number, of any payload and sign.
    Nan,
    /// Plus infinity.
    PositiveInfinity,
    /// Minus infinity.
    NegativeInfinity,
}

impl Binary for f64 {
    const SPECIAL: usize = 0x7ff;
    const SIGN: u64 = 1 << 63;
    const FRACTION_BITS: u32 = 52;

    #[inline]
    fn bits(self) -> u64 {
        self.to_bits()
    }

    #[inline]
    fn exponent(bits: u64) -> usize {
        (bits >> 52) as usize & Self::SPECIAL
    }

    #[inline]
    fn significand(bits: u64) -> i64 {
        let hidden = u64::from(Self::exponent(bits) != 0) << 52;
        signed((bits & ((1 << 52) - 1)) | hidden, bits >> 63)
    }

    #[inline]
    fn position(exponent: usize) -> usize {
        exponent.saturating_sub(1)
    }
}

/// The signed significand of a finite `f64` and its position, at once.
#[inline]
pub(crate) fn finite_parts(bits: u64) -> (i64, usize) {
    let size = bits & !f64::SIGN;
    let position = f64::position((size >> 52) as usize);
    // The field less its position is 1 where there is a hidden bit.
    let significand = size - ((position as u64) << 52);
    (signed(significand, bits >> 63), position)
}

impl Binary for f32 {
    const SPECIAL: usize = 0xff;
    const SIGN: u64 = 1 << 31;
    const FRACTION_BITS: u32 = 23;

    #[inline]
    fn bits(self) -> u64 {
        u64::from(self.to_bits())
    }

    #[inline]
    fn exponent(bits: u64) -> usize {
        (bits >> 23) as usize & Self::SPECIAL
    }

    #[inline]
    fn significand(bits: u64) -> i64 {
        let hidden = u64::from(Self::exponent(bits) != 0) << 23;
        signed((bits & ((1 << 23) - 1)) | hidden, bits >> 31)
    }

    /// The least subnormal is 2^-149, which is 2^925 units.
    #[inline]
    fn position(exponent: usize) -> usize {
        exponent.saturating_sub(1) + 925
    }
}

/// The doubles of the same values, into as many places. Of NaN there remains that
/// it is one.
///
/// By bits: a conversion by the processor reads subnormals as zeros where a thread
/// has them flushed, and raises flags.
#[inline(always)]
pub(crate) fn widen(values: &[f32], wide: &mut [f64]) {
    /// What the exponents' biases differ by.
    const REBIAS: u64 = 1023 - 127;
    let mut subnormal = false;
    for (wide, value) in wide.iter_mut().zip(values) {
        let bits = value.to_bits();
        let size = bits & 0x7fff_ffff;
        let rebias = match size {
            0 => 0,
            0x7f80_0000.. => 2 * REBIAS,
            _ => REBIAS,
        };
        subnormal |= size.wrapping_sub(1) < 0x007f_ffff;
        let sign = u64::from(bits ^ size) << 32;
        *wide = f64::from_bits(sign | ((u64::from(size) << 29) + (rebias << 52)));
    }
    if subnormal {
        widen_subnormals(values, wide);
    }
}

#[cold]
fn widen_subnormals(values: &[f32], wide: &mut [f64]) {
    for (wide, value) in wide.iter_mut().zip(values) {
        let bits = value.bits();
        let significand = f32::significand(bits).unsigned_abs();
        if f32::exponent(bits) == 0 && significand != 0 {
            let exact = BINARY64.nearest_of_two_words(significand.into(), -149);
            *wide = f64::from_bits(exact | (bits & f32::SIGN) << 32);
        }
    }
}

/// `magnitude`, negated if `sign` is 1.
#[inline]
fn signed(magnitude: u64, sign: u64) -> i64 {
    let mask = -(sign as i64);
    (magnitude as i64 ^ mask) - mask
}

/// A double with these bits and this sign.
#[inline]
pub(crate) fn with_sign(bits: u64, negative: bool) -> f64 {
    f64::from_bits(bits | u64::from(negative) << 63)
}

/// A float with these bits and this sign.
#[inline]
pub(crate) fn with_sign_32(bits: u32, negative: bool) -> f32 {
    f32::from_bits(bits | u32::from(negative) << 31)
}

/// An infinity of this sign.
pub(crate) fn infinity(negative: bool) -> f64 {
    with_sign(f64::INFINITY.to_bits(), negative)
}

/// A binary floating-point format.
pub(crate) struct Format {
    /// Significand bits, the hidden one included.
    precision: i32,
    /// The exponent of the least subnormal.
    min_exponent: i32,
    /// The exponent of the last bit of the largest finite number.
    max_exponent: i32,
    /// The bits of plus infinity.
    infinity: u64,
}

pub(crate) const BINARY64: Format = Format {
    precision: 53,
    min_exponent: -1074,
    max_exponent: 971,
    infinity: 0x7ff0_0000_0000_0000,
};

pub(crate) const BINARY32: Format = Format {
    precision: 24,
    min_exponent: -149,
    max_exponent: 104,
    infinity: 0x7f80_0000,
};

impl Format {
    /// The bits of plus infinity.
    pub(crate) fn infinity(&self) -> u64 {
        self.infinity
    }

    /// Whether these bits, without a sign, are what rounding beyond the largest
    /// finite number gives.
    pub(crate) fn is_infinity(&self, bits: u64) -> bool {
        bits == self.infinity
    }

    /// The bits of the float nearest to `magnitude`·2^`unit`, ties to even.
    ///
    /// `sticky` says that the true magnitude is larger by less than 1. It needs a
    /// magnitude of more bits than the format keeps, or a `unit` below its least
    /// exponent: then every bit that is kept is in `magnitude`.
    pub(crate) fn nearest(&self, magnitude: &[u64], sticky: bool, unit: i32) -> u64 {
        let length = bit_length(magnitude);
        if length == 0 {
            return 0;
        }
        // The exponent of the result's last bit: fixed for subnormals.
        let exponent = (unit + length - self.precision).max(self.min_exponent);
        if exponent > self.max_exponent {
            return self.infinity;
        }
        let shift = exponent - unit;
        debug_assert!(!sticky || shift > 0);
        let significand = if shift <= 0 {
            magnitude[0] << -shift
        } else {
            round_off(magnitude, sticky, shift as usize)
        };
        // A normal significand has its top bit set, which steps the exponent
        // field from `exponent - min_exponent` up by one; a subnormal one has
        // not. Rounding up to the next power of two steps it too.
        let field = (exponent - self.min_exponent) as u64;
        (field << (self.precision - 1)) + significand
    }

    /// Sign and bits of what every sum within `bound` of `sum`, in units of 2^`unit`, rounds
    /// to, if that is finite, not zero, and one and the same.
    #[inline(always)]
    pub(crate) fn nearest_if_certain(
        &self,
        sum: i128,
        bound: u128,
        unit: i32,
    ) -> Option<(bool, u64)> {
        let rounded = |size| self.nearest_of_two_words(size, unit);
        let bits = if_certain(sum, bound, rounded)?;
        (!self.is_infinity(bits)).then_some((sum < 0, bits))
    }

    /// [`Format::nearest`] for a magnitude of two words, which is not zero.
    #[inline(always)]
    pub(crate) fn nearest_of_two_words(&self, magnitude: u128, unit: i32) -> u64 {
        self.nearest_with_tail(magnitude, unit, || Ordering::Equal)
    }

    /// [`Format::nearest_of_two_words`] for a magnitude that is off by less than 1; `tail`
    /// says in which direction. That matters in a tie only, if the float has two bits
    /// less than `magnitude`, which must be so unless there is no tail.
    #[inline(always)]
    pub(crate) fn nearest_with_tail(
        &self,
        magnitude: u128,
        unit: i32,
        tail: impl FnOnce() -> Ordering,
    ) -> u64 {
        let length = 128 - magnitude.leading_zeros() as i32;
        let exponent = (unit + length - self.precision).max(self.min_exponent);
        if exponent > self.max_exponent && length > 0 {
            return self.infinity;
        }
        let half = 1 << 127;
        let significand = match exponent - unit {
            shift @ ..=0 => (magnitude as u64) << -shift,
            shift @ 1..=127 => {
                let quotient = (magnitude >> shift) as u64;
                let rest = (magnitude << (128 - shift)).cmp(&half).then_with(tail);
                quotient + u64::from(rest.is_gt() || (rest.is_eq() && quotient & 1 == 1))
            }
            // Just above or below half the least subnormal, or far below it.
            128 => u64::from(magnitude.cmp(&half).then_with(tail).is_gt()),
            _ => 0,
        };
        let field = (exponent - self.min_exponent) as u64;
        (field << (self.precision - 1)) + significand
    }
}

/// What a monotone function gives for the size of every sum within `bound` of `sum`, if that
/// is one and the same.
#[inline(always)]
pub(crate) fn if_certain(sum: i128, bound: u128, rounded: impl Fn(u128) -> u64) -> Option<u64> {
    let size = sum.unsigned_abs();
    // An exact zero has a sign of its own to find out.
    if size <= bound {
        return None;
    }
    let bits = rounded(size - bound);
    (bound == 0 || bits == rounded(size + bound)).then_some(bits)
}

/// `magnitude` / 2^`shift` to the nearest integer, ties to even; the quotient is
/// below 2^64 and `shift` above zero.
fn round_off(magnitude: &[u64], sticky: bool, shift: usize) -> u64 {
    let quotient = word_at(magnitude, shift);
    let half = word_at(magnitude, shift - 1) & 1 == 1;
    let above_half = sticky || any_below(magnitude, shift - 1);
    quotient + u64::from(half && (above_half || quotient & 1 == 1))
}

/// The number of bits up to the highest set one.
pub(crate) fn bit_length(words: &[u64]) -> i32 {
    match words.iter().rposition(|&word| word != 0) {
        Some(top) => (top as i32 + 1) * 64 - words[top].leading_zeros() as i32,
        None => 0,
    }
}

/// The 64 bits from `position` on.
pub(crate) fn word_at(words: &[u64], position: usize) -> u64 {
    let word = |index: usize| u128::from(words.get(index).copied().unwrap_or(0));
    let index = position / 64;
    ((word(index) | word(index + 1) << 64) >> (position % 64)) as u64
}

/// Whether any bit below `position` is set.
pub(crate) fn any_below(words: &[u64], position: usize) -> bool {
    let whole = position / 64;
    words.iter().take(whole).any(|&word| word != 0)
        || words
            .get(whole)
            .is_some_and(|word| word & ((1 << (position % 64)) - 1) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares with the processor, in the environment that tests run in.
    #[test]
    fn floats_of_every_exponent_are_widened_exactly() {
        let ends = [0, 1, 2, 3, 0x3f_ffff, 0x40_0000, 0x7f_fffe, 0x7f_ffff];
        let fractions: Vec<u32> = (0..23)
            .flat_map(|bit| [1 << bit, (1 << bit) + 5, 0x7f_ffff >> bit])
            .chain(ends)
            .collect();
        for exponent in 0..512 {
            for &fraction in &fractions {
                let value = f32::from_bits(exponent << 23 | fraction);
                // Among others that are not subnormal, and alone.
                for values in [&[value][..], &[1.0, value, -0.0]] {
                    let mut wide = vec![0.0; values.len()];
                    widen(values, &mut wide);
                    for (&narrow, wide) in values.iter().zip(wide) {
                        let same = wide.to_bits() == f64::from(narrow).to_bits();
                        assert!(same || wide.is_nan() && narrow.is_nan(), "{narrow:e}");
                    }
                }
            }
        }
    }
}
