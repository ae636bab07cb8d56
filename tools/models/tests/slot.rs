//! One slot, used rightly and wrongly by several threads at once, in every
//! order in which they can meet.

// The library's sources. Not all of what they have is used here.
#[allow(dead_code, missing_docs, unreachable_pub)]
#[path = "../../../src/boundary/slots/bits.rs"]
mod bits;
#[allow(dead_code, missing_docs, unreachable_pub)]
#[path = "../../../src/boundary/slots/slot.rs"]
mod slot;
mod atomics {
    pub(super) use loom::sync::atomic::{AtomicPtr, AtomicU64, Ordering};
}

use std::ptr::null_mut;

use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread;

use bits::{REFERENCE, tag};
use slot::{Payload, Slot, Unchanged, Unreferenced};

const KIND: u8 = 1;

/// A slot and memory that belongs to it. loom finds out if the memory is
/// written to while anyone else may look at it.
struct Thing {
    slot: Slot,
    memory: UnsafeCell<u32>,
    freed: AtomicUsize,
}

// SAFETY: the memory is what the models are about: loom checks each access.
unsafe impl Sync for Thing {}
// SAFETY: as above.
unsafe impl Send for Thing {}

impl Thing {
    /// A live thing and its tag.
    fn new(value: u32) -> (Arc<Self>, u64) {
        let thing = Self {
            slot: Slot::new(),
            memory: UnsafeCell::new(value),
            freed: AtomicUsize::new(0),
        };
        let tag = thing.publish(value);
        (Arc::new(thing), tag)
    }

    fn publish(&self, value: u32) -> u64 {
        let number = u64::from(value);
        let pointer = null_mut();
        self.slot.publish(KIND, Payload { number, pointer })
    }

    /// What the thread does that has the slot, taken.
    fn free(&self) {
        // SAFETY: loom checks that nobody else is at it.
        self.memory.with_mut(|memory| unsafe { *memory = 0xdead });
        self.freed.fetch_add(1, Ordering::Relaxed);
    }

    /// Begins the slot's next generation.
    fn use_again(&self, value: u32) -> u64 {
        // SAFETY: as above.
        self.memory.with_mut(|memory| unsafe { *memory = value });
        self.publish(value)
    }

    fn reference(&self, tag: u64) -> bool {
        self.slot.try_reference(tag).is_some() || self.slot.reference(tag).is_ok()
    }

    fn unreference(&self, tag: u64) -> Result<Unreferenced, Unchanged> {
        let outcome = match self.slot.try_unreference(tag) {
            Some(outcome) => Ok(outcome),
            None => self.slot.unreference(tag),
        };
        if outcome == Ok(Unreferenced::Taken) {
            self.free();
        }
        outcome
    }

    /// A call that looks at the memory.
    fn call(&self, tag: u64) -> Option<u32> {
        self.slot.pin(tag).ok()?;
        // SAFETY: as above.
        let value = self.memory.with(|memory| unsafe { *memory });
        if self.slot.unpin() {
            self.free();
        }
        Some(value)
    }

    fn freed(&self) -> usize {
        self.freed.load(Ordering::Relaxed)
    }
}

/// Runs a body on its own thread, with the thing.
fn spawn<R: 'static>(
    thing: &Arc<Thing>,
    body: impl FnOnce(&Thing) -> R + 'static,
) -> thread::JoinHandle<R> {
    let thing = Arc::clone(thing);
    thread::spawn(move || body(&thing))
}

fn join<R>(thread: thread::JoinHandle<R>) -> R {
    thread.join().expect("the thread ends well")
}

/// All orders; of the larger models, all with at most this many preemptions.
fn model(preemptions: Option<usize>, body: impl Fn() + Sync + Send + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = preemptions;
    builder.check(body);
}

#[test]
fn of_many_unreferences_one_succeeds() {
    model(None, || {
        let (thing, tag) = Thing::new(5);
        let unreference = move |thing: &Thing| usize::from(thing.unreference(tag).is_ok());
        let threads = [spawn(&thing, unreference), spawn(&thing, unreference)];
        let mine = unreference(&thing);
        assert_eq!(mine + threads.into_iter().map(join).sum::<usize>(), 1);
        assert_eq!(thing.freed(), 1);
    });
}

