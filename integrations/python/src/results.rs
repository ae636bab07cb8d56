//! Arrays of results: NumPy arrays if NumPy is installed, otherwise memoryviews.

use std::slice;

use pyo3::exceptions::{PyMemoryError, PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyByteArray, PyMemoryView, PyModule, PyTuple};

use crate::array::shape_text;
use crate::buffer::Buffer;
use crate::column::{Element, Kind};
use crate::numpy::numpy;

/// A type of result.
pub(crate) trait Answer: Element {
    /// Its names in NumPy and in `memoryview.cast`.
    const NAMES: (&'static str, &'static str);

    /// Its type in NumPy.
    fn dtype<'py>(numpy: &Bound<'py, PyModule>) -> PyResult<&'py Bound<'py, PyAny>>;
}

/// `numpy.empty`.
fn empty<'py>(numpy: &Bound<'py, PyModule>) -> PyResult<&'py Bound<'py, PyAny>> {
    static EMPTY: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = numpy.py();
    let empty = EMPTY.get_or_try_init(py, || {
        Ok::<_, PyErr>(numpy.getattr(intern!(py, "empty"))?.unbind())
    })?;
    Ok(empty.bind(py))
}

macro_rules! answers {
    ($($type:ty: $name:literal, $code:literal;)+) => {$(
        impl Answer for $type {
            const NAMES: (&'static str, &'static str) = ($name, $code);

            fn dtype<'py>(numpy: &Bound<'py, PyModule>) -> PyResult<&'py Bound<'py, PyAny>> {
                static DTYPE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
                let py = numpy.py();
                let dtype = DTYPE.get_or_try_init(py, || {
                    Ok::<_, PyErr>(numpy.call_method1("dtype", ($name,))?.unbind())
                })?;
                Ok(dtype.bind(py))
            }
        }
    )+};
}

answers! {
    f64: "float64", "d";
    i64: "int64", "q";
}

/// Makes an array of results in C order, which `fill` writes.
pub(crate) fn filled<'py, T: Answer>(
    py: Python<'py>,
    shape: &[usize],
    fill: impl FnOnce(&mut [T]) -> PyResult<()>,
) -> PyResult<Bound<'py, PyAny>> {
    let count = shape
        .iter()
        .try_fold(1_usize, |count, size| count.checked_mul(*size));
    let bytes = count.and_then(|count| count.checked_mul(size_of::<T>()));
    let (Some(count), Some(bytes)) = (count, bytes.filter(|bytes| isize::try_from(*bytes).is_ok()))
    else {
        return Err(PyMemoryError::new_err("the results do not fit in memory"));
    };
    let sizes = PyTuple::new(py, shape)?;
    let (whole, owner) = match numpy(py)? {
        Some(numpy) => {
            let array = empty(numpy)?.call1((&sizes, T::dtype(numpy)?))?;
            (array.clone(), array)
        }
        None if count == 0 => {
            // Bytes cannot be cast to a shape without elements.
            let array = py.import("array")?.getattr("array")?.call1((T::NAMES.1,))?;
            (PyMemoryView::from(&array)?.into_any(), array)
        }
        None => {
            let owner = PyByteArray::new_with(py, bytes, |_| Ok(()))?.into_any();
            let view = PyMemoryView::from(&owner)?.into_any();
            let view = view.call_method1("cast", (T::NAMES.1, sizes))?;
            (view, owner)
        }
    };
    if count == 0 {
        fill(&mut [])?;
        return Ok(whole);
    }
    let buffer = Buffer::write(&owner)?;
    let first = buffer.first().cast::<T>();
    if buffer.bytes() != bytes || !first.is_aligned() {
        return Err(PyValueError::new_err(
            "NumPy returned an unusable array for the results",
        ));
    }
    // SAFETY: `count` aligned elements of new memory that nobody else has seen. What is in
    // it does not matter: every pattern of bits is a value.
    let results = unsafe { slice::from_raw_parts_mut(first, count) };
    fill(results)?;
    drop(buffer);
    Ok(whole)
}

/// Puts results into `out`, if given, and returns the value of the call.
pub(crate) fn delivered<'py, T: Answer>(
    results: Bound<'py, PyAny>,
    shape: &[usize],
    out: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, PyAny>> {
    let Some(out) = out else { return Ok(results) };
    check_out::<T>(out, shape)?;
    out.set_item(out.py().Ellipsis(), results)?;
    Ok(out.clone())
}

/// Refuses an `out` that cannot take the results.
pub(crate) fn check_out<T: Answer>(out: &Bound<'_, PyAny>, shape: &[usize]) -> PyResult<()> {
    let py = out.py();
    if !out.hasattr(intern!(py, "dtype"))? || !crate::buffer::is_buffer(out) {
        return Err(PyTypeError::new_err("out must be a NumPy array"));
    }
    let array = crate::array::Array::of_buffer(out)?;
    let fits =
        array.kind() == T::KIND || (T::KIND == Kind::TALLY_I64 && array.kind() == Kind::TALLY_F64);
    if !fits {
        let message = format!(
            "out must have elements of type {}, not {}",
            T::NAMES.0,
            out.getattr("dtype")?
        );
        return Err(PyTypeError::new_err(message));
    }
    if array.shape() != shape {
        let (own, needed) = (shape_text(&array.shape()), shape_text(shape));
        return Err(PyValueError::new_err(format!(
            "out must have shape {needed}, not {own}"
        )));
    }
    Ok(())
}
