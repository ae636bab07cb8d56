//! Sums and means of the columns, and of the short rows, of a matrix of floats, whose exponents
//! are mostly so close together that doubles add them up exactly.

use std::ops::Range;

use crate::batch::Statistic;
use crate::batch::axis::{Matrix, STRIPE};
use crate::batch::nearest::nearest;
use crate::batch::split_sums::integer_of;
use crate::batch::sums::UNIT_BELOW_FIELD;
use crate::column::Values;
use crate::column::elements::Elements;
use crate::float::with_sign;
use crate::natural::Divisor;
use crate::simd::{Floats, Isa, LANES, with_default_environment};

/// Rows that are added up in doubles, and the exponent of their number.
const BLOCK_LOG: u32 = 10;
const BLOCK: usize = 1 << BLOCK_LOG;

/// Floats whose rows are added up at a time.
const ROWS: usize = 4096;

/// How far the unit of integers is below that of the first block.
const SPARE: u32 = 24;

/// How far above it floats of as many rows may be: all of them are below 2^24 in units of
/// their own last bit, and together below 2^127.
const MOST_ABOVE: u32 = 54;
const MOST_ROWS: u64 = 1 << 48;

/// The sums of some columns of many rows: in doubles, and in integers from block to block.
struct Blocks {
    isa: Isa,
    totals: [f64; LANES],
    seen: Floats,
    integers: [i128; LANES],
    /// Integers are in units of the last bit of a double with this field, once there are any.
    unit: Option<u32>,
    /// Whether -0.0 is among the floats.
    negative_zeros: bool,
}

impl Blocks {
    fn new(isa: Isa) -> Self {
        Blocks {
            isa,
            totals: [0.0; LANES],
            seen: Floats::NONE,
            integers: [0; LANES],
            unit: None,
            negative_zeros: false,
        }
    }

    fn add(&mut self, rows: &[&[f32]]) {
        let (totals, seen) = (&mut self.totals, &mut self.seen);
        with_default_environment(|| self.isa.add_float_rows(rows, totals, seen));
    }

    /// Adds the totals to the integers and begins a block; whether all was exact.
    fn end_block(&mut self) -> bool {
        let seen = std::mem::replace(&mut self.seen, Floats::NONE);
        let Some((field, spread)) = seen.unit(BLOCK_LOG) else {
            return false;
        };
        self.negative_zeros |= seen.have_negative_zeros();
        if seen.are_zeros() {
            return true;
        }
        let unit = *self.unit.get_or_insert(field.saturating_sub(SPARE).max(1));
        if field < unit || field + spread > unit + MOST_ABOVE {
            return false;
        }
        for (integer, total) in self.integers.iter_mut().zip(&mut self.totals) {
            *integer += integer_of(total.to_bits(), unit.into());
            *total = 0.0;
        }
        true
    }

    fn finish(&self, what: Statistic, count: u64, results: &mut [f64]) {
        let unit = self.unit.unwrap_or(1) as i32 - UNIT_BELOW_FIELD;
        let divisor = Divisor::new(count);
        for (result, integer) in results.iter_mut().zip(self.integers) {
            let size = integer.unsigned_abs();
            let (digits, by) = match what {
                Statistic::Mean => divisor.quotient(size),
                _ => (size, 0),
            };
            *result = with_sign(nearest(digits, unit + by), integer < 0);
        }
    }
}

