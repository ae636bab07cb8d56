//! The largest exponent of a block: a plain loop, compiled once for each set
//! of instructions.

use crate::float::Binary;
use crate::simd::isa::{Instructions, Isa};

#[inline(always)]
fn highest<T: Binary>(values: &[T]) -> usize {
    // Without its sign bit a float's bits grow with its size.
    let mut largest = 0;
    for value in values {
        largest = largest.max((value.bits() & !T::SIGN) as i64);
    }
    T::exponent(largest as u64)
}

impl Isa {
    /// The largest exponent field among the values; 0 if there are none.
    pub(crate) fn highest_exponent<T: Binary>(self, values: &[T]) -> usize {
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx2")]
        fn avx2<T: Binary>(values: &[T]) -> usize {
            highest(values)
        }
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl")]
        fn avx512<T: Binary>(values: &[T]) -> usize {
            highest(values)
        }
        match self.0 {
            // SAFETY: there is such an `Isa` only where the processor has the
            // instructions.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => unsafe { avx512(values) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => unsafe { avx2(values) },
            Instructions::Portable => highest(values),
        }
    }
}
