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
    #[cfg(all(target_os = "linux", target_env = "gnu", not(miri)))]
    use std::ptr::without_provenance_mut;

    use once_cell::sync::OnceCell;

    /// Has `ended`, the same function each time, called at the end of this thread.
    /// POSIX's keys, unlike Rust's destructors, can be refused without ending the
    /// process.
    pub(super) fn ask(ended: unsafe extern "C" fn(*mut c_void)) -> bool {
        static KEY: OnceCell<Option<libc::pthread_key_t>> = OnceCell::new();
        let key = KEY.get_or_init(|| {
            if !is_with_the_program() {
                return None;
            }
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

    /// Whether the program is in the same namespace of the loader. In one that
    /// dlmopen() made, glibc is there a second time: it counts its keys for itself,
    /// but keeps their values where the program's are, so that ours would replace
    /// the program's.
    #[cfg(all(target_os = "linux", target_env = "gnu", not(miri)))]
    fn is_with_the_program() -> bool {
        unsafe extern "C" fn is_the_program(
            object: *mut libc::dl_phdr_info,
            _size: usize,
            program: *mut c_void,
        ) -> libc::c_int {
            // SAFETY: the loader passes an object, which is valid during the call.
            let headers = unsafe { (*object).dlpi_phdr };
            libc::c_int::from(headers.addr() == program.addr())
        }
        // SAFETY: takes a number, gives a number.
        let program = unsafe { libc::getauxval(libc::AT_PHDR) } as usize;
        // SAFETY: the callback has the right type; what it gets back is not read.
        let found =
            unsafe { libc::dl_iterate_phdr(Some(is_the_program), without_provenance_mut(program)) };
        // Started in another way than by the kernel, it has no such address.
        program == 0 || found != 0
    }

    #[cfg(not(all(target_os = "linux", target_env = "gnu", not(miri))))]
    fn is_with_the_program() -> bool {
        true
    }
}

#[cfg(windows)]
mod keys {
    use std::ffi::c_void;
    use std::mem::transmute;
    use std::ptr::null_mut;

    use once_cell::sync::OnceCell;

    use crate::boundary::windows::{FlsAlloc, FlsSetValue, RtlDllShutdownInProgress, never_unload};

    type Ended = unsafe extern "C" fn(*mut c_void);
    const NONE: u32 = u32::MAX;

    /// Has `ended` called at the end of this thread. It is the value of a key whose
    /// values are called: these may belong to a fiber, and if that ends before its
    /// thread, the thread goes on without caches.
    pub(super) fn ask(ended: Ended) -> bool {
        static KEY: OnceCell<u32> = OnceCell::new();
        let key = *KEY.get_or_init(|| {
            if never_unload() {
                // SAFETY: `call` stays where it is.
                unsafe { FlsAlloc(call) }
            } else {
                NONE
            }
        });
        // SAFETY: the key was made, and its values are functions of one type.
        key != NONE && unsafe { FlsSetValue(key, ended as *const c_void) } != 0
    }

    unsafe extern "system" fn call(ended: *mut c_void) {
        // With the process, other threads end wherever they are: one may have a lock
        // that would be waited for.
        if RtlDllShutdownInProgress() == 0 {
            // SAFETY: `ask` sets nothing but functions of this type.
            unsafe { transmute::<*mut c_void, Ended>(ended)(null_mut()) }
        }
    }
}

#[cfg(not(any(unix, windows)))]
mod keys {
    use std::ffi::c_void;

    pub(super) fn ask(_ended: unsafe extern "C" fn(*mut c_void)) -> bool {
        false
    }
}
