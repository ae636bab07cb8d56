//! The rounded sum of a slice, when nothing but that is wanted.
//!
//! Rounding does not need every bit. The fast pass adds up two levels, for floats
//! one, and bounds what the lowest one may have rounded off; if all sums within
//! that bound round to the same number, that number is the answer (Ziv's test).
//! Where it is not certain - a tie, or nearly total cancellation - the exact pass
//! decides.

use crate::accumulator::slices::{Sample, exponent_bound};
use crate::error::ValueError;
use crate::float::{BINARY32, BINARY64, Format};
use crate::layout::ONE;
use crate::simd::{BLOCK, Element, Isa, Window, with_default_environment};
use crate::sum::Accumulator;

/// Up to here integers alone are faster than setting up a kernel.
const SHORT_MAX: usize = 16;

/// Below this, one checked pass: short sums end in ties too often for Ziv's test.
const CHECKED_BELOW: usize = 512;

/// Above this the total of the fast pass might not fit its 128 bits.
pub(crate) const MAX_VALUES: u64 = 1 << 36;

/// The sum of `values` as the nearest `f64`; see [`Accumulator::value_f64`].
///
/// # Errors
/// [`ValueError::Overflow`] if the sum rounds beyond the largest finite `f64`.
pub fn sum_f64(values: &[f64]) -> Result<f64, ValueError> {
    sum_f64_on(Isa::best(), values)
}

/// The sum of `values` as the nearest `f32`; see [`Accumulator::value_f32`].
///
/// # Errors
/// [`ValueError::Overflow`] if the sum rounds beyond the largest finite `f32`.
pub fn sum_f32(values: &[f32]) -> Result<f32, ValueError> {
    sum_f32_on(Isa::best(), values)
}

/// [`sum_f64`] with the given instruction set.
#[doc(hidden)]
pub fn sum_f64_on(isa: Isa, values: &[f64]) -> Result<f64, ValueError> {
    if let Some((negative, bits)) = round_if_certain(isa, values, &BINARY64) {
        return Ok(f64::from_bits(bits | u64::from(negative) << 63));
    }
    let mut total = Accumulator::new();
    total.add_f64_on(isa, values);
    total.value_f64()
}

/// [`sum_f32`] with the given instruction set.
#[doc(hidden)]
pub fn sum_f32_on(isa: Isa, values: &[f32]) -> Result<f32, ValueError> {
    if let Some((negative, bits)) = round_if_certain(isa, values, &BINARY32) {
        return Ok(f32::from_bits(bits as u32 | u32::from(negative) << 31));
    }
    let mut total = Accumulator::new();
    total.add_f32_on(isa, values);
    total.value_f32()
}

/// Sign and bits of the rounded sum, if it is finite, not zero, and certain.
fn round_if_certain<T: Element>(isa: Isa, values: &[T], format: &Format) -> Option<(bool, u64)> {
    let estimate = if values.len() <= SHORT_MAX {
        sum_short(values)?
    } else if !isa.has_kernels() || values.len() as u64 > MAX_VALUES {
        return None;
    } else if values.len() < CHECKED_BELOW {
        with_default_environment(|| checked(isa, values))?
    } else {
        with_default_environment(|| bounded(isa, values))?
    };
    estimate.round(format)
}

/// The sum lies within `bound` of `sum`, in units of 2^`unit`.
#[derive(Clone, Copy)]
pub(crate) struct Estimate {
    pub(crate) sum: i128,
    pub(crate) bound: i128,
    pub(crate) unit: i32,
}

impl Estimate {
    /// No values, in units of 2^`unit`.
    pub(crate) fn of_nothing(unit: i32) -> Self {
        Estimate {
            sum: 0,
            bound: 0,
            unit,
        }
    }

    /// Sign and bits of what every sum within the bound rounds to.
    #[inline]
    pub(crate) fn round(&self, format: &Format) -> Option<(bool, u64)> {
        let bits = self.round_if_certain(|size| format.nearest_of_two_words(size, self.unit))?;
        (!format.is_infinity(bits)).then_some((self.sum < 0, bits))
    }

    /// What a monotone function gives for the size of every sum within the bound,
    /// if that is one and the same.
    #[inline]
    pub(crate) fn round_if_certain(&self, rounded: impl Fn(u128) -> u64) -> Option<u64> {
        let size = self.sum.unsigned_abs();
        let bound = self.bound.unsigned_abs();
        // An exact zero has a sign of its own to find out.
        if size <= bound {
            return None;
        }
        let bits = rounded(size - bound);
        (bound == 0 || bits == rounded(size + bound)).then_some(bits)
    }

    /// Goes over to units of 2^`unit`, which is no lower than the one before.
    pub(crate) fn raise_to(&mut self, unit: i32) {
        self.raise((unit - self.unit) as u32);
        self.unit = unit;
    }

