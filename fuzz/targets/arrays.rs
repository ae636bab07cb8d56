//! Plain arrays: every statistic of one call, on threads too, and what states take of arrays,
//! of strided and masked ones, and one by one. The bytes are the type, the set of
//! instructions, the number of elements, and the elements.
//!
//! Big integers give each result, and each state to the last word.

use num_bigint::{BigInt, BigUint};
use num_traits::{One, Signed, ToPrimitive, Zero};
use tally::api::accumulator::*;
use tally::api::classic::sum_array;
use tally::api::errors::tally_last_status;
use tally::api::moments::*;
use tally::api::parallel::*;
use tally::api::small_accumulator::*;
use tally::api::statistics::*;
use tally::api::sums::*;
use tally::boundary::status::tally_status::{self, *};
use tally_core::Isa;

use crate::answers::{checked, expect_f64, expect_integer, int};
use crate::array_decimals::{decimals, products_of_doubles};
use crate::array_pairs::{float_pairs, pairs};
use crate::cells::Cell;
use crate::columns::{ddof, length};
use crate::facts::Facts;
use crate::given::{Given, added, each, stated};
use crate::input::Input;
use crate::kinds::Kind;
use crate::meaning::Meaning;
use crate::passing::{Passed, call};
use crate::place::Place;
use crate::support::oracle::same;

pub(crate) fn run(data: &[u8]) {
    let mut input = Input(data);
    let engines: Vec<Isa> = Isa::available().collect();
    let verbs = [
        doubles,
        floats,
        int32s,
        int64s,
        uint64s,
        pairs,
        float_pairs,
        decimals,
        products_of_doubles,
        grown,
    ];
    let verb = input.pick(&verbs);
    assert!(engines[input.below(engines.len())].make_best());
    verb(&mut input);
}

type OfArray<T> = unsafe extern "C" fn(*const T, usize, *mut f64) -> tally_status;
type WithDdof<T> = unsafe extern "C" fn(*const T, usize, usize, *mut f64) -> tally_status;
/// The statistics of an array of floats: mean, norm; variance, standard deviation.
fn statistics<T>(
    input: &mut Input<'_>,
    given: &Given,
    plain: [OfArray<T>; 2],
    spreads: [WithDdof<T>; 2],
) {
    let (facts, count, ddof) = (Facts::of(&given.cells), given.count(), ddof(input));
    let answers = [facts.mean(), facts.norm()];
    for (function, answer) in plain.into_iter().zip(answers) {
        // SAFETY: the array has as many elements, and the result its size.
        expect_f64(answer, |to| unsafe { function(given.pointer(), count, to) });
    }
    let answers = [
        facts.variance(ddof as u64),
        facts.standard_deviation(ddof as u64),
    ];
    for (function, answer) in spreads.into_iter().zip(answers) {
        // SAFETY: as above.
        expect_f64(answer, |to| unsafe {
            function(given.pointer(), count, ddof, to)
        });
    }
}

fn doubles(input: &mut Input<'_>) {
    let count = length(input);
    let given = Given::new(input, 0, count);
    statistics(
        input,
        &given,
        [tally_mean_f64, tally_norm_f64],
        [tally_variance_f64, tally_standard_deviation_f64],
    );
    let (facts, threads) = (Facts::of(&given.cells), input.below(4));
    // SAFETY: the array has as many elements.
    expect_f64(facts.sum(), |to| unsafe {
        tally_sum_f64(given.pointer(), count, to)
    });
    // SAFETY: as above.
    expect_f64(facts.sum(), |to| unsafe {
        tally_sum_f64_parallel(given.pointer(), count, threads, to)
    });
    added(
        &given,
        [tally_accumulator_add_f64, tally_accumulator_subtract_f64],
    );
    added(&given, [tally_moments_add_f64, tally_moments_subtract_f64]);
    one_by_one::<tally_accumulator>(
        &given,
        [
            tally_accumulator_add_one_f64,
            tally_accumulator_subtract_one_f64,
        ],
    );
    one_by_one::<tally_moments>(
        &given,
        [tally_moments_add_one_f64, tally_moments_subtract_one_f64],
    );
    strided(input, &given);
    masked(input, &given);
}

type AddsOne<K> = unsafe extern "C" fn(*mut K, f64) -> tally_status;

fn one_by_one<K: Kind>(given: &Given, [add, subtract]: [AddsOne<K>; 2]) {
    let count = given.count();
    stated::<K>(
        given.meaning(),
        |state| each(count, |index| call!(add(&mut *state, given.f64_at(index)))),
        |state| {
            each(count, |index| {
                call!(subtract(&mut *state, given.f64_at(count - 1 - index)))
            })
        },
    );
}

