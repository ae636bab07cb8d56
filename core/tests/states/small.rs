//! Small accumulators are what the integers in them say, word for word, whatever path they
//! came by; what does not fit is refused, and changes nothing.

use num_bigint::BigInt;
use tally_core::internal::SmallSum;
use tally_core::{
    Accumulate, Accumulator, BadState, LoadError, OutOfRange, Part, SmallAccumulator, Stored,
    ValueError,
};

use crate::hostile::{NUMBERS, in_memory, integer, words as words_of_an_accumulator};
use crate::small_words::{meaning, meaning_of_any_base, why_not, words_of};
use crate::support::oracle::Oracle;
use crate::support::random::Random;
use crate::support::{check_rounded, golden};

pub(crate) fn joined<const SUBTRACT: bool>(into: &Oracle, from: &Oracle) -> Oracle {
    let mut joined = into.clone();
    let sign = if SUBTRACT { -1 } else { 1 };
    joined.total += &from.total * sign;
    for (counter, from) in joined.counters.iter_mut().zip(from.counters) {
        *counter += sign as i64 * from;
    }
    joined
}

pub(crate) fn check_values(small: &SmallAccumulator, oracle: &Oracle, report: &dyn Fn() -> String) {
    let [values, _, nan, positive, negative] = oracle.counters;
    assert_eq!(small.count(), values, "{}", report());
    let counts = small.special_counts();
    let given = [
        counts.nan,
        counts.positive_infinity,
        counts.negative_infinity,
    ];
    assert_eq!(given, [nan, positive, negative], "{}", report());
    let (value, mean) = (small.value_f64(), small.mean_f64());
    if given.iter().any(|&count| count < 0) {
        assert_eq!(value, Err(ValueError::NegativeCount), "{}", report());
        assert_eq!(mean, Err(ValueError::NegativeCount), "{}", report());
        return;
    }
    check_rounded(value, oracle.value_f64(), oracle.is_negative(), report);
    if values < 1 {
        assert_eq!(mean, Err(ValueError::NoValues), "{}", report());
    } else {
        check_rounded(mean, oracle.mean_f64(), oracle.is_negative(), report);
    }
    let whole = (
        &oracle.total >> 1074_u32,
        &oracle.total % (BigInt::from(1) << 1074_u32),
    );
    if given == [0; 3] && whole.1 == BigInt::ZERO {
        let expected = i128::try_from(&whole.0).ok();
        assert_eq!(small.value_i128().ok(), expected, "{}", report());
        let expected = i64::try_from(&whole.0).ok();
        assert_eq!(small.value_i64().ok(), expected, "{}", report());
    } else {
        assert!(small.value_i128().is_err() && small.value_i64().is_err());
    }
}

/// Values around one exponent, of as many binades as `spread`.
pub(crate) fn value(random: &mut Random, middle: i32, spread: i32) -> f64 {
    match random.below(40) {
        0 => return random.pick(&[0.0, -0.0, f64::NAN, f64::INFINITY, -f64::INFINITY]),
        1 => return f64::from_bits(random.bits()),
        _ => {}
    }
    let field = random.between(middle - spread / 2, middle + spread / 2);
    let significand = match random.below(4) {
        0 => 0,
        1 => (1 << 52) - 1,
        _ => random.bits() >> 12,
    };
    let bits = (field.clamp(0, 2046) as u64) << 52 | significand;
    f64::from_bits(bits | random.bits() & 1 << 63)
}

/// Whatever is put in and taken out again, in whatever order, leaves the same bytes.
#[test]
fn what_cancels_leaves_no_trace() {
    let mut random = Random::new(901);
    for round in 0..3000 {
        let (middle, spread) = (random.between(0, 2046), random.between(0, 250));
        let values: Vec<f64> = (0..1 + random.below(20))
            .map(|_| value(&mut random, middle, spread))
            .filter(|value| value.is_finite())
            .collect();
        let rest = random.below(values.len() + 1);
        let mut steps: Vec<(f64, bool)> = values.iter().map(|&value| (value, true)).collect();
        steps.extend(values[rest..].iter().map(|&value| (value, false)));
        random.shuffle(&mut steps);
        let mut sum = SmallAccumulator::new();
        let mut fits = true;
        for &(value, add) in &steps {
            let changed = if add {
                sum.add_one_f64(value)
            } else {
                sum.subtract_one_f64(value)
            };
            fits &= changed.is_ok();
        }
        let expected = words_of(&Oracle::of(&values[..rest]));
        if fits {
            let expected = expected.expect("it was reached");
            assert_eq!(sum.to_words(), expected, "round {round}: {steps:?}");
        }
    }
}

