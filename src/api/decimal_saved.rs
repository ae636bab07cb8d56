//! Saving a decimal
//!
//! As for an accumulator: a short string of bytes that every machine and every
//! later version of the library reads. The manual specifies it, in "The saved form of
//! an accumulator".
//!
//! ```c
//! unsigned char bytes[TALLY_DECIMAL_SAVED_MAX];
//! status = tally_decimal_save(&sum, bytes, sizeof bytes, &length);
//! status = tally_decimal_load(bytes, length, &copy);
//! ```

use std::ffi::c_void;

use super::decimal::tally_decimal;
use super::state::State;
use crate::boundary::guard;
use crate::boundary::pointer::Array;
use crate::boundary::status::tally_status;
use tally_core::DECIMAL_SAVED_MAX;

/// The most bytes that a saved decimal takes.
pub const TALLY_DECIMAL_SAVED_MAX: usize = 352;

const _: () = assert!(TALLY_DECIMAL_SAVED_MAX == DECIMAL_SAVED_MAX);

/// Writes the saved form of `dec`.
///
/// `buffer` receives the bytes; `*needed` is how many they are, at most
/// TALLY_DECIMAL_SAVED_MAX. If `size` is less, the buffer is untouched and
/// TALLY_TOO_SMALL is returned; above PTRDIFF_MAX it is TALLY_INVALID. With NULL
/// for `buffer` and 0 for `size` only the length is asked for, and the call
/// succeeds; NULL with another size is TALLY_NULL.
///
/// # Safety
/// `dec` is valid for reading, `buffer` (if not NULL) for writing `size` bytes,
/// `needed` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_decimal_save(
    dec: *const tally_decimal,
    buffer: *mut c_void,
    size: usize,
    needed: *mut usize,
) -> tally_status {
    guard::status(c"tally_decimal_save", || {
        // SAFETY: the caller's promise about `dec`.
        let dec = unsafe { State::new(dec, "dec") }?;
        // SAFETY: the caller's promises about `buffer` and `needed`.
        unsafe { dec.save(buffer, size, needed) }
    })
}

/// Reads a saved decimal from exactly `size` bytes into `dec`, whatever was there
/// before.
///
/// TALLY_FORMAT if the bytes are not what tally_decimal_save() writes; the
/// message says where. Bytes from a stranger do no harm.
///
/// # Safety
/// `bytes` is valid for reading `size` bytes, `dec` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_decimal_load(
    bytes: *const c_void,
    size: usize,
    dec: *mut tally_decimal,
) -> tally_status {
    guard::status(c"tally_decimal_load", || {
        // SAFETY: the caller's promise about `bytes`.
        let bytes = unsafe { Array::new(bytes.cast::<u8>(), size, "bytes") }?;
        // SAFETY: the caller's promise about `dec`.
        let dec = unsafe { State::new(dec, "dec") }?;
        dec.load(bytes.bytes())
    })
}
