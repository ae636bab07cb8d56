//! Memory
//!
//! Blocks of memory that the library allocates, and frees only if it allocated them
//! itself.
//!
//! ```c
//! double *values = tally_alloc(count * sizeof *values);
//! if (values == NULL)
//!     fprintf(stderr, "%s\n", tally_last_message());
//! tally_free(values);
//! ```

use std::ffi::{CStr, c_void};
use std::ptr::{NonNull, null_mut};

use super::leaks;

use crate::boundary::handles;
use crate::boundary::memory::{self, BlockKind};
use crate::boundary::record::refuse;
use crate::boundary::slots::HandleState;
use crate::boundary::status::tally_status::{TALLY_BAD_HANDLE, TALLY_STALE, TALLY_WRONG_KIND};
use crate::boundary::{Outcome, guard};

/// A block, in the name of `function`.
#[inline(always)]
pub(super) fn alloc(function: &'static CStr, size: usize) -> *mut c_void {
    guard::quick(
        function,
        || match memory::allocate_small(size, BlockKind::Bytes) {
            Some(block) => Ok(block.as_ptr().cast()),
            None => Err(()),
        },
        move |function, ()| {
            guard::value(function, null_mut(), || {
                Ok(allocate(size, BlockKind::Bytes)?.as_ptr().cast())
            })
        },
    )
}

/// A block, from whichever function.
pub(super) fn allocate(size: usize, kind: BlockKind) -> Outcome<NonNull<u8>> {
    leaks::watch();
    memory::allocate(size, kind)
}

/// Takes a block back, in the name of `function`.
#[inline(always)]
pub(super) fn free(function: &'static CStr, pointer: *mut c_void) {
    if memory::free_small(pointer.cast(), BlockKind::Bytes).is_none() {
        guard::cold(function, move |function| {
            let _ = guard::release(function, || free_block(pointer, BlockKind::Bytes));
        });
    }
}

/// Takes a block back, and says so where the pointer is, or was, a handle.
pub(super) fn free_block(pointer: *mut c_void, kind: BlockKind) -> Outcome<()> {
    memory::free(pointer.cast(), kind).map_err(|refusal| {
        if refusal.status() != TALLY_BAD_HANDLE {
            return refusal;
        }
        match handles::state_of(pointer) {
            HandleState::Live => refuse(
                TALLY_WRONG_KIND,
                format_args!("{pointer:p} is a handle, not a block: see tally_unref"),
            ),
            HandleState::Stale => refuse(
                TALLY_STALE,
                format_args!("{pointer:p} is a handle that has been released already"),
            ),
            HandleState::Unknown => refusal,
        }
    })
}

/// Allocates a block of `size` zero bytes, aligned to 64 bytes.
///
/// Returns the block, which the caller owns and frees with tally_free(), from any
/// thread, or NULL with TALLY_MEMORY if out of memory. Size 0 gives a unique pointer
/// that must not be dereferenced.
#[must_use]
#[unsafe(no_mangle)]
pub extern "C" fn tally_alloc(size: usize) -> *mut c_void {
    alloc(c"tally_alloc", size)
}

/// Frees a block from tally_alloc() or from another function that documents this. NULL
/// is a no-op. Touches the error record only on failure.
///
/// Any other pointer is refused and nothing changes: TALLY_WRONG_KIND if it is a block
/// that another function frees, or a live handle; TALLY_STALE if it is a block that has
/// been freed already, or a stale handle; TALLY_BAD_HANDLE if it is anything else.
///
/// A recently freed block is remembered, and its address is not reused. For blocks of
/// at most 1 KiB, the library remembers the last 64 that each running thread freed (if
/// the process has no more keys for thread-specific data, the threads without one share
/// 64). For larger blocks, it remembers the last 64 of the process, up to 16 MiB
/// together; a block above 16 MiB is forgotten at once. When memory runs out, the
/// library forgets all remembered blocks except the small ones of other threads,
/// returns their memory to the system and retries once. A second free of a forgotten
/// block is TALLY_BAD_HANDLE, or frees the new block at its address.
#[unsafe(no_mangle)]
pub extern "C" fn tally_free(ptr: *mut c_void) {
    free(c"tally_free", ptr);
}
