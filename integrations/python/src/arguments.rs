//! Arguments that functions have in common.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::numpy::axis_error;

/// The axes to reduce, each once, in order; all axes for None.
pub(crate) fn axes(axis: Option<&Bound<'_, PyAny>>, ndim: usize) -> PyResult<Vec<usize>> {
    let mut axes = axes_as_given(axis, ndim)?;
    axes.sort_unstable();
    Ok(axes)
}

/// The axes in the order given.
pub(crate) fn axes_as_given(axis: Option<&Bound<'_, PyAny>>, ndim: usize) -> PyResult<Vec<usize>> {
    let Some(axis) = axis.filter(|axis| !axis.is_none()) else {
        return Ok((0..ndim).collect());
    };
    let mut axes = Vec::new();
    match axis.cast::<PyTuple>() {
        Ok(tuple) => {
            for axis in tuple.iter_borrowed() {
                axes.push(one_axis(&axis, ndim)?);
            }
        }
        Err(_) => axes.push(one_axis(axis, ndim)?),
    }
    let is_twice = |(place, axis): (usize, &usize)| axes[..place].contains(axis);
    if axes.iter().enumerate().any(is_twice) {
        return Err(PyValueError::new_err("an axis is given twice"));
    }
    Ok(axes)
}

/// One axis, counted from the last if negative.
pub(crate) fn one_axis(axis: &Bound<'_, PyAny>, ndim: usize) -> PyResult<usize> {
    let number: isize = axis.extract().map_err(|_| {
        PyTypeError::new_err("axis must be an integer, a tuple of integers or None")
    })?;
    let from_start = if number < 0 {
        number.checked_add_unsigned(ndim)
    } else {
        Some(number)
    };
    let place = from_start.and_then(|place| usize::try_from(place).ok());
    place.filter(|place| *place < ndim).ok_or_else(|| {
        axis_error(axis.py(), number, ndim).unwrap_or_else(|| {
            let message = format!("axis {number} is out of bounds for array of dimension {ndim}");
            PyValueError::new_err(message)
        })
    })
}

/// Whether an argument was given, and is not None.
pub(crate) fn given<'a, 'py>(
    argument: Option<&'a Bound<'py, PyAny>>,
) -> Option<&'a Bound<'py, PyAny>> {
    argument.filter(|argument| !argument.is_none())
}
