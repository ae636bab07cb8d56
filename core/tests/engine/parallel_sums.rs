//! A sum split over threads is the sum: whatever the pieces are, whoever adds
//! them, and in whatever order their estimates and totals come together.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::support::arrays::KINDS;
use crate::support::engines::build::ordinary;
use crate::support::engines::half_units::HalfUnits;
use crate::support::engines::{engines, total_of, total_of_f32};
use crate::support::oracle::{Oracle, scale};
use crate::support::random::Random;
use crate::support::workers::InTurn;
use crate::support::{check_rounded, check_rounded_f32, paste};
use tally_core::{
    Accumulator, Isa, ScopedThreads, Split, Stored, Workers, accumulate_parallel, sum_f32_parallel,
    sum_f32_split, sum_f64_parallel, sum_f64_split, sum_i64, sum_integers_parallel,
    sum_integers_split,
};

fn check_f64_on(
    workers: &impl Workers,
    isa: Isa,
    split: Split,
    values: &[f64],
    oracle: &Oracle,
    context: &dyn Fn() -> String,
) {
    let report = || {
        let context = context();
        format!("{}, {split:?}, {context}: {}", isa.name(), paste(values))
    };
    let result = sum_f64_split(isa, workers, split, values);
    check_rounded(result, oracle.value_f64(), oracle.is_negative(), &report);
}

fn check_f32_on(
    workers: &impl Workers,
    isa: Isa,
    split: Split,
    values: &[f32],
    context: &dyn Fn() -> String,
) {
    let oracle = total_of_f32(values);
    let report = || format!("{}, {split:?}, {}", isa.name(), context());
    let sum = sum_f32_split(isa, workers, split, values);
    check_rounded_f32(sum, oracle.value_f32(), oracle.is_negative(), &report);
}

/// All engines, in some pieces, in turn.
fn check_f64(values: &[f64], pieces: &[usize], context: &dyn Fn() -> String) {
    let oracle = total_of(values);
    for isa in engines() {
        for &piece in pieces {
            let split = Split { threads: 2, piece };
            check_f64_on(&InTurn, isa, split, values, &oracle, context);
        }
    }
}

#[test]
fn any_pieces_of_any_kind_of_array_make_the_same_sum() {
    for (name, generate) in KINDS {
        let mut random = Random::new(301);
        for length in [0, 1, 2, 17, 100, 511, 513, 2000, 4096, 4097, 9000] {
            let values = generate(&mut random, length);
            let pieces = [1 + random.below(50), 64, 1000, 4096];
            check_f64(&values, &pieces, &|| format!("{name}, {length} values"));
            let narrow: Vec<f32> = values.iter().map(|&value| value as f32).collect();
            for isa in engines() {
                let piece = random.pick(&pieces);
                let split = Split { threads: 3, piece };
                check_f32_on(&InTurn, isa, split, &narrow, &|| name.to_owned());
            }
        }
    }
}

#[test]
fn any_number_of_threads_makes_the_same_sum() {
    let mut random = Random::new(302);
    for (name, generate) in KINDS {
        let values = generate(&mut random, 20_000);
        let oracle = total_of(&values);
        let narrow: Vec<f32> = values.iter().map(|&value| value as f32).collect();
        for threads in 1..=9 {
            let workers = ScopedThreads(threads);
            let piece = random.pick(&[100, 512, 1024, 4096]);
            let split = Split { threads, piece };
            for isa in engines() {
                let context = || name.to_owned();
                check_f64_on(&workers, isa, split, &values, &oracle, &context);
            }
            check_f32_on(&workers, Isa::best(), split, &narrow, &|| name.to_owned());
        }
    }
}

