//! What the tests of the summation engine share: the engines of this machine,
//! an exact oracle that is fast enough for long arrays, and checks that hold
//! every engine to it, bit for bit.

pub mod build;
pub mod half_units;

use std::io::Write;
use std::sync::Once;

use num_bigint::BigInt;
use num_traits::float::FloatCore;
use tally_core::{Accumulator, Isa, Stored, sum_f32_on, sum_f64_on};

use crate::support::oracle::Oracle;
use crate::support::{check_rounded, check_rounded_f32, paste};

/// A kernel adds each value to the running total whose number is the value's
/// index modulo the number of its totals: 16, 20, 32, 64 and so on. Indices this
/// far apart are in the same lane of them all.
pub const SAME_LANE: usize = 64 * 3 * 5;

/// The engines of this machine. Says once which ones it has not.
pub fn engines() -> Vec<Isa> {
    static SAY: Once = Once::new();
    let engines: Vec<Isa> = Isa::available().collect();
    let present: Vec<&str> = engines.iter().map(|isa| isa.name()).collect();
    SAY.call_once(|| {
        let all: &[&str] = match std::env::consts::ARCH {
            "x86_64" => &["baseline", "AVX2", "AVX-512"],
            "aarch64" => &["baseline", "NEON"],
            "x86" | "riscv64" | "s390x" | "wasm32" => &["baseline"],
            _ => &[],
        };
        for name in all {
            if !present.contains(name) {
                // Not by a macro whose output the test harness keeps back.
                let line = format!("the {name} isa is not tested: not on this machine\n");
                let _ = std::io::stderr().write_all(line.as_bytes());
            }
        }
    });
    assert_eq!(
        engines.first(),
        Some(&Isa::PORTABLE),
        "the portable isa is anywhere"
    );
    engines
}

/// The oracle of long arrays: one integer for each exponent, big integers only
/// at the end. [`Oracle::of`] is the plain one that it is held to.
pub struct Bins {
    sums: Vec<i128>,
    counters: [i64; 5],
}

impl Default for Bins {
    fn default() -> Bins {
        Bins {
            sums: vec![0; 2048],
            counters: [0; 5],
        }
    }
}

impl Bins {
    #[inline]
    pub fn add(&mut self, value: f64) {
        self.counters[0] += 1;
        if value.is_finite() {
            let (significand, exponent, sign) = FloatCore::integer_decode(value);
            // The least exponent is -1075, with an even significand.
            let signed = i128::from(significand) * i128::from(sign);
            self.sums[(exponent + 1075) as usize] += signed;
            self.counters[1] += i64::from(significand == 0 && sign < 0);
        } else if value.is_nan() {
            self.counters[2] += 1;
        } else {
            self.counters[if value > 0.0 { 3 } else { 4 }] += 1;
        }
    }

    pub fn oracle(&self) -> Oracle {
        let mut total = BigInt::ZERO;
        for (exponent, &sum) in self.sums.iter().enumerate() {
            if sum != 0 {
                total += BigInt::from(sum) << exponent;
            }
        }
        Oracle {
            total: total >> 1_u32,
            counters: self.counters,
        }
    }
}

/// The exact total of `values`.
pub fn total_of(values: &[f64]) -> Oracle {
    let mut bins = Bins::default();
    values.iter().for_each(|&value| bins.add(value));
    bins.oracle()
}

/// The exact total of `values`.
pub fn total_of_f32(values: &[f32]) -> Oracle {
    let mut bins = Bins::default();
    values.iter().for_each(|&value| bins.add(f64::from(value)));
    bins.oracle()
}

/// Every engine gives the exactly rounded sum of these, and an accumulator of
/// the very words that the exact total has; `context` says which array it is.
pub fn check_f64(values: &[f64], context: &dyn Fn() -> String) {
    check_f64_against(values, &total_of(values), context);
}

/// [`check_f64`] where the total is known.
pub fn check_f64_against(values: &[f64], oracle: &Oracle, context: &dyn Fn() -> String) {
    let words = oracle.words();
    let expected = oracle.value_f64();
    for isa in engines() {
        let report = || format!("{}, {}: {}", isa.name(), context(), paste(values));
        let sum = sum_f64_on(isa, values);
        check_rounded(sum, expected, oracle.is_negative(), &report);
        let mut accumulator = Accumulator::new();
        accumulator.add_f64_on(isa, values);
        assert_eq!(accumulator.to_words(), Ok(words), "{}", report());
    }
    let mut emptied = Accumulator::new();
    emptied.add_f64_on(Isa::PORTABLE, values);
    emptied.subtract_f64(values);
    assert_eq!(emptied, Accumulator::new(), "subtracting, {}", context());
}

/// [`check_f64`] for `f32`.
pub fn check_f32(values: &[f32], context: &dyn Fn() -> String) {
    let oracle = total_of_f32(values);
    let words = oracle.words();
    let expected = oracle.value_f32();
    for isa in engines() {
        let report = || {
            let bits: Vec<u32> = values.iter().take(200).map(|v| v.to_bits()).collect();
            format!("{}, {}: {bits:x?}", isa.name(), context())
        };
        let sum = sum_f32_on(isa, values);
        check_rounded_f32(sum, expected, oracle.is_negative(), &report);
        let mut accumulator = Accumulator::new();
        accumulator.add_f32_on(isa, values);
        assert_eq!(accumulator.to_words(), Ok(words), "{}", report());
    }
    let mut emptied = Accumulator::new();
    emptied.add_f32_on(Isa::PORTABLE, values);
    emptied.subtract_f32(values);
    assert_eq!(emptied, Accumulator::new(), "subtracting, {}", context());
}
