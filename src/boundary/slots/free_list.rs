//! The free slots, in batches that all threads share.
//!
//! A stack of batches: the list's head names the first slot of the top batch,
//! and each slot's `link` says which one follows it in its batch and, if it is
//! its batch's first, which batch lies below.
//!
//! ```text
//! head = turn:32 | first slot of the top batch, inverted:32
//! link = first slot of the batch below:32 | next slot of the batch:32
//! ```
//!
//! - **one owner**: a batch taken off the stack belongs to one thread alone.
//! - **turn**: each change of the head has a turn of its own. Without it, a
//!   thread that read the top's `link` and was then overtaken - by others who
//!   took that batch, took the next one and put the first back - would swap in
//!   a batch that is no longer on the stack. Only 2^32 changes in that moment
//!   could deceive it.

use super::atomics::{AtomicU64, Ordering};
use super::slot::Slot;

const NONE: u32 = u32::MAX;

/// A lookup of slots by index.
pub(super) trait Slots {
    /// The slot, if there is one.
    fn slot(&self, index: u32) -> Option<&Slot>;
}

/// Some taken slots, linked to each other. The default is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Batch {
    first: u32,
    count: u32,
}

impl Batch {
    pub(super) const fn count(self) -> u32 {
        self.count
    }

    /// Adds a slot.
    #[inline(always)]
    pub(super) fn push(&mut self, slot: &Slot, index: u32) {
        let next = if self.count == 0 { NONE } else { self.first };
        slot.link.store(pack(NONE, next), Ordering::Relaxed);
        self.first = index;
        self.count += 1;
    }

    /// Removes the slot that was added last.
    #[inline(always)]
    pub(super) fn pop<'a>(&mut self, slots: &'a impl Slots) -> Option<(&'a Slot, u32)> {
        if self.count == 0 {
            return None;
        }
        let index = self.first;
        let slot = slots.slot(index)?;
        self.first = next(slot.link.load(Ordering::Relaxed));
        self.count -= 1;
        Some((slot, index))
    }
}

/// The stack.
pub(super) struct FreeList {
    pub(super) head: AtomicU64,
}

impl FreeList {
    /// The head of an empty stack: zero, so that an empty table is all zeros and
    /// takes no room in a file.
    pub(super) const EMPTY: u64 = 0;

    /// Puts a batch on top.
    pub(super) fn push(&self, slots: &impl Slots, batch: Batch) {
        if batch.count == 0 {
            return;
        }
        let Some(first) = slots.slot(batch.first) else {
            return;
        };
        let next = next(first.link.load(Ordering::Relaxed));
        let mut head = self.head.load(Ordering::Relaxed);
        loop {
            let below = top(head);
            first.link.store(pack(below, next), Ordering::Relaxed);
            let with_batch = following(head, batch.first);
            // Release: whoever takes the batch off finds its links.
            match self.head.compare_exchange_weak(
                head,
                with_batch,
                Ordering::Release,
                Ordering::Relaxed,
            ) {
                Ok(_) => return,
                Err(found) => head = found,
            }
        }
    }

    /// Removes the top batch.
    pub(super) fn pop(&self, slots: &impl Slots) -> Option<Batch> {
        let mut head = self.head.load(Ordering::Acquire);
        let first = loop {
            if top(head) == NONE {
                return None;
            }
            // Another thread may own the slot by now. The turn tells.
            let link = slots.slot(top(head))?.link.load(Ordering::Relaxed);
            let without_batch = following(head, below(link));
            match self.head.compare_exchange_weak(
                head,
                without_batch,
                Ordering::Acquire,
                Ordering::Acquire,
            ) {
                Ok(_) => break top(head),
                Err(found) => head = found,
            }
        };
        let mut batch = Batch { first, count: 0 };
        let mut index = first;
        while let Some(slot) = slots.slot(index) {
            batch.count += 1;
            index = next(slot.link.load(Ordering::Relaxed));
        }
        Some(batch)
    }
}

const fn pack(below: u32, next: u32) -> u64 {
    (below as u64) << 32 | next as u64
}

const fn below(link: u64) -> u32 {
    (link >> 32) as u32
}

const fn next(link: u64) -> u32 {
    link as u32
}

const fn top(head: u64) -> u32 {
    head as u32 ^ NONE
}

/// The head of the next turn.
const fn following(head: u64, top: u32) -> u64 {
    let turn = ((head >> 32) as u32).wrapping_add(1);
    (turn as u64) << 32 | (top ^ NONE) as u64
}
