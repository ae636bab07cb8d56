//! Moments: mean, variance and standard deviation in progress
//!
//! The exact sum of values and of their squares, and what follows from the two,
//! each result rounded once to the nearest double. The variance is computed by
//! the textbook's formula, which is right here: nothing is rounded on the way,
//! so nothing cancels.
//!
//! ```c
//! tally_moments moments = TALLY_MOMENTS_INIT;
//! if (tally_moments_add_f64(&moments, values, count) != TALLY_OK ||
//!     tally_moments_variance_f64(&moments, 1, &variance) != TALLY_OK)
//!     fprintf(stderr, "%s\n", tally_last_message());
//! ```
//!
//! It is 856 bytes of plain memory and behaves like a tally_accumulator: all
//! bytes zero is the state of nothing, memcpy() copies and memcmp() compares,
//! any alignment will do, and there is no destructor. Parts from several
//! threads or machines are merged without a trace. It is not locked. Errors are
//! those of tally_accumulator; TALLY_OVERFLOW means that the count or a sum
//! would leave its range, which is that of the accumulators: adding 2^63 - 1
//! values never does. On failure the state is as it was.
//!
//! Values may be taken out again, even before they are put in. While more is
//! out than in, a result may be TALLY_INVALID because no set of values has such
//! sums.
//!
//! There is no skewness and no kurtosis: with exact sums of cubes and of fourth powers
//! a state would be 2720 bytes.
// header: verbatim-begin
//
// /**
//  * The initial value of tally_moments: those of nothing.
//  */
// #define TALLY_MOMENTS_INIT {{0}}
// header: verbatim-end

use std::ffi::{CStr, c_int, c_void};

use super::column_data::tally_column;
use super::convert::set_answer;
use super::exports::{In, Out, exports, section};
use super::product_accumulator::tally_product_accumulator;
use super::state::{State, opaque_state};
use super::{column_verbs, state_verbs, values};
use crate::boundary::guard;
use crate::boundary::pointer::OutPtr;
use crate::boundary::status::tally_status;
use tally_core::{Accumulator, MOMENTS_SAVED_MAX, Moments};

/// The most bytes that saved tally_moments take.
pub const TALLY_MOMENTS_SAVED_MAX: usize = 864;

const _: () = assert!(TALLY_MOMENTS_SAVED_MAX == MOMENTS_SAVED_MAX);

/// Sums of values and of their squares. Its content is private.
#[repr(C)]
#[allow(non_camel_case_types)]
#[derive(Clone, Copy)]
pub struct tally_moments {
    /// Not to be touched but as a whole.
    pub opaque: [u64; 107],
}

opaque_state!(tally_moments, Moments);

/// The size of moments in bytes: 856. For callers without this header. Cannot
/// fail, and does not touch the error record.
#[unsafe(no_mangle)]
pub extern "C" fn tally_moments_size() -> usize {
    size_of::<tally_moments>()
}

