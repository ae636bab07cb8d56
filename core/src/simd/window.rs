//! Windows: the scale that a block of values is split at, and what splitting finds.

/// The most values in a block.
pub(crate) const BLOCK: usize = 4096;

/// The most additions to one total in a block.
pub(super) const ADDITIONS: usize = 256;

/// Values are below 2^(`exponent` - `HEADROOM`), so that all additions to a total
/// stay within the half binade that it has to each side.
pub(super) const HEADROOM: i32 = 1 + ADDITIONS.ilog2() as i32;

/// The exponent of the first level's unit, in a window of exponent 0.
pub(super) const FIRST_UNIT: i32 = -52;

/// How far each level's unit lies below the one before: [`ADDITIONS`] halves of
/// a unit then fill half a binade of the next total.
pub(super) const GAP: i32 = 44;

/// The most levels that a kernel has.
pub(crate) const MAX_LEVELS: usize = 6;

pub(super) const HIGHEST: i32 = 1023;

/// A scale for values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(super) exponent: i32,
}

impl Window {
    /// The window for values below 2^`exponent_bound` in size, or the nearest there is
    /// for kernels of this many levels.
    ///
    /// Windows reach from where the lowest unit is 2^-1074 to where no value can be
    /// scaled down.
    pub(crate) fn for_values_below(exponent_bound: i32, levels: usize) -> Self {
        let lowest = -1074 - FIRST_UNIT + GAP * (levels as i32 - 1);
        Self {
            exponent: (exponent_bound + HEADROOM).clamp(lowest, HIGHEST),
        }
    }

    /// How many levels hold all bits of values below 2^`exponent_bound` that are whole
    /// multiples of 2^`unit`.
    pub(crate) fn levels_for(exponent_bound: i32, unit: i32) -> usize {
        let above_unit = exponent_bound + HEADROOM + FIRST_UNIT - unit;
        1 + (above_unit.max(0) as usize).div_ceil(GAP as usize)
    }

    /// Where a level's totals begin, unscaled.
    pub(super) fn bias(self, level: usize) -> f64 {
        let exponent = self.exponent - GAP * level as i32;
        // The sign, and the significand of 1.5.
        f64::from_bits(((exponent + 1023) as u64) << 52 | 1 << 63 | 1 << 51)
    }

    /// The exponent of a level's unit.
    pub(crate) fn unit(self, level: usize) -> i32 {
        self.exponent + FIRST_UNIT - GAP * level as i32
    }

    /// How many bits a level's unit lies above that of the level below it.
    pub(crate) const LEVEL_BITS: u32 = GAP as u32;
}

/// What a kernel found in a block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Levels {
    /// The sum of each level in its unit.
    pub(crate) sums: [i64; MAX_LEVELS],
    /// All first totals stayed inside; if not, the sums mean nothing.
    pub(crate) inside: bool,
    /// Nothing was rounded off. Never set by an unchecked kernel.
    pub(crate) exact: bool,
    /// There are negative zeros. Known where `exact` is set.
    pub(crate) negative_zeros: bool,
}
