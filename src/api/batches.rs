//! Groups
//!
//! A statistic for each group of values, in one call: `groups` is a column of integers
//! with the group id of each element of `values`.
//!
//! ```c
//! double prices[] = {0.1, 1e100, 0.2, 1.0, -1e100}, totals[3];
//! uint8_t shops[] = {0, 2, 0, 2, 2};
//! tally_column values = TALLY_COLUMN(TALLY_F64, prices, 5);
//! tally_column groups = TALLY_COLUMN(TALLY_U8, shops, 5);
//! if (tally_group(&values, &groups, 3, TALLY_SUM, 0, totals) != TALLY_OK)
//!     fprintf(stderr, "%s\n", tally_last_message());
//! else
//!     printf("%g %g %g\n", totals[0], totals[1], totals[2]);     // 0.3 0 1
//! ```
//!
//! Each result is exact and rounded once, as from the function for a single column; the
//! order of the elements does not matter. An undefined result, such as the mean of no
//! values, is NaN, and one that rounds beyond DBL_MAX is infinity, with its sign;
//! neither is a failure. NaN and infinities affect only the results of their own group.
//!
//! For the columns see Columns. Ids may be of any integer type or TALLY_BOOL, and range
//! from 0 to `group_count` - 1. If an id is missing, its value is skipped; the id of a
//! skipped value is checked like any other. TALLY_INVALID if an id is out of range,
//! with the first such row, counted from 0, in the message; if `groups` is a column of
//! floats; if the columns differ in `count`; and if the results overlap the values, ids
//! or validity of a column.
//!
//! Time is proportional to the number of elements and groups. A call allocates at most
//! one or two megabytes, plus up to 25 bytes for each group. Where a result needs all
//! values of its group at once, it allocates a further 8 bytes for each group and for
//! each such value: this is so for variances, deviations and norms, and for sums and
//! means of floats of which one is more than 2^30 times as large as another. Sorted
//! ids, in runs of about 100 or more, take only 8 bytes for each group. TALLY_MEMORY if
//! out of memory. On failure nothing is written, except by tally_group_sum_i64() on
//! overflow.

use std::mem::MaybeUninit;

use super::batch_verbs;
use super::exports::exports;
use crate::boundary::status::tally_status;

pub use super::batches_data::tally_statistic;
use super::column_data::tally_column;

exports! {
    /// Computes a statistic for each group: `results[g]` is that of the values with id
    /// `g`.
    ///
    /// `ddof` applies to TALLY_VARIANCE and TALLY_STANDARD_DEVIATION and is otherwise
    /// ignored. `results` has room for `group_count` doubles, with any alignment; it
    /// may be NULL if `group_count` is 0. TALLY_INVALID if `what` is not a
    /// tally_statistic.
    fn tally_group(
        values: *const tally_column, groups: *const tally_column, group_count: usize,
        what: MaybeUninit<tally_statistic>, ddof: usize, results: *mut f64,
    ) -> tally_status = batch_verbs::group;

    /// Computes the exact sum of each group of integers: `results[g]` is that of the
    /// values with id `g`.
    ///
    /// A sum outside int64_t is replaced by INT64_MAX or INT64_MIN, whichever is
    /// nearer, and the call returns TALLY_OVERFLOW; all other results are correct.
    /// `*overflowed` is the number of such sums; `overflowed` may be NULL.
    /// TALLY_INVALID if `values` is a column of floats.
    fn tally_group_sum_i64(
        values: *const tally_column, groups: *const tally_column, group_count: usize,
        results: *mut i64, overflowed: *mut usize,
    ) -> tally_status = batch_verbs::group_sum_i64;
}
