//! Every value that can be asked for is right, from every type that can be added.

use crate::support::arrays::KINDS;
use crate::support::oracle::{Oracle, one, same, scale};
use crate::support::random::Random;
use crate::support::{check_rounded_f32, paste, rounds};
use num_bigint::BigInt;
use num_traits::{Signed, Zero};
use tally_core::{
    Accumulator, Decimal, Moments, SpecialCounts, Stored, ValueError, sum_i32, sum_i64, sum_u64,
};

fn for_arrays(seed: u64, all: usize, check: impl Fn(&[f64], &mut Random, &dyn Fn() -> String)) {
    for (name, generate) in KINDS {
        let mut random = Random::new(seed);
        for round in 0..rounds(all) {
            let length = random.below(if round % 50 == 0 { 3000 } else { 12 });
            let values = generate(&mut random, length);
            let report = || format!("{name}, round {round}: let values = {};", paste(&values));
            check(&values, &mut random, &report);
        }
    }
}

fn sum_of(values: &[f64]) -> Accumulator {
    let mut accumulator = Accumulator::new();
    accumulator.add_f64(values);
    accumulator
}

/// An `f32` of the same character as `value`.
fn narrow(value: f64, random: &mut Random) -> f32 {
    match random.below(4) {
        0 => value as f32,
        1 => f32::from_bits((value.to_bits() >> 32) as u32),
        2 => f32::from_bits(value.to_bits() as u32 & 0x807f_ffff),
        _ => scale(value, random.between(-149, 104) - random.between(-149, 104)) as f32,
    }
}

#[test]
fn f32_totals_are_rounded_once() {
    for_arrays(11, 1500, |values, random, report| {
        let narrowed: Vec<f32> = values.iter().map(|&value| narrow(value, random)).collect();
        let widened: Vec<f64> = narrowed.iter().map(|&value| f64::from(value)).collect();
        let mut oracle = Oracle::of(&widened);
        let mut accumulator = Accumulator::new();
        accumulator.add_f32(&narrowed);
        assert_eq!(accumulator.to_words(), Ok(oracle.words()), "{narrowed:?}");
        // A total of doubles too: it has more bits than an f32 array gives.
        for extra in [None, Some(values)] {
            let extra = extra.unwrap_or(&[]);
            accumulator.add_f64(extra);
            extra.iter().for_each(|&value| oracle.add(value));
            let report = || format!("{narrowed:?} {}", report());
            let value = accumulator.value_f32();
            check_rounded_f32(value, oracle.value_f32(), oracle.is_negative(), &report);
        }
        accumulator.subtract_f64(values);
        accumulator.subtract_f32(&narrowed);
        assert_eq!(accumulator, Accumulator::new(), "{narrowed:?} {}", report());
    });
}

#[test]
fn f32_is_never_rounded_through_f64() {
    // Just above a tie of f32, by less than half an ulp of f64.
    let above_tie = [1.0, scale(1.0, -24), scale(1.0, -80)];
    assert_eq!(sum_of(&above_tie).value_f32(), Ok(1.0 + f32::EPSILON));
    assert_eq!(
        sum_of(&above_tie).value_f64().map(|value| value as f32),
        Ok(1.0)
    );
    let subnormal = [scale(1.0, -150), 5e-324];
    assert_eq!(sum_of(&subnormal).value_f32(), Ok(f32::from_bits(1)));
    assert_eq!(sum_of(&subnormal[..1]).value_f32(), Ok(0.0));
}

#[test]
fn means_are_rounded_once() {
    for_arrays(12, 3000, |values, random, report| {
        let mut accumulator = sum_of(values);
        let mut oracle = Oracle::of(values);
        if values.is_empty() {
            assert_eq!(accumulator.mean_f64(), Err(ValueError::NoValues));
            return;
        }
        // Large counts too: zeros change nothing else.
        let zeros = if random.one_in(2) {
            random.bits() >> random.between(2, 60)
        } else {
            0
        };
        accumulator.add_repeated_f64(0.0, zeros);
        oracle.counters[0] += zeros as i64;
        match (accumulator.mean_f64(), oracle.mean_f64()) {
            (Ok(mean), Some(expected)) => {
                assert!(
                    same(mean, expected),
                    "{mean:e} for {expected:e}, {zeros} zeros, {}",
                    report()
                );
            }
            (mean, expected) => panic!("{mean:?} for {expected:?}, {zeros} zeros, {}", report()),
        }
    });
}

#[test]
fn the_mean_of_huge_values_does_not_overflow() {
    assert_eq!(sum_of(&[f64::MAX; 3]).mean_f64(), Ok(f64::MAX));
    assert_eq!(sum_of(&[-f64::MAX; 3]).mean_f64(), Ok(-f64::MAX));
    let mut few = sum_of(&[f64::MAX; 3]);
    few.subtract_f64(&[0.0; 2]);
    assert_eq!(
        few.mean_f64(),
        Err(ValueError::Overflow { negative: false })
    );
}

