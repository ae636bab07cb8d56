//! A running sum: one large integer and five counters.
//!
//! The part that the accumulators of values and of products share: counting, merging,
//! and reading the total.

mod in_place;
pub(crate) mod nearest;
pub(crate) mod state;
pub(crate) mod text;
pub(crate) mod ulps;
pub(crate) mod value;

use crate::counts::{SpecialCounts, nearest_i64};
use crate::error::Part;
use crate::float::{Binary, Special};
use crate::layout::{COUNTERS, LIMBS, ONE, ONE_OF_PRODUCTS, PRODUCT_LIMBS};
use crate::limbs::Limbs;
use crate::simd::Window;

/// The counters, in the state's order.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Counter {
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
pub(crate) const PARTS: [Part; COUNTERS] = [
    Part::Values,
    Part::NegativeZeros,
    Part::Nan,
    Part::PositiveInfinity,
    Part::NegativeInfinity,
];

/// An exact total.
///
/// It consists of one integer of `WORKING` limbs, in which the number 1 is 2^`ONE`
/// units, and counts of the values, of negative zeros, of NaN and of infinities. Counts
/// are signed, and subtracting undoes adding exactly, even for NaN and infinities.
///
/// Adding cannot fail: there is room beyond the range of a state. Only
/// [`Stored::to_words`](super::Stored::to_words) and
/// [`Stored::save`](super::Stored::save) check that range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExactSum<const WORKING: usize, const ONE: usize> {
    pub(crate) limbs: Limbs<WORKING>,
    pub(crate) counters: [i128; COUNTERS],
    /// The total or a counter left even the working form. A total that is lost
    /// stays lost.
    pub(crate) overflowed: bool,
}

/// The exact total of numbers: an integer in units of 2^-1074.
pub type Accumulator = ExactSum<{ LIMBS + 1 }, ONE>;

/// The exact total of products of two doubles: an integer in units of 2^-2148.
pub type ProductAccumulator = ExactSum<{ PRODUCT_LIMBS + 1 }, ONE_OF_PRODUCTS>;

impl<const WORKING: usize, const ONE: usize> Default for ExactSum<WORKING, ONE> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const WORKING: usize, const ONE: usize> ExactSum<WORKING, ONE> {
    /// The empty sum.
    pub const fn new() -> Self {
        ExactSum {
            limbs: Limbs::ZERO,
            counters: [0; COUNTERS],
            overflowed: false,
        }
    }

    /// Adds the contents of `from`.
    pub fn merge(&mut self, from: &Self) {
        self.merge_from::<false>(from);
    }

    /// Subtracts the contents of `from`: the exact inverse of [`ExactSum::merge`].
    pub fn unmerge(&mut self, from: &Self) {
        self.merge_from::<true>(from);
    }

    /// The number of values added less the number subtracted. A count beyond `i64`, which
    /// no state can hold, is returned as the nearest `i64`.
    pub fn count(&self) -> i64 {
        nearest_i64(self.counter(Counter::Values))
    }

    /// The numbers of NaN and infinities added less those subtracted.
    pub fn special_counts(&self) -> SpecialCounts {
        SpecialCounts::of([
            self.counter(Counter::Nan),
            self.counter(Counter::PositiveInfinity),
            self.counter(Counter::NegativeInfinity),
        ])
    }

    fn merge_from<const SUBTRACT: bool>(&mut self, from: &Self) {
        self.overflowed |= from.overflowed | self.limbs.merge::<SUBTRACT>(&from.limbs);
        self.merge_counters::<SUBTRACT>(&from.counters);
    }

    pub(crate) fn merge_counters<const SUBTRACT: bool>(&mut self, from: &[i128; COUNTERS]) {
        for (counter, &by) in self.counters.iter_mut().zip(from) {
            self.overflowed |= step_counter::<SUBTRACT>(counter, by);
        }
    }

    /// Adds `integer`·2^`position` units.
    #[inline]
    pub(crate) fn add_integer(&mut self, integer: i128, position: usize) {
        self.overflowed |= self.limbs.add_i128(integer, position);
    }

    /// Adds a sum for each level of a window.
    pub(crate) fn add_levels<const SUBTRACT: bool>(
        &mut self,
        window: Window,
        sums: impl IntoIterator<Item = i128>,
    ) {
        for (level, sum) in sums.into_iter().enumerate() {
            if sum != 0 {
                // No window's lowest unit is below the least number's.
                let position = window.unit(level) + ONE as i32;
                self.add_integer(if SUBTRACT { -sum } else { sum }, position as usize);
            }
        }
    }

    #[inline]
    pub(crate) fn counter(&self, counter: Counter) -> i128 {
        self.counters[counter as usize]
    }

    /// Raises a counter, or lowers it if `SUBTRACT`.
    #[inline]
    pub(crate) fn step<const SUBTRACT: bool>(&mut self, counter: Counter, by: i128) {
        self.overflowed |= step_counter::<SUBTRACT>(&mut self.counters[counter as usize], by);
    }

    /// Counts a NaN or an infinity, apart from its count as a value.
    #[cold]
    pub(crate) fn count_special<T: Binary, const SUBTRACT: bool>(
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

impl Accumulator {
    /// Adds one value.
    #[inline]
    pub fn add_one_f64(&mut self, value: f64) {
        self.step::<false>(Counter::Values, 1);
        self.add_float::<f64, false>(value, 1);
    }

    /// Subtracts one value: the exact inverse of [`Accumulator::add_one_f64`].
    #[inline]
    pub fn subtract_one_f64(&mut self, value: f64) {
        self.step::<true>(Counter::Values, 1);
        self.add_float::<f64, true>(value, 1);
    }

    /// Adds `value` `times` times, in one step.
    pub fn add_repeated_f64(&mut self, value: f64, times: u64) {
        self.step::<false>(Counter::Values, times.into());
        self.add_float::<f64, false>(value, times);
    }

    /// Adds one float `times` times, apart from its count as a value. The
    /// significand is below 2^53 and `times` below 2^64, so their product is exact.
    #[inline(always)]
    pub(crate) fn add_float<T: Binary, const SUBTRACT: bool>(&mut self, value: T, times: u64) {
        let bits = value.bits();
        let exponent = T::exponent(bits);
        let times = i128::from(times);
        if exponent == T::SPECIAL {
            self.count_special::<T, SUBTRACT>(bits, times);
            return;
        }
        if T::is_negative_zero(bits) {
            self.step::<SUBTRACT>(Counter::NegativeZeros, times);
        }
        let product = i128::from(T::significand(bits)) * times;
        let product = if SUBTRACT { -product } else { product };
        self.add_integer(product, T::position(exponent));
    }
}

/// Returns whether the counter left its range.
#[inline]
pub(crate) fn step_counter<const SUBTRACT: bool>(counter: &mut i128, by: i128) -> bool {
    let (sum, overflowed) = if SUBTRACT {
        counter.overflowing_sub(by)
    } else {
        counter.overflowing_add(by)
    };
    *counter = sum;
    overflowed
}
