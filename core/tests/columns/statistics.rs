//! Every statistic of random columns is the nearest to its true value.

use tally_core::{Column, ScopedThreads, Side, ValueError};

use super::cells::{self, Cell, agree};
use super::layouts;
use super::types::TYPES;
use crate::support::random::Random;

const COUNTS: [usize; 12] = [0, 1, 2, 3, 20, 64, 191, 193, 400, 959, 961, 2200];

fn check_one(column: Column<'_>, cells: &[Cell], name: &str) {
    let there: Vec<&Cell> = cells
        .iter()
        .filter(|cell| !matches!(cell, Cell::Skipped))
        .collect();
    assert_eq!(column.count(), there.len() as u64, "{name}");
    let results = [
        ("sum", column.sum(), cells::total(&there)),
        ("mean", column.mean(), cells::mean(&there)),
        ("norm", column.norm(), cells::norm(&there)),
        ("variance", column.variance(0), cells::variance(&there, 0)),
        ("variance 1", column.variance(1), cells::variance(&there, 1)),
        (
            "deviation",
            column.standard_deviation(1),
            cells::standard_deviation(&there, 1),
        ),
    ];
    for (what, found, expected) in results {
        assert!(
            agree(found, expected),
            "{what}: {found:?} for {expected:?} of {name}"
        );
    }
}

fn check_pair(x: (Column<'_>, &[Cell]), y: (Column<'_>, &[Cell]), name: &str) {
    let pairs = cells::pairs(x.1, y.1);
    let (x, y) = (x.0, y.0);
    assert_eq!(x.count_pairs(&y), pairs.len() as u64, "{name}");
    let results = [
        ("dot", x.dot(&y), cells::dot(&pairs)),
        (
            "covariance",
            x.covariance(&y, 1),
            cells::covariance(&pairs, 1),
        ),
        ("correlation", x.correlation(&y), cells::correlation(&pairs)),
        (
            "weighted variance",
            x.weighted_variance(&y, 1),
            cells::weighted_variance(&pairs, 1),
        ),
        (
            "weighted mean",
            x.weighted_mean(&y),
            cells::weighted_mean(&pairs),
        ),
    ];
    for (what, found, expected) in results {
        assert!(
            agree(found, expected),
            "{what}: {found:?} for {expected:?} of {name}"
        );
    }
}

fn check_line(x: (Column<'_>, &[Cell]), y: (Column<'_>, &[Cell]), name: &str) {
    let pairs = cells::pairs(x.1, y.1);
    let found = x.0.linear_fit(&y.0);
    let found = found.map(|line| [line.slope, line.intercept, line.r_squared]);
    match (found, cells::linear_fit(&pairs)) {
        (Ok(found), Ok(expected)) => {
            for (found, expected) in found.into_iter().zip(expected) {
                assert!(
                    agree(found, expected),
                    "{found:?} for {expected:?} of {name}"
                );
            }
        }
        (found, expected) => assert_eq!(found.err(), expected.err(), "{name}"),
    }
}

#[test]
fn statistics_of_one_column() {
    let mut random = Random::new(1);
    for round in 0..2600 {
        let count = COUNTS[round / 13 % COUNTS.len()];
        let column = layouts::any(&mut random, round, count);
        check_one(column.column(), &column.cells, &column.name);
    }
}

#[test]
fn statistics_of_pairs() {
    let mut random = Random::new(2);
    for round in 0..2600 {
        let count = COUNTS[round / 13 % COUNTS.len()];
        let other = random.below(TYPES);
        let x = layouts::any(&mut random, round, count);
        let y = layouts::any(&mut random, other, count);
        let name = format!("{}; {}", x.name, y.name);
        let (x, y) = ((x.column(), &x.cells[..]), (y.column(), &y.cells[..]));
        check_pair(x, y, &name);
        check_line(x, y, &name);
    }
}

