//! Blocks split into levels: which kernel runs, by instruction set and type.

use crate::float::Binary;
use crate::simd::isa::{Instructions, Isa};
use crate::simd::vector::array;
#[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
use crate::simd::vector::neon;
#[cfg(target_arch = "x86_64")]
use crate::simd::vector::x86;
use crate::simd::window::{BLOCK, Levels, Window};

impl Isa {
    /// Adds a block up in as few levels as rounding to its type needs, which is
    /// [`Element::ROUNDING_LEVELS`]; nothing is known about what the lowest one
    /// rounds off but its bound.
    ///
    /// All of these must be called inside
    /// [`with_default_environment`](crate::simd::with_default_environment), with at most
    /// [`BLOCK`] values, with an instruction set that has kernels.
    pub(crate) fn unchecked_levels<T: Element>(self, block: &[T], window: Window) -> Levels {
        if T::ROUNDING_LEVELS == 1 {
            T::levels::<1, false>(self, block, window)
        } else {
            T::levels::<2, false>(self, block, window)
        }
    }

    /// Splits a block into this many levels, from 2 to [`MAX_LEVELS`](crate::simd::MAX_LEVELS), and says
    /// whether that was exact.
    pub(crate) fn checked_levels<T: Element>(
        self,
        levels: usize,
        block: &[T],
        window: Window,
    ) -> Levels {
        match levels {
            2 => T::levels::<2, true>(self, block, window),
            3 => T::levels::<3, true>(self, block, window),
            4 => T::levels::<4, true>(self, block, window),
            5 => T::levels::<5, true>(self, block, window),
            _ => T::levels::<6, true>(self, block, window),
        }
    }
}

/// A type of value that there are kernels for.
pub(crate) trait Element: Binary + Default {
    /// One level has 43 bits below the window's values: enough for the 24 of a
    /// float, and two levels for the 53 of a double.
    const ROUNDING_LEVELS: usize;

    /// Runs the kernel for an instruction set.
    fn levels<const LEVELS: usize, const CHECKED: bool>(
        isa: Isa,
        block: &[Self],
        window: Window,
    ) -> Levels;
}

macro_rules! element {
    ($type:ty, $unchecked_levels:literal) => {
        impl Element for $type {
            const ROUNDING_LEVELS: usize = $unchecked_levels;

            #[inline]
            fn levels<const LEVELS: usize, const CHECKED: bool>(
                isa: Isa,
                block: &[Self],
                window: Window,
            ) -> Levels {
                assert!(block.len() <= BLOCK);
                match isa.0 {
                    // SAFETY: there is such an `Isa` only where the processor
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
                    // SAFETY: as above.
                    #[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
                    Instructions::Neon => unsafe {
                        neon::neon::<Self, LEVELS, CHECKED>(block, window)
                    },
                    Instructions::Baseline => {
                        array::baseline::<Self, LEVELS, CHECKED>(block, window)
                    }
                    _ => unreachable!("no kernels for {window:?}, {LEVELS} levels, {CHECKED}"),
                }
            }
        }
    };
}

element!(f64, 2);
element!(f32, 1);
