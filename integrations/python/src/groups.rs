//! Statistics of groups.

use pyo3::exceptions::{PyMemoryError, PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;

use crate::arguments::given;
use crate::array::Array;
use crate::column::{self, Column, Statistic};
use crate::error::Outcome;
use crate::input::{array, with_mask};
use crate::lanes;
use crate::memory::{self, Dim, LEFT_OUT};
use crate::reduce::unless_short;
use crate::results::filled;
use crate::statistics::natural;

/// The single dimension of an array.
pub(crate) fn only_dim(name: &str, dims: &[Dim]) -> PyResult<Dim> {
    match dims {
        [dim] => Ok(*dim),
        _ => {
            let message = format!("{name} must have one dimension, not {}", dims.len());
            Err(PyValueError::new_err(message))
        }
    }
}

/// The ids of groups, one for each of some values.
pub(crate) struct Groups<'py> {
    ids: Array<'py>,
    pub(crate) count: usize,
}

impl<'py> Groups<'py> {
    pub(crate) fn new(
        groups: &Bound<'py, PyAny>,
        group_count: Option<isize>,
        mask: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Self> {
        // An id whose value does not count need not be one.
        let mut groups = with_mask(array(groups)?, mask)?;
        if groups.is_float() && groups.shape() == [0] {
            // An empty list.
            groups = Array::of_words(&[], i64::cast_unsigned);
        } else if groups.is_float() {
            return Err(PyTypeError::new_err("groups must be integers from 0 up"));
        }
        let (source, dims) = groups.source(false)?;
        let dim = only_dim("groups", &dims)?;
        let count = match group_count {
            Some(count) => natural("group_count", count)?,
            None => {
                let bytes = groups.valid_bytes()?;
                let largest = source.values.largest(0, dim, bytes.as_deref());
                let count = largest.map_or(0, |largest| largest.max(-1) + 1);
                usize::try_from(count)
                    .map_err(|_| PyValueError::new_err("a group id is too large"))?
            }
        };
        Ok(Self { ids: groups, count })
    }

    /// The group of each of `size` elements, or LEFT_OUT, and how many groups there are.
    pub(crate) fn of(&self, name: &str, size: usize) -> PyResult<(Vec<u32>, u32)> {
        let (source, dims) = self.ids.source(false)?;
        let dim = only_dim("groups", &dims)?;
        if dim.size != size {
            let message = format!(
                "{name} and groups must have the same size, not {size} and {}",
                dim.size
            );
            return Err(PyValueError::new_err(message));
        }
        let count = u32::try_from(self.count)
            .ok()
            .filter(|count| *count < LEFT_OUT);
        let count = count.ok_or_else(|| PyMemoryError::new_err("too many groups"))?;
        let valid = self.ids.valid_bytes()?;
        let ids = source.values.ids(0, dim, valid.as_deref(), count);
        let ids = ids.map_err(|row| {
            let message =
                format!("groups: the id in row {row} is not between 0 and group_count - 1");
            PyValueError::new_err(message)
        })?;
        Ok((ids, count))
    }
}

/// Values and the ids of their groups.
pub(crate) struct Grouped<'py> {
    values: Array<'py>,
    groups: Groups<'py>,
    pub(crate) skip_nan: bool,
}

impl<'py> Grouped<'py> {
    pub(crate) fn new(
        values: &Bound<'py, PyAny>,
        groups: &Bound<'py, PyAny>,
        group_count: Option<isize>,
        mask: Option<&Bound<'py, PyAny>>,
        skip_nan: bool,
    ) -> PyResult<Self> {
        let mask = given(mask);
        let values = with_mask(array(values)?, mask)?;
        let groups = Groups::new(groups, group_count, mask)?;
        Ok(Self {
            values,
            groups,
            skip_nan,
        })
    }

    /// Calls `work` with the two columns.
    fn columns<R>(&self, work: impl FnOnce(&Column<'_>, &Column<'_>) -> Outcome<R>) -> PyResult<R> {
        let (values, dims) = self.values.source(self.skip_nan)?;
        let dim = only_dim("values", &dims)?;
        let mut room = Vec::new();
        let values = lanes::column(&values, 0, 0, dim, &mut room);
        let (groups, dims) = self.groups.ids.source(false)?;
        let dim = only_dim("groups", &dims)?;
        let mut group_room = Vec::new();
        let groups = lanes::column(&groups, 0, 0, dim, &mut group_room);
        Ok(work(&values, &groups)?)
    }

    /// The values that count, those of each group side by side.
    pub(crate) fn gathered(&self, py: Python<'_>) -> PyResult<memory::Grouped> {
        let (source, dims) = self.values.source(false)?;
        let dim = only_dim("values", &dims)?;
        let (mut ids, count) = self.groups.of("values", dim.size)?;
        if let Some(valid) = self.values.valid_bytes()? {
            for (id, valid) in ids.iter_mut().zip(valid) {
                if valid == 0 {
                    *id = LEFT_OUT;
                }
            }
        }
        let values = source.values;
        Ok(unless_short(py, dim.size, || {
            values.grouped(0, dim, &ids, count)
        }))
    }
}

