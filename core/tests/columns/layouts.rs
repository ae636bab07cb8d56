//! Columns of any type in any layout, with the cells that they are.

use std::ops::Range;

use tally_core::{Column, Elements, Source, Values};

use super::cells::Cell;
use super::types::{self, Element, FIRST_INTEGER, TYPES, for_any_type};
use crate::support::random::Random;

/// Elements of some type, wherever they lie.
trait Place {
    fn values(&self) -> Values<'_>;
}

/// Elements some way apart from each other.
struct Strided<T> {
    places: Vec<T>,
    first: usize,
    count: usize,
    stride: isize,
}

impl<T: Element> Place for Strided<T> {
    fn values(&self) -> Values<'_> {
        let elements = Elements::strided(&self.places, self.first, self.count, self.stride);
        T::values(elements.expect("they are there"))
    }
}

/// Elements in a place of their own.
struct Far<T>(Vec<T>);

impl<T: Copy + Sync> Source<T> for Far<T> {
    fn read(&self, first: usize, into: &mut [T]) {
        into.copy_from_slice(&self.0[first..][..into.len()]);
    }
}

impl<T: Element> Place for Far<T> {
    fn values(&self) -> Values<'_> {
        T::values(Elements::from_source(self, self.0.len()))
    }
}

enum Mask {
    All,
    Bits(Vec<u8>, usize),
    Bytes(Vec<u8>),
}

/// A column with its memory, and what it is.
pub(crate) struct Laid {
    place: Box<dyn Place>,
    mask: Mask,
    skip_nan: bool,
    /// The rows of the column that are taken.
    rows: Range<usize>,
    pub(crate) cells: Vec<Cell>,
    pub(crate) name: String,
    pub(crate) is_integers: bool,
}

impl Laid {
    pub(crate) fn column(&self) -> Column<'_> {
        let column = Column::new(self.place.values());
        let column = match &self.mask {
            Mask::All => column,
            Mask::Bits(bits, offset) => column.with_bits(bits, *offset),
            Mask::Bytes(bytes) => column.with_bytes(bytes),
        };
        let column = if self.skip_nan {
            column.skip_nan()
        } else {
            column
        };
        match self.rows.len() == column.len() {
            true => column,
            false => column.part(self.rows.clone()),
        }
    }
}

/// A random column of one of the types.
pub(crate) fn any(random: &mut Random, number: usize, count: usize) -> Laid {
    for_any_type!(number, T => {
        let (values, kind) = types::values::<T>(random, count);
        laid(random, values, &kind)
    })
}

/// The same, without values below zero.
pub(crate) fn weights(random: &mut Random, number: usize, count: usize) -> Laid {
    for_any_type!(number, T => {
        let (mut values, kind) = types::values::<T>(random, count);
        for value in &mut values {
            *value = value.without_sign();
        }
        laid(random, values, &kind)
    })
}

/// A column of these values, as one of the types has them.
pub(crate) fn of_doubles(random: &mut Random, number: usize, doubles: &[f64], kind: &str) -> Laid {
    for_any_type!(number, T => {
        let values = doubles.iter().map(|&value| T::of_double(value)).collect();
        laid::<T>(random, values, kind)
    })
}

/// Ids of any integer type and layout. Sometimes one in `bad_of` is the id of no group.
pub(crate) fn ids(random: &mut Random, count: usize, groups: usize, bad_of: usize) -> Laid {
    let bad = random.one_in(3);
    let sorted = random.one_in(4);
    for_any_type!(FIRST_INTEGER + random.below(TYPES - FIRST_INTEGER), I => {
        let two = <I as Element>::NAME == "bool";
        let most = groups.clamp(1, if two { 2 } else { 127 });
        let mut numbers: Vec<usize> = (0..count).map(|_| random.below(most)).collect();
        if sorted {
            numbers.sort_unstable();
        }
        let values = numbers.into_iter().map(|number| match bad && random.one_in(bad_of) {
            true => <I as Element>::random(random, 4),
            false => <I as Element>::of_double(number as f64),
        });
        let values = values.collect();
        laid::<I>(random, values, if sorted { "sorted ids" } else { "ids" })
    })
}

