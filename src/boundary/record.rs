//! The calling thread's error record.
//!
//! It lies in the thread's block of storage (see `super::thread`), begins as
//! zeros and has no destructor, so that it works before anything else does and
//! while a thread is ending. Writing it allocates nothing.

use std::ffi::{CStr, c_char};
use std::fmt::{self, Write};

use super::status::tally_status;
use super::thread::{self, Record};

pub use super::thread::MESSAGE_SIZE;

/// The record's message while a callback runs, with its NUL.
const NO_RETURN: [u8; 24] = *b"callback did not return\0";

fn with<R>(body: impl FnOnce(&Record) -> R) -> R {
    thread::with(|thread| body(&thread.record))
}

/// Proof that a failure was written to the thread's record. Only the guard
/// adds the function's name.
#[must_use]
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    status: tally_status,
}

impl Refusal {
    /// The status that was written.
    pub fn status(&self) -> tally_status {
        self.status
    }
}

/// The result of a checked step: its value, or proof that the thread's error was
/// written.
pub type Outcome<T> = Result<T, Refusal>;

/// Writes a failure and its message.
#[cold]
pub fn refuse(status: tally_status, message: fmt::Arguments<'_>) -> Refusal {
    debug_assert_ne!(status, tally_status::TALLY_OK);
    // Apart from the record: the caller's text may be the message that is there.
    let text = Text::of(message);
    with(|record| {
        record.status.set(status);
        record.failures.set(record.failures.get().wrapping_add(1));
        for (cell, byte) in record.message.iter().zip(text.with_nul()) {
            cell.set(*byte);
        }
    });
    Refusal { status }
}

/// Names the function that refused.
pub(super) fn name_function(function: &'static CStr) {
    with(|record| record.function.set(function.as_ptr()));
}

/// Forgets the error. The other fields only count with a status other than
/// TALLY_OK, so one store is enough.
#[inline(always)]
pub fn clear() {
    thread::clear_status();
}

/// The status of the thread's latest call that set or cleared it.
pub fn status() -> tally_status {
    with(|record| record.status.get())
}

/// The name of the function that failed, or "".
pub fn function() -> &'static CStr {
    let name = with(|record| record.function.get());
    if status() == tally_status::TALLY_OK || name.is_null() {
        return c"";
    }
    // SAFETY: it came from a `&'static CStr`.
    unsafe { CStr::from_ptr(name) }
}

/// The message, NUL-terminated, or "". It is overwritten in place.
pub fn message() -> *const c_char {
    if status() == tally_status::TALLY_OK {
        return c"".as_ptr();
    }
    with(|record| record.message.as_ptr().cast())
}

/// A copy of the message and its length.
pub fn message_copy() -> ([u8; MESSAGE_SIZE], usize) {
    if status() == tally_status::TALLY_OK {
        return ([0; MESSAGE_SIZE], 0);
    }
    with(|record| {
        let bytes = std::array::from_fn(|index| record.message[index].get());
        let length = bytes.iter().position(|byte| *byte == 0).unwrap_or(0);
        (bytes, length)
    })
}

/// Whether this thread is inside a guarded call.
pub(super) fn is_inside() -> bool {
    with(|record| record.inside.get() != 0)
}

pub(super) fn enter() {
    with(|record| record.inside.set(record.inside.get().wrapping_add(1)));
}

pub(super) fn leave() {
    with(|record| record.inside.set(record.inside.get().wrapping_sub(1)));
}

/// Prepares the record for a callback, because no code of the library runs when
/// an exception passes.
#[derive(Clone, Copy)]
pub struct BeforeCallback {
    failures: u32,
}

/// Says "callback did not return" in the name of `function`. Nearly always it
/// will return, so that this is a few stores, and nothing is formatted.
#[inline]
pub fn expect_return(function: &'static CStr) -> BeforeCallback {
    with(|record| {
        let failures = record.failures.get().wrapping_add(1);
        record.status.set(tally_status::TALLY_CALLBACK);
        record.failures.set(failures);
        record.function.set(function.as_ptr());
        for (cell, byte) in record.message.iter().zip(NO_RETURN) {
            cell.set(byte);
        }
        BeforeCallback { failures }
    })
}

/// Writes that the callback failed in the way `what` says, and after it the
/// error that the callback left, if it left one.
#[cold]
pub fn refuse_callback(before: BeforeCallback, what: fmt::Arguments<'_>) -> Refusal {
    let left_one = status() != tally_status::TALLY_OK
        && with(|record| record.failures.get()) != before.failures;
    if !left_one {
        return refuse(tally_status::TALLY_CALLBACK, what);
    }
    let inner_function = function();
    let (bytes, length) = message_copy();
    let inner = String8(&bytes[..length]);
    refuse(
        tally_status::TALLY_CALLBACK,
        format_args!("{what}: {}: {inner}", String8(inner_function.to_bytes())),
    )
}

/// A record as it was.
pub struct Kept {
    status: tally_status,
    failures: u32,
    function: *const c_char,
    message: [u8; MESSAGE_SIZE],
}

/// Keeps the record, to be restored after a callback that is none of the caller's business.
pub fn keep() -> Kept {
    with(|record| Kept {
        status: record.status.get(),
        failures: record.failures.get(),
        function: record.function.get(),
        message: std::array::from_fn(|index| record.message[index].get()),
    })
}

