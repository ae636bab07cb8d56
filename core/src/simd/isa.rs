//! Instruction sets, and which of them this processor has.

use super::fpenv::GUARDED;

#[cfg(target_arch = "x86_64")]
use std::sync::atomic::{AtomicU8, Ordering};

/// A set of instructions that kernels are compiled for, and that this processor
/// has: there is no other way to come by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Isa(pub(super) Instructions);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Instructions {
    /// No vector kernels: integer arithmetic that runs anywhere.
    Portable,
    /// AVX2 and FMA.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX-512 F, DQ, BW and VL.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

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
            static BEST: AtomicU8 = AtomicU8::new(0);
            match BEST.load(Ordering::Relaxed) {
                3 => Self(Instructions::Avx512),
                2 => Self(Instructions::Avx2),
                1 => Self::PORTABLE,
                _ => {
                    let best = Self::available().last().unwrap_or(Self::PORTABLE);
                    let number = match best.0 {
                        Instructions::Portable => 1,
                        Instructions::Avx2 => 2,
                        Instructions::Avx512 => 3,
                    };
                    BEST.store(number, Ordering::Relaxed);
                    best
                }
            }
        }
        #[cfg(not(target_arch = "x86_64"))]
        Self::PORTABLE
    }

    /// All that this processor has, the portable one first.
    pub fn available() -> impl Iterator<Item = Self> {
        [
            Some(Self::PORTABLE),
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
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => "AVX2",
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => "AVX-512",
        }
    }

    /// Whether there are vector kernels.
    #[inline]
    pub(crate) fn has_kernels(self) -> bool {
        GUARDED && self != Self::PORTABLE
    }
}

#[cfg(target_arch = "x86_64")]
#[inline]
fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")
}

#[cfg(target_arch = "x86_64")]
#[inline]
fn has_avx512() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vl")
}
