//! One block: where it is, and the word that says what it is.

use std::alloc::{Layout, alloc, alloc_zeroed, dealloc};
use std::ptr::NonNull;
use std::sync::atomic::AtomicU64;

use super::{ALIGNMENT, BlockKind, Standing};

/// Up to this size a block has room to be aligned in: the system aligns to 64
/// bytes too, but at several times the cost.
const SMALL: usize = 1024;
/// What every allocator aligns to.
const STEP: usize = 8;

/// What is said of a block: size:56 | steps in front:4 | freed:1 | kind:3. Zero
/// is no block.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Word(pub(super) u64);

const FREED: u64 = 1 << 3;

impl Word {
    pub(super) fn size(self) -> usize {
        (self.0 >> 8) as usize
    }

    pub(super) fn standing(self) -> Standing {
        let mut kinds = BlockKind::ALL.into_iter();
        match kinds.find(|kind| *kind as u64 == self.0 & 7) {
            None => Standing::Unknown,
            Some(_) if self.0 & FREED != 0 => Standing::Freed,
            Some(kind) => Standing::Live(kind),
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

/// Whether a block waits with its thread once it is freed.
pub(super) fn is_small(size: usize) -> bool {
    size <= SMALL
}

fn layout(size: usize) -> Option<Layout> {
    if is_small(size) {
        // An empty block still has an address of its own.
        Layout::from_size_align(size.max(1) + ALIGNMENT - STEP, STEP).ok()
    } else {
        Layout::from_size_align(size, ALIGNMENT).ok()
    }
}

/// Memory of `size` zero bytes, aligned to 64.
#[inline]
pub(super) fn allocate(size: usize, kind: BlockKind) -> Option<(NonNull<u8>, Word)> {
    let layout = layout(size)?;
    let (start, steps) = if is_small(size) {
        // SAFETY: the layout's size is not 0.
        let base = NonNull::new(unsafe { alloc(layout) })?;
        let front = base.addr().get().wrapping_neg() % ALIGNMENT;
        // SAFETY: the layout has room for the front and `size` bytes.
        let start = unsafe {
            let start = base.add(front);
            start.write_bytes(0, size);
            start
        };
        (start, front / STEP)
    } else {
        // SAFETY: the layout's size is not 0.
        (NonNull::new(unsafe { alloc_zeroed(layout) })?, 0)
    };
    let word = (size as u64) << 8 | (steps as u64) << 4 | kind as u64;
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

/// A block that is freed and has its address still.
#[derive(Clone, Copy)]
pub(super) struct Waiting {
    pub(super) start: NonNull<u8>,
    pub(super) word: &'static AtomicU64,
}

// SAFETY: a waiting block is owned memory; nothing about it belongs to one
// thread.
unsafe impl Send for Waiting {}
