//! Arrays
//!
//! Numbers with several owners: an array behind a handle, of double, float,
//! int32_t, int64_t or uint64_t. It is made with a copy of the caller's values,
//! or of the caller's own memory, and does not change.
//!
//! ```c
//! tally_array *prices;
//! if (tally_array_new_f64(values, count, &prices) == TALLY_OK) {
//!     if (tally_array_sum_f64(prices, &total) == TALLY_OK)
//!         printf("%g\n", total);
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

use super::array_body::{Body, Element, insert_body, with_array};
use crate::boundary::guard;
use crate::boundary::pointer::{Array, Place};
use crate::boundary::status::tally_status;

/// A handle to an array.
#[allow(non_camel_case_types)]
pub struct tally_array {
    _private: [u8; 0],
}

/// The type of an array's elements, by the suffix that functions have for it.
///
/// 32 bits wide in every dialect of C and C++. A later version may add types.
#[repr(i32)]
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum tally_element_type {
    /// double
    TALLY_F64 = 1,
    /// float
    TALLY_F32 = 2,
    /// int32_t
    TALLY_I32 = 3,
    /// int64_t
    TALLY_I64 = 4,
    /// uint64_t
    TALLY_U64 = 5,
}

impl tally_element_type {
    /// Its name in C.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::TALLY_F64 => "double",
            Self::TALLY_F32 => "float",
            Self::TALLY_I32 => "int32_t",
            Self::TALLY_I64 => "int64_t",
            Self::TALLY_U64 => "uint64_t",
        }
    }
}

/// Takes back the `count` values that an array borrowed. `user_data` is what
/// was given with them.
#[allow(non_camel_case_types)]
pub type tally_release_callback = Option<
    unsafe extern "C-unwind" fn(values: *const c_void, count: usize, user_data: *mut c_void),
>;

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
        insert_body(Body::copied(&values)?, &out)
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
        // SAFETY: the same contract.
        let body = unsafe { Body::borrowed(values, count, release, user_data) };
        insert_body(body, &out)
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

/// The type of the elements of an array: which of the functions for one type take
/// it.
///
/// # Safety
/// `element_type` is valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn tally_array_type(
    array: *mut tally_array,
    element_type: *mut tally_element_type,
) -> tally_status {
    with_array(c"tally_array_type", array, |array| {
        // SAFETY: the caller's promise about `element_type`.
        let element_type = unsafe { Place::new(element_type, "element_type") }?;
        element_type.set(array.body().element_type());
        Ok(())
    })
}
