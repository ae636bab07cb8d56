//! States of parts, as bytes that other processes merge.

use std::mem::take;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList};

use crate::arguments::{axes, given};
use crate::column::Column;
use crate::error::{Failure, Outcome};
use crate::groups::Grouped;
use crate::input::{array, with_mask};
use crate::layout::{Source, merged, merged_unordered, try_places};
use crate::memory::Dim;
use crate::pairs::Factors;
use crate::reduce::unless_short;
use crate::sealed;
use crate::sequence::Adds;
use crate::states::{Accumulator, Moments, Products, SmallSum, State};

/// Sealed states, one after another.
#[derive(Default)]
pub(crate) struct Sealed {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Sealed {
    pub(crate) fn push<S: State>(&mut self, state: &S) -> Outcome<()> {
        sealed::append(state, &mut self.bytes)?;
        self.ends.push(self.bytes.len());
        Ok(())
    }

    /// Appends a missing state.
    pub(crate) fn push_none(&mut self) {
        self.ends.push(self.bytes.len());
    }

    /// Each as `bytes`; None for a missing one.
    pub(crate) fn list<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let list = PyList::empty(py);
        let mut start = 0;
        for end in &self.ends {
            match &self.bytes[start..*end] {
                [] => list.append(py.None())?,
                bytes => list.append(PyBytes::new(py, bytes))?,
            }
            start = *end;
        }
        Ok(list)
    }
}

/// The kind of state made from values.
enum Kept {
    Sum,
    Moments,
}

impl Kept {
    fn of(name: &str) -> PyResult<Self> {
        match name {
            "sum" => Ok(Self::Sum),
            "moments" => Ok(Self::Moments),
            _ => {
                let message = format!("kind must be 'sum' or 'moments', not '{name}'");
                Err(PyValueError::new_err(message))
            }
        }
    }
}

/// Returns the state of each group, as bytes.
///
/// The arguments are those of group_sum(). The state of a group is a sealed Accumulator, or a
/// sealed Moments if `kind` is "moments". merge_states() merges the states of several parts, and
/// state_values() gives the results: the same as those of all values at once.
///
/// >>> import tally
/// >>> parts = tally.group_states([1e100, 0.5], [1, 0]) + tally.group_states([1.0, -1e100], [0, 1])
/// >>> tally.state_values(tally.merge_states(parts, [0, 1, 0, 1])).tolist()
/// [1.5, 0.0]
#[pyfunction]
#[pyo3(signature = (values, groups, *, kind="sum", group_count=None, r#where=None, skipna=false))]
pub(crate) fn group_states<'py>(
    values: &Bound<'py, PyAny>,
    groups: &Bound<'py, PyAny>,
    kind: &str,
    group_count: Option<isize>,
    r#where: Option<&Bound<'py, PyAny>>,
    skipna: bool,
) -> PyResult<Bound<'py, PyList>> {
    let (py, kept) = (values.py(), Kept::of(kind)?);
    let grouped = Grouped::new(values, groups, group_count, r#where, skipna)?;
    let (gathered, skip_nan) = (grouped.gathered(py)?, grouped.skip_nan);
    let sealed = py.detach(|| {
        let mut sealed = Sealed::default();
        let mut columns = gathered.columns().map(|column| column.skip_nan(skip_nan));
        columns.try_for_each(|column| match kept {
            Kept::Sum => push_sum(&column, &mut sealed),
            Kept::Moments => push::<Moments>(&column, &mut sealed),
        })?;
        Ok::<_, Failure>(sealed)
    });
    sealed?.list(py)
}

/// Appends the state of a column.
fn push<S: Adds + State>(column: &Column<'_>, sealed: &mut Sealed) -> Outcome<()> {
    let mut state = S::default();
    state.add_column(column)?;
    sealed.push(&state)
}

/// Appends the sum of a column, with less work if it fits in a small state. The bytes are
/// the same.
fn push_sum(column: &Column<'_>, sealed: &mut Sealed) -> Outcome<()> {
    let mut sum = SmallSum::default();
    match sum.add(column) {
        Ok(()) => sealed.push(&sum),
        Err(failure) if failure.is_too_small() => push::<Accumulator>(column, sealed),
        Err(failure) => Err(failure),
    }
}

/// The most lanes, and the most elements of each, that are copied at a time: they stay in
/// the cache.
const LANES: usize = 32;
const LENGTH: usize = 256;

