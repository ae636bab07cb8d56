//! The kernel for sums of products, in two levels.
//!
//! The levels are those of the sums' kernels, but their binades are the window's
//! own: scaling could make a factor infinite or subnormal. So another certificate
//! is needed for totals that leave their binade: the OR of all differences from
//! where they began.
//!
//! A product has 106 bits, more than the rest that is handed down can hold: what
//! that loses is part of the bound on the result (`docs/exactness.md`, lemma 13).

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::*;

use crate::simd::isa::{Instructions, Isa};
#[cfg(target_arch = "x86_64")]
use crate::simd::vector::{Load, Vector};
#[cfg(target_arch = "x86_64")]
use crate::simd::window::{ADDITIONS, GAP};
use crate::simd::window::{BLOCK, Window};

/// Levels of the kernel.
const LEVELS: usize = 2;

/// What the kernel found in a block of pairs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProductLevels {
    /// The sum of each level in its unit.
    pub(crate) sums: [i64; LEVELS],
    /// All first totals stayed inside; if not, the sums mean nothing.
    pub(crate) inside: bool,
}

impl ProductLevels {
    /// What a block of `count` products may have lost, in units of the lower level:
    /// half a unit each, and less than 2^-10 of one for the rounding of the rest.
    pub(crate) fn bound(count: usize) -> i128 {
        (count.div_ceil(2) + count / 1024 + 1) as i128
    }
}

#[cfg(target_arch = "x86_64")]
impl Window {
    /// Where a level's totals begin, unscaled.
    fn bias(self, level: usize) -> f64 {
        let exponent = self.exponent - GAP * level as i32;
        // The sign, and the significand of 1.5.
        f64::from_bits(((exponent + 1023) as u64) << 52 | 1 << 63 | 1 << 51)
    }
}

#[cfg(target_arch = "x86_64")]
struct Totals<V, const SETS: usize> {
    levels: [[V; SETS]; LEVELS],
    /// The OR of all differences between a first total and where it began.
    moved: [V; 2],
}

#[cfg(target_arch = "x86_64")]
impl<V: Vector, const SETS: usize> Totals<V, SETS> {
    /// Adds a vector of products to one set.
    ///
    /// # Safety
    /// The processor has the vectors' instructions; `x` and `y` are valid for
    /// reading all lanes.
    #[inline(always)]
    unsafe fn add(&mut self, set: usize, bias: V, x: *const f64, y: *const f64)
    where
        f64: Load<V>,
    {
        // SAFETY: readable and supported, by the contract.
        unsafe {
            let (x, y) = (f64::load(x), f64::load(y));
            let total = self.levels[0][set];
            let next = x.multiply_add(y, total);
            self.moved[set % 2] = self.moved[set % 2].or_difference(next, bias);
            self.levels[0][set] = next;
            let rest = x.multiply_subtract(y, next.subtract(total));
            self.levels[1][set] = self.levels[1][set].add(rest);
            V::separate_sets();
        }
    }
}

