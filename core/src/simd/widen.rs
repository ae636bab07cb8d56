//! Floats as doubles: a plain loop on their bits, compiled once for each set of
//! instructions.

use crate::float::widen;
use crate::simd::isa::{Isa, compiled};

impl Isa {
    /// The doubles of the same values, into as many places; see [`widen`].
    pub(crate) fn widen(self, values: &[f32], wide: &mut [f64]) {
        compiled!(self, [] widen(values: &[f32], wide: &mut [f64]) -> ())
    }
}
