//! The kernel for sums, written once for vectors of any kind.

use crate::simd::vector::{Load, MAX_LANES, Vector};
use crate::simd::window::{ADDITIONS, BLOCK, GAP, HIGHEST, Levels, MAX_LEVELS, Window};

impl Window {
    /// The exponent that the window is scaled to.
    fn scaled_to(self) -> i32 {
        if self.exponent <= 0 { 0 } else { HIGHEST }
    }

    /// What values are multiplied by.
    fn scale(self) -> f64 {
        power_of_two(self.scaled_to() - self.exponent)
    }

    /// Where each level's totals begin.
    fn biases(self) -> [f64; MAX_LEVELS] {
        std::array::from_fn(|level| {
            let binade = power_of_two(self.scaled_to() - GAP * level as i32);
            // The sign, and the significand of 1.5.
            f64::from_bits(binade.to_bits() | 1 << 63 | 1 << 51)
        })
    }
}

/// 2^`exponent`, for a normal number.
fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}

/// The running totals of a block.
///
/// What all sets give one result of goes through as many `CHAINS`: a single one,
/// from set to set, takes longer, and each takes a register.
#[derive(Clone, Copy)]
struct Totals<V, const SETS: usize, const CHAINS: usize, const LEVELS: usize> {
    levels: [[V; SETS]; LEVELS],
    /// The AND of all first totals so far.
    inside: [V; CHAINS],
    /// The OR of all differences between a rest and what the lowest total took
    /// of it.
    missed: [V; CHAINS],
}

impl<V: Vector, const SETS: usize, const CHAINS: usize, const LEVELS: usize>
    Totals<V, SETS, CHAINS, LEVELS>
{
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
        scale: &mut V,
    ) {
        {
            // SAFETY: readable and supported, by the contract.
            unsafe {
                let value = T::load(values);
                let total = self.levels[0][set];
                // The product is exact as far as it matters.
                let next = value.scaled_add(*scale, total);
                self.inside[set % CHAINS] = self.inside[set % CHAINS].and(next);
                self.levels[0][set] = next;
                if LEVELS == 1 {
                    V::separate_sets([scale, &mut self.inside[set % CHAINS]]);
                    return;
                }
                let taken = next.subtract(total);
                let mut rest = value.scaled_subtract(*scale, taken);
                for level in 1..LEVELS - 1 {
                    let total = self.levels[level][set];
                    let next = total.add(rest);
                    rest = rest.subtract(next.subtract(total));
                    self.levels[level][set] = next;
                }
                let total = self.levels[LEVELS - 1][set];
                let next = total.add(rest);
                if CHECKED {
                    self.missed[set % CHAINS] =
                        self.missed[set % CHAINS].or_missed(rest, next.subtract(total));
                }
                self.levels[LEVELS - 1][set] = next;
                V::separate_sets([scale, &mut self.inside[set % CHAINS]]);
                let last = if CHECKED {
                    &mut self.missed[set % CHAINS]
                } else {
                    &mut self.levels[LEVELS - 1][set]
                };
                V::separate_sets([scale, last]);
            }
        }
    }
}

fn or_of(bits: [u64; MAX_LANES]) -> u64 {
    bits.iter().fold(0, |all, bits| all | bits)
}

/// Splits a block in `PARTS`, each of which begins with fresh totals: few lanes then
/// take no more additions than many would of the whole block.
///
/// # Safety
/// The processor has the vectors' instructions. (The environment is the default
/// one, or the result is only wrong.)
#[inline(always)]
pub(super) unsafe fn split_in_parts<
    V: Vector,
    T: Load<V>,
    const PARTS: usize,
    const SETS: usize,
    const CHAINS: usize,
    const LEVELS: usize,
    const CHECKED: bool,
>(
    block: &[T],
    window: Window,
) -> Levels {
    let mut all = Levels {
        sums: [0; MAX_LEVELS],
        inside: true,
        exact: CHECKED,
        negative_zeros: false,
    };
    for part in block.chunks(BLOCK / PARTS) {
        // SAFETY: the contract is the same.
        let found = unsafe { split::<V, T, PARTS, SETS, CHAINS, LEVELS, CHECKED>(part, window) };
        for (sum, part) in all.sums.iter_mut().zip(found.sums) {
            *sum = sum.wrapping_add(part);
        }
        all.inside &= found.inside;
        all.exact &= found.exact;
        all.negative_zeros |= found.negative_zeros;
    }
    all
}

/// Splits one of a block's `PARTS`.
///
/// # Safety
/// As for [`split_in_parts`].
#[inline(always)]
pub(super) unsafe fn split<
    V: Vector,
    T: Load<V>,
    const PARTS: usize,
    const SETS: usize,
    const CHAINS: usize,
    const LEVELS: usize,
    const CHECKED: bool,
>(
    block: &[T],
    window: Window,
) -> Levels {
    const { assert!(V::LANES <= MAX_LANES && LEVELS > CHECKED as usize && LEVELS <= MAX_LEVELS) };
    const { assert!(BLOCK.div_ceil(PARTS * SETS * V::LANES) <= ADDITIONS) };
    let lanes = SETS * V::LANES;
    // SAFETY: the processor has the instructions, by the contract; each pointer
    // leads to `lanes` values: a chunk's, or the padded ones.
    unsafe {
        let biases: [V; MAX_LEVELS] = window.biases().map(|bias| V::splat(bias));
        let mut totals = Totals::<V, SETS, CHAINS, LEVELS> {
            levels: std::array::from_fn(|level| [biases[level]; SETS]),
            inside: [biases[0]; CHAINS],
            missed: [V::splat(0.0); CHAINS],
        };
        let mut scale = V::splat(window.scale());
        let mut chunks = block.chunks_exact(lanes);
        for chunk in &mut chunks {
            for set in 0..SETS {
                totals.add::<T, CHECKED>(set, chunk.as_ptr().add(set * V::LANES), &mut scale);
            }
        }
        // Sets are named by constants all over, or they would live in memory.
        let mut rest = chunks.remainder();
        for set in 0..SETS {
            if let Some((vector, after)) = rest.split_at_checked(V::LANES) {
                totals.add::<T, CHECKED>(set, vector.as_ptr(), &mut scale);
                rest = after;
            }
        }
        if !rest.is_empty() {
            let mut padded = [T::default(); MAX_LANES];
            padded[..rest.len()].copy_from_slice(rest);
            totals.add::<T, CHECKED>(SETS - 1, padded.as_ptr(), &mut scale);
        }

        let mut sums = [0; MAX_LEVELS];
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
        let mut outside = V::splat(0.0).or_difference(any, biases[0]);
        for all in totals.inside {
            outside = outside.or_difference(all, biases[0]);
        }
        let inside = or_of(outside.bits()) >> 52 == 0;
        // A rest that is -0.0, as only the value -0.0 leaves it, comes back as
        // +0.0: it differs in the sign and nothing else.
        let missed = totals
            .missed
            .iter()
            .fold(V::splat(0.0), |all, part| all.or(*part));
        let missed = or_of(missed.bits());
        Levels {
            sums,
            inside,
            exact: CHECKED && inside && missed << 1 == 0,
            negative_zeros: missed != 0,
        }
    }
}
