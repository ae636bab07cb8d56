//! Objects
//!
//! The simplest thing that has a handle: one 32-bit integer, shared by
//! reference count and safe to use from many threads. See Handles for
//! tally_ref(), tally_unref() and what can be wrong with a handle.
//!
//! ```c
//! void *object = tally_object_new();
//! tally_object_set_value(object, 42);
//! tally_unref(object);
//! ```

use std::ffi::c_void;

use super::handles::{self, Held, OBJECT};
use crate::boundary::record::refuse;
use crate::boundary::status::tally_status::{self, TALLY_BAD_HANDLE};
use crate::boundary::{Outcome, guard};

pub(super) fn new() -> Outcome<*mut c_void> {
    handles::insert(Held::Object(0))
}

fn with_value<R>(object: *mut c_void, body: impl FnOnce(&mut i32) -> R) -> Outcome<R> {
    handles::with(object, OBJECT, |held| match held {
        Held::Object(value) => Ok(body(value)),
        // The table has compared the kind already.
        Held::Shared(_) => Err(refuse(
            TALLY_BAD_HANDLE,
            format_args!("the handle's kind changed"),
        )),
    })
}

pub(super) fn value(object: *mut c_void) -> Outcome<i32> {
    with_value(object, |value| *value)
}

pub(super) fn set_value(object: *mut c_void, new: i32) -> Outcome<()> {
    with_value(object, |value| *value = new)
}

/// Makes an object with the value 0 and one reference.
///
/// Returns its handle; give it up with tally_unref(). NULL with TALLY_MEMORY if
/// there is no room.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn tally_object_new() -> *mut c_void {
    guard::value(c"tally_object_new", std::ptr::null_mut(), new)
}

/// The object's value, or 0 if the handle is refused: ask tally_last_status()
/// where 0 could be either.
#[unsafe(no_mangle)]
pub extern "C" fn tally_object_value(object: *mut c_void) -> i32 {
    guard::value(c"tally_object_value", 0, || value(object))
}

/// Sets the object's value, as one step to other threads.
#[unsafe(no_mangle)]
pub extern "C" fn tally_object_set_value(object: *mut c_void, value: i32) -> tally_status {
    guard::status(c"tally_object_set_value", || set_value(object, value))
}
