//! What most Rust libraries give to C: an `Arc`, turned into a pointer and
//! believed when it comes back. Nothing is checked.

use std::sync::Arc;
use std::sync::atomic::{AtomicI32, Ordering};

/// An object with the value 0.
#[unsafe(no_mangle)]
pub extern "C" fn peer_new() -> *const AtomicI32 {
    Arc::into_raw(Arc::new(AtomicI32::new(0)))
}

/// One reference more.
///
/// # Safety
/// The object is live.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn peer_ref(object: *const AtomicI32) {
    // SAFETY: the caller's promise.
    unsafe { Arc::increment_strong_count(object) }
}

/// One reference less.
///
/// # Safety
/// The object is live, and the reference the caller's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn peer_unref(object: *const AtomicI32) {
    // SAFETY: the caller's promise.
    unsafe { Arc::decrement_strong_count(object) }
}

/// The value.
///
/// # Safety
/// The object is live.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn peer_value(object: *const AtomicI32) -> i32 {
    // SAFETY: the caller's promise.
    unsafe { (*object).load(Ordering::Relaxed) }
}

/// Nothing, by the same call path.
#[unsafe(no_mangle)]
pub extern "C" fn peer_nothing(x: i32) -> i32 {
    x
}
