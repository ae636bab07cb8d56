//! Reductions along an axis of a matrix.
//!
//! Sums along short rows, and of columns, are computed in lanes: the totals of many
//! results at once, so that memory is read in order. For values that lanes cannot hold,
//! and for other statistics of columns, the columns are copied, a tile at a time.

use std::ops::Range;

use crate::batch::lane_sums::LaneSums;
use crate::batch::numbers::{add_number, of_moments};
use crate::batch::{Statistic, shared_out};
use crate::column::numbers::Exact;
use crate::column::{Column, Values};
use crate::float::Binary;
use crate::moments::Moments;
use crate::simd::{Isa, LANES, PREFIX_STEPS, PrefixLevels};
use crate::workers::Workers;

/// Rows of at most as many elements go through lanes.
pub(super) const SHORT: usize = 32;

/// Rows that are handed to lanes at a time.
pub(super) const STRIPE: usize = 8;

/// After columns for all lanes were refused as often, one time after the other, no more floats
/// are tried.
const REFUSALS: u32 = 2;

/// Binades above a sample for what is not in it.
pub(super) const MARGIN: i32 = 2;

/// Elements for each thread from which on one more pays.
const SHARE: usize = 1 << 17;

/// The axis of a matrix along which it is reduced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Axis {
    /// One result for each column: axis 0.
    Columns,
    /// One result for each row: axis 1.
    Rows,
}

/// A matrix, as a column of all its elements, row by row.
#[derive(Clone, Copy, Debug)]
pub struct Matrix<'a> {
    pub(super) elements: Column<'a>,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

impl<'a> Matrix<'a> {
    /// A matrix of `rows` rows, whose elements, and mask if there is one, are given row
    /// by row.
    ///
    /// ```
    /// use tally_core::{Axis, Column, Matrix, Statistic};
    ///
    /// let elements = [1.0, 2.0, 3.0, 4.0, 5.0, 9.0];
    /// let matrix = Matrix::new(Column::new(&elements), 2, 3);
    /// let (mut sums, mut means) = ([0.0; 3], [0.0; 2]);
    /// matrix.reduce(Axis::Columns, Statistic::Sum, &mut sums);
    /// matrix.reduce(Axis::Rows, Statistic::Mean, &mut means);
    /// assert_eq!(sums, [5.0, 7.0, 12.0]);
    /// assert_eq!(means, [2.0, 6.0]);
    /// ```
    ///
    /// # Panics
    /// If there are not as many elements.
    pub fn new(elements: Column<'a>, rows: usize, columns: usize) -> Self {
        let count = rows.checked_mul(columns);
        assert_eq!(count, Some(elements.len()), "rows times columns");
        Matrix {
            elements,
            columns,
            rows,
        }
    }

    /// The number of results along an axis.
    pub fn results(&self, axis: Axis) -> usize {
        match axis {
            Axis::Columns => self.columns,
            Axis::Rows => self.rows,
        }
    }

    /// Computes a statistic of each column or of each row, exact and rounded once.
    ///
    /// # Panics
    /// If there are not as many results.
    pub fn reduce(&self, axis: Axis, what: Statistic, results: &mut [f64]) {
        self.reduce_on(Isa::best(), axis, what, results);
    }

    /// [`Matrix::reduce`] with the given instruction set.
    ///
    /// # Panics
    /// If there are not as many results.
    #[doc(hidden)]
    pub fn reduce_on(&self, isa: Isa, axis: Axis, what: Statistic, results: &mut [f64]) {
        assert_eq!(results.len(), self.results(axis), "a result for each");
        self.part(isa, axis, what, 0, results);
    }

    /// [`Matrix::reduce`] on several threads.
    ///
    /// # Panics
    /// If there are not as many results.
    pub fn reduce_parallel(
        &self,
        workers: &impl Workers,
        axis: Axis,
        what: Statistic,
        results: &mut [f64],
    ) {
        assert_eq!(results.len(), self.results(axis), "a result for each");
        // Whole lanes.
        let each = self.elements.len() / results.len().max(1);
        let share = SHARE.div_ceil(each.max(1)).next_multiple_of(LANES);
        shared_out(workers, share, results, |first, results| {
            self.part(Isa::best(), axis, what, first, results);
        });
    }

    /// Some of the results, from one on.
    #[doc(hidden)]
    pub fn reduce_from(&self, axis: Axis, what: Statistic, first: usize, results: &mut [f64]) {
        self.part(Isa::best(), axis, what, first, results);
    }

