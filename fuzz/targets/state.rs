//! Two states of one kind whose bytes are arbitrary. The bytes are the kind, questions, the
//! number of doubles to add, these, and both states.
//!
//! Each state is refused, or means what its words say. Every function gives what that
//! means; a call that fails changes nothing; and what was added can be taken out.

use tally::api::accumulator::*;
use tally::api::decimal::tally_decimal;
use tally::api::decimal_add::*;
use tally::api::moments::*;
use tally::api::product_accumulator::*;
use tally::api::small_accumulator::*;
use tally::boundary::status::tally_status::{self, *};

use crate::answers::{checked, expect_integer};
use crate::input::Input;
use crate::kinds::{HALF, Kind, Questions};
use crate::load::{merge, questions};
use crate::meaning::Meaning;
use crate::passing::Passed;
use crate::place::Place;
use crate::support::decimals;
use crate::support::oracle::Oracle;
use crate::support::products::ProductOracle;

pub(crate) fn run(data: &[u8]) {
    let mut input = Input(data);
    match input.below(5) {
        0 => check::<tally_accumulator>(&mut input),
        1 => check::<tally_small_accumulator>(&mut input),
        2 => check::<tally_product_accumulator>(&mut input),
        3 => check::<tally_moments>(&mut input),
        _ => check::<tally_decimal>(&mut input),
    }
}

/// Adds doubles, or takes them out, and says what that means.
trait Adds: Kind {
    fn add(into: &mut Place, values: &[f64]) -> tally_status;
    fn subtract(into: &mut Place, values: &[f64]) -> tally_status;
    fn meaning_of(values: &[f64]) -> Meaning;
}

macro_rules! adds {
    ($kind:ident $add:ident $subtract:ident $meaning:expr) => {
        impl Adds for $kind {
            fn add(into: &mut Place, values: &[f64]) -> tally_status {
                // SAFETY: a state of its size, and as many values as it says.
                unsafe { $add(into.passed(), values.as_ptr(), values.len()) }
            }
            fn subtract(into: &mut Place, values: &[f64]) -> tally_status {
                // SAFETY: a state of its size, and as many values as it says.
                unsafe { $subtract(into.passed(), values.as_ptr(), values.len()) }
            }
            fn meaning_of(values: &[f64]) -> Meaning {
                $meaning(values)
            }
        }
    };
}

fn of_sum(values: &[f64]) -> Meaning {
    let Oracle { total, counters } = Oracle::of(values);
    Meaning {
        total,
        counters,
        ..Meaning::default()
    }
}

fn of_moments(values: &[f64]) -> Meaning {
    let squares = ProductOracle::of(values, values).total;
    Meaning {
        squares,
        ..of_sum(values)
    }
}

/// Each double as the shortest decimal that reads back as it.
fn of_decimals(values: &[f64]) -> Meaning {
    let mut meaning = Meaning::default();
    for &value in values {
        meaning.counters[0] += 1;
        if value.is_finite() {
            let (total, scale) = decimals::units(&decimals::shortest(value));
            meaning.total += total;
            meaning.scale = meaning.scale.max(scale);
        } else {
            let place = if value.is_nan() {
                2
            } else {
                3 + usize::from(value < 0.0)
            };
            meaning.counters[place] += 1;
        }
    }
    meaning
}

adds!(tally_accumulator tally_accumulator_add_f64 tally_accumulator_subtract_f64 of_sum);
adds!(tally_small_accumulator tally_small_accumulator_add_f64 tally_small_accumulator_subtract_f64 of_sum);
adds!(tally_moments tally_moments_add_f64 tally_moments_subtract_f64 of_moments);
adds!(tally_decimal add_decimals subtract_decimals of_decimals);

macro_rules! one_or_many {
    ($name:ident $one:ident $many:ident) => {
        /// # Safety
        /// As for the function that takes an array.
        unsafe extern "C" fn $name(
            into: *mut tally_decimal,
            values: *const f64,
            count: usize,
        ) -> tally_status {
            // SAFETY: a value is there if the count is 1; else the same contract.
            unsafe {
                match count {
                    1 => $one(into, *values),
                    _ => $many(into, values, count),
                }
            }
        }
    };
}