    /// The estimate of two sums' sum, each below 2^126 in size and both together
    /// of at most [`MAX_VALUES`] values.
    pub(crate) fn plus(mut self, mut other: Self) -> Self {
        let unit = self.unit.max(other.unit);
        for estimate in [&mut self, &mut other] {
            if estimate.unit < unit {
                estimate.raise_to(unit);
            }
        }
        Self {
            sum: self.sum + other.sum,
            bound: self.bound + other.bound,
            unit,
        }
    }

    /// Goes over to a unit 2^`bits` times as large: what is cut off the sum is
    /// less than one unit, and the bound is rounded up.
    fn raise(&mut self, bits: u32) {
        let bits = bits.min(127);
        self.sum >>= bits;
        self.bound = (self.bound >> bits) + 2;
    }
}

/// A few values, exactly, by integers of the least one's unit.
#[inline]
fn sum_short<T: Element>(values: &[T]) -> Option<Estimate> {
    /// Powers of two up to here are positive in 64 bits; [`SHORT_MAX`] significands
    /// times them stay below 2^119.
    const WIDEST: usize = 62;

    let (mut highest, mut lowest) = (0, usize::MAX);
    for value in values {
        let bits = value.bits();
        let exponent = T::exponent(bits);
        highest = highest.max(exponent);
        if T::significand(bits) != 0 {
            lowest = lowest.min(exponent);
        }
    }
    if highest == T::SPECIAL || lowest == usize::MAX || highest - lowest > WIDEST {
        return None;
    }
    let lowest = T::position(lowest);
    let mut sum = 0;
    for value in values {
        let bits = value.bits();
        // Zeros may lie lower, and may stay there.
        let shift = T::position(T::exponent(bits)).saturating_sub(lowest);
        // A product of words is faster than a shift of two.
        sum += i128::from(T::significand(bits)) * i128::from(1_i64 << shift);
    }
    Some(Estimate {
        sum,
        bound: 0,
        unit: lowest as i32 - ONE as i32,
    })
}

/// At most one block in one window, exactly.
fn checked<T: Element>(isa: Isa, values: &[T]) -> Option<Estimate> {
    let mut window = Window::for_values_below(Sample::of(values).window_exponent_bound());
    let mut found = isa.two_levels_checked(values, window);
    if !found.exact {
        window = Window::for_values_below(exponent_bound(isa, values)?);
        found = isa.two_levels_checked(values, window);
    }
    found.exact.then(|| Estimate {
        sum: combine(found.sums[0], found.sums[1]),
        bound: 0,
        unit: window.unit(1),
    })
}

/// Any number of values, with a bound on what was rounded off.
fn bounded<T: Element>(isa: Isa, values: &[T]) -> Option<Estimate> {
    let sample = Sample::of(values);
    if sample.wants_three_levels() {
        return None;
    }
    bounded_from(isa, values, &mut sample.window_exponent_bound())
}

/// [`bounded`], with the window for values below 2^`exponent_bound` to begin with. `exponent_bound` is
/// raised with the window.
///
/// Must be called inside [`with_default_environment`], with at most [`MAX_VALUES`]
/// values, with an instruction set that has kernels.
pub(crate) fn bounded_from<T: Element>(
    isa: Isa,
    values: &[T],
    exponent_bound: &mut i32,
) -> Option<Estimate> {
    let mut estimate = Estimate {
        sum: 0,
        bound: 0,
        unit: 0,
    };
    let mut window = Window::for_values_below(*exponent_bound);
    for block in values.chunks(BLOCK) {
        let mut found = isa.unchecked_levels(block, window);
        if !found.inside {
            let needed = self::exponent_bound(isa, block)?;
            // A block that does not fit asks for a higher window, unless NaN or
            // an infinity is what did not fit.
            if needed <= *exponent_bound {
                return None;
            }
            let raised = Window::for_values_below(needed + 1);
            let lowest = T::ROUNDING_LEVELS - 1;
            estimate.raise((raised.unit(lowest) - window.unit(lowest)) as u32);
            (*exponent_bound, window) = (needed + 1, raised);
            found = isa.unchecked_levels(block, window);
            if !found.inside {
                return None;
            }
        }
        estimate.sum += if T::ROUNDING_LEVELS == 1 {
            found.sums[0].into()
        } else {
            combine(found.sums[0], found.sums[1])
        };
        // Each value is rounded by at most half a unit of the lowest level.
        estimate.bound += block.len().div_ceil(2) as i128;
    }
    estimate.unit = window.unit(T::ROUNDING_LEVELS - 1);
    Some(estimate)
}

/// Two levels as one integer in the unit of the lower one.
#[inline]
pub(crate) fn combine(upper: i64, lower: i64) -> i128 {
    (i128::from(upper) << Window::LEVEL_BITS) + i128::from(lower)
}
