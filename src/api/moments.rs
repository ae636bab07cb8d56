//! Moments: running mean, variance and standard deviation
//!
//! The exact sums of values and of their squares, and the statistics that follow from
//! them, each rounded once to the nearest double. The variance is computed by the
//! textbook formula, which is safe here: no intermediate result is rounded, so nothing
//! is lost to cancellation.
//!
//! ```c
//! tally_moments moments = TALLY_MOMENTS_INIT;
//! if (tally_moments_add_f64(&moments, values, count) != TALLY_OK ||
//!     tally_moments_variance_f64(&moments, 1, &variance) != TALLY_OK)
//!     fprintf(stderr, "%s\n", tally_last_message());
//! ```
//!
//! A tally_moments is 856 bytes of plain memory, with any alignment, and behaves like a
//! tally_accumulator: all bytes zero is the empty state, memcpy() copies it, memcmp()
//! compares it, and it needs no destructor. Merging parts from several threads or
//! machines gives the same bytes as adding all values in one place. It has no lock.
//! Errors are those of tally_accumulator. TALLY_OVERFLOW means that a count or a sum
//! would leave its range, which is that of the accumulators and is large enough for any
//! 2^63 - 1 values. On failure the state is unchanged.
//!
//! Values may be subtracted, even before they are added. While more has been subtracted
//! than added, a statistic may fail with TALLY_INVALID because no set of values has
//! such sums.
//!
//! There is no skewness or kurtosis: exact sums of cubes and fourth powers would make
//! the state 2720 bytes.
// header: verbatim-begin
//
// /**
//  * The initial value of tally_moments: no values.
//  */
// #define TALLY_MOMENTS_INIT {{0}}
// header: verbatim-end

use std::ffi::{CStr, c_int, c_void};

use super::column_data::tally_column;
use super::convert::{NoValue, set_answer};
use super::exports::{In, Out, exports, section};
use super::product_accumulator::tally_product_accumulator;
use super::state::{State, opaque_state};
use super::{column_verbs, state_verbs, values};
use crate::boundary::guard;
use crate::boundary::pointer::OutPtr;
use crate::boundary::status::tally_status;
use tally_core::{Accumulator, MOMENTS_SAVED_MAX, Moments};

/// The maximum size of a saved tally_moments in bytes.
pub const TALLY_MOMENTS_SAVED_MAX: usize = 864;

const _: () = assert!(TALLY_MOMENTS_SAVED_MAX == MOMENTS_SAVED_MAX);

/// Running sums of values and of their squares. Its contents are private.
#[repr(C)]
#[allow(non_camel_case_types)]
#[derive(Clone, Copy)]
pub struct tally_moments {
    /// Private: copy, compare or clear it only as a whole.
    pub opaque: [u64; 107],
}

opaque_state!(tally_moments, Moments);

/// The size of a tally_moments in bytes: 856. For bindings that do not read this
/// header. Cannot fail and does not touch the error record.
#[unsafe(no_mangle)]
pub extern "C" fn tally_moments_size() -> usize {
    size_of::<tally_moments>()
}

