//! States merged where they lie.

use num_bigint::BigInt;
use tally_core::{Accumulator, Moments, ProductAccumulator, Stored};

use crate::hostile::{
    DAMAGED, LARGEST, Layout, MOMENTS, NUMBERS, PRODUCTS, in_memory, integer, limbs_of, words,
};
use crate::support::random::Random;

type Merge = fn(&mut [[u8; 8]], &[[u8; 8]]) -> bool;

/// Merging what a call holds.
fn merge_part<S: Stored>(into: &mut [[u8; 8]], from: &[[u8; 8]]) -> bool {
    let mut words = S::EMPTY;
    for (word, bytes) in words.as_mut().iter_mut().zip(from) {
        *word = u64::from_ne_bytes(*bytes);
    }
    S::from_words(&words).is_ok_and(|part| part.merge_into(into))
}

/// Merging, taking out, and merging from a call.
const KINDS: [(Layout, [Merge; 3]); 3] = [
    (
        NUMBERS,
        [
            Accumulator::merge_in_place::<false>,
            Accumulator::merge_in_place::<true>,
            merge_part::<Accumulator>,
        ],
    ),
    (
        PRODUCTS,
        [
            ProductAccumulator::merge_in_place::<false>,
            ProductAccumulator::merge_in_place::<true>,
            merge_part::<ProductAccumulator>,
        ],
    ),
    (
        MOMENTS,
        [
            Moments::merge_in_place::<false>,
            Moments::merge_in_place::<true>,
            merge_part::<Moments>,
        ],
    ),
];

/// The limbs of the sum or difference of two integers, if that is in range.
fn combined(into: &[u64], from: &[u64], subtract: bool) -> Option<Vec<u64>> {
    let sign = if subtract { -1 } else { 1 };
    limbs_of(&(integer(into) + integer(from) * sign), into.len())
}

/// Both states in one; `None` if there is no such state.
fn expected(layout: Layout, into: &[u64], from: &[u64], subtract: bool) -> Option<Vec<u64>> {
    if !layout.is_state(into) || !layout.is_state(from) {
        return None;
    }
    let limbs = |words: &[u64]| words[..layout.limbs].to_vec();
    let mut words = combined(&limbs(into), &limbs(from), subtract)?;
    for (&into, &from) in layout.counters(into).iter().zip(layout.counters(from)) {
        let (into, from) = (i128::from(into as i64), i128::from(from as i64));
        let sum = if subtract { into - from } else { into + from };
        if sum.unsigned_abs() > LARGEST.into() {
            return None;
        }
        words.push(sum as u64);
    }
    words.extend(combined(
        layout.further(into),
        layout.further(from),
        subtract,
    )?);
    words.push(0);
    Some(words)
}

/// Merges and takes out; returns how many of both were done in place.
fn check(kind: usize, into: &[u64], from: &[u64]) -> usize {
    let (layout, merges) = KINDS[kind];
    let done =
        [(merges[0], false), (merges[1], true), (merges[2], false)].map(|(merge, subtract)| {
            let report = || format!("kind {kind}, subtract {subtract}: {into:#x?} and {from:#x?}");
            let mut state = in_memory(into);
            let done = merge(&mut state, &in_memory(from));
            let expected = if done {
                expected(layout, into, from, subtract).map(|words| in_memory(&words))
            } else {
                Some(in_memory(into))
            };
            assert_eq!(Some(state), expected, "{done}, {}", report());
            done
        });
    assert_eq!(done[0], done[2], "kind {kind}: {into:#x?} and {from:#x?}");
    done[..2].iter().filter(|&&done| done).count()
}

#[test]
fn any_two_states_are_merged_exactly_or_left_alone() {
    let mut random = Random::new(711);
    let mut times = 0;
    for round in 0..60_000 {
        let kind = round % KINDS.len();
        let into = words(&mut random, KINDS[kind].0);
        let from = words(&mut random, KINDS[kind].0);
        times += check(kind, &into, &from);
    }
    assert!(times > 40_000, "only {times} in place: not a fair test");
}

