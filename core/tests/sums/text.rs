//! Totals in decimal: every digit right, half to even.

use crate::support::arrays::KINDS;
use crate::support::oracle::Oracle;
use crate::support::random::Random;
use crate::support::{paste, rounds};
use num_bigint::{BigInt, BigUint};
use tally_core::{Accumulator, Stored, ValueError};

fn sum_of(values: &[f64]) -> Accumulator {
    let mut accumulator = Accumulator::new();
    accumulator.add_f64(values);
    accumulator
}

fn text(values: &[f64], digits: Option<u16>) -> String {
    sum_of(values)
        .text(digits)
        .expect("has a value")
        .as_str()
        .to_owned()
}

/// The digits by long arithmetic: units of 2^-1074 are units of 10^-1074 once
/// multiplied by 5^1074.
fn decimal(oracle: &Oracle, digits: Option<u16>) -> String {
    match oracle.special() {
        Some(special) if special.is_nan() => return "nan".to_owned(),
        Some(special) => return if special > 0.0 { "inf" } else { "-inf" }.to_owned(),
        None => {}
    }
    let ten = |power: u32| BigUint::from(10_u8).pow(power);
    let shown = usize::from(digits.unwrap_or(1074));
    let unit = ten(1074 - shown as u32);
    let exact = oracle.total.magnitude() * BigUint::from(5_u8).pow(1074);
    let mut rounded = &exact / &unit;
    let twice_left = (&exact % &unit) * 2_u8;
    if twice_left > unit || (twice_left == unit && rounded.bit(0)) {
        rounded += 1_u8;
    }
    let padded = format!("{:0>width$}", rounded.to_string(), width = shown + 1);
    let (integer, fraction) = padded.split_at(padded.len() - shown);
    let fraction = if digits.is_none() {
        fraction.trim_end_matches('0')
    } else {
        fraction
    };
    let sign = if oracle.is_negative() { "-" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{integer}{point}{fraction}")
}

#[test]
fn every_digit_is_right() {
    for (name, generate) in KINDS {
        let mut random = Random::new(21);
        for round in 0..rounds(500) {
            let length = random.below(8);
            let values = generate(&mut random, length);
            let oracle = Oracle::of(&values);
            let some = random.pick(&[0, 1, 2, 3, 18, 19, 20, 38, 325, 1073, 1074]);
            for digits in [None, Some(some), Some(random.below(1075) as u16)] {
                let expected = decimal(&oracle, digits);
                let report = || format!("{name}, round {round}, {digits:?}: {}", paste(&values));
                assert_eq!(text(&values, digits), expected, "{}", report());
            }
        }
    }
}

#[test]
fn ties_go_to_the_even_digit() {
    let mut random = Random::new(22);
    for _ in 0..rounds(20_000) {
        // k / 2^p has p digits, the last a 5: one digit fewer is always a tie.
        let places = random.between(1, 40);
        let value = f64::from(random.between(-100_000, 100_000) | 1) / 2_f64.powi(places);
        let digits = Some(places as u16 - 1);
        let expected = decimal(&Oracle::of(&[value]), digits);
        assert_eq!(text(&[value], digits), expected, "{value:e} {digits:?}");
    }
    assert_eq!(text(&[0.5], Some(0)), "0");
    assert_eq!(text(&[1.5], Some(0)), "2");
    assert_eq!(text(&[2.5], Some(0)), "2");
    assert_eq!(text(&[0.125], Some(2)), "0.12");
    assert_eq!(text(&[0.375], Some(2)), "0.38");
    assert_eq!(text(&[0.125, 5e-324], Some(2)), "0.13");
}

#[test]
fn known_texts() {
    let tenth = "0.1000000000000000055511151231257827021181583404541015625";
    assert_eq!(text(&[0.1], None), tenth);
    assert_eq!(text(&[], None), "0");
    assert_eq!(text(&[], Some(3)), "0.000");
    assert_eq!(text(&[40.0], None), "40");
    assert_eq!(text(&[40.0], Some(2)), "40.00");
    assert_eq!(text(&[1e22, 1.0], None), "10000000000000000000001");
    assert_eq!(text(&[99.99], Some(1)), "100.0");
    assert_eq!(text(&[-99.99], Some(1)), "-100.0");
    assert_eq!(text(&[0.999], Some(2)), "1.00");
    assert_eq!(text(&[9.5], Some(0)), "10");
    assert_eq!(text(&[-0.0], None), "-0");
    assert_eq!(text(&[-0.0], Some(2)), "-0.00");
    assert_eq!(text(&[-0.001], Some(2)), "-0.00");
    assert_eq!(text(&[-5e-324], Some(0)), "-0");
    assert_eq!(text(&[f64::NAN], Some(2)), "nan");
    assert_eq!(text(&[f64::INFINITY], None), "inf");
    assert_eq!(text(&[f64::NEG_INFINITY], Some(9)), "-inf");
    assert_eq!(text(&[f64::INFINITY, f64::NEG_INFINITY], None), "nan");
}

#[test]
fn the_longest_text_fits() {
    // The least limbs of a state: the total furthest from zero.
    let mut words = [0; 40];
    words[..34].fill(1 << 63);
    words[34] = 1;
    let accumulator = Accumulator::from_words(&words).expect("a state");
    let limb = BigInt::from(i64::MIN);
    let oracle = Oracle {
        total: (0..34).map(|index| &limb << (64 * index)).sum(),
        counters: [1, 0, 0, 0, 0],
    };
    assert_eq!(oracle.words(), words);
    for digits in [None, Some(0), Some(1074)] {
        let text = accumulator.text(digits).expect("has a value");
        assert_eq!(text.as_str(), decimal(&oracle, digits));
    }
    let longest = accumulator.text(None).expect("has a value").as_str().len();
    assert_eq!(longest, 1 + 332 + 1 + 1011);
    // More digits than there can be count as all.
    let most = accumulator.text(Some(u16::MAX)).expect("has a value");
    assert_eq!(most.as_str(), decimal(&oracle, Some(1074)));
}

#[test]
fn a_negative_count_has_no_text() {
    for special in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let mut accumulator = Accumulator::new();
        accumulator.subtract_one_f64(special);
        assert_eq!(
            accumulator.text(None).err(),
            Some(ValueError::NegativeCount)
        );
    }
}
