//! What is made through the wrappers is given back to C: once, and by the last
//! owner. The library's own count is the witness, so one test runs at a time.

#![cfg(feature = "capi")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::{NonNull, null, null_mut};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tally::api::errors::tally_last_status;
use tally::api::handles::tally_live;
use tally::api::memory::tally_free;
use tally::api::records::{tally_record_free, tally_record_new};
use tally::boundary::status::tally_status::{self, *};
use tally::wrappers::errors::FFIError::InvalidInput;
use tally::wrappers::errors::{FFIError, InputError};
use tally::wrappers::memory::CMemory;
use tally::wrappers::objects::CObject;
use tally::wrappers::records::{
    CStruct, OwnedCStruct, Record, RustStruct, c_to_rust_struct, records_total, rust_to_c_struct,
};

/// Handles, blocks and bytes that the process owes the library.
fn live() -> [usize; 3] {
    let [mut handles, mut blocks, mut bytes] = [0; 3];
    // SAFETY: three places of ours.
    let status = unsafe { tally_live(&raw mut handles, &raw mut blocks, &raw mut bytes) };
    assert_eq!(status, TALLY_OK);
    [handles, blocks, bytes]
}

/// Holds off the other tests, and at its end sees that nothing is owed.
struct Alone {
    _lock: MutexGuard<'static, ()>,
    before: [usize; 3],
}

fn alone() -> Alone {
    static LOCK: Mutex<()> = Mutex::new(());
    let lock = LOCK.lock().unwrap_or_else(PoisonError::into_inner);
    Alone {
        _lock: lock,
        before: live(),
    }
}

impl Alone {
    /// What is owed since the test began.
    fn owed(&self) -> [usize; 3] {
        let now = live();
        std::array::from_fn(|which| now[which] - self.before[which])
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(self.owed(), [0, 0, 0], "handles, blocks, bytes");
        }
    }
}

fn record(id: i32, name: &str, value: i32) -> RustStruct {
    RustStruct {
        id,
        name: name.to_owned(),
        value,
    }
}

fn failed_with(error: FFIError) -> tally_status {
    error.status().expect("a call was made")
}

// Memory.

#[test]
fn memory_is_zeroed_writable_and_freed_when_dropped() {
    let alone = alone();
    for size in [1, 64, 1000, 1 << 20] {
        let mut memory = CMemory::new(size).expect("there is memory");
        assert_eq!(alone.owed(), [0, 1, size]);
        assert_eq!(memory.as_slice().len(), size);
        assert!(memory.as_slice().iter().all(|byte| *byte == 0));
        for (place, byte) in memory.as_mut_slice().iter_mut().enumerate() {
            *byte = place as u8;
        }
        assert_eq!(memory.as_slice()[size - 1], (size - 1) as u8);
        drop(memory);
        assert_eq!(alone.owed(), [0, 0, 0]);
    }
}

#[test]
fn memory_that_is_used_again_is_zeroed_again() {
    let _alone = alone();
    // More rounds than the library keeps freed blocks back.
    for _ in 0..300 {
        let mut memory = CMemory::new(256).expect("there is memory");
        assert!(memory.as_slice().iter().all(|byte| *byte == 0));
        memory.as_mut_slice().fill(0xa5);
    }
}

#[test]
fn memory_of_no_size_is_empty_and_a_block_of_its_own() {
    let alone = alone();
    let mut one = CMemory::new(0).expect("there is memory");
    let two = CMemory::new(0).expect("there is memory");
    assert_eq!(alone.owed(), [0, 2, 0]);
    assert!(one.as_slice().is_empty() && one.as_mut_slice().is_empty());
    assert_ne!(one.as_slice().as_ptr(), two.as_slice().as_ptr());
}

#[test]
fn memory_that_cannot_be_had_is_an_error() {
    let alone = alone();
    for size in [usize::MAX, isize::MAX as usize] {
        let error = CMemory::new(size).expect_err("no machine has as much");
        assert_eq!(failed_with(error), TALLY_MEMORY, "{size}");
    }
    assert_eq!(alone.owed(), [0, 0, 0]);
}

#[test]
fn memory_crosses_threads() {
    let alone = alone();
    let mut memory = CMemory::new(3).expect("there is memory");
    std::thread::scope(|scope| {
        scope.spawn(|| memory.as_mut_slice().copy_from_slice(b"abc"));
    });
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| assert_eq!(memory.as_slice(), b"abc"));
        }
    });
    std::thread::spawn(move || drop(memory))
        .join()
        .expect("the thread ends well");
    assert_eq!(alone.owed(), [0, 0, 0]);
}

