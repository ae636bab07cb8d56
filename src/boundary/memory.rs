//! The blocks that C owes us back.
//!
//! Every block that goes to C is listed by its address, so that a pointer that
//! comes back is checked against the list and never believed. A freed block
//! waits in a quarantine before its memory can be given out again: until then a
//! second free of it is known for what it is, and is no danger to a new owner of
//! the address.

use std::alloc::{Layout, alloc, alloc_zeroed, dealloc};
use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::ffi::c_void;
use std::hash::BuildHasherDefault;
use std::ptr::NonNull;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Outcome;
use super::pointer::{Array, Plain};
use super::record::refuse;
use super::status::tally_status::{TALLY_BAD_HANDLE, TALLY_MEMORY, TALLY_STALE, TALLY_WRONG_KIND};

/// A cache line; wide enough for every vector instruction set.
pub const ALIGNMENT: usize = 64;

/// How many of the blocks freed last wait, and how many bytes at the most: a
/// larger block goes back to the system at once.
const QUARANTINE_BLOCKS: usize = 64;
const QUARANTINE_BYTES: usize = 16 << 20;

/// Who frees a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// `tally_free` and `c_free`.
    Bytes,
    /// `tally_record_free`.
    Record,
}

impl BlockKind {
    fn freed_by(self) -> &'static str {
        match self {
            Self::Bytes => "tally_free",
            Self::Record => "tally_record_free",
        }
    }
}

#[derive(Clone, Copy)]
struct Block {
    start: NonNull<u8>,
    size: usize,
    kind: BlockKind,
}

// SAFETY: a block is owned memory; nothing about it belongs to one thread.
unsafe impl Send for Block {}

impl Block {
    fn layout(size: usize) -> Option<Layout> {
        // An empty block still has an address of its own.
        Layout::from_size_align(size.max(1), ALIGNMENT).ok()
    }

    fn give_back(self) {
        if let Some(layout) = Self::layout(self.size) {
            // SAFETY: `allocate` got this block with this very layout, and it
            // leaves the list and the quarantine but once.
            unsafe { dealloc(self.start.as_ptr(), layout) }
        }
    }
}

struct Blocks {
    live: HashMap<usize, Block, BuildHasherDefault<DefaultHasher>>,
    bytes: usize,
    freed: Quarantine,
}

static BLOCKS: Mutex<Blocks> = Mutex::new(Blocks {
    live: HashMap::with_hasher(BuildHasherDefault::new()),
    bytes: 0,
    freed: Quarantine {
        blocks: [None; QUARANTINE_BLOCKS],
        oldest: 0,
        count: 0,
        bytes: 0,
    },
});

/// The blocks freed last, in the order of their freeing.
struct Quarantine {
    blocks: [Option<Block>; QUARANTINE_BLOCKS],
    oldest: usize,
    count: usize,
    bytes: usize,
}

impl Quarantine {
    fn holds(&self, address: usize) -> bool {
        let mut waiting = self.blocks.iter().flatten();
        waiting.any(|block| block.start.addr().get() == address)
    }

    /// Lets the block wait, and gives back those whose time is over.
    fn add(&mut self, block: Block) {
        while self.count == QUARANTINE_BLOCKS
            || (self.count > 0 && self.bytes.saturating_add(block.size) > QUARANTINE_BYTES)
        {
            if let Some(leaving) = self.blocks[self.oldest].take() {
                self.bytes -= leaving.size;
                leaving.give_back();
            }
            self.oldest = (self.oldest + 1) % QUARANTINE_BLOCKS;
            self.count -= 1;
        }
        if block.size > QUARANTINE_BYTES {
            block.give_back();
            return;
        }
        let place = (self.oldest + self.count) % QUARANTINE_BLOCKS;
        self.blocks[place] = Some(block);
        self.count += 1;
        self.bytes += block.size;
    }
}

fn blocks() -> MutexGuard<'static, Blocks> {
    // Each change below is complete before anything that could panic.
    BLOCKS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A zeroed block of `size` bytes for C.
pub fn allocate(size: usize, kind: BlockKind) -> Outcome<NonNull<u8>> {
    let no_memory = || refuse(TALLY_MEMORY, format_args!("no memory for {size} bytes"));
    let layout = Block::layout(size).ok_or_else(no_memory)?;
    // SAFETY: the layout's size is not 0.
    let start = NonNull::new(unsafe { alloc_zeroed(layout) }).ok_or_else(no_memory)?;
    let block = Block { start, size, kind };
    let mut blocks = blocks();
    if blocks.live.try_reserve(1).is_err() {
        drop(blocks);
        block.give_back();
        return Err(no_memory());
    }
    blocks.live.insert(start.addr().get(), block);
    blocks.bytes += size;
    Ok(start)
}

/// Takes a block back from C. NULL is nothing to do.
pub fn free(pointer: *const u8, kind: BlockKind) -> Outcome<()> {
    if pointer.is_null() {
        return Ok(());
    }
    let mut blocks = blocks();
    let Some(block) = blocks.live.get(&pointer.addr()).copied() else {
        let is_stale = blocks.freed.holds(pointer.addr());
        drop(blocks);
        return Err(if is_stale {
            refuse(
                TALLY_STALE,
                format_args!("{pointer:p} has been freed already"),
            )
        } else {
            refuse(
                TALLY_BAD_HANDLE,
                format_args!("{pointer:p} is no live block of this library"),
            )
        });
    };
    if block.kind != kind {
        drop(blocks);
        let message = format_args!("{pointer:p} is freed by {}", block.kind.freed_by());
        return Err(refuse(TALLY_WRONG_KIND, message));
    }
    blocks.live.remove(&pointer.addr());
    blocks.bytes -= block.size;
    blocks.freed.add(block);
    Ok(())
}

