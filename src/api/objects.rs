//! Objects
//!
//! The simplest resource with a handle: a reference-counted 32-bit integer that any
//! number of threads may read and set. See Handles for tally_ref(), tally_unref() and
//! the errors of a handle.
//!
//! ```c
//! void *object = tally_object_new();
//! if (object == NULL || tally_object_set_value(object, 42) != TALLY_OK)
//!     fprintf(stderr, "%s\n", tally_last_message());
//! tally_unref(object);
//! ```

use std::ffi::{CStr, c_void};
use std::ptr::null_mut;

use super::handles::{insert, pin};
use crate::boundary::guard;
use crate::boundary::handles::{self, Kind};
use crate::boundary::slots::Payload;
use crate::boundary::status::tally_status::{self, TALLY_OK};

/// An object with the value 0: the slot's number is all there is of it.
const ZERO: Payload = Payload {
    number: 0,
    pointer: null_mut(),
};

/// A new object, in the name of `function`.
#[inline(always)]
pub(super) fn new(function: &'static CStr) -> *mut c_void {
    guard::quick(
        function,
        || handles::insert(Kind::Object, ZERO).ok_or(()),
        |function, ()| guard::value(function, null_mut(), || insert(Kind::Object, ZERO)),
    )
}

/// An object's value, in the name of `function`.
#[inline(always)]
pub(super) fn value(function: &'static CStr, object: *mut c_void) -> i32 {
    guard::quick(
        function,
        || match handles::read_number(object, Kind::Object) {
            Some(number) => Ok(number as i32),
            None => Err(()),
        },
        move |function, ()| {
            guard::value(function, 0, || {
                let pin = pin(object, Kind::Object)?;
                let value = pin.payload().number as i32;
                pin.unpin();
                Ok(value)
            })
        },
    )
}

/// Sets an object's value, in the name of `function`.
#[inline(always)]
pub(super) fn set_value(function: &'static CStr, object: *mut c_void, value: i32) -> tally_status {
    let number = u64::from(value as u32);
    guard::quick(
        function,
        || {
            let pin = handles::pin(object, Kind::Object).map_err(drop)?;
            pin.set_number(number);
            pin.unpin();
            Ok(TALLY_OK)
        },
        move |function, ()| {
            guard::status(function, || {
                let pin = pin(object, Kind::Object)?;
                pin.set_number(number);
                pin.unpin();
                Ok(())
            })
        },
    )
}

/// Makes an object with the value 0 and one reference.
///
/// Returns its handle, to be given up with tally_unref(), or NULL with TALLY_MEMORY if
/// out of memory.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn tally_object_new() -> *mut c_void {
    new(c"tally_object_new")
}

/// The object's value, or 0 if the handle is refused. Check tally_last_status() to tell
/// a failure from a value of 0.
#[unsafe(no_mangle)]
pub extern "C" fn tally_object_value(object: *mut c_void) -> i32 {
    value(c"tally_object_value", object)
}

/// Sets the object's value, atomically.
#[unsafe(no_mangle)]
pub extern "C" fn tally_object_set_value(object: *mut c_void, value: i32) -> tally_status {
    set_value(c"tally_object_set_value", object, value)
}
