//! A sequence of calls with handles, blocks, callbacks and threads. The bytes are the calls,
//! one after the other, each followed by its arguments.
//!
//! A model knows what is live. Each call must have the status that follows from that: of
//! what is stale, of another kind, changed in a bit, or was never a handle; what is refused
//! changes nothing. In the end all is given back, and the counts are what they were.

use std::ffi::{c_char, c_int, c_void};
use std::ptr::null_mut;

use tally::api::accumulator::tally_accumulator;
use tally::api::arrays::*;
use tally::api::callbacks::*;
use tally::api::errors::{tally_clear_error, tally_last_status};
use tally::api::handles::*;
use tally::api::memory::*;
use tally::api::objects::*;
use tally::api::records::*;
use tally::api::shared::*;
use tally::boundary::status::tally_status::{self, *};

use crate::answers::{checked, expect_f64, expect_integer};
use crate::input::Input;
use crate::support::oracle::Oracle;

/// Calls of one input: few enough that each freed block is remembered.
const CALLS: usize = 60;

/// Things that one input may make.
const THINGS: usize = 24;

pub(crate) fn run(data: &[u8]) {
    let mut input = Input(data);
    let mut model = Model::default();
    let before = live();
    for _ in 0..CALLS {
        if input.is_empty() {
            break;
        }
        model.call(&mut input);
        let expected = model.live();
        let [handles, blocks, bytes] = live();
        assert_eq!(
            [handles - before[0], blocks - before[1]],
            [expected[0], expected[1]]
        );
        if !model
            .things
            .iter()
            .any(|thing| thing.kind == Kind::Record && thing.references > 0)
        {
            assert_eq!(bytes - before[2], expected[2]);
        }
    }
    model.release_all();
    assert_eq!(live(), before, "what was given back is gone");
}

fn live() -> [usize; 3] {
    let mut counts = [7777; 3];
    let [handles, blocks, bytes] = &mut counts;
    // SAFETY: three places for numbers.
    assert_eq!(
        checked(unsafe { tally_live(handles, blocks, bytes) }),
        TALLY_OK
    );
    counts
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Object,
    Shared,
    Array,
    View,
    Block,
    Record,
}

impl Kind {
    fn is_handle(self) -> bool {
        !matches!(self, Kind::Block | Kind::Record)
    }
}

/// The element types of arrays.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Of {
    F64,
    I32,
    U64,
}

/// What a call once gave.
struct Thing {
    kind: Kind,
    value: *mut c_void,
    /// None: it is stale.
    references: u32,
    number: i32,
    of: Of,
    /// Its elements, bit by bit; of a shared accumulator, what was added.
    values: Vec<u64>,
    size: usize,
    /// The memory that an array has borrowed, and how often it was given back.
    borrowed: Option<Box<Borrowed>>,
    /// Of an array: open views, and whether it has gone.
    views: u32,
    /// Of a view: its array.
    array: usize,
}

struct Borrowed {
    memory: Box<[u64]>,
    count: usize,
    given_back: u32,
}

unsafe extern "C-unwind" fn give_back(values: *const c_void, count: usize, user_data: *mut c_void) {
    // SAFETY: it is what was given along.
    let borrowed = unsafe { &mut *user_data.cast::<Borrowed>() };
    assert_eq!(values.cast(), borrowed.memory.as_ptr());
    assert_eq!(count, borrowed.count);
    borrowed.given_back += 1;
    // It may call the library.
    let _ = live();
}

#[derive(Default)]
struct Model {
    things: Vec<Thing>,
}

/// Calls one that releases: it has no success to tell, and leaves the record alone then.
fn releasing(call: impl FnOnce()) -> tally_status {
    tally_clear_error();
    call();
    let status = tally_last_status();
    match status {
        TALLY_OK => status,
        failure => checked(failure),
    }
}

impl Model {
    fn call(&mut self, input: &mut Input<'_>) {
        match input.below(16) {
            0 | 1 if self.things.len() < THINGS => self.make(input),
            2 => self.reference(input),
            3 => self.unreference(input),
            4 => self.close_view(input),
            5 => self.free(input),
            6 => self.free_record(input),
            7 => self.object(input),
            8 => self.shared(input),
            9 => self.array(input),
            10 => self.view(input),
            11 => self.foreign(input),
            12 => callbacks(input),
            13 => pull(input),
            14 => self.threads(input),
            _ => self.nothing(),
        }
    }

