//! The rounded covariance, correlation coefficient and weighted mean of two slices,
//! when only that is needed: as for the variance, exact for a few pairs, by Ziv's test
//! for more, and exact again where the test is not decisive.

use crate::error::ValueError;
use crate::float::{BINARY64, with_sign};
use crate::moments::exact::{self, Sums};
use crate::moments::{Moments, pairs};
use crate::rounded::estimates::{Part, central, estimates};
use crate::rounded::few::{Scale, pair_totals, sum_of_products};
use crate::rounded::interval::Interval;
use crate::rounded::sum::Estimate;
use crate::simd::Isa;
use crate::sum::value::finite_bits;
use crate::sum::{Accumulator, ProductAccumulator};

/// The covariance of the pairs of an element of `x` and the corresponding element of `y`,
/// as the nearest `f64`; see [`covariance`](crate::covariance).
///
/// # Errors
/// [`ValueError::TooFew`] if there are at most `ddof` pairs, [`ValueError::Overflow`] if
/// the covariance rounds beyond the largest finite `f64`.
///
/// # Panics
/// If the lengths differ.
pub fn covariance_f64(x: &[f64], y: &[f64], ddof: u64) -> Result<f64, ValueError> {
    covariance_f64_on(Isa::best(), x, y, ddof)
}

/// The correlation coefficient of the pairs of an element of `x` and the corresponding
/// element of `y`, as the nearest `f64`; see [`correlation`](crate::correlation).
///
/// # Errors
/// [`ValueError::NoValues`] if there are no pairs, [`ValueError::Constant`] if the
/// elements of one slice are all equal.
///
/// # Panics
/// If the lengths differ.
pub fn correlation_f64(x: &[f64], y: &[f64]) -> Result<f64, ValueError> {
    correlation_f64_on(Isa::best(), x, y)
}

/// The sum of each value times its weight, divided by the sum of the weights, as the
/// nearest `f64`; see [`weighted_mean`](crate::weighted_mean).
///
/// # Errors
/// [`ValueError::NoWeight`] if the weights add up to zero, [`ValueError::Overflow`] if
/// the mean rounds beyond the largest finite `f64`.
///
/// # Panics
/// If the lengths differ.
pub fn weighted_mean_f64(values: &[f64], weights: &[f64]) -> Result<f64, ValueError> {
    weighted_mean_f64_on(Isa::best(), values, weights)
}

/// [`covariance_f64`] with the given instruction set.
#[doc(hidden)]
pub fn covariance_f64_on(isa: Isa, x: &[f64], y: &[f64], ddof: u64) -> Result<f64, ValueError> {
    assert_same_length(x, y);
    let count = x.len() as u64;
    if count <= ddof {
        return Err(ValueError::TooFew);
    }
    if let Some(scales) = Scale::of_pairs(x, y) {
        let totals = pair_totals::<false>(scales, x, y);
        let [x_unit, y_unit] = scales.map(Scale::unit);
        let products = totals.products.number(x_unit + y_unit);
        let (x, y) = (totals.x.number(x_unit), totals.y.number(y_unit));
        return exact::covariance(count, ddof, &products, &x, &y);
    }
    if let Some(certain) = estimated_covariance(isa, x, y, ddof) {
        return certain;
    }
    let states = States::of(isa, x, y);
    pairs::covariance(&states.x, &states.y, &states.products, ddof)
}

/// [`correlation_f64`] with the given instruction set.
#[doc(hidden)]
pub fn correlation_f64_on(isa: Isa, x: &[f64], y: &[f64]) -> Result<f64, ValueError> {
    assert_same_length(x, y);
    if x.is_empty() {
        return Err(ValueError::NoValues);
    }
    if let Some(scales) = Scale::of_pairs(x, y) {
        let totals = pair_totals::<true>(scales, x, y);
        let [x_unit, y_unit] = scales.map(Scale::unit);
        let products = totals.products.number(x_unit + y_unit);
        let x_sums = Sums {
            sum: totals.x.number(x_unit),
            squares: totals.x_squares.number(2 * x_unit),
        };
        let y_sums = Sums {
            sum: totals.y.number(y_unit),
            squares: totals.y_squares.number(2 * y_unit),
        };
        return exact::correlation(x.len() as u64, &products, &x_sums, &y_sums);
    }
    if let Some(certain) = estimated_correlation(isa, x, y) {
        return Ok(certain);
    }
    let states = States::of(isa, x, y);
    pairs::correlation(&states.x, &states.y, &states.products)
}

