//! Handles
//!
//! A handle refers to a resource that may have several owners: an object, a shared
//! accumulator, an array, or a view of an array. References are counted: there is one
//! when the handle is made, each tally_ref() adds one, each tally_unref() gives one up,
//! and giving up the last one frees the resource.
//!
//! ```c
//! tally_shared *sum;
//! if (tally_shared_new(&sum) == TALLY_OK)
//!     tally_unref(sum);
//! ```
//!
//! A handle looks like a pointer, but must not be dereferenced. Each call checks it
//! before any other argument, from any number of threads at once:
//!
//! ```text
//! TALLY_NULL        it is NULL
//! TALLY_STALE       its last reference is gone
//! TALLY_WRONG_KIND  it is a handle of another kind
//! TALLY_BAD_HANDLE  it never was a handle of this process, or of its parent
//!                   before a fork
//! TALLY_BUSY        1,023 calls and views are using it at the moment
//! ```
//!
//! A block from tally_alloc(), passed as a handle, is TALLY_WRONG_KIND, and TALLY_STALE
//! once it is freed, for as long as tally_free() remembers it.
//!
//! On 64-bit machines no handle value is ever reused, so a stale handle is always
//! detected. On 32-bit machines it nearly always is, and an undetected one does not
//! corrupt memory.
//!
//! When a thread that used a handle or a block exits, the library runs cleanup code on
//! it. The shared library therefore stays loaded until the process ends. Link a plugin
//! that contains the static library with `-Wl,-z,nodelete`, and with
//! `-Wl,--exclude-libs,ALL` so that it does not export these functions.

use std::ffi::{CStr, c_void};

use super::dispose::{DeferredRelease, dispose};
use super::leaks;
use super::live::{self, Live};
use crate::boundary::handles::{self, Kind, Pin, Removed};
use crate::boundary::memory::BlockState;
use crate::boundary::pointer::OutPtr;
use crate::boundary::record::{Refusal, refuse};
use crate::boundary::slots::{HandleState, Payload, Unchanged};
use crate::boundary::status::tally_status::{
    self, TALLY_BAD_HANDLE, TALLY_BUSY, TALLY_MEMORY, TALLY_NULL, TALLY_OK, TALLY_OVERFLOW,
    TALLY_STALE, TALLY_WRONG_KIND,
};
use crate::boundary::{Outcome, guard, memory};

/// What a handle names, kept while a call uses it.
pub(super) struct Pinned<'a> {
    pin: Option<Pin>,
    payload: Payload,
    last: &'a DeferredRelease,
}

impl<'a> Pinned<'a> {
    /// Pins what a handle names. `last` has something to do if the handle's
    /// last reference goes in the meantime.
    pub(super) fn new(
        handle: *const c_void,
        kind: Kind,
        last: &'a DeferredRelease,
    ) -> Outcome<Self> {
        let pin = self::pin(handle, kind)?;
        let payload = pin.payload();
        Ok(Self {
            pin: Some(pin),
            payload,
            last,
        })
    }

    /// What is in the handle's slot.
    pub(super) fn payload(&self) -> Payload {
        self.payload
    }

    /// What `Pin::resume` needs.
    pub(super) fn number(&self) -> u64 {
        self.pin.as_ref().map_or(0, Pin::number)
    }

    /// Keeps it beyond the call.
    pub(super) fn keep(mut self) {
        if let Some(pin) = self.pin.take() {
            pin.keep();
        }
    }
}

impl Drop for Pinned<'_> {
    fn drop(&mut self) {
        if let Some(removed) = self.pin.take().and_then(Pin::unpin) {
            dispose(removed, self.last);
        }
    }
}

/// Pins what a handle names, for as long as the caller wants.
#[inline(always)]
pub(super) fn pin(handle: *const c_void, kind: Kind) -> Outcome<Pin> {
    handles::pin(handle, kind).map_err(|why| refuse_handle(handle, Some(kind), why))
}

