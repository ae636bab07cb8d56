//! Threads that help a call with its work.
//!
//! A job is a body that may run on several threads at once. The thread that
//! submits it runs it too, and idle workers join in. A job never waits for a
//! worker: without one, because no thread can be started or other calls use them
//! all, it is only slower.
//!
//! Nothing here allocates. A job lies on the stack of the submitting thread, and
//! is in the list of jobs as long as workers may join. A thread-pool crate would
//! allocate for each job, and end the process when out of memory.
//!
//! Workers live as long as the process and idle between jobs. A forked child has
//! no workers and an empty list, and starts its own.

use std::any::Any;
use std::cell::{Cell, UnsafeCell};
#[cfg(any(unix, windows))]
use std::ffi::c_void;
use std::hint::spin_loop;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::ptr;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::cancellation;
#[cfg(any(unix, windows))]
use super::{record, threads};

/// How often a thread checks whether the others are done before it sleeps, and how
/// long it pauses in between. As a rule they have at most one piece left, a few
/// microseconds of work; sleeping and waking take tens of them.
const LOOKS: u32 = 30;
const PAUSES: u32 = 32;

/// The payload of a panic.
type Payload = Box<dyn Any + Send>;

/// The work of a call. All but the body and `over` is read and written only
/// while the pool is locked.
struct Job<'a> {
    body: &'a (dyn Fn() + Sync),
    /// How many workers may still join.
    wanted: Cell<usize>,
    /// How many are working on it.
    working: Cell<usize>,
    /// The first panic of a worker.
    panic: Cell<Option<Payload>>,
    /// No worker is working on it any more.
    over: Condvar,
    next: Cell<*const Job<'static>>,
}

struct State {
    /// Workers of this process.
    started: usize,
    /// The jobs that are submitted and not yet withdrawn.
    jobs: *const Job<'static>,
}

// SAFETY: a job in the list outlives its being there, whatever the thread; what
// changes in it changes under the lock.
unsafe impl Send for State {}

struct Pool {
    state: Mutex<State>,
    /// A job wants workers.
    work: Condvar,
}

impl Pool {
    const fn empty() -> Self {
        let state = State {
            started: 0,
            jobs: ptr::null(),
        };
        Self {
            state: Mutex::new(state),
            work: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics under the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The pool of this process.
struct OfProcess(UnsafeCell<Pool>);

// SAFETY: written only in a forked child, before its only thread goes on.
unsafe impl Sync for OfProcess {}

static POOL: OfProcess = OfProcess(UnsafeCell::new(Pool::empty()));

fn pool() -> &'static Pool {
    // SAFETY: as for `OfProcess`: no thread that could read is running while it
    // is written.
    unsafe { &*POOL.0.get() }
}

/// None of the parent's threads is in the child, whatever state they left the
/// pool in.
#[cfg(any(unix, windows))]
extern "C" fn empty_in_child() {
    // SAFETY: the child has one thread, and that one forks, so it is not in here.
    unsafe { POOL.0.get().write(Pool::empty()) }
}

/// Runs `body` on this thread and on all available workers at once, up to
/// `threads` threads in all; returns when all have returned.
///
/// A panic on any of them is passed on when all have ended.
pub fn run(threads: usize, body: &(dyn Fn() + Sync)) {
    let pool = pool();
    let job = Job {
        body,
        wanted: Cell::new(0),
        working: Cell::new(0),
        panic: Cell::new(None),
        over: Condvar::new(),
        next: Cell::new(ptr::null()),
    };
    let mut state = pool.lock();
    let wanted = state.have(threads.saturating_sub(1));
    if wanted > 0 {
        job.wanted.set(wanted);
        state.add(&job);
    }
    drop(state);
    for _ in 0..wanted {
        pool.work.notify_one();
    }
    let own = catch_unwind(AssertUnwindSafe(body));
    if wanted > 0 {
        let mut state = pool.lock();
        state.remove(&job);
        for _ in 0..LOOKS {
            if job.working.get() == 0 {
                break;
            }
            drop(state);
            (0..PAUSES).for_each(|_| spin_loop());
            state = pool.lock();
        }
        if job.working.get() > 0 {
            // They work on data on this thread's stack.
            cancellation::held_back(|| {
                while job.working.get() > 0 {
                    let waited = job.over.wait(state);
                    state = waited.unwrap_or_else(PoisonError::into_inner);
                }
            });
        }
    }
    if let Some(payload) = own.err().or_else(|| job.panic.take()) {
        resume_unwind(payload);
    }
}

impl State {
    /// Starts workers until there are this many, or the system refuses. Returns
    /// how many there are.
    fn have(&mut self, wanted: usize) -> usize {
        #[cfg(any(unix, windows))]
        while self.started < wanted && threads::at_fork(empty_in_child) && threads::start(work) {
            self.started += 1;
        }
        wanted.min(self.started)
    }

    /// Puts a job into the list. It must be taken out before it ends.
    fn add(&mut self, job: &Job<'_>) {
        job.next.set(self.jobs);
        self.jobs = ptr::from_ref(job).cast();
    }

    /// Takes a job out of the list: no more workers join.
    fn remove(&mut self, job: &Job<'_>) {
        let job: *const Job<'static> = ptr::from_ref(job).cast();
        let mut before: Option<&Job<'_>> = None;
        let mut at = self.jobs;
        while !at.is_null() {
            // SAFETY: a job in the list is alive, and the list is locked.
            let here = unsafe { &*at };
            if at == job {
                match before {
                    None => self.jobs = here.next.get(),
                    Some(before) => before.next.set(here.next.get()),
                }
                return;
            }
            before = Some(here);
            at = here.next.get();
        }
    }

    /// A job that wants a worker, who is then counted as working on it.
    #[cfg(any(unix, windows))]
    fn join(&mut self) -> Option<*const Job<'static>> {
        let mut at = self.jobs;
        while !at.is_null() {
            // SAFETY: a job in the list is alive, and the list is locked.
            let job = unsafe { &*at };
            if job.wanted.get() > 0 {
                job.wanted.set(job.wanted.get() - 1);
                job.working.set(job.working.get() + 1);
                return Some(at);
            }
            at = job.next.get();
        }
        None
    }
}

impl Job<'_> {
    /// A worker has ended its part.
    #[cfg(any(unix, windows))]
    fn leave(&self, outcome: Result<(), Payload>) {
        if let Err(payload) = outcome {
            match self.panic.take() {
                None => self.panic.set(Some(payload)),
                Some(first) => {
                    self.panic.set(Some(first));
                    // One is told. Dropping another could panic.
                    std::mem::forget(payload);
                }
            }
        }
        self.working.set(self.working.get() - 1);
        if self.working.get() == 0 {
            self.over.notify_one();
        }
    }
}

