//! The rounded variance and standard deviation of a slice, when nothing but that
//! is wanted.
//!
//! The sum is exact; the sum of squares need not be. If both ends of what it may
//! be give the same result, that is the result, for it grows with the squares
//! (Ziv's test). Where they do not - nearly equal values, or a tie - all is added
//! up exactly.

use crate::error::ValueError;
use crate::layout::ONE_OF_PRODUCTS;
use crate::moments::Moments;
use crate::rounded::dot::estimate;
use crate::simd::Isa;
use crate::sum::{Accumulator, ProductAccumulator};

/// Below this, the exact sums are faster than two results.
const ESTIMATE_FROM: usize = 1024;

/// The variance of `values`; see [`Moments::variance_f64`].
///
/// # Errors
/// [`ValueError::TooFew`] if there are at most `ddof` values, [`ValueError::Overflow`] if
/// the variance rounds beyond the largest finite `f64`.
pub fn variance_f64(values: &[f64], ddof: u64) -> Result<f64, ValueError> {
    variance_f64_on(Isa::best(), values, ddof)
}

/// The standard deviation of `values`; see [`Moments::standard_deviation_f64`].
///
/// # Errors
/// [`ValueError::TooFew`] if there are at most `ddof` values.
pub fn standard_deviation_f64(values: &[f64], ddof: u64) -> Result<f64, ValueError> {
    standard_deviation_f64_on(Isa::best(), values, ddof)
}

/// [`variance_f64`] with the given instruction set.
#[doc(hidden)]
pub fn variance_f64_on(isa: Isa, values: &[f64], ddof: u64) -> Result<f64, ValueError> {
    of_moments(isa, values, |moments| moments.variance_f64(ddof))
}

/// [`standard_deviation_f64`] with the given instruction set.
#[doc(hidden)]
pub fn standard_deviation_f64_on(isa: Isa, values: &[f64], ddof: u64) -> Result<f64, ValueError> {
    of_moments(isa, values, |moments| moments.standard_deviation_f64(ddof))
}

fn of_moments(
    isa: Isa,
    values: &[f64],
    result: impl Fn(&Moments) -> Result<f64, ValueError>,
) -> Result<f64, ValueError> {
    if let Some(certain) = round_if_certain(isa, values, &result) {
        return Ok(certain);
    }
    let mut moments = Moments::new();
    moments.add_f64_on(isa, values);
    result(&moments)
}

/// What the least and the greatest sum of squares that there may be both give.
fn round_if_certain(
    isa: Isa,
    values: &[f64],
    result: impl Fn(&Moments) -> Result<f64, ValueError>,
) -> Option<f64> {
    if values.len() < ESTIMATE_FROM {
        return None;
    }
    let squares = estimate(isa, values, values)?;
    let mut sum = Accumulator::new();
    sum.add_f64_on(isa, values);
    let with_squares = |total: i128| {
        let mut squares_total = ProductAccumulator::new();
        let position = usize::try_from(squares.unit + ONE_OF_PRODUCTS as i32).ok()?;
        squares_total.add_integer(total, position);
        let moments = Moments {
            sum: sum.clone(),
            squares: squares_total,
        };
        result(&moments).ok()
    };
    let least = with_squares(squares.sum - squares.bound)?;
    let greatest = with_squares(squares.sum + squares.bound)?;
    // As bits: a thread may have doubles that are subnormal compared as zeros.
    (least.to_bits() == greatest.to_bits()).then_some(least)
}
