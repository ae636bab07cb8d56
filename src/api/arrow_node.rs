//! One array of Arrow, without its children.

use std::fmt::Display;

use super::arrow_data::ArrowArray;
use super::arrow_schema::{Place, check_children, read};
use crate::boundary::Outcome;
use crate::boundary::array::Array;
use tally_core::internal::word_of_bits;

/// Bits of an array, and which of them is the first one.
#[derive(Clone, Copy)]
pub(super) struct Bits<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) first: usize,
}

impl Bits<'_> {
    pub(super) const NONE: Self = Bits {
        bytes: &[],
        first: 0,
    };

    /// The 64 bits from a row on, as far as there are any.
    pub(super) fn word(&self, row: usize) -> u64 {
        word_of_bits(self.bytes, self.first + row)
    }
}

/// An array, read and checked for itself.
pub(super) struct Node<'p> {
    pub(super) array: ArrowArray,
    place: Place<'p>,
    pub(super) length: usize,
    pub(super) offset: usize,
}

impl<'p> Node<'p> {
    /// # Safety
    /// If not NULL, `pointer` is valid for reading, and what it points to is as the C data
    /// interface says, as far as the checks cannot know; nobody writes to it as long as
    /// anything of the result lives.
    pub(super) unsafe fn new(pointer: *const ArrowArray, place: Place<'p>) -> Outcome<Self> {
        // SAFETY: the same contract.
        let array = unsafe { read(pointer, &place) }?;
        let number = |name: &str, number: i64| {
            let size = usize::try_from(number).ok();
            let size = size.filter(|&size| size <= isize::MAX as usize);
            size.ok_or_else(|| place.refuse(format_args!(": {name} is {number}")))
        };
        let length = number("length", array.length)?;
        let offset = number("offset", array.offset)?;
        if length + offset > isize::MAX as usize {
            let what = format_args!(": offset {offset} and length {length} are too large");
            return Err(place.refuse(what));
        }
        if array.null_count < -1 || array.null_count > array.length {
            let what = format_args!(": null_count is {}, of {length}", array.null_count);
            return Err(place.refuse(what));
        }
        if !array.dictionary.is_null() {
            return Err(place.refuse(": dictionary is not NULL, but that of the schema is"));
        }
        Ok(Node {
            array,
            place,
            length,
            offset,
        })
    }

    /// Refuses an array that has not as many children and buffers as its type.
    pub(super) fn check_shape(&self, children: i64, has_values: bool) -> Outcome<()> {
        let expected = if has_values { 2 } else { 1 };
        let ArrowArray {
            n_buffers,
            n_children,
            buffers,
            ..
        } = self.array;
        if n_buffers != expected {
            let what = format_args!(": n_buffers is {n_buffers}, not {expected}");
            return Err(self.place.refuse(what));
        }
        check_children(n_children, children, &self.place)?;
        if buffers.is_null() {
            return Err(self.place.refuse_null("->buffers"));
        }
        Ok(())
    }

    /// What says which of `count` elements from a row on are there; `None` if all are.
    ///
    /// # Safety
    /// As for [`Node::new`].
    pub(super) unsafe fn mask<'a>(&self, first: usize, count: usize) -> Outcome<Option<Bits<'a>>> {
        let ArrowArray {
            null_count,
            buffers,
            ..
        } = self.array;
        if null_count == 0 || self.length == 0 {
            return Ok(None);
        }
        // SAFETY: readable by the contract: there is a buffer.
        let is_given = unsafe { !buffers.read_unaligned().is_null() };
        if !is_given {
            if null_count < 0 {
                return Ok(None);
            }
            let what = format_args!(": null_count is {null_count}, but buffers[0] is NULL");
            return Err(self.place.refuse(what));
        }
        // SAFETY: as above.
        Ok(Some(unsafe { self.bits(0, self.offset + first, count) }?))
    }

    /// The bits of a buffer, of `count` elements from one on.
    ///
    /// # Safety
    /// As for [`Node::buffer`].
    pub(super) unsafe fn bits<'a>(
        &self,
        index: usize,
        first: usize,
        count: usize,
    ) -> Outcome<Bits<'a>> {
        // SAFETY: the same contract.
        let buffer = unsafe { self.buffer(index, (self.offset + self.length).div_ceil(8)) }?;
        if count == 0 {
            return Ok(Bits::NONE);
        }
        let bytes = (first % 8 + count).div_ceil(8);
        // SAFETY: readable by the contract: a part of the buffer.
        let part = unsafe { Array::new(buffer.wrapping_add(first / 8), bytes, "buffers") }?;
        Ok(Bits {
            bytes: part.bytes(),
            first: first % 8,
        })
    }

    /// A buffer of as many bytes.
    ///
    /// # Safety
    /// As for [`Node::new`]; there is a buffer of this index.
    pub(super) unsafe fn buffer(&self, index: usize, bytes: usize) -> Outcome<*const u8> {
        // An array of nothing may have no memory at all.
        let bytes = if self.length == 0 { 0 } else { bytes };
        // SAFETY: readable by the contract, at any alignment.
        let pointer = unsafe { self.array.buffers.wrapping_add(index).read_unaligned() };
        let refuse =
            |what: &dyn Display| self.place.refuse(format_args!("->buffers[{index}]{what}"));
        if bytes > isize::MAX as usize {
            let (length, offset) = (self.length, self.offset);
            let what =
                format_args!(": {length} elements from offset {offset} do not fit in memory");
            return Err(refuse(&what));
        }
        if bytes > 0 && pointer.is_null() {
            let member = format_args!("->buffers[{index}]");
            return Err(self.place.refuse_null(member));
        }
        if pointer.addr().checked_add(bytes).is_none() {
            return Err(refuse(&" extends past the end of the address space"));
        }
        Ok(pointer.cast())
    }
}
