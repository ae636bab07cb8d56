//! One slot: who may use its payload, decided by one atomic word.
//!
//! ```text
//!                       reference, unreference,
//!                            pin, unpin
//!                              +----+
//!                              v    |
//!         publish            +--------+   last unreference,    +--------+
//!  +-----------------------> |  live  | ----- pinned --------> | zombie |
//!  |                         +--------+                        +--------+
//!  |                              | last unreference,              | last
//!  |                              | not pinned                     | unpin
//! +------+     given back    +----------+                          |
//! | free | <---------------- |  taken   | <------------------------+
//! +------+                   +----------+
//!                                 | its generations are spent
//!                                 v
//!                            +---------+
//!                            | retired |
//!                            +---------+
//!
//!            kind   generation   pins   references
//! live       some   g            any    1 or more
//! zombie     none   the next     some   0
//! taken,
//! free,
//! retired    none   the next     0      0
//! ```
//!
//! "Taken" lies between two other states: one thread alone owns the slot and
//! its payload, after the slot is freed or before it is published. Other
//! threads cannot tell it from "free".
//!
//! The invariants, by the names that the models and the comments use:
//!
//! - **tag**: a live slot's tag was never the tag of this slot before (on 32-bit
//!   machines: not within the last 255 generations). So a handle that matches
//!   is not stale, and its slot is live.
//! - **one end**: a state leaves "live" by one compare-and-swap, which moves the
//!   generation on. The thread that did so, or did the last unpin of the
//!   resulting zombie, is the only one that has the slot "taken".
//! - **pinned**: while a slot has pins it is live or a zombie, so its payload
//!   does not change. Pins are not references: giving up another thread's
//!   reference does not remove that thread's pins.
//! - **untouched**: a call with a handle that does not match writes nothing.
//! - **number last**: `number` is stored with Release, and read with Acquire
//!   between two looks at the state. If what was read is of a later generation,
//!   so is what the second look sees.

use std::ffi::c_void;

use super::atomics::{AtomicPtr, AtomicU64, Ordering};
use super::bits::{
    COUNTS, PIN, PINS, REFERENCE, REFERENCES, counts, generation, has_tag, kind, next_generation,
    tag,
};

/// A slot for the thing that a handle names.
#[repr(C)]
#[cfg_attr(target_pointer_width = "64", repr(align(32)))]
pub struct Slot {
    state: AtomicU64,
    /// Where the slot is in a list while it is free. See `free_list`.
    pub(super) link: AtomicU64,
    number: AtomicU64,
    pointer: AtomicPtr<c_void>,
}

/// The payload of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payload {
    /// A number that may be read without a pin.
    pub number: u64,
    /// Memory that belongs to the kind, or NULL.
    pub pointer: *mut c_void,
}

/// Why a slot was not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unchanged {
    /// The handle does not match.
    Other,
    /// There is no room for one more reference.
    References,
    /// There is no room for one more pin.
    Pins,
}

/// The result of giving up a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreferenced {
    /// References remain.
    Kept,
    /// It was the last one: the caller has the slot, taken.
    Taken,
    /// It was the last one, but pins remain: the last unpin takes the slot.
    Zombie,
}

impl Slot {
    /// A taken slot of generation 0, for the models.
    #[cfg(test)]
    #[allow(dead_code)]
    pub(super) fn new() -> Self {
        Self {
            state: AtomicU64::new(0),
            link: AtomicU64::new(0),
            number: AtomicU64::new(0),
            pointer: AtomicPtr::new(std::ptr::null_mut()),
        }
    }

    /// Sets the first generation of a slot that is taken.
    pub(super) fn begin_at(&self, generation: u32) {
        self.state.store(tag(None, generation), Ordering::Release);
    }

    /// From "taken" to "live", with one reference. Returns the tag.
    #[inline(always)]
    pub(super) fn publish(&self, kind: u8, payload: Payload) -> u64 {
        let tag = tag(Some(kind), self.generation());
        self.number.store(payload.number, Ordering::Release);
        self.pointer.store(payload.pointer, Ordering::Relaxed);
        self.state.store(tag | REFERENCE, Ordering::Release);
        tag
    }

    /// The payload of a taken or pinned slot.
    #[inline(always)]
    pub fn payload(&self) -> Payload {
        Payload {
            number: self.number.load(Ordering::Relaxed),
            pointer: self.pointer.load(Ordering::Relaxed),
        }
    }

    /// Changes the number of a slot that is pinned.
    #[inline(always)]
    pub fn set_number(&self, number: u64) {
        self.number.store(number, Ordering::Release);
    }

    /// The generation that is live, or comes next.
    #[inline(always)]
    pub(super) fn generation(&self) -> u32 {
        generation(self.state.load(Ordering::Relaxed))
    }

    /// The raw state word, for diagnostics.
    pub(super) fn state(&self) -> u64 {
        self.state.load(Ordering::Acquire)
    }

