//! Every statistic of both axes of a matrix.

use tally_core::{Axis, Matrix};

use super::statistics;
use crate::facts::Facts;
use crate::layouts;
use crate::support::long::{LONG, SHORT, length, on_each_isa, rounds};
use crate::support::oracle::same;
use crate::support::random::Random;
use crate::types::TYPES;

const VERBS: [&str; 12] = [
    "sum of columns",
    "mean of columns",
    "variance of columns",
    "standard deviation of columns",
    "norm of columns",
    "count of columns",
    "sum of rows",
    "mean of rows",
    "variance of rows",
    "standard deviation of rows",
    "norm of rows",
    "count of rows",
];

fn shape(random: &mut Random) -> (usize, usize) {
    let elements = length(random);
    let one = random.below(elements + 3);
    let other = match random.below(3) {
        0 => elements / one.max(1),
        1 => random.pick(&[0, 1, 2, 3]).min(elements),
        _ => random.below(elements / one.max(1) + 1),
    };
    if random.one_in(2) {
        (one, other)
    } else {
        (other, one)
    }
}

fn check(wanted: u64) {
    rounds(
        "columns::long::axes",
        4,
        wanted,
        &VERBS,
        |random, inputs| {
            let (rows, columns) = shape(random);
            let number = random.below(TYPES);
            let laid = layouts::any(random, number, rows * columns);
            let mut of_columns = vec![Facts::default(); columns];
            let mut of_rows = vec![Facts::default(); rows];
            for (index, cell) in laid.cells.iter().enumerate() {
                of_columns[index % columns].add(cell);
                of_rows[index / columns].add(cell);
            }
            let statistics = statistics(random);
            let axes = [(Axis::Columns, of_columns), (Axis::Rows, of_rows)];
            for (side, (axis, facts)) in axes.into_iter().enumerate() {
                for (place, &(_, what)) in statistics.iter().enumerate() {
                    let expected: Vec<f64> =
                        facts.iter().map(|facts| facts.of_statistic(what)).collect();
                    on_each_isa(|isa| {
                        let matrix = Matrix::new(laid.column(), rows, columns);
                        let mut results = vec![0.5; facts.len()];
                        matrix.reduce_on(isa, axis, what, &mut results);
                        for (index, (&found, &expected)) in
                            results.iter().zip(&expected).enumerate()
                        {
                            assert!(
                                same(found, expected),
                                "{found:e} for {expected:e}: {what:?} of {axis:?} {index} of {rows} x {columns}, {}, {}",
                                isa.name(),
                                laid.name
                            );
                        }
                    });
                    inputs.count(VERBS[6 * side + place]);
                }
            }
        },
    );
}

#[test]
fn axes_of_matrices() {
    check(SHORT);
}

#[test]
#[ignore = "takes minutes: make check-exact-long"]
fn a_hundred_thousand_matrices() {
    check(LONG);
}
