//! Columns
//!
//! A tally_column describes values as they lie in memory: of any type, at any stride,
//! with or without missing values. The functions below take any column.
//!
//! ```c
//! float prices[] = {1.5F, NAN, 2.25F};
//! double mean;
//! tally_column column = TALLY_COLUMN(TALLY_F32, prices, 3);
//! column.flags = TALLY_SKIP_NAN;
//! if (tally_column_mean(&column, &mean) != TALLY_OK)        // 1.875
//!     fprintf(stderr, "%s\n", tally_last_message());
//! ```
//!
//! Each result is exact and rounded once, to the nearest double with ties to even; a
//! column of doubles gives the same result as the function for arrays. Floats of any
//! size and integers are converted without loss, even int64_t and uint64_t beyond 2^53;
//! an integer zero is +0.0.
//!
//! An element is skipped if `validity` marks it as missing, or if it is NaN and `flags`
//! has TALLY_SKIP_NAN; in a pair of columns its partner is skipped with it. All other
//! elements count. tally_column_count() reports how many there are of each. All `count`
//! elements must be readable, including skipped ones, whose values do not matter.
//!
//! The struct is read only during the call, and may have any alignment. TALLY_NULL if
//! it is NULL, or if `values` is NULL and `count` is not 0. TALLY_INVALID if `size` is
//! not sizeof(tally_column), if `type` or a flag is unknown, if the elements would span
//! more than PTRDIFF_MAX bytes or extend past the end of memory, if `offset` + `count`
//! exceeds SIZE_MAX, if two columns of a call differ in `count`, and where documented.
//! The larger struct of a later version is accepted if its additional bytes are 0.
// header: verbatim-begin
//
// /**
//  * The size of an element of a tally_type in bytes.
//  */
// #define TALLY_TYPE_SIZE(type)                                                  \
//     ((type) == TALLY_F64 || (type) == TALLY_I64 || (type) == TALLY_U64   ? 8   \
//      : (type) == TALLY_F32 || (type) == TALLY_I32 || (type) == TALLY_U32 ? 4   \
//      : (type) == TALLY_I8 || (type) == TALLY_U8 || (type) == TALLY_BOOL  ? 1   \
//                                                                          : 2)
//
// /**
//  * Initializes a tally_column of `count` contiguous elements, none of them missing.
//  * It is a constant expression if its arguments are, so it also initializes static
//  * columns, for which some compilers refuse TALLY_COLUMN in strict C99.
//  */
// #ifdef __cplusplus
// #define TALLY_COLUMN_INIT(type, values, count)                                 \
//     {                                                                          \
//         sizeof(tally_column), type, 0, values, static_cast<size_t>(count),     \
//             TALLY_TYPE_SIZE(type), nullptr, 0                                  \
//     }
// #else
// #define TALLY_COLUMN_INIT(type, values, count)                                 \
//     {                                                                          \
//         sizeof(tally_column), (type), 0, (values), (size_t)(count),            \
//             TALLY_TYPE_SIZE(type), NULL, 0                                     \
//     }
// #endif
//
// /**
//  * A tally_column as TALLY_COLUMN_INIT initializes it, for use as an expression.
//  */
// #ifdef __cplusplus
// #define TALLY_COLUMN(type, values, count)                                      \
//     tally_column {                                                             \
//         sizeof(tally_column), type, 0, values, static_cast<size_t>(count),     \
//             TALLY_TYPE_SIZE(type), nullptr, 0                                  \
//     }
// #else
// #define TALLY_COLUMN(type, values, count)                                      \
//     ((tally_column){sizeof(tally_column), (type), 0, (values),                 \
//                     (size_t)(count), TALLY_TYPE_SIZE(type), NULL, 0})
// #endif
// header: verbatim-end

use std::ffi::c_char;

use super::column_verbs;
use super::exports::exports;
use crate::boundary::status::tally_status;

pub use super::column_data::{TALLY_BYTE_MASK, TALLY_SKIP_NAN, tally_column};
pub use super::column_type::tally_type;

