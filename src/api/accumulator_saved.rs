//! Saving an accumulator
//!
//! A saved accumulator is a short string of bytes that every machine and every
//! later version of the library reads. The same values give the same bytes, in
//! whatever order and parts they were added. The manual specifies them, in "The
//! saved form of an accumulator".
//!
//! ```c
//! unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX];
//! status = tally_accumulator_save(&sum, bytes, sizeof bytes, &length);
//! status = tally_accumulator_load(bytes, length, &copy);
//! ```

use std::ffi::c_void;

use super::accumulator::tally_accumulator;
use super::state::State;
use crate::boundary::guard;
use crate::boundary::pointer::Array;
use crate::boundary::status::tally_status;
use tally_core::SAVED_MAX;

/// The most bytes that a saved accumulator takes.
pub const TALLY_ACCUMULATOR_SAVED_MAX: usize = 320;

const _: () = assert!(TALLY_ACCUMULATOR_SAVED_MAX == SAVED_MAX);

/// Writes the saved form of `acc`.
///
/// `buffer` receives the bytes; `*needed` is how many they are, at most
/// TALLY_ACCUMULATOR_SAVED_MAX. If `size` is less, the buffer is untouched and
/// TALLY_TOO_SMALL is returned; above PTRDIFF_MAX it is TALLY_INVALID. With NULL for `buffer` and 0 for `size` only
/// the length is asked for, and the call succeeds; NULL with another size is
/// TALLY_NULL.
///
/// # Safety
/// `acc` is valid for reading, `buffer` (if not NULL) for writing `size` bytes,
/// `needed` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_save(
    acc: *const tally_accumulator,
    buffer: *mut c_void,
    size: usize,
    needed: *mut usize,
) -> tally_status {
    guard::status(c"tally_accumulator_save", || {
        // SAFETY: the caller's promise about `acc`.
        let acc = unsafe { State::new(acc, "acc") }?;
        // SAFETY: the caller's promises about `buffer` and `needed`.
        unsafe { acc.save(buffer, size, needed) }
    })
}

/// Reads a saved accumulator from exactly `size` bytes into `acc`, whatever was
/// there before.
///
/// TALLY_FORMAT if the bytes are not what tally_accumulator_save() writes; the
/// message says where. Bytes from a stranger do no harm.
///
/// # Safety
/// `bytes` is valid for reading `size` bytes, `acc` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_accumulator_load(
    bytes: *const c_void,
    size: usize,
    acc: *mut tally_accumulator,
) -> tally_status {
    guard::status(c"tally_accumulator_load", || {
        // SAFETY: the caller's promise about `bytes`.
        let bytes = unsafe { Array::new(bytes.cast::<u8>(), size, "bytes") }?;
        // SAFETY: the caller's promise about `acc`.
        let acc = unsafe { State::new(acc, "acc") }?;
        acc.load(bytes.bytes())
    })
}