/// Words from noise to nearly states.
fn words(random: &mut Random) -> [u64; 8] {
    let kind = random.below(4);
    let mut words = std::array::from_fn(|_| match kind {
        0 => random.bits(),
        1 => random.pick(&[0, 0, 1, u64::MAX, 1 << 63, i64::MAX as u64]),
        2 if random.one_in(4) => random.bits(),
        3 => random.pick(&[1 << 63, i64::MAX as u64, u64::MAX, 0]),
        _ => 0,
    });
    if !random.one_in(5) {
        words[0] = words[0] & !63 | random.below(32) as u64;
    }
    if random.one_in(2) {
        words[0] &= 63;
    }
    if random.one_in(2) {
        words[1] = random.pick(&[0, 1, u64::MAX, 1 << 63, (1 << 63) + 1, i64::MAX as u64]);
    }
    words
}

fn from_memory(state: &[[u8; 8]]) -> [u64; 8] {
    std::array::from_fn(|word| u64::from_ne_bytes(state[word]))
}

/// A change in place: what comes of it, or nothing.
fn check_in_place(
    before: &[u64; 8],
    expected: Option<Oracle>,
    must: bool,
    change: impl FnOnce(&mut [[u8; 8]]) -> bool,
    report: &dyn Fn() -> String,
) {
    let mut state = in_memory(before);
    let expected = expected.and_then(|oracle| words_of(&oracle));
    if change(&mut state) {
        let expected = expected.unwrap_or_else(|| panic!("it does not fit, {}", report()));
        assert_eq!(from_memory(&state), expected, "{}", report());
    } else {
        assert_eq!(from_memory(&state), *before, "{}", report());
        assert!(!must || expected.is_none(), "left alone, {}", report());
    }
}

#[test]
fn any_words_are_refused_or_mean_what_they_say() {
    let mut random = Random::new(902);
    let mut read = 0;
    let mut other = [0; 8];
    for _ in 0..200_000 {
        let words = words(&mut random);
        let one = match random.below(3) {
            0 => f64::from_bits(random.bits()),
            1 => f64::from_bits((64 * (words[0] % 64) + random.bits() % 450) << 52),
            _ => value(&mut random, 1023, 1000),
        };
        let report = || format!("{words:x?} and {:#x} and {other:x?}", one.to_bits());
        let meant = meaning(&words);
        let state = SmallAccumulator::from_words(&words);
        assert_eq!(
            state.as_ref().err(),
            meant.is_none().then(|| why_not(&words)).as_ref()
        );
        // Counts at their ends may be left alone: the general way knows. One value may make a
        // state of words whose base should be lower.
        let is_inside = |meant: &Oracle| meant.counters[0].abs() < i64::MAX - 9;
        let must = meant.as_ref().is_some_and(is_inside);
        let any = meaning_of_any_base(&words);
        let is_none = any.is_none();
        let any = any.filter(is_inside);
        let joined_with = |values: &[f64], sign: bool| {
            let of_values = Oracle::of(values);
            let join = if sign {
                joined::<true>
            } else {
                joined::<false>
            };
            any.as_ref().map(|any| join(any, &of_values))
        };
        let of_two = [one, -one / 3.0];
        if any.is_some() || is_none {
            let add = |state: &mut [[u8; 8]]| SmallSum::add_one_in_place::<false>(state, one);
            check_in_place(&words, joined_with(&[one], false), must, add, &report);
            let take = |state: &mut [[u8; 8]]| SmallSum::add_one_in_place::<true>(state, one);
            check_in_place(&words, joined_with(&[one], true), must, take, &report);
            let few = |state: &mut [[u8; 8]]| SmallSum::add_few_in_place::<false>(state, &of_two);
            check_in_place(&words, joined_with(&of_two, false), false, few, &report);
        }
        let Some(oracle) = meant else {
            let state = in_memory(&words);
            assert_eq!(SmallSum::counts_in_place(&state), None);
            assert_eq!(SmallSum::value_f64_in_place(&state), None);
            assert_eq!(SmallSum::mean_f64_in_place(&state), None);
            assert!(!tally_core::internal::merge_small_in_place(
                &mut in_memory(&[0; 40]),
                &state
            ));
            continue;
        };
        read += 1;
        let state = state.expect("it was read");
        assert_eq!(state.to_words(), words);
        check_values(&state, &oracle, &report);
        let saved = state.save().expect("in range");
        assert_eq!(saved.as_bytes(), oracle.saved(), "{}", report());
        if let Some(of_other) = meaning(&other).filter(|of_other| must && is_inside(of_other)) {
            let fits = |oracle: &Oracle, of_other: &Oracle| {
                let values = oracle.counters[0].checked_add(of_other.counters[0]);
                values.is_some_and(|values| values != i64::MIN)
            };
            let merged = fits(&oracle, &of_other).then(|| joined::<false>(&oracle, &of_other));
            let from = in_memory(&other);
            let merge = |state: &mut [[u8; 8]]| SmallSum::merge_in_place::<false>(state, &from);
            check_in_place(&words, merged, true, merge, &report);
        }
        if random.one_in(2) {
            other = words;
        }
    }
    assert!(read > 100_000, "only {read} were states: not a fair test");
}

