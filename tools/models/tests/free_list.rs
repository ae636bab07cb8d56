//! Free slots that go from thread to thread, in every order in which the
//! threads can meet.

// The library's sources. Not all of what they have is used here.
#[allow(dead_code, missing_docs, unreachable_pub)]
#[path = "../../../src/boundary/slots/bits.rs"]
mod bits;
#[allow(dead_code, missing_docs, unreachable_pub)]
#[path = "../../../src/boundary/slots/free_list.rs"]
mod free_list;
#[allow(dead_code, missing_docs, unreachable_pub)]
#[path = "../../../src/boundary/slots/slot.rs"]
mod slot;
mod atomics {
    pub(super) use loom::sync::atomic::{AtomicPtr, AtomicU64, Ordering};
}

use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::thread;

use atomics::AtomicU64;
use free_list::{Batch, FreeList, Slots};
use slot::Slot;

/// A few slots, each with memory that is its owner's. loom finds out if two
/// threads take a slot for their own, and if what the last owner did is not seen
/// by the next.
struct Shelf {
    slots: Vec<Slot>,
    memory: Vec<UnsafeCell<u32>>,
    list: FreeList,
}

// SAFETY: the memory is what the models are about: loom checks each access.
unsafe impl Sync for Shelf {}
// SAFETY: as above.
unsafe impl Send for Shelf {}

impl Slots for Shelf {
    fn slot(&self, index: u32) -> Option<&Slot> {
        self.slots.get(index as usize)
    }
}

impl Shelf {
    /// This many slots, on the list in batches of this size.
    fn new(count: u32, size: u32) -> Arc<Self> {
        let shelf = Self {
            slots: (0..count).map(|_| Slot::new()).collect(),
            memory: (0..count).map(|_| UnsafeCell::new(0)).collect(),
            list: FreeList {
                head: AtomicU64::new(FreeList::EMPTY),
            },
        };
        for first in (0..count).step_by(size as usize) {
            let batch = shelf.batch(first..count.min(first + size));
            shelf.list.push(&shelf, batch);
        }
        Arc::new(shelf)
    }

    fn batch(&self, indices: impl Iterator<Item = u32>) -> Batch {
        let mut batch = Batch::default();
        for index in indices {
            batch.push(&self.slots[index as usize], index);
        }
        batch
    }

    /// A batch taken off, and all of its slots used.
    fn take(&self) -> Vec<u32> {
        let mut batch = self.list.pop(self).unwrap_or_default();
        let mut taken = Vec::new();
        while let Some((_, index)) = batch.pop(self) {
            self.use_memory(index);
            taken.push(index);
        }
        assert_eq!(batch.count(), 0);
        taken
    }

    fn use_memory(&self, index: u32) {
        // SAFETY: loom checks that nobody else is at it.
        self.memory[index as usize].with_mut(|memory| unsafe { *memory += 1 });
    }

    fn put(&self, taken: Vec<u32>) {
        self.list.push(self, self.batch(taken.into_iter()));
    }

    /// Every slot that can still be taken.
    fn take_all(&self) -> Vec<u32> {
        let mut all = Vec::new();
        loop {
            let taken = self.take();
            if taken.is_empty() {
                return all;
            }
            all.extend(taken);
        }
    }
}

fn spawn<R: 'static>(
    shelf: &Arc<Shelf>,
    body: impl FnOnce(&Shelf) -> R + 'static,
) -> thread::JoinHandle<R> {
    let shelf = Arc::clone(shelf);
    thread::spawn(move || body(&shelf))
}

fn join<R>(thread: thread::JoinHandle<R>) -> R {
    thread.join().expect("the thread ends well")
}

fn model(body: impl Fn() + Sync + Send + 'static) {
    loom::model::Builder::new().check(body);
}

fn assert_all(mut taken: Vec<u32>, count: u32) {
    taken.sort_unstable();
    let all: Vec<u32> = (0..count).collect();
    assert_eq!(taken, all, "each slot has one owner");
}

#[test]
fn two_threads_take_different_batches() {
    model(|| {
        let shelf = Shelf::new(4, 2);
        let other = spawn(&shelf, Shelf::take);
        let mut taken = shelf.take();
        taken.extend(join(other));
        taken.extend(shelf.take_all());
        assert_all(taken, 4);
    });
}

#[test]
fn what_one_puts_the_other_finds_whole() {
    model(|| {
        let shelf = Shelf::new(3, 3);
        let mine = shelf.take();
        let other = spawn(&shelf, Shelf::take);
        shelf.put(mine);
        let mut taken = join(other);
        taken.extend(shelf.take_all());
        assert_all(taken, 3);
    });
}

/// While one thread is about to take the top batch, the other takes it, takes
/// the one below, and puts the first back: the top is as it was, and what lies
/// below it is not.
#[test]
fn a_batch_that_comes_back_is_not_mistaken() {
    model(|| {
        let shelf = Shelf::new(3, 1);
        let other = spawn(&shelf, Shelf::take);
        let first = shelf.take();
        let second = shelf.take();
        shelf.put(first);
        let mut taken = second;
        taken.extend(join(other));
        taken.extend(shelf.take_all());
        assert_all(taken, 3);
    });
}

#[test]
fn both_take_and_put() {
    model(|| {
        let shelf = Shelf::new(2, 1);
        let turn = |shelf: &Shelf| {
            let taken = shelf.take();
            if !taken.is_empty() {
                shelf.put(taken);
            }
        };
        let other = spawn(&shelf, turn);
        turn(&shelf);
        join(other);
        assert_all(shelf.take_all(), 2);
    });
}

/// The list's links are another word than the number that a call may be
/// reading at that moment.
#[test]
fn a_late_reader_never_sees_a_link() {
    model(|| {
        let shelf = Shelf::new(2, 1);
        let mut batch = shelf.list.pop(&*shelf).unwrap_or_default();
        let Some((slot, index)) = batch.pop(&*shelf) else {
            panic!("there was one");
        };
        let payload = slot::Payload {
            number: 5,
            pointer: std::ptr::null_mut(),
        };
        let tag = slot.publish(1, payload);
        let reader = spawn(&shelf, move |shelf| {
            let number = shelf.slots[index as usize].read_number(tag);
            assert!(number.is_none_or(|number| number == 5));
        });
        assert!(slot.unreference(tag).is_ok());
        shelf.put(vec![index]);
        join(reader);
        assert_all(shelf.take_all(), 2);
    });
}
