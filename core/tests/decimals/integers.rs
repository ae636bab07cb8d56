//! Integers of 128 bits that stand for decimals.

use crate::support::decimals::{Oracle, total_of, word};
use crate::support::random::Random;
use tally_core::{Decimal, Digits, Stored};

fn wide(random: &mut Random) -> i128 {
    let any = i128::from(random.bits()) << 64 | i128::from(random.bits());
    match random.below(4) {
        0 => random.pick(&[i128::MIN, i128::MAX, 0, -1, 10_i128.pow(38)]),
        1 => i128::from(random.between(-99_999, 99_999)),
        _ => any >> random.below(128),
    }
}

/// A total of wide integers, and what is left when they are taken out.
pub(crate) fn check_wide(random: &mut Random) {
    let scale = random.pick(&[0, 1, 2, 17, 18, 19, 38, 304, 341, 342]);
    let values: Vec<i128> = (0..random.below(9)).map(|_| wide(random)).collect();
    let words: Vec<String> = values.iter().map(|v| format!("{v}e-{scale}")).collect();
    let kept = word(random);
    let mut expected = Oracle::of(&words);
    expected.add(&kept, 1);
    let mut total = total_of(std::slice::from_ref(&kept));
    total.add_scaled_i128(&values, scale);
    assert_eq!(total.to_words(), Ok(expected.words()), "{values:?} {scale}");
    total.subtract_scaled_i128(&values, scale);
    let mut rest = Oracle::of(&[kept]);
    rest.scale = expected.scale;
    assert_eq!(total.to_words(), Ok(rest.words()), "{values:?} {scale}");
}

#[test]
fn wide_integers_are_the_numbers_that_they_stand_for() {
    let mut random = Random::new(51);
    for _ in 0..5000 {
        check_wide(&mut random);
    }
}

#[test]
fn sums_beyond_128_bits_are_kept() {
    for end in [i128::MIN, i128::MAX] {
        for count in 1..40 {
            let values = vec![end; count];
            let mut total = Decimal::new();
            total.add_scaled_i128(&values, 0);
            let exact = num_bigint::BigInt::from(end) * count;
            let text = total.text(Digits::All).expect("a value");
            assert_eq!(text.as_str(), exact.to_string());
        }
    }
}
