//! What is live, and what calls that make and release must do to it.

use std::ffi::{c_char, c_void};
use std::ptr::null_mut;

use tally::api::accumulator::tally_accumulator;
use tally::api::arrays::*;
use tally::api::errors::{tally_clear_error, tally_last_status};
use tally::api::handles::*;
use tally::api::memory::*;
use tally::api::objects::*;
use tally::api::records::*;
use tally::api::shared::*;
use tally::boundary::status::tally_status::{self, *};

use crate::answers::checked;
use crate::input::Input;
use crate::passing::call;
use crate::place::text_at;

/// Things that one input may make.
pub(crate) const THINGS: usize = 24;

pub(crate) fn live() -> [usize; 3] {
    let mut counts = [7777; 3];
    let [handles, blocks, bytes] = &mut counts;
    assert_eq!(checked(call!(tally_live(handles, blocks, bytes))), TALLY_OK);
    counts
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Object,
    Shared,
    Array,
    View,
    Block,
    Record,
}

impl Kind {
    pub(crate) fn is_handle(self) -> bool {
        !matches!(self, Kind::Block | Kind::Record)
    }
}

/// The element types of arrays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Of {
    F64,
    F32,
    I32,
    I64,
    U64,
}

impl Of {
    pub(crate) const ALL: [Of; 5] = [Of::F64, Of::F32, Of::I32, Of::I64, Of::U64];

    /// Bytes of an element.
    pub(crate) fn size(self) -> usize {
        match self {
            Of::F32 | Of::I32 => 4,
            Of::F64 | Of::I64 | Of::U64 => 8,
        }
    }
}

/// Calls the function of a type; they stand in the order of [`Of::ALL`].
macro_rules! of_type {
    ($of:expr, [$f64:ident $f32:ident $i32:ident $i64:ident $u64:ident] $arguments:tt) => {
        match $of {
            Of::F64 => $f64 $arguments,
            Of::F32 => $f32 $arguments,
            Of::I32 => $i32 $arguments,
            Of::I64 => $i64 $arguments,
            Of::U64 => $u64 $arguments,
        }
    };
}

pub(crate) use of_type;

/// What a call once gave.
pub(crate) struct Thing {
    pub(crate) kind: Kind,
    pub(crate) value: *mut c_void,
    /// None: it is stale.
    pub(crate) references: u32,
    pub(crate) number: i32,
    pub(crate) of: Of,
    /// Its elements, bit by bit; of a shared accumulator, what was added.
    pub(crate) values: Vec<u64>,
    pub(crate) size: usize,
    /// The memory that an array has borrowed, and how often it was given back.
    pub(crate) borrowed: Option<Box<Borrowed>>,
    /// Of an array: open views, and whether it has gone.
    pub(crate) views: u32,
    /// Of a view: its array.
    pub(crate) array: usize,
}

pub(crate) struct Borrowed {
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
pub(crate) struct Model {
    pub(crate) things: Vec<Thing>,
}

/// Calls one that releases: it has no success to tell, and leaves the record alone then.
pub(crate) fn releasing(call: impl FnOnce()) -> tally_status {
    tally_clear_error();
    call();
    let status = tally_last_status();
    match status {
        TALLY_OK => status,
        failure => checked(failure),
    }
}

impl Model {
    pub(crate) fn any(&self, input: &mut Input<'_>) -> Option<usize> {
        match self.things.len() {
            0 => None,
            count => Some(input.below(count)),
        }
    }

    pub(crate) fn add(&mut self, kind: Kind, value: *mut c_void) -> &mut Thing {
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
    pub(crate) fn status(&self, index: usize, wanted: Kind) -> tally_status {
        let thing = &self.things[index];
        match thing.references {
            0 => TALLY_STALE,
            _ if thing.kind == wanted => TALLY_OK,
            _ => TALLY_WRONG_KIND,
        }
    }

    /// The same where any handle will do.
    pub(crate) fn status_of_handle(&self, index: usize) -> tally_status {
        match self.things[index].kind.is_handle() {
            true => self.status(index, self.things[index].kind),
            false => self.status(index, Kind::Object),
        }
    }

    pub(crate) fn make(&mut self, input: &mut Input<'_>) {
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
                // SAFETY: the name ends in a NUL, and there is a place for the record.
                let status = checked(unsafe { tally_record_new(7, name_at, number, &mut record) });
                if std::str::from_utf8(&name[..end]).is_err() {
                    assert_eq!((status, record), (TALLY_ENCODING, null_mut()));
                    return;
                }
                assert_eq!(status, TALLY_OK);
                let mut total = 7777;
                // SAFETY: one record, and the same name.
                let status =
                    checked(unsafe { tally_records_total(record, 1, name_at, &mut total) });
                assert_eq!((status, total), (TALLY_OK, i64::from(number)));
                self.add(Kind::Record, record.cast());
                if input.flag() && self.things.len() < THINGS {
                    self.copy_record(record);
                }
            }
        }
    }

    /// A record with a copy of the name.
    fn copy_record(&mut self, record: *mut tally_record) {
        let mut copy = null_mut();
        // SAFETY: a record that lives, and a place for another.
        let status = checked(unsafe { tally_record_copy(record, &mut copy) });
        assert_eq!(status, TALLY_OK);
        // SAFETY: both live, and their names end in a NUL.
        let (from, to) = unsafe { (&*record, &*copy) };
        assert_eq!((from.id, from.value), (to.id, to.value));
        assert_ne!(from.name, to.name);
        assert_eq!(text_at(from.name), text_at(to.name));
        self.add(Kind::Record, copy.cast());
    }

    pub(crate) fn make_array(&mut self, input: &mut Input<'_>, borrows: bool) {
        let of = input.pick(&Of::ALL);
        let count = input.below(12);
        let size = of.size();
        let values: Vec<u64> = (0..count)
            .map(|_| input.word() & u64::MAX >> (64 - 8 * size))
            .collect();
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
            match borrows {
                false => of_type!(of, [tally_array_new_f64 tally_array_new_f32
                    tally_array_new_i32 tally_array_new_i64 tally_array_new_u64]
                    (at.cast(), count, &mut array)),
                true => of_type!(of, [tally_array_borrow_f64 tally_array_borrow_f32
                    tally_array_borrow_i32 tally_array_borrow_i64 tally_array_borrow_u64]
                    (at.cast(), count, Some(give_back), data, &mut array)),
            }
        };
        assert_eq!(checked(status), TALLY_OK);
        let thing = self.add(Kind::Array, array.cast());
        (thing.of, thing.values, thing.size) = (of, values, if borrows { 0 } else { bytes.len() });
        thing.borrowed = borrows.then_some(borrowed);
    }

    pub(crate) fn reference(&mut self, input: &mut Input<'_>) {
        let Some(index) = self.any(input) else {
            return;
        };
        let expected = self.status_of_handle(index);
        assert_eq!(checked(tally_ref(self.things[index].value)), expected);
        if expected == TALLY_OK {
            self.things[index].references += 1;
        }
    }

    pub(crate) fn unreference(&mut self, input: &mut Input<'_>) {
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
    pub(crate) fn released(&mut self, index: usize) {
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

    pub(crate) fn close_view(&mut self, input: &mut Input<'_>) {
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

    pub(crate) fn free(&mut self, input: &mut Input<'_>) {
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

    pub(crate) fn free_record(&mut self, input: &mut Input<'_>) {
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

    pub(crate) fn live(&self) -> [usize; 3] {
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

    pub(crate) fn release_all(&mut self) {
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
