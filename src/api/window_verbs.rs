//! The bodies of the functions that have a result for each row.

use std::ffi::CStr;
use std::mem::MaybeUninit;

use super::batches_data::{statistic, tally_statistic};
use super::column_data::tally_column;
use super::column_verbs::pair;
use super::convert::no_value;
use super::exports::{In, Out};
use super::workers::Threads;
use crate::boundary::record::refuse;
use crate::boundary::results::Results;
use crate::boundary::status::tally_status::{self, TALLY_INVALID};
use crate::boundary::{Outcome, guard};
use tally_core::internal::Rolling;
use tally_core::{Column, Statistic, ValueError, Window};

/// The window that a caller asks for.
pub(super) fn window(size: usize, min_count: usize) -> Outcome<Window> {
    if size == 0 {
        return Err(refuse(TALLY_INVALID, format_args!("window is 0")));
    }
    if min_count > size {
        let message = format_args!("min_count is {min_count}, more than window = {size}");
        return Err(refuse(TALLY_INVALID, message));
    }
    Ok(Window { size, min_count })
}

/// # Safety
/// `values` is readable as [`In::column`] says, `results` writable for as many elements, which
/// nobody else uses.
pub(super) unsafe fn rolling(
    function: &'static CStr,
    values: In<tally_column>,
    size: usize,
    min_count: usize,
    what: MaybeUninit<tally_statistic>,
    ddof: usize,
    results: Out<f64>,
) -> tally_status {
    let fill = |column: Column<'_>, window, what, results: &mut Results<'_, f64>| {
        let mut rolling = Rolling::new(column, window, what);
        results.fill(|results| rolling.next(results));
    };
    // SAFETY: the same contract.
    unsafe { rolling_by(function, fill, values, size, min_count, what, ddof, results) }
}

/// [`rolling`], filled in a given way.
///
/// # Safety
/// As for [`rolling`].
#[allow(clippy::too_many_arguments)]
pub(super) unsafe fn rolling_by(
    function: &'static CStr,
    fill: impl FnOnce(Column<'_>, Window, Statistic, &mut Results<'_, f64>),
    values: In<tally_column>,
    size: usize,
    min_count: usize,
    what: MaybeUninit<tally_statistic>,
    ddof: usize,
    results: Out<f64>,
) -> tally_status {
    guard::status(function, || {
        let name = values.name;
        // SAFETY: readable by the contract.
        let values = unsafe { values.column() }?;
        let window = window(size, min_count)?;
        let what = statistic(what, ddof)?;
        // SAFETY: writable by the contract.
        let mut results = unsafe { Results::new(results.pointer, values.count(), results.name) }?;
        values.check_apart(&results, name)?;
        fill(values.column(), window, what, &mut results);
        Ok(())
    })
}

/// # Safety
/// As for [`rolling`], of both columns.
pub(super) unsafe fn rolling_covariance(
    function: &'static CStr,
    x: In<tally_column>,
    y: In<tally_column>,
    size: usize,
    min_count: usize,
    ddof: usize,
    results: Out<f64>,
) -> tally_status {
    let fill = |x: Column<'_>, y: Column<'_>, window, results: &mut Results<'_, f64>| {
        let mut rolling = Rolling::covariance(x, y, window, ddof as u64);
        results.fill(|results| rolling.next(results));
    };
    // SAFETY: the same contract.
    unsafe { rolling_pairs_by(function, fill, x, y, size, min_count, results) }
}

/// # Safety
/// As for [`rolling`], of both columns.
pub(super) unsafe fn rolling_correlation(
    function: &'static CStr,
    x: In<tally_column>,
    y: In<tally_column>,
    size: usize,
    min_count: usize,
    results: Out<f64>,
) -> tally_status {
    let fill = |x: Column<'_>, y: Column<'_>, window, results: &mut Results<'_, f64>| {
        let mut rolling = Rolling::correlation(x, y, window);
        results.fill(|results| rolling.next(results));
    };
    // SAFETY: the same contract.
    unsafe { rolling_pairs_by(function, fill, x, y, size, min_count, results) }
}

