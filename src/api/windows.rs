//! Windows and running totals
//!
//! One result for each row of a column: for the window of rows that ends there, or for
//! all rows so far.
//!
//! ```c
//! double prices[] = {1e300, 1.0, 2.0, 3.0}, means[4];
//! tally_column column = TALLY_COLUMN(TALLY_F64, prices, 4);
//! if (tally_rolling(&column, 2, 2, TALLY_MEAN, 0, means) != TALLY_OK)
//!     fprintf(stderr, "%s\n", tally_last_message());
//! // means: NaN, 5e299, 1.5, 2.5
//! ```
//!
//! Each result is exact and rounded once. A value that has left the window has no
//! effect, be it NaN, an infinity or 1e300.
//!
//! The window of a row consists of that row and those before it, `window` rows in all,
//! or fewer at the start. The result is NaN if fewer than `min_count` elements of the
//! window count; missing and skipped elements do not. Other undefined results are NaN
//! too: with a `min_count` of 0, the sum of a window in which nothing counts is 0, and
//! its mean is NaN. A result that rounds beyond DBL_MAX is infinity, with its sign.
//!
//! `results` has room for one result for each element of the column. TALLY_INVALID if
//! it overlaps the values or the validity of a column. The exception is a running total
//! computed in place: `results` may be the column's `values` if the elements are
//! contiguous and of the type of the results.

use super::batches_data::tally_statistic;
use super::column_data::tally_column;
use super::exports::exports;
use super::window_verbs;
use crate::boundary::status::tally_status;
use std::mem::MaybeUninit;

exports! {
    /// Computes a statistic for the window of each row: `window` rows, of which at
    /// least `min_count` must count.
    ///
    /// `ddof` applies to the variance and the standard deviation and is otherwise
    /// ignored. TALLY_INVALID if `window` is 0, if `min_count` is greater than
    /// `window`, and if `what` is not a tally_statistic.
    fn tally_rolling(
        values: *const tally_column, window: usize, min_count: usize,
        what: MaybeUninit<tally_statistic>, ddof: usize, results: *mut f64,
    ) -> tally_status = window_verbs::rolling;

    /// Computes the covariance of the window of each row. A row counts if both of its
    /// elements do.
    ///
    /// TALLY_INVALID as for tally_rolling(), and if the columns differ in `count`.
    fn tally_rolling_covariance(
        x: *const tally_column, y: *const tally_column, window: usize, min_count: usize,
        ddof: usize, results: *mut f64,
    ) -> tally_status = window_verbs::rolling_covariance;

    /// Computes the correlation coefficient of the window of each row: NaN where all
    /// elements of `x` that count are equal, or those of `y`.
    ///
    /// TALLY_INVALID as for tally_rolling(), and if the columns differ in `count`.
    fn tally_rolling_correlation(
        x: *const tally_column, y: *const tally_column, window: usize, min_count: usize,
        results: *mut f64,
    ) -> tally_status = window_verbs::rolling_correlation;

    /// Computes running totals: for each element, the sum of all elements up to and
    /// including it. An element that does not count adds nothing.
    ///
    /// A total that rounds beyond DBL_MAX is infinity, with its sign; later totals may
    /// be finite again.
    fn tally_cumulative_sum(values: *const tally_column, results: *mut f64) -> tally_status
        = window_verbs::cumulative_sum;

    /// Computes exact running totals of integers.
    ///
    /// `*done` is the number of results written; `done` may be NULL. TALLY_OVERFLOW if
    /// the next total is outside int64_t; the remaining results are unchanged.
    /// TALLY_INVALID, with nothing written, if `values` is a column of floats.
    fn tally_cumulative_sum_i64(
        values: *const tally_column, results: *mut i64, done: *mut usize,
    ) -> tally_status = window_verbs::cumulative_sum_i64;
}
