//! The rounded dot product and norm of slices, when nothing but that is wanted.
//!
//! As for the one-shot sum: two levels and a bound on what they lose, Ziv's test,
//! and the exact accumulator where the test leaves a doubt.

use super::float::{Binary, ONE};
use super::kernels::{BLOCK, Engine, ProductLevels, Window, with_default_environment};
use super::natural::Quotient;
use super::oneshot::{Estimate, MOST, combine};
use super::products::ProductAccumulator;
use super::rounding::BINARY64;
use super::value::{ValueError, with_sign};

/// Below this, integers alone are faster than setting up a kernel.
const KERNEL_FROM: usize = 32;

/// Pairs that are looked at to guess a window.
const SAMPLE: usize = 16;

/// The sum of the products of each element of `x` and the one of `y` in its place,
/// as the nearest `f64`; see [`ExactSum::value_f64`](super::ExactSum::value_f64).
/// Both have the same length.
pub fn dot_f64(x: &[f64], y: &[f64]) -> Result<f64, ValueError> {
    dot_f64_on(Engine::best(), x, y)
}

/// [`dot_f64`] on a given engine.
pub fn dot_f64_on(engine: Engine, x: &[f64], y: &[f64]) -> Result<f64, ValueError> {
    let rounded = estimate(engine, x, y).and_then(|estimate| estimate.round(&BINARY64));
    if let Some((negative, bits)) = rounded {
        return Ok(with_sign(bits, negative));
    }
    let mut total = ProductAccumulator::new();
    total.add_f64_on(engine, x, y);
    total.value_f64()
}

/// The square root of the sum of squares, as the nearest `f64`.
///
/// +0.0 for nothing but zeros; infinite if there is an infinity and no NaN.
pub fn norm_f64(values: &[f64]) -> Result<f64, ValueError> {
    norm_f64_on(Engine::best(), values)
}

/// [`norm_f64`] on a given engine.
pub fn norm_f64_on(engine: Engine, values: &[f64]) -> Result<f64, ValueError> {
    if let Some(bits) = estimate(engine, values, values).and_then(rounded_root) {
        return Ok(f64::from_bits(bits));
    }
    let mut squares = ProductAccumulator::new();
    squares.add_f64_on(engine, values, values);
    squares.root_f64()
}

/// The bits of the root of what lies within the estimate, if it is certain.
fn rounded_root(estimate: Estimate) -> Option<u64> {
    let bits = estimate.certain(|size| {
        let square = Quotient::exactly(size, estimate.unit);
        square.square_root().nearest(&BINARY64, 0)
    })?;
    (!BINARY64.is_infinity(bits)).then_some(bits)
}

fn estimate(engine: Engine, x: &[f64], y: &[f64]) -> Option<Estimate> {
    debug_assert_eq!(x.len(), y.len());
    if !engine.has_kernels() || x.len() < KERNEL_FROM || x.len() as u64 > MOST {
        return None;
    }
    with_default_environment(|| bounded_from(engine, x, y, &mut sampled_top(x, y)))
}

/// The sum in two levels, with a bound on what was rounded off. The first window is
/// that for products below 2^`top`, which is raised with the window.
///
/// Must be called inside [`with_default_environment`], with at most [`MOST`] pairs,
/// on an engine that has kernels.
pub(super) fn bounded_from(
    engine: Engine,
    x: &[f64],
    y: &[f64],
    top: &mut i32,
) -> Option<Estimate> {
    let mut window = Window::for_values_below(*top);
    let mut estimate = Estimate::of_nothing(window.unit(1));
    for (x, y) in x.chunks(BLOCK).zip(y.chunks(BLOCK)) {
        let mut found = engine.product_levels(x, y, window);
        if !found.inside {
            let needed = f64::exponent(engine.greatest_product(x, y));
            if needed == f64::SPECIAL || top_of(needed) <= *top {
                return None;
            }
            *top = top_of(needed) + 1;
            window = Window::for_values_below(*top);
            estimate.raise_to(window.unit(1));
            found = engine.product_levels(x, y, window);
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
fn top_of(exponent: usize) -> i32 {
    f64::position(exponent) as i32 - ONE as i32 + 53
}

/// A power of two that is likely above all products: above those of a few pairs.
pub(super) fn sampled_top(x: &[f64], y: &[f64]) -> i32 {
    let step = x.len().div_ceil(SAMPLE).max(1);
    let pairs = x.iter().zip(y).step_by(step);
    let tops = pairs.map(|(x, y)| {
        let exponents = [x, y].map(|value| f64::exponent(value.to_bits()) as i32);
        exponents[0] + exponents[1] - 2 * 1022
    });
    // Specials are above all; the kernel will find them out.
    tops.max().unwrap_or(0).min(1023) + 1
}
