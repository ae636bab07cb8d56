//! Borders: of limbs, of the range of a word, of a state, of a count.

use crate::support::decimals::{Oracle, POINT, of_limbs, total_of};
use crate::support::random::Random;
use num_bigint::BigInt;
use tally_core::{Decimal, Digits, OutOfRange, Part, Stored, WordError};

const HALF: i64 = 500_000_000_000_000_000;

fn add(word: &str) -> Result<Decimal, WordError> {
    let mut total = Decimal::new();
    total.add_word(word.as_bytes()).map(|()| total)
}

/// A state with these limbs, the least significant first, and no values.
fn state(limbs: &[i64]) -> Decimal {
    let mut words = [0; 44];
    for (word, &limb) in words.iter_mut().zip(limbs) {
        *word = limb as u64;
    }
    Decimal::from_words(&words).expect("digits")
}

#[test]
fn carries_pass_every_border_of_limbs_both_ways() {
    for limb in 0..37 {
        for exponent in 0..18 {
            let power = i64::from(limb * 18 + exponent) - POINT;
            if power >= 322 {
                continue;
            }
            // Half a limb's unit, a unit, and one less, up and down.
            for digits in ["5", "1", "4.999", "9.99", "10"] {
                let word = format!("{digits}e{power}");
                let Ok(_) = add(&word) else {
                    assert!(!(3 - POINT..321).contains(&power), "{word}");
                    continue;
                };
                let words = [word.clone(), word.clone(), format!("-{word}"), word];
                for count in 1..=4 {
                    let words = &words[..count];
                    let expected = Ok(Oracle::of(words).words());
                    assert_eq!(total_of(words).to_words(), expected, "{words:?}");
                }
            }
        }
    }
}

#[test]
fn a_carry_runs_through_all_limbs() {
    for (full, one, from) in [(HALF - 1, "1e-342", -HALF), (-HALF, "-1e-342", HALF - 1)] {
        for length in 1..=37 {
            let mut total = state(&vec![full; length]);
            total.add_word(one.as_bytes()).expect("a number");
            let words = total.to_words().expect("in range");
            assert!(words[..length].iter().all(|&word| word == from as u64));
            assert_eq!(words[length] as i64, if full < 0 { -1 } else { 1 });
            assert!(words[length + 1..38].iter().all(|&word| word == 0));
        }
    }
}

#[test]
fn a_word_may_have_342_digits_after_the_point_and_322_before() {
    let nines = |count: usize| "9".repeat(count);
    for word in [
        nines(322),
        format!("-{}.{}", nines(322), nines(342)),
        format!("0.{}1", "0".repeat(341)),
        "1e-342".to_owned(),
        "9.99e321".to_owned(),
        "1e+321".to_owned(),
        "123e-342".to_owned(),
        "0.001e-339".to_owned(),
        // Zeros have room anywhere.
        "0e999999999999999999999999".to_owned(),
        "-0.000e-99999999999999999999".to_owned(),
        format!(
            "{}1{}.{}",
            "0".repeat(900),
            "0".repeat(321),
            "0".repeat(900)
        ),
        format!("1{}e-900", "0".repeat(900)),
        format!("0.{}1e900", "0".repeat(899)),
        format!("1{}e-842", "0".repeat(500)),
    ] {
        let total = add(&word).expect(&word);
        assert_eq!(
            total.to_words(),
            Ok(Oracle::of(std::slice::from_ref(&word)).words()),
            "{word}"
        );
    }
    for word in [
        format!("1{}", "0".repeat(322)),
        "1e322".to_owned(),
        "-1e322".to_owned(),
        "0.1e323".to_owned(),
        "1e-343".to_owned(),
        "-1.1e-342".to_owned(),
        "10.000000000000000000000000000000001e-342".to_owned(),
        format!("0.{}1", "0".repeat(342)),
        "1e9223372036854775807".to_owned(),
        // 2^64.
        "1e18446744073709551616".to_owned(),
        "1e-18446744073709551616".to_owned(),
        "1e-9223372036854775808".to_owned(),
        "1e99999999999999999999999999".to_owned(),
        "1e-99999999999999999999999999".to_owned(),
        // A last digit below the range of an otherwise large number.
        format!("123456789.{}1", "0".repeat(342)),
    ] {
        assert_eq!(add(&word), Err(WordError::OutOfRange), "{word}");
    }
}