    fn part(&self, isa: Isa, axis: Axis, what: Statistic, first: usize, results: &mut [f64]) {
        if what == Statistic::Count {
            return self.count(isa, axis, first, results);
        }
        let sums = matches!(what, Statistic::Sum | Statistic::Mean);
        let lanes = sums && isa.has_kernels() && self.rows > 0 && self.columns > 0;
        match axis {
            Axis::Columns if lanes => self.sum_columns(isa, what, first, results),
            Axis::Columns => self.copy_columns(isa, what, first, results),
            Axis::Rows if lanes && self.columns <= SHORT => {
                self.sum_short_rows(isa, what, first, results);
            }
            Axis::Rows => {
                for (row, result) in results.iter_mut().enumerate() {
                    *result = what.of(&self.row(first + row));
                }
            }
        }
    }

    pub(super) fn row(&self, row: usize) -> Column<'a> {
        let first = row * self.columns;
        self.elements.part(first..first + self.columns)
    }

    /// Sums or means of columns.
    fn sum_columns(&self, isa: Isa, what: Statistic, first: usize, results: &mut [f64]) {
        let is_narrow = 2 * self.columns <= LANES && results.len() == self.columns;
        if is_narrow && self.sum_narrow_floats(isa, what, results) {
            return;
        }
        let mut sums = LaneSums::new(isa, self.rows);
        if is_narrow && self.add_narrow(&mut sums) {
            self.count_for(what, &mut sums, 0, results.len());
            sums.finish(what, results, |lane| {
                self.one_by_one(what, lane, self.columns, self.rows)
            });
            return;
        }
        let mut refused = 0;
        for (index, results) in results.chunks_mut(LANES).enumerate() {
            let first = first + LANES * index;
            let columns = first..first + results.len();
            if refused < REFUSALS {
                if self.sum_float_columns(isa, what, first, results) {
                    refused = 0;
                    continue;
                }
                refused += 1;
            }
            let guess = sums.levels.or_else(|| self.guess(isa, columns.clone()));
            let mut done =
                guess.is_some_and(|levels| self.add_columns(&mut sums, levels, columns.clone()));
            if !done {
                let exact = self.bound(isa, columns.clone());
                let exact = exact.and_then(PrefixLevels::for_values_below);
                done = exact
                    .is_some_and(|levels| self.add_columns(&mut sums, levels, columns.clone()));
            }
            if !done {
                self.copy_columns(isa, what, first, results);
                continue;
            }
            self.count_for(what, &mut sums, first, results.len());
            sums.finish(what, results, |lane| {
                self.one_by_one(what, first + lane, self.columns, self.rows)
            });
        }
    }

    /// Counts what there is of some columns, for means of which some elements may be missing.
    fn count_for(&self, what: Statistic, sums: &mut LaneSums, first: usize, columns: usize) {
        if what == Statistic::Mean && !self.elements.counts_all() {
            self.count_columns(sums.isa, first, &mut sums.counts[..columns]);
        }
    }

    /// Adds all rows of some columns to lanes; whether these hold them.
    fn add_columns(
        &self,
        sums: &mut LaneSums,
        levels: PrefixLevels,
        columns: Range<usize>,
    ) -> bool {
        sums.begin(levels);
        let mut rooms = [[0.0; LANES]; STRIPE];
        for first in (0..self.rows).step_by(PREFIX_STEPS) {
            let block = first..self.rows.min(first.saturating_add(PREFIX_STEPS));
            for first in block.clone().step_by(STRIPE) {
                if let Some((floats, count)) = self.floats(first..block.end, &columns) {
                    sums.add(&floats[..count]);
                    continue;
                }
                let mut stripe = [&[][..]; STRIPE];
                let mut count = 0;
                for (room, place) in rooms.iter_mut().zip(&mut stripe) {
                    if first + count == block.end {
                        break;
                    }
                    let Some(row) = self.segment(sums.isa, first + count, &columns, room) else {
                        return false;
                    };
                    *place = row;
                    count += 1;
                }
                sums.add(&stripe[..count]);
            }
            if !sums.end_block(columns.len(), block.end == self.rows) {
                return false;
            }
        }
        true
    }

    /// Adds all rows of few columns to lanes, several rows side by side; whether these hold
    /// them.
    fn add_narrow(&self, sums: &mut LaneSums) -> bool {
        let (wide, rest) = self.side_by_side();
        let width = wide.columns;
        let mut room = [0.0; LANES];
        let (isa, all) = (sums.isa, 0..width);
        let levels = match wide.rows {
            0 => rest
                .all_doubles(isa, &mut room)
                .and_then(|values| bound_of(isa, values))
                .and_then(PrefixLevels::for_values_below),
            _ => wide.guess(isa, all.clone()),
        };
        let Some(levels) = levels else {
            return false;
        };
        sums.begin(levels);
        if !wide.add_columns(sums, levels, all) || !sums.end_block(width, false) {
            return false;
        }
        let Some(values) = rest.all_doubles(isa, &mut room) else {
            return false;
        };
        sums.add(&[values]);
        if !sums.end_block(width, false) {
            return false;
        }
        sums.fold(self.columns, width);
        true
    }

    /// As many rows side by side as there are lanes for, as one, and the elements that are left.
    pub(super) fn side_by_side(&self) -> (Self, Column<'a>) {
        let rows = LANES / self.columns;
        let wide = Matrix {
            elements: self
                .elements
                .part(0..self.rows / rows * rows * self.columns),
            columns: rows * self.columns,
            rows: self.rows / rows,
        };
        let rest = wide.elements.len()..self.elements.len();
        (wide, self.elements.part(rest))
    }

    /// The next rows' parts, if they are floats that lie side by side.
    #[inline]
    pub(super) fn floats(
        &self,
        rows: Range<usize>,
        columns: &Range<usize>,
    ) -> Option<([&'a [f32]; STRIPE], usize)> {
        let Values::F32(elements) = self.elements.values else {
            return None;
        };
        if !self.elements.is_unmasked() || self.elements.skips_nan {
            return None;
        }
        let mut stripe = [&[][..]; STRIPE];
        let count = rows.len().min(STRIPE);
        for (place, row) in stripe.iter_mut().zip(rows) {
            let first = self.elements.first + row * self.columns;
            *place = elements.in_place(first + columns.start..first + columns.end)?;
        }
        Some((stripe, count))
    }

    /// A part of a row, with zeros for what is not there; `None` if some are no doubles.
    fn segment<'b>(
        &self,
        isa: Isa,
        row: usize,
        columns: &Range<usize>,
        room: &'b mut [f64],
    ) -> Option<&'b [f64]>
    where
        'a: 'b,
    {
        let first = row * self.columns;
        let rows = first + columns.start..first + columns.end;
        let part = self.elements.part(rows);
        part.all_doubles(isa, room)
    }

    /// Levels for what some columns are likely to hold.
    fn guess(&self, isa: Isa, columns: Range<usize>) -> Option<PrefixLevels> {
        let mut room = [0.0; LANES];
        let mut end = 0;
        for row in [0, self.rows / 3, self.rows / 3 * 2] {
            let values = self.segment(isa, row, &columns, &mut room)?;
            end = end.max(bound_of(isa, values)?);
        }
        PrefixLevels::for_values_below(end + MARGIN)
    }

    /// The position above all values of some columns, if these are finite doubles.
    fn bound(&self, isa: Isa, columns: Range<usize>) -> Option<i32> {
        let mut room = [0.0; LANES];
        let mut end = 0;
        for row in 0..self.rows {
            let values = self.segment(isa, row, &columns, &mut room)?;
            end = end.max(bound_of(isa, values)?);
        }
        Some(end)
    }

    /// The sum or mean of elements some way apart: for what is zero, to find its sign.
    #[cold]
    pub(super) fn one_by_one(
        &self,
        what: Statistic,
        first: usize,
        step: usize,
        count: usize,
    ) -> f64 {
        let mut moments = Moments::new();
        for index in 0..count {
            let element = first + step * index;
            let part = self.elements.part(element..element + 1);
            if part.count() == 1 {
                let mut number = [Exact::default()];
                part.exact(0..1, &mut number);
                add_number(&mut moments, &number[0], false);
            }
        }
        of_moments(what, &moments)
    }
}

/// The position above all values, if these are finite.
pub(super) fn bound_of(isa: Isa, values: &[f64]) -> Option<i32> {
    let exponents = isa.exponents(values);
    let end = f64::position(exponents.highest) + f64::FRACTION_BITS as usize + 1;
    (exponents.highest != f64::SPECIAL).then_some(end as i32)
}