/// The integer value by definition: range first, then fraction.
fn integer(total: &BigInt, low: BigInt, high: BigInt) -> Result<BigInt, ValueError> {
    if *total < low * one() || *total > high * one() {
        let negative = total.is_negative();
        return Err(ValueError::Overflow { negative });
    }
    let whole = total / one();
    if (total % one()).is_zero() {
        Ok(whole)
    } else {
        Err(ValueError::Fractional)
    }
}

#[test]
fn integer_values_are_exact_or_refused() {
    let mut random = Random::new(13);
    for round in 0..rounds(200_000) {
        let mut accumulator = Accumulator::new();
        let mut oracle = Oracle::default();
        let mut log = Vec::new();
        for _ in 0..random.below(5) {
            if random.one_in(2) {
                let value =
                    random.pick(&[i64::MAX, i64::MIN, 1, -1, 0, random.clone().bits() as i64]);
                accumulator.add_i64(&[value]);
                oracle.add_integer(value);
                log.push(format!("add_i64 {value}"));
            } else {
                let value = random.pick(&[u64::MAX, 1, 0, 1 << 63, random.clone().bits()]);
                accumulator.add_u64(&[value]);
                oracle.add_integer(value);
                log.push(format!("add_u64 {value}"));
            }
        }
        if random.one_in(2) {
            let value = random.sign() * random.pick(&[0.5, 1.0, -0.0, 5e-324, 1e300, 9e18, 0.25]);
            accumulator.add_one_f64(value);
            oracle.add(value);
            log.push(format!("add_one_f64 {value:e}"));
        }
        let context = format!("round {round}: {}", log.join(", "));
        assert_eq!(accumulator.to_words(), Ok(oracle.words()), "{context}");
        let signed = integer(&oracle.total, i64::MIN.into(), i64::MAX.into());
        assert_eq!(
            accumulator.value_i64().map(BigInt::from),
            signed,
            "{context}"
        );
        let unsigned = integer(&oracle.total, 0.into(), u64::MAX.into());
        assert_eq!(
            accumulator.value_u64().map(BigInt::from),
            unsigned,
            "{context}"
        );
        let wide = integer(&oracle.total, i128::MIN.into(), i128::MAX.into());
        assert_eq!(
            accumulator.value_i128().map(BigInt::from),
            wide,
            "{context}"
        );
    }
}

#[test]
fn wide_integer_values_are_exact_to_both_ends_of_the_range() {
    // 2^127 and its neighbours, out of doubles and integers.
    let total = |power: f64, integers: &[i64]| {
        let mut accumulator = sum_of(&[power]);
        accumulator.add_i64(integers);
        accumulator
    };
    let end = 2_f64.powi(127);
    let above = Err(ValueError::Overflow { negative: false });
    let below = Err(ValueError::Overflow { negative: true });
    assert_eq!(total(end, &[]).value_i128(), above);
    assert_eq!(total(end, &[-1]).value_i128(), Ok(i128::MAX));
    assert_eq!(total(-end, &[]).value_i128(), Ok(i128::MIN));
    assert_eq!(total(-end, &[1]).value_i128(), Ok(i128::MIN + 1));
    assert_eq!(total(-end, &[-1]).value_i128(), below);
    // The lowest bits beyond the range, with nothing in it.
    for power in [128, 129, 191, 192, 256] {
        assert_eq!(total(2_f64.powi(power), &[]).value_i128(), above);
    }
    let mut fraction = total(end, &[-1]);
    fraction.add_one_f64(0.5);
    assert_eq!(fraction.value_i128(), above);
    fraction.add_one_f64(-1.0);
    assert_eq!(fraction.value_i128(), Err(ValueError::Fractional));
    let middle = total(2_f64.powi(64), &[i64::MAX, -7]);
    let expected = (1_i128 << 64) + i128::from(i64::MAX) - 7;
    assert_eq!(middle.value_i128(), Ok(expected));
    assert_eq!(sum_of(&[f64::NAN]).value_i128(), Err(ValueError::NotFinite));
    assert_eq!(sum_of(&[-0.0]).value_i128(), Ok(0));
}

