//! Every statistic of every group is the nearest to its true value, whatever the others
//! are.

use num_bigint::BigInt;
use num_traits::ToPrimitive;
use tally_core::{Column, GroupError, Isa, ScopedThreads, Statistic, ValueError};

use super::cells::{self, Answer, Cell};
use super::layouts;
use crate::support::random::Random;
use crate::support::workers::InTurn;

const COUNTS: [usize; 9] = [0, 1, 5, 63, 400, 1919, 1921, 4000, 6000];

const STATISTICS: [Statistic; 7] = [
    Statistic::Sum,
    Statistic::Mean,
    Statistic::Variance { ddof: 0 },
    Statistic::Variance { ddof: 1 },
    Statistic::StandardDeviation { ddof: 2 },
    Statistic::Norm,
    Statistic::Count,
];

/// A statistic of a group by its definition.
pub(super) fn expected(what: Statistic, cells: &[&Cell]) -> u64 {
    let answer: Answer = match what {
        Statistic::Sum => cells::total(cells),
        Statistic::Mean => cells::mean(cells),
        Statistic::Variance { ddof } => cells::variance(cells, ddof as usize),
        Statistic::StandardDeviation { ddof } => cells::standard_deviation(cells, ddof as usize),
        Statistic::Norm => cells::norm(cells),
        Statistic::Count => Ok(cells.len() as f64),
    };
    let value = match answer {
        Ok(value) if value.is_nan() => f64::NAN,
        Ok(value) => value,
        Err(ValueError::Overflow { negative: true }) => f64::NEG_INFINITY,
        Err(ValueError::Overflow { negative: false }) => f64::INFINITY,
        Err(_) => f64::NAN,
    };
    match value.is_nan() {
        true => 0x7ff8_0000_0000_0000,
        false => value.to_bits(),
    }
}

/// The id of a row, `None` if it is missing.
fn id(cell: &Cell) -> Option<&BigInt> {
    match cell {
        Cell::Number(number, _) => Some(number),
        _ => None,
    }
}

/// The cells of each group, or the first row whose id is that of none.
fn groups<'c>(
    cells: &'c [Cell],
    ids: &[Cell],
    count: usize,
) -> Result<Vec<Vec<&'c Cell>>, GroupError> {
    let mut groups = vec![Vec::new(); count];
    for (row, (cell, cell_of_id)) in cells.iter().zip(ids).enumerate() {
        let Some(id) = id(cell_of_id) else {
            continue;
        };
        let id: BigInt = id >> 1074_u32;
        let group = id.to_usize().and_then(|id| groups.get_mut(id));
        let group = group.ok_or(GroupError::NoGroup { row })?;
        if !matches!(cell, Cell::Skipped) {
            group.push(cell);
        }
    }
    Ok(groups)
}

pub(super) const ALONE: ScopedThreads = ScopedThreads(1);

pub(super) const UNTOUCHED: f64 = -7.25;

