//! Vectors as plain arrays, for the instructions that the compiler may use anyway, and
//! the kernel compiled for them.
//!
//! Not all of these processors can fuse a multiplication with an addition: sums do
//! without, and products are left to integers where they cannot.

#![allow(
    unsafe_op_in_unsafe_fn,
    reason = "the contract of `vector` is the whole of each method's safety"
)]

use std::array::from_fn;

use crate::simd::kernel::split_in_parts;
use crate::simd::vector::{Fused, Load, MAX_LANES, Vector};
use crate::simd::window::{Levels, Window};

/// Vectors of as many doubles as a register holds.
pub(in crate::simd) type Baseline = [f64; LANES];
const LANES: usize = if cfg!(any(
    target_arch = "x86",
    target_arch = "x86_64",
    target_feature = "simd128"
)) {
    2
} else {
    1
};

/// So few sets that sixteen registers hold two levels of them.
pub(in crate::simd) const PARTS: usize = 4;
pub(in crate::simd) const SETS: usize = 4 / LANES;

macro_rules! fused {
    ($($where:meta),* $(,)?) => {
        /// Whether a multiplication can be fused with an addition, by one instruction.
        pub(in crate::simd) const FUSED: bool = cfg!(any($($where),*));

        #[cfg(any($($where),*))]
        #[inline(always)]
        fn multiply_add(x: f64, y: f64, term: f64) -> f64 {
            x.mul_add(y, term)
        }

        /// Never called: the C library's function is slow.
        #[cfg(not(any($($where),*)))]
        fn multiply_add(_: f64, _: f64, _: f64) -> f64 {
            unreachable!("no fused multiplication")
        }
    };
}

fused! {
    all(target_arch = "aarch64", not(target_abi = "softfloat")),
    all(target_arch = "riscv64", target_family = "unix"),
    all(target_arch = "s390x", not(target_abi = "softfloat")),
    all(any(target_arch = "x86", target_arch = "x86_64"), target_feature = "fma"),
}

#[inline(always)]
fn of_bits<const N: usize>(bits: impl Fn(usize) -> u64) -> [f64; N] {
    from_fn(|lane| f64::from_bits(bits(lane)))
}

impl<const N: usize> Vector for [f64; N] {
    const LANES: usize = N;
    #[inline(always)]
    unsafe fn splat(value: f64) -> Self {
        [value; N]
    }
    #[inline(always)]
    unsafe fn scaled_add(self, scale: Self, term: Self) -> Self {
        from_fn(|lane| self[lane] * scale[lane] + term[lane])
    }
    #[inline(always)]
    unsafe fn scaled_subtract(self, scale: Self, term: Self) -> Self {
        from_fn(|lane| self[lane] * scale[lane] - term[lane])
    }
    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        from_fn(|lane| self[lane] + other[lane])
    }
    #[inline(always)]
    unsafe fn subtract(self, other: Self) -> Self {
        from_fn(|lane| self[lane] - other[lane])
    }
    #[inline(always)]
    unsafe fn and(self, other: Self) -> Self {
        of_bits(|lane| self[lane].to_bits() & other[lane].to_bits())
    }
    #[inline(always)]
    unsafe fn or(self, other: Self) -> Self {
        of_bits(|lane| self[lane].to_bits() | other[lane].to_bits())
    }
    #[inline(always)]
    unsafe fn or_difference(self, a: Self, b: Self) -> Self {
        of_bits(|lane| self[lane].to_bits() | (a[lane].to_bits() ^ b[lane].to_bits()))
    }
    // Both may have to be moved, to be integers; their difference is one.
    #[inline(always)]
    unsafe fn or_missed(self, rest: Self, taken: Self) -> Self {
        self.or(rest.subtract(taken))
    }
    #[inline(always)]
    unsafe fn add_integers(self, other: Self) -> Self {
        of_bits(|lane| self[lane].to_bits().wrapping_add(other[lane].to_bits()))
    }
    #[inline(always)]
    unsafe fn subtract_integers(self, other: Self) -> Self {
        of_bits(|lane| self[lane].to_bits().wrapping_sub(other[lane].to_bits()))
    }
    #[inline(always)]
    unsafe fn bits(self) -> [u64; MAX_LANES] {
        from_fn(|lane| self.get(lane).map_or(0, |value| value.to_bits()))
    }
    #[inline(always)]
    unsafe fn separate_sets(_: [&mut Self; 2]) {}
}

impl<const N: usize> Fused for [f64; N] {
    #[inline(always)]
    unsafe fn multiply_add(self, factor: Self, term: Self) -> Self {
        from_fn(|lane| multiply_add(self[lane], factor[lane], term[lane]))
    }
    #[inline(always)]
    unsafe fn multiply_from(self, factor: Self, term: Self) -> Self {
        from_fn(|lane| multiply_add(-self[lane], factor[lane], term[lane]))
    }
    #[inline(always)]
    unsafe fn multiply(self, factor: Self) -> Self {
        from_fn(|lane| self[lane] * factor[lane])
    }
}

impl<const N: usize> Load<[f64; N]> for f64 {
    #[inline(always)]
    unsafe fn load(from: *const f64) -> [f64; N] {
        from.cast::<[f64; N]>().read()
    }
}

impl<const N: usize> Load<[f64; N]> for f32 {
    #[inline(always)]
    unsafe fn load(from: *const f32) -> [f64; N] {
        from.cast::<[f32; N]>().read().map(f64::from)
    }
}

/// The kernel for sums.
#[inline(never)]
pub(in crate::simd) fn baseline<T: Load<Baseline>, const LEVELS: usize, const CHECKED: bool>(
    block: &[T],
    window: Window,
) -> Levels {
    // SAFETY: any processor has the instructions.
    unsafe { split_in_parts::<Baseline, T, PARTS, SETS, 1, LEVELS, CHECKED>(block, window) }
}
