//! Text taken apart into words, and words read, by the rules of the manual.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};
use tally_core::ValueError;

use crate::answers::quotient;
use crate::support::decimals::{POINT, ten_to};

/// Beyond this power of ten a double is zero or infinite, whatever its digits.
const FAR: i64 = 400;

/// The words of a text and their offsets, a line at a time.
pub(crate) fn words(text: &[u8], separator: u8) -> Vec<(usize, &[u8])> {
    let is_blank = |byte: u8| byte == b' ' || (byte == b'\t' && separator != b'\t');
    let trimmed = |start: usize, end: usize| {
        let (mut start, mut end) = (start, end);
        while start < end && is_blank(text[start]) {
            start += 1;
        }
        while end > start && is_blank(text[end - 1]) {
            end -= 1;
        }
        (start, &text[start..end])
    };
    let mut found = Vec::new();
    let mut next = 0;
    for line in text.split(|&byte| byte == b'\n') {
        let start = next;
        next += line.len() + 1;
        let end = start + line.strip_suffix(b"\r").unwrap_or(line).len();
        if trimmed(start, end).1.is_empty() {
            continue;
        }
        let mut from = start;
        let ends = |byte: u8| byte == separator || (separator == b' ' && byte == b'\t');
        let bytes = text[start..end].iter().map(Some).chain([None]);
        for (at, byte) in (start..).zip(bytes) {
            if byte.is_none_or(|&byte| ends(byte)) {
                let word = trimmed(from, at);
                from = at + 1;
                if separator != b' ' || !word.1.is_empty() {
                    found.push(word);
                }
            }
        }
    }
    found
}

/// A word as it is written: its digits as an integer, without zeros at their ends, times a
/// power of ten.
pub(crate) struct Written {
    pub(crate) negative: bool,
    pub(crate) digits: BigInt,
    pub(crate) length: i64,
    pub(crate) exponent: i64,
    /// After the point; less than none with an exponent above it.
    pub(crate) places: i64,
    pub(crate) is_integer: bool,
}

pub(crate) enum Word {
    NotANumber,
    Named(f64),
    Number(Written),
}

pub(crate) fn read(word: &[u8]) -> Word {
    let (sign, rest) = match word {
        [sign @ (b'-' | b'+'), rest @ ..] => (*sign, rest),
        rest => (b'+', rest),
    };
    let negative = sign == b'-';
    let signed = |value: f64| if negative { -value } else { value };
    match rest.to_ascii_lowercase().as_slice() {
        b"nan" => return Word::Named(f64::NAN),
        b"inf" | b"infinity" => return Word::Named(signed(f64::INFINITY)),
        _ => {}
    }
    let (number, exponent) = match rest.iter().position(|byte| matches!(byte, b'e' | b'E')) {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    let (whole, fraction) = match number.iter().position(|&byte| byte == b'.') {
        Some(at) => (&number[..at], Some(&number[at + 1..])),
        None => (number, None),
    };
    let digits = [whole, fraction.unwrap_or(b"")].concat();
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return Word::NotANumber;
    }
    let power = match exponent {
        None => 0,
        Some(text) => {
            let (down, size) = match text {
                [b'-', size @ ..] => (true, size),
                [b'+', size @ ..] | size => (false, size),
            };
            if size.is_empty() || !size.iter().all(u8::is_ascii_digit) {
                return Word::NotANumber;
            }
            let size = BigInt::parse_bytes(size, 10).expect("digits");
            let size = size.to_i64().unwrap_or(i64::MAX / 4).min(i64::MAX / 4);
            if down { -size } else { size }
        }
    };
    let places = fraction.map_or(0, <[u8]>::len) as i64 - power;
    // Zeros at either end are an exponent: there may be very many.
    let first = digits.iter().position(|&digit| digit != b'0');
    let last = digits.iter().rposition(|&digit| digit != b'0');
    let (kept, after) = match (first, last) {
        (Some(first), Some(last)) => (&digits[first..=last], digits.len() - 1 - last),
        _ => (&b""[..], 0),
    };
    Word::Number(Written {
        negative,
        length: kept.len() as i64,
        digits: BigInt::parse_bytes(kept, 10).unwrap_or_default(),
        exponent: after as i64 - places,
        places,
        is_integer: fraction.is_none() && exponent.is_none(),
    })
}

