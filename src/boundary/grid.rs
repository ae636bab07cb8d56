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

#[cfg(test)]
mod tests {
    use super::super::record::Refusal;
    use super::*;
    use std::ptr::{null, without_provenance};

    /// Rows of `columns` doubles: (columns, stride), (rows, stride).
    type Shape = ((usize, isize), (usize, isize));

    /// # Safety
    /// As for [`Grid::new`].
    unsafe fn grid<'a>(first: *const f64, shape: Shape) -> Outcome<Grid<'a>> {
        let ((columns, stride), (rows, row_stride)) = shape;
        // SAFETY: the same contract.
        unsafe {
            let row = Memory::new(first.cast(), columns, stride, 8, "values")?;
            Grid::new(row, rows, row_stride, "values")
        }
    }

    #[test]
    fn rows_are_within_memory() {
        const MOST: isize = isize::MAX / 8;
        let end = without_provenance::<f64>(usize::MAX - 100);
        let low = without_provenance::<f64>(200);
        let high = without_provenance::<f64>(isize::MAX as usize + 1000);
        let cases: [(*const f64, Shape, bool); 15] = [
            (null(), ((0, 8), (5, 8)), true),
            (low, ((5, 8), (0, isize::MIN)), true),
            (low, ((1, isize::MIN), (1, isize::MIN)), true),
            // As many elements as no number says, in one place.
            (low, ((usize::MAX / 2, 0), (3, 0)), false),
            (low, ((usize::MAX / 4, 0), (3, 0)), true),
            // Half the memory, in two directions or in one.
            (high, ((2, MOST * 4), (2, MOST * 3)), true),
            (high, ((2, MOST * 4), (2, -MOST * 5)), false),
            (low, ((2, MOST * 4), (2, MOST * 5)), false),
            (low, ((3, 8), (3, isize::MIN)), false),
            // Below address zero, or at it.
            (low, ((3, 8), (3, -99)), true),
            (low, ((3, 8), (3, -100)), false),
            (low, ((3, -40), (3, -61)), false),
            // Beyond the last address.
            (end, ((3, 8), (3, 38)), true),
            (end, ((3, 8), (3, 39)), false),
            (end, ((3, 24), (3, 30)), false),
        ];
        for (first, shape, is_taken) in cases {
            // SAFETY: never read.
            let outcome = unsafe { grid(first, shape) };
            let status = outcome.err().as_ref().map(Refusal::status);
            let expected = if is_taken { None } else { Some(TALLY_INVALID) };
            assert_eq!(status, expected, "{first:?} {shape:?}");
        }
    }

    #[test]
    fn elements_are_read_in_place_where_nothing_lies_between() {
        let numbers: Vec<f64> = (0..200).map(f64::from).collect();
        let mut shifted = vec![0_u8; 8 * numbers.len() + 8];
        for shift in [0, 4] {
            for (index, value) in numbers.iter().enumerate() {
                shifted[shift + 8 * index..][..8].copy_from_slice(&value.to_ne_bytes());
            }
            let memory = shifted[shift..].as_ptr();
            for (columns, stride) in [(1, 8), (1, 40), (5, 8), (5, 16), (5, -8)] {
                for (rows, row_stride) in [(1, 8), (4, 40), (4, 48), (4, -40), (4, 0), (4, 8)] {
                    let first = memory.wrapping_add(8 * 100).cast::<f64>();
                    let shape = ((columns, stride), (rows, row_stride));
                    // SAFETY: at most 32 elements before the hundredth, or behind it.
                    let grid = unsafe { grid(first, shape) }.expect("they are there");
                    let expected: Vec<f64> = (0..rows as isize)
                        .flat_map(|row| (0..columns as isize).map(move |column| (row, column)))
                        .map(|(row, column)| 100 + (row * row_stride + column * stride) / 8)
                        .map(|index| index as f64)
                        .collect();
                    for from in 0..expected.len() {
                        for to in from + 1..=expected.len() {
                            let mut seen = vec![-1.0; to - from];
                            grid.copy(from, &mut seen);
                            assert_eq!(seen, expected[from..to], "{shape:?}");
                            let is_dense = seen.windows(2).all(|two| two[1] == two[0] + 1.0);
                            let in_place = grid.in_place::<f64>(from..to);
                            assert!(in_place.is_none_or(|all| all == seen), "{shape:?}");
                            let is_aligned = first.is_aligned();
                            assert!(in_place.is_none() || is_dense && is_aligned);
                            // A part of a row, at least.
                            let of_a_row = from / columns == (to - 1) / columns;
                            let expected = is_aligned && of_a_row && (stride == 8 || columns == 1);
                            assert!(in_place.is_some() || !expected, "{shape:?} {from}..{to}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn no_elements_are_read_of_none() {
        let values = [0.0_f64; 3];
        for shape in [((0, 8), (3, 8)), ((3, 8), (0, 8)), ((0, 8), (0, 8))] {
            // SAFETY: a row is there.
            let grid = unsafe { grid(values.as_ptr(), shape) }.expect("it is there");
            grid.copy::<f64>(0, &mut []);
            assert_eq!(grid.in_place::<f64>(0..0), Some(&[][..]));
        }
    }

    #[test]
    fn an_extent_has_all_rows() {
        let values = [0.0_f64; 40];
        for (stride, row_stride, from, to) in [
            (8, 40, 20, 28),
            (-8, 40, 18, 26),
            (8, -40, 15, 23),
            (-8, -40, 13, 21),
            (0, 0, 20, 21),
        ] {
            let shape = ((3, stride), (2, row_stride));
            // SAFETY: the elements are there.
            let grid = unsafe { grid(&raw const values[20], shape) }.expect("they are there");
            let extent = grid.extent().expect("of some");
            for (index, value) in values.iter().enumerate() {
                let one = Extent::new(&raw const *value, 8).expect("it is in memory");
                let inside = (from..to).contains(&index);
                assert_eq!(extent.meets(&one), inside, "{shape:?} {index}");
            }
        }
    }
}