    fn any(&self, input: &mut Input<'_>) -> Option<usize> {
        match self.things.len() {
            0 => None,
            count => Some(input.below(count)),
        }
    }

    fn add(&mut self, kind: Kind, value: *mut c_void) -> &mut Thing {
        assert!(!value.is_null());
        for other in &self.things {
            let reused = other.value == value && (kind.is_handle() || other.kind == kind);
            assert!(!reused, "{value:?} was given out before");
        }
        self.things.push(Thing {
            kind,
            value,
            references: 1,
            number: 0,
            of: Of::F64,
            values: Vec::new(),
            size: 0,
            borrowed: None,
            views: 0,
            array: 0,
        });
        self.things.last_mut().expect("pushed")
    }

    /// What a function of this kind of thing must return.
    fn status(&self, index: usize, wanted: Kind) -> tally_status {
        let thing = &self.things[index];
        match thing.references {
            0 => TALLY_STALE,
            _ if thing.kind == wanted => TALLY_OK,
            _ => TALLY_WRONG_KIND,
        }
    }

    /// The same where any handle will do.
    fn status_of_handle(&self, index: usize) -> tally_status {
        match self.things[index].kind.is_handle() {
            true => self.status(index, self.things[index].kind),
            false => self.status(index, Kind::Object),
        }
    }

    fn make(&mut self, input: &mut Input<'_>) {
        match input.below(6) {
            0 => {
                self.add(Kind::Object, tally_object_new());
            }
            1 => {
                let mut shared = null_mut();
                // SAFETY: a place for a handle, here and below.
                assert_eq!(checked(unsafe { tally_shared_new(&mut shared) }), TALLY_OK);
                self.add(Kind::Shared, shared.cast());
            }
            2 => self.make_array(input, false),
            3 => self.make_array(input, true),
            4 => {
                let size = input.pick(&[0, 1, 63, 64, 1000, 1024, 1025, 5000]);
                let block = tally_alloc(size);
                assert_eq!(block.addr() % 64, 0);
                // SAFETY: as many bytes as were asked for.
                let bytes = unsafe { std::slice::from_raw_parts_mut(block.cast::<u8>(), size) };
                assert!(bytes.iter().all(|&byte| byte == 0), "a block is zero");
                bytes.fill(0x5a);
                self.add(Kind::Block, block).size = size;
            }
            _ => {
                let (mut record, number) = (null_mut(), i32::from(input.byte()));
                let mut name = input.bytes(5).to_vec();
                name.push(0);
                let end = name.iter().position(|&byte| byte == 0).expect("the last");
                let name_at = name.as_ptr().cast::<c_char>();
                let status = checked(unsafe { tally_record_new(7, name_at, number, &mut record) });
                if std::str::from_utf8(&name[..end]).is_err() {
                    assert_eq!((status, record), (TALLY_ENCODING, null_mut()));
                    return;
                }
                assert_eq!(status, TALLY_OK);
                let mut total = 7777;
                let status =
                    checked(unsafe { tally_records_total(record, 1, name_at, &mut total) });
                assert_eq!((status, total), (TALLY_OK, i64::from(number)));
                self.add(Kind::Record, record.cast());
            }
        }
    }

    fn make_array(&mut self, input: &mut Input<'_>, borrows: bool) {
        let of = input.pick(&[Of::F64, Of::I32, Of::U64]);
        let count = input.below(12);
        let values: Vec<u64> = (0..count)
            .map(|_| {
                if of == Of::I32 {
                    u64::from(input.word() as u32)
                } else {
                    input.word()
                }
            })
            .collect();
        let size = if of == Of::I32 { 4 } else { 8 };
        let bytes: Vec<u8> = values
            .iter()
            .flat_map(|value| value.to_ne_bytes()[..size].to_vec())
            .collect();
        let mut memory = vec![0_u64; count.max(1)];
        // SAFETY: no more bytes than words of eight.
        unsafe {
            memory
                .as_mut_ptr()
                .cast::<u8>()
                .copy_from(bytes.as_ptr(), bytes.len())
        };
        let mut borrowed = Box::new(Borrowed {
            memory: memory.into(),
            count,
            given_back: 0,
        });
        let at: *const u64 = borrowed.memory.as_ptr();
        let data: *mut c_void = (&raw mut *borrowed).cast();
        let mut array = null_mut();
        // SAFETY: the values are there, and stay as long as they are borrowed.
        let status = unsafe {
            match (of, borrows) {
                (Of::F64, false) => tally_array_new_f64(at.cast(), count, &mut array),
                (Of::I32, false) => tally_array_new_i32(at.cast(), count, &mut array),
                (Of::U64, false) => tally_array_new_u64(at, count, &mut array),
                (Of::F64, true) => {
                    tally_array_borrow_f64(at.cast(), count, Some(give_back), data, &mut array)
                }
                (Of::I32, true) => {
                    tally_array_borrow_i32(at.cast(), count, Some(give_back), data, &mut array)
                }
                (Of::U64, true) => {
                    tally_array_borrow_u64(at, count, Some(give_back), data, &mut array)
                }
            }
        };
        assert_eq!(checked(status), TALLY_OK);
        let thing = self.add(Kind::Array, array.cast());
        (thing.of, thing.values, thing.size) = (of, values, if borrows { 0 } else { bytes.len() });
        thing.borrowed = borrows.then_some(borrowed);
    }

