//! The error of another sum.

use crate::error::ValueError;
use crate::float::{BINARY64, Binary};
use crate::layout::ONE as ONE_OF_NUMBERS;
use crate::sum::ExactSum;
use crate::sum::value::Total;

impl<const WORKING: usize, const ONE: usize> ExactSum<WORKING, ONE> {
    /// The distance of `candidate` from the exact total, in units in the last
    /// place of the correctly rounded total; itself rounded to the nearest `f64`.
    ///
    /// A unit in the last place of x is the distance from |x| to the next `f64` away
    /// from zero: 2^-1074 for zero and subnormals, 2^971 from the last binade on. The
    /// error of a correctly rounded candidate is at most 0.5. It is 0 if both are NaN
    /// or the same infinity, even if a finite total rounds to that infinity. Otherwise
    /// it is infinite if either is NaN or infinite.
    ///
    /// # Errors
    /// [`ValueError::NegativeCount`], and [`ValueError::Overflow`] if the distance leaves the
    /// range of the sum.
    pub fn error_f64(&self, candidate: f64) -> Result<f64, ValueError> {
        let bits = candidate.to_bits();
        let size = bits & !(1 << 63);
        let infinity = f64::INFINITY.to_bits();
        let total = match self.total()? {
            Total::Nan => return Ok(zero_if(size > infinity)),
            Total::Infinite { negative } => {
                return Ok(zero_if(bits == infinity | u64::from(negative) << 63));
            }
            Total::Finite(total) => total,
        };
        let rounded = total.nearest(&BINARY64);
        if size >= infinity {
            let same = bits == rounded | u64::from(total.negative) << 63;
            return Ok(zero_if(same));
        }

        // Positions of floats are in units of 2^-1074, which may not be ours.
        let finer = ONE - ONE_OF_NUMBERS;
        let mut difference = self.clone();
        difference.add_integer(
            -i128::from(f64::significand(bits)),
            f64::position(f64::exponent(bits)) + finer,
        );
        if difference.overflowed {
            let negative = total.negative;
            return Err(ValueError::Overflow { negative });
        }
        let ulp = f64::position(f64::exponent(rounded)).min(f64::position(0x7fe));
        let ulp = (ulp + finer) as i32;
        let error = BINARY64.nearest(&difference.limbs.magnitude(), false, -ulp);
        Ok(f64::from_bits(error))
    }
}

fn zero_if(same: bool) -> f64 {
    f64::from_bits(if same { 0 } else { f64::INFINITY.to_bits() })
}
