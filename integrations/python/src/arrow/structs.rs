//! The structs of Arrow's C data interface and C stream interface.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr::{NonNull, null, null_mut};

/// The common end of all three structs.
pub(crate) type Release<T> = Option<unsafe extern "C-unwind" fn(*mut T)>;

#[repr(C)]
pub(crate) struct Schema {
    pub(super) format: *const c_char,
    pub(super) name: *const c_char,
    pub(super) metadata: *const c_char,
    pub(super) flags: i64,
    pub(super) child_count: i64,
    pub(super) children: *const *const Schema,
    pub(super) dictionary: *const Schema,
    pub(super) release: Release<Schema>,
    pub(super) private: *mut c_void,
}

#[repr(C)]
pub(crate) struct Values {
    pub(super) length: i64,
    pub(super) null_count: i64,
    pub(super) offset: i64,
    pub(super) buffer_count: i64,
    pub(super) child_count: i64,
    pub(super) buffers: *const *const u8,
    pub(super) children: *const *const Values,
    pub(super) dictionary: *const Values,
    pub(super) release: Release<Values>,
    pub(super) private: *mut c_void,
}

#[repr(C)]
pub(crate) struct Stream {
    pub(super) get_schema: Option<unsafe extern "C-unwind" fn(*mut Stream, *mut Schema) -> c_int>,
    pub(super) get_next: Option<unsafe extern "C-unwind" fn(*mut Stream, *mut Values) -> c_int>,
    pub(super) get_last_error: Option<unsafe extern "C-unwind" fn(*mut Stream) -> *const c_char>,
    pub(super) release: Release<Stream>,
    pub(super) private: *mut c_void,
}

/// A struct with a release callback, which is NULL once it has been released.
pub(crate) trait Releasable {
    fn release(&self) -> Release<Self>
    where
        Self: Sized;
}

macro_rules! releasable {
    ($($type:ty),+) => {$(
        impl Releasable for $type {
            fn release(&self) -> Release<Self> {
                self.release
            }
        }
    )+};
}
releasable!(Schema, Values, Stream);

/// A struct that we must release. It stays in place on the heap when this is moved.
pub(crate) struct Owned<T: Releasable>(NonNull<T>);

/// An array that we must release.
pub(crate) type OwnedValues = Owned<Values>;

impl<T: Releasable> Owned<T> {
    pub(super) fn new(content: T) -> Self {
        Self(NonNull::from(Box::leak(Box::new(content))))
    }

    pub(super) fn as_ptr(&self) -> *mut T {
        self.0.as_ptr()
    }

    pub(super) fn is_released(&self) -> bool {
        // SAFETY: it is there until this is dropped.
        unsafe { self.0.as_ref() }.release().is_none()
    }
}

impl<T: Releasable> Drop for Owned<T> {
    fn drop(&mut self) {
        // SAFETY: made by `new`, and dropped once; whoever wrote the struct said how it is
        // released, and this is the only call.
        unsafe {
            let mut content = Box::from_raw(self.0.as_ptr());
            if let Some(release) = content.release() {
                release(&raw mut *content);
            }
        }
    }
}

impl Schema {
    pub(super) fn released() -> Self {
        let (format, name, metadata) = (null(), null(), null());
        Self {
            format,
            name,
            metadata,
            flags: 0,
            child_count: 0,
            children: null(),
            dictionary: null(),
            release: None,
            private: null_mut(),
        }
    }

    pub(super) fn format(&self) -> &[u8] {
        match self.format.is_null() {
            true => b"",
            // SAFETY: a format ends in a NUL, and is there until the schema is released.
            false => unsafe { CStr::from_ptr(self.format) }.to_bytes(),
        }
    }

    /// The child with this name.
    pub(super) fn child(&self, name: &str) -> Option<&Schema> {
        (0..usize::try_from(self.child_count).ok()?).find_map(|place| {
            if self.children.is_null() {
                return None;
            }
            // SAFETY: there is one pointer for each child, which lives as long as its parent.
            let child = unsafe { (*self.children.add(place)).as_ref() }?;
            if child.name.is_null() {
                return None;
            }
            // SAFETY: a name ends in a NUL, and is there until the schema is released.
            let own = unsafe { CStr::from_ptr(child.name) };
            (own.to_bytes() == name.as_bytes()).then_some(child)
        })
    }

    /// The only child.
    pub(super) fn only_child(&self) -> Option<&Schema> {
        if self.child_count != 1 || self.children.is_null() {
            return None;
        }
        // SAFETY: there is one child, which lives as long as its parent.
        unsafe { (*self.children).as_ref() }
    }
}

impl Values {
    pub(super) fn released() -> Self {
        Self {
            length: 0,
            null_count: 0,
            offset: 0,
            buffer_count: 0,
            child_count: 0,
            buffers: null(),
            children: null(),
            dictionary: null(),
            release: None,
            private: null_mut(),
        }
    }
}
