//! Strings: Rust's know their length, C's end at their first NUL.

use std::ffi::{CStr, CString, c_char, c_double, c_int};
use std::io::{self, Write};

use super::errors::{FFIError, InputError, c_string};

/// The length of a text in bytes, as C counts it.
pub fn safe_strlen(text: &str) -> Result<usize, FFIError> {
    Ok(strlen(&c_string(text)?))
}

/// The length of a C string, without its NUL.
#[allow(clippy::strlen_on_c_strings)] // calling it is the point here
pub fn strlen(text: &CStr) -> usize {
    // SAFETY: a `CStr` is NUL-terminated, and borrowed during the call.
    unsafe { libc::strlen(text.as_ptr()) }
}

/// A C string as an owned Rust string. The caller still owns the C string.
///
/// # Safety
/// If not NULL, `text` is NUL-terminated, and nobody changes it during the call.
pub unsafe fn string_from_c(text: *const c_char) -> Result<String, FFIError> {
    if text.is_null() {
        return Err(InputError::Null.into());
    }
    // SAFETY: the caller's promise about `text`.
    let text = unsafe { CStr::from_ptr(text) };
    match text.to_str() {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(FFIError::InvalidInput(InputError::NotUtf8 {
            offset: error.valid_up_to(),
        })),
    }
}

/// Prints a line through C's `puts`.
pub fn puts(line: &str) -> io::Result<()> {
    let line = CString::new(line)?;
    // SAFETY: `line` is NUL-terminated and outlives the call.
    print_by(|| unsafe { libc::puts(line.as_ptr()) }).map(drop)
}

/// What [`printf`] can print.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Argument<'a> {
    /// As by `%d`.
    Int(c_int),
    /// As by `%.17g`: enough digits to read the same double back.
    Double(c_double),
    /// As by `%s`.
    Text(&'a str),
}

impl From<c_int> for Argument<'_> {
    fn from(value: c_int) -> Self {
        Self::Int(value)
    }
}

impl From<c_double> for Argument<'_> {
    fn from(value: c_double) -> Self {
        Self::Double(value)
    }
}

impl<'a> From<&'a str> for Argument<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(value)
    }
}

/// Prints one value through C's `printf`, and returns the number of bytes.
///
/// The format belongs to the value's type and never comes from the caller: C
/// believes a format, and reads whatever arguments it names. The decimal point
/// is that of the C locale that the process has set.
pub fn printf<'a>(value: impl Into<Argument<'a>>) -> io::Result<usize> {
    let printed = match value.into() {
        Argument::Int(value) => {
            // SAFETY: the format names one int, and one is passed.
            print_by(|| unsafe { libc::printf(c"%d".as_ptr(), value) })
        }
        Argument::Double(value) => {
            // SAFETY: the format names one double, and one is passed.
            print_by(|| unsafe { libc::printf(c"%.17g".as_ptr(), value) })
        }
        Argument::Text(text) => {
            let text = CString::new(text)?;
            // SAFETY: the format names one string; `text` is NUL-terminated
            // and outlives the call.
            print_by(|| unsafe { libc::printf(c"%s".as_ptr(), text.as_ptr()) })
        }
    }?;
    Ok(printed as usize)
}

/// Prints so that it mixes rightly with Rust's output, which has a buffer of its
/// own: Rust's is emptied first and locked meanwhile, C's is emptied after.
///
/// What `print` returns is below 0 on failure.
fn print_by(print: impl FnOnce() -> c_int) -> io::Result<c_int> {
    let mut rust = io::stdout().lock();
    rust.flush()?;
    let printed = print();
    if printed < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the argument is C's open standard output, or NULL for all
    // streams.
    if unsafe { libc::fflush(c_stdout()) } != 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(printed)
}

/// C's standard output. Flushing all streams would wait for one that another
/// thread reads from.
#[cfg(target_os = "linux")]
fn c_stdout() -> *mut libc::FILE {
    unsafe extern "C" {
        static stdout: *mut libc::FILE;
    }
    // SAFETY: the C library sets it before the program starts.
    unsafe { stdout }
}

/// All streams: elsewhere standard output has another name on each system.
#[cfg(not(target_os = "linux"))]
fn c_stdout() -> *mut libc::FILE {
    std::ptr::null_mut()
}
