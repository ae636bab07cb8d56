//! Disposes of the resource of a handle, by its kind, when the last reference is gone.

use std::cell::Cell;
use std::sync::Mutex;

use super::array_data::{self, Release};
use crate::boundary::handles::{Kind, Pin, Removed};
use tally_core::STATE_WORDS;

/// What the handle of a shared accumulator points to.
pub(super) type Total = Mutex<[u64; STATE_WORDS]>;

/// The last act of a call: the release callback of an array that it was the
/// last to use.
#[derive(Default)]
pub(super) struct DeferredRelease(Cell<Option<Release>>);

impl DeferredRelease {
    /// Calls it. No value of the library that an exception would have to clean
    /// up may be live.
    #[inline(always)]
    pub(super) fn act(self) {
        if let Some(release) = self.0.take() {
            release.call();
        }
    }
}

/// Frees what nobody can reach any more.
pub(super) fn dispose(removed: Removed, last: &DeferredRelease) {
    let mut next = Some(removed);
    while let Some(Removed { kind, payload }) = next {
        next = None;
        match kind {
            Kind::Object => {}
            // SAFETY: `tally_shared_new` made it of a `Box`, and what was removed comes
            // here once.
            Kind::Shared => drop(unsafe { Box::from_raw(payload.pointer.cast::<Total>()) }),
            // SAFETY: it is an array's, and what was removed comes here once.
            Kind::Array => last.0.set(unsafe { array_data::dispose(payload) }),
            // The view may have been all that kept its array.
            // SAFETY: the number is that of a pin which was kept for the view, and what
            // was removed comes here once.
            Kind::View => next = unsafe { Pin::resume(payload.number) }.and_then(Pin::unpin),
        }
    }
}
