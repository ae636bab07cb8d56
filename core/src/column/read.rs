//! Blocks of rows, as doubles and as exact numbers.

use std::ops::Range;

use crate::column::elements::{Elements, Values, of_any_type};
use crate::column::mask::{PAIRS, Present, ROWS};
use crate::column::numbers::{AsDouble, Exact, PART};
use crate::column::view::Column;
use crate::element::MaybeNan;
use crate::simd::Isa;

/// Elements that are copied at a time to look for NaN: some words of a mask.
const NAN_PART: usize = 256;

/// A column, or two of the same length whose rows are pairs.
#[derive(Clone, Copy)]
pub(crate) struct Pairs<'a> {
    pub(crate) x: Column<'a>,
    pub(crate) y: Option<Column<'a>>,
}

/// Rows of a column, or of a pair of them.
pub(crate) struct Block<'b> {
    /// Which rows of the columns these are.
    pub(crate) rows: Range<usize>,
    /// Which of them are there.
    pub(crate) present: Present,
    /// How many.
    pub(crate) count: usize,
    /// What there is, with something else in the places of what is not; `None` if there
    /// are integers that are no doubles.
    pub(crate) x: Option<&'b [f64]>,
    /// The same; of a single column, the same slice.
    pub(crate) y: Option<&'b [f64]>,
}

impl Block<'_> {
    /// Some of its rows, without their doubles.
    pub(crate) fn part(&self, rows: Range<usize>) -> Self {
        Block {
            rows: self.rows.start + rows.start..self.rows.start + rows.end,
            present: self.present.part(rows),
            count: 0,
            x: None,
            y: None,
        }
    }
}

impl<'a> Pairs<'a> {
    /// # Panics
    /// If the lengths differ.
    pub(crate) fn new(x: Column<'a>, y: Column<'a>) -> Self {
        assert_eq!(x.rows, y.rows, "the columns differ in length");
        Pairs { x, y: Some(y) }
    }

    pub(crate) fn one(x: Column<'a>) -> Self {
        Pairs { x, y: None }
    }

    /// The first rows.
    pub(crate) fn first(&self, most: usize) -> Self {
        self.part(0..self.x.rows.min(most))
    }

    /// Some of the rows.
    pub(crate) fn part(&self, rows: Range<usize>) -> Self {
        Pairs {
            x: self.x.part(rows.clone()),
            y: self.y.map(|y| y.part(rows)),
        }
    }

    /// The same rows, with a number taken from each 64-bit integer that may bring all of
    /// them into the range where integers are doubles: for what does not change with it.
    pub(crate) fn based(&self, isa: Isa) -> Self {
        let mut row = None;
        // Ended by the first block that there is.
        let _ = self.first(PART).try_for_each(isa, [0.0; 2], |block| {
            row = block.present.iter().next();
            None
        });
        let Some(row) = row else {
            return *self;
        };
        Pairs {
            x: self.x.based_on(row),
            y: self.y.map(|y| y.based_on(row)),
        }
    }

    /// Both columns; one twice if there is one.
    pub(crate) fn both(&self) -> [Column<'a>; 2] {
        [self.x, self.y.unwrap_or(self.x)]
    }

    /// The rows of each block.
    fn blocks(&self) -> impl Iterator<Item = Range<usize>> + use<> {
        let most = if self.y.is_some() { PAIRS } else { ROWS };
        let rows = self.x.rows;
        (0..rows)
            .step_by(most)
            .map(move |first| first..rows.min(first.saturating_add(most)))
    }

    /// Hands out the rows in blocks, as long as they are wanted. Blocks of which nothing
    /// is there are left out. `absent` takes the place of what is not there in others.
    pub(crate) fn try_for_each(
        &self,
        isa: Isa,
        absent: [f64; 2],
        mut take: impl FnMut(Block<'_>) -> Option<()>,
    ) -> Option<()> {
        let mut room = [0.0; ROWS];
        let (x_room, y_room) = match self.y {
            Some(_) => room.split_at_mut(PAIRS),
            None => (&mut room[..], &mut [][..]),
        };
        for rows in self.blocks() {
            let block = self.block(isa, rows, absent, x_room, y_room);
            if block.count > 0 {
                take(block)?;
            }
        }
        Some(())
    }

    /// Some rows, at most as many as there is room for.
    pub(crate) fn block<'b>(
        &self,
        isa: Isa,
        rows: Range<usize>,
        [x_absent, y_absent]: [f64; 2],
        x_room: &'b mut [f64],
        y_room: &'b mut [f64],
    ) -> Block<'b>
    where
        'a: 'b,
    {
        let mut present = Present::all(rows.len());
        self.x.apply_mask(isa, rows.clone(), &mut present);
        let mut x = self.x.doubles(isa, rows.clone(), x_room);
        self.x.leave_out_nan(isa, &x, x_room, &mut present);
        let y = self.y.map(|column| {
            column.apply_mask(isa, rows.clone(), &mut present);
            let y = column.doubles(isa, rows.clone(), y_room);
            column.leave_out_nan(isa, &y, y_room, &mut present);
            y
        });
        let count = present.count(isa);
        let some_are_absent = count < rows.len();
        if some_are_absent {
            x.fill(isa, &present, x_absent, x_room);
        }
        let x = x.slice(x_room, rows.len());
        let y = match y {
            None => x,
            Some(mut y) => {
                if some_are_absent {
                    y.fill(isa, &present, y_absent, y_room);
                }
                y.slice(y_room, rows.len())
            }
        };
        Block {
            rows,
            present,
            count,
            x,
            y,
        }
    }

