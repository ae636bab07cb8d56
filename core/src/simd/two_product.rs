//! Products as two doubles each: the nearest double, and the error of that rounding.
//! (TwoProduct: T. Ogita, S. M. Rump and S. Oishi, Accurate sum and dot product, 2005.)

use crate::simd::isa::{Instructions, Isa};

/// The most pairs in a block.
///
/// Twice as many doubles, and twice again, fit the exponent table without a carry.
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

/// Exponent fields of two blocks: the sums of their highest ones, and of their
/// lowest ones, zeros apart.
#[cfg(target_arch = "x86_64")]
struct Exponents {
    highest: usize,
    lowest: usize,
}

#[cfg(target_arch = "x86_64")]
impl Exponents {
    /// No product is larger than 2^1023, so none is infinite.
    const HIGHEST: usize = 1023 + 2 * 1022;

    /// Every product is a multiple of 2^-1074, and so is what its rounding leaves.
    const LOWEST: usize = 2 * 1075 - 1074;

    #[inline(always)]
    fn of(x: &[f64], y: &[f64]) -> Self {
        let (x_low, x_high) = sizes(x);
        let (y_low, y_high) = sizes(y);
        let field = |size: u64| (size >> 52) as usize;
        Exponents {
            highest: field(x_high) + field(y_high),
            // Subnormals have the unit of the lowest normal numbers.
            lowest: field(x_low).max(1) + field(y_low).max(1),
        }
    }

    fn are_harmless(&self) -> bool {
        self.highest <= Self::HIGHEST && self.lowest >= Self::LOWEST
    }
}

/// The least and the greatest of the values' bits without their signs, zeros apart
/// for the least.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn sizes(values: &[f64]) -> (u64, u64) {
    let (mut less_one, mut greatest) = (u64::MAX, 0);
    for value in values {
        let size = value.to_bits() << 1 >> 1;
        // Zero wraps around to the top.
        less_one = less_one.min(size.wrapping_sub(1));
        greatest = greatest.max(size);
    }
    // Of nothing but zeros, the least is as good as any.
    (less_one.saturating_add(1), greatest)
}

#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn multiply(x: &[f64], y: &[f64], parts: &mut TwoProducts) -> bool {
    if !Exponents::of(x, y).are_harmless() {
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
        /// Never inlined: see `with_default_environment`.
        #[cfg(target_arch = "x86_64")]
        #[inline(never)]
        #[target_feature(enable = "avx2,fma")]
        fn avx2(x: &[f64], y: &[f64], parts: &mut TwoProducts) -> bool {
            multiply(x, y, parts)
        }
        #[cfg(target_arch = "x86_64")]
        #[inline(never)]
        #[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl")]
        fn avx512(x: &[f64], y: &[f64], parts: &mut TwoProducts) -> bool {
            multiply(x, y, parts)
        }
        match self.0 {
            // SAFETY: there is such an `Isa` only where the processor has the
            // instructions.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => unsafe { avx512(x, y, parts) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => unsafe { avx2(x, y, parts) },
            Instructions::Portable => {
                // Without the instruction, taking apart costs more than adding up.
                let _ = parts;
                false
            }
        }
    }
}
