//! Statistics of two sets of values: weighted mean, covariance and correlation. Each is
//! a quotient of integers, or the square root of one, and is rounded once.

use crate::error::ValueError;
use crate::float::{CANONICAL_NAN, with_sign};
use crate::layout::PRODUCT_LIMBS;
use crate::moments::Moments;
use crate::moments::exact::{self, Sums};
use crate::moments::value::{Place, Words, number};
use crate::natural::Number;
use crate::sum::value::Total;
use crate::sum::{Accumulator, ProductAccumulator};

const NAN: f64 = f64::from_bits(CANONICAL_NAN);

/// The total of `products` (weight times value) divided by the total of `weights`,
/// as the nearest `f64`.
///
/// NaN if either total is NaN or that of the weights is infinite; infinite if the total
/// of the products is. The sign of a zero is the product of the signs of both totals.
///
/// # Errors
/// [`ValueError::CountsDiffer`], [`ValueError::NoWeight`] if the weights add up to zero,
/// [`ValueError::Overflow`] and [`ValueError::NegativeCount`].
pub fn weighted_mean(
    products: &ProductAccumulator,
    weights: &Accumulator,
) -> Result<f64, ValueError> {
    let finite = (products.is_finite()?, weights.is_finite()?);
    if products.count() != weights.count() {
        return Err(ValueError::CountsDiffer);
    }
    let (products_finite, true) = finite else {
        return Ok(NAN);
    };
    let (mut products_words, mut weights_words) = (Words::default(), Words::default());
    let weights = number(weights, &mut weights_words.0);
    if weights.is_zero() {
        return Err(ValueError::NoWeight);
    }
    if products_finite {
        let products = number(products, &mut products_words.0);
        if !products.is_zero() {
            return exact::weighted_mean(&products, &weights);
        }
    }
    Ok(match products.total()? {
        Total::Nan => NAN,
        Total::Infinite { negative } => {
            with_sign(f64::INFINITY.to_bits(), negative != weights.negative)
        }
        // Zero, which has a sign.
        Total::Finite(total) => with_sign(0, total.negative != weights.negative),
    })
}

/// The covariance of two sets of values as the nearest `f64`, from the moments of each
/// and the total of their products: the sum of products of distances from the means,
/// divided by the count less `ddof`.
///
/// NaN if any value is NaN or infinite.
///
/// # Errors
/// [`ValueError::TooFew`] if there are at most `ddof` pairs, [`ValueError::CountsDiffer`],
/// [`ValueError::Overflow`] and [`ValueError::NegativeCount`].
pub fn covariance(
    x: &Moments,
    y: &Moments,
    products: &ProductAccumulator,
    ddof: u64,
) -> Result<f64, ValueError> {
    let count = common_count(x, y, products, ddof)?;
    let mut places = Places::default();
    match places.fill(x, y, products)? {
        Some(Common { x, y, products }) => {
            exact::covariance(count, ddof, &products, &x.sum, &y.sum)
        }
        None => Ok(NAN),
    }
}

/// The correlation coefficient of two sets of values (Pearson's), as the nearest
/// `f64`, from -1 to 1.
///
/// NaN if any value is NaN or infinite.
///
/// # Errors
/// [`ValueError::NoValues`], [`ValueError::CountsDiffer`], [`ValueError::Constant`] if the
/// values of one side are all equal, [`ValueError::Impossible`] if no values have these
/// sums, and [`ValueError::NegativeCount`].
pub fn correlation(
    x: &Moments,
    y: &Moments,
    products: &ProductAccumulator,
) -> Result<f64, ValueError> {
    let count = common_count(x, y, products, 0).map_err(|error| match error {
        ValueError::TooFew => ValueError::NoValues,
        other => other,
    })?;
    let mut places = Places::default();
    match places.fill(x, y, products)? {
        Some(Common { x, y, products }) => exact::correlation(count, &products, &x, &y),
        None => Ok(NAN),
    }
}

/// The count of all three, which is above `ddof`.
pub(super) fn common_count(
    x: &Moments,
    y: &Moments,
    products: &ProductAccumulator,
    ddof: u64,
) -> Result<u64, ValueError> {
    let count = x.count_above(ddof)?;
    if y.count() != x.count() || products.count() != x.count() {
        return Err(ValueError::CountsDiffer);
    }
    Ok(count)
}

/// The sums of two sets of values and of their products.
pub(super) struct Common<'a> {
    pub(super) x: Sums<'a>,
    pub(super) y: Sums<'a>,
    pub(super) products: Number<'a>,
}

/// Room for the words of [`Common`].
#[derive(Default)]
pub(super) struct Places {
    x: Place,
    y: Place,
    products: Words<{ PRODUCT_LIMBS + 1 }>,
}

impl Places {
    /// The sums as integers; `None` if there is NaN or an infinity.
    pub(super) fn fill(
        &mut self,
        x: &Moments,
        y: &Moments,
        products: &ProductAccumulator,
    ) -> Result<Option<Common<'_>>, ValueError> {
        let (x, y) = (x.sums(&mut self.x)?, y.sums(&mut self.y)?);
        let finite = products.is_finite()?;
        let (Some(x), Some(y), true) = (x, y, finite) else {
            return Ok(None);
        };
        let products = number(products, &mut self.products.0);
        Ok(Some(Common { x, y, products }))
    }
}
