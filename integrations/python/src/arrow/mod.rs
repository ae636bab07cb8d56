//! Arrow's arrays and streams: `__arrow_c_array__` and `__arrow_c_stream__`.
//!
//! A stream is read array by array, and each array is released before the next is read, so a sum
//! over more data than fit in memory is possible. The library reads the structs and checks them.

use std::ffi::{CStr, CString, c_char, c_int};
use std::mem::MaybeUninit;
use std::ptr::null;

mod gathered;
mod structs;

pub(crate) use gathered::array;
pub(crate) use structs::OwnedValues;

use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use tally_c::api::arrow::tally_column_from_arrow;
use tally_c::api::columns::tally_column;

use structs::{Owned, Releasable, Schema, Stream, Values};

use crate::column::{Column, Kind};
use crate::error::{Failure, Outcome, outcome};
use crate::reduce::unless_short;
use crate::sequence::Adds;

/// Where arrays come from.
enum Origin<'py> {
    Array(Bound<'py, PyCapsule>),
    Stream(Bound<'py, PyCapsule>),
}

/// An Arrow column.
pub(crate) struct Source<'py> {
    origin: Origin<'py>,
    /// The capsule of the schema, or our own schema.
    #[allow(dead_code, reason = "dropped, never read")]
    schema_capsule: Option<Bound<'py, PyCapsule>>,
    #[allow(dead_code, reason = "dropped, never read")]
    own_schema: Option<Owned<Schema>>,
    schema: *const Schema,
    /// The selected column of a table, as a path, and its name if one was given.
    path: Option<CString>,
    column: Option<String>,
}

/// One array of a column.
pub(crate) struct Chunk<'a> {
    schema: &'a Schema,
    pub(super) values: &'a Values,
    path: *const c_char,
}

// SAFETY: its structs and their targets may be read by any thread, and live during `'a`.
unsafe impl Send for Chunk<'_> {}
// SAFETY: as above.
unsafe impl Sync for Chunk<'_> {}

impl<'a> Chunk<'a> {
    /// For a library call.
    pub(crate) fn schema<T>(&self) -> *const T {
        (&raw const *self.schema).cast()
    }

    /// For a library call.
    pub(crate) fn values<T>(&self) -> *const T {
        (&raw const *self.values).cast()
    }

    /// For a library call.
    pub(crate) fn path(&self) -> *const c_char {
        self.path
    }

    /// Numbers where they lie.
    pub(super) fn raw_column(&self) -> Outcome<tally_column> {
        let mut column = MaybeUninit::<tally_column>::uninit();
        let (schema, values) = (self.schema(), self.values());
        // SAFETY: structs of Arrow that are not released, and a place for the result.
        outcome(unsafe { tally_column_from_arrow(schema, values, column.as_mut_ptr()) })?;
        // SAFETY: written, since the call succeeded.
        Ok(unsafe { column.assume_init() })
    }

    fn column(&self) -> Outcome<Column<'a>> {
        let raw = self.raw_column()?;
        // SAFETY: it is of the memory of these values, which stay during `'a`.
        Ok(unsafe { Column::from_raw(raw) })
    }
}

/// A state that takes Arrow columns.
pub(crate) trait AddsArrow {
    fn add_arrow(&mut self, chunk: &Chunk<'_>) -> Outcome<()>;
}

fn capsule<'py>(object: Bound<'py, PyAny>, name: &CStr) -> PyResult<Bound<'py, PyCapsule>> {
    let capsule = object.cast_into::<PyCapsule>()?;
    capsule.pointer_checked(Some(name))?;
    Ok(capsule)
}

const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";
const STREAM: &CStr = c"arrow_array_stream";

