//! The table of slots behind the handles.
//!
//! | module | what it knows |
//! |---|---|
//! | `bits` | what a handle's and a state's bits say |
//! | `slot` | who may use what a slot holds: the states and their invariants |
//! | `free_list` | the free slots that all threads share |
//! | `magazine` | the free slots that one thread has at hand |
//! | `chunks` | where the slots are, and how there come to be more |
//! | `secret` | where a slot's first generation comes from |
//!
//! `bits`, `slot` and `free_list` are proven by models, which try every order
//! in which threads can meet: `make check-loom`.
//!
//! Nothing here takes a lock but the making of more slots, and nothing is ever
//! freed. What a slot holds is the owner's: the table gives it back when nobody
//! can reach it any more.

mod atomics;
mod bits;
mod chunks;
mod free_list;
mod magazine;
mod secret;
mod slot;
#[cfg(test)]
mod tests;

pub use bits::Handle;
pub(super) use magazine::Magazine;
pub use slot::{Payload, Slot, Unchanged};

use chunks::{Chunks, first_generation};
use free_list::{FreeList, Slots};
use slot::Unreferenced;
use std::sync::atomic::AtomicU64;

/// A table of handles. It begins with the chunks' directory, where a debugger
/// finds them: `docs/handles.md` says how.
#[repr(C)]
pub struct Table {
    chunks: Chunks,
    free: FreeList,
}

/// What an unchanged slot has to say about a handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandleState {
    /// The slot is live and the handle names it.
    Live,
    /// The handle was given out, and its last reference is gone.
    Stale,
    /// The handle was never given out.
    Unknown,
}

/// A slot that cannot go while this is kept, and must be unpinned.
#[must_use]
pub struct Pin<'a> {
    slot: &'a Slot,
    handle: Handle,
}

/// A slot that nobody can reach any more, and that must be emptied.
#[must_use]
pub(super) struct Taken<'a> {
    slot: &'a Slot,
    index: u32,
}

impl Pin<'_> {
    /// What the slot holds.
    #[inline(always)]
    pub fn payload(&self) -> Payload {
        self.slot.payload()
    }

    /// Changes the number that the slot holds.
    #[inline(always)]
    pub fn set_number(&self, number: u64) {
        self.slot.set_number(number);
    }

    /// The handle that the slot was pinned by.
    pub fn handle(&self) -> Handle {
        self.handle
    }
}

impl Table {
    /// An empty table.
    pub const fn new() -> Self {
        Self {
            chunks: Chunks::new(),
            free: FreeList {
                head: AtomicU64::new(FreeList::EMPTY),
            },
        }
    }

    /// A handle with one reference, if a slot is at hand.
    #[inline(always)]
    pub(super) fn insert_at_once(
        &self,
        magazine: &Magazine,
        kind: u8,
        payload: Payload,
    ) -> Option<Handle> {
        let (slot, index) = magazine.take_at_once(&self.chunks)?;
        Some(Handle::new(slot.publish(kind, payload), index))
    }

    /// A handle with one reference; none if there is no room.
    pub(super) fn insert(&self, magazine: &Magazine, kind: u8, payload: Payload) -> Option<Handle> {
        let (slot, index) = magazine.take(&self.chunks, &self.free, || self.chunks.grow())?;
        Some(Handle::new(slot.publish(kind, payload), index))
    }

    /// Adds a reference, if nothing is in the way.
    #[inline(always)]
    pub fn reference_at_once(&self, handle: Handle) -> Option<()> {
        let slot = self.chunks.slot(handle.index)?;
        slot.reference_at_once(handle.tag).ok()
    }

    /// Adds a reference.
    pub fn reference(&self, handle: Handle) -> Result<(), Unchanged> {
        self.find(handle)?.reference(handle.tag)
    }

