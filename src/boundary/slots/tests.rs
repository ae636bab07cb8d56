//! The table as a whole, in one thread. `make check-loom` has many.

use std::ptr::null_mut;

use super::bits::{LAST_GENERATION, REFERENCES, RETIRES, STEP};
use super::*;

const ONE: u8 = 1;
const TWO: u8 = 2;

fn number(number: u64) -> Payload {
    let pointer = null_mut();
    Payload { number, pointer }
}

fn insert(table: &Table, magazine: &Magazine, kind: u8, value: u64) -> Option<Handle> {
    let at_hand = table.insert(magazine, kind, number(value));
    at_hand.or_else(|| {
        table.reserve(magazine)?;
        table.insert(magazine, kind, number(value))
    })
}

/// A table and a thread's magazine.
#[derive(Default)]
struct Fixture {
    table: Table,
    magazine: Magazine,
}

impl Fixture {
    fn open() -> Box<Self> {
        let fixture = Box::<Self>::default();
        fixture.magazine.open();
        fixture
    }

    fn insert(&self, value: u64) -> Handle {
        insert(&self.table, &self.magazine, ONE, value).expect("there is memory")
    }

    fn slot(&self, handle: Handle) -> Result<&Slot, Unchanged> {
        self.table.slot(handle).ok_or(Unchanged::Other)
    }

    fn try_reference(&self, handle: Handle) -> Option<()> {
        self.table.slot(handle)?.try_reference(handle.tag)
    }

    fn reference(&self, handle: Handle) -> Result<(), Unchanged> {
        self.slot(handle)?.reference(handle.tag)
    }

    /// The number that was removed, if that was the last reference.
    fn unreference(&self, handle: Handle) -> Result<Option<u64>, Unchanged> {
        let slot = self.slot(handle)?;
        let is_taken = slot.unreference(handle.tag)? == Unreferenced::Taken;
        Ok(is_taken.then(|| self.empty(handle, slot)))
    }

    fn pin(&self, handle: Handle) -> Result<&Slot, Unchanged> {
        let slot = self.slot(handle)?;
        slot.pin(handle.tag).map(|()| slot)
    }

    fn unpin(&self, handle: Handle, pinned: &Slot) -> Option<u64> {
        pinned.unpin().then(|| self.empty(handle, pinned))
    }

    fn read_number(&self, handle: Handle) -> Option<u64> {
        self.table.slot(handle)?.read_number(handle.tag)
    }

    fn empty(&self, handle: Handle, slot: &Slot) -> u64 {
        self.table.empty(&self.magazine, slot, handle.index).number
    }

    /// Makes a slot that is taken live, as the last of its generations.
    fn publish_last(&self, handle: Handle) -> Handle {
        let slot = self.table.chunks.slot(handle.index).expect("it was given");
        slot.begin_at(LAST_GENERATION - if RETIRES { STEP } else { 0 });
        Handle::new(slot.publish(ONE, number(7)), handle.index)
    }
}

#[test]
fn references_and_pins_end_what_they_should() {
    let all = Fixture::open();
    let handle = all.insert(5);
    assert_eq!(all.read_number(handle), Some(5));
    assert_eq!(all.try_reference(handle), Some(()));
    assert_eq!(all.reference(handle), Ok(()));
    assert_eq!(all.unreference(handle), Ok(None));
    assert_eq!(all.unreference(handle), Ok(None));
    let (first, second) = (all.pin(handle), all.pin(handle));
    first.as_ref().expect("it is live").set_number(6);
    // Nobody but the pins has it now.
    assert_eq!(all.unreference(handle), Ok(None));
    assert_eq!(all.read_number(handle), None);
    assert_eq!(all.reference(handle), Err(Unchanged::Other));
    assert_eq!(all.unreference(handle), Err(Unchanged::Other));
    assert!(all.pin(handle).is_err());
    assert_eq!(all.table.live().count(), 0);
    assert_eq!(all.unpin(handle, first.expect("it was pinned")), None);
    assert_eq!(all.unpin(handle, second.expect("it was pinned")), Some(6));
    assert_eq!(all.table.state_of(handle), HandleState::Stale);
}

