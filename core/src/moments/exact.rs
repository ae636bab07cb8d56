//! Variance, covariance, correlation and weighted mean as quotients of exact sums,
//! each rounded once.
//!
//! With n pairs, sums S and T, sums of squares Q and R, and the sum of products P,
//! the variance is (n Q - S²) / (n (n - ddof)), the covariance
//! (n P - S T) / (n (n - ddof)), and the square of the correlation coefficient
//! (n P - S T)² / ((n Q - S²) (n R - T²)): quotients of integers. The formulas are
//! known as disasters where their terms are rounded. Here they are not.
//!
//! The integers have few words for most data, and are computed in as many then.

use crate::error::{Side, ValueError};
use crate::float::{BINARY64, with_sign};
use crate::natural::{Number, Quotient, Spread, words_of};
use crate::sum::value::finite_bits;

/// Words of n Q - S² for most data.
pub(super) const FEW_WORDS: usize = 8;

/// Words of n Q and of S², both below 2^(64·70), and of their difference.
const MOST_WORDS: usize = 71;

/// The sums of values and of their squares.
#[derive(Clone, Copy)]
pub(crate) struct Sums<'a> {
    pub(crate) sum: Number<'a>,
    pub(crate) squares: Number<'a>,
}

/// The variance before it is rounded, for a `count` above `ddof`.
pub(crate) fn variance(count: u64, ddof: u64, of: &Sums) -> Result<Quotient, ValueError> {
    if of.squares.negative && !of.squares.is_zero() {
        return Err(ValueError::Impossible);
    }
    with_spread(count, &of.squares, &of.sum, &of.sum, |spread| {
        if spread.negative && !spread.is_zero() {
            return Err(ValueError::Impossible);
        }
        let quotient = Quotient::of(spread.words, &degrees(count, ddof));
        Ok(quotient.scaled(spread.unit))
    })
}

/// The covariance, for a `count` above `ddof`.
pub(crate) fn covariance(
    count: u64,
    ddof: u64,
    products: &Number,
    x: &Number,
    y: &Number,
) -> Result<f64, ValueError> {
    with_spread(count, products, x, y, |spread| {
        let negative = spread.negative && !spread.is_zero();
        let quotient = Quotient::of(spread.words, &degrees(count, ddof));
        let bits = quotient.nearest(&BINARY64, spread.unit);
        Ok(with_sign(finite_bits(&BINARY64, bits, negative)?, negative))
    })
}

/// The correlation coefficient of `count` pairs.
pub(crate) fn correlation(
    count: u64,
    products: &Number,
    x: &Sums,
    y: &Sums,
) -> Result<f64, ValueError> {
    correlation_in::<FEW_WORDS, { 2 * FEW_WORDS }>(count, products, x, y)
        .or_else(|| correlation_in::<MOST_WORDS, { 2 * MOST_WORDS }>(count, products, x, y))
        .unwrap_or(Err(TOO_LARGE))
}

/// The quotient of two totals, neither of which is zero.
pub(crate) fn weighted_mean(products: &Number, weights: &Number) -> Result<f64, ValueError> {
    let negative = products.negative != weights.negative;
    let quotient = Quotient::of(products.words, weights.words);
    let bits = quotient.nearest(&BINARY64, products.unit - weights.unit);
    Ok(with_sign(finite_bits(&BINARY64, bits, negative)?, negative))
}

/// `count`·(`count` - `ddof`), as words.
pub(crate) fn degrees(count: u64, ddof: u64) -> [u64; 2] {
    words_of(u128::from(count) * u128::from(count - ddof))
}

/// No sums that a state or an array has are as large.
const TOO_LARGE: ValueError = ValueError::Overflow { negative: false };

/// What comes of n P - S T.
fn with_spread<R>(
    count: u64,
    products: &Number,
    x: &Number,
    y: &Number,
    then: impl FnOnce(Number) -> Result<R, ValueError>,
) -> Result<R, ValueError> {
    if let Some(spread) = Spread::<FEW_WORDS>::of(count, products, x, y) {
        return then(spread.number());
    }
    let spread = Spread::<MOST_WORDS>::of(count, products, x, y).ok_or(TOO_LARGE)?;
    then(spread.number())
}

/// [`correlation`] in integers of `WORDS` words, and products of `TWICE`; `None` if those
/// are too few.
fn correlation_in<const WORDS: usize, const TWICE: usize>(
    count: u64,
    products: &Number,
    x: &Sums,
    y: &Sums,
) -> Option<Result<f64, ValueError>> {
    let common = Spread::<WORDS>::of(count, products, &x.sum, &y.sum)?;
    let x_spread = Spread::<WORDS>::of(count, &x.squares, &x.sum, &x.sum)?;
    let y_spread = Spread::<WORDS>::of(count, &y.squares, &y.sum, &y.sum)?;
    let [common, x_spread, y_spread] = [common.number(), x_spread.number(), y_spread.number()];
    let impossible = |spread: &Number| spread.negative && !spread.is_zero();
    if impossible(&x_spread) || impossible(&y_spread) {
        return Some(Err(ValueError::Impossible));
    }
    for (spread, side) in [(&x_spread, Side::X), (&y_spread, Side::Y)] {
        if spread.is_zero() {
            return Some(Err(ValueError::Constant(side)));
        }
    }
    let square = common.times::<TWICE>(&common);
    let most = x_spread.times::<TWICE>(&y_spread);
    let unit = 2 * common.unit - x_spread.unit - y_spread.unit;
    let quotient = Quotient::of(&square, &most).scaled(unit);
    if quotient.is_above_one() {
        return Some(Err(ValueError::Impossible));
    }
    let negative = common.negative && !common.is_zero();
    let bits = quotient.square_root().nearest(&BINARY64, 0);
    Some(Ok(with_sign(bits, negative)))
}
