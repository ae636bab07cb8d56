//! The threads of parallel sums.

/// Threads to run a job on. A slice is shared out over two threads from 2^19 values on,
/// and over one more for each 2^18 more.
pub trait Workers {
    /// The maximum number of threads to use, including the calling one.
    fn threads(&self) -> usize;

    /// Calls `job` on this thread and concurrently on other available threads, on at
    /// most `threads` in all. Returns when all calls have returned, and propagates
    /// panics.
    fn run(&self, threads: usize, job: &(dyn Fn() + Sync));
}

/// Threads of [`std::thread::scope`], started for each call: for programs without a pool
/// of their own.
///
/// ```
/// use tally_core::{ScopedThreads, sum_f64, sum_f64_parallel};
///
/// let values = vec![0.1; 1_000_000];
/// assert_eq!(sum_f64_parallel(&ScopedThreads(4), &values), sum_f64(&values));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScopedThreads(
    /// The number of threads, including the calling one.
    pub usize,
);

impl Workers for ScopedThreads {
    fn threads(&self) -> usize {
        self.0
    }

    /// Panics if a thread cannot be started.
    fn run(&self, threads: usize, job: &(dyn Fn() + Sync)) {
        std::thread::scope(|scope| {
            for _ in 1..threads.min(self.0) {
                scope.spawn(job);
            }
            job();
        });
    }
}
