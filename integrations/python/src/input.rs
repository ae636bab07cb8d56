//! Arguments of the caller: arrays of any library, or numbers one by one.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyFloat, PyInt, PyList, PyMemoryView, PyString, PyTuple};

use crate::array::Array;
use crate::arrow;
use crate::buffer::is_buffer;
use crate::format;
use crate::interface;
use crate::numpy::{has_numpy_dtype, is_ndarray, numpy, unmasked};
use crate::sequence;

/// An argument of the caller.
pub(crate) enum Input<'py> {
    Array(Array<'py>),
    Arrow(arrow::Source<'py>),
    /// Numbers one by one.
    Items(Bound<'py, PyAny>),
}

/// Looks for arrays; anything else is taken for an iterable.
pub(crate) fn input<'py>(object: &Bound<'py, PyAny>) -> PyResult<Input<'py>> {
    if object.is_exact_instance_of::<PyList>() || object.is_exact_instance_of::<PyTuple>() {
        return match sequence::is_nested(object)? {
            true => by_numpy(object),
            false => Ok(Input::Items(object.clone())),
        };
    }
    if is_ndarray(object) || is_plain_buffer(object) {
        return of_buffer(object);
    }
    refuse_scalar(object)?;
    if let Some((data, valid)) = unmasked(object)? {
        let Input::Array(mut array) = of_buffer(&data)? else {
            return Err(format::refused("object"));
        };
        array.valid = Some(Box::new(Array::of_buffer(&valid)?));
        return Ok(Input::Array(array));
    }
    if is_buffer(object) {
        return of_buffer(object);
    }
    if has_numpy_dtype(object) {
        return by_numpy(object);
    }
    if let Some(source) = arrow::source(object, None)? {
        // A frame of several columns is a matrix to NumPy.
        let has_array = || object.hasattr(intern!(object.py(), "__array__"));
        return match source.is_table() && has_array()? {
            true => by_numpy(object),
            false => Ok(Input::Arrow(source)),
        };
    }
    if let Some(array) = interface::array(object)? {
        return Ok(Input::Array(array));
    }
    if object.hasattr(intern!(object.py(), "__array__"))? {
        return by_numpy(object);
    }
    Ok(Input::Items(object.clone()))
}

fn is_plain_buffer(object: &Bound<'_, PyAny>) -> bool {
    object.is_exact_instance_of::<PyMemoryView>()
        || object.is_exact_instance_of::<PyBytes>()
        || object.is_exact_instance_of::<PyByteArray>()
}

/// Numbers and texts are neither arrays nor iterables of numbers.
fn refuse_scalar(object: &Bound<'_, PyAny>) -> PyResult<()> {
    let is_number = object.is_exact_instance_of::<PyFloat>() || object.is_instance_of::<PyInt>();
    if is_number || object.is_instance_of::<PyString>() {
        let name = object.get_type().name()?;
        let message = format!("expected an array or an iterable of numbers, not {name}");
        return Err(PyTypeError::new_err(message));
    }
    Ok(())
}

/// An object that lends its memory; an array of objects is taken one by one.
fn of_buffer<'py>(object: &Bound<'py, PyAny>) -> PyResult<Input<'py>> {
    match Array::of_buffer(object) {
        Ok(array) => Ok(Input::Array(array)),
        Err(error) => {
            let py = object.py();
            let Some(dtype) = object.getattr_opt(intern!(py, "dtype"))? else {
                return Err(error);
            };
            if dtype
                .getattr_opt("kind")?
                .is_some_and(|kind| kind.eq("O").unwrap_or(false))
            {
                if object.getattr("ndim")?.extract::<usize>()? != 1 {
                    let message = "an array of objects must have one dimension";
                    return Err(PyTypeError::new_err(message));
                }
                return Ok(Input::Items(object.call_method0("tolist")?));
            }
            // NumPy lends no memory of some types, and says so less clearly.
            match error.is_instance_of::<PyValueError>(py) {
                true => Err(format::refused(&dtype.str()?.to_string_lossy())),
                false => Err(error),
            }
        }
    }
}

/// An object that NumPy can convert to an array.
fn by_numpy<'py>(object: &Bound<'py, PyAny>) -> PyResult<Input<'py>> {
    let Some(numpy) = numpy(object.py())? else {
        let name = object.get_type().name()?;
        let message = format!("reading {name} needs NumPy, which is not installed");
        return Err(PyTypeError::new_err(message));
    };
    let array = numpy.call_method1(intern!(object.py(), "asarray"), (object,))?;
    match unmasked(&array)? {
        Some(_) => input(&array),
        None => of_buffer(&array),
    }
}

/// An array, if necessary made from numbers one by one: floats or 64-bit integers.
pub(crate) fn array<'py>(object: &Bound<'py, PyAny>) -> PyResult<Array<'py>> {
    match input(object)? {
        Input::Array(array) => Ok(array),
        Input::Arrow(source) => arrow::array(object.py(), &source),
        Input::Items(items) => sequence::collected(&items),
    }
}

/// The elements that count: those of `where` that the array itself does not leave out.
pub(crate) fn with_mask<'py>(
    mut array: Array<'py>,
    mask: Option<&Bound<'py, PyAny>>,
) -> PyResult<Array<'py>> {
    let Some(mask) = mask.filter(|mask| !mask.is_none()) else {
        return Ok(array);
    };
    if let Ok(all) = mask.extract::<bool>() {
        if all {
            return Ok(array);
        }
        array.valid = Some(Box::new(none_valid(&array)));
        return Ok(array);
    }
    let mask = self::array(mask)?;
    // The mask must fit, whatever the array leaves out itself.
    let own = array.valid.replace(Box::new(mask));
    array.source(false)?;
    if let Some(own) = own {
        array.valid = Some(Box::new(both(&array, &own)?));
    }
    Ok(array)
}

/// A mask without an element.
fn none_valid<'py>(array: &Array<'py>) -> Array<'py> {
    let mut mask = Array::of_mask(vec![0]);
    mask.spread(array.ndim());
    mask
}

/// The elements that both masks of an array include.
fn both<'py>(array: &Array<'py>, own: &Array<'py>) -> PyResult<Array<'py>> {
    let Some(given) = &array.valid else {
        return Err(format::refused("mask"));
    };
    let mut bytes = given.bytes_over(array)?;
    for (byte, own) in bytes.iter_mut().zip(own.bytes_over(array)?) {
        *byte &= own;
    }
    let mut mask = Array::of_mask(bytes);
    mask.reshape(&array.shape());
    Ok(mask)
}
