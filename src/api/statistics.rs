//! Dot products and statistics of arrays
//!
//! One call, one number: the exact result rounded once, to the nearest double with ties
//! to even, so it does not depend on the order of the values. No result suffers from
//! cancellation: each is a quotient of integers of thousands of bits, or the square root
//! of one.
//!
//! ```c
//! double x[] = {1e100, 1.0, 1e100}, y[] = {1.0, 1.0, -1.0}, dot;
//! if (tally_dot_f64(x, y, 3, &dot) != TALLY_OK ||           // 1
//!     tally_variance_f64(values, count, 1, &variance) != TALLY_OK)
//!     fprintf(stderr, "%s\n", tally_last_message());
//! ```
//!
//! `count` is the number of elements, in each array if there are two. An array may have
//! any alignment, may be NULL if `count` is 0, and may be passed twice. `ddof`, the delta
//! degrees of freedom, is subtracted from the count in the divisor: 0 gives the variance
//! of a whole population, 1 that of a sample.
//!
//! Each function returns TALLY_NULL if a required pointer is NULL, TALLY_INVALID if an
//! array would be larger than PTRDIFF_MAX bytes and where documented, and TALLY_OVERFLOW
//! if the result rounds beyond DBL_MAX. On overflow the result is set to infinity, with
//! its sign; on any other failure it is unchanged.
//!
//! For other types and layouts see tally_column; for data that arrives in parts, see
//! tally_product_accumulator and tally_moments.
//!
//! The method is a superaccumulator of products (U. Kulisch, Computer Arithmetic and
//! Validity, 2013) with error-free transformations (T. Ogita, S. M. Rump, S. Oishi,
//! Accurate sum and dot product, 2005).

use std::ffi::CStr;

use super::column_verbs;
use super::convert::{NoValue, set_answer};
use super::exports::{In, Out, exports};
use crate::boundary::array::{Array, for_each_pair_of_blocks};
use crate::boundary::guard;
use crate::boundary::status::tally_status;
use tally_core::{Accumulator, Moments, ProductAccumulator, ValueError};