    /// [`Pairs::try_for_each`] to the end.
    pub(crate) fn for_each(&self, isa: Isa, absent: [f64; 2], mut take: impl FnMut(Block<'_>)) {
        // It ends early only where it is told to.
        let _ = self.try_for_each(isa, absent, |block| {
            take(block);
            Some(())
        });
    }

    /// How many rows are there.
    pub(crate) fn count(&self, isa: Isa) -> u64 {
        let rows = self.x.rows as u64;
        if self.both().iter().all(Column::counts_all) {
            return rows;
        }
        if rows > 1 && self.repeated().is_some() {
            return rows * self.first(1).count(isa);
        }
        let mut count = 0;
        for rows in self.blocks() {
            let mut present = self.x.present(isa, rows.clone());
            if let Some(y) = self.y {
                y.leave_out(isa, rows, &mut present);
            }
            count += present.count(isa) as u64;
        }
        count
    }
}

/// Doubles of a block.
enum Doubles<'a> {
    /// Where the column has them.
    InPlace(&'a [f64]),
    /// In the room that there is for them.
    Read,
    /// Some elements are no doubles.
    None,
}

impl<'a> Doubles<'a> {
    fn slice<'b>(&self, room: &'b [f64], rows: usize) -> Option<&'b [f64]>
    where
        'a: 'b,
    {
        match self {
            Doubles::InPlace(values) => Some(values),
            Doubles::Read => Some(&room[..rows]),
            Doubles::None => None,
        }
    }

    /// Puts `absent` where nothing is.
    fn fill(&mut self, isa: Isa, present: &Present, absent: f64, room: &mut [f64]) {
        match self {
            Doubles::InPlace(values) => {
                isa.copy_present(present.words(), values, absent, room);
                *self = Doubles::Read;
            }
            Doubles::Read => isa.fill_absent(present.words(), absent, room),
            Doubles::None => {}
        }
    }
}

impl<'a> Column<'a> {
    /// The column less the integer in a row, if that is large.
    ///
    /// Differences that wrap around are no doubles: those from a signed base of up to 2^62
    /// lie within ±(2^63 + 2^62), those from an unsigned one of 2^53 to 2^63 within -2^63
    /// and 2^64 - 2^53. Modulo 2^64, none of these is within ±2^53 but those that are.
    fn based_on(self, row: usize) -> Self {
        let mut number = [Exact::default()];
        self.exact(row..row + 1, &mut number);
        let [Exact { negative, size, .. }] = number;
        let most = match self.values {
            Values::I64(_) => 1 << 62,
            Values::U64(_) => 1 << 63,
            _ => return self,
        };
        if !(1 << 53..=most).contains(&size) {
            return self;
        }
        let base = if negative { size.wrapping_neg() } else { size };
        Column { base, ..self }
    }

