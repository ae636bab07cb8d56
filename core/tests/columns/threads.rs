//! Windows of pairs and running totals on several threads: the same bits as on one, whatever
//! lies next to the border of two pieces. Those on one are compared with integers elsewhere.

use std::sync::atomic::{AtomicUsize, Ordering};

use tally_core::{Axis, Column, Matrix, ScopedThreads, Split, Statistic, Window, Workers};

use super::layouts;
use super::types::TYPES;
use crate::support::random::Random;
use crate::support::workers::InTurn;

/// Rows of a piece, where there are a few times as many.
const PIECE: usize = 97;
const ROWS: usize = 5 * PIECE + 3;

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| value.to_bits()).collect()
}

fn totals(column: &Column<'_>) -> Vec<f64> {
    let mut totals = vec![0.5; column.len()];
    column.cumulative_sum(&mut totals);
    totals
}

fn check_totals(column: &Column<'_>, workers: &impl Workers, split: Split, name: &str) {
    let mut found = vec![0.5; column.len()];
    column.cumulative_sum_split(workers, Some(split), &mut found);
    let expected = totals(column);
    assert_eq!(bits(&found), bits(&expected), "{split:?}, {name}");
}

/// The number of results too, and what is after the last of them.
fn check_integers(column: &Column<'_>, workers: &impl Workers, split: Split, name: &str) {
    let (mut expected, mut found) = (vec![-77; column.len()], vec![-77; column.len()]);
    let done = column.cumulative_sum_i64(&mut expected);
    let found_done = column.cumulative_sum_i64_split(workers, Some(split), &mut found);
    assert_eq!(found_done, done, "{split:?}, {name}");
    assert_eq!(found, expected, "{split:?}, {name}");
}

#[test]
fn running_totals_of_any_column_in_any_pieces() {
    let mut random = Random::new(51);
    for round in 0..26 * TYPES {
        let count = [0, 1, 2, 3, 40, 129, 700, 2100][random.below(8)];
        let laid = layouts::any(&mut random, round, count);
        let column = laid.column();
        for piece in [0, 1, 1 + random.below(300), 512, 2000, 3000] {
            let threads = 1 + random.below(8);
            let split = Split { threads, piece };
            check_totals(&column, &InTurn, split, &laid.name);
            check_integers(&column, &InTurn, split, &laid.name);
        }
        let threads = 1 + round % 8;
        let split = Split { threads, piece: 64 };
        check_totals(&column, &ScopedThreads(threads), split, &laid.name);
        check_integers(&column, &ScopedThreads(threads), split, &laid.name);
    }
}

/// The rows next to each border.
fn borders() -> impl Iterator<Item = usize> {
    let next_to = |border: usize| border.saturating_sub(2)..(border + 3).min(ROWS);
    (0..=ROWS).step_by(PIECE).flat_map(next_to)
}

#[test]
fn specials_at_every_border() {
    let guests = [
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::MAX,
        -f64::MAX,
        -0.0,
        1e300,
        5e-324,
        -1e-310,
    ];
    let split = Split {
        threads: 3,
        piece: PIECE,
    };
    for kind in 0..3 {
        let value_of = |row: usize| match kind {
            0 => -0.0,
            1 => [0.1, -0.3, 1e15][row % 3],
            _ => [1e200, 0.1, -1e200][row % 3],
        };
        let plain: Vec<f64> = (0..ROWS).map(value_of).collect();
        for row in borders() {
            for guest in guests {
                let mut values = plain.clone();
                values[row] = guest;
                let name = format!("{guest:e} in row {row}, kind {kind}");
                let column = Column::new(&values);
                check_totals(&column, &InTurn, split, &name);
                check_totals(&column.skip_nan(), &InTurn, split, &name);
                // And something to meet it, in the next piece.
                values[(row + PIECE) % ROWS] = -guest;
                check_totals(&Column::new(&values), &InTurn, split, &name);
            }
        }
    }
}

#[test]
fn overflow_at_every_border() {
    let split = Split {
        threads: 4,
        piece: PIECE,
    };
    let ups = [
        (i64::MAX, 1, -5),
        (i64::MIN, -1, 5),
        (i64::MAX, 0, i64::MIN),
    ];
    for large_row in [0, PIECE - 1, PIECE, 2 * PIECE + 1] {
        for (large, step, back) in ups {
            for row in borders() {
                let mut values = vec![0_i64; ROWS];
                values[large_row] = large;
                if row == large_row {
                    continue;
                }
                values[row] = step;
                // Back within the range, in this piece or the next one.
                let name = format!("{large} in row {large_row}, {step} in row {row}");
                for back_row in [row + 1, row + PIECE] {
                    let mut values = values.clone();
                    if let Some(place) = values.get_mut(back_row) {
                        *place = back;
                    }
                    let column = Column::new(&values);
                    check_integers(&column, &InTurn, split, &name);
                    check_integers(&column, &ScopedThreads(4), split, &name);
                    let there: Vec<u8> = (0..ROWS).map(|at| u8::from(at != row)).collect();
                    check_integers(&column.with_bytes(&there), &InTurn, split, &name);
                }
            }
        }
    }
    for row in borders() {
        let mut values = vec![1_u64; ROWS];
        values[row] = u64::MAX - 3;
        check_integers(&Column::new(&values), &InTurn, split, "u64");
        values[row] = i64::MAX as u64 - row as u64;
        check_integers(&Column::new(&values), &InTurn, split, "u64");
        values[row] -= 1;
        check_integers(&Column::new(&values), &InTurn, split, "u64");
    }
}

