//! Dot products that are not computed in full come with a bound on what they lack.
//! The bound holds where every product loses as much as it can, all in the same
//! direction, and the true total lies just beyond a tie; and what the kernel must
//! not take is noticed.

use crate::support::engines::half_units::{HalfUnits, losing};
use crate::support::oracle::scale;
use crate::support::products::ProductOracle;
use crate::support::random::Random;
use crate::support::{check_rounded, paste};
use num_bigint::BigInt;
use tally_core::{Isa, ProductAccumulator, Stored, dot_f64_on};

fn check(x: &[f64], y: &[f64], context: &dyn Fn() -> String) {
    let oracle = ProductOracle::of(x, y);
    for isa in Isa::available() {
        let report = || {
            format!(
                "{}, {}: let x = {};\nlet y = {};",
                context(),
                isa.name(),
                paste(x),
                paste(y)
            )
        };
        let dot = dot_f64_on(isa, x, y);
        check_rounded(dot, oracle.value_f64(), oracle.is_negative(), &report);
    }
}

/// Pairs whose products are these values, with factors of any size.
fn factors(random: &mut Random, values: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let pair = |&value: &f64| {
        let by = random.between(-40, 40);
        (scale(value, by), random.sign() * scale(1.0, -by))
    };
    let (mut x, y): (Vec<f64>, Vec<f64>) = values.iter().map(pair).unzip();
    for (x, y) in x.iter_mut().zip(&y) {
        *x *= y.signum();
    }
    (x, y)
}

#[test]
fn every_product_may_lose_half_a_unit() {
    let mut random = Random::new(261);
    for unit in -102..=-76 {
        for length in [17, 33, 512, 513, 1000, 4096, 4097, 8193] {
            for direction in [1, -1] {
                let array = HalfUnits::losing(&mut random, length, unit, direction, 53);
                let mut values = array.just_beyond_a_tie(length / 2..length, direction);
                for _ in 0..2 {
                    let (x, y) = factors(&mut random, &values);
                    let context = || format!("{length} products lose 2^{}", unit - 1);
                    check(&x, &y, &context);
                    random.shuffle(&mut values[1..]);
                }
            }
        }
    }
}

#[test]
fn a_raised_window_keeps_its_bound() {
    // After the low blocks, one product that needs a higher window, and a few that
    // lose half of its unit.
    let mut random = Random::new(262);
    for unit in -94..=-78 {
        for above in 4..=26 {
            let direction = if random.one_in(2) { 1 } else { -1 };
            let blocks = random.pick(&[1, 3, 5]);
            let mut array = HalfUnits::losing(&mut random, blocks * 4096, unit, direction, 53);
            let last = array.values.len();
            array.values.push(1 << (above + 1 - unit));
            for _ in 0..random.below(4) {
                let value = losing(&mut random, direction, 40);
                array.values.push(value << (above + random.between(-4, 1)));
            }
            let values = array.just_beyond_a_tie(1..last, direction);
            let (x, y) = factors(&mut random, &values);
            check(&x, &y, &|| format!("unit 2^{unit}, 2^{above} above"));
        }
    }
}

/// The inverse of an odd number modulo 2^64, by Newton's iteration.
fn inverse(odd: u64) -> u64 {
    (0..6).fold(odd, |inverse, _| {
        inverse.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(inverse)))
    })
}

/// Two numbers from 1 to 2 whose product loses half a unit of 2^-84, and close to
/// 2^-11 of one on top of it, when its rest below 2^-40 is rounded to 53 bits.
fn losing_more(random: &mut Random) -> (f64, f64) {
    // Bits of the product from 2^-104 on: what the rest's rounding cuts off, just
    // below half of its last place, 2^-94; then the half unit, and an even unit.
    const CUT_OFF: u128 = (1 << 9) - 1;
    const HALF_UNIT: u128 = 1 << 19;
    loop {
        let low = (random.bits() >> 11 >> 21 << 21) | (HALF_UNIT | CUT_OFF) as u64;
        let x = random.bits() >> 11 | 1 << 52 | 1;
        let y = low.wrapping_mul(inverse(x)) & ((1 << 53) - 1);
        if y >> 52 == 0 {
            continue;
        }
        let product = u128::from(x) * u128::from(y);
        // The rest is from 2^-42 to 2^-41, so that its last place is 2^-94.
        if product >> 62 & 3 == 1 {
            assert_eq!(product & ((1 << 21) - 1), HALF_UNIT | CUT_OFF);
            return (scale(x as f64, -52), scale(y as f64, -52));
        }
    }
}

