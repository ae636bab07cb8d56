//! Classic names
//!
//! The functions of the teaching text that this library grew out of, under their
//! original names. New programs do not need them. Some do the same as a function with a
//! prefix, except that the error record has the name of the function that was called:
//!
//! ```text
//! process_with_callback   tally_process
//! get_last_error          tally_last_message
//! c_alloc, c_free         tally_alloc, tally_free
//! c_object_new            tally_object_new
//! c_object_ref            tally_ref, objects only
//! c_object_unref          tally_unref, objects only
//! c_object_get_value      tally_object_value
//! c_object_set_value      tally_object_set_value
//! ```
//!
//! The shared library does not define these names: libtally_classic.so.0 does, which
//! -ltally links to programs that call one. In the static library they are weak, so a
//! program's own functions take precedence. A program that has functions of these names
//! defines TALLY_NO_CLASSIC before including this header.
// header: classic

use std::ffi::{c_char, c_int, c_void};

use super::callbacks::{self, tally_callback};
use super::{handles, ints, memory, objects};
use crate::boundary::handles::Kind;
use crate::boundary::status::tally_status;
use crate::boundary::{guard, pointer, record};

/// Twice `x`, or the nearest int with TALLY_OVERFLOW.
#[unsafe(no_mangle)]
pub extern "C" fn rust_function(x: c_int) -> c_int {
    ints::double(c"rust_function", x)
}

/// The sum of `len` ints, or the nearest int with TALLY_OVERFLOW.
///
/// Only the final total has to be in range; tally_sum_i32() has a larger one. If `len`
/// is 0, the sum is 0, whatever the pointer. 0 with TALLY_INVALID if `len` is negative;
/// 0 with TALLY_NULL for NULL and a positive `len`.
///
/// # Safety
/// `arr` is valid for reading `len` elements.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sum_array(arr: *const c_int, len: c_int) -> c_int {
    // SAFETY: the same contract.
    guard::nearest(c"sum_array", 0, || unsafe { ints::sum(arr, len) })
}

/// Calls `callback(data, result)` once: see tally_process().
///
/// Returns what the callback returned; TALLY_NULL for a NULL callback.
///
/// # Safety
/// `callback` may be called with `data` and `result`.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn process_with_callback(
    data: *const c_void,
    callback: tally_callback,
    result: *mut c_int,
) -> c_int {
    // SAFETY: the same contract.
    unsafe { callbacks::process(c"process_with_callback", data, callback, result) }
}

/// Adds the integers in a text: decimal digits, up to 600 of them (not counting leading
/// zeros), with an optional sign, separated by ASCII white space.
///
/// Returns the total, from 0 to INT_MAX, or a negative status: TALLY_NULL;
/// TALLY_ENCODING; TALLY_PARSE for a word that is not an integer, with the word and its
/// byte offset in the message; TALLY_OVERFLOW for a total above INT_MAX or a word of
/// more than 600 digits; TALLY_INVALID for a negative total. Only the final total has
/// to be in range. The total of an empty text is 0.
///
/// # Safety
/// `input` is NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn risky_operation(input: *const c_char) -> c_int {
    ints::total_or_status(guard::outcome(c"risky_operation", || {
        // SAFETY: the caller's promise about `input`.
        ints::parse_total(unsafe { pointer::text(input, "input") }?)
    }))
}

/// The message of this thread's latest failure, or "": see tally_last_message(). Never
/// NULL. Do not free it; it is valid until this thread's next call.
#[unsafe(no_mangle)]
pub extern "C" fn get_last_error() -> *const c_char {
    record::message()
}

/// Allocates a block of `size` zero bytes, aligned to 64 bytes: see tally_alloc().
///
/// Returns the block, to be freed with c_free(), or NULL with TALLY_MEMORY.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn c_alloc(size: usize) -> *mut c_void {
    memory::alloc(c"c_alloc", size)
}

/// Frees a block from c_alloc() or tally_alloc(); refuses any other pointer: see
/// tally_free().
#[unsafe(no_mangle)]
pub extern "C" fn c_free(ptr: *mut c_void) {
    memory::free(c"c_free", ptr);
}

/// Makes an object with the value 0 and one reference: see tally_object_new().
///
/// Returns its handle, to be given up with c_object_unref(), or NULL with
/// TALLY_MEMORY.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn c_object_new() -> *mut c_void {
    objects::new(c"c_object_new")
}

/// Adds a reference to an object: see tally_ref(). NULL is refused.
#[unsafe(no_mangle)]
pub extern "C" fn c_object_ref(obj: *mut c_void) {
    let _ = handles::reference(c"c_object_ref", obj, Some(Kind::Object));
}

/// Gives up a reference to an object; giving up the last one frees it: see
/// tally_unref(). NULL is a no-op.
#[unsafe(no_mangle)]
pub extern "C" fn c_object_unref(obj: *mut c_void) {
    let _ = handles::unreference_object(c"c_object_unref", obj);
}

/// The object's value, or 0 if the handle is refused: see tally_object_value().
#[unsafe(no_mangle)]
pub extern "C" fn c_object_get_value(obj: *mut c_void) -> i32 {
    objects::value(c"c_object_get_value", obj)
}

/// Sets the object's value: see tally_object_set_value().
#[unsafe(no_mangle)]
pub extern "C" fn c_object_set_value(obj: *mut c_void, value: i32) -> tally_status {
    objects::set_value(c"c_object_set_value", obj, value)
}