one_or_many!(add_decimals tally_decimal_add_one_f64 tally_decimal_add_f64);
one_or_many!(subtract_decimals tally_decimal_subtract_one_f64 tally_decimal_subtract_f64);

impl Adds for tally_product_accumulator {
    fn add(into: &mut Place, values: &[f64]) -> tally_status {
        let (x, y) = values.split_at(values.len() / 2);
        // SAFETY: a state of its size, and as many values of both as of `x`.
        unsafe { tally_product_accumulator_add_f64(into.passed(), x.as_ptr(), y.as_ptr(), x.len()) }
    }
    fn subtract(into: &mut Place, values: &[f64]) -> tally_status {
        let (x, y) = values.split_at(values.len() / 2);
        // SAFETY: a state of its size, and as many values of both as of `x`.
        unsafe {
            tally_product_accumulator_subtract_f64(into.passed(), x.as_ptr(), y.as_ptr(), x.len())
        }
    }
    fn meaning_of(values: &[f64]) -> Meaning {
        let (x, y) = values.split_at(values.len() / 2);
        let ProductOracle { total, counters } = ProductOracle::of(x, y);
        Meaning {
            total,
            counters,
            ..Meaning::default()
        }
    }
}

fn check<K: Adds>(input: &mut Input<'_>) {
    let ask = questions(input);
    let count = input.below(40);
    let values: Vec<f64> = (0..count).map(|_| f64::from_bits(input.word())).collect();
    let shifts = [input.below(8), input.below(8)];
    // Runs of words at an end of their range: carries go far in them.
    let ends = [i64::MAX, i64::MIN, -1, HALF - 1, -HALF, i64::MIN + 1];
    let runs: [Vec<(usize, usize, i64)>; 2] = [0, 1].map(|_| {
        let count = input.below(3);
        let runs = (0..count).map(|_| {
            (
                input.below(K::WORDS),
                input.below(K::WORDS),
                input.pick(&ends),
            )
        });
        runs.collect()
    });
    let mut number = 0;
    let mut states = shifts.map(|shift| {
        let mut bytes = input.bytes(8 * K::WORDS).to_vec();
        bytes.resize(8 * K::WORDS, 0);
        for &(first, count, word) in &runs[number] {
            for place in bytes.chunks_exact_mut(8).skip(first).take(count) {
                place.copy_from_slice(&word.to_ne_bytes());
            }
        }
        number += 1;
        Place::new(&bytes, shift)
    });
    let meanings = states.each_ref().map(|state| K::meaning(&state.words()));
    let [into, from] = &mut states;
    match &meanings[0] {
        Ok(meaning) => whole::<K>(into, meaning, ask, &values),
        Err(failure) => refused::<K>(into, from, *failure, &values),
    }
    match &meanings {
        [Ok(meaning), Ok(other)] => merge::<K>((meaning, into), (other, from)),
        [Ok(_), Err(failure)] => {
            let before = into.words();
            let status = [K::merge(into, from), K::unmerge(into, from)];
            assert_eq!(status, [*failure; 2]);
            assert_eq!(into.words(), before, "changed on failure");
        }
        _ => {}
    }
    combined::<K>(into, from);
    let number = i32::from(input.byte() as i8);
    failed::<K>(into, if input.flag() { number } else { -3 });
}

