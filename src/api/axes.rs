//! Axes of matrices
//!
//! One result for each column of a matrix, or for each row.
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
    /// Computes a statistic for each column of a matrix (`axis` 0) or for each row
    /// (`axis` 1). Each result is exact and rounded once; an undefined one is NaN, and
    /// one that rounds beyond DBL_MAX is infinity, with its sign.
    ///
    /// `first_row` describes the first of `rows` rows: its `count` is the number of
    /// columns, and its `stride` is the distance between them. Each row begins
    /// `row_stride` bytes after the previous one; `row_stride` may be negative, or 0 to
    /// repeat one row. `validity` covers the whole matrix, row by row: the position of
    /// the element in row r and column c is `offset` + r * `count` + c. `ddof` applies
    /// to the variance and the standard deviation.
    ///
    /// `results` has room for `count` results with `axis` 0 and for `rows` results with
    /// `axis` 1, and must not overlap the matrix. TALLY_INVALID if it does, if `axis`
    /// is neither 0 nor 1, if `what` is not a tally_statistic, and if the rows would
    /// span more than PTRDIFF_MAX bytes or extend past the end of memory.
    fn tally_axis(
        first_row: *const tally_column, rows: usize, row_stride: isize, axis: c_int,
        what: MaybeUninit<tally_statistic>, ddof: usize, results: *mut f64,
    ) -> tally_status = axis_verbs::axis;
}
