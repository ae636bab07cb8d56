//! The total of the integers written in a text.

use std::fmt;

use crate::limbs::Limbs;

/// The most significant digits that a word may have. It is then below 2^1994, and
/// the sum of all the words that fit in memory fits the limbs.
const MAX_DIGITS: usize = 600;

/// Limbs of the total.
const WORKING: usize = 35;

/// Digits that always fit a `u64`.
const CHUNK: usize = 19;

/// Why a text has no total in range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntegerTextError {
    /// A word is not a decimal integer.
    NotAnInteger {
        /// Where the word starts, in bytes.
        offset: usize,
        /// The word's length in bytes.
        length: usize,
    },
    /// A word has more than 600 significant digits.
    TooLong {
        /// Where the word starts, in bytes.
        offset: usize,
        /// The word's length in bytes.
        length: usize,
    },
    /// The total is above `i32::MAX`.
    AboveRange,
    /// The total is below zero.
    Negative,
}

impl fmt::Display for IntegerTextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            IntegerTextError::NotAnInteger { offset, .. } => {
                write!(f, "the word at byte {offset} is not an integer")
            }
            IntegerTextError::TooLong { offset, .. } => {
                write!(
                    f,
                    "the word at byte {offset} has more than {MAX_DIGITS} digits"
                )
            }
            IntegerTextError::AboveRange => f.write_str("the total is above 2147483647"),
            IntegerTextError::Negative => f.write_str("the total is negative"),
        }
    }
}

impl std::error::Error for IntegerTextError {}

/// The total of the decimal integers in `text`, from 0 to `i32::MAX`.
///
/// Words are separated by what C's `isspace` calls a space; each is a sign, if
/// any, and digits. No words give 0. The total is exact, so partial totals and
/// single words may be far outside the range.
///
/// # Errors
/// [`IntegerTextError`] for a word that is not an integer or is too long, and for a total
/// out of range.
pub fn parse_integer_total(text: &str) -> Result<i32, IntegerTextError> {
    let mut total = Limbs::<WORKING>::ZERO;
    let mut rest = text.as_bytes();
    while let Some(start) = rest.iter().position(|&byte| !is_space(byte)) {
        rest = &rest[start..];
        let length = rest
            .iter()
            .position(|&byte| is_space(byte))
            .unwrap_or(rest.len());
        let offset = text.len() - rest.len();
        let (word, after) = rest.split_at(length);
        let Some((negative, digits)) = signed_digits(word) else {
            return Err(IntegerTextError::NotAnInteger { offset, length });
        };
        if digits.len() > MAX_DIGITS {
            return Err(IntegerTextError::TooLong { offset, length });
        }
        add_digits(&mut total, negative, digits);
        rest = after;
    }
    match total.magnitude() {
        [0, ..] if total == Limbs::ZERO => Ok(0),
        _ if total.is_negative() => Err(IntegerTextError::Negative),
        [low, high @ ..] if high.iter().all(|&word| word == 0) => {
            i32::try_from(low).map_err(|_| IntegerTextError::AboveRange)
        }
        _ => Err(IntegerTextError::AboveRange),
    }
}

/// What C's `isspace` accepts in the "C" locale.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// Whether a word is negative, and its digits without leading zeros; `None` if it
/// is not an integer.
fn signed_digits(word: &[u8]) -> Option<(bool, &[u8])> {
    let (negative, digits) = match word {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let zeros = digits.iter().take_while(|&&digit| digit == b'0').count();
    Some((negative, &digits[zeros..]))
}

/// Hands out the words of the integer that up to 600 digits make, the least
/// significant first, each with its index.
pub(crate) fn for_each_word_of_digits(digits: &[u8], mut take: impl FnMut(usize, u64)) {
    let mut integer = [0_u64; WORKING];
    let mut used = 0;
    for chunk in digits.chunks(CHUNK) {
        let value = chunk
            .iter()
            .fold(0, |value, &digit| value * 10 + u64::from(digit - b'0'));
        let mut carry = u128::from(value);
        let scale = 10_u128.pow(chunk.len() as u32);
        // Each chunk grows the number by less than one word.
        used += 1;
        for word in &mut integer[..used] {
            carry += u128::from(*word) * scale;
            *word = carry as u64;
            carry >>= 64;
        }
    }
    for (index, &word) in integer[..used].iter().enumerate() {
        take(index, word);
    }
}

fn add_digits(total: &mut Limbs<WORKING>, negative: bool, digits: &[u8]) {
    for_each_word_of_digits(digits, |index, word| {
        let part = i128::from(word);
        // The limit on digits keeps the total within the limbs: nothing is
        // lost.
        let overflowed = total.add_at(index, if negative { -part } else { part });
        debug_assert!(!overflowed);
    });
}