exports! {
    /// The number of elements of a column that count, and of those that are skipped.
    /// Either result pointer may be NULL.
    fn tally_column_count(
        values: *const tally_column, count: *mut usize, skipped: *mut usize,
    ) -> tally_status = column_verbs::count;

    /// The number of pairs of elements that count, and of those that are skipped.
    /// Either result pointer may be NULL.
    fn tally_column_count_pairs(
        x: *const tally_column, y: *const tally_column, count: *mut usize, skipped: *mut usize,
    ) -> tally_status = column_verbs::count_pairs;

    /// The sum of a column, as defined by tally_sum_f64().
    ///
    /// TALLY_OVERFLOW if the sum rounds beyond DBL_MAX; `*total` is then infinity, with
    /// the sum's sign.
    fn tally_column_sum(values: *const tally_column, total: *mut f64) -> tally_status
        = column_verbs::ask(|values| values.sum());

    /// The exact sum of a column of integers or of TALLY_BOOL.
    ///
    /// TALLY_OVERFLOW if the total is outside int64_t. TALLY_INVALID for other types.
    fn tally_column_sum_i64(values: *const tally_column, total: *mut i64) -> tally_status
        = column_verbs::ask(|values| values.sum_i64());

    /// The mean of a column, as defined by tally_mean_f64().
    ///
    /// TALLY_INVALID if no element counts.
    fn tally_column_mean(values: *const tally_column, mean: *mut f64) -> tally_status
        = column_verbs::ask(|values| values.mean());

    /// The Euclidean norm of a column, as defined by tally_norm_f64().
    ///
    /// TALLY_OVERFLOW as for tally_column_sum().
    fn tally_column_norm(values: *const tally_column, norm: *mut f64) -> tally_status
        = column_verbs::ask(|values| values.norm());

    /// The variance of a column, as defined by tally_variance_f64().
    ///
    /// TALLY_INVALID unless more than `ddof` elements count. TALLY_OVERFLOW as for
    /// tally_column_sum().
    fn tally_column_variance(
        values: *const tally_column, ddof: usize, variance: *mut f64,
    ) -> tally_status = column_verbs::ask_with(|values, ddof| values.variance(ddof));

    /// The standard deviation of a column, as defined by
    /// tally_standard_deviation_f64().
    ///
    /// TALLY_INVALID unless more than `ddof` elements count. TALLY_OVERFLOW as for
    /// tally_column_sum().
    fn tally_column_standard_deviation(
        values: *const tally_column, ddof: usize, deviation: *mut f64,
    ) -> tally_status = column_verbs::ask_with(|values, ddof| values.standard_deviation(ddof));

    /// The dot product of two columns, as defined by tally_dot_f64().
    ///
    /// TALLY_OVERFLOW as for tally_column_sum().
    fn tally_column_dot(
        x: *const tally_column, y: *const tally_column, total: *mut f64,
    ) -> tally_status = column_verbs::ask_pair(|x, y| x.dot(y));

    /// The weighted mean of a column, as defined by tally_weighted_mean_f64().
    ///
    /// TALLY_INVALID if the weights add up to zero. TALLY_OVERFLOW as for
    /// tally_column_sum().
    fn tally_column_weighted_mean(
        values: *const tally_column, weights: *const tally_column, mean: *mut f64,
    ) -> tally_status = column_verbs::ask_pair(|x, y| x.weighted_mean(y));

    /// The covariance of two columns, as defined by tally_covariance_f64().
    ///
    /// TALLY_INVALID unless more than `ddof` pairs count. TALLY_OVERFLOW as for
    /// tally_column_sum().
    fn tally_column_covariance(
        x: *const tally_column, y: *const tally_column, ddof: usize, covariance: *mut f64,
    ) -> tally_status = column_verbs::ask_pair_with(|x, y, ddof| x.covariance(y, ddof));

    /// The correlation coefficient of two columns, as defined by
    /// tally_correlation_f64().
    ///
    /// TALLY_INVALID if no pair counts, or if the elements of `x` that count are all
    /// equal, or those of `y`.
    fn tally_column_correlation(
        x: *const tally_column, y: *const tally_column, correlation: *mut f64,
    ) -> tally_status = column_verbs::ask_pair(|x, y| x.correlation(y));

    /// The variance of values with frequency weights, each of which says how often its
    /// value occurs: for values x of weights w, with the sum of weights W and the
    /// weighted mean m, the sum of w (x - m)^2 divided by W - `ddof`.
    ///
    /// TALLY_INVALID if a weight is negative, and unless W is greater than `ddof`, as
    /// it never is if nothing counts. Otherwise the result is NaN if an element that
    /// counts is NaN or infinite. TALLY_OVERFLOW as for tally_column_sum().
    fn tally_column_weighted_variance(
        values: *const tally_column, weights: *const tally_column, ddof: usize,
        variance: *mut f64,
    ) -> tally_status = column_verbs::ask_pair_with(|x, y, ddof| x.weighted_variance(y, ddof));

    /// Fits a straight line, y = `*intercept` + `*slope` x, by ordinary least squares.
    ///
    /// `*r_squared` is the coefficient of determination, the square of the correlation
    /// coefficient. Each result is rounded once. Any of the result pointers may be
    /// NULL.
    ///
    /// All results are NaN if an element that counts is NaN or infinite. Otherwise
    /// TALLY_INVALID, with nothing written, if no pair counts, if the elements of `x`
    /// that count are all equal, or if those of `y` are and `r_squared` is not NULL;
    /// the message says which. A result of exactly zero is +0.0. TALLY_OVERFLOW if a
    /// result rounds beyond DBL_MAX; that result is then infinity, with its sign, and
    /// the others are written as usual.
    fn tally_column_linear_fit(
        x: *const tally_column, y: *const tally_column, slope: *mut f64, intercept: *mut f64,
        r_squared: *mut f64,
    ) -> tally_status = column_verbs::linear_fit;

    /// Checks the length of an array, for bindings to this library whose arrays know
    /// their lengths.
    ///
    /// TALLY_INVALID unless `length` equals `needed`. The message has `name`, which is
    /// the name of the array, and both numbers.
    fn tally_check_length(name: *const c_char, length: usize, needed: usize) -> tally_status
        = column_verbs::check_length;
}
