//! The library's engines, each by itself and without the boundary to C.

use tally_core::{
    Accumulator, Isa, Moments, ProductAccumulator, dot_f64_on, norm_f64_on, sum_f32_on, sum_f64_on,
    variance_f64_on,
};

/// No result is out of range, on any of the data.
const IN_RANGE: &str = "the result is in range";

/// The engines that this processor has.
pub(crate) fn available() -> impl Iterator<Item = Isa> {
    Isa::available()
}

/// The sum of a slice, at once.
pub(crate) fn sum_f64(isa: Isa, values: &[f64]) -> f64 {
    sum_f64_on(isa, values).expect(IN_RANGE)
}

/// The same for floats.
pub(crate) fn sum_f32(isa: Isa, values: &[f32]) -> f32 {
    sum_f32_on(isa, values).expect(IN_RANGE)
}

/// A slice into an empty accumulator, and its value.
pub(crate) fn add_f64(isa: Isa, values: &[f64]) -> f64 {
    let mut total = Accumulator::new();
    total.add_f64_on(isa, values);
    total.value_f64().expect(IN_RANGE)
}

/// The dot product of two slices, at once.
pub(crate) fn dot_f64(isa: Isa, x: &[f64], y: &[f64]) -> f64 {
    dot_f64_on(isa, x, y).expect(IN_RANGE)
}

/// Two slices into an empty accumulator of products, and its value.
pub(crate) fn add_products(isa: Isa, x: &[f64], y: &[f64]) -> f64 {
    let mut total = ProductAccumulator::new();
    total.add_f64_on(isa, x, y);
    total.value_f64().expect(IN_RANGE)
}

/// The norm of a slice, at once.
pub(crate) fn norm_f64(isa: Isa, values: &[f64]) -> f64 {
    norm_f64_on(isa, values).expect(IN_RANGE)
}

/// The variance of a slice, at once.
pub(crate) fn variance_f64(isa: Isa, values: &[f64]) -> f64 {
    variance_f64_on(isa, values, 0).expect(IN_RANGE)
}

/// A slice into empty moments, and their variance.
pub(crate) fn add_moments(isa: Isa, values: &[f64]) -> f64 {
    let mut moments = Moments::new();
    moments.add_f64_on(isa, values);
    moments.variance_f64(0).expect(IN_RANGE)
}