/// A new handle, of whichever kind.
pub(super) fn insert(kind: Kind, payload: Payload) -> Outcome<*mut c_void> {
    leaks::watch();
    handles::reserve()
        .and_then(|()| handles::insert(kind, payload))
        .ok_or_else(|| {
            refuse(
                TALLY_MEMORY,
                format_args!("out of memory allocating a handle"),
            )
        })
}

/// A new handle of something on the heap, which is freed again if there is none.
pub(super) fn insert_boxed<T>(kind: Kind, number: u64, value: Box<T>) -> Outcome<*mut c_void> {
    /// Not yet behind a handle.
    struct Unnamed<T>(*mut T);

    impl<T> Drop for Unnamed<T> {
        fn drop(&mut self) {
            // SAFETY: it is of `Box::into_raw` below, and forgotten before a handle
            // that owns it leaves this function.
            drop(unsafe { Box::from_raw(self.0) });
        }
    }

    let unnamed = Unnamed(Box::into_raw(value));
    let payload = Payload {
        number,
        pointer: unnamed.0.cast(),
    };
    let handle = insert(kind, payload)?;
    std::mem::forget(unnamed);
    Ok(handle)
}

/// Adds a reference, in the name of `function`.
#[inline(always)]
pub(super) fn reference(
    function: &'static CStr,
    handle: *const c_void,
    kind: Option<Kind>,
) -> tally_status {
    guard::quick(
        function,
        || match handles::try_reference(handle, kind) {
            Some(()) => Ok(TALLY_OK),
            None => Err(()),
        },
        move |function, ()| {
            guard::status(function, || {
                let outcome = handles::reference(handle, kind);
                outcome.map_err(|why| refuse_handle(handle, kind, why))
            })
        },
    )
}

/// Gives up a reference to an object, in the name of `function`. NULL is
/// nothing to do.
#[inline(always)]
pub(super) fn unreference_object(function: &'static CStr, handle: *const c_void) -> tally_status {
    let kind = Some(Kind::Object);
    // An object is all in its slot: there is nothing to dispose of.
    match handles::try_unreference(handle, kind) {
        Some(_) => TALLY_OK,
        None => guard::cold(function, move |function| {
            unreference_guarded(function, handle, kind, &DeferredRelease::default())
        }),
    }
}

/// Gives up a reference, in the name of `function`. NULL is a no-op.
#[inline(always)]
pub(super) fn unreference(
    function: &'static CStr,
    handle: *const c_void,
    kind: Option<Kind>,
) -> tally_status {
    match handles::try_unreference(handle, kind) {
        Some(None) => TALLY_OK,
        Some(Some(removed)) if removed.kind == Kind::Object => TALLY_OK,
        Some(Some(removed)) => dispose_last(function, removed),
        None => unreference_contended(handle, kind, function),
    }
}

#[inline(never)]
#[allow(improper_ctypes_definitions)]
extern "C-unwind" fn dispose_last(function: &'static CStr, removed: Removed) -> tally_status {
    let last = DeferredRelease::default();
    let status = guard::release(function, || {
        dispose(removed, &last);
        Ok(())
    });
    last.act();
    status
}

// A release callback may unwind, which `guard::cold` does not allow.
#[cold]
#[inline(never)]
#[allow(improper_ctypes_definitions)]
extern "C-unwind" fn unreference_contended(
    handle: *const c_void,
    kind: Option<Kind>,
    function: &'static CStr,
) -> tally_status {
    let last = DeferredRelease::default();
    let status = unreference_guarded(function, handle, kind, &last);
    last.act();
    status
}

fn unreference_guarded(
    function: &'static CStr,
    handle: *const c_void,
    kind: Option<Kind>,
    last: &DeferredRelease,
) -> tally_status {
    guard::release(function, || {
        if handle.is_null() {
            return Ok(());
        }
        let removed =
            handles::unreference(handle, kind).map_err(|why| refuse_handle(handle, kind, why))?;
        removed
            .into_iter()
            .for_each(|removed| dispose(removed, last));
        Ok(())
    })
}

