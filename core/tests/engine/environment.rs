//! The caller's floating-point environment changes no bit of a result, on any
//! engine, and is the same afterwards: its rounding, its flushing of subnormals,
//! its traps and its sticky flags.

#![cfg(target_arch = "x86_64")]

use std::arch::asm;
use std::hint::black_box;

use crate::support::arrays::KINDS;
use crate::support::engines::build::{ordinary, power, units_of_power, with_total};
use crate::support::engines::engines;
use crate::support::random::Random;
use num_bigint::BigInt;
use tally_core::{
    Accumulator, Axis, Column, Decimal, Digits, Isa, Matrix, Moments, Number, NumberError, Numbers,
    ProductAccumulator, STATE_WORDS, ScopedThreads, Separator, Statistic, Stored, ValueError,
    add_numbers, correlation, covariance, dot_f64_on, norm_f64_on, parse_number,
    standard_deviation_f64_on, sum_f32, sum_f32_on, sum_f64, sum_f64_on, sum_i32_on, sum_i64_on,
    variance_f64_on, weighted_mean,
};

/// The bits of the register MXCSR.
const FLAGS: u32 = 0x3f;
const SUBNORMALS_ARE_ZERO: u32 = 0x40;
const MASKS: u32 = 0x1f80;
const ROUND_DOWN: u32 = 0x2000;
const ROUND_UP: u32 = 0x4000;
const ROUND_TO_ZERO: u32 = 0x6000;
const FLUSH_TO_ZERO: u32 = 0x8000;

/// Environments that a thread may be in.
fn environments() -> Vec<u32> {
    let mut environments = Vec::new();
    for rounding in [0, ROUND_DOWN, ROUND_UP, ROUND_TO_ZERO] {
        for subnormals in [
            0,
            SUBNORMALS_ARE_ZERO,
            FLUSH_TO_ZERO,
            SUBNORMALS_ARE_ZERO | FLUSH_TO_ZERO,
        ] {
            // All masked, all trapping, and each alone trapping.
            for masks in [MASKS, 0, MASKS & !0x1000, MASKS & !0x800, MASKS & !0x80] {
                for flags in [0, FLAGS, 0x20, 0x12] {
                    environments.push(rounding | subnormals | masks | flags);
                }
            }
        }
    }
    environments
}

fn control() -> u32 {
    let mut value = 0_u32;
    // SAFETY: writes the register to `value`.
    unsafe { asm!("stmxcsr [{}]", in(reg) &raw mut value, options(nostack)) };
    value
}

fn set_control(value: u32) {
    assert_eq!(value & !0xffff, 0, "reserved bits");
    // SAFETY: reads the register from `value`, which has no reserved bit set.
    // Nothing is computed in floating point until it is set back.
    unsafe { asm!("ldmxcsr [{}]", in(reg) &raw const value, options(nostack)) };
}

/// What a call gives in an environment, and the environment afterwards.
#[inline(never)]
fn under<R>(environment: u32, call: impl FnOnce() -> R) -> (R, u32) {
    let before = control();
    set_control(environment);
    let result = black_box(call());
    let after = control();
    set_control(before);
    (result, after)
}

/// All that sums of these can say, as bits.
#[derive(Debug, PartialEq)]
struct Answers {
    sum: Result<u64, ValueError>,
    sum_f32: Result<u32, ValueError>,
    words: [u64; STATE_WORDS],
    values: [Result<u64, ValueError>; 3],
    integers: [i128; 2],
}

#[inline(never)]
fn ask(isa: Isa, values: &[f64], narrow: &[f32], integers: &[i64]) -> Answers {
    let mut accumulator = Accumulator::new();
    accumulator.add_f64_on(isa, values);
    accumulator.add_f32_on(isa, narrow);
    accumulator.subtract_f64(&values[..values.len() / 2]);
    accumulator.subtract_f32(&narrow[..narrow.len() / 3]);
    if let Some(&value) = values.first() {
        accumulator.add_one_f64(value);
    }
    let short: &[i32] = &[i32::MIN, 7, -9];
    Answers {
        sum: sum_f64_on(isa, values).map(f64::to_bits),
        sum_f32: sum_f32_on(isa, narrow).map(f32::to_bits),
        words: accumulator.to_words().expect("in range"),
        values: [
            accumulator.value_f64().map(f64::to_bits),
            accumulator.mean_f64().map(f64::to_bits),
            accumulator.value_f32().map(|value| value.to_bits().into()),
        ],
        integers: [sum_i64_on(isa, integers), sum_i32_on(isa, short)],
    }
}

/// Compares what `ask` gives in every environment with that in the default one.
fn check_all<R: PartialEq + std::fmt::Debug>(ask: impl Fn() -> R, context: &dyn Fn() -> String) {
    let expected = ask();
    for environment in environments() {
        let (answers, after) = under(environment, &ask);
        assert_eq!(after, environment, "{}", context());
        let context = || format!("{}, MXCSR {environment:#06x}", context());
        assert_eq!(answers, expected, "{}", context());
    }
}

