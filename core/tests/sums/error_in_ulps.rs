//! How far off a sum is, in units in the last place.

use crate::support::arrays::KINDS;
use crate::support::oracle::{F64, Oracle, nearest, one, same, scale, units, worth};
use crate::support::paste;
use crate::support::random::Random;
use num_bigint::BigUint;
use tally_core::{Accumulator, ValueError};

fn error(values: &[f64], candidate: f64) -> f64 {
    let mut accumulator = Accumulator::new();
    accumulator.add_f64(values);
    accumulator.error_f64(candidate).expect("has a value")
}

/// The error by definition.
fn expected(oracle: &Oracle, candidate: f64) -> f64 {
    let zero_if = |same| if same { 0.0 } else { f64::INFINITY };
    let sign = if oracle.is_negative() { -1.0 } else { 1.0 };
    let rounded = oracle.value_f64().unwrap_or(sign * f64::INFINITY);
    if rounded.is_nan() || candidate.is_nan() {
        return zero_if(rounded.is_nan() && candidate.is_nan());
    }
    if candidate.is_infinite() || oracle.special().is_some() {
        return zero_if(candidate == rounded);
    }
    let pattern = rounded.abs().min(f64::MAX).to_bits();
    let ulp = worth(pattern + 1, F64) - worth(pattern, F64);
    let distance = (units(candidate) - &oracle.total).magnitude() * one().magnitude();
    nearest(&distance, &ulp, F64).map_or(f64::INFINITY, f64::from_bits)
}

#[test]
fn the_error_is_the_exact_distance_rounded_once() {
    for (name, generate) in KINDS {
        let mut random = Random::new(31);
        for round in 0..4000 {
            let length = random.below(10);
            let values = generate(&mut random, length);
            let oracle = Oracle::of(&values);
            let naive: f64 = values.iter().sum();
            let near = f64::from_bits(naive.to_bits() ^ 1 << random.below(6));
            let other = generate(&mut random, 1)[0];
            let fixed = random.pick(&[0.0, -0.0, f64::MAX, -f64::MAX, f64::INFINITY, f64::NAN]);
            for candidate in [naive, near, other, fixed] {
                let found = error(&values, candidate);
                let wanted = expected(&oracle, candidate);
                let bits = candidate.to_bits();
                let report = || format!("{name}, round {round}, {bits:#x}: {}", paste(&values));
                assert!(
                    same(found, wanted),
                    "{found:e} for {wanted:e}, {}",
                    report()
                );
            }
            if let Some(value) = oracle.value_f64() {
                assert!(
                    error(&values, value) <= 0.5,
                    "{name}, {round}: {}",
                    paste(&values)
                );
            }
        }
    }
}

#[test]
fn known_errors() {
    assert_eq!(error(&[1.0], 1.0), 0.0);
    assert_eq!(error(&[1.0], 1.0 + f64::EPSILON), 1.0);
    assert_eq!(error(&[1.0, 1e100, -1e100], 0.0), 2_f64.powi(52));
    assert_eq!(error(&[1.0, f64::EPSILON / 2.0], 1.0), 0.5);
    assert_eq!(error(&[], -0.0), 0.0);
    assert_eq!(error(&[-0.0], 0.0), 0.0);
    assert_eq!(error(&[5e-324], 0.0), 1.0);
    assert_eq!(
        error(&[f64::MAX], scale(1.0, 1023)),
        2_f64.powi(53) - 1.0 - 2_f64.powi(52)
    );
    assert_eq!(error(&[f64::MAX, -f64::MAX], 1.0), f64::INFINITY);
    assert_eq!(error(&[f64::MAX, 5e-324], f64::MAX), 0.0);
}

#[test]
fn errors_around_the_infinities() {
    let (inf, nan) = (f64::INFINITY, f64::NAN);
    assert_eq!(error(&[f64::MAX, f64::MAX], inf), 0.0);
    assert_eq!(error(&[-f64::MAX, -f64::MAX], -inf), 0.0);
    assert_eq!(error(&[f64::MAX, f64::MAX], -inf), inf);
    assert_eq!(error(&[f64::MAX, f64::MAX], f64::MAX), 2_f64.powi(53) - 1.0);
    assert_eq!(error(&[f64::MAX], inf), inf);
    assert_eq!(error(&[inf], inf), 0.0);
    assert_eq!(error(&[inf], -inf), inf);
    assert_eq!(error(&[inf], 1.0), inf);
    assert_eq!(error(&[inf, -inf], nan), 0.0);
    assert_eq!(error(&[nan], nan), 0.0);
    assert_eq!(error(&[nan], 1.0), inf);
    assert_eq!(error(&[1.0], nan), inf);
    let mut negative = Accumulator::new();
    negative.subtract_one_f64(nan);
    assert_eq!(negative.error_f64(1.0), Err(ValueError::NegativeCount));
}

#[test]
fn an_ulp_is_the_distance_away_from_zero() {
    // One below a power of two: the next double towards zero is half as far.
    let ulp = BigUint::from(1_u8);
    assert_eq!(worth(1, F64), ulp);
    assert_eq!(error(&[2.0], 2.0 - f64::EPSILON), 0.5);
    assert_eq!(error(&[2.0], 2.0 + 2.0 * f64::EPSILON), 1.0);
}
