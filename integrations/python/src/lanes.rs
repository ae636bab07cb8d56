//! An array taken lane by lane: the elements along one axis.

use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;

use crate::arguments::one_axis;
use crate::array::Array;
use crate::column::{Column, Mask};
use crate::error::Outcome;
use crate::layout::{Source, try_places};
use crate::memory::Dim;
use crate::numpy::numpy;
use crate::reduce::unless_short;
use crate::results::{Answer, check_out, delivered, filled};

/// A lane as a column, with its mask in `room`.
pub(crate) fn column<'b>(
    source: &'b Source<'_>,
    at: isize,
    mask_at: isize,
    dim: Dim,
    room: &'b mut Vec<u8>,
) -> Column<'b> {
    let mask: Option<Mask<'b>> = source
        .mask
        .as_ref()
        .map(|mask| mask.mask(mask_at, [Dim::ONE, dim], room));
    source
        .values
        .column(at, dim)
        .skip_nan(source.skip_nan)
        .masked(mask)
}

/// The axis of lanes: the last one, unless another is given.
pub(crate) fn lane_axis(axis: Option<&Bound<'_, PyAny>>, ndim: usize) -> PyResult<usize> {
    if ndim == 0 {
        return Err(PyTypeError::new_err(
            "expected an array of at least one dimension",
        ));
    }
    axis.map_or(Ok(ndim - 1), |axis| one_axis(axis, ndim))
}

/// Results for each element, lane by lane.
pub(crate) fn mapped<'py, T: Answer + Send>(
    py: Python<'py>,
    array: &Array<'py>,
    axis: usize,
    skip_nan: bool,
    out: Option<&Bound<'py, PyAny>>,
    map: impl Fn(usize, &Column<'_>, &mut [T]) -> Outcome<()> + Send + Sync,
) -> PyResult<Bound<'py, PyAny>> {
    let shape = array.shape();
    if let Some(out) = out {
        check_out::<T>(out, &shape)?;
    }
    let (source, mut dims) = array.source(skip_nan)?;
    let lane = dims.remove(axis);
    let mut stored: Vec<usize> = dims.iter().map(|dim| dim.size).collect();
    stored.push(lane.size);
    let results = filled(py, &stored, |results: &mut [T]| {
        let work = || -> Outcome<()> {
            let mut room = Vec::new();
            let mut index = 0;
            if lane.size == 0 {
                return Ok(());
            }
            let mut lanes = results.chunks_exact_mut(lane.size);
            try_places(&dims, |at, mask_at| {
                let column = column(&source, at, mask_at, lane, &mut room);
                let Some(results) = lanes.next() else {
                    return Ok(());
                };
                map(index, &column, results)?;
                index += 1;
                Ok(())
            })
        };
        Ok(unless_short(py, array.size(), work)?)
    })?;
    let results = match axis + 1 == shape.len() {
        true => results,
        false => match numpy(py)? {
            Some(numpy) => numpy.call_method1(intern!(py, "moveaxis"), (results, -1, axis))?,
            None => {
                let message =
                    "results along an axis other than the last need NumPy, which is not installed";
                return Err(PyTypeError::new_err(message));
            }
        },
    };
    delivered::<T>(results, &shape, out)
}