exports! {
    /// The dot product of `count` pairs of doubles: the double nearest to the true sum of
    /// the products.
    ///
    /// No product overflows or underflows. NaN, an infinity times zero, and infinite
    /// products of both signs give NaN; infinite products of one sign give that infinity.
    /// The total of empty arrays is +0.0, and that of products that are all -0.0 is -0.0.
    fn tally_dot_f64(x: *const f64, y: *const f64, count: usize, total: *mut f64) -> tally_status
        = of_pairs(self::dot);

    /// The dot product of `count` pairs of floats, as a double.
    ///
    /// The result is that of tally_dot_f64() for the same numbers.
    fn tally_dot_f32(x: *const f32, y: *const f32, count: usize, total: *mut f64) -> tally_status
        = column_verbs::of_arrays(|x, y| x.dot(y));

    /// The mean of `count` doubles: the double nearest to the true sum divided by the
    /// count.
    ///
    /// TALLY_INVALID if `count` is 0. NaN and infinities are treated as in
    /// tally_sum_f64().
    fn tally_mean_f64(values: *const f64, count: usize, mean: *mut f64) -> tally_status
        = of_array(self::mean);

    /// The mean of `count` floats, as a double: the result of tally_mean_f64() for the
    /// same numbers.
    fn tally_mean_f32(values: *const f32, count: usize, mean: *mut f64) -> tally_status
        = column_verbs::of_array(|values| values.mean());

    /// The mean of `count` signed 32-bit integers: the double nearest to the true sum divided
    /// by the count.
    ///
    /// TALLY_INVALID if `count` is 0.
    fn tally_mean_i32(values: *const i32, count: usize, mean: *mut f64) -> tally_status
        = column_verbs::of_array(|values| values.mean());

    /// The mean of `count` signed 64-bit integers, as for tally_mean_i32().
    fn tally_mean_i64(values: *const i64, count: usize, mean: *mut f64) -> tally_status
        = column_verbs::of_array(|values| values.mean());

    /// The mean of `count` unsigned 64-bit integers, as for tally_mean_i32().
    fn tally_mean_u64(values: *const u64, count: usize, mean: *mut f64) -> tally_status
        = column_verbs::of_array(|values| values.mean());

    /// The variance of `count` doubles: the sum of their squared distances from the mean,
    /// divided by `count` - `ddof`.
    ///
    /// TALLY_INVALID if `count` is not greater than `ddof`. The result is NaN if any
    /// value is NaN or infinite.
    fn tally_variance_f64(
        values: *const f64, count: usize, ddof: usize, variance: *mut f64,
    ) -> tally_status = of_array_with(self::variance);

    /// The variance of `count` floats, as a double: the result of tally_variance_f64()
    /// for the same numbers.
    fn tally_variance_f32(
        values: *const f32, count: usize, ddof: usize, variance: *mut f64,
    ) -> tally_status = column_verbs::of_array_with(|values, ddof| values.variance(ddof));

    /// The standard deviation of `count` doubles: the square root of the variance,
    /// as tally_variance_f64() defines it, rounded once.
    ///
    /// TALLY_INVALID if `count` is not greater than `ddof`. The result is NaN if any
    /// value is NaN or infinite.
    fn tally_standard_deviation_f64(
        values: *const f64, count: usize, ddof: usize, deviation: *mut f64,
    ) -> tally_status = of_array_with(self::standard_deviation);

    /// The standard deviation of `count` floats, as a double: the result of
    /// tally_standard_deviation_f64() for the same numbers.
    fn tally_standard_deviation_f32(
        values: *const f32, count: usize, ddof: usize, deviation: *mut f64,
    ) -> tally_status
        = column_verbs::of_array_with(|values, ddof| values.standard_deviation(ddof));

    /// The Euclidean norm of `count` doubles: the square root of the sum of their
    /// squares, rounded once.
    ///
    /// No square overflows or underflows. Any NaN gives NaN; otherwise any infinity gives
    /// infinity. The norm of an empty array is +0.0.
    fn tally_norm_f64(values: *const f64, count: usize, norm: *mut f64) -> tally_status
        = of_array(self::norm);

    /// The Euclidean norm of `count` floats, as a double: the result of tally_norm_f64()
    /// for the same numbers.
    fn tally_norm_f32(values: *const f32, count: usize, norm: *mut f64) -> tally_status
        = column_verbs::of_array(|values| values.norm());

    /// The weighted mean of `count` doubles: the sum of each value times its weight,
    /// divided by the sum of the weights.
    ///
    /// Weights may be negative. TALLY_INVALID if they add up to zero, as they do if
    /// `count` is 0. Otherwise the mean is NaN if there is a NaN, an infinite weight, or
    /// an infinite value of weight zero, or if infinite products have both signs.
    ///
    /// A mean of exactly zero has the sign of the zero that tally_dot_f64() returns for
    /// values and weights if the weights add up to more than zero, and the opposite sign
    /// if they add up to less: 1 and -1, each of weight -1, have the mean -0.0. A mean
    /// that rounds to zero keeps its sign.
    fn tally_weighted_mean_f64(
        values: *const f64, weights: *const f64, count: usize, mean: *mut f64,
    ) -> tally_status = of_pairs(self::weighted_mean);

    /// The weighted mean of `count` floats, as a double: the result of
    /// tally_weighted_mean_f64() for the same numbers.
    fn tally_weighted_mean_f32(
        values: *const f32, weights: *const f32, count: usize, mean: *mut f64,
    ) -> tally_status = column_verbs::of_arrays(|values, weights| values.weighted_mean(weights));

    /// The covariance of `count` pairs of doubles: the sum of the products of their
    /// distances from the means, divided by `count` - `ddof`.
    ///
    /// TALLY_INVALID if `count` is not greater than `ddof`. The result is NaN if any
    /// element is NaN or infinite. A covariance of exactly zero is +0.0; one that rounds
    /// to zero keeps its sign.
    fn tally_covariance_f64(
        x: *const f64, y: *const f64, count: usize, ddof: usize, covariance: *mut f64,
    ) -> tally_status = of_pairs_with(self::covariance);

    /// The correlation coefficient (Pearson's) of `count` pairs of doubles, from -1
    /// to 1: the covariance divided by both standard deviations.
    ///
    /// TALLY_INVALID if `count` is 0. The result is NaN if any element is NaN or
    /// infinite; otherwise TALLY_INVALID if all elements of `x` are equal, or all
    /// elements of `y`. A result of 1 or -1 may come from rounding, for pairs that lie
    /// only nearly on a line. A coefficient of exactly zero is +0.0; one that rounds to
    /// zero keeps its sign.
    fn tally_correlation_f64(
        x: *const f64, y: *const f64, count: usize, correlation: *mut f64,
    ) -> tally_status = of_pairs(self::correlation);
}

type Answer = Result<f64, ValueError>;

type Values<'a> = Array<'a, f64>;

/// # Safety
/// `values` is valid for reading `count` elements, `result` for writing.
unsafe fn of_array<E: Into<NoValue>>(
    function: &'static CStr,
    question: impl FnOnce(&Values<'_>) -> Result<f64, E>,
    values: In<f64>,
    count: usize,
    result: Out<f64>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let values = unsafe { values.array(count) }?;
        // SAFETY: writable by the contract.
        let result = unsafe { result.place() }?;
        set_answer(&result, question(&values))
    })
}

