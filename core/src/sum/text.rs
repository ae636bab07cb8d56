//! The total in decimal.

use std::fmt;

use crate::error::ValueError;
use crate::float::word_at;
use crate::natural::divide;
use crate::sum::ExactSum;
use crate::sum::value::{Finite, Total};

/// Words of the widest fraction: the 2148 bits of products.
const FRACTION_WORDS: usize = 34;

/// Words of the widest integer part: that of products.
const INTEGER_WORDS: usize = 35;

/// Digits taken at a time: as many as always fit a `u64`.
const CHUNK: usize = 19;

/// A sign and a digit carried into, 664 digits (a total of products is below
/// 2^2204), a point, and 114 whole chunks for 2148 digits.
const CAPACITY: usize = 2 + 664 + 1 + 114 * CHUNK;

/// A total in decimal, held in place.
#[derive(Clone)]
pub struct Text {
    bytes: [u8; CAPACITY],
    start: usize,
    end: usize,
}

impl Text {
    /// The text: ASCII, without a terminator.
    pub fn as_str(&self) -> &str {
        let bytes = self.bytes.get(self.start..self.end).unwrap_or(&[]);
        str::from_utf8(bytes).unwrap_or("")
    }

    /// Room for a sign and a carried digit is left in front.
    pub(crate) fn empty() -> Text {
        Text {
            bytes: [b'0'; CAPACITY],
            start: 2,
            end: 2,
        }
    }

    pub(crate) fn literal(text: &str) -> Text {
        let mut made = Text::empty();
        for &byte in text.as_bytes() {
            made.push(byte);
        }
        made
    }

    pub(crate) fn push(&mut self, byte: u8) {
        self.bytes[self.end] = byte;
        self.end += 1;
    }

    fn prepend(&mut self, byte: u8) {
        self.start -= 1;
        self.bytes[self.start] = byte;
    }

    /// Writes `value` in exactly `width` digits.
    fn push_digits(&mut self, mut value: u64, width: usize) {
        for digit in self.bytes[self.end..self.end + width].iter_mut().rev() {
            *digit = b'0' + (value % 10) as u8;
            value /= 10;
        }
        self.end += width;
    }

    /// Adds one in the last place.
    fn round_up(&mut self) {
        for byte in self.bytes[self.start..self.end].iter_mut().rev() {
            match *byte {
                b'.' => {}
                b'9' => *byte = b'0',
                _ => {
                    *byte += 1;
                    return;
                }
            }
        }
        self.prepend(b'1');
    }