impl<'a> Matrix<'a> {
    /// The elements, if they are floats that all count.
    fn plain_floats(&self) -> Option<Elements<'a, f32>> {
        let Values::F32(elements) = self.elements.values else {
            return None;
        };
        let all = self.elements.is_unmasked() && !self.elements.skips_nan;
        all.then_some(elements)
    }

    /// Sums or means of at most [`LANES`] columns of floats, if that is exact in this way.
    pub(super) fn sum_float_columns(
        &self,
        isa: Isa,
        what: Statistic,
        first: usize,
        results: &mut [f64],
    ) -> bool {
        if self.plain_floats().is_none() || self.rows as u64 > MOST_ROWS {
            return false;
        }
        if self.rows <= BLOCK {
            return self.sum_in_results(isa, what, first, results);
        }
        let mut blocks = Blocks::new(isa);
        let columns = first..first + results.len();
        if !self.add_blocks(&mut blocks, &columns) || !blocks.end_block() {
            return false;
        }
        blocks.finish(what, self.rows as u64, results);
        sign_zeros(results, blocks.negative_zeros, |index| {
            self.one_by_one(what, first + index, self.columns, self.rows)
        });
        true
    }

    /// Sums or means of so few rows that the results are the totals.
    fn sum_in_results(&self, isa: Isa, what: Statistic, first: usize, results: &mut [f64]) -> bool {
        let columns = first..first + results.len();
        let mut seen = Floats::NONE;
        results.fill(0.0);
        for first in (0..self.rows).step_by(STRIPE) {
            let Some((floats, count)) = self.floats(first..self.rows, &columns) else {
                return false;
            };
            let rows = &floats[..count];
            with_default_environment(|| isa.add_float_rows(rows, results, &mut seen));
        }
        if seen.unit(BLOCK_LOG).is_none() {
            return false;
        }
        if what == Statistic::Mean {
            with_default_environment(|| isa.divide_by_count(results, self.rows as u64));
        }
        sign_zeros(results, seen.have_negative_zeros(), |index| {
            self.one_by_one(what, first + index, self.columns, self.rows)
        });
        true
    }

    /// Those of all columns, which are so few that several rows fit side by side.
    pub(super) fn sum_narrow_floats(&self, isa: Isa, what: Statistic, results: &mut [f64]) -> bool {
        let Some(elements) = self.plain_floats() else {
            return false;
        };
        if self.rows as u64 > MOST_ROWS {
            return false;
        }
        let (wide, rest) = self.side_by_side();
        let width = wide.columns;
        let mut blocks = Blocks::new(isa);
        if !wide.add_blocks(&mut blocks, &(0..width)) || !blocks.end_block() {
            return false;
        }
        let Some(rest) = elements.in_place(rest.first..rest.first + rest.len()) else {
            return false;
        };
        blocks.add(&[rest]);
        if !blocks.end_block() {
            return false;
        }
        for lane in self.columns..width {
            blocks.integers[lane % self.columns] += blocks.integers[lane];
        }
        blocks.finish(what, self.rows as u64, results);
        sign_zeros(results, blocks.negative_zeros, |index| {
            self.one_by_one(what, index, self.columns, self.rows)
        });
        true
    }

    /// Adds all rows of some columns; the last block is not ended.
    fn add_blocks(&self, blocks: &mut Blocks, columns: &Range<usize>) -> bool {
        for first in (0..self.rows).step_by(BLOCK) {
            if first > 0 && !blocks.end_block() {
                return false;
            }
            let end = self.rows.min(first.saturating_add(BLOCK));
            for first in (first..end).step_by(STRIPE) {
                let Some((floats, count)) = self.floats(first..end, columns) else {
                    return false;
                };
                blocks.add(&floats[..count]);
            }
        }
        true
    }

    /// Sums or means of short rows of floats: of as many as that is exact for in this way,
    /// which it returns.
    pub(super) fn sum_float_rows(
        &self,
        isa: Isa,
        what: Statistic,
        first: usize,
        results: &mut [f64],
    ) -> usize {
        let Some(elements) = self.plain_floats() else {
            return 0;
        };
        let most = (ROWS / self.columns).max(1);
        let mut done = 0;
        for results in results.chunks_mut(most) {
            let start = self.elements.first + (first + done) * self.columns;
            let Some(floats) = elements.in_place(start..start + results.len() * self.columns)
            else {
                return done;
            };
            let mut seen = Floats::NONE;
            with_default_environment(|| {
                isa.sum_float_rows(floats, self.columns, results, &mut seen);
            });
            if seen
                .unit(self.columns.next_power_of_two().ilog2())
                .is_none()
            {
                return done;
            }
            if what == Statistic::Mean {
                let count = self.columns as u64;
                with_default_environment(|| isa.divide_by_count(results, count));
            }
            sign_zeros(results, seen.have_negative_zeros(), |index| {
                what.of(&self.row(first + done + index))
            });
            done += results.len();
        }
        done
    }
}

/// Finds the signs of results that are zero, if there are -0.0 among the floats.
fn sign_zeros(results: &mut [f64], negative_zeros: bool, of_zeros: impl Fn(usize) -> f64) {
    if negative_zeros {
        for (index, result) in results.iter_mut().enumerate() {
            if result.to_bits() == 0 {
                *result = of_zeros(index);
            }
        }
    }
}
