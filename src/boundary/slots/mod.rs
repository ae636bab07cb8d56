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
pub use slot::{Payload, Slot, Unchanged, Unreferenced};

use chunks::{Chunks, first_generation};
use free_list::{FreeList, Slots};
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

    /// A handle with one reference, if the thread has a slot at hand.
    #[inline(always)]
    pub(super) fn insert(&self, magazine: &Magazine, kind: u8, payload: Payload) -> Option<Handle> {
        let (slot, index) = magazine.take(&self.chunks)?;
        Some(Handle::new(slot.publish(kind, payload), index))
    }

    /// Has a slot at hand for an `insert` that comes right after; `None` if there is
    /// no room.
    pub(super) fn reserve(&self, magazine: &Magazine) -> Option<()> {
        magazine.reserve(&self.chunks, &self.free, || self.chunks.grow())
    }

    /// The slot that a handle names, or once named.
    #[inline(always)]
    pub fn slot(&self, handle: Handle) -> Option<&Slot> {
        self.chunks.slot(handle.index)
    }

    /// Frees a slot that is taken, and returns what it held.
    #[inline(always)]
    pub(super) fn empty(&self, magazine: &Magazine, slot: &Slot, index: u32) -> Payload {
        let payload = slot.payload();
        if !bits::is_spent(slot.generation()) && !magazine.keep(slot, index) {
            magazine::give_back(index, slot, magazine, &self.chunks, &self.free);
        }
        payload
    }

    /// What to say of a handle.
    pub fn state_of(&self, handle: Handle) -> HandleState {
        let (Some(_), Some(slot)) = (handle.kind(), self.slot(handle)) else {
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
}

impl Default for Table {
    fn default() -> Self {
        Self::new()
    }
}
