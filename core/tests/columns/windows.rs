//! Every result of rolling windows and of running totals is the nearest to its true value.

use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};
use tally_core::{Column, CumulativeSum, Isa, ScopedThreads, Statistic, ValueError, Window};

use super::cells::{self, Cell};
use super::facts::{Facts, placed};
use super::layouts;
use super::types::TYPES;
use crate::support::oracle::same;
use crate::support::random::Random;

/// More than one block of rows, and less.
const COUNTS: [usize; 8] = [0, 1, 2, 40, 130, 511, 530, 1100];

pub(crate) const STATISTICS: [Statistic; 7] = [
    Statistic::Sum,
    Statistic::Mean,
    Statistic::Variance { ddof: 0 },
    Statistic::Variance { ddof: 3 },
    Statistic::StandardDeviation { ddof: 1 },
    Statistic::Norm,
    Statistic::Count,
];

pub(crate) fn expected(what: Statistic, cells: &[Cell]) -> f64 {
    let there: Vec<&Cell> = cells
        .iter()
        .filter(|cell| !matches!(cell, Cell::Skipped))
        .collect();
    placed(match what {
        Statistic::Sum => cells::total(&there),
        Statistic::Mean => cells::mean(&there),
        Statistic::Variance { ddof } => cells::variance(&there, ddof as usize),
        Statistic::StandardDeviation { ddof } => cells::standard_deviation(&there, ddof as usize),
        Statistic::Norm => cells::norm(&there),
        Statistic::Count => Ok(there.len() as f64),
    })
}

fn window_of(cells: &[Cell], row: usize, window: Window) -> &[Cell] {
    &cells[(row + 1).saturating_sub(window.size)..=row]
}

fn windows(random: &mut Random, count: usize) -> [Window; 5] {
    let large = if count > 200 { 90 } else { count + 5 };
    [1, 2, 1 + random.below(20), count.clamp(1, 100), large].map(|size| Window {
        size,
        min_count: random.below(size.min(9) + 1),
    })
}

fn check_rolling(column: Column<'_>, cells: &[Cell], window: Window, what: Statistic, name: &str) {
    let so_far = Facts::so_far(cells);
    let expected = (1..=cells.len()).map(|end| {
        let facts = so_far[end].less(&so_far[end.saturating_sub(window.size)]);
        match facts.count() < window.min_count {
            true => f64::NAN,
            false => facts.of_statistic(what),
        }
    });
    let expected: Vec<f64> = expected.collect();
    let mut results = vec![0.5; cells.len()];
    for isa in Isa::available() {
        results.fill(0.5);
        column.rolling_on(isa, window, what, &mut results);
        for (row, (&found, &expected)) in results.iter().zip(&expected).enumerate() {
            assert!(
                same(found, expected),
                "{found:e} for {expected:e}: {what:?} of row {row}, {window:?}, {}, {name}",
                isa.name()
            );
        }
    }
}

#[test]
fn rolling_statistics_of_any_column() {
    let mut random = Random::new(11);
    for round in 0..390 {
        let count = COUNTS[round / 13 % COUNTS.len()];
        let column = layouts::any(&mut random, round, count);
        for window in windows(&mut random, count) {
            let what = STATISTICS[random.below(STATISTICS.len())];
            check_rolling(column.column(), &column.cells, window, what, &column.name);
        }
    }
}