/// A small state merged into any large one is what merging large ones is.
#[test]
fn a_small_state_merged_into_any_accumulator_is_its_sum() {
    let mut random = Random::new(903);
    let mut merged = 0;
    for _ in 0..50_000 {
        let small = words(&mut random);
        let large = words_of_an_accumulator(&mut random, NUMBERS);
        let mut state = in_memory(&large);
        let report = || format!("{small:x?} into {large:x?}");
        let done = tally_core::internal::merge_small_in_place(&mut state, &in_memory(&small));
        if !done {
            assert_eq!(state, in_memory(&large), "{}", report());
            continue;
        }
        merged += 1;
        assert!(NUMBERS.is_state(&large), "{}", report());
        let from = meaning(&small).expect("it was read");
        let into = Oracle {
            total: integer(&large[..34]),
            counters: std::array::from_fn(|index| large[34 + index] as i64),
        };
        let sum = joined::<false>(&into, &from);
        assert_eq!(state, in_memory(&sum.words()), "{}", report());
    }
    assert!(merged > 10_000, "{merged} merged: not a fair test");
}

/// Limbs of which only the lowest is in use, or the highest: the sum of two such windows
/// fits if these are five apart, and is too wide if they are six apart.
#[test]
fn windows_as_far_apart_as_they_may_be() {
    let at = |limb: usize, count: i64| Oracle {
        total: BigInt::from(3) << (64 * limb),
        counters: [count, 0, 0, 0, 0],
    };
    for first in 0..34_usize {
        for second in 0..34 {
            let (one, other) = (at(first, 1), at(second, 5));
            let words = [&one, &other].map(|oracle| words_of(oracle).expect("one limb"));
            let states = words.map(|words| SmallAccumulator::from_words(&words).expect("a state"));
            let mut sum = states[0];
            let fits = first.abs_diff(second) <= 5;
            assert_eq!(sum.merge(&states[1]).is_ok(), fits, "{first} {second}");
            let mut in_place = in_memory(&words[0]);
            let from = in_memory(&words[1]);
            let done = SmallSum::merge_in_place::<false>(&mut in_place, &from);
            assert_eq!(done, fits, "{first} {second}");
            if fits {
                let expected = words_of(&joined::<false>(&one, &other));
                assert_eq!(Some(sum.to_words()), expected, "{first} {second}");
                sum.unmerge(&states[1]).expect("it fits");
                assert_eq!(sum, states[0], "{first} {second}");
            }
        }
    }
}

/// The count has the range of an accumulator's, and the others of their bits.
#[test]
fn counters_fit_up_to_their_ends() {
    let of_count = |count: i64| {
        let words = [0, count as u64, 0, 0, 0, 0, 0, 0];
        SmallAccumulator::from_words(&words).expect("a state")
    };
    let out = Err(OutOfRange(Part::Values));
    for (end, is_most) in [(i64::MAX, true), (-i64::MAX, false)] {
        let inside = if is_most { end - 1 } else { end + 1 };
        for value in [2.0, 0.0, f64::NAN] {
            let (mut add, mut take) = (of_count(end), of_count(end));
            let results = [add.add_one_f64(value), take.subtract_one_f64(value)];
            let inwards = if is_most { take } else { add };
            assert_eq!(results[usize::from(!is_most)], out, "{end} {value}");
            assert_eq!(inwards.count(), inside, "{end} {value}");
            let (mut add, mut take) = (of_count(inside), of_count(inside));
            assert_eq!(add.add_f64(&[value; 2]).is_err(), is_most, "{inside}");
            assert_eq!(
                take.subtract_f64(&[value; 2]).is_err(),
                !is_most,
                "{inside}"
            );
            let (mut add, mut take) = (of_count(inside), of_count(inside));
            assert_eq!(add.add_one_f64(value), Ok(()), "{inside} {value}");
            assert_eq!(take.subtract_one_f64(value), Ok(()), "{inside} {value}");
            assert_eq!([add.count(), take.count()], [inside + 1, inside - 1]);
        }
    }
    for (value, most) in [
        (-0.0, 131_071),
        (f64::NAN, 131_071),
        (f64::INFINITY, 1023),
        (f64::NEG_INFINITY, 1023),
    ] {
        let (mut up, mut down) = (SmallAccumulator::new(), SmallAccumulator::new());
        for _ in 0..most {
            up.add_one_f64(value).expect("it fits");
            down.subtract_one_f64(value).expect("it fits");
        }
        down.subtract_one_f64(value).expect("one more below zero");
        let full = (up, down);
        assert!(up.add_one_f64(value).is_err() && up.add_f64(&[value; 3]).is_err());
        assert!(down.subtract_one_f64(value).is_err(), "{value}");
        assert_eq!((up, down), full, "{value}");
        up.merge(&down).expect("it fits");
        up.add_one_f64(value).expect("it fits");
        assert_eq!(up, SmallAccumulator::new(), "{value}");
    }
}

