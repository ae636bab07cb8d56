//! Rounding two words, compiled once for each set of instructions: counts of leading zeros
//! and shifts by any number are slow where a processor is not known to have those of its own.

use crate::float::Format;
use crate::simd::isa::{Isa, compiled};

#[inline(always)]
fn nearest(format: &Format, sum: i128, bound: u128, unit: i32) -> Option<(bool, u64)> {
    format.nearest_if_certain(sum, bound, unit)
}

impl Isa {
    /// [`Format::nearest_if_certain`].
    pub(crate) fn nearest_if_certain(
        self,
        format: &Format,
        sum: i128,
        bound: u128,
        unit: i32,
    ) -> Option<(bool, u64)> {
        compiled!(self, []
            nearest(format: &Format, sum: i128, bound: u128, unit: i32) -> Option<(bool, u64)>)
    }
}
