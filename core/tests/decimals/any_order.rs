//! The same written numbers give the same state in any order, split anyhow, and
//! taking out undoes adding.

use crate::support::decimals::{Oracle, cancelling, total_of, word, words};
use crate::support::random::Random;
use tally_core::{Decimal, Stored};

#[test]
fn totals_are_those_of_big_integers() {
    let mut random = Random::new(1);
    for round in 0..20_000 {
        let count = random.below(12);
        let words = if round % 3 == 0 {
            cancelling(&mut random, count)
        } else {
            words(&mut random, count)
        };
        let state = total_of(&words).to_words();
        assert_eq!(state, Ok(Oracle::of(&words).words()), "{words:?}");
    }
}

#[test]
fn order_and_splitting_leave_no_trace() {
    let mut random = Random::new(2);
    for _ in 0..2000 {
        let mut words = words(&mut random, 30);
        let state = total_of(&words).to_words();
        random.shuffle(&mut words);
        let mut parts = [Decimal::new(), Decimal::new(), Decimal::new()];
        for word in &words {
            let part = &mut parts[random.below(3)];
            part.add_word(word.as_bytes()).expect(word);
        }
        let [mut total, second, third] = parts;
        total.merge(&third);
        total.merge(&second);
        assert_eq!(total.to_words(), state, "{words:?}");
    }
}

#[test]
fn taking_out_undoes_adding_but_for_the_scale() {
    let mut random = Random::new(3);
    for _ in 0..2000 {
        let (kept, gone) = (words(&mut random, 8), words(&mut random, 8));
        let mut expected = Oracle::of(&kept);
        expected.merge(&Oracle::of(&gone), 0);
        let mut one_by_one = Decimal::new();
        // Out before in, so that counts go below zero.
        for word in &gone {
            one_by_one.subtract_word(word.as_bytes()).expect(word);
        }
        for word in kept.iter().chain(&gone) {
            one_by_one.add_word(word.as_bytes()).expect(word);
        }
        let mut merged = total_of(&kept);
        merged.merge(&total_of(&gone));
        merged.unmerge(&total_of(&gone));
        let state = Ok(expected.words());
        assert_eq!(one_by_one.to_words(), state, "{kept:?} {gone:?}");
        assert_eq!(merged.to_words(), state, "{kept:?} {gone:?}");
    }
}

#[test]
fn scaled_integers_are_the_numbers_that_they_stand_for() {
    let mut random = Random::new(4);
    for _ in 0..5000 {
        let scale = random.pick(&[0, 1, 2, 17, 18, 19, 323, 324, 341, 342]);
        let values: Vec<i64> = (0..random.below(9))
            .map(|_| match random.below(4) {
                0 => random.pick(&[i64::MIN, i64::MAX, 0, -1]),
                1 => i64::from(random.between(-99_999, 99_999)),
                _ => random.bits() as i64 >> random.below(64),
            })
            .collect();
        let words: Vec<String> = values.iter().map(|v| format!("{v}e-{scale}")).collect();
        let kept = word(&mut random);
        let mut expected = Oracle::of(&words);
        expected.add(&kept, 1);
        let mut total = total_of(std::slice::from_ref(&kept));
        total.add_scaled(&values, scale);
        assert_eq!(total.to_words(), Ok(expected.words()), "{values:?} {scale}");
        total.subtract_scaled(&values, scale);
        let mut rest = Oracle::of(&[kept]);
        rest.scale = expected.scale;
        assert_eq!(total.to_words(), Ok(rest.words()), "{values:?} {scale}");
    }
}

#[test]
fn ten_million_tenths_are_a_million() {
    let mut total = Decimal::new();
    for _ in 0..10_000_000 {
        total.add_word(b"0.1").expect("a number");
    }
    let text = total.text(tally_core::Digits::All).expect("finite");
    assert_eq!(text.as_str(), "1000000");
}
