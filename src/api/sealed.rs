//! Sealed states
//!
//! A saved state of any kind in an envelope, for bytes that may be damaged in transit
//! or storage. Most damaged states are valid states of another total, so the damage
//! would go unnoticed. The envelope has the length and a CRC-32C: it finds every
//! change of up to 3 bits and every burst of up to 32, and other damage except with
//! probability 2^-32. It does not protect against forgery. The manual specifies it,
//! in "The saved form of an accumulator".
//!
//! ```c
//! unsigned char bytes[TALLY_ACCUMULATOR_SAVED_MAX];
//! unsigned char sealed[sizeof bytes + TALLY_SEAL_SIZE];
//! const void *opened;
//! size_t length;
//! tally_status status = tally_accumulator_save(&sum, bytes, sizeof bytes,
//!                                              &length);
//! if (status == TALLY_OK)
//!     status = tally_saved_seal(bytes, length, sealed, sizeof sealed,
//!                               &length);
//! if (status == TALLY_OK)
//!     status = tally_saved_open(sealed, length, &opened, &length);
//! if (status == TALLY_OK)
//!     status = tally_accumulator_load(opened, length, &copy);
//! if (status != TALLY_OK)
//!     fprintf(stderr, "%s\n", tally_last_message());
//! ```

use std::ffi::{CStr, c_void};

use super::exports::{In, Out, exports};
use crate::boundary::array::Array;
use crate::boundary::buffer::Buffer;
use crate::boundary::guard;
use crate::boundary::record::refuse;
use crate::boundary::status::tally_status::{self, TALLY_FORMAT, TALLY_INVALID};
use tally_core::{SEAL_SIZE, open, seal};

/// The number of bytes that sealing adds.
pub const TALLY_SEAL_SIZE: usize = 16;

const _: () = assert!(TALLY_SEAL_SIZE == SEAL_SIZE);

exports! {
    /// Writes the `saved_size` bytes of `saved` in an envelope.
    ///
    /// `buffer` receives the bytes; `*needed` is how many they are: `saved_size` and
    /// TALLY_SEAL_SIZE. If `size` is less, the buffer is untouched and TALLY_TOO_SMALL
    /// is returned; above PTRDIFF_MAX it is TALLY_INVALID. With NULL for `buffer` and 0
    /// for `size` only the length is asked for, and the call succeeds; NULL with another
    /// size is TALLY_NULL. `buffer` may overlap `saved`.
    ///
    /// What is sealed is not looked at: any bytes will do, up to 2^27 of them; more are
    /// TALLY_INVALID.
    fn tally_saved_seal(
        saved: *const c_void, saved_size: usize, buffer: *mut c_void, size: usize,
        needed: *mut usize,
    ) -> tally_status = seal_bytes;

    /// Checks exactly `size` bytes that tally_saved_seal() wrote, and finds the saved
    /// state within them.
    ///
    /// `*saved` points into `sealed`, and `*saved_size` is the number of bytes there:
    /// nothing is copied, and nothing is to be freed. TALLY_FORMAT if the bytes are not
    /// as they were sealed; the message says what is wrong.
    fn tally_saved_open(
        sealed: *const c_void, size: usize, saved: *mut *const c_void, saved_size: *mut usize,
    ) -> tally_status = open_bytes;
}

/// # Safety
/// `saved` is valid for reading `saved_size` bytes, `buffer` (if not NULL) for writing
/// `size` bytes, `needed` for writing.
unsafe fn seal_bytes(
    function: &'static CStr,
    saved: In<c_void>,
    saved_size: usize,
    buffer: Out<c_void>,
    size: usize,
    needed: Out<usize>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract; the bytes are borrowed for the checksum only.
        let saved = unsafe { Array::new(saved.pointer.cast::<u8>(), saved_size, saved.name) }?;
        // SAFETY: writable by the contract, if not NULL.
        let buffer = unsafe { Buffer::new(buffer.pointer, size) }?;
        // SAFETY: writable by the contract.
        let needed = unsafe { needed.place() }?;
        let Some(envelope) = seal(saved.bytes()) else {
            let message = format_args!("saved_size is {saved_size}, above 2^27");
            return Err(refuse(TALLY_INVALID, message));
        };
        needed.set(SEAL_SIZE + saved_size);
        buffer.set_enveloped(&envelope.front, &saved, &envelope.back)
    })
}

/// # Safety
/// `sealed` is valid for reading `size` bytes, `saved` and `saved_size` for writing.
unsafe fn open_bytes(
    function: &'static CStr,
    sealed: In<c_void>,
    size: usize,
    saved: Out<*const c_void>,
    saved_size: Out<usize>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let sealed = unsafe { Array::new(sealed.pointer.cast::<u8>(), size, sealed.name) }?;
        // SAFETY: writable by the contract.
        let (saved, saved_size) = unsafe { (saved.place()?, saved_size.place()?) };
        let opened = open(sealed.bytes())
            .map(|bytes| (bytes.as_ptr().cast(), bytes.len()))
            .map_err(|error| refuse(TALLY_FORMAT, format_args!("sealed: {error}")))?;
        saved.set(opened.0);
        saved_size.set(opened.1);
        Ok(())
    })
}
