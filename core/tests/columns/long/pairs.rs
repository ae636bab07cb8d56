//! Statistics of pairs of columns, and their products added to states.

use tally_core::{ProductAccumulator, Stored};

use super::ddof;
use crate::cells::agree;
use crate::facts::PairFacts;
use crate::layouts::{self, Laid};
use crate::support::long::{Inputs, LONG, SHORT, length, on_each_isa, rounds};
use crate::support::products::ProductOracle;
use crate::support::random::Random;
use crate::types::TYPES;

const VERBS: [&str; 9] = [
    "count_pairs",
    "dot",
    "covariance",
    "correlation",
    "weighted_mean",
    "weighted_variance",
    "linear_fit",
    "products add_columns",
    "products subtract_columns",
];

/// Two columns: of values without relation, on a line or nearly, or with weights.
pub(super) fn two(random: &mut Random, count: usize) -> (Laid, Laid) {
    let (number, other) = (random.below(TYPES), random.below(TYPES));
    match random.below(4) {
        0 | 1 => (
            layouts::any(random, number, count),
            layouts::weights(random, other, count),
        ),
        2 => (
            layouts::any(random, number, count),
            layouts::any(random, other, count),
        ),
        _ => {
            let scale = random.pick(&[1.0, 1e-3, 1e9]);
            let (slope, start) = (scale * random.unit(), random.pick(&[0.0, 1e6, -3.0]));
            let x: Vec<f64> = (0..count)
                .map(|_| start + random.below(1 << 20) as f64 / 1024.0)
                .collect();
            let mut y: Vec<f64> = x.iter().map(|x| slope * x - start).collect();
            if count > 0 && random.one_in(2) {
                let row = random.below(count);
                y[row] = f64::from_bits(y[row].to_bits() ^ 1 << random.below(60));
            }
            (
                layouts::of_doubles(random, number, &x, "a line's x"),
                layouts::of_doubles(random, other, &y, "a line's y"),
            )
        }
    }
}

fn check(wanted: u64) {
    rounds(
        "columns::long::pairs",
        2,
        wanted,
        &VERBS,
        |random, inputs| {
            let count = length(random);
            let (x, y) = two(random, count);
            let facts = PairFacts::of(&x.cells, &y.cells);
            check_statistics(random, inputs, (&x, &y), &facts);
            check_products(random, inputs, (&x, &y), &facts);
        },
    );
}

fn check_statistics(
    random: &mut Random,
    inputs: &mut Inputs,
    (x, y): (&Laid, &Laid),
    facts: &PairFacts,
) {
    let (of_covariance, of_variance) = (ddof(random), ddof(random));
    let expected = [
        facts.dot(),
        facts.covariance(of_covariance),
        facts.correlation(),
        facts.weighted_mean(),
        facts.weighted_variance(of_variance),
    ];
    let line = facts.linear_fit();
    on_each_isa(|isa| {
        let name = || {
            let isa = isa.name();
            format!(
                "{}; {}, {of_covariance} {of_variance}, {isa}",
                x.name, y.name
            )
        };
        let (x, y) = (x.column(), y.column());
        assert_eq!(x.count_pairs(&y), facts.count() as u64, "{}", name());
        let found = [
            x.dot(&y),
            x.covariance(&y, of_covariance),
            x.correlation(&y),
            x.weighted_mean(&y),
            x.weighted_variance(&y, of_variance),
        ];
        for ((verb, found), expected) in VERBS[1..].iter().zip(found).zip(expected) {
            assert!(
                agree(found, expected),
                "{verb}: {found:?} for {expected:?} of {}",
                name()
            );
        }
        let found = x.linear_fit(&y);
        match (found, line) {
            (Ok(found), Ok(expected)) => {
                let found = [found.slope, found.intercept, found.r_squared];
                for (found, expected) in found.into_iter().zip(expected) {
                    assert!(
                        agree(found, expected),
                        "line: {found:?} for {expected:?} of {}",
                        name()
                    );
                }
            }
            (found, expected) => assert_eq!(found.err(), expected.err(), "{}", name()),
        }
    });
    VERBS[..7].iter().for_each(|verb| inputs.count(verb));
}

fn check_products(
    random: &mut Random,
    inputs: &mut Inputs,
    (x, y): (&Laid, &Laid),
    facts: &PairFacts,
) {
    let kept: [f64; 2] = [0, 1].map(|_| f64::from_bits(random.bits()));
    let mut oracle = ProductOracle::default();
    oracle.add(kept[0], kept[1]);
    let words_before = oracle.words();
    oracle.total += &facts.products.total;
    for (counter, by) in oracle.counters.iter_mut().zip(facts.products.counters()) {
        *counter += by;
    }
    let words = oracle.words();
    on_each_isa(|isa| {
        let name = || format!("{}; {}, {}", x.name, y.name, isa.name());
        let (x, y) = (x.column(), y.column());
        let mut state = ProductAccumulator::new();
        state.add_one_f64(kept[0], kept[1]);
        state.add_columns(&x, &y);
        assert_eq!(state.to_words(), Ok(words), "{}", name());
        state.subtract_columns(&x, &y);
        assert_eq!(state.to_words(), Ok(words_before), "{}", name());
    });
    VERBS[7..].iter().for_each(|verb| inputs.count(verb));
}

#[test]
fn pairs() {
    check(SHORT);
}

#[test]
#[ignore = "takes minutes: make check-exact-long"]
fn a_hundred_thousand_pairs() {
    check(LONG);
}
