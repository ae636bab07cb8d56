//! Products as two doubles each: the nearest double, and the error of that rounding.
//! (TwoProduct: T. Ogita, S. M. Rump and S. Oishi, Accurate sum and dot product, 2005.
//! Without a fused multiplication: T. J. Dekker, A floating-point technique for extending
//! the available precision, 1971.)

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

/// Whether taking the products apart is exact for all of them. `most` is the largest
/// exponent field that a factor may have.
#[inline(always)]
fn are_harmless(x: &[f64], y: &[f64], most: usize) -> bool {
    /// No product is larger than 2^1023, so none is infinite.
    const HIGHEST: usize = 1023 + 2 * 1022;

    /// Every product is a multiple of 2^-1074, and so is what its rounding leaves.
    const LOWEST: usize = 2 * 1075 - 1074;

    let [x, y] = [x, y].map(|values| Exponents::of(values.iter().copied()));
    let largest = x.highest.max(y.highest);
    let highest = x.highest + y.highest;
    // Subnormals have the unit of the lowest normal numbers. Of zeros alone, the lowest
    // one is above all.
    let lowest = x.lowest.max(1).saturating_add(y.lowest.max(1));
    largest <= most && highest <= HIGHEST && lowest >= LOWEST
}

/// `rest` has what the rounding of a product left.
#[inline(always)]
fn take_apart(x: &[f64], y: &[f64], parts: &mut TwoProducts, rest: impl Fn(f64, f64, f64) -> f64) {
    let places = parts.hi.iter_mut().zip(&mut parts.lo);
    for ((&x, &y), (hi, lo)) in x.iter().zip(y).zip(places) {
        let product = x * y;
        *hi = product;
        *lo = rest(x, y, product);
    }
}

#[inline(always)]
fn fused(x: &[f64], y: &[f64], parts: &mut TwoProducts) -> bool {
    let harmless = are_harmless(x, y, usize::MAX);
    if harmless {
        take_apart(x, y, parts, |x, y, product| x.mul_add(y, -product));
    }
    harmless
}

/// The products of halves of the factors are doubles. For instructions that cannot fuse.
#[inline(never)]
fn by_halves(x: &[f64], y: &[f64], parts: &mut TwoProducts) -> bool {
    /// A factor below 2^996 can be split: its product with `SPLITTER` is finite.
    const MOST: usize = 1023 + 995;
    const SPLITTER: f64 = ((1 << 27) + 1) as f64;

    let halves = |factor: f64| {
        let large = SPLITTER * factor;
        let high = large - (large - factor);
        (high, factor - high)
    };
    let harmless = are_harmless(x, y, MOST);
    if harmless {
        take_apart(x, y, parts, |x, y, product| {
            let ((x, x_low), (y, y_low)) = (halves(x), halves(y));
            x * y - product + x * y_low + x_low * y + x_low * y_low
        });
    }
    harmless
}

/// Whether taking apart by halves costs less than adding up as integers.
const BY_HALVES: bool = cfg!(target_pointer_width = "32");

impl Isa {
    /// Whether it pays to take many products apart.
    #[inline]
    pub(crate) fn takes_products_apart(self) -> bool {
        self.has_product_kernels() || BY_HALVES && self.has_kernels()
    }

    /// Takes a block's products apart, if that is exact for all of them: if none
    /// is NaN, infinite, or so small that a bit of it is below 2^-1074.
    ///
    /// To be called as the kernels for sums are.
    pub(crate) fn two_product(self, x: &[f64], y: &[f64], parts: &mut TwoProducts) -> bool {
        assert!(x.len() == y.len() && x.len() <= PAIRS);
        if self.has_product_kernels() {
            compiled!(self, []
                fused(x: &[f64], y: &[f64], parts: &mut TwoProducts) -> bool)
        } else {
            self.takes_products_apart() && by_halves(x, y, parts)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The significand and the exponent of its unit.
    fn taken_apart(value: f64) -> (i128, i32) {
        let bits = value.to_bits();
        let (field, fraction) = (bits >> 52 & 0x7ff, bits & ((1 << 52) - 1));
        let significand = i128::from(fraction | u64::from(field > 0) << 52);
        let sign = if bits >> 63 == 1 { -1 } else { 1 };
        (sign * significand, field.max(1) as i32 - 1075)
    }

    /// A multiple of 2^`exponent`, as many of these.
    fn in_units(value: f64, exponent: i32) -> i128 {
        let (significand, own) = taken_apart(value);
        if own >= exponent || significand == 0 {
            return significand << (own - exponent).clamp(0, 127);
        }
        let below = (exponent - own).min(126);
        assert_eq!(significand % (1 << below), 0, "{value:?}");
        significand >> below
    }

    #[test]
    fn halves_leave_what_the_rounding_left() {
        let mut state = 1_u64;
        let mut random = || {
            state = state
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            state >> 11
        };
        let fields = [0, 1, 2, 60, 500, 1022, 1023, 1024, 1030, 1500, 2016, 2017];
        let ends = [2018, 2019, 2045, 2046];
        let mut taken = 0;
        for x_field in fields.into_iter().chain(ends) {
            for y_field in fields.into_iter().chain(ends) {
                for round in 0..100 {
                    let mut one = |field: u64| {
                        let fraction = match round % 5 {
                            0 => 0,
                            1 => u64::MAX,
                            2 => 1 << (random() % 52),
                            _ => random(),
                        };
                        let fraction = fraction & ((1 << 52) - 1);
                        f64::from_bits(random() << 63 | field << 52 | fraction)
                    };
                    let (x, y) = (one(x_field), one(y_field));
                    let mut parts = TwoProducts::default();
                    let harmless = are_harmless(&[x], &[y], usize::MAX);
                    let exact = by_halves(&[x], &[y], &mut parts);
                    assert_eq!(exact, harmless && x_field.max(y_field) <= 2018);
                    if exact {
                        taken += 1;
                        let (hi, lo) = (parts.hi[0], parts.lo[0]);
                        assert_eq!(hi.to_bits(), (x * y).to_bits());
                        // A rest of -0.0 would be one more negative zero.
                        assert_ne!(lo.to_bits(), (-0.0_f64).to_bits());
                        let ((x, x_unit), (y, y_unit)) = (taken_apart(x), taken_apart(y));
                        let unit = x_unit + y_unit;
                        assert_eq!(in_units(hi, unit) + in_units(lo, unit), x * y);
                    }
                }
            }
        }
        assert!(taken > 5000, "{taken}");
    }
}
