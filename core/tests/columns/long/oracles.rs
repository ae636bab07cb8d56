//! The quick oracles are the plain ones.

use num_bigint::BigUint;

use crate::cells::{self, Answer, Cell, agree};
use crate::facts::{Facts, PairFacts};
use crate::layouts;
use crate::support::moments::nearest_root;
use crate::support::oracle::{F64, nearest, worth};
use crate::support::quotient::{nearest_quotient, nearest_root_of_quotient};
use crate::support::random::Random;
use crate::types::TYPES;

fn big(random: &mut Random) -> BigUint {
    let words = random.below(5);
    let mut number = BigUint::from(random.bits() >> random.below(64));
    for _ in 0..words {
        number = (number << 64_u32) + random.bits();
    }
    number
}

/// Quotients of any size, ties and their neighbours, and the ends of the range.
#[test]
fn quotients_are_rounded_by_distances() {
    let mut random = Random::new(71);
    for round in 0..20_000 {
        let (mut numerator, mut divisor) = (big(&mut random), big(&mut random) + 1_u8);
        let mut exponent = i64::from(random.between(-1500, 1300));
        if round % 2 == 0 {
            // Halfway between two doubles, or next to that.
            let pattern = random.bits() % f64::INFINITY.to_bits();
            let by = BigUint::from(random.bits() | 1) << random.below(200);
            let both = worth(pattern, F64) + worth(pattern + 1, F64);
            numerator = both * &by + random.below(3) - 1_u8;
            divisor = by * 2_u8 + u8::from(random.one_in(9));
            exponent = -1074;
        }
        // In units of 2^-1074 for the plain one.
        let plain = |power: i64| {
            let up = (exponent + power).max(0) as u64;
            let down = (-(exponent + power)).max(0) as u64;
            (&numerator << up, &divisor << down)
        };
        let (over, under) = plain(1074);
        assert_eq!(
            nearest_quotient(&numerator, &divisor, exponent),
            nearest(&over, &under, F64),
            "{numerator}/{divisor}*2^{exponent}"
        );
        if round % 20 < 2 {
            let (over, under) = plain(2148);
            assert_eq!(
                nearest_root_of_quotient(&numerator, &divisor, exponent),
                nearest_root(&over, &under),
                "root of {numerator}/{divisor}*2^{exponent}"
            );
        }
    }
}

fn check(what: &str, found: Answer, expected: Answer, name: &str) {
    assert!(
        agree(found, expected),
        "{what}: {found:?} for {expected:?} of {name}"
    );
}

fn there(cells: &[Cell]) -> Vec<&Cell> {
    let is_there = |cell: &&Cell| !matches!(cell, Cell::Skipped);
    cells.iter().filter(is_there).collect()
}

#[test]
fn facts_of_one_column_are_those_of_the_definitions() {
    let mut random = Random::new(72);
    for round in 0..3000 {
        let count = random.below(20);
        let laid = layouts::any(&mut random, round, count);
        let from = random.below(laid.cells.len() + 1);
        let so_far = Facts::so_far(&laid.cells);
        let facts = so_far[laid.cells.len()].less(&so_far[from]);
        assert_eq!(facts, Facts::of(&laid.cells[from..]), "{}", laid.name);
        let cells = there(&laid.cells[from..]);
        assert_eq!(facts.count(), cells.len());
        let ddof = random.below(3);
        for (what, found, expected) in [
            ("sum", facts.sum(), cells::total(&cells)),
            ("mean", facts.mean(), cells::mean(&cells)),
            ("norm", facts.norm(), cells::norm(&cells)),
            (
                "variance",
                facts.variance(ddof as u64),
                cells::variance(&cells, ddof),
            ),
            (
                "deviation",
                facts.standard_deviation(ddof as u64),
                cells::standard_deviation(&cells, ddof),
            ),
        ] {
            check(what, found, expected, &laid.name);
        }
    }
}

#[test]
fn facts_of_pairs_are_those_of_the_definitions() {
    let mut random = Random::new(73);
    for round in 0..2000 {
        let count = random.below(20);
        let other = random.below(TYPES);
        let x = layouts::any(&mut random, round, count);
        let y = if random.one_in(2) {
            layouts::weights(&mut random, other, count)
        } else {
            layouts::any(&mut random, other, count)
        };
        let from = random.below(count + 1);
        let so_far = PairFacts::so_far(&x.cells, &y.cells);
        let facts = so_far[count].less(&so_far[from]);
        let name = format!("{}; {}", x.name, y.name);
        assert_eq!(
            facts,
            PairFacts::of(&x.cells[from..], &y.cells[from..]),
            "{name}"
        );
        let pairs = cells::pairs(&x.cells[from..], &y.cells[from..]);
        let ddof = random.below(3);
        for (what, found, expected) in [
            ("dot", facts.dot(), cells::dot(&pairs)),
            (
                "covariance",
                facts.covariance(ddof as u64),
                cells::covariance(&pairs, ddof),
            ),
            (
                "correlation",
                facts.correlation(),
                cells::correlation(&pairs),
            ),
            (
                "weighted mean",
                facts.weighted_mean(),
                cells::weighted_mean(&pairs),
            ),
            (
                "weighted variance",
                facts.weighted_variance(ddof as u64),
                cells::weighted_variance(&pairs, ddof),
            ),
        ] {
            check(what, found, expected, &name);
        }
        match (facts.linear_fit(), cells::linear_fit(&pairs)) {
            (Ok(found), Ok(expected)) => {
                for (found, expected) in found.into_iter().zip(expected) {
                    check("line", found, expected, &name);
                }
            }
            (found, expected) => assert_eq!(found.err(), expected.err(), "{name}"),
        }
    }
}
