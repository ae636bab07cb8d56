//! Values one at a time into a sum on the stack, from nothing to the rounded sum.

use tally_core::{Accumulator, SmallSuperaccumulator};

use super::{c_loop, on};
use crate::array::Array;
use crate::c_loops::XSUM;
use crate::data::Data;
use crate::measure::Answer::Exact;
use crate::measure::{Effort, race};
use crate::names::*;
use crate::peers;
use crate::results::Row;

/// All in Rust, except for xsum in C, whose loop is in C too.
pub(crate) fn streams(data: Data, count: usize, effort: Effort) -> Row {
    let values = &Array::new(&data.make(count));
    let exact = |name, work: fn(&[f64]) -> f64| {
        on(name, Exact, values, move |values| work(values).to_bits())
    };
    let mut lanes = vec![
        exact(TALLY_ADD_ONE, add_one),
        exact(TALLY_LOCAL, small_superaccumulator),
        exact(XSUM_CRATE, peers::xsum_f64),
        exact(ACCURATE, peers::accurate_f64),
        exact(FSUM, peers::fsum_f64),
    ];
    lanes.extend(XSUM.map(|xsum| c_loop(XSUM_SMALL, xsum.stream, values, f64::to_bits)));
    Row {
        operation: STREAM,
        values: count,
        data: data.name,
        timings: race(lanes, effort),
    }
}

/// The accumulator of the crate `tally-core`.
fn add_one(values: &[f64]) -> f64 {
    let mut total = Accumulator::new();
    for &value in values {
        total.add_one_f64(value);
    }
    total.value_f64().expect("the sum is in range")
}

/// The local sum of `tally-core`, whose carries wait.
fn small_superaccumulator(values: &[f64]) -> f64 {
    let mut total = SmallSuperaccumulator::new();
    for &value in values {
        total.add(value);
    }
    total.value_f64().expect("the sum is in range")
}
