//! Statistics of arrays: of all elements, or along axes.

use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;

use crate::arguments::axes;
use crate::array::{Array, shape_text};
use crate::column::{self, Statistic, is_float};
use crate::error::{Outcome, in_array};
use crate::layout::{Source, merged, merged_unordered, try_places};
use crate::memory::Dim;
use crate::results::{delivered, filled};
use crate::states::{Accumulator, Moments};

/// From this many elements on, other Python threads may run during the work.
pub(crate) const LONG: usize = 1 << 15;

/// Runs `work` without holding up other threads, if there is much to do.
pub(crate) fn unless_short<R: Send>(
    py: Python<'_>,
    elements: usize,
    work: impl Send + FnOnce() -> R,
) -> R {
    if elements < LONG {
        work()
    } else {
        py.detach(work)
    }
}

/// The statistic, and the elements that it is computed from.
#[derive(Clone, Copy)]
pub(crate) struct Question {
    pub(crate) what: Statistic,
    pub(crate) ddof: usize,
    pub(crate) skip_nan: bool,
    pub(crate) min_count: usize,
}

/// The exact sum of integers.
fn integer_sum(source: &Source<'_>, at: (isize, isize), dims: &[Dim]) -> Outcome<i128> {
    let mut total = 0_i128;
    source.columns(at.0, at.1, dims, |column| {
        total += match column::sum_i64(column) {
            Err(failure) if failure.is_overflow() => {
                let mut wide = Accumulator::default();
                wide.add(column)?;
                wide.value_i128()?
            }
            sum => i128::from(sum?),
        };
        Ok(())
    })?;
    Ok(total)
}

