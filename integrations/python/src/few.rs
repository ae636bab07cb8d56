//! Lists and tuples of a few floats, for calls that take a few nanoseconds.

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};

/// The maximum number of floats.
const FEW: usize = 64;

/// Calls `ask` with the floats of a list or a tuple of only a few floats. None if the
/// object is anything else.
#[inline]
pub(crate) fn with_few_floats<R>(
    items: &Bound<'_, PyAny>,
    ask: impl FnOnce(&[f64]) -> R,
) -> Option<R> {
    let mut floats = [0.0; FEW];
    let count = if items.is_exact_instance_of::<PyList>() {
        floats_of_list(items, &mut floats)?
    } else if items.is_exact_instance_of::<PyTuple>() {
        // SAFETY: a tuple, whose items do not change.
        unsafe { read(items, &mut floats, ffi::PyTuple_Size, ffi::PyTuple_GetItem) }?
    } else {
        return None;
    };
    Some(ask(&floats[..count]))
}

#[cfg(not(Py_GIL_DISABLED))]
fn floats_of_list(items: &Bound<'_, PyAny>, floats: &mut [f64; FEW]) -> Option<usize> {
    // SAFETY: a list. No other thread runs meanwhile, and reading floats runs no code that
    // could change it.
    unsafe { read(items, floats, ffi::PyList_Size, ffi::PyList_GetItem) }
}

/// Without the lock of the interpreter, other threads may change the list: each item is held.
#[cfg(Py_GIL_DISABLED)]
fn floats_of_list(items: &Bound<'_, PyAny>, floats: &mut [f64; FEW]) -> Option<usize> {
    use pyo3::types::PyFloat;
    let mut count = 0;
    for item in items.cast_exact::<PyList>().ok()?.iter() {
        *floats.get_mut(count)? = item.cast_exact::<PyFloat>().ok()?.value();
        count += 1;
    }
    Some(count)
}

/// The floats of `size(items)` items that `get(items, index)` lends.
///
/// # Safety
/// The functions are those of the items' type, and nothing changes the items meanwhile.
#[inline]
unsafe fn read(
    items: &Bound<'_, PyAny>,
    floats: &mut [f64; FEW],
    size: unsafe extern "C" fn(*mut ffi::PyObject) -> ffi::Py_ssize_t,
    get: unsafe extern "C" fn(*mut ffi::PyObject, ffi::Py_ssize_t) -> *mut ffi::PyObject,
) -> Option<usize> {
    let items = items.as_ptr();
    // SAFETY: by the contract.
    let count = usize::try_from(unsafe { size(items) }).ok()?;
    for (index, float) in floats.get_mut(..count)?.iter_mut().enumerate() {
        // SAFETY: by the contract; the index is below the size, so the item is there. Only
        // an object that is exactly a float is read as one.
        unsafe {
            let item = get(items, index as ffi::Py_ssize_t);
            if ffi::PyFloat_CheckExact(item) == 0 {
                return None;
            }
            *float = ffi::PyFloat_AsDouble(item);
        }
    }
    Some(count)
}