/// Says why a handle was not taken where `wanted` was asked for.
#[cold]
fn refuse_handle(handle: *const c_void, wanted: Option<Kind>, why: Unchanged) -> Refusal {
    match why {
        Unchanged::Other if handle.is_null() => {
            refuse(TALLY_NULL, format_args!("the handle is NULL"))
        }
        Unchanged::Other => refuse_unmatched(handle, wanted),
        Unchanged::References => refuse(
            TALLY_OVERFLOW,
            format_args!("{handle:p} has too many references"),
        ),
        Unchanged::Pins => refuse(
            TALLY_BUSY,
            format_args!("{handle:p} is in use by too many calls and views"),
        ),
    }
}

/// Explains why a value is not a live handle of the expected kind.
fn refuse_unmatched(handle: *const c_void, wanted: Option<Kind>) -> Refusal {
    match (handles::state_of(handle), Kind::claimed_by(handle), wanted) {
        (HandleState::Stale, ..) => {
            return refuse(
                TALLY_STALE,
                format_args!("{handle:p} has been released already"),
            );
        }
        (HandleState::Live, Some(kind), Some(wanted)) if kind != wanted => {
            return refuse(
                TALLY_WRONG_KIND,
                format_args!("{handle:p} is {}, not {}", kind.name(), wanted.name()),
            );
        }
        _ => {}
    }
    match memory::state_of(handle.cast()) {
        BlockState::Live(kind) => refuse(
            TALLY_WRONG_KIND,
            format_args!(
                "{handle:p} is a block, not a handle: see {}",
                kind.released_by()
            ),
        ),
        BlockState::Freed => refuse(
            TALLY_STALE,
            format_args!("{handle:p} is a block that has been freed already, not a handle"),
        ),
        BlockState::Unknown => refuse(
            TALLY_BAD_HANDLE,
            format_args!("{handle:p} is not a handle of this library"),
        ),
    }
}

/// Adds a reference to a handle of any kind.
///
/// TALLY_OVERFLOW if there are 4,194,303 references already.
#[unsafe(no_mangle)]
pub extern "C" fn tally_ref(handle: *mut c_void) -> tally_status {
    reference(c"tally_ref", handle, None)
}

/// Gives up a reference to a handle of any kind; giving up the last one frees the
/// resource. NULL is a no-op. Touches the error record only on failure. It may call the
/// release callback of an array: see Arrays.
#[unsafe(no_mangle)]
pub extern "C-unwind" fn tally_unref(handle: *mut c_void) -> tally_status {
    unreference(c"tally_unref", handle, None)
}

/// Counts the resources that the process has not released yet, in all threads.
///
/// `*handles` is the number of live handles, `*blocks` the number of blocks from
/// tally_alloc() and the other allocating functions, and `*bytes` the memory that both
/// take:
///
/// ```text
/// a block               the size requested
/// a record              its size, including its name
/// an array              the size of its values, 0 if they are borrowed
/// a view                0, or the size of the values that only views keep
/// a shared accumulator  the size of a tally_accumulator
/// an object             0
/// ```
///
/// Concurrent changes by other threads may or may not be counted. Any of the pointers
/// may be NULL.
///
/// With "TALLY_LEAK_REPORT=1" in its environment, a program that ends by exit() or by
/// returning from main() reports unreleased resources on standard error: one line for
/// each kind, with the function that releases it, the number and the bytes. The lines
/// add up to the results of this function. For details see "Handles" in the manual.
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
        let add = |sum: (usize, usize), live: Live| {
            (sum.0 + live.count, sum.1.saturating_add(live.bytes))
        };
        let (live_handles, in_handles) = live::handles().fold((0, 0), add);
        let (live_blocks, in_blocks) = live::blocks().fold((0, 0), add);
        for (place, value) in [
            (handles, live_handles),
            (blocks, live_blocks),
            (bytes, in_handles.saturating_add(in_blocks)),
        ] {
            // SAFETY: the caller's promise about each of the three.
            if let Some(place) = unsafe { OutPtr::optional(place) } {
                place.set(value);
            }
        }
        Ok(())
    })
}
