//! Columns
//!
//! Values as they lie in memory: of any type, at any distance from each other, some of
//! them perhaps missing. A tally_column describes them, and each function below takes any
//! column.
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
//! Each result is the exact one, rounded once to the nearest double, ties to even; that of
//! doubles is what the function for arrays of the same name gives. Floats of any size and
//! integers are taken exactly as they are, int64_t and uint64_t beyond 2^53 too; an
//! integer zero is +0.0.
//!
//! An element that `validity` leaves out is as if it were not in the column, and so is NaN
//! if `flags` has TALLY_SKIP_NAN. In a pair of columns, such an element is skipped with its
//! partner. tally_column_count() says how many are left. All `count` elements must be
//! readable, skipped ones too; their values do not matter.
//!
//! The struct is read during the call only, and may lie at any alignment. TALLY_NULL if it
//! is NULL, or if `values` is and `count` is not 0. TALLY_INVALID if `size` is not
//! sizeof(tally_column); if `type` or a flag is unknown; if the elements would reach over
//! more than PTRDIFF_MAX bytes or past the end of memory; if `offset` + `count` is more than
//! SIZE_MAX; if two columns of a call differ in `count`; and where a function says so. A
//! struct of a later version, which is larger, is accepted if its further bytes are 0.
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
//  * Initializes a tally_column of `count` elements that lie side by side, all of them
//  * there. It is constant if its arguments are, and so serves static columns too, for
//  * which some compilers refuse TALLY_COLUMN in strict C99.
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
//  * A tally_column that TALLY_COLUMN_INIT initializes, as an expression.
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
    /// How many elements count, and how many are skipped. NULL for a number that is not
    /// wanted.
    fn tally_column_count(
        values: *const tally_column, count: *mut usize, skipped: *mut usize,
    ) -> tally_status = column_verbs::count;

    /// How many pairs of elements count, and how many are skipped. NULL for a number that
    /// is not wanted.
    fn tally_column_count_pairs(
        x: *const tally_column, y: *const tally_column, count: *mut usize, skipped: *mut usize,
    ) -> tally_status = column_verbs::count_pairs;

    /// The sum, as tally_sum_f64() has it.
    ///
    /// TALLY_OVERFLOW if the nearest double is beyond DBL_MAX; `*total` is the infinity of
    /// its sign then.
    fn tally_column_sum(values: *const tally_column, total: *mut f64) -> tally_status
        = column_verbs::ask(|values| values.sum());

    /// The exact sum of a column of integers or of TALLY_BOOL.
    ///
    /// TALLY_OVERFLOW if the total is outside int64_t. TALLY_INVALID for other types.
    fn tally_column_sum_i64(values: *const tally_column, total: *mut i64) -> tally_status
        = column_verbs::ask(|values| values.sum_i64());

    /// The mean, as tally_mean_f64() has it.
    ///
    /// TALLY_INVALID if no element counts.
    fn tally_column_mean(values: *const tally_column, mean: *mut f64) -> tally_status
        = column_verbs::ask(|values| values.mean());

    /// The Euclidean norm, as tally_norm_f64() has it.
    ///
    /// TALLY_OVERFLOW as with tally_column_sum().
    fn tally_column_norm(values: *const tally_column, norm: *mut f64) -> tally_status
        = column_verbs::ask(|values| values.norm());

    /// The variance, as tally_variance_f64() has it.
    ///
    /// TALLY_INVALID if no more than `ddof` elements count. TALLY_OVERFLOW as with
    /// tally_column_sum().
    fn tally_column_variance(
        values: *const tally_column, ddof: usize, variance: *mut f64,
    ) -> tally_status = column_verbs::ask_with(|values, ddof| values.variance(ddof));

    /// The standard deviation, as tally_standard_deviation_f64() has it.
    ///
    /// TALLY_INVALID if no more than `ddof` elements count.
    fn tally_column_standard_deviation(
        values: *const tally_column, ddof: usize, deviation: *mut f64,
    ) -> tally_status = column_verbs::ask_with(|values, ddof| values.standard_deviation(ddof));

    /// The sum of the products of pairs, as tally_dot_f64() has it.
    ///
    /// TALLY_OVERFLOW as with tally_column_sum().
    fn tally_column_dot(
        x: *const tally_column, y: *const tally_column, total: *mut f64,
    ) -> tally_status = column_verbs::ask_pair(|x, y| x.dot(y));

    /// The weighted mean, as tally_weighted_mean_f64() has it.
    ///
    /// TALLY_INVALID if the weights add up to zero. TALLY_OVERFLOW as with
    /// tally_column_sum().
    fn tally_column_weighted_mean(
        values: *const tally_column, weights: *const tally_column, mean: *mut f64,
    ) -> tally_status = column_verbs::ask_pair(|x, y| x.weighted_mean(y));

    /// The covariance, as tally_covariance_f64() has it.
    ///
    /// TALLY_INVALID if no more than `ddof` pairs count. TALLY_OVERFLOW as with
    /// tally_column_sum().
    fn tally_column_covariance(
        x: *const tally_column, y: *const tally_column, ddof: usize, covariance: *mut f64,
    ) -> tally_status = column_verbs::ask_pair_with(|x, y, ddof| x.covariance(y, ddof));

    /// The correlation coefficient, as tally_correlation_f64() has it.
    ///
    /// TALLY_INVALID if no pair counts, or if those elements of `x` that count are all
    /// equal, or those of `y`.
    fn tally_column_correlation(
        x: *const tally_column, y: *const tally_column, correlation: *mut f64,
    ) -> tally_status = column_verbs::ask_pair(|x, y| x.correlation(y));

    /// The variance of values that each count as often as its weight says (frequency
    /// weights): with the weights w, their sum W, and the weighted mean m, the sum of
    /// w (x - m)^2 divided by W - `ddof`.
    ///
    /// TALLY_INVALID if a weight is below 0, and if W is not above `ddof`, as that of
    /// nothing is not. Otherwise NaN if there is NaN or an infinity. TALLY_OVERFLOW as with
    /// tally_column_sum().
    fn tally_column_weighted_variance(
        values: *const tally_column, weights: *const tally_column, ddof: usize,
        variance: *mut f64,
    ) -> tally_status = column_verbs::ask_pair_with(|x, y, ddof| x.weighted_variance(y, ddof));

    /// The straight line through pairs with the least squares of distances in `y`:
    /// y = `*intercept` + `*slope` x.
    ///
    /// `*r_squared` is the coefficient of determination, the square of the correlation
    /// coefficient. Each is rounded once. NULL for one that is not wanted.
    ///
    /// All are NaN if there is NaN or an infinity. Otherwise TALLY_INVALID, and nothing is
    /// written, if no pair counts; if those elements of `x` that count are all equal; and if
    /// those of `y` are, unless `r_squared` is NULL. The message says which of the two. A
    /// result of zero is +0.0. TALLY_OVERFLOW if a result is beyond DBL_MAX; it is the infinity
    /// of its sign then, and the others are as they should be.
    fn tally_column_linear_fit(
        x: *const tally_column, y: *const tally_column, slope: *mut f64, intercept: *mut f64,
        r_squared: *mut f64,
    ) -> tally_status = column_verbs::linear_fit;

    /// Refuses an array of another length than a call needs: for wrappers of this library,
    /// whose arrays know their lengths.
    ///
    /// TALLY_INVALID unless `length` is `needed`. The message calls the array by its `name`.
    fn tally_check_length(name: *const c_char, length: usize, needed: usize) -> tally_status
        = column_verbs::check_length;
}
