//! Blocks split into levels: which kernel runs, by instruction set and type.

use crate::float::Binary;
use crate::simd::isa::{Instructions, Isa};
use crate::simd::window::{BLOCK, Levels, Window};
#[cfg(target_arch = "x86_64")]
use crate::simd::x86;

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
