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
//! Only making more slots takes a lock, and nothing is ever freed. The payload
//! of a slot belongs to the table's owner: the table returns it once nobody can
//! reach it any more.

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
pub(super) use secret::secret;
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

/// What the state of a slot means for a handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandleState {
    /// The slot is live and the handle names it.
    Live,
    /// The handle was valid, and its last reference is gone.
    Stale,
    /// The number was never a handle.
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

    /// A handle with one reference, if the thread has a cached slot.
    #[inline(always)]
    pub(super) fn insert(&self, magazine: &Magazine, kind: u8, payload: Payload) -> Option<Handle> {
        let (slot, index) = magazine.take(&self.chunks)?;
        Some(Handle::new(slot.publish(kind, payload), index))
    }

    /// Caches a slot for an `insert` that follows at once; `None` if there is no
    /// room.
    pub(super) fn reserve(&self, magazine: &Magazine) -> Option<()> {
        magazine.reserve(&self.chunks, &self.free, || self.chunks.grow())
    }

    /// The slot that a handle names, or once named.
    #[inline(always)]
    pub fn slot(&self, handle: Handle) -> Option<&Slot> {
        self.chunks.slot(handle.index)
    }

    /// Frees a taken slot, and returns its payload.
    #[inline(always)]
    pub(super) fn empty(&self, magazine: &Magazine, slot: &Slot, index: u32) -> Payload {
        let payload = slot.payload();
        if !bits::is_spent(slot.generation()) && !magazine.keep(slot, index) {
            magazine::give_back(index, slot, magazine, &self.chunks, &self.free);
        }
        payload
    }

    /// The status of a handle.
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

    /// The kinds and numbers of all live slots.
    pub fn live(&self) -> impl Iterator<Item = (u8, u64)> {
        self.chunks.all().filter_map(Slot::read_live)
    }

    /// Returns a thread's cached slots to the shared list when it ends.
    pub(super) fn close(&self, magazine: &Magazine) {
        magazine.close(&self.chunks, &self.free);
    }
}

impl Default for Table {
    fn default() -> Self {
        Self::new()
    }
}