/// Of the golden states of accumulators, those that fit are loaded and saved to the byte.
#[test]
fn golden_states_are_those_of_accumulators() {
    let (mut fitting, mut others) = (0, 0);
    for (name, operations, bytes) in golden::states(<Accumulator as golden::Golden>::FILE) {
        let loaded = SmallAccumulator::load(&bytes);
        if operations == "refused" {
            assert_eq!(loaded.err(), Accumulator::load(&bytes).err(), "{name}");
            continue;
        }
        let word = |at: usize| u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight"));
        let mut limbs = vec![0; 34];
        for index in 0..usize::from(bytes[7]) {
            limbs[usize::from(bytes[6]) + index] = word(48 + 8 * index);
        }
        let oracle = Oracle {
            total: integer(&limbs),
            counters: std::array::from_fn(|index| word(8 + 8 * index) as i64),
        };
        match words_of(&oracle) {
            Some(words) => {
                let sum = loaded.expect(name);
                assert_eq!(sum.to_words(), words, "{name}");
                assert_eq!(sum.save().expect("in range").as_bytes(), bytes, "{name}");
                fitting += 1;
            }
            None => {
                assert!(matches!(loaded, Err(LoadError::OutOfRange(_))), "{name}");
                others += 1;
            }
        }
    }
    assert!(
        fitting > 100 && others > 20,
        "{fitting} fit, {others} do not"
    );
}

/// Values of up to 320 bits from the lowest to the sum's highest fit wherever they are.
#[test]
fn no_group_of_ten_of_220_binades_outgrows_it() {
    let mut random = Random::new(904);
    for middle in (200..1850).step_by(33) {
        for _ in 0..200 {
            let mut sum = SmallAccumulator::new();
            let values: Vec<f64> = (0..10)
                .map(|_| {
                    let field = random.between(middle - 110, middle + 110) as u64;
                    f64::from_bits(random.bits() & !(0x7ff << 52) | field << 52)
                })
                .collect();
            for &value in &values {
                sum.add_one_f64(value).expect("it fits");
            }
            assert_eq!(Some(sum.to_words()), words_of(&Oracle::of(&values)));
        }
    }
}

#[test]
fn a_failure_is_no_sum() {
    for status in [i32::MIN, -9, -1, 0, 7] {
        let words = SmallSum::failed(status);
        let header = 62 + (u64::from(status as u32) << 32);
        assert_eq!(words, [header, 0, 0, 0, 0, 0, 0, 0]);
        let refused = SmallAccumulator::from_words(&words);
        assert_eq!(refused, Err(BadState::Failed(status)));
        let mut state = in_memory(&words);
        for one in (0..1 << 12).map(|field: u64| f64::from_bits(field << 52)) {
            assert!(!SmallSum::add_one_in_place::<false>(&mut state, one));
            assert!(!SmallSum::add_one_in_place::<true>(&mut state, one));
            assert!(!SmallSum::add_few_in_place::<false>(&mut state, &[one]));
        }
        assert_eq!(SmallSum::value_f64_in_place(&state), None);
        assert_eq!(SmallSum::counts_in_place(&state), None);
        assert_eq!(state, in_memory(&words));
        for word in 0..8 {
            let mut damaged = words;
            damaged[word] ^= 1 << 30;
            let refused = SmallAccumulator::from_words(&damaged);
            assert_eq!(refused, Err(BadState::Damaged), "{word}");
        }
    }
}
