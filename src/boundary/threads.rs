//! Threads of the library in a host process.
//!
//! They are started through the C library and not by std, which allocates to
//! start one and ends the process if it cannot. They disturb the host as little
//! as possible: the host's signals go to its own threads, and the stack size is
//! explicit.
//!
//! Windows has a file of its own. Without POSIX threads, none is ever started.

#[cfg(unix)]
use std::ffi::c_void;

#[cfg(unix)]
use once_cell::sync::OnceCell;

#[cfg(unix)]
use super::cancellation;

/// The stack of a thread: ten times what a call needs. The rest is for the
/// thread-local storage of the whole process, which the C library keeps there,
/// and for a sanitizer's larger frames. Untouched, it takes no memory.
#[cfg(unix)]
const STACK: usize = 1 << 20;

/// Signals that a thread causes itself: no other thread can take them. A host
/// that pages arrays in on first access, or reports crashes, must get them from
/// every thread.
#[cfg(unix)]
const OWN_SIGNALS: [libc::c_int; 6] = [
    libc::SIGSEGV,
    libc::SIGBUS,
    libc::SIGFPE,
    libc::SIGILL,
    libc::SIGTRAP,
    libc::SIGSYS,
];

/// How many processors this thread may run on.
pub fn processors() -> usize {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        // SAFETY: a set of processors is plain bits, and may be empty.
        let mut set: libc::cpu_set_t = unsafe { std::mem::zeroed() };
        // SAFETY: `set` has room for the size that is given.
        let failed = unsafe { libc::sched_getaffinity(0, size_of_val(&set), &raw mut set) };
        if failed == 0 {
            // SAFETY: only reads the set.
            return unsafe { libc::CPU_COUNT(&set) }.max(1) as usize;
        }
    }
    #[cfg(unix)]
    {
        // SAFETY: takes a number, gives a number.
        let online = unsafe { libc::sysconf(libc::_SC_NPROCESSORS_ONLN) };
        usize::try_from(online).unwrap_or(1).max(1)
    }
    #[cfg(not(unix))]
    1
}

/// Makes `handler` run in each forked child before any other code of the
/// library. `false` if there was no memory for it.
#[cfg(unix)]
pub(super) fn at_fork(handler: extern "C" fn()) -> bool {
    static REGISTERED: OnceCell<()> = OnceCell::new();
    let handler = handler as unsafe extern "C" fn();
    // SAFETY: the handler is a function of this library, which is never unloaded.
    let register = || match unsafe { libc::pthread_atfork(None, None, Some(handler)) } {
        0 => Ok(()),
        error => Err(error),
    };
    // If another thread is doing this, wait for it.
    cancellation::held_back(|| REGISTERED.get_or_try_init(register).is_ok())
}

/// Starts a thread that runs `body` and that nobody waits for. `false` if the
/// system has no more.
#[cfg(unix)]
pub(super) fn start(body: extern "C" fn(*mut c_void) -> *mut c_void) -> bool {
    // A thread begins with the signal mask of the one that starts it.
    let Some(before) = block_signals() else {
        return false;
    };
    let started = start_detached(body);
    // SAFETY: `before` is a mask that this thread had.
    unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &raw const before, std::ptr::null_mut()) };
    started
}

#[cfg(unix)]
fn start_detached(body: extern "C" fn(*mut c_void) -> *mut c_void) -> bool {
    let mut attributes = std::mem::MaybeUninit::uninit();
    let attributes = attributes.as_mut_ptr();
    // SAFETY: there is room for the attributes.
    if unsafe { libc::pthread_attr_init(attributes) } != 0 {
        return false;
    }
    let mut thread = std::mem::MaybeUninit::uninit();
    // SAFETY: the attributes are initialised; `body` asks nothing of its
    // argument; what it needs is never unloaded.
    let started = unsafe {
        libc::pthread_attr_setstacksize(attributes, STACK) == 0
            && libc::pthread_attr_setdetachstate(attributes, libc::PTHREAD_CREATE_DETACHED) == 0
            && libc::pthread_create(thread.as_mut_ptr(), attributes, body, std::ptr::null_mut())
                == 0
    };
    // SAFETY: initialised above, and not used any more.
    unsafe { libc::pthread_attr_destroy(attributes) };
    started
}

