//! The threads of the functions that use several.

use crate::boundary::{threads, workers};
use tally_core::Workers;

/// The threads that a call may use.
pub(super) struct Threads {
    /// How many, or 0 for all that make sense.
    pub(super) asked_for: usize,
}

impl Workers for Threads {
    fn threads(&self) -> usize {
        match self.asked_for {
            0 => threads::processors(),
            1 => 1,
            asked_for => asked_for.min(threads::processors()),
        }
    }

    fn run(&self, threads: usize, job: &(dyn Fn() + Sync)) {
        workers::run(threads, job);
    }
}