/// The common options of the functions of groups.
struct Options<'a, 'py> {
    group_count: Option<isize>,
    mask: Option<&'a Bound<'py, PyAny>>,
    skip_nan: bool,
    min_count: isize,
}

fn group<'py>(
    what: Statistic,
    ddof: isize,
    values: &Bound<'py, PyAny>,
    groups: &Bound<'py, PyAny>,
    options: &Options<'_, 'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = values.py();
    let Options {
        group_count,
        mask,
        skip_nan,
        min_count,
    } = *options;
    let ddof = natural("ddof", ddof)?;
    let min_count = natural("min_count", min_count)?;
    let grouped = Grouped::new(values, groups, group_count, mask, skip_nan)?;
    let size = grouped.values.size();
    let count = grouped.groups.count;
    if what == Statistic::TALLY_SUM && !grouped.values.is_float() && min_count == 0 {
        return filled(py, &[count], |results: &mut [i64]| {
            let sums = grouped.columns(|values, groups| {
                match unless_short(py, size, || column::group_sum_i64(values, groups, results)) {
                    Err(failure) if failure.is_overflow() => Ok(false),
                    other => other.map(|()| true),
                }
            })?;
            if sums {
                return Ok(());
            }
            // A sum that does not fit is stored as the largest or the smallest integer.
            let ends = [i64::MIN, i64::MAX];
            let group = results
                .iter()
                .position(|sum| ends.contains(sum))
                .unwrap_or(0);
            let message =
                format!("the sum of group {group} or of a later group does not fit in int64");
            Err(PyOverflowError::new_err(message))
        });
    }
    filled(py, &[count], |results: &mut [f64]| {
        grouped.columns(|values, groups| {
            unless_short(py, size, || {
                column::group(what, ddof, values, groups, results)
            })
        })?;
        if min_count > 0 {
            let mut counts = vec![0.0; count];
            grouped.columns(|values, groups| {
                column::group(Statistic::TALLY_COUNT, 0, values, groups, &mut counts)
            })?;
            for (result, count) in results.iter_mut().zip(counts) {
                if count < min_count as f64 {
                    *result = f64::NAN;
                }
            }
        }
        Ok(())
    })
}

/// A function for each statistic: its documentation, its name in Python, and `ddof` if it has
/// one.
macro_rules! statistics {
    ($($(#[$documentation:meta])* $name:ident($($ddof:ident)?) = $what:ident;)+) => {$(
        $(#[$documentation])*
        #[pyfunction]
        #[pyo3(signature = (
            values, groups, *, $($ddof=0,)? group_count=None, r#where=None, skipna=false,
            min_count=0
        ))]
        #[allow(clippy::too_many_arguments, reason = "Python's keyword arguments")]
        pub(crate) fn $name<'py>(
            values: &Bound<'py, PyAny>,
            groups: &Bound<'py, PyAny>,
            $($ddof: isize,)?
            group_count: Option<isize>,
            r#where: Option<&Bound<'py, PyAny>>,
            skipna: bool,
            min_count: isize,
        ) -> PyResult<Bound<'py, PyAny>> {
            let options = Options { group_count, mask: r#where, skip_nan: skipna, min_count };
            let ddof = [$($ddof,)? 0][0];
            group(Statistic::$what, ddof, values, groups, &options)
        }
    )+};
}

statistics! {
    /// Returns the exact sum of each group, rounded once.
    ///
    /// `groups` has the id of each value's group, an integer from 0 up; it and `values` have one
    /// dimension. Result `g` is the sum of the values whose id is `g`: int64 for integers,
    /// otherwise float64. There are `group_count` results, by default one more than the largest
    /// id. A value that `where` or `skipna` leaves out belongs to no group, and the id of a value
    /// that `where` leaves out may be anything, such as -1. The result of a group of fewer than
    /// `min_count` values is NaN; with `min_count` the results are always float64.
    ///
    /// Raises ValueError if an id is negative or not below `group_count` (the message names its
    /// row), and OverflowError if a sum of integers does not fit in int64.
    ///
    /// >>> import tally
    /// >>> tally.group_sum([0.1, 1e100, 0.2, 1.0, -1e100], [0, 2, 0, 2, 2]).tolist()
    /// [0.30000000000000004, 0.0, 1.0]
    group_sum() = TALLY_SUM;

    /// Returns the exact mean of each group, rounded once.
    ///
    /// The arguments and errors are those of group_sum(). The mean of an empty group is NaN.
    ///
    /// >>> import tally
    /// >>> tally.group_mean([1.0, 2.0, 4.0], [0, 0, 1]).tolist()
    /// [1.5, 4.0]
    group_mean() = TALLY_MEAN;

    /// Returns the exact variance of each group, rounded once.
    ///
    /// `ddof` is as in var(); the other arguments and the errors are those of group_sum(). The
    /// variance of a group of no more than `ddof` values is NaN.
    ///
    /// >>> import tally
    /// >>> tally.group_var([1.0, 2.0, 4.0], [0, 0, 1], ddof=1).tolist()
    /// [0.5, nan]
    group_var(ddof) = TALLY_VARIANCE;
}
