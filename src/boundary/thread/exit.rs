//! A word before a thread ends.

use super::super::{cancellation, handles, memory};
use super::with;

/// What a thread is told at its end.
fn last_words() {
    handles::end_of_thread();
    memory::end_of_thread();
}

/// Where a thread stands. `Unasked` is zero.
#[repr(u8)]
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::boundary) enum Watch {
    /// Nobody asked yet.
    #[allow(dead_code)] // It is what zeros say.
    Unasked = 0,
    /// It will be told of its end.
    Watched,
    /// It was told, or cannot be.
    Over,
}

/// Whether the calling thread will be told of its end, so that it may keep
/// what it must then give up.
pub(in crate::boundary) fn is_watched() -> bool {
    let now = with(|thread| thread.watch.get());
    if now != Watch::Unasked {
        return now == Watch::Watched;
    }
    // To wait for another thread that asks may be a cancellation point.
    let watched = cancellation::held_back(keys::ask);
    let now = if watched { Watch::Watched } else { Watch::Over };
    with(|thread| thread.watch.set(now));
    watched
}

#[cfg(unix)]
mod keys {
    use std::ffi::c_void;
    use std::ptr::without_provenance;

    use once_cell::sync::OnceCell;

    use super::Watch;

    unsafe extern "C" fn ended(_value: *mut c_void) {
        // Other destructors may still call us. They must do without.
        super::with(|thread| thread.watch.set(Watch::Over));
        super::last_words();
    }

    /// Has `ended` called at the end of this thread. POSIX's keys, unlike
    /// Rust's destructors, can be refused without ending the process.
    pub(super) fn ask() -> bool {
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
    pub(super) fn ask() -> bool {
        false
    }
}