/// Makes the record again what was kept.
pub fn restore(kept: &Kept) {
    with(|record| {
        record.status.set(kept.status);
        record.failures.set(kept.failures);
        record.function.set(kept.function);
        for (cell, &byte) in record.message.iter().zip(&kept.message) {
            cell.set(byte);
        }
    });
}

/// Bytes that are UTF-8 except for a cut character at the end, shown without
/// allocating.
struct String8<'a>(&'a [u8]);

impl fmt::Display for String8<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .utf8_chunks()
            .try_for_each(|chunk| formatter.write_str(chunk.valid()))
    }
}

/// A message that is being written, cut at a character's boundary when it is full.
struct Text {
    bytes: [u8; MESSAGE_SIZE],
    length: usize,
    cut: bool,
}

impl Text {
    fn of(message: fmt::Arguments<'_>) -> Text {
        let mut text = Text {
            bytes: [0; MESSAGE_SIZE],
            length: 0,
            cut: false,
        };
        // If Display fails, what it wrote before stays.
        let _ = text.write_fmt(message);
        text
    }

    fn with_nul(&self) -> &[u8] {
        &self.bytes[..=self.length]
    }
}

impl Write for Text {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = MESSAGE_SIZE - 1 - self.length;
        let kept = if self.cut {
            0
        } else {
            character_boundary(text, room)
        };
        self.cut |= kept < text.len();
        for byte in text.as_bytes()[..kept].iter() {
            // A NUL inside would end the message for C.
            self.bytes[self.length] = if *byte == 0 { b'?' } else { *byte };
            self.length += 1;
        }
        Ok(())
    }
}

/// The end of the last whole character within the first `limit` bytes.
fn character_boundary(text: &str, limit: usize) -> usize {
    let mut end = limit.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use tally_status::*;

    fn text() -> String {
        let (bytes, length) = message_copy();
        String::from_utf8(bytes[..length].to_vec()).expect("messages are UTF-8")
    }

    #[test]
    fn a_long_message_is_cut_at_a_character_boundary() {
        for lead in 0..4 {
            let long = format!("{}{}", "x".repeat(lead), "é€😀".repeat(100));
            let _ = refuse(TALLY_PARSE, format_args!("{long}"));
            let kept = text();
            assert!(long.starts_with(&kept), "{kept}");
            assert!(kept.len() < MESSAGE_SIZE && kept.len() > MESSAGE_SIZE - 6);
        }
    }

    #[test]
    fn nothing_follows_a_cut() {
        // Variables: the compiler joins literals into one piece.
        let (long, wide, after) = ("é".repeat(127), "😀", "y");
        let _ = refuse(TALLY_PARSE, format_args!("x{long}{after}"));
        assert_eq!(text(), format!("x{long}"));
        let _ = refuse(TALLY_PARSE, format_args!("{long}{wide}{after}"));
        assert_eq!(text(), long);
    }

    #[test]
    fn a_nul_does_not_end_a_message() {
        let _ = refuse(TALLY_PARSE, format_args!("a\0b"));
        assert_eq!(text(), "a?b");
    }

    #[test]
    fn clearing_leaves_empty_texts() {
        let _ = refuse(TALLY_NULL, format_args!("x"));
        name_function(c"f");
        clear();
        assert_eq!(status(), TALLY_OK);
        assert_eq!(text(), "");
        assert_eq!(function(), c"");
    }

    #[test]
    fn an_error_that_a_callback_leaves_follows_ours() {
        let before = expect_return(c"outer");
        assert_eq!(text(), "callback did not return");
        let _ = refuse_callback(before, format_args!("callback returned 7"));
        assert_eq!(text(), "callback returned 7");
        let before = expect_return(c"outer");
        let _ = refuse(TALLY_NULL, format_args!("values is NULL"));
        name_function(c"inner");
        let _ = refuse_callback(before, format_args!("callback returned 7"));
        assert_eq!(text(), "callback returned 7: inner: values is NULL");
        let before = expect_return(c"outer");
        clear();
        let _ = refuse_callback(before, format_args!("callback returned 7"));
        assert_eq!(text(), "callback returned 7");
    }

    #[test]
    fn a_record_that_is_kept_comes_back() {
        let _ = refuse(TALLY_PARSE, format_args!("{}", "é".repeat(200)));
        name_function(c"f");
        let (before, message) = (keep(), text());
        let _ = refuse(TALLY_NULL, format_args!("x"));
        name_function(c"g");
        restore(&before);
        assert_eq!((status(), function(), text()), (TALLY_PARSE, c"f", message));
        clear();
        let before = keep();
        let _ = refuse(TALLY_NULL, format_args!("x"));
        restore(&before);
        assert_eq!((status(), text()), (TALLY_OK, String::new()));
    }

    #[test]
    fn a_callback_within_one_may_be_what_did_not_return() {
        let _ = refuse(TALLY_PARSE, format_args!("{}", "a long text ".repeat(9)));
        let before = expect_return(c"outer");
        assert_eq!(
            (text(), function()),
            (String::from("callback did not return"), c"outer")
        );
        let _ = expect_return(c"inner");
        let _ = refuse_callback(before, format_args!("callback returned 7"));
        assert_eq!(
            text(),
            "callback returned 7: inner: callback did not return"
        );
    }

    #[test]
    fn threads_do_not_see_each_other() {
        let _ = refuse(TALLY_NULL, format_args!("mine"));
        std::thread::spawn(|| assert_eq!((status(), text()), (TALLY_OK, String::new())))
            .join()
            .expect("the thread ends well");
        assert_eq!(text(), "mine");
    }
}
