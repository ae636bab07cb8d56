//! The straight line by ordinary least squares: quotients of exact sums, each rounded
//! once.
//!
//! With n pairs, sums S and T, sums of squares Q and R, and the sum of products P, the
//! slope is (n P - S T) / (n Q - S²), the intercept (T Q - S P) / (n Q - S²), and the
//! coefficient of determination (n P - S T)² / ((n Q - S²) (n R - T²)).

use crate::error::{Side, ValueError};
use crate::float::{BINARY64, CANONICAL_NAN, with_sign};
use crate::moments::Moments;
use crate::moments::exact::FEW_WORDS;
use crate::moments::pairs::{Common, Places, common_count};
use crate::natural::{Number, Quotient, Spread};
use crate::sum::ProductAccumulator;
use crate::sum::value::finite_bits;

/// Words of T Q - S P, both below 2^(64·103), and of their difference.
const MOST_WORDS: usize = 104;

/// A line y = `intercept` + `slope` x. Each number is the `f64` nearest to the true
/// one.
///
/// All are NaN if any value is NaN or infinite. An exact zero is +0.0; a number that
/// rounds to zero keeps its sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinearFit {
    /// The change of y when x grows by 1.
    ///
    /// # Errors
    /// [`ValueError::Overflow`] beyond the finite range.
    pub slope: Result<f64, ValueError>,
    /// The value of y at x = 0.
    ///
    /// # Errors
    /// [`ValueError::Overflow`] beyond the finite range.
    pub intercept: Result<f64, ValueError>,
    /// The coefficient of determination: the share of the variance of y that the line
    /// explains, from 0 to 1.
    ///
    /// # Errors
    /// [`ValueError::Constant`] if all y are equal.
    pub r_squared: Result<f64, ValueError>,
}

/// Fits a line by ordinary least squares, from the moments of each side and the total
/// of their products.
///
/// # Errors
/// [`ValueError::NoValues`], [`ValueError::CountsDiffer`], [`ValueError::Constant`] if
/// all x are equal, as a single one is, [`ValueError::Impossible`] if no values have
/// these sums, and [`ValueError::NegativeCount`].
pub fn linear_fit(
    x: &Moments,
    y: &Moments,
    products: &ProductAccumulator,
) -> Result<LinearFit, ValueError> {
    let count = common_count(x, y, products, 0).map_err(|error| match error {
        ValueError::TooFew => ValueError::NoValues,
        other => other,
    })?;
    let mut places = Places::default();
    let Some(sums) = places.fill(x, y, products)? else {
        let nan = Ok(f64::from_bits(CANONICAL_NAN));
        return Ok(LinearFit {
            slope: nan,
            intercept: nan,
            r_squared: nan,
        });
    };
    fit_in::<FEW_WORDS, { 2 * FEW_WORDS }>(count, &sums)
        .or_else(|| fit_in::<MOST_WORDS, { 2 * MOST_WORDS }>(count, &sums))
        .unwrap_or(Err(ValueError::Overflow { negative: false }))
}

/// The line in integers of `WORDS` words, and products of `TWICE`; `None` if those are too
/// few.
fn fit_in<const WORDS: usize, const TWICE: usize>(
    count: u64,
    sums: &Common<'_>,
) -> Option<Result<LinearFit, ValueError>> {
    let Common { x, y, products } = sums;
    let common = Spread::<WORDS>::of(count, products, &x.sum, &y.sum)?;
    let x_spread = Spread::<WORDS>::of(count, &x.squares, &x.sum, &x.sum)?;
    let y_spread = Spread::<WORDS>::of(count, &y.squares, &y.sum, &y.sum)?;
    let at_zero = Spread::<WORDS>::of_products([&y.sum, &x.squares], [&x.sum, products])?;
    let [common, x_spread, y_spread] = [common.number(), x_spread.number(), y_spread.number()];
    let impossible = |spread: &Number<'_>| spread.negative && !spread.is_zero();
    if impossible(&x_spread) || impossible(&y_spread) {
        return Some(Err(ValueError::Impossible));
    }
    if x_spread.is_zero() {
        return Some(Err(ValueError::Constant(Side::X)));
    }
    let r_squared = if y_spread.is_zero() {
        Err(ValueError::Constant(Side::Y))
    } else {
        let square = common.times::<TWICE>(&common);
        let most = x_spread.times::<TWICE>(&y_spread);
        let unit = 2 * common.unit - x_spread.unit - y_spread.unit;
        let quotient = Quotient::of(&square, &most).scaled(unit);
        if quotient.is_above_one() {
            return Some(Err(ValueError::Impossible));
        }
        Ok(with_sign(quotient.nearest(&BINARY64, 0), false))
    };
    Some(Ok(LinearFit {
        slope: quotient(&common, &x_spread),
        intercept: quotient(&at_zero.number(), &x_spread),
        r_squared,
    }))
}

/// `numerator` over a `denominator` above zero.
fn quotient(numerator: &Number<'_>, denominator: &Number<'_>) -> Result<f64, ValueError> {
    let negative = numerator.negative && !numerator.is_zero();
    let quotient = Quotient::of(numerator.words, denominator.words);
    let bits = quotient.nearest(&BINARY64, numerator.unit - denominator.unit);
    Ok(with_sign(finite_bits(&BINARY64, bits, negative)?, negative))
}