    fn reference(&mut self, input: &mut Input<'_>) {
        let Some(index) = self.any(input) else {
            return;
        };
        let expected = self.status_of_handle(index);
        assert_eq!(checked(tally_ref(self.things[index].value)), expected);
        if expected == TALLY_OK {
            self.things[index].references += 1;
        }
    }

    fn unreference(&mut self, input: &mut Input<'_>) {
        let Some(index) = self.any(input) else {
            return;
        };
        let expected = self.status_of_handle(index);
        let mut returned = TALLY_OK;
        let status = releasing(|| returned = tally_unref(self.things[index].value));
        assert_eq!((status, returned), (expected, expected));
        if expected == TALLY_OK {
            self.released(index);
        }
    }

    /// One reference less, and what follows from that.
    fn released(&mut self, index: usize) {
        self.things[index].references -= 1;
        if self.things[index].references == 0 && self.things[index].kind == Kind::View {
            let array = self.things[index].array;
            self.things[array].views -= 1;
        }
        for thing in &self.things {
            if let Some(borrowed) = &thing.borrowed {
                let gone = thing.references == 0 && thing.views == 0;
                assert_eq!(
                    borrowed.given_back,
                    u32::from(gone),
                    "given back once, at the end"
                );
            }
        }
    }

    fn close_view(&mut self, input: &mut Input<'_>) {
        let Some(index) = self.any(input) else {
            return;
        };
        let expected = self.status(index, Kind::View);
        let mut returned = TALLY_OK;
        let view = self.things[index].value.cast();
        let status = releasing(|| returned = tally_array_release_view(view));
        assert_eq!((status, returned), (expected, expected));
        if expected == TALLY_OK {
            self.released(index);
        }
    }

    fn free(&mut self, input: &mut Input<'_>) {
        let Some(index) = self.any(input) else {
            return;
        };
        let expected = self.status(index, Kind::Block);
        let pointer = self.things[index].value;
        assert_eq!(releasing(|| tally_free(pointer)), expected);
        if expected == TALLY_OK {
            self.things[index].references = 0;
        }
    }

    fn free_record(&mut self, input: &mut Input<'_>) {
        let Some(index) = self.any(input) else {
            return;
        };
        let expected = self.status(index, Kind::Record);
        let pointer = self.things[index].value.cast();
        assert_eq!(releasing(|| tally_record_free(pointer)), expected);
        if expected == TALLY_OK {
            self.things[index].references = 0;
        }
    }

    fn object(&mut self, input: &mut Input<'_>) {
        let Some(index) = self.any(input) else {
            return;
        };
        let expected = self.status(index, Kind::Object);
        let object = self.things[index].value;
        let value = tally_object_value(object);
        assert_eq!(checked(tally_last_status()), expected);
        assert_eq!(
            value,
            if expected == TALLY_OK {
                self.things[index].number
            } else {
                0
            }
        );
        let next = input.word() as i32;
        assert_eq!(checked(tally_object_set_value(object, next)), expected);
        self.things[index].number = next;
    }

    fn shared(&mut self, input: &mut Input<'_>) {
        let Some(index) = self.any(input) else {
            return;
        };
        let expected = self.status(index, Kind::Shared);
        let shared: *mut tally_shared = self.things[index].value.cast();
        let value = f64::from_bits(input.word());
        // SAFETY: one value, and a place for a state.
        let status = checked(unsafe { tally_shared_add_f64(shared, &value, 1) });
        assert_eq!(status, expected);
        if expected == TALLY_OK {
            self.things[index].values.push(value.to_bits());
        }
        self.check_shared(index, expected);
    }

