//! The block of storage that each thread has.

use std::cell::Cell;
use std::ffi::c_void;

use super::record::Record;
use crate::boundary::slots::Magazine;

/// Where a thread stands. `Unasked` is zero.
#[repr(u8)]
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Watch {
    /// Nobody asked yet.
    #[allow(dead_code)] // It is what zeros say.
    Unasked = 0,
    /// Cleanup will run when it ends.
    Watched,
    /// Cleanup has run, or cannot.
    Over,
}

/// The block. Every bit of it is zero at first.
#[repr(C)]
pub(in crate::boundary) struct Thread {
    /// Comes first: `clear_status` relies on it.
    pub(in crate::boundary) record: Record,
    /// The statistics of blocks, which are the memory's; NULL before the first.
    pub(in crate::boundary) stats: Cell<*const c_void>,
    /// Free slots for handles.
    pub(in crate::boundary) magazine: Magazine,
    pub(super) watch: Cell<Watch>,
}

// What is loaded at run time finds little room among the static blocks, and std
// has variables of its own there. A test reads the whole from the library.
const _: () = assert!(size_of::<Thread>() <= 384);
