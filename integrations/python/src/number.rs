//! One number of a list or an iterable.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyFloat, PyInt, PyString, PyType};

use crate::array::Array;
use crate::buffer::is_buffer;
use crate::reduce;
use crate::states::{AS_WRITTEN, DecimalSum, Rounding, State};

/// For functions that support only floats and integers.
pub(crate) const NO_DECIMALS: &str =
    "Decimal is not supported here: see sum(), mean() and DecimalSum";

/// A number, as exactly as it was given.
pub(crate) enum Number<'py> {
    Float(f64),
    Int(i64),
    /// Beyond 64 bits.
    Big(Bound<'py, PyInt>),
    Decimal(Bound<'py, PyAny>),
}

/// `decimal.Decimal`.
pub(crate) fn decimal_type(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    DECIMAL.import(py, "decimal", "Decimal")
}

#[inline]
pub(crate) fn number<'py>(item: &Bound<'py, PyAny>) -> PyResult<Number<'py>> {
    match item.cast_exact::<PyFloat>() {
        Ok(float) => Ok(Number::Float(float.value())),
        Err(_) => other_number(item),
    }
}

fn other_number<'py>(item: &Bound<'py, PyAny>) -> PyResult<Number<'py>> {
    let py = item.py();
    if let Ok(integer) = item.cast::<PyInt>() {
        return Ok(of_integer(integer));
    }
    if let Ok(float) = item.cast::<PyFloat>() {
        return Ok(Number::Float(float.value()));
    }
    if item.is_instance(decimal_type(py)?)? {
        return Ok(Number::Decimal(item.clone()));
    }
    // NumPy's scalars: each type as exactly as it is.
    if is_buffer(item) && !item.is_instance_of::<PyString>() {
        return of_buffer(item);
    }
    if item.hasattr(intern!(py, "denominator"))? && !item.hasattr(intern!(py, "__index__"))? {
        let name = item.get_type().name()?;
        let message =
            format!("{name} may not be a binary fraction: round it first, for example by float()");
        return Err(PyTypeError::new_err(message));
    }
    if item.hasattr(intern!(py, "__index__"))? {
        let integer = item.call_method0(intern!(py, "__index__"))?;
        return Ok(of_integer(integer.cast::<PyInt>()?));
    }
    if item.hasattr(intern!(py, "__float__"))? && !item.is_instance_of::<PyString>() {
        let float = item.call_method0(intern!(py, "__float__"))?;
        return Ok(Number::Float(float.cast::<PyFloat>()?.value()));
    }
    Err(not_a_number(item)?)
}

fn not_a_number(item: &Bound<'_, PyAny>) -> PyResult<PyErr> {
    let name = item.get_type().name()?;
    Ok(PyTypeError::new_err(format!(
        "expected numbers, not {name}"
    )))
}

fn of_integer<'py>(integer: &Bound<'py, PyInt>) -> Number<'py> {
    match integer.extract::<i64>() {
        Ok(small) => Number::Int(small),
        Err(_) => Number::Big(integer.clone()),
    }
}

fn of_buffer<'py>(item: &Bound<'py, PyAny>) -> PyResult<Number<'py>> {
    let array = Array::of_buffer(item)?;
    if array.ndim() != 0 {
        return Err(not_a_number(item)?);
    }
    let py = item.py();
    if array.is_float() {
        let value = reduce::sum(py, &array, false)?;
        return Ok(Number::Float(value.extract(py)?));
    }
    Ok(of_integer(
        reduce::sum(py, &array, false)?.bind(py).cast::<PyInt>()?,
    ))
}

/// An integer as text.
pub(crate) fn digits(integer: &Bound<'_, PyAny>) -> PyResult<String> {
    Ok(integer.str()?.to_str()?.to_owned())
}

/// An integer from text.
pub(crate) fn of_text<'py>(py: Python<'py>, text: &str) -> PyResult<Bound<'py, PyAny>> {
    match text.parse::<i64>() {
        Ok(small) => Ok(small.into_pyobject(py)?.into_any()),
        Err(_) => py.get_type::<PyInt>().call1((text,)),
    }
}

/// A total as a Decimal, with all its digits.
pub(crate) fn decimal_value<'py>(
    py: Python<'py>,
    total: &DecimalSum,
) -> PyResult<Bound<'py, PyAny>> {
    let text = total.text(AS_WRITTEN, Rounding::TALLY_ROUND_HALF_EVEN)?;
    decimal_type(py)?.call1((text,))
}

/// A mean as a Decimal, rounded once, by this thread's context: the division takes the total
/// unrounded.
pub(crate) fn decimal_mean<'py>(
    py: Python<'py>,
    total: &DecimalSum,
) -> PyResult<Bound<'py, PyAny>> {
    let count = total.count()?;
    if count == 0 {
        return Err(PyValueError::new_err("the mean of nothing"));
    }
    decimal_value(py, total)?.div(count)
}
