//! Comparing totals, and the nearest double.

use std::cmp::Ordering;

use crate::decimal::limbs::{FRACTION_LIMBS, LIMB_DIGITS, Magnitude, RADIX, WORKING_LIMBS};
use crate::decimal::{Counter, Decimal};
use crate::error::ValueError;
use crate::float::{BINARY64, CANONICAL_NAN, Special};
use crate::natural::{Quotient, multiply_add};
use crate::sum::value::finite_bits;

/// 10^18 is 2^18 times this.
const ODD_RADIX: u64 = 5_u64.pow(LIMB_DIGITS as u32);

/// Words for all working limbs in binary: 39 times 60 bits.
const NUMERATOR_WORDS: usize = (WORKING_LIMBS * 60).div_ceil(64);

/// Words for 5^342: 19 times 42 bits.
const DENOMINATOR_WORDS: usize = (FRACTION_LIMBS * 42).div_ceil(64);

impl Decimal {
    /// Compares the exact totals; `None` if one of them is NaN.
    ///
    /// # Errors
    /// [`ValueError::NegativeCount`], and [`ValueError::Overflow`] if a total left the range.
    pub fn compare(&self, other: &Decimal) -> Result<Option<Ordering>, ValueError> {
        let rank = |special| match special {
            None => Some(0),
            Some(Special::NegativeInfinity) => Some(-1),
            Some(Special::PositiveInfinity) => Some(1),
            Some(Special::Nan) => None,
        };
        let (Some(left), Some(right)) = (rank(self.special()?), rank(other.special()?)) else {
            return Ok(None);
        };
        Ok(Some(match left.cmp(&right) {
            Ordering::Equal if left == 0 => self.limbs.compare(&other.limbs),
            order => order,
        }))
    }

    /// The total as the nearest `f64`, ties to even: rounded once.
    ///
    /// A total that rounds to zero keeps its sign; zero is +0.0. Any NaN gives the
    /// canonical NaN, and so do infinities of both signs.
    ///
    /// # Errors
    /// [`ValueError::Overflow`] if the total rounds beyond the largest finite `f64`, and
    /// [`ValueError::NegativeCount`].
    pub fn value_f64(&self) -> Result<f64, ValueError> {
        if let Some(special) = self.special()? {
            return Ok(match special {
                Special::Nan => f64::from_bits(CANONICAL_NAN),
                Special::PositiveInfinity => f64::INFINITY,
                Special::NegativeInfinity => f64::NEG_INFINITY,
            });
        }
        let negative = self.limbs.is_negative();
        let bits = finite_bits(&BINARY64, nearest(&self.limbs.magnitude()), negative)?;
        Ok(f64::from_bits(bits | u64::from(negative) << 63))
    }

    /// The NaN or infinity that the total is, if it is not finite.
    pub(super) fn special(&self) -> Result<Option<Special>, ValueError> {
        let [nan, positive, negative] = [
            Counter::Nan,
            Counter::PositiveInfinity,
            Counter::NegativeInfinity,
        ]
        .map(|counter| self.counter(counter));
        if nan < 0 || positive < 0 || negative < 0 {
            return Err(ValueError::NegativeCount);
        }
        Ok(match (nan, positive, negative) {
            (0, 0, 0) if self.overflowed => {
                let negative = self.limbs.is_negative();
                return Err(ValueError::Overflow { negative });
            }
            (0, 0, 0) => None,
            (0, _, 0) => Some(Special::PositiveInfinity),
            (0, 0, _) => Some(Special::NegativeInfinity),
            _ => Some(Special::Nan),
        })
    }
}

/// The bits of the nearest double, which may be infinity's.
///
/// The limbs from some limb on are an integer in units of 10^-d, with d a
/// multiple of 18: that integer over 5^d, times 2^-d.
fn nearest(magnitude: &Magnitude) -> u64 {
    let (Some(lowest), Some(highest)) = (
        magnitude.iter().position(|&limb| limb != 0),
        magnitude.iter().rposition(|&limb| limb != 0),
    ) else {
        return 0;
    };
    let first = lowest.min(FRACTION_LIMBS);
    let mut numerator = [0; NUMERATOR_WORDS];
    for &limb in magnitude[first..=highest].iter().rev() {
        multiply_add(&mut numerator, RADIX as u64, limb);
    }
    let mut denominator = [0; DENOMINATOR_WORDS];
    denominator[0] = 1;
    for _ in first..FRACTION_LIMBS {
        multiply_add(&mut denominator, ODD_RADIX, 0);
    }
    let digits = (FRACTION_LIMBS - first) * LIMB_DIGITS;
    Quotient::of(&numerator, &denominator).nearest(&BINARY64, -(digits as i32))
}
