//! The wall that every exported function runs behind.
//!
//! A body returns what it computed or a [`Refusal`]; a panic in it becomes TALLY_PANIC.
//! Either way a value is returned to C, and the thread's record has the error.
//!
//! A function that calls back into C has three phases: [`begin`] checks its
//! arguments behind the wall, the callback is called outside the wall (an
//! exception that meets a `catch_unwind` aborts the process), and [`status`] or
//! [`value`] ends it.

use std::any::Any;
use std::ffi::CStr;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::record::{self, BeforeCallback, Refusal, refuse};
use super::status::tally_status;
use super::{Outcome, hook};

/// Runs a body that reports by status.
#[inline]
pub fn status(function: &'static CStr, body: impl FnOnce() -> Outcome<()>) -> tally_status {
    match run(function, body) {
        Ok(()) => {
            record::clear();
            tally_status::TALLY_OK
        }
        Err(refusal) => refusal.status(),
    }
}

/// Runs a body that returns its result; `refused` is returned on failure.
#[inline]
pub fn value<R>(function: &'static CStr, refused: R, body: impl FnOnce() -> Outcome<R>) -> R {
    match run(function, body) {
        Ok(value) => {
            record::clear();
            value
        }
        Err(_) => refused,
    }
}

/// Runs a body whose result and refusal share one number in C.
#[inline]
pub fn outcome<R>(function: &'static CStr, body: impl FnOnce() -> Outcome<R>) -> Outcome<R> {
    let outcome = run(function, body);
    if outcome.is_ok() {
        record::clear();
    }
    outcome
}

/// Runs a body that may fail and still have a result: the nearest integer of a
/// total that does not fit.
#[inline]
pub fn nearest<R>(
    function: &'static CStr,
    refused: R,
    body: impl FnOnce() -> Outcome<Result<R, (R, Refusal)>>,
) -> R {
    match run(function, body) {
        Ok(Ok(value)) => {
            record::clear();
            value
        }
        Ok(Err((nearest, _written))) => {
            record::name_function(function);
            nearest
        }
        Err(_) => refused,
    }
}

/// Runs the body of a releasing function, which leaves the record alone unless
/// it fails: clean-up must not wipe the error that it cleans up after.
#[inline]
pub fn release(function: &'static CStr, body: impl FnOnce() -> Outcome<()>) -> tally_status {
    match run(function, body) {
        Ok(()) => tally_status::TALLY_OK,
        Err(refusal) => refusal.status(),
    }
}

/// The fast path through a function: `quick` returns the result, or the reason
/// why `rest` must run behind the wall. A successful call then only pays for
/// clearing the record.
///
/// There is no wall around `quick`: it must be too simple to panic.
#[inline(always)]
pub fn quick<R, E>(
    function: &'static CStr,
    quick: impl FnOnce() -> Result<R, E>,
    rest: impl FnOnce(&'static CStr, E) -> R,
) -> R {
    match quick() {
        Ok(value) => {
            record::clear();
            value
        }
        Err(reason) => cold(function, move |function| rest(function, reason)),
    }
}

/// Runs the rare part of a function out of line, so that the usual part spends
/// no registers on it: let the body own what it uses, in its caller's order of
/// arguments.
#[inline(always)]
pub fn cold<R>(function: &'static CStr, body: impl FnOnce(&'static CStr) -> R) -> R {
    // Nothing unwinds out of C's convention, so its caller needs no frame.
    #[cold]
    #[inline(never)]
    #[allow(improper_ctypes_definitions)] // Both sides are ours.
    extern "C" fn call<R, F: FnOnce(&'static CStr) -> R>(body: F, function: &'static CStr) -> R {
        body(function)
    }
    call(body, function)
}

/// The first phase of a function that calls back. The record is left as
/// [`begin_callback`] leaves it.
#[inline]
pub fn begin<T>(function: &'static CStr, body: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    run(function, body)
}

/// What comes right before a callback is called.
#[inline]
pub fn begin_callback(function: &'static CStr) -> BeforeCallback {
    record::expect_return(function)
}

#[inline]
fn run<T>(function: &'static CStr, body: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    hook::ensure();
    record::enter();
    // Nothing of a body outlives its panic: what it changes, it writes last.
    let outcome = catch_unwind(AssertUnwindSafe(body));
    record::leave();
    let outcome = outcome.unwrap_or_else(|payload| Err(refuse_panic(payload)));
    if outcome.is_err() {
        record::name_function(function);
    }
    outcome
}

#[cold]
fn refuse_panic(payload: Box<dyn Any + Send>) -> Refusal {
    let text = payload
        .downcast_ref::<&'static str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let refusal = refuse(
        tally_status::TALLY_PANIC,
        format_args!("internal error: {}", text.unwrap_or("(no text)")),
    );
    // Dropping a payload of an unknown type could panic again, outside.
    if text.is_none() {
        std::mem::forget(payload);
    }
    refusal
}

#[cfg(test)]
mod tests {
    use super::*;
    use tally_status::*;

    fn message() -> String {
        let (bytes, length) = record::message_copy();
        String::from_utf8_lossy(&bytes[..length]).into_owned()
    }

    #[test]
    fn a_panic_becomes_a_status_with_its_text() {
        let index = std::hint::black_box(7);
        let outcome = status(c"f", || {
            let _ = [1, 2, 3][index];
            Ok(())
        });
        assert_eq!(outcome, TALLY_PANIC);
        assert_eq!(record::function(), c"f");
        assert!(message().contains("index out of bounds"), "{}", message());
        assert_eq!(status(c"f", || panic!("fixed text")), TALLY_PANIC);
        assert_eq!(message(), "internal error: fixed text");
        assert_eq!(status(c"f", || std::panic::panic_any(5)), TALLY_PANIC);
        assert_eq!(message(), "internal error: (no text)");
        assert!(!record::is_inside());
    }

    #[test]
    fn success_clears_and_release_does_not() {
        let refused = || Err(refuse(TALLY_NULL, format_args!("x")));
        assert_eq!(status(c"f", refused), TALLY_NULL);
        assert_eq!(release(c"g", || Ok(())), TALLY_OK);
        assert_eq!((record::status(), record::function()), (TALLY_NULL, c"f"));
        assert_eq!(status(c"g", || Ok(())), TALLY_OK);
        assert_eq!((record::status(), record::function()), (TALLY_OK, c""));
    }

    #[test]
    fn the_nearest_value_comes_with_its_error() {
        let body = || Ok(Err((5, refuse(TALLY_OVERFLOW, format_args!("too large")))));
        assert_eq!(nearest(c"f", 0, body), 5);
        assert_eq!(
            (record::status(), record::function()),
            (TALLY_OVERFLOW, c"f")
        );
        assert_eq!(nearest(c"f", 0, || Ok(Ok(3))), 3);
        assert_eq!(record::status(), TALLY_OK);
    }
}