#[test]
fn what_is_no_number_is_refused_and_changes_nothing() {
    for word in [
        "",
        "+",
        "-",
        ".",
        "-.",
        "e5",
        ".e5",
        "1e",
        "1e+",
        "1e-",
        "1e5.",
        "1e1.5",
        "1.2.3",
        "--1",
        "+-1",
        "1-",
        "1 2",
        " 1",
        "1 ",
        "1,5",
        "1_000",
        "0x10",
        "1f",
        "nan1",
        "nanx",
        "na",
        "in",
        "infin",
        "infinit",
        "infinityy",
        "+e",
        "1e5e5",
        "١",
        "1\0",
        "$1",
        "%",
        "1e１",
    ] {
        let mut total = add("12.345").expect("a number");
        let before = total.clone();
        assert_eq!(
            total.add_word(word.as_bytes()),
            Err(WordError::NotANumber),
            "{word:?}"
        );
        assert_eq!(
            total.subtract_word(word.as_bytes()),
            Err(WordError::NotANumber)
        );
        assert_eq!(total, before, "{word:?}");
    }
    let mut total = add("12.345").expect("a number");
    let before = total.clone();
    for word in ["1e400", "1e-400", "7.00000000000000000001e-340"] {
        assert_eq!(total.add_word(word.as_bytes()), Err(WordError::OutOfRange));
        assert_eq!(total, before, "{word:?}");
    }
}

#[test]
fn the_scale_is_the_most_digits_written_after_the_point() {
    for (word, scale) in [
        ("1", 0),
        ("1.", 0),
        (".5", 1),
        ("1.50", 2),
        ("1.5e-3", 4),
        ("15e2", 0),
        ("1.500e2", 1),
        ("0.00", 2),
        ("0e-5", 5),
        ("0e-900", 342),
        ("nan", 0),
        ("-inf", 0),
        ("1.000000000000000000000", 21),
    ] {
        assert_eq!(add(word).expect(word).scale(), scale, "{word}");
    }
    let zeros = format!("1.{}", "0".repeat(400));
    assert_eq!(add(&zeros).expect(&zeros).scale(), 342);
    let mut total = add("0.10").expect("a number");
    total.add_word(b"0.2").expect("a number");
    assert_eq!(total.scale(), 2);
    // It only grows, so that a total always has its digits.
    total.subtract_word(b"0.125").expect("a number");
    assert_eq!(total.scale(), 3);
    total.add_word(b"0.125").expect("a number");
    total.unmerge(&total.clone());
    assert_eq!((total.scale(), total.count()), (3, 0));
    total.add_scaled(&[], 7);
    assert_eq!(total.scale(), 3);
    total.add_scaled(&[0], 7);
    assert_eq!(total.scale(), 7);
    total.add_scaled(&[1], u16::MAX);
    assert_eq!(total.scale(), 342);
}

#[test]
fn as_many_of_the_largest_words_as_can_be_counted_fit() {
    for word in [
        format!("{}.{}", "9".repeat(322), "9".repeat(342)),
        format!("-{}.{}", "9".repeat(322), "9".repeat(342)),
    ] {
        // 2^63 - 1 of them: double and add one, 62 times.
        let once = add(&word).expect(&word);
        let mut total = once.clone();
        for _ in 0..62 {
            total.merge(&total.clone());
            total.merge(&once);
        }
        let mut expected = Oracle::default();
        expected.add(&word, i64::MAX);
        assert_eq!(total.count(), i64::MAX);
        assert_eq!(total.to_words(), Ok(expected.words()), "{word}");
        // One more is one too many for the count, and for the count only.
        total.merge(&once);
        assert_eq!(total.to_words(), Err(OutOfRange(Part::Values)));
        total.subtract_word(b"0").expect("a number");
        total.subtract_word(b"0").expect("a number");
        assert!(total.to_words().is_ok(), "{word}");
    }
}

