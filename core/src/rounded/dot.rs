//! The rounded dot product and norm of slices, when nothing but that is wanted.
//!
//! As for the one-shot sum: two levels and a bound on what they lose, Ziv's test,
//! and the exact accumulator where the test leaves a doubt.

use crate::error::ValueError;
use crate::float::{BINARY64, Binary, with_sign};
use crate::layout::ONE;
use crate::natural::Quotient;
use crate::rounded::sum::{Estimate, MAX_VALUES, combine};
use crate::simd::{BLOCK, Isa, ProductLevels, Window, with_default_environment};
use crate::sum::ProductAccumulator;

/// Up to here integers alone are faster than setting up a kernel.
const SHORT_MAX: usize = 16;

/// Pairs that are looked at to guess a window.
const SAMPLE: usize = 16;

/// The sum of the products of each element of `x` and the one of `y` in its place,
/// as the nearest `f64`; see [`ExactSum::value_f64`](crate::ExactSum::value_f64).
///
/// # Errors
/// [`ValueError::Overflow`] if the sum rounds beyond the largest finite `f64`.
///
/// # Panics
/// If the lengths differ.
pub fn dot_f64(x: &[f64], y: &[f64]) -> Result<f64, ValueError> {
    dot_f64_on(Isa::best(), x, y)
}

/// [`dot_f64`] with the given instruction set.
#[doc(hidden)]
pub fn dot_f64_on(isa: Isa, x: &[f64], y: &[f64]) -> Result<f64, ValueError> {
    assert_eq!(x.len(), y.len(), "x and y differ in length");
    if let Some((negative, bits)) = rounded_sum(isa, x, y) {
        return Ok(with_sign(bits, negative));
    }
    let mut total = ProductAccumulator::new();
    total.add_f64_on(isa, x, y);
    total.value_f64()
}

/// The square root of the sum of squares, as the nearest `f64`.
///
/// +0.0 for nothing but zeros; infinite if there is an infinity and no NaN.
///
/// # Errors
/// [`ValueError::Overflow`] if the root rounds beyond the largest finite `f64`.
pub fn norm_f64(values: &[f64]) -> Result<f64, ValueError> {
    norm_f64_on(Isa::best(), values)
}

/// [`norm_f64`] with the given instruction set.
#[doc(hidden)]
pub fn norm_f64_on(isa: Isa, values: &[f64]) -> Result<f64, ValueError> {
    if let Some(bits) = rounded_root(isa, values) {
        return Ok(f64::from_bits(bits));
    }
    let mut squares = ProductAccumulator::new();
    squares.add_f64_on(isa, values, values);
    squares.root_f64()
}

/// Sign and bits of the rounded sum, if it is finite, not zero, and certain.
fn rounded_sum(isa: Isa, x: &[f64], y: &[f64]) -> Option<(bool, u64)> {
    if x.len() > SHORT_MAX {
        return estimate(isa, x, y)?.round(&BINARY64);
    }
    let few = ShortDot::of(x, y)?;
    let bits = BINARY64.nearest(&few.magnitude, false, few.unit);
    (!BINARY64.is_infinity(bits)).then_some((few.negative, bits))
}

/// The bits of the rounded root of the sum of squares, on the same terms.
fn rounded_root(isa: Isa, values: &[f64]) -> Option<u64> {
    let root = |square: Quotient, unit| square.square_root().nearest(&BINARY64, unit);
    let bits = if values.len() > SHORT_MAX {
        let estimate = estimate(isa, values, values)?;
        estimate.round_if_certain(|size| root(Quotient::exactly(size, estimate.unit), 0))?
    } else {
        // A square's unit is an even power of two, but for a zero's.
        let few = ShortDot::of(values, values)?;
        root(Quotient::of(&few.magnitude, &[1]), few.unit / 2)
    };
    (!BINARY64.is_infinity(bits)).then_some(bits)
}

/// The sum of products with a bound, for an instruction set with kernels.
pub(crate) fn estimate(isa: Isa, x: &[f64], y: &[f64]) -> Option<Estimate> {
    debug_assert_eq!(x.len(), y.len());
    if !isa.has_kernels() || x.len() as u64 > MAX_VALUES {
        return None;
    }
    with_default_environment(|| bounded_from(isa, x, y, &mut sampled_exponent_bound(x, y)))
}

