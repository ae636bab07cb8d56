//! Where a thread must not be cancelled.
//!
//! A thread that the host cancels (`pthread_cancel`) ends at its next system
//! function that is a *cancellation point*, by unwinding its stack. Behind the
//! panic wall, or in a function that does not unwind, that ends the process. So
//! no call of the library may reach a cancellation point. The usual path of a
//! call has none, at no cost. Code that sets something up once, waits or writes
//! disables cancellation, which then stays pending until the program reaches a
//! cancellation point of its own.

/// Runs `body`, in which this thread is not cancelled.
pub fn held_back<R>(body: impl FnOnce() -> R) -> R {
    let _held = state::Held::new();
    body()
}

// Android's threads cannot be cancelled, and Miri's neither.
#[cfg(all(unix, not(target_os = "android"), not(miri)))]
mod state {
    use std::ffi::c_int;

    unsafe extern "C" {
        // The C library's: it is in POSIX, and not in the crate `libc` for all.
        safe fn pthread_setcancelstate(state: c_int, before: Option<&mut c_int>) -> c_int;
    }

    /// PTHREAD_CANCEL_DISABLE.
    const DISABLE: c_int = if cfg!(any(target_vendor = "apple", target_os = "hurd")) {
        0
    } else {
        1
    };

    /// While this lives, the thread that made it is not cancelled.
    pub(super) struct Held {
        before: Option<c_int>,
    }

    impl Held {
        pub(super) fn new() -> Self {
            let mut before = 0;
            let failed = pthread_setcancelstate(DISABLE, Some(&mut before));
            Self {
                before: (failed == 0).then_some(before),
            }
        }
    }

    impl Drop for Held {
        fn drop(&mut self) {
            if let Some(before) = self.before {
                let mut held = 0;
                pthread_setcancelstate(before, Some(&mut held));
            }
        }
    }
}

#[cfg(not(all(unix, not(target_os = "android"), not(miri))))]
mod state {
    /// Nobody cancels threads here.
    pub(super) struct Held;

    impl Held {
        pub(super) fn new() -> Self {
            Self
        }
    }
}
