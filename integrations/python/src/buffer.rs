//! Python's buffer protocol.

use std::ffi::{CStr, c_int};
use std::slice;

use pyo3::ffi;
use pyo3::prelude::*;

use crate::array::contiguous;
use crate::column::{Column, Kind};
use crate::format::{self, Format};

/// The memory that an object exports; the export keeps it in place.
///
/// Boxed: some exporters let the pointers of a view point into the view.
pub(crate) struct Buffer(Box<ffi::Py_buffer>);

impl Buffer {
    /// The memory of an object, for reading.
    pub(crate) fn read(object: &Bound<'_, PyAny>) -> PyResult<Self> {
        Self::get(object, ffi::PyBUF_STRIDES | ffi::PyBUF_FORMAT)
    }

    /// The memory of an object, side by side, for writing.
    pub(crate) fn write(object: &Bound<'_, PyAny>) -> PyResult<Self> {
        let flags = ffi::PyBUF_C_CONTIGUOUS | ffi::PyBUF_FORMAT | ffi::PyBUF_WRITABLE;
        Self::get(object, flags)
    }

    fn get(object: &Bound<'_, PyAny>, flags: c_int) -> PyResult<Self> {
        let mut view = Box::new(ffi::Py_buffer::new());
        // SAFETY: an object, and a view to be filled.
        match unsafe { ffi::PyObject_GetBuffer(object.as_ptr(), &raw mut *view, flags) } {
            0 => Ok(Self(view)),
            _ => Err(PyErr::fetch(object.py())),
        }
    }

    pub(crate) fn first(&self) -> *mut u8 {
        self.0.buf.cast()
    }

    pub(crate) fn format(&self) -> PyResult<Format> {
        format_of(&self.0)
    }

    pub(crate) fn bytes(&self) -> usize {
        self.0.len.unsigned_abs()
    }

    pub(crate) fn shape(&self) -> &[isize] {
        self.dimensions(self.0.shape)
    }

    /// Some exporters, such as ctypes, omit the strides of contiguous elements.
    pub(crate) fn strides(&self) -> Vec<isize> {
        match self.0.strides.is_null() {
            true => contiguous(self.shape(), self.0.itemsize.unsigned_abs()),
            false => self.dimensions(self.0.strides).to_vec(),
        }
    }

    fn dimensions(&self, first: *const isize) -> &[isize] {
        match usize::try_from(self.0.ndim) {
            Ok(count @ 1..) if !first.is_null() => {
                // SAFETY: the view has one number for each dimension, until released.
                unsafe { slice::from_raw_parts(first, count) }
            }
            _ => &[],
        }
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        // SAFETY: filled by `get`, and released once. A buffer never leaves the thread that
        // is attached, since `Py_buffer` is not `Send`.
        unsafe { ffi::PyBuffer_Release(&raw mut *self.0) }
    }
}

/// Whether an object exports its memory.
pub(crate) fn is_buffer(object: &Bound<'_, PyAny>) -> bool {
    // SAFETY: an object.
    unsafe { ffi::PyObject_CheckBuffer(object.as_ptr()) == 1 }
}

fn format_of(view: &ffi::Py_buffer) -> PyResult<Format> {
    let text = match view.format.is_null() {
        true => c"B",
        // SAFETY: a format ends in a NUL, and is there until the view is released.
        false => unsafe { CStr::from_ptr(view.format) },
    };
    format::of_buffer(text.to_bytes(), view.itemsize.unsigned_abs())
}

/// A view on the stack, for a call of a few nanoseconds.
struct OnStack(ffi::Py_buffer);

impl Drop for OnStack {
    fn drop(&mut self) {
        // SAFETY: filled, and released once.
        unsafe { ffi::PyBuffer_Release(&raw mut self.0) }
    }
}

/// Gives `ask` an array of one dimension of native doubles as a column. None if the object
/// is anything else.
#[inline]
pub(crate) fn with_doubles<R>(
    object: &Bound<'_, PyAny>,
    ask: impl FnOnce(&Column<'_>) -> R,
) -> Option<R> {
    let mut held = OnStack(ffi::Py_buffer::new());
    let flags = ffi::PyBUF_STRIDES | ffi::PyBUF_FORMAT;
    // SAFETY: an object, and a view to be filled, which stays where it is. A view that is not
    // filled has no object, and releasing it does nothing.
    if unsafe { ffi::PyObject_GetBuffer(object.as_ptr(), &raw mut held.0, flags) } != 0 {
        // The general way reports the reason.
        drop(PyErr::take(object.py()));
        return None;
    }
    let view = &held.0;
    if view.ndim != 1 || view.itemsize != 8 || view.format.is_null() || view.strides.is_null() {
        return None;
    }
    // SAFETY: the format ends in a NUL; shape and strides have one number each.
    let (format, count, stride) =
        unsafe { (CStr::from_ptr(view.format), *view.shape, *view.strides) };
    if format != c"d" {
        return None;
    }
    let (first, count) = (view.buf.cast_const().cast(), count.unsigned_abs());
    // SAFETY: memory of the view, until it is released.
    let column = unsafe { Column::new(Kind::TALLY_F64, first, count, stride) };
    Some(ask(&column))
}
