//! Floats taken apart as bits.

/// The position of 1 in units of 2^-1074: integers are added there.
pub(super) const ONE: usize = 1074;

/// The one NaN that is ever returned.
pub(super) const CANONICAL_NAN: u64 = 0x7ff8_0000_0000_0000;

/// A binary float whose finite values are whole multiples of 2^-1074.
pub(super) trait Binary: Copy {
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

/// What is no finite number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Special {
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
        with_sign((bits & ((1 << 52) - 1)) | hidden, bits >> 63)
    }

    #[inline]
    fn position(exponent: usize) -> usize {
        exponent.saturating_sub(1)
    }
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
        with_sign((bits & ((1 << 23) - 1)) | hidden, bits >> 31)
    }

    /// The least subnormal is 2^-149, which is 2^925 units.
    #[inline]
    fn position(exponent: usize) -> usize {
        exponent.saturating_sub(1) + 925
    }
}

/// `magnitude`, negated if `sign` is 1.
#[inline]
fn with_sign(magnitude: u64, sign: u64) -> i64 {
    let mask = -(sign as i64);
    (magnitude as i64 ^ mask) - mask
}