#[test]
fn rolling_statistics_of_any_pairs() {
    let mut random = Random::new(12);
    for round in 0..260 {
        let count = COUNTS[round / 13 % 7];
        let other = random.below(TYPES);
        let x = layouts::any(&mut random, round, count);
        let y = layouts::any(&mut random, other, count);
        let size = 1 + random.below(30);
        let window = Window {
            size,
            min_count: random.below(size.min(4) + 1),
        };
        let (mut covariances, mut correlations) = (vec![0.5; count], vec![0.5; count]);
        let columns = (x.column(), y.column());
        columns
            .0
            .rolling_covariance(&columns.1, window, 1, &mut covariances);
        columns
            .0
            .rolling_correlation(&columns.1, window, &mut correlations);
        for (row, found) in covariances.into_iter().zip(correlations).enumerate() {
            let pairs = cells::pairs(
                window_of(&x.cells, row, window),
                window_of(&y.cells, row, window),
            );
            let expected = match pairs.len() < window.min_count {
                true => [f64::NAN; 2],
                false => [
                    placed(cells::covariance(&pairs, 1)),
                    placed(cells::correlation(&pairs)),
                ],
            };
            for (found, expected) in [found.0, found.1].into_iter().zip(expected) {
                assert!(
                    same(found, expected),
                    "{found:e} for {expected:e}: row {row}, {window:?}, {}; {}",
                    x.name,
                    y.name
                );
            }
        }
    }
}

/// Values that leave no trace where they have left.
fn visitors() -> Vec<f64> {
    let mut random = Random::new(13);
    let guests = [
        1e300,
        -1e300,
        f64::MAX,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        -0.0,
        5e-324,
        -1e-310,
        1e-200,
        1e40,
    ];
    let mut values = Vec::new();
    for block in 0..5 {
        for row in 0..500 {
            values.push(match (block, random.below(150)) {
                (0 | 2 | 4, _) => 100.0 + random.below(1 << 30) as f64 * 1e-7,
                (1, 0) | (3, 0..20) => guests[random.below(guests.len())],
                // A run of one value: its variance is 0, and its sums cancel.
                _ if row % 100 < 30 => 0.1,
                _ => random.below(1000) as f64 - 500.0,
            });
        }
    }
    values
}

#[test]
fn what_leaves_a_window_leaves_no_trace() {
    let values = visitors();
    let cells: Vec<Cell> = values.iter().map(|&value| Cell::of_double(value)).collect();
    for size in [1, 3, 25, 60] {
        for what in STATISTICS {
            let window = Window { size, min_count: 1 };
            check_rolling(Column::new(&values), &cells, window, what, "visitors");
        }
    }
}

#[test]
fn windows_of_one_value_have_no_variance() {
    let values = [0.1; 2000];
    let mut results = vec![1.0; 2000];
    let column = Column::new(&values);
    let window = Window {
        size: 700,
        min_count: 2,
    };
    column.rolling(window, Statistic::Variance { ddof: 1 }, &mut results);
    assert!(results[0].is_nan());
    assert!(results[1..].iter().all(|result| result.to_bits() == 0));
    column.rolling_correlation(&column, window, &mut results);
    assert!(results.iter().all(|result| result.is_nan()));
}

#[test]
fn totals_that_cancel_have_the_sign_of_their_zeros() {
    let values = [1.5, -1.5, -0.0, -0.0, 0.0, -0.0];
    let mut results = [1.0; 6];
    let window = Window {
        size: 2,
        min_count: 1,
    };
    Column::new(&values).rolling(window, Statistic::Sum, &mut results);
    let expected = [1.5, 0.0, -1.5, -0.0, 0.0, 0.0];
    assert_eq!(results.map(f64::to_bits), expected.map(f64::to_bits));
}

/// What is neither finite nor enters or leaves in a block counts in all of it.
#[test]
fn specials_between_have_their_say() {
    let window = Window {
        size: 1700,
        min_count: 1,
    };
    for special in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let mut values: Vec<f64> = (0..4000).map(|row| f64::from(row % 7) - 2.5).collect();
        values[300] = special;
        let cells: Vec<Cell> = values.iter().map(|&value| Cell::of_double(value)).collect();
        let column = Column::new(&values);
        for what in [
            Statistic::Sum,
            Statistic::Mean,
            Statistic::Variance { ddof: 1 },
        ] {
            check_rolling(column, &cells, window, what, &format!("{special}"));
        }
        let plain: Vec<f64> = (0..4000).map(|row| f64::from(row % 5)).collect();
        let plain = Column::new(&plain);
        for (x, y) in [(column, plain), (plain, column)] {
            let mut results = vec![0.5; 4000];
            x.rolling_covariance(&y, window, 1, &mut results);
            for (row, result) in results.iter().enumerate().skip(1) {
                assert_eq!(
                    result.is_nan(),
                    (300..2000).contains(&row),
                    "{row}, {special}"
                );
            }
        }
    }
}

