//! Arrow's structs, and those that a stream returns.

use std::ffi::{c_char, c_int, c_void};
use std::ptr::null;

use crate::boundary::record;

/// A type, as the C data interface has it.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ArrowSchema {
    pub(super) format: *const c_char,
    pub(super) name: *const c_char,
    metadata: *const c_char,
    flags: i64,
    pub(super) n_children: i64,
    pub(super) children: *const *const ArrowSchema,
    pub(super) dictionary: *const ArrowSchema,
    release: Option<unsafe extern "C-unwind" fn(*mut ArrowSchema)>,
    private_data: *const c_void,
}

/// An array, as the C data interface has it.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ArrowArray {
    pub(super) length: i64,
    pub(super) null_count: i64,
    pub(super) offset: i64,
    pub(super) n_buffers: i64,
    pub(super) n_children: i64,
    pub(super) buffers: *const *const c_void,
    pub(super) children: *const *const ArrowArray,
    pub(super) dictionary: *const ArrowArray,
    release: Option<unsafe extern "C-unwind" fn(*mut ArrowArray)>,
    private_data: *const c_void,
}

/// A source of arrays of one type, as the C stream interface has it.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct ArrowArrayStream {
    pub(super) get_schema: Option<Fill<ArrowSchema>>,
    pub(super) get_next: Option<Fill<ArrowArray>>,
    pub(super) get_last_error:
        Option<unsafe extern "C-unwind" fn(*mut ArrowArrayStream) -> *const c_char>,
    pub(super) release: Option<unsafe extern "C-unwind" fn(*mut ArrowArrayStream)>,
    private_data: *const c_void,
}

/// A callback of a stream that writes a struct.
pub(super) type Fill<T> = unsafe extern "C-unwind" fn(*mut ArrowArrayStream, *mut T) -> c_int;

/// A struct that says how it is released: NULL if it was already.
pub(super) trait Releasable: Copy {
    const RELEASED: Self;

    fn release(&self) -> Option<unsafe extern "C-unwind" fn(*mut Self)>;

    fn is_released(&self) -> bool {
        self.release().is_none()
    }
}

impl Releasable for ArrowSchema {
    const RELEASED: Self = ArrowSchema {
        format: null(),
        name: null(),
        metadata: null(),
        flags: 0,
        n_children: 0,
        children: null(),
        dictionary: null(),
        release: None,
        private_data: null(),
    };

    fn release(&self) -> Option<unsafe extern "C-unwind" fn(*mut Self)> {
        self.release
    }
}

impl Releasable for ArrowArray {
    const RELEASED: Self = ArrowArray {
        length: 0,
        null_count: 0,
        offset: 0,
        n_buffers: 0,
        n_children: 0,
        buffers: null(),
        children: null(),
        dictionary: null(),
        release: None,
        private_data: null(),
    };

    fn release(&self) -> Option<unsafe extern "C-unwind" fn(*mut Self)> {
        self.release
    }
}

/// A struct that a stream handed out. It is released when this goes, also where an
/// exception of another callback passes.
pub(super) struct Handed<T: Releasable>(T);

impl<T: Releasable> Handed<T> {
    /// Has a stream write the struct. What it returned comes along.
    ///
    /// # Safety
    /// `fill` may be called with `stream`. If the struct is not released then, it may be.
    pub(super) unsafe fn by(fill: Fill<T>, stream: *mut ArrowArrayStream) -> (Self, c_int) {
        // A stream that has failed may leave it alone.
        let mut handed = Handed(T::RELEASED);
        // SAFETY: the same contract.
        let returned = unsafe { fill(stream, &raw mut handed.0) };
        (handed, returned)
    }

    pub(super) fn is_released(&self) -> bool {
        self.0.is_released()
    }

    pub(super) fn as_ptr(&self) -> *const T {
        &raw const self.0
    }
}

impl<T: Releasable> Drop for Handed<T> {
    fn drop(&mut self) {
        if let Some(release) = self.0.release() {
            // The error that this cleans up after is not lost if the callback calls us.
            let kept = record::keep();
            // SAFETY: whoever wrote the struct said so; this is the only call.
            unsafe { release(&raw mut self.0) };
            record::restore(&kept);
        }
    }
}
