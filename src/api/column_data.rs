//! A caller's `tally_column`, and the column that it describes.

use std::ffi::c_void;
use std::mem::{MaybeUninit, offset_of};
use std::ops::Range;
use std::ptr::null;

use super::column_type::{Element, of_type, tally_type};
use super::exports::In;
use crate::boundary::Outcome;
use crate::boundary::array::Array;
use crate::boundary::grid::Grid;
use crate::boundary::pointer::{Extent, OutPtr, Pod};
use crate::boundary::record::refuse;
use crate::boundary::results::Results;
use crate::boundary::status::tally_status::TALLY_INVALID;
use crate::boundary::strided::Memory;
use tally_core::{Axis, Bf16, Bool, Column, Elements, F16, Matrix, Source, Values};
use tally_type::*;

/// A flag of a tally_column: skip NaN.
pub const TALLY_SKIP_NAN: u32 = 1;

/// A flag of a tally_column: `validity`, unless it is NULL, has one byte for each
/// element, which is 0 if the element is missing.
pub const TALLY_BYTE_MASK: u32 = 2;

/// Values in memory.
///
/// Plain data: initialize it with TALLY_COLUMN or TALLY_COLUMN_INIT, or set all bytes
/// to zero and then assign fields, including `size` and `stride`.
#[repr(C)]
#[allow(non_camel_case_types)]
#[derive(Clone, Copy)]
pub struct tally_column {
    /// sizeof(tally_column).
    pub size: usize,
    /// The type of the elements.
    pub r#type: MaybeUninit<tally_type>,
    /// TALLY_SKIP_NAN and TALLY_BYTE_MASK, or 0.
    pub flags: u32,
    /// The first element, with any alignment. May be NULL if `count` is 0.
    pub values: *const c_void,
    /// The number of elements, including missing ones.
    pub count: usize,
    /// The distance from one element to the next, in bytes. If negative, the elements
    /// lie at descending addresses; if 0, one element is repeated `count` times.
    pub stride: isize,
    /// Which elements are present: a bitmap with the least significant bit of each byte
    /// first (Arrow's layout), or with TALLY_BYTE_MASK one byte for each element. Its
    /// bits or bytes are contiguous, whatever `stride` is: a flag in an array of
    /// structs must be copied out. NULL if none is missing.
    pub validity: *const u8,
    /// The position of the first element in `validity`, in bits or bytes.
    pub offset: usize,
}

/// A larger struct than this is none of a later version.
const MOST: usize = 1024;

/// A caller's column, checked.
pub(super) struct Given<'a> {
    memory: Memory<'a>,
    element: tally_type,
    skips_nan: bool,
    mask: Mask<'a>,
}

enum Mask<'a> {
    All,
    Bits(&'a [u8], usize),
    Bytes(&'a [u8]),
}

impl Mask<'_> {
    fn extent(&self) -> Option<Extent> {
        match self {
            Mask::All => None,
            Mask::Bits(bytes, _) | Mask::Bytes(bytes) => Extent::new(bytes.as_ptr(), bytes.len()),
        }
    }
}

impl<T: Pod> Source<T> for Memory<'_> {
    fn read(&self, first: usize, into: &mut [T]) {
        self.copy(first, into);
    }
}

fn elements<'a, T: Pod>(memory: &'a Memory<'_>, in_place: bool) -> Elements<'a, T> {
    if let Some(values) = memory.in_place().filter(|_| in_place) {
        return values.into();
    }
    match memory.the_one() {
        Some(value) => Elements::repeated(value, memory.count()),
        None => Elements::from_source(memory, memory.count()),
    }
}

impl<T: Pod> Source<T> for Grid<'_> {
    fn read(&self, first: usize, into: &mut [T]) {
        self.copy(first, into);
    }

    fn in_place(&self, elements: Range<usize>) -> Option<&[T]> {
        Grid::in_place(self, elements)
    }
}

/// A caller's matrix, checked.
pub(super) struct GivenMatrix<'a> {
    grid: Grid<'a>,
    is_turned: bool,
    element: tally_type,
    skips_nan: bool,
    mask: Mask<'a>,
    rows: usize,
    columns: usize,
}

impl GivenMatrix<'_> {
    /// The matrix, and the axis of it that is meant: of one that lies by columns, it is the
    /// other matrix with the other axis.
    pub(super) fn matrix(&self, axis: Axis) -> (Matrix<'_>, Axis) {
        let count = self.rows * self.columns;
        let grid = &self.grid;
        let values: Values<'_> = of_type!(self.element, T => {
            Elements::<T>::from_source(grid, count).into()
        });
        let column = with_mask(Column::new(values), &self.mask, self.skips_nan);
        match (self.is_turned, axis) {
            (false, _) => (Matrix::new(column, self.rows, self.columns), axis),
            (true, Axis::Columns) => (Matrix::new(column, self.columns, self.rows), Axis::Rows),
            (true, Axis::Rows) => (Matrix::new(column, self.columns, self.rows), Axis::Columns),
        }
    }

    /// Refuses results that lie where something of the matrix does.
    pub(super) fn check_apart<T: Pod>(&self, results: &Results<'_, T>, name: &str) -> Outcome<()> {
        let extents = [self.grid.extent(), self.mask.extent()];
        check_apart(extents, |extent| results.meets(extent), name)
    }
}