/// The same doubles with gaps between them, forwards or backwards.
fn strided(input: &mut Input<'_>, given: &Given) {
    let (gap, backward) = (input.below(30), input.flag());
    let step = 8 + gap;
    let count = given.count();
    let mut bytes = vec![0xa5; (count * step).saturating_sub(gap)];
    for index in 0..count {
        let place = if backward { count - 1 - index } else { index };
        bytes[place * step..][..8].copy_from_slice(&given.place.bytes()[8 * index..][..8]);
    }
    let place = Place::new(&bytes, gap % 8);
    let (first, stride) = match backward && count > 0 {
        true => ((count - 1) * step, -(step as isize)),
        false => (0, step as isize),
    };
    let first = place.bytes().as_ptr().wrapping_add(first).cast();
    stated::<tally_accumulator>(
        given.meaning(),
        // SAFETY: the elements lie there, one each `stride` bytes.
        |state| unsafe { tally_accumulator_add_f64_strided(state.passed(), first, count, stride) },
        // SAFETY: as in `added`.
        |state| unsafe { tally_accumulator_subtract_f64(state.passed(), given.pointer(), count) },
    );
}

/// Those of which a bit says that they are there.
fn masked(input: &mut Input<'_>, given: &Given) {
    let (offset, count) = (input.below(70), given.count());
    let size = (offset + count).div_ceil(8);
    let mut mask = input.bytes(size).to_vec();
    mask.resize(size, 0xb7);
    let mask = Place::new(&mask, 1);
    let is_there =
        |index: usize| mask.bytes()[(offset + index) / 8] >> ((offset + index) % 8) & 1 == 1;
    let cells = given.cells.iter().enumerate();
    let cells: Vec<Cell> = cells
        .map(|(index, cell)| match is_there(index) {
            true => cell.clone(),
            false => Cell::Skipped,
        })
        .collect();
    let facts = Facts::of(&cells);
    let meaning = Meaning {
        total: facts.sum.total.clone(),
        counters: facts.sum.counters(),
        ..Meaning::default()
    };
    let there = |index: &usize| is_there(*index);
    stated::<tally_accumulator>(
        meaning,
        // SAFETY: the array has as many elements, and the mask their bits.
        |state| unsafe {
            let bits = mask.bytes().as_ptr();
            tally_accumulator_add_f64_masked(state.passed(), given.pointer(), count, bits, offset)
        },
        |state| {
            let rows: Vec<usize> = (0..count).filter(there).collect();
            each(rows.len(), |row| {
                let number = given.f64_at(rows[row]);
                call!(tally_accumulator_subtract_one_f64(&mut *state, number))
            })
        },
    );
}

/// The float nearest to a number of units of 2^-1074, half to even.
fn nearest_f32(total: &BigInt) -> f32 {
    let size = total.magnitude();
    // In units of the last place of a float.
    let shift = (size.bits().saturating_sub(24)).max(1074 - 149);
    let (mut quotient, rest) = (size >> shift, size % (BigUint::one() << shift));
    let twice = rest << 1;
    let unit = BigUint::one() << shift;
    if twice > unit || (twice == unit && quotient.bit(0)) {
        quotient += 1_u8;
    }
    let quotient = quotient.to_u32().expect("25 bits");
    let sign = if total.is_negative() { -1.0 } else { 1.0 };
    // Exact as a double; a float of it is it, or infinite.
    (sign * f64::from(quotient) * 2_f64.powi(shift as i32 - 1074)) as f32
}

fn floats(input: &mut Input<'_>) {
    let count = length(input);
    let given = Given::new(input, 1, count);
    statistics(
        input,
        &given,
        [tally_mean_f32, tally_norm_f32],
        [tally_variance_f32, tally_standard_deviation_f32],
    );
    let (facts, threads) = (Facts::of(&given.cells), input.below(4));
    let untouched = f32::from_bits(0x7fa1_2345);
    for parallel in [false, true] {
        let mut sum = untouched;
        // SAFETY: the array has as many elements.
        let status = unsafe {
            match parallel {
                true => tally_sum_f32_parallel(given.pointer(), count, threads, &mut sum),
                false => tally_sum_f32(given.pointer(), count, &mut sum),
            }
        };
        let expected = match facts.sum() {
            // Not finite, or a zero.
            Ok(sum) if !sum.is_finite() || sum == 0.0 => sum as f32,
            _ => nearest_f32(&facts.sum.total),
        };
        let is_infinite = facts.sum().is_ok_and(f64::is_infinite);
        let is_beyond = expected.is_infinite() && !is_infinite;
        let wanted = if is_beyond { TALLY_OVERFLOW } else { TALLY_OK };
        assert_eq!(checked(status), wanted, "{sum:e} for {expected:e}");
        assert!(
            same(sum.into(), expected.into()),
            "{sum:e} for {expected:e}"
        );
    }
    added(
        &given,
        [tally_accumulator_add_f32, tally_accumulator_subtract_f32],
    );
    added(&given, [tally_moments_add_f32, tally_moments_subtract_f32]);
}

/// The mean of integers, and states that take them.
macro_rules! integers {
    ($given:ident, $mean:ident, $($adds:ident, $subtracts:ident);+) => {
        let (facts, count) = (Facts::of(&$given.cells), $given.count());
        // SAFETY: the array has as many elements.
        expect_f64(facts.mean(), |to| unsafe { $mean($given.pointer(), count, to) });
        $(added(&$given, [$adds, $subtracts]);)+
    };
}