#[test]
fn arrays_of_many_kinds_in_turn() {
    // Each piece has a window of its own, and some have no estimate.
    let mut random = Random::new(303);
    for round in 0..60 {
        let mut values = Vec::new();
        for _ in 0..2 + random.below(6) {
            let (_, generate) = random.pick(&KINDS);
            let length = random.pick(&[100, 1000, 4096]);
            let shift = random.between(-300, 300);
            let part = generate(&mut random, length).into_iter();
            values.extend(part.map(|value| scale(value, shift)));
        }
        check_f64(&values, &[100, 1000, 4096], &|| format!("round {round}"));
    }
}

#[test]
fn the_bounds_of_all_pieces_count() {
    let mut random = Random::new(304);
    for unit in -100..=-79 {
        for length in [1000, 4097, 8193, 12_289] {
            for direction in [1, -1] {
                let array = HalfUnits::losing(&mut random, length, unit, direction, 53);
                let values = array.just_beyond_a_tie(length / 2..length, direction);
                check_f64(&values, &[length / 4, length / 2, 4096], &|| {
                    format!("{length} values lose 2^{}, {direction}", unit - 1)
                });
            }
        }
    }
}

#[test]
fn estimates_of_any_two_units_come_together() {
    let mut random = Random::new(305);
    let count = 1024;
    for above in 0..=160 {
        let base = random.between(-400, 400);
        for swap in [false, true] {
            let mut pieces = [
                ordinary(&mut random, count, base + above),
                ordinary(&mut random, count, base),
            ];
            if swap {
                pieces.swap(0, 1);
            }
            let values = pieces.concat();
            check_f64(&values, &[count], &|| format!("2^{base}, 2^{above} above"));
        }
        // One large value that no sample sees: its piece has a window of its own.
        let mut values = ordinary(&mut random, 2 * count, base);
        values[count + 1] = scale(1.0 + random.unit(), base + above);
        check_f64(&values, &[count], &|| {
            format!("2^{base}, one 2^{above} above")
        });
    }
}

#[test]
fn one_special_in_any_piece_decides() {
    let mut random = Random::new(306);
    let (count, piece) = (2100, 256);
    let plain: Vec<f64> = (0..count).map(|_| random.unit()).collect();
    for special in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        for at in (0..count).step_by(60).chain([255, 256, 257, count - 1]) {
            let mut values = plain.clone();
            values[at] = special;
            check_f64(&values, &[piece], &|| format!("{special} at {at}"));
            values[(at + 700) % count] = f64::INFINITY;
            check_f64(&values, &[piece], &|| format!("{special} at {at}, inf"));
        }
    }
}

#[test]
fn zeros_keep_their_sign_and_overflow_is_told() {
    let zeros = vec![-0.0; 3000];
    check_f64(&zeros, &[256, 1000], &|| "negative zeros".to_owned());
    let mut mixed = zeros.clone();
    mixed[2999] = 0.0;
    check_f64(&mixed, &[256, 1000], &|| "and one positive".to_owned());
    check_f64(&[f64::MAX; 3000], &[256], &|| "largest".to_owned());
    let half_an_ulp = scale(1.0, 970);
    for last in [half_an_ulp, half_an_ulp.next_down(), -half_an_ulp] {
        let mut values = vec![0.0; 3000];
        (values[0], values[2999]) = (f64::MAX, last);
        check_f64(&values, &[256], &|| format!("largest and {last:e}"));
        values.iter_mut().for_each(|value| *value = -*value);
        check_f64(&values, &[256], &|| format!("least and {last:e}"));
    }
}

#[test]
fn integers_are_summed_in_any_pieces_by_any_number_of_threads() {
    let mut random = Random::new(307);
    for length in [0, 1, 31, 33, 1000, 5000] {
        for extreme in [false, true] {
            let values: Vec<i64> = (0..length)
                .map(|_| match (extreme, random.below(3)) {
                    (true, 0) => i64::MAX,
                    (true, _) => i64::MIN,
                    (false, _) => random.bits() as i64,
                })
                .collect();
            let expected: i128 = values.iter().map(|&value| i128::from(value)).sum();
            for threads in 1..=9 {
                let piece = random.pick(&[1, 7, 64, 1000]);
                let split = Split { threads, piece };
                let sum = sum_integers_split(&ScopedThreads(threads), split, length, |numbers| {
                    sum_i64(&values[numbers])
                });
                assert_eq!(sum, expected, "{split:?}, {values:?}");
            }
        }
    }
}

