//! Dot products and statistics of arrays
//!
//! One call, one number: the exact result rounded once, to the nearest double
//! and ties to even, so it does not depend on the order of the values. No
//! formula here cancels: each result is a quotient of integers of thousands of
//! bits, or the square root of one.
//!
//! ```c
//! double x[] = {1e100, 1.0, 1e100}, y[] = {1.0, 1.0, -1.0}, result;
//! tally_status status = tally_dot_f64(x, y, 3, &result);           // 1.0
//! status = tally_variance_f64(values, count, 1, &result);
//! ```
//!
//! `count` is a number of elements, of each array if there are two. An array may
//! lie at any alignment; it may be NULL if `count` is 0, and the same one may be
//! given twice. `ddof` is what is taken off the count before the division: 0 for
//! the variance of a whole population, 1 for that of a sample.
//!
//! Each function returns TALLY_NULL for a NULL that is needed, TALLY_INVALID if
//! an array would be larger than PTRDIFF_MAX bytes or where it says, and
//! TALLY_OVERFLOW if the nearest double is beyond DBL_MAX; the result is the
//! infinity of its sign then. On any other failure it is untouched.
//!
//! For sums in progress see tally_product_accumulator and tally_moments.
//!
//! The method is a superaccumulator of products (U. Kulisch, Computer Arithmetic
//! and Validity, 2013), filled by error-free transformations (T. Ogita,
//! S. M. Rump, S. Oishi, Accurate sum and dot product, 2005).

use super::convert::{no_value, set_answer};
use crate::boundary::guard;
use crate::boundary::pointer::{Array, Place, for_each_pair_of_blocks};
use crate::boundary::status::tally_status;
use tally_core::{self, Accumulator, Moments, ProductAccumulator};

fn moments_of(values: &Array<'_, f64>) -> Moments {
    let mut moments = Moments::new();
    values.for_each_block(|block| moments.add_f64(block));
    moments
}

/// What covariance and correlation are made of.
struct Pairs {
    x: Moments,
    y: Moments,
    products: ProductAccumulator,
}

impl Pairs {
    /// Elements that all three sums take before the next ones are read.
    const CHUNK: usize = 1 << 13;

    fn of(x: &Array<'_, f64>, y: &Array<'_, f64>) -> Pairs {
        let mut pairs = Pairs {
            x: Moments::new(),
            y: Moments::new(),
            products: ProductAccumulator::new(),
        };
        for_each_pair_of_blocks(x, y, |x, y| {
            for (x, y) in x.chunks(Self::CHUNK).zip(y.chunks(Self::CHUNK)) {
                pairs.x.add_f64(x);
                pairs.y.add_f64(y);
                pairs.products.add_f64(x, y);
            }
        });
        pairs
    }
}

/// Adds the products of `count` pairs of doubles: the double nearest to the true
/// sum.
///
/// Products neither overflow nor underflow on the way. NaN, an infinity times
/// zero, and infinite products of both signs give NaN; infinite products of one
/// sign give that infinity. The result of nothing is +0.0; of nothing but products
/// that are -0.0 it is -0.0.
///
/// # Safety
/// `x` and `y` are valid for reading `count` elements each, `total` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_dot_f64(
    x: *const f64,
    y: *const f64,
    count: usize,
    total: *mut f64,
) -> tally_status {
    guard::status(c"tally_dot_f64", || {
        // SAFETY: the caller's promise about `x`.
        let x = unsafe { Array::new(x, count, "x") }?;
        // SAFETY: the caller's promise about `y`.
        let y = unsafe { Array::new(y, count, "y") }?;
        // SAFETY: the caller's promise about `total`.
        let total = unsafe { Place::new(total, "total") }?;
        if let (Some(x), Some(y)) = (x.in_place(), y.in_place()) {
            return set_answer(&total, tally_core::dot_f64(x, y));
        }
        let mut sum = ProductAccumulator::new();
        for_each_pair_of_blocks(&x, &y, |x, y| sum.add_f64(x, y));
        set_answer(&total, sum.value_f64())
    })
}

/// The mean of `count` doubles: the double nearest to the true sum divided by the
/// count.
///
/// TALLY_INVALID if `count` is 0. NaN and infinities are as in tally_sum_f64().
///
/// # Safety
/// `values` is valid for reading `count` elements, `mean` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_mean_f64(
    values: *const f64,
    count: usize,
    mean: *mut f64,
) -> tally_status {
    guard::status(c"tally_mean_f64", || {
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        // SAFETY: the caller's promise about `mean`.
        let mean = unsafe { Place::new(mean, "mean") }?;
        let mut sum = Accumulator::new();
        values.for_each_block(|block| sum.add_f64(block));
        set_answer(&mean, sum.mean_f64())
    })
}

/// The variance of `count` doubles: the squares of their distances from the mean,
/// added up and divided by `count` - `ddof`.
///
/// TALLY_INVALID if `count` is not above `ddof`. NaN if there is NaN or an
/// infinity.
///
/// # Safety
/// `values` is valid for reading `count` elements, `variance` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_variance_f64(
    values: *const f64,
    count: usize,
    ddof: usize,
    variance: *mut f64,
) -> tally_status {
    guard::status(c"tally_variance_f64", || {
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        // SAFETY: the caller's promise about `variance`.
        let variance = unsafe { Place::new(variance, "variance") }?;
        let ddof = ddof as u64;
        let exact = match values.in_place() {
            Some(values) => tally_core::variance_f64(values, ddof),
            None => moments_of(&values).variance_f64(ddof),
        };
        set_answer(&variance, exact)
    })
}

