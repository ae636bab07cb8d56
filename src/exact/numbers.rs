//! The numbers in a text, and where they go.

use super::accumulator::Accumulator;
use super::float::ONE;
use super::integer_text::for_each_word_of_digits;
use super::number::{Number, NumberError, WideInteger, parse_number, read_short};
use super::sum::Counter;
use super::words::{Separator, TextWords, Word};

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
        match self.0.next_read(|text, at| read_short(text, at)) {
            Some(number) => Some(Ok(number)),
            None => self.next_of_any_form(),
        }
    }
}

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

/// Few enough for the accumulator to do without the table of wide slices, which
/// takes as much stack as there is.
const LARGE_BATCH: usize = 512;

/// Adds `first`, which were read already, and the rest of `numbers` to `sink`.
/// Returns how many they are; stops at the first bad word.
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
        if let Some(number) = numbers.0.next_read(|text, at| read_short(text, at)) {
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