/// # Safety
/// As for [`of_array`].
unsafe fn of_array_with(
    function: &'static CStr,
    question: impl FnOnce(&Values<'_>, u64) -> Answer,
    values: In<f64>,
    count: usize,
    ddof: usize,
    result: Out<f64>,
) -> tally_status {
    let question = |values: &Values<'_>| of_count(question(values, ddof as u64), ddof, count);
    // SAFETY: the same contract.
    unsafe { of_array(function, question, values, count, result) }
}

/// # Safety
/// `x` and `y` are valid for reading `count` elements each, `result` for writing.
unsafe fn of_pairs<E: Into<NoValue>>(
    function: &'static CStr,
    question: impl FnOnce(&Values<'_>, &Values<'_>) -> Result<f64, E>,
    x: In<f64>,
    y: In<f64>,
    count: usize,
    result: Out<f64>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let (x, y) = unsafe { (x.array(count)?, y.array(count)?) };
        // SAFETY: writable by the contract.
        let result = unsafe { result.place() }?;
        set_answer(&result, question(&x, &y))
    })
}

/// # Safety
/// As for [`of_pairs`].
unsafe fn of_pairs_with(
    function: &'static CStr,
    question: impl FnOnce(&Values<'_>, &Values<'_>, u64) -> Answer,
    x: In<f64>,
    y: In<f64>,
    count: usize,
    ddof: usize,
    result: Out<f64>,
) -> tally_status {
    let question =
        |x: &Values<'_>, y: &Values<'_>| of_count(question(x, y, ddof as u64), ddof, count);
    // SAFETY: the same contract.
    unsafe { of_pairs(function, question, x, y, count, result) }
}

/// A statistic of `count` values, of which it takes `ddof` off.
fn of_count(answer: Answer, ddof: usize, count: usize) -> Result<f64, NoValue> {
    answer.map_err(|error| NoValue::of(error, ddof as u64, count as i64))
}

fn mean(values: &Values<'_>) -> Answer {
    if let Some(values) = values.in_place() {
        return tally_core::mean_f64(values);
    }
    let mut sum = Accumulator::new();
    values.for_each_block(|block| sum.add_f64(block));
    sum.mean_f64()
}

fn moments(values: &Values<'_>) -> Moments {
    let mut moments = Moments::new();
    values.for_each_block(|block| moments.add_f64(block));
    moments
}

fn variance(values: &Values<'_>, ddof: u64) -> Answer {
    match values.in_place() {
        Some(values) => tally_core::variance_f64(values, ddof),
        None => moments(values).variance_f64(ddof),
    }
}

fn standard_deviation(values: &Values<'_>, ddof: u64) -> Answer {
    match values.in_place() {
        Some(values) => tally_core::standard_deviation_f64(values, ddof),
        None => moments(values).standard_deviation_f64(ddof),
    }
}

fn norm(values: &Values<'_>) -> Answer {
    match values.in_place() {
        Some(values) => tally_core::norm_f64(values),
        None => moments(values).norm_f64(),
    }
}

fn dot(x: &Values<'_>, y: &Values<'_>) -> Answer {
    if let (Some(x), Some(y)) = (x.in_place(), y.in_place()) {
        return tally_core::dot_f64(x, y);
    }
    let mut sum = ProductAccumulator::new();
    for_each_pair_of_blocks(x, y, |x, y| sum.add_f64(x, y));
    sum.value_f64()
}

fn weighted_mean(values: &Values<'_>, weights: &Values<'_>) -> Answer {
    if let (Some(values), Some(weights)) = (values.in_place(), weights.in_place()) {
        return tally_core::weighted_mean_f64(values, weights);
    }
    let (mut products, mut sum) = (ProductAccumulator::new(), Accumulator::new());
    for_each_pair_of_blocks(values, weights, |values, weights| {
        products.add_f64(values, weights);
        sum.add_f64(weights);
    });
    tally_core::weighted_mean(&products, &sum)
}

fn covariance(x: &Values<'_>, y: &Values<'_>, ddof: u64) -> Answer {
    if let (Some(x), Some(y)) = (x.in_place(), y.in_place()) {
        return tally_core::covariance_f64(x, y, ddof);
    }
    let pairs = Pairs::of(x, y);
    tally_core::covariance(&pairs.x, &pairs.y, &pairs.products, ddof)
}

fn correlation(x: &Values<'_>, y: &Values<'_>) -> Answer {
    if let (Some(x), Some(y)) = (x.in_place(), y.in_place()) {
        return tally_core::correlation_f64(x, y);
    }
    let pairs = Pairs::of(x, y);
    tally_core::correlation(&pairs.x, &pairs.y, &pairs.products)
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

    fn of(x: &Values<'_>, y: &Values<'_>) -> Pairs {
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