#[test]
fn a_pin_or_a_reference_too_many_is_refused() {
    let all = Fixture::open();
    let handle = all.insert(5);
    let pins: Vec<_> = (0..1023).map(|_| all.pin(handle)).collect();
    assert!(pins.iter().all(Result::is_ok));
    assert_eq!(all.pin(handle).err(), Some(Unchanged::Pins));
    // The number is still there to read, and references to count.
    assert_eq!(all.read_number(handle), Some(5));
    assert_eq!(all.reference(handle), Ok(()));
    for pin in pins.into_iter().flatten() {
        assert_eq!(all.unpin(handle, pin), None);
    }
    if cfg!(miri) {
        // Four million steps take it too long.
        return;
    }
    for _ in 2..REFERENCES {
        assert_eq!(all.try_reference(handle), Some(()));
    }
    assert_eq!(all.try_reference(handle), None);
    assert_eq!(all.reference(handle), Err(Unchanged::References));
    assert_eq!(all.unreference(handle), Ok(None));
    assert_eq!(all.reference(handle), Ok(()));
}

#[test]
fn a_changed_bit_is_no_handle() {
    let all = Fixture::open();
    let handle = all.insert(5);
    for bit in 0..usize::BITS {
        let forged = Handle::from_bits(handle.to_bits() ^ 1 << bit);
        assert_eq!(all.try_reference(forged), None, "bit {bit}");
        assert!(all.reference(forged).is_err(), "bit {bit}");
        assert!(all.unreference(forged).is_err(), "bit {bit}");
        assert!(all.pin(forged).is_err(), "bit {bit}");
        assert_eq!(all.read_number(forged), None, "bit {bit}");
        assert_ne!(all.table.state_of(forged), HandleState::Live, "bit {bit}");
    }
    assert_eq!(all.table.state_of(handle), HandleState::Live);
    assert_eq!(all.unreference(handle), Ok(Some(5)));
}

#[test]
fn a_changed_bit_is_no_other_handle_even_if_secrets_are_equal() {
    if !RETIRES {
        return;
    }
    let all = Fixture::open();
    let mut handles: Vec<Handle> = (0..300).map(|value| all.insert(value)).collect();
    // The same number of slots, all with the same secret number.
    for handle in &mut handles {
        let slot = all.table.chunks.slot(handle.index).expect("it was given");
        slot.begin_at(bits::first_generation(77, handle.index));
        *handle = Handle::new(slot.publish(ONE, number(7)), handle.index);
    }
    let bits = handles.iter().map(|handle| handle.to_bits());
    for changed in bits.flat_map(|bits| (0..usize::BITS).map(move |bit| bits ^ 1 << bit)) {
        let forged = Handle::from_bits(changed);
        assert!(all.pin(forged).is_err(), "{changed:x}");
        assert_eq!(
            all.table.state_of(forged),
            HandleState::Unknown,
            "{changed:x}"
        );
    }
}

#[test]
fn a_generation_between_two_was_never_given_out() {
    if !RETIRES {
        return;
    }
    let all = Fixture::open();
    let first = all.insert(5);
    let mut last = first;
    for _ in 0..100 {
        assert_eq!(all.unreference(last), Ok(Some(5)));
        last = all.insert(5);
        assert_eq!(last.index, first.index);
    }
    for (handle, bit) in (0..usize::BITS).flat_map(|bit| [(first, bit), (last, bit)]) {
        let changed = Handle::from_bits(handle.to_bits() ^ 1 << bit);
        // Unknown kinds are checked in `handles`.
        if changed.kind() == handle.kind() {
            let state_of = all.table.state_of(changed);
            assert_eq!(state_of, HandleState::Unknown, "{handle:?}, bit {bit}");
        }
    }
}

#[test]
fn only_what_was_given_out_is_stale() {
    if !RETIRES {
        return;
    }
    let all = Fixture::open();
    let first = all.insert(5);
    assert_eq!(all.unreference(first), Ok(Some(5)));
    let second = all.insert(6);
    assert_eq!(second.index, first.index);
    let generation = bits::generation(first.tag);
    for (generation, state_of) in [
        (
            generation.wrapping_sub(STEP) & LAST_GENERATION,
            HandleState::Unknown,
        ),
        (generation, HandleState::Stale),
        (generation + 1, HandleState::Unknown),
        (generation + STEP, HandleState::Live),
        (generation + 2 * STEP, HandleState::Unknown),
        (LAST_GENERATION, HandleState::Unknown),
    ] {
        let handle = Handle::new(bits::tag(Some(ONE), generation), first.index);
        assert_eq!(all.table.state_of(handle), state_of, "{generation}");
        // Of the generation that is live, there is one kind.
        let other = Handle::new(bits::tag(Some(TWO), generation), first.index);
        assert_ne!(all.table.state_of(other), HandleState::Live, "{generation}");
    }
}