    fn last_digit_is_odd(&self) -> bool {
        let digits = self.bytes[self.start..self.end].iter().rev();
        digits
            .copied()
            .find(|&byte| byte != b'.')
            .is_some_and(|digit| digit % 2 == 1)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl<const WORKING: usize, const ONE: usize> ExactSum<WORKING, ONE> {
    /// The exact total in decimal.
    ///
    /// `None` writes all its digits and no trailing zeros. `Some(n)` writes `n` digits
    /// after the point, rounded half to even, for `n` up to 1074 (no total of numbers
    /// has more, and none of products more than 2148; a larger `n` counts as that). The
    /// sign is kept, even that of a negative zero and of a total that rounds to zero.
    /// Special totals are "nan", "inf" and "-inf".
    ///
    /// # Errors
    /// [`ValueError::NegativeCount`], and [`ValueError::Overflow`] if the total left the range of
    /// the sum.
    pub fn text(&self, fraction_digits: Option<u16>) -> Result<Text, ValueError> {
        Ok(match self.total()? {
            Total::Nan => Text::literal("nan"),
            Total::Infinite { negative: false } => Text::literal("inf"),
            Total::Infinite { negative: true } => Text::literal("-inf"),
            Total::Finite(total) => finite(&total, fraction_digits),
        })
    }
}

fn finite<const WORKING: usize, const ONE: usize>(
    total: &Finite<WORKING, ONE>,
    fraction_digits: Option<u16>,
) -> Text {
    let mut text = Text::empty();
    push_integer(&mut text, &total.magnitude, ONE);
    let fraction = Fraction::of(&total.magnitude, ONE);
    match fraction_digits {
        None => push_all(&mut text, fraction),
        // 2^-n has n digits: there are no more.
        Some(digits) => push_rounded(&mut text, fraction, usize::from(digits).min(ONE)),
    }
    if total.negative {
        text.prepend(b'-');
    }
    text
}

/// Writes the integer part: at least one digit.
fn push_integer(text: &mut Text, magnitude: &[u64], one: usize) {
    let mut integer = [0; INTEGER_WORDS];
    for (index, word) in integer.iter_mut().enumerate() {
        *word = word_at(magnitude, one + 64 * index);
    }
    // Least significant chunk first.
    let mut chunks = [0; INTEGER_WORDS + 1];
    let mut used = 0;
    let mut words = &mut integer[..];
    while let Some(top) = words.iter().rposition(|&word| word != 0) {
        words = &mut words[..=top];
        chunks[used] = divide(words, power_of_ten(CHUNK));
        used += 1;
    }
    let Some((&highest, lower)) = chunks[..used].split_last() else {
        text.push(b'0');
        return;
    };
    text.push_digits(highest, highest.ilog10() as usize + 1);
    for &chunk in lower.iter().rev() {
        text.push_digits(chunk, CHUNK);
    }
}

fn push_all(text: &mut Text, mut fraction: Fraction) {
    if fraction.is_zero() {
        return;
    }
    text.push(b'.');
    while !fraction.is_zero() {
        text.push_digits(fraction.take(CHUNK), CHUNK);
    }
    while text.bytes[text.end - 1] == b'0' {
        text.end -= 1;
    }
}

fn push_rounded(text: &mut Text, mut fraction: Fraction, digits: usize) {
    if digits > 0 {
        text.push(b'.');
    }
    let mut left = digits;
    while left > 0 {
        let width = left.min(CHUNK);
        text.push_digits(fraction.take(width), width);
        left -= width;
    }
    if fraction.is_above_half() || (fraction.is_half() && text.last_digit_is_odd()) {
        text.round_up();
    }
}

/// A number from 0 to 1, 1 excluded; least significant word first.
struct Fraction([u64; FRACTION_WORDS]);

impl Fraction {
    const HALF: u64 = 1 << 63;

    /// What lies below 1, which is 2^`one`, in a magnitude.
    fn of(magnitude: &[u64], one: usize) -> Fraction {
        let mut words = [0; FRACTION_WORDS];
        // The top words end at one; the lowest of those in use may begin below 0.
        let used = one.div_ceil(64);
        let up = 64 * used - one;
        let fraction = &mut words[FRACTION_WORDS - used..];
        fraction[0] = magnitude[0] << up;
        for (index, word) in fraction.iter_mut().enumerate().skip(1) {
            *word = word_at(magnitude, 64 * index - up);
        }
        Fraction(words)
    }

    fn is_zero(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    fn is_half(&self) -> bool {
        let [lower @ .., top] = &self.0;
        *top == Self::HALF && lower.iter().all(|&word| word == 0)
    }

    fn is_above_half(&self) -> bool {
        self.0[FRACTION_WORDS - 1] >= Self::HALF && !self.is_half()
    }

    /// Takes the next `digits` digits off.
    fn take(&mut self, digits: usize) -> u64 {
        let scale = u128::from(power_of_ten(digits));
        let mut carry = 0;
        // Words that have run out stay zero.
        for word in self.0.iter_mut().skip_while(|word| **word == 0) {
            carry += u128::from(*word) * scale;
            *word = carry as u64;
            carry >>= 64;
        }
        carry as u64
    }
}

/// For `digits` up to [`CHUNK`].
fn power_of_ten(digits: usize) -> u64 {
    10_u64.pow(digits as u32)
}
