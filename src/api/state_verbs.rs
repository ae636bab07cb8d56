//! The bodies of the functions that all kinds of states have.

use std::ffi::{CStr, c_int, c_void};

use super::convert::{not_loaded, out_of_range};
use super::exports::{In, Out};
use super::state::{OneOf, OpaqueState};
use super::state_combine::combine_all;
use super::state_in_place::{apart, few_apart};
use crate::boundary::array::Array;
use crate::boundary::buffer::Buffer;
use crate::boundary::guard;
use crate::boundary::pointer::{Extent, Pod};
use crate::boundary::record::refuse;
use crate::boundary::status::tally_status::{self, TALLY_INVALID, TALLY_OK, TALLY_OVERFLOW};
use tally_core::{Accumulate, Stored};

/// Adds everything that is in `from`.
///
/// # Safety
/// `into` is valid for reading and writing, `from` for reading.
#[inline(always)]
pub(super) unsafe fn merge<T: OpaqueState>(
    function: &'static CStr,
    into: Out<T>,
    from: In<T>,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { join::<T, false>(function, into, from) }
}

/// Takes everything that is in `from` out again.
///
/// # Safety
/// `into` is valid for reading and writing, `from` for reading.
#[inline(always)]
pub(super) unsafe fn unmerge<T: OpaqueState>(
    function: &'static CStr,
    into: Out<T>,
    from: In<T>,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { join::<T, true>(function, into, from) }
}

/// Merges `from` into `into`, or takes it out.
///
/// # Safety
/// `into` is valid for reading and writing, `from` for reading.
#[inline(always)]
unsafe fn join<T: OpaqueState, const SUBTRACT: bool>(
    function: &'static CStr,
    into: Out<T>,
    from: In<T>,
) -> tally_status {
    let (into_pointer, from_pointer) = (into.pointer, from.pointer);
    guard::quick(
        function,
        || {
            // SAFETY: readable, and writable, by the contract; the two do not overlap.
            let (into, from) = unsafe { apart(into, from) }.ok_or(())?;
            let is_done = T::Content::merge_in_place::<SUBTRACT>(into, from);
            is_done.then_some(TALLY_OK).ok_or(())
        },
        move |function, ()| {
            guard::status(function, || {
                let (pointer, name) = (into_pointer, "into");
                // SAFETY: readable and writable by the contract.
                let into = unsafe { Out { pointer, name }.state() }?;
                let (pointer, name) = (from_pointer, "from");
                // SAFETY: readable by the contract.
                let from = unsafe { In { pointer, name }.read() }?;
                into.update(|content| {
                    if SUBTRACT {
                        content.unmerge(&from);
                    } else {
                        content.merge(&from);
                    }
                })
            })
        },
    )
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
    guard::quick(
        function,
        || {
            // SAFETY: readable by the contract, and not written to while it is borrowed.
            let words = unsafe { state.in_place() }.ok_or(())?;
            let (values, _) = T::Content::counts_in_place(words).ok_or(())?;
            // SAFETY: writable by the contract.
            unsafe { count.optional() }.ok_or(())?.set(values);
            Ok(TALLY_OK)
        },
        move |function, ()| {
            guard::status(function, || {
                // SAFETY: readable by the contract.
                let content = unsafe { state.read() }?;
                // SAFETY: writable by the contract.
                unsafe { count.place() }?.set(content.count());
                Ok(())
            })
        },
    )
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
        // SAFETY: readable by the contract, and not written to while it is borrowed.
        let here = unsafe { state.in_place() }.and_then(T::Content::counts_in_place);
        let counts = match here {
            Some((_, counts)) => counts,
            // SAFETY: readable by the contract.
            None => unsafe { state.read() }?.special_counts(),
        };
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
            let message = format_args!("status is {status}, not negative");
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
    let (state_pointer, name) = (state.pointer, state.name);
    guard::quick(
        function,
        || {
            // SAFETY: readable, and writable, by the contract; none overlaps another.
            let is_done = unsafe { save_in_place(state, buffer.pointer.cast(), size, needed) };
            is_done.then_some(TALLY_OK).ok_or(())
        },
        move |function, ()| {
            guard::status(function, || {
                let pointer = state_pointer;
                // SAFETY: readable by the contract.
                let content = unsafe { In { pointer, name }.read() }?;
                // SAFETY: writable by the contract, if not NULL.
                let buffer = unsafe { Buffer::new(buffer.pointer, size) }?;
                // SAFETY: writable by the contract.
                let needed = unsafe { needed.place() }?;
                let saved = content
                    .save()
                    .map_err(|error| out_of_range(TALLY_OVERFLOW, error, name))?;
                needed.set(saved.as_bytes().len());
                buffer.set_bytes(saved.as_bytes())
            })
        },
    )
}

