//! Sealed states: whatever changes in the bytes is noticed.

use crate::support::golden;
use crate::support::random::Random;
use tally_core::{Accumulator, Moments, OpenError, SEAL_SIZE, Stored, open, seal};

/// Written by `docs/saved_format.py`.
const GOLDEN: &str = include_str!("../golden/saved_sealed.txt");

#[test]
fn golden_states_are_sealed_and_opened_to_the_byte() {
    let (mut states, mut refusals) = (0, 0);
    for (name, operations, bytes) in golden::states(GOLDEN) {
        if operations == "refused" {
            assert!(open(&bytes).is_err(), "{name}");
            refusals += 1;
            continue;
        }
        let saved = open(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        let loaded = Accumulator::load(saved).unwrap_or_else(|error| panic!("{name}: {error}"));
        let saved = loaded.save().expect(name);
        assert_eq!(sealed(saved.as_bytes()), bytes, "{name}");
        states += 1;
    }
    assert!(states > 15 && refusals > 15, "{states}, {refusals}");
}

/// Bytes in their envelope.
fn sealed(bytes: &[u8]) -> Vec<u8> {
    let envelope = seal(bytes).expect("short");
    [&envelope.front, bytes, &envelope.back].concat()
}

/// Sealed bytes of a few hundred values.
fn sealed_state(random: &mut Random) -> Vec<u8> {
    let values: Vec<f64> = (0..300)
        .map(|_| random.sign() * random.unit() * 1e10)
        .collect();
    let saved = if random.one_in(2) {
        let mut sum = Accumulator::new();
        sum.add_f64(&values);
        sum.save().expect("in range")
    } else {
        let mut moments = Moments::new();
        moments.add_f64(&values);
        moments.save().expect("in range")
    };
    sealed(saved.as_bytes())
}

#[test]
fn what_was_sealed_is_opened() {
    let mut random = Random::new(901);
    for length in 0..600 {
        let bytes: Vec<u8> = (0..length).map(|_| random.bits() as u8).collect();
        let sealed = sealed(&bytes);
        assert_eq!(sealed.len(), length + SEAL_SIZE);
        assert_eq!(open(&sealed), Ok(&bytes[..]), "{length} bytes");
    }
}

#[test]
fn every_change_of_up_to_three_bits_is_noticed() {
    let mut random = Random::new(902);
    let sealed = sealed_state(&mut random);
    let bits = sealed.len() * 8;
    let flip = |bytes: &mut [u8], bit: usize| bytes[bit / 8] ^= 1 << (bit % 8);
    for first in 0..bits {
        let mut one = sealed.clone();
        flip(&mut one, first);
        assert!(open(&one).is_err(), "bit {first} changed");
        for _ in 0..40 {
            let (second, third) = (random.below(bits), random.below(bits));
            if second == first || third == first || second == third {
                continue;
            }
            let mut more = one.clone();
            flip(&mut more, second);
            assert!(open(&more).is_err(), "bits {first} and {second} changed");
            flip(&mut more, third);
            assert!(
                open(&more).is_err(),
                "bits {first}, {second} and {third} changed"
            );
        }
    }
}

/// At each place, the borders of length, content and checksum among them.
#[test]
fn every_burst_of_up_to_32_bits_is_noticed() {
    let mut random = Random::new(904);
    let sealed = sealed(&(1..=56).collect::<Vec<u8>>());
    for at in 0..sealed.len() - 4 {
        for shift in 0..8 {
            for _ in 0..400 {
                // The first and the last bit of a burst are changed.
                let size = 2 + random.below(31);
                let inner = random.bits() & ((1 << size) - 1);
                let burst = (inner | 1 | 1 << (size - 1)) << shift;
                let mut bytes = sealed.clone();
                for (byte, change) in bytes[at..].iter_mut().zip(burst.to_le_bytes()) {
                    *byte ^= change;
                }
                assert!(open(&bytes).is_err(), "{burst:#x} from byte {at} on");
            }
        }
    }
    // One that a checksum in front of the content does not find.
    let mut bytes = sealed;
    for (byte, change) in bytes[12..].iter_mut().zip([0xc0, 0x38, 0x38, 0xca, 0x21]) {
        *byte ^= change;
    }
    assert_eq!(open(&bytes), Err(OpenError::Checksum));
}

#[test]
fn bytes_that_are_cut_grown_swapped_or_random_are_refused() {
    let mut random = Random::new(903);
    for _ in 0..300 {
        let sealed = sealed_state(&mut random);
        for length in 0..sealed.len() {
            assert!(open(&sealed[..length]).is_err(), "cut to {length} bytes");
        }
        let grown = [&sealed[..], &[0]].concat();
        assert!(open(&grown).is_err(), "one zero more");
        let at = random.below(sealed.len() - 8);
        let mut swapped = sealed.clone();
        swapped.swap(at, at + 1 + random.below(7));
        assert!(
            swapped == sealed || open(&swapped).is_err(),
            "bytes swapped at {at}"
        );
        let noise: Vec<u8> = (0..random.below(400))
            .map(|_| random.bits() as u8)
            .collect();
        assert!(open(&noise).is_err(), "{noise:?}");
    }
}

#[test]
fn a_refusal_says_what_is_wrong() {
    let sealed = sealed(b"abc");
    let changed = |at: usize, byte: u8| {
        let mut bytes = sealed.clone();
        bytes[at] = byte;
        open(&bytes).map(<[u8]>::to_vec).expect_err("changed")
    };
    assert_eq!(open(&sealed[..15]), Err(OpenError::TooShort { length: 15 }));
    assert_eq!(changed(3, b'X'), OpenError::Magic);
    assert_eq!(changed(3, b'Y'), OpenError::NotSealed);
    assert_eq!(changed(4, 2), OpenError::Version(2));
    assert_eq!(changed(7, 1), OpenError::Reserved);
    let length = OpenError::Length {
        length: 3,
        expected: 4,
    };
    assert_eq!(changed(8, 4), length);
    assert_eq!(changed(12, b'd'), OpenError::Checksum);
    assert_eq!(changed(18, !sealed[18]), OpenError::Checksum);
}
