//! One value added to a state in place is what the general way makes of it, word
//! for word; where it is not that simple, nothing is changed and it says so.

use crate::support::oracle::Oracle;
use crate::support::random::Random;
use num_bigint::BigInt;
use tally_core::{Accumulator, STATE_WORDS, Stored};

const COUNT: usize = 34;
const STATUS: usize = 39;
const LARGEST: u64 = i64::MAX as u64;
/// No counter may be this.
const DAMAGED: u64 = 1 << 63;

/// The state with the value added, or taken out, by the general way; `None` if
/// there is no such state.
fn general(words: &[u64; STATE_WORDS], value: f64, subtract: bool) -> Option<[u64; STATE_WORDS]> {
    let mut accumulator = Accumulator::from_words(words).ok()?;
    if subtract {
        accumulator.subtract_one_f64(value);
    } else {
        accumulator.add_one_f64(value);
    }
    accumulator.to_words().ok()
}

/// The same of a state in memory.
fn long_way(state: [[u8; 8]; STATE_WORDS], value: f64, subtract: bool) -> [[u8; 8]; STATE_WORDS] {
    let words = general(&state.map(u64::from_ne_bytes), value, subtract);
    words.expect("in range").map(u64::to_ne_bytes)
}

/// Whether it was done in place. If so, as the general way does it.
fn check(words: &[u64; STATE_WORDS], value: f64, subtract: bool) -> bool {
    let mut state = words.map(u64::to_ne_bytes);
    let done = if subtract {
        Accumulator::add_one_in_place::<true>(&mut state, value)
    } else {
        Accumulator::add_one_in_place::<false>(&mut state, value)
    };
    let state = state.map(u64::from_ne_bytes);
    let report = || format!("{value:e} ({subtract}), {words:#x?}");
    if done {
        let expected = general(words, value, subtract);
        assert_eq!(Some(state), expected, "{}", report());
    } else {
        assert_eq!(state, *words, "changed, {}", report());
    }
    done
}

/// Adds and takes out; whether both were done in place.
fn check_both(words: &[u64; STATE_WORDS], value: f64) -> [bool; 2] {
    [false, true].map(|subtract| check(words, value, subtract))
}

/// A state of random limbs, most of them at their ends now and then.
fn random_state(random: &mut Random) -> [u64; STATE_WORDS] {
    let kind = random.below(4);
    let mut words = std::array::from_fn(|_| match kind {
        0 => random.bits(),
        1 => random.pick(&[0, 1, u64::MAX, DAMAGED, LARGEST, DAMAGED + 1]),
        2 => random.pick(&[DAMAGED, LARGEST]),
        _ => 0,
    });
    for counter in &mut words[COUNT..STATUS] {
        *counter = random.pick(&[
            0,
            0,
            1,
            u64::MAX,
            LARGEST,
            DAMAGED + 1,
            random.clone().bits(),
        ]);
    }
    words[STATUS] = 0;
    words
}

fn random_value(random: &mut Random) -> f64 {
    match random.below(6) {
        0 => random.pick(&[0.0, -0.0, 5e-324, -5e-324, f64::MAX, -f64::MAX, 1.0, -1.0]),
        1 => random.sign() * random.unit(),
        2 => random.pick(&[f64::NAN, f64::INFINITY, f64::NEG_INFINITY]),
        _ => f64::from_bits(random.bits()),
    }
}

#[test]
fn random_values_into_random_states() {
    let mut random = Random::new(181);
    let mut done = 0;
    for _ in 0..300_000 {
        let words = random_state(&mut random);
        let value = random_value(&mut random);
        done += check_both(&words, value)
            .iter()
            .filter(|&&done| done)
            .count();
    }
    assert!(
        done > 100_000,
        "only {done} were done in place: not a fair test"
    );
}

#[test]
fn values_of_every_exponent_into_every_limb() {
    let mut random = Random::new(182);
    for exponent in 0..2047_u64 {
        for fraction in [0, 1, (1 << 52) - 1, random.bits() >> 12] {
            let value = f64::from_bits(exponent << 52 | fraction) * random.sign();
            for limb in [0, 1, u64::MAX, DAMAGED, LARGEST] {
                let mut words = [limb; STATE_WORDS];
                words[COUNT..].fill(0);
                check_both(&words, value);
            }
            // What is not -0.0 goes into an empty state in place.
            if value.to_bits() != DAMAGED {
                assert_eq!(
                    check_both(&[0; STATE_WORDS], value),
                    [true, true],
                    "{value:e}"
                );
            }
        }
    }
}

