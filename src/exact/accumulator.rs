//! The accumulator: adding, subtracting, merging.

use super::float::{Binary, ONE, Special};
use super::integers::{sum_i32, sum_i64, sum_u64};
use super::kernels::{Element, Engine};
use super::limbs::Limbs;
use super::windowed;

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

/// Slices from this length on go through a vector kernel, if there is one.
const KERNEL_FROM: usize = 16;

/// The exponent table has room for twice as many values.
const MOST_AT_ONCE: u64 = 1 << 42;

/// An exact total, as it is held within one call.
///
/// The total is one integer in units of 2^-1074, beside counts of the values and
/// of those that are no part of an integer. Counts are signed, and subtracting is
/// exact: taking out what was put in leaves what was there before, NaN and
/// infinities included.
///
/// Adding cannot fail: there is room above the range of a state. Only
/// [`Accumulator::to_words`] and [`Accumulator::save`] check that range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accumulator {
    pub(super) limbs: Limbs,
    pub(super) counters: [i128; COUNTERS],
    /// The total or a counter left even the working form. A total that is lost
    /// stays lost.
    pub(super) lost: bool,
}

impl Default for Accumulator {
    fn default() -> Self {
        Self::new()
    }
}

impl Accumulator {
    /// The sum of nothing.
    pub const fn new() -> Self {
        Accumulator {
            limbs: Limbs::ZERO,
            counters: [0; COUNTERS],
            lost: false,
        }
    }

    /// Adds each of `values`.
    pub fn add_f64(&mut self, values: &[f64]) {
        self.add_f64_on(Engine::best(), values);
    }

    /// Adds each of `values`.
    pub fn add_f32(&mut self, values: &[f32]) {
        self.add_f32_on(Engine::best(), values);
    }

    /// [`Accumulator::add_f64`] on a given engine.
    pub fn add_f64_on(&mut self, engine: Engine, values: &[f64]) {
        self.add_f64s::<false>(engine, values);
    }

    /// [`Accumulator::add_f32`] on a given engine.
    pub fn add_f32_on(&mut self, engine: Engine, values: &[f32]) {
        self.add_f32s::<false>(engine, values);
    }

    /// Adds each of `values`.
    pub fn add_i32(&mut self, values: &[i32]) {
        self.add_integers::<false>(sum_i32(values), values.len());
    }

    /// Adds each of `values`.
    pub fn add_i64(&mut self, values: &[i64]) {
        self.add_integers::<false>(sum_i64(values), values.len());
    }

    /// Adds each of `values`.
    pub fn add_u64(&mut self, values: &[u64]) {
        self.add_integers::<false>(sum_u64(values) as i128, values.len());
    }

    /// Takes out each of `values`: undoes [`Accumulator::add_f64`] exactly.
    pub fn subtract_f64(&mut self, values: &[f64]) {
        self.add_f64s::<true>(Engine::best(), values);
    }

    /// Takes out each of `values`: undoes [`Accumulator::add_f32`] exactly.
    pub fn subtract_f32(&mut self, values: &[f32]) {
        self.add_f32s::<true>(Engine::best(), values);
    }

    /// Takes out each of `values`: undoes [`Accumulator::add_i32`] exactly.
    pub fn subtract_i32(&mut self, values: &[i32]) {
        self.add_integers::<true>(sum_i32(values), values.len());
    }

    /// Takes out each of `values`: undoes [`Accumulator::add_i64`] exactly.
    pub fn subtract_i64(&mut self, values: &[i64]) {
        self.add_integers::<true>(sum_i64(values), values.len());
    }

    /// Takes out each of `values`: undoes [`Accumulator::add_u64`] exactly.
    pub fn subtract_u64(&mut self, values: &[u64]) {
        self.add_integers::<true>(sum_u64(values) as i128, values.len());
    }

    /// Adds one value.
    #[inline]
    pub fn add_one_f64(&mut self, value: f64) {
        self.step::<false>(Counter::Values, 1);
        self.add_float::<f64, false>(value, 1);
    }

    /// Takes out one value: undoes [`Accumulator::add_one_f64`] exactly.
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

    /// Adds all that `from` holds.
    pub fn merge(&mut self, from: &Accumulator) {
        self.merge_from::<false>(from);
    }

    /// Takes out all that `from` holds: undoes [`Accumulator::merge`] exactly.
    pub fn unmerge(&mut self, from: &Accumulator) {
        self.merge_from::<true>(from);
    }

    /// How many values are held: added less subtracted. A count beyond `i64`,
    /// which no state can hold, is given as the nearest `i64`.
    pub fn count(&self) -> i64 {
        let count = self.counter(Counter::Values);
        count.clamp(i64::MIN.into(), i64::MAX.into()) as i64
    }

    fn add_f64s<const SUBTRACT: bool>(&mut self, engine: Engine, values: &[f64]) {
        self.add_floats::<f64, 4096, SUBTRACT>(engine, values);
    }

    fn add_f32s<const SUBTRACT: bool>(&mut self, engine: Engine, values: &[f32]) {
        self.add_floats::<f32, 512, SUBTRACT>(engine, values);
    }

    /// `ENTRIES` is what [`Accumulator::add_any`] says.
    fn add_floats<T: Element, const ENTRIES: usize, const SUBTRACT: bool>(
        &mut self,
        engine: Engine,
        values: &[T],
    ) {
        if values.len() < KERNEL_FROM {
            self.add_one_by_one::<T, SUBTRACT>(values);
            return;
        }
        for part in values.chunks(usize::try_from(MOST_AT_ONCE).unwrap_or(usize::MAX)) {
            if engine.has_kernels() {
                windowed::add::<T, ENTRIES, SUBTRACT>(engine, self, part);
            } else {
                self.add_any::<T, ENTRIES, SUBTRACT>(part);
            }
        }
    }

    pub(super) fn add_one_by_one<T: Binary, const SUBTRACT: bool>(&mut self, values: &[T]) {
        self.step::<SUBTRACT>(Counter::Values, values.len() as i128);
        for &value in values {
            self.add_float::<T, SUBTRACT>(value, 1);
        }
    }

    /// Adds one float `times` times, apart from its count as a value. The
    /// significand is below 2^53 and `times` below 2^64, so their product is exact.
    #[inline(always)]
    fn add_float<T: Binary, const SUBTRACT: bool>(&mut self, value: T, times: u64) {
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

    fn add_integers<const SUBTRACT: bool>(&mut self, total: i128, count: usize) {
        self.step::<SUBTRACT>(Counter::Values, count as i128);
        // A slice's total is below 2^124 in size: negating cannot overflow.
        self.add_integer(if SUBTRACT { -total } else { total }, ONE);
    }

    fn merge_from<const SUBTRACT: bool>(&mut self, from: &Accumulator) {
        self.lost |= from.lost | self.limbs.merge::<SUBTRACT>(&from.limbs);
        for (counter, &by) in self.counters.iter_mut().zip(&from.counters) {
            self.lost |= step_counter::<SUBTRACT>(counter, by);
        }
    }

    /// Adds `integer`·2^`position` units of 2^-1074.
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
fn step_counter<const SUBTRACT: bool>(counter: &mut i128, by: i128) -> bool {
    let (sum, overflowed) = if SUBTRACT {
        counter.overflowing_sub(by)
    } else {
        counter.overflowing_add(by)
    };
    *counter = sum;
    overflowed
}
