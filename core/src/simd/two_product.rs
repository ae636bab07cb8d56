//! Products as two doubles each: the nearest double, and the error of that rounding.
//! (TwoProduct: T. Ogita, S. M. Rump and S. Oishi, Accurate sum and dot product, 2005.)

use crate::simd::exponents::Exponents;
use crate::simd::isa::{Isa, compiled};

/// The most pairs in a block: both parts stay in the cache beside their factors.
pub(crate) const PAIRS: usize = 504;

/// Products of a block, taken apart.
pub(crate) struct TwoProducts {
    hi: [f64; PAIRS],
    lo: [f64; PAIRS],
}

impl Default for TwoProducts {
    fn default() -> Self {
        TwoProducts {
            hi: [0.0; PAIRS],
            lo: [0.0; PAIRS],
        }
    }
}

impl TwoProducts {
    /// The first `count` rounded products, and their rests.
    pub(crate) fn of(&self, count: usize) -> (&[f64], &[f64]) {
        (&self.hi[..count], &self.lo[..count])
    }
}

/// Whether taking the products apart is exact for all of them.
#[inline(always)]
fn are_harmless(x: &[f64], y: &[f64]) -> bool {
    /// No product is larger than 2^1023, so none is infinite.
    const HIGHEST: usize = 1023 + 2 * 1022;

    /// Every product is a multiple of 2^-1074, and so is what its rounding leaves.
    const LOWEST: usize = 2 * 1075 - 1074;

    let [x, y] = [x, y].map(|values| Exponents::of(values.iter().copied()));
    let highest = x.highest + y.highest;
    // Subnormals have the unit of the lowest normal numbers. Of zeros alone, the lowest
    // one is above all.
    let lowest = x.lowest.max(1).saturating_add(y.lowest.max(1));
    highest <= HIGHEST && lowest >= LOWEST
}

#[inline(always)]
fn multiply(x: &[f64], y: &[f64], parts: &mut TwoProducts) -> bool {
    if !are_harmless(x, y) {
        return false;
    }
    let places = parts.hi.iter_mut().zip(&mut parts.lo);
    for ((x, y), (hi, lo)) in x.iter().zip(y).zip(places) {
        let product = x * y;
        *hi = product;
        *lo = x.mul_add(*y, -product);
    }
    true
}

impl Isa {
    /// Takes a block's products apart, if that is exact for all of them: if none
    /// is NaN, infinite, or so small that a bit of it is below 2^-1074.
    ///
    /// To be called as the kernels for sums are.
    pub(crate) fn two_product(self, x: &[f64], y: &[f64], parts: &mut TwoProducts) -> bool {
        assert!(x.len() == y.len() && x.len() <= PAIRS);
        // Without the instruction, taking apart costs more than adding up.
        self.has_product_kernels()
            && compiled!(self, []
                multiply(x: &[f64], y: &[f64], parts: &mut TwoProducts) -> bool)
    }
}
