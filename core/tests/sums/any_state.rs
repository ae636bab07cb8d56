//! Whatever 40 words a caller passes, nothing panics, and what is no state is
//! refused. What is one means exactly what its words say.

use crate::support::oracle::Oracle;
use crate::support::random::Random;
use crate::support::{check_rounded, rounds};
use num_bigint::BigInt;
use tally_core::{Accumulator, BadState, Stored, ValueError};

/// Words from noise to nearly plausible.
fn words(random: &mut Random) -> [u64; 40] {
    let kind = random.below(5);
    let mut words = std::array::from_fn(|_| match kind {
        0 => random.bits(),
        1 => random.pick(&[0, 1, u64::MAX, 1 << 63, i64::MAX as u64]),
        2 if random.one_in(12) => random.bits(),
        3 if random.one_in(20) => random.pick(&[1, u64::MAX, 1 << 63, i64::MAX as u64]),
        4 => u64::MAX * random.below(2) as u64,
        _ => 0,
    });
    if random.one_in(2) {
        let bits = random.bits();
        words[34..39].fill_with(|| random.pick(&[0, 0, 0, 1, 2, bits, u64::MAX]));
    }
    if !random.one_in(8) {
        words[39] = 0;
    } else if random.one_in(2) {
        words[39] >>= 32;
    }
    words
}

/// What reading these words must give.
fn expected_error(words: &[u64; 40]) -> Option<BadState> {
    match words[39] {
        0 if words[34..39].contains(&(1 << 63)) => Some(BadState::Damaged),
        0 => None,
        status @ 1..=0xffff_ffff => Some(BadState::Failed(status as u32 as i32)),
        _ => Some(BadState::Damaged),
    }
}

fn oracle(words: &[u64; 40]) -> Oracle {
    let limbs = words[..34].iter().enumerate();
    Oracle {
        total: limbs
            .map(|(index, &limb)| BigInt::from(limb as i64) << (64 * index))
            .sum(),
        counters: std::array::from_fn(|index| words[34 + index] as i64),
    }
}

/// Calls everything that changes a state.
fn change(accumulator: &Accumulator, other: &Accumulator, random: &mut Random) {
    let mut changed = accumulator.clone();
    let values: Vec<f64> = (0..random.below(4))
        .map(|_| f64::from_bits(random.bits()))
        .collect();
    let narrow: Vec<f32> = values
        .iter()
        .map(|value| f32::from_bits(value.to_bits() as u32))
        .collect();
    let integers: Vec<u64> = values.iter().map(|value| value.to_bits()).collect();
    let (bits, times) = (random.bits(), random.bits());
    changed.add_f64(&values);
    changed.add_f32(&narrow);
    changed.add_u64(&integers);
    changed.add_i64(&[bits as i64]);
    changed.add_i32(&[bits as i32]);
    changed.add_repeated_f64(f64::from_bits(bits), times);
    changed.add_one_f64(f64::from_bits(bits));
    changed.merge(other);
    let _ = (
        changed.to_words(),
        changed.save(),
        changed.value_f64(),
        changed.mean_f64(),
    );
    let _ = (
        changed.value_f32(),
        changed.value_i64(),
        changed.value_u64(),
        changed.count(),
    );
    let _ = (
        changed.text(None),
        changed.text(Some(3)),
        changed.error_f64(1.0),
    );
    changed.unmerge(other);
    changed.subtract_one_f64(f64::from_bits(bits));
    let mut repeated = Accumulator::new();
    repeated.add_repeated_f64(f64::from_bits(bits), times);
    changed.unmerge(&repeated);
    changed.subtract_i32(&[bits as i32]);
    changed.subtract_i64(&[bits as i64]);
    changed.subtract_u64(&integers);
    changed.subtract_f32(&narrow);
    changed.subtract_f64(&values);
    assert_eq!(changed, *accumulator, "{values:?} {bits:#x} {times}");
}

#[test]
fn any_words_are_refused_or_mean_what_they_say() {
    let mut random = Random::new(61);
    let mut other = Accumulator::new();
    let mut read = 0;
    for round in 0..rounds(100_000) {
        let words = words(&mut random);
        let accumulator = Accumulator::from_words(&words);
        assert_eq!(
            accumulator.as_ref().err(),
            expected_error(&words).as_ref(),
            "{words:x?}"
        );
        let Ok(accumulator) = accumulator else {
            continue;
        };
        read += 1;
        assert_eq!(
            accumulator.to_words(),
            Ok(words),
            "round {round}: {words:x?}"
        );
        change(&accumulator, &other, &mut random);

        let oracle = oracle(&words);
        assert_eq!(
            accumulator.save().expect("a state").as_bytes(),
            oracle.saved(),
            "{words:x?}"
        );
        let value = accumulator.value_f64();
        let mean = accumulator.mean_f64();
        if oracle.counters[2..].iter().any(|&counter| counter < 0) {
            assert_eq!(value, Err(ValueError::NegativeCount), "{words:x?}");
            assert_eq!(mean, Err(ValueError::NegativeCount), "{words:x?}");
        } else {
            let report = || format!("{words:x?}");
            let negative = oracle.is_negative();
            check_rounded(value, oracle.value_f64(), negative, &report);
            if oracle.counters[0] < 1 {
                assert_eq!(mean, Err(ValueError::NoValues), "{words:x?}");
            } else {
                check_rounded(mean, oracle.mean_f64(), negative, &report);
            }
        }
        other = accumulator;
    }
    assert!(
        read > rounds(50_000),
        "only {read} were states: not a fair test"
    );
}

#[test]
fn a_failed_state_gives_its_status() {
    let mut words = [0; 40];
    words[39] = -3_i32 as u32 as u64;
    assert_eq!(Accumulator::from_words(&words), Err(BadState::Failed(-3)));
    words[39] = -3_i64 as u64;
    assert_eq!(Accumulator::from_words(&words), Err(BadState::Damaged));
    words[39] = 0;
    assert_eq!(Accumulator::from_words(&words), Ok(Accumulator::new()));
}