/// Lays out these values, or many of the first one, with others around them.
fn laid<T: Element>(random: &mut Random, values: Vec<T>, kind: &str) -> Laid {
    let stride = random.pick(&[1, 1, 2, 3, 4, 7, -1, -2, -5, 0]);
    let by_source = random.below(4) == 0;
    let skip_nan = random.below(2) == 0;
    let (before, after) = match random.below(3) {
        0 => (random.below(70), random.below(9)),
        _ => (0, 0),
    };
    let rows = before..before + values.len();
    let count = rows.end + after;
    let mut all: Vec<T> = (0..before).map(|_| T::random(random, 3)).collect();
    all.extend(values);
    all.resize_with(count, || T::random(random, 4));
    if stride == 0 && count > 0 {
        let one = all[rows.start.min(count - 1)];
        all.fill(one);
    }

    let (there, mask, mask_name) = mask(random, count);
    let cells = all[rows.clone()].iter().zip(&there[rows.clone()]);
    let cells = cells
        .map(|(value, there)| match value.cell() {
            Cell::Nan if skip_nan => Cell::Skipped,
            cell if *there => cell,
            _ => Cell::Skipped,
        })
        .collect();
    let name = format!(
        "{} {} of {kind}, stride {stride}, source {by_source}, {mask_name}, skip_nan {skip_nan}, rows {rows:?} of {count}",
        rows.len(),
        T::NAME,
    );
    let place: Box<dyn Place> = if by_source {
        Box::new(Far(all))
    } else {
        Box::new(strided(random, &all, stride))
    };
    Laid {
        place,
        mask,
        skip_nan,
        rows,
        cells,
        name,
        is_integers: T::IS_INTEGER,
    }
}

/// Puts values a stride apart, not always from the first place on.
fn strided<T: Element>(random: &mut Random, values: &[T], stride: isize) -> Strided<T> {
    let count = values.len();
    let start = random.below(4);
    let places = count.saturating_sub(1) * stride.unsigned_abs() + 1 + start;
    let mut places: Vec<T> = (0..places).map(|_| T::random(random, 3)).collect();
    let first = if stride < 0 { places.len() - 1 } else { start };
    for (row, value) in values.iter().enumerate() {
        places[first.wrapping_add_signed(stride * row as isize)] = *value;
    }
    Strided {
        places,
        first,
        count,
        stride,
    }
}

/// Which rows are there, and a mask that says so.
fn mask(random: &mut Random, count: usize) -> (Vec<bool>, Mask, String) {
    let kind = random.below(4);
    let density = random.below(5);
    let there: Vec<bool> = (0..count)
        .map(|_| kind < 2 || random.below(4) < density)
        .collect();
    match kind {
        0 | 1 => (there, Mask::All, "no mask".to_owned()),
        2 => {
            let offset = random.below(200);
            let mut bits = vec![0_u8; (offset + count).div_ceil(8)];
            for (row, _) in there.iter().enumerate().filter(|(_, there)| **there) {
                bits[(offset + row) / 8] |= 1 << ((offset + row) % 8);
            }
            // What is around them says nothing.
            for bit in (0..offset).chain(offset + count..8 * bits.len()) {
                bits[bit / 8] |= ((random.bits() & 1) as u8) << (bit % 8);
            }
            let name = format!("bits from {offset} on, density {density}");
            (there, Mask::Bits(bits, offset), name)
        }
        _ => {
            let byte = |there: &bool| u8::from(*there) * (1 + (random.bits() % 255) as u8);
            let bytes = there.iter().map(byte).collect();
            (
                there,
                Mask::Bytes(bytes),
                format!("bytes, density {density}"),
            )
        }
    }
}