    fn check_shared(&self, index: usize, expected: tally_status) {
        let thing = &self.things[index];
        let mut snapshot = tally_accumulator { opaque: [77; 40] };
        // SAFETY: a place for a state.
        let status = checked(unsafe { tally_shared_snapshot(thing.value.cast(), &mut snapshot) });
        assert_eq!(status, expected);
        let values: Vec<f64> = thing
            .values
            .iter()
            .map(|&bits| f64::from_bits(bits))
            .collect();
        let wanted = if status == TALLY_OK {
            Oracle::of(&values).words()
        } else {
            [77; 40]
        };
        assert_eq!(snapshot.opaque, wanted);
    }

    fn array(&mut self, input: &mut Input<'_>) {
        let Some(index) = self.any(input) else {
            return;
        };
        let thing = &self.things[index];
        let array: *mut tally_array = thing.value.cast();
        let expected = self.status(index, Kind::Array);
        let of_type = |of: Of| match expected {
            TALLY_OK if thing.of != of => TALLY_WRONG_KIND,
            expected => expected,
        };
        let answer = |status: tally_status, value: usize| match status {
            TALLY_OK => Ok(value),
            status => Err(status),
        };
        // SAFETY: places for results, here and below.
        expect_integer(answer(expected, thing.values.len()), 77, |to| unsafe {
            tally_array_length(array, to)
        });
        let place = input.below(14);
        let element = |of: Of| match (of_type(of), thing.values.get(place)) {
            (TALLY_OK, Some(&value)) => Ok(value),
            (TALLY_OK, None) => Err(TALLY_INVALID),
            (status, _) => Err(status),
        };
        expect_integer(element(Of::F64), 77, |to| unsafe {
            tally_array_get_f64(array, place, to.cast())
        });
        expect_integer(element(Of::U64), 77, |to| unsafe {
            tally_array_get_u64(array, place, to)
        });
        expect_integer(
            element(Of::I32).map(|value| value as i32),
            77,
            |to| unsafe { tally_array_get_i32(array, place, to) },
        );
        let sum = thing
            .values
            .iter()
            .map(|&value| i64::from(value as i32))
            .sum();
        let sum = match of_type(Of::I32) {
            TALLY_OK => Ok(sum),
            status => Err(status),
        };
        expect_integer(sum, 77, |to| unsafe { tally_array_sum_i32(array, to) });
        if of_type(Of::F64) == TALLY_OK {
            let values: Vec<f64> = thing
                .values
                .iter()
                .map(|&bits| f64::from_bits(bits))
                .collect();
            let oracle = Oracle::of(&values);
            let negative = oracle.is_negative();
            let sum = oracle
                .value_f64()
                .ok_or(tally_core::ValueError::Overflow { negative });
            expect_f64(sum, |to| unsafe { tally_array_sum_f64(array, to) });
        }
    }

    fn view(&mut self, input: &mut Input<'_>) {
        let Some(index) = self.any(input) else {
            return;
        };
        if self.things.len() >= THINGS {
            return;
        }
        let of = input.pick(&[Of::F64, Of::I32, Of::U64]);
        let mut expected = self.status(index, Kind::Array);
        if expected == TALLY_OK && of != self.things[index].of {
            expected = TALLY_WRONG_KIND;
        }
        let array: *mut tally_array = self.things[index].value.cast();
        let (mut values, mut count, mut view) = (std::ptr::dangling::<u64>(), 7777, null_mut());
        let at = (&raw mut values).cast();
        // SAFETY: places for results.
        let status = unsafe {
            match of {
                Of::F64 => tally_array_view_f64(array, at, &mut count, &mut view),
                Of::I32 => tally_array_view_i32(array, at.cast(), &mut count, &mut view),
                Of::U64 => tally_array_view_u64(array, at.cast(), &mut count, &mut view),
            }
        };
        assert_eq!(checked(status), expected);
        if expected != TALLY_OK {
            assert_eq!((count, view), (7777, null_mut()));
            return;
        }
        self.add(Kind::View, view.cast()).array = index;
        let thing = &mut self.things[index];
        thing.views += 1;
        assert_eq!(count, thing.values.len());
        for (place, &value) in thing.values.iter().enumerate() {
            // SAFETY: as many elements as there are.
            let found = match of {
                Of::I32 => u64::from(unsafe { values.cast::<u32>().add(place).read_unaligned() }),
                _ => unsafe { values.add(place).read_unaligned() },
            };
            assert_eq!(found, value);
        }
    }

