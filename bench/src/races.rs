//! Who runs against whom, for each operation.

use std::hint::black_box;

use crate::c_loops::{ArrayLoop, C_LOOPS};
use crate::data::{Data, Random};
use crate::library;
use crate::measure::Answer::{self, Exact, Rough};
use crate::measure::{Contestant, Timing, race};
use crate::peers;
use crate::report::{Row, Table};

/// The names of the contestants.
const TALLY: &str = "tally";
const TALLY_ADD: &str = "tally add";
const TALLY_ADD_ONE: &str = "tally add_one";
const C_NAIVE: &str = "C naive";
const C_WRAPS: &str = "C wraps";
const C_READ: &str = "C read";
const C_CALL: &str = "C += call";
const RUST: &str = "Rust sum";
const ACCURATE: &str = "accurate";
const FSUM: &str = "fsum";

const SIZE_AND_DATA: [&str; 2] = ["values", "data"];

/// The tables of the sums of doubles: one race, three ways to use the library.
pub(crate) const F64_TABLES: [Table; 3] = [
    Table {
        title: "tally_sum_f64: ns per value",
        labels: SIZE_AND_DATA,
        ours: TALLY,
        others: &[
            (C_NAIVE, true),
            (C_READ, false),
            (RUST, false),
            (ACCURATE, true),
            (FSUM, true),
        ],
    },
    Table {
        title: "tally_accumulator_add_f64 and _value_f64: ns per value",
        labels: SIZE_AND_DATA,
        ours: TALLY_ADD,
        others: &[(C_NAIVE, true), (ACCURATE, true), (FSUM, true)],
    },
    Table {
        title: "tally_accumulator_add_one_f64, a call for each value: ns per value",
        labels: SIZE_AND_DATA,
        ours: TALLY_ADD_ONE,
        others: &[(C_CALL, true), (ACCURATE, true), (FSUM, true)],
    },
];

/// The table of the sums of floats.
pub(crate) const F32_TABLE: Table = Table {
    title: "tally_sum_f32: ns per value",
    labels: SIZE_AND_DATA,
    ours: TALLY,
    others: &[(C_NAIVE, true), (RUST, false), (ACCURATE, true)],
};

/// The table of the sums of integers.
pub(crate) const INTEGER_TABLE: Table = Table {
    title: "tally_sum_i32, _i64, _u64: ns per value",
    labels: ["values", "type"],
    ours: TALLY,
    others: &[(C_WRAPS, true), (RUST, true)],
};

/// The table of what is done with an accumulator as a whole.
pub(crate) const STATE_TABLE: Table = Table {
    title: "tally_accumulator_merge, _value_f64, _save, _load: ns per call",
    labels: ["call", "data"],
    ours: TALLY,
    others: &[(ACCURATE, true), (FSUM, true)],
};

/// All ways to add `values`.
pub(crate) fn f64_sums(values: &[f64], rounds: usize) -> Vec<Timing> {
    let mut lanes = vec![
        on(TALLY, Exact, values, |values| {
            library::sum_f64(values).to_bits()
        }),
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
        on(RUST, Rough, values, |values| {
            values.iter().sum::<f64>().to_bits()
        }),
        on(ACCURATE, Exact, values, |values| {
            peers::accurate_f64(values).to_bits()
        }),
        on(FSUM, Exact, values, |values| {
            peers::fsum_f64(values).to_bits()
        }),
    ];
    if let Some(c) = C_LOOPS {
        let add_one = c.add_one_f64;
        lanes.push(c_loop(C_NAIVE, c.sum_f64, values, f64::to_bits));
        lanes.push(c_loop(C_READ, c.read_f64, values, |bits| bits));
        lanes.push(on(C_CALL, Rough, values, move |values| {
            add_one.run(values).to_bits()
        }));
    }
    race(lanes, values.len(), rounds)
}

