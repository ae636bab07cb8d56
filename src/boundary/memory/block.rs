//! One block: its address, and its word in the map.

use std::alloc::{Layout, alloc, alloc_zeroed, dealloc};
use std::ptr::NonNull;
use std::sync::atomic::AtomicU64;

use super::kind::{ALIGNMENT, BlockKind, BlockState};

/// Freed blocks of up to this size wait in their thread's quarantine.
const SMALL: usize = 1024;
/// From this size on, blocks are allocated zeroed: the system need not clear
/// new pages. Smaller ones are faster allocated as they are and cleared here.
const ZEROED: usize = 32 << 10;
/// The alignment of every allocator.
const STEP: usize = 8;

/// The word of a block: size:56 | steps in front:4 | freed:1 | kind:3. Zero
/// means no block.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Word(pub(super) u64);

const FREED: u64 = 1 << 3;

impl Word {
    pub(super) fn size(self) -> usize {
        (self.0 >> 8) as usize
    }

    pub(super) fn state(self) -> BlockState {
        let mut kinds = BlockKind::ALL.into_iter();
        match kinds.find(|kind| *kind as u64 == self.0 & 7) {
            None => BlockState::Unknown,
            Some(_) if self.0 & FREED != 0 => BlockState::Freed,
            Some(kind) => BlockState::Live(kind),
        }
    }

    pub(super) fn is_live(self, kind: BlockKind) -> bool {
        self.0 & (FREED | 7) == kind as u64
    }

    pub(super) fn freed(self) -> Self {
        Self(self.0 | FREED)
    }

    fn steps(self) -> usize {
        (self.0 >> 4 & 0xf) as usize
    }
}

/// Whether a block waits with its thread, and not with the larger ones of all.
pub(super) fn is_small(size: usize) -> bool {
    size <= SMALL
}

/// Room to align the block in. The system could align to 64 bytes too, but at
/// several times the cost, and the memory of a freed block might then be too
/// small for another block of its size.
fn layout(size: usize) -> Option<Layout> {
    // An empty block still has an address of its own.
    let size = size.max(1).checked_add(ALIGNMENT - STEP)?;
    Layout::from_size_align(size, STEP).ok()
}

/// Memory of `size` zero bytes, aligned to 64.
#[inline]
pub(super) fn allocate(size: usize, kind: BlockKind) -> Option<(NonNull<u8>, Word)> {
    let layout = layout(size)?;
    let is_zeroed = size >= ZEROED;
    // SAFETY: the layout's size is not 0.
    let base = NonNull::new(unsafe {
        if is_zeroed {
            alloc_zeroed(layout)
        } else {
            alloc(layout)
        }
    })?;
    let front = base.addr().get().wrapping_neg() % ALIGNMENT;
    // SAFETY: the layout has room for the front and `size` bytes.
    let start = unsafe { base.add(front) };
    if !is_zeroed {
        // SAFETY: as above.
        unsafe { start.write_bytes(0, size) };
    }
    let word = (size as u64) << 8 | ((front / STEP) as u64) << 4 | kind as u64;
    Some((start, Word(word)))
}

/// Gives memory back to the system.
///
/// # Safety
/// `allocate` gave `start` with `word`, which may be marked as freed since, and
/// nobody uses the memory any more.
pub(super) unsafe fn give_back(start: NonNull<u8>, word: Word) {
    if let Some(layout) = layout(word.size()) {
        // SAFETY: this is where `allocate` got it, with this very layout.
        unsafe { dealloc(start.as_ptr().sub(word.steps() * STEP), layout) };
    }
}

/// A freed block that still holds its address.
#[derive(Clone, Copy)]
pub(super) struct Quarantined {
    pub(super) start: NonNull<u8>,
    pub(super) word: &'static AtomicU64,
}

// SAFETY: a waiting block is owned memory; nothing about it belongs to one
// thread.
unsafe impl Send for Quarantined {}
