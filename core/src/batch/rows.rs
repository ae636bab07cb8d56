//! The rows of a column that count, with the ids of their groups, in blocks.

use std::ops::Range;

use crate::batch::ids::Ids;
use crate::column::Column;
use crate::column::elements::{Elements, Values};
use crate::column::mask::{Present, ROWS};
use crate::column::read::Pairs;
use crate::element::Bool;
use crate::simd::Isa;

/// Elements that are copied at a time before they are converted.
const PART: usize = 240;

/// What elements of a column are taken as: doubles, where each is one, or 64-bit integers.
pub(super) trait Number: Copy + Default + Sync + 'static {
    /// Hands out blocks of rows, which of them are there, and their numbers, with something
    /// else in the places of what is not.
    fn for_each_block(
        isa: Isa,
        values: &Column<'_>,
        take: impl FnMut(Range<usize>, Present, &[Self]),
    );

    /// Side by side.
    fn column(values: &[Self]) -> Column<'_>;
}

impl Number for f64 {
    fn for_each_block(
        isa: Isa,
        values: &Column<'_>,
        mut take: impl FnMut(Range<usize>, Present, &[Self]),
    ) {
        Pairs::one(*values).for_each(isa, [0.0; 2], |block| {
            // Only 64-bit integers may be no doubles.
            take(block.rows, block.present, block.x.unwrap_or_default());
        });
    }

    fn column(values: &[Self]) -> Column<'_> {
        Column::new(values)
    }
}

impl Number for i64 {
    /// Of any integers but `u64`.
    fn for_each_block(
        isa: Isa,
        values: &Column<'_>,
        take: impl FnMut(Range<usize>, Present, &[Self]),
    ) {
        match &values.values {
            Values::I64(elements) => for_each_block_of(isa, values, elements, take),
            Values::I32(elements) => for_each_converted(isa, values, elements, take),
            Values::I16(elements) => for_each_converted(isa, values, elements, take),
            Values::I8(elements) => for_each_converted(isa, values, elements, take),
            Values::U32(elements) => for_each_converted(isa, values, elements, take),
            Values::U16(elements) => for_each_converted(isa, values, elements, take),
            Values::U8(elements) => for_each_converted(isa, values, elements, take),
            Values::Bool(elements) => for_each_converted(isa, values, elements, take),
            Values::U64(_) | Values::F64(_) | Values::F32(_) | Values::F16(_) | Values::Bf16(_) => {
                unreachable!("not of i64")
            }
        }
    }

    fn column(values: &[Self]) -> Column<'_> {
        Column::new(values)
    }
}

impl Number for u64 {
    fn for_each_block(
        isa: Isa,
        values: &Column<'_>,
        take: impl FnMut(Range<usize>, Present, &[Self]),
    ) {
        match &values.values {
            Values::U64(elements) => for_each_block_of(isa, values, elements, take),
            _ => unreachable!("not of u64"),
        }
    }

    fn column(values: &[Self]) -> Column<'_> {
        Column::new(values)
    }
}

/// Elements as they are.
#[inline(never)]
fn for_each_block_of<T: Number>(
    isa: Isa,
    column: &Column<'_>,
    elements: &Elements<'_, T>,
    mut take: impl FnMut(Range<usize>, Present, &[T]),
) {
    let mut room = [T::default(); ROWS];
    for_each_mask(isa, column, |rows, present| {
        let start = column.first + rows.start;
        let values = match elements.in_place(start..start + rows.len()) {
            Some(values) => values,
            None => {
                elements.read(start, &mut room[..rows.len()]);
                &room[..rows.len()]
            }
        };
        take(rows, present, values);
    });
}

/// Elements that become those of another type.
// Out of line, so that no more than one has its rooms on the stack.
#[inline(never)]
fn for_each_converted<S: Copy + Default, T: Number + From<S>>(
    isa: Isa,
    column: &Column<'_>,
    elements: &Elements<'_, S>,
    mut take: impl FnMut(Range<usize>, Present, &[T]),
) {
    let mut room = [S::default(); PART];
    let mut converted = [T::default(); ROWS];
    for_each_mask(isa, column, |rows, present| {
        let mut first = column.first + rows.start;
        let converted = &mut converted[..rows.len()];
        for part in converted.chunks_mut(PART) {
            let values = &mut room[..part.len()];
            elements.read(first, values);
            for (to, &from) in part.iter_mut().zip(&*values) {
                *to = from.into();
            }
            first += part.len();
        }
        take(rows, present, converted);
    });
}

/// Blocks of rows, and what the mask leaves of them.
fn for_each_mask(isa: Isa, column: &Column<'_>, mut take: impl FnMut(Range<usize>, Present)) {
    for first in (0..column.rows).step_by(ROWS) {
        let rows = first..column.rows.min(first.saturating_add(ROWS));
        let mut present = Present::all(rows.len());
        column.apply_mask(isa, rows.clone(), &mut present);
        take(rows, present);
    }
}

impl From<Bool> for i64 {
    fn from(value: Bool) -> Self {
        value.number().into()
    }
}

/// Hands out the ids and the numbers of the rows that count, as many of both.
pub(super) fn for_each_part<T: Number>(
    isa: Isa,
    values: &Column<'_>,
    ids: &Ids<'_>,
    mut take: impl FnMut(&[u64], &[T]),
) {
    let mut ids_room = [0; ROWS];
    let mut values_room = [T::default(); ROWS];
    T::for_each_block(isa, values, |rows, mut present, values| {
        let room = &mut ids_room[..rows.len()];
        ids.read(isa, rows.clone(), room);
        ids.leave_out_missing(isa, rows, &mut present);
        if present.are_all() {
            return take(room, values);
        }
        let mut kept = 0;
        for (row, &value) in values.iter().enumerate() {
            room[kept] = room[row];
            values_room[kept] = value;
            kept += usize::from(present.has(row));
        }
        take(&room[..kept], &values_room[..kept]);
    });
}
