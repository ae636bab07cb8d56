//! Where the slots are: in chunks that never move and are never freed, so that
//! any index may be looked up at any time.

use std::alloc::{Layout, alloc_zeroed};
use std::hint::assert_unchecked;
use std::ptr::{NonNull, null_mut};
use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use super::bits::{self, INDEX_BITS};
use super::free_list::{Batch, Slots};
use super::magazine::BATCH;
use super::secret;
use super::slot::Slot;
use crate::boundary::memory::with_room;

/// Slots in a chunk: 128 KiB of them.
const CHUNK_BITS: u32 = 12;
const CHUNK: usize = 1 << CHUNK_BITS;
/// 2^27 slots are 4 GiB, and enough. Miri takes long over each look at all of a
/// large directory, and has enough in a small one.
const CHUNKS: usize = if cfg!(miri) {
    4
} else if INDEX_BITS < 27 {
    (1 << INDEX_BITS) / CHUNK
} else {
    (1 << 27) / CHUNK
};

type Chunk = [Slot; CHUNK];

#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Slot>() == 32);

#[repr(C)]
pub(super) struct Chunks {
    /// Filled from the front. Each place has where the slot of index 0 would
    /// be, if all slots lay like those of its chunk: one step less to each.
    directory: [AtomicPtr<Slot>; CHUNKS],
    /// Where the chunks are, for tools that look for lost memory.
    chunks: [AtomicPtr<Slot>; CHUNKS],
    /// How many slots there are in the directory's chunks. Stored after the
    /// chunk, so that one compare tells whether an index leads anywhere.
    capacity: AtomicU32,
    /// How many slots were ever made. Stored after their first generations, so
    /// that to look at them all takes no lock: a child that is forked would wait
    /// for ever for one that another thread of its parent had.
    made: AtomicU32,
    /// Who has it makes more.
    growth: Mutex<()>,
}

impl Slots for Chunks {
    #[inline(always)]
    fn slot(&self, index: u32) -> Option<&Slot> {
        if index >= self.capacity.load(Ordering::Acquire) {
            return None;
        }
        // SAFETY: `grow` fills the directory's place, with a chunk whose slots
        // are shared from the beginning and live as long as the process, before
        // it raises the capacity.
        unsafe {
            // By pointer: an index makes the processor mask what is small already.
            let place = &*self.directory.as_ptr().add((index >> CHUNK_BITS) as usize);
            let slot = place.load(Ordering::Relaxed).wrapping_add(index as usize);
            assert_unchecked(!slot.is_null());
            Some(&*slot)
        }
    }
}

impl Chunks {
    pub(super) const fn new() -> Self {
        Self {
            directory: [const { AtomicPtr::new(null_mut()) }; CHUNKS],
            chunks: [const { AtomicPtr::new(null_mut()) }; CHUNKS],
            capacity: AtomicU32::new(0),
            made: AtomicU32::new(0),
            growth: Mutex::new(()),
        }
    }

    /// A batch of slots that were never used; none if there is no memory, or
    /// no index, for more.
    pub(super) fn grow(&self) -> Option<Batch> {
        // The number of slots is changed last.
        let _growth = self.growth.lock().unwrap_or_else(PoisonError::into_inner);
        let first = self.made.load(Ordering::Relaxed);
        if first == self.capacity.load(Ordering::Relaxed) {
            let at = first as usize / CHUNK;
            let (place, kept) = (self.directory.get(at)?, self.chunks.get(at)?);
            let layout = Layout::new::<Chunk>();
            // SAFETY: the layout's size is not 0. Zeros are a slot.
            let allocate = || NonNull::new(unsafe { alloc_zeroed(layout) });
            let chunk = with_room(layout.size(), allocate)?.cast::<Slot>().as_ptr();
            kept.store(chunk, Ordering::Relaxed);
            place.store(chunk.wrapping_sub(first as usize), Ordering::Relaxed);
            self.capacity.store(first + CHUNK as u32, Ordering::Release);
        }
        let mut batch = Batch::default();
        for index in (first..first + BATCH).rev() {
            let slot = self.slot(index)?;
            slot.begin_at(first_generation(index));
            batch.push(slot, index);
        }
        self.made.store(first + BATCH, Ordering::Release);
        Some(batch)
    }

    /// Every slot that was ever made.
    pub(super) fn all(&self) -> impl Iterator<Item = &Slot> {
        let made = self.made.load(Ordering::Acquire);
        (0..made).filter_map(|index| self.slot(index))
    }
}

/// A slot's first generation, in the lower half of the range and unguessable
/// outside this process: a handle that another process gave, or one that was
/// changed a little, is not met by luck.
pub(super) fn first_generation(index: u32) -> u32 {
    bits::first_generation(secret::number_for(index), index)
}
