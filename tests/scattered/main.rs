//! Values added to many accumulators by one call are what big integers say: some hundreds of
//! columns here, 100,000 for each function with `make check-exact-long`.

#![cfg(feature = "capi")]

#[path = "../../core/tests/support/mod.rs"]
mod support;

#[allow(dead_code, reason = "a test of another crate shares it")]
#[path = "../../core/tests/columns/cells.rs"]
mod cells;
#[allow(dead_code, reason = "a test of another crate shares it")]
#[path = "../../core/tests/columns/types.rs"]
mod types;

use std::ffi::c_void;
use std::mem::MaybeUninit;
use std::ptr::{null, null_mut};

use tally::api::accumulator::tally_accumulator;
use tally::api::columns::tally_type::{self, *};
use tally::api::columns::{TALLY_BYTE_MASK, TALLY_SKIP_NAN, tally_column};
use tally::api::scattered::{
    tally_accumulator_add_scattered, tally_accumulator_subtract_scattered,
    tally_small_accumulator_add_scattered, tally_small_accumulator_subtract_scattered,
};
use tally::api::small_accumulator::{tally_small_accumulator, tally_small_accumulator_expand};
use tally::boundary::status::tally_status::TALLY_OK;

use cells::Cell;
use support::arrays::KINDS;
use support::long::{LONG, SHORT, length, on_each_isa, rounds};
use support::oracle::Oracle;
use support::random::Random;
use types::{Element, TYPES, for_any_type};

const VERBS: [&str; 4] = [
    "tally_accumulator_add_scattered",
    "tally_accumulator_subtract_scattered",
    "tally_small_accumulator_add_scattered",
    "tally_small_accumulator_subtract_scattered",
];

/// In the order of `for_any_type`.
const NUMBERS: [tally_type; TYPES] = [
    TALLY_F64, TALLY_F32, TALLY_F16, TALLY_BF16, TALLY_I8, TALLY_I16, TALLY_I32, TALLY_I64,
    TALLY_U8, TALLY_U16, TALLY_U32, TALLY_U64, TALLY_BOOL,
];

/// States, and which one each row is added to.
struct States {
    oracles: Vec<Oracle>,
    rows: Vec<usize>,
}

impl States {
    fn new(random: &mut Random, rows: usize) -> Self {
        let states = 1 + random.below(9);
        States {
            oracles: vec![Oracle::default(); states],
            rows: (0..rows).map(|_| random.below(states)).collect(),
        }
    }

    /// A pointer for each row; NULL for what is masked, which is not looked at.
    fn pointers<T>(&self, states: &mut [T], is_masked: &dyn Fn(usize) -> bool) -> Vec<*mut T> {
        let first = states.as_mut_ptr();
        let rows = self.rows.iter().enumerate();
        rows.map(|(row, &state)| match is_masked(row) {
            true => null_mut(),
            false => first.wrapping_add(state),
        })
        .collect()
    }

    /// What is left when all is taken out again.
    fn emptied(&self) -> Self {
        States {
            oracles: vec![Oracle::default(); self.oracles.len()],
            rows: Vec::new(),
        }
    }

    fn check(&self, states: &[tally_accumulator], name: &dyn Fn() -> String) {
        for (state, oracle) in states.iter().zip(&self.oracles) {
            assert_eq!(state.opaque, oracle.words(), "{}", name());
        }
    }
}

/// Memory for those that grow.
struct Arena {
    memory: Vec<tally_accumulator>,
    given: usize,
}

unsafe extern "C-unwind" fn give(size: usize, user_data: *mut c_void) -> *mut c_void {
    assert_eq!(size, size_of::<tally_accumulator>());
    // SAFETY: an arena, which only this function uses during the call.
    let arena = unsafe { &mut *user_data.cast::<Arena>() };
    arena.given += 1;
    (&raw mut arena.memory[arena.given - 1]).cast()
}

/// Adds a column and takes it out again, of which this is what comes.
fn check_given(
    column: &tally_column,
    states: &States,
    is_masked: &dyn Fn(usize) -> bool,
    name: &dyn Fn() -> String,
) {
    check_large(column, states, is_masked, name);
    check_small(column, states, is_masked, name);
}

