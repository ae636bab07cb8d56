//! Adding text
//!
//! Adds decimal numbers, straight from the bytes of a file, to an accumulator or to
//! moments. (For decimals see tally_decimal_add_text().)
//!
//! ```c
//! size_t consumed, values;
//! if (tally_accumulator_add_text(&sum, "0.1 0.2\n1e3", 11, ' ', 1,
//!                                &consumed, &values) != TALLY_OK)
//!     fprintf(stderr, "%s\n", tally_last_message());
//! ```
//!
//! `separator` separates the numbers within a line. With ' ', any run of spaces and
//! tabs does; with '\n', each line is one number. With any other character, such as ','
//! or '\t', each separator is followed by another number: an empty field, as in "1,,2"
//! or "1,", is refused, never skipped. A line ends with "\n", "\r\n" or the end of the
//! text. Blank lines are skipped, and spaces and tabs around a number are ignored.
//!
//! A number is decimal digits with an optional sign, decimal point and exponent, such
//! as 12, -0.5, .5, 5. and 1e-3; or it is nan, inf or infinity, in upper or lower case,
//! with an optional sign. The locale has no effect.
//!
//! Text may be passed in pieces that end anywhere. With 0 for `final`, a number at the
//! end that the next piece might continue is not consumed: the next piece must begin
//! with the text from `*consumed` on, which is at most one number and the separator
//! after it.

use std::ffi::{CStr, c_char, c_int};
use std::fmt::Display;

use super::accumulator::tally_accumulator;
use super::exports::{In, Out, exports};
use super::moments::tally_moments;
use super::quoted::Quoted;
use super::state::{OpaqueState, State};
use crate::boundary::array::Array;
use crate::boundary::pointer::OutPtr;
use crate::boundary::record::{Refusal, refuse};
use crate::boundary::status::tally_status::{self, *};
use crate::boundary::{Outcome, guard};
use tally_core::{BadWord, NumberError, NumberSink, Numbers, Separator, Stored, Word, add_numbers};

/// The caller's text, and the results that say how far it was read.
pub(super) struct Text<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) separator: Separator,
    pub(super) last: bool,
    consumed: OutPtr<usize>,
    values: OutPtr<usize>,
}

impl<'a> Text<'a> {
    /// Checks the arguments that all functions on text share.
    ///
    /// # Safety
    /// `text` is valid for reading `size` bytes, which nobody writes to as long as
    /// this lives; `consumed` and `values` are valid for writing.
    #[inline(always)]
    pub(super) unsafe fn new(
        text: In<c_char>,
        size: usize,
        separator: c_char,
        last: c_int,
        consumed: Out<usize>,
        values: Out<usize>,
    ) -> Outcome<Self> {
        // SAFETY: the same contract.
        let bytes = unsafe { Array::new(text.pointer.cast::<u8>(), size, text.name) }?.bytes();
        let [byte] = separator.to_ne_bytes();
        let separator = Separator::new(byte).ok_or_else(|| {
            refuse(
                TALLY_INVALID,
                format_args!("separator: {} may be part of a number", Quoted(&[byte])),
            )
        })?;
        Ok(Text {
            bytes,
            separator,
            last: last != 0,
            // SAFETY: the same contract.
            consumed: unsafe { consumed.place() }?,
            // SAFETY: the same contract.
            values: unsafe { values.place() }?,
        })
    }

