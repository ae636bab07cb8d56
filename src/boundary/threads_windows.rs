//! Threads of the library in a host process, on Windows.
//!
//! As on other systems they are not started by std, which allocates to start one and
//! ends the process if it cannot. The system has no signals, and no process that is a
//! copy of another.

use std::ffi::{CStr, c_void};
use std::mem::transmute;
use std::ptr::{null, null_mut};

use super::windows::{CloseHandle, CreateThread, never_unload, processors as number};

/// As elsewhere; the flag says that it is reserved, not taken.
const STACK: usize = 1 << 20;
const STACK_IS_RESERVED: u32 = 0x1_0000;

/// How many processors this process may use.
pub fn processors() -> usize {
    number()
}

/// No process is a copy of another.
pub(super) fn at_fork(_handler: extern "C" fn()) -> bool {
    true
}

type Body = extern "C" fn(*mut c_void) -> *mut c_void;

/// Starts a thread that runs `body` and that nobody waits for. `false` if the
/// system has no more.
pub(super) fn start(body: Body) -> bool {
    extern "system" fn begin(body: *mut c_void) -> u32 {
        // SAFETY: `start` passes nothing but functions of this type.
        let body = unsafe { transmute::<*mut c_void, Body>(body) };
        body(null_mut());
        0
    }
    if !never_unload() {
        return false;
    }
    // SAFETY: `begin` asks of its argument only that it is a body, and is never
    // unloaded.
    let thread = unsafe {
        CreateThread(
            null(),
            STACK,
            begin,
            body as *mut c_void,
            STACK_IS_RESERVED,
            null_mut(),
        )
    };
    if thread.is_null() {
        return false;
    }
    // SAFETY: it is open, and nobody has it. The thread goes on.
    unsafe { CloseHandle(thread) };
    true
}

/// Threads begin with the default priority.
pub(super) fn schedule_by_default() {}

/// Old systems have no names of threads.
pub(super) fn name(_name: &CStr) {}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[test]
    fn there_is_a_processor_and_a_thread_runs() {
        static RAN: AtomicBool = AtomicBool::new(false);
        extern "C" fn body(_: *mut c_void) -> *mut c_void {
            RAN.store(true, Ordering::SeqCst);
            null_mut()
        }
        assert!(processors() >= 1);
        assert!(start(body));
        while !RAN.load(Ordering::SeqCst) {
            std::thread::yield_now();
        }
    }
}
