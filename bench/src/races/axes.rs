//! The sum of each column of a matrix, or of each row. Beside it, the plain loop over rows
//! and columns, and Python's libraries.

use std::hint::black_box;

use super::python_peers;
use crate::array::Array;
use crate::data::{Random, UNIFORM};
use crate::library::{self, Element, Present, column};
use crate::measure::Answer::Exact;
use crate::measure::{Contestant, Effort, NEAR, race};
use crate::names::*;
use crate::python::{Handed, Python};
use crate::results::Row;

/// Rows, columns, the axis, and what it is called for doubles and for floats.
const SHAPES: [(usize, usize, i32, [&str; 2]); 5] = [
    (1000, 1000, 0, [COLUMNS_OF_A_SQUARE, FLOATS_OF_A_SQUARE]),
    (4, 1_000_000, 0, [COLUMNS_OF_FEW_ROWS, FLOATS_OF_FEW_ROWS]),
    (1_000_000, 4, 0, [FEW_COLUMNS, FEW_COLUMNS_OF_FLOATS]),
    (1_000_000, 3, 1, [ROWS_OF_3, ROWS_OF_3_FLOATS]),
    (1_000_000, 4, 1, [ROWS_OF_4, ROWS_OF_4_FLOATS]),
];

/// How many races they are.
pub(crate) const AXES: usize = 2 * SHAPES.len();

/// Matrices of uniform values.
pub(crate) fn axes(python: Option<&Python>, effort: Effort) -> Vec<Row> {
    let mut random = Random::new();
    let mut rows = Vec::new();
    for (height, width, axis, [doubles, floats]) in SHAPES {
        let values = Array::new(&UNIFORM.make(height * width));
        rows.push(matrix(doubles, &values, width, axis, python, effort));
        // As many bits as a float has.
        let fraction = |_| random.below(1 << 24) as f32 / (1 << 24) as f32;
        let values: Vec<f32> = (0..height * width).map(fraction).collect();
        let values = Array::new(&values);
        rows.push(matrix(floats, &values, width, axis, python, effort));
    }
    rows
}

fn matrix<T: Element + Handed + Into<f64>>(
    operation: &'static str,
    values: &[T],
    columns: usize,
    axis: i32,
    python: Option<&Python>,
    effort: Effort,
) -> Row {
    let ours = column(values, 1, Present::All);
    let count = if axis == 0 {
        columns
    } else {
        values.len() / columns
    };
    if let Some(python) = python {
        python.load("values", values);
    }
    let mut lanes = vec![
        Contestant::writing(TALLY, Exact, count, |results| {
            library::axis(&ours, columns, axis, results);
        }),
        Contestant::writing(RUST_LOOP, NEAR, count, |results| {
            let rows = black_box(values).chunks_exact(columns);
            if axis == 0 {
                results.fill(0.0);
                for row in rows {
                    for (sum, &value) in results.iter_mut().zip(row) {
                        *sum += value.into();
                    }
                }
            } else {
                for (sum, row) in results.iter_mut().zip(rows) {
                    *sum = row.iter().map(|&value| value.into()).sum::<f64>();
                }
            }
        }),
    ];
    lanes.extend(python_peers(python, &format!("axis_sum {columns} {axis}")));
    Row {
        operation,
        values: values.len(),
        data: UNIFORM.name,
        timings: race(lanes, effort),
    }
}
