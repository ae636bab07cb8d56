//! The rounded dot product and norm of slices, when only that is needed.
//!
//! As for the one-shot sum: two levels with a bound on their error, Ziv's test, and the
//! exact accumulator where the test is not decisive.

use crate::error::ValueError;
use crate::float::{BINARY64, with_sign};
use crate::natural::Quotient;
use crate::rounded::estimates::{MODERATE, Part, estimates};
use crate::rounded::few::{Scale, sum_of_products};
use crate::rounded::products::{bounded_from, sampled_exponent_bound};
use crate::rounded::sum::{Estimate, MAX_VALUES};
use crate::simd::{Isa, with_default_environment};
use crate::sum::ProductAccumulator;
use crate::sum::value::{finite_bits, positive};

/// The sum of the products of each element of `x` and the corresponding element of `y`,
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
        return Ok(with_sign(finite_bits(&BINARY64, bits, negative)?, negative));
    }
    let mut total = ProductAccumulator::new();
    total.add_f64_on(isa, x, y);
    total.value_f64()
}

/// The square root of the sum of squares, as the nearest `f64`.
///
/// +0.0 if all values are zero; infinite if there is an infinity and no NaN.
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
        return positive(bits);
    }
    let mut squares = ProductAccumulator::new();
    squares.add_f64_on(isa, values, values);
    squares.root_f64()
}

/// Sign and bits of the rounded sum, if it is not zero, and certain.
fn rounded_sum(isa: Isa, x: &[f64], y: &[f64]) -> Option<(bool, u64)> {
    if let Some(scales) = Scale::of_pairs(x, y) {
        let total = sum_of_products(scales, x, y);
        let total = total.number(scales[0].unit() + scales[1].unit());
        let bits = BINARY64.nearest(total.words, false, total.unit);
        return (!total.is_zero()).then_some((total.negative, bits));
    }
    certain_dot(&estimate(isa, x, y)?)
}

/// Sign and bits of what an estimate rounds to, if that is certain.
pub(crate) fn certain_dot(estimate: &Estimate) -> Option<(bool, u64)> {
    let rounded = |size| BINARY64.nearest_of_two_words(size, estimate.unit);
    Some((estimate.sum < 0, estimate.round_if_certain(rounded)?))
}

/// The bits of the root of an estimated sum of squares, if it is certain.
pub(crate) fn certain_root(estimate: &Estimate) -> Option<u64> {
    estimate.round_if_certain(|size| {
        let square = Quotient::exactly(size, estimate.unit);
        square.square_root().nearest(&BINARY64, 0)
    })
}

/// The bits of the rounded root of the sum of squares, if it is certain.
fn rounded_root(isa: Isa, values: &[f64]) -> Option<u64> {
    let root = |square: Quotient| square.square_root().nearest(&BINARY64, 0);
    if let Some(scale) = Scale::of(values) {
        let squares = sum_of_products([scale; 2], values, values);
        let squares = squares.number(2 * scale.unit());
        return Some(root(Quotient::of(squares.words, &[1]).scaled(squares.unit)));
    }
    certain_root(&estimate(isa, values, values)?)
}

/// The sum of products with a bound, for an instruction set with kernels.
fn estimate(isa: Isa, x: &[f64], y: &[f64]) -> Option<Estimate> {
    if !isa.has_product_kernels() || x.len() as u64 > MAX_VALUES {
        return None;
    }
    let mut end = sampled_exponent_bound(x, y);
    if end.abs() < MODERATE {
        let found = with_default_environment(|| bounded_from(isa, x, y, &mut end));
        if found.is_some() {
            return found;
        }
    }
    let [products] = estimates(isa, x, y, [Part::Products])?;
    Some(products)
}