    /// Hands the numbers to `add`, which returns how many they were, and says how
    /// far the text was read: all that `add` took, or up to the bad word.
    #[inline(always)]
    pub(super) fn read(
        &self,
        add: impl FnOnce(&mut Numbers<'a>) -> Outcome<Result<usize, BadWord<'a>>>,
    ) -> Outcome<()> {
        let mut numbers = Numbers::new(self.bytes, self.separator, self.last);
        match add(&mut numbers)? {
            Ok(count) => {
                self.done(numbers.consumed(), count);
                Ok(())
            }
            Err(BadWord { word, error }) => {
                let status = match error {
                    NumberError::NotANumber => TALLY_PARSE,
                    NumberError::TooLarge => TALLY_OVERFLOW,
                };
                Err(self.bad_word(word, status, error))
            }
        }
    }

    /// Says how far the text was read, and how many numbers were in that part.
    #[inline(always)]
    pub(super) fn done(&self, consumed: usize, values: usize) {
        self.consumed.set(consumed);
        self.values.set(values);
    }

    /// Says that the text was read up to a word that cannot be added.
    #[cold]
    pub(super) fn bad_word(
        &self,
        word: Word<'_>,
        status: tally_status,
        error: impl Display,
    ) -> Refusal {
        let (offset, word) = (word.offset, Quoted(word.bytes));
        let refusal = refuse(status, format_args!("{word} at byte {offset} {error}"));
        self.consumed.set(offset);
        refusal
    }
}

exports! {
    /// Adds the numbers in `size` bytes of text to an accumulator.
    ///
    /// Integers, which have neither a point nor an exponent, are added exactly, within
    /// the range of doubles, and -0 is 0. Any other number is added as the nearest
    /// double, with ties to even: 1e-400 is 0, and -0.0 stays negative. NUL has no
    /// special meaning, and cannot be part of a number. `text` may be NULL if `size` is
    /// 0; TALLY_INVALID if `size` is above PTRDIFF_MAX.
    ///
    /// For `separator` see Adding text. TALLY_INVALID if it is a character that may
    /// occur in a number (a digit, a letter, '+', '-', '.') or '\r'. `final` is 0 if
    /// more text follows. `*consumed` is the number of bytes processed and `*values`
    /// the number of numbers added; neither pointer may be NULL.
    ///
    /// TALLY_PARSE for a word that is not a number, such as a hexadecimal one, "1_000",
    /// "1,5" or an empty field. TALLY_OVERFLOW for a number that rounds to infinity,
    /// such as 1e400. In both cases the message quotes the word, possibly shortened,
    /// with its byte offset, and `*consumed` is that offset; nothing is added, and
    /// `*values` is unchanged. On any other failure `*consumed` and `*values` are
    /// unchanged; that includes TALLY_OVERFLOW for an accumulator that would leave its
    /// range.
    fn tally_accumulator_add_text(
        into: *mut tally_accumulator, text: *const c_char, size: usize, separator: c_char,
        r#final: c_int, consumed: *mut usize, values: *mut usize,
    ) -> tally_status = add_text;

    /// Adds the numbers in `size` bytes of text to moments. Parameters, errors and the
    /// numbers accepted are those of tally_accumulator_add_text().
    fn tally_moments_add_text(
        into: *mut tally_moments, text: *const c_char, size: usize, separator: c_char,
        r#final: c_int, consumed: *mut usize, values: *mut usize,
    ) -> tally_status = add_text;
}

/// Adds the numbers in a text.
///
/// # Safety
/// `into` is valid for reading and writing, `text` for reading `size` bytes,
/// `consumed` and `values` for writing.
#[allow(clippy::too_many_arguments)]
unsafe fn add_text<T>(
    function: &'static CStr,
    into: Out<T>,
    text: In<c_char>,
    size: usize,
    separator: c_char,
    last: c_int,
    consumed: Out<usize>,
    values: Out<usize>,
) -> tally_status
where
    T: OpaqueState<Content: NumberSink + Stored<One = f64>>,
{
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let mut into = unsafe { into.state() }?;
        // SAFETY: the same contract.
        let text = unsafe { Text::new(text, size, separator, last, consumed, values) }?;
        text.read(|numbers| add(&mut into, numbers))
    })
}

/// One number goes in in place, if it is a double.
#[inline(always)]
fn add<'a, T>(into: &mut State<T>, numbers: &mut Numbers<'a>) -> Outcome<Result<usize, BadWord<'a>>>
where
    T: OpaqueState<Content: NumberSink + Stored<One = f64>>,
{
    let first = match numbers.next().transpose() {
        Ok(number) => number,
        Err(bad) => return Ok(Err(bad)),
    };
    if numbers.is_at_end()
        && let Some(value) = first.and_then(|number| number.as_f64())
    {
        return into.add_one::<false>(value).map(|()| Ok(1));
    }
    let mut total = into.read()?;
    match add_numbers(&mut total, first.as_slice(), numbers) {
        Ok(count) => into.write(&total).map(|()| Ok(count)),
        Err(bad) => Ok(Err(bad)),
    }
}
