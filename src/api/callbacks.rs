//! Callbacks
//!
//! Functions that call functions of the caller. A callback reports success or failure
//! by its return value, and receives the caller's pointers unread. The callbacks of
//! this section are called on the calling thread, and never after the function that
//! takes them has returned. A NULL callback is TALLY_NULL, even if it would not be
//! called.
//!
//! The only callback that the library keeps after a call is the release callback of a
//! borrowed array, which has its own rules: see Arrays.
//!
//! ```c
//! int length(const void *word, int *result, void *user_data);
//! if (tally_map(words, n, sizeof *words, length, NULL, out, &done) !=
//!     TALLY_OK)
//!     fprintf(stderr, "%s\n", tally_last_message());
//! ```
//!
//! A callback may call this library. If it throws a C++ exception, the exception
//! reaches the C++ caller unchanged, nothing leaks, and the library remains usable. The
//! thread's error is then TALLY_CALLBACK, "callback did not return", unless the
//! callback's own calls to the library have set another or cleared it. A callback must
//! not exit by longjmp() or pthread_exit(), and its thread must not be cancelled in it.
//!
//! When a callback fails, the message has its return value, followed by the error of
//! this library that it left, if any.

use std::ffi::{CStr, c_int, c_void};

use super::accumulator::tally_accumulator;
use super::state::State;
use crate::boundary::array::Array;
use crate::boundary::guard;
use crate::boundary::pointer::OutPtr;
use crate::boundary::record::{Refusal, refuse, refuse_callback};
use crate::boundary::status::tally_status::{self, TALLY_CALLBACK, TALLY_NULL};
use crate::boundary::strided::Strided;

/// Doubles that a source may give at a time.
const PULL_CAPACITY: usize = 1024;

/// Reads `data`, writes `*result` and returns 0, or returns any other value on failure.
#[allow(non_camel_case_types)]
pub type tally_callback =
    Option<unsafe extern "C-unwind" fn(data: *const c_void, result: *mut c_int) -> c_int>;

/// Reads `element`, writes `*result` and returns 0, or returns any other value to stop.
#[allow(non_camel_case_types)]
pub type tally_map_callback = Option<
    unsafe extern "C-unwind" fn(
        element: *const c_void,
        result: *mut c_int,
        user_data: *mut c_void,
    ) -> c_int,
>;

/// Writes at most `capacity` doubles to `buffer` and returns their number, 0 at the
/// end, or SIZE_MAX on failure. `capacity` is at least 1 and may differ between calls.
#[allow(non_camel_case_types)]
pub type tally_source = Option<
    unsafe extern "C-unwind" fn(buffer: *mut f64, capacity: usize, user_data: *mut c_void) -> usize,
>;

#[cold]
fn no_callback(name: &str) -> Refusal {
    refuse(TALLY_NULL, format_args!("{name} is NULL"))
}

/// Calls back once, in the name of `function`.
///
/// # Safety
/// `callback` may be called with `data` and `result`.
pub(super) unsafe fn process(
    function: &'static CStr,
    data: *const c_void,
    callback: tally_callback,
    result: *mut c_int,
) -> c_int {
    let callback = match guard::begin(function, || callback.ok_or_else(|| no_callback("callback")))
    {
        Ok(callback) => callback,
        Err(refusal) => return refusal.status() as c_int,
    };
    let before = guard::begin_callback(function);
    // SAFETY: the caller's promise. Nothing of ours is live that an exception
    // would have to clean up.
    let returned = unsafe { callback(data, result) };
    let _ = guard::status(function, || {
        if returned == 0 {
            return Ok(());
        }
        Err(refuse_callback(
            before,
            format_args!("callback returned {returned}"),
        ))
    });
    returned
}

/// Calls `callback(data, result)` once.
///
/// `data` and `result` are passed through unread and may be NULL.
///
/// Returns what the callback returned; if that is not 0, the thread's error is
/// TALLY_CALLBACK. Returns TALLY_NULL for a NULL callback; only tally_last_status()
/// distinguishes that from a callback that returned -1.
///
/// # Safety
/// `callback` may be called with `data` and `result`.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn tally_process(
    data: *const c_void,
    callback: tally_callback,
    result: *mut c_int,
) -> c_int {
    // SAFETY: the same contract.
    unsafe { process(c"tally_process", data, callback, result) }
}

