//! The block as Rust's own thread-local variable.

use std::mem::MaybeUninit;

use super::block::Thread;

thread_local! {
    static THREAD: Thread = const {
        // SAFETY: zeros are a value of every field.
        unsafe { MaybeUninit::zeroed().assume_init() }
    };
}

const _: () = assert!(!std::mem::needs_drop::<Thread>());

/// Lends the calling thread's block.
#[inline(always)]
pub(in crate::boundary) fn with<R>(body: impl FnOnce(&Thread) -> R) -> R {
    // Without a destructor, it is there to the thread's end.
    THREAD.with(body)
}

/// Stores TALLY_OK as the status of the thread's record.
#[inline(always)]
pub(in crate::boundary) fn clear_status() {
    with(|thread| thread.record.clear_status());
}