/// A state of these limbs at the given index and nothing else.
fn with_limbs(layout: Layout, first: usize, limbs: &[u64]) -> Vec<u64> {
    let mut words = vec![0; layout.words];
    words[first..first + limbs.len()].copy_from_slice(limbs);
    words
}

#[test]
fn carries_run_as_far_as_they_must() {
    for (kind, (layout, _)) in KINDS.into_iter().enumerate() {
        for first in 0..layout.limbs - 1 {
            for length in 1..layout.limbs - first {
                for end in [LARGEST, DAMAGED] {
                    let into = with_limbs(layout, first, &vec![end; length]);
                    for part in [&[1][..], &[u64::MAX], &[end], &[end, 1], &[end, u64::MAX]] {
                        let part = &part[..part.len().min(layout.limbs - 1 - first)];
                        let from = with_limbs(layout, first, part);
                        assert_eq!(check(kind, &into, &from), 2, "{first} {length} {end:#x}");
                    }
                }
            }
        }
    }
}

#[test]
fn states_cancel_each_other_to_the_last_limb() {
    let mut random = Random::new(712);
    for round in 0..6_000 {
        let kind = round % KINDS.len();
        let words = words(&mut random, KINDS[kind].0);
        check(kind, &words, &words);
        let mut opposite = words.clone();
        let limbs = KINDS[kind].0.limbs;
        if let Some(limbs_of) = limbs_of(&-integer(&words[..limbs]), limbs) {
            opposite[..limbs].copy_from_slice(&limbs_of);
        }
        check(kind, &words, &opposite);
    }
}

#[test]
fn totals_near_the_ends_of_the_range_are_left_alone() {
    for (kind, (layout, _)) in KINDS.into_iter().enumerate() {
        let mut ends = vec![layout.limbs - 1];
        if layout.words > layout.limbs + 6 {
            ends.push(layout.words - 2);
        }
        for last in ends {
            for (top, in_place) in [(1_u64 << 62) - 1, 1 << 62, LARGEST, DAMAGED]
                .into_iter()
                .zip([2, 0, 0, 0])
            {
                for top in [top, top.wrapping_neg()] {
                    let large = with_limbs(layout, last, &[top]);
                    assert_eq!(check(kind, &large, &large), in_place, "{top:#x}");
                    let empty = vec![0; layout.words];
                    assert_eq!(check(kind, &large, &empty), in_place, "{top:#x}");
                    assert_eq!(check(kind, &empty, &large), in_place, "{top:#x}");
                }
            }
        }
    }
}

#[test]
fn counters_at_their_ends_are_left_to_the_general_way() {
    let ends = [
        0,
        1,
        u64::MAX,
        LARGEST,
        LARGEST - 1,
        DAMAGED + 1,
        DAMAGED + 2,
        DAMAGED,
    ];
    for (kind, (layout, _)) in KINDS.into_iter().enumerate() {
        for counter in layout.limbs..layout.limbs + 5 {
            for into in ends {
                for from in ends {
                    let into = with_limbs(layout, counter, &[into]);
                    let from = with_limbs(layout, counter, &[from]);
                    let possible = [false, true]
                        .map(|subtract| expected(layout, &into, &from, subtract).is_some());
                    let possible = possible.iter().filter(|&&possible| possible).count();
                    assert_eq!(check(kind, &into, &from), possible, "{into:x?} {from:x?}");
                }
            }
        }
    }
}

#[test]
fn failed_states_are_left_alone() {
    for (kind, (layout, _)) in KINDS.into_iter().enumerate() {
        for status in [1, 0xffff_fffd, 1 << 32, DAMAGED] {
            let failed = with_limbs(layout, layout.words - 1, &[status]);
            let empty = vec![0; layout.words];
            assert_eq!(check(kind, &failed, &empty), 0, "{status:#x}");
            assert_eq!(check(kind, &empty, &failed), 0, "{status:#x}");
        }
    }
}

#[test]
fn what_is_out_of_range_is_no_state() {
    // The check above is one: all limbs at an end, and one more.
    let all = vec![LARGEST; 34];
    assert_eq!(
        combined(&all, &[vec![1], vec![0; 33]].concat(), false),
        None
    );
    assert_eq!(limbs_of(&BigInt::ZERO, 34), Some(vec![0; 34]));
}
