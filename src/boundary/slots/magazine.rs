//! The free slots that one thread caches: two batches, so that a thread that
//! alternates between taking and returning slots does not go to the shared list
//! each time.
//!
//! A magazine has no memory of its own: its slots are linked through
//! themselves. All zeros is a closed magazine, which caches nothing.

use std::cell::Cell;

use super::free_list::{Batch, FreeList, Slots};
use super::slot::Slot;

/// Slots in a batch. A magazine keeps two of them: 64 slots.
pub(super) const BATCH: u32 = 32;

/// A thread's free slots.
#[derive(Default)]
pub(in crate::boundary) struct Magazine {
    loaded: Cell<Batch>,
    spare: Cell<Batch>,
    /// How many slots `loaded` may keep: none while the magazine is closed.
    room: Cell<u32>,
}

impl Magazine {
    pub(in crate::boundary) fn is_open(&self) -> bool {
        self.room.get() != 0
    }

    pub(in crate::boundary) fn open(&self) {
        self.room.set(BATCH);
    }

    /// Returns all slots to the list, and closes the magazine.
    pub(super) fn close(&self, slots: &impl Slots, list: &FreeList) {
        self.room.set(0);
        list.push(slots, self.loaded.take());
        list.push(slots, self.spare.take());
    }

    /// A cached free slot.
    #[inline(always)]
    pub(super) fn take<'a>(&self, slots: &'a impl Slots) -> Option<(&'a Slot, u32)> {
        let mut loaded = self.loaded.get();
        let taken = loaded.pop(slots);
        self.loaded.set(loaded);
        taken
    }

    /// Provides a free slot, from the cache, the list or else `grow`. A closed
    /// magazine must return it at once.
    pub(super) fn reserve(
        &self,
        slots: &impl Slots,
        list: &FreeList,
        grow: impl FnOnce() -> Option<Batch>,
    ) -> Option<()> {
        if self.loaded.get().count() > 0 {
            return Some(());
        }
        let mut loaded = self.spare.take();
        if loaded.count() == 0 {
            loaded = list.pop(slots).or_else(grow)?;
        }
        if !self.is_open() {
            let mut others = loaded;
            let (slot, index) = others.pop(slots)?;
            list.push(slots, others);
            loaded = Batch::default();
            loaded.push(slot, index);
        }
        self.loaded.set(loaded);
        Some(())
    }

    /// Caches a free slot, if there is room.
    #[inline(always)]
    pub(super) fn keep(&self, slot: &Slot, index: u32) -> bool {
        let mut loaded = self.loaded.get();
        if loaded.count() >= self.room.get() {
            return false;
        }
        loaded.push(slot, index);
        self.loaded.set(loaded);
        true
    }
}

/// Caches a free slot in a magazine, or else returns it to the list. The
/// arguments are in the caller's order.
#[cold]
#[inline(never)]
pub(super) fn give_back(
    index: u32,
    slot: &Slot,
    magazine: &Magazine,
    slots: &impl Slots,
    list: &FreeList,
) {
    if magazine.is_open() {
        list.push(slots, magazine.spare.replace(magazine.loaded.take()));
        let _has_room = magazine.keep(slot, index);
    } else {
        let mut alone = Batch::default();
        alone.push(slot, index);
        list.push(slots, alone);
    }
}
