//! The kernel, written once for vectors of four and of eight doubles.

use std::arch::x86_64::*;

use super::vectors::{Load, Vector};
use super::{ADDITIONS, BLOCK, Levels, MOST_LEVELS, Window};

/// The lanes of the widest vector.
const MOST_VECTOR: usize = 8;

/// The running totals of a block.
#[derive(Clone, Copy)]
struct Totals<V, const SETS: usize, const LEVELS: usize> {
    levels: [[V; SETS]; LEVELS],
    /// The AND of all first totals so far.
    inside: V,
    /// The OR of all differences between a rest and what the lowest total took
    /// of it.
    missed: V,
}

impl<V: Vector, const SETS: usize, const LEVELS: usize> Totals<V, SETS, LEVELS> {
    /// Adds one vector to one set.
    ///
    /// # Safety
    /// The processor has the vectors' instructions; `values` is valid for
    /// reading all lanes.
    #[inline(always)]
    unsafe fn add<T: Load<V>, const CHECKED: bool>(
        &mut self,
        set: usize,
        values: *const T,
        scale: V,
    ) {
        {
            // SAFETY: readable and supported, by the contract.
            unsafe {
                let value = T::load(values);
                let total = self.levels[0][set];
                // Rounded once, so the product is exact as far as it matters.
                let next = value.multiply_add(scale, total);
                self.inside = self.inside.and(next);
                let taken = next.subtract(total);
                let mut rest = value.multiply_subtract(scale, taken);
                self.levels[0][set] = next;
                for level in 1..LEVELS - 1 {
                    let total = self.levels[level][set];
                    let next = total.add(rest);
                    rest = rest.subtract(next.subtract(total));
                    self.levels[level][set] = next;
                }
                let total = self.levels[LEVELS - 1][set];
                let next = total.add(rest);
                if CHECKED {
                    self.missed = self.missed.or_difference(rest, next.subtract(total));
                }
                self.levels[LEVELS - 1][set] = next;
                V::separate_sets();
            }
        }
    }
}

/// Splits a block.
///
/// # Safety
/// The processor has the vectors' instructions. (The environment is the default
/// one, or the result is only wrong.)
#[inline(always)]
unsafe fn split<
    V: Vector,
    T: Load<V>,
    const SETS: usize,
    const LEVELS: usize,
    const CHECKED: bool,
>(
    block: &[T],
    window: Window,
) -> Levels {
    const { assert!(V::LANES <= MOST_VECTOR && LEVELS >= 2 && LEVELS <= MOST_LEVELS) };
    const { assert!(BLOCK.div_ceil(SETS * V::LANES) <= ADDITIONS) };
    let lanes = SETS * V::LANES;
    // SAFETY: the processor has the instructions, by the contract; each pointer
    // leads to `lanes` values: a chunk's, or the padded ones.
    unsafe {
        let biases: [V; MOST_LEVELS] = window.biases().map(|bias| V::splat(bias));
        let mut totals = Totals::<V, SETS, LEVELS> {
            levels: std::array::from_fn(|level| [biases[level]; SETS]),
            inside: biases[0],
            missed: V::splat(0.0),
        };
        let scale = V::splat(window.scale());
        let mut chunks = block.chunks_exact(lanes);
        for chunk in &mut chunks {
            for set in 0..SETS {
                totals.add::<T, CHECKED>(set, chunk.as_ptr().add(set * V::LANES), scale);
            }
        }
        // Sets are named by constants all over, or they would live in memory.
        let mut rest = chunks.remainder();
        for set in 0..SETS {
            if let Some((vector, after)) = rest.split_at_checked(V::LANES) {
                totals.add::<T, CHECKED>(set, vector.as_ptr(), scale);
                rest = after;
            }
        }
        if !rest.is_empty() {
            let mut padded = [T::default(); MOST_VECTOR];
            padded[..rest.len()].copy_from_slice(rest);
            totals.add::<T, CHECKED>(SETS - 1, padded.as_ptr(), scale);
        }

        let mut sums = [0; MOST_LEVELS];
        for level in 0..LEVELS {
            let mut moved = V::splat(0.0);
            for total in totals.levels[level] {
                moved = moved.add_integers(total.subtract_integers(biases[level]));
            }
            // Totals are negative: larger bits are a smaller number.
            sums[level] = moved
                .bits()
                .iter()
                .fold(0, |sum: i64, bits| sum.wrapping_sub(*bits as i64));
        }
        // Infinities and NaN have a superset of the bits that the AND looks for,
        // and stay to the end: there the OR shows them.
        let any = totals.levels[0]
            .iter()
            .fold(biases[0], |any, total| any.or(*total));
        let (all, any) = (totals.inside.bits(), any.bits());
        let begun = biases[0].bits()[0] >> 52;
        let inside = (0..V::LANES).all(|lane| all[lane] >> 52 == begun && any[lane] >> 52 == begun);
        // A rest that is -0.0, as only the value -0.0 leaves it, comes back as
        // +0.0: it differs in the sign and nothing else.
        let missed = totals.missed.bits().iter().fold(0, |all, bits| all | bits);
        Levels {
            sums,
            inside,
            exact: CHECKED && inside && missed << 1 == 0,
            negative_zeros: missed != 0,
        }
    }
}

/// # Safety
/// The processor has AVX2 and FMA.
#[target_feature(enable = "avx2,fma")]
pub(super) unsafe fn avx2<T: Load<__m256d>, const LEVELS: usize, const CHECKED: bool>(
    block: &[T],
    window: Window,
) -> Levels {
    // SAFETY: the instructions are enabled here.
    unsafe {
        // As many sets as sixteen registers hold.
        match (LEVELS, CHECKED) {
            (2, false) => split::<__m256d, T, 5, LEVELS, CHECKED>(block, window),
            _ => split::<__m256d, T, 4, LEVELS, CHECKED>(block, window),
        }
    }
}

/// # Safety
/// The processor has AVX-512 F, DQ, BW and VL.
#[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl")]
pub(super) unsafe fn avx512<T: Load<__m512d>, const LEVELS: usize, const CHECKED: bool>(
    block: &[T],
    window: Window,
) -> Levels {
    // SAFETY: the instructions are enabled here.
    unsafe {
        match (LEVELS, CHECKED) {
            (2, false) => split::<__m512d, T, 8, LEVELS, CHECKED>(block, window),
            _ => split::<__m512d, T, 4, LEVELS, CHECKED>(block, window),
        }
    }
}
