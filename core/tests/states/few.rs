//! A few values added to a state where it lies.

use num_bigint::BigInt;
use tally_core::{Accumulate, Accumulator};

use crate::hostile::{DAMAGED, LARGEST, NUMBERS, in_memory, integer, limbs_of, words};
use crate::support::oracle::{one, units};
use crate::support::random::Random;

/// The most values that are taken in place.
const FEW: usize = 32;

/// What values are in units of 2^-1074, and how many of them are -0.0; `None` if one is no
/// finite number.
trait Summed: Copy + std::fmt::Debug {
    fn units(self) -> Option<(BigInt, i64)>;
}

impl Summed for f64 {
    fn units(self) -> Option<(BigInt, i64)> {
        let negative_zero = self == 0.0 && self.is_sign_negative();
        self.is_finite()
            .then(|| (units(self), i64::from(negative_zero)))
    }
}

impl Summed for f32 {
    fn units(self) -> Option<(BigInt, i64)> {
        f64::from(self).units()
    }
}

macro_rules! integers {
    ($($integer:ty),+) => {$(
        impl Summed for $integer {
            fn units(self) -> Option<(BigInt, i64)> {
                Some((BigInt::from(self) * one(), 0))
            }
        }
    )+};
}

integers!(i32, i64, u64);

/// The state with the values in it, or taken out; `None` if there is none.
fn expected<T: Summed>(state: &[u64], values: &[T], subtract: bool) -> Option<Vec<u64>> {
    let sign = if subtract { -1 } else { 1 };
    let mut total = BigInt::ZERO;
    let mut more = [values.len() as i64, 0, 0, 0, 0];
    for value in values {
        let (units, negative_zeros) = value.units()?;
        total += units;
        more[1] += negative_zeros;
    }
    if !NUMBERS.is_state(state) {
        return None;
    }
    let mut words = limbs_of(&(integer(&state[..34]) + total * sign), 34)?;
    for (&counter, more) in NUMBERS.counters(state).iter().zip(more) {
        let counter = i128::from(counter as i64) + i128::from(more * i64::from(sign));
        if counter.unsigned_abs() > LARGEST.into() {
            return None;
        }
        words.push(counter as u64);
    }
    words.push(0);
    Some(words)
}

/// Adds and takes out; returns how many of both were done in place.
fn check<T: Summed>(state: &[u64], values: &[T]) -> usize
where
    Accumulator: Accumulate<T>,
{
    let done = [false, true].map(|subtract| {
        let report = || format!("subtract {subtract}: {values:?} and {state:#x?}");
        let mut words = in_memory(state);
        let done = if subtract {
            Accumulator::add_few_in_place::<true>(&mut words, values)
        } else {
            Accumulator::add_few_in_place::<false>(&mut words, values)
        };
        let expected = if done {
            expected(state, values, subtract).map(|words| in_memory(&words))
        } else {
            Some(in_memory(state))
        };
        assert_eq!(Some(words), expected, "{done}, {}", report());
        done
    });
    done.iter().filter(|&&done| done).count()
}

/// Values within a number of binades, some of them special.
fn floats(random: &mut Random, binades: u64) -> Vec<f64> {
    let lowest = random.bits() % (2047 - binades.min(2046));
    let kind = random.below(4);
    let count = random.below(FEW + 3);
    let value = |random: &mut Random| {
        let exponent = lowest + random.bits() % binades;
        let fraction = match kind {
            0 => (1 << 52) - 1,
            1 => random.pick(&[0, 1, (1 << 52) - 1]),
            _ => random.bits() >> 12,
        };
        let sign = u64::from(kind != 0 && random.one_in(2)) << 63;
        let bits = sign | exponent << 52 | fraction;
        if random.one_in(12) {
            random.pick(&[0.0, -0.0, 5e-324, -5e-324])
        } else {
            f64::from_bits(bits)
        }
    };
    (0..count).map(|_| value(random)).collect()
}

#[test]
fn a_few_floats_are_added_exactly_or_left_alone() {
    let mut random = Random::new(721);
    let mut done = 0;
    for _ in 0..60_000 {
        let state = words(&mut random, NUMBERS);
        let binades = random.pick(&[1, 2, 11, 62, 63, 64, 65, 2000]);
        let mut values = floats(&mut random, binades);
        if random.one_in(30) && !values.is_empty() {
            let index = random.below(values.len());
            values[index] = random.pick(&[f64::NAN, f64::INFINITY, f64::NEG_INFINITY]);
        }
        done += check(&state, &values);
        let narrow: Vec<f32> = values
            .iter()
            .map(|value| f32::from_bits((value.to_bits() >> 32) as u32))
            .collect();
        done += check(&state, &narrow);
    }
    assert!(done > 60_000, "only {done} in place: not a fair test");
}