/// Blocks all signals that another thread can take; returns the mask that was.
#[cfg(unix)]
fn block_signals() -> Option<libc::sigset_t> {
    let mut blocked = std::mem::MaybeUninit::uninit();
    let mut before = std::mem::MaybeUninit::uninit();
    // SAFETY: each set has room, `blocked` is filled before it is read, and the
    // numbers are those of signals.
    let failed = unsafe {
        libc::sigfillset(blocked.as_mut_ptr());
        for signal in OWN_SIGNALS {
            libc::sigdelset(blocked.as_mut_ptr(), signal);
        }
        libc::pthread_sigmask(libc::SIG_SETMASK, blocked.as_ptr(), before.as_mut_ptr())
    };
    // SAFETY: filled, if that did not fail.
    (failed == 0).then(|| unsafe { before.assume_init() })
}

/// Gives the calling thread the default scheduling class, if the system lets it. A
/// thread inherits the class of its creator, which may run only when the system is
/// idle, or before everything else; that may be wrong for the next caller.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn schedule_by_default() {
    // Not through the C library: musl's functions always fail. SAFETY: 0 is the
    // calling thread. A priority is one number, which is read.
    unsafe {
        if libc::syscall(libc::SYS_sched_getscheduler, 0) > 0 {
            let priority: libc::c_int = 0;
            let policy = libc::SCHED_OTHER;
            libc::syscall(libc::SYS_sched_setscheduler, 0, policy, &raw const priority);
        }
    }
}

/// Elsewhere a thread keeps its class.
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
pub(super) fn schedule_by_default() {}

/// Names the calling thread for debuggers and `top`.
#[cfg(unix)]
pub(super) fn name(name: &std::ffi::CStr) {
    // SAFETY: the thread is the calling one, the name is NUL-terminated.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    unsafe {
        libc::pthread_setname_np(libc::pthread_self(), name.as_ptr());
    }
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    let _ = name;
}

#[cfg(all(test, unix))]
mod tests {
    use std::sync::atomic::{AtomicI32, Ordering};

    use super::*;

    #[test]
    fn there_is_a_processor() {
        assert!(processors() >= 1);
    }

    #[test]
    fn the_hosts_signals_are_blocked_in_a_thread_of_ours_and_nowhere_else() {
        /// One bit a signal, below 32.
        static BLOCKED: AtomicI32 = AtomicI32::new(-1);

        fn blocked() -> i32 {
            let mut mask = std::mem::MaybeUninit::uninit();
            // SAFETY: asks for the mask, for which there is room.
            let mask = unsafe {
                libc::pthread_sigmask(libc::SIG_SETMASK, std::ptr::null(), mask.as_mut_ptr());
                mask.assume_init()
            };
            // SAFETY: the mask is initialised, the numbers are signals.
            let is_blocked = |signal| unsafe { libc::sigismember(&raw const mask, signal) };
            (1..32).map(|signal| is_blocked(signal) << signal).sum()
        }

        extern "C" fn body(_: *mut c_void) -> *mut c_void {
            BLOCKED.store(blocked(), Ordering::SeqCst);
            std::ptr::null_mut()
        }

        let before = blocked();
        assert!(start(body));
        while BLOCKED.load(Ordering::SeqCst) == -1 {
            std::thread::yield_now();
        }
        assert_eq!(blocked(), before);
        let inside = BLOCKED.load(Ordering::SeqCst);
        for signal in [
            libc::SIGINT,
            libc::SIGTERM,
            libc::SIGALRM,
            libc::SIGCHLD,
            libc::SIGUSR1,
        ] {
            assert_ne!(inside & 1 << signal, 0, "signal {signal}");
        }
        for signal in OWN_SIGNALS {
            assert_eq!(inside & 1 << signal, 0, "signal {signal}");
        }
    }
}
