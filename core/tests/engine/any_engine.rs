//! Every engine gives the same bits: those of the exact total. Each is held to
//! big integers, on every kind of array and around every length at which the
//! engines change their ways.

use crate::support::arrays::KINDS;
use crate::support::engines::{check_f32, check_f64, engines, total_of};
use crate::support::oracle::{Oracle, scale};
use crate::support::random::Random;

/// Lengths at which a vector, a set, a block or a threshold may end.
fn lengths(random: &mut Random) -> Vec<usize> {
    let around = |middle: usize| middle - 1..=middle + 1;
    let mut lengths: Vec<usize> = (0..=130).collect();
    lengths.extend(
        [160, 192, 240, 256, 320, 384, 480, 512, 960, 1024, 2048]
            .map(around)
            .into_iter()
            .flatten(),
    );
    lengths.extend(
        [4080, 4096, 4096 + 64, 8192, 3 * 4096]
            .map(around)
            .into_iter()
            .flatten(),
    );
    lengths.extend(8190..=8200);
    lengths.extend((0..6).map(|_| 130 + random.below(6000)));
    lengths
}

/// An `f32` of the same character as `value`.
fn narrow(value: f64, way: usize, shift: i32) -> f32 {
    match way {
        0 => value as f32,
        1 => f32::from_bits((value.to_bits() >> 32) as u32),
        2 => f32::from_bits(value.to_bits() as u32 & 0x807f_ffff),
        _ => scale(value, shift) as f32,
    }
}

#[test]
fn every_engine_sums_every_kind_of_f64_exactly() {
    for (name, generate) in KINDS {
        let mut random = Random::new(101);
        for length in lengths(&mut random) {
            let values = generate(&mut random, length);
            check_f64(&values, &|| format!("{name}, {length} values"));
        }
    }
}

#[test]
fn every_engine_sums_every_kind_of_f32_exactly() {
    for (name, generate) in KINDS {
        let mut random = Random::new(102);
        for length in lengths(&mut random) {
            let (way, shift) = (random.below(4), random.between(-200, 200));
            let values = generate(&mut random, length).into_iter();
            let values: Vec<f32> = values.map(|value| narrow(value, way, shift)).collect();
            check_f32(&values, &|| format!("{name}, {length} values"));
        }
    }
}

#[test]
fn every_engine_sums_arrays_of_many_kinds_in_turn() {
    // One kind after the other: windows, levels and tables follow each other.
    let mut random = Random::new(103);
    for round in 0..60 {
        let mut values = Vec::new();
        for _ in 0..2 + random.below(6) {
            let (_, generate) = random.pick(&KINDS);
            let length = random.pick(&[100, 4096, 4096, 8192, 12288]);
            let shift = random.between(-300, 300);
            let part = generate(&mut random, length).into_iter();
            values.extend(part.map(|value| scale(value, shift)));
        }
        check_f64(&values, &|| format!("round {round}"));
    }
}

#[test]
fn every_engine_sums_at_any_alignment() {
    let mut random = Random::new(104);
    let values: Vec<f64> = (0..5000).map(|_| random.sign() * random.unit()).collect();
    let narrowed: Vec<f32> = values.iter().map(|&value| value as f32).collect();
    for start in 0..17 {
        for length in [15, 16, 17, 100, 511, 512, 4096, 4500] {
            let context = || format!("{length} values from {start}");
            check_f64(&values[start..][..length], &context);
            check_f32(&narrowed[start..][..length], &context);
        }
    }
}

#[test]
fn every_engine_is_named_and_the_portable_one_is_first() {
    let names: Vec<&str> = engines().iter().map(|isa| isa.name()).collect();
    let known = ["portable", "baseline", "NEON", "AVX2", "AVX-512"];
    assert!(names.iter().all(|name| known.contains(name)), "{names:?}");
    assert_eq!(names.first(), Some(&"portable"));
    // Where the floating-point environment can be guarded.
    let guarded = cfg!(any(
        target_arch = "x86_64",
        target_arch = "aarch64",
        target_arch = "riscv64",
        target_arch = "s390x"
    ));
    if guarded {
        assert_eq!(names.get(1), Some(&"baseline"));
    }
    assert_eq!(names.contains(&"NEON"), cfg!(target_arch = "aarch64"));
    #[cfg(target_arch = "x86_64")]
    {
        assert_eq!(
            names.contains(&"AVX2"),
            is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")
        );
        let features = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vl");
        assert_eq!(names.contains(&"AVX-512"), features);
    }
}

#[test]
fn the_fast_oracle_is_the_plain_one() {
    let mut random = Random::new(105);
    for (name, generate) in KINDS {
        for round in 0..100 {
            let length = random.below(40);
            let values = generate(&mut random, length);
            let (fast, plain) = (total_of(&values), Oracle::of(&values));
            assert_eq!(fast.total, plain.total, "{name}, round {round}");
            assert_eq!(fast.counters, plain.counters, "{name}, round {round}");
        }
    }
}
