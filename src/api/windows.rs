//! Windows and running totals
//!
//! A result for each row of a column: of the window of rows that ends with it, or of all rows
//! so far.
//!
//! ```c
//! double prices[] = {1e300, 1.0, 2.0, 3.0}, means[4];
//! tally_column column = TALLY_COLUMN(TALLY_F64, prices, 4);
//! if (tally_rolling(&column, 2, 2, TALLY_MEAN, 0, means) != TALLY_OK)
//!     fprintf(stderr, "%s\n", tally_last_message());
//! // means: NaN, 5e299, 1.5, 2.5
//! ```
//!
//! Each result is the exact one, rounded once. What has left a window leaves no trace, be it
//! NaN, an infinity or 1e300.
//!
//! The window of a row is that row and those before it, `window` rows in all, fewer at the
//! start. Where fewer than `min_count` of its elements count, the result is NaN; elements
//! that are missing or skipped do not count. Other undefined results are NaN too: with a
//! `min_count` of 0, the sum of a window in which nothing counts is 0, and its mean is NaN. A
//! result beyond DBL_MAX is the infinity of its sign.
//!
//! `results` has room for as many results as the column has elements. It must not overlap
//! anything of a column: TALLY_INVALID. The exception is a running total, which may take the
//! place of its values: `results` is `values` then, the stride is the size of an element, and
//! the type is that of the results.

use super::batches_data::tally_statistic;
use super::column_data::tally_column;
use super::exports::exports;
use super::window_verbs;
use crate::boundary::status::tally_status;
use std::mem::MaybeUninit;

exports! {
    /// A statistic of the window of each row: of `window` rows, of which at least `min_count`
    /// must count.
    ///
    /// `ddof` is for the variance and the standard deviation, and of no matter to others.
    /// TALLY_INVALID if `window` is 0, if `min_count` is more than `window`, and if `what` is
    /// no tally_statistic.
    fn tally_rolling(
        values: *const tally_column, window: usize, min_count: usize,
        what: MaybeUninit<tally_statistic>, ddof: usize, results: *mut f64,
    ) -> tally_status = window_verbs::rolling;

    /// The covariance of the window of each row. A row counts if both of its elements do.
    ///
    /// TALLY_INVALID as with tally_rolling(), and if the columns differ in `count`.
    fn tally_rolling_covariance(
        x: *const tally_column, y: *const tally_column, window: usize, min_count: usize,
        ddof: usize, results: *mut f64,
    ) -> tally_status = window_verbs::rolling_covariance;

    /// The correlation coefficient of the window of each row: NaN where all elements of `x`
    /// that count are equal, or those of `y`.
    ///
    /// TALLY_INVALID as with tally_rolling(), and if the columns differ in `count`.
    fn tally_rolling_correlation(
        x: *const tally_column, y: *const tally_column, window: usize, min_count: usize,
        results: *mut f64,
    ) -> tally_status = window_verbs::rolling_correlation;

    /// The sum of the elements up to each one. For an element that does not count, it is the
    /// total so far.
    ///
    /// A total beyond DBL_MAX is the infinity of its sign, from which later totals come back.
    fn tally_cumulative_sum(values: *const tally_column, results: *mut f64) -> tally_status
        = window_verbs::cumulative_sum;

    /// The exact sum of the integers up to each one.
    ///
    /// `*done`, unless `done` is NULL, is how many results were written. TALLY_OVERFLOW if the
    /// next total is outside int64_t: results from there on are as they were. TALLY_INVALID
    /// for a column of floats, and nothing is written.
    fn tally_cumulative_sum_i64(
        values: *const tally_column, results: *mut i64, done: *mut usize,
    ) -> tally_status = window_verbs::cumulative_sum_i64;
}
