//! The sum of values one at a time, against big integers.

use tally_core::{Accumulator, SmallSuperaccumulator, Stored, ValueError};

use crate::support::oracle::{Oracle, same};
use crate::support::random::Random;

/// What is added is what an accumulator of big integers holds, and rounds as that does.
fn check(values: &[f64], context: &str) {
    let sum: SmallSuperaccumulator = values.iter().copied().collect();
    let oracle = Oracle::of(values);
    assert_eq!(sum.count(), values.len() as u64, "{context}");
    let total = Accumulator::from(&sum);
    assert_eq!(total.to_words(), Ok(oracle.words()), "{context}");
    match oracle.value_f64() {
        Some(expected) => {
            let value = sum.value_f64().expect("finite or special");
            assert!(
                same(value, expected),
                "{context}: {value:e} for {expected:e}"
            );
        }
        None => {
            let negative = oracle.is_negative();
            let expected = Err(ValueError::Overflow { negative });
            assert_eq!(sum.value_f64(), expected, "{context}");
        }
    }
}

#[test]
fn values_of_any_exponents_and_signs() {
    let mut random = Random::new(81);
    for round in 0..20_000 {
        let (low, spread) = (random.between(0, 2046), random.between(0, 2046));
        let values: Vec<f64> = (0..random.below(40))
            .map(|_| {
                let field = (low + random.between(0, spread)).min(2046) as u64;
                f64::from_bits(random.bits() & !(0x7ff << 52) | field << 52)
            })
            .collect();
        check(&values, &format!("round {round}"));
        // And what is left when all but one are taken out again.
        let negated = values.iter().skip(1).map(|value| -value);
        let cancelled: Vec<f64> = values.iter().copied().chain(negated).collect();
        check(&cancelled, &format!("round {round}, cancelled"));
    }
}

#[test]
fn carries_come_in_time() {
    // The most that a digit can get from each value, of one sign and of both, at both
    // ends; and of one sign for so long that carries add up.
    let largest = f64::from_bits((1 << 53) - 1);
    let ends = [largest, f64::MAX, largest * 2_f64.powi(30)];
    for end in ends
        .into_iter()
        .chain((0..33).map(|up| largest * 2_f64.powi(up + 64)))
    {
        for values in [
            vec![end; 5000],
            vec![-end; 5000],
            [end, -end, -end].repeat(1500),
        ] {
            check(&values, &format!("{end:e}"));
        }
    }
}

#[test]
fn totals_beyond_the_doubles_come_back() {
    let mut sum: SmallSuperaccumulator = [f64::MAX; 3000].into_iter().collect();
    let overflow = |negative| Err(ValueError::Overflow { negative });
    assert_eq!(sum.value_f64(), overflow(false));
    sum.extend([-f64::MAX; 2999]);
    assert_eq!(sum.value_f64(), Ok(f64::MAX));
    sum.extend([-f64::MAX; 3000]);
    assert_eq!(sum.value_f64(), overflow(true));
}

#[test]
fn ties_and_what_breaks_them() {
    // 1 + 2^-53 is a tie; any bit below decides, however far.
    for place in [0, 1, 30, 31, 32, 63, 64, 500, 1000] {
        for sign in [1.0, -1.0] {
            let least = sign * 2_f64.powi(-74 - place);
            for first in [1.0, 1.0 + f64::EPSILON] {
                check(
                    &[first, 2_f64.powi(-53), least],
                    &format!("{first}, {least:e}"),
                );
                check(&[first, 2_f64.powi(-53)], &format!("{first}"));
            }
        }
    }
}

#[test]
fn specials_are_counted() {
    let (nan, infinity) = (f64::NAN, f64::INFINITY);
    let specials = [nan, infinity, -infinity, -0.0, 0.0, 5e-324, -5e-324, 1.0];
    let mut random = Random::new(82);
    for round in 0..5000 {
        let length = random.below(8);
        let values: Vec<f64> = (0..length).map(|_| random.pick(&specials)).collect();
        check(&values, &format!("round {round}: {values:?}"));
    }
}

/// `Math.sumPrecise` of JavaScript, as its specification has it: -0 for no values.
fn sum_precise(values: &[f64]) -> f64 {
    let sum: SmallSuperaccumulator = values.iter().copied().collect();
    match sum.value_f64() {
        _ if sum.count() == 0 => -0.0,
        Ok(value) => value,
        Err(ValueError::Overflow { negative: true }) => f64::NEG_INFINITY,
        Err(_) => f64::INFINITY,
    }
}

#[test]
fn sum_precise_of_javascript_can_be_built_on_it() {
    let (max, ulp_of_max) = (f64::MAX, 2_f64.powi(971));
    let cases: [(&[f64], f64); 24] = [
        (&[], -0.0),
        (&[-0.0], -0.0),
        (&[-0.0, -0.0], -0.0),
        (&[-0.0, 0.0], 0.0),
        (&[0.0], 0.0),
        (&[1.0, -1.0], 0.0),
        (&[1.0, 2.0, 3.0], 6.0),
        (&[1e308], 1e308),
        (&[1e308, -1e308], 0.0),
        (&[0.1], 0.1),
        (&[0.1, -0.1], 0.0),
        (&[0.1, 0.2], 0.1 + 0.2),
        (&[1e30, 0.1, -1e30], 0.1),
        (
            &[1e308, 1e308, 0.1, 0.1, 1e30, 0.1, -1e30, -1e308, -1e308],
            0.30000000000000004,
        ),
        (&[1e308, 1e308], f64::INFINITY),
        (&[-1e308, -1e308], f64::NEG_INFINITY),
        (&[max, ulp_of_max / 2.0], f64::INFINITY),
        (&[max, ulp_of_max / 4.0], max),
        (&[max, ulp_of_max / 2.0, -5e-324], max),
        (&[max, max, -max], max),
        (&[5e-324, 5e-324, -5e-324], 5e-324),
        (&[1.0, f64::INFINITY], f64::INFINITY),
        (&[-f64::INFINITY, max, max], f64::NEG_INFINITY),
        (
            &[2251799813685248.0, 0.5, -0.5, 1.5, -1e-310],
            2251799813685249.5,
        ),
    ];
    for (values, expected) in cases {
        assert_eq!(
            sum_precise(values).to_bits(),
            expected.to_bits(),
            "{values:?}"
        );
    }
    assert!(sum_precise(&[f64::INFINITY, -f64::INFINITY]).is_nan());
    assert!(sum_precise(&[f64::NAN, 1.0]).is_nan());
}
