//! Merging, reading, saving and loading an accumulator.

use std::hint::black_box;

use crate::data::Data;
use crate::measure::Answer::{Exact, Rough};
use crate::measure::{Contestant, race};
use crate::names::*;
use crate::results::Row;
use crate::{library, peers};

/// Each call, on a state that holds `count` values.
pub(crate) fn states(data: Data, count: usize, rounds: usize) -> Vec<Row> {
    let values = data.make(count);
    let mut state = library::empty();
    library::add_f64(&mut state, &values);
    let mut saved = [0; size_of::<library::Saved>()];
    let length = library::save(&state, &mut saved);
    let saved = &saved[..length];
    let accurate = peers::accurate_with(&values);
    let fsum = peers::fsum_with(&values);

    let merge = vec![
        Contestant::new(TALLY, Exact, || {
            let mut into = *black_box(&state);
            library::merge(&mut into, black_box(&state));
            into.opaque[0]
        }),
        Contestant::new(ACCURATE, Rough, || {
            let merged = peers::accurate_merge(black_box(&accurate), black_box(&accurate));
            black_box(&merged);
            0
        }),
    ];
    let value = vec![
        Contestant::new(TALLY, Exact, || {
            library::value_f64(black_box(&state)).to_bits()
        }),
        Contestant::new(ACCURATE, Exact, || {
            peers::accurate_value(black_box(&accurate)).to_bits()
        }),
        Contestant::new(FSUM, Exact, || black_box(&fsum).value().to_bits()),
    ];
    let save = vec![Contestant::new(TALLY, Exact, || {
        let mut buffer = [0; size_of::<library::Saved>()];
        library::save(black_box(&state), &mut buffer) as u64 + u64::from(buffer[0])
    })];
    let load = vec![Contestant::new(TALLY, Exact, || {
        let mut into = library::empty();
        library::load(black_box(saved), &mut into);
        into.opaque[0]
    })];
    let calls = [
        ("merge", merge),
        ("value", value),
        ("save", save),
        ("load", load),
    ];
    let row = |(operation, lanes): (&'static str, Vec<Contestant>)| Row {
        operation,
        values: count,
        data: data.name(),
        timings: race(lanes, rounds),
    };
    calls.into_iter().map(row).collect()
}
