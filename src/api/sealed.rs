//! Sealed states
//!
//! An envelope for saved states of any kind, which detects bytes damaged in transit or
//! storage. Without it most damage would go unnoticed, because a damaged state is
//! usually a valid state with another total. The envelope has the length and a CRC-32C.
//! It detects every change of up to 3 bits, every burst of up to 32 bits, and any other
//! damage except with probability 2^-32. It does not protect against forgery. The
//! manual specifies the format in "The saved form of an accumulator".
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
    /// Writes the `saved_size` bytes at `saved`, in an envelope, to `buffer`.
    ///
    /// `*needed` is the number of bytes, `saved_size` + TALLY_SEAL_SIZE.
    /// TALLY_TOO_SMALL if `size` is less than that; then only `*needed` is written.
    /// TALLY_INVALID if `size` is above PTRDIFF_MAX. To query the number alone, pass
    /// NULL for `buffer` and 0 for `size`: the call succeeds. NULL with any other size
    /// is TALLY_NULL. `buffer` may overlap `saved`.
    ///
    /// The bytes are not examined: any will do. TALLY_INVALID if there are more than
    /// 2^27.
    fn tally_saved_seal(
        saved: *const c_void, saved_size: usize, buffer: *mut c_void, size: usize,
        needed: *mut usize,
    ) -> tally_status = seal_bytes;

    /// Checks exactly `size` bytes that tally_saved_seal() wrote, and locates the saved
    /// state within them.
    ///
    /// `*saved` points into `sealed`, and `*saved_size` is the number of bytes there.
    /// Nothing is copied, so there is nothing to free. TALLY_FORMAT if the bytes are
    /// not as they were sealed; the message says what is wrong. TALLY_INVALID if `size`
    /// is above PTRDIFF_MAX.
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
        let written = buffer.set_enveloped(&envelope.front, &saved, &envelope.back);
        // Last, since it may lie in what is sealed.
        needed.set(SEAL_SIZE + saved_size);
        written
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
