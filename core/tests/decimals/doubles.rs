//! Doubles are added as the shortest decimals that read back as the same doubles.

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use crate::support::decimals::{Oracle, double, shortest, ten_to, total_of, word};
use crate::support::random::Random;
use tally_core::{Decimal, Digits, Stored};

fn of(values: &[f64]) -> Decimal {
    let mut total = Decimal::new();
    total.add_f64(values);
    total
}

fn text(total: &Decimal) -> String {
    total
        .text(Digits::All)
        .expect("a value")
        .as_str()
        .to_owned()
}

/// The digits of a written number without its point, and how many are after it.
fn digits_of(text: &str) -> (BigInt, usize) {
    let places = text
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len());
    (text.replace('.', "").parse().expect("digits"), places)
}

/// A positive double as an exact fraction.
fn fraction(value: f64) -> (BigInt, BigInt) {
    let bits = value.to_bits();
    let (field, rest) = (bits >> 52, bits & ((1 << 52) - 1));
    let significand = BigInt::from(if field == 0 { rest } else { rest | 1 << 52 });
    let exponent = field.max(1) as i64 - 1075;
    let one = BigInt::from(1);
    if exponent >= 0 {
        (significand << exponent, one)
    } else {
        (significand, one << -exponent)
    }
}

/// By the definition: it reads back, nothing shorter does, and nothing as short is nearer.
#[test]
fn no_shorter_decimal_reads_back_and_none_as_short_is_nearer() {
    let mut random = Random::new(41);
    for _ in 0..30_000 {
        let value = double(&mut random).abs();
        let text = text(&of(&[value]));
        assert_eq!(text.parse(), Ok(value), "{value:e} is not {text}");
        let (mut digits, places) = digits_of(&text);
        if digits.is_zero() {
            continue;
        }
        let mut exponent = -(places as i64);
        while (&digits % 10_u8).is_zero() {
            digits /= 10_u8;
            exponent += 1;
        }
        // The value in units of the last digit is `numerator` / `denominator`.
        let (mut numerator, mut denominator) = fraction(value);
        if exponent >= 0 {
            denominator *= ten_to(exponent);
        } else {
            numerator *= ten_to(-exponent);
        }
        let error = |digits: &BigInt| (digits * &denominator - &numerator).abs();
        for other in [&digits - 1, &digits + 1] {
            // At a power of two the nearest one may read as the double below.
            let reads_back = format!("{other}e{exponent}").parse() == Ok(value);
            let is_nearer = reads_back && error(&other) < error(&digits);
            assert!(!is_nearer, "{value:e}: {other} is nearer");
        }
        if digits < BigInt::from(10) {
            continue;
        }
        let below = &digits / 10_u8;
        for shorter in [below.clone(), below + 1] {
            let word = format!("{shorter}e{}", exponent + 1);
            assert_ne!(word.parse(), Ok(value), "{value:e} is {word}");
        }
    }
}

/// A total of doubles, and what is left when they are taken out.
pub(crate) fn check_total(random: &mut Random) {
    // Some of one kind, with a stranger among them.
    let places = random.below(5) as i32;
    let mut values: Vec<f64> = (0..random.below(20))
        .map(|_| f64::from(random.between(-99_999, 99_999)) / 10_f64.powi(places))
        .collect();
    values.extend((0..random.below(4)).map(|_| double(random)));
    if random.one_in(20) {
        values.extend([f64::NAN, f64::INFINITY, f64::NEG_INFINITY]);
    }
    random.shuffle(&mut values);
    let words: Vec<String> = values.iter().map(|&value| shortest(value)).collect();
    let kept = word(random);
    let mut total = total_of(std::slice::from_ref(&kept));
    let mut expected = Oracle::of(&words);
    expected.add(&kept, 1);
    total.add_f64(&values);
    assert_eq!(total.to_words(), Ok(expected.words()), "{kept} {values:?}");
    total.subtract_f64(&values);
    let mut rest = Oracle::of(std::slice::from_ref(&kept));
    rest.scale = expected.scale;
    assert_eq!(total.to_words(), Ok(rest.words()), "{kept} {values:?}");
}

#[test]
fn totals_are_those_of_the_shortest_decimals() {
    let mut random = Random::new(42);
    for _ in 0..20_000 {
        check_total(&mut random);
    }
}

