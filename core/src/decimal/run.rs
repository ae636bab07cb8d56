//! Integers in one unit, added up before they go into the limbs.

use crate::decimal::limbs::FRACTION_DIGITS;
use crate::decimal::{Counter, Decimal};

/// The sum of integers that have the same number of digits after the point.
#[derive(Default)]
pub(super) struct Run {
    pub(super) sum: i128,
}

impl Decimal {
    /// Adds an integer to a run. What the run has no room for goes into the limbs first.
    #[inline(always)]
    pub(super) fn run_on<const SUBTRACT: bool>(
        &mut self,
        run: &mut Run,
        integer: i128,
        places: u16,
    ) {
        match run.sum.checked_add(integer) {
            Some(sum) => run.sum = sum,
            None => {
                self.end::<SUBTRACT>(run, places);
                run.sum = integer;
            }
        }
    }

    /// Adds the sum of a run times 10^-`places`, and empties it.
    #[inline(never)]
    pub(super) fn end<const SUBTRACT: bool>(&mut self, run: &mut Run, places: u16) {
        let position = usize::from(FRACTION_DIGITS - places);
        let sum = std::mem::take(&mut run.sum);
        self.overflowed |= self.limbs.add_i128::<SUBTRACT>(sum, position);
    }

    /// Adds integers times 10^-`scale`, which stand for `count` values, or takes them
    /// out. A `scale` above 342 counts as 342.
    pub(super) fn add_integers<const SUBTRACT: bool>(
        &mut self,
        integers: impl Iterator<Item = i128>,
        count: i128,
        scale: u16,
    ) {
        if count == 0 {
            return;
        }
        let scale = scale.min(FRACTION_DIGITS);
        let mut run = Run::default();
        for integer in integers {
            self.run_on::<SUBTRACT>(&mut run, integer, scale);
        }
        self.end::<SUBTRACT>(&mut run, scale);
        self.scale = self.scale.max(scale);
        self.step::<SUBTRACT>(Counter::Values, count);
    }
}