/// The column that an object exports; None if it exports none.
pub(crate) fn source<'py>(
    object: &Bound<'py, PyAny>,
    column: Option<&str>,
) -> PyResult<Option<Source<'py>>> {
    let py = object.py();
    let path = match column {
        None => None,
        Some(name) => Some(
            CString::new(escaped(name))
                .map_err(|_| PyTypeError::new_err("a column name must not contain NUL"))?,
        ),
    };
    let column = column.map(str::to_owned);
    let mut source = if let Some(export) = object.getattr_opt(intern!(py, "__arrow_c_array__"))? {
        let both = export.call0()?.cast_into::<PyTuple>()?;
        let schema = capsule(both.get_item(0)?, SCHEMA)?;
        let array = capsule(both.get_item(1)?, ARRAY)?;
        let pointer = schema
            .pointer_checked(Some(SCHEMA))?
            .as_ptr()
            .cast_const()
            .cast();
        let (schema_capsule, own_schema) = (Some(schema), None);
        Source {
            origin: Origin::Array(array),
            schema_capsule,
            own_schema,
            schema: pointer,
            path,
            column,
        }
    } else if let Some(export) = object.getattr_opt(intern!(py, "__arrow_c_stream__"))? {
        let stream = capsule(export.call0()?, STREAM)?;
        let schema = next(py, &stream, Schema::released(), |stream| stream.get_schema)?;
        let pointer = schema.as_ptr().cast_const();
        let (schema_capsule, own_schema) = (None, Some(schema));
        Source {
            origin: Origin::Stream(stream),
            schema_capsule,
            own_schema,
            schema: pointer,
            path,
            column,
        }
    } else {
        return Ok(None);
    };
    // Where it points to is gone when another has taken it.
    if source.schema().release.is_none() {
        return Err(PyValueError::new_err(
            "the Arrow schema has already been released",
        ));
    }
    if source.path.is_none() && source.is_table() && source.schema().only_child().is_some() {
        source.path = Some(c"[0]".to_owned());
    }
    Ok(Some(source))
}

/// A name, of any characters, as a path of the library.
fn escaped(name: &str) -> String {
    let escape = |text: String, c: char| match c {
        '.' | '[' | '\\' => text + "\\" + c.encode_utf8(&mut [0; 4]),
        _ => text + c.encode_utf8(&mut [0; 4]),
    };
    name.chars().fold(".".to_owned(), escape)
}

/// Calls a stream to write a struct.
fn next<T: Releasable>(
    py: Python<'_>,
    capsule: &Bound<'_, PyCapsule>,
    released: T,
    callback: fn(&Stream) -> Option<unsafe extern "C-unwind" fn(*mut Stream, *mut T) -> c_int>,
) -> PyResult<Owned<T>> {
    let stream = Sent(
        capsule
            .pointer_checked(Some(STREAM))?
            .as_ptr()
            .cast::<Stream>(),
    );
    let made = Owned::new(released);
    let to = Sent(made.as_ptr());
    // Producers may need the interpreter on other threads.
    let status = py.detach(move || {
        let (stream, to) = (stream, to);
        // SAFETY: a capsule of this name points to a stream, until it is dropped.
        let callback = unsafe { (*stream.0).release.and(callback(&*stream.0)) };
        // SAFETY: the stream is not released, and writes one struct.
        callback.map(|callback| unsafe { callback(stream.0, to.0) })
    });
    match status {
        Some(0) => Ok(made),
        None => Err(PyRuntimeError::new_err(
            "the Arrow stream is already used up",
        )),
        Some(number) => Err(PyRuntimeError::new_err(format!(
            "the Arrow stream failed with {number}: {}",
            last_error(capsule)?
        ))),
    }
}

/// A pointer for a call on this thread.
struct Sent<T>(*mut T);

// SAFETY: it goes to a closure that runs on the same thread, without the interpreter.
unsafe impl<T> Send for Sent<T> {}

fn last_error(capsule: &Bound<'_, PyCapsule>) -> PyResult<String> {
    let stream = capsule
        .pointer_checked(Some(STREAM))?
        .as_ptr()
        .cast::<Stream>();
    // SAFETY: a capsule of this name points to a stream, which has just failed.
    let text = unsafe { (*stream).get_last_error.map(|get| get(stream)) };
    Ok(match text {
        Some(text) if !text.is_null() => {
            // SAFETY: a text that ends in a NUL, there until the next call.
            unsafe { CStr::from_ptr(text) }
                .to_string_lossy()
                .into_owned()
        }
        _ => "no reason given".to_owned(),
    })
}

