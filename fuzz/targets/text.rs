//! Numbers in text. The bytes are a separator, where the text is cut, and the text; bytes 1
//! and 2 in it stand for zeros.
//!
//! The text is taken apart and its words are read by the rules of the manual, with big
//! integers. Accumulators, moments and decimals must have what that gives, of the whole
//! text and of pieces that end anywhere; a bad word is refused with its offset, and nothing
//! is added. Each word is also a field of its own, and the text an argument of those
//! functions that read a string.

use std::ffi::{c_char, c_int};

use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};
use tally::api::accumulator::tally_accumulator;
use tally::api::add_text::*;
use tally::api::classic::risky_operation;
use tally::api::decimal::tally_decimal;
use tally::api::decimal_add::*;
use tally::api::errors::{tally_last_message, tally_last_status};
use tally::api::memory::tally_free;
use tally::api::moments::tally_moments;
use tally::api::text::{tally_text_copy, tally_text_length};
use tally::boundary::status::tally_status::{self, *};

use crate::answers::checked;
use crate::input::Input;
use crate::kinds::Kind;
use crate::meaning::Meaning;
use crate::passing::Passed;
use crate::place::{Place, null, text_at};
use crate::support::decimals::{POINT, ten_to};
use crate::support::oracle::units;
use crate::written::{Word, read, words};

pub(crate) fn run(data: &[u8]) {
    let mut input = Input(data);
    let separator = match input.byte() {
        choice @ 0..8 => b" ,;\t\n\0|e"[usize::from(choice)],
        any => any,
    };
    let cuts: Vec<u8> = (0..input.below(6)).map(|_| input.byte()).collect();
    let text = &expanded(input.0)[..];
    feed::<tally_accumulator>(text, separator, &cuts);
    feed::<tally_moments>(text, separator, &cuts);
    feed::<tally_decimal>(text, separator, &cuts);
    for (_, word) in words(text, separator).into_iter().take(8) {
        field(word);
    }
    field(text);
    string(text);
}

/// The text, with zeros in place of two control characters and a number of them: more than
/// an input has room for, up to where an exponent of the standard library ends.
fn expanded(text: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    let mut input = Input(text);
    while !input.is_empty() {
        match input.byte() {
            1 => all.resize(all.len() + 3 * usize::from(input.byte()), b'0'),
            2 if all.len() < 10_000 => {
                all.resize(all.len() + 2600 * usize::from(input.byte()), b'0')
            }
            byte => all.push(byte),
        }
    }
    all
}

type AddText<K> = unsafe extern "C" fn(
    *mut K,
    *const c_char,
    usize,
    c_char,
    c_int,
    *mut usize,
    *mut usize,
) -> tally_status;

/// A kind of state that reads text.
pub(crate) trait Reads: Kind {
    /// Adds a word to what a state means.
    fn note(meaning: &mut Meaning, word: &[u8]) -> Result<(), tally_status>;
    /// The function of C that adds text.
    const ADD: AddText<Self>;
    const SUBTRACT: Option<AddText<Self>> = None;
}

fn note_value(meaning: &mut Meaning, value: f64) {
    meaning.counters[0] += 1;
    if value.is_finite() {
        meaning.counters[1] += i64::from(value == 0.0 && value.is_sign_negative());
    } else {
        let place = if value.is_nan() {
            2
        } else {
            3 + usize::from(value < 0.0)
        };
        meaning.counters[place] += 1;
    }
}

/// A word as an integer or as the nearest double: its value in units of 2^-1074.
fn note_number(meaning: &mut Meaning, word: &[u8]) -> Result<BigInt, tally_status> {
    let written = match read(word) {
        Word::NotANumber => return Err(TALLY_PARSE),
        Word::Named(value) => {
            note_value(meaning, value);
            return Ok(BigInt::zero());
        }
        Word::Number(written) => written,
    };
    let nearest = written.nearest().map_err(|_| TALLY_OVERFLOW)?;
    if written.is_integer {
        // An integer zero has no sign.
        meaning.counters[0] += 1;
        let size: BigInt = (written.digits * ten_to(written.exponent)) << 1074;
        return Ok(if written.negative { -size } else { size });
    }
    note_value(meaning, nearest);
    Ok(units(nearest))
}

macro_rules! reads {
    ($kind:ident ($add:ident $(, $subtract:ident)?) $note:expr) => {
        impl Reads for $kind {
            fn note(meaning: &mut Meaning, word: &[u8]) -> Result<(), tally_status> {
                $note(meaning, word)
            }
            const ADD: AddText<Self> = $add;
            $(const SUBTRACT: Option<AddText<Self>> = Some($subtract);)?
        }
    };
}

