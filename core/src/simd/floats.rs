//! Sums of columns and of rows of floats, each in one double, and what shows that these were
//! exact: plain loops, compiled once for each set of instructions.

use crate::simd::isa::{Isa, compiled};

/// Rows that are added before totals go back to memory.
const STRIPE: usize = 4;

/// The bits of a float's significand, and of a double's.
const FLOAT_DIGITS: u32 = 24;
const DIGITS: u32 = 53;

/// Infinity and NaN have this field.
const SPECIAL: u32 = 0xff;

/// A field above that of a double with the same last bit as a float of the field.
const FIELDS_ABOVE: u32 = 925;

/// Columns that are added up at a time, so that what is read twice stays in the cache.
const COLUMNS: usize = 512;

/// The floats that have been added, as far as it matters whether sums of them are exact.
#[derive(Clone, Copy)]
pub(crate) struct Floats {
    /// Of the largest size: its bits without the sign, shifted up by one.
    highest: u32,
    /// Of the smallest size that is not zero: its bits less one, so that zero is the largest.
    lowest: u32,
    /// The bits of all as integers: the least there are is -0.0.
    least: i32,
}

impl Floats {
    pub(crate) const NONE: Self = Floats {
        highest: 0,
        lowest: u32::MAX,
        least: 0,
    };

    #[inline(always)]
    fn see(&mut self, floats: &[f32]) {
        let mut seen = *self;
        for value in floats {
            let bits = value.to_bits();
            let size = bits << 1;
            seen.highest = seen.highest.max(size);
            seen.lowest = seen.lowest.min(size.wrapping_sub(1));
            seen.least = seen.least.min(bits as i32);
        }
        *self = seen;
    }

    /// If sums of up to 2^`log` of them are exact, the field of a double whose last bit is the
    /// unit of all sums, and by how many fields the floats may be above it: lemma 33 of
    /// `docs/exactness.md`.
    pub(crate) fn unit(&self, log: u32) -> Option<(u32, u32)> {
        let highest = self.highest >> 24;
        let lowest = self.lowest.wrapping_add(1) >> 24;
        if highest == SPECIAL {
            return None;
        }
        // Subnormal numbers have the unit of field 1. If all are zeros, so be it.
        let (highest, lowest) = (highest.max(1), lowest.max(1));
        let spread = highest - lowest;
        (spread + FLOAT_DIGITS + log <= DIGITS).then_some((lowest + FIELDS_ABOVE, spread))
    }

    /// Whether -0.0 is among them.
    pub(crate) fn have_negative_zeros(&self) -> bool {
        self.least == i32::MIN
    }

    /// Whether all are zeros.
    pub(crate) fn are_zeros(&self) -> bool {
        self.highest == 0
    }
}

impl Isa {
    /// Adds rows of one length to the totals of as many columns.
    ///
    /// Must be called inside
    /// [`with_default_environment`](crate::simd::with_default_environment), as the others.
    ///
    /// # Panics
    /// If there are fewer totals.
    pub(crate) fn add_float_rows(self, rows: &[&[f32]], totals: &mut [f64], seen: &mut Floats) {
        compiled!(self, [] add_rows(rows: &[&[f32]], totals: &mut [f64], seen: &mut Floats) -> ());
    }

    /// The sum of each row of a matrix, whose rows lie one after the other.
    pub(crate) fn sum_float_rows(
        self,
        floats: &[f32],
        columns: usize,
        results: &mut [f64],
        seen: &mut Floats,
    ) {
        compiled!(self, [] sum_rows(
            floats: &[f32],
            columns: usize,
            results: &mut [f64],
            seen: &mut Floats
        ) -> ());
    }

    /// Divides each total by a count below 2^53.
    pub(crate) fn divide_by_count(self, totals: &mut [f64], count: u64) {
        #[inline(always)]
        fn divide(totals: &mut [f64], count: u64) {
            let count = count as f64;
            for total in totals {
                *total /= count;
            }
        }
        compiled!(self, [] divide(totals: &mut [f64], count: u64) -> ());
    }
}

#[inline(always)]
fn add_rows(rows: &[&[f32]], totals: &mut [f64], seen: &mut Floats) {
    let (stripes, rest) = rows.as_chunks::<STRIPE>();
    for stripe in stripes {
        add_stripe(stripe, totals, seen);
    }
    match *rest {
        [a, b, c] => add_stripe(&[a, b, c], totals, seen),
        [a, b] => add_stripe(&[a, b], totals, seen),
        [a] => add_stripe(&[a], totals, seen),
        _ => {}
    }
}

#[inline(always)]
fn add_stripe<const ROWS: usize>(rows: &[&[f32]; ROWS], totals: &mut [f64], seen: &mut Floats) {
    let count = rows[0].len();
    for first in (0..count).step_by(COLUMNS) {
        let columns = first..count.min(first + COLUMNS);
        let rows = rows.map(|row| &row[columns.clone()]);
        for row in rows {
            seen.see(row);
        }
        let totals = &mut totals[columns];
        let rows = rows.map(|row| &row[..totals.len()]);
        for (column, total) in totals.iter_mut().enumerate() {
            let mut sum = *total;
            for row in rows {
                sum += f64::from(row[column]);
            }
            *total = sum;
        }
    }
}

#[inline(always)]
fn sum_rows(floats: &[f32], columns: usize, results: &mut [f64], seen: &mut Floats) {
    seen.see(floats);
    match columns {
        2 => sum_rows_of::<2>(floats, results),
        3 => sum_rows_of::<3>(floats, results),
        4 => sum_rows_of::<4>(floats, results),
        _ => {
            for (row, result) in floats.chunks_exact(columns).zip(results) {
                // Not -0.0, from which a sum of floats would begin.
                *result = row.iter().fold(0.0, |sum, &value| sum + f64::from(value));
            }
        }
    }
}

#[inline(always)]
fn sum_rows_of<const COLUMNS: usize>(floats: &[f32], results: &mut [f64]) {
    let (rows, _) = floats.as_chunks::<COLUMNS>();
    for (row, result) in rows.iter().zip(results) {
        *result = row.iter().fold(0.0, |sum, &value| sum + f64::from(value));
    }
}