#[test]
fn nan_and_infinities_are_counted_and_taken_out() {
    let infinity = f64::INFINITY;
    let mut sum = sum_of(&[f64::NAN, infinity, infinity, -infinity, 1.0, -f64::NAN]);
    let counts = |nan, positive_infinity, negative_infinity| SpecialCounts {
        nan,
        positive_infinity,
        negative_infinity,
    };
    assert_eq!(sum.special_counts(), counts(2, 2, 1));
    sum.subtract_f64(&[f64::NAN, -infinity, -infinity]);
    assert_eq!(sum.special_counts(), counts(1, 2, -1));
    assert_eq!(sum_of(&[1.0, -0.0]).special_counts(), counts(0, 0, 0));
    let mut moments = Moments::new();
    moments.add_f64(&[-infinity, f64::NAN, infinity, -infinity]);
    assert_eq!(moments.special_counts(), counts(1, 1, 2));
    let mut decimal = Decimal::new();
    for word in ["nan", "-inf", "inf", "inf", "1.5"] {
        decimal.add_word(word.as_bytes()).expect("a number");
    }
    assert_eq!(decimal.special_counts(), counts(1, 2, 1));
}

#[test]
fn integer_values_compare_the_real_number_with_the_range() {
    let total = |integer: i64, fraction: f64| {
        let mut accumulator = sum_of(&[fraction]);
        accumulator.add_i64(&[integer]);
        accumulator
    };
    let above = Err(ValueError::Overflow { negative: false });
    let below = Err(ValueError::Overflow { negative: true });
    assert_eq!(total(i64::MAX, 0.5).value_i64(), above);
    assert_eq!(
        total(i64::MAX, -0.5).value_i64(),
        Err(ValueError::Fractional)
    );
    assert_eq!(total(i64::MIN, -0.5).value_i64(), below);
    assert_eq!(
        total(i64::MIN, 0.5).value_i64(),
        Err(ValueError::Fractional)
    );
    assert_eq!(total(i64::MIN, 0.0).value_i64(), Ok(i64::MIN));
    assert_eq!(total(0, -0.5).value_u64(), below.map(|_: i64| 0));
    assert_eq!(total(0, -0.0).value_u64(), Ok(0));
    assert_eq!(sum_of(&[-0.0]).value_u64(), Ok(0));
    assert_eq!(
        sum_of(&[f64::NAN, 0.5]).value_i64(),
        Err(ValueError::NotFinite)
    );
    assert_eq!(
        sum_of(&[f64::INFINITY]).value_u64(),
        Err(ValueError::NotFinite)
    );
}

#[test]
fn integer_arrays_are_summed_exactly() {
    let mut random = Random::new(14);
    for round in 0..rounds(20_000) {
        let length = random.below(if round % 100 == 0 { 5000 } else { 40 });
        let kind = random.below(4);
        let bits: Vec<u64> = (0..length)
            .map(|_| match kind {
                0 => random.bits(),
                1 => u64::MAX,
                2 => 0x8000_0000_8000_0000,
                _ => random.pick(&[0x7fff_ffff_7fff_ffff, 1, 0, u64::MAX]),
            })
            .collect();
        let i32s: Vec<i32> = bits.iter().map(|&value| value as i32).collect();
        let i64s: Vec<i64> = bits.iter().map(|&value| value as i64).collect();
        // i128 holds any of these sums.
        let expected = [
            i32s.iter().map(|&value| i128::from(value)).sum::<i128>(),
            i64s.iter().map(|&value| i128::from(value)).sum(),
            bits.iter().map(|&value| i128::from(value)).sum(),
        ];
        assert_eq!(
            [sum_i32(&i32s), sum_i64(&i64s), sum_u64(&bits) as i128],
            expected,
            "{bits:?}"
        );

        let mut accumulator = Accumulator::new();
        accumulator.add_i32(&i32s);
        accumulator.add_i64(&i64s);
        accumulator.add_u64(&bits);
        let oracle = Oracle {
            total: BigInt::from(expected.iter().sum::<i128>()) << 1074,
            counters: [3 * length as i64, 0, 0, 0, 0],
        };
        assert_eq!(accumulator.to_words(), Ok(oracle.words()), "{bits:?}");
        accumulator.subtract_i32(&i32s);
        accumulator.subtract_i64(&i64s);
        accumulator.subtract_u64(&bits);
        assert_eq!(accumulator, Accumulator::new(), "{bits:?}");
    }
}

#[test]
fn a_repeated_value_is_that_many_values() {
    let mut random = Random::new(15);
    for (name, generate) in KINDS {
        for round in 0..rounds(300) {
            let value = generate(&mut random, 3)[0];
            let times = if random.one_in(2) {
                random.below(9) as u64
            } else {
                random.bits() >> 1
            };
            let mut accumulator = Accumulator::new();
            accumulator.add_repeated_f64(value, times);
            let mut oracle = Oracle::of(&[value]);
            oracle.total *= times;
            oracle.counters = oracle.counters.map(|counter| counter * times as i64);
            let context = format!("{name} {round}: {times} times {:#x}", value.to_bits());
            assert_eq!(accumulator.to_words(), Ok(oracle.words()), "{context}");
        }
    }
}