#[test]
fn a_pin_survives_a_double_unreference() {
    model(Some(3), || {
        let (thing, tag) = Thing::new(5);
        let unreference = move |thing: &Thing| usize::from(thing.unreference(tag).is_ok());
        let threads = [spawn(&thing, unreference), spawn(&thing, unreference)];
        if let Some(value) = thing.call(tag) {
            assert_eq!(value, 5);
        }
        assert_eq!(threads.into_iter().map(join).sum::<usize>(), 1);
        assert_eq!(thing.freed(), 1);
        assert_eq!(thing.call(tag), None);
    });
}

#[test]
fn the_last_unpin_of_a_zombie_frees() {
    model(None, || {
        let (thing, tag) = Thing::new(5);
        let call = move |thing: &Thing| {
            if let Some(value) = thing.call(tag) {
                assert_eq!(value, 5);
            }
        };
        let threads = [spawn(&thing, call), spawn(&thing, call)];
        assert!(thing.unreference(tag).is_ok());
        threads.into_iter().for_each(join);
        assert_eq!(thing.freed(), 1);
        assert_eq!(thing.slot.generation(), bits::next_generation(tag));
    });
}

#[test]
fn a_reference_meets_the_last_unreference() {
    model(None, || {
        let (thing, tag) = Thing::new(5);
        let other = spawn(&thing, move |thing| thing.reference(tag));
        assert!(thing.unreference(tag).is_ok());
        let got = join(other);
        assert_eq!(thing.freed(), usize::from(!got));
        if got {
            assert_eq!(thing.call(tag), Some(5));
            assert_eq!(thing.unreference(tag), Ok(Unreferenced::Taken));
        }
    });
}

#[test]
fn owners_on_two_threads_free_once_and_after_all_they_did() {
    model(None, || {
        let (thing, tag) = Thing::new(5);
        assert!(thing.reference(tag));
        let own = move |thing: &Thing| {
            assert_eq!(thing.call(tag), Some(5));
            assert!(thing.unreference(tag).is_ok());
        };
        let other = spawn(&thing, own);
        own(&thing);
        join(other);
        assert_eq!(thing.freed(), 1);
    });
}

/// Memory of the callers' own, which they leave alone before they give up their
/// references, is the last one's to free: a release callback may do so.
#[test]
fn what_owners_did_before_is_over_when_the_last_frees() {
    model(None, || {
        let (thing, tag) = Thing::new(5);
        assert!(thing.reference(tag));
        let own = move |thing: &Thing| {
            // SAFETY: as above.
            assert_eq!(thing.memory.with(|memory| unsafe { *memory }), 5);
            assert!(thing.unreference(tag).is_ok());
        };
        let other = spawn(&thing, own);
        own(&thing);
        join(other);
        assert_eq!(thing.freed(), 1);
    });
}

#[test]
fn a_read_gives_a_number_of_its_own_generation() {
    model(None, || {
        let (thing, tag) = Thing::new(5);
        let other = spawn(&thing, move |thing| {
            for _ in 0..2 {
                if let Some(number) = thing.slot.read_number(tag) {
                    assert_eq!(number, 5);
                }
            }
        });
        assert_eq!(thing.unreference(tag), Ok(Unreferenced::Taken));
        let next = thing.use_again(99);
        assert_ne!(tag, next);
        assert_eq!(thing.slot.read_number(next), Some(99));
        join(other);
    });
}

/// The size of an array is never an object's value.
#[test]
fn who_counts_sees_each_kind_with_its_own_number() {
    model(None, || {
        let (thing, tag) = Thing::new(5);
        let other = spawn(&thing, |thing| {
            if let Some(seen) = thing.slot.read_live() {
                assert!(seen == (KIND, 5) || seen == (KIND + 1, 99), "{seen:?}");
            }
        });
        assert_eq!(thing.unreference(tag), Ok(Unreferenced::Taken));
        assert_eq!(thing.slot.read_live(), None);
        let (number, pointer) = (99, null_mut());
        let next = thing.slot.publish(KIND + 1, Payload { number, pointer });
        assert!(thing.reference(next));
        assert_eq!(thing.slot.read_live(), Some((KIND + 1, 99)));
        join(other);
    });
}

