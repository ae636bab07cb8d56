//! Threads for sums that are split over several.

use tally_core::Workers;

/// One after the other, on one thread: quick, and as good where only the pieces
/// matter.
pub struct InTurn;

impl Workers for InTurn {
    fn threads(&self) -> usize {
        9
    }

    fn run(&self, threads: usize, job: &(dyn Fn() + Sync)) {
        (0..threads).for_each(|_| job());
    }
}
