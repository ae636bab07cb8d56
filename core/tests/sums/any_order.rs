//! The same numbers give the same bits, in any order and however they are split,
//! and those bits are the nearest to the true total.

use crate::support::arrays::KINDS;
use crate::support::oracle::Oracle;
use crate::support::random::Random;
use crate::support::{check_rounded, paste};
use tally_core::{Accumulator, Stored};

/// Adds `values` in one of several ways that must not matter.
fn accumulate(values: &[f64], way: usize, random: &mut Random) -> Accumulator {
    let mut accumulator = Accumulator::new();
    let cut = random.below(values.len() + 1);
    let (left, right) = values.split_at(cut);
    match way {
        0 => accumulator.add_f64(values),
        1 => values
            .iter()
            .for_each(|&value| accumulator.add_one_f64(value)),
        2 => {
            let mut other = Accumulator::new();
            accumulator.add_f64(left);
            other.add_f64(right);
            accumulator.merge(&other);
        }
        3 => {
            // Taken out before it was put in, through the state and back.
            accumulator.subtract_f64(left);
            let words = accumulator.to_words().expect("in range");
            accumulator = Accumulator::from_words(&words).expect("a state");
            accumulator.add_f64(values);
            accumulator.add_f64(left);
        }
        4 => {
            let mut other = Accumulator::new();
            right
                .iter()
                .for_each(|&value| other.subtract_one_f64(value));
            accumulator.add_f64(left);
            accumulator.unmerge(&other);
        }
        _ => {
            let mut other = Accumulator::new();
            other.add_f64(right);
            let saved = other.save().expect("in range");
            accumulator.add_f64(values);
            accumulator.add_f64(right);
            accumulator.unmerge(&Accumulator::load(saved.as_bytes()).expect("saved"));
        }
    }
    accumulator
}

fn check(values: &[f64], context: &str, random: &mut Random) {
    let oracle = Oracle::of(values);
    let words = oracle.words();
    let expected = oracle.value_f64();
    let mut order = values.to_vec();
    let first = random.below(6);
    for way in [0, first, (first + 1) % 6] {
        let accumulator = accumulate(&order, way, random);
        let report = || format!("{context}, way {way}: let values = {};", paste(&order));
        assert_eq!(accumulator.to_words(), Ok(words), "{}", report());
        let saved = accumulator.save().expect("in range");
        assert_eq!(saved.as_bytes(), oracle.saved(), "{}", report());
        check_rounded(
            accumulator.value_f64(),
            expected,
            oracle.is_negative(),
            &report,
        );
        random.shuffle(&mut order);
    }
}

fn check_kinds(seed: u64, rounds: usize, length: fn(&mut Random) -> usize) {
    for (name, generate) in KINDS {
        let mut random = Random::new(seed);
        for round in 0..rounds {
            let length = length(&mut random);
            let values = generate(&mut random, length);
            check(&values, &format!("{name}, round {round}"), &mut random);
        }
    }
}

#[test]
fn a_half_million_short_arrays_in_any_order() {
    check_kinds(1, 20_000, |random| random.below(10));
}

#[test]
fn another_half_million_short_arrays_in_any_order() {
    check_kinds(2, 20_000, |random| 1 + random.below(20));
}

#[test]
fn arrays_of_some_hundreds_in_any_order() {
    check_kinds(3, 100, |random| 100 + random.below(400));
}

#[test]
fn long_arrays_through_the_table_in_any_order() {
    check_kinds(4, 12, |random| 1000 + random.below(5000));
}
