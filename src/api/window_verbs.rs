//! The bodies of the functions that have a result for each row.

use std::ffi::CStr;
use std::mem::MaybeUninit;

use super::batches_data::{statistic, tally_statistic};
use super::column_data::tally_column;
use super::column_verbs::pair;
use super::convert::no_value;
use super::exports::{In, Out};
use crate::boundary::record::refuse;
use crate::boundary::results::Results;
use crate::boundary::status::tally_status::{self, TALLY_INVALID};
use crate::boundary::{Outcome, guard};
use tally_core::internal::Rolling;
use tally_core::{Column, CumulativeSum, Statistic, ValueError, Window};

/// The window that a caller asks for.
pub(super) fn window(size: usize, min_count: usize) -> Outcome<Window> {
    if size == 0 {
        return Err(refuse(TALLY_INVALID, format_args!("window is 0")));
    }
    if min_count > size {
        let message = format_args!("min_count is {min_count}, more than window, {size}");
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
    let ddof = ddof as u64;
    // SAFETY: the same contract.
    unsafe {
        rolling_pairs(function, x, y, size, min_count, results, |x, y, window| {
            Rolling::covariance(x, y, window, ddof)
        })
    }
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
    // SAFETY: the same contract.
    unsafe {
        rolling_pairs(function, x, y, size, min_count, results, |x, y, window| {
            Rolling::correlation(x, y, window)
        })
    }
}

/// # Safety
/// As for [`rolling`], of both columns.
unsafe fn rolling_pairs(
    function: &'static CStr,
    x: In<tally_column>,
    y: In<tally_column>,
    size: usize,
    min_count: usize,
    results: Out<f64>,
    rolling: impl for<'a> FnOnce(Column<'a>, Column<'a>, Window) -> Rolling<'a>,
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
        let (x, y) = (x.column(), y.column());
        let mut rolling = rolling(x, y, window);
        results.fill(|results| rolling.next(results));
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
    guard::status(function, || {
        let name = values.name;
        // SAFETY: readable by the contract.
        let values = unsafe { values.column() }?;
        let in_place = values.gives_way_to(results.pointer);
        // SAFETY: writable by the contract. If they are the values too, these are read by
        // copies, each before its result is written.
        let mut results = unsafe { Results::new(results.pointer, values.count(), results.name) }?;
        let mut sum = CumulativeSum::new();
        if in_place {
            let column = values.column_of_copies();
            results.fill_by_copies(|first, block| {
                sum.add(&column.part(first..first + block.len()), block);
                block.len()
            });
            return Ok(());
        }
        values.check_apart(&results, name)?;
        let column = values.column();
        let mut first = 0;
        results.fill(|results| {
            sum.add(&column.part(first..first + results.len()), results);
            first += results.len();
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
    guard::status(function, || {
        let name = values.name;
        // SAFETY: readable by the contract.
        let values = unsafe { values.column() }?;
        let in_place = values.gives_way_to(results.pointer);
        // SAFETY: as in `cumulative_sum`.
        let mut results = unsafe { Results::new(results.pointer, values.count(), results.name) }?;
        if !in_place {
            values.check_apart(&results, name)?;
        }
        let column = values.column_of_copies();
        // Of no rows, for the type.
        column.part(0..0).sum_i64().map_err(no_value)?;
        let (mut sum, mut written, mut beyond) = (0, 0, None);
        results.fill_by_copies(|first, block| {
            let rows = column.part(first..first + block.len());
            let count = rows.continue_sum(&mut sum, block).unwrap_or(0);
            if count < block.len() {
                beyond = Some(sum < 0);
            }
            written += count;
            count
        });
        // SAFETY: writable by the contract, if not NULL.
        if let Some(done) = unsafe { done.optional() } {
            done.set(written);
        }
        match beyond {
            None => Ok(()),
            Some(negative) => Err(no_value(ValueError::Overflow { negative })),
        }
    })
}