    /// The doubles of all rows, if they are such, with zeros for what is left out.
    #[inline]
    pub(crate) fn all_doubles<'b>(&self, isa: Isa, room: &'b mut [f64]) -> Option<&'b [f64]>
    where
        'a: 'b,
    {
        if let Some(values) = self.plain_f64() {
            return Some(values);
        }
        if self.is_unmasked() && !self.skips_nan {
            let doubles = self.doubles(isa, 0..self.rows, room);
            return doubles.slice(room, self.rows);
        }
        let rows = 0..self.rows;
        Pairs::one(*self)
            .block(isa, rows, [0.0; 2], room, &mut [])
            .x
    }

    /// [`Column::all_doubles`] into as many places, wherever they are; whether there are such.
    pub(crate) fn copy_doubles(&self, isa: Isa, into: &mut [f64]) -> bool {
        let mut present = Present::all(self.rows);
        self.apply_mask(isa, 0..self.rows, &mut present);
        let mut doubles = self.doubles(isa, 0..self.rows, into);
        self.leave_out_nan(isa, &doubles, into, &mut present);
        doubles.fill(isa, &present, 0.0, into);
        matches!(doubles, Doubles::Read)
    }

    /// The doubles of some rows.
    fn doubles(&self, isa: Isa, rows: Range<usize>, room: &mut [f64]) -> Doubles<'a> {
        let (first, count) = (self.first + rows.start, rows.len());
        let room = &mut room[..count];
        if let Values::F64(elements) = self.values {
            if let Some(values) = elements.in_place(first..first + count) {
                return Doubles::InPlace(values);
            }
            elements.read(first, room);
            return Doubles::Read;
        }
        let shifted = match self.values {
            Values::I64(elements) if self.base != 0 => {
                let shift = |value: i64| value.wrapping_sub(self.base as i64);
                Some(read_shifted(isa, &elements, first, room, shift))
            }
            Values::U64(elements) if self.base != 0 => {
                let shift = |value: u64| value.wrapping_sub(self.base) as i64;
                Some(read_shifted(isa, &elements, first, room, shift))
            }
            _ => None,
        };
        if let Some(are_doubles) = shifted {
            return if are_doubles {
                Doubles::Read
            } else {
                Doubles::None
            };
        }
        match of_any_type!(self.values, elements => read_doubles(isa, &elements, first, room)) {
            true => Doubles::Read,
            false => Doubles::None,
        }
    }

    /// Leaves out NaN, if the column does. What is no double is no NaN.
    fn leave_out_nan(&self, isa: Isa, doubles: &Doubles<'_>, room: &[f64], present: &mut Present) {
        if self.skips_nan
            && !self.values.are_integers()
            && let Some(values) = doubles.slice(room, present.rows())
        {
            present.skip_nan(isa, values);
        }
    }

    /// Which of some rows count.
    pub(crate) fn present(&self, isa: Isa, rows: Range<usize>) -> Present {
        let mut present = Present::all(rows.len());
        self.leave_out(isa, rows, &mut present);
        present
    }

    /// Leaves out what does not count of some rows.
    fn leave_out(&self, isa: Isa, rows: Range<usize>, present: &mut Present) {
        self.apply_mask(isa, rows.clone(), present);
        if self.skips_nan {
            let first = self.first + rows.start;
            of_any_type!(self.values, elements => skip_nan(isa, &elements, first, present));
        }
    }

    /// Whether each row counts.
    pub(crate) fn counts_all(&self) -> bool {
        self.is_unmasked() && (!self.skips_nan || self.values.are_integers())
    }

    /// The numbers of some rows, into as many places.
    pub(crate) fn exact(&self, rows: Range<usize>, numbers: &mut [Exact]) {
        let first = self.first + rows.start;
        of_any_type!(self.values, elements => read_exact(&elements, first, numbers));
    }
}

/// Leaves out NaN from an element on.
fn skip_nan<T: MaybeNan>(
    isa: Isa,
    elements: &Elements<'_, T>,
    first: usize,
    present: &mut Present,
) {
    if !T::HAS_NAN {
        return;
    }
    let rows = present.rows();
    if let Some(values) = elements.in_place(first..first + rows) {
        return present.skip_nan(isa, values);
    }
    let mut room = [T::default(); NAN_PART];
    for start in (0..rows).step_by(NAN_PART) {
        let values = &mut room[..NAN_PART.min(rows - start)];
        elements.read(first + start, values);
        present.skip_nan_from(isa, start, values);
    }
}

fn read_doubles<T: AsDouble>(
    isa: Isa,
    elements: &Elements<'_, T>,
    first: usize,
    doubles: &mut [f64],
) -> bool {
    if let Some(values) = elements.in_place(first..first + doubles.len()) {
        return T::widen(isa, values, doubles);
    }
    let mut room = [T::default(); PART];
    let mut first = first;
    for part in doubles.chunks_mut(PART) {
        let values = &mut room[..part.len()];
        elements.read(first, values);
        if !T::widen(isa, values, part) {
            return false;
        }
        first += part.len();
    }
    true
}

/// The doubles of integers less the base.
fn read_shifted<T: Copy + Default>(
    isa: Isa,
    elements: &Elements<'_, T>,
    first: usize,
    doubles: &mut [f64],
    shift: impl Fn(T) -> i64,
) -> bool {
    let (mut room, mut shifted) = ([T::default(); PART], [0; PART]);
    let mut first = first;
    for part in doubles.chunks_mut(PART) {
        let (values, shifted) = (&mut room[..part.len()], &mut shifted[..part.len()]);
        elements.read(first, values);
        for (to, &value) in shifted.iter_mut().zip(values.iter()) {
            *to = shift(value);
        }
        if !isa.integers_to_doubles(shifted, part) {
            return false;
        }
        first += part.len();
    }
    true
}

fn read_exact<T: AsDouble>(elements: &Elements<'_, T>, first: usize, numbers: &mut [Exact]) {
    let mut room = [T::default(); PART];
    let mut first = first;
    for part in numbers.chunks_mut(PART) {
        let values = &mut room[..part.len()];
        elements.read(first, values);
        for (number, value) in part.iter_mut().zip(values) {
            *number = value.exact();
        }
        first += part.len();
    }
}
