//! Integer sums are right where the halves that they are made of are fullest:
//! every value at an end of its range, up to the end of a block and past it.

use crate::support::engines::engines;
use crate::support::random::Random;
use tally_core::{sum_i32_on, sum_i64_on, sum_u64_on};

/// The additions to one lane before its halves are put together, and the lanes,
/// are the engine's own affair; these lengths are at, below and above any block
/// that they may make.
const BLOCKS: [usize; 4] = [1 << 20, 1 << 21, 1 << 22, 1 << 23];

fn lengths() -> Vec<usize> {
    let mut lengths: Vec<usize> = (0..=130).collect();
    lengths.extend([
        1000,
        4095,
        4096,
        4097,
        (1 << 15) - 1,
        1 << 15,
        (1 << 16) + 1,
    ]);
    for block in BLOCKS {
        lengths.extend([
            block - 65,
            block - 1,
            block,
            block + 1,
            block + 63,
            block + 65,
        ]);
    }
    lengths
}

#[test]
fn i32_at_the_ends_of_its_range() {
    let longest = BLOCKS[3] + 65;
    for value in [
        i32::MIN,
        i32::MAX,
        -1,
        1,
        i32::MIN + 1,
        -0x1_0000,
        0xffff,
        -0x8000,
    ] {
        let values = vec![value; longest];
        for length in lengths() {
            let expected = i128::from(value) * length as i128;
            for isa in engines() {
                let sum = sum_i32_on(isa, &values[..length]);
                assert_eq!(sum, expected, "{}: {length} times {value}", isa.name());
            }
        }
    }
}

#[test]
fn i64_at_the_ends_of_its_range() {
    let longest = BLOCKS[2] + 65;
    for value in [
        i64::MIN,
        i64::MAX,
        -1,
        1,
        -0x1_0000_0000,
        0xffff_ffff,
        -0x8000_0000,
    ] {
        let values = vec![value; longest];
        for length in lengths().into_iter().filter(|&length| length <= longest) {
            let expected = i128::from(value) * length as i128;
            for isa in engines() {
                let sum = sum_i64_on(isa, &values[..length]);
                assert_eq!(sum, expected, "{}: {length} times {value}", isa.name());
            }
        }
    }
}

#[test]
fn u64_at_the_ends_of_its_range() {
    let longest = BLOCKS[2] + 65;
    for value in [u64::MAX, 1 << 63, 0xffff_ffff, 0xffff_ffff_0000_0000, 1] {
        let values = vec![value; longest];
        for length in lengths().into_iter().filter(|&length| length <= longest) {
            let expected = u128::from(value) * length as u128;
            for isa in engines() {
                let sum = sum_u64_on(isa, &values[..length]);
                assert_eq!(sum, expected, "{}: {length} times {value}", isa.name());
            }
        }
    }
}

/// Plain sums, value by value.
fn check(bits: &[u64], context: &str) {
    let i32s: Vec<i32> = bits.iter().map(|&value| value as i32).collect();
    let i64s: Vec<i64> = bits.iter().map(|&value| value as i64).collect();
    let expected_i32: i128 = i32s.iter().map(|&value| i128::from(value)).sum();
    let expected_i64: i128 = i64s.iter().map(|&value| i128::from(value)).sum();
    let expected_u64: u128 = bits.iter().map(|&value| u128::from(value)).sum();
    for isa in engines() {
        let context = format!("{}: {context}", isa.name());
        assert_eq!(sum_i32_on(isa, &i32s), expected_i32, "{context}");
        assert_eq!(sum_i64_on(isa, &i64s), expected_i64, "{context}");
        assert_eq!(sum_u64_on(isa, bits), expected_u64, "{context}");
    }
}

#[test]
fn integers_that_alternate_between_the_ends() {
    let longest = BLOCKS[1] + 130;
    for period in [1, 16, 32, 64, 64 << 10] {
        let bits: Vec<u64> = (0..longest)
            .map(|index| match index / period % 2 {
                0 => 0x8000_0000_8000_0000,
                _ => 0x7fff_ffff_7fff_ffff,
            })
            .collect();
        for length in [1000, longest - 64, longest] {
            check(
                &bits[..length],
                &format!("period {period}, {length} values"),
            );
        }
    }
}

#[test]
fn random_integers_of_every_length() {
    let mut random = Random::new(111);
    for length in lengths() {
        let mask = random.pick(&[u64::MAX, 0xffff_ffff, 0xffff_0000_ffff_0000, 1]);
        let bits: Vec<u64> = (0..length).map(|_| random.bits() & mask).collect();
        check(&bits, &format!("{length} values, mask {mask:#x}"));
    }
}

#[test]
fn one_value_at_every_place_counts_once() {
    for length in [63, 64, 65, 129, 320] {
        for at in 0..length {
            let mut bits = vec![0; length];
            bits[at] = 0x8000_0001_9234_5678;
            check(&bits, &format!("at {at} of {length}"));
        }
    }
}