/// Large values that cancel leave small ones, however far below they lie.
#[test]
fn small_values_stay_beside_large_ones() {
    // With a last bit that is set.
    for down in 10..140 {
        let small = (1.0 + f64::EPSILON) * 2.0_f64.powi(-down);
        let values: Vec<f64> = (0..60)
            .map(|row| [1.0, small, -1.0, -small][row % 4])
            .collect();
        let cells: Vec<Cell> = values.iter().map(|&value| Cell::of_double(value)).collect();
        for size in [2, 3, 7] {
            let window = Window { size, min_count: 1 };
            for what in [Statistic::Sum, Statistic::Variance { ddof: 1 }] {
                let name = format!("2^-{down}");
                check_rolling(Column::new(&values), &cells, window, what, &name);
            }
        }
        let mut random = Random::new(16);
        check_totals(&mut random, Column::new(&values), &cells, "of small values");
    }
}

/// 2^148 + 2^95 + 1/4: just above a tie, by what lies 150 bits below.
#[test]
fn a_variance_just_above_a_tie() {
    let sizes = [2_f64.powi(75), 2_f64.powi(48), 2_f64.powi(48), 1.0];
    let values: Vec<f64> = sizes.iter().flat_map(|&size| [size, -size]).collect();
    let window = Window {
        size: values.len(),
        min_count: values.len(),
    };
    let mut results = vec![0.0; values.len()];
    let what = Statistic::Variance { ddof: 0 };
    Column::new(&values).rolling(window, what, &mut results);
    assert_eq!(results.last(), Some(&(2_f64.powi(148) + 2_f64.powi(96))));
}

/// A window longer than a block has rows that neither enter nor leave in it: with bits far
/// below the others, whose sum may be zero and whose squares are not; and far above.
#[test]
fn rows_between_have_their_say() {
    let mut random = Random::new(17);
    let mut fraction = || (random.bits() >> 11) as f64 / (1_u64 << 53) as f64;
    for kind in 0..3 {
        let values: Vec<f64> = (0..800)
            .map(|row| match (kind, row) {
                (0, 0..500) => 1e-30 * fraction(),
                (1, 0..500) => [1e-31, -1e-31][row % 2],
                (0 | 1, 599) => 1.0,
                (2, 100) => 1e60,
                (2, _) => fraction(),
                _ => 0.0,
            })
            .collect();
        let cells: Vec<Cell> = values.iter().map(|&value| Cell::of_double(value)).collect();
        let window = Window {
            size: 600,
            min_count: 1,
        };
        for what in [
            Statistic::Sum,
            Statistic::Mean,
            Statistic::Variance { ddof: 1 },
        ] {
            let name = format!("kind {kind}");
            check_rolling(Column::new(&values), &cells, window, what, &name);
        }
    }
}

#[test]
fn threads_have_the_same_bits() {
    let mut values = Vec::new();
    for _ in 0..60 {
        values.extend(visitors());
    }
    let (mut one, mut several) = (vec![0.5; values.len()], vec![0.5; values.len()]);
    let column = Column::new(&values);
    for size in [1, 100, 20_000, 70_000, 1_000_000] {
        let window = Window { size, min_count: 1 };
        for what in [Statistic::Sum, Statistic::Variance { ddof: 1 }] {
            column.rolling(window, what, &mut one);
            column.rolling_parallel(&ScopedThreads(4), window, what, &mut several);
            let differ = one
                .iter()
                .zip(&several)
                .position(|(a, b)| a.to_bits() != b.to_bits());
            assert_eq!(differ, None, "{what:?} {size}");
        }
    }
}

