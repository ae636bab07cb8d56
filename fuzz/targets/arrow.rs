//! Columns of Arrow, in arrays and in streams: structs in structs, every format, offsets,
//! bitmaps, names and paths. The bytes are the function, the schema, the path, the arrays, and
//! what is wrong with them.
//!
//! A plain loop reads the same memory, and big integers give each state. Where structs were
//! damaged, what is refused changes nothing. A stream's structs are released once each.

use std::cell::Cell as Counter;
use std::ffi::{c_char, c_int, c_void};
use std::mem::MaybeUninit;

use num_traits::Zero;
use tally::api::accumulator::tally_accumulator;
use tally::api::arrow::*;
use tally::api::columns::{tally_column, tally_column_sum};
use tally::api::decimal::tally_decimal;
use tally::api::moments::tally_moments;
use tally::api::product_accumulator::tally_product_accumulator;
use tally::boundary::status::tally_status::{self, *};

use crate::answers::{checked, expect_f64};
use crate::arrow_tree::{Array, Arrays, Element, Field, Filled, Schema, Schemas, Type};
use crate::cells::Cell;
use crate::facts::{Facts, PairFacts};
use crate::input::Input;
use crate::kinds::Kind;
use crate::meaning::Meaning;
use crate::passing::Passed;
use crate::place::{Place, null};
use crate::support::decimals::{POINT, ten_to, units};

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

/// The path of a column, or a text that is probably none; `None` is the array itself.
fn path(input: &mut Input<'_>, field: &Field) -> Option<Vec<u8>> {
    match input.below(6) {
        0 => return None,
        1 => {
            let length = input.below(12);
            return Some(
                input
                    .bytes(length)
                    .iter()
                    .map(|&byte| match byte {
                        // What paths are made of, more often than not.
                        0..200 => b".[]\\0123ab"[usize::from(byte) % 10],
                        other => other,
                    })
                    .collect(),
            );
        }
        _ => {}
    }
    let (mut text, mut here, mut plain) = (Vec::new(), field, None);
    while !here.children.is_empty() {
        let index = input.below(here.children.len());
        here = &here.children[index];
        plain = match (&here.name, text.is_empty()) {
            (Some(name), true) => Some(name.clone()),
            _ => None,
        };
        match &here.name {
            Some(name) if input.flag() => {
                text.push(b'.');
                for &byte in name {
                    if b".[\\".contains(&byte) || input.below(9) == 8 {
                        text.push(b'\\');
                    }
                    text.push(byte);
                }
            }
            _ => text.extend(format!("[{}{index}]", input.pick(&["", "", "0"])).bytes()),
        }
    }
    match plain {
        // One step, without a dot: a path if the name looks like one.
        Some(name) if input.flag() => Some(name),
        _ => Some(text),
    }
}

/// A step of a path.
enum Step {
    Name(Vec<u8>),
    Index(Option<usize>),
}

/// The steps of a path as the header has them; `None` if it is none.
fn steps(text: &[u8]) -> Option<Vec<Step>> {
    if !matches!(text.first(), Some(b'.' | b'[')) {
        return Some(vec![Step::Name(text.to_vec())]);
    }
    let (mut steps, mut rest) = (Vec::new(), text);
    while let Some((&first, mut after)) = rest.split_first() {
        if first == b'.' {
            let mut name = Vec::new();
            while let Some((&byte, next)) = after.split_first() {
                if byte == b'.' || byte == b'[' {
                    break;
                }
                after = next;
                // A backslash at the end is itself.
                match (byte, after.split_first()) {
                    (b'\\', Some((&escaped, next))) => {
                        name.push(escaped);
                        after = next;
                    }
                    _ => name.push(byte),
                }
            }
            steps.push(Step::Name(name));
        } else if first == b'[' {
            let end = after.iter().position(|&byte| byte == b']')?;
            let digits = str::from_utf8(&after[..end]).ok()?;
            if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            steps.push(Step::Index(digits.parse().ok()));
            after = &after[end + 1..];
        } else {
            return None;
        }
        rest = after;
    }
    Some(steps)
}

