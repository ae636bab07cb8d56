//! Floats as doubles: a plain loop on their bits, compiled once for each set of
//! instructions.

use crate::float::widen;
use crate::simd::isa::{Instructions, Isa};

impl Isa {
    /// The doubles of the same values, into as many places; see [`widen`].
    pub(crate) fn widen(self, values: &[f32], wide: &mut [f64]) {
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx2")]
        fn avx2(values: &[f32], wide: &mut [f64]) {
            widen(values, wide);
        }
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl")]
        fn avx512(values: &[f32], wide: &mut [f64]) {
            widen(values, wide);
        }
        match self.0 {
            // SAFETY: there is such an `Isa` only where the processor has the
            // instructions.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => unsafe { avx512(values, wide) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => unsafe { avx2(values, wide) },
            Instructions::Portable => widen(values, wide),
        }
    }
}
