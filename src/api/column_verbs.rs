//! The bodies of the functions that take columns.

use std::ffi::{CStr, c_char};

use super::column_data::{Given, Parts, tally_column};
use super::column_type::Element;
use super::convert::{Answer, NoValue, no_value, set_answer};
use super::exports::{In, Out};
use super::quoted::Told;
use super::state::OpaqueState;
use crate::boundary::pointer;
use crate::boundary::record::refuse;
use crate::boundary::status::tally_status::{self, TALLY_INVALID};
use crate::boundary::{Outcome, guard};
use tally_core::internal::SmallSum;
use tally_core::{Accumulator, Column, LinearFit, Moments, ProductAccumulator, ValueError};

/// Two columns of one length.
///
/// # Safety
/// As for [`In::column`], of both.
pub(super) unsafe fn pair<'a>(
    x: In<tally_column>,
    y: In<tally_column>,
) -> Outcome<(Given<'a>, Given<'a>)> {
    let (x_name, y_name) = (x.name, y.name);
    // SAFETY: the same contract.
    let (x, y) = unsafe { (x.column()?, y.column()?) };
    if x.count() != y.count() {
        let message = format_args!(
            "{x_name} has {} elements, {y_name} has {}",
            x.count(),
            y.count()
        );
        return Err(refuse(TALLY_INVALID, message));
    }
    Ok((x, y))
}

/// Asks a column one question.
///
/// # Safety
/// `values` is readable as [`In::column`] says, `result` for writing.
pub(super) unsafe fn ask<R: Answer, E: Into<NoValue>>(
    function: &'static CStr,
    question: impl FnOnce(&Column<'_>) -> Result<R, E>,
    values: In<tally_column>,
    result: Out<R>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let values = unsafe { values.column() }?;
        // SAFETY: writable by the contract.
        let result = unsafe { result.place() }?;
        set_answer(&result, question(&values.column()))
    })
}

/// Asks a column for a statistic that takes `ddof` off the count.
///
/// # Safety
/// As for [`ask`].
pub(super) unsafe fn ask_with(
    function: &'static CStr,
    question: impl FnOnce(&Column<'_>, u64) -> Result<f64, ValueError>,
    values: In<tally_column>,
    ddof: usize,
    result: Out<f64>,
) -> tally_status {
    let question = |values: &Column<'_>| with_ddof(values, ddof as u64, question);
    // SAFETY: the same contract.
    unsafe { ask(function, question, values, result) }
}

/// A statistic of the values of a column that count, less `ddof`.
fn with_ddof(
    values: &Column<'_>,
    ddof: u64,
    question: impl FnOnce(&Column<'_>, u64) -> Result<f64, ValueError>,
) -> Result<f64, NoValue> {
    question(values, ddof).map_err(|error| NoValue::of(error, ddof, values.count() as i64))
}

/// Asks a pair of columns one question.
///
/// # Safety
/// `x` and `y` are readable as [`In::column`] says, `result` for writing.
pub(super) unsafe fn ask_pair<E: Into<NoValue>>(
    function: &'static CStr,
    question: impl FnOnce(&Column<'_>, &Column<'_>) -> Result<f64, E>,
    x: In<tally_column>,
    y: In<tally_column>,
    result: Out<f64>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let (x, y) = unsafe { pair(x, y) }?;
        // SAFETY: writable by the contract.
        let result = unsafe { result.place() }?;
        set_answer(&result, question(&x.column(), &y.column()))
    })
}

/// Asks a pair of columns for a statistic that takes `ddof` off the count.
///
/// # Safety
/// As for [`ask_pair`].
pub(super) unsafe fn ask_pair_with(
    function: &'static CStr,
    question: impl FnOnce(&Column<'_>, &Column<'_>, u64) -> Result<f64, ValueError>,
    x: In<tally_column>,
    y: In<tally_column>,
    ddof: usize,
    result: Out<f64>,
) -> tally_status {
    let ddof = ddof as u64;
    let question = |x: &Column<'_>, y: &Column<'_>| {
        let count = || x.count_pairs(y) as i64;
        question(x, y, ddof).map_err(|error| NoValue::of(error, ddof, count()))
    };
    // SAFETY: the same contract.
    unsafe { ask_pair(function, question, x, y, result) }
}