/// The column that a path leads to, by the indices of fields, if there is one.
fn find(field: &Field, text: Option<&[u8]>) -> Option<Vec<usize>> {
    let (mut here, mut found) = (field, Vec::new());
    // A C text ends at its first NUL.
    let text = text.map(|text| text.split(|&byte| byte == 0).next().unwrap_or_default());
    for step in text.map_or(Some(Vec::new()), steps)? {
        if here.r#type != Type::Struct {
            return None;
        }
        let index = match step {
            Step::Index(index) => index.filter(|&index| index < here.children.len())?,
            Step::Name(name) => {
                // A field without a name has an empty one.
                let name_of = |child: &Field| child.name.clone().unwrap_or_default();
                let named = |(_, child): &(usize, &Field)| name_of(child) == name;
                let mut all = here.children.iter().enumerate().filter(named);
                match (all.next(), all.next()) {
                    (Some((index, _)), None) => index,
                    _ => return None,
                }
            }
        };
        found.push(index);
        here = &here.children[index];
    }
    (!matches!(here.r#type, Type::Struct | Type::Other)).then_some(found)
}

/// What two columns of all arrays are.
struct Expected {
    types: [Option<Type>; 2],
    elements: [Vec<Element>; 2],
}

impl Expected {
    fn new(field: &Field, filled: &[Filled], targets: &[Option<Vec<usize>>; 2]) -> Self {
        let leaf = |path: &Vec<usize>| {
            path.iter()
                .fold(field, |here, &index| &here.children[index])
        };
        let types = targets
            .each_ref()
            .map(|path| path.as_ref().map(|path| leaf(path).r#type));
        let elements = targets.each_ref().map(|path| match path {
            Some(path) => filled
                .iter()
                .flat_map(|one| one.cells(field, path))
                .collect(),
            None => Vec::new(),
        });
        Expected { types, elements }
    }

    /// The numbers of a column, where it has numbers.
    fn cells(&self, column: usize) -> Option<Vec<Cell>> {
        match self.types[column]? {
            Type::Number(_) | Type::Bits => {}
            _ => return None,
        }
        let elements = self.elements[column].iter();
        Some(
            elements
                .map(|element| match element {
                    Element::Number(cell, _) => cell.clone(),
                    _ => Cell::Skipped,
                })
                .collect(),
        )
    }

    fn moments(&self) -> Option<Meaning> {
        let facts = Facts::of(&self.cells(0)?);
        Some(Meaning {
            total: facts.sum.total.clone(),
            squares: facts.squares.total.clone(),
            counters: facts.sum.counters(),
            scale: 0,
        })
    }

    fn sums(&self) -> Option<Meaning> {
        let squares = Zero::zero();
        self.moments().map(|meaning| Meaning { squares, ..meaning })
    }

    fn products(&self) -> Option<Meaning> {
        let facts = PairFacts::of(&self.cells(0)?, &self.cells(1)?);
        Some(Meaning {
            total: facts.products.total.clone(),
            counters: facts.products.counters(),
            ..Meaning::default()
        })
    }

    fn decimals(&self) -> Option<Meaning> {
        let mut meaning = Meaning::default();
        let scale = match self.types[0]? {
            Type::Number(1..=3) => return None,
            Type::Decimal(_, scale) => scale,
            _ => 0,
        };
        for element in &self.elements[0] {
            let (total, digits) = match element {
                Element::Null => continue,
                Element::Number(_, Some(double)) if !double.is_finite() => {
                    let counter = if double.is_nan() {
                        2
                    } else {
                        3 + usize::from(*double < 0.0)
                    };
                    meaning.counters[counter] += 1;
                    (Zero::zero(), 0)
                }
                Element::Number(_, Some(double)) => units(&shortest(*double)),
                _ => {
                    let integer = element.integer().expect("it is one");
                    (integer * ten_to(POINT - scale), scale.max(0))
                }
            };
            meaning.counters[0] += 1;
            meaning.total += total;
            meaning.scale = meaning.scale.max(digits);
        }
        Some(meaning)
    }
}

/// The shortest decimal that reads back as a double; of two, the even one if both are as
/// close, which Rust does not promise.
fn shortest(double: f64) -> String {
    let text = format!("{double:e}");
    let (digits, _) = text.split_once('e').expect("an exponent");
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    let nearest = format!("{double:.*e}", count - 1);
    match nearest.parse() == Ok(double) {
        true => nearest,
        false => text,
    }
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

/// Makes some of the structs wrong, so that each still leads to no memory but its own:
/// whether any was.
fn damage(input: &mut Input<'_>, schemas: &mut Schemas, arrays: &mut [Arrays]) -> bool {
    let times = input.pick(&[0, 0, 0, 1, 1, 2]);
    for _ in 0..times {
        let number = input.below(arrays.len() + 1);
        match arrays.get_mut(number) {
            None => damage_schema(input, schemas),
            Some(array) => damage_array(input, array),
        }
    }
    times > 0
}

fn damage_schema(input: &mut Input<'_>, schemas: &mut Schemas) {
    let all = schemas.all();
    let one = all[input.below(all.len())];
    // SAFETY: a struct of the harness, which nothing else refers to now.
    let schema = unsafe { &mut *one };
    match input.below(6) {
        0 => schema.format = null::<c_char>().cast_const(),
        1 => schema.name = null::<c_char>().cast_const(),
        2 => {
            let fewer = schema.n_children.wrapping_sub(1);
            schema.n_children = input.pick(&[-1, i64::MIN, i64::MAX, 1 << 60, fewer]);
        }
        // None is beyond what there is: a number that was damaged is smaller, or too large.
        3 if (1..1 << 60).contains(&schema.n_children)
            && !schema.children.is_null()
            && input.flag() =>
        {
            let index = input.below(schema.n_children as usize);
            // SAFETY: there are more.
            unsafe { *schema.children.add(index) = null() };
        }
        3 => schema.children = null(),
        4 => schema.dictionary = one,
        _ => schema.release = None,
    }
}

fn damage_array(input: &mut Input<'_>, arrays: &mut Arrays) {
    let mut all = arrays.all();
    let index = input.below(all.len());
    let (one, buffers) = &mut all[index];
    // SAFETY: as above.
    let array = unsafe { &mut **one };
    let (length, offset) = (array.length.max(1), array.offset.max(1));
    match input.below(10) {
        0 => array.length = input.pick(&[-1, i64::MIN, length - 1]),
        1 => array.offset = input.pick(&[-1, i64::MIN, i64::MAX, offset - 1]),
        2 => array.null_count = input.pick(&[-2, i64::MIN, i64::MAX, length + 1, 0, -1]),
        3 => array.n_buffers = input.pick(&[-1, 0, 1, 2, 3, i64::MAX]),
        4 => {
            let next = array.n_children.wrapping_add(1);
            array.n_children = input.pick(&[-1, i64::MIN, i64::MAX - 1, next]);
        }
        5 => array.buffers = null(),
        6 => buffers[input.below(buffers.len())] = null::<c_void>().cast_const(),
        7 => array.children = null(),
        8 => array.dictionary = *one,
        _ => array.release = None,
    }
}
