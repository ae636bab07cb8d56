//! A column of values, each added to the state of its group, from empty states.

use std::hint::black_box;

use crate::data::Data;
use crate::library;
use crate::measure::Answer::Rough;
use crate::measure::{Contestant, Effort, race};
use crate::names::*;
use crate::results::Row;

/// Values of a group, on average.
const A_GROUP: usize = 10;

/// `count` values over a tenth as many groups, in an order that no cache foresees.
pub(crate) fn groups(data: Data, count: usize, effort: Effort) -> Row {
    let values = data.make(count);
    let groups = count / A_GROUP;
    let ids = scrambled(count, groups);
    let mut small = library::SmallColumn::new(&ids, groups);
    let mut large = library::Column::new(&ids, groups);
    let mut one_by_one = library::Column::new(&ids, groups);
    let mut sums = vec![0.0; groups];
    let lanes = vec![
        Contestant::new(TALLY_SMALL, Rough, || {
            small.clear();
            small.add(black_box(&values));
            0
        }),
        Contestant::new(TALLY, Rough, || {
            large.clear();
            large.add(black_box(&values));
            0
        }),
        Contestant::new(TALLY_ADD_ONE, Rough, || {
            one_by_one.clear();
            one_by_one.add_each(black_box(&values));
            0
        }),
        Contestant::new(RUST_LOOP, Rough, || {
            sums.fill(0.0);
            for (&group, value) in ids.iter().zip(black_box(&values)) {
                sums[group] += value;
            }
            black_box(&sums);
            0
        }),
    ];
    Row {
        operation: GROUPS,
        values: count,
        data: data.name,
        timings: race(lanes, effort),
    }
}

/// The group of each value: multiples of a number that has no divisor in common with a
/// power of two, with some bits mixed.
fn scrambled(count: usize, groups: usize) -> Vec<usize> {
    let group = |row: u64| {
        let mixed = (row ^ row >> 7).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        ((u128::from(mixed) * groups as u128) >> 64) as usize
    };
    (0..count as u64).map(group).collect()
}
