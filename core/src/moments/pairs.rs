//! What two sets of values have in common: weighted mean, covariance and
//! correlation. Each is a quotient of integers, or the square root of one, and is
//! rounded once.

use crate::error::ValueError;
use crate::float::{BINARY64, CANONICAL_NAN, with_sign};
use crate::layout::{ONE, ONE_OF_PRODUCTS};
use crate::moments::Moments;
use crate::moments::value::{Spread, degrees};
use crate::natural::{Integer, Quotient};
use crate::sum::value::{Total, finite_bits};
use crate::sum::{Accumulator, ProductAccumulator};

/// Words of the product of two spreads.
const PRODUCT_WORDS: usize = 143;

const NAN: f64 = f64::from_bits(CANONICAL_NAN);

/// The total of `products` (weight times value) divided by the total of `weights`,
/// as the nearest `f64`.
///
/// NaN if either total is NaN, or the weights are infinite; infinite with the
/// products. A zero has the sign of both totals' signs multiplied.
///
/// # Errors
/// [`ValueError::CountsDiffer`], [`ValueError::NoWeight`] if the weights add up to zero,
/// [`ValueError::Overflow`] and [`ValueError::NegativeCount`].
pub fn weighted_mean(
    products: &ProductAccumulator,
    weights: &Accumulator,
) -> Result<f64, ValueError> {
    let (products_total, weights_total) = (products.total()?, weights.total()?);
    if products.count() != weights.count() {
        return Err(ValueError::CountsDiffer);
    }
    let Total::Finite(weights) = weights_total else {
        return Ok(NAN);
    };
    if weights.is_zero() {
        return Err(ValueError::NoWeight);
    }
    Ok(match products_total {
        Total::Nan => NAN,
        Total::Infinite { negative } => {
            with_sign(f64::INFINITY.to_bits(), negative != weights.negative)
        }
        Total::Finite(products) => {
            let negative = products.negative != weights.negative;
            let quotient = Quotient::of(&products.magnitude, &weights.magnitude);
            let bits = quotient.nearest(&BINARY64, ONE as i32 - ONE_OF_PRODUCTS as i32);
            with_sign(finite_bits(&BINARY64, bits, negative)?, negative)
        }
    })
}

/// The covariance of two sets of values as the nearest `f64`, from the moments of
/// each and the total of their products: products of distances from the means,
/// added up and divided by the count less `ddof`.
///
/// NaN if there is NaN or an infinity.
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
    let Some((count, spread)) = common_spread(x, y, products, ddof)? else {
        return Ok(NAN);
    };
    let negative = spread.negative && !spread.is_zero();
    let quotient = Quotient::of(&spread.magnitude, &degrees(count, ddof));
    let bits = quotient.nearest(&BINARY64, -(ONE_OF_PRODUCTS as i32));
    Ok(with_sign(finite_bits(&BINARY64, bits, negative)?, negative))
}

/// The correlation coefficient of two sets of values (Pearson's), as the nearest
/// `f64`, from -1 to 1.
///
/// NaN if there is NaN or an infinity.
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
    let common = common_spread(x, y, products, 0).map_err(|error| match error {
        ValueError::TooFew => ValueError::NoValues,
        other => other,
    });
    let Some((count, common)) = common? else {
        return Ok(NAN);
    };
    let (x, y) = (x.spread(count)?, y.spread(count)?);
    if x.is_zero() || y.is_zero() {
        return Err(ValueError::Constant);
    }
    // The square of the coefficient is a quotient of integers.
    let square = Integer::<PRODUCT_WORDS>::product(&common.magnitude, &common.magnitude, false);
    let most = Integer::<PRODUCT_WORDS>::product(&x.magnitude, &y.magnitude, false);
    let room = most.clone().minus(&square);
    if room.negative && !room.is_zero() {
        return Err(ValueError::Impossible);
    }
    let root = Quotient::of(&square.magnitude, &most.magnitude).square_root();
    let negative = common.negative && !common.is_zero();
    Ok(with_sign(root.nearest(&BINARY64, 0), negative))
}

/// The count, and count times products less the product of the sums; `None` if
/// there is NaN or an infinity.
fn common_spread(
    x: &Moments,
    y: &Moments,
    products: &ProductAccumulator,
    ddof: u64,
) -> Result<Option<(u64, Spread)>, ValueError> {
    let count = x.count_above(ddof)?;
    if y.count() != x.count() || products.count() != x.count() {
        return Err(ValueError::CountsDiffer);
    }
    let finite = (x.is_finite()?, y.is_finite()?, products.total()?);
    let (true, true, Total::Finite(products)) = finite else {
        return Ok(None);
    };
    let scaled = Spread::product(&[count], &products.magnitude, products.negative);
    let negative = x.sum.limbs.is_negative() != y.sum.limbs.is_negative();
    let (x, y) = (x.sum.limbs.magnitude(), y.sum.limbs.magnitude());
    Ok(Some((
        count,
        scaled.minus(&Spread::product(&x, &y, negative)),
    )))
}
