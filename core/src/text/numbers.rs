//! The numbers in a text, and where they go.

use crate::layout::{ONE, ONE_OF_PRODUCTS};
use crate::moments::Moments;
use crate::sum::{Accumulator, Counter};
use crate::text::integer_text::for_each_word_of_digits;
use crate::text::number::{Number, NumberError, WideInteger, parse_number, read_short};
use crate::text::words::{Separator, TextWords, Word};

/// A word that is no number, or one without a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadWord<'a> {
    /// The word.
    pub word: Word<'a>,
    /// What is wrong with it.
    pub error: NumberError,
}

/// The numbers in a text, or in the part of it that is there.
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

    /// The number that is all of the text, if the text is one that most numbers
    /// look like and nothing else: then it is a word, whatever the separator.
    #[inline(always)]
    pub fn only(&mut self) -> Option<Number<'static>> {
        self.0.only(|text| read_short(text, 0))
    }

    /// Whether all of the text was dealt with, and it was the last part.
    #[inline]
    pub fn is_at_end(&self) -> bool {
        self.0.is_at_end()
    }

    #[inline(always)]
    fn next_short(&mut self) -> Option<Number<'static>> {
        let (text, at) = self.0.ahead();
        let (number, end) = read_short(text, at)?;
        self.0.pass(end).map(|()| number)
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

/// Words of an integer below 2^1024, one more for its digits on the way.
const WIDE_WORDS: usize = 17;

/// What numbers are added to.
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

/// Numbers on their way into a sink: many at a time are faster.
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
            Number::I64(value) => {
                self.integers[self.integer_count] = *value;
                self.integer_count += 1;
                if self.integer_count == SIZE {
                    self.sink.add_i64s(&self.integers);
                    self.integer_count = 0;
                }
            }
            Number::F64(value) => {
                self.doubles[self.double_count] = *value;
                self.double_count += 1;
                if self.double_count == SIZE {
                    self.sink.add_f64s(&self.doubles);
                    self.double_count = 0;
                }
            }
            Number::U64(value) => self.sink.add_u64(*value),
            Number::Wide(integer) => self.sink.add_wide(integer),
        }
    }

    fn finish(self) {
        self.sink.add_i64s(&self.integers[..self.integer_count]);
        self.sink.add_f64s(&self.doubles[..self.double_count]);
    }
}

/// Texts from this size on are worth the larger batch.
const LONG_TEXT: usize = 4096;

/// Few enough for accumulators and moments to do without the table of wide slices,
/// which takes most of the stack that a caller need have.
const LARGE_BATCH: usize = 256;

/// Adds `first`, which were read already, and the rest of `numbers` to `sink`.
/// Returns how many they are; stops at the first bad word.
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
        if let Some(number) = numbers.next_short() {
            batch.add(&number);
        } else if let Some(number) = numbers.next_of_any_form() {
            batch.add(&number?);
        } else {
            break;
        }
        count += 1;
    }
    batch.finish();
    Ok(count)
}