#[test]
fn the_rounding_of_a_rest_is_part_of_the_bound() {
    let mut random = Random::new(263);
    for _ in 0..8 {
        for length in [8 * 4096, 16 * 4096] {
            let (mut x, mut y) = (Vec::new(), Vec::new());
            for _ in 1..length {
                let (a, b) = losing_more(&mut random);
                x.push(a);
                y.push(b);
            }
            // In units of 2^-84 and their 2^20th parts.
            let total: BigInt = ProductOracle::of(&x, &y).total >> (2148 - 104);
            let unit = BigInt::from(1) << 20;
            // The last bit of the total is worth 2^(bits - 53 - 104).
            let place = total.bits() - 53;
            let tie = ((&total >> place << 1_u32) + BigInt::from(5)) << (place - 1);
            // One product that loses nothing takes the total there, to less than
            // two units beyond.
            let missing = (&tie - &total) >> 21_u32 << 21_u32;
            let missing = missing + 2 * &unit;
            let parts = i64::try_from(&missing >> 21_u32).expect("few enough");
            let fixed = &total + &missing;
            assert!(fixed > tie && fixed < &tie + 2 * &unit);
            x.push(scale(parts as f64, 21 - 104));
            y.push(1.0);
            check(&x, &y, &|| format!("{length} products"));
        }
    }
}

#[test]
fn a_total_that_leaves_its_binade_and_comes_back_is_noticed() {
    let mut random = Random::new(264);
    for exponent in [10, 12, 14, 16, 20, 40, 60, 100, 300] {
        for distance in 1..=64 {
            let length = 600 + random.below(400);
            let mut x: Vec<f64> = (0..length).map(|_| random.sign() * random.unit()).collect();
            let mut y: Vec<f64> = (0..length).map(|_| random.sign() * random.unit()).collect();
            let at = random.below(length - distance);
            for (at, sign) in [(at, 1.0), (at + distance, -1.0)] {
                x[at] = sign * scale(1.0 + f64::EPSILON, exponent / 2);
                y[at] = scale(1.0 + f64::EPSILON, exponent - exponent / 2);
            }
            check(&x, &y, &|| {
                format!("2^{exponent} and back after {distance}")
            });
        }
    }
}

#[test]
fn products_at_both_ends_of_the_exponents_are_taken_apart_exactly_or_not_at_all() {
    let mut random = Random::new(265);
    for exponent in (-1080..=-960)
        .chain(-2150..=-2040)
        .chain(1000..=1030)
        .chain(2030..=2046)
    {
        for length in [1, 20, 40, 600, 1500] {
            let half = exponent / 2;
            let other = exponent - half;
            let make = |random: &mut Random, e: i32| {
                random.sign() * scale(1.0 + random.unit(), e.clamp(-1074, 1022))
            };
            let x: Vec<f64> = (0..length).map(|_| make(&mut random, half)).collect();
            let y: Vec<f64> = (0..length).map(|_| make(&mut random, other)).collect();
            check(&x, &y, &|| format!("products near 2^{exponent}"));
        }
    }
}

#[test]
fn the_last_bit_of_a_product_is_kept_down_to_the_lowest_exponent() {
    let mut random = Random::new(268);
    for exponent in -1080..=-1060 {
        for length in [40, 600] {
            // Odd significands: the last bits are 2^`exponent`.
            let odd = |random: &mut Random| (random.bits() >> 11 | 1 << 52 | 1) as f64;
            let half = exponent / 2;
            let x: Vec<f64> = (0..length).map(|_| scale(odd(&mut random), half)).collect();
            let y: Vec<f64> = (0..length)
                .map(|_| scale(odd(&mut random), exponent - half))
                .collect();
            for isa in Isa::available() {
                let mut total = ProductAccumulator::new();
                total.add_f64_on(isa, &x, &y);
                let words = ProductOracle::of(&x, &y).words();
                assert_eq!(total.to_words(), Ok(words), "2^{exponent}, {}", isa.name());
            }
        }
    }
}

#[test]
fn one_tiny_product_among_large_ones_decides_a_tie_at_every_place() {
    let mut random = Random::new(266);
    for length in [17, 40, 505, 1100] {
        for at in 0..length {
            let exponent = random.between(-2100, -300);
            let mut x = vec![0.0; length];
            let mut y = vec![1.0; length];
            let (one, half) = ((at + 1) % length, (at + 2) % length);
            x[one] = 1.0 + f64::EPSILON * random.below(2) as f64;
            x[half] = scale(1.0, -53);
            x[at] = random.sign() * scale(1.0, (exponent / 2).max(-1074));
            y[at] = scale(1.0, (exponent - exponent / 2).max(-1074));
            check(&x, &y, &|| format!("2^{exponent} at {at} of {length}"));
        }
    }
}

#[test]
fn a_few_products_as_wide_as_integers_hold_and_wider() {
    let mut random = Random::new(267);
    for width in 100..=150 {
        for length in 2..=16 {
            let make = |random: &mut Random, e: i32| random.sign() * scale(1.0 + random.unit(), e);
            let mut x: Vec<f64> = (0..length).map(|_| make(&mut random, 0)).collect();
            let y: Vec<f64> = (0..length).map(|_| make(&mut random, 0)).collect();
            x[0] = scale(x[0], width);
            x[1] = scale(x[1], random.between(0, width));
            check(&x, &y, &|| format!("{length} products over 2^{width}"));
            // The largest of all, all of one sign.
            let most = scale(2.0 - f64::EPSILON, width);
            let y = vec![2.0 - f64::EPSILON; length];
            let mut x = vec![most; length];
            x[length - 1] = 1.0 + f64::EPSILON;
            check(&x, &y, &|| {
                format!("{length} largest products over 2^{width}")
            });
        }
    }
}
