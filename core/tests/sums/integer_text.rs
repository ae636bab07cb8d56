//! The total of the integers written in a text.

use crate::support::random::Random;
use crate::support::rounds;
use num_bigint::BigInt;
use tally_core::internal::{IntegerTextError, parse_integer_total};

fn bad(offset: usize, length: usize) -> Result<i32, IntegerTextError> {
    Err(IntegerTextError::NotAnInteger { offset, length })
}

#[test]
fn known_texts() {
    assert_eq!(parse_integer_total("12 30 -2"), Ok(40));
    assert_eq!(parse_integer_total(""), Ok(0));
    assert_eq!(parse_integer_total(" \t\n\x0b\x0c\r "), Ok(0));
    assert_eq!(parse_integer_total("\t12\n30\x0b-2\x0c1\r1 "), Ok(42));
    assert_eq!(parse_integer_total("+7 -0 +0 007"), Ok(14));
    assert_eq!(parse_integer_total("2147483647"), Ok(i32::MAX));
    assert_eq!(
        parse_integer_total("2147483648"),
        Err(IntegerTextError::AboveRange)
    );
    assert_eq!(parse_integer_total("2147483648 -1"), Ok(i32::MAX));
    assert_eq!(
        parse_integer_total("18446744073709551616"),
        Err(IntegerTextError::AboveRange)
    );
    assert_eq!(parse_integer_total("-1"), Err(IntegerTextError::Negative));
    assert_eq!(
        parse_integer_total("-18446744073709551616"),
        Err(IntegerTextError::Negative)
    );
}

#[test]
fn a_word_that_is_no_integer_is_named_by_its_place() {
    assert_eq!(parse_integer_total("x"), bad(0, 1));
    assert_eq!(parse_integer_total("1 2x 3"), bad(2, 2));
    assert_eq!(parse_integer_total("  -"), bad(2, 1));
    assert_eq!(parse_integer_total("+"), bad(0, 1));
    assert_eq!(parse_integer_total("--1"), bad(0, 3));
    assert_eq!(parse_integer_total("+-1"), bad(0, 3));
    assert_eq!(parse_integer_total("1.5"), bad(0, 3));
    assert_eq!(parse_integer_total("1,2"), bad(0, 3));
    assert_eq!(parse_integer_total("0x10"), bad(0, 4));
    assert_eq!(parse_integer_total("5 1\u{a0}2"), bad(2, 4));
    assert_eq!(parse_integer_total("\u{0663}"), bad(0, 2));
    assert_eq!(parse_integer_total("1\0"), bad(0, 2));
    // A text out of range is still read to its end.
    assert_eq!(parse_integer_total("-5 99999999999 y"), bad(15, 1));
}

#[test]
fn long_words_are_exact_up_to_600_digits() {
    let nines = "9".repeat(600);
    assert_eq!(
        parse_integer_total(&nines),
        Err(IntegerTextError::AboveRange)
    );
    assert_eq!(parse_integer_total(&format!("{nines} -{nines} 3")), Ok(3));
    assert_eq!(
        parse_integer_total(&format!("-{nines}")),
        Err(IntegerTextError::Negative)
    );
    let many = format!("{nines} ").repeat(50) + &format!("-{nines} ").repeat(50);
    assert_eq!(parse_integer_total(&many), Ok(0));
    let longer = "1".repeat(601);
    let too_long = |offset, length| Err(IntegerTextError::TooLong { offset, length });
    assert_eq!(parse_integer_total(&longer), too_long(0, 601));
    assert_eq!(
        parse_integer_total(&format!("1 -{longer}")),
        too_long(2, 602)
    );
    assert_eq!(parse_integer_total(&format!("{longer}x")), bad(0, 602));
    // Leading zeros are no significant digits.
    assert_eq!(
        parse_integer_total(&format!("{}7", "0".repeat(5000))),
        Ok(7)
    );
}

#[test]
fn random_texts_have_their_exact_total() {
    let mut random = Random::new(51);
    for round in 0..rounds(100_000) {
        let mut text = String::new();
        let mut total = BigInt::ZERO;
        let mut put = |number: &BigInt, random: &mut Random| {
            text += random.pick(&["", " ", "\n", " \t "]);
            text += if *number >= BigInt::ZERO && random.one_in(3) {
                "+"
            } else {
                ""
            };
            text += &number.to_string();
            text += random.pick(&[" ", "\r\n", "\x0b", "\x0c "]);
            total += number;
        };
        for _ in 0..random.below(6) {
            let digits = random.pick(&[1, 2, 9, 10, 18, 19, 20, 21, 38, 39, 120]);
            let word: String = (0..digits)
                .map(|_| char::from(b'0' + random.below(10) as u8))
                .collect();
            let number: BigInt = word.parse().expect("digits");
            let number = if random.one_in(2) { -number } else { number };
            put(&number, &mut random);
            if random.one_in(2) {
                put(&-number, &mut random);
            }
        }
        let expected = match i32::try_from(&total) {
            _ if total < BigInt::ZERO => Err(IntegerTextError::Negative),
            Ok(total) => Ok(total),
            Err(_) => Err(IntegerTextError::AboveRange),
        };
        assert_eq!(
            parse_integer_total(&text),
            expected,
            "round {round}: {text:?}"
        );
    }
}