fn int32s(input: &mut Input<'_>) {
    let count = length(input);
    let given = Given::new(input, 6, count);
    let total: BigInt = given.integers().iter().sum();
    expect_integer(total.to_i64().ok_or(TALLY_OVERFLOW), 77, |to| {
        // SAFETY: the array has as many elements.
        unsafe { tally_sum_i32(given.pointer(), count, to) }
    });
    // The classic sum is an int, or the nearest one.
    let nearest = total.clone().clamp(i32::MIN.into(), i32::MAX.into());
    // SAFETY: as above.
    let sum = unsafe { sum_array(given.pointer(), int(count)) };
    assert_eq!(BigInt::from(sum), nearest);
    let wanted = if nearest == total {
        TALLY_OK
    } else {
        TALLY_OVERFLOW
    };
    assert_eq!(checked(tally_last_status()), wanted);
    integers!(given, tally_mean_i32,
        tally_accumulator_add_i32, tally_accumulator_subtract_i32;
        tally_moments_add_i32, tally_moments_subtract_i32);
}

fn int64s(input: &mut Input<'_>) {
    let count = length(input);
    let (given, threads) = (Given::new(input, 7, count), input.below(4));
    let total: BigInt = given.integers().iter().sum();
    let narrow = total.to_i64().ok_or(TALLY_OVERFLOW);
    // SAFETY: the array has as many elements.
    expect_integer(narrow, 77, |to| unsafe {
        tally_sum_i64(given.pointer(), count, to)
    });
    // SAFETY: as above.
    expect_integer(narrow, 77, |to| unsafe {
        tally_sum_i64_parallel(given.pointer(), count, threads, to)
    });
    let (mut high, mut low) = (0, 0);
    // SAFETY: as above.
    let status = unsafe { tally_sum_i64_wide(given.pointer(), count, &mut high, &mut low) };
    assert_eq!(checked(status), TALLY_OK);
    assert_eq!((BigInt::from(high) << 64) + low, total);
    integers!(given, tally_mean_i64,
        tally_accumulator_add_i64, tally_accumulator_subtract_i64;
        tally_moments_add_i64, tally_moments_subtract_i64);
}

fn uint64s(input: &mut Input<'_>) {
    let count = length(input);
    let given = Given::new(input, 11, count);
    let total: BigInt = given.integers().iter().sum();
    expect_integer(total.to_u64().ok_or(TALLY_OVERFLOW), 77, |to| {
        // SAFETY: the array has as many elements.
        unsafe { tally_sum_u64(given.pointer(), count, to) }
    });
    integers!(given, tally_mean_u64,
        tally_accumulator_add_u64, tally_accumulator_subtract_u64;
        tally_moments_add_u64, tally_moments_subtract_u64);
}

/// One by one into a small accumulator, which grows when it must.
fn grown(input: &mut Input<'_>) {
    let count = length(input);
    let given = Given::new(input, 0, count);
    let mut small = Place::new(&[0; 64], 1);
    let mut large = Place::new(&[0; 320], 3);
    let mut has_grown = false;
    for index in 0..count {
        let (number, before) = (given.f64_at(index), small.words());
        let mut status = checked(call!(tally_small_accumulator_add_one_f64(
            &mut small, number
        )));
        if status == TALLY_TOO_SMALL {
            assert!(!has_grown);
            assert_eq!(small.words(), before, "changed on failure");
            let room = large.pointer();
            // SAFETY: the state has its size, and the room stays while it refers to it.
            let grown = unsafe { tally_small_accumulator_grow((&mut small).passed(), room) };
            assert_eq!(checked(grown), TALLY_OK);
            has_grown = true;
            status = checked(call!(tally_small_accumulator_add_one_f64(
                &mut small, number
            )));
        }
        assert_eq!(status, TALLY_OK);
    }
    let meaning = Meaning {
        squares: BigInt::zero(),
        ..given.meaning()
    };
    if has_grown {
        assert_eq!(Some(large.words()), tally_accumulator::words(&meaning));
        let mut room = std::ptr::null_mut();
        // SAFETY: the state and the result have their sizes.
        let status = unsafe { tally_small_accumulator_room((&small).passed(), &mut room) };
        assert_eq!((checked(status), room), (TALLY_OK, large.pointer()));
    } else {
        assert_eq!(
            Some(small.words()),
            tally_small_accumulator::words(&meaning)
        );
    }
    for index in 0..count {
        let number = given.f64_at(index);
        let status = checked(call!(tally_small_accumulator_subtract_one_f64(
            &mut small, number
        )));
        // What is left may be wider than all of it.
        if status == TALLY_TOO_SMALL {
            return;
        }
        assert_eq!(status, TALLY_OK);
    }
    match has_grown {
        true => assert_eq!(large.words(), [0; 40]),
        false => assert_eq!(small.words(), [0; 8]),
    }
}
