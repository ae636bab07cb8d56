//! Vector kernels: a block of values split into levels, without a rounding that
//! goes unseen.
//!
//! A window is a power of two, 2^`exponent`, well above all the values. Take it
//! for 1: then a kernel adds each value to a running total that begins at -1.5.
//! While a total stays in (-2, -1] its unit is 2^-52, so that what an addition
//! rounds off is known exactly and is at most 2^-53; it goes to a second total,
//! which begins at -1.5·2^-44 and so has the unit 2^-96, and from there to a
//! third with the unit 2^-140. Since a total's unit is fixed, the bits that it
//! has moved by are an integer: the sum of its level.
//!
//! Values are scaled to the window by a power of two, within a fused
//! multiplication that rounds only the result. Small windows are scaled up to 1.
//! Large ones are scaled up to 2^1023: a scale below 1 could make the smallest
//! numbers vanish.
//!
//! What a kernel proves, and how, is in `docs/exactness.md`. In short:
//!
//! - `inside`: no first total left its binade. The AND of all of them keeps sign
//!   and exponent if each has them. For the fields of -1 and -2^1023 and no
//!   others but infinity and NaN have more bits set; those stay to the end.
//! - Lower totals cannot leave their binade: at most [`ADDITIONS`] rests of at
//!   most half a unit are added to each.
//! - `exact` (checked kernels only): each rest was found again in the lowest
//!   total. Otherwise each addition there rounds off at most half a unit.
//!
//! This folder is the one place in the crate with `unsafe` code.

#![allow(unsafe_code)]

mod bins;
mod dot;
mod exponents;
mod fpenv;
mod integers;
mod two_product;
#[cfg(target_arch = "x86_64")]
mod vector;
#[cfg(target_arch = "x86_64")]
mod x86;

#[cfg(target_arch = "x86_64")]
use std::sync::atomic::{AtomicU8, Ordering};

pub(crate) use bins::KEPT;
pub(crate) use dot::ProductLevels;
pub(crate) use fpenv::with_default_environment;
pub(crate) use integers::{BLOCK_I32, BLOCK_I64, sum_block_i32, sum_block_i64, sum_block_u64};
pub(crate) use two_product::{PAIRS, Parts};

/// The most values in a block.
pub(crate) const BLOCK: usize = 4096;

/// The most additions to one total in a block.
const ADDITIONS: usize = 256;

/// Values are below 2^(`exponent` - `HEADROOM`), so that all additions to a total
/// stay within the half binade that it has to each side.
const HEADROOM: i32 = 1 + ADDITIONS.ilog2() as i32;

/// The exponent of the first level's unit, in a window of exponent 0.
const FIRST_UNIT: i32 = -52;

/// How far each level's unit lies below the one before: [`ADDITIONS`] halves of
/// a unit then fill half a binade of the next total.
const GAP: i32 = 44;

/// Levels that a kernel can have.
pub(crate) const MOST_LEVELS: usize = 3;

/// Windows reach from where the lowest unit is 2^-1074 to where no value can be
/// scaled down.
const LOWEST: i32 = -1074 - FIRST_UNIT + GAP * (MOST_LEVELS as i32 - 1);
const HIGHEST: i32 = 1023;

/// A scale for values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    exponent: i32,
}

impl Window {
    /// The window for values below 2^`top` in size, or the nearest there is.
    pub(crate) fn for_values_below(top: i32) -> Self {
        Self {
            exponent: (top + HEADROOM).clamp(LOWEST, HIGHEST),
        }
    }

    /// The exponent of a level's unit.
    pub(crate) fn unit(self, level: usize) -> i32 {
        self.exponent + FIRST_UNIT - GAP * level as i32
    }

    /// How many bits a level's unit lies above that of the level below it.
    pub(crate) const LEVEL_BITS: u32 = GAP as u32;
}

/// What a kernel found in a block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Levels {
    /// The sum of each level in its unit.
    pub(crate) sums: [i64; MOST_LEVELS],
    /// All first totals stayed inside; if not, the sums mean nothing.
    pub(crate) inside: bool,
    /// Nothing was rounded off. Never set by an unchecked kernel.
    pub(crate) exact: bool,
    /// There are negative zeros. Known where `exact` is set.
    pub(crate) negative_zeros: bool,
}

/// A set of instructions that kernels are compiled for, and that this processor
/// has: there is no other way to come by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Engine(Instructions);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Instructions {
    /// No vector kernels: integer arithmetic that runs anywhere.
    Portable,
    /// AVX2 and FMA.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX-512 F, DQ, BW and VL.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Engine {
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
        self != Self::PORTABLE
    }

    /// Adds a block up in as few levels as rounding to its type needs, which is
    /// [`Element::ENOUGH_LEVELS`]; nothing is known about what the lowest one
    /// rounds off but its bound.
    ///
    /// All of these must be called inside [`with_default_environment`], with at
    /// most [`BLOCK`] values, on an engine that has kernels.
    pub(crate) fn enough_levels<T: Element>(self, block: &[T], window: Window) -> Levels {
        if T::ENOUGH_LEVELS == 1 {
            T::levels::<1, false>(self, block, window)
        } else {
            T::levels::<2, false>(self, block, window)
        }
    }

    /// Splits a block into two levels, and says whether that was exact.
    pub(crate) fn two_levels_checked<T: Element>(self, block: &[T], window: Window) -> Levels {
        T::levels::<2, true>(self, block, window)
    }

    /// Splits a block into three levels, and says whether that was exact.
    pub(crate) fn three_levels_checked<T: Element>(self, block: &[T], window: Window) -> Levels {
        T::levels::<3, true>(self, block, window)
    }
}

/// A type of value that there are kernels for.
pub(crate) trait Element: super::float::Binary + Default {
    /// One level has 43 bits below the window's values: enough for the 24 of a
    /// float, and two levels for the 53 of a double.
    const ENOUGH_LEVELS: usize;

    /// Runs the kernel for an engine.
    fn levels<const LEVELS: usize, const CHECKED: bool>(
        engine: Engine,
        block: &[Self],
        window: Window,
    ) -> Levels;
}

macro_rules! element {
    ($type:ty, $enough_levels:literal) => {
        impl Element for $type {
            const ENOUGH_LEVELS: usize = $enough_levels;

            #[inline]
            fn levels<const LEVELS: usize, const CHECKED: bool>(
                engine: Engine,
                block: &[Self],
                window: Window,
            ) -> Levels {
                assert!(block.len() <= BLOCK);
                match engine.0 {
                    // SAFETY: there is such an engine only where the processor
                    // has the instructions.
                    #[cfg(target_arch = "x86_64")]
                    Instructions::Avx512 => unsafe {
                        x86::avx512::<Self, LEVELS, CHECKED>(block, window)
                    },
                    // SAFETY: as above.
                    #[cfg(target_arch = "x86_64")]
                    Instructions::Avx2 => unsafe {
                        x86::avx2::<Self, LEVELS, CHECKED>(block, window)
                    },
                    Instructions::Portable => {
                        unreachable!("no kernels for {window:?}, {LEVELS} levels, {CHECKED}")
                    }
                }
            }
        }
    };
}

element!(f64, 2);
element!(f32, 1);

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
