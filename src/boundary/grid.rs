//! Rows of elements that lie a number of bytes apart.

use std::ops::Range;

use super::Outcome;
use super::pointer::{Count, Extent, Pod};
use super::record::refuse;
use super::status::tally_status::TALLY_INVALID;
use super::strided::{Memory, Strided};

/// Rows of elements, each as the first one, `stride` bytes apart.
pub struct Grid<'a> {
    first: Memory<'a>,
    rows: usize,
    stride: isize,
}

impl<'a> Grid<'a> {
    /// Checks that all rows are within memory.
    ///
    /// # Safety
    /// As for [`Strided::new`], of all rows.
    pub unsafe fn new(first: Memory<'a>, rows: usize, stride: isize, name: &str) -> Outcome<Self> {
        let grid = Grid {
            first,
            rows,
            stride,
        };
        if grid.count() == Some(0) {
            return Ok(grid);
        }
        let too_many = || {
            let rows = Count(rows);
            refuse(
                TALLY_INVALID,
                format_args!("{name}: {rows} rows {stride} bytes apart do not fit in memory"),
            )
        };
        if grid.count().is_none() {
            return Err(too_many());
        }
        // A row reaches forward or backward, and so do the rows.
        let reach = |count: usize, stride: isize| {
            let reach = (count - 1).checked_mul(stride.unsigned_abs())?;
            Some(if stride < 0 { (reach, 0) } else { (0, reach) })
        };
        let Memory { bytes, size, .. } = &grid.first;
        let parts = reach(bytes.count, bytes.stride).zip(reach(rows, stride));
        let (below, above) = parts
            .and_then(|(row, rows)| {
                let below = row.0.checked_add(rows.0)?;
                let above = row.1.checked_add(rows.1)?.checked_add(*size)?;
                let all = below.checked_add(above)?;
                (all <= isize::MAX as usize).then_some((below, above))
            })
            .ok_or_else(too_many)?;
        let first = bytes.first.addr();
        if first <= below || first.checked_add(above).is_none() {
            return Err(refuse(
                TALLY_INVALID,
                format_args!("{name}: the rows extend past the end of the address space"),
            ));
        }
        Ok(grid)
    }

    /// The same elements, column by column.
    pub fn turned(&self) -> Self {
        Grid {
            first: Memory {
                bytes: Strided {
                    count: self.rows,
                    stride: self.stride,
                    ..self.first.bytes
                },
                ..self.first
            },
            rows: self.first.bytes.count,
            stride: self.first.bytes.stride,
        }
    }

    /// Whether the elements of a column are closer together than those of a row.
    pub fn lies_by_columns(&self) -> bool {
        self.stride.unsigned_abs() < self.first.bytes.stride.unsigned_abs()
    }

    /// How many elements there are, if that is a number.
    pub fn count(&self) -> Option<usize> {
        self.first.bytes.count.checked_mul(self.rows)
    }

    /// Where all of it lies, and what is between.
    pub fn extent(&self) -> Option<Extent> {
        if self.count() == Some(0) {
            return None;
        }
        let row = self.row(self.rows - 1);
        let corners = [
            self.first.bytes.first,
            self.first.bytes.address(self.first.bytes.count - 1),
            row.bytes.first,
            row.bytes.address(row.bytes.count - 1),
        ];
        let lowest = corners.into_iter().min()?;
        let highest = corners.into_iter().max()?;
        Extent::new(lowest, highest.addr() - lowest.addr() + self.first.size)
    }

    /// A row below the number of rows.
    fn row(&self, row: usize) -> Memory<'a> {
        let first = self.first.bytes.first;
        Memory {
            bytes: Strided {
                first: first.wrapping_offset(self.stride.wrapping_mul(row as isize)),
                ..self.first.bytes
            },
            ..self.first
        }
    }

    /// Copies elements, counted row by row, from `first` on.
    pub fn copy<T: Pod>(&self, first: usize, into: &mut [T]) {
        let columns = self.first.bytes.count;
        let (mut row, mut column, mut rest) = (first, 0, into);
        if !rest.is_empty() {
            (row, column) = (first / columns, first % columns);
        }
        while !rest.is_empty() {
            assert!(row < self.rows);
            let count = rest.len().min(columns - column);
            let (part, after) = rest.split_at_mut(count);
            self.row(row).copy(column, part);
            (row, column, rest) = (row + 1, 0, after);
        }
    }

    /// Elements, counted row by row, if they are a part of a row that can be read in place,
    /// or of rows that follow each other without a gap.
    pub fn in_place<T: Pod>(&self, elements: Range<usize>) -> Option<&[T]> {
        let columns = self.first.bytes.count;
        if elements.is_empty() {
            return Some(&[]);
        }
        let (row, column) = (elements.start / columns, elements.start % columns);
        let last = (elements.end - 1) / columns;
        assert!(last < self.rows);
        let size = size_of::<T>() as isize;
        assert!(size as usize == self.first.size);
        let gapless = self.stride == size.checked_mul(columns as isize)?;
        let memory = self.row(row);
        let first = memory.bytes.address(column).cast::<T>();
        // Of one column, any stride is that of a row.
        let dense = self.first.bytes.stride == size || columns == 1;
        if !dense || !first.is_aligned() || last > row && !gapless {
            return None;
        }
        // SAFETY: aligned, not NULL, in bounds and unchanging by `new`, with nothing between;
        // any bytes make a `Pod`.
        Some(unsafe { std::slice::from_raw_parts(first, elements.len()) })
    }
}