exports! {
    /// Adds `count` doubles.
    ///
    /// The array is as for tally_accumulator_add_f64().
    fn tally_moments_add_f64(
        into: *mut tally_moments, values: *const f64, count: usize,
    ) -> tally_status = state_verbs::add;

    /// Adds `count` floats, without rounding.
    fn tally_moments_add_f32(
        into: *mut tally_moments, values: *const f32, count: usize,
    ) -> tally_status = state_verbs::add;

    /// Adds `count` signed 32-bit integers, without rounding.
    fn tally_moments_add_i32(
        into: *mut tally_moments, values: *const i32, count: usize,
    ) -> tally_status = state_verbs::add;

    /// Adds `count` signed 64-bit integers, without rounding.
    fn tally_moments_add_i64(
        into: *mut tally_moments, values: *const i64, count: usize,
    ) -> tally_status = state_verbs::add;

    /// Adds `count` unsigned 64-bit integers, without rounding.
    fn tally_moments_add_u64(
        into: *mut tally_moments, values: *const u64, count: usize,
    ) -> tally_status = state_verbs::add;

    /// Adds the elements of a column that count, of any type, without rounding.
    ///
    /// TALLY_INVALID for a malformed column: see Columns.
    fn tally_moments_add(into: *mut tally_moments, values: *const tally_column) -> tally_status
        = column_verbs::take::<false, _>;

    /// Adds one double.
    fn tally_moments_add_one_f64(into: *mut tally_moments, value: f64) -> tally_status
        = state_verbs::add_one;

    /// Subtracts `count` doubles: the exact inverse of tally_moments_add_f64().
    fn tally_moments_subtract_f64(
        into: *mut tally_moments, values: *const f64, count: usize,
    ) -> tally_status = state_verbs::subtract;

    /// Subtracts `count` floats: the exact inverse of tally_moments_add_f32().
    fn tally_moments_subtract_f32(
        into: *mut tally_moments, values: *const f32, count: usize,
    ) -> tally_status = state_verbs::subtract;

    /// Subtracts `count` signed 32-bit integers: the exact inverse of
    /// tally_moments_add_i32().
    fn tally_moments_subtract_i32(
        into: *mut tally_moments, values: *const i32, count: usize,
    ) -> tally_status = state_verbs::subtract;

    /// Subtracts `count` signed 64-bit integers: the exact inverse of
    /// tally_moments_add_i64().
    fn tally_moments_subtract_i64(
        into: *mut tally_moments, values: *const i64, count: usize,
    ) -> tally_status = state_verbs::subtract;

    /// Subtracts `count` unsigned 64-bit integers: the exact inverse of
    /// tally_moments_add_u64().
    fn tally_moments_subtract_u64(
        into: *mut tally_moments, values: *const u64, count: usize,
    ) -> tally_status = state_verbs::subtract;

    /// Subtracts the elements of a column that count: the exact inverse of
    /// tally_moments_add().
    fn tally_moments_subtract(into: *mut tally_moments, values: *const tally_column) -> tally_status
        = column_verbs::take::<true, _>;

    /// Subtracts one double.
    fn tally_moments_subtract_one_f64(into: *mut tally_moments, value: f64) -> tally_status
        = state_verbs::subtract_one;

    /// Adds the contents of `from` to `into`.
    ///
    /// Both may be the same state, which doubles it, or overlap. The order of merges
    /// has no effect.
    fn tally_moments_merge(into: *mut tally_moments, from: *const tally_moments) -> tally_status
        = state_verbs::merge;

    /// Subtracts the contents of `from` from `into`: the inverse of merging.
    ///
    /// Both may be the same state, which empties it, or overlap.
    fn tally_moments_unmerge(into: *mut tally_moments, from: *const tally_moments) -> tally_status
        = state_verbs::unmerge;

    /// Writes the saved form of `moments`. The same contents give the same bytes on
    /// every machine. The manual specifies the format in "The saved form of an
    /// accumulator".
    ///
    /// `*needed` is the number of bytes, at most TALLY_MOMENTS_SAVED_MAX. `buffer` and
    /// `size` are as for tally_accumulator_save().
    fn tally_moments_save(
        moments: *const tally_moments, buffer: *mut c_void, size: usize, needed: *mut usize,
    ) -> tally_status = state_verbs::save;

    /// Reads a saved tally_moments of exactly `size` bytes into `moments`, replacing
    /// its contents.
    ///
    /// TALLY_FORMAT if the bytes are not what tally_moments_save() writes; the message
    /// says where. TALLY_INVALID if `size` is above PTRDIFF_MAX. Untrusted bytes are
    /// safe to load.
    fn tally_moments_load(
        bytes: *const c_void, size: usize, moments: *mut tally_moments,
    ) -> tally_status = state_verbs::load;

    /// Merges each of the `count` states in `in` into the corresponding one in `inout`,
    /// as a reduction operator for MPI_Op_create() and the like. Failures are recorded
    /// as by tally_accumulator_combine().
    fn tally_moments_combine(r#in: *const tally_moments, inout: *mut tally_moments, count: usize)
        = state_verbs::combine;

    /// Marks `into` as failed with `status`, which tally_moments_combine() propagates:
    /// see tally_accumulator_fail().
    fn tally_moments_fail(into: *mut tally_moments, status: c_int) -> tally_status
        = state_verbs::fail;
}

section! {
    //! The statistics of moments
    //!
    //! Each result is the double nearest to the true value, with ties to even. NaN or
    //! infinities among the values make it NaN, with two exceptions: with infinities of
    //! one sign and no NaN, the sum and the mean are that infinity, and with infinities
    //! and no NaN, the norm is infinite. TALLY_INVALID where documented, if more NaN or
    //! infinities were subtracted than added, and if no set of values has such sums.
    //! TALLY_OVERFLOW if a result rounds beyond DBL_MAX; it is then infinity, with its
    //! sign. `ddof` is as for tally_variance_f64().
    //!
    //! ```c
    //! if (tally_moments_mean_f64(&a, &mean) != TALLY_OK ||
    //!     tally_moments_standard_deviation_f64(&a, 1, &sd) != TALLY_OK ||
    //!     tally_moments_covariance_f64(&a, &b, &ab, 1, &cov) != TALLY_OK)
    //!     fprintf(stderr, "%s\n", tally_last_message());
    //! ```
}

exports! {
    /// The number of values added less the number subtracted.
    fn tally_moments_count(moments: *const tally_moments, count: *mut i64) -> tally_status
        = state_verbs::count;

    /// The numbers of values that are NaN, plus infinity and minus infinity: those
    /// added less those subtracted. Any of the result pointers may be NULL.
    fn tally_moments_special_counts(
        moments: *const tally_moments, nan: *mut i64, positive_infinity: *mut i64,
        negative_infinity: *mut i64,
    ) -> tally_status = state_verbs::special_counts;

    /// The sum, as returned by tally_accumulator_value_f64().
    fn tally_moments_sum_f64(moments: *const tally_moments, sum: *mut f64) -> tally_status
        = values::ask_in_place(Accumulator::value_f64_in_place, Moments::sum_f64);

    /// The mean: the sum divided by the count.
    ///
    /// TALLY_INVALID if the count is below 1.
    fn tally_moments_mean_f64(moments: *const tally_moments, mean: *mut f64) -> tally_status
        = values::ask_in_place(Accumulator::mean_f64_in_place, Moments::mean_f64);

    /// The variance, as defined by tally_variance_f64().
    ///
    /// TALLY_INVALID if the count is not greater than `ddof`.
    fn tally_moments_variance_f64(
        moments: *const tally_moments, ddof: usize, variance: *mut f64,
    ) -> tally_status = values::ask_with(self::variance);

    /// The standard deviation: the square root of the variance, rounded once.
    ///
    /// TALLY_INVALID if the count is not greater than `ddof`.
    fn tally_moments_standard_deviation_f64(
        moments: *const tally_moments, ddof: usize, deviation: *mut f64,
    ) -> tally_status = values::ask_with(self::standard_deviation);

    /// The Euclidean norm: the square root of the sum of squares, rounded once.
    fn tally_moments_norm_f64(moments: *const tally_moments, norm: *mut f64) -> tally_status
        = values::ask(Moments::norm_f64);
}

fn variance(moments: &Moments, ddof: usize) -> Result<f64, NoValue> {
    let found = moments.variance_f64(ddof as u64);
    found.map_err(|error| NoValue::of(error, ddof as u64, moments.count()))
}

fn standard_deviation(moments: &Moments, ddof: usize) -> Result<f64, NoValue> {
    let found = moments.standard_deviation_f64(ddof as u64);
    found.map_err(|error| NoValue::of(error, ddof as u64, moments.count()))
}

/// The covariance of pairs, as defined by tally_covariance_f64().
///
/// `x` and `y` are the moments of the two sides, and `products` holds the products of
/// the pairs. TALLY_INVALID if their counts differ or are not greater than `ddof`.
///
/// # Safety
/// `x`, `y` and `products` are valid for reading, `covariance` for writing.
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
        let covariance = unsafe { OutPtr::new(covariance, "covariance") }?;
        let found = tally_core::covariance(&x, &y, &products, ddof as u64);
        let found = found.map_err(|error| NoValue::of(error, ddof as u64, x.count()));
        set_answer(&covariance, found)
    })
}

