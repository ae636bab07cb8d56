//! Integers of up to 256 bits in bytes, and totals of any scale.

use num_bigint::BigInt;
use num_traits::Signed;

use crate::support::decimals::Oracle;
use crate::support::random::Random;
use tally_core::internal::WideTotal;
use tally_core::{Column, Decimal, Stored, ValueError};

/// An integer of `bits` bits, often near an end of their range.
fn integer(random: &mut Random, bits: usize) -> BigInt {
    let (least, most) = (
        -(BigInt::from(1) << (bits - 1)),
        (BigInt::from(1) << (bits - 1)) - 1,
    );
    let any = (0..4).fold(BigInt::from(0), |all, _| {
        (all << 64) | BigInt::from(random.bits())
    });
    match random.below(8) {
        0 => least,
        1 => most,
        2 => BigInt::from(random.between(-3, 3)),
        3 => BigInt::from(10).pow(random.below(bits * 3 / 10) as u32),
        _ => {
            let kept = (any >> (256 - bits)) >> random.below(bits);
            if random.below(2) == 0 { -kept } else { kept }.clamp(least, most)
        }
    }
}

/// In two's complement, in the machine's order of bytes.
fn bytes<const BYTES: usize>(integer: &BigInt) -> [u8; BYTES] {
    let fill = if integer.is_negative() { 0xff } else { 0 };
    let mut bytes = [fill; BYTES];
    let given = integer.to_signed_bytes_le();
    assert!(given.len() <= BYTES);
    bytes[..given.len()].copy_from_slice(&given);
    if cfg!(target_endian = "big") {
        bytes.reverse();
    }
    bytes
}

fn totals_are_exact<const BYTES: usize>(seed: u64, scales: &[i16]) {
    let mut random = Random::new(seed);
    for _ in 0..3000 {
        let scale = random.pick(scales);
        let values: Vec<BigInt> = (0..random.below(9))
            .map(|_| integer(&mut random, 8 * BYTES))
            .collect();
        let written: Vec<[u8; BYTES]> = values.iter().map(bytes).collect();
        let (first, second) = written.split_at(written.len() / 2);
        let mut sum = WideTotal::default();
        sum.add_bytes(first);
        sum.add_bytes(second);
        let mut total = Decimal::new();
        total.add_wide(&sum, scale);
        let mut expected = Oracle::default();
        for value in &values {
            expected.add(&format!("{value}e{}", -i32::from(scale)), 1);
        }
        assert_eq!(total.to_words(), Ok(expected.words()), "{values:?} {scale}");
    }
}

#[test]
fn integers_of_128_and_256_bits_are_what_they_stand_for() {
    totals_are_exact::<16>(61, &[0, 2, 18, 38, 342, -1, -18, -283]);
    totals_are_exact::<32>(62, &[0, 2, 17, 76, 342, -1, -19, -244]);
    totals_are_exact::<8>(63, &[0, 1, 341, -300]);
}

#[test]
fn sums_beyond_256_bits_are_kept() {
    for negative in [false, true] {
        let end = if negative { -1 } else { 1 } * ((BigInt::from(1) << 255) - 1);
        for count in [1, 2, 3, 1000, 100_000] {
            let mut sum = WideTotal::default();
            sum.add_bytes(&vec![bytes::<32>(&end); count]);
            let mut total = Decimal::new();
            total.add_wide(&sum, 0);
            let text = total.text(tally_core::Digits::All).expect("a value");
            assert_eq!(text.as_str(), (&end * count).to_string());
        }
    }
}

#[test]
fn what_has_no_room_is_out_of_range() {
    let mut sum = WideTotal::default();
    sum.add_bytes(&[bytes::<32>(&(BigInt::from(10).pow(76) - 1))]);
    for scale in [-265, -266, -300, -341, -1000, i16::MIN] {
        let mut total = Decimal::new();
        total.add_wide(&sum, scale);
        assert_eq!(total.to_words().is_ok(), scale >= -265, "{scale}");
    }
}

#[test]
fn columns_of_integers_are_added() {
    let values = [i64::MAX, i64::MIN, 7, i64::MAX];
    let mut sum = WideTotal::default();
    let column = Column::new(&values).with_bits(&[0b1101], 0);
    assert_eq!(sum.add_column(&column), Ok(()));
    let mut total = Decimal::new();
    total.add_wide(&sum, -2);
    let mut expected = Oracle::default();
    for value in [i64::MAX, 7, i64::MAX] {
        expected.add(&format!("{value}e2"), 1);
    }
    assert_eq!(total.to_words(), Ok(expected.words()));
    let mut below = WideTotal::default();
    assert_eq!(below.add_column(&Column::new(&[-7_i32, 3])), Ok(()));
    total.add_wide(&below, 1);
    for word in ["-7e-1", "3e-1"] {
        expected.add(word, 1);
    }
    assert_eq!(total.to_words(), Ok(expected.words()));
    let doubles = Column::new(&[1.0_f64]);
    assert_eq!(sum.add_column(&doubles), Err(ValueError::NotIntegers));
}

#[test]
fn nothing_has_no_scale() {
    let mut total = Decimal::new();
    total.add_wide(&WideTotal::default(), 7);
    assert_eq!(total, Decimal::new());
}
