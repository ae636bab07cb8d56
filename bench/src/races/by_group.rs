//! A statistic of each group of a column, in one call. Beside it, the plain loop that has a
//! sum for each group, or for variances two of them; and Python's libraries.

use std::hint::black_box;

use tally::api::batches::tally_statistic::{self, TALLY_SUM, TALLY_VARIANCE};

use super::python_peers;
use crate::array::Array;
use crate::data::{Random, UNIFORM};
use crate::library::{self, Present, column};
use crate::machine;
use crate::measure::Answer::Exact;
use crate::measure::{Contestant, Effort, NEAR, race};
use crate::names::*;
use crate::python::Python;
use crate::results::Row;

/// Numbers of groups, and what the statistics of so many are called.
const GROUPS: [(usize, [&str; 2]); 4] = [
    (10, [SUMS_OF_10, VARIANCES_OF_10]),
    (1000, [SUMS_OF_1000, VARIANCES_OF_1000]),
    (100_000, [SUMS_OF_100_000, VARIANCES_OF_100_000]),
    (1_000_000, [SUMS_OF_1_000_000, VARIANCES_OF_1_000_000]),
];

/// Those that two threads share.
const SHARED: [(usize, [&str; 2]); 2] = [
    (
        100_000,
        [SHARED_SUMS_OF_100_000, SHARED_VARIANCES_OF_100_000],
    ),
    (
        1_000_000,
        [SHARED_SUMS_OF_1_000_000, SHARED_VARIANCES_OF_1_000_000],
    ),
];

/// How many races they are.
pub(crate) const BY_GROUP: usize = 2 * GROUPS.len();
pub(crate) const BY_GROUP_ON_TWO: usize = 2 * SHARED.len();

/// Random rows of a number of groups.
struct Grouped {
    values: Array<f64>,
    ids: Vec<u32>,
    groups: usize,
}

impl Grouped {
    /// `count` uniform values.
    fn new(count: usize, groups: usize) -> Self {
        // One generator for both: two that begin alike would put like values together.
        let mut random = Random::new();
        let values: Vec<f64> = (0..count).map(|_| random.unit()).collect();
        let mut id = || random.below(groups as u64) as u32;
        Grouped {
            values: Array::new(&values),
            ids: (0..count).map(|_| id()).collect(),
            groups,
        }
    }

    fn hand_to(&self, python: Option<&Python>) {
        if let Some(python) = python {
            python.load("values", &self.values);
            python.load("groups", &self.ids);
        }
    }

    /// What Python is asked for.
    fn work(&self, what: tally_statistic) -> String {
        let what = if what == TALLY_SUM { "sum" } else { "variance" };
        format!("group_{what} {}", self.groups)
    }

    fn ours(&self, what: tally_statistic) -> impl FnMut(&mut [f64]) {
        let values = column(&self.values[..], 1, Present::All);
        let ids = column(&self.ids[..], 1, Present::All);
        move |results| library::group(&values, &ids, what, results)
    }

    fn ours_on_two(&self, what: tally_statistic) -> impl FnMut(&mut [f64]) {
        let values = column(&self.values[..], 1, Present::All);
        let ids = column(&self.ids[..], 1, Present::All);
        move |results| library::group_on_two(&values, &ids, what, results)
    }

    fn add_up(&self, totals: &mut [f64]) {
        totals.fill(0.0);
        for (&id, value) in self.ids.iter().zip(black_box(&self.values[..])) {
            totals[id as usize] += value;
        }
    }

    /// The means first, then the squares of the distances.
    fn variances(&self, counts: &mut [u64], means: &mut [f64], variances: &mut [f64]) {
        self.add_up(means);
        counts.fill(0);
        self.ids.iter().for_each(|&id| counts[id as usize] += 1);
        for (total, &count) in means.iter_mut().zip(&*counts) {
            *total /= count as f64;
        }
        variances.fill(0.0);
        for (&id, value) in self.ids.iter().zip(black_box(&self.values[..])) {
            let distance = value - means[id as usize];
            variances[id as usize] += distance * distance;
        }
        for (squares, &count) in variances.iter_mut().zip(&*counts) {
            *squares /= if count > 1 {
                (count - 1) as f64
            } else {
                f64::NAN
            };
        }
    }

    fn naive(&self, what: tally_statistic) -> Contestant<'_> {
        let groups = self.groups;
        if what == TALLY_SUM {
            let work = |totals: &mut [f64]| self.add_up(totals);
            return Contestant::writing(RUST_LOOP, NEAR, groups, work);
        }
        let (mut counts, mut means) = (vec![0; groups], vec![0.0; groups]);
        let work = move |results: &mut [f64]| self.variances(&mut counts, &mut means, results);
        Contestant::writing(RUST_LOOP, NEAR, groups, work)
    }
}

/// `count` uniform values in groups of random rows.
pub(crate) fn by_group(count: usize, python: Option<&Python>, effort: Effort) -> Vec<Row> {
    let mut rows = Vec::new();
    for (groups, names) in GROUPS {
        let grouped = Grouped::new(count, groups);
        grouped.hand_to(python);
        for (operation, what) in names.into_iter().zip([TALLY_SUM, TALLY_VARIANCE]) {
            let mut lanes = vec![
                Contestant::writing(TALLY, Exact, groups, grouped.ours(what)),
                grouped.naive(what),
            ];
            lanes.extend(python_peers(python, &grouped.work(what)));
            rows.push(row(operation, count, lanes, effort));
        }
    }
    rows
}

/// The same on two threads, by the clock on the wall and on any core.
pub(crate) fn by_group_on_two(count: usize, effort: Effort) -> Vec<Row> {
    machine::on_all_cores(|| {
        let python = Python::start(2);
        let mut rows = Vec::new();
        for (groups, names) in SHARED {
            let grouped = Grouped::new(count, groups);
            grouped.hand_to(python.as_ref());
            for (operation, what) in names.into_iter().zip([TALLY_SUM, TALLY_VARIANCE]) {
                let (one, two) = (grouped.ours(what), grouped.ours_on_two(what));
                let mut lanes = vec![
                    Contestant::writing_on_the_wall(TALLY, Exact, groups, one),
                    Contestant::writing_on_the_wall(TALLY_TWO, Exact, groups, two),
                ];
                // The others have one thread in any case.
                let mut peers = python_peers(python.as_ref(), &grouped.work(what));
                peers.retain(|peer| peer.name() == POLARS_TWO);
                lanes.extend(peers);
                rows.push(row(operation, count, lanes, effort));
            }
        }
        rows
    })
}

fn row(operation: &'static str, count: usize, lanes: Vec<Contestant<'_>>, effort: Effort) -> Row {
    Row {
        operation,
        values: count,
        data: UNIFORM.name,
        timings: race(lanes, effort),
    }
}
