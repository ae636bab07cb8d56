//! Element types for which Rust has no numbers, and the traits of all element types.

/// A half-precision float (IEEE 754 binary16), as its bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(transparent)]
pub struct F16(u16);

/// A bfloat16, the upper half of a `f32`, as its bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(transparent)]
pub struct Bf16(u16);

/// A truth value in a byte: 1 unless the byte is 0.
#[derive(Clone, Copy, Debug, Default)]
#[repr(transparent)]
pub struct Bool(u8);

impl F16 {
    /// The number with these bits.
    pub const fn from_bits(bits: u16) -> Self {
        F16(bits)
    }

    /// Its bits.
    pub const fn to_bits(self) -> u16 {
        self.0
    }

    /// The same number as a `f32`, converted by its bits, independently of the
    /// floating-point environment.
    #[inline(always)]
    pub fn to_f32(self) -> f32 {
        if self.is_subnormal() {
            return self.subnormal_to_f32();
        }
        self.to_f32_unless_subnormal()
    }

    // Out of line: where a vector's lanes are shifted by different numbers, compilers may
    // convert from floating point, which depends on the environment.
    #[cold]
    #[inline(never)]
    fn subnormal_to_f32(self) -> f32 {
        // `size`·2^-24, whose highest bit becomes the hidden one.
        let size = u32::from(self.0 & 0x7fff);
        let highest = size.ilog2();
        let fraction = (size << (23 - highest)) & 0x007f_ffff;
        f32::from_bits(self.sign() | ((highest + 103) << 23) | fraction)
    }

    #[inline(always)]
    pub(crate) fn is_subnormal(self) -> bool {
        (self.0 & 0x7fff).wrapping_sub(1) < 0x03ff
    }

    #[inline(always)]
    pub(crate) fn to_f32_unless_subnormal(self) -> f32 {
        /// What the exponents' biases differ by.
        const REBIAS: u32 = 127 - 15;
        let size = u32::from(self.0 & 0x7fff);
        let rebias = match size {
            0 => 0,
            0x7c00.. => 2 * REBIAS,
            _ => REBIAS,
        };
        f32::from_bits(self.sign() | ((size << 13) + (rebias << 23)))
    }

    /// The same as [`F16::to_f32`], in the default environment: without a branch, but by a
    /// subtraction.
    #[inline(always)]
    pub(crate) fn to_f32_by_subtraction(self) -> f32 {
        /// The least normal number, 2^-14. A subnormal one is that much less than one with
        /// the same fraction and a hidden bit.
        const LEAST: u32 = (127 - 14) << 23;
        let fraction = u32::from(self.0 & 0x03ff);
        let subnormal = f32::from_bits(LEAST | fraction << 13) - f32::from_bits(LEAST);
        match self.0 & 0x7c00 {
            0 => f32::from_bits(self.sign() | subnormal.to_bits()),
            _ => self.to_f32_unless_subnormal(),
        }
    }

    #[inline(always)]
    fn sign(self) -> u32 {
        u32::from(self.0 & 0x8000) << 16
    }
}

impl Bf16 {
    /// The number with these bits.
    pub const fn from_bits(bits: u16) -> Self {
        Bf16(bits)
    }

    /// Its bits.
    pub const fn to_bits(self) -> u16 {
        self.0
    }

    /// The same number as a `f32`.
    #[inline(always)]
    pub const fn to_f32(self) -> f32 {
        f32::from_bits((self.0 as u32) << 16)
    }
}

impl Bool {
    /// The truth value of a byte.
    pub const fn from_byte(byte: u8) -> Self {
        Bool(byte)
    }

    /// 1 or 0.
    #[inline(always)]
    pub const fn number(self) -> u8 {
        (self.0 != 0) as u8
    }
}

impl PartialEq for Bool {
    fn eq(&self, other: &Self) -> bool {
        self.number() == other.number()
    }
}

impl Eq for Bool {}

impl From<bool> for Bool {
    fn from(value: bool) -> Self {
        Bool(value.into())
    }
}

