//! Columns of Arrow, in arrays and in streams: structs in structs, every format, offsets,
//! bitmaps, names and paths. The bytes are the function, the schema, the path, the arrays, and
//! what is wrong with them.
//!
//! A plain loop reads the same memory, and big integers give each state. Where structs were
//! damaged, what is refused changes nothing. A stream's structs are released once each.

use std::cell::Cell as Counter;
use std::ffi::{c_char, c_int, c_void};
use std::mem::MaybeUninit;

use tally::api::accumulator::tally_accumulator;
use tally::api::arrow::*;
use tally::api::columns::{tally_column, tally_column_sum};
use tally::api::decimal::tally_decimal;
use tally::api::moments::tally_moments;
use tally::api::product_accumulator::tally_product_accumulator;
use tally::boundary::status::tally_status::{self, *};

use crate::answers::{checked, expect_f64};
use crate::arrow_damage::damage;
use crate::arrow_path::{find, path};
use crate::arrow_sums::Expected;
use crate::arrow_tree::{Array, Arrays, Element, Field, Filled, Schema, Schemas, Type};
use crate::cells::Cell;
use crate::facts::Facts;
use crate::input::Input;
use crate::kinds::Kind;
use crate::meaning::Meaning;
use crate::passing::Passed;
use crate::place::{Place, null};

const DEPTH: usize = 3;
const MOST_ARRAYS: usize = 3;

thread_local! {
    /// Structs that are handed out and not released.
    static HANDED: Counter<i64> = const { Counter::new(0) };
}

extern "C" fn release_schema(schema: *mut Schema) {
    HANDED.set(HANDED.get() - 1);
    // SAFETY: a struct of the harness, or the copy that the stream gave.
    unsafe { (*schema).release = None };
}

extern "C" fn release_array(array: *mut Array) {
    HANDED.set(HANDED.get() - 1);
    // SAFETY: as above.
    unsafe { (*array).release = None };
}

pub(crate) fn run(data: &[u8]) {
    let mut input = Input(data);
    let function = input.below(5);
    let is_stream = function < 4 && input.flag();
    let mut field = Field::new(&mut input, DEPTH);
    let texts = [path(&mut input, &field), path(&mut input, &field)];
    let count = if is_stream {
        input.below(MOST_ARRAYS + 1)
    } else {
        1
    };
    let mut filled: Vec<Filled> = (0..count)
        .map(|_| {
            let least = input.below(20);
            Filled::new(&mut input, &field, least)
        })
        .collect();
    let targets = texts.each_ref().map(|text| find(&field, text.as_deref()));
    let expected = Expected::new(&field, &filled, &targets);
    let mut schemas = Schemas::new(&mut field, release_schema);
    let arrays = filled.iter_mut();
    let mut arrays: Vec<_> = arrays.map(|one| Arrays::new(one, release_array)).collect();
    let is_damaged = damage(&mut input, &mut schemas, &mut arrays);
    let mut places = texts.map(|text| text.map(|text| Place::new(&[&text[..], b"\0"].concat(), 1)));
    let columns = places.each_mut().map(|place| {
        place
            .as_mut()
            .map_or(null(), |place| place.pointer::<c_char>())
            .cast_const()
    });
    let mut case = Case {
        schemas,
        arrays,
        columns,
        is_stream,
        is_damaged,
        error: if is_stream { input.below(8) } else { 7 },
        text: input.flag(),
    };
    HANDED.set(0);
    match function {
        0 => case.check::<tally_accumulator>(expected.sums(), |case, state| {
            let stream = tally_accumulator_add_arrow_stream;
            case.one(state, tally_accumulator_add_arrow, stream)
        }),
        1 => case.check::<tally_moments>(expected.moments(), |case, state| {
            case.one(
                state,
                tally_moments_add_arrow,
                tally_moments_add_arrow_stream,
            )
        }),
        2 => case.check::<tally_decimal>(expected.decimals(), |case, state| {
            case.one(
                state,
                tally_decimal_add_arrow,
                tally_decimal_add_arrow_stream,
            )
        }),
        3 => case.check::<tally_product_accumulator>(expected.products(), Case::pair),
        _ => described(&mut case, &field, &filled),
    }
    assert_eq!(HANDED.get(), 0, "not released once each");
}

/// Functions of a single column.
type Adds<K, S, A> =
    unsafe extern "C" fn(*mut K, *const S, *const A, *const c_char) -> tally_status;
type AddsStream<K, T> = unsafe extern "C-unwind" fn(*mut K, *mut T, *const c_char) -> tally_status;

/// The structs, and how they are given.
struct Case {
    schemas: Schemas,
    arrays: Vec<Arrays>,
    columns: [*const c_char; 2],
    is_stream: bool,
    is_damaged: bool,
    /// The call of the stream that fails.
    error: usize,
    text: bool,
}

/// A stream, as Arrow's specification has it, of the structs of a case.
#[repr(C)]
struct Stream {
    get_schema: Option<extern "C" fn(*mut Stream, *mut Schema) -> c_int>,
    get_next: Option<extern "C" fn(*mut Stream, *mut Array) -> c_int>,
    get_last_error: Option<extern "C" fn(*mut Stream) -> *const c_char>,
    release: Option<extern "C" fn(*mut Stream)>,
    private: *mut c_void,
    case: *const Case,
    calls: usize,
}

impl Stream {
    /// Whether this call is to succeed.
    fn goes_on(&mut self) -> bool {
        self.calls += 1;
        // SAFETY: the case lives as long as the stream.
        self.calls - 1 != unsafe { (*self.case).error }
    }
}

