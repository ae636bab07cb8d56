//! Failures on request, for the test build only.
//!
//! None of this is in the shipped library; a test proves it absent.

use std::alloc::{GlobalAlloc, Layout, System};
use std::ffi::c_char;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use crate::boundary::pointer::text;
use crate::boundary::status::tally_status;
use crate::boundary::{guard, workers};

/// Panics with `message`, inside the guard.
///
/// # Safety
/// `message` is NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_test_panic(message: *const c_char) -> tally_status {
    guard::status(c"tally_test_panic", || {
        // SAFETY: the caller's promise about `message`.
        let message = unsafe { text(message, "message") }?;
        panic!("{message}")
    })
}

/// Panics with `message` on a thread of the library's, which helps this call.
///
/// # Safety
/// `message` is NUL-terminated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn tally_test_panic_in_worker(message: *const c_char) -> tally_status {
    guard::status(c"tally_test_panic_in_worker", || {
        // SAFETY: the caller's promise about `message`.
        let message = unsafe { text(message, "message") }?;
        let (caller, came) = (std::thread::current().id(), AtomicBool::new(false));
        workers::run(2, &|| {
            if std::thread::current().id() != caller {
                came.store(true, Ordering::SeqCst);
                panic!("{message}");
            }
            while !came.load(Ordering::SeqCst) {
                std::thread::yield_now();
            }
        });
        Ok(())
    })
}

/// Reads one byte past the end of a block of 16: what a sanitizer must see.
#[unsafe(no_mangle)]
pub extern "C" fn tally_test_out_of_bounds() -> u8 {
    let block = std::hint::black_box(vec![1_u8; 16]);
    let index = std::hint::black_box(16);
    // SAFETY: none. It is out of bounds on purpose.
    unsafe { *block.as_ptr().add(index) }
}

/// Allocations left before they fail; below 0, they do not.
static ALLOCATIONS_LEFT: AtomicI64 = AtomicI64::new(-1);

/// Whether the first block to be given back ends the failing.
static UNTIL_FREED: AtomicBool = AtomicBool::new(false);

/// Lets `count` more allocations succeed and then none, in all threads, until
/// it is called again with a negative number: then they do not fail.
#[unsafe(no_mangle)]
pub extern "C" fn tally_test_fail_allocations_after(count: i64) {
    UNTIL_FREED.store(false, Ordering::SeqCst);
    ALLOCATIONS_LEFT.store(count, Ordering::SeqCst);
}

/// Lets no allocation succeed, in any thread, until something is given back to
/// the allocator.
#[unsafe(no_mangle)]
pub extern "C" fn tally_test_fail_allocations_until_freed() {
    UNTIL_FREED.store(true, Ordering::SeqCst);
    ALLOCATIONS_LEFT.store(0, Ordering::SeqCst);
}

struct Failing;

fn may_allocate() -> bool {
    let step = |left: i64| if left > 0 { Some(left - 1) } else { None };
    match ALLOCATIONS_LEFT.fetch_update(Ordering::SeqCst, Ordering::SeqCst, step) {
        Ok(_) => true,
        Err(left) => left < 0,
    }
}

// SAFETY: hands everything on to the system's allocator, or fails as an
// allocator may.
unsafe impl GlobalAlloc for Failing {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if !may_allocate() {
            return std::ptr::null_mut();
        }
        // SAFETY: the same contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if !may_allocate() {
            return std::ptr::null_mut();
        }
        // SAFETY: the same contract.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if !may_allocate() {
            return std::ptr::null_mut();
        }
        // SAFETY: the same contract.
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if UNTIL_FREED.swap(false, Ordering::SeqCst) {
            ALLOCATIONS_LEFT.store(-1, Ordering::SeqCst);
        }
        // SAFETY: the same contract.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Failing = Failing;