/// A few products, exactly: sign, magnitude, and the exponent of its unit.
struct ShortDot {
    negative: bool,
    magnitude: [u64; 4],
    unit: i32,
}

impl ShortDot {
    /// Adds integers of the least product's unit; `None` for a total of zero, which
    /// has a sign of its own to find out, and for what is special or too wide.
    fn of(x: &[f64], y: &[f64]) -> Option<Self> {
        /// Products have 106 bits; [`SHORT_MAX`] of them times this stay below 2^238.
        const WIDEST: usize = 128;

        let position = |value: &f64| {
            let exponent = f64::exponent(value.to_bits());
            (exponent != f64::SPECIAL).then(|| f64::position(exponent))
        };
        let (mut highest, mut lowest) = (0, usize::MAX);
        for (x, y) in x.iter().zip(y) {
            let position = position(x)? + position(y)?;
            highest = highest.max(position);
            if significand(x) != 0 && significand(y) != 0 {
                lowest = lowest.min(position);
            }
        }
        if highest.checked_sub(lowest)? > WIDEST {
            return None;
        }
        let (mut high, mut low) = (0_i128, 0_u128);
        for (x, y) in x.iter().zip(y) {
            let product = i128::from(significand(x)) * i128::from(significand(y));
            // Zeros may lie lower, and may stay there.
            let shift = (position(x)? + position(y)?).saturating_sub(lowest);
            let (upper, lower) = match shift {
                0 => (product >> 127, product as u128),
                WIDEST => (product, 0),
                _ => (product >> (128 - shift), (product as u128) << shift),
            };
            let (sum, carry) = low.overflowing_add(lower);
            low = sum;
            high += upper + i128::from(carry);
        }
        let negative = high < 0;
        if negative {
            low = low.wrapping_neg();
            high = !high + i128::from(low == 0);
        }
        let words = |half: u128| [half as u64, (half >> 64) as u64];
        let [[w0, w1], [w2, w3]] = [words(low), words(high as u128)];
        (low != 0 || high != 0).then_some(ShortDot {
            negative,
            magnitude: [w0, w1, w2, w3],
            unit: lowest as i32 - 2 * ONE as i32,
        })
    }
}

fn significand(value: &f64) -> i64 {
    f64::significand(value.to_bits())
}

/// The sum in two levels, with a bound on what was rounded off. The first window is
/// that for products below 2^`exponent_bound`, which is raised with the window.
///
/// Must be called inside [`with_default_environment`], with at most [`MAX_VALUES`] pairs,
/// with an instruction set that has kernels.
pub(crate) fn bounded_from(
    isa: Isa,
    x: &[f64],
    y: &[f64],
    exponent_bound: &mut i32,
) -> Option<Estimate> {
    let mut window = Window::for_values_below(*exponent_bound);
    let mut estimate = Estimate::of_nothing(window.unit(1));
    for (x, y) in x.chunks(BLOCK).zip(y.chunks(BLOCK)) {
        let mut found = isa.product_levels(x, y, window);
        if !found.inside {
            let needed = f64::exponent(isa.greatest_product(x, y));
            if needed == f64::SPECIAL || exponent_bound_of(needed) <= *exponent_bound {
                return None;
            }
            *exponent_bound = exponent_bound_of(needed) + 1;
            window = Window::for_values_below(*exponent_bound);
            estimate.raise_to(window.unit(1));
            found = isa.product_levels(x, y, window);
            if !found.inside {
                return None;
            }
        }
        estimate.sum += combine(found.sums[0], found.sums[1]);
        estimate.bound += ProductLevels::bound(x.len());
    }
    Some(estimate)
}

/// Products with this exponent field are below 2^this.
fn exponent_bound_of(exponent: usize) -> i32 {
    f64::position(exponent) as i32 - ONE as i32 + 53
}

/// A power of two that is likely above all products: above those of a few pairs.
pub(crate) fn sampled_exponent_bound(x: &[f64], y: &[f64]) -> i32 {
    let step = x.len().div_ceil(SAMPLE).max(1);
    let pairs = x.iter().zip(y).step_by(step);
    let tops = pairs.map(|(x, y)| {
        let exponents = [x, y].map(|value| f64::exponent(value.to_bits()) as i32);
        exponents[0] + exponents[1] - 2 * 1022
    });
    // Specials are above all; the kernel will find them out.
    tops.max().unwrap_or(0).min(1023) + 1
}
