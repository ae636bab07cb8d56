//! The memory of the slots: chunks that never move and are never freed, so that any
//! index may be looked up at any time.

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
/// 2^27 slots are 4 GiB, which is enough. Miri is slow on a large directory and
/// needs only a small one.
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
#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Chunk>() == 128 << 10);
// As docs/handles.md says.
const _: () = assert!(cfg!(miri) || CHUNKS * CHUNK == 1 << if usize::BITS == 64 { 27 } else { 19 });

#[repr(C)]
pub(super) struct Chunks {
    /// Filled from the front. Each entry is the address that slot 0 would have
    /// if all slots were contiguous with this chunk: that saves a subtraction
    /// on each lookup.
    directory: [AtomicPtr<Slot>; CHUNKS],
    /// The chunks' own addresses, for leak checkers.
    chunks: [AtomicPtr<Slot>; CHUNKS],
    /// The number of slots in the directory's chunks. Stored after the chunk,
    /// so that one comparison validates an index.
    capacity: AtomicU32,
    /// The number of slots ever made. Stored after their first generations, so
    /// that reading them all takes no lock: a forked child would wait for ever
    /// for one that another thread of its parent held.
    made: AtomicU32,
    /// Held while making more.
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
            // By pointer: indexing would add a mask to a number that is small
            // already.
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

    /// A batch of unused slots; `None` if there is no memory or no index left.
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
/// outside this process, so that a handle of another process, or a slightly
/// altered one, does not match by chance.
pub(super) fn first_generation(index: u32) -> u32 {
    bits::first_generation(secret::number_for(index), index)
}
