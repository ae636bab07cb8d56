//! What can be done to any kind of state: the bodies of the functions that all kinds
//! have.

use std::ffi::{CStr, c_int, c_void};

use super::convert::{not_loaded, out_of_range};
use super::exports::{In, Out};
use super::state::{OneOf, OpaqueState, combine_all};
use crate::boundary::buffer::Buffer;
use crate::boundary::guard;
use crate::boundary::pointer::{Array, Pod};
use crate::boundary::record::refuse;
use crate::boundary::status::tally_status::{self, TALLY_INVALID, TALLY_OK};
use tally_core::{Accumulate, Stored};

/// Adds everything that is in `from`.
///
/// # Safety
/// `into` is valid for reading and writing, `from` for reading.
pub(super) unsafe fn merge<T: OpaqueState>(
    function: &'static CStr,
    into: Out<T>,
    from: In<T>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let into = unsafe { into.state() }?;
        // SAFETY: readable by the contract.
        let from = unsafe { from.read() }?;
        into.update(|content| content.merge(&from))
    })
}

/// Takes everything that is in `from` out again.
///
/// # Safety
/// `into` is valid for reading and writing, `from` for reading.
pub(super) unsafe fn unmerge<T: OpaqueState>(
    function: &'static CStr,
    into: Out<T>,
    from: In<T>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let into = unsafe { into.state() }?;
        // SAFETY: readable by the contract.
        let from = unsafe { from.read() }?;
        into.update(|content| content.unmerge(&from))
    })
}

/// The number of values.
///
/// # Safety
/// `state` is valid for reading, `count` for writing.
pub(super) unsafe fn count<T: OpaqueState>(
    function: &'static CStr,
    state: In<T>,
    count: Out<i64>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let content = unsafe { state.read() }?;
        // SAFETY: writable by the contract.
        unsafe { count.place() }?.set(content.count());
        Ok(())
    })
}

/// The numbers of NaN and infinities.
///
/// # Safety
/// `state` is valid for reading; each of the others, if not NULL, for writing.
pub(super) unsafe fn special_counts<T: OpaqueState>(
    function: &'static CStr,
    state: In<T>,
    nan: Out<i64>,
    positive_infinity: Out<i64>,
    negative_infinity: Out<i64>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let counts = unsafe { state.read() }?.special_counts();
        for (out, count) in [
            (nan, counts.nan),
            (positive_infinity, counts.positive_infinity),
            (negative_infinity, counts.negative_infinity),
        ] {
            // SAFETY: writable by the contract, if not NULL.
            if let Some(place) = unsafe { out.optional() } {
                place.set(count);
            }
        }
        Ok(())
    })
}

/// Leaves a failure in a state. The first one stays.
///
/// # Safety
/// `into` is valid for reading and writing.
pub(super) unsafe fn fail<T: OpaqueState>(
    function: &'static CStr,
    into: Out<T>,
    status: c_int,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let into = unsafe { into.state() }?;
        if status >= 0 {
            let message = format_args!("status is {status}, not below 0");
            return Err(refuse(TALLY_INVALID, message));
        }
        // A state that has failed already is refused like any other.
        into.read()?;
        into.set_failed(status);
        Ok(())
    })
}

/// Merges `count` states, one by one; the first failure is reported.
///
/// # Safety
/// `from` is valid for reading `count` states, `into` for reading and writing
/// them.
pub(super) unsafe fn combine<T: OpaqueState>(
    function: &'static CStr,
    from: In<T>,
    into: Out<T>,
    count: usize,
) {
    // What it refuses is in the record.
    let _ = guard::status(function, || {
        // SAFETY: the same contract.
        unsafe { combine_all(from.pointer, into.pointer, count) }
    });
}

