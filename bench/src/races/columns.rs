//! Columns as they lie in memory: with gaps, apart, and of bytes. Beside each, what it
//! takes to have the values side by side: the sum of as many dense ones, the loop that
//! brings them together, and a plain loop; and Python's libraries.

use std::hint::black_box;

use super::python_peers;
use crate::array::Array;
use crate::data::Random;
use crate::library;
use crate::measure::Answer::{Exact, Rough};
use crate::measure::{Contestant, Effort, race};
use crate::names::*;
use crate::python::Python;
use crate::results::Row;

/// How many races they are.
pub(crate) const COLUMNS: usize = 5;

/// Columns of so many elements, of which half are there where some are not.
pub(crate) fn columns(count: usize, python: Option<&Python>, effort: Effort) -> Vec<Row> {
    let mut random = Random::new();
    let mut fraction = || random.below(1 << 53) as f64 / (1_u64 << 53) as f64;
    let pairs: Vec<[f64; 2]> = (0..count).map(|_| [fraction(), fraction()]).collect();
    let values: Vec<f64> = pairs.iter().map(|[first, _]| *first).collect();
    let values = Array::new(&values);
    let bytes: Vec<u8> = (0..count).map(|_| random.below(256) as u8).collect();
    let flags: Vec<u8> = (0..count).map(|_| random.below(2) as u8).collect();
    let bits: Vec<u8> = flags
        .chunks(8)
        .map(|flags| (0..).zip(flags).map(|(bit, flag)| flag << bit).sum())
        .collect();
    let numbers = values.iter().zip(&flags);
    let numbers = numbers.map(|(value, flag)| if *flag != 0 { *value } else { f64::NAN });
    let numbers = Array::new(&numbers.collect::<Vec<_>>());
    let dense = || {
        Contestant::new(TALLY_DENSE, Rough, || {
            library::sum_f64(black_box(&values)).to_bits()
        })
    };
    if let Some(python) = python {
        python.load("values", &values);
        python.load("present", &flags);
    }
    let mut rows = Vec::new();
    // Each library keeps what is missing in its own way, whichever ours is.
    for (operation, flag_of) in [
        (COLUMN_BITS, library::Present::Bits(&bits)),
        (COLUMN_BYTES, library::Present::Bytes(&flags)),
    ] {
        let column = library::column(&values[..], 1, flag_of);
        let (mut room, mut sum) = (Vec::with_capacity(count), 0.0);
        let mut lanes = vec![
            Contestant::new(TALLY, Exact, || library::column_sum(&column).to_bits()),
            dense(),
            Contestant::new(BY_HAND, Exact, || {
                room.clear();
                let present = black_box(&values[..]).iter().zip(&flags);
                room.extend(
                    present
                        .filter(|(_, flag)| **flag != 0)
                        .map(|(value, _)| *value),
                );
                library::sum_f64(&room).to_bits()
            }),
            Contestant::new(RUST_LOOP, Rough, || {
                sum = 0.0;
                for (value, flag) in black_box(&values[..]).iter().zip(&flags) {
                    sum += if *flag != 0 { *value } else { 0.0 };
                }
                black_box(sum).to_bits()
            }),
        ];
        lanes.extend(python_peers(python, "present_sum"));
        rows.push(row(operation, count, lanes, effort));
    }
    rows.push(nan(&numbers, python, effort));
    let apart = library::column(pairs.as_flattened(), 2, library::Present::All);
    let mut room = Vec::with_capacity(count);
    rows.push(row(
        COLUMN_STRIDED,
        count,
        vec![
            Contestant::new(TALLY, Exact, || library::column_sum(&apart).to_bits()),
            dense(),
            Contestant::new(BY_HAND, Exact, || {
                room.clear();
                room.extend(black_box(&pairs[..]).iter().map(|[first, _]| *first));
                library::sum_f64(&room).to_bits()
            }),
            Contestant::new(RUST_LOOP, Rough, || {
                let firsts = black_box(&pairs[..]).iter().map(|[first, _]| *first);
                firsts.sum::<f64>().to_bits()
            }),
        ],
        effort,
    ));
    rows.push(narrow(&bytes, python, effort));
    rows
}

/// NaN stands for what is missing.
fn nan(values: &[f64], python: Option<&Python>, effort: Effort) -> Row {
    let column = library::column(values, 1, library::Present::Numbers);
    let mut lanes = vec![
        Contestant::new(TALLY, Exact, || library::column_sum(&column).to_bits()),
        Contestant::new(RUST_LOOP, Rough, || {
            let mut sum = 0.0;
            for value in black_box(values) {
                sum += if value.is_nan() { 0.0 } else { *value };
            }
            sum.to_bits()
        }),
    ];
    if let Some(python) = python {
        python.load("values", values);
    }
    lanes.extend(python_peers(python, "nan_sum"));
    row(COLUMN_NAN, values.len(), lanes, effort)
}

fn narrow(values: &[u8], python: Option<&Python>, effort: Effort) -> Row {
    let column = library::column(values, 1, library::Present::All);
    let mut lanes = vec![
        Contestant::new(TALLY, Exact, || library::column_sum(&column).to_bits()),
        Contestant::new(RUST_LOOP, Rough, || {
            let wide = black_box(values).iter().map(|value| u64::from(*value));
            (wide.sum::<u64>() as f64).to_bits()
        }),
    ];
    if let Some(python) = python {
        python.load("values", values);
    }
    lanes.extend(python_peers(python, "integer_sum"));
    row(COLUMN_U8, values.len(), lanes, effort)
}

fn row(operation: &'static str, count: usize, lanes: Vec<Contestant<'_>>, effort: Effort) -> Row {
    Row {
        operation,
        values: count,
        data: "uniform",
        timings: race(lanes, effort),
    }
}
