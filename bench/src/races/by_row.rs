//! A result for each row of a column. Beside it, the plain loops that have one, and Python's
//! libraries.

use std::hint::black_box;

use tally::api::batches::tally_statistic::{self, TALLY_MEAN, TALLY_SUM, TALLY_VARIANCE};

use super::python_peers;
use crate::array::Array;
use crate::data::UNIFORM;
use crate::library::{self, Lying, Present, column};
use crate::measure::Answer::Exact;
use crate::measure::{Contestant, Effort, NEAR, race};
use crate::names::*;
use crate::python::Python;
use crate::results::Row;

/// Rows of a window.
const WINDOWS: [usize; 3] = [10, 100, 10_000];

/// What is computed of windows: what it is called for each of them, and what Python is
/// asked for.
const ROLLING: [(tally_statistic, [&str; 3], &str); 3] = [
    (TALLY_SUM, ROLLING_SUMS, "rolling_sum"),
    (TALLY_MEAN, ROLLING_MEANS, "rolling_mean"),
    (TALLY_VARIANCE, ROLLING_VARIANCES, "rolling_variance"),
];

/// How many races they are, with that of running totals.
pub(crate) const BY_ROW: usize = ROLLING.len() * WINDOWS.len() + 1;

/// `count` uniform values.
pub(crate) fn by_row(count: usize, python: Option<&Python>, effort: Effort) -> Vec<Row> {
    let values = Array::new(&UNIFORM.make(count));
    let ours = column(&values[..], 1, Present::All);
    if let Some(python) = python {
        python.load("values", &values);
    }
    let mut rows = Vec::new();
    for (what, names, work) in ROLLING {
        for (operation, window) in names.into_iter().zip(WINDOWS) {
            let mut lanes = vec![
                Contestant::writing(TALLY, Exact, count, |results| {
                    library::rolling(&ours, window, what, results);
                }),
                naive(what, &values, window),
            ];
            lanes.extend(python_peers(python, &format!("{work} {window}")));
            rows.push(row(operation, count, lanes, effort));
        }
    }
    let mut lanes = totals(&values, &ours);
    lanes.extend(python_peers(python, "cumulative_sum"));
    rows.push(row(RUNNING_TOTALS, count, lanes, effort));
    rows
}

/// The loop that adds what enters a window and takes out what leaves it.
fn naive(what: tally_statistic, values: &[f64], window: usize) -> Contestant<'_> {
    let count = values.len();
    match what {
        TALLY_SUM => Contestant::writing(RUST_LOOP, NEAR, count, move |results| {
            roll(black_box(values), window, results, |sum, _| sum);
        }),
        TALLY_MEAN => Contestant::writing(RUST_LOOP, NEAR, count, move |results| {
            roll(black_box(values), window, results, |sum, rows| sum / rows);
        }),
        _ => Contestant::writing(RUST_LOOP, NEAR, count, move |results| {
            roll_variances(black_box(values), window, results);
        }),
    }
}

fn roll(values: &[f64], window: usize, results: &mut [f64], result: impl Fn(f64, f64) -> f64) {
    let mut sum = 0.0;
    for (row, value) in values.iter().enumerate() {
        if row >= window {
            sum -= values[row - window];
        }
        sum += value;
        results[row] = result(sum, window.min(row + 1) as f64);
    }
}

fn roll_variances(values: &[f64], window: usize, results: &mut [f64]) {
    let (mut sum, mut squares) = (0.0, 0.0);
    for (row, value) in values.iter().enumerate() {
        if row >= window {
            let gone = values[row - window];
            sum -= gone;
            squares -= gone * gone;
        }
        sum += value;
        squares += value * value;
        let count = window.min(row + 1) as f64;
        results[row] = (squares - sum * sum / count) / (count - 1.0);
    }
}

fn totals<'a>(values: &'a [f64], ours: &'a Lying<'_>) -> Vec<Contestant<'a>> {
    let count = values.len();
    vec![
        Contestant::writing(TALLY, Exact, count, move |results| {
            library::running_totals(ours, results);
        }),
        Contestant::writing(RUST_LOOP, NEAR, count, move |results| {
            let mut sum = 0.0;
            for (place, value) in results.iter_mut().zip(black_box(values)) {
                sum += value;
                *place = sum;
            }
        }),
    ]
}

fn row(operation: &'static str, count: usize, lanes: Vec<Contestant<'_>>, effort: Effort) -> Row {
    Row {
        operation,
        values: count,
        data: UNIFORM.name,
        timings: race(lanes, effort),
    }
}
