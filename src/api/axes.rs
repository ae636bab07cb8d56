//! Axes of matrices
//!
//! A result for each column of a matrix, or for each row.
//!
//! ```c
//! float pixels[2][3] = {{1, 2, 3}, {4, 5, 9}};
//! tally_column row = TALLY_COLUMN(TALLY_F32, pixels[0], 3);
//! double means[3];
//! ptrdiff_t row_stride = sizeof pixels[0];
//! if (tally_axis(&row, 2, row_stride, 0, TALLY_MEAN, 0, means) != TALLY_OK)
//!     fprintf(stderr, "%s\n", tally_last_message());
//! // means: 2.5, 3.5, 6
//! ```

use super::axis_verbs;
use super::batches_data::tally_statistic;
use super::column_data::tally_column;
use super::exports::exports;
use crate::boundary::status::tally_status;
use std::ffi::c_int;
use std::mem::MaybeUninit;

exports! {
    /// A statistic along an axis of a matrix: with `axis` 0 of each column, with `axis` 1 of
    /// each row. Each result is the exact one, rounded once; an undefined one is NaN, and one
    /// beyond DBL_MAX is the infinity of its sign.
    ///
    /// `first_row` describes the first row: its `count` is the number of columns, its
    /// `stride` leads from one column to the next. Each further one of the `rows` begins
    /// `row_stride` bytes after the one before. That may be negative, or 0: then all rows are
    /// the same. `validity` is that of the whole matrix, row by row: the place of the element
    /// in row r and column c is `offset` + r * `count` + c. `ddof` is for the variance and the standard deviation.
    ///
    /// `results` has room for `count` results, or for `rows`, and must not overlap the
    /// matrix. TALLY_INVALID if it does, if `axis` is neither 0 nor 1, if `what` is no
    /// tally_statistic, and if the rows would reach over more than PTRDIFF_MAX bytes or past
    /// the end of memory.
    fn tally_axis(
        first_row: *const tally_column, rows: usize, row_stride: isize, axis: c_int,
        what: MaybeUninit<tally_statistic>, ddof: usize, results: *mut f64,
    ) -> tally_status = axis_verbs::axis;
}
