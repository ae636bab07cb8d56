//! Columns of a matrix that are copied into slices, a tile at a time.

use std::ops::Range;

use crate::batch::Statistic;
use crate::batch::axis::Matrix;
use crate::batch::numbers::{add_number, of_moments};
use crate::column::Column;
use crate::column::numbers::Exact;
use crate::column::read::Pairs;
use crate::moments::Moments;
use crate::simd::Isa;

/// Columns that are copied at a time, and rows of them.
const TILE: usize = 8;
const TILE_ROWS: usize = 192;

/// Some columns, side by side.
struct Tile {
    moments: [Moments; TILE],
    slices: [[f64; TILE_ROWS]; TILE],
    lengths: [usize; TILE],
}

impl Default for Tile {
    fn default() -> Self {
        Tile {
            moments: Default::default(),
            slices: [[0.0; TILE_ROWS]; TILE],
            lengths: [0; TILE],
        }
    }
}

impl Matrix<'_> {
    /// Any statistic of columns: some at a time, copied into slices.
    #[inline(never)]
    pub(super) fn copy_columns(
        &self,
        isa: Isa,
        what: Statistic,
        first: usize,
        results: &mut [f64],
    ) {
        let mut tile = Tile::default();
        for (index, results) in results.chunks_mut(TILE).enumerate() {
            let first = first + TILE * index;
            let columns = first..first + results.len();
            if !self.is_copied_at_once(isa, &columns, &mut tile) {
                self.add_tile(isa, what, &columns, &mut tile);
                for (moments, result) in tile.moments.iter().zip(results) {
                    *result = of_moments(what, moments);
                }
                continue;
            }
            for (column, result) in results.iter_mut().enumerate() {
                let values = &tile.slices[column][..tile.lengths[column]];
                *result = what.of(&Column::new(values));
            }
        }
    }

    /// Copies all rows of some columns, if there are few and they are doubles.
    fn is_copied_at_once(&self, isa: Isa, columns: &Range<usize>, tile: &mut Tile) -> bool {
        if self.rows > TILE_ROWS {
            return false;
        }
        let mut doubles = true;
        tile.lengths = [0; TILE];
        for row in 0..self.rows {
            let Tile {
                slices, lengths, ..
            } = tile;
            self.copy_row(isa, row, columns, slices, lengths, |_, _| doubles = false);
        }
        doubles
    }

    /// Adds all rows of some columns to moments.
    fn add_tile(&self, isa: Isa, what: Statistic, columns: &Range<usize>, tile: &mut Tile) {
        let squares = what.needs_squares();
        let Tile {
            moments,
            slices,
            lengths,
        } = tile;
        *moments = Default::default();
        for first in (0..self.rows).step_by(TILE_ROWS) {
            let end = self.rows.min(first.saturating_add(TILE_ROWS));
            *lengths = [0; TILE];
            for row in first..end {
                self.copy_row(isa, row, columns, slices, lengths, |column, number| {
                    add_number(&mut moments[column], number, squares);
                });
            }
            for ((moments, slice), &length) in moments.iter_mut().zip(&*slices).zip(&*lengths) {
                let values = &slice[..length];
                if squares {
                    moments.add_f64_on(isa, values);
                } else {
                    moments.sum.add_f64_on(isa, values);
                }
            }
        }
    }

    /// Copies what there is of a row, each element to the slice of its column; those that are
    /// no doubles go to `exact`.
    fn copy_row(
        &self,
        isa: Isa,
        row: usize,
        columns: &Range<usize>,
        slices: &mut [[f64; TILE_ROWS]; TILE],
        lengths: &mut [usize; TILE],
        mut exact: impl FnMut(usize, &Exact),
    ) {
        let first = row * self.columns;
        let part = self
            .elements
            .part(first + columns.start..first + columns.end);
        let mut put = |column: usize, value: f64| {
            slices[column][lengths[column]] = value;
            lengths[column] += 1;
        };
        if let Some(values) = part.plain_f64() {
            for (column, &value) in values.iter().enumerate() {
                put(column, value);
            }
            return;
        }
        let mut room = [0.0; TILE];
        let count = part.len();
        let block = Pairs::one(part).block(isa, 0..count, [0.0; 2], &mut room, &mut []);
        let Some(values) = block.x else {
            let mut numbers = [Exact::default(); TILE];
            part.exact(0..count, &mut numbers[..count]);
            for column in block.present.iter() {
                exact(column, &numbers[column]);
            }
            return;
        };
        for column in block.present.iter() {
            put(column, values[column]);
        }
    }
}