#[test]
fn a_panic_gives_everything_back() {
    let alone = alone();
    let unwound = catch_unwind(AssertUnwindSafe(|| {
        let _memory = CMemory::new(10).expect("there is memory");
        let _object = CObject::new().expect("there is room");
        let _record = Record::new(&record(1, "one", 1)).expect("there is memory");
        let [handles, blocks, _] = alone.owed();
        assert_eq!([handles, blocks], [1, 2]);
        panic!("on purpose");
    }));
    let text = unwound.expect_err("it panics").downcast::<&str>();
    assert_eq!(*text.expect("a fixed text"), "on purpose");
    assert_eq!(alone.owed(), [0, 0, 0]);
}

#[test]
fn giving_back_keeps_the_error_that_led_to_it() {
    let _alone = alone();
    let (memory, object) = (CMemory::new(1), CObject::new());
    let kept = Record::new(&record(1, "one", 1));
    assert!(CMemory::new(usize::MAX).is_err());
    drop((memory, object, kept));
    assert_eq!(tally_last_status(), TALLY_MEMORY);
}

// Objects.

#[test]
fn an_object_lives_until_its_last_owner_is_gone() {
    let alone = alone();
    let first = CObject::new().expect("there is room");
    assert_eq!(first.get(), Ok(0));
    let second = first.clone();
    let third = second.clone();
    assert_eq!(alone.owed(), [1, 0, 0], "one object, three owners");
    assert_eq!(first.set(i32::MIN), Ok(()));
    drop(first);
    assert_eq!(second.get(), Ok(i32::MIN));
    drop(second);
    assert_eq!(third.get(), Ok(i32::MIN));
    assert_eq!(alone.owed(), [1, 0, 0]);
    drop(third);
    assert_eq!(alone.owed(), [0, 0, 0]);
}

#[test]
fn objects_are_separate() {
    let alone = alone();
    let objects: Vec<CObject> = (0..100)
        .map(|_| CObject::new().expect("there is room"))
        .collect();
    for (value, object) in (0..).zip(&objects) {
        assert_eq!(object.set(value), Ok(()));
    }
    for (value, object) in (0..).zip(&objects) {
        assert_eq!(object.get(), Ok(value));
    }
    assert_eq!(alone.owed(), [100, 0, 0]);
}

#[test]
fn an_object_is_shared_by_threads() {
    fn is_send_and_sync<T: Send + Sync>(_: &T) {}
    let alone = alone();
    let object = CObject::new().expect("there is room");
    is_send_and_sync(&object);
    std::thread::scope(|scope| {
        for thread in 1..=4 {
            let mine = object.clone();
            scope.spawn(move || {
                for _ in 0..2000 {
                    let another = mine.clone();
                    assert_eq!(another.set(thread), Ok(()));
                    let seen = another.get().expect("it lives");
                    assert!((1..=4).contains(&seen), "{seen}");
                }
            });
        }
    });
    assert_eq!(alone.owed(), [1, 0, 0]);
    drop(object);
    assert_eq!(alone.owed(), [0, 0, 0]);
}

#[test]
fn a_reference_that_somebody_else_gave_up_is_an_error_and_no_harm() {
    let alone = alone();
    let object = CObject::new().expect("there is room");
    tally::api::classic::c_object_unref(object.as_raw());
    assert_eq!(alone.owed(), [0, 0, 0]);
    assert_eq!(object.get().map_err(failed_with), Err(TALLY_STALE));
    assert_eq!(object.set(1).map_err(failed_with), Err(TALLY_STALE));
    let clone = object.try_clone().map(drop);
    assert_eq!(clone.map_err(failed_with), Err(TALLY_STALE));
    assert!(catch_unwind(AssertUnwindSafe(|| object.clone())).is_err());
}

// Records.

#[test]
fn a_struct_goes_to_c_and_comes_back() {
    for rust in [
        record(7, "seven", 49),
        record(i32::MIN, "", i32::MAX),
        record(0, "na\u{ef}ve \u{1f600}", -1),
    ] {
        let owned = rust_to_c_struct(&rust).expect("no NUL inside");
        // Its name stays where it is when the owner moves, and lives when the
        // Rust struct does not.
        let address = owned.as_c().name;
        let moved: Box<OwnedCStruct> = Box::new(owned);
        let expected = rust.clone();
        drop(rust);
        assert_eq!(moved.as_c().name, address);
        assert_eq!(moved.name().to_bytes(), expected.name.as_bytes());
        // SAFETY: `moved` keeps the name.
        let back = unsafe { c_to_rust_struct(moved.as_c()) };
        assert_eq!(back, Ok(expected));
    }
}