#[test]
fn what_was_meant_is_summed() {
    for (values, expected) in [
        (&[73.2, -70.1, -3.1][..], "0"),
        (&[0.1, 0.2], "0.3"),
        (&[-0.0], "0"),
        (&[1e23, -1e22], "90000000000000000000000"),
        (&[9_007_199_254_740_993.0], "9007199254740992"),
        (&[0.1 + 0.2], "0.30000000000000004"),
        (&[1.0 / 3.0], "0.3333333333333333"),
        (&[2_f64.powi(-60)], "0.0000000000000000008673617379884035"),
    ] {
        assert_eq!(text(&of(values)), expected, "{values:?}");
    }
    let scale = |value| of(&[value]).scale();
    assert_eq!([scale(5e-324), scale(1e22), scale(0.25)], [324, 0, 2]);
    assert_eq!(scale(f64::MIN_POSITIVE), 324);
}

/// Where 15 digits become 16, and 2^53 is near.
#[test]
fn short_decimals_end_at_fifteen_digits() {
    for places in 0..=17 {
        for digits in [
            10_u64.pow(15) - 1,
            10_u64.pow(15),
            10_u64.pow(15) + 1,
            (1 << 53) - 1,
            1 << 53,
            (1 << 53) + 1,
            123_456_789_012_345,
            1_234_567_890_123_456,
        ] {
            let value: f64 = format!("{digits}e-{places}").parse().expect("a number");
            let words = [shortest(value)];
            let state = of(&[value]).to_words();
            assert_eq!(state, Ok(Oracle::of(&words).words()), "{value:e}");
        }
    }
}

/// An array tries the places of the value before: products with 10^15 of up to 103 bits.
#[test]
fn the_places_of_the_value_before_do_no_harm() {
    let mut random = Random::new(43);
    let mut after = vec![9.95, 8.41, 0.3, 1e14, 123_456.789, 4503599627370496.5];
    for multiple in 1..40 {
        // 2^64 and its multiples, in units of 10^-15.
        let value = f64::from(multiple) * 18_446.744_073_709_552;
        after.extend((0..8).map(|step| f64::from_bits(value.to_bits() - 4 + step)));
    }
    after.extend((0..2000).map(|_| double(&mut random)));
    for places in 0..=15 {
        let before = format!("0.{}", &"123456789012345"[..places]);
        let before: f64 = before.parse().expect("a number");
        for &value in &after {
            for value in [value, -value] {
                let words = [shortest(before), shortest(value)];
                let state = of(&[before, value]).to_words();
                assert_eq!(state, Ok(Oracle::of(&words).words()), "{before} {value:e}");
            }
        }
    }
}

/// Below a power of two, doubles are half as far apart as above.
#[test]
fn powers_of_two_and_their_neighbours() {
    for exponent in -1074..=1023 {
        let power = 2_f64.powi(exponent).to_bits();
        for bits in power.saturating_sub(3)..power + 3 {
            let value = f64::from_bits(bits);
            let words = [shortest(value)];
            let state = of(&[value]).to_words();
            assert_eq!(state, Ok(Oracle::of(&words).words()), "{value:e}");
        }
    }
}

#[test]
fn special_doubles_are_counted() {
    let total = of(&[
        f64::NAN,
        f64::INFINITY,
        f64::INFINITY,
        f64::NEG_INFINITY,
        1.5,
    ]);
    let words = ["nan", "inf", "inf", "-inf", "1.5"].map(str::to_owned);
    assert_eq!(total.to_words(), Ok(Oracle::of(&words).words()));
    let mut none = total.clone();
    none.subtract_f64(&[f64::NAN, f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY]);
    assert_eq!(text(&none), "1.5");
}

/// As Python's `repr` and C++'s `std::to_chars` have them.
#[test]
fn of_two_that_are_equally_near_the_even_one() {
    for (exact, word) in [
        ("214449824390680.625", "214449824390680.62"),
        ("1125899906842624.25", "1125899906842624.2"),
        ("-1688849860263937.25", "-1688849860263937.2"),
        ("1125899906842624.75", "1125899906842624.8"),
        ("70368744177664.125", "70368744177664.12"),
        ("70368744177664.375", "70368744177664.38"),
        // 2^-25, and 2^-24, of which the even one reads as another double.
        ("2.98023223876953125e-8", "2.9802322387695312e-8"),
        ("5.9604644775390625e-8", "5.960464477539063e-8"),
    ] {
        let mut total = Decimal::new();
        total.add_f64(&[exact.parse().expect(exact)]);
        assert_eq!(total, total_of(&[word.to_owned()]), "{exact}");
    }
}
