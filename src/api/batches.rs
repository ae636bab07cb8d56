//! Groups
//!
//! A statistic of each group of values, from one call: `groups` is a column of integers,
//! the id of a group for each element of `values`.
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
//! Each result is exact and rounded once, as the function for a single column gives it;
//! the order of the elements does not matter. A result that is undefined, such as the mean
//! of nothing, is NaN in its place, and one beyond DBL_MAX is the infinity of its sign;
//! neither is a failure. NaN or an infinity changes no result but that of its own group.
//!
//! The columns are as under Columns. The ids may be of any integer type, or TALLY_BOOL, and
//! each is from 0 to `group_count` - 1. An id that `validity` leaves out is not looked at,
//! and its value is skipped; the id beside a skipped value is looked at like any other.
//! TALLY_INVALID if an id is below 0 or not below `group_count`, and the message names the
//! first such row, counted from 0; if `groups` has elements that are not integers; if the
//! columns differ in `count`; and if the results overlap anything of a column.
//!
//! Time is proportional to the number of elements and of groups. A call takes memory: up to
//! a megabyte or two, at most 25 bytes for each group, and where a result needs all values of
//! its group at once, 8 for each group and 8 for each such value: for variances, deviations
//! and norms, and for sums and means of floats of which one is more than 2^30 times the size
//! of another. Ids that are sorted, in runs of some 100 and more, need 8 bytes for each
//! group. TALLY_MEMORY if there is no memory. On failure nothing is written, but where
//! tally_group_sum_i64() says so.

use std::mem::MaybeUninit;

use super::batch_verbs;
use super::exports::exports;
use crate::boundary::status::tally_status;

pub use super::batches_data::tally_statistic;
use super::column_data::tally_column;

exports! {
    /// A statistic of each group: `results[g]` is that of the values whose id is `g`.
    ///
    /// `ddof` is for TALLY_VARIANCE and TALLY_STANDARD_DEVIATION, and of no matter to others.
    /// `results` has room for `group_count` doubles, at any alignment; it may be NULL if
    /// `group_count` is 0. TALLY_INVALID if `what` is no tally_statistic.
    fn tally_group(
        values: *const tally_column, groups: *const tally_column, group_count: usize,
        what: MaybeUninit<tally_statistic>, ddof: usize, results: *mut f64,
    ) -> tally_status = batch_verbs::group;

    /// The exact sum of the integers of each group: `results[g]` is that of the values whose
    /// id is `g`.
    ///
    /// A sum outside int64_t is INT64_MAX or INT64_MIN, whichever is nearer; `*overflowed` is
    /// how many there are, and the call is TALLY_OVERFLOW if there is any. All other results
    /// are as they should be. `overflowed` may be NULL. TALLY_INVALID if `values` has elements
    /// that are not integers.
    fn tally_group_sum_i64(
        values: *const tally_column, groups: *const tally_column, group_count: usize,
        results: *mut i64, overflowed: *mut usize,
    ) -> tally_status = batch_verbs::group_sum_i64;
}
