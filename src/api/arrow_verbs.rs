//! The bodies of the functions that take Arrow's arrays.

use std::ffi::{CStr, c_char};
use std::mem::MaybeUninit;
use std::ptr::null;

use super::arrow_array::{Leaf, Room};
use super::arrow_data::{ArrowArray, ArrowSchema};
use super::arrow_format::{DecimalType, Format};
use super::arrow_path::Path;
use super::arrow_schema::{Place, Root, Target, find};
use super::column_data::tally_column;
use super::column_type::tally_type::*;
use super::column_verbs::TakeColumn;
use super::convert::no_value;
use super::exports::{In, Out};
use super::state::OpaqueState;
use crate::boundary::record::refuse;
use crate::boundary::status::tally_status::{self, TALLY_INVALID};
use crate::boundary::{Outcome, guard};
use tally_core::internal::WideTotal;
use tally_core::{
    Accumulator, Decimal, FRACTION_DIGITS, INTEGER_DIGITS, Moments, ProductAccumulator,
};

/// What is added up of the columns of an array: one, or a pair.
pub(super) trait TakeArrow<const COLUMNS: usize> {
    /// Refuses a type that is not taken.
    fn check(format: Format, place: &Place<'_>) -> Outcome<()>;

    /// Adds the rows of columns of one length.
    fn take_rows(&mut self, columns: &[Leaf<'_>; COLUMNS]) -> Outcome<()>;
}

/// Takes numbers and bits.
fn check_number(format: Format, place: &Place<'_>) -> Outcome<()> {
    match format {
        Format::Number(_) | Format::Bits => Ok(()),
        Format::Decimal(_) => Err(place.refuse(" has decimals: use tally_decimal_add_arrow()")),
        Format::Struct | Format::Imprecise(..) | Format::Other(_) => {
            let name = format.name();
            Err(place.refuse(format_args!(" is {name}, which is not supported")))
        }
    }
}

/// What a number is read as.
fn element(column: &Leaf<'_>) -> super::column_type::tally_type {
    match column.format() {
        Format::Number(element) => element,
        _ => TALLY_BOOL,
    }
}

macro_rules! of_numbers {
    ($($state:ty),+) => {$(
        impl TakeArrow<1> for $state {
            fn check(format: Format, place: &Place<'_>) -> Outcome<()> {
                check_number(format, place)
            }

            fn take_rows(&mut self, [column]: &[Leaf<'_>; 1]) -> Outcome<()> {
                let (count, block, mut room) = (column.count(), column.block(), Room::EMPTY);
                for first in (0..count).step_by(block) {
                    let rows = first..count.min(first.saturating_add(block));
                    let given = column.rows(element(column), rows, &mut room)?;
                    self.take::<false>(&given.column());
                }
                Ok(())
            }
        }
    )+};
}

of_numbers!(Accumulator, Moments);

impl TakeArrow<2> for ProductAccumulator {
    fn check(format: Format, place: &Place<'_>) -> Outcome<()> {
        check_number(format, place)
    }

    fn take_rows(&mut self, [x, y]: &[Leaf<'_>; 2]) -> Outcome<()> {
        // Rows of one array: as many of each.
        let count = x.count();
        let block = x.block().min(y.block());
        let mut rooms = [Room::EMPTY; 2];
        let [x_room, y_room] = &mut rooms;
        for first in (0..count).step_by(block) {
            let rows = first..count.min(first.saturating_add(block));
            let given_x = x.rows(element(x), rows.clone(), x_room)?;
            let given_y = y.rows(element(y), rows, y_room)?;
            self.add_columns(&given_x.column(), &given_y.column());
        }
        Ok(())
    }
}

impl TakeArrow<1> for Decimal {
    fn check(format: Format, place: &Place<'_>) -> Outcome<()> {
        match format {
            Format::Number(TALLY_F32 | TALLY_F16) => {
                let name = format.name();
                let what =
                    format_args!(" is {name}: a decimal takes integers, decimals and double");
                Err(place.refuse(what))
            }
            Format::Number(_) | Format::Bits => Ok(()),
            Format::Decimal(DecimalType { width, scale }) => {
                // Whatever the precision is, so that all integers of the width are in range.
                let least = width.digits() - i32::from(INTEGER_DIGITS);
                let most = i32::from(FRACTION_DIGITS);
                if (least..=most).contains(&scale) {
                    return Ok(());
                }
                let bits = width.bits;
                let what =
                    format_args!(": scale is {scale}, not {least} to {most}, of {bits} bits");
                Err(place.refuse(what))
            }
            Format::Struct | Format::Imprecise(..) | Format::Other(_) => {
                check_number(format, place)
            }
        }
    }

    fn take_rows(&mut self, [column]: &[Leaf<'_>; 1]) -> Outcome<()> {
        let (number, scale) = match column.format() {
            Format::Number(TALLY_F64) => {
                return column.for_each_block::<f64>(|values| self.add_f64(values));
            }
            // Within 342 and -322 by the check.
            Format::Decimal(decimal) => (decimal.width.bytes(), decimal.scale as i16),
            _ => (0, 0),
        };
        let mut total = WideTotal::default();
        match number {
            16 => column.for_each_block::<[u8; 16]>(|values| total.add_bytes(values))?,
            32 => column.for_each_block::<[u8; 32]>(|values| total.add_bytes(values))?,
            _ => {
                let element = match number {
                    4 => TALLY_I32,
                    8 => TALLY_I64,
                    _ => element(column),
                };
                let (count, block, mut room) = (column.count(), column.block(), Room::EMPTY);
                for first in (0..count).step_by(block) {
                    let rows = first..count.min(first.saturating_add(block));
                    let given = column.rows(element, rows, &mut room)?;
                    total.add_column(&given.column()).map_err(no_value)?;
                }
            }
        }
        self.add_wide(&total, scale);
        Ok(())
    }
}

/// The columns of an array that arguments name, found in its schema.
pub(super) struct Columns<'a, const COLUMNS: usize> {
    paths: [Path<'a>; COLUMNS],
}

impl<const COLUMNS: usize> Columns<'_, COLUMNS> {
    /// # Safety
    /// Each of them is NULL or a text that nobody writes to as long as the result lives.
    pub(super) unsafe fn new(columns: [In<c_char>; COLUMNS]) -> Outcome<Self> {
        // SAFETY: the same contract.
        let paths = try_each(columns, |column| unsafe { Path::new(column) })?;
        Ok(Columns { paths })
    }

    /// Finds them in a schema, as columns of types that are taken.
    ///
    /// # Safety
    /// As for [`find`].
    pub(super) unsafe fn find<T: TakeArrow<COLUMNS>>(
        &self,
        schema: (*const ArrowSchema, Root),
        array: (*const ArrowArray, Root),
    ) -> Outcome<[Target; COLUMNS]> {
        try_each(self.paths, |path| {
            // SAFETY: the same contract.
            let target = unsafe { find(schema, array, &path) }?;
            let (root, steps) = (schema.1, target.steps.as_slice());
            T::check(target.format, &Place { root, steps })?;
            Ok(target)
        })
    }
}

/// Adds the columns of an array. What it needs of the stack, no callback is kept waiting with.
///
/// # Safety
/// As for [`Leaf::new`].
#[inline(never)]
pub(super) unsafe fn take_array<T: TakeArrow<COLUMNS>, const COLUMNS: usize>(
    total: &mut T,
    array: (*const ArrowArray, Root),
    targets: &[Target; COLUMNS],
) -> Outcome<()> {
    // SAFETY: the same contract.
    let leaves = try_each(targets.each_ref(), |target| unsafe {
        Leaf::new(array.0, array.1, target)
    })?;
    total.take_rows(&leaves)
}

/// What each becomes, or the first refusal.
fn try_each<T, U, const COUNT: usize>(
    given: [T; COUNT],
    mut change: impl FnMut(T) -> Outcome<U>,
) -> Outcome<[U; COUNT]> {
    let mut refusal = None;
    let made = given.map(|one| match refusal {
        None => change(one).map_err(|why| refusal = Some(why)).ok(),
        Some(_) => None,
    });
    match refusal {
        Some(why) => Err(why),
        // All are there.
        None => Ok(made.map(|one| one.expect("what was not refused was made"))),
    }
}

/// Adds columns of an array to a state.
///
/// # Safety
/// `into` is valid for reading and writing; the others are as [`Columns`] and [`Leaf::new`]
/// ask for.
unsafe fn add_columns<T, const COLUMNS: usize>(
    function: &'static CStr,
    into: Out<T>,
    schema: In<ArrowSchema>,
    array: In<ArrowArray>,
    columns: [In<c_char>; COLUMNS],
) -> tally_status
where
    T: OpaqueState<Content: TakeArrow<COLUMNS>>,
{
    guard::status(function, || {
        // SAFETY: readable and writable by the contract.
        let mut into = unsafe { into.state() }?;
        let schema = (schema.pointer, Root::Argument(schema.name));
        let array = (array.pointer, Root::Argument(array.name));
        // SAFETY: readable by the contract.
        let columns = unsafe { Columns::new(columns) }?;
        // SAFETY: as above.
        let targets = unsafe { columns.find::<T::Content>(schema, array) }?;
        let mut total = T::Content::default();
        // SAFETY: as above.
        unsafe { take_array(&mut total, array, &targets) }?;
        into.add_up(|part| *part = total)
    })
}

/// Adds a column of an array to a state.
///
/// # Safety
/// `into` is valid for reading and writing, `column` NULL or a text, and the others are what
/// the C data interface says.
pub(super) unsafe fn add<T: OpaqueState<Content: TakeArrow<1>>>(
    function: &'static CStr,
    into: Out<T>,
    schema: In<ArrowSchema>,
    array: In<ArrowArray>,
    column: In<c_char>,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { add_columns(function, into, schema, array, [column]) }
}

/// Adds the pairs of two columns of an array to a state.
///
/// # Safety
/// As for [`add`].
pub(super) unsafe fn add_pair<T: OpaqueState<Content: TakeArrow<2>>>(
    function: &'static CStr,
    into: Out<T>,
    schema: In<ArrowSchema>,
    array: In<ArrowArray>,
    x: In<c_char>,
    y: In<c_char>,
) -> tally_status {
    // SAFETY: the same contract.
    unsafe { add_columns(function, into, schema, array, [x, y]) }
}

/// Describes an array as a column.
///
/// # Safety
/// `column` is valid for writing, and the others are what the C data interface says.
pub(super) unsafe fn describe(
    function: &'static CStr,
    schema: In<ArrowSchema>,
    array: In<ArrowArray>,
    column: Out<tally_column>,
) -> tally_status {
    guard::status(function, || {
        let root = Root::Argument(schema.name);
        // SAFETY: readable by the contract.
        let target = unsafe { find((schema.pointer, root), (null(), root), &Path::WHOLE) }?;
        let place = Place { root, steps: &[] };
        let element = match target.format {
            Format::Number(element) => element,
            Format::Bits => {
                let what = " has a bit for a bool, which no tally_column can say: \
                            tally_accumulator_add_arrow() takes it";
                return Err(place.refuse(what));
            }
            _ => return check_number(target.format, &place),
        };
        let root = Root::Argument(array.name);
        // SAFETY: as above.
        let leaf = unsafe { Leaf::new(array.pointer, root, &target) }?;
        // SAFETY: writable by the contract.
        let place = unsafe { column.place() }?;
        // An array of its own has one bitmap at most.
        let parts = leaf
            .parts(element)
            .ok_or_else(|| refuse(TALLY_INVALID, format_args!("array has no column")))?;
        place.set(tally_column {
            size: size_of::<tally_column>(),
            r#type: MaybeUninit::new(element),
            flags: 0,
            values: parts.values,
            count: parts.count,
            stride: parts.stride,
            validity: parts.validity,
            offset: parts.offset,
        });
        Ok(())
    })
}
