//! What the library keeps for each thread.
//!
//! One block of thread-local storage, all zero at the thread's birth and
//! without a destructor, so that it can be used before anything else and while
//! the thread is ending. Each call clears the error that is in it, so reaching
//! it must cost next to nothing: `initial_exec` takes two instructions where
//! the target lets it, `portable` is for all others.

use std::cell::Cell;

use super::memory::Account;
use super::record::Record;
use super::slots::Magazine;

mod exit;

#[cfg_attr(
    all(
        target_os = "linux",
        target_pointer_width = "64",
        any(target_arch = "x86_64", target_arch = "aarch64"),
        not(miri)
    ),
    path = "initial_exec.rs"
)]
#[cfg_attr(
    not(all(
        target_os = "linux",
        target_pointer_width = "64",
        any(target_arch = "x86_64", target_arch = "aarch64"),
        not(miri)
    )),
    path = "portable.rs"
)]
mod storage;

pub(super) use exit::is_watched;
pub(super) use storage::{clear_status, with};

/// The block. Every bit of it is zero at first.
#[repr(C)]
pub(super) struct Thread {
    /// Comes first: `clear_status` relies on it.
    pub(super) record: Record,
    /// What the thread did with blocks; NULL before the first.
    pub(super) account: Cell<*const Account>,
    /// Free slots for handles.
    pub(super) magazine: Magazine,
    watch: Cell<exit::Watch>,
}

// What is loaded at run time finds little room among the static blocks, and std
// has variables of its own there. A test reads the whole from the library.
const _: () = assert!(size_of::<Thread>() <= 384);