reads!(tally_accumulator (tally_accumulator_add_text) |meaning: &mut Meaning, word: &[u8]| {
    let number = note_number(meaning, word)?;
    meaning.total += number;
    Ok(())
});
reads!(tally_moments (tally_moments_add_text) |meaning: &mut Meaning, word: &[u8]| {
    let number = note_number(meaning, word)?;
    meaning.squares += &number * &number;
    meaning.total += number;
    Ok(())
});
reads!(tally_decimal (tally_decimal_add_text, tally_decimal_subtract_text) |meaning: &mut Meaning, word: &[u8]| {
    match read(word) {
        Word::NotANumber => Err(TALLY_PARSE),
        Word::Named(value) => {
            note_value(meaning, value);
            Ok(())
        }
        Word::Number(written) => {
            meaning.total += written.decimal().ok_or(TALLY_OVERFLOW)?;
            meaning.counters[0] += 1;
            meaning.scale = meaning.scale.max(written.places.clamp(0, POINT));
            Ok(())
        }
    }
});

/// A call: its status, what it consumed and added; 77 is untouched.
fn call<K: Reads>(
    function: AddText<K>,
    state: &mut Place,
    text: &[u8],
    separator: u8,
    last: bool,
) -> (tally_status, usize, usize) {
    let source = Place::new(text, 1);
    let (mut consumed, mut values) = (7777, 7777);
    // SAFETY: a state of its size, and as many bytes of text as it says.
    let status = unsafe {
        function(
            state.passed(),
            source.bytes().as_ptr().cast(),
            text.len(),
            separator as c_char,
            last.into(),
            &mut consumed,
            &mut values,
        )
    };
    (checked(status), consumed, values)
}

fn feed<K: Reads>(text: &[u8], separator: u8, cuts: &[u8]) {
    let mut state = Place::new(&vec![0; 8 * K::WORDS], 5);
    let in_a_number = separator.is_ascii_alphanumeric() || b"+-.\r".contains(&separator);
    if in_a_number {
        let refused = (TALLY_INVALID, 7777, 7777);
        assert_eq!(
            call(K::ADD, &mut state, text, separator, true),
            refused,
            "{separator}"
        );
        return;
    }
    let mut meaning = Meaning::default();
    let words = words(text, separator);
    let bad = words.iter().find_map(|&(offset, word)| {
        let failure = K::note(&mut meaning, word).err()?;
        Some((failure, offset))
    });
    let name = || {
        format!(
            "{}: {:?} by {separator}, cut at {cuts:?}",
            K::NAME,
            String::from_utf8_lossy(text)
        )
    };
    let found = call(K::ADD, &mut state, text, separator, true);
    let empty = vec![0; K::WORDS];
    match bad {
        Some((failure, offset)) => {
            assert_eq!(found, (failure, offset, 7777), "{}", name());
            assert_eq!(state.words(), empty, "{}", name());
        }
        None => {
            assert_eq!(found, (TALLY_OK, text.len(), words.len()), "{}", name());
            assert_eq!(Some(state.words()), K::words(&meaning), "{}", name());
            if let Some(subtract) = K::SUBTRACT {
                let again = call(subtract, &mut state, text, separator, true);
                assert_eq!(again, found, "{}", name());
                let emptied = Meaning {
                    scale: meaning.scale,
                    ..Meaning::default()
                };
                assert_eq!(Some(state.words()), K::words(&emptied), "{}", name());
            }
        }
    }
    in_pieces::<K>(text, separator, cuts, bad, &meaning, &name);
}

/// Where a cut is: near the beginning or the end of a text, or anywhere in it.
fn place_of(cut: u8, length: usize) -> usize {
    let cut = usize::from(cut);
    match cut {
        0..100 => cut.min(length),
        100..200 => length - (cut - 100).min(length),
        _ => length * (cut - 200) / 55,
    }
}

/// The same in pieces; what one leaves is given again with the next.
fn in_pieces<K: Reads>(
    text: &[u8],
    separator: u8,
    cuts: &[u8],
    bad: Option<(tally_status, usize)>,
    meaning: &Meaning,
    name: &dyn Fn() -> String,
) {
    let mut state = Place::new(&vec![0; 8 * K::WORDS], 3);
    let (mut start, mut end, mut all) = (0, 0, 0);
    let mut cuts = cuts
        .iter()
        .map(|&cut| place_of(cut, text.len()))
        .collect::<Vec<_>>();
    cuts.sort_unstable();
    cuts.push(text.len());
    for (index, &cut) in cuts.iter().enumerate() {
        end = end.max(cut);
        let last = index == cuts.len() - 1;
        let piece = &text[start..end];
        let (status, consumed, values) = call(K::ADD, &mut state, piece, separator, last);
        if status != TALLY_OK {
            assert_eq!(Some((status, start + consumed)), bad, "{}", name());
            assert_eq!(values, 7777, "{}", name());
            return;
        }
        let rest = &piece[consumed..];
        let left = words(rest, separator);
        let left = left.iter().filter(|word| !word.1.is_empty()).count();
        assert!(
            left <= 1 && (!last || rest.is_empty()),
            "{}: left {rest:?}",
            name()
        );
        start += consumed;
        all += values;
    }
    assert_eq!(bad, None, "{}", name());
    assert_eq!(all, words(text, separator).len(), "{}", name());
    assert_eq!(Some(state.words()), K::words(meaning), "{}", name());
}