    /// A value that is no handle: one with a bit changed, or one that never was.
    fn foreign(&mut self, input: &mut Input<'_>) {
        let place = self.any(input);
        let flipped = |value: *mut c_void, bit: usize| value.map_addr(|address| address ^ 1 << bit);
        let value = match place {
            Some(index) if self.things[index].kind.is_handle() => {
                flipped(self.things[index].value, input.below(64))
            }
            // Other bits of a block may lead to another block.
            Some(index) if input.flag() => flipped(self.things[index].value, input.below(6)),
            _ => {
                // Of no kind that there is.
                let word = input.word() as usize & !(0xff << 56);
                std::ptr::without_provenance_mut(word)
            }
        };
        if value.is_null() || self.things.iter().any(|thing| thing.value == value) {
            return;
        }
        // SAFETY: no result is written.
        let (mut number, mut view) = (77_usize, null_mut());
        assert_eq!(checked(tally_ref(value)), TALLY_BAD_HANDLE);
        assert_eq!(releasing(|| _ = tally_unref(value)), TALLY_BAD_HANDLE);
        assert_eq!(
            releasing(|| _ = tally_array_release_view(value.cast())),
            TALLY_BAD_HANDLE
        );
        assert_eq!(releasing(|| tally_free(value)), TALLY_BAD_HANDLE);
        assert_eq!(
            releasing(|| tally_record_free(value.cast())),
            TALLY_BAD_HANDLE
        );
        assert_eq!(tally_object_value(value), 0);
        assert_eq!(checked(tally_last_status()), TALLY_BAD_HANDLE);
        let mut values = std::ptr::null();
        let statuses = unsafe {
            [
                tally_array_length(value.cast(), &mut number),
                tally_array_view_f64(value.cast(), &mut values, &mut number, &mut view),
                tally_shared_add_f64(value.cast(), &1.0, 1),
            ]
        };
        assert_eq!(statuses, [TALLY_BAD_HANDLE; 3]);
        assert_eq!(number, 77);
    }

    /// NULL is refused, except by what releases.
    fn nothing(&self) {
        assert_eq!(checked(tally_ref(null_mut())), TALLY_NULL);
        assert_eq!(releasing(|| _ = tally_unref(null_mut())), TALLY_OK);
        assert_eq!(releasing(|| tally_free(null_mut())), TALLY_OK);
        assert_eq!(releasing(|| tally_record_free(null_mut())), TALLY_OK);
        assert_eq!(tally_object_value(null_mut()), 0);
        assert_eq!(checked(tally_last_status()), TALLY_NULL);
    }

    /// Threads that use one handle at once, each with references of its own.
    fn threads(&mut self, input: &mut Input<'_>) {
        // They are slow.
        if input.byte() % 8 > 0 {
            return;
        }
        let live = self
            .things
            .iter()
            .position(|thing| thing.kind == Kind::Shared && thing.references > 0);
        let (Some(index), value) = (live, f64::from_bits(input.word())) else {
            return;
        };
        let address = self.things[index].value.expose_provenance();
        let work = move || {
            let shared: *mut c_void = std::ptr::with_exposed_provenance_mut(address);
            for _ in 0..5 {
                assert_eq!(checked(tally_ref(shared)), TALLY_OK);
                // SAFETY: one value.
                let status = checked(unsafe { tally_shared_add_f64(shared.cast(), &value, 1) });
                assert_eq!(status, TALLY_OK);
                assert_eq!(tally_unref(shared), TALLY_OK);
                let object = tally_object_new();
                assert_eq!(tally_unref(object), TALLY_OK);
                assert_eq!(checked(tally_ref(object)), TALLY_STALE);
                let block = tally_alloc(40);
                tally_free(block);
            }
        };
        let threads = [std::thread::spawn(work), std::thread::spawn(work)];
        for thread in threads {
            thread.join().expect("no panic");
        }
        let thing = &mut self.things[index];
        thing.values.extend([value.to_bits(); 10]);
        self.check_shared(index, TALLY_OK);
    }

    fn live(&self) -> [usize; 3] {
        let mut counts = [0; 3];
        for thing in &self.things {
            let is_live = thing.references > 0;
            counts[usize::from(!thing.kind.is_handle())] += usize::from(is_live);
            counts[2] += match thing.kind {
                Kind::Shared if is_live => size_of::<tally_accumulator>(),
                Kind::Array if is_live || thing.views > 0 => thing.size,
                Kind::Block if is_live => thing.size,
                _ => 0,
            };
        }
        counts
    }

