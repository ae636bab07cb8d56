//! What a state is asked for where it lies.

use num_bigint::{BigInt, BigUint};
use num_traits::ToPrimitive;
use tally_core::{Accumulator, Moments, ProductAccumulator, Stored};

use crate::hostile::{
    DAMAGED, LARGEST, Layout, MOMENTS, NUMBERS, PRODUCTS, in_memory, integer, is_negative,
    limbs_of, near_a_tie, words,
};
use crate::support::oracle::{F32, F64, nearest};
use crate::support::random::Random;

type Question<R> = fn(&[[u8; 8]]) -> Option<R>;

/// What can be asked of a kind of state in which 1 is 2^`one` units.
struct Asked {
    layout: Layout,
    one: usize,
    value_f64: Question<f64>,
    value_f32: Question<f32>,
    mean_f64: Question<f64>,
    value_i64: Question<i64>,
    value_u64: Question<u64>,
    value_i128: Question<i128>,
}

const ASKED: [Asked; 3] = [
    Asked {
        layout: NUMBERS,
        one: 1074,
        value_f64: Accumulator::value_f64_in_place,
        value_f32: Accumulator::value_f32_in_place,
        mean_f64: Accumulator::mean_f64_in_place,
        value_i64: Accumulator::value_i64_in_place,
        value_u64: Accumulator::value_u64_in_place,
        value_i128: Accumulator::value_i128_in_place,
    },
    Asked {
        layout: PRODUCTS,
        one: 2148,
        value_f64: ProductAccumulator::value_f64_in_place,
        value_f32: ProductAccumulator::value_f32_in_place,
        mean_f64: ProductAccumulator::mean_f64_in_place,
        value_i64: ProductAccumulator::value_i64_in_place,
        value_u64: ProductAccumulator::value_u64_in_place,
        value_i128: ProductAccumulator::value_i128_in_place,
    },
    // Moments begin as accumulators do.
    Asked {
        layout: MOMENTS,
        one: 1074,
        value_f64: Accumulator::value_f64_in_place,
        value_f32: Accumulator::value_f32_in_place,
        mean_f64: Accumulator::mean_f64_in_place,
        value_i64: Accumulator::value_i64_in_place,
        value_u64: Accumulator::value_u64_in_place,
        value_i128: Accumulator::value_i128_in_place,
    },
];

/// Asks everything; returns how many questions had answers.
fn ask(asked: &Asked, words: &[u64]) -> usize {
    let state = in_memory(words);
    let counters = asked.layout.counters(words);
    let is_finite = asked.layout.is_state(words) && counters[2..] == [0, 0, 0];
    let total = integer(&words[..asked.layout.limbs]);
    let negative = is_negative(&total, counters);
    let report = || format!("{words:#x?}");

    let unit = BigUint::from(1_u8) << (asked.one - 1074);
    let rounded = |divisor: u64, format| {
        let bits = nearest(total.magnitude(), &(&unit * divisor), format);
        bits.filter(|_| is_finite)
    };
    let f64_of = |bits: Option<u64>| bits.map(|bits| bits | u64::from(negative) << 63);
    let value = (asked.value_f64)(&state).map(f64::to_bits);
    assert_eq!(value, f64_of(rounded(1, F64)), "{}", report());
    let value_f32 = (asked.value_f32)(&state).map(|value| u64::from(value.to_bits()));
    let expected = rounded(1, F32).map(|bits| bits | u64::from(negative) << 31);
    assert_eq!(value_f32, expected, "{}", report());

    let mean = (asked.mean_f64)(&state).map(f64::to_bits);
    let count = counters[0] as i64;
    let in_use = words[..asked.layout.limbs]
        .iter()
        .rposition(|&limb| limb != 0);
    let expected = if count > 0 && in_use > Some(1) {
        f64_of(rounded(count as u64, F64))
    } else {
        None
    };
    assert_eq!(mean, expected, "{}", report());

    let one = BigInt::from(1) << asked.one;
    let whole = (is_finite && &total % &one == BigInt::ZERO).then(|| &total / &one);
    let i128_given = (asked.value_i128)(&state);
    if let Some(given) = i128_given {
        assert_eq!(whole, Some(BigInt::from(given)), "{}", report());
    } else if let Some(whole) = &whole {
        // Nothing of the range of 64 bits is left to the general way.
        assert!(whole.magnitude().bits() > 64, "{}", report());
    }
    let i64_given = (asked.value_i64)(&state);
    let expected = whole.as_ref().and_then(ToPrimitive::to_i64);
    assert_eq!(i64_given, expected, "{}", report());
    let u64_given = (asked.value_u64)(&state);
    let expected = whole.as_ref().and_then(ToPrimitive::to_u64);
    assert_eq!(u64_given, expected, "{}", report());
    [
        value.is_some(),
        value_f32.is_some(),
        mean.is_some(),
        i128_given.is_some(),
    ]
    .iter()
    .filter(|&&answered| answered)
    .count()
}