/// A state that means something.
fn whole<K: Adds>(state: &mut Place, meaning: &Meaning, ask: Questions, values: &[f64]) {
    let before = state.words();
    assert_eq!(
        K::words(meaning).as_ref(),
        Some(&before),
        "a state has one form"
    );
    expect_integer(Ok(meaning.counters[0]), 77, |to| K::count(state, to));
    let mut counts = [77; 3];
    let [nan, plus, minus] = &mut counts;
    assert_eq!(checked(K::specials(state, [nan, plus, minus])), TALLY_OK);
    assert_eq!(counts, meaning.counters[2..]);
    K::check(state, meaning, ask);
    let saved = K::saved(meaning).expect("a state is saved");
    K::expect_saved(state, Ok(&saved));
    assert_eq!(state.words(), before, "changed by a question");
    let added = K::meaning_of(values);
    for times in [1, -1] {
        let sum = meaning.merged(&added, times);
        let words = sum.as_ref().and_then(K::words);
        let verbs = [K::add, K::subtract];
        let [verb, undo] = if times == 1 {
            verbs
        } else {
            [verbs[1], verbs[0]]
        };
        let status = checked(verb(state, values));
        match words {
            Some(words) => {
                assert_eq!(status, TALLY_OK, "{}", K::NAME);
                assert_eq!(state.words(), words, "{}", K::NAME);
                assert_eq!(checked(undo(state, values)), TALLY_OK);
                let back = sum
                    .and_then(|sum| sum.merged(&added, -times))
                    .expect("as before");
                assert_eq!(Some(state.words()), K::words(&back), "{}", K::NAME);
                state_is(state, &before);
            }
            None => {
                assert_eq!(status, K::FULL, "{}", K::NAME);
                assert_eq!(state.words(), before, "changed on failure");
            }
        }
    }
}

/// The scale of a decimal stays; it is put back here.
fn state_is(state: &mut Place, words: &[u64]) {
    let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_ne_bytes()).collect();
    state.bytes_mut().copy_from_slice(&bytes);
}

/// A state that every function refuses, and leaves as it is.
fn refused<K: Adds>(state: &mut Place, other: &Place, failure: tally_status, values: &[f64]) {
    let before = state.words();
    let others = other.words();
    expect_integer(Err(failure), 77, |to| K::count(state, to));
    K::expect_saved(state, Err(failure));
    for verb in [K::add, K::subtract] {
        assert_eq!(checked(verb(state, values)), failure, "{}", K::NAME);
    }
    // What is merged is read first.
    let first = K::meaning(&others).err().unwrap_or(failure);
    for verb in [K::merge, K::unmerge] {
        assert_eq!(checked(verb(state, other)), first, "{}", K::NAME);
    }
    assert_eq!(state.words(), before, "changed on failure");
    assert_eq!(other.words(), others);
}

/// Combining is merging, with the failure left in the state.
fn combined<K: Kind>(into: &mut Place, from: &Place) {
    let meanings = [K::meaning(&into.words()), K::meaning(&from.words())];
    let before = into.words();
    if K::combine(from, into).is_none() {
        return;
    }
    let after = K::meaning(&into.words());
    match meanings {
        [Ok(a), Ok(b)] => {
            let words = a.merged(&b, 1).and_then(|sum| K::words(&sum));
            match words {
                Some(words) => assert_eq!(into.words(), words, "{}", K::NAME),
                None => assert_eq!(after.err(), Some(K::FULL), "{}", K::NAME),
            }
        }
        // One that is damaged remembers nothing, and may take what its partner has.
        [Err(TALLY_INVALID), _] => assert!(after.is_err(), "{before:x?}"),
        [Err(failure), _] => assert_eq!(after.err(), Some(failure), "{before:x?}"),
        [Ok(_), Err(failure)] => assert_eq!(after.err(), Some(failure), "{}", K::NAME),
    }
}

/// A state that is told of a failure keeps it, and the first one.
fn failed<K: Kind>(state: &mut Place, number: i32) {
    let (meaning, before) = (K::meaning(&state.words()), state.words());
    let status = checked(K::fail(state, number));
    let known = tally_status::ALL
        .into_iter()
        .find(|&status| status as i32 == number);
    match meaning {
        Ok(_) if number < 0 => {
            assert_eq!(status, TALLY_OK);
            let kept = K::meaning(&state.words()).err();
            assert_eq!(kept, Some(known.unwrap_or(TALLY_INVALID)), "{}", K::NAME);
        }
        Err(failure) if number < 0 => {
            assert_eq!((status, state.words()), (failure, before), "{}", K::NAME);
        }
        _ => {
            assert_ne!(status, TALLY_OK);
            assert_eq!(state.words(), before, "changed on failure");
        }
    }
}
