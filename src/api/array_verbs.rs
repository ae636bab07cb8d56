//! The bodies of the functions on arrays.

use std::ffi::{CStr, c_void};
use std::ptr::null_mut;

use super::array_data::{Data, tally_array, tally_release_callback, tally_view};
use super::column_type::{Element, tally_type};
use super::dispose::DeferredRelease;
use super::exports::{In, Out};
use super::handles::{Pinned, insert, insert_boxed};
use super::state::OpaqueState;
use super::sums::Summand;
use crate::boundary::handles::Kind;
use crate::boundary::memory;
use crate::boundary::pointer::OutPtr;
use crate::boundary::record::refuse;
use crate::boundary::slots::Payload;
use crate::boundary::status::tally_status::{self, TALLY_INVALID};
use crate::boundary::{Outcome, guard};
use tally_core::Accumulator;

/// An array that a call uses.
struct InUse<'a>(Pinned<'a>);

impl InUse<'_> {
    fn data(&self) -> &Data {
        // SAFETY: `insert_data` made it of a `Box`, and what is pinned stays.
        unsafe { &*self.0.payload().pointer.cast::<Data>() }
    }
}

/// Runs a body that uses an array, and then the deferred release.
#[inline]
fn with_array(
    function: &'static CStr,
    array: Out<tally_array>,
    body: impl FnOnce(InUse<'_>) -> Outcome<()>,
) -> tally_status {
    let last = DeferredRelease::default();
    let status = guard::status(function, || {
        let pinned = Pinned::new(array.pointer.cast(), Kind::Array, &last)?;
        body(InUse(pinned))
    });
    last.act();
    status
}

/// A handle to an array.
fn insert_data(data: Data, out: &OutPtr<*mut tally_array>) -> Outcome<()> {
    let copied = data.copied_size();
    // If there is none, the values are the caller's still: nothing is released.
    let handle = insert_boxed(Kind::Array, copied as u64, memory::boxed(data)?)?;
    out.set(handle.cast());
    Ok(())
}

/// Makes an array with a copy of values.
///
/// # Safety
/// `values` is valid for reading `count` elements, `out` for writing.
pub(super) unsafe fn new<T: Element>(
    function: &'static CStr,
    values: In<T>,
    count: usize,
    out: Out<*mut tally_array>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let values = unsafe { values.array(count) }?;
        // SAFETY: writable by the contract.
        let out = unsafe { out.place() }?;
        insert_data(Data::copied(&values)?, &out)
    })
}

/// Makes an array of the caller's own values.
///
/// # Safety
/// `values` is valid for reading `count` elements until `release` is called, which
/// may be called on any thread; `out` is valid for writing.
pub(super) unsafe fn borrow<T: Element>(
    function: &'static CStr,
    values: In<T>,
    count: usize,
    release: tally_release_callback,
    user_data: Out<c_void>,
    out: Out<*mut tally_array>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        unsafe { values.array(count) }?;
        // SAFETY: writable by the contract.
        let out = unsafe { out.place() }?;
        // SAFETY: the same contract.
        let data = unsafe { Data::borrowed(values, count, release, user_data.pointer) };
        insert_data(data, &out)
    })
}

/// The number of elements.
///
/// # Safety
/// `length` is valid for writing.
pub(super) unsafe fn length(
    function: &'static CStr,
    array: Out<tally_array>,
    length: Out<usize>,
) -> tally_status {
    with_array(function, array, |array| {
        // SAFETY: writable by the contract.
        unsafe { length.place() }?.set(array.data().length());
        Ok(())
    })
}

/// The type of the elements.
///
/// # Safety
/// `element_type` is valid for writing.
pub(super) unsafe fn element_type(
    function: &'static CStr,
    array: Out<tally_array>,
    element_type: Out<tally_type>,
) -> tally_status {
    with_array(function, array, |array| {
        // SAFETY: writable by the contract.
        unsafe { element_type.place() }?.set(array.data().element_type());
        Ok(())
    })
}

/// One element.
///
/// # Safety
/// `value` is valid for writing.
pub(super) unsafe fn get<T: Element>(
    function: &'static CStr,
    array: Out<tally_array>,
    index: usize,
    value: Out<T>,
) -> tally_status {
    with_array(function, array, |array| {
        let values = array.data().values_of::<T>()?;
        // SAFETY: writable by the contract.
        let value = unsafe { value.place() }?;
        let length = array.data().length();
        let element = values.get(index).ok_or_else(|| {
            refuse(
                TALLY_INVALID,
                format_args!("index {index} is out of range for {length} elements"),
            )
        })?;
        value.set(element);
        Ok(())
    })
}

/// Opens a view.
///
/// # Safety
/// `values`, `count` and `view` are valid for writing.
pub(super) unsafe fn open_view<T: Element>(
    function: &'static CStr,
    array: Out<tally_array>,
    values: Out<*const T>,
    count: Out<usize>,
    view: Out<*mut tally_view>,
) -> tally_status {
    with_array(function, array, |array| {
        array.data().values_of::<T>()?;
        // SAFETY: writable by the contract.
        let values = unsafe { values.place() }?;
        // SAFETY: writable by the contract.
        let count = unsafe { count.place() }?;
        // SAFETY: writable by the contract.
        let view = unsafe { view.place() }?;
        let (address, length) = (array.data().address(), array.data().length());
        let payload = Payload {
            number: array.0.number(),
            pointer: null_mut(),
        };
        let handle = insert(Kind::View, payload)?;
        // The pin of this call is the view's from now on.
        array.0.keep();
        values.set(address.cast());
        count.set(length);
        view.set(handle.cast());
        Ok(())
    })
}

/// The sum of the elements.
///
/// # Safety
/// `total` is valid for writing.
pub(super) unsafe fn sum<T: Element + Summand>(
    function: &'static CStr,
    array: Out<tally_array>,
    total: Out<T::Total>,
) -> tally_status {
    with_array(function, array, |array| {
        let values = array.data().values_of::<T>()?;
        // SAFETY: writable by the contract.
        let total = unsafe { total.place() }?;
        T::set(T::sum(&values), &total)
    })
}

/// Adds all elements to an accumulator.
///
/// # Safety
/// `into` is valid for reading and writing.
pub(super) unsafe fn add_to_accumulator<T: OpaqueState<Content = Accumulator>>(
    function: &'static CStr,
    into: Out<T>,
    array: Out<tally_array>,
) -> tally_status {
    with_array(function, array, |array| {
        // SAFETY: readable and writable by the contract.
        let mut into = unsafe { into.state() }?;
        into.add_up(|total| array.data().add_to(total))
    })
}