#[test]
fn weights_are_frequencies() {
    let values = [2.0, 3.0, 5.0, 7.0, 11.0];
    let weights = [1_u8, 0, 3, 2, 1];
    let repeated = [2.0, 5.0, 5.0, 5.0, 7.0, 7.0, 11.0];
    for ddof in 0..7 {
        let column = Column::new(&values);
        let found = column.weighted_variance(&Column::new(&weights), ddof);
        assert_eq!(found, Column::new(&repeated).variance(ddof));
    }
    let negative = [1.0, -1.0, 3.0, 2.0, 1.0];
    let column = Column::new(&values);
    assert_eq!(
        column.weighted_variance(&Column::new(&negative), 0),
        Err(ValueError::NegativeWeight)
    );
    // No weight above the degrees of freedom: then NaN is not the reason.
    let column = Column::new(&[1.0, f64::NAN]);
    for (weights, ddof) in [([0.0, 0.0], 0), ([1.0, 2.0], 3), ([1.0, 2.0], u64::MAX)] {
        let found = column.weighted_variance(&Column::new(&weights), ddof);
        assert_eq!(
            found,
            Err(ValueError::TooLittleWeight),
            "{weights:?} {ddof}"
        );
    }
    let found = column.weighted_variance(&Column::new(&[1.0, 2.0]), 2);
    assert!(found.is_ok_and(f64::is_nan));
}

#[test]
fn a_line_through_timestamps() {
    // The intercept cancels nearly all digits.
    let x: Vec<f64> = (0..300).map(|i| 1.7e9 + 60.0 * f64::from(i)).collect();
    let y: Vec<f64> = x.iter().map(|x| 0.25 * x - 3.0).collect();
    let line = Column::new(&x)
        .linear_fit(&Column::new(&y))
        .expect("a line");
    assert_eq!(line.slope, Ok(0.25));
    assert_eq!(line.intercept, Ok(-3.0));
    assert_eq!(line.r_squared, Ok(1.0));
    let line = Column::new(&x)
        .linear_fit(&Column::new(&vec![5_i8; 300]))
        .expect("a line");
    assert_eq!((line.slope, line.intercept), (Ok(0.0), Ok(5.0)));
    assert_eq!(line.r_squared, Err(ValueError::Constant(Side::Y)));
}

#[test]
fn integers_are_exact_where_doubles_are_not() {
    let far = [i64::MAX, i64::MAX - 2, i64::MAX - 4];
    let column = Column::new(&far);
    assert_eq!(column.variance(0), Ok(8.0 / 3.0));
    assert_eq!(
        column.sum_i64(),
        Err(ValueError::Overflow { negative: false })
    );
    assert_eq!(Column::new(&[i64::MAX, i64::MIN, 7]).sum_i64(), Ok(6));
    assert_eq!(Column::new(&[1.0]).sum_i64(), Err(ValueError::NotIntegers));
    let (x, y) = ([1_u64 << 63, (1 << 63) + 1], [1_i64, -1]);
    assert_eq!(Column::new(&x).dot(&Column::new(&y)), Ok(-1.0));
}

#[test]
fn one_element_may_be_many() {
    let element = [0.1_f32];
    let many = tally_core::Elements::strided(&element, 0, usize::MAX, 0).expect("it is there");
    let column = Column::new(tally_core::Values::F32(many));
    assert_eq!(column.mean(), Ok(f64::from(0.1_f32)));
    assert_eq!(column.variance(1), Ok(0.0));
    assert_eq!(column.weighted_mean(&column), Ok(f64::from(0.1_f32)));
}

/// Integers beyond the doubles, close together or not, and where differences wrap around.
#[test]
fn large_integers_close_together() {
    let mut random = Random::new(3);
    let bases = [
        1 << 53,
        -(1 << 53),
        1_700_000_000_000_000_000,
        (1 << 62) - 7,
        (1 << 62) + 7,
        -(1 << 62),
        i64::MAX - (1 << 21),
        5,
    ];
    for (round, base) in bases.into_iter().cycle().take(80).enumerate() {
        let mut signed: Vec<i64> = (0..1000)
            .map(|_| base + random.below(1 << 20) as i64)
            .collect();
        let mut unsigned: Vec<u64> = signed.iter().map(|&value| value as u64).collect();
        if round % 3 == 0 {
            signed[500] = [0, i64::MAX, i64::MIN, -1][round / 3 % 4];
            unsigned[700] = [0, u64::MAX, 1 << 63, 1][round / 3 % 4];
        }
        let y: Vec<f64> = (0..1000).map(|_| random.unit()).collect();
        let mut bits: Vec<u8> = (0..200).map(|_| random.bits() as u8).collect();
        for row in [500, 700] {
            bits[row / 8] |= 1 << (row % 8);
        }
        let there = |row: usize, cell: Cell| match bits[row / 8] >> (row % 8) & 1 {
            1 => cell,
            _ => Cell::Skipped,
        };
        let cells = |values: &mut dyn Iterator<Item = Cell>| -> Vec<Cell> {
            let cells = values.enumerate();
            cells.map(|(row, cell)| there(row, cell)).collect()
        };
        let lists = [
            cells(&mut signed.iter().map(|&value| Cell::of_integer(value))),
            cells(&mut unsigned.iter().map(|&value| Cell::of_integer(value))),
        ];
        let y_cells: Vec<Cell> = y.iter().map(|&value| Cell::of_double(value)).collect();
        let columns = [Column::new(&signed), Column::new(&unsigned)];
        for (column, cells) in columns.into_iter().zip(&lists) {
            let column = column.with_bits(&bits, 0);
            let name = format!("round {round}");
            check_one(column, cells, &name);
            check_pair((column, cells), (Column::new(&y), &y_cells), &name);
            check_line((column, cells), (Column::new(&y), &y_cells), &name);
        }
    }
}