#[test]
fn a_spent_slot_is_retired() {
    let all = Fixture::open();
    let first = all.insert(5);
    assert_eq!(all.unreference(first), Ok(Some(5)));
    let (_, index) = all.magazine.take(&all.table.chunks).expect("it is free");
    assert_eq!(index, first.index);
    let spent = all.publish_last(first);
    // Nobody gets the generation that it has now.
    assert_eq!(all.unreference(spent), Ok(Some(7)));
    let given: Vec<u32> = (0..100).map(|_| all.insert(1).index).collect();
    assert_eq!(given.contains(&first.index), !RETIRES);
    if RETIRES {
        assert!(all.reference(spent).is_err());
        assert_eq!(all.table.state_of(first), HandleState::Stale);
    }
}

#[test]
fn handles_are_never_the_same() {
    let all = Fixture::open();
    let mut seen = std::collections::HashSet::new();
    for round in 0..if cfg!(miri) { 2 } else { 50 } {
        let handles: Vec<Handle> = (0..150).map(|value| all.insert(value)).collect();
        for (value, handle) in handles.iter().enumerate() {
            assert!(seen.insert(handle.to_bits()), "round {round}");
            assert_eq!(all.read_number(*handle), Some(value as u64));
        }
        assert_eq!(all.table.live().count(), 150);
        for handle in handles {
            assert!(all.unreference(handle).is_ok_and(|number| number.is_some()));
        }
    }
    // They came from few slots: released slots are reused.
    assert!(all.table.chunks.all().count() <= 256);
}

#[test]
fn a_closed_magazine_keeps_nothing() {
    let all = Fixture::open();
    let handles: Vec<Handle> = (0..150).map(|value| all.insert(value)).collect();
    for handle in handles {
        assert!(all.unreference(handle).is_ok());
    }
    let made = all.table.chunks.all().count();
    all.table.close(&all.magazine);
    assert!(all.magazine.take(&all.table.chunks).is_none());
    // Every slot is available to other threads; none is made.
    let other = Magazine::default();
    other.open();
    let insert = |magazine| insert(&all.table, magazine, TWO, 1);
    let others: Vec<_> = (0..made).map(|_| insert(&other)).collect();
    assert!(others.iter().all(Option::is_some));
    assert_eq!(all.table.chunks.all().count(), made);
    // A closed one works, one slot at a time.
    let handle = insert(&all.magazine).expect("there is memory");
    assert_eq!(all.unreference(handle), Ok(Some(1)));
    assert!(all.magazine.take(&all.table.chunks).is_none());
}

#[test]
fn a_first_generation_is_not_known_beforehand() {
    let firsts: Vec<u32> = (0..32).map(first_generation).collect();
    assert!(firsts.iter().all(|first| *first <= LAST_GENERATION / 2));
    assert!(firsts.iter().any(|first| *first != firsts[0]));
}

#[test]
fn threads_pass_slots_around() {
    let all = Box::<Table>::default();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let all = &all;
            scope.spawn(move || {
                let magazine = Magazine::default();
                magazine.open();
                let rounds = if cfg!(miri) { 2 } else { 2000 };
                for round in 0..rounds {
                    let value = thread * 1_000_000 + round;
                    let own: Vec<_> = (0..100)
                        .filter_map(|_| insert(all, &magazine, ONE, value))
                        .collect();
                    assert_eq!(own.len(), 100);
                    for handle in own {
                        let slot = all.slot(handle).expect("it is ours");
                        assert_eq!(slot.pin(handle.tag), Ok(()));
                        assert_eq!(slot.payload().number, value);
                        assert!(!slot.unpin());
                        let unreferenced = slot.unreference(handle.tag);
                        assert_eq!(unreferenced, Ok(Unreferenced::Taken));
                        assert_eq!(all.empty(&magazine, slot, handle.index).number, value);
                        assert!(slot.reference(handle.tag).is_err());
                    }
                }
                all.close(&magazine);
            });
        }
    });
    assert_eq!(all.live().count(), 0);
}