/// References and pins that come and go hide nothing.
#[test]
fn who_counts_misses_nothing_that_lives_throughout() {
    model(None, || {
        let (thing, tag) = Thing::new(5);
        let other = spawn(&thing, |thing| thing.slot.read_live());
        assert!(thing.reference(tag));
        assert_eq!(thing.call(tag), Some(5));
        assert_eq!(join(other), Some((KIND, 5)));
    });
}

#[test]
fn a_read_never_gives_a_number_that_a_later_owner_set() {
    model(None, || {
        let (thing, tag) = Thing::new(5);
        let other = spawn(&thing, move |thing| thing.slot.read_number(tag));
        assert_eq!(thing.unreference(tag), Ok(Unreferenced::Taken));
        let next = thing.use_again(5);
        assert_eq!(thing.slot.pin(next), Ok(()));
        thing.slot.set_number(98);
        assert!(!thing.slot.unpin());
        assert_ne!(join(other), Some(98));
    });
}

#[test]
fn a_number_that_is_set_is_read_by_its_own_generation() {
    model(None, || {
        let (thing, tag) = Thing::new(5);
        let reader = spawn(&thing, move |thing| thing.slot.read_number(tag));
        let writer = spawn(&thing, move |thing| {
            if thing.slot.pin(tag).is_ok() {
                thing.slot.set_number(6);
                if thing.slot.unpin() {
                    thing.free();
                }
            }
        });
        assert!(thing.unreference(tag).is_ok());
        if let Some(number) = join(reader) {
            assert!(number == 5 || number == 6);
        }
        join(writer);
        assert_eq!(thing.freed(), 1);
    });
}

#[test]
fn a_stale_handle_does_nothing_to_the_next_owner() {
    model(Some(2), || {
        let (thing, tag) = Thing::new(5);
        assert_eq!(thing.unreference(tag), Ok(Unreferenced::Taken));
        let first = spawn(&thing, move |thing| {
            assert!(thing.unreference(tag).is_err());
            assert!(!thing.reference(tag));
        });
        let second = spawn(&thing, move |thing| {
            assert_eq!(thing.call(tag), None);
            assert!(thing.unreference(tag).is_err());
        });
        let next = thing.use_again(6);
        assert_eq!(thing.call(next), Some(6));
        join(first);
        join(second);
        assert_eq!(thing.slot.state(), next | REFERENCE);
        assert_eq!(thing.unreference(next), Ok(Unreferenced::Taken));
        assert_eq!(thing.freed(), 2);
    });
}

/// Guessed, or passed between threads without synchronisation.
#[test]
fn a_handle_that_is_known_too_early_is_no_race() {
    model(None, || {
        let (thing, first) = Thing::new(5);
        let next = tag(Some(KIND), bits::next_generation(first));
        let other = spawn(&thing, move |thing| {
            if let Some(value) = thing.call(next) {
                assert_eq!(value, 6);
            }
            if let Some(number) = thing.slot.read_number(next) {
                assert_eq!(number, 6);
            }
        });
        assert_eq!(thing.unreference(first), Ok(Unreferenced::Taken));
        assert_eq!(thing.use_again(6), next);
        join(other);
        assert_eq!(thing.unreference(next), Ok(Unreferenced::Taken));
        assert_eq!(thing.freed(), 2);
    });
}

#[test]
fn everything_at_once() {
    model(Some(2), || {
        let (thing, tag) = Thing::new(5);
        let first = spawn(&thing, move |thing| {
            let got = thing.reference(tag);
            thing.call(tag);
            if got {
                assert!(thing.unreference(tag).is_ok());
            }
        });
        let second = spawn(&thing, move |thing| {
            if let Some(number) = thing.slot.read_number(tag) {
                assert_eq!(number, 5);
            }
            thing.call(tag);
        });
        assert!(thing.unreference(tag).is_ok());
        join(first);
        join(second);
        assert_eq!(thing.freed(), 1);
        assert_eq!(thing.slot.generation(), bits::next_generation(tag));
    });
}
