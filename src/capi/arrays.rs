//! Arrays
//!
//! Numbers with several owners: an array behind a handle, of double, float,
//! int32_t, int64_t or uint64_t. It is made with a copy of the caller's values,
//! or of the caller's own memory, and does not change.
//!
//! ```c
//! tally_array *prices;
//! if (tally_array_new_f64(values, count, &prices) == TALLY_OK) {
//!     status = tally_array_sum_f64(prices, &total);
//!     tally_unref(prices);
//! }
//! ```
//!
//! The handle is checked first; see Handles for what can be wrong with it, and
//! for tally_ref() and tally_unref(). TALLY_WRONG_KIND is also what a function
//! for one type of element returns for an array of another.
//!
//! An array of borrowed memory has a release callback, which says that the
//! memory is the caller's again. It is called once: when the array's last
//! reference is gone, no call is using it any more and no view of it is open. It
//! is called on the thread that made this so, as the very last act of that
//! thread's call to tally_unref(), tally_array_release_view() or whichever
//! function was using the array meanwhile. That call has done all its work then,
//! and the library holds nothing, so the callback may call it. It may throw a C++
//! exception, which takes the place of the call's status and undoes nothing.
//! What the callback leaves in the error record stays there.

use std::ffi::{CStr, c_void};

use super::handles::{LastAct, Pinned, insert};
use crate::boundary::handles::{Kind, Pin, Removed};
use crate::boundary::memory::{self, Values};
use crate::boundary::pointer::{Array, Place, Plain};
use crate::boundary::record::refuse;
use crate::boundary::slots::Payload;
use crate::boundary::status::tally_status::{self, TALLY_WRONG_KIND};
use crate::boundary::{Outcome, guard};

/// A handle to an array.
#[allow(non_camel_case_types)]
pub struct tally_array {
    _private: [u8; 0],
}

/// Takes back the `count` values that an array borrowed. `user_data` is what
/// was given with them.
#[allow(non_camel_case_types)]
pub type tally_release_callback = Option<
    unsafe extern "C-unwind" fn(values: *const c_void, count: usize, user_data: *mut c_void),
>;

/// A release callback and what it is called with.
#[derive(Clone, Copy)]
pub(super) struct Release {
    callback: unsafe extern "C-unwind" fn(*const c_void, usize, *mut c_void),
    values: *const c_void,
    count: usize,
    user_data: *mut c_void,
}

impl Release {
    /// Calls it.
    #[inline(always)]
    pub(super) fn call(self) {
        // SAFETY: whoever made the array promised that it may be called.
        unsafe { (self.callback)(self.values, self.count, self.user_data) }
    }
}

/// What an array's handle points to.
pub(super) struct Body {
    element: Type,
    values: *const c_void,
    count: usize,
    /// The copy, unless the values are borrowed.
    _copy: Option<Values>,
    release: Option<Release>,
}

/// The type of an array's elements.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    F64,
    F32,
    I32,
    I64,
    U64,
}

impl Type {
    fn name(self) -> &'static str {
        match self {
            Self::F64 => "double",
            Self::F32 => "float",
            Self::I32 => "int32_t",
            Self::I64 => "int64_t",
            Self::U64 => "uint64_t",
        }
    }
}

/// What an array can be of.
pub(super) trait Element: Plain {
    const TYPE: Type;
}

impl Element for f64 {
    const TYPE: Type = Type::F64;
}

impl Element for f32 {
    const TYPE: Type = Type::F32;
}

impl Element for i32 {
    const TYPE: Type = Type::I32;
}

impl Element for i64 {
    const TYPE: Type = Type::I64;
}

impl Element for u64 {
    const TYPE: Type = Type::U64;
}

impl Body {
    /// The values, if they are of this type.
    pub(super) fn values<T: Element>(&self) -> Option<Array<'_, T>> {
        if self.element != T::TYPE {
            return None;
        }
        // SAFETY: the array is of `count` values of this type, its own or
        // borrowed, which are there and unchanging until it is disposed of.
        unsafe { Array::new(self.values.cast(), self.count, "values") }.ok()
    }

    /// The values, or TALLY_WRONG_KIND.
    pub(super) fn values_of<T: Element>(&self) -> Outcome<Array<'_, T>> {
        self.values().ok_or_else(|| {
            refuse(
                TALLY_WRONG_KIND,
                format_args!(
                    "the array is of {}, not of {}",
                    self.element.name(),
                    T::TYPE.name()
                ),
            )
        })
    }

    /// Where the values are.
    pub(super) fn address(&self) -> *const c_void {
        self.values
    }

    pub(super) fn length(&self) -> usize {
        self.count
    }
}

