//! A block of C's memory behind a Rust owner.

use std::ptr::NonNull;
use std::slice;

use super::errors::FFIError;
use super::tally;

/// Memory from `c_alloc`, freed by `c_free` when dropped.
#[derive(Debug)]
pub struct CMemory {
    start: NonNull<u8>,
    size: usize,
}

impl CMemory {
    /// A block of `size` bytes, all zero. It may be empty.
    pub fn new(size: usize) -> Result<Self, FFIError> {
        let start = NonNull::new(tally::c_alloc(size)).ok_or_else(FFIError::latest)?;
        let start = start.cast();
        Ok(Self { start, size })
    }

    /// The bytes.
    pub fn as_slice(&self) -> &[u8] {
        // SAFETY: the block is `size` bytes, initialised, and ours while `self`
        // lives; only `as_mut_slice` gives leave to write.
        unsafe { slice::from_raw_parts(self.start.as_ptr(), self.size) }
    }

    /// The bytes, to write to.
    pub fn as_mut_slice(&mut self) -> &mut [u8] {
        // SAFETY: as above, and `self` is borrowed alone.
        unsafe { slice::from_raw_parts_mut(self.start.as_ptr(), self.size) }
    }
}

impl Drop for CMemory {
    fn drop(&mut self) {
        // SAFETY: the block is ours, and not used again.
        unsafe { tally::c_free(self.start.as_ptr().cast()) }
    }
}

// SAFETY: the block is owned, and any thread may free it.
unsafe impl Send for CMemory {}
// SAFETY: shared, it is only read.
unsafe impl Sync for CMemory {}
