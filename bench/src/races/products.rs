//! Means, dot products, norms, variances, covariances and correlations.

use std::hint::black_box;

use super::{c_loop, on};
use crate::array::Array;
use crate::c_loops::{C_LOOPS, PairLoop, XSUM};
use crate::data::{CANCELLING, Data};
use crate::measure::Answer::{self, Exact, Rough};
use crate::measure::{Contestant, Effort, race};
use crate::names::*;
use crate::results::Row;
use crate::{engines, library, peers};

/// The values, and the same the other way round.
fn pairs(data: Data, count: usize) -> [Array<f64>; 2] {
    let x = data.make(count);
    let y: Vec<f64> = x.iter().rev().copied().collect();
    [Array::new(&x), Array::new(&y)]
}

/// A contestant that makes one number of two arrays.
fn both<'a>(
    name: impl Into<String>,
    kind: Answer,
    [x, y]: &'a [Array<f64>; 2],
    work: impl Fn(&[f64], &[f64]) -> f64 + 'a,
) -> Contestant<'a> {
    let (x, y): (&[f64], &[f64]) = (x, y);
    Contestant::new(name, kind, move || {
        work(black_box(x), black_box(y)).to_bits()
    })
}

/// A contestant that makes one number of an array.
fn one<'a>(
    name: impl Into<String>,
    values: &'a [f64],
    work: impl Fn(&[f64]) -> f64 + 'a,
) -> Contestant<'a> {
    on(name, Exact, values, move |values| work(values).to_bits())
}

fn pair_loop<'a>(
    name: &'static str,
    function: PairLoop,
    arrays: &'a [Array<f64>; 2],
) -> Contestant<'a> {
    both(name, Rough, arrays, move |x, y| function.run(x, y))
}

/// All ways to multiply and add.
fn dot(arrays: &[Array<f64>; 2]) -> Vec<Contestant<'_>> {
    let mut lanes = vec![
        both(TALLY, Exact, arrays, library::dot_f64),
        both(TALLY_ADD, Exact, arrays, library::dot_in_progress),
        both(ACCURATE, Exact, arrays, peers::accurate_dot),
    ];
    for isa in engines::available() {
        let name = isa.name();
        lanes.push(both(format!("{SUM}{name}"), Exact, arrays, move |x, y| {
            engines::dot_f64(isa, x, y)
        }));
        lanes.push(both(format!("{ADD}{name}"), Exact, arrays, move |x, y| {
            engines::add_products(isa, x, y)
        }));
    }
    lanes.extend(C_LOOPS.map(|c| pair_loop(C_NAIVE, c.dot_f64, arrays)));
    lanes.extend(XSUM.map(|xsum| pair_loop(XSUM_DOT, xsum.dot, arrays)));
    lanes
}

fn mean(values: &[f64]) -> Vec<Contestant<'_>> {
    let mut lanes = vec![one(TALLY, values, library::mean_f64)];
    lanes.extend(C_LOOPS.map(|c| c_loop(C_NAIVE, c.mean_f64, values, f64::to_bits)));
    lanes
}

fn norm(values: &[f64]) -> Vec<Contestant<'_>> {
    let mut lanes = vec![one(TALLY, values, library::norm_f64)];
    for isa in engines::available() {
        let name = format!("{SUM}{}", isa.name());
        lanes.push(one(name, values, move |v| engines::norm_f64(isa, v)));
    }
    lanes.extend(C_LOOPS.map(|c| c_loop(C_NAIVE, c.norm_f64, values, f64::to_bits)));
    lanes
}

fn variance(values: &[f64]) -> Vec<Contestant<'_>> {
    let mut lanes = vec![
        one(TALLY, values, library::variance_f64),
        one(TALLY_ADD, values, library::variance_in_progress),
    ];
    for isa in engines::available() {
        let name = isa.name();
        lanes.push(one(format!("{SUM}{name}"), values, move |v| {
            engines::variance_f64(isa, v)
        }));
        lanes.push(one(format!("{ADD}{name}"), values, move |v| {
            engines::add_moments(isa, v)
        }));
    }
    lanes.extend(C_LOOPS.map(|c| c_loop(C_NAIVE, c.variance_f64, values, f64::to_bits)));
    lanes
}

fn covariance(arrays: &[Array<f64>; 2]) -> Vec<Contestant<'_>> {
    let mut lanes = vec![both(TALLY, Exact, arrays, library::covariance_f64)];
    lanes.extend(C_LOOPS.map(|c| pair_loop(C_NAIVE, c.covariance_f64, arrays)));
    lanes
}

fn correlation(arrays: &[Array<f64>; 2]) -> Vec<Contestant<'_>> {
    let mut lanes = vec![both(TALLY, Exact, arrays, library::correlation_f64)];
    lanes.extend(C_LOOPS.map(|c| pair_loop(C_NAIVE, c.correlation_f64, arrays)));
    lanes
}

/// How many races `statistics` runs.
pub(crate) const STATISTICS: usize = 6;

/// Every statistic of one kind of data.
pub(crate) fn statistics(data: Data, count: usize, effort: Effort) -> Vec<Row> {
    let arrays = &pairs(data, count);
    let values: &[f64] = &arrays[0];
    let ones;
    let factors = if data.is_in(&[CANCELLING]) {
        // Squares do not cancel. Products by 1 do.
        ones = [Array::new(values), Array::new(&vec![1.0; count])];
        &ones
    } else {
        arrays
    };
    let row = |operation, lanes| Row {
        operation,
        values: count,
        data: data.name,
        timings: race(lanes, effort),
    };
    let rows: [Row; STATISTICS] = [
        row(DOT, dot(factors)),
        row(MEAN, mean(values)),
        row(NORM, norm(values)),
        row(VARIANCE, variance(values)),
        row(COVARIANCE, covariance(arrays)),
        row(CORRELATION, correlation(arrays)),
    ];
    rows.into()
}