/// An array that a call uses.
pub(super) struct InUse<'a>(Pinned<'a>);

impl<'a> InUse<'a> {
    /// Pins the array of a handle.
    pub(super) fn new(array: *const tally_array, last: &'a LastAct) -> Outcome<Self> {
        Ok(Self(Pinned::new(array.cast(), Kind::Array, last)?))
    }

    pub(super) fn body(&self) -> &Body {
        // SAFETY: `insert_body` made it of a `Box`, and what is pinned stays.
        unsafe { &*self.0.payload().pointer.cast::<Body>() }
    }

    /// What `end_view` needs.
    pub(super) fn number(&self) -> u64 {
        self.0.number()
    }

    /// Keeps the array beyond the call.
    pub(super) fn keep(self) {
        self.0.keep();
    }
}

/// Runs a body that uses an array, and does what has to be done last.
#[inline]
pub(super) fn with_array(
    function: &'static CStr,
    array: *const tally_array,
    body: impl FnOnce(InUse<'_>) -> Outcome<()>,
) -> tally_status {
    let last = LastAct::default();
    let status = guard::status(function, || body(InUse::new(array, &last)?));
    last.act();
    status
}

/// A handle to an array.
fn insert_body(body: Body, size: usize, out: &Place<*mut tally_array>) -> Outcome<()> {
    let payload = Payload {
        number: size as u64,
        pointer: Box::into_raw(memory::boxed(body)?).cast(),
    };
    let handle = insert(Kind::Array, payload).inspect_err(|_| {
        // The values are the caller's still: nothing is released.
        dispose(payload);
    })?;
    out.set(handle.cast());
    Ok(())
}

/// Frees what nobody can reach any more, and returns what is to be called when
/// all else is done.
pub(super) fn dispose(payload: Payload) -> Option<Release> {
    // SAFETY: `insert_body` made it of a `Box`, and it comes here once.
    let body = unsafe { Box::from_raw(payload.pointer.cast::<Body>()) };
    body.release
}

/// Ends a view that nobody can reach any more. Returns the array if the view
/// was all that kept it.
pub(super) fn end_view(payload: Payload) -> Option<Removed> {
    // SAFETY: the number is that of a pin which was kept for the view, and it
    // comes here once.
    unsafe { Pin::resume(payload.number) }?.unpin()
}

/// # Safety
/// `values` is valid for reading `count` elements, `out` for writing.
unsafe fn new<T: Element>(
    function: &'static CStr,
    values: *const T,
    count: usize,
    out: *mut *mut tally_array,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: the same contract.
        let values = unsafe { Array::new(values, count, "values") }?;
        // SAFETY: the same contract.
        let out = unsafe { Place::new(out, "out") }?;
        let copy = Values::copy_of(&values)?;
        let body = Body {
            element: T::TYPE,
            values: copy.address(),
            count,
            _copy: Some(copy),
            release: None,
        };
        insert_body(body, count * size_of::<T>(), &out)
    })
}

/// # Safety
/// `values` is valid for reading `count` elements until `release` is called,
/// and `release` may be called; `out` is valid for writing.
unsafe fn borrow<T: Element>(
    function: &'static CStr,
    values: *const T,
    count: usize,
    release: tally_release_callback,
    user_data: *mut c_void,
    out: *mut *mut tally_array,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: the same contract.
        unsafe { Array::new(values, count, "values") }?;
        // SAFETY: the same contract.
        let out = unsafe { Place::new(out, "out") }?;
        let values = values.cast::<c_void>();
        let body = Body {
            element: T::TYPE,
            values,
            count,
            _copy: None,
            release: release.map(|callback| Release {
                callback,
                values,
                count,
                user_data,
            }),
        };
        insert_body(body, count * size_of::<T>(), &out)
    })
}

/// Makes an array with a copy of `count` doubles.
///
/// `values` is as for tally_sum_f64(): at any alignment, and NULL if `count` is
/// 0. `*out` is the array's handle, with one reference; give it up with
/// tally_unref(). TALLY_MEMORY if there is no room.
///
/// # Safety
/// `values` is valid for reading `count` elements, `out` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_array_new_f64(
    values: *const f64,
    count: usize,
    out: *mut *mut tally_array,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { new(c"tally_array_new_f64", values, count, out) }
}

/// Makes an array with a copy of `count` floats, as
/// tally_array_new_f64() does.
///
/// # Safety
/// `values` is valid for reading `count` elements, `out` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_array_new_f32(
    values: *const f32,
    count: usize,
    out: *mut *mut tally_array,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { new(c"tally_array_new_f32", values, count, out) }
}