/// Long enough for several threads, and the same bits as on one.
#[test]
fn threads_change_nothing() {
    let mut random = Random::new(4);
    let workers = ScopedThreads(3);
    let count = 700_000;
    let x: Vec<f32> = (0..count).map(|_| random.unit() as f32 - 0.5).collect();
    let y: Vec<i32> = (0..count).map(|_| random.bits() as i32).collect();
    let bits: Vec<u8> = (0..count / 8 + 1).map(|_| random.bits() as u8).collect();
    let (x, y) = (Column::new(&x).with_bits(&bits, 5), Column::new(&y));
    assert_eq!(x.sum_parallel(&workers), x.sum());
    assert_eq!(y.sum_i64_parallel(&workers), y.sum_i64());
    assert_eq!(x.sum_i64_parallel(&workers), Err(ValueError::NotIntegers));
    assert_eq!(x.dot_parallel(&workers, &y), x.dot(&y));
    // What cannot be rounded with certainty is added up exactly.
    let mut cancelling: Vec<f64> = (0..count).map(|_| random.unit()).collect();
    for index in 0..count / 2 {
        cancelling[count - 1 - index] = -cancelling[index];
    }
    let (cancelling, ones) = (Column::new(&cancelling).skip_nan(), vec![1_u8; count]);
    let ones = Column::new(&ones);
    assert_eq!(cancelling.dot_parallel(&workers, &ones), Ok(0.0));
    assert_eq!(cancelling.sum_parallel(&workers), Ok(0.0));
}

/// As many as make the lanes of narrow sums full.
#[test]
fn long_columns_of_narrow_integers() {
    const COUNT: usize = 64 << 17;
    let total = |value: i64| Ok(value * COUNT as i64);
    let sum = |column: Column<'_>| column.sum_i64();
    assert_eq!(
        sum(Column::new(&vec![i16::MIN; COUNT])),
        total(i16::MIN.into())
    );
    assert_eq!(
        sum(Column::new(&vec![i16::MAX; COUNT])),
        total(i16::MAX.into())
    );
    assert_eq!(
        sum(Column::new(&vec![u16::MAX; COUNT])),
        total(u16::MAX.into())
    );
    assert_eq!(
        sum(Column::new(&vec![u32::MAX; COUNT])),
        total(u32::MAX.into())
    );
    assert_eq!(
        sum(Column::new(&vec![i8::MIN; COUNT])),
        total(i8::MIN.into())
    );
    assert_eq!(
        sum(Column::new(&vec![u8::MAX; COUNT])),
        total(u8::MAX.into())
    );
}

#[test]
fn a_mask_of_a_part_begins_with_its_first_element() {
    let values = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0];
    let part = Column::new(&values).part(2..5);
    assert_eq!(part.with_bits(&[0b1010], 1).sum(), Ok(4.0 + 16.0));
    assert_eq!(part.with_bytes(&[0, 1, 1]).sum(), Ok(8.0 + 16.0));
    // And it goes along with parts of that.
    let rest = part.with_bits(&[0b1010], 1).part(1..3);
    assert_eq!((rest.sum(), rest.count()), (Ok(16.0), 1));
}
