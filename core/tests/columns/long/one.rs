//! Statistics of one column, and columns added to states and taken out.

use num_bigint::BigInt;
use num_traits::ToPrimitive;
use tally_core::{Accumulator, Decimal, Moments, Stored, ValueError};

use super::ddof;
use crate::cells::agree;
use crate::facts::{Facts, Sum};
use crate::layouts::{self, Laid};
use crate::support::decimals::{self, POINT, ten_to};
use crate::support::long::{Inputs, LONG, SHORT, length, on_each_isa, rounds};
use crate::support::moments::MomentsOracle;
use crate::support::oracle::Oracle;
use crate::support::products::ProductOracle;
use crate::support::random::Random;

const VERBS: [&str; 13] = [
    "count",
    "sum",
    "sum_i64",
    "mean",
    "norm",
    "variance",
    "standard_deviation",
    "accumulator add_column",
    "accumulator subtract_column",
    "moments add_column",
    "moments subtract_column",
    "decimal add_column",
    "decimal subtract_column",
];

fn check(wanted: u64) {
    rounds("columns::long::one", 1, wanted, &VERBS, |random, inputs| {
        let number = random.below(crate::types::TYPES);
        let count = length(random);
        let laid = layouts::any(random, number, count);
        let facts = Facts::of(&laid.cells);
        check_statistics(random, inputs, &laid, &facts);
        check_integers(inputs, &laid, &facts);
        check_states(random, inputs, &laid, &facts);
        if laid.is_integers {
            check_decimals(random, inputs, &laid, &facts);
        }
    });
}

fn check_statistics(random: &mut Random, inputs: &mut Inputs, laid: &Laid, facts: &Facts) {
    let (of_variance, of_deviation) = (ddof(random), ddof(random));
    let expected = [
        facts.sum(),
        facts.mean(),
        facts.norm(),
        facts.variance(of_variance),
        facts.standard_deviation(of_deviation),
    ];
    let verbs = ["sum", "mean", "norm", "variance", "standard_deviation"];
    on_each_isa(|isa| {
        let column = laid.column();
        assert_eq!(column.count(), facts.count() as u64, "{}", laid.name);
        let found = [
            column.sum(),
            column.mean(),
            column.norm(),
            column.variance(of_variance),
            column.standard_deviation(of_deviation),
        ];
        for ((verb, found), expected) in verbs.iter().zip(found).zip(expected) {
            assert!(
                agree(found, expected),
                "{verb}: {found:?} for {expected:?} of {}, {of_variance} {of_deviation}, {}",
                laid.name,
                isa.name()
            );
        }
    });
    inputs.count("count");
    verbs.iter().for_each(|verb| inputs.count(verb));
}

/// The total of integers.
fn integer(sum: &Sum) -> BigInt {
    &sum.total >> 1074_u32
}

fn check_integers(inputs: &mut Inputs, laid: &Laid, facts: &Facts) {
    let total = integer(&facts.sum);
    let expected = match (laid.is_integers, total.to_i64()) {
        (false, _) => Err(ValueError::NotIntegers),
        (true, Some(total)) => Ok(total),
        (true, None) => Err(ValueError::Overflow {
            negative: total < BigInt::ZERO,
        }),
    };
    on_each_isa(|isa| {
        let found = laid.column().sum_i64();
        assert_eq!(found, expected, "{}, {}", laid.name, isa.name());
    });
    if laid.is_integers {
        inputs.count("sum_i64");
    }
}

/// What an oracle holds beside some values.
fn joined(mut oracle: Oracle, sum: &Sum) -> Oracle {
    oracle.total += &sum.total;
    for (counter, by) in oracle.counters.iter_mut().zip(sum.counters()) {
        *counter += by;
    }
    oracle
}

fn check_states(random: &mut Random, inputs: &mut Inputs, laid: &Laid, facts: &Facts) {
    let kept: Vec<f64> = (0..random.below(3))
        .map(|_| f64::from_bits(random.bits()))
        .collect();
    let before = Oracle::of(&kept);
    let squares_before = ProductOracle::of(&kept, &kept);
    let sum = joined(before.clone(), &facts.sum);
    let words = sum.words();
    let squares = ProductOracle {
        total: &squares_before.total + &facts.squares.total,
        ..ProductOracle::default()
    };
    let moments_words = MomentsOracle { sum, squares }.words();
    let moments_before = MomentsOracle {
        sum: before.clone(),
        squares: squares_before,
    };
    let (words_before, moments_before) = (before.words(), moments_before.words());
    on_each_isa(|isa| {
        let name = || format!("{}, {}", laid.name, isa.name());
        let column = laid.column();
        let mut state = Accumulator::new();
        state.add_f64(&kept);
        state.add_column(&column);
        assert_eq!(state.to_words(), Ok(words), "{}", name());
        state.subtract_column(&column);
        assert_eq!(state.to_words(), Ok(words_before), "{}", name());

        let mut moments = Moments::new();
        moments.add_f64(&kept);
        moments.add_column(&column);
        assert_eq!(moments.to_words(), Ok(moments_words), "{}", name());
        moments.subtract_column(&column);
        assert_eq!(moments.to_words(), Ok(moments_before), "{}", name());
    });
    for verb in &VERBS[7..11] {
        inputs.count(verb);
    }
}

fn check_decimals(random: &mut Random, inputs: &mut Inputs, laid: &Laid, facts: &Facts) {
    let any = random.below(343);
    // Those above 342 count as 342.
    let scale = random.pick(&[0, 1, 2, 18, 304, 341, 342, 343, any]);
    let kept = decimals::word(random);
    let before = decimals::Oracle::of(std::slice::from_ref(&kept));
    let mut sum = before.clone();
    let mut rest = before.clone();
    if facts.count() > 0 {
        let places = (scale as i64).min(POINT);
        sum.total += integer(&facts.sum) * ten_to(POINT - places);
        sum.counters[0] += facts.count() as i64;
        sum.scale = sum.scale.max(places);
        rest.scale = sum.scale;
    }
    on_each_isa(|isa| {
        let name = || format!("{kept}, {scale}, {}, {}", laid.name, isa.name());
        let mut state = Decimal::new();
        state.add_word(kept.as_bytes()).expect(&kept);
        let done = state.add_column(&laid.column(), scale as u16);
        assert_eq!(done, Ok(()), "{}", name());
        assert_eq!(state.to_words(), Ok(sum.words()), "{}", name());
        let done = state.subtract_column(&laid.column(), scale as u16);
        assert_eq!(done, Ok(()), "{}", name());
        assert_eq!(state.to_words(), Ok(rest.words()), "{}", name());
    });
    inputs.count("decimal add_column");
    inputs.count("decimal subtract_column");
}

#[test]
fn columns() {
    check(SHORT);
}

#[test]
#[ignore = "takes minutes: make check-exact-long"]
fn a_hundred_thousand_columns() {
    check(LONG);
}
