//! Memory
//!
//! Blocks that the library gives out, and takes back only if they are its own.
//!
//! ```c
//! double *values = tally_alloc(count * sizeof *values);
//! tally_free(values);
//! ```

use std::ffi::c_void;

use crate::boundary::memory::{self, BlockKind};
use crate::boundary::{Outcome, guard};

pub(super) fn alloc(size: usize) -> Outcome<*mut c_void> {
    Ok(memory::allocate(size, BlockKind::Bytes)?.as_ptr().cast())
}

pub(super) fn free(pointer: *mut c_void) -> Outcome<()> {
    memory::free(pointer.cast(), BlockKind::Bytes)
}

/// Gives a block of `size` bytes: all zero, and aligned to 64 bytes.
///
/// The caller owns it and frees it with tally_free(), from any thread. Size 0
/// gives a pointer that is like no other and must not be read. NULL with
/// TALLY_MEMORY if there is no such memory.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn tally_alloc(size: usize) -> *mut c_void {
    guard::value(c"tally_alloc", std::ptr::null_mut(), || alloc(size))
}

/// Frees a block from tally_alloc(), or from a function that says so. NULL is
/// nothing to do. Touches the error record only on failure.
///
/// A pointer that is no such block is refused and nothing changes:
/// TALLY_STALE if the block has been freed already (as long as that is
/// remembered), TALLY_WRONG_KIND if another function frees it,
/// TALLY_BAD_HANDLE for anything else. An address that has been given out
/// again is a new block's, so a very late second free is not found out.
#[unsafe(no_mangle)]
pub extern "C" fn tally_free(ptr: *mut c_void) {
    guard::release(c"tally_free", || free(ptr));
}
