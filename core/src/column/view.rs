//! The description of a column.

use std::ops::Range;

use crate::column::elements::Values;
use crate::column::mask::{Mask, Present};
use crate::simd::Isa;

/// A view of values in memory: their type, their layout, and which of them count.
///
/// ```
/// use tally_core::Column;
///
/// let prices = [1.5_f32, f32::NAN, 2.25];
/// let column = Column::new(&prices).skip_nan();
/// assert_eq!(column.sum(), Ok(3.75));
/// assert_eq!(column.count(), 2);
///
/// let flags = [true, false, true];
/// assert_eq!(Column::new(&[7_u8, 8, 9]).with_bytes(&flags.map(u8::from)).mean(), Ok(8.0));
/// ```
///
/// Integers are converted without loss, however large. An element that the mask leaves
/// out is skipped, and so is NaN after [`Column::skip_nan`]; in a pair of columns its
/// partner is skipped with it.
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    pub(crate) values: Values<'a>,
    pub(crate) mask: Mask<'a>,
    /// The element that the mask begins with.
    pub(crate) mask_first: usize,
    pub(crate) skips_nan: bool,
    /// The first row, and how many there are.
    pub(crate) first: usize,
    pub(crate) rows: usize,
    /// What is taken from 64-bit integers as they are read, in two's complement.
    pub(crate) base: u64,
}

impl<'a> Column<'a> {
    /// All of `values`: a slice, [`Elements`](crate::Elements), or [`Values`].
    pub fn new(values: impl Into<Values<'a>>) -> Self {
        let values = values.into();
        Column {
            values,
            mask: Mask::All,
            mask_first: 0,
            skips_nan: false,
            first: 0,
            rows: values.count(),
            base: 0,
        }
    }

    /// Skips elements whose bit is not set: that of element `i` is bit `offset + i`,
    /// counting from the least significant bit of each byte (Arrow's layout).
    ///
    /// # Panics
    /// If there are fewer bits.
    #[must_use]
    pub fn with_bits(self, bits: &'a [u8], offset: usize) -> Self {
        let end = offset.checked_add(self.rows);
        let bytes = end.map(|end| end.div_ceil(8));
        assert!(
            bytes.is_some_and(|bytes| bytes <= bits.len()),
            "too few bits"
        );
        Column {
            mask: Mask::Bits(bits, offset),
            mask_first: self.first,
            ..self
        }
    }

    /// Skips elements whose byte is 0.
    ///
    /// # Panics
    /// If there are fewer bytes.
    #[must_use]
    pub fn with_bytes(self, bytes: &'a [u8]) -> Self {
        assert!(self.rows <= bytes.len(), "too few bytes");
        Column {
            mask: Mask::Bytes(bytes),
            mask_first: self.first,
            ..self
        }
    }

    /// Skips NaN.
    #[must_use]
    pub fn skip_nan(self) -> Self {
        Column {
            skips_nan: true,
            ..self
        }
    }

    /// The number of elements, including skipped ones.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are no elements, not even skipped ones.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Some of the rows, as a column.
    ///
    /// # Panics
    /// If there are fewer.
    #[must_use]
    pub fn part(&self, rows: Range<usize>) -> Self {
        assert!(rows.start <= rows.end && rows.end <= self.rows);
        Column {
            first: self.first + rows.start,
            rows: rows.len(),
            ..*self
        }
    }

    /// The values, if they are doubles side by side and all count as they are.
    #[doc(hidden)]
    #[inline]
    pub fn plain_f64(&self) -> Option<&'a [f64]> {
        match (self.values, self.mask, self.skips_nan) {
            (Values::F64(elements), Mask::All, false) => {
                elements.in_place(self.first..self.first + self.rows)
            }
            _ => None,
        }
    }

    /// Nothing is masked out.
    pub(crate) fn is_unmasked(&self) -> bool {
        matches!(self.mask, Mask::All)
    }

    /// One element counts as often as there are rows.
    pub(crate) fn is_repeated(&self) -> bool {
        self.is_unmasked() && self.values.are_one()
    }

    /// Which of these rows the mask leaves.
    pub(crate) fn apply_mask(&self, isa: Isa, rows: Range<usize>, present: &mut Present) {
        let first = self.first - self.mask_first;
        let rows = first + rows.start..first + rows.end;
        present.apply(isa, &self.mask, rows);
    }
}