#[test]
fn doubling_leaves_the_range_of_the_total_at_the_exact_step() {
    for word in ["1", "-1"] {
        let mut total = add(word).expect(word);
        total.subtract_word(b"0").expect("a number");
        let (least, most) = (of_limbs(&[-HALF; 38]), of_limbs(&[HALF - 1; 38]));
        let mut exact = BigInt::from(10).pow(342) * word.parse::<BigInt>().expect(word);
        while least <= exact && exact <= most {
            assert!(total.to_words().is_ok(), "{exact}");
            total.merge(&total.clone());
            exact *= 2;
        }
        assert_eq!(total.to_words(), Err(OutOfRange(Part::Total)), "{exact}");
        let text = total.text(Digits::All).expect("held");
        let whole = exact / BigInt::from(10).pow(342);
        assert_eq!(text.as_str(), whole.to_string());
        // Back into the range: nothing was lost in between.
        let back = total.clone();
        total.merge(&back);
        total.unmerge(&back);
        total.unmerge(&back);
        assert_eq!(total.to_words(), Decimal::new().to_words());
    }
}

#[test]
fn each_count_ends_at_the_same_size_both_ways() {
    let end = i64::MAX;
    let words = [
        ("0", Part::Values),
        ("nan", Part::Nan),
        ("inf", Part::PositiveInfinity),
        ("-inf", Part::NegativeInfinity),
    ];
    for (counter, (word, part)) in words.into_iter().enumerate() {
        for (count, subtract) in [(end, false), (-end, true)] {
            let mut words = [0; 44];
            words[38 + counter] = count as u64;
            let mut total = Decimal::from_words(&words).expect("a state");
            let step = |total: &mut Decimal, subtract| {
                let outcome = if subtract {
                    total.subtract_word(word.as_bytes())
                } else {
                    total.add_word(word.as_bytes())
                };
                outcome.expect("a word");
            };
            step(&mut total, subtract);
            assert_eq!(total.to_words(), Err(OutOfRange(part)), "{word} {count}");
            step(&mut total, !subtract);
            assert_eq!(total.to_words(), Ok(words), "{word} {count}");
        }
    }
}

#[test]
fn a_total_that_is_lost_stays_lost() {
    let mut total = add("1e321").expect("a number");
    total.subtract_word(b"0").expect("a number");
    for _ in 0..200 {
        total.merge(&total.clone());
    }
    total.unmerge(&total.clone());
    assert_eq!(total.to_words(), Err(OutOfRange(Part::Total)));
    assert!(total.text(Digits::All).is_err());
}

#[test]
fn the_ends_of_the_range_are_states() {
    let mut random = Random::new(9);
    for end in [-HALF, HALF - 1] {
        let mut total = state(&[end; 38]);
        let text = total.text(Digits::All).expect("finite");
        let oracle = Oracle {
            total: of_limbs(&[end; 38]),
            ..Oracle::default()
        };
        assert_eq!(text.as_str(), oracle.all_text());
        let beyond = if end < 0 { "-1e-342" } else { "1e-342" };
        total.add_word(beyond.as_bytes()).expect("a number");
        assert_eq!(total.to_words(), Err(OutOfRange(Part::Total)));
        // In any order: what is beyond the range in between is no error.
        for _ in 0..random.below(5) {
            total.add_word(beyond.as_bytes()).expect("a number");
            total.subtract_word(beyond.as_bytes()).expect("a number");
        }
        total.subtract_word(beyond.as_bytes()).expect("a number");
        let mut expected = [end as u64; 44];
        expected[38..].copy_from_slice(&[0, 0, 0, 0, 342, 0]);
        assert_eq!(total.to_words(), Ok(expected));
    }
}