impl Word {
    /// A word as a double that has its sign, and is infinite, zero or neither as it is.
    pub(crate) fn size(&self) -> f64 {
        match self {
            Word::NotANumber => f64::NAN,
            Word::Named(value) => *value,
            Word::Number(number) => {
                let sign = if number.negative { -1.0 } else { 1.0 };
                sign * f64::from(u8::from(number.length > 0))
            }
        }
    }

    /// By what is written, not by the nearest doubles.
    pub(crate) fn order(&self, other: &Self) -> Ordering {
        let (Word::Number(a), Word::Number(b)) = (self, other) else {
            let value = |word: &Word| match word {
                Word::Named(value) => *value,
                _ => 0.0,
            };
            return value(self).total_cmp(&value(other));
        };
        // Of as many digits.
        let sized = |number: &Written, other: &Written| {
            let size = &number.digits * ten_to((other.length - number.length).max(0));
            if number.negative { -size } else { size }
        };
        let place = |number: &Written| match (number.length, number.negative) {
            (0, _) => (0, 0),
            (_, true) => (-1, -(number.length + number.exponent)),
            (_, false) => (1, number.length + number.exponent),
        };
        let by_size = || sized(a, b).cmp(&sized(b, a));
        place(a).cmp(&place(b)).then_with(by_size)
    }
}

impl Written {
    /// The product, with as many digits after the point as both have; `None` if a factor has
    /// more digits than any total could hold.
    pub(crate) fn times(&self, other: &Self) -> Option<Self> {
        if self.length > 2000 || other.length > 2000 {
            return None;
        }
        let all = (&self.digits * &other.digits).to_string();
        let kept = all.trim_end_matches('0');
        Some(Written {
            negative: self.negative != other.negative,
            digits: kept.parse().unwrap_or_default(),
            length: kept.len() as i64,
            exponent: self.exponent + other.exponent + (all.len() - kept.len()) as i64,
            places: self.places.max(0) + other.places.max(0),
            is_integer: false,
        })
    }

    /// The nearest double.
    pub(crate) fn nearest(&self) -> Result<f64, ValueError> {
        let negative = self.negative;
        let zero = if negative { -0.0 } else { 0.0 };
        let magnitude = self.length + self.exponent;
        if self.length == 0 || magnitude < -FAR {
            return Ok(zero);
        }
        if magnitude > FAR {
            return Err(ValueError::Overflow { negative });
        }
        let size = if negative {
            -&self.digits
        } else {
            self.digits.clone()
        };
        let power = ten_to(self.exponent.abs());
        match self.exponent < 0 {
            true => quotient(&size, &power, 0, zero),
            false => quotient(&(size * power), &1.into(), 0, zero),
        }
    }

    /// In units of 10^-342, if it has no digits elsewhere.
    pub(crate) fn decimal(&self) -> Option<BigInt> {
        if self.length == 0 {
            return Some(BigInt::zero());
        }
        let magnitude = self.length + self.exponent;
        if !(-2 * FAR..=2 * FAR).contains(&magnitude) {
            return None;
        }
        let up = POINT + self.exponent;
        let total = match up < 0 {
            true => {
                let unit = ten_to(-up);
                if !(&self.digits % &unit).is_zero() {
                    return None;
                }
                &self.digits / unit
            }
            false => &self.digits * ten_to(up),
        };
        (total < ten_to(322 + POINT)).then(|| if self.negative { -total } else { total })
    }
}