    /// Adds a reference, if one attempt succeeds and there are no pins.
    #[inline(always)]
    pub fn try_reference(&self, tag: u64) -> Option<()> {
        let state = self.state.load(Ordering::Relaxed);
        let counts = counts(state, tag);
        if counts.wrapping_sub(1) >= REFERENCES - 1 {
            return None;
        }
        self.swap(state, state + REFERENCE, Ordering::Relaxed)
    }

    /// Adds a reference.
    pub fn reference(&self, tag: u64) -> Result<(), Unchanged> {
        self.change(Ordering::Relaxed, |state| {
            match live_references(state, tag)? {
                REFERENCES => Err(Unchanged::References),
                _ => Ok((state + REFERENCE, ())),
            }
        })
    }

    /// Gives up a reference, if one attempt succeeds and there are no pins.
    #[inline(always)]
    pub fn try_unreference(&self, tag: u64) -> Option<Unreferenced> {
        let state = self.state.load(Ordering::Relaxed);
        // Other references, and no pins.
        match counts(state, tag).wrapping_sub(REFERENCE) {
            0 => {
                self.swap(state, ended(state), Ordering::AcqRel)?;
                Some(Unreferenced::Taken)
            }
            1..REFERENCES => {
                self.swap(state, state - REFERENCE, Ordering::Release)?;
                Some(Unreferenced::Kept)
            }
            _ => None,
        }
    }

    /// Gives up a reference.
    pub fn unreference(&self, tag: u64) -> Result<Unreferenced, Unchanged> {
        self.change(Ordering::AcqRel, |state| {
            let references = live_references(state, tag)?;
            Ok(if references > 1 {
                (state - REFERENCE, Unreferenced::Kept)
            } else if state & PINS == 0 {
                (ended(state), Unreferenced::Taken)
            } else {
                (ended(state) | state & PINS, Unreferenced::Zombie)
            })
        })
    }

    /// Keeps the payload, not the handle, alive until `unpin`.
    #[inline(always)]
    pub fn pin(&self, tag: u64) -> Result<(), Unchanged> {
        let state = self.state.load(Ordering::Relaxed);
        let references = counts(state, tag);
        if references.wrapping_sub(1) < REFERENCES
            && self.swap(state, state + PIN, Ordering::Acquire).is_some()
        {
            return Ok(());
        }
        self.change(Ordering::Acquire, move |state| {
            live_references(state, tag)?;
            match state & PINS {
                PINS => Err(Unchanged::Pins),
                _ => Ok((state + PIN, ())),
            }
        })
    }

    /// Undoes one `pin`. True if the slot was a zombie and this was its last
    /// pin: the caller has the slot, taken.
    #[inline(always)]
    pub fn unpin(&self) -> bool {
        let state = self.state.fetch_sub(PIN, Ordering::AcqRel);
        state & COUNTS == PIN
    }

    /// The number, if the handle matches and the counts do not change meanwhile.
    /// It writes nothing, so any number of threads can read at once. On `None`
    /// the caller has to pin to learn more.
    #[inline(always)]
    pub fn read_number(&self, tag: u64) -> Option<u64> {
        let state = self.state.load(Ordering::Acquire);
        if !has_tag(state, tag) {
            return None;
        }
        // Acquire: the second look comes after it.
        let number = self.number.load(Ordering::Acquire);
        (self.state.load(Ordering::Relaxed) == state).then_some(number)
    }

    /// The kind and number, if the slot is live with the same handle before and
    /// after both are read; the counts may change meanwhile. For counting live
    /// slots.
    pub(super) fn read_live(&self) -> Option<(u8, u64)> {
        let tag = self.state.load(Ordering::Acquire);
        let kind = kind(tag)?;
        // As in `read_number`.
        let held = self.number.load(Ordering::Acquire);
        has_tag(self.state.load(Ordering::Relaxed), tag).then_some((kind, held))
    }

    #[inline(always)]
    fn swap(&self, from: u64, to: u64, success: Ordering) -> Option<()> {
        match self
            .state
            .compare_exchange(from, to, success, Ordering::Relaxed)
        {
            Ok(_) => Some(()),
            Err(_) => None,
        }
    }

    /// Retries until no other thread interferes: the rare part of a change.
    #[cold]
    #[inline(never)]
    fn change<R>(
        &self,
        success: Ordering,
        step: impl Fn(u64) -> Result<(u64, R), Unchanged>,
    ) -> Result<R, Unchanged> {
        let mut state = self.state.load(Ordering::Relaxed);
        loop {
            let (next, result) = step(state)?;
            match self
                .state
                .compare_exchange_weak(state, next, success, Ordering::Relaxed)
            {
                Ok(_) => return Ok(result),
                Err(found) => state = found,
            }
        }
    }
}

/// The number of references of a live slot that matches a tag.
fn live_references(state: u64, tag: u64) -> Result<u64, Unchanged> {
    let references = state & REFERENCES;
    if has_tag(state, tag) && references > 0 {
        Ok(references)
    } else {
        Err(Unchanged::Other)
    }
}

/// The state after the last reference of a live slot, without its pins.
#[inline(always)]
fn ended(state: u64) -> u64 {
    tag(None, next_generation(state))
}
