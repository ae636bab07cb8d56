//! Running totals of a block by two levels: what comes before rounding is exact, and the
//! last addition is the only one that rounds.
//!
//! Each level is a total that stays within its binade, as in the other kernels: here because
//! bounds of the values say so, not by looking at the totals.

use crate::simd::isa::{Isa, compiled};

/// Bits from the unit of the second level to that of the first.
const GAP: u32 = 41;

/// Values that are added to a total, and taken out, before it is read as an integer.
pub(crate) const PREFIX_STEPS: usize = 1024;

/// How far a total's binade begins above all that adds up in it.
const ROOM: i32 = PREFIX_STEPS.ilog2() as i32;

/// The position of the lowest binade whose second level is a binade of normal numbers.
const LOWEST: i32 = 93;

/// The position of the highest one.
const HIGHEST: i32 = 1022 + 1074;

/// The two totals of a block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PrefixLevels {
    /// Their bits at zero: 1.5 times a power of two.
    pub(super) biases: [u64; 2],
    /// The position of the second one's unit.
    pub(crate) unit: usize,
}

impl PrefixLevels {
    /// The lowest ones.
    pub(crate) const LOWEST: Self = PrefixLevels {
        biases: [bias(LOWEST), bias(LOWEST - GAP as i32)],
        unit: 0,
    };

    /// Levels that hold a total from below 2^`total_end` on while values below 2^`values_end`
    /// come and go, if all of these are multiples of 2^`low`: all in units of 2^-1074.
    pub(crate) fn new(low: i32, total_end: i32, values_end: i32) -> Option<Self> {
        let end = total_end.max(values_end.saturating_add(ROOM));
        Self::at(end.saturating_add(3)).filter(|levels| low >= levels.unit as i32)
    }

    /// Levels for totals of values of up to 2^`values_end` units of 2^-1074, if there are
    /// such.
    pub(crate) fn for_values_below(values_end: i32) -> Option<Self> {
        Self::at(values_end.saturating_add(ROOM + 3))
    }

    /// Levels of which the first one's binade is at a position, or as low as it can be.
    fn at(position: i32) -> Option<Self> {
        let position = position.max(LOWEST);
        if position > HIGHEST {
            return None;
        }
        Some(PrefixLevels {
            biases: [bias(position), bias(position - GAP as i32)],
            unit: position as usize - 93,
        })
    }

    /// The largest value, of which [`PREFIX_STEPS`] leave the totals in their binades.
    pub(super) fn largest_value(&self) -> f64 {
        f64::from_bits(((self.biases[0] >> 52) - (ROOM as u64 + 3)) << 52)
    }

    /// The integer of two totals, in units of 2^[`PrefixLevels::unit`].
    pub(super) fn integer(&self, bits: [u64; 2]) -> i128 {
        let moved = |level: usize| i128::from(bits[level].wrapping_sub(self.biases[level]) as i64);
        (moved(0) << GAP) + moved(1)
    }

    /// Totals after each of `entering` has come, and before each of `leaving` gone, if there
    /// are as many and not none, from `total` on, which is in units of [`PrefixLevels::unit`].
    /// Returns what the total is in the end.
    ///
    /// Must be called inside
    /// [`with_default_environment`](crate::simd::with_default_environment), with an
    /// instruction set that has kernels.
    pub(crate) fn totals(
        &self,
        isa: Isa,
        total: i128,
        entering: &[f64],
        leaving: &[f64],
        results: &mut [f64],
    ) -> i128 {
        let first = (total + (1 << (GAP - 1))) >> GAP;
        let second = total - (first << GAP);
        let from = |bias: u64, part: i128| bias.wrapping_add_signed(part as i64);
        let biases = self.biases;
        let bits = [from(biases[0], first), from(biases[1], second)];
        let bits = compiled!(isa, [] run(
            biases: [u64; 2],
            bits: [u64; 2],
            entering: &[f64],
            leaving: &[f64],
            results: &mut [f64]
        ) -> [u64; 2]);
        self.integer(bits)
    }
}

/// The bits of the middle of a binade.
const fn bias(position: i32) -> u64 {
    ((position - 1074 + 1023) as u64) << 52 | 1 << 51
}

#[inline(always)]
fn run(
    biases: [u64; 2],
    bits: [u64; 2],
    entering: &[f64],
    leaving: &[f64],
    results: &mut [f64],
) -> [u64; 2] {
    let biases = biases.map(f64::from_bits);
    let [mut first, mut second] = bits.map(f64::from_bits);
    let mut add = |value: f64| {
        let next = first + value;
        second += value - (next - first);
        first = next;
        // Both differences are exact.
        (first - biases[0], second - biases[1])
    };
    if leaving.is_empty() {
        for (result, &value) in results.iter_mut().zip(entering) {
            let (upper, lower) = add(value);
            *result = upper + lower;
        }
    } else {
        for ((result, &value), &gone) in results.iter_mut().zip(entering).zip(leaving) {
            add(-gone);
            let (upper, lower) = add(value);
            *result = upper + lower;
        }
    }
    [first, second].map(f64::to_bits)
}