/// As long as threads are paid for.
#[test]
fn long_running_totals_on_threads() {
    let mut random = Random::new(52);
    let count = 300_000;
    let doubles: Vec<f64> = (0..count)
        .map(|_| match random.below(5000) {
            0 => 1e300,
            1 => f64::NAN,
            _ => (random.bits() >> 24) as f64 * 1e-3 - 1e8,
        })
        .collect();
    let integers: Vec<i64> = (0..count)
        .map(|_| (random.bits() >> 19) as i64 - (1 << 44))
        .collect();
    let (doubles, integers) = (Column::new(&doubles).skip_nan(), Column::new(&integers));
    let expected = totals(&doubles);
    let mut expected_integers = vec![-77; count];
    assert_eq!(
        integers.cumulative_sum_i64(&mut expected_integers),
        Ok(count)
    );
    for threads in 1..=8 {
        let workers = ScopedThreads(threads);
        let mut found = vec![0.5; count];
        doubles.cumulative_sum_parallel(&workers, &mut found);
        assert_eq!(bits(&found), bits(&expected), "{threads}");
        let mut found = vec![-77; count];
        let done = integers.cumulative_sum_i64_parallel(&workers, &mut found);
        assert_eq!(done, Ok(count));
        assert_eq!(found, expected_integers, "{threads}");
    }
}

#[test]
fn windows_of_pairs_on_threads_have_the_same_bits() {
    let mut random = Random::new(53);
    let count = 70_000;
    let guests = [f64::NAN, f64::INFINITY, 1e300, -0.0, 1e-310];
    let mut values = || -> Vec<f64> {
        let value = |row: usize| match random.below(3000) {
            at @ 0..5 => guests[at],
            // The rows around which pieces may begin.
            _ if row % 16_384 < 2 => f64::NAN,
            _ => random.below(1 << 30) as f64 * 1e-6,
        };
        (0..count).map(value).collect()
    };
    let (x, y) = (values(), values());
    let (x, y) = (Column::new(&x), Column::new(&y).skip_nan());
    for size in [1, 100, 20_000] {
        let window = Window { size, min_count: 1 };
        let (mut one, mut several) = (vec![0.5; count], vec![0.5; count]);
        x.rolling_covariance(&y, window, 1, &mut one);
        for threads in [2, 4] {
            let workers = ScopedThreads(threads);
            several.fill(0.5);
            x.rolling_covariance_parallel(&workers, &y, window, 1, &mut several);
            assert_eq!(bits(&one), bits(&several), "{size} {threads}");
        }
        x.rolling_correlation(&y, window, &mut one);
        several.fill(0.5);
        x.rolling_correlation_parallel(&ScopedThreads(3), &y, window, &mut several);
        assert_eq!(bits(&one), bits(&several), "{size}");
    }
}

/// As many threads as are wanted, one after the other: the most that are asked for at once.
struct Asked(AtomicUsize);

impl Workers for Asked {
    fn threads(&self) -> usize {
        1000
    }

    fn run(&self, threads: usize, job: &(dyn Fn() + Sync)) {
        self.0.fetch_max(threads, Ordering::Relaxed);
        (0..threads).for_each(|_| job());
    }
}

/// How many threads a call asks for; 1 if it asks for none.
fn asked(call: impl FnOnce(&Asked)) -> usize {
    let asked = Asked(AtomicUsize::new(1));
    call(&asked);
    asked.0.into_inner()
}

#[test]
fn each_thread_has_its_share() {
    const MOST: usize = 1 << 20;
    let (values, integers) = (vec![0.25; MOST], vec![1_i32; MOST]);
    let mut results = vec![0.5; MOST];
    for rows in [1, 16_383, 32_767, 32_768, 49_152, 40 << 14, MOST] {
        let column = Column::new(&values[..rows]);
        for size in [1, 16_384, 20_000, 100_000] {
            let window = Window { size, min_count: 1 };
            let results = &mut results[..rows];
            let threads = asked(|workers| {
                column.rolling_parallel(workers, window, Statistic::Sum, results);
            });
            let expected = (rows / size.max(1 << 14)).max(1);
            assert_eq!(threads, expected, "{rows} rows, windows of {size}");
        }
        // One for each 2^14 rows, and at most 32.
        let expected = (rows >> 14).clamp(1, 32);
        let threads = asked(|workers| {
            column.cumulative_sum_parallel(workers, &mut results[..rows]);
        });
        assert_eq!(threads, expected, "{rows} rows");
        let mut totals = vec![-77; rows];
        let threads = asked(|workers| {
            let column = Column::new(&integers[..rows]);
            let done = column.cumulative_sum_i64_parallel(workers, &mut totals);
            assert_eq!(done, Ok(rows));
        });
        assert_eq!(threads, expected, "{rows} rows of integers");
    }
    // One for each 2^17 elements, and at most one for each 2^8 results.
    for (rows, columns) in [
        (262_143, 1),
        (262_144, 1),
        (511, 512),
        (512, 511),
        (511, 2000),
        (512, 2000),
        (512, 512),
        (2048, 512),
        (MOST, 1),
        (1, MOST),
    ] {
        let matrix = Matrix::new(Column::new(&values[..rows * columns]), rows, columns);
        for axis in [Axis::Columns, Axis::Rows] {
            let results = &mut results[..matrix.results(axis)];
            let most = ((rows * columns) >> 17).min(results.len() >> 8).max(1);
            let threads = asked(|workers| {
                matrix.reduce_parallel(workers, axis, Statistic::Mean, results);
            });
            assert!(
                threads <= most && (most == 1 || threads > 1),
                "{threads} threads for {axis:?} of {rows} x {columns}"
            );
        }
    }
}
