//! Every verb of decimals on random and hostile inputs against big integers: some hundreds
//! here, 100,000 for each verb with `make check-exact-long`.

use num_bigint::BigInt;
use num_traits::Zero;
use tally_core::{Decimal, FieldError, Stored, WordError};

use crate::support::decimals::{Oracle, POINT, cancelling, ten_to, total_of, word, words};
use crate::support::long::{LONG, SHORT, rounds};
use crate::support::random::Random;
use crate::{doubles, integers, products, rounding, text, values};

const VERBS: [&str; 25] = [
    "add_f64",
    "subtract_f64",
    "add_scaled",
    "subtract_scaled",
    "add_scaled_i128",
    "subtract_scaled_i128",
    "add_products",
    "subtract_products",
    "add_products_f64",
    "subtract_products_f64",
    "add_word",
    "subtract_word",
    "add_one_text",
    "subtract_one_text",
    "merge",
    "unmerge",
    "value_f64",
    "compare",
    "text",
    "mean_text",
    "text_rounded half even",
    "text_rounded half up",
    "text_rounded down and up",
    "text_rounded ceiling and floor",
    "mean_text_rounded",
];

fn check(wanted: u64) {
    rounds("decimals::long", 7, wanted, &VERBS, |random, inputs| {
        let mut count = |verbs: &[&'static str]| verbs.iter().for_each(|verb| inputs.count(verb));
        doubles::check_total(random);
        check_scaled(random);
        integers::check_wide(random);
        products::check_of_integers(random);
        count(&VERBS[..8]);
        if products::check_of_doubles(random) {
            count(&VERBS[8..10]);
        }
        if check_text(random) {
            count(&VERBS[10..14]);
        }
        check_merges(random);
        values::check_value(random);
        values::check_order(random);
        text::check_texts(random);
        count(&VERBS[14..20]);
        if rounding::check_directions(random) {
            count(&VERBS[20..25]);
        }
    });
}

fn check_scaled(random: &mut Random) {
    let any = random.below(346);
    let scale = random.pick(&[0, 1, 2, 17, 18, 19, 36, 341, 342, any]);
    let kind = random.below(4);
    let values: Vec<i64> = (0..random.below(40))
        .map(|_| match kind {
            0 => random.pick(&[i64::MIN, i64::MAX, 0, -1]),
            1 => i64::from(random.between(-99_999, 99_999)),
            _ => random.bits() as i64 >> random.below(64),
        })
        .collect();
    let kept = word(random);
    let places = (scale as i64).min(POINT);
    let words: Vec<String> = values.iter().map(|v| format!("{v}e-{places}")).collect();
    let mut expected = Oracle::of(&words);
    expected.add(&kept, 1);
    let mut total = total_of(std::slice::from_ref(&kept));
    total.add_scaled(&values, scale as u16);
    let name = || format!("{kept} {scale} {values:?}");
    assert_eq!(total.to_words(), Ok(expected.words()), "{}", name());
    total.subtract_scaled(&values, scale as u16);
    let mut rest = Oracle::of(std::slice::from_ref(&kept));
    rest.scale = expected.scale;
    assert_eq!(total.to_words(), Ok(rest.words()), "{}", name());
}

fn check_merges(random: &mut Random) {
    let one = words(random, 3);
    let other = match random.one_in(2) {
        true => cancelling(random, 4),
        false => words(random, 3),
    };
    let (mut sum, mut rest) = (Oracle::of(&one), Oracle::of(&one));
    sum.merge(&Oracle::of(&other), 1);
    rest.scale = sum.scale;
    let (mut total, from) = (total_of(&one), total_of(&other));
    total.merge(&from);
    assert_eq!(total.to_words(), Ok(sum.words()), "{one:?} {other:?}");
    total.unmerge(&from);
    assert_eq!(total.to_words(), Ok(rest.words()), "{one:?} {other:?}");
}

/// Where a number may go on: after its sign, in its digits, and so on.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Begun,
    Signed,
    Integer,
    /// After a point without digits before it.
    Point,
    Fraction,
    Exponent,
    SignedExponent,
    ExponentDigits,
}

/// The first byte that no number has there, or the length if it ends too early.
fn first_bad(text: &[u8]) -> Option<usize> {
    let mut place = Place::Begun;
    for (offset, byte) in text.iter().enumerate() {
        place = match (place, byte) {
            (Place::Begun, b'+' | b'-') => Place::Signed,
            (Place::Begun | Place::Signed | Place::Integer, b'0'..=b'9') => Place::Integer,
            (Place::Begun | Place::Signed, b'.') => Place::Point,
            (Place::Integer, b'.') => Place::Fraction,
            (Place::Point | Place::Fraction, b'0'..=b'9') => Place::Fraction,
            (Place::Integer | Place::Fraction, b'e' | b'E') => Place::Exponent,
            (Place::Exponent, b'+' | b'-') => Place::SignedExponent,
            (Place::Exponent | Place::SignedExponent | Place::ExponentDigits, b'0'..=b'9') => {
                Place::ExponentDigits
            }
            _ => return Some(offset),
        };
    }
    let is_whole = matches!(
        place,
        Place::Integer | Place::Fraction | Place::ExponentDigits
    );
    (!is_whole).then_some(text.len())
}

