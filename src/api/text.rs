//! Text
//!
//! Strings are NUL-terminated and UTF-8. One that is not UTF-8 is refused with
//! TALLY_ENCODING and the offset of the first bad byte in the message.
//!
//! ```c
//! int total = tally_parse_total("12 30 -2");      // 40
//! if (total < 0)
//!     fprintf(stderr, "%s\n", tally_last_message());
//! ```

use std::ffi::{c_char, c_int};
use std::ptr::copy_nonoverlapping;

use super::memory::allocate;
use super::quoted::Quoted;
use crate::boundary::memory::BlockKind;
use crate::boundary::pointer::{Place, text};
use crate::boundary::record::{Refusal, refuse};
use crate::boundary::status::tally_status::{self, *};
use crate::boundary::{Outcome, guard};
use tally_core::{IntegerTextError, parse_integer_total};

/// The total of the integers that a text holds, or a negative status.
pub(super) fn total_or_status(parsed: Outcome<c_int>) -> c_int {
    parsed.unwrap_or_else(|refusal| refusal.status() as c_int)
}

pub(super) fn parse_total(input: &str) -> Outcome<c_int> {
    parse_integer_total(input).map_err(|error| not_parsed(input, error))
}

#[cold]
fn not_parsed(input: &str, error: IntegerTextError) -> Refusal {
    let word = |offset: usize, length: usize| Quoted(&input.as_bytes()[offset..offset + length]);
    match error {
        IntegerTextError::NotAnInteger { offset, length } => {
            let word = word(offset, length);
            let message = format_args!("{word} at byte {offset} is not an integer");
            refuse(TALLY_PARSE, message)
        }
        IntegerTextError::TooLong { offset, length } => {
            let word = word(offset, length);
            let message = format_args!("{word} at byte {offset} has too many digits");
            refuse(TALLY_OVERFLOW, message)
        }
        IntegerTextError::AboveRange => {
            refuse(TALLY_OVERFLOW, format_args!("the total is above INT_MAX"))
        }
        IntegerTextError::Negative => refuse(TALLY_INVALID, format_args!("the total is negative")),
    }
}

/// Copies a string.
///
/// `*out` is the copy; the caller owns it and frees it with tally_free().
/// TALLY_ENCODING if `text` is not UTF-8; TALLY_MEMORY if there is no room.
///
/// # Safety
/// `text` is NUL-terminated, `out` is valid for writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_text_copy(
    text: *const c_char,
    out: *mut *mut c_char,
) -> tally_status {
    guard::status(c"tally_text_copy", || {
        // SAFETY: the caller's promise about `text`.
        let source = unsafe { crate::boundary::pointer::text(text, "text") }?;
        // SAFETY: the caller's promise about `out`.
        let out = unsafe { Place::new(out, "out") }?;
        let block = allocate(source.len() + 1, BlockKind::Bytes)?;
        let copy = block.as_ptr().cast::<c_char>();
        // SAFETY: the block has one byte more than the string, and that one is
        // zero already.
        unsafe { copy_nonoverlapping(source.as_ptr().cast(), copy, source.len()) };
        out.set(copy);
        Ok(())
    })
}

/// Measures a string: its bytes, without the NUL, and its characters (Unicode
/// code points).
///
/// `bytes` and `characters` may be NULL. TALLY_ENCODING if `text` is not UTF-8.
///
/// # Safety
/// `text` is NUL-terminated; `bytes` and `characters`, if not NULL, are valid
/// for writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_text_length(
    text: *const c_char,
    bytes: *mut usize,
    characters: *mut usize,
) -> tally_status {
    guard::status(c"tally_text_length", || {
        // SAFETY: the caller's promise about `text`.
        let source = unsafe { crate::boundary::pointer::text(text, "text") }?;
        // SAFETY: the caller's promise about `bytes`.
        if let Some(bytes) = unsafe { Place::optional(bytes) } {
            bytes.set(source.len());
        }
        // SAFETY: the caller's promise about `characters`.
        if let Some(characters) = unsafe { Place::optional(characters) } {
            characters.set(source.chars().count());
        }
        Ok(())
    })
}

/// Adds the integers in a text: decimal, of up to 600 digits (leading zeros
/// apart), with an optional sign, separated by ASCII white space.
///
/// Returns the total, 0 to INT_MAX, or the status of the failure, which is
/// below 0: TALLY_NULL; TALLY_ENCODING; TALLY_PARSE for a word that is no
/// integer, with the word and its byte offset in the message; TALLY_OVERFLOW
/// for a total above INT_MAX, or a word of more than 600 digits;
/// TALLY_INVALID for a total below 0. Totals on the way do not matter. The
/// total of an empty text is 0.
///
/// # Safety
/// `input` is NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_parse_total(input: *const c_char) -> c_int {
    total_or_status(guard::outcome(c"tally_parse_total", || {
        // SAFETY: the caller's promise about `input`.
        parse_total(unsafe { text(input, "input") }?)
    }))
}
