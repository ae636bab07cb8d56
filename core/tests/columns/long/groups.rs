//! Every statistic of groups, and exact sums of integers.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};
use tally_core::{GroupError, ScopedThreads};

use super::statistics;
use crate::cells::Cell;
use crate::facts::Facts;
use crate::layouts::{self, Laid};
use crate::support::long::{Inputs, LONG, SHORT, length, on_each_isa, rounds};
use crate::support::oracle::same;
use crate::support::random::Random;
use crate::types::TYPES;

const VERBS: [&str; 7] = [
    "sum",
    "mean",
    "variance",
    "standard deviation",
    "norm",
    "count",
    "group_sum_i64",
];

const UNTOUCHED: f64 = -7.25;

const ALONE: ScopedThreads = ScopedThreads(1);

/// What each group adds up to, or the first row whose id is that of none.
fn groups(cells: &[Cell], ids: &[Cell], count: usize) -> Result<Vec<Facts>, GroupError> {
    let mut groups = vec![Facts::default(); count];
    for (row, (cell, id)) in cells.iter().zip(ids).enumerate() {
        if let Cell::Number(id, _) = id {
            let id: BigInt = id >> 1074_u32;
            let group = id.to_usize().and_then(|id| groups.get_mut(id));
            group.ok_or(GroupError::NoGroup { row })?.add(cell);
        }
    }
    Ok(groups)
}

fn check(wanted: u64) {
    rounds(
        "columns::long::groups",
        3,
        wanted,
        &VERBS,
        |random, inputs| {
            let number = random.below(TYPES);
            let count = length(random);
            let of_groups = random.pick(&[0, 1, 2, 3, 10, 127]);
            let values = layouts::any(random, number, count);
            let ids = layouts::ids(random, count, of_groups, 1 + 2 * count);
            let groups = groups(&values.cells, &ids.cells, of_groups);
            check_statistics(random, inputs, (&values, &ids), of_groups, &groups);
            check_integers(inputs, (&values, &ids), of_groups, &groups);
        },
    );
}

fn check_statistics(
    random: &mut Random,
    inputs: &mut Inputs,
    (values, ids): (&Laid, &Laid),
    count: usize,
    groups: &Result<Vec<Facts>, GroupError>,
) {
    for (verb, what) in statistics(random) {
        let expected = groups.as_ref().map(|groups| {
            let results = groups.iter().map(|facts| facts.of_statistic(what));
            results.collect::<Vec<f64>>()
        });
        let mut results = vec![UNTOUCHED; count];
        on_each_isa(|isa| {
            let name = || format!("{what:?}, {}; {}, {}", values.name, ids.name, isa.name());
            results.fill(UNTOUCHED);
            let (values, ids) = (values.column(), ids.column());
            let found = values.group_on(isa, &ALONE, &ids, what, &mut results);
            let expected = match &expected {
                Err(error) => {
                    assert_eq!(found, Err(**error), "{}", name());
                    assert!(
                        results.iter().all(|&result| result == UNTOUCHED),
                        "written, {}",
                        name()
                    );
                    return;
                }
                Ok(expected) => expected,
            };
            assert_eq!(found, Ok(()), "{}", name());
            for (group, (&found, &expected)) in results.iter().zip(expected).enumerate() {
                assert!(
                    same(found, expected),
                    "{found:e} for {expected:e}: group {group}, {}",
                    name()
                );
            }
        });
        inputs.count(verb);
    }
}

fn check_integers(
    inputs: &mut Inputs,
    (values, ids): (&Laid, &Laid),
    count: usize,
    groups: &Result<Vec<Facts>, GroupError>,
) {
    let mut outside = 0;
    let expected = groups.as_ref().map(|groups| {
        let totals = groups.iter().map(|facts| {
            let total: BigInt = &facts.sum.total >> 1074_u32;
            total.to_i64().unwrap_or_else(|| {
                outside += 1;
                if total.is_negative() {
                    i64::MIN
                } else {
                    i64::MAX
                }
            })
        });
        totals.collect::<Vec<i64>>()
    });
    on_each_isa(|isa| {
        let name = || format!("{}; {}, {}", values.name, ids.name, isa.name());
        let mut results = vec![17_i64; count];
        let found = values.column().group_sum_i64(&ids.column(), &mut results);
        let untouched = vec![17_i64; count];
        let (expected, sums) = match (&expected, values.is_integers) {
            (_, false) => (Err(GroupError::NotIntegerValues), &untouched),
            (Err(error), true) => (Err(**error), &untouched),
            (Ok(sums), true) => (Ok(outside), sums),
        };
        assert_eq!(found, expected, "{}", name());
        assert_eq!(results, *sums, "{}", name());
    });
    if values.is_integers {
        inputs.count("group_sum_i64");
    }
}

#[test]
fn groups_of_columns() {
    check(SHORT);
}

#[test]
#[ignore = "takes minutes: make check-exact-long"]
fn a_hundred_thousand_groupings() {
    check(LONG);
}