/// [`weighted_mean_f64`] with the given instruction set.
#[doc(hidden)]
pub fn weighted_mean_f64_on(isa: Isa, values: &[f64], weights: &[f64]) -> Result<f64, ValueError> {
    assert_same_length(values, weights);
    let certain = match Scale::of_pairs(values, weights) {
        Some(scales) => weighted_mean_of_few(scales, values, weights),
        None => estimated_weighted_mean(isa, values, weights),
    };
    certain.unwrap_or_else(|| {
        let (mut products, mut sum) = (ProductAccumulator::new(), Accumulator::new());
        products.add_f64_on(isa, values, weights);
        sum.add_f64_on(isa, weights);
        pairs::weighted_mean(&products, &sum)
    })
}

fn assert_same_length(x: &[f64], y: &[f64]) {
    assert_eq!(x.len(), y.len(), "the slices differ in length");
}

/// The weighted mean, unless one of the totals is zero.
fn weighted_mean_of_few(
    scales: [Scale; 2],
    values: &[f64],
    weights: &[f64],
) -> Option<Result<f64, ValueError>> {
    let [values_unit, weights_unit] = scales.map(Scale::unit);
    let (products, total) = (
        sum_of_products(scales, values, weights),
        scales[1].sum(weights),
    );
    let products = products.number(values_unit + weights_unit);
    let total = total.number(weights_unit);
    (!products.is_zero() && !total.is_zero()).then(|| exact::weighted_mean(&products, &total))
}

fn estimated_covariance(
    isa: Isa,
    x: &[f64],
    y: &[f64],
    ddof: u64,
) -> Option<Result<f64, ValueError>> {
    central(isa, x, y, COMMON, |count, sums| {
        certain_covariance(count, ddof, sums)
    })
}

/// The sums that a covariance needs.
pub(crate) const COMMON: [Part; 3] = [Part::X, Part::Y, Part::Products];

/// The covariance with these sums, if it is certain.
pub(crate) fn certain_covariance(
    count: u64,
    ddof: u64,
    [x, y, products]: [Estimate; 3],
) -> Option<Result<f64, ValueError>> {
    let spread = Interval::spread(count, &products, &x, &y)?;
    let bits = spread.over_degrees(count, ddof).rounded()?;
    Some(signed(bits, spread.negative))
}

fn estimated_correlation(isa: Isa, x: &[f64], y: &[f64]) -> Option<f64> {
    central(isa, x, y, ALL, certain_correlation)
}

/// The sums that a correlation needs.
pub(crate) const ALL: [Part; 5] = [
    Part::X,
    Part::Y,
    Part::Products,
    Part::XSquares,
    Part::YSquares,
];

/// The correlation coefficient with these sums, if it is certain.
pub(crate) fn certain_correlation(
    count: u64,
    [x, y, products, x_squares, y_squares]: [Estimate; 5],
) -> Option<f64> {
    let common = Interval::spread(count, &products, &x, &y)?;
    let x = Interval::spread(count, &x_squares, &x, &x)?;
    let y = Interval::spread(count, &y_squares, &y, &y)?;
    let bits = common.square_over(&x, &y).rounded_root()?;
    (!x.negative && !y.negative).then(|| with_sign(bits, common.negative))
}

fn estimated_weighted_mean(
    isa: Isa,
    values: &[f64],
    weights: &[f64],
) -> Option<Result<f64, ValueError>> {
    certain_weighted_mean(estimates(isa, values, weights, WEIGHTED)?)
}

/// The sums that a weighted mean needs, of values and weights.
pub(crate) const WEIGHTED: [Part; 2] = [Part::Products, Part::Y];

/// The weighted mean with these sums, if it is certain.
pub(crate) fn certain_weighted_mean(
    [products, weights]: [Estimate; 2],
) -> Option<Result<f64, ValueError>> {
    let (products, weights) = (Interval::of(&products)?, Interval::of(&weights)?);
    let bits = products.over(&weights).rounded()?;
    Some(signed(bits, products.negative != weights.negative))
}

/// A result of this sign, if it is finite.
fn signed(bits: u64, negative: bool) -> Result<f64, ValueError> {
    Ok(with_sign(finite_bits(&BINARY64, bits, negative)?, negative))
}

/// The exact sums of two slices.
struct States {
    x: Moments,
    y: Moments,
    products: ProductAccumulator,
}

impl States {
    /// Pairs that all sums take before the next ones are read.
    const CHUNK: usize = 1 << 10;

    #[cold]
    fn of(isa: Isa, x: &[f64], y: &[f64]) -> Self {
        let mut states = States {
            x: Moments::new(),
            y: Moments::new(),
            products: ProductAccumulator::new(),
        };
        for (x, y) in x.chunks(Self::CHUNK).zip(y.chunks(Self::CHUNK)) {
            states.x.add_f64_on(isa, x);
            states.y.add_f64_on(isa, y);
            states.products.add_f64_on(isa, x, y);
        }
        states
    }
}
