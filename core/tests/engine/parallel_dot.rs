//! A dot product split over threads is the dot product, whatever the pieces are and
//! whoever adds them.

use crate::support::oracle::scale;
use crate::support::products::{ProductOracle, cancelling, pair_of_kinds};
use crate::support::random::Random;
use crate::support::workers::InTurn;
use crate::support::{check_rounded, paste};
use tally_core::{
    Isa, ProductAccumulator, ScopedThreads, Split, Stored, Workers, accumulate_parallel,
    dot_f64_parallel, dot_f64_split,
};

type Pair = (Vec<f64>, Vec<f64>);

fn check_on(workers: &impl Workers, isa: Isa, split: Split, (x, y): &Pair, oracle: &ProductOracle) {
    let name = isa.name();
    let report = || format!("{name}, {split:?}, x {}, y {}", paste(x), paste(y));
    let result = dot_f64_split(isa, workers, split, x, y);
    check_rounded(result, oracle.value_f64(), oracle.is_negative(), &report);
}

/// All engines, in some pieces, in turn.
fn check(pair: &Pair, pieces: &[usize]) {
    let oracle = ProductOracle::of(&pair.0, &pair.1);
    for isa in Isa::available() {
        for &piece in pieces {
            let split = Split { threads: 2, piece };
            check_on(&InTurn, isa, split, pair, &oracle);
        }
    }
}

#[test]
fn any_pieces_of_any_kinds_of_arrays_make_the_same_product() {
    let mut random = Random::new(311);
    for number in 0..100 {
        for length in [0, 1, 31, 33, 500, 4097] {
            let pair = pair_of_kinds(&mut random, length, number);
            check(&pair, &[1 + random.below(50), 64, 1000]);
        }
    }
}

#[test]
fn any_number_of_threads_makes_the_same_product() {
    let mut random = Random::new(312);
    for number in 0..20 {
        let pair = pair_of_kinds(&mut random, 10_000, number);
        let oracle = ProductOracle::of(&pair.0, &pair.1);
        for threads in 1..=9 {
            let piece = random.pick(&[100, 512, 1024, 4096]);
            for isa in Isa::available() {
                let split = Split { threads, piece };
                check_on(&ScopedThreads(threads), isa, split, &pair, &oracle);
            }
        }
    }
}

#[test]
fn products_that_cancel_over_all_pieces_are_exact() {
    let mut random = Random::new(313);
    for bits in [10, 60, 110, 300, 900] {
        let pair = cancelling(&mut random, 3000, bits);
        check(&pair, &[64, 500, 1500]);
    }
}

#[test]
fn estimates_of_products_of_any_two_sizes_come_together() {
    let mut random = Random::new(314);
    for above in 0..=160 {
        let base = random.between(-200, 200);
        let mut ordinary = |top| -> Vec<f64> {
            (0..512)
                .map(|_| random.sign() * scale(random.unit(), top))
                .collect()
        };
        let y = ordinary(0).repeat(2);
        let (high, low) = (ordinary(base + above), ordinary(base));
        check(&([&high[..], &low].concat(), y.clone()), &[512]);
        check(&([low, high].concat(), y.clone()), &[512]);
        // One large value that no sample sees: its piece has a window of its own.
        let mut x = ordinary(base).repeat(2);
        x[513] = scale(1.5, base + above);
        check(&(x, y), &[512]);
    }
}

#[test]
fn lengths_around_those_at_which_another_thread_pays() {
    let mut random = Random::new(315);
    let share = 1 << 18;
    let y: Vec<f64> = (0..2 * share + 1)
        .map(|_| random.sign() * random.unit())
        .collect();
    let x: Vec<f64> = y.iter().map(|value| value * random.unit()).collect();
    for length in 2 * share - 1..=2 * share + 1 {
        let (x, y) = (&x[..length], &y[..length]);
        let mut expected = ProductAccumulator::new();
        expected.add_f64_on(Isa::PORTABLE, x, y);
        for threads in 1..=3 {
            let workers = ScopedThreads(threads);
            assert_eq!(
                dot_f64_parallel(&workers, x, y),
                expected.value_f64(),
                "{length} pairs, {threads} threads"
            );
            let add = |total: &mut ProductAccumulator, numbers: std::ops::Range<usize>| {
                total.add_f64(&x[numbers.clone()], &y[numbers]);
            };
            let total = accumulate_parallel(&workers, length, add);
            assert_eq!(total.to_words(), expected.to_words());
        }
    }
}