    /// Gives up a reference, if nothing is in the way. If it was the last one,
    /// `empty` must end in `empty`, and gives the result.
    #[inline(always)]
    pub(super) fn unreference_at_once<'a, R>(
        &'a self,
        handle: Handle,
        empty: impl FnOnce(Taken<'a>) -> R,
    ) -> Option<Option<R>> {
        let (slot, index) = (self.chunks.slot(handle.index)?, handle.index);
        match slot.unreference_at_once(handle.tag)? {
            Unreferenced::Kept | Unreferenced::Zombie => Some(None),
            Unreferenced::Taken => Some(Some(empty(Taken { slot, index }))),
        }
    }

    /// Gives up a reference. If it was the last one and there are no pins,
    /// returns the slot for `empty`.
    pub(super) fn unreference(&self, handle: Handle) -> Result<Option<Taken<'_>>, Unchanged> {
        let (slot, index) = (self.find(handle)?, handle.index);
        Ok(match slot.unreference(handle.tag)? {
            Unreferenced::Kept | Unreferenced::Zombie => None,
            Unreferenced::Taken => Some(Taken { slot, index }),
        })
    }

    /// Pins a slot.
    #[inline(always)]
    pub fn pin(&self, handle: Handle) -> Result<Pin<'_>, Unchanged> {
        let slot = self.find(handle)?;
        slot.pin(handle.tag)?;
        Ok(Pin { slot, handle })
    }

    /// The pin that was forgotten, of a handle that `pin` took.
    ///
    /// # Safety
    /// A pin by this handle was forgotten, and this has not been called for it.
    pub unsafe fn forgotten_pin(&self, handle: Handle) -> Option<Pin<'_>> {
        let slot = self.chunks.slot(handle.index)?;
        Some(Pin { slot, handle })
    }

    /// Undoes a pin. If the last reference went in the meantime and no pin is
    /// left, returns the slot for `empty`.
    #[inline(always)]
    pub(super) fn unpin<'a>(&'a self, pin: Pin<'a>) -> Option<Taken<'a>> {
        let (slot, index) = (pin.slot, pin.handle.index);
        slot.unpin().then_some(Taken { slot, index })
    }

    /// Frees a slot that is taken, and returns what it held.
    #[inline(always)]
    pub(super) fn empty(&self, magazine: &Magazine, taken: Taken<'_>) -> Payload {
        let Taken { slot, index } = taken;
        let payload = slot.payload();
        if !bits::is_spent(slot.generation()) && !magazine.give_back_at_once(slot, index) {
            magazine::give_back(index, slot, magazine, &self.chunks, &self.free);
        }
        payload
    }

    /// The number of a live slot, without a pin.
    #[inline(always)]
    pub fn read_number(&self, handle: Handle) -> Option<u64> {
        self.chunks.slot(handle.index)?.read_number(handle.tag)
    }

    /// What to say of a handle.
    pub fn state_of(&self, handle: Handle) -> HandleState {
        let (Some(_), Some(slot)) = (handle.kind(), self.chunks.slot(handle.index)) else {
            return HandleState::Unknown;
        };
        let state = slot.state();
        let given = bits::generation(handle.tag);
        let first = first_generation(handle.index);
        let was_given = || (first..bits::generation(state)).contains(&given);
        if bits::has_tag(state, handle.tag) {
            HandleState::Live
        } else if !bits::RETIRES || handle.is_possible() && was_given() {
            HandleState::Stale
        } else {
            HandleState::Unknown
        }
    }

    /// The kinds and numbers of what is live.
    pub fn live(&self) -> impl Iterator<Item = (u8, u64)> {
        self.chunks.all().filter_map(Slot::read_live)
    }

    /// Gives what a thread has at hand to all, as it ends.
    pub(super) fn close(&self, magazine: &Magazine) {
        magazine.close(&self.chunks, &self.free);
    }

    fn find(&self, handle: Handle) -> Result<&Slot, Unchanged> {
        self.chunks.slot(handle.index).ok_or(Unchanged::Other)
    }
}

impl Default for Table {
    fn default() -> Self {
        Self::new()
    }
}