/// The life of a worker.
#[cfg(any(unix, windows))]
extern "C" fn work(_: *mut c_void) -> *mut c_void {
    threads::name(c"tally worker");
    threads::schedule_by_default();
    // A worker runs only library code: a panic is passed on, and prints
    // nothing.
    record::enter();
    let pool = pool();
    let mut state = pool.lock();
    loop {
        let Some(job) = state.join() else {
            state = pool
                .work
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
            continue;
        };
        drop(state);
        // SAFETY: the call that brought the job waits as long as a worker is
        // counted as working on it.
        let body = unsafe { (*job).body };
        let outcome = catch_unwind(AssertUnwindSafe(body));
        state = pool.lock();
        // SAFETY: still counted, and so still waited for; locked.
        unsafe { (*job).leave(outcome) }
    }
}

#[cfg(all(test, any(unix, windows)))]
mod tests {
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// A test whose job waits for all its threads must not run beside another such
    /// test: each could hold threads that the other needs.
    static ALONE: Mutex<()> = Mutex::new(());

    fn alone() -> MutexGuard<'static, ()> {
        ALONE.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[test]
    fn all_threads_that_are_asked_for_work_at_once() {
        let _alone = alone();
        for threads in [0, 1, 2, 5, 9] {
            let all = Barrier::new(threads.max(1));
            let calls = AtomicUsize::new(0);
            run(threads, &|| {
                all.wait();
                calls.fetch_add(1, Ordering::SeqCst);
            });
            assert_eq!(calls.into_inner(), threads.max(1));
        }
    }

    #[test]
    fn many_calls_share_the_workers_and_none_waits_for_another() {
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    for round in 0..2000 {
                        let (next, sum) = (AtomicUsize::new(0), AtomicUsize::new(0));
                        run(1 + round % 4, &|| {
                            loop {
                                let piece = next.fetch_add(1, Ordering::SeqCst);
                                if piece >= 20 {
                                    break;
                                }
                                sum.fetch_add(piece, Ordering::SeqCst);
                            }
                        });
                        assert_eq!(sum.into_inner(), 190);
                    }
                });
            }
        });
    }

    #[test]
    fn a_panic_is_passed_on_when_all_have_ended() {
        let _alone = alone();
        let caller = std::thread::current().id();
        for panics_here in [true, false] {
            let (both, ended) = (Barrier::new(2), AtomicUsize::new(0));
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                run(2, &|| {
                    both.wait();
                    if (std::thread::current().id() == caller) == panics_here {
                        // The hook is the guard's: this one says nothing.
                        resume_unwind(Box::new("planted"));
                    }
                    std::thread::sleep(std::time::Duration::from_millis(20));
                    ended.fetch_add(1, Ordering::SeqCst);
                });
            }));
            let payload = outcome.expect_err("it panics");
            assert_eq!(payload.downcast_ref(), Some(&"planted"));
            assert_eq!(ended.into_inner(), 1);
        }
        let all = Barrier::new(3);
        run(3, &|| {
            all.wait();
        });
    }
}
