//! Parallel sums
//!
//! Sums, dot products, groups, axes and windows of long arrays, computed by several
//! threads.
//!
//! ```c
//! // 0: as many threads as there are processors
//! if (tally_sum_f64_parallel(values, count, 0, &total) != TALLY_OK)
//!     fprintf(stderr, "%s\n", tally_last_message());
//! ```
//!
//! Each function does exactly what the function of the same name without `_parallel`
//! does, whatever `threads` is and however the work is divided: the results are the
//! same bits, the failures are the same, and so is what is written on failure.
//!
//! `threads` is the maximum number of threads that work on the call at once, including
//! the calling thread. 0 means one for each processor that the calling thread may run
//! on, and no call uses more than that. Unless documented otherwise, a call uses at
//! most one thread for each 262,144 elements; the calling thread processes shorter
//! arrays alone. If no thread can be started, the calling thread does all the work;
//! that is not a failure.
//!
//! The library starts these threads when a call first needs them. They are idle between
//! calls and last until the process ends. They run none of the program's code, and they
//! block all signals except those for their own faults, such as SIGBUS from an array in
//! a mapped file. On Linux they run in the default scheduling class, if the system lets
//! a thread return to it, with the niceness and the CPU affinity of the thread whose
//! call started them. Concurrent calls share them. A forked process starts its own. A
//! plugin that contains the static library must stay loaded after its first such call:
//! link it with `-Wl,-z,nodelete`.

use std::ffi::{CStr, c_int};
use std::mem::MaybeUninit;
use std::ops::Range;

use super::batch_verbs;
use super::batches_data::tally_statistic;
use super::column_data::tally_column;
use super::convert::{Answer, set_answer};
use super::exports::{In, Out, exports};
use super::{axis_verbs, column_verbs, window_verbs};

use super::sums::Summand;
use super::workers::Threads;
use crate::boundary::array::{Array, for_each_pair_of_blocks};
use crate::boundary::guard;
use crate::boundary::results::Results;
use crate::boundary::status::tally_status;
use tally_core::internal::Rolling;
use tally_core::{self, Accumulate, Accumulator, Column, Matrix, ProductAccumulator, ValueError};

exports! {
    /// Adds `count` doubles on up to `threads` threads: see tally_sum_f64().
    fn tally_sum_f64_parallel(
        values: *const f64, count: usize, threads: usize, total: *mut f64,
    ) -> tally_status = sum;

    /// Adds `count` floats on up to `threads` threads: see tally_sum_f32().
    fn tally_sum_f32_parallel(
        values: *const f32, count: usize, threads: usize, total: *mut f32,
    ) -> tally_status = sum;

    /// Adds `count` signed 64-bit integers on up to `threads` threads: see
    /// tally_sum_i64().
    fn tally_sum_i64_parallel(
        values: *const i64, count: usize, threads: usize, total: *mut i64,
    ) -> tally_status = sum;

    /// Computes the dot product of `count` pairs of doubles on up to `threads` threads:
    /// see tally_dot_f64().
    fn tally_dot_f64_parallel(
        x: *const f64, y: *const f64, count: usize, threads: usize, total: *mut f64,
    ) -> tally_status = dot;

    /// Adds the elements of a column on up to `threads` threads: see tally_column_sum().
    fn tally_column_sum_parallel(
        values: *const tally_column, threads: usize, total: *mut f64,
    ) -> tally_status
        = sum_column(|values, threads| values.sum_parallel(threads));

    /// Adds the integers of a column on up to `threads` threads: see
    /// tally_column_sum_i64().
    fn tally_column_sum_i64_parallel(
        values: *const tally_column, threads: usize, total: *mut i64,
    ) -> tally_status
        = sum_column(|values, threads| values.sum_i64_parallel(threads));

    /// Computes a statistic along an axis on up to `threads` threads: see tally_axis().
    ///
    /// Uses at most one thread for each 131,072 elements, and at most one for each 256
    /// results.
    fn tally_axis_parallel(
        first_row: *const tally_column, rows: usize, row_stride: isize, axis: c_int,
        what: MaybeUninit<tally_statistic>, ddof: usize, threads: usize, results: *mut f64,
    ) -> tally_status = self::axis;

    /// Computes a statistic of rolling windows on up to `threads` threads: see
    /// tally_rolling().
    ///
    /// Uses at most one thread for each 16,384 rows, and at most one for each `window` rows.
    fn tally_rolling_parallel(
        values: *const tally_column, window: usize, min_count: usize,
        what: MaybeUninit<tally_statistic>, ddof: usize, threads: usize, results: *mut f64,
    ) -> tally_status = rolling;

    /// Computes the covariances of rolling windows on up to `threads` threads: see
    /// tally_rolling_covariance() and tally_rolling_parallel().
    fn tally_rolling_covariance_parallel(
        x: *const tally_column, y: *const tally_column, window: usize, min_count: usize,
        ddof: usize, threads: usize, results: *mut f64,
    ) -> tally_status = rolling_covariance;

    /// Computes the correlation coefficients of rolling windows on up to `threads`
    /// threads: see tally_rolling_correlation() and tally_rolling_parallel().
    fn tally_rolling_correlation_parallel(
        x: *const tally_column, y: *const tally_column, window: usize, min_count: usize,
        threads: usize, results: *mut f64,
    ) -> tally_status = rolling_correlation;

    /// Computes running totals on up to `threads` threads: see tally_cumulative_sum().
    ///
    /// Uses at most one thread for each 16,384 rows, and at most 32.
    fn tally_cumulative_sum_parallel(
        values: *const tally_column, threads: usize, results: *mut f64,
    ) -> tally_status = window_verbs::cumulative_sum_parallel;

    /// Computes exact running totals of integers on up to `threads` threads: see
    /// tally_cumulative_sum_i64() and tally_cumulative_sum_parallel().
    fn tally_cumulative_sum_i64_parallel(
        values: *const tally_column, threads: usize, results: *mut i64, done: *mut usize,
    ) -> tally_status = window_verbs::cumulative_sum_i64_parallel;

    /// Computes the dot product of two columns on up to `threads` threads: see
    /// tally_column_dot().
    fn tally_column_dot_parallel(
        x: *const tally_column, y: *const tally_column, threads: usize, total: *mut f64,
    ) -> tally_status = dot_columns;

    /// Computes a statistic for each group on up to `threads` threads: see
    /// tally_group().
    ///
    /// If there are fewer groups than elements, each thread may allocate memory for the
    /// groups: TALLY_MEMORY is then possible where tally_group() succeeds.
    fn tally_group_parallel(
        values: *const tally_column, groups: *const tally_column, group_count: usize,
        what: MaybeUninit<tally_statistic>, ddof: usize, threads: usize, results: *mut f64,
    ) -> tally_status = batch_verbs::group_parallel;

    /// Computes the exact sum of each group of integers on up to `threads` threads: see
    /// tally_group_sum_i64() and tally_group_parallel().
    fn tally_group_sum_i64_parallel(
        values: *const tally_column, groups: *const tally_column, group_count: usize,
        threads: usize, results: *mut i64, overflowed: *mut usize,
    ) -> tally_status = batch_verbs::group_sum_i64_parallel;
}