fn check_large(
    column: &tally_column,
    states: &States,
    is_masked: &dyn Fn(usize) -> bool,
    name: &dyn Fn() -> String,
) {
    let mut large = vec![tally_accumulator::default(); states.oracles.len()];
    let into = states.pointers(&mut large, is_masked);
    let mut done = 0;
    // SAFETY: a column of ours, and as many pointers.
    let status = unsafe { tally_accumulator_add_scattered(into.as_ptr(), column, &raw mut done) };
    assert_eq!((status, done), (TALLY_OK, column.count), "{}", name());
    states.check(&large, name);
    done = 0;
    // SAFETY: as above.
    let status =
        unsafe { tally_accumulator_subtract_scattered(into.as_ptr(), column, &raw mut done) };
    assert_eq!((status, done), (TALLY_OK, column.count), "{}", name());
    states.emptied().check(&large, name);
}

fn check_small(
    column: &tally_column,
    states: &States,
    is_masked: &dyn Fn(usize) -> bool,
    name: &dyn Fn() -> String,
) {
    let of_states = states.oracles.len();
    let mut small = vec![tally_small_accumulator::default(); of_states];
    let into = states.pointers(&mut small, is_masked);
    let mut arena = Arena {
        memory: vec![tally_accumulator::default(); of_states],
        given: 0,
    };
    let user_data = (&raw mut arena).cast();
    let check = |states: &States| {
        let mut large = vec![tally_accumulator::default(); of_states];
        for (from, to) in small.iter().zip(&mut large) {
            // SAFETY: states of ours.
            let status = unsafe { tally_small_accumulator_expand(from, to) };
            assert_eq!(status, TALLY_OK, "{}", name());
        }
        states.check(&large, name);
    };
    let mut done = 0;
    // SAFETY: as in `check_large`; and the arena's memory outlives the states.
    let status = unsafe {
        tally_small_accumulator_add_scattered(
            into.as_ptr(),
            column,
            Some(give),
            user_data,
            &raw mut done,
        )
    };
    assert_eq!((status, done), (TALLY_OK, column.count), "{}", name());
    check(states);
    done = 0;
    // SAFETY: as above.
    let status = unsafe {
        tally_small_accumulator_subtract_scattered(
            into.as_ptr(),
            column,
            Some(give),
            user_data,
            &raw mut done,
        )
    };
    assert_eq!((status, done), (TALLY_OK, column.count), "{}", name());
    check(&states.emptied());
}

fn check_doubles(random: &mut Random) {
    let count = length(random);
    let (kind, make) = random.pick(&KINDS);
    let mut values = make(random, count);
    values.resize(count, 0.5);
    let mut states = States::new(random, count);
    for (&state, &value) in states.rows.iter().zip(&values) {
        states.oracles[state].add(value);
    }
    let column = tally_column {
        size: size_of::<tally_column>(),
        r#type: MaybeUninit::new(TALLY_F64),
        flags: 0,
        values: values.as_ptr().cast(),
        count,
        stride: size_of::<f64>() as isize,
        validity: null(),
        offset: 0,
    };
    let name = || format!("{kind}: {values:?} to {:?}", states.rows);
    check_given(&column, &states, &|_| false, &name);
}

/// A column's values in bytes at any alignment, and the cells that they are.
struct Memory {
    bytes: Vec<u8>,
    /// The first element, and bytes from one to the next.
    first: usize,
    stride: isize,
    cells: Vec<Cell>,
    name: String,
}