#[test]
fn a_name_that_is_none_for_the_other_side_is_an_error() {
    let _alone = alone();
    let inner = InvalidInput(InputError::InnerNul { offset: 1 });
    let bad = record(1, "a\0b", 1);
    assert_eq!(rust_to_c_struct(&bad).err(), Some(inner.clone()));
    assert_eq!(Record::new(&bad).err(), Some(inner.clone()));
    let totalled = records_total(&[record(1, "a", 1), bad], None);
    assert_eq!(totalled, Err(inner));
    for (name, error) in [
        (null(), InputError::Null),
        (c"ab\xff".as_ptr(), InputError::NotUtf8 { offset: 2 }),
    ] {
        let c = CStruct {
            id: 1,
            name,
            value: 2,
        };
        // SAFETY: the name is NULL or NUL-terminated.
        assert_eq!(unsafe { c_to_rust_struct(&c) }, Err(InvalidInput(error)));
    }
}

#[test]
fn a_record_is_one_block_and_is_freed_when_dropped() {
    let alone = alone();
    let rust = record(7, "seven", 49);
    let first = Record::new(&rust).expect("there is memory");
    let copy = first.try_clone().expect("there is memory");
    let bytes = size_of::<CStruct>() + "seven\0".len();
    assert_eq!(alone.owed(), [0, 2, 2 * bytes]);
    assert_ne!(first.as_c().name, copy.as_c().name);
    drop(first);
    assert_eq!(alone.owed(), [0, 1, bytes]);
    assert_eq!((copy.as_c().id, copy.as_c().value), (7, 49));
    assert_eq!(copy.to_rust_struct(), Ok(rust));
}

#[test]
fn a_record_is_handed_over_both_ways() {
    let alone = alone();
    let raw = Record::new(&record(3, "three", 9))
        .expect("there is memory")
        .into_raw();
    assert_eq!(alone.owed()[1], 1, "C owns it now");
    // SAFETY: it is live, and from now on ours alone.
    let again = unsafe { Record::from_raw(raw) };
    assert_eq!(again.to_rust_struct(), Ok(record(3, "three", 9)));
    let raw = again.into_raw();
    tally_free(raw.as_ptr().cast());
    assert_eq!(tally_last_status(), TALLY_WRONG_KIND);
    tally_record_free(raw.as_ptr());
    assert_eq!(alone.owed(), [0, 0, 0]);
}

#[test]
fn a_record_of_c_may_have_no_name() {
    let _alone = alone();
    let mut raw = null_mut();
    // SAFETY: the name may be NULL; `raw` is ours.
    let status = unsafe { tally_record_new(1, null(), 2, &raw mut raw) };
    assert_eq!(status, TALLY_OK);
    let raw = NonNull::new(raw).expect("it succeeded");
    // SAFETY: it is live, and from now on ours alone.
    let nameless = unsafe { Record::from_raw(raw) };
    let copy = nameless.try_clone().expect("there is memory");
    let no_name = Err(InvalidInput(InputError::Null));
    assert_eq!(nameless.to_rust_struct(), no_name);
    assert_eq!(copy.to_rust_struct(), no_name);
}

#[test]
fn records_cross_threads() {
    let alone = alone();
    let made = std::thread::spawn(|| Record::new(&record(1, "there", 2)));
    let made = made.join().expect("the thread ends well");
    let made = made.expect("there is memory");
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| assert_eq!(made.to_rust_struct(), Ok(record(1, "there", 2))));
        }
    });
    std::thread::spawn(move || drop(made))
        .join()
        .expect("the thread ends well");
    assert_eq!(alone.owed(), [0, 0, 0]);
}

#[test]
fn records_are_totalled_by_name() {
    let records = [
        record(1, "a", i32::MAX),
        record(2, "b", -3),
        record(3, "a", i32::MAX),
        record(4, "", 100),
        record(5, "ab", 1000),
    ];
    let twice = 2 * i64::from(i32::MAX);
    assert_eq!(records_total(&records, Some("a")), Ok(twice));
    assert_eq!(records_total(&records, Some("b")), Ok(-3));
    assert_eq!(records_total(&records, Some("")), Ok(100));
    assert_eq!(records_total(&records, Some("c")), Ok(0));
    assert_eq!(records_total(&records, None), Ok(twice - 3 + 1100));
    assert_eq!(records_total(&[], None), Ok(0));
}