/// The line of a pair of columns.
///
/// # Safety
/// `x` and `y` are readable as [`In::column`] says; each of the others, if not NULL, is
/// valid for writing.
pub(super) unsafe fn linear_fit(
    function: &'static CStr,
    x: In<tally_column>,
    y: In<tally_column>,
    slope: Out<f64>,
    intercept: Out<f64>,
    r_squared: Out<f64>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let (x, y) = unsafe { pair(x, y) }?;
        let line = x.column().linear_fit(&y.column());
        // SAFETY: writable by the contract.
        unsafe { set_line(line, [slope, intercept, r_squared]) }
    })
}

/// Writes those numbers of a line that are wanted: slope, intercept, coefficient of
/// determination.
///
/// # Safety
/// Each place, if not NULL, is valid for writing.
pub(super) unsafe fn set_line(
    line: Result<LinearFit, ValueError>,
    places: [Out<f64>; 3],
) -> Outcome<()> {
    let line = line.map_err(no_value)?;
    let numbers = [line.slope, line.intercept, line.r_squared];
    // SAFETY: the same contract.
    let places = places.map(|place| unsafe { place.optional() });
    let wanted = places.iter().zip(numbers);
    let mut wanted = wanted.filter_map(|(place, number)| Some((place.as_ref()?, number)));
    // What is undefined is found before anything is written.
    let is_undefined = |number| !matches!(number, Ok(_) | Err(ValueError::Overflow { .. }));
    if let Some((_, Err(error))) = wanted.clone().find(|(_, number)| is_undefined(*number)) {
        return Err(no_value(error));
    }
    let outcomes: [Outcome<()>; 3] = std::array::from_fn(|_| match wanted.next() {
        Some((place, number)) => set_answer(place, number),
        None => Ok(()),
    });
    outcomes.into_iter().collect()
}

/// Asks an array one question.
///
/// # Safety
/// `values` is valid for reading `count` elements, `result` for writing.
pub(super) unsafe fn of_array<T: Element, E: Into<NoValue>>(
    function: &'static CStr,
    question: impl FnOnce(&Column<'_>) -> Result<f64, E>,
    values: In<T>,
    count: usize,
    result: Out<f64>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let values = unsafe { Parts::array(values.pointer, count).given(values.name) }?;
        // SAFETY: writable by the contract.
        let result = unsafe { result.place() }?;
        set_answer(&result, question(&values.column()))
    })
}

/// Asks an array for a statistic that takes `ddof` off the count.
///
/// # Safety
/// As for [`of_array`].
pub(super) unsafe fn of_array_with<T: Element>(
    function: &'static CStr,
    question: impl FnOnce(&Column<'_>, u64) -> Result<f64, ValueError>,
    values: In<T>,
    count: usize,
    ddof: usize,
    result: Out<f64>,
) -> tally_status {
    let question = |values: &Column<'_>| with_ddof(values, ddof as u64, question);
    // SAFETY: the same contract.
    unsafe { of_array(function, question, values, count, result) }
}

/// Asks two arrays one question.
///
/// # Safety
/// `x` and `y` are valid for reading `count` elements each, `result` for writing.
pub(super) unsafe fn of_arrays<T: Element>(
    function: &'static CStr,
    question: impl FnOnce(&Column<'_>, &Column<'_>) -> Result<f64, ValueError>,
    x: In<T>,
    y: In<T>,
    count: usize,
    result: Out<f64>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let x = unsafe { Parts::array(x.pointer, count).given(x.name) }?;
        // SAFETY: as above.
        let y = unsafe { Parts::array(y.pointer, count).given(y.name) }?;
        // SAFETY: writable by the contract.
        let result = unsafe { result.place() }?;
        set_answer(&result, question(&x.column(), &y.column()))
    })
}

/// How many elements count, and how many are skipped.
///
/// # Safety
/// `values` is readable as [`In::column`] says; each of the others, if not NULL, is valid
/// for writing.
pub(super) unsafe fn count(
    function: &'static CStr,
    values: In<tally_column>,
    count: Out<usize>,
    skipped: Out<usize>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let values = unsafe { values.column() }?;
        let column = values.column();
        // SAFETY: writable by the contract.
        unsafe { set_counts(column.count(), column.len(), count, skipped) };
        Ok(())
    })
}

