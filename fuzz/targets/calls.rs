//! A sequence of calls with handles, blocks, callbacks and threads. The bytes are the calls,
//! one after the other, each followed by its arguments.
//!
//! A model knows what is live. Each call must have the status that follows from that: of
//! what is stale, of another kind, changed in a bit, or was never a handle; what is refused
//! changes nothing. In the end all is given back, and the counts are what they were.

use std::ffi::c_void;
use std::ptr::null_mut;

use tally::api::accumulator::tally_accumulator;
use tally::api::arrays::*;
use tally::api::columns::tally_check_length;
use tally::api::errors::tally_last_status;
use tally::api::handles::*;
use tally::api::memory::*;
use tally::api::objects::*;
use tally::api::records::*;
use tally::api::shared::*;
use tally::boundary::status::tally_status::{self, *};

use crate::answers::checked;
use crate::input::Input;
use crate::passing::call;
use crate::support::oracle::Oracle;

use crate::callbacks::{callbacks, pull};
use crate::model::{Kind, Model, Of, THINGS, live, of_type, releasing};

/// Calls of one input: few enough that each freed block is remembered.
const CALLS: usize = 60;

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
            _ => self.nothing(input),
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
        let status = match input.flag() {
            // SAFETY: one value.
            true => checked(unsafe { tally_shared_add_f64(shared, &value, 1) }),
            false => {
                let from = tally_accumulator {
                    opaque: Oracle::of(&[value]).words(),
                };
                checked(call!(tally_shared_merge(shared, &from)))
            }
        };
        assert_eq!(status, expected);
        if expected == TALLY_OK {
            self.things[index].values.push(value.to_bits());
        }
        self.check_shared(index, expected);
    }

    fn check_shared(&self, index: usize, expected: tally_status) {
        let thing = &self.things[index];
        let mut snapshot = tally_accumulator { opaque: [77; 40] };
        let shared: *mut tally_shared = thing.value.cast();
        let status = checked(call!(tally_shared_snapshot(shared, &mut snapshot)));
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

    fn view(&mut self, input: &mut Input<'_>) {
        let Some(index) = self.any(input) else {
            return;
        };
        if self.things.len() >= THINGS {
            return;
        }
        let of = input.pick(&Of::ALL);
        let mut expected = self.status(index, Kind::Array);
        if expected == TALLY_OK && of != self.things[index].of {
            expected = TALLY_WRONG_KIND;
        }
        let array: *mut tally_array = self.things[index].value.cast();
        let (mut values, mut count, mut view) = (std::ptr::dangling::<u64>(), 7777, null_mut());
        let at: *mut *const u64 = &raw mut values;
        // SAFETY: places for results.
        let status = unsafe {
            of_type!(of, [tally_array_view_f64 tally_array_view_f32 tally_array_view_i32
                tally_array_view_i64 tally_array_view_u64]
                (array, at.cast(), &mut count, &mut view))
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
            // SAFETY: the view has `count` elements of this type, and is open.
            let found = unsafe {
                match of.size() {
                    4 => values.cast::<u32>().add(place).read_unaligned().into(),
                    _ => values.add(place).read_unaligned(),
                }
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
        // SAFETY: any value may be given for a handle; the others are references.
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

    /// NULL is refused, except by what releases; and lengths that differ are.
    fn nothing(&self, input: &mut Input<'_>) {
        assert_eq!(checked(tally_ref(null_mut())), TALLY_NULL);
        assert_eq!(releasing(|| _ = tally_unref(null_mut())), TALLY_OK);
        assert_eq!(releasing(|| tally_free(null_mut())), TALLY_OK);
        assert_eq!(releasing(|| tally_record_free(null_mut())), TALLY_OK);
        assert_eq!(tally_object_value(null_mut()), 0);
        assert_eq!(checked(tally_last_status()), TALLY_NULL);
        let lengths = [input.below(3), input.below(3)];
        let wanted = if lengths[0] == lengths[1] {
            TALLY_OK
        } else {
            TALLY_INVALID
        };
        // SAFETY: a name that ends in a NUL.
        let status = unsafe { tally_check_length(c"rows".as_ptr(), lengths[0], lengths[1]) };
        assert_eq!(checked(status), wanted);
    }

    /// Threads that use one handle at once, each with references of its own.
    fn threads(&mut self, input: &mut Input<'_>) {
        // They are slow.
        if !input.byte().is_multiple_of(8) {
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
}
