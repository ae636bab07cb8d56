//! Failures of the library as Python exceptions.

use std::ffi::CStr;
use std::fmt::Display;

use pyo3::PyErr;
use pyo3::exceptions::{PyMemoryError, PyOverflowError, PyRuntimeError, PyTypeError, PyValueError};
use tally_c::api::errors::{tally_last_message, tally_last_status};
use tally_c::boundary::status::tally_status;

/// A refusal by the library: its status and its message.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) status: tally_status,
    message: String,
    /// The infinity that a result beyond the doubles rounds to.
    value: Option<f64>,
}

/// The result of a library call.
pub(crate) type Outcome<T> = Result<T, Failure>;

impl Failure {
    /// The failure of this thread's latest call.
    #[cold]
    fn latest() -> Self {
        let message = tally_last_message();
        // SAFETY: never NULL, ends in a NUL, and valid until this thread's next call.
        let message = unsafe { CStr::from_ptr(message) };
        Self {
            status: tally_last_status(),
            message: message.to_string_lossy().into_owned(),
            value: None,
        }
    }

    /// A failure found on this side.
    #[cold]
    pub(crate) fn new(status: tally_status, message: impl Into<String>) -> Self {
        let message = message.into();
        let value = None;
        Self {
            status,
            message,
            value,
        }
    }

    /// The same, for a result that is infinite.
    #[cold]
    pub(crate) fn with_value(mut self, value: f64) -> Self {
        self.value = self.is_overflow().then_some(value);
        self
    }

    /// The same, with the subject before the message.
    #[cold]
    pub(crate) fn about(mut self, subject: impl Display) -> Self {
        self.message = format!("{subject}: {}", self.message);
        self
    }

    /// Whether something did not fit in a small state.
    pub(crate) fn is_too_small(&self) -> bool {
        self.status == tally_status::TALLY_TOO_SMALL
    }

    pub(crate) fn is_overflow(&self) -> bool {
        self.status == tally_status::TALLY_OVERFLOW
    }
}

/// The outcome of a call that returned `status`.
#[inline]
pub(crate) fn outcome(status: tally_status) -> Outcome<()> {
    match status {
        tally_status::TALLY_OK => Ok(()),
        _ => Err(Failure::latest()),
    }
}

/// A result as stored in an array: NaN if it is undefined, infinite if no double is as
/// large.
pub(crate) fn in_array(result: Outcome<f64>) -> Outcome<f64> {
    match result {
        Err(Failure {
            value: Some(value), ..
        }) => Ok(value),
        Err(failure) if failure.status == tally_status::TALLY_INVALID => Ok(f64::NAN),
        other => other,
    }
}

impl From<Failure> for PyErr {
    #[cold]
    fn from(failure: Failure) -> Self {
        use tally_status::*;
        let message = failure.message;
        match failure.status {
            TALLY_OVERFLOW => PyOverflowError::new_err(message),
            TALLY_MEMORY => PyMemoryError::new_err(message),
            TALLY_WRONG_KIND => PyTypeError::new_err(message),
            TALLY_INVALID | TALLY_NULL | TALLY_ENCODING | TALLY_PARSE | TALLY_FORMAT => {
                PyValueError::new_err(message)
            }
            _ => PyRuntimeError::new_err(message),
        }
    }
}
