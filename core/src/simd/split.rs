//! Doubles split into two parts with a unit each, so that sums of each part are exact in
//! doubles: plain loops, compiled once for each set of instructions.

use crate::simd::fixed::Fields;
use crate::simd::isa::{Isa, compiled};

/// The bits of a significand.
const DIGITS: u32 = 53;

/// The two units for values of some exponents.
///
/// The upper part of a value is its nearest multiple of the upper unit, and the lower part the
/// rest. See lemma 32 of `docs/exactness.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Split {
    /// The exponents that the units are for.
    pub(crate) fields: Fields,
    /// The bits of a double that rounds a value to the upper unit when it is added to it.
    rounder: u64,
}

impl Split {
    /// For values whose field is at most `highest` and at least `lowest`, or as little above
    /// that as it must be so that sums of 2^`log` values are exact; `None` if there are no
    /// such units.
    pub(crate) fn new(lowest: u64, highest: u64, log: u32) -> Option<Self> {
        let spread = u64::from((DIGITS + 1).checked_sub(2 * log)?);
        let rounder = highest + u64::from(log);
        if log < 2 || rounder > 0x7fe || lowest > highest {
            return None;
        }
        let lowest = highest.saturating_sub(spread).max(lowest).max(1);
        Some(Split {
            fields: Fields {
                lowest,
                span: highest - lowest,
            },
            rounder: rounder << 52 | 1 << 51,
        })
    }
}

impl Isa {
    /// Adds the two parts of each value to the totals with its id, if all values have the
    /// exponents of the units, and says whether it did. `room` is overwritten.
    ///
    /// Must be called inside
    /// [`with_default_environment`](crate::simd::with_default_environment).
    ///
    /// # Panics
    /// If there are fewer ids than values, or less room, or an id has no totals.
    pub(crate) fn add_split(
        self,
        split: Split,
        values: &[f64],
        ids: &[u64],
        room: &mut [[f64; 2]],
        totals: &mut [[f64; 2]],
    ) -> bool {
        #[inline(always)]
        fn add(
            split: Split,
            values: &[f64],
            ids: &[u64],
            room: &mut [[f64; 2]],
            totals: &mut [[f64; 2]],
        ) -> bool {
            let (lowest, span) = (split.fields.lowest as i64, split.fields.span as i64);
            let mut outside = 0;
            for value in values {
                let bits = value.to_bits();
                let above = (bits >> 52 & 0x7ff) as i64 - lowest;
                let other = if bits == 0 { 0 } else { above | (span - above) };
                outside |= other;
            }
            if outside < 0 {
                return false;
            }
            let rounder = f64::from_bits(split.rounder);
            let room = &mut room[..values.len()];
            for (parts, &value) in room.iter_mut().zip(values) {
                let upper = (value + rounder) - rounder;
                *parts = [upper, value - upper];
            }
            for (&id, parts) in ids[..values.len()].iter().zip(&*room) {
                let total = &mut totals[id as usize];
                *total = [total[0] + parts[0], total[1] + parts[1]];
            }
            true
        }
        compiled!(self, [] add(
            split: Split,
            values: &[f64],
            ids: &[u64],
            room: &mut [[f64; 2]],
            totals: &mut [[f64; 2]]
        ) -> bool)
    }
}
