//! Cleanup when a thread ends.

use std::ffi::c_void;
use std::mem::transmute;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, Ordering};

use super::block::Watch;
use super::storage::with;
use crate::boundary::cancellation;

/// The modules that cache something for a thread, in the order in which they
/// release it.
#[derive(Clone, Copy)]
pub(in crate::boundary) enum Keeper {
    /// Free slots for handles.
    Handles,
    /// Statistics of blocks, and blocks in quarantine.
    Memory,
}

/// The cleanup function of each: NULL, or a `fn()`.
static AT_END: [AtomicPtr<()>; 2] = [const { AtomicPtr::new(null_mut()) }; 2];

fn give_all_up() {
    for place in &AT_END {
        let function = place.load(Ordering::Relaxed);
        if !function.is_null() {
            // SAFETY: `is_watched` stores nothing but functions of this type here.
            let give_up = unsafe { transmute::<*mut (), fn()>(function) };
            give_up();
        }
    }
}

/// Whether cleanup will run when the calling thread ends, so that it may cache things;
/// `give_up` releases them.
pub(in crate::boundary) fn is_watched(keeper: Keeper, give_up: fn()) -> bool {
    // The same function each time: no other write is to be seen with it.
    AT_END[keeper as usize].store(give_up as *mut (), Ordering::Relaxed);
    let now = with(|thread| thread.watch.get());
    if now != Watch::Unasked {
        return now == Watch::Watched;
    }
    // Waiting for another thread that asks may be a cancellation point.
    let watched = cancellation::held_back(|| keys::ask(ended));
    let now = if watched { Watch::Watched } else { Watch::Over };
    with(|thread| thread.watch.set(now));
    watched
}

unsafe extern "C" fn ended(_value: *mut c_void) {
    // Other destructors may still call the library, without caches.
    with(|thread| thread.watch.set(Watch::Over));
    give_all_up();
}

#[cfg(unix)]
mod keys {
    use std::ffi::c_void;
    use std::ptr::without_provenance;

    use once_cell::sync::OnceCell;

    /// Has `ended`, the same function each time, called at the end of this thread.
    /// POSIX's keys, unlike Rust's destructors, can be refused without ending the
    /// process.
    pub(super) fn ask(ended: unsafe extern "C" fn(*mut c_void)) -> bool {
        static KEY: OnceCell<Option<libc::pthread_key_t>> = OnceCell::new();
        let key = KEY.get_or_init(|| {
            let mut key = 0;
            // SAFETY: `key` is valid for writing; `ended` stays where it is,
            // since the library is never unloaded.
            let failed = unsafe { libc::pthread_key_create(&raw mut key, Some(ended)) };
            (failed == 0).then_some(key)
        });
        let Some(key) = *key else {
            return false;
        };
        // SAFETY: the key was created. The value is any but NULL.
        unsafe { libc::pthread_setspecific(key, without_provenance(1)) == 0 }
    }
}

#[cfg(not(unix))]
mod keys {
    use std::ffi::c_void;

    pub(super) fn ask(_ended: unsafe extern "C" fn(*mut c_void)) -> bool {
        false
    }
}
