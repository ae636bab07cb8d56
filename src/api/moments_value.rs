//! What moments say
//!
//! Each result is the double nearest to the true value, ties to even. NaN and
//! infinities among the values make it NaN, but infinities of one sign are the sum
//! and the mean, and the norm is infinite with any. TALLY_INVALID where it says, and
//! if more NaN or infinities were taken out than put in, or if no values have such
//! sums; if a result is beyond DBL_MAX, it is infinite with TALLY_OVERFLOW. `ddof` is
//! as in tally_variance_f64().
//!
//! ```c
//! tally_moments_mean_f64(&moments, &mean);
//! tally_moments_standard_deviation_f64(&moments, 1, &deviation);
//! tally_moments_covariance_f64(&x, &y, &products, 1, &covariance);
//! ```

use super::convert::{no_value, set_rounded};
use super::moments::tally_moments;
use super::product_accumulator::tally_product_accumulator;
use super::state::State;
use crate::boundary::guard;
use crate::boundary::pointer::Place;
use crate::boundary::status::tally_status;
use tally_core::{correlation as exact_correlation, covariance as exact_covariance};

/// The number of values added, less those subtracted.
///
/// # Safety
/// `moments` is valid for reading, `count` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_moments_count(
    moments: *const tally_moments,
    count: *mut i64,
) -> tally_status {
    guard::status(c"tally_moments_count", || {
        // SAFETY: the caller's promise about `moments`.
        let content = unsafe { State::new(moments, "moments") }?.read()?;
        // SAFETY: the caller's promise about `count`.
        unsafe { Place::new(count, "count") }?.set(content.count());
        Ok(())
    })
}

/// The sum, as tally_accumulator_value_f64() gives it.
///
/// # Safety
/// `moments` is valid for reading, `sum` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_moments_sum_f64(
    moments: *const tally_moments,
    sum: *mut f64,
) -> tally_status {
    guard::status(c"tally_moments_sum_f64", || {
        // SAFETY: the caller's promise about `moments`.
        let moments = unsafe { State::new(moments, "moments") }?.read()?;
        // SAFETY: the caller's promise about `sum`.
        let sum = unsafe { Place::new(sum, "sum") }?;
        set_rounded(&sum, moments.sum_f64(), f64::INFINITY)
    })
}

/// The mean: the sum divided by the count.
///
/// TALLY_INVALID if the count is below 1.
///
/// # Safety
/// `moments` is valid for reading, `mean` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_moments_mean_f64(
    moments: *const tally_moments,
    mean: *mut f64,
) -> tally_status {
    guard::status(c"tally_moments_mean_f64", || {
        // SAFETY: the caller's promise about `moments`.
        let moments = unsafe { State::new(moments, "moments") }?.read()?;
        // SAFETY: the caller's promise about `mean`.
        let mean = unsafe { Place::new(mean, "mean") }?;
        set_rounded(&mean, moments.mean_f64(), f64::INFINITY)
    })
}

/// The variance, as tally_variance_f64() defines it.
///
/// TALLY_INVALID if the count is not above `ddof`.
///
/// # Safety
/// `moments` is valid for reading, `variance` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_moments_variance_f64(
    moments: *const tally_moments,
    ddof: usize,
    variance: *mut f64,
) -> tally_status {
    guard::status(c"tally_moments_variance_f64", || {
        // SAFETY: the caller's promise about `moments`.
        let moments = unsafe { State::new(moments, "moments") }?.read()?;
        // SAFETY: the caller's promise about `variance`.
        let variance = unsafe { Place::new(variance, "variance") }?;
        set_rounded(&variance, moments.variance_f64(ddof as u64), f64::INFINITY)
    })
}

/// The standard deviation: the square root of the variance, rounded once.
///
/// TALLY_INVALID if the count is not above `ddof`.
///
/// # Safety
/// `moments` is valid for reading, `deviation` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_moments_standard_deviation_f64(
    moments: *const tally_moments,
    ddof: usize,
    deviation: *mut f64,
) -> tally_status {
    guard::status(c"tally_moments_standard_deviation_f64", || {
        // SAFETY: the caller's promise about `moments`.
        let moments = unsafe { State::new(moments, "moments") }?.read()?;
        // SAFETY: the caller's promise about `deviation`.
        let deviation = unsafe { Place::new(deviation, "deviation") }?;
        set_rounded(
            &deviation,
            moments.standard_deviation_f64(ddof as u64),
            f64::INFINITY,
        )
    })
}

/// The Euclidean norm: the square root of the sum of squares, rounded once.
///
/// # Safety
/// `moments` is valid for reading, `norm` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_moments_norm_f64(
    moments: *const tally_moments,
    norm: *mut f64,
) -> tally_status {
    guard::status(c"tally_moments_norm_f64", || {
        // SAFETY: the caller's promise about `moments`.
        let moments = unsafe { State::new(moments, "moments") }?.read()?;
        // SAFETY: the caller's promise about `norm`.
        let norm = unsafe { Place::new(norm, "norm") }?;
        set_rounded(&norm, moments.norm_f64(), f64::INFINITY)
    })
}

/// The covariance of pairs, as tally_covariance_f64() defines it.
///
/// `x` and `y` are the moments of each side, `products` holds the products of the
/// pairs. TALLY_INVALID if their counts differ, or are not
/// above `ddof`.
///
/// # Safety
/// `x`, `y` and `products` are valid for reading, `covariance` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_moments_covariance_f64(
    x: *const tally_moments,
    y: *const tally_moments,
    products: *const tally_product_accumulator,
    ddof: usize,
    covariance: *mut f64,
) -> tally_status {
    guard::status(c"tally_moments_covariance_f64", || {
        // SAFETY: the caller's promise about `x`.
        let x = unsafe { State::new(x, "x") }?.read()?;
        // SAFETY: the caller's promise about `y`.
        let y = unsafe { State::new(y, "y") }?.read()?;
        // SAFETY: the caller's promise about `products`.
        let products = unsafe { State::new(products, "products") }?.read()?;
        // SAFETY: the caller's promise about `covariance`.
        let covariance = unsafe { Place::new(covariance, "covariance") }?;
        let exact = exact_covariance(&x, &y, &products, ddof as u64);
        set_rounded(&covariance, exact, f64::INFINITY)
    })
}

/// The correlation coefficient of pairs, as tally_correlation_f64() defines it.
///
/// `x` and `y` are the moments of each side, `products` holds the products of the
/// pairs. TALLY_INVALID if their counts differ, or are 0, or
/// if the values of one side are all the same.
///
/// # Safety
/// `x`, `y` and `products` are valid for reading, `correlation` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_moments_correlation_f64(
    x: *const tally_moments,
    y: *const tally_moments,
    products: *const tally_product_accumulator,
    correlation: *mut f64,
) -> tally_status {
    guard::status(c"tally_moments_correlation_f64", || {
        // SAFETY: the caller's promise about `x`.
        let x = unsafe { State::new(x, "x") }?.read()?;
        // SAFETY: the caller's promise about `y`.
        let y = unsafe { State::new(y, "y") }?.read()?;
        // SAFETY: the caller's promise about `products`.
        let products = unsafe { State::new(products, "products") }?.read()?;
        // SAFETY: the caller's promise about `correlation`.
        let correlation = unsafe { Place::new(correlation, "correlation") }?;
        let exact = exact_correlation(&x, &y, &products);
        correlation.set(exact.map_err(no_value)?);
        Ok(())
    })
}
