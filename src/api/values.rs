//! Values of states: the bodies of the functions that return a number or a text.

use std::ffi::{CStr, c_char, c_int};

use super::convert::{Answer, NoValue, no_value, set_answer};
use super::exports::{In, Out};
use super::state::OpaqueState;
use super::state_in_place::InPlace;
use crate::boundary::buffer::Buffer;
use crate::boundary::record::refuse;
use crate::boundary::status::tally_status::{self, TALLY_INVALID, TALLY_OK};
use crate::boundary::{Outcome, guard};
use tally_core::{ExactSum, Text, ValueError};

/// Asks a state one question.
///
/// # Safety
/// `state` is valid for reading, `answer` for writing.
pub(super) unsafe fn ask<T: OpaqueState, R: Answer>(
    function: &'static CStr,
    question: impl FnOnce(&T::Content) -> Result<R, ValueError>,
    state: In<T>,
    answer: Out<R>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let content = unsafe { state.read() }?;
        // SAFETY: writable by the contract.
        let answer = unsafe { answer.place() }?;
        set_answer(&answer, question(&content))
    })
}

/// Asks a state one question: `in_place` where that has an answer, else `question`.
///
/// # Safety
/// As for [`ask`].
#[inline(always)]
pub(super) unsafe fn ask_in_place<T: OpaqueState, R: Answer>(
    function: &'static CStr,
    in_place: impl FnOnce(InPlace<'_>) -> Option<R>,
    question: impl FnOnce(&T::Content) -> Result<R, ValueError>,
    state: In<T>,
    answer: Out<R>,
) -> tally_status {
    guard::quick(
        function,
        || {
            // SAFETY: readable by the contract, and not written to while it is borrowed.
            let value = in_place(unsafe { state.in_place() }.ok_or(())?).ok_or(())?;
            // SAFETY: writable by the contract.
            unsafe { answer.optional() }.ok_or(())?.set(value);
            Ok(TALLY_OK)
        },
        // SAFETY: the same contract.
        move |function, ()| unsafe { ask(function, question, state, answer) },
    )
}

/// Asks a state a question that has a number in it.
///
/// # Safety
/// `state` is valid for reading, `answer` for writing.
pub(super) unsafe fn ask_with<T: OpaqueState, V, R: Answer, E: Into<NoValue>>(
    function: &'static CStr,
    question: impl FnOnce(&T::Content, V) -> Result<R, E>,
    state: In<T>,
    number: V,
    answer: Out<R>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let content = unsafe { state.read() }?;
        // SAFETY: writable by the contract.
        let answer = unsafe { answer.place() }?;
        set_answer(&answer, question(&content, number))
    })
}

/// Asks a state for an integer of 128 bits, in two halves.
///
/// # Safety
/// `state` is valid for reading, `high` and `low` for writing.
pub(super) unsafe fn ask_wide<T: OpaqueState>(
    function: &'static CStr,
    question: impl FnOnce(&T::Content) -> Result<i128, ValueError>,
    state: In<T>,
    high: Out<i64>,
    low: Out<u64>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let content = unsafe { state.read() }?;
        // SAFETY: writable by the contract.
        let (high, low) = unsafe { (high.place()?, low.place()?) };
        let integer = question(&content).map_err(no_value)?;
        high.set((integer >> 64) as i64);
        low.set(integer as u64);
        Ok(())
    })
}

/// The total as text with up to `most_digits` after the point.
///
/// # Safety
/// `state` is valid for reading, `buffer` (if not NULL) for writing `size` bytes,
/// `needed` (if not NULL) for writing.
pub(super) unsafe fn text<T, const WORKING: usize, const ONE: usize>(
    function: &'static CStr,
    most_digits: c_int,
    state: In<T>,
    fraction_digits: c_int,
    buffer: Out<c_char>,
    size: usize,
    needed: Out<usize>,
) -> tally_status
where
    T: OpaqueState<Content = ExactSum<WORKING, ONE>>,
{
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let total = unsafe { state.read() }?;
        let digits = match fraction_digits {
            -1 => None,
            digits if (0..=most_digits).contains(&digits) => Some(digits as u16),
            _ => {
                let message =
                    format_args!("fraction_digits is {fraction_digits}, not -1 to {most_digits}");
                return Err(refuse(TALLY_INVALID, message));
            }
        };
        // SAFETY: writable by the contract, if not NULL.
        unsafe { write_text(|| total.text(digits), buffer, size, needed) }
    })
}

/// Writes a text, and how long it is.
///
/// # Safety
/// `buffer` (if not NULL) is valid for writing `size` bytes, `needed` (if not NULL)
/// for writing.
pub(super) unsafe fn write_text(
    text: impl FnOnce() -> Result<Text, ValueError>,
    buffer: Out<c_char>,
    size: usize,
    needed: Out<usize>,
) -> Outcome<()> {
    // SAFETY: the same contract.
    let buffer = unsafe { Buffer::new(buffer.pointer.cast(), size) }?;
    let text = text().map_err(no_value)?;
    // SAFETY: the same contract.
    if let Some(needed) = unsafe { needed.optional() } {
        needed.set(text.as_str().len());
    }
    buffer.set_text(text.as_str())
}
