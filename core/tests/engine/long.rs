//! Many arrays of every kind and length, random and adversarial, on every engine:
//! seconds' worth here, 10^9 elements with `make check-exact-long`.
//!
//! Each element is summed by each engine, in one call and into an accumulator,
//! and compared bit for bit with integers that the test adds up itself. Doubles
//! are what is counted; a part of them is made floats and integers as well.

use std::io::Write;
use std::time::Instant;

use crate::support::arrays::KINDS;
use crate::support::engines::build::{ordinary, power, units_of_power, with_total};
use crate::support::engines::{SAME_LANE, check_f32, check_f64, engines};
use crate::support::oracle::scale;
use crate::support::random::Random;
use num_bigint::BigInt;
use tally_core::{sum_i32_on, sum_i64_on, sum_u64_on};

/// Arrays of each kind in a round: how many, and their shortest and longest.
const LENGTHS: [(usize, usize, usize); 4] = [
    (30, 0, 70),
    (12, 70, 700),
    (6, 700, 12_500),
    (1, 12_500, 250_000),
];

type Generator = fn(&mut Random, usize) -> Vec<f64>;

/// What the kinds that any sum is tested with do not have.
const ADVERSARIAL: [(&str, Generator); 6] = [
    ("excursions of one lane", |r, n| {
        let mut values = ordinary(r, n, 0);
        for _ in 0..=n / 5000 {
            let (first, distance) = (r.below(n.max(1)), r.between(5, 120));
            for (step, multiple) in [1.0, 1.0, -2.0].iter().enumerate() {
                if let Some(value) = values.get_mut(first + step * SAME_LANE) {
                    *value = multiple * power(distance);
                }
            }
        }
        values
    }),
    ("next to a tie", |r, n| {
        let odd = BigInt::from(r.bits() >> 11 | 1);
        let tie: BigInt = odd * units_of_power(r.between(-70, -40)) / 2;
        let by = units_of_power(r.between(-1074, -60)) * r.between(-1, 1);
        let values = ordinary(r, n, 0);
        with_total(values.clone(), &(tie + by)).unwrap_or(values)
    }),
    ("little remains", |r, n| {
        let total = units_of_power(r.between(-1074, -20)) * r.between(-9, 9);
        let top = r.between(-900, 1000);
        let values = ordinary(r, n, top);
        with_total(values.clone(), &total).unwrap_or(values)
    }),
    ("one tiny value", |r, n| {
        let top = r.between(-1000, 1014);
        let mut values: Vec<f64> = (0..n)
            .map(|_| scale(f64::from(r.between(-999, 999)), top - 10))
            .collect();
        if n > 0 {
            let at = r.below(n);
            values[at] = power(r.between(-1074, top));
        }
        values
    }),
    ("windows in turn", |r, n| {
        let mut values = Vec::with_capacity(n);
        while values.len() < n {
            let length = r.between(1, 9000) as usize;
            let top = r.between(-1070, 1000);
            values.extend(ordinary(r, length.min(n - values.len()), top));
        }
        values
    }),
    ("just wider than the levels", |r, n| {
        let (low, spread) = (r.between(-1074, 850), r.between(20, 160));
        (0..n)
            .map(|_| scale(r.sign() * (1.0 + r.unit()), low + r.between(0, spread)))
            .collect()
    }),
];

fn narrow(values: &[f64], random: &mut Random) -> Vec<f32> {
    let shift = random.between(-150, 150);
    let way = random.below(3);
    let narrow = |&value: &f64| match way {
        0 => value as f32,
        1 => f32::from_bits((value.to_bits() >> 32) as u32),
        _ => scale(value, shift) as f32,
    };
    values.iter().map(narrow).collect()
}

fn check_integers(bits: &[u64], context: &dyn Fn() -> String) {
    let i32s: Vec<i32> = bits.iter().map(|&bits| bits as i32).collect();
    let i64s: Vec<i64> = bits.iter().map(|&bits| bits as i64).collect();
    let expected_i32: i128 = i32s.iter().map(|&value| i128::from(value)).sum();
    let expected_i64: i128 = i64s.iter().map(|&value| i128::from(value)).sum();
    let expected_u64: u128 = bits.iter().map(|&value| u128::from(value)).sum();
    for isa in engines() {
        let context = || format!("{}: {}", isa.name(), context());
        assert_eq!(sum_i32_on(isa, &i32s), expected_i32, "{}", context());
        assert_eq!(sum_i64_on(isa, &i64s), expected_i64, "{}", context());
        assert_eq!(sum_u64_on(isa, bits), expected_u64, "{}", context());
    }
}

/// Checks arrays until they have this many doubles, and says how far it is.
fn check(doubles: u64, seed: u64) {
    let begun = Instant::now();
    let (mut done, mut arrays, mut round, mut said) = (0, 0_u64, 0, 0);
    while done < doubles {
        for (kind, (name, generate)) in KINDS.iter().chain(&ADVERSARIAL).enumerate() {
            let mut random = Random::new(seed + round * 1000 + kind as u64);
            for (count, shortest, longest) in LENGTHS {
                for array in 0..count {
                    let length = shortest + random.below(longest - shortest);
                    let values = generate(&mut random, length);
                    let context = || format!("{name}, round {round}, array {array} of {longest}");
                    check_f64(&values, &context);
                    done += length as u64;
                    arrays += 1;
                    if random.one_in(3) {
                        check_f32(&narrow(&values, &mut random), &context);
                    }
                    if random.one_in(10) {
                        let mask = random.pick(&[u64::MAX, 0xffff_0000_ffff_0000, 0xffff]);
                        let set = random.pick(&[0, 0, 1 << 63 | 1 << 31]);
                        let bits = values.iter().map(|value| value.to_bits() & mask | set);
                        check_integers(&bits.collect::<Vec<u64>>(), &context);
                    }
                }
            }
        }
        round += 1;
        let percent = (done * 100 / doubles).min(100);
        if doubles >= 1_000_000_000 && percent >= said + 5 {
            said = percent;
            // Not by a macro whose output the test harness keeps back.
            let line = format!(
                "{percent:3} %: {done} doubles in {arrays} arrays, {} s\n",
                begun.elapsed().as_secs()
            );
            let _ = std::io::stderr().write_all(line.as_bytes());
        }
    }
}

#[test]
fn twenty_million_elements_are_summed_exactly() {
    check(20_000_000, 1_000_000_007);
}

#[test]
#[ignore = "takes minutes: make check-exact-long"]
fn a_billion_elements_are_summed_exactly() {
    check(1_000_000_000, 2_000_000_011);
}
