//! Handles
//!
//! A handle names something that has several owners: an object, a shared
//! accumulator. It counts its references: one when it is made, one more with
//! each tally_ref(), one less with each tally_unref(), and the last one frees
//! it.
//!
//! ```c
//! tally_shared *sum;
//! if (tally_shared_new(&sum) == TALLY_OK)
//!     tally_unref(sum);
//! ```
//!
//! A handle looks like a pointer and points to nothing. Each use of one is
//! checked, from any number of threads at once, before any other argument:
//!
//! ```text
//! TALLY_NULL        it is NULL
//! TALLY_STALE       its last reference is gone
//! TALLY_WRONG_KIND  it names something of another kind
//! TALLY_BAD_HANDLE  it never was a handle of this process
//! ```
//!
//! On 64-bit machines no value is ever given out twice, so a stale handle is
//! always found out. On 32-bit machines it nearly always is, and does no harm
//! to memory if not.

use std::ffi::c_void;

use crate::boundary::handles::{HandleTable, Payload};
use crate::boundary::pointer::Place;
use crate::boundary::record::refuse;
use crate::boundary::status::tally_status::{self, TALLY_BAD_HANDLE, TALLY_WRONG_KIND};
use crate::boundary::{Outcome, guard, memory};

pub(super) const OBJECT: u8 = 1;
pub(super) const SHARED: u8 = 2;

/// What a handle can name.
pub(super) enum Held {
    Object(i32),
    Shared(Box<[u64; crate::exact::STATE_WORDS]>),
}

impl Payload for Held {
    fn kind(&self) -> u8 {
        match self {
            Self::Object(_) => OBJECT,
            Self::Shared(_) => SHARED,
        }
    }

    fn kind_name(kind: u8) -> &'static str {
        match kind {
            OBJECT => "an object",
            SHARED => "a shared accumulator",
            _ => "of no kind",
        }
    }
}

static HANDLES: HandleTable<Held> = HandleTable::new();

pub(super) fn insert(held: Held) -> Outcome<*mut c_void> {
    HANDLES.insert(held)
}

pub(super) fn reference(handle: *const c_void, kind: Option<u8>) -> Outcome<()> {
    or_block(handle, HANDLES.reference(handle, kind))
}

/// NULL is nothing to do.
pub(super) fn unreference(handle: *const c_void, kind: Option<u8>) -> Outcome<()> {
    if handle.is_null() {
        return Ok(());
    }
    or_block(handle, HANDLES.unreference(handle, kind))
}

pub(super) fn check(handle: *const c_void, kind: u8) -> Outcome<()> {
    or_block(handle, HANDLES.check(handle, kind))
}

pub(super) fn with<R>(
    handle: *const c_void,
    kind: u8,
    body: impl FnOnce(&mut Held) -> Outcome<R>,
) -> Outcome<R> {
    or_block(handle, HANDLES.with(handle, kind, body))
}

pub(super) fn is_live(handle: *const c_void) -> bool {
    HANDLES.is_live(handle)
}

/// Says so where what was taken for a handle is a block.
fn or_block<R>(handle: *const c_void, outcome: Outcome<R>) -> Outcome<R> {
    outcome.map_err(|refusal| {
        if refusal.status() != TALLY_BAD_HANDLE {
            return refusal;
        }
        match memory::freed_by(handle.cast()) {
            Some(function) => refuse(
                TALLY_WRONG_KIND,
                format_args!("{handle:p} is no handle but a block, freed by {function}"),
            ),
            None => refusal,
        }
    })
}

/// Adds a reference to a handle of any kind.
///
/// TALLY_OVERFLOW at 4,194,303 references.
#[unsafe(no_mangle)]
pub extern "C" fn tally_ref(handle: *mut c_void) -> tally_status {
    guard::status(c"tally_ref", || reference(handle, None))
}

/// Gives up a reference to a handle of any kind; the last one frees what it
/// names. NULL is nothing to do. Touches the error record only on failure.
#[unsafe(no_mangle)]
pub extern "C" fn tally_unref(handle: *mut c_void) -> tally_status {
    guard::release(c"tally_unref", || unreference(handle, None))
}

/// What the process still owes the library, in all threads together.
///
/// `*handles` is the number of live handles; `*blocks` and `*bytes` count the
/// blocks from tally_alloc() and the other functions that give memory, and the
/// bytes asked for. Any pointer may be NULL.
///
/// # Safety
/// Each pointer that is not NULL is valid for writing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_live(
    handles: *mut usize,
    blocks: *mut usize,
    bytes: *mut usize,
) -> tally_status {
    guard::status(c"tally_live", || {
        let (live_blocks, live_bytes) = memory::live();
        for (place, value) in [
            (handles, HANDLES.live()),
            (blocks, live_blocks),
            (bytes, live_bytes),
        ] {
            // SAFETY: the caller's promise about each of the three.
            if let Some(place) = unsafe { Place::optional(place) } {
                place.set(value);
            }
        }
        Ok(())
    })
}
