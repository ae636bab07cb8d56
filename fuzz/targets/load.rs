//! Two saved forms of any kind, or of none. The bytes are two lengths, then the forms.
//!
//! Each is loaded as every kind of state, and opened as a sealed one. What is accepted is
//! what docs/saved-format.md says, it means what that says, it is saved to the same bytes,
//! and merging the two and taking one out again leads back.

use std::ptr::null;

use tally::api::accumulator::tally_accumulator;
use tally::api::decimal::tally_decimal;
use tally::api::moments::tally_moments;
use tally::api::product_accumulator::tally_product_accumulator;
use tally::api::sealed::{tally_saved_open, tally_saved_seal};
use tally::api::small_accumulator::tally_small_accumulator;
use tally::boundary::status::tally_status::*;

use crate::answers::{checked, expect_bytes};
use crate::input::Input;
use crate::kinds::{Kind, Questions};
use crate::meaning::Meaning;
use crate::place::Place;

/// More bytes than any saved form has.
const MOST: usize = 1000;

pub(crate) fn run(data: &[u8]) {
    let mut input = Input(data);
    let ask = questions(&mut input);
    let length = usize::from(input.short()) % MOST;
    let (first, second) = (input.bytes(length), input.0);
    let second = &second[..second.len().min(MOST)];
    both::<tally_accumulator>(first, second, ask);
    both::<tally_small_accumulator>(first, second, ask);
    both::<tally_product_accumulator>(first, second, ask);
    both::<tally_moments>(first, second, ask);
    both::<tally_decimal>(first, second, ask);
    for bytes in [first, second] {
        open(bytes);
        seal(bytes, ask.digits, ask.candidate.to_bits());
    }
}

/// Which questions are asked of a state.
pub(crate) fn questions(input: &mut Input<'_>) -> Questions {
    // Long texts are slow.
    let digits = usize::from(input.short());
    Questions {
        digits: if digits % 16 == 15 {
            digits
        } else {
            digits % 64
        },
        all_digits: input.byte() % 16 == 1,
        rounding: input.byte(),
        ddof: input.pick(&[0, 1, 2, usize::MAX]),
        candidate: f64::from_bits(input.word()),
    }
}

fn both<K: Kind>(first: &[u8], second: &[u8], ask: Questions) {
    let Some((meaning, mut state)) = load::<K>(first) else {
        return;
    };
    K::check(&state, &meaning, ask);
    let Some((other, from)) = load::<K>(second) else {
        return;
    };
    merge::<K>((&meaning, &mut state), (&other, &from));
}

/// Loads bytes, which the specification accepts or refuses.
fn load<K: Kind>(bytes: &[u8]) -> Option<(Meaning, Place)> {
    let meaning = K::FORM.read(bytes);
    let meaning = meaning.filter(|meaning| K::saved(meaning).as_deref() == Some(bytes));
    let words = meaning.as_ref().and_then(K::words);
    let expected = match (&meaning, &words) {
        (None, _) => TALLY_FORMAT,
        (_, None) => TALLY_TOO_SMALL,
        _ => TALLY_OK,
    };
    let source = Place::new(bytes, 3);
    let mut state = Place::new(&vec![0x5a; 8 * K::WORDS], 5);
    let before = state.bytes().to_vec();
    let status = checked(K::load(&source, &mut state));
    assert_eq!(status, expected, "{} of {bytes:02x?}", K::NAME);
    if status != TALLY_OK {
        assert_eq!(state.bytes(), before, "changed on failure");
        return None;
    }
    assert_eq!(Some(state.words()), words, "{}", K::NAME);
    assert!(bytes.len() <= K::SAVED_MAX);
    K::expect_saved(&state, Ok(bytes));
    Some((meaning?, state))
}

/// Merges a state into another, and takes it out again.
pub(crate) fn merge<K: Kind>(into: (&Meaning, &mut Place), from: (&Meaning, &Place)) {
    let before = into.1.words();
    let sum = into.0.merged(from.0, 1);
    let words = sum.as_ref().and_then(K::words);
    let status = checked(K::merge(into.1, from.1));
    let Some(words) = words else {
        assert_eq!(status, K::FULL, "{}", K::NAME);
        assert_eq!(into.1.words(), before, "changed on failure");
        return;
    };
    assert_eq!(status, TALLY_OK, "{}", K::NAME);
    assert_eq!(into.1.words(), words, "{}", K::NAME);
    let back = sum
        .and_then(|sum| sum.merged(from.0, -1))
        .expect("as before");
    let status = checked(K::unmerge(into.1, from.1));
    assert_eq!(status, TALLY_OK);
    assert_eq!(Some(into.1.words()), K::words(&back), "{}", K::NAME);
}

/// CRC-32C, bit by bit.
fn checksum(bytes: &[u8]) -> u32 {
    let mut rest = u32::MAX;
    for &byte in bytes {
        rest ^= u32::from(byte);
        for _ in 0..8 {
            rest = rest >> 1 ^ if rest & 1 == 1 { 0x82f6_3b78 } else { 0 };
        }
    }
    !rest
}

pub(crate) fn envelope(content: &[u8]) -> Vec<u8> {
    let mut bytes = b"TALS\x01\0\0\0".to_vec();
    bytes.extend((content.len() as u32).to_le_bytes());
    bytes.extend(content);
    let sum = checksum(&bytes);
    bytes.extend(sum.to_le_bytes());
    bytes
}

/// Opens bytes: only what sealing writes is opened.
fn open(bytes: &[u8]) {
    let content = bytes.get(12..bytes.len().saturating_sub(4)).unwrap_or(&[]);
    let expected = (envelope(content) == bytes).then_some(content);
    let mut sealed = Place::new(bytes, 1);
    let (mut opened, mut size) = (null(), 77);
    let pointer: *mut u8 = sealed.pointer();
    // SAFETY: as long as it says.
    let status =
        checked(unsafe { tally_saved_open(pointer.cast(), bytes.len(), &mut opened, &mut size) });
    match expected {
        Some(content) => {
            assert_eq!((status, size), (TALLY_OK, content.len()));
            assert_eq!(opened.cast::<u8>().addr(), pointer.addr() + 12);
        }
        None => {
            assert_eq!((status, size), (TALLY_FORMAT, 77));
            assert!(opened.is_null());
        }
    }
}

/// Seals bytes; any change of up to three bits is seen, and any forged byte of the header.
fn seal(bytes: &[u8], change: usize, forgery: u64) {
    let mut sealed = envelope(bytes);
    let mut content = Place::new(bytes, 2);
    let pointer: *mut u8 = content.pointer();
    expect_bytes(Ok(&sealed), false, &|to, size, needed| {
        // SAFETY: the buffer has the size.
        unsafe { tally_saved_seal(pointer.cast(), bytes.len(), to.cast(), size, needed) }
    });
    // A header that nothing writes, with the checksum that it would have.
    let mut forged = sealed.clone();
    forged[(forgery >> 8) as usize % 12] = forgery as u8;
    forged.truncate(forged.len() - 4);
    forged.extend(checksum(&forged).to_le_bytes());
    open(&forged);
    for step in 0..1 + change % 3 {
        let bit = change.wrapping_mul(step + 1).wrapping_add(step) % (8 * sealed.len());
        sealed[bit / 8] ^= 1 << (bit % 8);
    }
    // Two changes of one bit are none.
    open(&sealed);
}
