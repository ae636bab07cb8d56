//! Elements of arrays
//!
//! What is in an array: one element, all of them in place, their sum.
//!
//! ```c
//! const double *values;
//! size_t count;
//! tally_view *view;
//! if (tally_array_view_f64(prices, &values, &count, &view) == TALLY_OK) {
//!     draw(values, count);
//!     tally_array_release_view(view);
//! }
//! ```
//!
//! A view keeps the values where they are until it is closed, whatever happens
//! to the array's handle in the meantime. It is a handle like others: it is made
//! with one reference, tally_ref() adds one, tally_array_release_view() and
//! tally_unref() give one up, and the last one closes it.

use std::ffi::{CStr, c_void};
use std::ptr::null_mut;

use super::accumulator::tally_accumulator;
use super::array_body::{Element, with_array};
use super::arrays::tally_array;
use super::handles::{self, insert};
use super::states::State;
use super::sums;
use crate::boundary::Outcome;
use crate::boundary::handles::Kind;
use crate::boundary::pointer::{Array, Place};
use crate::boundary::record::refuse;
use crate::boundary::slots::Payload;
use crate::boundary::status::tally_status::{self, TALLY_INVALID};

/// A handle to a view of an array.
#[allow(non_camel_case_types)]
pub struct tally_view {
    _private: [u8; 0],
}

/// # Safety
/// `value` is valid for writing.
unsafe fn get<T: Element>(
    function: &'static CStr,
    array: *mut tally_array,
    index: usize,
    value: *mut T,
) -> tally_status {
    with_array(function, array, |array| {
        let values = array.body().values_of::<T>()?;
        // SAFETY: the same contract.
        let value = unsafe { Place::new(value, "value") }?;
        let length = array.body().length();
        let element = values.get(index).ok_or_else(|| {
            refuse(
                TALLY_INVALID,
                format_args!("index {index} is outside of {length} elements"),
            )
        })?;
        value.set(element);
        Ok(())
    })
}

/// # Safety
/// `total` is valid for writing.
unsafe fn sum<T: Element, S: Copy>(
    function: &'static CStr,
    array: *mut tally_array,
    total: *mut S,
    sum: impl FnOnce(&Array<'_, T>, &Place<S>) -> Outcome<()>,
) -> tally_status {
    with_array(function, array, |array| {
        let values = array.body().values_of::<T>()?;
        // SAFETY: the same contract.
        sum(&values, &unsafe { Place::new(total, "total") }?)
    })
}

/// # Safety
/// `values`, `count` and `view` are valid for writing.
unsafe fn open_view<T: Element>(
    function: &'static CStr,
    array: *mut tally_array,
    values: *mut *const T,
    count: *mut usize,
    view: *mut *mut tally_view,
) -> tally_status {
    with_array(function, array, |array| {
        array.body().values_of::<T>()?;
        // SAFETY: the same contract.
        let values = unsafe { Place::new(values, "values") }?;
        // SAFETY: the same contract.
        let count = unsafe { Place::new(count, "count") }?;
        // SAFETY: the same contract.
        let view = unsafe { Place::new(view, "view") }?;
        let (address, length) = (array.body().address(), array.body().length());
        let payload = Payload {
            number: array.number(),
            pointer: null_mut(),
        };
        let handle = insert(Kind::View, payload)?;
        // The pin of this call is the view's from now on.
        array.keep();
        values.set(address.cast());
        count.set(length);
        view.set(handle.cast());
        Ok(())
    })
}

/// The element at `index`, counted from 0, of an array of double.
///
/// TALLY_INVALID if there is no such element.
///
/// # Safety
/// `value` is valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn tally_array_get_f64(
    array: *mut tally_array,
    index: usize,
    value: *mut f64,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { get(c"tally_array_get_f64", array, index, value) }
}

/// The element at `index` of an array of float, as tally_array_get_f64()
/// gives it.
///
/// # Safety
/// `value` is valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn tally_array_get_f32(
    array: *mut tally_array,
    index: usize,
    value: *mut f32,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { get(c"tally_array_get_f32", array, index, value) }
}

/// The element at `index` of an array of int32_t, as tally_array_get_f64()
/// gives it.
///
/// # Safety
/// `value` is valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn tally_array_get_i32(
    array: *mut tally_array,
    index: usize,
    value: *mut i32,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { get(c"tally_array_get_i32", array, index, value) }
}

/// The element at `index` of an array of int64_t, as tally_array_get_f64()
/// gives it.
///
/// # Safety
/// `value` is valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn tally_array_get_i64(
    array: *mut tally_array,
    index: usize,
    value: *mut i64,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { get(c"tally_array_get_i64", array, index, value) }
}

/// The element at `index` of an array of uint64_t, as tally_array_get_f64()
/// gives it.
///
/// # Safety
/// `value` is valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn tally_array_get_u64(
    array: *mut tally_array,
    index: usize,
    value: *mut u64,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { get(c"tally_array_get_u64", array, index, value) }
}

