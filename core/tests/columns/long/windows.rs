//! Every statistic of rolling windows, of one column and of two, and running totals.

use tally_core::{CumulativeSum, Window};

use super::pairs::two;
use super::{ddof, statistics};
use crate::facts::{Facts, PairFacts, placed};
use crate::layouts::{self, Laid};
use crate::support::long::{Inputs, LONG, SHORT, length, on_each_isa, rounds};
use crate::support::oracle::same;
use crate::support::random::Random;
use crate::types::TYPES;
use crate::windows::check_integer_totals;

const ROLLING: [&str; 8] = [
    "sum",
    "mean",
    "variance",
    "standard deviation",
    "norm",
    "count",
    "cumulative_sum",
    "cumulative_sum_i64",
];

const OF_PAIRS: [&str; 2] = ["covariance", "correlation"];

fn window(random: &mut Random, count: usize) -> Window {
    let size = match random.below(4) {
        0 => 1 + random.below(4),
        1 => count + random.below(3),
        2 => 1 + random.below(2 * count + 1),
        _ => 1 + random.below(40),
    };
    let size = size.max(1);
    Window {
        size,
        min_count: random.pick(&[0, 0, 1, 2, size]).min(size),
    }
}

fn compare(found: &[f64], expected: &[f64], name: &dyn Fn() -> String) {
    for (row, (&found, &expected)) in found.iter().zip(expected).enumerate() {
        assert!(
            same(found, expected),
            "{found:e} for {expected:e} in row {row}: {}",
            name()
        );
    }
}

fn check_one(wanted: u64) {
    rounds(
        "columns::long::windows",
        5,
        wanted,
        &ROLLING,
        |random, inputs| {
            let number = random.below(TYPES);
            let count = length(random);
            let laid = layouts::any(random, number, count);
            let so_far = Facts::so_far(&laid.cells);
            check_rolling(random, inputs, &laid, &so_far);
            check_totals(random, inputs, &laid, &so_far);
        },
    );
}

fn check_rolling(random: &mut Random, inputs: &mut Inputs, laid: &Laid, so_far: &[Facts]) {
    let count = laid.cells.len();
    let window = window(random, count);
    let facts: Vec<Facts> = (1..=count)
        .map(|end| so_far[end].less(&so_far[end.saturating_sub(window.size)]))
        .collect();
    for (verb, what) in statistics(random) {
        let expected: Vec<f64> = facts
            .iter()
            .map(|facts| match facts.count() < window.min_count {
                true => f64::NAN,
                false => facts.of_statistic(what),
            })
            .collect();
        let mut results = vec![0.5; count];
        on_each_isa(|isa| {
            results.fill(0.5);
            laid.column().rolling_on(isa, window, what, &mut results);
            let name = || format!("{what:?}, {window:?}, {}, {}", laid.name, isa.name());
            compare(&results, &expected, &name);
        });
        inputs.count(verb);
    }
}

fn check_totals(random: &mut Random, inputs: &mut Inputs, laid: &Laid, so_far: &[Facts]) {
    let count = laid.cells.len();
    let expected: Vec<f64> = so_far[1..]
        .iter()
        .map(|facts| placed(facts.sum()))
        .collect();
    let cut = random.below(count + 1);
    on_each_isa(|isa| {
        let name = || format!("cut at {cut}, {}, {}", laid.name, isa.name());
        let column = laid.column();
        let mut results = vec![0.5; count];
        column.cumulative_sum(&mut results);
        compare(&results, &expected, &name);
        results.fill(0.5);
        let mut sum = CumulativeSum::new();
        sum.add(&column.part(0..cut), &mut results[..cut]);
        sum.add(&column.part(cut..count), &mut results[cut..]);
        compare(&results, &expected, &name);
        check_integer_totals(column, &laid.cells, &laid.name);
    });
    inputs.count("cumulative_sum");
    if laid.is_integers {
        inputs.count("cumulative_sum_i64");
    }
}

fn check_pairs(wanted: u64) {
    rounds(
        "columns::long::windows of pairs",
        6,
        wanted,
        &OF_PAIRS,
        |random, inputs| {
            let count = length(random);
            let (x, y) = two(random, count);
            let (window, ddof) = (window(random, count), ddof(random));
            let so_far = PairFacts::so_far(&x.cells, &y.cells);
            let facts: Vec<PairFacts> = (1..=count)
                .map(|end| so_far[end].less(&so_far[end.saturating_sub(window.size)]))
                .collect();
            let expected = |of: &dyn Fn(&PairFacts) -> f64| -> Vec<f64> {
                let results = facts
                    .iter()
                    .map(|facts| match facts.count() < window.min_count {
                        true => f64::NAN,
                        false => of(facts),
                    });
                results.collect()
            };
            let covariances = expected(&|facts| placed(facts.covariance(ddof)));
            let correlations = expected(&|facts| placed(facts.correlation()));
            on_each_isa(|isa| {
                let name = || {
                    format!(
                        "{window:?}, ddof {ddof}, {}; {}, {}",
                        x.name,
                        y.name,
                        isa.name()
                    )
                };
                let (x, y) = (x.column(), y.column());
                let mut results = vec![0.5; count];
                x.rolling_covariance(&y, window, ddof, &mut results);
                compare(&results, &covariances, &name);
                results.fill(0.5);
                x.rolling_correlation(&y, window, &mut results);
                compare(&results, &correlations, &name);
            });
            OF_PAIRS.iter().for_each(|verb| inputs.count(verb));
        },
    );
}

#[test]
fn windows_and_running_totals() {
    check_one(SHORT);
}

#[test]
fn windows_of_pairs() {
    check_pairs(SHORT);
}

#[test]
#[ignore = "takes minutes: make check-exact-long"]
fn a_hundred_thousand_windows_and_running_totals() {
    check_one(LONG);
}

#[test]
#[ignore = "takes minutes: make check-exact-long"]
fn a_hundred_thousand_windows_of_pairs() {
    check_pairs(LONG);
}
