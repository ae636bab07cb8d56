//! Mean, variance, standard deviation and norm are the nearest to their true
//! values, whatever the order, the parts and the engine.

use crate::support::arrays::KINDS;
use crate::support::moments::MomentsOracle;
use crate::support::oracle::scale;
use crate::support::random::Random;
use crate::support::{check_rounded, paste};
use num_bigint::BigInt;
use tally_core::{
    Isa, Moments, Stored, ValueError, mean_f64_on, norm_f64_on, standard_deviation_f64_on,
    variance_f64_on,
};

/// Adds `values` in one of several ways that must not matter.
fn accumulate(values: &[f64], way: usize, random: &mut Random) -> Moments {
    let mut moments = Moments::new();
    let mut other = Moments::new();
    let (left, right) = values.split_at(random.below(values.len() + 1));
    let engines: Vec<Isa> = Isa::available().collect();
    match way {
        0 => moments.add_f64_on(random.pick(&engines), values),
        1 => values.iter().for_each(|&value| moments.add_one_f64(value)),
        2 => {
            moments.add_f64(left);
            other.add_f64(right);
            moments.merge(&other);
        }
        3 => {
            moments.subtract_f64(left);
            let words = moments.to_words().expect("in range");
            moments = Moments::from_words(&words).expect("a state");
            moments.add_f64(values);
            moments.add_f64(left);
        }
        _ => {
            right
                .iter()
                .for_each(|&value| other.subtract_one_f64(value));
            moments.add_f64(left);
            let saved = other.save().expect("in range");
            moments.unmerge(&Moments::load(saved.as_bytes()).expect("saved"));
        }
    }
    moments
}

fn check_value(
    value: Result<f64, ValueError>,
    expected: Option<f64>,
    name: &str,
    report: &dyn Fn() -> String,
) {
    check_rounded(value, expected, false, &|| format!("{name}, {}", report()));
}