/// Makes an array with a copy of `count` signed 32-bit integers, as
/// tally_array_new_f64() does.
///
/// # Safety
/// `values` is valid for reading `count` elements, `out` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_array_new_i32(
    values: *const i32,
    count: usize,
    out: *mut *mut tally_array,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { new(c"tally_array_new_i32", values, count, out) }
}

/// Makes an array with a copy of `count` signed 64-bit integers, as
/// tally_array_new_f64() does.
///
/// # Safety
/// `values` is valid for reading `count` elements, `out` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_array_new_i64(
    values: *const i64,
    count: usize,
    out: *mut *mut tally_array,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { new(c"tally_array_new_i64", values, count, out) }
}

/// Makes an array with a copy of `count` unsigned 64-bit integers, as
/// tally_array_new_f64() does.
///
/// # Safety
/// `values` is valid for reading `count` elements, `out` for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_array_new_u64(
    values: *const u64,
    count: usize,
    out: *mut *mut tally_array,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { new(c"tally_array_new_u64", values, count, out) }
}

/// Makes an array of the caller's own `count` doubles, which are not copied.
///
/// From success until `release(values, count, user_data)` is called, the values
/// must be there and must not change. `release` may be NULL, for values that
/// stay for ever; `user_data` is passed on unread. On failure nothing is ever
/// released: the values are the caller's still. All else is as for
/// tally_array_new_f64().
///
/// # Safety
/// `values` is valid for reading `count` elements until `release` is called,
/// which may be called on any thread; `out` is valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_array_borrow_f64(
    values: *const f64,
    count: usize,
    release: tally_release_callback,
    user_data: *mut c_void,
    out: *mut *mut tally_array,
) -> tally_status {
    const NAME: &CStr = c"tally_array_borrow_f64";
    // SAFETY: the same contract.
    unsafe { borrow(NAME, values, count, release, user_data, out) }
}

/// Makes an array of the caller's own `count` floats, as
/// tally_array_borrow_f64() does.
///
/// # Safety
/// `values` is valid for reading `count` elements until `release` is called,
/// which may be called on any thread; `out` is valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_array_borrow_f32(
    values: *const f32,
    count: usize,
    release: tally_release_callback,
    user_data: *mut c_void,
    out: *mut *mut tally_array,
) -> tally_status {
    const NAME: &CStr = c"tally_array_borrow_f32";
    // SAFETY: the same contract.
    unsafe { borrow(NAME, values, count, release, user_data, out) }
}

/// Makes an array of the caller's own `count` signed 32-bit integers, as
/// tally_array_borrow_f64() does.
///
/// # Safety
/// `values` is valid for reading `count` elements until `release` is called,
/// which may be called on any thread; `out` is valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_array_borrow_i32(
    values: *const i32,
    count: usize,
    release: tally_release_callback,
    user_data: *mut c_void,
    out: *mut *mut tally_array,
) -> tally_status {
    const NAME: &CStr = c"tally_array_borrow_i32";
    // SAFETY: the same contract.
    unsafe { borrow(NAME, values, count, release, user_data, out) }
}

/// Makes an array of the caller's own `count` signed 64-bit integers, as
/// tally_array_borrow_f64() does.
///
/// # Safety
/// `values` is valid for reading `count` elements until `release` is called,
/// which may be called on any thread; `out` is valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_array_borrow_i64(
    values: *const i64,
    count: usize,
    release: tally_release_callback,
    user_data: *mut c_void,
    out: *mut *mut tally_array,
) -> tally_status {
    const NAME: &CStr = c"tally_array_borrow_i64";
    // SAFETY: the same contract.
    unsafe { borrow(NAME, values, count, release, user_data, out) }
}

/// Makes an array of the caller's own `count` unsigned 64-bit integers, as
/// tally_array_borrow_f64() does.
///
/// # Safety
/// `values` is valid for reading `count` elements until `release` is called,
/// which may be called on any thread; `out` is valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_array_borrow_u64(
    values: *const u64,
    count: usize,
    release: tally_release_callback,
    user_data: *mut c_void,
    out: *mut *mut tally_array,
) -> tally_status {
    const NAME: &CStr = c"tally_array_borrow_u64";
    // SAFETY: the same contract.
    unsafe { borrow(NAME, values, count, release, user_data, out) }
}

/// The number of elements, of an array of any type.
///
/// # Safety
/// `length` is valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn tally_array_length(
    array: *mut tally_array,
    length: *mut usize,
) -> tally_status {
    with_array(c"tally_array_length", array, |array| {
        // SAFETY: the caller's promise about `length`.
        unsafe { Place::new(length, "length") }?.set(array.body().length());
        Ok(())
    })
}
