//! The rounded sum of a slice, when only that is needed.
//!
//! Rounding does not need every bit. The fast pass adds up two levels (one for floats)
//! and bounds the rounding error of the lowest; if all sums within that bound round to
//! the same number, that number is the result (Ziv's test). Where it is not certain - a
//! tie, or nearly total cancellation - the exact pass decides.

use crate::accumulator::slices::{Sample, exponent_bound};
use crate::error::ValueError;
use crate::float::{BINARY32, BINARY64, Format, if_certain, with_sign, with_sign_32};
use crate::simd::{BLOCK, Element, Isa, SHORT_MAX, Window, with_default_environment};
use crate::sum::Accumulator;

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

/// The sum of at most `SHORT_MAX` values, if it is finite, not zero, and certain without
/// a second look; more are refused.
#[inline]
pub fn sum_few_f64(values: &[f64]) -> Option<f64> {
    let (negative, bits) = round_few(values, &BINARY64)?;
    Some(with_sign(bits, negative))
}

/// [`sum_few_f64`] for floats.
#[inline]
pub fn sum_few_f32(values: &[f32]) -> Option<f32> {
    let (negative, bits) = round_few(values, &BINARY32)?;
    Some(with_sign_32(bits as u32, negative))
}

#[inline]
fn round_few<T: Element>(values: &[T], format: &Format) -> Option<(bool, u64)> {
    if values.len() > SHORT_MAX {
        return None;
    }
    Isa::best().short_rounded(values, format)
}

/// [`sum_f64`] with the given instruction set.
#[doc(hidden)]
pub fn sum_f64_on(isa: Isa, values: &[f64]) -> Result<f64, ValueError> {
    if let Some((negative, bits)) = round_if_certain(isa, values, &BINARY64) {
        return Ok(with_sign(bits, negative));
    }
    let mut total = Accumulator::new();
    total.add_f64_on(isa, values);
    total.value_f64()
}

/// [`sum_f32`] with the given instruction set.
#[doc(hidden)]
pub fn sum_f32_on(isa: Isa, values: &[f32]) -> Result<f32, ValueError> {
    if let Some((negative, bits)) = round_if_certain(isa, values, &BINARY32) {
        return Ok(with_sign_32(bits as u32, negative));
    }
    let mut total = Accumulator::new();
    total.add_f32_on(isa, values);
    total.value_f32()
}

/// Sign and bits of the rounded sum, if it is finite, not zero, and certain.
fn round_if_certain<T: Element>(isa: Isa, values: &[T], format: &Format) -> Option<(bool, u64)> {
    if values.len() <= SHORT_MAX {
        return isa.short_rounded(values, format);
    }
    if !isa.has_kernels() || values.len() as u64 > MAX_VALUES {
        return None;
    }
    let checked = || with_default_environment(|| checked(isa, values))?.round(isa, format);
    if values.len() < CHECKED_BELOW {
        return checked();
    }
    let estimate = with_default_environment(|| bounded(isa, values))?;
    let certain = estimate.round(isa, format);
    // The sum is next to a tie. Where it does not cancel, it may well be exact.
    if certain.is_none() && values.len() <= BLOCK && estimate.sum.abs() >> 32 > estimate.bound {
        return checked();
    }
    certain
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
    pub(crate) fn round(&self, isa: Isa, format: &Format) -> Option<(bool, u64)> {
        isa.nearest_if_certain(format, self.sum, self.bound.unsigned_abs(), self.unit)
    }

    /// What a monotone function gives for the size of every sum within the bound,
    /// if that is one and the same.
    #[inline]
    pub(crate) fn round_if_certain(&self, rounded: impl Fn(u128) -> u64) -> Option<u64> {
        if_certain(self.sum, self.bound.unsigned_abs(), rounded)
    }

    /// Goes over to units of 2^`unit`, which is no lower than the one before.
    pub(crate) fn raise_to(&mut self, unit: i32) {
        if unit != self.unit {
            self.raise((unit - self.unit) as u32);
            self.unit = unit;
        }
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

/// At most one block in one window, exactly if two levels hold all bits.
fn checked<T: Element>(isa: Isa, values: &[T]) -> Option<Estimate> {
    let mut window = Window::for_values_below(first_exponent_bound(isa, values)?, 2);
    let mut found = isa.checked_levels(2, values, window);
    if !found.exact {
        let lowest = Window::for_values_below(exponent_bound(isa, values)?, 2);
        if lowest != window {
            window = lowest;
            found = isa.checked_levels(2, values, window);
        }
    }
    found.inside.then(|| Estimate {
        sum: combine(found.sums[0], found.sums[1]),
        bound: if found.exact {
            0
        } else {
            values.len().div_ceil(2) as i128
        },
        unit: window.unit(1),
    })
}

/// Any number of values, with a bound on what was rounded off.
fn bounded<T: Element>(isa: Isa, values: &[T]) -> Option<Estimate> {
    bounded_from(isa, values, &mut first_exponent_bound(isa, values)?)
}

/// A bound that most likely holds for all values, and is not much too high: each bit
/// that it is makes the result less certain. `None` if there is NaN or an infinity.
pub(crate) fn first_exponent_bound<T: Element>(isa: Isa, values: &[T]) -> Option<i32> {
    let sample = Sample::of(values);
    if sample.is_narrow() {
        Some(sample.exponent_bound())
    } else {
        exponent_bound(isa, &values[..values.len().min(BLOCK)])
    }
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
    let lowest = T::ROUNDING_LEVELS - 1;
    let mut window = Window::for_values_below(*exponent_bound, T::ROUNDING_LEVELS);
    let mut estimate = Estimate::of_nothing(window.unit(lowest));
    for block in values.chunks(BLOCK) {
        let of_block = bounded_block(isa, block, exponent_bound, &mut window)?;
        estimate.raise_to(of_block.unit);
        estimate.sum += of_block.sum;
        estimate.bound += of_block.bound;
    }
    Some(estimate)
}

/// [`bounded_from`] for one block. `window` is that for
/// values below 2^`exponent_bound`, and is raised with it.
#[inline]
pub(crate) fn bounded_block<T: Element>(
    isa: Isa,
    block: &[T],
    exponent_bound: &mut i32,
    window: &mut Window,
) -> Option<Estimate> {
    let mut found = isa.unchecked_levels(block, *window);
    if !found.inside {
        // A block that does not fit asks for a higher window, unless NaN or an infinity
        // is what did not fit.
        let needed = self::exponent_bound(isa, block).filter(|needed| needed > exponent_bound)?;
        *exponent_bound = needed + 1;
        *window = Window::for_values_below(*exponent_bound, T::ROUNDING_LEVELS);
        found = isa.unchecked_levels(block, *window);
        if !found.inside {
            return None;
        }
    }
    Some(Estimate {
        sum: match T::ROUNDING_LEVELS {
            1 => found.sums[0].into(),
            _ => combine(found.sums[0], found.sums[1]),
        },
        // Each value is rounded by at most half a unit of the lowest level.
        bound: block.len().div_ceil(2) as i128,
        unit: window.unit(T::ROUNDING_LEVELS - 1),
    })
}

/// Two levels as one integer in the unit of the lower one.
#[inline]
pub(crate) fn combine(upper: i64, lower: i64) -> i128 {
    (i128::from(upper) << Window::LEVEL_BITS) + i128::from(lower)
}