extern "C" fn give_schema(stream: *mut Stream, out: *mut Schema) -> c_int {
    // SAFETY: the library gives the stream that it was given, and a place for a schema.
    unsafe {
        if !(*stream).goes_on() {
            return 5;
        }
        *out = *(*(*stream).case).schemas.node;
        HANDED.set(HANDED.get() + i64::from((*out).release.is_some()));
    }
    0
}

extern "C" fn give_array(stream: *mut Stream, out: *mut Array) -> c_int {
    // SAFETY: as above.
    unsafe {
        if !(*stream).goes_on() {
            return -1;
        }
        let arrays = &(*(*stream).case).arrays;
        match arrays.get((*stream).calls - 2) {
            Some(array) => *out = *array.node,
            None => (*out).release = None,
        }
        HANDED.set(HANDED.get() + i64::from((*out).release.is_some()));
    }
    0
}

extern "C" fn tell_error(stream: *mut Stream) -> *const c_char {
    // SAFETY: as above.
    match unsafe { (*(*stream).case).text } {
        true => c"what \xff happened\n".as_ptr(),
        false => null(),
    }
}

extern "C" fn release_stream(_: *mut Stream) {
    panic!("the caller owns the stream");
}

impl Case {
    fn stream(&self) -> Stream {
        Stream {
            get_schema: Some(give_schema),
            get_next: Some(give_array),
            get_last_error: self.text.then_some(tell_error),
            release: Some(release_stream),
            private: null(),
            case: self,
            calls: 0,
        }
    }

    fn one<K, S, A, T>(
        &mut self,
        state: &mut Place,
        add: Adds<K, S, A>,
        add_stream: AddsStream<K, T>,
    ) -> tally_status
    where
        for<'a> &'a mut Place: Passed<*mut K>,
    {
        let column = self.columns[0];
        // SAFETY: the structs are as Arrow has them, or damaged so that they lead to no
        // memory but their own; the state has its size.
        unsafe {
            if self.is_stream {
                let mut stream = self.stream();
                return add_stream(state.passed(), (&raw mut stream).cast(), column);
            }
            let schema = (&raw const *self.schemas.node).cast();
            let array = (&raw const *self.arrays[0].node).cast();
            add(state.passed(), schema, array, column)
        }
    }

    fn pair(&mut self, state: &mut Place) -> tally_status {
        let [x, y] = self.columns;
        // SAFETY: as above.
        unsafe {
            let into = Passed::<*mut tally_product_accumulator>::passed(state);
            if self.is_stream {
                let mut stream = self.stream();
                let stream = (&raw mut stream).cast();
                return tally_product_accumulator_add_arrow_stream(into, stream, x, y);
            }
            let schema = (&raw const *self.schemas.node).cast();
            let array = (&raw const *self.arrays[0].node).cast();
            tally_product_accumulator_add_arrow(into, schema, array, x, y)
        }
    }

    /// The status of a call that finds what is expected, if something is.
    fn status(&self, is_found: bool) -> tally_status {
        // The schema, and an array, are asked for before the column is looked for.
        let (asked, all) = (2, self.arrays.len() + 2);
        match self.error {
            error if self.is_stream && error < asked => TALLY_CALLBACK,
            _ if !is_found => TALLY_INVALID,
            error if self.is_stream && error < all => TALLY_CALLBACK,
            _ => TALLY_OK,
        }
    }

    /// Calls a function with an empty state, which is what is expected then, or still empty.
    fn check<K: Kind>(
        &mut self,
        expected: Option<Meaning>,
        call: impl Fn(&mut Self, &mut Place) -> tally_status,
    ) {
        let mut state = Place::new(&vec![0; 8 * K::WORDS], 3);
        let status = checked(call(self, &mut state));
        if !self.is_damaged {
            assert_eq!(status, self.status(expected.is_some()), "{}", K::NAME);
        }
        match expected {
            Some(meaning) if status == TALLY_OK && !self.is_damaged => {
                assert_eq!(Some(state.words()), K::words(&meaning), "{}", K::NAME);
            }
            _ if status == TALLY_OK => {}
            _ => assert_eq!(state.words(), vec![0; K::WORDS], "changed on failure"),
        }
    }
}

/// An array as a column.
fn described(case: &mut Case, field: &Field, filled: &[Filled]) {
    let mut column = MaybeUninit::<[u8; size_of::<tally_column>()]>::new([0x5a; _]);
    // SAFETY: as for `Case::one`; there is room for a column.
    let status = checked(unsafe {
        let schema = (&raw const *case.schemas.node).cast();
        let array = (&raw const *case.arrays[0].node).cast();
        tally_column_from_arrow(schema, array, column.as_mut_ptr().cast())
    });
    if status != TALLY_OK {
        assert!(case.is_damaged || !matches!(field.r#type, Type::Number(_)));
        // SAFETY: it began as bytes.
        let bytes = unsafe { column.assume_init() };
        assert!(bytes.iter().all(|&byte| byte == 0x5a), "written on failure");
        return;
    }
    let sum = |to: &mut f64| {
        // SAFETY: the library has described the memory of the array.
        unsafe { tally_column_sum(column.as_ptr().cast(), to) }
    };
    if case.is_damaged {
        let _ = checked(sum(&mut 0.0));
        return;
    }
    let cells: Vec<Cell> = filled[0]
        .cells(field, &[])
        .into_iter()
        .map(|element| match element {
            Element::Number(cell, _) => cell,
            _ => Cell::Skipped,
        })
        .collect();
    expect_f64(Facts::of(&cells).sum(), sum);
}
