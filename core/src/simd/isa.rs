//! Instruction sets, and which of them this processor has.

use super::fpenv::GUARDED;
use super::vector::array::FUSED;

#[cfg(target_arch = "x86_64")]
use std::sync::atomic::{AtomicU8, Ordering};

/// A set of instructions that kernels are compiled for, and that this processor
/// has: there is no other way to come by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Isa(pub(super) Instructions);

/// The number of the best one, or 0 as long as nobody asked.
#[cfg(target_arch = "x86_64")]
static BEST: AtomicU8 = AtomicU8::new(0);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Instructions {
    /// No vector kernels: integer arithmetic that runs anywhere.
    Portable,
    /// Kernels of the instructions that the compiler may use anyway.
    Baseline,
    /// NEON, which is a part of nearly all 64-bit ARM.
    #[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
    Neon,
    /// AVX2, FMA, BMI1, BMI2 and LZCNT.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX-512 F, DQ, BW and VL, and BMI1, BMI2 and LZCNT.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

/// Runs a plain loop, a function of this name that is always inlined, compiled once for
/// each set of instructions.
///
/// None of these is inlined where it is called: see `with_default_environment`, which
/// those that compute with floats rely on.
macro_rules! compiled {
    ($isa:expr, [$($generics:tt)*] $loop:ident($($argument:ident: $type:ty),*) -> $result:ty) => {{
        #[cfg(target_arch = "x86_64")]
        #[inline(never)]
        #[target_feature(enable = "avx2,fma,bmi1,bmi2,lzcnt")]
        fn avx2<$($generics)*>($($argument: $type),*) -> $result {
            $loop($($argument),*)
        }
        #[cfg(target_arch = "x86_64")]
        #[inline(never)]
        #[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,bmi1,bmi2,lzcnt")]
        fn avx512<$($generics)*>($($argument: $type),*) -> $result {
            $loop($($argument),*)
        }
        #[inline(never)]
        fn baseline<$($generics)*>($($argument: $type),*) -> $result {
            $loop($($argument),*)
        }
        match $isa.0 {
            // SAFETY: there is such an `Isa` only where the processor has the
            // instructions.
            #[cfg(target_arch = "x86_64")]
            $crate::simd::isa::Instructions::Avx512 => unsafe { avx512($($argument),*) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            $crate::simd::isa::Instructions::Avx2 => unsafe { avx2($($argument),*) },
            _ => baseline($($argument),*),
        }
    }};
}
pub(super) use compiled;

impl Isa {
    /// Runs anywhere.
    pub const PORTABLE: Self = Self(Instructions::Portable);

    /// The fastest one that this processor has.
    #[inline]
    pub fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            // Asked for on each call, so the answer is kept; threads that ask
            // at once find the same.
            match BEST.load(Ordering::Relaxed) {
                4 => Self(Instructions::Avx512),
                3 => Self(Instructions::Avx2),
                2 => Self(Instructions::Baseline),
                1 => Self(Instructions::Portable),
                _ => {
                    let best = Self::last();
                    best.make_best();
                    best
                }
            }
        }
        #[cfg(not(target_arch = "x86_64"))]
        Self::last()
    }

    /// Has [`Isa::best`] give this one from now on, in the whole process, and says whether
    /// it does: so that tests can run on each of them what is always run on the best one.
    #[doc(hidden)]
    pub fn make_best(self) -> bool {
        #[cfg(target_arch = "x86_64")]
        {
            let number = match self.0 {
                Instructions::Portable => 1,
                Instructions::Baseline => 2,
                Instructions::Avx2 => 3,
                Instructions::Avx512 => 4,
            };
            BEST.store(number, Ordering::Relaxed);
            true
        }
        #[cfg(not(target_arch = "x86_64"))]
        {
            self == Self::last()
        }
    }

    #[inline]
    fn last() -> Self {
        Self::available().last().unwrap_or(Self::PORTABLE)
    }

    /// All that this processor has, the portable one first, the fastest one last.
    #[inline]
    pub fn available() -> impl Iterator<Item = Self> {
        [
            Some(Self::PORTABLE),
            GUARDED.then_some(Self(Instructions::Baseline)),
            #[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
            GUARDED.then_some(Self(Instructions::Neon)),
            #[cfg(target_arch = "x86_64")]
            has_avx2().then_some(Self(Instructions::Avx2)),
            #[cfg(target_arch = "x86_64")]
            has_avx512().then_some(Self(Instructions::Avx512)),
        ]
        .into_iter()
        .flatten()
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self.0 {
            Instructions::Portable => "portable",
            Instructions::Baseline => "baseline",
            #[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
            Instructions::Neon => "NEON",
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => "AVX2",
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => "AVX-512",
        }
    }

    /// Whether there are kernels for sums.
    #[inline]
    pub(crate) fn has_kernels(self) -> bool {
        GUARDED && self != Self::PORTABLE
    }

    /// Whether there are kernels for products too, which are fused with additions.
    #[inline]
    pub(crate) fn has_product_kernels(self) -> bool {
        self.has_kernels() && (FUSED || self.0 != Instructions::Baseline)
    }
}

#[cfg(target_arch = "x86_64")]
#[inline]
fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") && has_bmi()
}

#[cfg(target_arch = "x86_64")]
#[inline]
fn has_bmi() -> bool {
    is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2")
        && is_x86_feature_detected!("lzcnt")
}

#[cfg(target_arch = "x86_64")]
#[inline]
fn has_avx512() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vl")
        && has_bmi()
}