#[test]
fn lengths_around_those_at_which_another_thread_pays() {
    let mut random = Random::new(308);
    let share = 1 << 18;
    let longest = 3 * share + 2;
    let values: Vec<f64> = (0..longest)
        .map(|_| random.sign() * random.unit())
        .collect();
    let narrow: Vec<f32> = values.iter().map(|&value| value as f32).collect();
    let integers: Vec<i64> = (0..longest).map(|_| random.bits() as i64).collect();
    for length in [2, 3]
        .map(|shares| shares * share)
        .into_iter()
        .flat_map(|middle| middle - 1..=middle + 1)
    {
        for threads in 1..=4 {
            let workers = ScopedThreads(threads);
            let (values, narrow) = (&values[..length], &narrow[..length]);
            let context = format!("{length} values, {threads} threads");
            let expected = total_of(values);
            assert_eq!(
                sum_f64_parallel(&workers, values).ok(),
                expected.value_f64(),
                "{context}"
            );
            assert_eq!(
                sum_f32_parallel(&workers, narrow).ok(),
                total_of_f32(narrow).value_f32(),
                "{context}"
            );
            let total =
                accumulate_parallel(&workers, length, |total: &mut Accumulator, numbers| {
                    total.add_f64(&values[numbers]);
                });
            assert_eq!(total.to_words(), Ok(expected.words()), "{context}");
            let integers = &integers[..length];
            let sum =
                sum_integers_parallel(&workers, length, |numbers| sum_i64(&integers[numbers]));
            let expected: i128 = integers.iter().map(|&value| i128::from(value)).sum();
            assert_eq!(sum, expected, "{context}");
        }
    }
}

#[test]
fn each_value_is_in_one_piece_and_pieces_grow_small_towards_the_end() {
    for (threads, piece, count) in [
        (1, 1, 100),
        (2, 10, 1000),
        (3, 7, 12_345),
        (9, 4096, 500_000),
    ] {
        let seen: Vec<AtomicUsize> = (0..count).map(|_| AtomicUsize::new(0)).collect();
        let last = AtomicUsize::new(0);
        let total = sum_integers_split(
            &ScopedThreads(threads),
            Split { threads, piece },
            count,
            |numbers| {
                assert!(!numbers.is_empty());
                assert!(numbers.end == count || numbers.len() % piece == 0);
                if numbers.end == count {
                    last.store(numbers.len(), Ordering::Relaxed);
                }
                for number in numbers.clone() {
                    seen[number].fetch_add(1, Ordering::Relaxed);
                }
                numbers.len() as i128
            },
        );
        assert_eq!(total, count as i128);
        assert!(seen.iter().all(|seen| seen.load(Ordering::Relaxed) == 1));
        assert!(last.into_inner() <= piece, "{threads} {piece} {count}");
    }
}

#[test]
fn short_arrays_are_left_to_the_calling_thread() {
    /// Fails if it is asked to do anything.
    struct NotAsked;
    impl Workers for NotAsked {
        fn threads(&self) -> usize {
            panic!("asked how many threads there are");
        }
        fn run(&self, _: usize, _: &(dyn Fn() + Sync)) {
            panic!("asked to run");
        }
    }
    let values = vec![1.0; 100_000];
    assert_eq!(sum_f64_parallel(&NotAsked, &values), Ok(1e5));
    let total = accumulate_parallel(&NotAsked, 1000, |total: &mut Accumulator, numbers| {
        total.add_f64(&values[numbers]);
    });
    assert_eq!(total.value_f64(), Ok(1000.0));
}
