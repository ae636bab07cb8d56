//! A column or a matrix as an input lays it out, and what a plain loop reads of it.

use std::marker::PhantomData;
use std::mem::MaybeUninit;

use num_bigint::BigInt;
use tally::api::columns::tally_column;
use tally::api::columns::tally_type::{self, *};

use crate::cells::Cell;
use crate::input::Input;
use crate::place::Place;

pub(crate) const TYPES: [tally_type; 13] = [
    TALLY_F64, TALLY_F32, TALLY_F16, TALLY_BF16, TALLY_I8, TALLY_I16, TALLY_I32, TALLY_I64,
    TALLY_U8, TALLY_U16, TALLY_U32, TALLY_U64, TALLY_BOOL,
];

pub(crate) const SIZES: [usize; 13] = [8, 4, 2, 2, 1, 2, 4, 8, 1, 2, 4, 8, 1];

/// Doubles at the ends of ranges and next to each other.
pub(crate) const DOUBLES: [u64; 16] = [
    0,
    1 << 63,
    1,
    0x000f_ffff_ffff_ffff,
    0x0010_0000_0000_0000,
    0x3ff0_0000_0000_0000,
    0xbff0_0000_0000_0000,
    0x3ff0_0000_0000_0001,
    0x7fef_ffff_ffff_ffff,
    0xffef_ffff_ffff_ffff,
    0x7ff0_0000_0000_0000,
    0xfff0_0000_0000_0000,
    0x7ff8_0000_0000_0000,
    0xfff4_0000_0000_0001,
    0x4340_0000_0000_0000,
    0x3cb0_0000_0000_0000,
];

/// A column of memory that it borrows.
#[derive(Clone, Copy)]
pub(crate) struct Column<'a> {
    pub(crate) described: tally_column,
    memory: PhantomData<&'a [u8]>,
}

impl<'a> Column<'a> {
    /// All elements of a type that a place has, one after the other.
    pub(crate) fn of_all(values: &'a Place, number: usize, flags: u32) -> Self {
        let size = SIZES[number];
        let described = tally_column {
            size: size_of::<tally_column>(),
            r#type: MaybeUninit::new(TYPES[number]),
            flags,
            values: values.bytes().as_ptr().cast(),
            count: values.bytes().len() / size,
            stride: size as isize,
            validity: std::ptr::null(),
            offset: 0,
        };
        Column {
            described,
            memory: PhantomData,
        }
    }

    /// Its first elements.
    pub(crate) fn first(mut self, count: usize) -> Self {
        self.described.count = self.described.count.min(count);
        self
    }
}

/// Memory with a column of a matrix of `rows` rows; a plain column is one row.
pub(crate) struct Layout {
    memory: Place,
    mask: Option<Place>,
    column: tally_column,
    pub(crate) row_stride: isize,
    /// Row by row.
    pub(crate) cells: Vec<Cell>,
    pub(crate) is_integers: bool,
}