/// How many pairs count, and how many are skipped.
///
/// # Safety
/// As for [`count`].
pub(super) unsafe fn count_pairs(
    function: &'static CStr,
    x: In<tally_column>,
    y: In<tally_column>,
    count: Out<usize>,
    skipped: Out<usize>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let (x, y) = unsafe { pair(x, y) }?;
        let (x, y) = (x.column(), y.column());
        // SAFETY: writable by the contract.
        unsafe { set_counts(x.count_pairs(&y), x.len(), count, skipped) };
        Ok(())
    })
}

/// # Safety
/// `count` and `skipped`, if not NULL, are valid for writing.
unsafe fn set_counts(there: u64, rows: usize, count: Out<usize>, skipped: Out<usize>) {
    // No more than there are rows.
    let there = there as usize;
    for (out, number) in [(count, there), (skipped, rows - there)] {
        // SAFETY: writable by the contract, if not NULL.
        if let Some(place) = unsafe { out.optional() } {
            place.set(number);
        }
    }
}

/// Refuses an array of another length than is needed.
///
/// # Safety
/// `name`, if not NULL, is NUL-terminated.
pub(super) unsafe fn check_length(
    function: &'static CStr,
    name: In<c_char>,
    length: usize,
    needed: usize,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: NUL-terminated by the contract.
        let name = Told(unsafe { pointer::string(name.pointer, name.name) }?);
        if length == needed {
            return Ok(());
        }
        let message = format_args!("{name} has length {length}, but needs {needed}");
        Err(refuse(TALLY_INVALID, message))
    })
}

/// A state that takes columns.
pub(super) trait TakeColumn {
    fn take<const SUBTRACT: bool>(&mut self, values: &Column<'_>);
}

macro_rules! take_column {
    ($($state:ty),+) => {$(
        impl TakeColumn for $state {
            fn take<const SUBTRACT: bool>(&mut self, values: &Column<'_>) {
                if SUBTRACT {
                    self.subtract_column(values);
                } else {
                    self.add_column(values);
                }
            }
        }
    )+};
}

take_column!(Accumulator, Moments, SmallSum);

/// Adds a column to a state, or takes it out.
///
/// # Safety
/// `into` is valid for reading and writing, `values` readable as [`In::column`] says.
pub(super) unsafe fn take<const SUBTRACT: bool, T: OpaqueState<Content: TakeColumn>>(
    function: &'static CStr,
    into: Out<T>,
    values: In<tally_column>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let values = unsafe { values.column() };
        // SAFETY: the same contract.
        unsafe { take_given::<SUBTRACT, T>(into, values) }
    })
}

/// [`take`] of a column that was checked after the state is.
///
/// # Safety
/// As for [`take`].
pub(super) unsafe fn take_given<const SUBTRACT: bool, T: OpaqueState<Content: TakeColumn>>(
    into: Out<T>,
    values: Outcome<Given<'_>>,
) -> Outcome<()> {
    // SAFETY: readable and writable by the contract.
    let mut into = unsafe { into.state() }?;
    let values = values?;
    into.add_up(|part| part.take::<SUBTRACT>(&values.column()))
}

/// Adds the products of a pair of columns to a state, or takes them out.
///
/// # Safety
/// `into` is valid for reading and writing, `x` and `y` readable as [`In::column`] says.
pub(super) unsafe fn take_pair<
    const SUBTRACT: bool,
    T: OpaqueState<Content = ProductAccumulator>,
>(
    function: &'static CStr,
    into: Out<T>,
    x: In<tally_column>,
    y: In<tally_column>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let mut into = unsafe { into.state() }?;
        // SAFETY: readable by the contract.
        let (x, y) = unsafe { pair(x, y) }?;
        let (x, y) = (x.column(), y.column());
        into.add_up(|part| {
            if SUBTRACT {
                part.subtract_columns(&x, &y);
            } else {
                part.add_columns(&x, &y);
            }
        })
    })
}