/// The library against `accurate` alone: what `--check` looks at.
pub(crate) fn f64_duel(values: &[f64], rounds: usize) -> [Timing; 2] {
    let lanes = vec![
        on(TALLY, Exact, values, |values| {
            library::sum_f64(values).to_bits()
        }),
        on(ACCURATE, Exact, values, |values| {
            peers::accurate_f64(values).to_bits()
        }),
    ];
    let timings = race(lanes, values.len(), rounds);
    timings.try_into().ok().expect("two ran, so two are timed")
}

/// Uniform floats.
pub(crate) fn f32_sums(count: usize, rounds: usize) -> Row {
    let values = Data::Uniform.make(count);
    let values: Vec<f32> = values.iter().map(|&value| value as f32).collect();
    let bits = |total: f32| u64::from(total.to_bits());
    let mut lanes = vec![
        on(TALLY, Exact, &values, move |values| {
            bits(library::sum_f32(values))
        }),
        on(RUST, Rough, &values, move |values| {
            bits(values.iter().sum())
        }),
        on(ACCURATE, Exact, &values, move |values| {
            bits(peers::accurate_f32(values))
        }),
    ];
    if let Some(c) = C_LOOPS {
        lanes.push(c_loop(C_NAIVE, c.sum_f32, &values, bits));
    }
    Row {
        labels: [count.to_string(), Data::Uniform.name().to_string()],
        timings: race(lanes, count, rounds),
    }
}

/// Integers of each type, of sizes that no total of them outgrows its type.
pub(crate) fn integer_sums(count: usize, rounds: usize) -> Vec<Row> {
    let mut random = Random::new();
    let values: Vec<u64> = (0..count).map(|_| random.below(1 << 39)).collect();
    let u64s = u64_sums(&values, rounds);
    let signed: Vec<i64> = values.iter().map(|&v| v as i64 - (1 << 38)).collect();
    drop(values);
    let i64s = i64_sums(&signed, rounds);
    let narrow: Vec<i32> = signed.iter().map(|&v| v as i32).collect();
    drop(signed);
    let row = |kind: &str, timings| Row {
        labels: [count.to_string(), kind.to_string()],
        timings,
    };
    vec![
        row("i32", i32_sums(&narrow, rounds)),
        row("i64", i64s),
        row("u64", u64s),
    ]
}

fn i32_sums(values: &[i32], rounds: usize) -> Vec<Timing> {
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
    race(lanes, values.len(), rounds)
}

fn i64_sums(values: &[i64], rounds: usize) -> Vec<Timing> {
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
    race(lanes, values.len(), rounds)
}

fn u64_sums(values: &[u64], rounds: usize) -> Vec<Timing> {
    let mut lanes = vec![
        on(TALLY, Exact, values, library::sum_u64),
        on(RUST, Exact, values, |values| {
            values.iter().map(|&value| u128::from(value)).sum::<u128>() as u64
        }),
    ];
    if let Some(c) = C_LOOPS {
        lanes.push(c_loop(C_WRAPS, c.sum_u64, values, |total| total));
    }
    race(lanes, values.len(), rounds)
}

/// Merging, reading, saving and loading a state that holds `count` values.
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
    let row = |(call, lanes): (&str, Vec<Contestant>)| Row {
        labels: [call.to_string(), data.name().to_string()],
        timings: race(lanes, 1, rounds),
    };
    calls.into_iter().map(row).collect()
}

/// A contestant that works on a slice, which the optimiser must not know.
fn on<'a, T>(
    name: &'static str,
    kind: Answer,
    values: &'a [T],
    work: impl Fn(&[T]) -> u64 + 'a,
) -> Contestant<'a> {
    Contestant::new(name, kind, move || work(black_box(values)))
}

fn c_loop<'a, T, R: 'a>(
    name: &'static str,
    function: ArrayLoop<T, R>,
    values: &'a [T],
    bits: impl Fn(R) -> u64 + 'a,
) -> Contestant<'a> {
    on(name, Rough, values, move |values| {
        bits(function.run(values))
    })
}
