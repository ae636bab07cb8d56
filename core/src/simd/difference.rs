//! Values less a constant, where that is exact.

use crate::simd::isa::{Isa, compiled};

/// Whether all values have the constant's sign and are from half of it to twice as large:
/// then all differences are exact.
#[inline(always)]
fn subtract(values: &[f64], constant: f64, into: &mut [f64]) -> bool {
    const BINADE: u64 = 1 << 52;
    let half = constant.to_bits() - BINADE;
    let mut farthest = 0;
    for (into, &value) in into.iter_mut().zip(values) {
        farthest = farthest.max(value.to_bits().wrapping_sub(half));
        *into = value - constant;
    }
    farthest <= 2 * BINADE
}

impl Isa {
    /// Takes a constant, which has a binade of normal numbers on each side, from all
    /// values; whether they are close enough to it for all differences to be exact.
    ///
    /// To be called as the kernels for sums are, and with an instruction set that has
    /// kernels.
    pub(crate) fn subtract(self, values: &[f64], constant: f64, into: &mut [f64]) -> bool {
        compiled!(self, [] subtract(values: &[f64], constant: f64, into: &mut [f64]) -> bool)
    }
}