/// Opens a view of an array of double.
///
/// `*values` is where the elements are, `*count` how many. They stay there, and
/// must not be written to, until `*view`, which has one reference, is given up
/// with tally_array_release_view(). A copy is aligned to 64 bytes; of a borrowed
/// array, `*values` is the pointer that was borrowed, at whatever alignment it has.
/// For an array of nothing, `*values` may be NULL.
/// TALLY_BUSY at 1,023 views and calls at a time; TALLY_MEMORY if there is no
/// room for a view.
///
/// # Safety
/// `values`, `count` and `view` are valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn tally_array_view_f64(
    array: *mut tally_array,
    values: *mut *const f64,
    count: *mut usize,
    view: *mut *mut tally_view,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { open_view(c"tally_array_view_f64", array, values, count, view) }
}

/// Opens a view of an array of float, as tally_array_view_f64() does.
///
/// # Safety
/// `values`, `count` and `view` are valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn tally_array_view_f32(
    array: *mut tally_array,
    values: *mut *const f32,
    count: *mut usize,
    view: *mut *mut tally_view,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { open_view(c"tally_array_view_f32", array, values, count, view) }
}

/// Opens a view of an array of int32_t, as tally_array_view_f64() does.
///
/// # Safety
/// `values`, `count` and `view` are valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn tally_array_view_i32(
    array: *mut tally_array,
    values: *mut *const i32,
    count: *mut usize,
    view: *mut *mut tally_view,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { open_view(c"tally_array_view_i32", array, values, count, view) }
}

/// Opens a view of an array of int64_t, as tally_array_view_f64() does.
///
/// # Safety
/// `values`, `count` and `view` are valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn tally_array_view_i64(
    array: *mut tally_array,
    values: *mut *const i64,
    count: *mut usize,
    view: *mut *mut tally_view,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { open_view(c"tally_array_view_i64", array, values, count, view) }
}

/// Opens a view of an array of uint64_t, as tally_array_view_f64() does.
///
/// # Safety
/// `values`, `count` and `view` are valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn tally_array_view_u64(
    array: *mut tally_array,
    values: *mut *const u64,
    count: *mut usize,
    view: *mut *mut tally_view,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { open_view(c"tally_array_view_u64", array, values, count, view) }
}

/// Gives up a reference to a view; the last one, which is the first unless
/// tally_ref() added more, closes it. NULL is nothing to do. Touches the error
/// record only on failure. If the view was all that kept its array, this is where
/// the array ends.
///
/// As tally_unref(), but refuses a handle that names no view.
#[unsafe(no_mangle)]
pub extern "C-unwind" fn tally_array_release_view(view: *mut tally_view) -> tally_status {
    let name = c"tally_array_release_view";
    handles::unreference(name, view.cast::<c_void>(), Some(Kind::View))
}

/// The sum of an array of double, as tally_sum_f64() gives it.
///
/// # Safety
/// `total` is valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn tally_array_sum_f64(
    array: *mut tally_array,
    total: *mut f64,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { sum(c"tally_array_sum_f64", array, total, sums::sum_f64) }
}

/// The sum of an array of float, as tally_sum_f32() gives it.
///
/// # Safety
/// `total` is valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn tally_array_sum_f32(
    array: *mut tally_array,
    total: *mut f32,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { sum(c"tally_array_sum_f32", array, total, sums::sum_f32) }
}

/// The sum of an array of int32_t, as tally_sum_i32() gives it.
///
/// # Safety
/// `total` is valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn tally_array_sum_i32(
    array: *mut tally_array,
    total: *mut i64,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { sum(c"tally_array_sum_i32", array, total, sums::sum_i32) }
}

/// The sum of an array of int64_t, as tally_sum_i64() gives it.
///
/// # Safety
/// `total` is valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn tally_array_sum_i64(
    array: *mut tally_array,
    total: *mut i64,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { sum(c"tally_array_sum_i64", array, total, sums::sum_i64) }
}

/// The sum of an array of uint64_t, as tally_sum_u64() gives it.
///
/// # Safety
/// `total` is valid for writing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn tally_array_sum_u64(
    array: *mut tally_array,
    total: *mut u64,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { sum(c"tally_array_sum_u64", array, total, sums::sum_u64) }
}

/// Adds all elements of an array of any type to an accumulator.
///
/// # Safety
/// `into` is valid for reading and writing.
#[unsafe(no_mangle)]
pub unsafe extern "C-unwind" fn tally_accumulator_add_array(
    into: *mut tally_accumulator,
    array: *mut tally_array,
) -> tally_status {
    with_array(c"tally_accumulator_add_array", array, |array| {
        // SAFETY: the caller's promise about `into`.
        let into = unsafe { State::new(into, "into") }?;
        let body = array.body();
        into.update(|total| {
            if let Some(values) = body.values::<f64>() {
                values.for_each_block(|block| total.add_f64(block));
            } else if let Some(values) = body.values::<f32>() {
                values.for_each_block(|block| total.add_f32(block));
            } else if let Some(values) = body.values::<i32>() {
                values.for_each_block(|block| total.add_i32(block));
            } else if let Some(values) = body.values::<i64>() {
                values.for_each_block(|block| total.add_i64(block));
            } else if let Some(values) = body.values::<u64>() {
                values.for_each_block(|block| total.add_u64(block));
            }
        })
    })
}
