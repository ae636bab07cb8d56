//! Columns and rows of floats, which are added in doubles where that is exact.

use tally_core::{Axis, Column, Statistic};

use super::axes::check;
use super::cells::Cell;
use super::windows::STATISTICS;
use crate::support::random::Random;

/// Plain floats, from few binades to more than doubles add up exactly: zeros, and blocks far
/// below or above the first one.
#[test]
fn axes_of_floats() {
    const SHAPES: [(usize, usize); 10] = [
        (1, 300),
        (2, 513),
        (300, 130),
        (1024, 129),
        (1025, 129),
        (2100, 131),
        (3000, 5),
        (40, 9),
        (200, 1),
        (40_000, 3),
    ];
    let mut random = Random::new(25);
    for round in 0..80 {
        let (rows, columns) = SHAPES[round % SHAPES.len()];
        let binades = [0, 6, 18, 19, 20, 30][random.below(6)];
        let top = [0, 0, 126, -100, -140][random.below(5)];
        let kind = random.below(6);
        let scale = [-30, 110][random.below(2)];
        // Now and then from some row on, so that the first block does not have it.
        let from = [0, rows / 2][random.below(2)] * columns;
        let values: Vec<f32> = (0..rows * columns)
            .map(|index| {
                if kind == 0 || kind == 1 && index < from {
                    return [0.0, -0.0][random.below(2)];
                }
                let fraction = f32::from_bits(127 << 23 | random.bits() as u32 & 0x7f_ffff);
                let far = if kind == 3 && index >= from { scale } else { 0 };
                let exponent = top + far - random.between(0, binades + 1);
                (random.sign() * f64::from(fraction) * 2_f64.powi(exponent)) as f32
            })
            .collect();
        let cells: Vec<Cell> = values
            .iter()
            .map(|&value| Cell::of_double(value.into()))
            .collect();
        let name = format!("round {round}, kind {kind}, {binades} below 2^{top}, {scale}");
        for axis in [Axis::Columns, Axis::Rows] {
            if axis == Axis::Columns || columns <= 32 {
                for what in &STATISTICS[..2] {
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
}

/// One float among others that makes a difference.
#[test]
fn axes_of_floats_with_a_guest() {
    let mut random = Random::new(27);
    let guests = [
        f32::NAN,
        f32::NEG_INFINITY,
        -0.0,
        0.0,
        1e-45,
        1e-30,
        f32::MAX,
        3e9,
    ];
    for guest in guests {
        for (rows, columns) in [(2, 300), (1500, 129), (2000, 3)] {
            for top in [126, 0] {
                let mut values: Vec<f32> = (0..rows * columns)
                    .map(|_| (random.sign() * (1.0 + random.unit()) * 2_f64.powi(top)) as f32)
                    .collect();
                for _ in 0..3 {
                    values[random.below(rows * columns)] = guest;
                }
                // A column whose sum is zero, of which each has a sign.
                for row in 0..rows {
                    values[row * columns] = guest * 0.0;
                }
                let cells: Vec<Cell> = values
                    .iter()
                    .map(|&value| Cell::of_double(value.into()))
                    .collect();
                let name = format!("{guest:e}, 2^{top}");
                for what in &STATISTICS[..2] {
                    let shape = (rows, columns);
                    check(
                        Column::new(&values),
                        &cells,
                        shape,
                        (Axis::Columns, *what),
                        &name,
                    );
                    if columns == 3 {
                        // The last row of nothing but zeros of both signs.
                        let rows = rows - 1;
                        let cells = &cells[..rows * columns];
                        let values = Column::new(&values[..rows * columns]);
                        check(values, cells, (rows, columns), (Axis::Rows, *what), &name);
                    }
                }
            }
        }
    }
}

/// A block whose sums are zero, and one far below or above it.
#[test]
fn blocks_of_floats_far_apart() {
    let mut random = Random::new(29);
    let (rows, columns) = (2048, 129);
    for (first, second) in [(0, -30), (0, -24), (-60, 50), (-60, -7), (-120, 5)] {
        let mut values = vec![0.0_f32; rows * columns];
        let (above, below) = values.split_at_mut(1024 * columns);
        for pair in above.chunks_mut(2 * columns) {
            let (upper, lower) = pair.split_at_mut(columns);
            for (upper, lower) in upper.iter_mut().zip(lower) {
                *upper = ((1.0 + random.unit()) * 2_f64.powi(first)) as f32;
                *lower = -*upper;
            }
        }
        for value in below {
            *value = (random.sign() * (1.0 + random.unit()) * 2_f64.powi(second)) as f32;
        }
        let cells: Vec<Cell> = values
            .iter()
            .map(|&value| Cell::of_double(value.into()))
            .collect();
        for what in &STATISTICS[..2] {
            let name = format!("2^{first}, 2^{second}");
            check(
                Column::new(&values),
                &cells,
                (rows, columns),
                (Axis::Columns, *what),
                &name,
            );
        }
    }
}

/// Rows of floats whose sum has 53 bits and some that have more, and zeros of both signs.
#[test]
fn rows_of_floats_at_the_end_of_what_doubles_hold() {
    let mut random = Random::new(28);
    for columns in 1..=33 {
        let rows = 300;
        let values: Vec<f32> = (0..rows * columns)
            .map(|index| {
                let fraction = f32::from_bits(127 << 23 | 1 | random.bits() as u32 & 0x7f_ffff);
                let spread = 20 + (index / columns / 40) as i32;
                let row = index / columns;
                match (row % 10, random.below(8)) {
                    (0, _) => [0.0, -0.0][random.below(2)],
                    (1, _) => -0.0,
                    (_, 0) => fraction * 2_f32.powi(40 - spread),
                    _ => 2_f32.powi(41) - 2_f32.powi(17),
                }
            })
            .collect();
        let cells: Vec<Cell> = values
            .iter()
            .map(|&value| Cell::of_double(value.into()))
            .collect();
        // Each few rows, for the widest ones refuse all that come with them.
        for (part, cells) in values.chunks(40 * columns).zip(cells.chunks(40 * columns)) {
            let shape = (part.len() / columns, columns);
            for what in &STATISTICS[..2] {
                check(
                    Column::new(part),
                    cells,
                    shape,
                    (Axis::Rows, *what),
                    "floats",
                );
            }
        }
    }
}

/// Almost as many of the largest floats as a block has rows, among them smaller ones with as
/// many binades between as doubles can add up, and more.
#[test]
fn columns_of_floats_at_the_end_of_what_doubles_hold() {
    let mut random = Random::new(26);
    for (rows, columns) in [(1024, 129), (1025, 129), (2048, 129), (20_000, 3)] {
        for spread in 18..=21 {
            let odd = |random: &mut Random| {
                f32::from_bits(127 << 23 | 1 | random.bits() as u32 & 0x7f_ffff)
            };
            let values: Vec<f32> = (0..rows * columns)
                .map(|_| match random.below(40) {
                    0 => odd(&mut random) * 2_f32.powi(40 - spread),
                    _ => 2_f32.powi(41) - 2_f32.powi(17),
                })
                .collect();
            let cells: Vec<Cell> = values
                .iter()
                .map(|&value| Cell::of_double(value.into()))
                .collect();
            check(
                Column::new(&values),
                &cells,
                (rows, columns),
                (Axis::Columns, Statistic::Sum),
                &format!("{spread} binades"),
            );
        }
    }
}
