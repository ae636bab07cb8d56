//! The rounded mean of a slice, when only that is needed.

use crate::error::ValueError;
use crate::float::{BINARY64, with_sign};
use crate::natural::Quotient;
use crate::rounded::estimates::{Part, estimates};
use crate::rounded::few::Scale;
use crate::rounded::interval::Interval;
use crate::rounded::sum::Estimate;
use crate::simd::Isa;
use crate::sum::Accumulator;

/// The mean of `values` as the nearest `f64`; see [`Accumulator::mean_f64`].
///
/// # Errors
/// [`ValueError::NoValues`] if there are none. There is no overflow: a mean lies
/// between the least and the greatest value.
pub fn mean_f64(values: &[f64]) -> Result<f64, ValueError> {
    mean_f64_on(Isa::best(), values)
}

/// [`mean_f64`] with the given instruction set.
#[doc(hidden)]
pub fn mean_f64_on(isa: Isa, values: &[f64]) -> Result<f64, ValueError> {
    let certain = match Scale::of(values) {
        Some(scale) => of_few(scale, values),
        None => estimated(isa, values),
    };
    if let Some(mean) = certain {
        return Ok(mean);
    }
    let mut total = Accumulator::new();
    total.add_f64_on(isa, values);
    total.mean_f64()
}

/// The mean, unless it is zero, which has a sign of its own to find out.
#[inline]
fn of_few(scale: Scale, values: &[f64]) -> Option<f64> {
    let total = scale.sum(values);
    let sum = total.number(scale.unit());
    let mean = Quotient::of(sum.words, &[values.len() as u64]);
    let bits = mean.nearest(&BINARY64, sum.unit);
    (!sum.is_zero()).then(|| with_sign(bits, sum.negative))
}

fn estimated(isa: Isa, values: &[f64]) -> Option<f64> {
    let sums = estimates(isa, values, values, [Part::X])?;
    certain_mean(values.len() as u64, sums)
}

/// The mean of as many values with this sum, if it is certain.
pub(crate) fn certain_mean(count: u64, [sum]: [Estimate; 1]) -> Option<f64> {
    let sum = Interval::of(&sum)?;
    let bits = sum.over_count(count).rounded()?;
    Some(with_sign(bits, sum.negative))
}