/// A field of a table: one finite number and nothing else.
fn field(text: &[u8]) {
    let mut meaning = Meaning::default();
    let expected = match read(text) {
        Word::Named(_) => Err(TALLY_PARSE),
        _ => tally_decimal::note(&mut meaning, text),
    };
    let mut state = Place::new(&[0; 352], 1);
    let mut source = Place::new(text, 2);
    let pointer = source.pointer::<c_char>().cast_const();
    // SAFETY: a decimal, and as many bytes of text as it says.
    let status =
        checked(unsafe { tally_decimal_add_one_text((&mut state).passed(), pointer, text.len()) });
    assert_eq!(
        status,
        expected.err().unwrap_or(TALLY_OK),
        "{:?}",
        String::from_utf8_lossy(text)
    );
    let wanted = if expected.is_ok() {
        meaning
    } else {
        Meaning::default()
    };
    assert_eq!(
        Some(state.words()),
        tally_decimal::words(&wanted),
        "{:?}",
        String::from_utf8_lossy(text)
    );
    if expected.is_ok() {
        // SAFETY: as above.
        let status = checked(unsafe {
            tally_decimal_subtract_one_text((&mut state).passed(), pointer, text.len())
        });
        assert_eq!(status, TALLY_OK);
        let scale = Meaning {
            scale: wanted.scale,
            ..Meaning::default()
        };
        assert_eq!(Some(state.words()), tally_decimal::words(&scale));
    }
}

/// The text as a string of C, up to its first NUL.
fn string(text: &[u8]) {
    let end = text
        .iter()
        .position(|&byte| byte == 0)
        .unwrap_or(text.len());
    let mut bytes = text[..end].to_vec();
    bytes.push(0);
    let mut source = Place::new(&bytes, 1);
    let pointer = source.pointer::<c_char>().cast_const();
    let text = std::str::from_utf8(&bytes[..end]);
    let (mut size, mut characters) = (7777, 7777);
    // SAFETY: the string ends in a NUL, and there are places for two numbers.
    let status = checked(unsafe { tally_text_length(pointer, &mut size, &mut characters) });
    let mut copy = null();
    // SAFETY: the same string, and a place for the copy.
    let copied = checked(unsafe { tally_text_copy(pointer, &mut copy) });
    // SAFETY: the same string.
    let total = unsafe { risky_operation(pointer) };
    let Ok(text) = text else {
        assert_eq!((status, size, characters), (TALLY_ENCODING, 7777, 7777));
        assert_eq!((copied, copy), (TALLY_ENCODING, null()));
        assert_eq!(total, TALLY_ENCODING as i32);
        return;
    };
    assert_eq!(
        (status, size, characters),
        (TALLY_OK, text.len(), text.chars().count())
    );
    assert_eq!(copied, TALLY_OK);
    assert_eq!(text_at(copy), text);
    tally_free(copy.cast());
    assert_eq!(
        total,
        integers(text),
        "{text:?}: {}",
        text_at(tally_last_message())
    );
    assert_eq!(tally_last_status() as i32, total.min(0), "{text:?}");
}

/// The total of the integers in a text, or the status of its failure.
fn integers(text: &str) -> i32 {
    let mut total = BigInt::zero();
    for word in text
        .split([' ', '\t', '\n', '\x0b', '\x0c', '\r'])
        .filter(|word| !word.is_empty())
    {
        let digits = word.strip_prefix(['-', '+']).unwrap_or(word);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return TALLY_PARSE as i32;
        }
        if digits.trim_start_matches('0').len() > 600 {
            return TALLY_OVERFLOW as i32;
        }
        let size: BigInt = digits.parse().expect("digits");
        total += if word.starts_with('-') { -size } else { size };
    }
    match total.to_i32() {
        Some(total @ 0..) => total,
        _ if total < BigInt::zero() => TALLY_INVALID as i32,
        _ => TALLY_OVERFLOW as i32,
    }
}