#[test]
fn running_totals_of_any_column() {
    let mut random = Random::new(14);
    for round in 0..1300 {
        let count = COUNTS[round / 13 % COUNTS.len()];
        let column = layouts::any(&mut random, round, count);
        check_totals(&mut random, column.column(), &column.cells, &column.name);
    }
}

fn check_totals(random: &mut Random, column: Column<'_>, cells: &[Cell], name: &str) {
    let mut expected = Vec::new();
    let mut sum = BigInt::zero();
    // One of each of what is no part of the integer: its zeros are of the sign that all
    // zeros have, if there is nothing else.
    let (mut others, mut specials) = (None, Vec::new());
    for cell in cells {
        match cell {
            Cell::Skipped => {}
            Cell::Number(number, negative) => {
                sum += number;
                let is_negative_zero = number.is_zero() && *negative;
                others = Some(others.unwrap_or(true) && is_negative_zero);
            }
            special => {
                let kind = std::mem::discriminant(special);
                let is_known = |known: &Cell| match (known, special) {
                    (Cell::Infinite { negative: a }, Cell::Infinite { negative: b }) => a == b,
                    _ => std::mem::discriminant(known) == kind,
                };
                if !specials.iter().any(is_known) {
                    specials.push(special.clone());
                }
            }
        }
        let number = others.map(|negative| Cell::Number(sum.clone(), negative));
        let all: Vec<&Cell> = specials.iter().chain(&number).collect();
        expected.push(placed(cells::total(&all)));
    }
    for isa in Isa::available() {
        let mut results = vec![0.5; cells.len()];
        let mut sum = CumulativeSum::new_on(isa);
        let cut = random.below(cells.len() + 1);
        let (first, rest) = results.split_at_mut(cut);
        sum.add(&column.part(0..cut), first);
        sum.add(&column.part(cut..cells.len()), rest);
        for (row, (&found, &expected)) in results.iter().zip(&expected).enumerate() {
            assert!(
                same(found, expected),
                "{found:e} for {expected:e} in row {row}, {}, {name}",
                isa.name()
            );
        }
    }
}

#[test]
fn totals_take_the_place_of_their_values() {
    let values = visitors();
    let mut expected = vec![0.5; values.len()];
    Column::new(&values).cumulative_sum(&mut expected);
    let mut found = values.clone();
    CumulativeSum::new().add_in_place(&mut found);
    assert_eq!(
        found.iter().map(|v| v.to_bits()).collect::<Vec<_>>(),
        expected.iter().map(|v| v.to_bits()).collect::<Vec<_>>()
    );
}

#[test]
fn running_totals_of_integers_end_where_they_overflow() {
    let mut random = Random::new(15);
    for round in 0..1300 {
        let count = COUNTS[round / 13 % COUNTS.len()];
        let column = layouts::any(&mut random, round, count);
        check_integer_totals(column.column(), &column.cells, &column.name);
    }
}

pub(crate) fn check_integer_totals(column: Column<'_>, cells: &[Cell], name: &str) {
    let mut results = vec![-77; cells.len()];
    let found = match column.cumulative_sum_i64(&mut results) {
        Ok(done) => done,
        Err(error) => {
            assert_eq!(error, ValueError::NotIntegers);
            assert!(column.sum_i64().is_err() && results.iter().all(|&r| r == -77));
            return;
        }
    };
    let mut sum = BigInt::zero();
    let mut done = 0;
    for cell in cells {
        if let Cell::Number(number, _) = cell {
            sum += number >> 1074_u32;
        }
        let Some(total) = sum.to_i64() else {
            break;
        };
        assert_eq!(results[done], total, "row {done}, {name}");
        done += 1;
    }
    assert_eq!(found, done, "{name}");
    assert!(
        results[done..].iter().all(|&result| result == -77),
        "{name}"
    );
}