/// An int; integers of 64 bits are made faster.
pub(crate) fn integer(py: Python<'_>, value: i128) -> PyResult<Bound<'_, PyAny>> {
    Ok(match i64::try_from(value) {
        Ok(value) => value.into_pyobject(py)?.into_any(),
        Err(_) => value.into_pyobject(py)?.into_any(),
    })
}

/// A statistic of the elements along `dims`.
fn statistic(
    source: &Source<'_>,
    question: Question,
    at: (isize, isize),
    dims: &[Dim],
) -> Outcome<f64> {
    let Question { what, ddof, .. } = question;
    let merged = merged_unordered(dims);
    if let (None, [] | [_]) = (&source.mask, &merged[..]) {
        let dim = merged.first().copied().unwrap_or(Dim::ONE);
        let column = source.values.column(at.0, dim);
        return column::statistic(what, ddof, &column.skip_nan(source.skip_nan));
    }
    match what {
        Statistic::TALLY_COUNT => {
            let mut count = 0;
            source.columns(at.0, at.1, dims, |column| {
                count += column::count(column)?;
                Ok(())
            })?;
            Ok(count as f64)
        }
        Statistic::TALLY_SUM | Statistic::TALLY_MEAN => {
            let mut sum = Accumulator::default();
            source.columns(at.0, at.1, dims, |column| sum.add(column))?;
            if what == Statistic::TALLY_SUM {
                sum.value()
            } else {
                sum.mean()
            }
        }
        _ => {
            let mut moments = Moments::default();
            source.columns(at.0, at.1, dims, |column| moments.add(column))?;
            match what {
                Statistic::TALLY_VARIANCE => moments.variance(ddof),
                Statistic::TALLY_STANDARD_DEVIATION => moments.standard_deviation(ddof),
                _ => moments.norm(),
            }
        }
    }
}

/// A statistic of all elements: an exact int for the sum of integers, otherwise a float.
pub(crate) fn whole(py: Python<'_>, array: &Array<'_>, question: Question) -> PyResult<Py<PyAny>> {
    let (source, dims) = array.source(question.skip_nan)?;
    let size = array.size();
    if question.min_count > 0 {
        let count = Question {
            what: Statistic::TALLY_COUNT,
            ..question
        };
        let count = unless_short(py, size, || statistic(&source, count, (0, 0), &dims))?;
        if count < question.min_count as f64 {
            return Ok(f64::NAN.into_pyobject(py)?.into_any().unbind());
        }
    }
    if question.what == Statistic::TALLY_SUM && !is_float(source.values.kind()) {
        let total = unless_short(py, size, || integer_sum(&source, (0, 0), &dims))?;
        return Ok(integer(py, total)?.unbind());
    }
    let value = unless_short(py, size, || statistic(&source, question, (0, 0), &dims))?;
    Ok(value.into_pyobject(py)?.into_any().unbind())
}

/// The sum of an array.
pub(crate) fn sum(py: Python<'_>, array: &Array<'_>, skip_nan: bool) -> PyResult<Py<PyAny>> {
    whole(
        py,
        array,
        Question {
            what: Statistic::TALLY_SUM,
            ddof: 0,
            skip_nan,
            min_count: 0,
        },
    )
}

/// The most bytes of a mask that are gathered for a matrix.
const BLOCK: usize = 1 << 20;

/// A statistic of each place of `kept`, over all of `reduced`.
fn along(
    source: &Source<'_>,
    question: Question,
    kept: &[Dim],
    reduced: &[Dim],
    results: &mut [f64],
) -> Outcome<()> {
    let (kept, over) = (merged(kept), merged_unordered(reduced));
    let mut results = results.iter_mut();
    let is_empty = reduced.iter().any(|dim| dim.size == 0);
    if over.len() > 1 || is_empty || results.len() == 1 {
        return try_places(&kept, |at, mask_at| {
            let value = statistic(source, question, (at, mask_at), reduced);
            if let Some(result) = results.next() {
                *result = in_array(value)?;
            }
            Ok(())
        });
    }
    let results = results.into_slice();
    let over = over.first().copied().unwrap_or(Dim::ONE);
    let (outer, inner) = match kept.split_last() {
        Some((inner, outer)) => (outer, *inner),
        None => (&[][..], Dim::ONE),
    };
    // The elements that lie closer are those of a row.
    let is_down = inner.size > 1
        && (over.size <= 1 || inner.stride.unsigned_abs() <= over.stride.unsigned_abs());
    let block = match source.mask {
        Some(_) => (BLOCK / over.size.max(1)).clamp(1, inner.size.max(1)),
        None => inner.size.max(1),
    };
    let mut room = Vec::new();
    let mut done = 0;
    try_places(outer, |at, mask_at| {
        for start in (0..inner.size).step_by(block) {
            let size = block.min(inner.size - start);
            let inner = Dim { size, ..inner };
            let (at, mask_at) = (
                at + start as isize * inner.stride,
                mask_at + start as isize * inner.mask,
            );
            let (row, rows, axis) = if is_down {
                (inner, over, 0)
            } else {
                (over, inner, 1)
            };
            let mask = source
                .mask
                .map(|mask| mask.mask(mask_at, [rows, row], &mut room));
            let matrix = source
                .values
                .rows(at, row, rows, source.skip_nan)
                .masked(mask);
            let place = &mut results[done..done + size];
            matrix.statistic(question.what, question.ddof, axis, place)?;
            done += size;
        }
        Ok(())
    })
}

/// Like [`along`], with NaN where too few elements count.
fn along_with_count(
    source: &Source<'_>,
    question: Question,
    kept: &[Dim],
    reduced: &[Dim],
    results: &mut [f64],
) -> Outcome<()> {
    along(source, question, kept, reduced, results)?;
    if question.min_count > 0 {
        let mut counts = vec![0.0; results.len()];
        let count = Question {
            what: Statistic::TALLY_COUNT,
            ..question
        };
        along(source, count, kept, reduced, &mut counts)?;
        for (result, count) in results.iter_mut().zip(counts) {
            if count < question.min_count as f64 {
                *result = f64::NAN;
            }
        }
    }
    Ok(())
}

/// Doubles that are this large may be rounded integers.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Exact sums of integers; returns the place of the first that does not fit.
fn integers_along(
    source: &Source<'_>,
    question: Question,
    kept: &[Dim],
    reduced: &[Dim],
    results: &mut [i64],
) -> Outcome<Option<usize>> {
    let mut rounded = vec![0.0; results.len()];
    along(source, question, kept, reduced, &mut rounded)?;
    let (mut index, mut bad) = (0, None);
    try_places(kept, |at, mask_at| {
        let total = match rounded[index] {
            small if small.abs() < EXACT => small as i64,
            _ => match i64::try_from(integer_sum(source, (at, mask_at), reduced)?) {
                Ok(total) => total,
                Err(_) => {
                    bad = bad.or(Some(index));
                    0
                }
            },
        };
        results[index] = total;
        index += 1;
        Ok(())
    })?;
    Ok(bad)
}

/// The place of a result as an index.
fn index_text(mut place: usize, shape: &[usize]) -> String {
    let mut index: Vec<usize> = Vec::new();
    for size in shape.iter().rev() {
        index.push(place % size);
        place /= size;
    }
    index.reverse();
    shape_text(&index)
}

/// A statistic along axes: the common part of the functions of this package.
pub(crate) fn reduced<'py>(
    py: Python<'py>,
    array: &Array<'py>,
    question: Question,
    axis: Option<&Bound<'py, PyAny>>,
    keep_dims: bool,
    out: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    if axis.is_none() && !keep_dims && out.is_none() {
        return Ok(whole(py, array, question)?.into_bound(py));
    }
    let axes = axes(axis, array.ndim())?;
    let (source, dims) = array.source(question.skip_nan)?;
    let is_reduced = |place: &usize| axes.contains(place);
    let kept: Vec<Dim> = (0..dims.len())
        .filter(|place| !is_reduced(place))
        .map(|place| dims[place])
        .collect();
    let over: Vec<Dim> = axes.iter().map(|place| dims[*place]).collect();
    let shape: Vec<usize> = (0..dims.len())
        .filter(|place| keep_dims || !is_reduced(place))
        .map(|place| {
            if is_reduced(&place) {
                1
            } else {
                dims[place].size
            }
        })
        .collect();
    let size = array.size();
    let is_integer = question.what == Statistic::TALLY_SUM
        && !is_float(source.values.kind())
        && question.min_count == 0;
    let integers = |results: &mut [i64]| {
        let bad = unless_short(py, size, || {
            integers_along(&source, question, &kept, &over, results)
        })?;
        match bad {
            None => Ok(()),
            Some(place) => {
                let index = index_text(place, &shape);
                let message = format!("the sum at index {index} does not fit in int64");
                Err(PyOverflowError::new_err(message))
            }
        }
    };
    let floats = |results: &mut [f64]| -> PyResult<()> {
        Ok(unless_short(py, size, || {
            along_with_count(&source, question, &kept, &over, results)
        })?)
    };
    // A single result needs no array.
    match (is_integer, shape.is_empty() && out.is_none()) {
        (true, true) => {
            let mut result = [0];
            integers(&mut result)?;
            Ok(result[0].into_pyobject(py)?.into_any())
        }
        (false, true) => {
            let mut result = [0.0];
            floats(&mut result)?;
            Ok(result[0].into_pyobject(py)?.into_any())
        }
        (true, false) => delivered::<i64>(filled(py, &shape, integers)?, &shape, out),
        (false, false) => delivered::<f64>(filled(py, &shape, floats)?, &shape, out),
    }
}

/// An array without dimensions as a number, unless it is wanted elsewhere.
pub(crate) fn scalar_or<'py, T: crate::results::Answer>(
    results: Bound<'py, PyAny>,
    shape: &[usize],
    out: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    if shape.is_empty() && out.is_none() {
        return results
            .get_item(())
            .and_then(|one| match one.getattr_opt("item")? {
                Some(item) => item.call0(),
                None => Ok(one),
            });
    }
    delivered::<T>(results, shape, out)
}