/// An element type that has sums on several threads.
trait ParallelSummand: Summand {
    fn sum_on(threads: &Threads, values: &Array<'_, Self>) -> Self::Sum;
}

macro_rules! floats {
    ($($element:ty: $sum:path, $value:ident;)+) => {$(
        impl ParallelSummand for $element {
            fn sum_on(threads: &Threads, values: &Array<'_, Self>) -> Self::Sum {
                if let Some(values) = values.in_place() {
                    return $sum(threads, values);
                }
                let add = |sum: &mut Accumulator, numbers: Range<usize>| {
                    values.part(numbers).for_each_block(|block| sum.add(block));
                };
                tally_core::accumulate_parallel(threads, values.count(), add).$value()
            }
        }
    )+};
}

floats! {
    f64: tally_core::sum_f64_parallel, value_f64;
    f32: tally_core::sum_f32_parallel, value_f32;
}

impl ParallelSummand for i64 {
    fn sum_on(threads: &Threads, values: &Array<'_, Self>) -> i128 {
        tally_core::sum_integers_parallel(threads, values.count(), |numbers| {
            i64::sum(&values.part(numbers))
        })
    }
}

/// # Safety
/// `values` is valid for reading `count` elements, `total` for writing.
unsafe fn sum<T: ParallelSummand>(
    function: &'static CStr,
    values: In<T>,
    count: usize,
    threads: usize,
    total: Out<T::Total>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let values = unsafe { values.array(count) }?;
        // SAFETY: writable by the contract.
        let total = unsafe { total.place() }?;
        let threads = Threads { asked_for: threads };
        T::set(T::sum_on(&threads, &values), &total)
    })
}

/// # Safety
/// `x` and `y` are valid for reading `count` elements each, `total` for writing.
unsafe fn dot(
    function: &'static CStr,
    x: In<f64>,
    y: In<f64>,
    count: usize,
    threads: usize,
    total: Out<f64>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let (x, y) = unsafe { (x.array(count)?, y.array(count)?) };
        // SAFETY: writable by the contract.
        let total = unsafe { total.place() }?;
        let threads = Threads { asked_for: threads };
        if let (Some(x), Some(y)) = (x.in_place(), y.in_place()) {
            return set_answer(&total, tally_core::dot_f64_parallel(&threads, x, y));
        }
        let add = |sum: &mut ProductAccumulator, numbers: Range<usize>| {
            let (x, y) = (x.part(numbers.clone()), y.part(numbers));
            for_each_pair_of_blocks(&x, &y, |x, y| sum.add_f64(x, y));
        };
        let sum = tally_core::accumulate_parallel(&threads, count, add);
        set_answer(&total, sum.value_f64())
    })
}

