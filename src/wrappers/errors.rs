//! C's error codes and messages as a `Result`.

use std::error::Error;
use std::ffi::{CStr, CString, c_char};
use std::fmt;

use super::tally;
use crate::boundary::status::tally_status;

/// Why a wrapped C function gave no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FFIError {
    /// The C function was called and failed.
    OperationFailed(Failure),
    /// The input is none for C. Nothing was called, or what came back is no
    /// value in Rust.
    InvalidInput(InputError),
}

/// What the library said of a failed call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What kind of failure it is.
    pub status: tally_status,
    /// The C function that failed.
    pub function: String,
    /// What went wrong.
    pub message: String,
}

/// What is wrong with an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputError {
    /// A C string ends at its first NUL, and the text has one inside.
    InnerNul {
        /// The NUL's place, in bytes.
        offset: usize,
    },
    /// A string of C's is not UTF-8.
    NotUtf8 {
        /// The place of the first bad byte.
        offset: usize,
    },
    /// A pointer is NULL.
    Null,
    /// C counts in `int`, which does not go so far.
    TooLong {
        /// The number of elements.
        length: usize,
    },
    /// The comparison that was to sort contradicts itself.
    NoOrder,
}

impl FFIError {
    /// The failure that this thread's latest call left. Copied, since the next
    /// call overwrites it.
    pub(super) fn latest() -> Self {
        Self::OperationFailed(Failure {
            status: tally::tally_last_status(),
            function: copied(tally::tally_last_function()),
            message: copied(tally::get_last_error()),
        })
    }

    /// The status of a failed call; none if there was no call.
    pub fn status(&self) -> Option<tally_status> {
        match self {
            Self::OperationFailed(failure) => Some(failure.status),
            Self::InvalidInput(_) => None,
        }
    }
}

/// A copy of one of the error record's two strings.
fn copied(text: *const c_char) -> String {
    // SAFETY: the library's promise: never NULL, NUL-terminated, and unchanged
    // until this thread calls it again.
    let text = unsafe { CStr::from_ptr(text) };
    text.to_string_lossy().into_owned()
}

/// A returned status as a `Result`.
pub(super) fn succeeded(status: tally_status) -> Result<(), FFIError> {
    match status {
        tally_status::TALLY_OK => Ok(()),
        _ => Err(FFIError::latest()),
    }
}

/// The result of a function that returns it in-band, where only the error
/// record tells a failure.
pub(super) fn in_band<T>(returned: T) -> Result<T, FFIError> {
    succeeded(tally::tally_last_status()).map(|()| returned)
}

impl From<InputError> for FFIError {
    fn from(error: InputError) -> Self {
        Self::InvalidInput(error)
    }
}

impl fmt::Display for FFIError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OperationFailed(failure) => failure.fmt(formatter),
            Self::InvalidInput(error) => error.fmt(formatter),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.status.name().to_string_lossy();
        write!(formatter, "{}: {} ({name})", self.function, self.message)
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InnerNul { offset } => write!(formatter, "there is a NUL at byte {offset}"),
            Self::NotUtf8 { offset } => write!(formatter, "byte {offset} is not UTF-8"),
            Self::Null => formatter.write_str("the pointer is NULL"),
            Self::TooLong { length } => write!(formatter, "{length} elements are too many for int"),
            Self::NoOrder => formatter.write_str("the comparison contradicts itself"),
        }
    }
}

impl Error for FFIError {}

/// The total of the integers in a text, 0 to `i32::MAX`: `risky_operation`.
pub fn safe_risky_operation(input: &str) -> Result<i32, FFIError> {
    let input = c_string(input)?;
    // SAFETY: `input` is NUL-terminated and outlives the call.
    let total = unsafe { tally::risky_operation(input.as_ptr()) };
    if total < 0 {
        return Err(FFIError::latest());
    }
    Ok(total)
}

/// A copy for C. A NUL inside is refused: C would see a shorter string.
pub(super) fn c_string(text: &str) -> Result<CString, InputError> {
    CString::new(text).map_err(|error| InputError::InnerNul {
        offset: error.nul_position(),
    })
}
