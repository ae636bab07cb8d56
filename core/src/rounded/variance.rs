//! The rounded variance and standard deviation of a slice, when only that is needed.
//!
//! For a few values everything is exact. Otherwise the sums of values and of squares
//! are estimates; if both ends of the interval that they leave round to the same
//! number, that is the result (Ziv's test). If they do not - nearly equal values, or a
//! tie - everything is added up exactly.

use crate::error::ValueError;
use crate::float::BINARY64;
use crate::moments::Moments;
use crate::moments::exact::{self, Sums};
use crate::natural::Quotient;
use crate::rounded::estimates::{Part, central};
use crate::rounded::few::Scale;
use crate::rounded::interval::{Interval, Range};
use crate::rounded::sum::Estimate;
use crate::simd::Isa;
use crate::sum::value::positive;

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
    if let Some(variance) = of_few(values, ddof)? {
        return positive(variance.nearest(&BINARY64, 0));
    }
    if let Some(bits) = estimated(isa, values, ddof, Range::rounded) {
        return positive(bits);
    }
    moments(isa, values).variance_f64(ddof)
}

/// [`standard_deviation_f64`] with the given instruction set.
#[doc(hidden)]
pub fn standard_deviation_f64_on(isa: Isa, values: &[f64], ddof: u64) -> Result<f64, ValueError> {
    if let Some(variance) = of_few(values, ddof)? {
        return positive(variance.square_root().nearest(&BINARY64, 0));
    }
    if let Some(bits) = estimated(isa, values, ddof, Range::rounded_root) {
        return positive(bits);
    }
    moments(isa, values).standard_deviation_f64(ddof)
}

/// The variance, if there are a few values which are not too far apart.
#[inline]
fn of_few(values: &[f64], ddof: u64) -> Result<Option<Quotient>, ValueError> {
    let count = values.len() as u64;
    if count <= ddof {
        return Err(ValueError::TooFew);
    }
    let Some(scale) = Scale::of(values) else {
        return Ok(None);
    };
    let (sum, squares) = scale.moments(values);
    let sums = Sums {
        sum: sum.number(scale.unit()),
        squares: squares.number(2 * scale.unit()),
    };
    exact::variance(count, ddof, &sums).map(Some)
}

/// What a function makes of the range in which the variance is.
fn estimated(
    isa: Isa,
    values: &[f64],
    ddof: u64,
    rounded: fn(&Range) -> Option<u64>,
) -> Option<u64> {
    central(isa, values, values, MOMENTS, |count, sums| {
        certain_variance(count, ddof, sums, rounded)
    })
}

/// The sums that a variance needs.
pub(crate) const MOMENTS: [Part; 2] = [Part::X, Part::XSquares];

/// What a function makes of the range in which the variance with these sums is.
pub(crate) fn certain_variance(
    count: u64,
    ddof: u64,
    [sum, squares]: [Estimate; 2],
    rounded: fn(&Range) -> Option<u64>,
) -> Option<u64> {
    let spread = Interval::spread(count, &squares, &sum, &sum)?;
    rounded(&spread.over_degrees(count, ddof)).filter(|_| !spread.negative)
}

fn moments(isa: Isa, values: &[f64]) -> Moments {
    let mut moments = Moments::new();
    moments.add_f64_on(isa, values);
    moments
}