/// # Safety
/// `values` is readable as [`In::column`] says, `total` valid for writing.
unsafe fn sum_column<R: Answer>(
    function: &'static CStr,
    sum: impl FnOnce(&Column<'_>, &Threads) -> Result<R, ValueError>,
    values: In<tally_column>,
    threads: usize,
    total: Out<R>,
) -> tally_status {
    let threads = Threads { asked_for: threads };
    // SAFETY: the same contract.
    unsafe { column_verbs::ask(function, |values| sum(values, &threads), values, total) }
}

/// # Safety
/// `x` and `y` are readable as [`In::column`] says, `total` valid for writing.
unsafe fn dot_columns(
    function: &'static CStr,
    x: In<tally_column>,
    y: In<tally_column>,
    threads: usize,
    total: Out<f64>,
) -> tally_status {
    let threads = Threads { asked_for: threads };
    // SAFETY: the same contract.
    unsafe { column_verbs::ask_pair(function, |x, y| x.dot_parallel(&threads, y), x, y, total) }
}

/// # Safety
/// As for [`window_verbs::rolling`].
#[allow(clippy::too_many_arguments)]
unsafe fn rolling(
    function: &'static CStr,
    values: In<tally_column>,
    window: usize,
    min_count: usize,
    what: MaybeUninit<tally_statistic>,
    ddof: usize,
    threads: usize,
    results: Out<f64>,
) -> tally_status {
    let threads = Threads { asked_for: threads };
    let fill = |column: Column<'_>, window, what, results: &mut Results<'_, f64>| {
        fill_windows(
            results,
            column.len(),
            |results| column.rolling_parallel(&threads, window, what, results),
            || Rolling::new(column, window, what),
        );
    };
    // SAFETY: the same contract.
    unsafe {
        window_verbs::rolling_by(
            function, fill, values, window, min_count, what, ddof, results,
        )
    }
}

/// # Safety
/// As for [`window_verbs::rolling`], of both columns.
#[allow(clippy::too_many_arguments)]
unsafe fn rolling_covariance(
    function: &'static CStr,
    x: In<tally_column>,
    y: In<tally_column>,
    window: usize,
    min_count: usize,
    ddof: usize,
    threads: usize,
    results: Out<f64>,
) -> tally_status {
    let (threads, ddof) = (Threads { asked_for: threads }, ddof as u64);
    let fill = |x: Column<'_>, y: Column<'_>, window, results: &mut Results<'_, f64>| {
        fill_windows(
            results,
            x.len(),
            |results| x.rolling_covariance_parallel(&threads, &y, window, ddof, results),
            || Rolling::covariance(x, y, window, ddof),
        );
    };
    // SAFETY: the same contract.
    unsafe { window_verbs::rolling_pairs_by(function, fill, x, y, window, min_count, results) }
}

/// # Safety
/// As for [`window_verbs::rolling`], of both columns.
unsafe fn rolling_correlation(
    function: &'static CStr,
    x: In<tally_column>,
    y: In<tally_column>,
    window: usize,
    min_count: usize,
    threads: usize,
    results: Out<f64>,
) -> tally_status {
    let threads = Threads { asked_for: threads };
    let fill = |x: Column<'_>, y: Column<'_>, window, results: &mut Results<'_, f64>| {
        fill_windows(
            results,
            x.len(),
            |results| x.rolling_correlation_parallel(&threads, &y, window, results),
            || Rolling::correlation(x, y, window),
        );
    };
    // SAFETY: the same contract.
    unsafe { window_verbs::rolling_pairs_by(function, fill, x, y, window, min_count, results) }
}

/// Has the results of windows filled on several threads; on one where they are misaligned.
fn fill_windows<'a>(
    results: &mut Results<'_, f64>,
    count: usize,
    all: impl Fn(&mut [f64]),
    one: impl Fn() -> Rolling<'a>,
) {
    let mut rolling = None;
    results.fill(|results| {
        if results.len() == count {
            all(results);
        } else {
            rolling.get_or_insert_with(&one).next(results);
        }
    });
}

/// # Safety
/// As for [`axis_verbs::axis`].
#[allow(clippy::too_many_arguments)]
unsafe fn axis(
    function: &'static CStr,
    first_row: In<tally_column>,
    rows: usize,
    row_stride: isize,
    axis: c_int,
    what: MaybeUninit<tally_statistic>,
    ddof: usize,
    threads: usize,
    results: Out<f64>,
) -> tally_status {
    let threads = Threads { asked_for: threads };
    let fill = |matrix: Matrix<'_>, axis, what, results: &mut Results<'_, f64>| {
        let mut first = 0;
        results.fill(|results| {
            if results.len() == matrix.results(axis) {
                matrix.reduce_parallel(&threads, axis, what, results);
            } else {
                matrix.reduce_from(axis, what, first, results);
            }
            first += results.len();
        });
    };
    // SAFETY: the same contract.
    unsafe {
        axis_verbs::axis_by(
            function, fill, first_row, rows, row_stride, axis, what, ddof, results,
        )
    }
}
