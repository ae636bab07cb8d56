//! The state of a small accumulator, and of one that has grown: a reference to the memory of
//! a large one.

use std::ffi::c_void;
use std::ptr::NonNull;

use super::accumulator::tally_accumulator;
use super::state::{OpaqueState, State, WordsOf, opaque_state};
use crate::boundary::record::refuse;
use crate::boundary::status::tally_status::{self, TALLY_INVALID, TALLY_TOO_SMALL};
use crate::boundary::{Outcome, reference};
use tally_core::internal::{ELSEWHERE, SmallSum};
use tally_core::{Accumulator, BadState, OutOfRange, Stored};

/// A running sum of limited width. Its contents are private.
#[repr(C)]
#[allow(non_camel_case_types)]
#[derive(Clone, Copy)]
pub struct tally_small_accumulator {
    /// Private: copy, compare or clear it only as a whole.
    pub opaque: [u64; 8],
}

opaque_state!(tally_small_accumulator, SmallSum, {
    const OUT_OF_RANGE: tally_status = TALLY_TOO_SMALL;

    #[inline(always)]
    unsafe fn content(words: &WordsOf<Self>) -> Result<SmallSum, BadState> {
        match grown(words) {
            // SAFETY: readable by the contract.
            Some(large) => unsafe { read_large(large) },
            None => SmallSum::from_words(words),
        }
    }

    #[inline(always)]
    unsafe fn write_elsewhere(
        words: impl FnOnce() -> WordsOf<Self>,
        content: &SmallSum,
    ) -> Option<Result<(), OutOfRange>> {
        let large = grown(&words())?;
        // SAFETY: writable by the contract.
        Some(unsafe { write_large(large, content) })
    }

    unsafe fn set_failed(words: &mut WordsOf<Self>, status: i32) {
        match grown(words) {
            // SAFETY: readable and writable by the contract.
            Some(large) => unsafe { fail_large(large, status) },
            None => *words = SmallSum::failed(status),
        }
    }
});

const _: () = assert!(size_of::<tally_small_accumulator>() == 64);

type Words = WordsOf<tally_small_accumulator>;

/// The first word of a small accumulator that has grown: a base that no other has, and
/// what no chance makes of it.
const GROWN: u64 = ELSEWHERE | 0x6772_6f77_6e00;

/// The words of one that has grown.
fn reference_to(large: NonNull<tally_accumulator>) -> Words {
    let [address, check] = reference::to_words(large);
    [GROWN, address, check, 0, 0, 0, 0, 0]
}

/// Where the accumulator is of one that has grown.
#[inline(always)]
pub(super) fn grown(words: &Words) -> Option<NonNull<tally_accumulator>> {
    match *words {
        [GROWN, address, check, 0, 0, 0, 0, 0] => reference::from_words([address, check]),
        _ => None,
    }
}

/// # Safety
/// `large` is valid for reading.
#[cold]
unsafe fn read_large(large: NonNull<tally_accumulator>) -> Result<SmallSum, BadState> {
    // SAFETY: readable by the contract.
    let words = unsafe { large.as_ptr().read_unaligned() }.opaque;
    Accumulator::from_words(&words).map(SmallSum::from)
}

/// # Safety
/// `large` is valid for writing.
#[cold]
unsafe fn write_large(
    large: NonNull<tally_accumulator>,
    content: &SmallSum,
) -> Result<(), OutOfRange> {
    let opaque = content.as_accumulator().to_words()?;
    // SAFETY: writable by the contract.
    unsafe { large.as_ptr().write_unaligned(tally_accumulator { opaque }) };
    Ok(())
}

/// Has a small accumulator refer to the memory of a large one, which gets what it holds.
/// Memory of the small one itself is refused.
///
/// # Safety
/// `into` is valid for reading and writing, `room` for writing an accumulator as long as
/// the state refers to it.
pub(super) unsafe fn grow_state(
    into: &State<tally_small_accumulator>,
    content: &SmallSum,
    room: NonNull<c_void>,
) -> Outcome<()> {
    let large = room.cast();
    // SAFETY: writable by the contract.
    let place = unsafe { State::<tally_accumulator>::new(large.as_ptr(), "room") }?;
    let extents = into.extent().zip(place.extent());
    if extents.is_some_and(|(small, large)| small.meets(&large)) {
        let name = into.name();
        return Err(refuse(TALLY_INVALID, format_args!("room overlaps {name}")));
    }
    place.write(content.as_accumulator())?;
    into.set_words(reference_to(large));
    Ok(())
}

/// # Safety
/// `large` is valid for reading and writing.
#[cold]
unsafe fn fail_large(large: NonNull<tally_accumulator>, status: i32) {
    // SAFETY: readable by the contract.
    let mut state = unsafe { large.as_ptr().read_unaligned() };
    // SAFETY: its words refer to nothing.
    unsafe { tally_accumulator::set_failed(&mut state.opaque, status) };
    // SAFETY: writable by the contract.
    unsafe { large.as_ptr().write_unaligned(state) };
}

/// Adds one value to a small accumulator that may have grown, or subtracts it.
///
/// # Safety
/// What it refers to is valid for reading and writing.
pub(super) unsafe fn take_one_of_any<const SUBTRACT: bool>(
    into: &mut State<tally_small_accumulator>,
    value: f64,
) -> Outcome<()> {
    match grown(&into.words()) {
        // SAFETY: readable and writable by the contract.
        Some(large) => unsafe { State::<tally_accumulator>::new(large.as_ptr(), into.name()) }?
            .add_one::<SUBTRACT>(value),
        None => into.add_one_to_content::<SUBTRACT>(value),
    }
}