fn check_apart(
    extents: [Option<Extent>; 2],
    meets: impl Fn(&Extent) -> bool,
    name: &str,
) -> Outcome<()> {
    let mut extents = extents.into_iter().flatten();
    if extents.any(|extent| meets(&extent)) {
        return Err(refuse(
            TALLY_INVALID,
            format_args!("results overlaps {name}"),
        ));
    }
    Ok(())
}

fn with_mask<'a>(column: Column<'a>, mask: &Mask<'a>, skips_nan: bool) -> Column<'a> {
    let column = match *mask {
        Mask::All => column,
        Mask::Bits(bits, offset) => column.with_bits(bits, offset),
        Mask::Bytes(bytes) => column.with_bytes(bytes),
    };
    if skips_nan { column.skip_nan() } else { column }
}

impl Given<'_> {
    pub(super) fn column(&self) -> Column<'_> {
        self.column_read(true)
    }

    /// The same, whose elements are copied when they are read: they may be written to
    /// afterwards.
    pub(super) fn column_of_copies(&self) -> Column<'_> {
        self.column_read(false)
    }

    fn column_read(&self, in_place: bool) -> Column<'_> {
        let memory = &self.memory;
        let values: Values<'_> = of_type!(self.element, T => {
            elements::<T>(memory, in_place).into()
        });
        with_mask(Column::new(values), &self.mask, self.skips_nan)
    }

    pub(super) fn count(&self) -> usize {
        self.memory.count()
    }

    /// Refuses results that lie where something of the column does.
    pub(super) fn check_apart<T: Pod>(&self, results: &Results<'_, T>, name: &str) -> Outcome<()> {
        let extents = [self.memory.extent(), self.mask.extent()];
        check_apart(extents, |extent| results.meets(extent), name)
    }

    /// The same of results that lie here.
    pub(super) fn check_apart_from(&self, results: Option<&Extent>, name: &str) -> Outcome<()> {
        let extents = [self.memory.extent(), self.mask.extent()];
        let meets = |extent: &Extent| results.is_some_and(|results| results.meets(extent));
        check_apart(extents, meets, name)
    }

    /// Whether the results are to take the place of the values, one for one.
    pub(super) fn gives_way_to<T: Element>(&self, results: *mut T) -> bool {
        let mask = self.mask.extent().zip(self.memory.extent());
        self.element == T::TYPE
            && self.memory.lies_at(results.cast_const().cast())
            && mask.is_none_or(|(mask, values)| !mask.meets(&values))
    }
}

/// Any type and layout of values, as the fields of a column say.
pub(super) struct Parts {
    pub(super) element: tally_type,
    pub(super) skips_nan: bool,
    pub(super) has_bytes: bool,
    pub(super) values: *const c_void,
    pub(super) count: usize,
    pub(super) stride: isize,
    pub(super) validity: *const u8,
    pub(super) offset: usize,
}

impl Parts {
    /// Elements that lie side by side and are all there.
    pub(super) fn array<T: Element>(values: *const T, count: usize) -> Self {
        Parts {
            element: T::TYPE,
            skips_nan: false,
            has_bytes: false,
            values: values.cast(),
            count,
            stride: size_of::<T>() as isize,
            validity: null(),
            offset: 0,
        }
    }

    /// The column, or what is wrong with it.
    ///
    /// # Safety
    /// If the checks pass, each element is valid for reading, and so is what `validity`
    /// has of them, and nobody writes to any of it, for as long as the result lives.
    pub(super) unsafe fn given<'a>(self, name: &str) -> Outcome<Given<'a>> {
        let Parts { count, stride, .. } = self;
        let size = self.element.size();
        // SAFETY: the same contract.
        let memory = unsafe { Memory::new(self.values, count, stride, size, name) }?;
        self.check_offset(name)?;
        let mask = if self.validity.is_null() || count == 0 {
            Mask::All
        } else {
            // SAFETY: the same contract.
            unsafe { self.mask(name) }?
        };
        Ok(Given {
            memory,
            element: self.element,
            skips_nan: self.skips_nan,
            mask,
        })
    }

