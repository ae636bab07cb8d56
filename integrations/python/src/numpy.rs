//! NumPy, if it is installed. Nothing else depends on it.

use pyo3::exceptions::PyImportError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyModule, PyType};

static NUMPY: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
static NDARRAY: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// NumPy, imported if necessary; None if it is not installed.
pub(crate) fn numpy(py: Python<'_>) -> PyResult<Option<&Bound<'_, PyModule>>> {
    if let Some(numpy) = NUMPY.get(py) {
        return Ok(Some(numpy.bind(py)));
    }
    match PyModule::import(py, "numpy") {
        Ok(numpy) => {
            let numpy = NUMPY.get_or_init(py, || numpy.unbind());
            Ok(Some(numpy.bind(py)))
        }
        Err(error) if error.is_instance_of::<PyImportError>(py) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A module that has been imported already.
fn imported<'py>(py: Python<'py>, name: &str) -> Option<Bound<'py, PyAny>> {
    let modules = py
        .import(intern!(py, "sys"))
        .ok()?
        .getattr(intern!(py, "modules"))
        .ok()?;
    let modules = modules.cast_into::<PyDict>().ok()?;
    modules.get_item(name).ok().flatten()
}

/// Whether an object is exactly an ndarray, not of a derived class.
#[inline]
pub(crate) fn is_ndarray(object: &Bound<'_, PyAny>) -> bool {
    let py = object.py();
    match NDARRAY.get(py) {
        Some(ndarray) => object.get_type().is(ndarray),
        None => find_ndarray(py).is_some_and(|ndarray| object.get_type().is(ndarray)),
    }
}

#[cold]
fn find_ndarray(py: Python<'_>) -> Option<&Py<PyType>> {
    let ndarray = imported(py, "numpy")?.getattr("ndarray").ok()?;
    let ndarray = ndarray.cast_into::<PyType>().ok()?.unbind();
    Some(NDARRAY.get_or_init(py, || ndarray))
}

/// NumPy's error for an axis that an array lacks, which is a ValueError and an IndexError.
/// None unless NumPy has been imported.
pub(crate) fn axis_error(py: Python<'_>, axis: isize, ndim: usize) -> Option<PyErr> {
    let exceptions = imported(py, "numpy")?.getattr("exceptions").ok()?;
    let error = exceptions.getattr("AxisError").ok()?;
    Some(PyErr::from_value(error.call1((axis, ndim)).ok()?))
}

/// The data of a masked array, and which of them are present. None for anything else.
pub(crate) fn unmasked<'py>(
    object: &Bound<'py, PyAny>,
) -> PyResult<Option<(Bound<'py, PyAny>, Bound<'py, PyAny>)>> {
    let py = object.py();
    let Some(masked) = imported(py, "numpy.ma") else {
        return Ok(None);
    };
    if !object.is_instance(&masked.getattr("MaskedArray")?)? {
        return Ok(None);
    }
    let mask = masked.call_method1("getmaskarray", (object,))?;
    let Some(numpy) = numpy(py)? else {
        return Ok(None);
    };
    let there = numpy.call_method1("logical_not", (mask,))?;
    Ok(Some((object.getattr("data")?, there)))
}

/// Whether `dtype` of an object is one of NumPy's.
pub(crate) fn has_numpy_dtype(object: &Bound<'_, PyAny>) -> bool {
    let dtype = object
        .getattr_opt(intern!(object.py(), "dtype"))
        .ok()
        .flatten();
    let known = imported(object.py(), "numpy").and_then(|numpy| numpy.getattr("dtype").ok());
    match (dtype, known) {
        (Some(dtype), Some(known)) => dtype.is_instance(&known).unwrap_or(false),
        _ => false,
    }
}