/// A type that may have values which are not numbers.
pub(crate) trait MaybeNan: Copy + Default {
    /// There are such values.
    const HAS_NAN: bool;

    /// Whether this is one of them.
    fn is_nan(self) -> bool;

    /// Whether some of these are: without a branch for each.
    fn any_is_nan(values: &[Self]) -> bool;
}

/// Rows of [`MaybeNan`]: floats, integers of their size, the bits without the sign, and those
/// of infinity.
macro_rules! floats {
    ($($type:ty: $integer:ty, $size:literal, $infinity:literal;)+) => {$(
        impl MaybeNan for $type {
            const HAS_NAN: bool = true;

            #[inline(always)]
            fn is_nan(self) -> bool {
                self.to_bits() & $size > $infinity
            }

            #[inline(always)]
            fn any_is_nan(values: &[Self]) -> bool {
                // Below zero where a size is above infinity's.
                let differences = values
                    .iter()
                    .map(|value| $infinity - (value.to_bits() & $size) as $integer);
                differences.fold(0, |all: $integer, one| all | one) < 0
            }
        }
    )+};
}

floats! {
    f64: i64, 0x7fff_ffff_ffff_ffff, 0x7ff0_0000_0000_0000;
    f32: i32, 0x7fff_ffff, 0x7f80_0000;
    F16: i16, 0x7fff, 0x7c00;
    Bf16: i16, 0x7fff, 0x7f80;
}

macro_rules! integers {
    ($($type:ty),+) => {$(
        impl MaybeNan for $type {
            const HAS_NAN: bool = false;

            #[inline(always)]
            fn is_nan(self) -> bool {
                false
            }

            #[inline(always)]
            fn any_is_nan(_values: &[Self]) -> bool {
                false
            }
        }
    )+};
}

integers!(i8, i16, i32, i64, u8, u16, u32, u64, Bool);

#[cfg(test)]
mod tests {
    use super::*;

    /// By the definition of the formats, in the processor's doubles.
    fn value(bits: u16, exponent_bits: i32) -> f64 {
        let fraction_bits = 15 - exponent_bits;
        let fraction = f64::from(bits & ((1 << fraction_bits) - 1));
        let field = i32::from(bits & 0x7fff) >> fraction_bits;
        let top = (1 << exponent_bits) - 1;
        let bias = top / 2;
        let size = if field == top {
            if fraction == 0.0 {
                f64::INFINITY
            } else {
                f64::NAN
            }
        } else {
            let hidden = if field == 0 {
                0.0
            } else {
                f64::from(1 << fraction_bits)
            };
            (fraction + hidden) * 2.0_f64.powi(field.max(1) - bias - fraction_bits)
        };
        if bits >> 15 == 1 { -size } else { size }
    }

    #[test]
    fn every_half_is_the_float_that_its_bits_say() {
        for bits in 0..=u16::MAX {
            let pairs = [
                (F16(bits).to_f32(), F16(bits).is_nan(), value(bits, 5)),
                (Bf16(bits).to_f32(), Bf16(bits).is_nan(), value(bits, 8)),
            ];
            let any = [F16::any_is_nan(&[F16(0), F16(bits)]), F16(bits).is_nan()];
            assert_eq!(any[0], any[1], "{bits:#x}");
            let any = [Bf16::any_is_nan(&[Bf16(bits)]), Bf16(bits).is_nan()];
            assert_eq!(any[0], any[1], "{bits:#x}");
            let by_subtraction = F16(bits).to_f32_by_subtraction();
            assert!(by_subtraction.to_bits() == pairs[0].0.to_bits());
            for (float, is_nan, expected) in pairs {
                assert_eq!(MaybeNan::is_nan(float), is_nan, "{bits:#x}");
                let same = f64::from(float).to_bits() == expected.to_bits();
                assert!(same || expected.is_nan() && float.is_nan(), "{bits:#x}");
                assert_eq!(is_nan, expected.is_nan(), "{bits:#x}");
            }
        }
    }
}
