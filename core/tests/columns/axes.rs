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

pub(super) fn check(
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

/// Means that lie between two doubles, or next to there by what a double does not show.
#[test]
fn means_next_to_ties() {
    let mut random = Random::new(25);
    let two_to = |power: i32| 2.0_f64.powi(power / 2) * 2.0_f64.powi(power - power / 2);
    for power in [-1074, -1060, -1030, -900, -865, -500, 0, 800] {
        for columns in 2..=33_usize {
            let mut values = Vec::new();
            for _ in 0..40 {
                // An odd integer of 54 bits, times the count, and a little.
                let between = 1_i64 << 53 | (random.bits() >> 11) as i64 | 1;
                let total = between * columns as i64 + random.below(3) as i64 - 1;
                let upper = total & !0xffff;
                let little = match random.below(3) {
                    0 if power > -1060 => two_to(power - 14),
                    1 if power > -1060 => -two_to(power - 14),
                    _ => 0.0,
                };
                let mut row = vec![0.0; columns];
                row[0] = upper as f64 * two_to(power);
                row[1] = (total - upper) as f64 * two_to(power);
                match row.get_mut(2) {
                    Some(third) => *third = little,
                    None => row[1] += little,
                }
                if random.below(2) == 0 {
                    row.iter_mut().for_each(|value| *value = -*value);
                }
                let first = random.below(columns);
                row.rotate_left(first);
                values.extend(row);
            }
            let cells: Vec<Cell> = values.iter().map(|&value| Cell::of_double(value)).collect();
            let turned: Vec<f64> = (0..values.len())
                .map(|place| values[place % 40 * columns + place / 40])
                .collect();
            let turned_cells: Vec<Cell> =
                turned.iter().map(|&value| Cell::of_double(value)).collect();
            let name = format!("2^{power}");
            let rows = (Axis::Rows, Statistic::Mean);
            check(Column::new(&values), &cells, (40, columns), rows, &name);
            let of_columns = (Axis::Columns, Statistic::Mean);
            let shape = (columns, 40);
            check(
                Column::new(&turned),
                &turned_cells,
                shape,
                of_columns,
                &name,
            );
        }
    }
}

/// Counts around the sizes of words, planes and rooms.
#[test]
fn counts_of_any_shape() {
    let mut random = Random::new(26);
    let shapes = [
        (254, 5),
        (255, 3),
        (256, 1),
        (257, 300),
        (600, 256),
        (600, 257),
        (3, 511),
        (3, 513),
        (2, 1919),
        (2, 1920),
        (2, 1921),
        (31, 63),
        (31, 64),
        (31, 65),
        (70_000, 1),
        (2, 5000),
    ];
    for (rows, columns) in shapes {
        for often in [1, 2, 100, 100_000] {
            let values: Vec<f32> = (0..rows * columns)
                .map(|_| match random.below(often) {
                    0 => f32::NAN,
                    _ => 1.0,
                })
                .collect();
            let bytes: Vec<u8> = (0..rows * columns)
                .map(|_| u8::from(random.below(often + 1) > 0))
                .collect();
            let plain = Column::new(&values);
            for (kind, column) in [plain.skip_nan(), plain.with_bytes(&bytes)]
                .into_iter()
                .enumerate()
            {
                let counts = |place: usize| match kind {
                    0 => !values[place].is_nan(),
                    _ => bytes[place] != 0,
                };
                for axis in [Axis::Columns, Axis::Rows] {
                    let matrix = Matrix::new(column, rows, columns);
                    let mut expected = vec![0.0; matrix.results(axis)];
                    for place in (0..rows * columns).filter(|&place| counts(place)) {
                        expected[match axis {
                            Axis::Columns => place % columns,
                            Axis::Rows => place / columns,
                        }] += 1.0;
                    }
                    for isa in Isa::available() {
                        let mut results = vec![0.5; expected.len()];
                        matrix.reduce_on(isa, axis, Statistic::Count, &mut results);
                        assert!(results == expected, "{kind} {rows} x {columns} {axis:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn axes_on_threads_have_the_same_bits() {
    let mut random = Random::new(23);
    for (rows, columns) in [(1000, 3000), (3_000_000, 1), (400_000, 5), (3, 1_000_000)] {
        let values: Vec<f64> = (0..rows * columns)
            .map(|_| (random.bits() >> 24) as f64 * 1e-6)
            .collect();
        let matrix = Matrix::new(Column::new(&values).skip_nan(), rows, columns);
        for axis in [Axis::Columns, Axis::Rows] {
            let count = matrix.results(axis);
            for what in [Statistic::Sum, Statistic::Mean, Statistic::Count] {
                let (mut one, mut several) = (vec![0.5; count], vec![0.5; count]);
                matrix.reduce(axis, what, &mut one);
                matrix.reduce_parallel(&ScopedThreads(4), axis, what, &mut several);
                assert!(
                    one.iter()
                        .zip(&several)
                        .all(|(a, b)| a.to_bits() == b.to_bits())
                );
            }
        }
    }
}
