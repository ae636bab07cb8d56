//! Values divided by a power of two: a plain loop on their bits, compiled once for
//! each set of instructions.

use crate::float::Binary;
use crate::simd::isa::{Isa, compiled};

/// Results below 2^-1022, and those of subnormals, become zeros.
#[inline(always)]
fn divide(values: &[f64], power: i32, into: &mut [f64]) {
    let field = i64::from(power) << 52;
    for (into, value) in into.iter_mut().zip(values) {
        let bits = value.to_bits();
        let size = (bits & !f64::SIGN) as i64;
        let scaled = size - field;
        let is_normal = size >= 1 << 52 && scaled >= 1 << 52;
        let scaled = if is_normal { scaled as u64 } else { 0 };
        *into = f64::from_bits(bits & f64::SIGN | scaled);
    }
}

impl Isa {
    /// Divides by 2^`power`, from which no value is as far up as the exponents go. What
    /// becomes or was subnormal is zero afterwards.
    pub(crate) fn divide_by_power(self, values: &[f64], power: i32, into: &mut [f64]) {
        compiled!(self, [] divide(values: &[f64], power: i32, into: &mut [f64]) -> ())
    }
}
