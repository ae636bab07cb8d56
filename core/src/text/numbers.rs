//! The numbers in a text, and where they go.

use crate::layout::{ONE, ONE_OF_PRODUCTS};
use crate::moments::Moments;
use crate::sum::{Accumulator, Counter};
use crate::text::integer_text::for_each_word_of_digits;
use crate::text::number::{Number, NumberError, WideInteger, parse_number};
use crate::text::short_number::{ShortNumber, WINDOW, read, read_first};
use crate::text::words::{Separator, TextWords, Word};

/// A word that is not a number, or is out of range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadWord<'a> {
    /// The word.
    pub word: Word<'a>,
    /// What is wrong with it.
    pub error: NumberError,
}

/// The numbers in a text, or in one part of it.
#[derive(Clone, Debug)]
pub struct Numbers<'a>(TextWords<'a>);

impl<'a> Numbers<'a> {
    /// See [`TextWords::new`].
    pub fn new(text: &'a [u8], separator: Separator, last: bool) -> Self {
        Numbers(TextWords::new(text, separator, last))
    }

    /// See [`TextWords::consumed`].
    pub fn consumed(&self) -> usize {
        self.0.consumed()
    }

    /// Whether this was the last part of the text, and all of it was consumed.
    #[inline]
    pub fn is_at_end(&self) -> bool {
        self.0.is_at_end()
    }

    #[inline(always)]
    fn next_short(&mut self) -> Option<Number<'static>> {
        let at = self.consumed();
        let (number, length) = read_first(self.0.rest())?;
        self.0.pass(at + length).map(|()| number.into())
    }

    /// Hands out short numbers as long as they follow each other; returns how many.
    #[inline(always)]
    fn each_short(&mut self, mut take: impl FnMut(ShortNumber)) -> usize {
        let mut count = self.each_in_windows(self.0.ahead().0, 0, &mut take);
        let rest = self.0.rest();
        if rest.len() < WINDOW {
            let mut tail = [0; 2 * WINDOW];
            tail[..rest.len()].copy_from_slice(rest);
            let take: &mut dyn FnMut(ShortNumber) = &mut take;
            count += self.each_in_tail(&tail, take);
        }
        count
    }

    /// The same in what is shorter than a window, followed by zeros, which no number
    /// contains.
    #[inline(never)]
    fn each_in_tail(
        &mut self,
        tail: &[u8; 2 * WINDOW],
        take: &mut dyn FnMut(ShortNumber),
    ) -> usize {
        self.each_in_windows(tail, self.consumed(), take)
    }

    /// The same in windows of `bytes`, which begin with the text from `start` on.
    #[inline(always)]
    fn each_in_windows(
        &mut self,
        bytes: &[u8],
        start: usize,
        mut take: impl FnMut(ShortNumber),
    ) -> usize {
        // A copy stays in registers.
        let mut words = self.0.clone();
        let mut count = 0;
        while let Some(window) = bytes
            .get(words.consumed() - start..)
            .and_then(<[u8]>::first_chunk)
            && let Some((number, length)) = read(window)
            && words.pass(words.consumed() + length).is_some()
        {
            take(number);
            count += 1;
        }
        self.0 = words;
        count
    }

    #[inline(never)]
    fn next_of_any_form(&mut self) -> Option<Result<Number<'a>, BadWord<'a>>> {
        let word = self.0.next()?;
        Some(parse_number(word.bytes).map_err(|error| BadWord { word, error }))
    }
}

impl<'a> Iterator for Numbers<'a> {
    type Item = Result<Number<'a>, BadWord<'a>>;

    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        match self.next_short() {
            Some(number) => Some(Ok(number)),
            None => self.next_of_any_form(),
        }
    }
}

/// Words of an integer below 2^1024, and one more for intermediate results.
const WIDE_WORDS: usize = 17;

/// A state to add numbers to.
pub trait NumberSink {
    /// Adds each of `values`.
    fn add_i64s(&mut self, values: &[i64]);
    /// Adds `value`.
    fn add_u64(&mut self, value: u64);
    /// Adds each of `values`.
    fn add_f64s(&mut self, values: &[f64]);
    /// Adds an integer beyond 64 bits: one value.
    fn add_wide(&mut self, integer: &WideInteger<'_>);
}

impl NumberSink for Accumulator {
    fn add_i64s(&mut self, values: &[i64]) {
        self.add_i64(values);
    }

    fn add_u64(&mut self, value: u64) {
        Accumulator::add_u64(self, &[value]);
    }

    fn add_f64s(&mut self, values: &[f64]) {
        self.add_f64(values);
    }

