//! Finds a column in an array, and reads its rows.

use std::ffi::c_void;
use std::ops::Range;
use std::ptr::null;

use super::arrow_data::ArrowArray;
use super::arrow_format::Format;
use super::arrow_node::{Bits, Node};
use super::arrow_schema::{MOST_STEPS, Place, Root, Target, child, read};
use super::column_data::{Given, Parts};
use super::column_type::tally_type;
use crate::boundary::Outcome;
use crate::boundary::array::Array;
use crate::boundary::pointer::Pod;

/// Rows of a block, where bits are put together or taken apart.
const BLOCK: usize = 4096;

/// A column of an array: where its values are, and what says which are there.
pub(super) struct Leaf<'a> {
    format: Format,
    /// The first value, unless they are bits.
    values: *const c_void,
    /// The values, if they are bits.
    bits: Bits<'a>,
    count: usize,
    /// Of the column and of each struct around it.
    masks: [Bits<'a>; MOST_STEPS + 1],
    mask_count: usize,
}

/// What a block of rows is put together in.
pub(super) struct Room {
    present: [u8; BLOCK / 8],
    values: [u8; BLOCK],
}

impl Room {
    pub(super) const EMPTY: Self = Room {
        present: [0; BLOCK / 8],
        values: [0; BLOCK],
    };
}

impl<'a> Leaf<'a> {
    /// Finds a column.
    ///
    /// # Safety
    /// `array`, if not NULL, is an array of the type in whose schema `target` was found, and
    /// what it points to is as the C data interface says, as far as the checks cannot know;
    /// nobody writes to it as long as the result lives.
    pub(super) unsafe fn new(
        array: *const ArrowArray,
        root: Root,
        target: &Target,
    ) -> Outcome<Self> {
        let mut leaf = Leaf {
            format: target.format,
            values: null(),
            bits: Bits::NONE,
            count: 0,
            masks: [Bits::NONE; MOST_STEPS + 1],
            mask_count: 0,
        };
        let steps = target.steps.as_slice();
        let (mut pointer, mut first) = (array, 0);
        for depth in 0..=steps.len() {
            let steps_here = &steps[..depth];
            let place = Place {
                root,
                steps: steps_here,
            };
            // SAFETY: readable by the contract.
            let node = unsafe { Node::new(pointer, place) }?;
            if depth == 0 {
                leaf.count = node.length;
            }
            let step = steps.get(depth);
            node.check_shape(step.map_or(0, |step| step.of), step.is_none())?;
            // SAFETY: an array's own buffer, by the contract.
            if let Some(mask) = unsafe { node.mask(first, leaf.count) }? {
                leaf.masks[leaf.mask_count] = mask;
                leaf.mask_count += 1;
            }
            let Some(step) = step else {
                // SAFETY: as above.
                unsafe { leaf.set_values(&node, first) }?;
                break;
            };
            let below = Place {
                root,
                steps: &steps[..=depth],
            };
            // SAFETY: as above; the index is below the number of children.
            pointer = unsafe { child(node.array.children, step.index, &place) }?;
            // SAFETY: as above.
            let length = unsafe { read(pointer, &below) }?.length;
            let needed = node.offset + node.length;
            if usize::try_from(length).is_ok_and(|length| length < needed) {
                let what = format_args!(
                    ": length is {length}, below the {needed} elements of the enclosing struct"
                );
                return Err(below.refuse(what));
            }
            first += node.offset;
        }
        Ok(leaf)
    }

    /// # Safety
    /// As for [`Leaf::new`], of a column's own array.
    unsafe fn set_values(&mut self, node: &Node<'_>, first: usize) -> Outcome<()> {
        // An array of nothing may begin anywhere.
        let first = match self.count {
            0 => 0,
            _ => node.offset + first,
        };
        let size = match self.format {
            Format::Number(element) => element.size(),
            Format::Decimal(decimal) => decimal.width.bytes(),
            _ => {
                // SAFETY: the same contract.
                self.bits = unsafe { node.bits(1, first, self.count) }?;
                return Ok(());
            }
        };
        let elements = node.offset + node.length;
        let bytes = elements.saturating_mul(size);
        // SAFETY: as above.
        let buffer = unsafe { node.buffer(1, bytes) }?;
        self.values = buffer.wrapping_add(first * size).cast();
        Ok(())
    }