    /// The matrix of as many rows, of which this is the first.
    ///
    /// # Safety
    /// As for [`Parts::given`], of all rows.
    pub(super) unsafe fn matrix<'a>(
        self,
        rows: usize,
        row_stride: isize,
        name: &str,
    ) -> Outcome<GivenMatrix<'a>> {
        let (columns, element, skips_nan) = (self.count, self.element, self.skips_nan);
        let size = element.size();
        // SAFETY: the same contract.
        let first = unsafe { Memory::new(self.values, columns, self.stride, size, name) }?;
        // SAFETY: as above.
        let grid = unsafe { Grid::new(first, rows, row_stride, name) }?;
        let count = grid.count().unwrap_or(0);
        let all = Parts { count, ..self };
        all.check_offset(name)?;
        let mask = if all.validity.is_null() || count == 0 {
            Mask::All
        } else {
            // SAFETY: the same contract.
            unsafe { all.mask(name) }?
        };
        // A mask has its order.
        let is_turned = matches!(mask, Mask::All) && grid.lies_by_columns();
        Ok(GivenMatrix {
            grid: if is_turned { grid.turned() } else { grid },
            is_turned,
            element,
            skips_nan,
            mask,
            rows,
            columns,
        })
    }

    fn check_offset(&self, name: &str) -> Outcome<()> {
        let Parts { count, offset, .. } = *self;
        if offset.checked_add(count).is_none() {
            let message = format_args!("{name}: offset {offset} is too large for {count} values");
            return Err(refuse(TALLY_INVALID, message));
        }
        Ok(())
    }

    /// # Safety
    /// As for [`Parts::given`].
    unsafe fn mask<'a>(&self, name: &str) -> Outcome<Mask<'a>> {
        let Parts { count, offset, .. } = *self;
        // No byte is touched but those that have something to say of an element.
        let first_bit = offset % 8;
        let (first, bytes) = match self.has_bytes {
            true => (offset, count),
            false => (offset / 8, (first_bit + count).div_ceil(8)),
        };
        let Some(address) = self.validity.addr().checked_add(first) else {
            let message =
                format_args!("{name}: offset {offset} is past the end of the address space");
            return Err(refuse(TALLY_INVALID, message));
        };
        // SAFETY: readable by the contract.
        let bytes = unsafe { Array::new(self.validity.with_addr(address), bytes, name) }?.bytes();
        Ok(match self.has_bytes {
            true => Mask::Bytes(bytes),
            false => Mask::Bits(bytes, first_bit),
        })
    }
}

impl In<tally_column> {
    /// The column here.
    ///
    /// # Safety
    /// If not NULL, it is valid for reading, and what it describes too; nobody writes to
    /// any of it as long as the result lives.
    pub(super) unsafe fn column<'a>(self) -> Outcome<Given<'a>> {
        let name = self.name;
        // SAFETY: the same contract.
        unsafe { self.parts()?.given(name) }
    }

    /// The matrix of as many rows, of which this is the first.
    ///
    /// # Safety
    /// As for [`In::column`], of all rows.
    pub(super) unsafe fn matrix<'a>(
        self,
        rows: usize,
        row_stride: isize,
    ) -> Outcome<GivenMatrix<'a>> {
        let name = self.name;
        // SAFETY: the same contract.
        unsafe { self.parts()?.matrix(rows, row_stride, name) }
    }

    /// # Safety
    /// If not NULL, the column is valid for reading.
    unsafe fn parts(self) -> Outcome<Parts> {
        let name = self.name;
        // SAFETY: readable by the contract.
        let size = unsafe { OutPtr::new(self.pointer.cast_mut().cast::<usize>(), name)?.get() };
        if !(size_of::<tally_column>()..=MOST).contains(&size) {
            let message = format_args!("{name}: size is {size}, not sizeof(tally_column)");
            return Err(refuse(TALLY_INVALID, message));
        }
        let bytes = self.pointer.cast::<u8>();
        let (known, more) = (size_of::<tally_column>(), size - size_of::<tally_column>());
        // SAFETY: `known + more` bytes are readable by the contract.
        let more = unsafe { Array::new(bytes.wrapping_add(known), more, name) }?;
        if more.bytes().iter().any(|&byte| byte != 0) {
            let message = format_args!("{name}: it has fields that this version does not know");
            return Err(refuse(TALLY_INVALID, message));
        }
        // SAFETY: readable by the contract, at any alignment; any bytes are a value.
        let column = unsafe { self.pointer.read_unaligned() };
        // SAFETY: as above, of a field, which has all bytes of a number.
        let number = unsafe {
            let field = bytes.wrapping_add(offset_of!(tally_column, r#type));
            field.cast::<i32>().read_unaligned()
        };
        let Some(element) = tally_type::from_number(number) else {
            let message = format_args!("{name}: type is {number}, not a tally_type");
            return Err(refuse(TALLY_INVALID, message));
        };
        if column.flags & !(TALLY_SKIP_NAN | TALLY_BYTE_MASK) != 0 {
            let flags = column.flags;
            let message = format_args!("{name}: flags are {flags:#x}, some of them unknown");
            return Err(refuse(TALLY_INVALID, message));
        }
        Ok(Parts {
            element,
            skips_nan: column.flags & TALLY_SKIP_NAN != 0,
            has_bytes: column.flags & TALLY_BYTE_MASK != 0,
            values: column.values,
            count: column.count,
            stride: column.stride,
            validity: column.validity,
            offset: column.offset,
        })
    }
}
