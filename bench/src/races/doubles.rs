//! Sums of doubles.

use super::{c_loop, on, python_peers};
use crate::array::Array;
use crate::c_loops::{self, ArrayLoop, C_LOOPS, XSUM};
use crate::data::{Data, SAMPLE};
use crate::measure::Answer::{Exact, Rough};
use crate::measure::{Contestant, Effort, Timing, race};
use crate::names::*;
use crate::python::Python;
use crate::results::Row;
use crate::{engines, library, peers};

/// All ways to add doubles. The slow peers add a sample of the data.
pub(crate) fn f64_sums(data: Data, count: usize, python: Option<&Python>, effort: Effort) -> Row {
    let values = &Array::new(&data.make(count));
    let mut lanes = ours(values);
    lanes.extend(xsum(values));
    if data.is_in(SAMPLE) {
        lanes.extend(peers(values, python));
    }
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
        lanes.push(c_loop(C_NAIVE, c.sum_f64, values, f64::to_bits));
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
        data: data.name,
        timings: race(lanes, effort),
    }
}

/// The ways to add a few doubles.
pub(crate) fn short_f64_sums(
    data: Data,
    count: usize,
    python: Option<&Python>,
    effort: Effort,
) -> Row {
    let values = &Array::new(&data.make(count));
    let mut lanes = ours(values);
    lanes.extend(xsum(values));
    lanes.extend(peers(values, python));
    if let Some(c) = C_LOOPS {
        lanes.push(c_loop(C_NAIVE, c.sum_f64, values, f64::to_bits));
    }
    Row {
        operation: SHORT,
        values: count,
        data: data.name,
        timings: race(lanes, effort),
    }
}

/// The library against `accurate` alone: what `--check` looks at.
pub(crate) fn f64_duel(data: Data, count: usize, effort: Effort) -> [Timing; 2] {
    let values = &Array::new(&data.make(count));
    let timings = race(vec![tally(values), accurate(values)], effort);
    timings.try_into().ok().expect("two ran, so two are timed")
}

/// Ours: a call for the array, an accumulator, and a call for each value.
fn ours(values: &[f64]) -> Vec<Contestant<'_>> {
    vec![
        tally(values),
        on(TALLY_ADD, Exact, values, |values| {
            let mut state = library::empty();
            library::add_f64(&mut state, values);
            library::value_f64(&state).to_bits()
        }),
        on(TALLY_ADD_ONE, Exact, values, |values| {
            let mut state = library::empty();
            library::add_each_f64(&mut state, values);
            library::value_f64(&state).to_bits()
        }),
    ]
}

/// xsum, if its sources were given.
fn xsum(values: &[f64]) -> Vec<Contestant<'_>> {
    let Some(xsum) = XSUM else {
        return Vec::new();
    };
    let contestant = |(name, work): (&'static str, ArrayLoop<f64, f64>)| {
        on(name, Exact, values, move |values| {
            work.run(values).to_bits()
        })
    };
    let both = [(XSUM_SMALL, xsum.small), (XSUM_LARGE, xsum.large)];
    both.into_iter().map(contestant).collect()
}

/// The others.
fn peers<'a>(values: &'a [f64], python: Option<&'a Python>) -> Vec<Contestant<'a>> {
    let mut lanes = vec![
        on(RUST, Rough, values, |values| {
            values.iter().sum::<f64>().to_bits()
        }),
        accurate(values),
        on(FSUM, Exact, values, |values| {
            peers::fsum_f64(values).to_bits()
        }),
    ];
    if let Some(python) = python {
        python.load("values", values);
    }
    lanes.extend(python_peers(python, "sum"));
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