impl Source<'_> {
    fn schema(&self) -> &Schema {
        // SAFETY: from a capsule or our own; both are kept.
        unsafe { &*self.schema }
    }

    pub(crate) fn is_table(&self) -> bool {
        self.schema().format() == b"+s"
    }

    /// The type of the selected column, if it is found.
    fn leaf(&self) -> &Schema {
        let schema = self.schema();
        match &self.column {
            None if self.path.is_some() => schema.only_child().unwrap_or(schema),
            Some(name) => schema.child(name).unwrap_or(schema),
            None => schema,
        }
    }

    /// Whether its elements are decimals.
    pub(crate) fn is_decimal(&self) -> bool {
        self.leaf().format().starts_with(b"d:")
    }

    /// Whether its elements are integers or bools.
    pub(crate) fn is_integer(&self) -> bool {
        // Of a dictionary, the integers only say where the values are.
        self.leaf().dictionary.is_null()
            && matches!(self.leaf().format(), [one] if b"bcCsSiIlL".contains(one))
    }

    /// Calls `visit` with each array.
    fn each(
        &self,
        py: Python<'_>,
        mut visit: impl FnMut(&Chunk<'_>) -> PyResult<()>,
    ) -> PyResult<()> {
        self.each_owned(py, |chunk, _owned| visit(&chunk))
    }

    /// Calls `visit` with each array, and passes on its ownership if it comes from a stream.
    fn each_owned(
        &self,
        py: Python<'_>,
        mut visit: impl FnMut(Chunk<'_>, Option<OwnedValues>) -> PyResult<()>,
    ) -> PyResult<()> {
        let schema = self.schema();
        let path = self.path.as_ref().map_or(null(), |path| path.as_ptr());
        match &self.origin {
            Origin::Array(array) => {
                let values = array.pointer_checked(Some(ARRAY))?.as_ptr().cast_const();
                // SAFETY: a capsule of this name points to an array, until it is dropped.
                let values = unsafe { &*values.cast::<Values>() };
                visit(
                    Chunk {
                        schema,
                        values,
                        path,
                    },
                    None,
                )
            }
            Origin::Stream(stream) => loop {
                let owned = next(py, stream, Values::released(), |stream| stream.get_next)?;
                if owned.is_released() {
                    return Ok(());
                }
                // SAFETY: on the heap, where it stays as long as it is owned; `visit` uses the
                // chunk for no longer.
                let values = unsafe { &*owned.as_ptr() };
                visit(
                    Chunk {
                        schema,
                        values,
                        path,
                    },
                    Some(owned),
                )?;
                py.check_signals()?;
            },
        }
    }

    /// Whether its elements are doubles.
    pub(crate) fn is_double(&self) -> bool {
        self.leaf().format() == b"g"
    }

    /// Whether its elements are numbers of any kind.
    fn is_number(&self) -> bool {
        let is_float = matches!(self.leaf().format(), b"e" | b"f" | b"g");
        self.is_integer() || self.is_decimal() || is_float
    }

    /// The kind of its elements in an array.
    fn kind(&self) -> Option<Kind> {
        Some(match self.leaf().format() {
            b"e" | b"f" | b"g" => Kind::TALLY_F64,
            _ if self.is_integer() => Kind::TALLY_I64,
            _ => return None,
        })
    }

    /// A refusal; for elements that are not numbers it is a TypeError.
    fn refusal(&self, py: Python<'_>, failure: Failure) -> PyErr {
        let error = PyErr::from(failure);
        match self.is_number() || self.column.is_some() {
            true => error,
            false => PyTypeError::new_err(error.value(py).to_string()),
        }
    }

    /// Adds all elements to a state.
    pub(crate) fn add_to<S: AddsArrow + Send>(
        &self,
        py: Python<'_>,
        state: &mut S,
    ) -> PyResult<()> {
        self.each(py, |chunk| {
            let length = usize::try_from(chunk.values.length).unwrap_or(0);
            let added = unless_short(py, length, || state.add_arrow(chunk));
            added.map_err(|failure| self.refusal(py, failure))
        })
    }

    /// Adds all elements but NaN to a state.
    pub(crate) fn add_without_nan<S: AddsArrow + Adds + Send>(
        &self,
        py: Python<'_>,
        state: &mut S,
    ) -> PyResult<()> {
        // Only floats can be NaN.
        if self.is_integer() {
            return self.add_to(py, state);
        }
        if self.path.is_some() {
            let message = "skipna needs a column by itself, not a column of a table";
            return Err(PyTypeError::new_err(message));
        }
        self.each(py, |chunk| {
            let length = usize::try_from(chunk.values.length).unwrap_or(0);
            let added = unless_short(py, length, || {
                state.add_column(&chunk.column()?.skip_nan(true))
            });
            added.map_err(|failure| self.refusal(py, failure))
        })
    }
}
