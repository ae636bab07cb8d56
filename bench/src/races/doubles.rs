//! Sums of doubles.

use super::{c_loop, on};
use crate::array::Array;
use crate::c_loops::{self, C_LOOPS};
use crate::data::Data;
use crate::measure::Answer::{Exact, Rough};
use crate::measure::{Contestant, Timing, race};
use crate::names::*;
use crate::python::Python;
use crate::results::Row;
use crate::{engines, library, peers};

/// All ways to add doubles.
pub(crate) fn f64_sums(data: Data, count: usize, python: Option<&Python>, rounds: usize) -> Row {
    let values = &Array::new(&data.make(count));
    let mut lanes = at_once(values, python);
    lanes.push(add_one(values));
    for isa in engines::available() {
        let name = isa.name();
        lanes.push(on(format!("{SUM}{name}"), Exact, values, move |values| {
            engines::sum_f64(isa, values).to_bits()
        }));
        lanes.push(on(format!("{ADD}{name}"), Exact, values, move |values| {
            engines::add_f64(isa, values).to_bits()
        }));
    }
    if let Some(c) = C_LOOPS {
        let add_one = c.add_one_f64;
        lanes.push(c_loop(C_READ, c.read_f64, values, |bits| bits));
        lanes.push(on(C_CALL, Rough, values, move |values| {
            add_one.run(values).to_bits()
        }));
    }
    if let Some(avx2) = c_loops::avx2() {
        lanes.push(c_loop(C_AVX2, avx2, values, f64::to_bits));
    }
    Row {
        operation: F64,
        values: count,
        data: data.name(),
        timings: race(lanes, rounds),
    }
}

/// The ways to add a few doubles.
pub(crate) fn short_f64_sums(
    data: Data,
    count: usize,
    python: Option<&Python>,
    rounds: usize,
) -> Row {
    let values = &Array::new(&data.make(count));
    let mut lanes = at_once(values, python);
    lanes.push(add_one(values));
    Row {
        operation: SHORT,
        values: count,
        data: data.name(),
        timings: race(lanes, rounds),
    }
}

/// The library against `accurate` alone: what `--check` looks at.
pub(crate) fn f64_duel(data: Data, count: usize, rounds: usize) -> [Timing; 2] {
    let values = &Array::new(&data.make(count));
    let timings = race(vec![tally(values), accurate(values)], rounds);
    timings.try_into().ok().expect("two ran, so two are timed")
}

/// Those who take a whole array.
fn at_once<'a>(values: &'a [f64], python: Option<&'a Python>) -> Vec<Contestant<'a>> {
    let mut lanes = vec![
        tally(values),
        on(TALLY_ADD, Exact, values, |values| {
            let mut state = library::empty();
            library::add_f64(&mut state, values);
            library::value_f64(&state).to_bits()
        }),
        on(RUST, Rough, values, |values| {
            values.iter().sum::<f64>().to_bits()
        }),
        accurate(values),
        on(FSUM, Exact, values, |values| {
            peers::fsum_f64(values).to_bits()
        }),
    ];
    if let Some(c) = C_LOOPS {
        lanes.push(c_loop(C_NAIVE, c.sum_f64, values, f64::to_bits));
    }
    if let Some(python) = python {
        lanes.extend(python.contestants(values));
    }
    lanes
}

fn tally(values: &[f64]) -> Contestant<'_> {
    on(TALLY, Exact, values, |values| {
        library::sum_f64(values).to_bits()
    })
}

fn accurate(values: &[f64]) -> Contestant<'_> {
    on(ACCURATE, Exact, values, |values| {
        peers::accurate_f64(values).to_bits()
    })
}

fn add_one(values: &[f64]) -> Contestant<'_> {
    on(TALLY_ADD_ONE, Exact, values, |values| {
        let mut state = library::empty();
        library::add_each_f64(&mut state, values);
        library::value_f64(&state).to_bits()
    })
}
