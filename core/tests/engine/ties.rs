//! Rounding is right where it is hardest: at ties, next to them, nearly total
//! cancellation, the ends of the range - whatever the length of the array, and
//! although most sums are not computed in full.

use crate::support::engines::build::{ordinary, units_of_power, with_total, with_total_f32};
use crate::support::engines::{check_f32, check_f64};
use crate::support::random::Random;
use num_bigint::BigInt;

/// Lengths below, at and above each at which the engine changes its ways.
const LENGTHS: [usize; 15] = [
    3, 8, 15, 16, 17, 18, 64, 130, 511, 512, 513, 1000, 4095, 4097, 9000,
];

/// An odd or even significand of `bits` bits and half a unit in its last place:
/// a tie, where that place is 2^`last`.
fn tie(random: &mut Random, bits: u32, last: i32) -> BigInt {
    let significand = (1 << (bits - 1)) | (random.bits() >> (65 - bits));
    let tie: BigInt = BigInt::from(2 * u128::from(significand) + 1) * units_of_power(last) / 2;
    if random.one_in(2) { -tie } else { tie }
}

/// Checks arrays of this length whose total is exactly `total`.
fn check_total(random: &mut Random, length: usize, top: i32, total: &BigInt, context: &str) {
    let Some(mut values) = with_total(ordinary(random, length, top), total) else {
        assert!(length < 100, "no array of {length} values has the total");
        return;
    };
    if random.one_in(2) {
        random.shuffle(&mut values);
    }
    check_f64(&values, &|| {
        format!("{context}, {length} values below 2^{top}")
    });
}

#[test]
fn a_tie_goes_to_even_and_the_least_bit_breaks_it() {
    let mut random = Random::new(151);
    for length in LENGTHS {
        for (top, last) in [
            (0, -52),
            (0, -48),
            (1, -60),
            (-400, -450),
            (600, 550),
            (-960, -1010),
        ] {
            for _ in 0..6 {
                let tie = tie(&mut random, 53, last);
                for by in [0, 1, -1] {
                    let context = format!("a tie and {by} times 2^-1074, last place 2^{last}");
                    check_total(&mut random, length, top, &(&tie + by), &context);
                }
            }
        }
    }
}

#[test]
fn nothing_within_any_distance_of_a_tie_is_mistaken_for_it() {
    let mut random = Random::new(152);
    for length in LENGTHS {
        for distance in (1..=140).chain([150, 200, 400, 1000]) {
            let tie = tie(&mut random, 53, -50);
            let by = units_of_power(-50 - distance) * if random.one_in(2) { 1 } else { -1 };
            let context = format!("2^{} off a tie", -50 - distance);
            check_total(&mut random, length, 0, &(tie + by), &context);
        }
    }
}

#[test]
fn ties_of_totals_far_above_or_below_the_values() {
    let mut random = Random::new(153);
    for length in [17, 100, 511, 512, 600, 4097] {
        for last in (-160..=20).step_by(3) {
            let tie = tie(&mut random, 53, last);
            for by in [0, 1, -1] {
                let context = format!("a tie and {by} times 2^-1074, last place 2^{last}");
                check_total(&mut random, length, 0, &(&tie + by), &context);
            }
        }
    }
}

#[test]
fn nearly_total_cancellation_is_exact() {
    let mut random = Random::new(154);
    for length in LENGTHS {
        for top in [-900, 0, 5, 1000] {
            for exponent in (-1074..=top).step_by(if length < 1000 { 9 } else { 101 }) {
                let total = units_of_power(exponent) * if random.one_in(2) { 1 } else { -1 };
                let context = format!("only 2^{exponent} remains");
                check_total(&mut random, length, top, &total, &context);
                let more: BigInt = total * 3 + 1;
                check_total(&mut random, length, top, &more, &context);
            }
            for nothing in [0, 1, -1, 2, 3] {
                let context = format!("{nothing} units remain");
                check_total(&mut random, length, top, &nothing.into(), &context);
            }
        }
        // What remains is about as much as the error bound.
        for exponent in -110..=-60 {
            let total = units_of_power(exponent) * random.between(-5000, 5000);
            check_total(
                &mut random,
                length,
                0,
                &total,
                &format!("about 2^{exponent}"),
            );
        }
    }
}

