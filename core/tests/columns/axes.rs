//! Every result of a matrix's axes is the nearest to its true value.

use tally_core::{Axis, Column, Elements, Isa, Matrix, ScopedThreads, Statistic};

use super::cells::Cell;
use super::layouts;
use super::windows::{STATISTICS, expected};
use crate::support::oracle::same;
use crate::support::random::Random;

const SHAPES: [(usize, usize); 14] = [
    (0, 3),
    (3, 0),
    (1, 1),
    (5, 7),
    (300, 3),
    (2, 300),
    (4, 700),
    (30, 33),
    (33, 32),
    (193, 9),
    (1030, 2),
    (2100, 1),
    (9, 257),
    (70, 20),
];

fn line(cells: &[Cell], rows: usize, columns: usize, axis: Axis, index: usize) -> Vec<Cell> {
    match axis {
        Axis::Rows => cells[index * columns..][..columns].to_vec(),
        Axis::Columns => (0..rows)
            .map(|row| cells[row * columns + index].clone())
            .collect(),
    }
}

fn check(
    column: Column<'_>,
    cells: &[Cell],
    (rows, columns): (usize, usize),
    (axis, what): (Axis, Statistic),
    name: &str,
) {
    let matrix = Matrix::new(column, rows, columns);
    let count = matrix.results(axis);
    let expected: Vec<f64> = (0..count)
        .map(|index| expected(what, &line(cells, rows, columns, axis, index)))
        .collect();
    for isa in Isa::available() {
        let mut results = vec![0.5; count];
        matrix.reduce_on(isa, axis, what, &mut results);
        for (index, (&found, &expected)) in results.iter().zip(&expected).enumerate() {
            assert!(
                same(found, expected),
                "{found:e} for {expected:e}: {what:?} of {axis:?} {index} of {rows} x {columns}, {}, {name}",
                isa.name()
            );
        }
    }
}

#[test]
fn axes_of_any_matrix() {
    let mut random = Random::new(21);
    for round in 0..13 * 14 * 4 {
        let shape = SHAPES[round / 13 % SHAPES.len()];
        let column = layouts::any(&mut random, round, shape.0 * shape.1);
        let axis = [Axis::Columns, Axis::Rows][random.below(2)];
        let what = match random.below(2) {
            0 => STATISTICS[random.below(2)],
            _ => STATISTICS[random.below(STATISTICS.len())],
        };
        check(
            column.column(),
            &column.cells,
            shape,
            (axis, what),
            &column.name,
        );
    }
}

/// Plain doubles: with something among them that lanes do not hold, or are not guessed to.
#[test]
fn axes_of_doubles() {
    let mut random = Random::new(22);
    let guests = [
        1e300,
        1e9,
        f64::NAN,
        f64::INFINITY,
        -0.0,
        5e-324,
        1e-30,
        f64::MAX,
    ];
    for round in 0..500 {
        let (rows, columns) = SHAPES[round % SHAPES.len()];
        let kind = random.below(6);
        let guest = guests[random.below(guests.len())];
        let often = [1, 3, 50, 2000][random.below(4)];
        let values: Vec<f64> = (0..rows * columns)
            .map(|_| match (kind, random.below(often)) {
                (0, _) => [0.0, -0.0][random.below(2)],
                (1, 0) => guest,
                (2, _) => random.below(9) as f64 - 4.0,
                _ => (random.bits() >> 24) as f64 * 1e-6 - 5e5,
            })
            .collect();
        let cells: Vec<Cell> = values.iter().map(|&value| Cell::of_double(value)).collect();
        for axis in [Axis::Columns, Axis::Rows] {
            for what in &STATISTICS[..2] {
                let name = format!("kind {kind}, {guest:e}");
                check(
                    Column::new(&values),
                    &cells,
                    (rows, columns),
                    (axis, *what),
                    &name,
                );
            }
        }
    }
}

/// Doubles side by side of which some might be missing and none is.
#[test]
fn short_rows_of_which_nothing_is_missing() {
    let values: Vec<f64> = (0..70).map(|index| f64::from(index) + 0.25).collect();
    let cells: Vec<Cell> = values.iter().map(|&value| Cell::of_double(value)).collect();
    let plain = Column::new(&values);
    let masked = plain.with_bytes(&[1; 70]);
    for (name, column) in [("skip_nan", plain.skip_nan()), ("a mask", masked)] {
        for shape in [(70, 1), (35, 2), (10, 7), (5, 14), (2, 35)] {
            for axis in [Axis::Columns, Axis::Rows] {
                check(column, &cells, shape, (axis, Statistic::Sum), name);
            }
        }
    }
}

/// Rows that fill lanes, some side by side, and leave no rest.
#[test]
fn narrow_rows_some_way_apart_that_leave_no_rest() {
    let values: Vec<f64> = (0..256).map(|index| f64::from(index) + 0.25).collect();
    for stride in [-3_isize, -1, 2, 5] {
        let step = stride.unsigned_abs();
        let first = if stride < 0 { 255 * step } else { 0 };
        let mut places = vec![-1.0; 255 * step + 1];
        for (row, value) in values.iter().enumerate() {
            places[first.wrapping_add_signed(stride * row as isize)] = *value;
        }
        let elements = Elements::strided(&places, first, 256, stride).expect("they are there");
        let column = Column::new(elements);
        let cells: Vec<Cell> = values.iter().map(|&value| Cell::of_double(value)).collect();
        for column in [column, column.skip_nan()] {
            for shape in [(256, 1), (128, 2), (64, 4)] {
                let name = format!("stride {stride}");
                check(
                    column,
                    &cells,
                    shape,
                    (Axis::Columns, Statistic::Sum),
                    &name,
                );
            }
        }
    }
}

/// Values that no sample shows and whose sums come back: rows 1 and 2 of thirty.
#[test]
fn large_values_that_cancel_are_seen() {
    let mut random = Random::new(24);
    for up in 0..200 {
        let mut values: Vec<f64> = (0..30 * 40)
            .map(|_| (random.bits() >> 11) as f64 / (1_u64 << 53) as f64)
            .collect();
        for column in 0..40 {
            let large = (1.0 + values[column]) * 2.0_f64.powi(up / 2);
            values[40 + column] = large;
            values[80 + column] = -large;
        }
        let cells: Vec<Cell> = values.iter().map(|&value| Cell::of_double(value)).collect();
        let sums = (Axis::Columns, Statistic::Sum);
        check(Column::new(&values), &cells, (30, 40), sums, "of pairs");
    }
}

#[test]
fn axes_on_threads_have_the_same_bits() {
    let mut random = Random::new(23);
    for (rows, columns) in [(1000, 3000), (3_000_000, 1), (400_000, 5), (3, 1_000_000)] {
        let values: Vec<f64> = (0..rows * columns)
            .map(|_| (random.bits() >> 24) as f64 * 1e-6)
            .collect();
        let matrix = Matrix::new(Column::new(&values), rows, columns);
        for axis in [Axis::Columns, Axis::Rows] {
            let count = matrix.results(axis);
            let (mut one, mut several) = (vec![0.5; count], vec![0.5; count]);
            matrix.reduce(axis, Statistic::Sum, &mut one);
            matrix.reduce_parallel(&ScopedThreads(4), axis, Statistic::Sum, &mut several);
            assert!(
                one.iter()
                    .zip(&several)
                    .all(|(a, b)| a.to_bits() == b.to_bits())
            );
        }
    }
}
