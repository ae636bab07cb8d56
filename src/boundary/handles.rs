//! The table behind reference-counted handles.
//!
//! A handle is a pointer to C and a number to us: it is never dereferenced.
//! It packs a kind, a generation and a slot's index, and each use is checked
//! against the slot. A slot's generation moves on when its last reference
//! goes, so an old handle is never taken for a newer one; a slot whose
//! generations are spent is not used again. First generations come from a
//! secret of this process, so that `handle + 1` hits no live handle by luck.

use std::ffi::c_void;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};

use once_cell::sync::OnceCell;

use super::Outcome;
use super::handle_bits::{FORMAT, LAST_GENERATION, Parts};
use super::record::{Refusal, refuse};
use super::status::tally_status::{
    TALLY_BAD_HANDLE, TALLY_MEMORY, TALLY_NULL, TALLY_OVERFLOW, TALLY_STALE, TALLY_WRONG_KIND,
};

const MOST_REFERENCES: u32 = (1 << 22) - 1;
const NO_SLOT: u32 = u32::MAX;

/// What a payload is, as far as the table must know.
pub trait Payload {
    /// A small number of its kind, below 8.
    fn kind(&self) -> u8;
    /// What a kind is called in a message.
    fn kind_name(kind: u8) -> &'static str;
}

struct Slot<P> {
    /// The first generation this slot gave out.
    seed: u32,
    generation: u32,
    /// 0 where the slot is free.
    references: u32,
    next_free: u32,
    payload: Option<P>,
}

struct Slots<P> {
    slots: Vec<Slot<P>>,
    first_free: u32,
    live: usize,
}

/// A table of handles.
pub struct HandleTable<P> {
    slots: Mutex<Slots<P>>,
}