#[test]
fn carries_of_one_limb_two_and_many() {
    // Limbs at an end, so that what enters the lowest of them runs through all.
    for first in 0..32 {
        for limbs in 1..=34 - first {
            for end in [LARGEST, DAMAGED] {
                let mut words = [0; STATE_WORDS];
                words[first..first + limbs].fill(end);
                for bits in [0, 1, 62, 63] {
                    let exponent = (first * 64 + bits) as u64;
                    for sign in [0, DAMAGED] {
                        let unit = if exponent == 0 { 1 } else { exponent << 52 };
                        check_both(&words, f64::from_bits(unit | sign));
                        check_both(&words, f64::from_bits(unit | 0xf_ffff_ffff_ffff | sign));
                    }
                }
            }
        }
    }
}

#[test]
fn counts_at_their_ends_are_left_to_the_general_way() {
    let mut words = [0; STATE_WORDS];
    words[COUNT] = LARGEST;
    assert_eq!(check_both(&words, 1.0), [false, true]);
    words[COUNT] = LARGEST - 1;
    assert_eq!(check_both(&words, 1.0), [true, true]);
    // -(2^63 - 1) is the least count.
    words[COUNT] = DAMAGED + 1;
    assert_eq!(check_both(&words, 1.0), [true, false]);
    words[COUNT] = DAMAGED + 2;
    assert_eq!(check_both(&words, 1.0), [true, true]);
}

#[test]
fn failed_and_damaged_states_are_left_alone() {
    for status in [1, 0xffff_fffd, 0xffff_ffff, 1 << 32, DAMAGED, u64::MAX] {
        let mut words = [0; STATE_WORDS];
        words[STATUS] = status;
        assert_eq!(
            check_both(&words, 1.0),
            [false, false],
            "status {status:#x}"
        );
    }
    for counter in COUNT..STATUS {
        let mut words = [0; STATE_WORDS];
        words[counter] = DAMAGED;
        assert_eq!(check_both(&words, 1.0), [false, false], "counter {counter}");
        // The next count is one that a state may have.
        words[counter] = DAMAGED + 1;
        let both = [true, counter != COUNT];
        assert_eq!(check_both(&words, 1.0), both, "counter {counter}");
    }
}

#[test]
fn what_has_a_counter_of_its_own_is_left_to_the_general_way() {
    let negative_nan = f64::from_bits(0xfff8_0000_0000_0001);
    for value in [
        f64::NAN,
        negative_nan,
        f64::INFINITY,
        f64::NEG_INFINITY,
        -0.0,
    ] {
        assert_eq!(
            check_both(&[0; STATE_WORDS], value),
            [false, false],
            "{value}"
        );
    }
    assert_eq!(check_both(&[0; STATE_WORDS], 0.0), [true, true]);
}

#[test]
fn the_largest_total_is_not_left_in_place() {
    // All limbs at an end: the totals furthest from zero.
    for end in [LARGEST, DAMAGED] {
        let mut words = [end; STATE_WORDS];
        words[COUNT..].fill(0);
        for value in [f64::MAX, -f64::MAX, 5e-324, -5e-324, 1.0, -1.0] {
            check_both(&words, value);
        }
    }
}

#[test]
fn a_long_row_of_values_is_the_exact_total() {
    let mut random = Random::new(183);
    for round in 0..40 {
        let mut state = [[0; 8]; STATE_WORDS];
        let mut oracle = Oracle::default();
        let mut left = Vec::new();
        for _ in 0..2000 {
            let value = match round % 4 {
                0 => random.unit(),
                1 => random.sign() * random.unit() * 1e300,
                2 => f64::from_bits(random.bits()),
                _ => f64::from_bits(random.bits() & 0x800f_ffff_ffff_ffff),
            };
            if !value.is_finite() {
                continue;
            }
            let done = Accumulator::add_one_in_place::<false>(&mut state, value);
            if !done {
                state = long_way(state, value, false);
            }
            oracle.add(value);
            left.push(value);
        }
        assert_eq!(
            state.map(u64::from_ne_bytes),
            oracle.words(),
            "round {round}"
        );
        random.shuffle(&mut left);
        for value in left {
            if !Accumulator::add_one_in_place::<true>(&mut state, value) {
                state = long_way(state, value, true);
            }
        }
        assert_eq!(state, [[0; 8]; STATE_WORDS], "round {round}");
    }
}

#[test]
fn the_general_way_is_the_big_integer() {
    // What the checks above compare with, held to an oracle of its own.
    let mut random = Random::new(184);
    for _ in 0..20_000 {
        let words = random_state(&mut random);
        let value = f64::from_bits(random.bits());
        if !value.is_finite() || words[COUNT] == LARGEST || words[COUNT + 1] == LARGEST {
            continue;
        }
        let Some(sum) = general(&words, value, false) else {
            continue;
        };
        let limbs = words[..COUNT].iter().enumerate();
        let mut oracle = Oracle {
            total: limbs
                .map(|(index, &limb)| BigInt::from(limb as i64) << (64 * index))
                .sum(),
            counters: std::array::from_fn(|index| words[COUNT + index] as i64),
        };
        oracle.add(value);
        assert_eq!(sum, oracle.words(), "{value:e}, {words:#x?}");
    }
}
