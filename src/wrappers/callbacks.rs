//! Rust closures that C calls.
//!
//! A closure is two things to C: a plain function, the trampoline, and the
//! pointer to its data that is handed through. A panic stops at the trampoline,
//! C sees a failed callback and returns, and then the panic goes on.

use std::any::Any;
use std::ffi::{c_int, c_void};
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use super::errors::{FFIError, succeeded};
use super::tally;

/// What a callback gives: its result, or the value that tells C it failed.
pub type CallbackResult = Result<c_int, NonZero<c_int>>;

/// What C is told of a callback that panicked.
const PANICKED: c_int = c_int::MIN;

/// A callback and what became of it.
struct Call<F> {
    callback: F,
    panic: Option<Box<dyn Any + Send>>,
}

impl<F> Call<F> {
    /// Runs the callback, and puts its outcome in C's form.
    ///
    /// # Safety
    /// `result` is valid for writing.
    unsafe fn run(
        &mut self,
        result: *mut c_int,
        run: impl FnOnce(&mut F) -> CallbackResult,
    ) -> c_int {
        match catch_unwind(AssertUnwindSafe(|| run(&mut self.callback))) {
            Ok(Ok(value)) => {
                // SAFETY: the contract.
                unsafe { result.write(value) };
                0
            }
            Ok(Err(failure)) => failure.get(),
            Err(payload) => {
                self.panic = Some(payload);
                PANICKED
            }
        }
    }

    /// Lets a panic go on.
    fn resume(&mut self) {
        if let Some(payload) = self.panic.take() {
            resume_unwind(payload);
        }
    }
}

/// Has C call `callback` once with `data`: `process_with_callback`.
///
/// An error of the callback's comes back as TALLY_CALLBACK, with its value in
/// the message.
pub fn process<T: ?Sized>(
    data: &T,
    callback: impl FnOnce(&T) -> CallbackResult,
) -> Result<c_int, FFIError> {
    // C hands one pointer through, so the data and the callback go together.
    let mut callback = Some(callback);
    process_closure(|| match callback.take() {
        Some(callback) => callback(data),
        None => Err(NonZero::<c_int>::MIN),
    })
}

fn process_closure<F: FnMut() -> CallbackResult>(callback: F) -> Result<c_int, FFIError> {
    let mut call = Call {
        callback,
        panic: None,
    };
    let mut result = 0;
    // SAFETY: the trampoline is given the `Call` that it expects, and a place
    // for its result; both outlive the call.
    let returned = unsafe {
        let data = (&raw mut call).cast::<c_void>();
        tally::process_with_callback(data, Some(process_trampoline::<F>), &raw mut result)
    };
    call.resume();
    match returned {
        0 => Ok(result),
        _ => Err(FFIError::latest()),
    }
}

/// # Safety
/// `data` leads to a `Call<F>` that nothing else refers to, and `result` is
/// valid for writing.
unsafe extern "C-unwind" fn process_trampoline<F: FnMut() -> CallbackResult>(
    data: *const c_void,
    result: *mut c_int,
) -> c_int {
    // SAFETY: the contract.
    let call = unsafe { &mut *data.cast_mut().cast::<Call<F>>() };
    // SAFETY: the contract.
    unsafe { call.run(result, |callback| callback()) }
}

/// Doubles the int that `data` leads to. Returns 1, and writes nothing, if that
/// does not fit or a pointer is NULL.
///
/// # Safety
/// `data` leads to an int and `result` is valid for writing one, or is NULL.
pub unsafe extern "C-unwind" fn rust_callback(data: *const c_void, result: *mut c_int) -> c_int {
    if data.is_null() || result.is_null() {
        return 1;
    }
    // SAFETY: the contract.
    let value = unsafe { data.cast::<c_int>().read() };
    match value.checked_mul(2) {
        Some(doubled) => {
            // SAFETY: the contract.
            unsafe { result.write(doubled) };
            0
        }
        None => 1,
    }
}

/// Has C double a value by [`rust_callback`], a callback without a trampoline.
pub fn double(value: c_int) -> Result<c_int, FFIError> {
    let mut result = 0;
    // SAFETY: `rust_callback` is given an int and a place for one.
    let returned = unsafe {
        let data = (&raw const value).cast();
        tally::process_with_callback(data, Some(rust_callback), &raw mut result)
    };
    match returned {
        0 => Ok(result),
        _ => Err(FFIError::latest()),
    }
}

/// A [`map`] that a callback's error ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// The results of the elements before.
    pub finished: Vec<c_int>,
    /// What C said.
    pub error: FFIError,
}

/// Has C call `callback` for each value, in order, and collects the results:
/// `tally_map`.
pub fn map<T, F: FnMut(&T) -> CallbackResult>(
    values: &[T],
    callback: F,
) -> Result<Vec<c_int>, Stopped> {
    let mut call = Call {
        callback,
        panic: None,
    };
    let mut results = Vec::with_capacity(values.len());
    let mut done = 0;
    // SAFETY: the elements are those of a slice; the trampoline is given them
    // and the `Call` that it expects; there is room for the results.
    let status = unsafe {
        tally::tally_map(
            values.as_ptr().cast(),
            values.len(),
            size_of::<T>() as isize,
            Some(map_trampoline::<T, F>),
            (&raw mut call).cast(),
            results.as_mut_ptr(),
            &raw mut done,
        )
    };
    // SAFETY: `done` results are written, and there is room for all.
    unsafe { results.set_len(done) };
    call.resume();
    match succeeded(status) {
        Ok(()) => Ok(results),
        Err(error) => Err(Stopped {
            finished: results,
            error,
        }),
    }
}

/// # Safety
/// `element` leads to a `T`, `user_data` to a `Call<F>` that nothing else refers
/// to, and `result` is valid for writing.
unsafe extern "C-unwind" fn map_trampoline<T, F: FnMut(&T) -> CallbackResult>(
    element: *const c_void,
    result: *mut c_int,
    user_data: *mut c_void,
) -> c_int {
    // SAFETY: the contract.
    let (element, call) = unsafe { (&*element.cast::<T>(), &mut *user_data.cast::<Call<F>>()) };
    // SAFETY: the contract.
    unsafe { call.run(result, |callback| callback(element)) }
}