impl<P: Payload> HandleTable<P> {
    /// An empty table.
    pub const fn new() -> Self {
        Self {
            slots: Mutex::new(Slots {
                slots: Vec::new(),
                first_free: NO_SLOT,
                live: 0,
            }),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Slots<P>> {
        // Each change below is complete before anything that could panic.
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new handle with one reference.
    pub fn insert(&self, payload: P) -> Outcome<*mut c_void> {
        let mut slots = self.lock();
        let index = slots.take_free()?;
        let kind = payload.kind();
        let slot = &mut slots.slots[index as usize];
        slot.references = 1;
        slot.payload = Some(payload);
        let generation = slot.generation;
        slots.live += 1;
        Ok(Parts {
            kind,
            generation,
            index,
        }
        .pack())
    }

    /// One reference more.
    pub fn reference(&self, handle: *const c_void, kind: Option<u8>) -> Outcome<()> {
        let mut slots = self.lock();
        let slot = slots.find(handle, kind)?;
        if slot.references == MOST_REFERENCES {
            return Err(refuse(
                TALLY_OVERFLOW,
                format_args!("{handle:p} has too many references"),
            ));
        }
        slot.references += 1;
        Ok(())
    }

    /// One reference less. The last one frees the payload.
    pub fn unreference(&self, handle: *const c_void, kind: Option<u8>) -> Outcome<()> {
        let mut slots = self.lock();
        let slot = slots.find(handle, kind)?;
        slot.references -= 1;
        let freed = if slot.references == 0 {
            slots.release(handle)
        } else {
            None
        };
        // The payload's memory is given back outside the lock.
        drop(slots);
        drop(freed);
        Ok(())
    }

    /// Uses the payload under the table's lock.
    pub fn with<R>(
        &self,
        handle: *const c_void,
        kind: u8,
        body: impl FnOnce(&mut P) -> Outcome<R>,
    ) -> Outcome<R> {
        let mut slots = self.lock();
        let slot = slots.find(handle, Some(kind))?;
        match slot.payload.as_mut() {
            Some(payload) => body(payload),
            None => Err(stale(handle)),
        }
    }

    /// Whether the handle is live and of this kind.
    pub fn check(&self, handle: *const c_void, kind: u8) -> Outcome<()> {
        self.lock().find(handle, Some(kind)).map(|_| ())
    }

    /// Whether this is a live handle of any kind. Writes no error.
    pub fn is_live(&self, handle: *const c_void) -> bool {
        let slots = self.lock();
        Parts::unpack(handle).is_some_and(|parts| {
            slots.slots.get(parts.index as usize).is_some_and(|slot| {
                slot.generation == parts.generation
                    && slot.payload.as_ref().map(Payload::kind) == Some(parts.kind)
            })
        })
    }

    /// The number of live handles.
    pub fn live(&self) -> usize {
        self.lock().live
    }
}

impl<P: Payload> Default for HandleTable<P> {
    fn default() -> Self {
        Self::new()
    }
}

impl<P: Payload> Slots<P> {
    fn take_free(&mut self) -> Outcome<u32> {
        if self.first_free != NO_SLOT {
            let index = self.first_free;
            self.first_free = self.slots[index as usize].next_free;
            return Ok(index);
        }
        let index = self.slots.len() as u64;
        if index >= (1 << FORMAT.index_bits) - 1 || self.slots.try_reserve(1).is_err() {
            return Err(refuse(
                TALLY_MEMORY,
                format_args!("no memory for another handle"),
            ));
        }
        let index = index as u32;
        let seed = first_generation(index);
        let generation = seed;
        self.slots.push(Slot {
            seed,
            generation,
            references: 0,
            next_free: NO_SLOT,
            payload: None,
        });
        Ok(index)
    }

    /// The live slot that a handle names.
    fn find(&mut self, handle: *const c_void, kind: Option<u8>) -> Outcome<&mut Slot<P>> {
        if handle.is_null() {
            return Err(refuse(TALLY_NULL, format_args!("the handle is NULL")));
        }
        let parts = Parts::unpack(handle).ok_or_else(|| foreign(handle))?;
        let slot = self
            .slots
            .get_mut(parts.index as usize)
            .ok_or_else(|| foreign(handle))?;
        let held = slot.payload.as_ref().map(Payload::kind);
        if slot.generation != parts.generation || held.is_none() {
            let was_given = (slot.seed..slot.generation).contains(&parts.generation);
            return Err(if was_given || !FORMAT.retires {
                stale(handle)
            } else {
                foreign(handle)
            });
        }
        if held != Some(parts.kind) {
            return Err(foreign(handle));
        }
        match kind {
            Some(wanted) if wanted != parts.kind => Err(refuse(
                TALLY_WRONG_KIND,
                format_args!(
                    "{handle:p} is {}, not {}",
                    P::kind_name(parts.kind),
                    P::kind_name(wanted)
                ),
            )),
            _ => Ok(slot),
        }
    }

    /// Empties the slot of a handle that `find` found.
    fn release(&mut self, handle: *const c_void) -> Option<P> {
        let index = Parts::unpack(handle)?.index;
        let next_free = self.first_free;
        let slot = self.slots.get_mut(index as usize)?;
        let payload = slot.payload.take();
        self.live -= 1;
        if slot.generation < LAST_GENERATION || !FORMAT.retires {
            slot.generation = slot.generation.wrapping_add(1) & LAST_GENERATION;
            slot.next_free = next_free;
            self.first_free = index;
        } else {
            // Spent: past the last generation, no handle names this slot.
            slot.generation += 1;
        }
        payload
    }
}

#[cold]
fn stale(handle: *const c_void) -> Refusal {
    refuse(TALLY_STALE, format_args!("{handle:p} was released already"))
}

#[cold]
fn foreign(handle: *const c_void) -> Refusal {
    refuse(
        TALLY_BAD_HANDLE,
        format_args!("{handle:p} is no handle of this library"),
    )
}

/// A slot's first generation, in the lower half of the range: unguessable
/// outside this process.
fn first_generation(index: u32) -> u32 {
    static SECRET: OnceCell<RandomState> = OnceCell::new();
    let mut hasher = SECRET.get_or_init(RandomState::new).build_hasher();
    hasher.write_u32(index);
    hasher.finish() as u32 & (LAST_GENERATION >> 1)
}

#[cfg(test)]
mod tests {
    use super::super::status::tally_status;
    use super::*;

    struct Number(u8, i32);

    impl Payload for Number {
        fn kind(&self) -> u8 {
            self.0
        }
        fn kind_name(kind: u8) -> &'static str {
            if kind == 1 { "a one" } else { "a two" }
        }
    }

    fn refused<T>(outcome: Outcome<T>) -> tally_status {
        outcome
            .err()
            .map_or(tally_status::TALLY_OK, |refusal| refusal.status())
    }

    #[test]
    fn each_misuse_has_its_own_status() {
        let table = HandleTable::new();
        let handle = table.insert(Number(1, 5)).expect("there is memory");
        assert_eq!(table.with(handle, 1, |number| Ok(number.1)), Ok(5));
        assert_eq!(refused(table.check(handle, 2)), TALLY_WRONG_KIND);
        assert_eq!(refused(table.check(std::ptr::null(), 1)), TALLY_NULL);
        assert_eq!(
            refused(table.check((&raw const table).cast(), 1)),
            TALLY_BAD_HANDLE
        );
        table.reference(handle, None).expect("it is live");
        assert_eq!(table.unreference(handle, Some(1)), Ok(()));
        assert_eq!(table.unreference(handle, None), Ok(()));
        assert_eq!(refused(table.unreference(handle, None)), TALLY_STALE);
        assert_eq!(refused(table.check(handle, 1)), TALLY_STALE);
        assert_eq!(refused(table.check(handle, 2)), TALLY_STALE);
        assert_eq!(table.live(), 0);
    }

    #[test]
    fn a_changed_bit_is_no_handle() {
        let table = HandleTable::new();
        let handle = table.insert(Number(1, 5)).expect("there is memory");
        for bit in 0..usize::BITS {
            let forged = std::ptr::without_provenance(handle.addr() ^ 1 << bit);
            assert_ne!(
                refused(table.check(forged, 1)),
                tally_status::TALLY_OK,
                "bit {bit}"
            );
        }
        assert_eq!(refused(table.check(handle, 1)), tally_status::TALLY_OK);
    }

    #[test]
    fn a_spent_slot_is_retired() {
        let table = HandleTable::new();
        let mut handle = table.insert(Number(1, 0)).expect("there is memory");
        table.lock().slots[0].generation = LAST_GENERATION;
        let mut parts = Parts::unpack(handle).expect("it is a handle");
        parts.generation = LAST_GENERATION;
        handle = parts.pack();
        assert_eq!(table.unreference(handle, None), Ok(()));
        assert_eq!(refused(table.check(handle, 1)), TALLY_STALE);
        let next = table.insert(Number(1, 0)).expect("there is memory");
        let reused = Parts::unpack(next).expect("it is a handle").index == 0;
        assert_eq!(reused, !FORMAT.retires);
    }

    #[test]
    fn references_are_bounded() {
        let table = HandleTable::new();
        let handle = table.insert(Number(1, 0)).expect("there is memory");
        table.lock().slots[0].references = MOST_REFERENCES;
        assert_eq!(refused(table.reference(handle, None)), TALLY_OVERFLOW);
        assert_eq!(table.unreference(handle, None), Ok(()));
        assert_eq!(table.reference(handle, None), Ok(()));
    }
}
