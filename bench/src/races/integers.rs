//! Sums of integers.

use super::{c_loop, on};
use crate::array::Array;
use crate::c_loops::C_LOOPS;
use crate::data::Random;
use crate::library;
use crate::measure::Answer::Exact;
use crate::measure::{Effort, Timing, race};
use crate::names::*;
use crate::results::Row;

/// Integers of each type, of sizes that no total of them outgrows its type.
pub(crate) fn integer_sums(count: usize, effort: Effort) -> Vec<Row> {
    let mut random = Random::new();
    let values: Vec<u64> = (0..count).map(|_| random.below(1 << 39)).collect();
    let u64s = u64_sums(&Array::new(&values), effort);
    let signed: Vec<i64> = values.iter().map(|&v| v as i64 - (1 << 38)).collect();
    drop(values);
    let i64s = i64_sums(&Array::new(&signed), effort);
    let narrow: Vec<i32> = signed.iter().map(|&v| v as i32).collect();
    drop(signed);
    let row = |operation, timings| Row {
        operation,
        values: count,
        data: "uniform",
        timings,
    };
    vec![
        row(I32, i32_sums(&Array::new(&narrow), effort)),
        row(I64, i64s),
        row(U64, u64s),
    ]
}

fn i32_sums(values: &[i32], effort: Effort) -> Vec<Timing> {
    let mut lanes = vec![
        on(TALLY, Exact, values, |values| {
            library::sum_i32(values) as u64
        }),
        on(RUST, Exact, values, |values| {
            values.iter().map(|&value| i64::from(value)).sum::<i64>() as u64
        }),
    ];
    if let Some(c) = C_LOOPS {
        lanes.push(c_loop(C_WRAPS, c.sum_i32, values, u64::from));
    }
    race(lanes, effort)
}

fn i64_sums(values: &[i64], effort: Effort) -> Vec<Timing> {
    let mut lanes = vec![
        on(TALLY, Exact, values, |values| {
            library::sum_i64(values) as u64
        }),
        on(RUST, Exact, values, |values| {
            values.iter().map(|&value| i128::from(value)).sum::<i128>() as u64
        }),
    ];
    if let Some(c) = C_LOOPS {
        lanes.push(c_loop(C_WRAPS, c.sum_i64, values, |total| total));
    }
    race(lanes, effort)
}

fn u64_sums(values: &[u64], effort: Effort) -> Vec<Timing> {
    let mut lanes = vec![
        on(TALLY, Exact, values, library::sum_u64),
        on(RUST, Exact, values, |values| {
            values.iter().map(|&value| u128::from(value)).sum::<u128>() as u64
        }),
    ];
    if let Some(c) = C_LOOPS {
        lanes.push(c_loop(C_WRAPS, c.sum_u64, values, |total| total));
    }
    race(lanes, effort)
}