#[test]
fn a_few_integers_are_added_exactly_or_left_alone() {
    let mut random = Random::new(722);
    let mut done = 0;
    for _ in 0..20_000 {
        let state = words(&mut random, NUMBERS);
        let ends = random.one_in(4);
        let bits: Vec<u64> = (0..random.below(FEW + 3))
            .map(|_| {
                let bits = random.bits();
                if ends {
                    random.pick(&[0, LARGEST, DAMAGED, u64::MAX])
                } else {
                    bits
                }
            })
            .collect();
        done += check(&state, &bits);
        done += check(
            &state,
            &bits.iter().map(|&bits| bits as i64).collect::<Vec<_>>(),
        );
        let narrow: Vec<i32> = bits.iter().map(|bits| (bits >> 32) as i32).collect();
        done += check(&state, &narrow);
    }
    assert!(done > 30_000, "only {done} in place: not a fair test");
}

#[test]
fn ordinary_values_are_added_in_place() {
    let mut random = Random::new(723);
    let mut state = vec![0; 40];
    for count in 0..=FEW {
        let values: Vec<f64> = (0..count).map(|_| random.sign() * random.unit()).collect();
        assert_eq!(check(&state, &values), 2, "{values:?}");
        assert_eq!(check(&state, &vec![-0.0; count]), 2);
        assert_eq!(check(&state, &vec![f64::MAX; count]), 2);
        assert_eq!(check(&state, &vec![-5e-324; count]), 2);
        assert_eq!(check(&state, &vec![i64::MIN; count]), 2);
        assert_eq!(check(&state, &vec![u64::MAX; count]), 2);
        state = expected(&state, &values, false).expect("in range");
    }
    // More are left to the kernels.
    assert_eq!(check(&state, &[1.0; FEW + 1]), 0);
}

#[test]
fn carries_of_a_few_values_run_out_of_three_limbs_or_not() {
    for first in 0..34 {
        for length in 0..=34 - first {
            for end in [LARGEST, DAMAGED] {
                let mut state = vec![0; 40];
                state[first..first + length].fill(end);
                for bit in [0, 1, 63] {
                    let exponent = (64 * first + bit + 1).min(2046) as u64;
                    let value = f64::from_bits(exponent << 52 | 0xf_ffff_ffff_ffff);
                    check(&state, &[value, value, value]);
                    check(&state, &[-value, -value]);
                }
            }
        }
    }
}

/// What no integer of two words holds, at whatever limb the values begin.
fn wide(first: usize) -> [f64; 3] {
    let of_exponent =
        |exponent: usize| f64::from_bits((exponent as u64) << 52 | 0xf_ffff_ffff_ffff);
    let low = (64 * first + 1).min(2046 - 200);
    [
        of_exponent(low),
        of_exponent(low + 100),
        of_exponent(low + 200),
    ]
}

#[test]
fn carries_of_wide_values_run_as_far_as_they_must() {
    let mut done = 0;
    for first in 0..32 {
        for length in 0..=33 - first {
            for end in [LARGEST, DAMAGED] {
                let mut state = vec![0; 40];
                state[first..first + length].fill(end);
                for values in [wide(first), wide(first).map(|value| -value)] {
                    done += check(&state, &values);
                }
            }
        }
    }
    assert_eq!(done, 8 * (0..32).map(|first| 34 - first).sum::<usize>());
}

#[test]
fn wide_values_near_the_ends_of_the_range_are_left_alone() {
    let quarter = 1 << 62;
    for (highest, done) in [
        (quarter - 1, 2),
        (quarter, 0),
        (LARGEST, 0),
        (quarter.wrapping_neg() + 1, 2),
        (quarter.wrapping_neg(), 0),
        (DAMAGED, 0),
    ] {
        let mut state = vec![0; 40];
        state[33] = highest;
        for below in [0, LARGEST, DAMAGED] {
            state[..33].fill(below);
            for first in [0, 31] {
                assert_eq!(check(&state, &wide(first)), done, "{highest:#x}");
            }
        }
    }
}

#[test]
fn counts_at_their_ends_and_failed_states_are_left_alone() {
    for count in [
        LARGEST,
        LARGEST - 1,
        LARGEST - 2,
        DAMAGED + 1,
        DAMAGED + 2,
        DAMAGED + 3,
        DAMAGED,
    ] {
        for counter in [34, 35] {
            let mut state = vec![0; 40];
            state[counter] = count;
            for length in 0..4 {
                let values = vec![-0.0; length];
                let possible = [false, true]
                    .map(|subtract| usize::from(expected(&state, &values, subtract).is_some()));
                let possible: usize = possible.iter().sum();
                assert_eq!(check(&state, &values), possible, "{length} {count:#x}");
            }
        }
    }
    for (word, content) in [
        (36, DAMAGED),
        (37, DAMAGED),
        (38, DAMAGED),
        (39, 1),
        (39, DAMAGED),
    ] {
        let mut state = vec![0; 40];
        state[word] = content;
        assert_eq!(check(&state, &[1.0]), 0, "{word} {content:#x}");
        assert_eq!(check::<i32>(&state, &[]), 0, "{word} {content:#x}");
    }
}