#[test]
fn overflow_is_at_half_a_unit_above_the_largest_double() {
    let mut random = Random::new(155);
    let limit = (BigInt::from(1) << 2098) - units_of_power(970);
    for length in LENGTHS {
        for top in [900, 1000, 1013, 1014, 1020] {
            for sign in [1, -1] {
                for by in [-1_i64, 0, 1, i64::MIN, i64::MAX] {
                    let total = (&limit + by) * sign;
                    let context = format!("{sign} times the limit and {by} times 2^-1074");
                    check_total(&mut random, length, top, &total, &context);
                }
                for exponent in [969, 950, 900, 800] {
                    for by in [1, -1] {
                        let total = (&limit + by * units_of_power(exponent)) * sign;
                        let context = format!("{sign} times the limit and {by} times 2^{exponent}");
                        check_total(&mut random, length, top, &total, &context);
                    }
                }
            }
        }
    }
}

#[test]
fn subnormal_totals_are_exact() {
    let mut random = Random::new(156);
    for length in LENGTHS {
        for top in [-1060, -1022, -1000, -930, 0] {
            for _ in 0..20 {
                let size = random.bits() >> random.between(0, 63) >> 10;
                let total = BigInt::from(size) * if random.one_in(2) { 1 } else { -1 };
                check_total(&mut random, length, top, &total, &format!("{size} units"));
            }
        }
    }
}

/// Checks arrays of `f32` of this length whose total is exactly `total`.
fn check_total_f32(random: &mut Random, length: usize, top: i32, total: &BigInt, context: &str) {
    let values = ordinary(random, length, top).into_iter();
    let values: Vec<f32> = values.map(|value| value as f32).collect();
    let Some(mut values) = with_total_f32(values, total) else {
        assert!(length < 100, "no array of {length} values has the total");
        return;
    };
    if random.one_in(2) {
        random.shuffle(&mut values);
    }
    check_f32(&values, &|| {
        format!("{context}, {length} values below 2^{top}")
    });
}

#[test]
fn f32_ties_are_broken_by_bits_that_a_double_would_lose() {
    let mut random = Random::new(157);
    for length in LENGTHS {
        for (top, last) in [
            (0, -23),
            (0, -20),
            (3, -30),
            (-60, -80),
            (100, 90),
            (100, 80),
        ] {
            for _ in 0..4 {
                let tie = tie(&mut random, 24, last);
                for by in [0, 1, -1] {
                    let total = &tie + by * units_of_power(-149);
                    let context = format!("a tie and {by} times 2^-149, last place 2^{last}");
                    check_total_f32(&mut random, length, top, &total, &context);
                }
                // A tie of f32 that rounding to double first would make, or not.
                for distance in [28, 29, 30, 31, 40, 55] {
                    let by = units_of_power((last - distance).max(-149));
                    let by = by * if random.one_in(2) { 1 } else { -1 };
                    let context = format!("2^-{distance} units off a tie");
                    check_total_f32(&mut random, length, top, &(&tie + by), &context);
                }
            }
        }
    }
}

#[test]
fn f32_totals_at_both_ends_of_the_range() {
    let mut random = Random::new(158);
    let limit = units_of_power(128) - units_of_power(103);
    for length in LENGTHS {
        for sign in [1, -1] {
            for by in [0, 1, -1] {
                for top in [100, 118, 127] {
                    let total = (&limit + by * units_of_power(-149)) * sign;
                    let context = format!("{sign} times the limit and {by} times 2^-149");
                    check_total_f32(&mut random, length, top, &total, &context);
                }
            }
        }
        for top in [-130, -100, 0] {
            for _ in 0..10 {
                let total = units_of_power(-149) * random.between(-1_000_000, 1_000_000);
                check_total_f32(&mut random, length, top, &total, "subnormal");
            }
            check_total_f32(&mut random, length, top, &BigInt::ZERO, "nothing remains");
        }
    }
}