exports! {
    /// Adds `count` doubles.
    ///
    /// Arrays are as for tally_accumulator_add_f64().
    fn tally_moments_add_f64(
        into: *mut tally_moments, values: *const f64, count: usize,
    ) -> tally_status = state_verbs::add;

    /// Adds `count` floats, each exactly as it is.
    fn tally_moments_add_f32(
        into: *mut tally_moments, values: *const f32, count: usize,
    ) -> tally_status = state_verbs::add;

    /// Adds `count` signed 32-bit integers, each exactly as it is.
    fn tally_moments_add_i32(
        into: *mut tally_moments, values: *const i32, count: usize,
    ) -> tally_status = state_verbs::add;

    /// Adds `count` signed 64-bit integers, each exactly as it is.
    fn tally_moments_add_i64(
        into: *mut tally_moments, values: *const i64, count: usize,
    ) -> tally_status = state_verbs::add;

    /// Adds `count` unsigned 64-bit integers, each exactly as it is.
    fn tally_moments_add_u64(
        into: *mut tally_moments, values: *const u64, count: usize,
    ) -> tally_status = state_verbs::add;

    /// Adds each element of a column that counts: of any type, exactly as it is.
    ///
    /// TALLY_INVALID for a bad column, as under Columns.
    fn tally_moments_add(into: *mut tally_moments, values: *const tally_column) -> tally_status
        = column_verbs::take::<false, _>;

    /// Adds one double.
    fn tally_moments_add_one_f64(into: *mut tally_moments, value: f64) -> tally_status
        = state_verbs::add_one;

    /// Takes `count` doubles out again: undoes tally_moments_add_f64()
    /// exactly.
    fn tally_moments_subtract_f64(
        into: *mut tally_moments, values: *const f64, count: usize,
    ) -> tally_status = state_verbs::subtract;

    /// Takes `count` floats out again: undoes tally_moments_add_f32()
    /// exactly.
    fn tally_moments_subtract_f32(
        into: *mut tally_moments, values: *const f32, count: usize,
    ) -> tally_status = state_verbs::subtract;

    /// Takes `count` signed 32-bit integers out again: undoes tally_moments_add_i32()
    /// exactly.
    fn tally_moments_subtract_i32(
        into: *mut tally_moments, values: *const i32, count: usize,
    ) -> tally_status = state_verbs::subtract;

    /// Takes `count` signed 64-bit integers out again: undoes tally_moments_add_i64()
    /// exactly.
    fn tally_moments_subtract_i64(
        into: *mut tally_moments, values: *const i64, count: usize,
    ) -> tally_status = state_verbs::subtract;

    /// Takes `count` unsigned 64-bit integers out again: undoes tally_moments_add_u64()
    /// exactly.
    fn tally_moments_subtract_u64(
        into: *mut tally_moments, values: *const u64, count: usize,
    ) -> tally_status = state_verbs::subtract;

    /// Takes each element of a column that counts out again: undoes tally_moments_add()
    /// exactly.
    fn tally_moments_subtract(into: *mut tally_moments, values: *const tally_column) -> tally_status
        = column_verbs::take::<true, _>;

    /// Takes one double out again.
    fn tally_moments_subtract_one_f64(into: *mut tally_moments, value: f64) -> tally_status
        = state_verbs::subtract_one;

    /// Adds everything that is in `from` to `into`.
    ///
    /// Both may be the same, which doubles it, or overlap. The order of merges leaves
    /// no trace.
    fn tally_moments_merge(into: *mut tally_moments, from: *const tally_moments) -> tally_status
        = state_verbs::merge;

    /// Takes everything that is in `from` out of `into`: the inverse of merging.
    ///
    /// Both may be the same, which empties it, or overlap.
    fn tally_moments_unmerge(into: *mut tally_moments, from: *const tally_moments) -> tally_status
        = state_verbs::unmerge;

    /// Writes the saved form of `moments`: the same content gives the same bytes, on
    /// every machine. The manual specifies it, in "The saved form of an accumulator".
    ///
    /// `*needed` is the number of bytes, at most TALLY_MOMENTS_SAVED_MAX. `buffer` and
    /// `size` are as for tally_accumulator_save().
    fn tally_moments_save(
        moments: *const tally_moments, buffer: *mut c_void, size: usize, needed: *mut usize,
    ) -> tally_status = state_verbs::save;

    /// Reads what tally_moments_save() wrote from exactly `size` bytes into `moments`,
    /// whatever was there before.
    ///
    /// TALLY_FORMAT if the bytes are anything else; the message says where. Bytes
    /// from a stranger do no harm.
    fn tally_moments_load(
        bytes: *const c_void, size: usize, moments: *mut tally_moments,
    ) -> tally_status = state_verbs::load;

    /// Merges `count` states of `in` into those of `inout`, one by one: an operator
    /// for MPI_Op_create() and the like. It behaves like
    /// tally_accumulator_combine().
    fn tally_moments_combine(r#in: *const tally_moments, inout: *mut tally_moments, count: usize)
        = state_verbs::combine;

    /// Leaves a failure in `into`, which tally_moments_combine() passes on. As
    /// tally_accumulator_fail().
    fn tally_moments_fail(into: *mut tally_moments, status: c_int) -> tally_status
        = state_verbs::fail;
}

section! {
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
    //! if (tally_moments_mean_f64(&a, &mean) != TALLY_OK ||
    //!     tally_moments_standard_deviation_f64(&a, 1, &sd) != TALLY_OK ||
    //!     tally_moments_covariance_f64(&a, &b, &ab, 1, &cov) != TALLY_OK)
    //!     fprintf(stderr, "%s\n", tally_last_message());
    //! ```
}

exports! {
    /// The number of values added, less those subtracted.
    fn tally_moments_count(moments: *const tally_moments, count: *mut i64) -> tally_status
        = state_verbs::count;

    /// How many values are NaN, how many plus infinity, and how many minus infinity:
    /// those added, less those subtracted. NULL for a count that is not wanted.
    fn tally_moments_special_counts(
        moments: *const tally_moments, nan: *mut i64, positive_infinity: *mut i64,
        negative_infinity: *mut i64,
    ) -> tally_status = state_verbs::special_counts;

    /// The sum, as tally_accumulator_value_f64() gives it.
    fn tally_moments_sum_f64(moments: *const tally_moments, sum: *mut f64) -> tally_status
        = values::ask_in_place(Accumulator::value_f64_in_place, Moments::sum_f64);

    /// The mean: the sum divided by the count.
    ///
    /// TALLY_INVALID if the count is below 1.
    fn tally_moments_mean_f64(moments: *const tally_moments, mean: *mut f64) -> tally_status
        = values::ask_in_place(Accumulator::mean_f64_in_place, Moments::mean_f64);

    /// The variance, as tally_variance_f64() defines it.
    ///
    /// TALLY_INVALID if the count is not above `ddof`.
    fn tally_moments_variance_f64(
        moments: *const tally_moments, ddof: usize, variance: *mut f64,
    ) -> tally_status = values::ask_with(|moments, ddof| Moments::variance_f64(moments, ddof as u64));

    /// The standard deviation: the square root of the variance, rounded once.
    ///
    /// TALLY_INVALID if the count is not above `ddof`.
    fn tally_moments_standard_deviation_f64(
        moments: *const tally_moments, ddof: usize, deviation: *mut f64,
    ) -> tally_status = values::ask_with(|moments, ddof| Moments::standard_deviation_f64(moments, ddof as u64));

    /// The Euclidean norm: the square root of the sum of squares, rounded once.
    fn tally_moments_norm_f64(moments: *const tally_moments, norm: *mut f64) -> tally_status
        = values::ask(Moments::norm_f64);
}

/// The covariance of pairs, as tally_covariance_f64() defines it.
///
/// `x` and `y` are the moments of each side, `products` holds the products of the
/// pairs. TALLY_INVALID if their counts differ, or are not
/// above `ddof`.
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
        set_answer(
            &covariance,
            tally_core::covariance(&x, &y, &products, ddof as u64),
        )
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
    /// The straight line through pairs, as tally_column_linear_fit() has it.
    ///
    /// `x` and `y` are the moments of each side, `products` holds the products of the
    /// pairs. TALLY_INVALID if their counts differ, and as with tally_column_linear_fit().
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
