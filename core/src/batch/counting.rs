//! Counts of columns and rows of a matrix, by masks and a search for NaN, without
//! reading any other value.

use std::ops::Range;

use crate::batch::axis::{Axis, Matrix};
use crate::batch::{of_count, put_counts};
use crate::column::Column;
use crate::column::mask::ROWS;
use crate::simd::Isa;

/// Results that are counted at a time.
const PART: usize = 256;

/// Columns that are counted at a time: some words of a mask.
const WIDTH: usize = 512;

/// Binary digits of the counts of a few rows.
const PLANES: usize = 8;

impl Matrix<'_> {
    /// How much counts of columns or rows from one on.
    pub(super) fn count(&self, isa: Isa, axis: Axis, first: usize, results: &mut [f64]) {
        let each = match axis {
            Axis::Columns => self.rows,
            Axis::Rows => self.columns,
        };
        if each == 0 || self.elements.counts_all() {
            return results.fill(of_count(each as u64));
        }
        match axis {
            Axis::Columns => {
                let mut counts = [0; WIDTH];
                for (index, results) in results.chunks_mut(WIDTH).enumerate() {
                    let counts = &mut counts[..results.len()];
                    self.count_columns(isa, first + WIDTH * index, counts);
                    put_counts(isa, counts, results);
                }
            }
            Axis::Rows => {
                let mut counts = [0; PART];
                for (index, results) in results.chunks_mut(PART).enumerate() {
                    let counts = &mut counts[..results.len()];
                    self.count_rows(isa, first + PART * index, counts);
                    put_counts(isa, counts, results);
                }
            }
        }
    }

    /// How many elements of rows from one on count.
    pub(super) fn count_rows(&self, isa: Isa, first: usize, counts: &mut [u64]) {
        let columns = self.columns;
        let side_by_side = ROWS / columns.max(1);
        if side_by_side == 0 {
            for (row, count) in counts.iter_mut().enumerate() {
                *count = self.row(first + row).count();
            }
            return;
        }
        for (index, counts) in counts.chunks_mut(side_by_side).enumerate() {
            let start = (first + side_by_side * index) * columns;
            let elements = start..start + counts.len() * columns;
            let present = self.elements.present(isa, elements);
            for (row, count) in counts.iter_mut().enumerate() {
                *count = present.count_in(row * columns..(row + 1) * columns) as u64;
            }
        }
    }

    /// How many elements of columns from one on count: of at most [`WIDTH`] columns.
    #[inline(never)]
    pub(super) fn count_columns(&self, isa: Isa, first: usize, counts: &mut [u64]) {
        let mut columns = ColumnCounts::default();
        let count = counts.len();
        if count == self.columns && 2 * count <= WIDTH {
            columns.add_narrow(isa, self);
        } else {
            for row in 0..self.rows {
                let start = row * self.columns + first;
                columns.add(isa, &self.elements, start..start + count);
            }
        }
        columns.flush();
        counts.fill(0);
        // Of narrow rows there are several side by side.
        for columns in columns.counts.chunks(self.columns) {
            for (count, of_column) in counts.iter_mut().zip(columns) {
                *count += of_column;
            }
        }
    }
}

/// Counts of columns. Those of a few rows are held by their binary digits, 64 columns a word.
struct ColumnCounts {
    counts: [u64; WIDTH],
    planes: [[u64; WIDTH / 64]; PLANES],
    rows: usize,
}

impl Default for ColumnCounts {
    fn default() -> Self {
        ColumnCounts {
            counts: [0; WIDTH],
            planes: Default::default(),
            rows: 0,
        }
    }
}

impl ColumnCounts {
    /// Several rows side by side, the last ones too.
    fn add_narrow(&mut self, isa: Isa, matrix: &Matrix<'_>) {
        let (columns, elements) = (matrix.columns, &matrix.elements);
        let width = WIDTH / columns * columns;
        for first in (0..elements.len()).step_by(width) {
            self.add(isa, elements, first..elements.len().min(first + width));
        }
    }

    /// A row: one more for each column of which the element counts.
    fn add(&mut self, isa: Isa, elements: &Column<'_>, row: Range<usize>) {
        let present = elements.present(isa, row);
        for (index, &word) in present.words().iter().enumerate() {
            let mut carry = word;
            for plane in &mut self.planes {
                let both = plane[index] & carry;
                plane[index] ^= carry;
                carry = both;
            }
        }
        self.rows += 1;
        if self.rows == (1 << PLANES) - 1 {
            self.flush();
        }
    }

    fn flush(&mut self) {
        for (index, counts) in self.counts.chunks_mut(64).enumerate() {
            for (digit, plane) in self.planes.iter().enumerate() {
                let word = plane[index];
                for (bit, count) in counts.iter_mut().enumerate() {
                    *count += (word >> bit & 1) << digit;
                }
            }
        }
        self.planes = Default::default();
        self.rows = 0;
    }
}