    pub(super) fn format(&self) -> Format {
        self.format
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    fn masks(&self) -> &[Bits<'a>] {
        &self.masks[..self.mask_count]
    }

    /// The rows that [`Leaf::rows`] can give at a time.
    pub(super) fn block(&self) -> usize {
        match self.format {
            Format::Bits => BLOCK,
            _ if self.mask_count > 1 => BLOCK,
            _ => self.count.max(1),
        }
    }

    /// All elements where they are, as a column's fields say, if they can be said so: of the
    /// type given, and if no more than one bitmap says which are there.
    pub(super) fn parts(&self, element: tally_type) -> Option<Parts> {
        let mask = match self.masks() {
            [] => None,
            [mask] => Some(mask),
            _ => return None,
        };
        Some(Parts {
            element,
            skips_nan: false,
            has_bytes: false,
            values: self.values,
            count: self.count,
            stride: element.size() as isize,
            validity: mask.map_or(null(), |mask| mask.bytes.as_ptr()),
            offset: mask.map_or(0, |mask| mask.first),
        })
    }

    /// Some of the rows as a column of numbers of a type, no more than a block of them.
    pub(super) fn rows<'r>(
        &'r self,
        element: tally_type,
        rows: Range<usize>,
        room: &'r mut Room,
    ) -> Outcome<Given<'r>> {
        let size = element.size();
        let mut parts = match self.parts(element) {
            Some(parts) if self.format != Format::Bits => Parts {
                offset: parts.offset + rows.start,
                ..parts
            },
            _ => {
                self.put_together(rows.clone(), &mut room.present);
                Parts {
                    validity: room.present.as_ptr(),
                    ..Parts::array::<f64>(null(), 0)
                }
            }
        };
        parts.element = element;
        parts.count = rows.len();
        parts.stride = size as isize;
        parts.values = match self.format {
            Format::Bits => {
                self.take_apart(rows, &mut room.values);
                room.values.as_ptr().cast()
            }
            _ => self
                .values
                .cast::<u8>()
                .wrapping_add(rows.start * size)
                .cast(),
        };
        // SAFETY: the array's own memory, readable by the contract of `new`, or the room's,
        // which is borrowed.
        unsafe { parts.given("values") }
    }

    /// Writes which of some rows are there, a bit each.
    fn put_together(&self, rows: Range<usize>, present: &mut [u8; BLOCK / 8]) {
        let words = present.as_chunks_mut::<8>().0.iter_mut();
        for (word, row) in words.zip(rows.step_by(64)) {
            *word = self.word_of_rows(row).to_le_bytes();
        }
    }

    /// Which of 64 rows from one on are there.
    fn word_of_rows(&self, row: usize) -> u64 {
        let words = self.masks().iter().map(|mask| mask.word(row));
        words.fold(u64::MAX, |all, word| all & word)
    }

    /// Writes bits that are values, a byte each.
    fn take_apart(&self, rows: Range<usize>, values: &mut [u8; BLOCK]) {
        let blocks = values.as_chunks_mut::<64>().0.iter_mut();
        for (block, row) in blocks.zip(rows.step_by(64)) {
            let word = self.bits.word(row);
            for (bit, value) in block.iter_mut().enumerate() {
                *value = (word >> bit & 1) as u8;
            }
        }
    }

    /// Hands out the elements that are there, in order, as values of a type of the column's
    /// size.
    pub(super) fn for_each_block<T: Pod>(&self, mut take: impl FnMut(&[T])) -> Outcome<()> {
        // SAFETY: the array's own memory, readable by the contract of `new`.
        let values = unsafe { Array::new(self.values.cast::<T>(), self.count, "values") }?;
        if self.mask_count == 0 {
            values.for_each_block(take);
            return Ok(());
        }
        let mut block = [T::default(); 256];
        let mut length = 0;
        for first in (0..self.count).step_by(64) {
            let mut word = self.word_of_rows(first);
            if length + 64 > block.len() {
                take(&block[..length]);
                length = 0;
            }
            while word != 0 {
                // There is none behind the last element.
                let row = first + word.trailing_zeros() as usize;
                let Some(value) = values.get(row) else { break };
                block[length] = value;
                length += 1;
                word &= word - 1;
            }
        }
        take(&block[..length]);
        Ok(())
    }
}