/// # Safety
/// The processor has the vectors' instructions. (The environment is the default
/// one, or the result is only wrong.)
#[cfg(target_arch = "x86_64")]
#[inline(always)]
unsafe fn split<V: Vector, const SETS: usize>(x: &[f64], y: &[f64], window: Window) -> ProductLevels
where
    f64: Load<V>,
{
    const { assert!(BLOCK.div_ceil(SETS * V::LANES) <= ADDITIONS) };
    let lanes = SETS * V::LANES;
    // SAFETY: the processor has the instructions, by the contract; each pointer
    // leads to `V::LANES` values: a chunk's, or the padded ones.
    unsafe {
        let biases = [window.bias(0), window.bias(1)].map(|bias| V::splat(bias));
        let mut totals = Totals::<V, SETS> {
            levels: biases.map(|bias| [bias; SETS]),
            moved: [V::splat(0.0); 2],
        };
        let (mut x_chunks, mut y_chunks) = (x.chunks_exact(lanes), y.chunks_exact(lanes));
        for (x, y) in (&mut x_chunks).zip(&mut y_chunks) {
            for set in 0..SETS {
                let at = set * V::LANES;
                totals.add(set, biases[0], x.as_ptr().add(at), y.as_ptr().add(at));
            }
        }
        // Sets are named by constants all over, or they would live in memory.
        let (mut x, mut y) = (x_chunks.remainder(), y_chunks.remainder());
        for set in 0..SETS {
            if let (Some(x_parts), Some(y_parts)) =
                (x.split_at_checked(V::LANES), y.split_at_checked(V::LANES))
            {
                totals.add(set, biases[0], x_parts.0.as_ptr(), y_parts.0.as_ptr());
                (x, y) = (x_parts.1, y_parts.1);
            }
        }
        if !x.is_empty() {
            let mut padded = [[0.0; 8]; 2];
            padded[0][..x.len()].copy_from_slice(x);
            padded[1][..y.len()].copy_from_slice(y);
            totals.add(SETS - 1, biases[0], padded[0].as_ptr(), padded[1].as_ptr());
        }

        let sums = std::array::from_fn(|level| {
            let mut moved = V::splat(0.0);
            for total in totals.levels[level] {
                moved = moved.add_integers(total.subtract_integers(biases[level]));
            }
            // Totals are negative: larger bits are a smaller number.
            let moved = moved.bits();
            moved
                .iter()
                .fold(0, |sum: i64, bits| sum.wrapping_sub(*bits as i64))
        });
        let moved = totals.moved[0].or(totals.moved[1]).bits();
        ProductLevels {
            sums,
            inside: moved.iter().all(|bits| bits >> 52 == 0),
        }
    }
}

/// The greatest of the rounded products' bits, without their signs.
#[inline(always)]
fn greatest(x: &[f64], y: &[f64]) -> u64 {
    let products = x.iter().zip(y).map(|(x, y)| (x * y).to_bits() << 1 >> 1);
    products.fold(0, |greatest, bits| greatest.max(bits))
}

impl Isa {
    /// Adds a block's products up in two levels.
    ///
    /// Both this and [`Isa::greatest_product`] are to be called as the kernels
    /// for sums are, and with an instruction set that has kernels.
    pub(crate) fn product_levels(self, x: &[f64], y: &[f64], window: Window) -> ProductLevels {
        assert!(x.len() == y.len() && x.len() <= BLOCK);
        #[cfg(target_arch = "x86_64")]
        #[inline(never)]
        #[target_feature(enable = "avx2,fma")]
        fn avx2(x: &[f64], y: &[f64], window: Window) -> ProductLevels {
            // SAFETY: the instructions are enabled here.
            unsafe { split::<__m256d, 4>(x, y, window) }
        }
        #[cfg(target_arch = "x86_64")]
        #[inline(never)]
        #[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl")]
        fn avx512(x: &[f64], y: &[f64], window: Window) -> ProductLevels {
            // SAFETY: the instructions are enabled here.
            unsafe { split::<__m512d, 8>(x, y, window) }
        }
        match self.0 {
            // SAFETY: there is such an `Isa` only where the processor has the
            // instructions.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => unsafe { avx512(x, y, window) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => unsafe { avx2(x, y, window) },
            Instructions::Portable => unreachable!("no kernel for {window:?}"),
        }
    }

    /// The bits of the largest product, rounded and without its sign. NaN is
    /// larger than an infinity, which is larger than all else.
    pub(crate) fn greatest_product(self, x: &[f64], y: &[f64]) -> u64 {
        #[cfg(target_arch = "x86_64")]
        #[inline(never)]
        #[target_feature(enable = "avx2,fma")]
        fn avx2(x: &[f64], y: &[f64]) -> u64 {
            greatest(x, y)
        }
        #[cfg(target_arch = "x86_64")]
        #[inline(never)]
        #[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl")]
        fn avx512(x: &[f64], y: &[f64]) -> u64 {
            greatest(x, y)
        }
        match self.0 {
            // SAFETY: there is such an `Isa` only where the processor has the
            // instructions.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => unsafe { avx512(x, y) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => unsafe { avx2(x, y) },
            Instructions::Portable => greatest(x, y),
        }
    }
}