#[test]
fn any_words_give_what_they_say_or_nothing() {
    let mut random = Random::new(701);
    let mut answered = 0;
    for round in 0..60_000 {
        let asked = &ASKED[round % ASKED.len()];
        let words = words(&mut random, asked.layout);
        answered += ask(asked, &words);
    }
    assert!(answered > 40_000, "only {answered}: not a fair test");
}

#[test]
fn limbs_below_decide_ties_at_every_position() {
    let mut random = Random::new(702);
    for round in 0..60_000 {
        let asked = &ASKED[round % ASKED.len()];
        let precision = random.pick(&[24, 53]);
        ask(asked, &near_a_tie(&mut random, asked.layout, precision));
    }
}

/// A state of this total and this count of values.
fn state_of(layout: Layout, total: &BigInt, count: u64) -> Vec<u64> {
    let mut words = limbs_of(total, layout.limbs).expect("in range");
    words.resize(layout.words, 0);
    words[layout.limbs] = count;
    words
}

#[test]
fn integers_of_up_to_64_bits_and_around_them() {
    let mut random = Random::new(703);
    for round in 0..30_000 {
        let asked = &ASKED[round % ASKED.len()];
        let size = random.below(80) as u32;
        let bits = BigInt::from(random.bits()) * BigInt::from(random.bits());
        let mut total = bits >> (128 - size);
        if random.one_in(2) {
            total = BigInt::from(1) << size.max(1);
        }
        total += random.between(-1, 1);
        total = (total << asked.one) * random.pick(&[1, -1]);
        if random.one_in(4) {
            total += BigInt::from(random.pick(&[1, -1])) << random.below(asked.one);
        }
        ask(asked, &state_of(asked.layout, &total, 1));
    }
}

#[test]
fn quotients_next_to_a_tie() {
    let mut random = Random::new(704);
    for round in 0..30_000 {
        let asked = &ASKED[round % ASKED.len()];
        let count = match random.below(3) {
            0 => 1 + random.bits() % 10,
            1 => LARGEST - random.bits() % 3,
            _ => 1 + (random.bits() >> (1 + random.below(63))),
        };
        let tie = (BigInt::from(random.bits() >> 11 | 1 << 52) * 2) + 1;
        let position = random.below(64 * (asked.layout.limbs - 4));
        let mut total: BigInt = (tie * count) << position;
        if random.one_in(2) {
            total += BigInt::from(random.pick(&[1, -1])) << random.below(position + 1);
        }
        if random.one_in(2) {
            total = -total;
        }
        ask(asked, &state_of(asked.layout, &total, count));
    }
}

#[test]
fn totals_at_both_ends_of_the_floats() {
    for asked in &ASKED {
        let least = BigInt::from(1) << (asked.one - 1074);
        let above = BigInt::from(1) << (asked.one + 1024);
        let half_unit = BigInt::from(1) << (asked.one + 970);
        let least_f32 = BigInt::from(1) << (asked.one - 149);
        let above_f32 = BigInt::from(1) << (asked.one + 128);
        let half_unit_f32 = BigInt::from(1) << (asked.one + 103);
        let middles = [
            BigInt::ZERO,
            &least / 2,
            &least * 3 / 2,
            &least_f32 / 2,
            &least_f32 * 3 / 2,
            &above - &half_unit,
            above,
            &above_f32 - &half_unit_f32,
            above_f32,
        ];
        for middle in &middles {
            for off in [-1, 0, 1] {
                for bit in [0, 1, 63, 64, 127, 128, 200, 900] {
                    let total: BigInt = middle + (BigInt::from(off) << bit);
                    for total in [total.clone(), -total] {
                        ask(asked, &state_of(asked.layout, &total, 3));
                    }
                }
            }
        }
    }
}

#[test]
fn a_zero_has_the_sign_of_its_values() {
    for asked in &ASKED {
        for counts in [
            [0, 0],
            [3, 3],
            [3, 2],
            [2, 3],
            [u64::MAX, u64::MAX],
            [DAMAGED, DAMAGED],
        ] {
            let mut words = state_of(asked.layout, &BigInt::ZERO, counts[0]);
            words[asked.layout.limbs + 1] = counts[1];
            ask(asked, &words);
        }
    }
}

#[test]
fn counts_are_those_of_states_and_of_nothing_else() {
    let mut random = Random::new(705);
    for round in 0..30_000 {
        let asked = &ASKED[round % ASKED.len()];
        let words = words(&mut random, asked.layout);
        let state = in_memory(&words);
        let counts = match round % ASKED.len() {
            0 => Accumulator::counts_in_place(&state),
            1 => ProductAccumulator::counts_in_place(&state),
            _ => Moments::counts_in_place(&state),
        };
        let given = counts.map(|(values, special)| {
            let [nan, positive] = [special.nan, special.positive_infinity];
            [values, nan, positive, special.negative_infinity].map(|count| count as u64)
        });
        let [values, _, nan, positive, negative] = asked.layout.counters(&words) else {
            panic!("five counters")
        };
        let expected = [*values, *nan, *positive, *negative];
        let expected = asked.layout.is_state(&words).then_some(expected);
        assert_eq!(given, expected, "{words:#x?}");
    }
}
