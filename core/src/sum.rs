//! A sum in progress: one large integer and five counters.
//!
//! What the accumulators of values and of products share: counting, merging,
//! and what a total is once it is asked for.

use super::float::{Binary, Special};
use super::limbs::Limbs;
use super::state::Part;

/// The number of counters.
pub(super) const COUNTERS: usize = 5;

/// The counters, in the state's order.
#[derive(Clone, Copy, Debug)]
pub(super) enum Counter {
    /// All values, NaNs, infinities and zeros included.
    Values,
    /// Those that are -0.0.
    NegativeZeros,
    /// Those that are NaN.
    Nan,
    /// Those that are plus infinity.
    PositiveInfinity,
    /// Those that are minus infinity.
    NegativeInfinity,
}

/// What they count.
pub(super) const PARTS: [Part; COUNTERS] = [
    Part::Values,
    Part::NegativeZeros,
    Part::Nan,
    Part::PositiveInfinity,
    Part::NegativeInfinity,
];

/// An exact total, as it is held within one call.
///
/// The total is one integer of `WORKING` limbs, beside counts of the values and
/// of those that are no part of an integer; the number 1 is 2^`ONE` units.
/// Counts are signed, and subtracting is exact: taking out what was put in
/// leaves what was there before, NaN and infinities included.
///
/// Adding cannot fail: there is room above the range of a state. Only
/// [`Stored::to_words`](super::Stored::to_words) and
/// [`Stored::save`](super::Stored::save) check that range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExactSum<const WORKING: usize, const ONE: usize> {
    pub(super) limbs: Limbs<WORKING>,
    pub(super) counters: [i128; COUNTERS],
    /// The total or a counter left even the working form. A total that is lost
    /// stays lost.
    pub(super) lost: bool,
}

impl<const WORKING: usize, const ONE: usize> Default for ExactSum<WORKING, ONE> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const WORKING: usize, const ONE: usize> ExactSum<WORKING, ONE> {
    /// The sum of nothing.
    pub const fn new() -> Self {
        ExactSum {
            limbs: Limbs::ZERO,
            counters: [0; COUNTERS],
            lost: false,
        }
    }

    /// Adds all that `from` holds.
    pub fn merge(&mut self, from: &Self) {
        self.merge_from::<false>(from);
    }

    /// Takes out all that `from` holds: undoes [`ExactSum::merge`] exactly.
    pub fn unmerge(&mut self, from: &Self) {
        self.merge_from::<true>(from);
    }

    /// How many values are held: added less subtracted. A count beyond `i64`,
    /// which no state can hold, is given as the nearest `i64`.
    pub fn count(&self) -> i64 {
        let count = self.counter(Counter::Values);
        count.clamp(i64::MIN.into(), i64::MAX.into()) as i64
    }

    fn merge_from<const SUBTRACT: bool>(&mut self, from: &Self) {
        self.lost |= from.lost | self.limbs.merge::<SUBTRACT>(&from.limbs);
        self.merge_counters::<SUBTRACT>(&from.counters);
    }

    pub(super) fn merge_counters<const SUBTRACT: bool>(&mut self, from: &[i128; COUNTERS]) {
        for (counter, &by) in self.counters.iter_mut().zip(from) {
            self.lost |= step_counter::<SUBTRACT>(counter, by);
        }
    }

    /// Adds `integer`·2^`position` units.
    #[inline]
    pub(super) fn add_integer(&mut self, integer: i128, position: usize) {
        self.lost |= self.limbs.add_i128(integer, position);
    }

    #[inline]
    pub(super) fn counter(&self, counter: Counter) -> i128 {
        self.counters[counter as usize]
    }

    /// Raises a counter, or lowers it if `SUBTRACT`.
    #[inline]
    pub(super) fn step<const SUBTRACT: bool>(&mut self, counter: Counter, by: i128) {
        self.lost |= step_counter::<SUBTRACT>(&mut self.counters[counter as usize], by);
    }

    /// Counts a NaN or an infinity, apart from its count as a value.
    #[cold]
    pub(super) fn count_special<T: Binary, const SUBTRACT: bool>(
        &mut self,
        bits: u64,
        times: i128,
    ) {
        let counter = match T::special(bits) {
            Special::Nan => Counter::Nan,
            Special::PositiveInfinity => Counter::PositiveInfinity,
            Special::NegativeInfinity => Counter::NegativeInfinity,
        };
        self.step::<SUBTRACT>(counter, times);
    }
}

/// Returns whether the counter left its range.
#[inline]
pub(super) fn step_counter<const SUBTRACT: bool>(counter: &mut i128, by: i128) -> bool {
    let (sum, overflowed) = if SUBTRACT {
        counter.overflowing_sub(by)
    } else {
        counter.overflowing_add(by)
    };
    *counter = sum;
    overflowed
}
