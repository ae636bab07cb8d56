//! Exactly one finite number: a field.

use crate::support::decimals::{total_of, word};
use crate::support::random::Random;
use tally_core::{Decimal, FieldError, Stored};

#[test]
fn a_field_is_the_word_that_it_is() {
    let mut random = Random::new(71);
    for _ in 0..20_000 {
        let word = word(&mut random);
        let mut total = Decimal::new();
        let outcome = total.add_one_text(word.as_bytes());
        if word.to_ascii_lowercase().contains("n") {
            let offset = word.len() - word.trim_start_matches(['+', '-']).len();
            assert_eq!(outcome, Err(FieldError::NotANumber { offset }), "{word}");
            assert_eq!(total, Decimal::new());
            continue;
        }
        assert_eq!(outcome, Ok(()), "{word}");
        let expected = total_of(std::slice::from_ref(&word));
        assert_eq!(total, expected, "{word}");
        total.subtract_one_text(word.as_bytes()).expect("a number");
        let mut rest = expected.to_words().expect("a state");
        rest[..39].fill(0);
        assert_eq!(total.to_words(), Ok(rest), "{word}");
    }
}

#[test]
fn anything_else_is_refused_where_it_goes_wrong() {
    let mut total = Decimal::new();
    total.add_word(b"0.5").expect("a number");
    let before = total.clone();
    for (text, offset) in [
        (&b""[..], 0),
        (b" 1", 0),
        (b"1 ", 1),
        (b"1\n", 1),
        (b"1\0", 1),
        (b"+", 1),
        (b"-", 1),
        (b"--1", 1),
        (b".", 1),
        (b"-.", 2),
        (b".e5", 1),
        (b"1e", 2),
        (b"1e+", 3),
        (b"1e+x", 3),
        (b"12.5.5", 4),
        (b"1,5", 1),
        (b"1_000", 1),
        (b"0x10", 1),
        (b"1e5.0", 3),
        (b"nan", 0),
        (b"-inf", 1),
        (b"Infinity", 0),
        (b"12345678901234567890123x", 23),
        (b"\xff", 0),
        ("1\u{2212}".as_bytes(), 1),
    ] {
        let error = Err(FieldError::NotANumber { offset });
        assert_eq!(total.add_one_text(text), error, "{text:?}");
        assert_eq!(total.subtract_one_text(text), error, "{text:?}");
        assert_eq!(total, before);
    }
    for text in [&b"1e322"[..], b"1e-343", b"-1e99999999999999999999"] {
        assert_eq!(total.add_one_text(text), Err(FieldError::OutOfRange));
        assert_eq!(total, before);
    }
    for text in [
        &b"5."[..],
        b".5",
        b"+0005",
        b"1E-3",
        b"0e999999999999999999999",
    ] {
        assert_eq!(total.clone().add_one_text(text), Ok(()), "{text:?}");
    }
}
