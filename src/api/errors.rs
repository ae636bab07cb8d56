//! Errors
//!
//! Each thread has a record of its latest failure: a status, a message and the name of
//! the function that failed. A failing call sets it; a successful call clears it. The
//! releasing functions (tally_free, tally_unref, tally_array_release_view,
//! tally_record_free, and the classic c_free and c_object_unref) set it when they fail,
//! but never clear it. Threads never see each other's errors.
//!
//! ```c
//! if (tally_sum_f64(values, count, &total) != TALLY_OK)
//!     printf("%s: %s\n", tally_last_function(), tally_last_message());
//! ```
//!
//! The functions of this section only read the record, except tally_clear_error(). They
//! cannot fail.

use std::ffi::{c_char, c_int};

use crate::boundary::record;
use crate::boundary::status::tally_status;

/// The status of this thread's latest failure, or TALLY_OK if the latest call
/// that sets or clears the record succeeded.
///
/// Use it to detect a failure where every return value is also a valid result, as with
/// tally_object_value().
#[unsafe(no_mangle)]
pub extern "C" fn tally_last_status() -> tally_status {
    record::status()
}

/// The message of this thread's latest failure, or "". Never NULL.
///
/// UTF-8, at most 255 bytes. The library owns it; do not free it. It is valid until this
/// thread makes another call that may set or clear the record, or ends; to keep it
/// longer, use tally_last_error_copy().
#[unsafe(no_mangle)]
pub extern "C" fn tally_last_message() -> *const c_char {
    record::message()
}

/// The name of the function that failed last on this thread, or "" if there is
/// no error. Never NULL; valid for as long as the library is loaded.
#[unsafe(no_mangle)]
pub extern "C" fn tally_last_function() -> *const c_char {
    record::function().as_ptr()
}

/// Copies this thread's message, as snprintf() would.
///
/// At most `size` bytes are written to `buffer`, including the terminating NUL; a longer
/// message is truncated at a character boundary. Nothing is written if `buffer` is NULL
/// or `size` is 0.
///
/// Returns the length of the complete message in bytes, without the NUL.
///
/// # Safety
/// If not NULL, `buffer` is valid for writing `size` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_last_error_copy(buffer: *mut c_char, size: usize) -> usize {
    let (message, length) = record::message_copy();
    if buffer.is_null() || size == 0 {
        return length;
    }
    let mut kept = length.min(size - 1);
    // A byte 10xxxxxx continues the character before it.
    while kept < length && message[kept] & 0xc0 == 0x80 {
        kept -= 1;
    }
    // SAFETY: `kept + 1` is at most `size`, and `message` is ours.
    unsafe {
        std::ptr::copy_nonoverlapping(message.as_ptr().cast(), buffer, kept);
        buffer.add(kept).write(0);
    }
    length
}

/// Clears this thread's error.
#[unsafe(no_mangle)]
pub extern "C" fn tally_clear_error() {
    record::clear();
}

/// The name of a status, such as "TALLY_OVERFLOW", or "TALLY_UNKNOWN" for any
/// other number. Never NULL; valid for as long as the library is loaded.
#[unsafe(no_mangle)]
pub extern "C" fn tally_status_name(status: i32) -> *const c_char {
    let name = tally_status::from_number(status as c_int).map(tally_status::name);
    name.unwrap_or(c"TALLY_UNKNOWN").as_ptr()
}