    fn release_all(&mut self) {
        for index in 0..self.things.len() {
            while self.things[index].references > 0 {
                let value = self.things[index].value;
                match self.things[index].kind {
                    Kind::Block => assert_eq!(releasing(|| tally_free(value)), TALLY_OK),
                    Kind::Record => {
                        assert_eq!(releasing(|| tally_record_free(value.cast())), TALLY_OK)
                    }
                    _ => assert_eq!(tally_unref(value), TALLY_OK),
                }
                self.released(index);
            }
        }
    }
}

/// What a callback is to do.
struct Plan {
    calls: usize,
    fails_at: usize,
    object: *mut c_void,
}

unsafe extern "C-unwind" fn each(
    element: *const c_void,
    result: *mut c_int,
    user_data: *mut c_void,
) -> c_int {
    // SAFETY: what was given along; each element is one that was given.
    let plan = unsafe { &mut *user_data.cast::<Plan>() };
    if plan.calls == plan.fails_at {
        return 7;
    }
    plan.calls += 1;
    assert_eq!(tally_object_value(plan.object), 5);
    // SAFETY: as above.
    unsafe { *result = 3 * i32::from(*element.cast::<u8>()) };
    0
}

fn callbacks(input: &mut Input<'_>) {
    let (count, fails_at) = (input.below(20), input.below(30));
    let elements = input.bytes(count);
    let object = tally_object_new();
    assert_eq!(checked(tally_object_set_value(object, 5)), TALLY_OK);
    let mut plan = Plan {
        calls: 0,
        fails_at,
        object,
    };
    let (mut results, mut done) = (vec![-1; elements.len()], 7777);
    // SAFETY: the elements, the results and the plan live here.
    let status = checked(unsafe {
        tally_map(
            elements.as_ptr().cast(),
            elements.len(),
            1,
            Some(each),
            (&raw mut plan).cast(),
            results.as_mut_ptr(),
            &mut done,
        )
    });
    let wanted = fails_at.min(elements.len());
    assert_eq!(
        status,
        if fails_at < elements.len() {
            TALLY_CALLBACK
        } else {
            TALLY_OK
        }
    );
    assert_eq!(done, wanted);
    for (place, &result) in results.iter().enumerate() {
        let tripled = if place < wanted {
            3 * i32::from(elements[place])
        } else {
            -1
        };
        assert_eq!(result, tripled);
    }
    assert_eq!(tally_unref(object), TALLY_OK);
}

/// Values to be pulled, in pieces, and what ends them: 0, or a failure.
struct Source {
    values: Vec<f64>,
    piece: usize,
    next: usize,
    fails: Option<bool>,
}

unsafe extern "C-unwind" fn give(
    buffer: *mut f64,
    capacity: usize,
    user_data: *mut c_void,
) -> usize {
    // SAFETY: what was given along.
    let source = unsafe { &mut *user_data.cast::<Source>() };
    let count = source
        .piece
        .min(capacity)
        .min(source.values.len() - source.next);
    if count == 0 {
        return match source.fails {
            None => 0,
            Some(true) => usize::MAX,
            Some(false) => capacity + 1,
        };
    }
    // SAFETY: room for `capacity`.
    unsafe { buffer.copy_from(source.values[source.next..].as_ptr(), count) };
    source.next += count;
    count
}

fn pull(input: &mut Input<'_>) {
    let (piece, fails) = (
        1 + input.below(7),
        input.pick(&[None, None, Some(true), Some(false)]),
    );
    let values: Vec<f64> = (0..input.below(20))
        .map(|_| f64::from_bits(input.word()))
        .collect();
    let mut source = Source {
        values,
        piece,
        next: 0,
        fails,
    };
    let mut state = tally_accumulator { opaque: [0; 40] };
    // SAFETY: the state and the source live here.
    let status =
        unsafe { tally_accumulator_pull(&mut state, Some(give), (&raw mut source).cast()) };
    let (wanted, words) = match fails {
        None => (TALLY_OK, Oracle::of(&source.values).words()),
        Some(_) => (TALLY_CALLBACK, [0; 40]),
    };
    assert_eq!(checked(status), wanted);
    assert_eq!(state.opaque, words);
}