/// The states of the lanes at each place of `kept`, over all of `reduced`.
fn along<S: Adds + State>(source: &Source<'_>, kept: &[Dim], reduced: &[Dim]) -> Outcome<Sealed> {
    let mut sealed = Sealed::default();
    let (lanes, over) = (merged(kept), merged_unordered(reduced));
    let (outer, across) = match lanes.split_last() {
        Some((across, outer)) => (outer, *across),
        None => (&[][..], Dim::ONE),
    };
    let is_across = |over: &Dim| across.stride.unsigned_abs() < over.stride.unsigned_abs();
    match (&over[..], source.mask) {
        // Adjacent lanes whose elements lie far apart.
        ([over], None) if across.size > 1 && is_across(over) => {
            let mut room = Vec::new();
            try_places(outer, |at, _| {
                for start in (0..across.size).step_by(LANES) {
                    let size = LANES.min(across.size - start);
                    let at = at + start as isize * across.stride;
                    let lanes = Dim { size, ..across };
                    let mut states = vec![S::default(); size];
                    for first in (0..over.size).step_by(LENGTH) {
                        let size = LENGTH.min(over.size - first);
                        let at = at + first as isize * over.stride;
                        let along = Dim { size, ..*over };
                        let copied = source.values.transposed(at, lanes, along, take(&mut room));
                        for (state, column) in states.iter_mut().zip(copied.columns()) {
                            state.add_column(&column.skip_nan(source.skip_nan))?;
                        }
                        room = copied.into_words();
                    }
                    states.iter().try_for_each(|state| sealed.push(state))?;
                }
                Ok(())
            })?;
        }
        _ => try_places(kept, |at, mask_at| {
            let mut state = S::default();
            source.columns(at, mask_at, reduced, |column| state.add_column(column))?;
            sealed.push(&state)
        })?,
    }
    Ok(sealed)
}

/// Returns the state of each result along axes, as bytes.
///
/// The arguments are those of sum(). For each result of sum(), in C order, there is a sealed
/// Accumulator, or a sealed Moments if `kind` is "moments"; there is one if `axis` is None.
///
/// >>> import tally
/// >>> import numpy as np
/// >>> a = np.array([[1e100, 1.0], [1.0, 2.0], [-1e100, 4.0]])
/// >>> parts = tally.axis_states(a[:2], axis=0) + tally.axis_states(a[2:], axis=0)
/// >>> tally.state_values(tally.merge_states(parts, [0, 1, 0, 1])).tolist()
/// [1.0, 7.0]
#[pyfunction]
#[pyo3(signature = (a, axis=None, *, kind="sum", r#where=None, skipna=false))]
pub(crate) fn axis_states<'py>(
    a: &Bound<'py, PyAny>,
    axis: Option<&Bound<'py, PyAny>>,
    kind: &str,
    r#where: Option<&Bound<'py, PyAny>>,
    skipna: bool,
) -> PyResult<Bound<'py, PyList>> {
    let (py, kept_of) = (a.py(), Kept::of(kind)?);
    let array = with_mask(array(a)?, given(r#where))?;
    let axes = axes(axis, array.ndim())?;
    let (source, dims) = array.source(skipna)?;
    let (mut kept, mut reduced) = (Vec::new(), Vec::new());
    for (place, dim) in dims.iter().enumerate() {
        match axes.contains(&place) {
            true => reduced.push(*dim),
            false => kept.push(*dim),
        }
    }
    let sealed = unless_short(py, array.size(), || match kept_of {
        Kept::Sum => along::<Accumulator>(&source, &kept, &reduced),
        Kept::Moments => along::<Moments>(&source, &kept, &reduced),
    });
    sealed?.list(py)
}

/// Returns the states of dot products, as bytes.
///
/// The arguments are those of dot(). For each result of dot(), in C order, there is a sealed
/// Products; for one-dimensional arrays there is one.
///
/// >>> import tally
/// >>> parts = tally.dot_states([1e100], [1e100]) + tally.dot_states([2.0, 1e100], [3.0, -1e100])
/// >>> tally.state_values(tally.merge_states(parts)).tolist()
/// [6.0]
#[pyfunction]
#[pyo3(signature = (x, y, *, r#where=None, skipna=false))]
pub(crate) fn dot_states<'py>(
    x: &Bound<'py, PyAny>,
    y: &Bound<'py, PyAny>,
    r#where: Option<&Bound<'py, PyAny>>,
    skipna: bool,
) -> PyResult<Bound<'py, PyList>> {
    let py = x.py();
    let factors = Factors::new(x, y, given(r#where))?;
    let rows = factors.rows(skipna)?;
    let (count, work) = (factors.count(), factors.work());
    let places = (0..count).map(|product| factors.rows_of(product));
    let places: Vec<_> = places.collect();
    let sealed = unless_short(py, work, || {
        let mut sealed = Sealed::default();
        for (i, j) in places {
            let mut products = Products::default();
            rows.pair(i, j, |x, y| products.add(x, y))?;
            sealed.push(&products)?;
        }
        Ok::<_, Failure>(sealed)
    });
    sealed?.list(py)
}
