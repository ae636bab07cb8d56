//! The library's engines, each by itself and without the boundary to C.

use tally::exact::{Accumulator, Engine, sum_f32_on, sum_f64_on};

/// None of the data has a sum that is out of range.
const IN_RANGE: &str = "the sum is in range";

/// The engines that this processor has.
pub(crate) fn available() -> impl Iterator<Item = Engine> {
    Engine::available()
}

/// The sum of a slice, at once.
pub(crate) fn sum_f64(engine: Engine, values: &[f64]) -> f64 {
    sum_f64_on(engine, values).expect(IN_RANGE)
}

/// The same for floats.
pub(crate) fn sum_f32(engine: Engine, values: &[f32]) -> f32 {
    sum_f32_on(engine, values).expect(IN_RANGE)
}

/// A slice into an empty accumulator, and its value.
pub(crate) fn add_f64(engine: Engine, values: &[f64]) -> f64 {
    let mut total = Accumulator::new();
    total.add_f64_on(engine, values);
    total.value_f64().expect(IN_RANGE)
}