fn check(values: &[f64], name: &str) {
    let narrow: Vec<f32> = values.iter().map(|&value| value as f32).collect();
    let integers: Vec<i64> = values.iter().map(|value| value.to_bits() as i64).collect();
    for isa in engines() {
        check_all(|| ask(isa, values, &narrow, &integers), &|| {
            format!("{}: {name}, {} values", isa.name(), values.len())
        });
    }
}

#[test]
fn every_kind_of_array_in_every_environment() {
    let mut random = Random::new(191);
    for (name, generate) in KINDS {
        for length in [3, 40, 600] {
            check(&generate(&mut random, length), name);
        }
    }
}

#[test]
fn long_arrays_in_every_environment() {
    let mut random = Random::new(192);
    check(&ordinary(&mut random, 5000, 0), "ordinary");
    check(&ordinary(&mut random, 5000, -1010), "small");
    check(&ordinary(&mut random, 5000, 1012), "large");
    let wide: Vec<f64> = (0..5000)
        .map(|_| random.sign() * power(random.between(-1074, 1000)))
        .collect();
    check(&wide, "wide");
    let mut spoilt = ordinary(&mut random, 5000, 0);
    spoilt[4321] = f64::NEG_INFINITY;
    check(&spoilt, "an infinity");
    spoilt[17] = f64::INFINITY;
    check(&spoilt, "both infinities");
    spoilt[4000] = f64::from_bits(0x7ff0_0000_0000_0001);
    check(&spoilt, "a signalling NaN");
}

/// All statistics of values and their opposites in order, as bits.
#[inline(never)]
fn statistics(isa: Isa, x: &[f64], y: &[f64], narrow: &[f32]) -> Vec<Result<u64, ValueError>> {
    let (mut of_x, mut of_y, mut of_narrow) = (Moments::new(), Moments::new(), Moments::new());
    of_x.add_f64_on(isa, x);
    of_y.add_f64_on(isa, y);
    of_narrow.add_f32(narrow);
    of_narrow.subtract_f32(&narrow[..narrow.len() / 3]);
    let mut products = ProductAccumulator::new();
    products.add_f64_on(isa, x, y);
    let mut weights = Accumulator::new();
    weights.add_f64_on(isa, y);
    let results = [
        variance_f64_on(isa, x, 0),
        standard_deviation_f64_on(isa, x, 1),
        norm_f64_on(isa, x),
        dot_f64_on(isa, x, y),
        of_x.variance_f64(1),
        of_narrow.sum_f64(),
        of_narrow.variance_f64(0),
        of_narrow.norm_f64(),
        products.value_f64(),
        products.error_f64(x[0]),
        weighted_mean(&products, &weights),
        covariance(&of_x, &of_y, &products, 0),
        correlation(&of_x, &of_y, &products),
    ];
    results.map(|result| result.map(f64::to_bits)).to_vec()
}

#[test]
fn statistics_whose_results_are_subnormal_in_every_environment() {
    let mut random = Random::new(196);
    // From values whose squares vanish to those whose squares are all normal.
    for top in [-1074, -1030, -560, -537, -514, -512, -510, -500, 0] {
        for length in [3, 100, 1024, 1500] {
            let unit = power((top - 20).max(-1074));
            let mut one = || random.sign() * random.below(1 << 20) as f64 * unit;
            let x: Vec<f64> = (0..length).map(|_| one()).collect();
            let y: Vec<f64> = (0..length).map(|_| one()).collect();
            // Subnormal ones, and the least normal ones.
            let mut narrow = || f32::from_bits(random.below(1 << 24) as u32);
            let narrow: Vec<f32> = (0..length).map(|_| narrow()).collect();
            for isa in engines() {
                check_all(|| statistics(isa, &x, &y, &narrow), &|| {
                    format!("{}: {length} values below 2^{top}", isa.name())
                });
            }
        }
    }
}

#[test]
fn numbers_in_text_in_every_environment() {
    let words = [
        "0",
        "-0",
        "-0.0",
        "7",
        "-9007199254740992",
        "18446744073709551616",
        "nan",
        "-inf",
        "5e-324",
        "-2.5e-324",
        "2.4703282292062328e-324",
        "1e-310",
        "2.2250738585072011e-308",
        "1e-400",
        "0.1",
        "123456789012345678901234567890.5",
        "9007199254740993.0000000000000000000001",
        "6.02e23",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "1e400",
        "0.3e-37",
        "9e37",
    ];
    for word in words {
        let bits = |number: Number<'_>| match number {
            Number::Wide(wide) => wide.nearest().to_bits(),
            Number::F64(value) => value.to_bits(),
            Number::I64(value) => value as u64,
            Number::U64(value) => value,
        };
        let read = || -> (Result<u64, NumberError>, Option<u64>) {
            let number = parse_number(word.as_bytes());
            let double = number
                .ok()
                .and_then(|number| number.as_f64())
                .map(f64::to_bits);
            (number.map(bits), double)
        };
        check_all(read, &|| word.to_owned());
    }
    let text = words[..20].join(" ");
    let space = Separator::new(b' ').expect("it separates");
    let total = || {
        let mut sum = Accumulator::new();
        let added = add_numbers(
            &mut sum,
            &[],
            &mut Numbers::new(text.as_bytes(), space, true),
        );
        let mut decimal = Decimal::new();
        decimal.add_word(b"1e-320").expect("a number");
        let value = decimal.value_f64().map(f64::to_bits);
        (
            added.ok(),
            sum.to_words().ok(),
            value,
            decimal
                .text(Digits::All)
                .map(|text| text.as_str().to_owned()),
        )
    };
    check_all(total, &|| text.clone());
}