    /// Exactly, as it is written.
    fn add_wide(&mut self, integer: &WideInteger<'_>) {
        self.step::<false>(Counter::Values, 1);
        for_each_word_of_digits(integer.digits, |index, word| {
            let part = i128::from(word);
            let part = if integer.negative { -part } else { part };
            self.add_integer(part, ONE + 64 * index);
        });
    }
}

impl NumberSink for Moments {
    fn add_i64s(&mut self, values: &[i64]) {
        self.add_i64(values);
    }

    fn add_u64(&mut self, value: u64) {
        Moments::add_u64(self, &[value]);
    }

    fn add_f64s(&mut self, values: &[f64]) {
        self.add_f64(values);
    }

    /// Exactly, as it is written, and so is its square.
    fn add_wide(&mut self, integer: &WideInteger<'_>) {
        self.sum.add_wide(integer);
        let mut words = [0; WIDE_WORDS];
        for_each_word_of_digits(integer.digits, |index, word| words[index] = word);
        self.squares.step::<false>(Counter::Values, 1);
        for (i, &x) in words.iter().enumerate() {
            for (j, &y) in words.iter().enumerate() {
                let product = u128::from(x) * u128::from(y);
                let position = ONE_OF_PRODUCTS + 64 * (i + j);
                // A product may have all of 128 bits.
                self.squares
                    .add_integer(i128::from(product as u64), position);
                self.squares
                    .add_integer(i128::from((product >> 64) as u64), position + 64);
            }
        }
    }
}

/// Numbers on their way into a sink, in batches: faster than one at a time.
struct Batch<'s, S, const SIZE: usize> {
    sink: &'s mut S,
    integers: [i64; SIZE],
    integer_count: usize,
    doubles: [f64; SIZE],
    double_count: usize,
}

impl<S: NumberSink, const SIZE: usize> Batch<'_, S, SIZE> {
    #[inline(always)]
    fn add(&mut self, number: &Number<'_>) {
        match number {
            Number::I64(value) => self.add_short(ShortNumber::I64(*value)),
            Number::F64(value) => self.add_short(ShortNumber::F64(*value)),
            Number::U64(value) => self.sink.add_u64(*value),
            Number::Wide(integer) => self.sink.add_wide(integer),
        }
    }

    #[inline(always)]
    fn add_short(&mut self, number: ShortNumber) {
        match number {
            ShortNumber::I64(value) => {
                self.integers[self.integer_count] = value;
                self.integer_count += 1;
                if self.integer_count == SIZE {
                    self.sink.add_i64s(&self.integers);
                    self.integer_count = 0;
                }
            }
            ShortNumber::F64(value) => {
                self.doubles[self.double_count] = value;
                self.double_count += 1;
                if self.double_count == SIZE {
                    self.sink.add_f64s(&self.doubles);
                    self.double_count = 0;
                }
            }
        }
    }

    fn finish(self) {
        self.sink.add_i64s(&self.integers[..self.integer_count]);
        self.sink.add_f64s(&self.doubles[..self.double_count]);
    }
}

/// From this size on a text is worth the larger batch.
const LONG_TEXT: usize = 4096;

/// Short enough that accumulators and moments need no table for wide slices, which
/// would take most of a caller's stack.
const LARGE_BATCH: usize = 256;

/// Adds `first`, already read, and the rest of `numbers` to `sink`, up to the
/// first bad word. Returns how many were added.
///
/// # Errors
/// [`BadWord`] with the first word that is not a number; those before it are added.
pub fn add_numbers<'a>(
    sink: &mut impl NumberSink,
    first: &[Number<'_>],
    numbers: &mut Numbers<'a>,
) -> Result<usize, BadWord<'a>> {
    if numbers.0.rest().len() < LONG_TEXT {
        add_in_batches::<16>(sink, first, numbers)
    } else {
        add_in_batches::<LARGE_BATCH>(sink, first, numbers)
    }
}

#[inline(never)]
fn add_in_batches<'a, const SIZE: usize>(
    sink: &mut impl NumberSink,
    first: &[Number<'_>],
    numbers: &mut Numbers<'a>,
) -> Result<usize, BadWord<'a>> {
    let mut batch = Batch::<_, SIZE> {
        sink,
        integers: [0; SIZE],
        integer_count: 0,
        doubles: [0.0; SIZE],
        double_count: 0,
    };
    for number in first {
        batch.add(number);
    }
    let mut count = first.len();
    loop {
        count += numbers.each_short(|number| batch.add_short(number));
        let Some(number) = numbers.next_of_any_form() else {
            break;
        };
        batch.add(&number?);
        count += 1;
    }
    batch.finish();
    Ok(count)
}
