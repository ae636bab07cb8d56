//! Ids of groups, of any integer type.

use std::ops::Range;

use crate::batch::error::GroupError;
use crate::column::Column;
use crate::column::elements::{Elements, Values};
use crate::column::mask::{Present, ROWS};
use crate::simd::{Id, Isa};

/// A column of ids, each below a number of groups where it is there.
#[derive(Clone, Copy)]
pub(super) struct Ids<'a> {
    column: Column<'a>,
    /// How many groups there are.
    pub(super) groups: usize,
    /// How often an id is not the one before, if none is below it and none is missing.
    pub(super) changes: Option<usize>,
}

/// An expression of elements of any integer type.
macro_rules! of_integers {
    ($values:expr, $elements:ident => $then:expr) => {
        match $values {
            Values::I8($elements) => $then,
            Values::I16($elements) => $then,
            Values::I32($elements) => $then,
            Values::I64($elements) => $then,
            Values::U8($elements) => $then,
            Values::U16($elements) => $then,
            Values::U32($elements) => $then,
            Values::U64($elements) => $then,
            Values::Bool($elements) => $then,
            Values::F64(_) | Values::F32(_) | Values::F16(_) | Values::Bf16(_) => {
                return Err(GroupError::NotIntegers);
            }
        }
    };
}

impl<'a> Ids<'a> {
    /// Refuses floats, and an id that is none of `groups`.
    pub(super) fn new(isa: Isa, column: &Column<'a>, groups: usize) -> Result<Self, GroupError> {
        let changes =
            of_integers!(column.values, elements => check(isa, column, &elements, groups)?);
        Ok(Ids {
            column: *column,
            groups,
            changes,
        })
    }

    pub(super) fn rows(&self) -> usize {
        self.column.rows
    }

    /// Some of the rows.
    pub(super) fn part(&self, rows: Range<usize>) -> Self {
        Ids {
            column: self.column.part(rows),
            ..*self
        }
    }

    /// Copies the ids of some rows.
    pub(super) fn read(&self, isa: Isa, rows: Range<usize>, into: &mut [u64]) {
        let first = self.column.first + rows.start;
        let mut copy = || {
            of_integers!(self.column.values, elements => read(isa, &elements, first, into));
            Ok(())
        };
        // Floats were refused.
        let _: Result<(), GroupError> = copy();
    }

    /// Leaves out rows of which the id is missing.
    pub(super) fn leave_out_missing(&self, isa: Isa, rows: Range<usize>, present: &mut Present) {
        self.column.apply_mask(isa, rows, present);
    }
}

/// Elements that are copied at a time before they are converted.
const PART: usize = 240;

// Out of line, so that no more than one has its room on the stack.
#[inline(never)]
fn read<T: Id>(isa: Isa, elements: &Elements<'_, T>, first: usize, into: &mut [u64]) {
    if let Some(values) = elements.in_place(first..first + into.len()) {
        return isa.indices(values, into);
    }
    let mut room = [T::default(); PART];
    let mut first = first;
    for part in into.chunks_mut(PART) {
        let values = &mut room[..part.len()];
        elements.read(first, values);
        isa.indices(values, part);
        first += part.len();
    }
}

/// The elements of some rows, copied if they do not lie side by side.
fn of_rows<'b, T: Copy>(
    column: &Column<'_>,
    elements: &Elements<'b, T>,
    rows: Range<usize>,
    room: &'b mut [T; ROWS],
) -> &'b [T] {
    let first = column.first + rows.start;
    if let Some(values) = elements.in_place(first..first + rows.len()) {
        return values;
    }
    let room = &mut room[..rows.len()];
    elements.read(first, room);
    room
}

/// How often the id changes, if they are sorted, after refusing one that is out of range.
#[inline(never)]
fn check<T: Id>(
    isa: Isa,
    column: &Column<'_>,
    elements: &Elements<'_, T>,
    groups: usize,
) -> Result<Option<usize>, GroupError> {
    let mut room = [T::default(); ROWS];
    let mut changes = column.is_unmasked().then_some(0);
    let mut before: Option<T> = None;
    for first in (0..column.rows).step_by(ROWS) {
        let rows = first..column.rows.min(first.saturating_add(ROWS));
        let mut present = Present::all(rows.len());
        column.apply_mask(isa, rows.clone(), &mut present);
        if present.are_none() {
            continue;
        }
        let ids = of_rows(column, elements, rows.clone(), &mut room);
        let is_out = |id: T| id.index() >= groups as u64;
        // Those that are missing may be any.
        if isa.largest_index(ids) >= groups as u64
            && let Some(row) = present.iter().find(|&row| is_out(ids[row]))
        {
            return Err(GroupError::NoGroup { row: first + row });
        }
        if let Some(so_far) = changes
            && let (Some(id), Some(last)) = (ids.first(), ids.last())
        {
            let between = [before.unwrap_or(*id), *id];
            before = Some(*last);
            let here = [isa.changes(&between), isa.changes(ids)];
            changes = here
                .into_iter()
                .try_fold(so_far, |all, more| Some(all + more?));
        }
    }
    Ok(changes)
}
