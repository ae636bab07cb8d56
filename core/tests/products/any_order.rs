//! Products give the same bits in any order and however they are split, on every
//! engine, and those bits are the nearest to the true total.

use crate::support::arrays::KINDS;
use crate::support::products::{ProductOracle, cancelling, pair_of_kinds};
use crate::support::random::Random;
use crate::support::{check_rounded, paste};
use tally_core::{Isa, ProductAccumulator, Stored, dot_f64_on};

/// Adds the products in one of several ways that must not matter.
fn accumulate(x: &[f64], y: &[f64], way: usize, random: &mut Random) -> ProductAccumulator {
    let mut total = ProductAccumulator::new();
    let mut other = ProductAccumulator::new();
    let cut = random.below(x.len() + 1);
    let (left, right) = ((&x[..cut], &y[..cut]), (&x[cut..], &y[cut..]));
    let engines: Vec<Isa> = Isa::available().collect();
    let isa = random.pick(&engines);
    match way {
        0 => total.add_f64_on(isa, x, y),
        1 => total.add_f64_on(isa, y, x),
        2 => {
            for (&x, &y) in x.iter().zip(y) {
                total.add_one_f64(x, y);
            }
        }
        3 => {
            total.add_f64_on(isa, left.0, left.1);
            other.add_f64(right.0, right.1);
            total.merge(&other);
        }
        4 => {
            // Taken out before it was put in, through the state and back.
            total.subtract_f64(left.0, left.1);
            let words = total.to_words().expect("in range");
            total = ProductAccumulator::from_words(&words).expect("a state");
            total.add_f64(x, y);
            total.add_f64_on(isa, left.0, left.1);
        }
        5 => {
            for (&x, &y) in right.0.iter().zip(right.1) {
                other.subtract_one_f64(x, y);
            }
            total.add_f64(left.0, left.1);
            total.unmerge(&other);
        }
        _ => {
            other.add_f64(right.0, right.1);
            let saved = other.save().expect("in range");
            total.add_f64(x, y);
            total.add_f64(right.0, right.1);
            total.unmerge(&ProductAccumulator::load(saved.as_bytes()).expect("saved"));
        }
    }
    total
}

fn check(x: &[f64], y: &[f64], context: &str, random: &mut Random) {
    let oracle = ProductOracle::of(x, y);
    let words = oracle.words();
    let (mut x, mut y) = (x.to_vec(), y.to_vec());
    let first = random.below(7);
    for way in [0, first, (first + 1) % 7] {
        let total = accumulate(&x, &y, way, random);
        let report = || {
            format!(
                "{context}, way {way}: let x = {};\nlet y = {};",
                paste(&x),
                paste(&y)
            )
        };
        assert_eq!(total.to_words(), Ok(words), "{}", report());
        assert_eq!(
            total.save().expect("in range").as_bytes(),
            oracle.saved(),
            "{}",
            report()
        );
        check_rounded(
            total.value_f64(),
            oracle.value_f64(),
            oracle.is_negative(),
            &report,
        );
        for last in (1..x.len()).rev() {
            let other = random.below(last + 1);
            x.swap(last, other);
            y.swap(last, other);
        }
    }
    for isa in Isa::available() {
        let report = || {
            format!(
                "{context}, {}: let x = {};\nlet y = {};",
                isa.name(),
                paste(&x),
                paste(&y)
            )
        };
        check_rounded(
            dot_f64_on(isa, &x, &y),
            oracle.value_f64(),
            oracle.is_negative(),
            &report,
        );
    }
}

fn check_kinds(seed: u64, rounds: usize, length: fn(&mut Random) -> usize) {
    let mut random = Random::new(seed);
    for round in 0..rounds {
        let length = length(&mut random);
        let (x, y) = pair_of_kinds(&mut random, length, round);
        check(&x, &y, &format!("round {round}"), &mut random);
    }
}

#[test]
fn short_arrays_of_every_pair_of_kinds() {
    check_kinds(1, 40 * KINDS.len() * KINDS.len(), |random| random.below(12));
}

#[test]
fn arrays_of_some_hundreds_of_every_pair_of_kinds() {
    check_kinds(2, 2 * KINDS.len() * KINDS.len(), |random| {
        30 + random.below(600)
    });
}

#[test]
fn long_arrays_of_every_pair_of_kinds() {
    check_kinds(3, KINDS.len() * KINDS.len(), |random| {
        1000 + random.below(9000)
    });
}

#[test]
fn nearly_cancelling_dot_products_of_every_condition() {
    let mut random = Random::new(4);
    for bits in (0..=800).step_by(20) {
        for length in [2, 3, 10, 33, 100, 1000] {
            let (x, y) = cancelling(&mut random, length, bits);
            check(&x, &y, &format!("{bits} bits cancel"), &mut random);
        }
    }
}

#[test]
fn many_products_of_one_exponent_among_wide_ones() {
    let mut random = Random::new(6);
    for length in [3000, 6000, 12_000] {
        let x: Vec<f64> = (0..length)
            .map(|_| match random.below(4) {
                0 => random.unit() * 2_f64.powi(random.between(-300, 0)),
                _ => 2.0 - f64::EPSILON,
            })
            .collect();
        check(&x, &vec![1.0; length], "one exponent", &mut random);
        check(&x, &x, "squares of one exponent", &mut random);
    }
}

#[test]
fn plain_sums_and_dot_products_with_ones_agree() {
    let mut random = Random::new(5);
    for (name, generate) in KINDS {
        for _ in 0..20 {
            let length = random.below(2000);
            let values = generate(&mut random, length);
            let ones = vec![1.0; values.len()];
            for isa in Isa::available() {
                let dot = dot_f64_on(isa, &values, &ones);
                let sum = tally_core::sum_f64_on(isa, &values);
                assert_eq!(
                    dot.map(f64::to_bits),
                    sum.map(f64::to_bits),
                    "{name}: let values = {};",
                    paste(&values)
                );
            }
        }
    }
}

/// Half of the pairs would be left out in silence otherwise.
#[test]
fn slices_of_different_lengths_panic() {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    let workers = tally_core::ScopedThreads(2);
    for length in [1, 3, 40, 5000] {
        let (x, y) = (vec![1.0; length], vec![1.0; length - 1]);
        let mut sum = ProductAccumulator::new();
        let panics = [
            catch_unwind(|| tally_core::dot_f64(&x, &y).is_ok()).is_err(),
            catch_unwind(|| tally_core::dot_f64(&y, &x).is_ok()).is_err(),
            catch_unwind(AssertUnwindSafe(|| sum.add_f64(&x, &y))).is_err(),
            catch_unwind(AssertUnwindSafe(|| sum.subtract_f64(&y, &x))).is_err(),
            catch_unwind(|| tally_core::dot_f64_parallel(&workers, &x, &y).is_ok()).is_err(),
        ];
        assert_eq!(panics, [true; 5], "{length} and {} values", length - 1);
    }
}