/// Who frees the block that begins here, if there is one.
pub fn freed_by(pointer: *const u8) -> Option<&'static str> {
    let blocks = blocks();
    let block = blocks.live.get(&pointer.addr())?;
    Some(block.kind.freed_by())
}

/// How many blocks C owes us, and the bytes that it asked for.
pub fn live() -> (usize, usize) {
    let blocks = blocks();
    (blocks.live.len(), blocks.bytes)
}

/// A copy of C's values, in memory of the library's own.
pub struct Values {
    start: NonNull<u8>,
    size: usize,
}

impl Values {
    /// Copies an array.
    pub fn copy_of<T: Plain>(values: &Array<'_, T>) -> Outcome<Self> {
        // An array that is there has no more bytes than an `isize` counts.
        let size = values.count() * size_of::<T>();
        let no_memory = || refuse(TALLY_MEMORY, format_args!("no memory for {size} bytes"));
        let layout = Block::layout(size).ok_or_else(no_memory)?;
        // SAFETY: the layout's size is not 0.
        let start = NonNull::new(unsafe { alloc(layout) }).ok_or_else(no_memory)?;
        // SAFETY: fresh memory of the array's size.
        unsafe { values.copy_to(start.as_ptr()) };
        Ok(Self { start, size })
    }

    /// Where the copy is.
    pub fn address(&self) -> *const c_void {
        self.start.as_ptr().cast_const().cast()
    }
}

impl Drop for Values {
    fn drop(&mut self) {
        if let Some(layout) = Block::layout(self.size) {
            // SAFETY: `copy_of` got it with this very layout.
            unsafe { dealloc(self.start.as_ptr(), layout) }
        }
    }
}

/// Gives up what the thread kept.
pub(super) fn end_of_thread() {}

/// A value on the heap, or TALLY_MEMORY.
pub fn boxed<T>(value: T) -> Outcome<Box<T>> {
    const { assert!(size_of::<T>() > 0) };
    // SAFETY: the size is not 0.
    let start = unsafe { alloc(Layout::new::<T>()) }.cast::<T>();
    if start.is_null() {
        return Err(refuse(
            TALLY_MEMORY,
            format_args!("no memory for {} bytes", size_of::<T>()),
        ));
    }
    // SAFETY: fresh memory with the layout of a `T`, from the allocator that a
    // `Box` frees with, written before the box is made.
    Ok(unsafe {
        start.write(value);
        Box::from_raw(start)
    })
}

#[cfg(test)]
mod tests {
    use super::super::record::Refusal;
    use super::super::status::tally_status;
    use super::*;

    fn refused(outcome: Outcome<()>) -> Option<tally_status> {
        outcome.err().map(|refusal: Refusal| refusal.status())
    }

    #[test]
    fn a_block_is_zeroed_aligned_and_freed_once() {
        for size in [
            0,
            1,
            63,
            64,
            65,
            40_000,
            QUARANTINE_BYTES,
            QUARANTINE_BYTES + 1,
        ] {
            let block = allocate(size, BlockKind::Bytes).expect("there is memory");
            assert_eq!(block.addr().get() % ALIGNMENT, 0);
            // SAFETY: the block is live and `size` bytes long.
            let bytes = unsafe { std::slice::from_raw_parts(block.as_ptr(), size) };
            assert!(bytes.iter().all(|byte| *byte == 0));
            assert_eq!(
                refused(free(block.as_ptr(), BlockKind::Record)),
                Some(TALLY_WRONG_KIND)
            );
            assert_eq!(refused(free(block.as_ptr(), BlockKind::Bytes)), None);
            if size <= QUARANTINE_BYTES {
                assert_eq!(
                    refused(free(block.as_ptr(), BlockKind::Bytes)),
                    Some(TALLY_STALE)
                );
            }
        }
    }

    #[test]
    fn an_address_is_not_given_out_again_at_once() {
        for size in [16, 4096, 70_000, 1 << 20] {
            let first = allocate(size, BlockKind::Bytes).expect("there is memory");
            assert_eq!(refused(free(first.as_ptr(), BlockKind::Bytes)), None);
            let second = allocate(size, BlockKind::Bytes).expect("there is memory");
            assert_ne!(first, second, "{size}");
            assert_eq!(
                refused(free(first.as_ptr(), BlockKind::Bytes)),
                Some(TALLY_STALE)
            );
            assert_eq!(refused(free(second.as_ptr(), BlockKind::Bytes)), None);
        }
    }

    #[test]
    fn an_unknown_pointer_is_refused() {
        let here = 0_u8;
        assert_eq!(
            refused(free(&here, BlockKind::Bytes)),
            Some(TALLY_BAD_HANDLE)
        );
        assert_eq!(refused(free(std::ptr::null(), BlockKind::Bytes)), None);
        let block = allocate(100, BlockKind::Bytes).expect("there is memory");
        let inside = block.as_ptr().wrapping_add(1);
        assert_eq!(
            refused(free(inside, BlockKind::Bytes)),
            Some(TALLY_BAD_HANDLE)
        );
        assert_eq!(refused(free(block.as_ptr(), BlockKind::Bytes)), None);
    }

    #[test]
    fn what_cannot_be_had_is_an_error() {
        for size in [
            usize::MAX,
            isize::MAX as usize,
            isize::MAX as usize - ALIGNMENT,
        ] {
            let outcome = allocate(size, BlockKind::Bytes).map(|_| ());
            assert_eq!(refused(outcome), Some(TALLY_MEMORY), "{size}");
        }
    }
}
