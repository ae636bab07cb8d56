//! Shared ownership across the boundary: one reference for each Rust owner.

use std::ffi::c_void;
use std::ptr::NonNull;

use super::errors::{FFIError, in_band, succeeded};
use super::tally;

/// A reference to an object of the library's. Cloning adds a reference to the
/// same object, dropping gives one up, and the last frees it.
///
/// A call fails only if somebody else gave up a reference that was not theirs.
#[derive(Debug)]
pub struct CObject {
    handle: NonNull<c_void>,
}

impl CObject {
    /// Makes an object with the value 0.
    pub fn new() -> Result<Self, FFIError> {
        let handle = NonNull::new(tally::c_object_new()).ok_or_else(FFIError::latest)?;
        Ok(Self { handle })
    }

    /// The value.
    pub fn get(&self) -> Result<i32, FFIError> {
        in_band(tally::c_object_get_value(self.handle.as_ptr()))
    }

    /// Sets the value, for every owner.
    pub fn set(&self, value: i32) -> Result<(), FFIError> {
        succeeded(tally::c_object_set_value(self.handle.as_ptr(), value))
    }

    /// One more owner of the same object. Fails also at 4,194,303 references.
    pub fn try_clone(&self) -> Result<Self, FFIError> {
        in_band(tally::c_object_ref(self.handle.as_ptr()))?;
        Ok(Self {
            handle: self.handle,
        })
    }

    /// The handle, for C. The reference stays ours.
    pub fn as_raw(&self) -> *mut c_void {
        self.handle.as_ptr()
    }
}

impl Clone for CObject {
    /// As [`CObject::try_clone`].
    ///
    /// # Panics
    /// If that fails.
    fn clone(&self) -> Self {
        match self.try_clone() {
            Ok(clone) => clone,
            Err(error) => panic!("{error}"),
        }
    }
}

impl Drop for CObject {
    fn drop(&mut self) {
        tally::c_object_unref(self.handle.as_ptr());
    }
}

// SAFETY: the library counts references and changes values atomically, and
// takes a handle from any thread.
unsafe impl Send for CObject {}
// SAFETY: as above.
unsafe impl Sync for CObject {}
