//! Sums of products in two levels, with an error bound.

use crate::accumulator::slices::exponent_bound_of;
use crate::float::Binary;
use crate::rounded::sum::{Estimate, combine};
use crate::simd::{BLOCK, Isa, ProductLevels, Window};

/// Pairs that are looked at to guess a window.
const SAMPLE: usize = 16;

/// The sum in two levels, with a bound on what was rounded off. The first window is
/// that for products below 2^`exponent_bound`, which is raised with the window.
///
/// Must be called inside
/// [`with_default_environment`](crate::simd::with_default_environment), with at most
/// [`MAX_VALUES`](crate::rounded::sum::MAX_VALUES) pairs, with an instruction set that has
/// kernels.
pub(crate) fn bounded_from(
    isa: Isa,
    x: &[f64],
    y: &[f64],
    exponent_bound: &mut i32,
) -> Option<Estimate> {
    let mut window = Window::for_values_below(*exponent_bound, 2);
    let mut estimate = Estimate::of_nothing(window.unit(1));
    for (x, y) in x.chunks(BLOCK).zip(y.chunks(BLOCK)) {
        let mut found = isa.product_levels(x, y, window);
        if !found.inside {
            let needed = f64::exponent(isa.greatest_product(x, y));
            if needed == f64::SPECIAL || exponent_bound_of::<f64>(needed) <= *exponent_bound {
                return None;
            }
            *exponent_bound = exponent_bound_of::<f64>(needed) + 1;
            window = Window::for_values_below(*exponent_bound, 2);
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