pub(super) fn check(
    values: (Column<'_>, &[Cell]),
    ids: (Column<'_>, &[Cell]),
    count: usize,
    name: &str,
) {
    let groups = groups(values.1, ids.1, count);
    let mut results = vec![UNTOUCHED; count];
    for what in STATISTICS {
        // Sums and means have loops for each set of instructions.
        let loops = matches!(what, Statistic::Sum | Statistic::Mean);
        let engines: Vec<Isa> = Isa::available().collect();
        let engines = if loops {
            &engines[..]
        } else {
            &engines[engines.len() - 1..]
        };
        for &isa in engines {
            results.fill(UNTOUCHED);
            let found = values.0.group_on(isa, &ALONE, &ids.0, what, &mut results);
            match &groups {
                Err(error) => {
                    assert_eq!(found, Err(*error), "{name}");
                    let untouched = results.iter().all(|&result| result == UNTOUCHED);
                    assert!(untouched, "written, {what:?}, {name}");
                }
                Ok(groups) => {
                    assert_eq!(found, Ok(()), "{name}");
                    for (group, (cells, result)) in groups.iter().zip(&results).enumerate() {
                        let expected = f64::from_bits(expected(what, cells));
                        assert!(
                            result.to_bits() == expected.to_bits(),
                            "{what:?} of group {group} is {result:e}, not {expected:e}: {name}, {}",
                            isa.name(),
                        );
                    }
                }
            }
        }
    }
    check_integers(values, ids, groups, count, name);
}

fn check_integers(
    values: (Column<'_>, &[Cell]),
    ids: (Column<'_>, &[Cell]),
    groups: Result<Vec<Vec<&Cell>>, GroupError>,
    count: usize,
    name: &str,
) {
    let mut results = vec![17; count];
    let found = values.0.group_sum_i64(&ids.0, &mut results);
    if values.0.sum_i64() == Err(ValueError::NotIntegers) {
        assert_eq!(found, Err(GroupError::NotIntegerValues), "{name}");
        return;
    }
    let groups = match groups {
        Err(error) => return assert_eq!(found, Err(error), "{name}"),
        Ok(groups) => groups,
    };
    let mut outside = 0;
    for (cells, result) in groups.iter().zip(results) {
        let numbers = cells.iter().filter_map(|cell| id(cell));
        let total = numbers.sum::<BigInt>() >> 1074_u32;
        let fits = total.to_i64();
        outside += usize::from(fits.is_none());
        let end = if total < BigInt::from(0) {
            i64::MIN
        } else {
            i64::MAX
        };
        assert_eq!(result, fits.unwrap_or(end), "{name}");
    }
    assert_eq!(found, Ok(outside), "{name}");
}

/// Values and ids of any type and layout, and now and then an id of no group.
#[test]
fn groups_of_any_columns() {
    let mut random = Random::new(11);
    for round in 0..1000 {
        let count = COUNTS[random.below(COUNTS.len())];
        let groups = [0, 1, 2, 3, 10, 100, 127][random.below(7)];
        let values = layouts::any(&mut random, round, count);
        let ids = layouts::ids(&mut random, count, groups, 900);
        let name = format!("{}; in {groups} groups by {}", values.name, ids.name);
        check(
            (values.column(), &values.cells),
            (ids.column(), &ids.cells),
            groups,
            &name,
        );
    }
}

/// Runs of any length, and groups without rows before, between and after them.
#[test]
fn sorted_ids() {
    let mut random = Random::new(12);
    for round in 0..400 {
        let groups = 1 + random.below(40);
        let longest = [1, 10, 200, 3000][random.below(4)];
        let mut ids = Vec::new();
        for group in 0..groups {
            if !random.one_in(3) {
                ids.resize(ids.len() + random.below(longest), group as i32);
            }
        }
        if random.one_in(4) && !ids.is_empty() {
            // Nearly sorted.
            let row = random.below(ids.len());
            ids[row] = random.below(groups) as i32;
        }
        let id_cells: Vec<Cell> = ids.iter().map(|&id| Cell::of_integer(id)).collect();
        let count = ids.len().min(9000);
        let values = layouts::any(&mut random, round, count);
        let name = format!("{}; sorted, {groups} groups, {longest}", values.name);
        check(
            (values.column(), &values.cells),
            (Column::new(&ids[..count]), &id_cells[..count]),
            groups,
            &name,
        );
    }
}

/// An id that falls where one block ends and the next begins.
#[test]
fn ids_that_fall_between_blocks() {
    for first in [1919, 1920, 1921] {
        let ids: Vec<u8> = (0..6000).map(|row| u8::from(row < first)).collect();
        let values: Vec<u16> = (0..6000).map(|row| row as u16).collect();
        let mut results = [UNTOUCHED; 2];
        let found = Column::new(&values).group(&Column::new(&ids), Statistic::Sum, &mut results);
        assert_eq!(found, Ok(()));
        let below = (0..first).sum::<u32>();
        assert_eq!(
            results,
            [f64::from((0..6000).sum::<u32>() - below), f64::from(below)]
        );
    }
}

/// Ids next to the ends of their types and of the range.
#[test]
fn ids_of_no_group() {
    let values = Column::new(&[1.0, 2.0, 4.0]);
    let mut results = [UNTOUCHED; 3];
    let mut refused = |ids: Column<'_>, row| {
        let found = values.group(&ids, Statistic::Sum, &mut results);
        assert_eq!(found, Err(GroupError::NoGroup { row }));
        assert_eq!(results, [UNTOUCHED; 3]);
    };
    refused(Column::new(&[0_i8, -1, 0]), 1);
    refused(Column::new(&[0_i16, 1, i16::MIN]), 2);
    refused(Column::new(&[3_i32, 1, 0]), 0);
    refused(Column::new(&[0, 1_i64 << 32, -1]), 1);
    refused(Column::new(&[0, 0, i64::MIN]), 2);
    refused(Column::new(&[0, 0, u64::MAX]), 2);
    refused(Column::new(&[0, 1 << 63_u64, 3_u64]), 1);
    refused(Column::new(&[0, u32::MAX, 0]), 1);
    refused(Column::new(&[u8::MAX, 0, 0]), 0);
    // Were they unsigned, these would be some of the groups.
    let mut many = vec![UNTOUCHED; 70_000];
    for ids in [Column::new(&[0_i8, 0, -1]), Column::new(&[0_i16, 0, -1])] {
        let found = values.group(&ids, Statistic::Sum, &mut many);
        assert_eq!(found, Err(GroupError::NoGroup { row: 2 }));
    }
    // Skipped values have ids, and missing ids are not looked at.
    refused(Column::new(&[0, 1, 3_u8]).with_bytes(&[1, 0, 1]), 2);
    let nan = Column::new(&[1.0, f64::NAN, 4.0]).skip_nan();
    let ids = Column::new(&[0, 9, 1_u8]);
    let found = nan.group(&ids, Statistic::Sum, &mut results);
    assert_eq!(found, Err(GroupError::NoGroup { row: 1 }));
    let found = nan.group(&ids.with_bytes(&[1, 0, 1]), Statistic::Sum, &mut results);
    assert_eq!((found, results), (Ok(()), [1.0, 4.0, 0.0]));

    let floats = Column::new(&[0.0_f32, 1.0, 2.0]);
    let found = values.group(&floats, Statistic::Count, &mut results);
    assert_eq!(found, Err(GroupError::NotIntegers));
    // There is no group 0 either.
    let found = values.group(&Column::new(&[0_u8; 3]), Statistic::Sum, &mut [0.0; 0]);
    assert_eq!(found, Err(GroupError::NoGroup { row: 0 }));
    let missing = Column::new(&[0_u8; 3]).with_bytes(&[0; 3]);
    assert_eq!(
        values.group(&missing, Statistic::Sum, &mut [0.0; 0]),
        Ok(())
    );
}

/// More groups than rows, and rows of each group that are far apart.
#[test]
fn millions_of_groups() {
    const GROUPS: usize = 3_000_000;
    let mut random = Random::new(14);
    let rows = 400_000;
    let ids: Vec<u32> = (0..rows)
        .map(|row| (row as u64 * 2_654_435_761 % GROUPS as u64) as u32)
        .chain(
            (0..rows).map(|row| ((rows - row - 1) as u64 * 2_654_435_761 % GROUPS as u64) as u32),
        )
        .collect();
    // Pairs that cancel but for a known rest.
    let half: Vec<i64> = (0..rows).map(|_| random.bits() as i64 >> 12).collect();
    let values: Vec<f64> = half
        .iter()
        .map(|&value| value as f64)
        .chain((0..rows).map(|row| 1.0 - half[rows - row - 1] as f64))
        .collect();
    let mut results = vec![UNTOUCHED; GROUPS];
    for (what, expected) in [
        (Statistic::Sum, 1.0),
        (Statistic::Mean, 0.5),
        (Statistic::Count, 2.0),
    ] {
        let columns = (Column::new(&values), Column::new(&ids));
        let found = columns.0.group(&columns.1, what, &mut results);
        assert_eq!(found, Ok(()));
        let mut there = 0;
        for &result in &results {
            let empty = if what == Statistic::Mean {
                result.is_nan()
            } else {
                result == 0.0
            };
            assert!(empty || result == expected, "{what:?}: {result}");
            there += usize::from(!empty);
        }
        assert_eq!(there, rows);
    }
}

/// The same bits on several threads, which share out rows, or groups, or both.
#[test]
fn threads_change_nothing_in_groups() {
    let mut random = Random::new(15);
    let count = 700_000;
    let wide = |random: &mut Random| f64::from_bits(random.bits() & !(3 << 61)) * random.sign();
    let data = [
        (0..count).map(|_| random.unit() - 0.25).collect::<Vec<_>>(),
        (0..count).map(|_| wide(&mut random)).collect(),
        (0..count)
            .map(|row| {
                [1e300, f64::NAN, -0.0, 1.0, 7.5, 0.1][if row % 50_000 == 3 {
                    random.below(3)
                } else {
                    3 + row % 3
                }]
            })
            .collect(),
    ];
    let integers: Vec<i64> = (0..count).map(|_| random.bits() as i64).collect();
    for groups in [1, 7, 5000, 600_000] {
        let mut ids: Vec<u32> = (0..count).map(|_| random.below(groups) as u32).collect();
        for sorted in [false, true] {
            if sorted {
                ids.sort_unstable();
            }
            let ids = Column::new(&ids);
            for (number, values) in data.iter().enumerate() {
                let values = Column::new(values);
                for what in [
                    Statistic::Sum,
                    Statistic::Mean,
                    Statistic::Variance { ddof: 1 },
                    Statistic::Count,
                ] {
                    let mut one = vec![UNTOUCHED; groups];
                    let mut several = one.clone();
                    assert_eq!(values.group(&ids, what, &mut one), Ok(()));
                    let bits =
                        |results: &[f64]| results.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
                    let found = values.group_parallel(&ScopedThreads(3), &ids, what, &mut several);
                    assert_eq!(found, Ok(()));
                    assert!(
                        bits(&one) == bits(&several),
                        "{what:?}, {groups}, {sorted}, {number}"
                    );
                    several.fill(UNTOUCHED);
                    let found = values.group_parallel(&InTurn, &ids, what, &mut several);
                    assert_eq!(found, Ok(()));
                    assert!(
                        bits(&one) == bits(&several),
                        "{what:?}, {groups}, {sorted}, {number}"
                    );
                }
            }
            let (mut one, mut several) = (vec![3; groups], vec![4; groups]);
            let values = Column::new(&integers);
            let found = values.group_sum_i64(&ids, &mut one);
            assert!(found.is_ok());
            assert_eq!(
                values.group_sum_i64_parallel(&ScopedThreads(3), &ids, &mut several),
                found
            );
            assert_eq!(one, several);
        }
    }
}
