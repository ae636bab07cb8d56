//! The bodies of the functions of small accumulators.

use std::ffi::{CStr, c_void};
use std::ptr::NonNull;

use super::accumulator::tally_accumulator;
use super::convert::bad_state;
use super::exports::{In, Out};
use super::small_grown::{grow_state, grown, take_one_of_any, tally_small_accumulator};
use super::state::State;
use super::state_in_place::both_apart;
use super::state_verbs;
use crate::boundary::guard;
use crate::boundary::record::refuse;
use crate::boundary::status::tally_status::{self, TALLY_NULL, TALLY_OK};
use tally_core::internal::{SmallSum, expand_small, merge_small_in_place};
use tally_core::{BadState, Stored};

/// Adds one value, or subtracts it.
///
/// # Safety
/// `into` is valid for reading and writing, and so is what it refers to.
#[inline(always)]
pub(super) unsafe fn take_one<const SUBTRACT: bool>(
    function: &'static CStr,
    into: Out<tally_small_accumulator>,
    value: f64,
) -> tally_status {
    let pointer = into.pointer;
    guard::quick(
        function,
        || {
            if pointer.is_null() {
                return Err(());
            }
            // SAFETY: readable and writable by the contract.
            let mut into = unsafe { into.state() }.map_err(|_| ())?;
            let is_done = into.add_one_in_place::<SUBTRACT>(value);
            is_done.then_some(TALLY_OK).ok_or(())
        },
        move |function, ()| {
            guard::status(function, || {
                let name = "into";
                // SAFETY: readable and writable by the contract.
                let mut into = unsafe { Out { pointer, name }.state() }?;
                // SAFETY: as above.
                unsafe { take_one_of_any::<SUBTRACT>(&mut into, value) }
            })
        },
    )
}

/// The accumulator that a small one is, if it is one that has not grown.
///
/// # Safety
/// If not NULL, `from` is valid for reading.
#[inline]
unsafe fn expanded(from: In<tally_small_accumulator>) -> Option<tally_accumulator> {
    // SAFETY: readable by the contract, and not written to while it is borrowed.
    let words = expand_small(unsafe { from.in_place() }?)?;
    let opaque = words.map(u64::from_ne_bytes);
    Some(tally_accumulator { opaque })
}

/// Writes the saved form, and how long it is.
///
/// # Safety
/// `acc` and what it refers to is valid for reading, `buffer` (if not NULL) for writing
/// `size` bytes, `needed` for writing.
pub(super) unsafe fn save(
    function: &'static CStr,
    acc: In<tally_small_accumulator>,
    buffer: Out<c_void>,
    size: usize,
    needed: Out<usize>,
) -> tally_status {
    // SAFETY: readable by the contract.
    let Some(large) = (unsafe { expanded(acc) }) else {
        // SAFETY: the same contract.
        return unsafe { state_verbs::save(function, acc, buffer, size, needed) };
    };
    let (pointer, name) = (&raw const large, acc.name);
    // SAFETY: the accumulator is here, the others are writable by the contract.
    unsafe { state_verbs::save(function, In { pointer, name }, buffer, size, needed) }
}

/// Adds everything that is in `from`.
///
/// # Safety
/// `into` is valid for reading and writing, `from` and what it refers to for reading.
pub(super) unsafe fn merge_into_large(
    function: &'static CStr,
    into: Out<tally_accumulator>,
    from: In<tally_small_accumulator>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable, and writable, by the contract; the two do not overlap.
        if let Some((large, small)) = unsafe { both_apart(into, from) }
            && merge_small_in_place(large, small)
        {
            return Ok(());
        }
        // SAFETY: readable and writable by the contract.
        let into = unsafe { into.state() }?;
        // SAFETY: readable by the contract.
        let from = unsafe { from.read() }?;
        into.update(|total| total.merge(from.as_accumulator()))
    })
}

/// Sets an accumulator.
///
/// # Safety
/// `from` and what it refers to is valid for reading, `to` for writing.
pub(super) unsafe fn expand(
    function: &'static CStr,
    from: In<tally_small_accumulator>,
    to: Out<tally_accumulator>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        if let Some(large) = unsafe { expanded(from) } {
            // SAFETY: writable by the contract.
            unsafe { to.place() }?.set(large);
            return Ok(());
        }
        // SAFETY: readable by the contract.
        let content = unsafe { from.read() }?;
        // SAFETY: writable by the contract.
        unsafe { to.state() }?.write(content.as_accumulator())
    })
}

/// Gives a state the memory of a large one.
///
/// # Safety
/// `into` is valid for reading and writing, and so is what it refers to, `room` for
/// writing as long as `into` refers to it.
pub(super) unsafe fn grow(
    function: &'static CStr,
    into: Out<tally_small_accumulator>,
    room: Out<tally_accumulator>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let into = unsafe { into.state() }?;
        let content = into.read()?;
        let Some(place) = NonNull::new(room.pointer.cast()) else {
            return Err(refuse(TALLY_NULL, format_args!("room is NULL")));
        };
        // SAFETY: writable by the contract.
        unsafe { grow_state(&into, &content, place) }
    })
}

/// Where the memory is of a state that has grown.
///
/// # Safety
/// `acc` is valid for reading, `room` for writing.
pub(super) unsafe fn room(
    function: &'static CStr,
    acc: In<tally_small_accumulator>,
    room: Out<*mut tally_accumulator>,
) -> tally_status {
    guard::status(function, || {
        // SAFETY: readable by the contract.
        let words = unsafe { State::new(acc.pointer, acc.name) }?.words();
        let large = grown(&words);
        if large.is_none() {
            // One that has failed may be asked too, by who frees what others have grown into.
            if let Err(bad @ BadState::Damaged) = SmallSum::from_words(&words) {
                return Err(bad_state(bad, acc.name));
            }
        }
        // SAFETY: writable by the contract.
        unsafe { room.place() }?.set(large.map_or(std::ptr::null_mut(), NonNull::as_ptr));
        Ok(())
    })
}