impl Layout {
    /// Elements of the type of this number.
    pub(crate) fn new(input: &mut Input<'_>, number: usize, rows: usize, columns: usize) -> Self {
        let size = SIZES[number];
        let stride = stride(input, size, columns);
        let row_stride = match input.below(4) {
            0 => stride * columns as isize,
            _ => self::stride(input, size, rows.max(2) * columns.max(1)),
        };
        let offset_of =
            |row: usize, column: usize| row as isize * row_stride + column as isize * stride;
        let corners = [
            (0, 0),
            (0, columns.saturating_sub(1)),
            (rows.saturating_sub(1), 0),
            (rows.saturating_sub(1), columns.saturating_sub(1)),
        ];
        let offsets = corners.map(|(row, column)| offset_of(row, column));
        let (least, most) = (
            offsets.iter().min().expect("four"),
            offsets.iter().max().expect("four"),
        );
        let count = rows * columns;
        // The first row is described, be there rows or not.
        let extent = match columns {
            0 => 0,
            _ => (most - least) as usize + size,
        };
        let mut bytes = vec![0xee; extent];
        let first = least.unsigned_abs();
        let from_table = input.flag();
        for row in 0..rows {
            for column in 0..columns {
                let at = (first as isize + offset_of(row, column)) as usize;
                let word = match number {
                    0 if from_table => input.pick(&DOUBLES),
                    _ if input.is_empty() => (row * 7 + column * 3) as u64,
                    _ => {
                        let mut word = [0; 8];
                        let element = input.bytes(size);
                        word[..element.len()].copy_from_slice(element);
                        u64::from_le_bytes(word)
                    }
                };
                bytes[at..at + size].copy_from_slice(&word.to_ne_bytes()[..size]);
            }
        }
        let shift = input.below(9);
        let mut memory = Place::new(&bytes, shift);
        let skips_nan = input.flag();
        let (mask, is_bytes, offset) = mask(input, count);
        let cells = (0..count).map(|index| {
            let (row, column) = (index / columns, index % columns);
            let at = (first as isize + offset_of(row, column)) as usize;
            let there = mask.as_ref().is_none_or(|mask| match is_bytes {
                true => mask[offset + index] != 0,
                false => mask[(offset + index) / 8] >> ((offset + index) % 8) & 1 == 1,
            });
            match cell(TYPES[number], &bytes[at..at + size]) {
                Cell::Nan if skips_nan => Cell::Skipped,
                cell if there => cell,
                _ => Cell::Skipped,
            }
        });
        let cells = cells.collect();
        let mut mask = mask.map(|mask| Place::new(&mask, 1));
        let column = tally_column {
            size: size_of::<tally_column>(),
            r#type: MaybeUninit::new(TYPES[number]),
            flags: u32::from(skips_nan) | (2 * u32::from(is_bytes)),
            // The first element is not the lowest where a stride is negative.
            values: memory
                .pointer::<u8>()
                .wrapping_add(if columns == 0 { 0 } else { first })
                .cast(),
            count: columns,
            stride,
            validity: mask
                .as_mut()
                .map_or(std::ptr::null(), |mask| mask.pointer()),
            offset,
        };
        Layout {
            memory,
            mask,
            column,
            row_stride,
            cells,
            is_integers: number >= 4,
        }
    }

    pub(crate) fn column(&self) -> Column<'_> {
        debug_assert!(!self.memory.bytes().is_empty() || self.cells.is_empty());
        debug_assert_eq!(self.mask.is_none(), self.column.validity.is_null());
        Column {
            described: self.column,
            memory: PhantomData,
        }
    }

    /// The integers that count, where all are integers.
    pub(crate) fn integers(cells: &[Cell]) -> impl Iterator<Item = Option<BigInt>> {
        cells.iter().map(|cell| match cell {
            Cell::Number(number, _) => Some(number >> 1074),
            _ => None,
        })
    }
}

fn stride(input: &mut Input<'_>, size: usize, count: usize) -> isize {
    let size = size as isize;
    let near = isize::from(input.byte() as i8);
    match input.below(8) {
        0..3 => size,
        3 => -size,
        4 => 0,
        5 => size * near.clamp(-5, 5),
        _ if count > 2000 => size,
        _ => near,
    }
}

/// Bits or bytes, or nothing; whether they are bytes; and where they begin.
fn mask(input: &mut Input<'_>, count: usize) -> (Option<Vec<u8>>, bool, usize) {
    let kind = input.below(4);
    let offset = usize::from(input.byte()) % 70;
    let is_bytes = kind == 3;
    let length = if is_bytes {
        offset + count
    } else {
        (offset + count).div_ceil(8)
    };
    if kind < 2 {
        return (None, kind == 1, offset);
    }
    let mut bytes = input.bytes(length).to_vec();
    bytes.resize(length, 0xb7);
    (Some(bytes), is_bytes, offset)
}

fn half(bits: u16) -> f64 {
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f64::from(bits & 1023));
    let size = match exponent {
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        0 => fraction * 2_f64.powi(-24),
        _ => (1024.0 + fraction) * 2_f64.powi(exponent - 25),
    };
    if bits >> 15 == 1 { -size } else { size }
}

pub(crate) fn cell(element: tally_type, bytes: &[u8]) -> Cell {
    let mut word = [0; 8];
    word[..bytes.len()].copy_from_slice(bytes);
    let word = u64::from_ne_bytes(word);
    match element {
        TALLY_F64 => Cell::of_double(f64::from_bits(word)),
        TALLY_F32 => Cell::of_double(f32::from_bits(word as u32).into()),
        TALLY_F16 => Cell::of_double(half(word as u16)),
        TALLY_BF16 => Cell::of_double(f32::from_bits((word as u32) << 16).into()),
        TALLY_I8 => Cell::of_integer(word as i8),
        TALLY_I16 => Cell::of_integer(word as i16),
        TALLY_I32 => Cell::of_integer(word as i32),
        TALLY_I64 => Cell::of_integer(word as i64),
        TALLY_BOOL => Cell::of_integer(u8::from(word != 0)),
        _ => Cell::of_integer(word),
    }
}