impl Memory {
    fn of<T: Element>(random: &mut Random, count: usize) -> Self {
        let (mut values, kind) = types::values::<T>(random, count);
        let size = size_of::<T>();
        let step = match random.below(4) {
            0 => size + random.below(12),
            _ => size,
        };
        let stride = match random.below(8) {
            0 => 0,
            1 => -(step as isize),
            _ => step as isize,
        };
        if let (0, Some(&value)) = (stride, values.first()) {
            values.fill(value);
        }
        let lowest = random.below(16);
        let mut bytes = vec![0xa5; lowest + step * count + size];
        let first = match stride {
            ..0 => lowest + step * count.saturating_sub(1),
            _ => lowest,
        };
        for (row, value) in values.iter().enumerate() {
            let place = first.wrapping_add_signed(stride * row as isize);
            let place = &mut bytes[place..][..size];
            // SAFETY: there is room for an element, which is plain data.
            unsafe { place.as_mut_ptr().cast::<T>().write_unaligned(*value) };
        }
        Memory {
            bytes,
            first,
            stride,
            cells: values.into_iter().map(Element::cell).collect(),
            name: format!("{count} {} of {kind}, stride {stride}", T::NAME),
        }
    }
}

/// Which elements are there, by bits or by bytes.
fn mask(random: &mut Random, count: usize, by_bytes: bool) -> (Vec<bool>, Vec<u8>, usize) {
    let density = 1 + random.below(4);
    let there: Vec<bool> = (0..count).map(|_| random.below(4) < density).collect();
    let offset = random.below(20);
    let mut mask: Vec<u8> = (0..offset + count + 1)
        .map(|_| random.bits() as u8)
        .collect();
    for (row, &there) in there.iter().enumerate() {
        let place = offset + row;
        if by_bytes {
            mask[place] = u8::from(there) * (mask[place] | 1);
        } else {
            mask[place / 8] &= !(1 << (place % 8));
            mask[place / 8] |= u8::from(there) << (place % 8);
        }
    }
    (there, mask, offset)
}

fn check_column(random: &mut Random) {
    let count = length(random);
    let number = random.below(TYPES);
    let memory = for_any_type!(number, T => Memory::of::<T>(random, count));
    let (masked, by_bytes, skip_nan) = (random.one_in(2), random.one_in(2), random.one_in(2));
    let (there, mask, offset) = mask(random, count, by_bytes);
    let mut flags = 0;
    if masked && by_bytes {
        flags |= TALLY_BYTE_MASK;
    }
    if skip_nan {
        flags |= TALLY_SKIP_NAN;
    }
    let column = tally_column {
        size: size_of::<tally_column>(),
        r#type: MaybeUninit::new(NUMBERS[number]),
        flags,
        values: memory.bytes[memory.first..].as_ptr().cast(),
        count,
        stride: memory.stride,
        validity: if masked { mask.as_ptr() } else { null() },
        offset: if masked { offset } else { 0 },
    };
    let mut states = States::new(random, count);
    for (row, cell) in memory.cells.iter().enumerate() {
        let is_skipped = masked && !there[row] || skip_nan && matches!(cell, Cell::Nan);
        if is_skipped {
            continue;
        }
        let oracle = &mut states.oracles[states.rows[row]];
        match cell {
            Cell::Skipped => panic!("no element is"),
            Cell::Nan => oracle.add(f64::NAN),
            Cell::Infinite { negative: true } => oracle.add(f64::NEG_INFINITY),
            Cell::Infinite { negative: false } => oracle.add(f64::INFINITY),
            Cell::Number(number, negative) => {
                let is_negative_zero = *number == num_bigint::BigInt::ZERO && *negative;
                oracle.total += number;
                oracle.counters[0] += 1;
                oracle.counters[1] += i64::from(is_negative_zero);
            }
        }
    }
    on_each_isa(|isa| {
        let name = || {
            let isa = isa.name();
            format!("{}, flags {flags}, masked {masked}, {isa}", memory.name)
        };
        check_given(&column, &states, &|row| masked && !there[row], &name);
    });
}

fn check(wanted: u64) {
    rounds("scattered", 8, wanted, &VERBS, |random, inputs| {
        check_doubles(random);
        check_column(random);
        VERBS.iter().for_each(|verb| inputs.count(verb));
    });
}

#[test]
fn columns_of_many_states() {
    check(SHORT);
}

mod long {
    #[test]
    #[ignore = "takes minutes: make check-exact-long"]
    fn a_hundred_thousand_columns_of_many_states() {
        super::check(super::LONG);
    }
}
