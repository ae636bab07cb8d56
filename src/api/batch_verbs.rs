//! The bodies of the functions that reduce groups.

use std::ffi::CStr;
use std::mem::MaybeUninit;

use super::batches_data::{statistic, tally_statistic};
use super::column_data::{Given, tally_column};
use super::column_verbs::pair;
use super::exports::{In, Out};
use super::workers::Threads;
use crate::boundary::pointer::{Extent, places};
use crate::boundary::record::{Refusal, refuse};
use crate::boundary::status::tally_status::{self, TALLY_INVALID, TALLY_MEMORY, TALLY_OVERFLOW};
use crate::boundary::{Outcome, guard};
use tally_core::GroupError;

/// Why there are no results.
#[cold]
fn no_results(error: GroupError) -> Refusal {
    match error {
        GroupError::NotIntegers => refuse(
            TALLY_INVALID,
            format_args!("groups: the elements are not integers"),
        ),
        GroupError::NoGroup { row } => refuse(
            TALLY_INVALID,
            format_args!("groups: the id in row {row} is not from 0 to group_count - 1"),
        ),
        GroupError::NotIntegerValues => refuse(
            TALLY_INVALID,
            format_args!("values: the elements are not integers"),
        ),
        GroupError::OutOfMemory => refuse(
            TALLY_MEMORY,
            format_args!("out of memory allocating the groups"),
        ),
    }
}

/// Refuses results that lie where something of a column does.
fn check_apart<T>(
    values: &Given<'_>,
    groups: &Given<'_>,
    results: *const T,
    count: usize,
) -> Outcome<()> {
    // What reaches past the end of memory is refused as such.
    let size = count.saturating_mul(size_of::<T>());
    let results = Extent::new(results, size).filter(|_| count > 0);
    values.check_apart_from(results.as_ref(), "values")?;
    groups.check_apart_from(results.as_ref(), "groups")
}

/// A statistic of each group.
///
/// # Safety
/// `values` and `groups` are readable as [`In::column`] says, `results` is valid for writing
/// `group_count` doubles.
pub(super) unsafe fn group(
    function: &'static CStr,
    values: In<tally_column>,
    groups: In<tally_column>,
    group_count: usize,
    what: MaybeUninit<tally_statistic>,
    ddof: usize,
    results: Out<f64>,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe {
        group_parallel(
            function,
            values,
            groups,
            group_count,
            what,
            ddof,
            1,
            results,
        )
    }
}

/// The same on several threads.
///
/// # Safety
/// As for [`group`].
// The arguments of the exported function.
#[allow(clippy::too_many_arguments)]
pub(super) unsafe fn group_parallel(
    function: &'static CStr,
    values: In<tally_column>,
    groups: In<tally_column>,
    group_count: usize,
    what: MaybeUninit<tally_statistic>,
    ddof: usize,
    threads: usize,
    results: Out<f64>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let (values, groups) = unsafe { pair(values, groups) }?;
        let what = statistic(what, ddof)?;
        check_apart(&values, &groups, results.pointer, group_count)?;
        // SAFETY: writable by the contract, and apart from what is read.
        let places = unsafe { places::<f64, 8>(results.pointer, group_count, results.name) }?;
        let threads = Threads { asked_for: threads };
        let (values, groups) = (values.column(), groups.column());
        let found = values.group_parallel(&threads, &groups, what, places);
        found.map_err(no_results)
    })
}

/// The exact sum of the integers of each group.
///
/// # Safety
/// `values` and `groups` are readable as [`In::column`] says, `results` is valid for writing
/// `group_count` integers, `overflowed` (if not NULL) for writing.
pub(super) unsafe fn group_sum_i64(
    function: &'static CStr,
    values: In<tally_column>,
    groups: In<tally_column>,
    group_count: usize,
    results: Out<i64>,
    overflowed: Out<usize>,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe {
        group_sum_i64_parallel(
            function,
            values,
            groups,
            group_count,
            1,
            results,
            overflowed,
        )
    }
}

/// The same on several threads.
///
/// # Safety
/// As for [`group_sum_i64`].
pub(super) unsafe fn group_sum_i64_parallel(
    function: &'static CStr,
    values: In<tally_column>,
    groups: In<tally_column>,
    group_count: usize,
    threads: usize,
    results: Out<i64>,
    overflowed: Out<usize>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let (values, groups) = unsafe { pair(values, groups) }?;
        check_apart(&values, &groups, results.pointer, group_count)?;
        // SAFETY: writable by the contract, and apart from what is read.
        let places = unsafe { places::<i64, 8>(results.pointer, group_count, results.name) }?;
        // SAFETY: writable by the contract, if not NULL.
        let overflowed = unsafe { overflowed.optional() };
        let threads = Threads { asked_for: threads };
        let (values, groups) = (values.column(), groups.column());
        let outside = values
            .group_sum_i64_parallel(&threads, &groups, places)
            .map_err(no_results)?;
        if let Some(overflowed) = overflowed {
            overflowed.set(outside);
        }
        match outside {
            0 => Ok(()),
            _ => Err(refuse(
                TALLY_OVERFLOW,
                format_args!("the sums of {outside} groups are outside the range of int64_t"),
            )),
        }
    })
}