/// A result of each window of pairs, filled in a given way.
///
/// # Safety
/// As for [`rolling`], of both columns.
pub(super) unsafe fn rolling_pairs_by(
    function: &'static CStr,
    fill: impl FnOnce(Column<'_>, Column<'_>, Window, &mut Results<'_, f64>),
    x: In<tally_column>,
    y: In<tally_column>,
    size: usize,
    min_count: usize,
    results: Out<f64>,
) -> tally_status {
    guard::status(function, || {
        let (x_name, y_name) = (x.name, y.name);
        // SAFETY: readable by the contract.
        let (x, y) = unsafe { pair(x, y) }?;
        let window = window(size, min_count)?;
        // SAFETY: writable by the contract.
        let mut results = unsafe { Results::new(results.pointer, x.count(), results.name) }?;
        x.check_apart(&results, x_name)?;
        y.check_apart(&results, y_name)?;
        fill(x.column(), y.column(), window, &mut results);
        Ok(())
    })
}

/// # Safety
/// As for [`rolling`]; the results may be the values.
pub(super) unsafe fn cumulative_sum(
    function: &'static CStr,
    values: In<tally_column>,
    results: Out<f64>,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { cumulative_sum_parallel(function, values, 1, results) }
}

/// The same on several threads.
///
/// # Safety
/// As for [`cumulative_sum`].
pub(super) unsafe fn cumulative_sum_parallel(
    function: &'static CStr,
    values: In<tally_column>,
    threads: usize,
    results: Out<f64>,
) -> tally_status {
    guard::status(function, || {
        let name = values.name;
        // SAFETY: readable by the contract.
        let values = unsafe { values.column() }?;
        let in_place = values.gives_way_to(results.pointer);
        // SAFETY: writable by the contract. If they are the values too, these are read by
        // copies: by any thread before a result is written, and after that each by the
        // thread that writes its result, before it does.
        let results = unsafe { Results::new(results.pointer, values.count(), results.name) }?;
        let column = if in_place {
            values.column_of_copies()
        } else {
            values.check_apart(&results, name)?;
            values.column()
        };
        let threads = Threads { asked_for: threads };
        let cut = |length| results.parts(length);
        column.running_totals(&threads, cut, |mut first, mut sum, mut results| {
            let mut add = |results: &mut [f64]| {
                sum.add(&column.part(first..first + results.len()), results);
                first += results.len();
            };
            if in_place {
                results.fill_by_copies(|_, block| {
                    add(block);
                    block.len()
                });
            } else {
                results.fill(add);
            }
        });
        Ok(())
    })
}

/// # Safety
/// As for [`cumulative_sum`]; `done`, if not NULL, is valid for writing.
pub(super) unsafe fn cumulative_sum_i64(
    function: &'static CStr,
    values: In<tally_column>,
    results: Out<i64>,
    done: Out<usize>,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { cumulative_sum_i64_parallel(function, values, 1, results, done) }
}

/// The same on several threads.
///
/// # Safety
/// As for [`cumulative_sum_i64`].
pub(super) unsafe fn cumulative_sum_i64_parallel(
    function: &'static CStr,
    values: In<tally_column>,
    threads: usize,
    results: Out<i64>,
    done: Out<usize>,
) -> tally_status {
    guard::status(function, || {
        let name = values.name;
        // SAFETY: readable by the contract.
        let values = unsafe { values.column() }?;
        let in_place = values.gives_way_to(results.pointer);
        // SAFETY: as in `cumulative_sum_parallel`.
        let results = unsafe { Results::new(results.pointer, values.count(), results.name) }?;
        if !in_place {
            values.check_apart(&results, name)?;
        }
        let column = values.column_of_copies();
        let threads = Threads { asked_for: threads };
        let cut = |length| results.parts(length);
        let found = column.running_integers(&threads, cut, |begin, sum, mut results| {
            let mut written = 0;
            results.fill_by_copies(|first, block| {
                let first = begin + first;
                let rows = column.part(first..first + block.len());
                let count = rows.continue_sum(sum, block).unwrap_or(0);
                written += count;
                count
            });
            written
        });
        let (written, sum) = found.map_err(no_value)?;
        // SAFETY: writable by the contract, if not NULL.
        if let Some(done) = unsafe { done.optional() } {
            done.set(written);
        }
        if written < values.count() {
            let negative = sum < 0;
            return Err(no_value(ValueError::Overflow { negative }));
        }
        Ok(())
    })
}
