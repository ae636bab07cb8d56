//! The largest and the least exponent of a block: plain loops, compiled once for each
//! set of instructions.

use crate::float::Binary;
use crate::simd::isa::{Isa, compiled};

/// The exponent fields that values have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exponents {
    /// The least one, zeros apart: that of a subnormal is 0, and that of no values, or
    /// of zeros alone, above all others.
    pub(crate) lowest: usize,
    /// The largest one; 0 if there are no values.
    pub(crate) highest: usize,
    /// There are zeros.
    pub(crate) zeros: bool,
}

impl Exponents {
    #[inline(always)]
    pub(crate) fn of<T: Binary>(values: impl Iterator<Item = T>) -> Self {
        // Without its sign bit a float's bits grow with its size. A zero less 1 is
        // above all else.
        let (mut largest, mut least, mut smallest) = (0_u64, u64::MAX, u64::MAX);
        for value in values {
            let size = value.bits() & !T::SIGN;
            largest = largest.max(size);
            least = least.min(size.wrapping_sub(1));
            smallest = smallest.min(size);
        }
        Exponents {
            lowest: match least.wrapping_add(1) {
                0 => usize::MAX,
                least => T::exponent(least),
            },
            highest: T::exponent(largest),
            zeros: smallest == 0,
        }
    }
}

impl Isa {
    /// The exponent fields among the values.
    pub(crate) fn exponents<T: Binary>(self, values: &[T]) -> Exponents {
        #[inline(always)]
        fn of<T: Binary>(values: &[T]) -> Exponents {
            Exponents::of(values.iter().copied())
        }
        compiled!(self, [T: Binary] of(values: &[T]) -> Exponents)
    }
}
