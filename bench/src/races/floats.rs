//! Sums of floats.

use super::{c_loop, on};
use crate::array::Array;
use crate::c_loops::C_LOOPS;
use crate::data::Data;
use crate::measure::Answer::{Exact, Rough};
use crate::measure::{Effort, race};
use crate::names::*;
use crate::results::Row;
use crate::{engines, library, peers};

/// Doubles made floats.
pub(crate) fn f32_sums(data: Data, count: usize, effort: Effort) -> Row {
    let values: Vec<f32> = data.make(count).iter().map(|&v| v as f32).collect();
    let values = &Array::new(&values);
    let bits = |total: f32| u64::from(total.to_bits());
    let mut lanes = vec![
        on(TALLY, Exact, values, move |values| {
            bits(library::sum_f32(values))
        }),
        on(RUST, Rough, values, move |values| bits(values.iter().sum())),
        on(ACCURATE, Exact, values, move |values| {
            bits(peers::accurate_f32(values))
        }),
    ];
    for isa in engines::available() {
        let name = format!("{SUM}{}", isa.name());
        lanes.push(on(name, Exact, values, move |values| {
            bits(engines::sum_f32(isa, values))
        }));
    }
    if let Some(c) = C_LOOPS {
        lanes.push(c_loop(C_NAIVE, c.sum_f32, values, bits));
    }
    Row {
        operation: F32,
        values: count,
        data: data.name,
        timings: race(lanes, effort),
    }
}