/// Calls `callback(element, result, user_data)` for each of `count` elements that lie
/// `stride` bytes apart, in order, and collects the results.
///
/// `results` has room for `count` results. `stride` may be negative or 0. The first
/// callback that does not return 0 ends the call with TALLY_CALLBACK. `*done` is the
/// number of elements finished, and is up to date at each callback; it is 0 if there
/// are no elements, and unchanged if an argument is refused. `done` may be NULL.
/// `results` is written up to there and no further. TALLY_INVALID if the elements would
/// span more than PTRDIFF_MAX bytes.
///
/// # Safety
/// `callback` may be called with the address of each element and `user_data`;
/// `results` is valid for writing `count` values, `done` (if not NULL) for
/// writing.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn tally_map(
    elements: *const c_void,
    count: usize,
    stride: isize,
    callback: tally_map_callback,
    user_data: *mut c_void,
    results: *mut c_int,
    done: *mut usize,
) -> tally_status {
    const NAME: &CStr = c"tally_map";
    let begun = guard::begin(NAME, || {
        // SAFETY: only addresses are computed.
        let elements = unsafe { Strided::<u8>::new(elements, count, stride, "elements") }?;
        // SAFETY: only checked.
        unsafe { Array::new(results.cast_const(), count, "results") }?;
        let callback = callback.ok_or_else(|| no_callback("callback"))?;
        // SAFETY: the caller's promise about `done`.
        Ok((elements, callback, unsafe { OutPtr::optional(done) }))
    });
    let (elements, callback, done) = match begun {
        Ok(begun) => begun,
        Err(refusal) => return refusal.status(),
    };
    let set_done = |finished| {
        if let Some(done) = &done {
            done.set(finished);
        }
    };
    set_done(0);
    for index in 0..count {
        let element = elements.address(index).cast();
        let mut result = 0;
        let before = guard::begin_callback(NAME);
        // SAFETY: the caller's promise about `callback`. Nothing of ours is
        // live that an exception would have to clean up.
        let returned = unsafe { callback(element, &raw mut result, user_data) };
        if returned != 0 {
            return guard::status(NAME, || {
                let what = format_args!("callback returned {returned} for element {index}");
                Err(refuse_callback(before, what))
            });
        }
        // SAFETY: `index` is below `count`; the caller's promise about
        // `results`.
        unsafe { results.wrapping_add(index).write_unaligned(result) };
        set_done(index + 1);
    }
    guard::status(NAME, || Ok(()))
}

/// Adds the doubles that `source` produces, until it returns 0.
///
/// `source(buffer, capacity, user_data)` writes up to `capacity` doubles and returns
/// their number. TALLY_CALLBACK if it returns SIZE_MAX, or more than `capacity`. All
/// values are added at the end or, on failure or an exception, none. Any change that
/// the source itself makes to `*into` is overwritten.
///
/// # Safety
/// `into` is valid for reading and writing; `source` may be called with a
/// buffer and `user_data`.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn tally_accumulator_pull(
    into: *mut tally_accumulator,
    source: tally_source,
    user_data: *mut c_void,
) -> tally_status {
    const NAME: &CStr = c"tally_accumulator_pull";
    let begun = guard::begin(NAME, || {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        let total = into.read()?;
        Ok((into, total, source.ok_or_else(|| no_callback("source"))?))
    });
    let (into, mut total, source) = match begun {
        Ok(begun) => begun,
        Err(refusal) => return refusal.status(),
    };
    let mut buffer = [0.0; PULL_CAPACITY];
    loop {
        let before = guard::begin_callback(NAME);
        // SAFETY: the caller's promise about `source`. Nothing of ours is live
        // that an exception would have to clean up.
        let given = unsafe { source(buffer.as_mut_ptr(), PULL_CAPACITY, user_data) };
        if given == 0 {
            return guard::status(NAME, || into.write(&total));
        }
        let added = guard::begin(NAME, || match buffer.get(..given) {
            Some(values) => {
                total.add_f64(values);
                Ok(())
            }
            None if given == usize::MAX => {
                Err(refuse_callback(before, format_args!("source failed")))
            }
            None => {
                let what =
                    format_args!("source returned {given} values, capacity is {PULL_CAPACITY}");
                Err(refuse_callback(before, what))
            }
        });
        if added.is_err() {
            return TALLY_CALLBACK;
        }
    }
}
