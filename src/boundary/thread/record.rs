//! The error record as a thread's block has it.

use std::cell::Cell;
use std::ffi::c_char;
use std::mem::offset_of;

use crate::boundary::status::tally_status;

/// Room for a message, its closing NUL included.
pub const MESSAGE_SIZE: usize = 256;

/// Zeros are an empty record.
#[repr(C)]
pub(in crate::boundary) struct Record {
    pub(in crate::boundary) status: Cell<tally_status>,
    /// The number of failures so far: tells whether a callback left one.
    pub(in crate::boundary) failures: Cell<u32>,
    /// How many calls of ours the thread is inside of.
    pub(in crate::boundary) inside: Cell<u32>,
    /// NULL before the first failure.
    pub(in crate::boundary) function: Cell<*const c_char>,
    pub(in crate::boundary) message: [Cell<u8>; MESSAGE_SIZE],
}

impl Record {
    /// Where in a record the status is.
    #[allow(dead_code)] // As below.
    pub(in crate::boundary) const STATUS: usize = offset_of!(Record, status);

    #[allow(dead_code)] // Some targets store it from without.
    pub(in crate::boundary) fn clear_status(&self) {
        self.status.set(tally_status::TALLY_OK);
    }
}