/// Writes the saved form, and how long it is.
///
/// # Safety
/// `state` is valid for reading, `buffer` (if not NULL) for writing `size` bytes,
/// `needed` for writing.
pub(super) unsafe fn save<T: OpaqueState>(
    function: &'static CStr,
    state: In<T>,
    buffer: Out<c_void>,
    size: usize,
    needed: Out<usize>,
) -> tally_status {
    guard::status(function, || {
        let name = state.name;
        // SAFETY: readable by the contract.
        let content = unsafe { state.read() }?;
        // SAFETY: writable by the contract, if not NULL.
        let buffer = unsafe { Buffer::new(buffer.pointer, size) }?;
        // SAFETY: writable by the contract.
        let needed = unsafe { needed.place() }?;
        let saved = content.save().map_err(|error| out_of_range(error, name))?;
        needed.set(saved.as_bytes().len());
        buffer.set_bytes(saved.as_bytes())
    })
}

/// Replaces a state by a saved one, or refuses and leaves it.
///
/// # Safety
/// `bytes` is valid for reading `size` bytes, `state` for writing.
pub(super) unsafe fn load<T: OpaqueState>(
    function: &'static CStr,
    bytes: In<c_void>,
    size: usize,
    state: Out<T>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let bytes = unsafe { Array::new(bytes.pointer.cast::<u8>(), size, bytes.name) }?;
        // SAFETY: writable by the contract, and never read here.
        let state = unsafe { state.state() }?;
        state.write(&T::Content::load(bytes.bytes()).map_err(not_loaded)?)
    })
}

/// Adds elements of an array.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count` elements.
pub(super) unsafe fn add<T: OpaqueState<Content: Accumulate<V>>, V: Pod>(
    function: &'static CStr,
    into: Out<T>,
    values: In<V>,
    count: usize,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let into = unsafe { into.state() }?;
        // SAFETY: readable by the contract.
        let values = unsafe { values.array(count) }?;
        into.update(|content| values.for_each_block(|block| content.add(block)))
    })
}

/// Subtracts elements of an array.
///
/// # Safety
/// As for [`add`].
pub(super) unsafe fn subtract<T: OpaqueState<Content: Accumulate<V>>, V: Pod>(
    function: &'static CStr,
    into: Out<T>,
    values: In<V>,
    count: usize,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let into = unsafe { into.state() }?;
        // SAFETY: readable by the contract.
        let values = unsafe { values.array(count) }?;
        into.update(|content| values.for_each_block(|block| content.subtract(block)))
    })
}

/// Adds one value.
///
/// # Safety
/// `into` is valid for reading and writing.
#[inline(always)]
pub(super) unsafe fn add_one<T: OpaqueState>(
    function: &'static CStr,
    into: Out<T>,
    value: OneOf<T>,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { take_one::<T, false>(function, into, value) }
}

/// Subtracts one value.
///
/// # Safety
/// `into` is valid for reading and writing.
#[inline(always)]
pub(super) unsafe fn subtract_one<T: OpaqueState>(
    function: &'static CStr,
    into: Out<T>,
    value: OneOf<T>,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { take_one::<T, true>(function, into, value) }
}

/// Adds what a state takes one at a time, or subtracts it.
///
/// # Safety
/// `into` is valid for reading and writing.
#[inline(always)]
pub(super) unsafe fn take_one<T: OpaqueState, const SUBTRACT: bool>(
    function: &'static CStr,
    into: Out<T>,
    one: OneOf<T>,
) -> tally_status {
    // Its name is a constant, and costs the rare part its registers.
    let pointer = into.pointer;
    guard::quick(
        function,
        || {
            if into.pointer.is_null() {
                return Err(());
            }
            // SAFETY: readable and writable by the contract.
            let mut into = unsafe { into.state() }.map_err(|_| ())?;
            let is_done = into.add_one_in_place::<SUBTRACT>(one);
            is_done.then_some(TALLY_OK).ok_or(())
        },
        move |function, ()| {
            guard::status(function, || {
                let name = "into";
                // SAFETY: readable and writable by the contract.
                unsafe { Out { pointer, name }.state() }?.add_one_to_content::<SUBTRACT>(one)
            })
        },
    )
}