/// The standard deviation of `count` doubles: the square root of the variance,
/// as tally_variance_f64() defines it, rounded once.
///
/// TALLY_INVALID if `count` is not above `ddof`. NaN if there is NaN or an
/// infinity.
///
/// # Safety
/// `values` is valid for reading `count` elements, `deviation` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_standard_deviation_f64(
    values: *const f64,
    count: usize,
    ddof: usize,
    deviation: *mut f64,
) -> tally_status {
    guard::status(c"tally_standard_deviation_f64", || {
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        // SAFETY: the caller's promise about `deviation`.
        let deviation = unsafe { Place::new(deviation, "deviation") }?;
        let ddof = ddof as u64;
        let exact = match values.in_place() {
            Some(values) => tally_core::standard_deviation_f64(values, ddof),
            None => moments_of(&values).standard_deviation_f64(ddof),
        };
        set_answer(&deviation, exact)
    })
}

/// The Euclidean norm of `count` doubles: the square root of the sum of their
/// squares, rounded once.
///
/// Squares neither overflow nor underflow on the way. Any NaN gives NaN; else any
/// infinity gives infinity. The norm of nothing is +0.0.
///
/// # Safety
/// `values` is valid for reading `count` elements, `norm` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_norm_f64(
    values: *const f64,
    count: usize,
    norm: *mut f64,
) -> tally_status {
    guard::status(c"tally_norm_f64", || {
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        // SAFETY: the caller's promise about `norm`.
        let norm = unsafe { Place::new(norm, "norm") }?;
        let exact = match values.in_place() {
            Some(values) => tally_core::norm_f64(values),
            None => moments_of(&values).norm_f64(),
        };
        set_answer(&norm, exact)
    })
}

/// The weighted mean of `count` doubles: the sum of each value times its weight,
/// divided by the sum of the weights.
///
/// Weights may be negative. TALLY_INVALID if they add up to zero, as those of
/// nothing do; otherwise NaN if there is NaN, an infinite weight, an infinity with
/// the weight zero, or if infinities times their weights have both signs.
///
/// A mean of zero has the sign of tally_dot_f64() of values and weights if the
/// weights add up to more than zero, and the other sign if to less: so 1 and -1,
/// each with the weight -1, have the mean -0.0. A mean that rounds to zero keeps
/// its own sign.
///
/// # Safety
/// `values` and `weights` are valid for reading `count` elements each, `mean` for
/// writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_weighted_mean_f64(
    values: *const f64,
    weights: *const f64,
    count: usize,
    mean: *mut f64,
) -> tally_status {
    guard::status(c"tally_weighted_mean_f64", || {
        // SAFETY: the caller's promise about `values`.
        let values = unsafe { Array::new(values, count, "values") }?;
        // SAFETY: the caller's promise about `weights`.
        let weights = unsafe { Array::new(weights, count, "weights") }?;
        // SAFETY: the caller's promise about `mean`.
        let mean = unsafe { Place::new(mean, "mean") }?;
        let (mut products, mut sum) = (ProductAccumulator::new(), Accumulator::new());
        for_each_pair_of_blocks(&values, &weights, |values, weights| {
            products.add_f64(values, weights);
            sum.add_f64(weights);
        });
        set_answer(&mean, tally_core::weighted_mean(&products, &sum))
    })
}

/// The covariance of `count` pairs of doubles: the products of their distances
/// from the means, added up and divided by `count` - `ddof`.
///
/// TALLY_INVALID if `count` is not above `ddof`. NaN if there is NaN or an
/// infinity. A covariance of zero is +0.0; one that rounds to zero keeps its sign.
///
/// # Safety
/// `x` and `y` are valid for reading `count` elements each, `covariance` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_covariance_f64(
    x: *const f64,
    y: *const f64,
    count: usize,
    ddof: usize,
    covariance: *mut f64,
) -> tally_status {
    guard::status(c"tally_covariance_f64", || {
        // SAFETY: the caller's promise about `x`.
        let x = unsafe { Array::new(x, count, "x") }?;
        // SAFETY: the caller's promise about `y`.
        let y = unsafe { Array::new(y, count, "y") }?;
        // SAFETY: the caller's promise about `covariance`.
        let covariance = unsafe { Place::new(covariance, "covariance") }?;
        let pairs = Pairs::of(&x, &y);
        let exact = tally_core::covariance(&pairs.x, &pairs.y, &pairs.products, ddof as u64);
        set_answer(&covariance, exact)
    })
}

/// The correlation coefficient (Pearson's) of `count` pairs of doubles, from -1
/// to 1: the covariance divided by both standard deviations.
///
/// TALLY_INVALID if `count` is 0. NaN if there is NaN or an infinity; otherwise
/// TALLY_INVALID if all elements of `x` are equal, or all of `y`. The
/// result may round to 1 or -1 where the pairs lie on a line only nearly. A
/// coefficient of zero is +0.0; one that rounds to zero keeps its sign.
///
/// # Safety
/// `x` and `y` are valid for reading `count` elements each, `correlation` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_correlation_f64(
    x: *const f64,
    y: *const f64,
    count: usize,
    correlation: *mut f64,
) -> tally_status {
    guard::status(c"tally_correlation_f64", || {
        // SAFETY: the caller's promise about `x`.
        let x = unsafe { Array::new(x, count, "x") }?;
        // SAFETY: the caller's promise about `y`.
        let y = unsafe { Array::new(y, count, "y") }?;
        // SAFETY: the caller's promise about `correlation`.
        let correlation = unsafe { Place::new(correlation, "correlation") }?;
        let pairs = Pairs::of(&x, &y);
        let exact = tally_core::correlation(&pairs.x, &pairs.y, &pairs.products);
        correlation.set(exact.map_err(no_value)?);
        Ok(())
    })
}
