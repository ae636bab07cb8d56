//! How the totals of groups are kept: in windows or two doubles each, and values apart.

use tally_core::{Column, Isa, Statistic};

use super::cells::Cell;
use super::groups::{ALONE, UNTOUCHED, check, expected};
use crate::support::random::Random;

/// Values of few groups in random order, from about as many binades as two totals in doubles
/// hold to more than these hold, with and without values that are none of theirs.
#[test]
fn few_groups_of_many_rows() {
    let mut random = Random::new(19);
    for round in 0..60 {
        let groups = [1, 2, 30, 300][round % 4];
        let rows = 2000 + random.below(38_000);
        let binades = [0, 4, 16, 22, 26, 34, 50][random.below(7)];
        let top = [0, 0, 40, -960, 960][random.below(5)];
        let mixed = random.one_in(2);
        let odd = [5e-324, -0.0, f64::NAN, f64::INFINITY, 1e300, 1e-300][random.below(6)];
        let others = random.one_in(2);
        let mut values = Vec::new();
        for _ in 0..rows {
            let exponent = top - random.between(0, binades + 1);
            let size = (1.0 + random.unit()) * 2_f64.powi(exponent);
            let sign = if mixed { random.sign() } else { 1.0 };
            let is_other = others && random.one_in(rows / 2);
            values.push(if is_other { odd } else { sign * size });
        }
        let ids: Vec<u16> = (0..rows).map(|_| random.below(groups) as u16).collect();
        let cells: Vec<Cell> = values.iter().map(|&value| Cell::of_double(value)).collect();
        let mut of_groups = vec![Vec::new(); groups];
        for (&id, cell) in ids.iter().zip(&cells) {
            of_groups[usize::from(id)].push(cell);
        }
        for what in [Statistic::Sum, Statistic::Mean] {
            let expected: Vec<u64> = of_groups
                .iter()
                .map(|cells| expected(what, cells))
                .collect();
            for isa in Isa::available() {
                let mut results = vec![UNTOUCHED; groups];
                let (values, ids) = (Column::new(&values), Column::new(&ids));
                let found = values.group_on(isa, &ALONE, &ids, what, &mut results);
                assert_eq!(found, Ok(()));
                let results: Vec<u64> = results.iter().map(|result| result.to_bits()).collect();
                assert_eq!(
                    results,
                    expected,
                    "{what:?}, round {round}: {rows} rows in {groups} groups, {binades} binades \
                     below 2^{top}, with {odd:e}: {others}; {}",
                    isa.name()
                );
            }
        }
    }
}

/// Nothing but negative zeros sets these groups apart.
#[test]
fn groups_of_negative_zeros() {
    let values = Column::new(&[1.0, -0.0, -0.0, 2.0, -0.0, 0.0]);
    let ids = Column::new(&[0_u8, 1, 1, 2, 3, 3]);
    let mut results = [UNTOUCHED; 5];
    for what in [Statistic::Sum, Statistic::Mean] {
        let found = values.group(&ids, what, &mut results);
        assert_eq!(found, Ok(()));
        assert_eq!(results[..4], [1.0, 0.0, 2.0, 0.0]);
        let negative = results[..4].iter().map(|result| result.is_sign_negative());
        assert!(negative.eq([false, true, false, false]), "{what:?}");
    }
}

/// One group has too many values outside the window of the first block: the sums of all
/// groups are given up.
#[test]
fn many_apart() {
    let count = 600_000_u32;
    let large = 2.0_f64.powi(200);
    for every in [2, 5, 9] {
        let is_large = |row: u32| row > 2000 && row.is_multiple_of(every);
        let group = |row: u32| if is_large(row) { 0 } else { 1 + row % 10 };
        let value = |row: u32| if is_large(row) { large } else { 1.0 };
        let ids: Vec<u32> = (0..count).map(group).collect();
        let values: Vec<f64> = (0..count).map(value).collect();
        let mut results = [UNTOUCHED; 11];
        let found = Column::new(&values).group(&Column::new(&ids), Statistic::Sum, &mut results);
        assert_eq!(found, Ok(()));
        for (group, result) in (0..).zip(results) {
            let count = ids.iter().filter(|&&id| id == group).count() as f64;
            let expected = if group == 0 { count * large } else { count };
            assert_eq!(result, expected, "{group}, {every}");
        }
    }
}

/// A few values that spoil nothing but their own groups: outside the range of exponents of
/// the first ones, negative zeros, infinities and NaN.
#[test]
fn groups_apart() {
    let mut random = Random::new(13);
    let odd = [
        -0.0,
        f64::INFINITY,
        f64::NEG_INFINITY,
        -f64::NAN,
        1e300,
        -1e300,
        f64::MAX,
        5e-324,
        1e-300,
        f64::from_bits((1 << 52) - 1),
        f64::MIN_POSITIVE,
    ];
    for round in 0..120 {
        let (groups, count) = (300, 9000);
        let shift = random.between(-1000, 960);
        let spread = [0, 20, 45, 60][round % 4];
        let mut values: Vec<f64> = (0..count)
            .map(|_| {
                let power = shift + random.between(0, spread);
                random.sign()
                    * random.unit()
                    * 2.0_f64.powi(power / 2)
                    * 2.0_f64.powi(power - power / 2)
            })
            .collect();
        let ids: Vec<u16> = (0..count).map(|_| random.below(groups) as u16).collect();
        for _ in 0..[0, 1, 30, 5000][random.below(4)] {
            let row = random.below(count);
            values[row] = random.pick(&odd);
        }
        if random.one_in(3) {
            // The first ones say little, or what is not so.
            let first = random.pick(&odd);
            values[..1930].fill(first);
        }
        let cells: Vec<Cell> = values.iter().map(|&value| Cell::of_double(value)).collect();
        let id_cells: Vec<Cell> = ids.iter().map(|&id| Cell::of_integer(id)).collect();
        let columns = (Column::new(&values), Column::new(&ids));
        let name = format!("shift {shift}, spread {spread}, round {round}");
        check((columns.0, &cells), (columns.1, &id_cells), groups, &name);
    }
}

/// Sums of as many of the largest values as there may be of one window.
#[test]
fn totals_at_the_edges_of_two_words() {
    for value in [1.9999999999999998, -1.9999999999999998, 1.0] {
        for count in [1, 2, 3, 4096, 70_000] {
            for low in [1.0, 2.0_f64.powi(-17), 2.0_f64.powi(-40), 2.0_f64.powi(-52)] {
                let mut values = vec![value; count];
                values.push(low);
                let ids: Vec<i64> = (0..=count as i64).map(|row| row % 2).collect();
                let cells: Vec<Cell> = values.iter().map(|&value| Cell::of_double(value)).collect();
                let id_cells: Vec<Cell> = ids.iter().map(|&id| Cell::of_integer(id)).collect();
                let name = format!("{count} of {value} and {low}");
                let columns = (Column::new(&values), Column::new(&ids));
                check((columns.0, &cells), (columns.1, &id_cells), 3, &name);
            }
        }
    }
}