fn check(values: &[f64], context: &str, random: &mut Random) {
    let oracle = MomentsOracle::of(values);
    let mut values = values.to_vec();
    let first = random.below(5);
    for way in [0, first, (first + 1) % 5] {
        let moments = accumulate(&values, way, random);
        let report = || format!("{context}, way {way}: let values = {};", paste(&values));
        assert_eq!(moments.to_words(), Ok(oracle.words()), "{}", report());
        for ddof in 0..3 {
            let variance = moments.variance_f64(ddof);
            let deviation = moments.standard_deviation_f64(ddof);
            if values.len() as u64 <= ddof {
                assert_eq!(variance, Err(ValueError::TooFew), "{}", report());
                assert_eq!(deviation, Err(ValueError::TooFew), "{}", report());
                continue;
            }
            let ddof = ddof as usize;
            check_value(
                variance,
                oracle.variance(&values, ddof),
                "variance",
                &report,
            );
            check_value(
                deviation,
                oracle.deviation(&values, ddof),
                "deviation",
                &report,
            );
        }
        check_value(moments.norm_f64(), oracle.norm(), "norm", &report);
        if values.is_empty() {
            assert_eq!(moments.mean_f64(), Err(ValueError::NoValues));
        } else {
            check_value(moments.mean_f64(), oracle.sum.mean_f64(), "mean", &report);
        }
        random.shuffle(&mut values);
    }
    for isa in Isa::available() {
        let report = || {
            format!(
                "{context}, {}: let values = {};",
                isa.name(),
                paste(&values)
            )
        };
        check_value(
            norm_f64_on(isa, &values),
            oracle.norm(),
            "norm of a slice",
            &report,
        );
        match values.is_empty() {
            true => assert_eq!(mean_f64_on(isa, &values), Err(ValueError::NoValues)),
            false => check_value(
                mean_f64_on(isa, &values),
                oracle.sum.mean_f64(),
                "mean of a slice",
                &report,
            ),
        }
        for ddof in [0, 1] {
            if values.len() <= ddof {
                continue;
            }
            check_value(
                variance_f64_on(isa, &values, ddof as u64),
                oracle.variance(&values, ddof),
                "variance of a slice",
                &report,
            );
            check_value(
                standard_deviation_f64_on(isa, &values, ddof as u64),
                oracle.deviation(&values, ddof),
                "deviation of a slice",
                &report,
            );
        }
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
fn short_arrays_of_every_kind() {
    check_kinds(1, 150, |random| random.below(8));
}

#[test]
fn arrays_of_some_hundreds_of_every_kind() {
    check_kinds(2, 6, |random| 30 + random.below(300));
}

#[test]
fn arrays_of_some_thousands_of_every_kind() {
    check_kinds(7, 2, |random| 1000 + random.below(4000));
}

#[test]
fn arrays_longer_than_a_chunk_of_every_kind() {
    check_kinds(3, 1, |random| 16_000 + random.below(3000));
}

/// Nearly equal huge values: the textbook formula gives nonsense here.
#[test]
fn disasters_of_the_textbook_formula() {
    // Known by hand: 1, 2 and 3 have variance 1, wherever they are moved to.
    for offset in [0.0, 1e6, 1e9, 1e12, 1e15] {
        let mut moments = Moments::new();
        moments.add_f64(&[offset + 1.0, offset + 2.0, offset + 3.0]);
        assert_eq!(moments.variance_f64(1), Ok(1.0), "{offset}");
        assert_eq!(moments.standard_deviation_f64(1), Ok(1.0), "{offset}");
    }
    // Equal values vary by nothing, though their squares are rounded.
    for value in [0.1, 1e-300, 1e300, f64::MAX, 5e-324] {
        let mut moments = Moments::new();
        moments.add_f64(&[value; 1000]);
        assert_eq!(moments.variance_f64(0), Ok(0.0), "{value}");
    }
    let mut random = Random::new(4);
    for exponent in [10, 30, 52, 200, 900] {
        for _ in 0..20 {
            let base = 2_f64.powi(exponent);
            let values: Vec<f64> = (0..50)
                .map(|_| base * (1.0 + random.below(16) as f64 * f64::EPSILON))
                .collect();
            check(&values, &format!("near 2^{exponent}"), &mut random);
        }
    }
}

/// Long enough for estimates, which then must not be certain.
#[test]
fn disasters_of_long_arrays() {
    let mut random = Random::new(8);
    for exponent in (0..=60).step_by(3) {
        let base = 2_f64.powi(exponent);
        let values: Vec<f64> = (0..1100).map(|_| base + random.unit()).collect();
        check(&values, &format!("2^{exponent} and a little"), &mut random);
    }
}

/// Few values are words if they are not too far apart; the largest of them, and some
/// that are larger.
#[test]
fn values_as_far_apart_as_words_hold_and_farther() {
    let mut random = Random::new(9);
    for width in 0..=16 {
        for length in 1..=34 {
            let largest = scale(2.0 - f64::EPSILON, width);
            for sign in [1.0, -1.0, 0.0] {
                let mut values = vec![largest; length];
                if sign == 0.0 {
                    for value in &mut values {
                        *value =
                            random.sign() * scale(1.0 + random.unit(), random.between(0, width));
                    }
                }
                values[0] = 1.0 + f64::EPSILON;
                values
                    .iter_mut()
                    .filter(|_| sign < 0.0)
                    .for_each(|value| *value = -*value);
                check(
                    &values,
                    &format!("{length} values over 2^{width}"),
                    &mut random,
                );
            }
        }
    }
}

/// Values close together, and one at any place that is not: it may be too far from the
/// others for its difference to be a double.
#[test]
fn one_value_apart_from_nearly_equal_ones() {
    let mut random = Random::new(10);
    for round in 0..600 {
        let length = 33 + random.below(200);
        let sign = random.sign();
        let near = |random: &mut Random| sign * (1.0 + random.unit() * 2_f64.powi(-round % 50));
        let mut values: Vec<f64> = (0..length).map(|_| near(&mut random)).collect();
        let at = random.below(length);
        let (last_sign, exponent) = (random.sign(), random.between(-4, 4));
        values[at] = last_sign * scale(1.0 + random.unit(), exponent);
        check(&values, &format!("one apart at {at}"), &mut random);
    }
}

/// Integers whose squares have this sum.
fn with_squares(mut sum: u128) -> Vec<f64> {
    let mut values = Vec::new();
    while sum > 0 {
        let root = sum.isqrt().min((1 << 53) - 1);
        values.push(root as f64);
        sum -= root * root;
    }
    values
}

/// A root that lies a hair above or below the middle of two doubles.
#[test]
fn roots_next_to_ties_are_rounded_right() {
    let mut random = Random::new(5);
    for _ in 0..500 {
        // The square of an odd number of 54 bits is the square of a tie: as a sum of
        // squares, it and its neighbours take a few values.
        let middle = (random.bits() >> 11 | 1 << 52) * 2 + 1;
        let square = u128::from(middle) * u128::from(middle);
        for square in [square - 1, square, square + 1] {
            check(&with_squares(square), "next to a tie", &mut random);
        }
        // Far above 128 bits, with something small beside it.
        for (up, small) in [(11, 2), (12, 1), (40, 1), (400, 1)] {
            let mut values = with_squares(square);
            values.iter_mut().for_each(|value| *value *= 2_f64.powi(up));
            values.resize(values.len() + small, 1.0);
            check(&values, "next to a large tie", &mut random);
        }
    }
}

#[test]
fn integers_have_the_moments_of_their_values() {
    let mut random = Random::new(6);
    let edges = [
        0,
        1,
        -1,
        1 << 31,
        i64::MAX,
        i64::MIN,
        i64::MIN + 1,
        1 << 53,
        (1 << 53) + 1,
    ];
    for round in 0..300 {
        let length = 1 + random.below(40);
        let any = |random: &mut Random| match round % 3 {
            0 => random.pick(&edges),
            1 => random.bits() as i64,
            _ => random.bits() as i64 >> 40,
        };
        let signed: Vec<i64> = (0..length).map(|_| any(&mut random)).collect();
        let unsigned: Vec<u64> = signed.iter().map(|&value| value as u64).collect();
        let mut moments = Moments::new();
        let narrow: Vec<i32> = signed.iter().map(|&value| value as i32).collect();
        moments.add_i64(&signed);
        moments.add_u64(&unsigned);
        moments.add_i32(&narrow);
        let wide: Vec<BigInt> = signed
            .iter()
            .map(|&value| BigInt::from(value))
            .chain(unsigned.iter().map(|&value| BigInt::from(value)))
            .chain(narrow.iter().map(|&value| BigInt::from(value)))
            .collect();
        let count = BigInt::from(wide.len());
        let sum: BigInt = wide.iter().sum();
        let squares: BigInt = wide.iter().map(|value| value * value).sum();
        let spread = (&count * squares - &sum * &sum) << 2148;
        let expected = crate::support::moments::rounded(&spread, &(&count * (&count - 1)));
        let variance = moments.variance_f64(1).ok();
        assert_eq!(variance, expected, "{signed:?}");
        moments.subtract_u64(&unsigned);
        moments.subtract_i32(&narrow);
        moments.subtract_i64(&signed);
        assert_eq!(moments, Moments::new(), "{signed:?}");
    }
}

#[test]
fn what_no_values_could_have_left_is_refused() {
    let mut moments = Moments::new();
    moments.subtract_f64(&[3.0, 3.0]);
    moments.add_f64(&[1.0, 2.0, 1.0, 1.0]);
    // Four values less two: the count is 2, the squares are negative.
    assert_eq!(moments.count(), 2);
    assert_eq!(moments.variance_f64(0), Err(ValueError::Impossible));
    assert_eq!(
        moments.standard_deviation_f64(0),
        Err(ValueError::Impossible)
    );
    assert_eq!(moments.norm_f64(), Err(ValueError::Impossible));
    moments.subtract_one_f64(f64::NAN);
    moments.add_f64(&[1.0; 5]);
    assert_eq!(moments.variance_f64(0), Err(ValueError::NegativeCount));
}