/// The correlation coefficient of pairs, as defined by tally_correlation_f64().
///
/// `x` and `y` are the moments of the two sides, and `products` holds the products of
/// the pairs. TALLY_INVALID if their counts differ or are 0, or if all values of one
/// side are equal.
///
/// # Safety
/// `x`, `y` and `products` are valid for reading, `correlation` for writing.
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
        let correlation = unsafe { OutPtr::new(correlation, "correlation") }?;
        set_answer(&correlation, tally_core::correlation(&x, &y, &products))
    })
}

exports! {
    /// Fits a straight line through pairs, as tally_column_linear_fit() does.
    ///
    /// `x` and `y` are the moments of the two sides, and `products` holds the products
    /// of the pairs. Result pointers and errors are those of tally_column_linear_fit();
    /// TALLY_INVALID also if the counts differ.
    fn tally_moments_linear_fit(
        x: *const tally_moments, y: *const tally_moments,
        products: *const tally_product_accumulator, slope: *mut f64, intercept: *mut f64,
        r_squared: *mut f64,
    ) -> tally_status = self::linear_fit;
}

/// # Safety
/// `x`, `y` and `products` are valid for reading; each of the others, if not NULL, for
/// writing.
unsafe fn linear_fit(
    function: &'static CStr,
    x: In<tally_moments>,
    y: In<tally_moments>,
    products: In<tally_product_accumulator>,
    slope: Out<f64>,
    intercept: Out<f64>,
    r_squared: Out<f64>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let (x, y, products) = unsafe { (x.read()?, y.read()?, products.read()?) };
        let line = tally_core::linear_fit(&x, &y, &products);
        // SAFETY: writable by the contract.
        unsafe { column_verbs::set_line(line, [slope, intercept, r_squared]) }
    })
}