#[test]
fn ties_in_every_environment() {
    let mut random = Random::new(193);
    let tie = BigInt::from(random.bits() | 1) * units_of_power(-50);
    for length in [17, 100, 600, 5000] {
        for by in [-1, 0, 1] {
            let values = with_total(ordinary(&mut random, length, 0), &(&tie + by));
            check(&values.expect("room for it"), "next to a tie");
        }
    }
}

#[test]
fn lost_bits_in_every_environment() {
    // What would vanish without a trace if subnormals or rests were flushed.
    let mut random = Random::new(194);
    for top in [-1000, -930, 0, 500, 1000] {
        for tiny in [5e-324, 1e-310, 3e-308] {
            let mut values = vec![power(top); 700];
            values[random.below(700)] = tiny;
            check(&values, "one tiny value");
        }
    }
    for size in [5e-324, 1e-320, 1e-309] {
        check(&[size; 700], "subnormals");
        check(&[size, -size, size], "few subnormals");
    }
}

#[test]
fn the_best_engine_too() {
    let mut random = Random::new(195);
    let values = ordinary(&mut random, 1000, -1021);
    let narrow: Vec<f32> = values.iter().map(|&value| value as f32).collect();
    let call = || {
        (
            sum_f64(&values).map(f64::to_bits),
            sum_f32(&narrow).map(f32::to_bits),
        )
    };
    let expected = call();
    for environment in environments() {
        assert_eq!(under(environment, call), (expected, environment));
    }
}

#[test]
fn the_environments_are_real() {
    // Or the tests above would show nothing.
    let product = |environment: u32, left: f64, right: f64| {
        let multiply = || black_box(left) * black_box(right);
        under(environment | MASKS, multiply).0
    };
    let least = f64::from_bits(1);
    assert_eq!(product(0, least, 2.0), f64::from_bits(2));
    assert_eq!(product(SUBNORMALS_ARE_ZERO, least, 2.0), 0.0);
    assert_eq!(product(FLUSH_TO_ZERO, f64::MIN_POSITIVE, 0.5), 0.0);
    assert_eq!(product(ROUND_UP, least, 0.25), least);
    assert_eq!(product(ROUND_DOWN, least, 0.25), 0.0);
    let (_, after) = under(MASKS, || black_box(0.1) * black_box(0.1));
    assert_eq!(after, MASKS | 0x20, "an inexact product raises its flag");
}

/// Sums and means of few groups, which are computed in doubles.
#[inline(never)]
fn sums_of_groups(isa: Isa, values: &[f64], ids: &[u8]) -> Vec<u64> {
    let mut bits = Vec::new();
    for what in [Statistic::Sum, Statistic::Mean] {
        let mut results = [0.0; 3];
        let (values, ids) = (Column::new(values), Column::new(ids));
        let found = values.group_on(isa, &ScopedThreads(1), &ids, what, &mut results);
        assert_eq!(found, Ok(()));
        bits.extend(results.map(f64::to_bits));
    }
    bits
}

#[test]
fn groups_in_every_environment() {
    let mut random = Random::new(199);
    for top in [0, -1000, 1000] {
        let values = ordinary(&mut random, 3000, top);
        let ids: Vec<u8> = (0..3000).map(|_| random.below(3) as u8).collect();
        for isa in engines() {
            check_all(|| sums_of_groups(isa, &values, &ids), &|| {
                format!("{}, 2^{top}", isa.name())
            });
        }
    }
}

/// Sums and means of columns and of rows of floats, which are computed in doubles.
#[inline(never)]
fn sums_of_columns(isa: Isa, values: &[f32], columns: usize) -> Vec<u64> {
    let matrix = Matrix::new(Column::new(values), values.len() / columns, columns);
    let mut bits = Vec::new();
    for what in [Statistic::Sum, Statistic::Mean] {
        for axis in [Axis::Columns, Axis::Rows] {
            let mut results = vec![0.0; matrix.results(axis)];
            matrix.reduce_on(isa, axis, what, &mut results);
            bits.extend(results.iter().map(|result: &f64| result.to_bits()));
        }
    }
    bits
}

#[test]
fn columns_of_floats_in_every_environment() {
    let mut random = Random::new(200);
    for top in [0, -140, 100] {
        for (rows, columns) in [(5, 130), (1100, 129), (300, 3)] {
            let mut one = || random.sign() * random.below(1 << 12) as f64 * power(top - 9);
            let values: Vec<f32> = (0..rows * columns).map(|_| one() as f32).collect();
            for isa in engines() {
                check_all(|| sums_of_columns(isa, &values, columns), &|| {
                    format!("{}, {rows} x {columns}, 2^{top}", isa.name())
                });
            }
        }
    }
}
