//! Totals compare exactly, and round to the nearest double once.

use std::cmp::Ordering;

use crate::support::check_rounded;
use crate::support::decimals::{Oracle, POINT, cancelling, ten_to, total_of, words};
use crate::support::oracle::{F64, nearest};
use crate::support::random::Random;
use num_bigint::BigInt;
use num_traits::Signed;
use tally_core::{Decimal, Stored, ValueError};

fn of(words: &[&str]) -> Decimal {
    let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
    total_of(&words)
}

/// The nearest double; `None` beyond the finite range.
fn nearest_f64(total: &BigInt) -> Option<f64> {
    // The oracle counts in units of 2^-1074.
    let numerator = total.magnitude() << 1074_u32;
    let bits = nearest(&numerator, ten_to(POINT).magnitude(), F64)?;
    Some(f64::from_bits(bits | u64::from(total.is_negative()) << 63))
}

fn check(total: &Decimal, oracle: &Oracle, context: &dyn std::fmt::Debug) {
    let expected = match oracle.special() {
        Some(special) => Some(special.parse().expect("a float")),
        None => nearest_f64(&oracle.total),
    };
    let report = || format!("{context:?}");
    check_rounded(
        total.value_f64(),
        expected,
        oracle.total.is_negative(),
        &report,
    );
}

/// The double of some words.
pub(crate) fn check_value(random: &mut Random) {
    let count = random.below(4);
    let words = if random.one_in(2) {
        cancelling(random, count)
    } else {
        words(random, count)
    };
    check(&total_of(&words), &Oracle::of(&words), &words);
}

#[test]
fn doubles_are_the_nearest_to_big_integers() {
    let mut random = Random::new(21);
    for _ in 0..20_000 {
        check_value(&mut random);
    }
}

/// The digits of the double halfway to the next one, in full, if they fit.
fn halfway(bits: u64) -> Option<String> {
    let (here, next) = (f64::from_bits(bits), f64::from_bits(bits + 1));
    let exponent = (bits >> 52) as i32;
    // The unit of the midpoint is 2^(exponent - 1076).
    if !next.is_finite() || exponent - 1076 < -POINT as i32 {
        return None;
    }
    let integer = |value: f64| BigInt::from((value.to_bits() & ((1 << 52) - 1)) | 1 << 52);
    // Both in units of 2^(exponent - 1075), the next one's exponent accounted for.
    let shift = ((bits + 1) >> 52) as i32 - exponent;
    let doubled = integer(here) + (integer(next) << shift);
    let power = exponent - 1076;
    let total = if power >= 0 {
        (doubled << power) * ten_to(POINT)
    } else {
        doubled * ten_to(POINT) / (BigInt::from(1) << -power)
    };
    Some(format!("{total}e-{POINT}"))
}

#[test]
fn ties_go_to_the_even_double_and_the_least_digit_decides() {
    let mut random = Random::new(22);
    let mut ties = 0;
    while ties < 3000 {
        // Midpoints that have at most 342 digits after the point.
        let exponent = random.between(740, 2040) as u64;
        let fraction = random.pick(&[
            0,
            1,
            (1 << 52) - 1,
            (1 << 52) - 2,
            random.clone().bits() >> 12,
        ]);
        let bits = exponent << 52 | fraction;
        let Some(tie) = halfway(bits) else {
            continue;
        };
        for sign in ["", "-"] {
            for least in ["0", "1e-342", "-1e-342"] {
                let words = [format!("{sign}{tie}"), least.to_owned()];
                check(&total_of(&words), &Oracle::of(&words), &words);
            }
        }
        let even = f64::from_bits(bits + (bits & 1));
        assert_eq!(total_of(&[tie]).value_f64(), Ok(even));
        ties += 1;
    }
}

#[test]
fn the_ends_of_the_range_of_doubles() {
    let largest = BigInt::from((1_u64 << 53) - 1) << 971_u32;
    let half_above = &largest + (BigInt::from(1) << 970_u32);
    for (words, expected) in [
        (vec![largest.to_string()], Ok(f64::MAX)),
        (
            vec![half_above.to_string()],
            Err(ValueError::Overflow { negative: false }),
        ),
        (
            vec![half_above.to_string(), "-1e-342".to_owned()],
            Ok(f64::MAX),
        ),
        (
            vec![format!("-{half_above}")],
            Err(ValueError::Overflow { negative: true }),
        ),
        (
            vec![format!("-{half_above}"), "1e-342".to_owned()],
            Ok(-f64::MAX),
        ),
        (
            vec!["9e321".to_owned()],
            Err(ValueError::Overflow { negative: false }),
        ),
        (vec!["5e-324".to_owned()], Ok(5e-324)),
        (vec!["2.5e-324".to_owned()], Ok(5e-324)),
        (vec!["2.4e-324".to_owned()], Ok(0.0)),
        (vec!["1e-342".to_owned()], Ok(0.0)),
        (
            vec!["2.2250738585072014e-308".to_owned()],
            Ok(f64::MIN_POSITIVE),
        ),
        (vec!["0.1".to_owned()], Ok(0.1)),
        (vec!["-0".to_owned()], Ok(0.0)),
        (vec![], Ok(0.0)),
    ] {
        let value = total_of(&words).value_f64();
        assert_eq!(
            value.map(f64::to_bits),
            expected.map(f64::to_bits),
            "{words:?}"
        );
    }
    // A total that rounds to zero keeps its sign.
    let value = of(&["-1e-342"]).value_f64();
    assert_eq!(value.map(f64::to_bits), Ok((-0.0_f64).to_bits()));
}

/// The order of two totals.
pub(crate) fn check_order(random: &mut Random) {
    let left = cancelling(random, 4);
    let right = match random.below(3) {
        0 => words(random, 2),
        1 => left.clone(),
        _ => {
            let mut near = left.clone();
            near.push(
                random
                    .pick(&["1e-342", "-1e-342", "-0", "1e321"])
                    .to_owned(),
            );
            near
        }
    };
    let (a, b) = (Oracle::of(&left), Oracle::of(&right));
    let order = match (a.special(), b.special()) {
        (None, None) => Some(a.total.cmp(&b.total)),
        (Some("nan"), _) | (_, Some("nan")) => None,
        (a, b) => {
            let infinity = |special: Option<&str>| special.map_or(0.0, |s| s.parse().expect(s));
            f64::partial_cmp(&infinity(a), &infinity(b))
        }
    };
    let compared = total_of(&left).compare(&total_of(&right));
    assert_eq!(compared, Ok(order), "{left:?} {right:?}");
}

#[test]
fn totals_compare_as_big_integers_do() {
    let mut random = Random::new(23);
    for _ in 0..20_000 {
        check_order(&mut random);
    }
}

#[test]
fn only_totals_are_compared() {
    assert_eq!(
        of(&["0.10", "0.20"]).compare(&of(&["0.3"])),
        Ok(Some(Ordering::Equal))
    );
    assert_eq!(of(&["nan"]).compare(&of(&["nan"])), Ok(None));
    assert_eq!(
        of(&["inf"]).compare(&of(&["inf", "9e321"])),
        Ok(Some(Ordering::Equal))
    );
    let mut taken_out = Decimal::new();
    taken_out.subtract_word(b"inf").expect("a word");
    assert_eq!(
        of(&["1"]).compare(&taken_out),
        Err(ValueError::NegativeCount)
    );
    assert!(taken_out.to_words().is_ok());
}