/// A number in units of 10^-342 and its digits after the point, if it is in range.
fn number(text: &str) -> Option<(BigInt, i64)> {
    let lower = text.to_ascii_lowercase();
    let (digits, exponent) = lower.split_once('e').unwrap_or((&lower, "0"));
    let exponent: BigInt = exponent.parse().expect("digits");
    let exponent = i64::try_from(exponent.clamp((-9999).into(), 9999.into())).expect("clamped");
    let (integer, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let written = fraction.len() as i64 - exponent;
    let scale = written.clamp(0, POINT);
    let digits: BigInt = format!("{integer}{fraction}").parse().expect("digits");
    if digits.is_zero() {
        return Some((digits, scale));
    }
    let (over, under) = (
        ten_to((POINT - written).max(0)),
        ten_to((written - POINT).max(0)),
    );
    let digits = digits * over;
    let total = &digits / &under;
    let fits = total.magnitude() < ten_to(322 + POINT).magnitude();
    (fits && &total * under == digits).then_some((total, scale))
}

/// A written number, with a byte put in, changed or taken out now and then.
fn nearly_a_number(random: &mut Random) -> Vec<u8> {
    let mut text = word(random).into_bytes();
    if random.one_in(10) {
        let digits = random.pick(&["322", "-343", "99", "-99", "99999999999999999999"]);
        text.extend(format!("e{digits}").bytes());
    }
    if random.one_in(2) {
        let at = random.below(text.len());
        let byte = random.pick(b"+-.eE0059 n_,\0\xff");
        match random.below(3) {
            0 => text[at] = byte,
            1 => text.insert(at, byte),
            _ => {
                text.remove(at);
            }
        }
    }
    text
}

/// One number as a text, and as a word; `false` if it is refused.
fn check_text(random: &mut Random) -> bool {
    let text = nearly_a_number(random);
    let kept = word(random);
    let name = || format!("{kept} and {:?}", String::from_utf8_lossy(&text));
    let before = total_of(std::slice::from_ref(&kept));
    let (mut by_text, mut by_word) = (before.clone(), before.clone());
    let outcomes = (by_text.add_one_text(&text), by_word.add_word(&text));
    if let Some(offset) = first_bad(&text) {
        assert_eq!(
            outcomes.0,
            Err(FieldError::NotANumber { offset }),
            "{}",
            name()
        );
        assert_eq!(by_text, before, "{}", name());
        // A word may be a name.
        assert!(
            outcomes.1 == Err(WordError::NotANumber) || is_name(&text),
            "{}",
            name()
        );
        return false;
    }
    let written = std::str::from_utf8(&text).expect("ASCII");
    let Some((total, scale)) = number(written) else {
        let refused = (Err(FieldError::OutOfRange), Err(WordError::OutOfRange));
        assert_eq!(outcomes, refused, "{}", name());
        assert_eq!((&by_text, &by_word), (&before, &before), "{}", name());
        return false;
    };
    assert_eq!(outcomes, (Ok(()), Ok(())), "{}", name());
    let (mut sum, mut rest) = (
        Oracle::of(std::slice::from_ref(&kept)),
        Oracle::of(std::slice::from_ref(&kept)),
    );
    sum.total += total;
    sum.counters[0] += 1;
    sum.scale = sum.scale.max(scale);
    rest.scale = sum.scale;
    let undo: [fn(&mut Decimal, &[u8]); 2] = [
        |total, text| total.subtract_one_text(text).expect("a number"),
        |total, text| total.subtract_word(text).expect("a number"),
    ];
    for (mut total, undo) in [by_text, by_word].into_iter().zip(undo) {
        assert_eq!(total.to_words(), Ok(sum.words()), "{}", name());
        undo(&mut total, &text);
        assert_eq!(total.to_words(), Ok(rest.words()), "{}", name());
    }
    true
}

fn is_name(text: &[u8]) -> bool {
    let text = text.to_ascii_lowercase();
    let name = match &text[..] {
        [b'+' | b'-', name @ ..] => name,
        name => name,
    };
    matches!(name, b"nan" | b"inf" | b"infinity")
}

#[test]
fn decimals() {
    check(SHORT);
}

#[test]
#[ignore = "takes minutes: make check-exact-long"]
fn a_hundred_thousand_decimals() {
    check(LONG);
}