/// Writes the saved form piece by piece, if there is a buffer that has room for it and
/// nothing overlaps; else writes nothing.
///
/// # Safety
/// As for [`save`].
#[inline(always)]
unsafe fn save_in_place<T: OpaqueState>(
    state: In<T>,
    buffer: *mut u8,
    size: usize,
    needed: Out<usize>,
) -> bool {
    // SAFETY: readable by the contract; what is written to lies elsewhere.
    let Some(words) = (unsafe { state.in_place() }) else {
        return false;
    };
    let (Some(pieces), Some(place)) = (
        T::Content::saved_in_place(words),
        // SAFETY: writable by the contract.
        unsafe { needed.optional() },
    ) else {
        return false;
    };
    let length = pieces.length();
    let bytes = Extent::new(buffer, length);
    let count = Extent::new(needed.pointer.cast_const(), size_of::<usize>());
    let words = Extent::new(state.pointer, size_of::<T>());
    let (Some(bytes), Some(count), Some(words)) = (bytes, count, words) else {
        return false;
    };
    // What is refused is refused by the general way.
    let is_possible = isize::try_from(size).is_ok() && Extent::new(buffer, size).is_some();
    let fits = length <= size && is_possible && !buffer.is_null();
    if !fits || bytes.meets(&words) || count.meets(&words) || count.meets(&bytes) {
        return false;
    }
    let mut next = buffer;
    for piece in pieces.as_bytes() {
        // SAFETY: all pieces together are as long as the buffer at most, which is writable by
        // the contract; the state, of which they are, does not meet it.
        unsafe {
            next.copy_from_nonoverlapping(piece.as_ptr(), piece.len());
            next = next.add(piece.len());
        }
    }
    place.set(length);
    true
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
        state.set_words(T::Content::load_words(bytes.bytes()).map_err(not_loaded)?);
        Ok(())
    })
}

/// Adds elements of an array.
///
/// # Safety
/// `into` is valid for reading and writing, `values` for reading `count` elements.
#[inline(always)]
pub(super) unsafe fn add<T: OpaqueState<Content: Accumulate<V>>, V: Pod>(
    function: &'static CStr,
    into: Out<T>,
    values: In<V>,
    count: usize,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { take::<T, V, false>(function, into, values, count) }
}

/// Subtracts elements of an array.
///
/// # Safety
/// As for [`add`].
#[inline(always)]
pub(super) unsafe fn subtract<T: OpaqueState<Content: Accumulate<V>>, V: Pod>(
    function: &'static CStr,
    into: Out<T>,
    values: In<V>,
    count: usize,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { take::<T, V, true>(function, into, values, count) }
}

/// Adds elements of an array, or subtracts them: in place, if they are few.
///
/// # Safety
/// As for [`add`].
#[inline(always)]
unsafe fn take<T: OpaqueState<Content: Accumulate<V>>, V: Pod, const SUBTRACT: bool>(
    function: &'static CStr,
    into: Out<T>,
    values: In<V>,
    count: usize,
) -> tally_status {
    let (into_pointer, values_pointer) = (into.pointer, values.pointer);
    guard::quick(
        function,
        || {
            // SAFETY: readable, and writable, by the contract; the two do not overlap.
            let (into, values) = unsafe { few_apart(into, values, count) }.ok_or(())?;
            let is_done = T::Content::add_few_in_place::<SUBTRACT>(into, values);
            is_done.then_some(TALLY_OK).ok_or(())
        },
        move |function, ()| {
            guard::status(function, || {
                let (pointer, name) = (into_pointer, "into");
                // SAFETY: readable and writable by the contract.
                let mut into = unsafe { Out { pointer, name }.state() }?;
                let (pointer, name) = (values_pointer, "values");
                // SAFETY: readable by the contract.
                let values = unsafe { In { pointer, name }.array(count) }?;
                into.add_up(|part| {
                    values.for_each_block(|block| {
                        if SUBTRACT {
                            part.subtract(block);
                        } else {
                            part.add(block);
                        }
                    });
                })
            })
        },
    )
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
