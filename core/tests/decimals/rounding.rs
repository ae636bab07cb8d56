//! Totals and means are rounded in the direction that is asked for.

use num_bigint::BigInt;
use num_traits::{Signed, Zero};

use crate::support::decimals::{Oracle, POINT, cancelling, ten_to, total_of, words};
use crate::support::random::Random;
use tally_core::{Decimal, Digits, Rounding};

const ALL: [Rounding; 6] = [
    Rounding::HalfEven,
    Rounding::HalfUp,
    Rounding::Down,
    Rounding::Up,
    Rounding::Ceiling,
    Rounding::Floor,
];

/// The total over `divisor` in units of 10^-`digits`, by the two integers around it.
fn rounded(oracle: &Oracle, digits: i64, divisor: i64, rounding: Rounding) -> BigInt {
    let unit = ten_to(POINT - digits) * divisor;
    let mut floor = &oracle.total / &unit;
    if (&floor * &unit) > oracle.total {
        floor -= 1;
    }
    let rest = &oracle.total - &floor * &unit;
    if rest.is_zero() {
        return floor;
    }
    let ceiling: BigInt = &floor + 1;
    let toward_zero = if oracle.total.is_negative() {
        &ceiling
    } else {
        &floor
    };
    let away = if oracle.total.is_negative() {
        &floor
    } else {
        &ceiling
    };
    let twice: BigInt = rest * 2;
    let nearest = |tie: &BigInt| match twice.cmp(&unit) {
        std::cmp::Ordering::Less => floor.clone(),
        std::cmp::Ordering::Equal => tie.clone(),
        std::cmp::Ordering::Greater => ceiling.clone(),
    };
    let even = if (&floor % 2_u8).is_zero() {
        &floor
    } else {
        &ceiling
    };
    match rounding {
        Rounding::HalfEven => nearest(even),
        Rounding::HalfUp => nearest(away),
        Rounding::Down => toward_zero.clone(),
        Rounding::Up => away.clone(),
        Rounding::Ceiling => ceiling,
        Rounding::Floor => floor,
    }
}

/// An integer with a point before its last digits.
fn written(integer: &BigInt, digits: usize) -> String {
    let sign = if integer.is_negative() { "-" } else { "" };
    let all = format!("{:0>width$}", integer.magnitude(), width = digits + 1);
    let (whole, fraction) = all.split_at(all.len() - digits);
    let point = if digits > 0 { "." } else { "" };
    format!("{sign}{whole}{point}{fraction}")
}

/// The total and the mean of some words, in every direction; `false` if they are no
/// numbers.
pub(crate) fn check_directions(random: &mut Random) -> bool {
    let count = random.below(5);
    let words = if random.one_in(2) {
        cancelling(random, count)
    } else {
        words(random, count)
    };
    let (total, oracle) = (total_of(&words), Oracle::of(&words));
    if oracle.special().is_some() {
        return false;
    }
    let any = random.between(0, 342);
    let digits = random.pick(&[0, 1, 2, 18, 341, 342, any]);
    for rounding in ALL {
        let text = total
            .text_rounded(Digits::Rounded(digits as u16), rounding)
            .expect("a value");
        let expected = rounded(&oracle, digits.into(), 1, rounding);
        let expected = written(&expected, digits as usize);
        assert_eq!(text.as_str(), expected, "{rounding:?} {digits} {words:?}");
        if let Ok(mean) = total.mean_text_rounded(digits as u16, rounding) {
            let expected = rounded(&oracle, digits.into(), oracle.counters[0], rounding);
            let expected = written(&expected, digits as usize);
            assert_eq!(mean.as_str(), expected, "{rounding:?} {digits} {words:?}");
        } else {
            assert!(words.is_empty());
        }
    }
    true
}

#[test]
fn every_direction_is_that_of_big_integers() {
    let mut random = Random::new(81);
    for _ in 0..10_000 {
        check_directions(&mut random);
    }
}

/// Half a unit, a little less, a little more, and almost nothing, at every place.
#[test]
fn every_place_is_rounded_in_every_direction() {
    for place in 0..POINT {
        for sign in ["", "-"] {
            for digit in ["2", "3", "9"] {
                for (rest, below) in [("5", "0"), ("5", "-1"), ("5", "1"), ("0", "1"), ("9", "9")] {
                    let below = if sign == "-" && below != "0" {
                        format!("-{below}").replace("--", "")
                    } else {
                        below.to_owned()
                    };
                    let mut words = vec![
                        format!("{sign}{digit}e-{place}"),
                        format!("{sign}{rest}e-{}", place + 1),
                    ];
                    if place + 1 < POINT {
                        words.push(format!("{below}e-342"));
                    }
                    let (total, oracle) = (total_of(&words), Oracle::of(&words));
                    for rounding in ALL {
                        let text = total
                            .text_rounded(Digits::Rounded(place as u16), rounding)
                            .expect("a value");
                        let expected = rounded(&oracle, place, 1, rounding);
                        let expected = written(&expected, place as usize);
                        assert_eq!(text.as_str(), expected, "{rounding:?} {words:?}");
                    }
                }
            }
        }
    }
}

/// Of 2/3 and 1/3, all digits that are computed are dropped as well.
#[test]
fn a_remainder_below_all_digits_is_rounded_too() {
    for (word, count) in [("2", 3), ("-2", 3), ("1", 3), ("1e-342", 7), ("-1e-342", 7)] {
        let mut words = vec![word.to_owned()];
        words.resize(count, "0".to_owned());
        let (total, oracle) = (total_of(&words), Oracle::of(&words));
        for digits in [0, 1, 341, 342] {
            for rounding in ALL {
                let mean = total.mean_text_rounded(digits, rounding).expect("a mean");
                let expected = rounded(&oracle, digits.into(), count as i64, rounding);
                let expected = written(&expected, digits.into());
                assert_eq!(mean.as_str(), expected, "{rounding:?} {word}/{count}");
            }
        }
    }
    // A mean that leaves nothing below 18 digits more, but a remainder.
    let mut total = Decimal::new();
    total.add_word(b"1e-342").expect("a number");
    let mut words = total_of(&["1e-342".to_owned()]);
    for _ in 0..62 {
        words.merge(&words.clone());
    }
    words.unmerge(&total);
    words.subtract_word(b"0").expect("a number");
    assert_eq!(words.count(), (1 << 62) - 2);
    let up = words.mean_text_rounded(342, Rounding::Up).expect("a mean");
    assert!(up.as_str().ends_with("2"), "{}", up.as_str());
    let down = words
        .mean_text_rounded(342, Rounding::Down)
        .expect("a mean");
    assert!(down.as_str().ends_with("1"), "{}", down.as_str());
}

#[test]
fn what_has_no_more_digits_is_not_rounded() {
    let total = total_of(&["0.10".to_owned(), "-12.35".to_owned()]);
    for rounding in ALL {
        for (digits, expected) in [
            (Digits::All, "-12.25"),
            (Digits::AsWritten, "-12.25"),
            (Digits::Rounded(2), "-12.25"),
            (Digits::Rounded(3), "-12.250"),
        ] {
            let text = total.text_rounded(digits, rounding).expect("a value");
            assert_eq!(text.as_str(), expected, "{rounding:?}");
        }
    }
}
