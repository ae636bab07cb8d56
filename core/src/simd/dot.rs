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
use std::arch::x86_64::{__m256d, __m512d};

#[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
use std::arch::aarch64::float64x2_t;

use crate::simd::isa::{Instructions, Isa, compiled};
use crate::simd::vector::array::{self, FUSED};
use crate::simd::vector::{Fused, Load, MAX_LANES};
use crate::simd::window::{ADDITIONS, BLOCK, Window};

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

struct Totals<V, const SETS: usize> {
    bias: V,
    levels: [[V; SETS]; LEVELS],
    /// The OR of all differences between a first total and where it began.
    moved: [V; 2],
}

impl<V: Fused, const SETS: usize> Totals<V, SETS> {
    /// Adds a vector of products to one set.
    ///
    /// # Safety
    /// The processor has the vectors' instructions; `x` and `y` are valid for
    /// reading all lanes.
    #[inline(always)]
    unsafe fn add(&mut self, set: usize, x: *const f64, y: *const f64)
    where
        f64: Load<V>,
    {
        // SAFETY: readable and supported, by the contract.
        unsafe {
            let (x, y) = (f64::load(x), f64::load(y));
            let total = self.levels[0][set];
            let next = x.multiply_add(y, total);
            self.moved[set % 2] = self.moved[set % 2].or_difference(next, self.bias);
            self.levels[0][set] = next;
            // The same as subtracting what the total took, but for the sign of a zero.
            let rest = x.multiply_add(y, total.subtract(next));
            self.levels[1][set] = self.levels[1][set].add(rest);
            V::separate_sets([&mut self.bias, &mut self.moved[set % 2]]);
            V::separate_sets([&mut self.bias, &mut self.levels[1][set]]);
        }
    }
}

/// Splits a block in as many equal `PARTS`; see the kernel for sums.
///
/// # Safety
/// The processor has the vectors' instructions. (The environment is the default
/// one, or the result is only wrong.)
#[inline(always)]
unsafe fn split_in_parts<V: Fused, const PARTS: usize, const SETS: usize>(
    x: &[f64],
    y: &[f64],
    window: Window,
) -> ProductLevels
where
    f64: Load<V>,
{
    let mut all = ProductLevels {
        sums: [0; LEVELS],
        inside: true,
    };
    for (x, y) in x.chunks(BLOCK / PARTS).zip(y.chunks(BLOCK / PARTS)) {
        // SAFETY: the contract is the same.
        let found = unsafe { split::<V, PARTS, SETS>(x, y, window) };
        for (sum, part) in all.sums.iter_mut().zip(found.sums) {
            *sum = sum.wrapping_add(part);
        }
        all.inside &= found.inside;
    }
    all
}

/// Splits one of a block's `PARTS`.
///
/// # Safety
/// As for [`split_in_parts`].
#[inline(always)]
unsafe fn split<V: Fused, const PARTS: usize, const SETS: usize>(
    x: &[f64],
    y: &[f64],
    window: Window,
) -> ProductLevels
where
    f64: Load<V>,
{
    const { assert!(BLOCK.div_ceil(PARTS * SETS * V::LANES) <= ADDITIONS) };
    let lanes = SETS * V::LANES;
    // SAFETY: the processor has the instructions, by the contract; each pointer
    // leads to `V::LANES` values: a chunk's, or the padded ones.
    unsafe {
        let biases = [window.bias(0), window.bias(1)].map(|bias| V::splat(bias));
        let mut totals = Totals::<V, SETS> {
            bias: biases[0],
            levels: biases.map(|bias| [bias; SETS]),
            moved: [V::splat(0.0); 2],
        };
        let (mut x_chunks, mut y_chunks) = (x.chunks_exact(lanes), y.chunks_exact(lanes));
        for (x, y) in (&mut x_chunks).zip(&mut y_chunks) {
            for set in 0..SETS {
                let at = set * V::LANES;
                totals.add(set, x.as_ptr().add(at), y.as_ptr().add(at));
            }
        }
        // Sets are named by constants all over, or they would live in memory.
        let (mut x, mut y) = (x_chunks.remainder(), y_chunks.remainder());
        for set in 0..SETS {
            if let (Some(x_parts), Some(y_parts)) =
                (x.split_at_checked(V::LANES), y.split_at_checked(V::LANES))
            {
                totals.add(set, x_parts.0.as_ptr(), y_parts.0.as_ptr());
                (x, y) = (x_parts.1, y_parts.1);
            }
        }
        if !x.is_empty() {
            let mut padded = [[0.0; MAX_LANES]; 2];
            padded[0][..x.len()].copy_from_slice(x);
            padded[1][..y.len()].copy_from_slice(y);
            totals.add(SETS - 1, padded[0].as_ptr(), padded[1].as_ptr());
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
            unsafe { split::<__m256d, 1, 4>(x, y, window) }
        }
        #[cfg(target_arch = "x86_64")]
        #[inline(never)]
        #[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl")]
        fn avx512(x: &[f64], y: &[f64], window: Window) -> ProductLevels {
            // SAFETY: the instructions are enabled here.
            unsafe { split::<__m512d, 1, 8>(x, y, window) }
        }
        #[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
        #[inline(never)]
        #[target_feature(enable = "neon")]
        fn neon(x: &[f64], y: &[f64], window: Window) -> ProductLevels {
            // SAFETY: the instructions are enabled here.
            unsafe { split::<float64x2_t, 1, 8>(x, y, window) }
        }
        #[inline(never)]
        fn baseline(x: &[f64], y: &[f64], window: Window) -> ProductLevels {
            // SAFETY: any processor has the instructions.
            unsafe {
                split_in_parts::<array::Baseline, { array::PARTS }, { array::SETS }>(x, y, window)
            }
        }
        match self.0 {
            // SAFETY: there is such an `Isa` only where the processor has the
            // instructions.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => unsafe { avx512(x, y, window) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => unsafe { avx2(x, y, window) },
            // SAFETY: as above.
            #[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
            Instructions::Neon => unsafe { neon(x, y, window) },
            Instructions::Baseline if FUSED => baseline(x, y, window),
            _ => unreachable!("no kernel for {window:?}"),
        }
    }

    /// The bits of the largest product, rounded and without its sign. NaN is
    /// larger than an infinity, which is larger than all else.
    pub(crate) fn greatest_product(self, x: &[f64], y: &[f64]) -> u64 {
        compiled!(self, [] greatest(x: &[f64], y: &[f64]) -> u64)
    }
}
