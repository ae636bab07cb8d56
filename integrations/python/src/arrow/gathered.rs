//! An Arrow column as one array, for functions that need all elements at once.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use super::structs::Values;
use super::{Chunk, Origin, Source};
use crate::array::{Array, Owner};
use crate::column::{Kind, size_of_kind};
use crate::format::Format;
use crate::states::Accumulator;

/// A byte for each of `count` bits from bit `offset` on, counted from the lowest of each byte.
///
/// # Safety
/// They are readable.
unsafe fn bytes_of_bits(first: *const u8, offset: usize, count: usize) -> Vec<u8> {
    let bit = |place: usize| {
        // SAFETY: readable by the contract.
        let byte = unsafe { first.add(place / 8).read() };
        byte >> (place % 8) & 1
    };
    (offset..offset + count).map(bit).collect()
}

/// Elements, and which of them are present, in our own memory.
#[derive(Default)]
struct Parts {
    kind: Option<Kind>,
    values: Vec<u8>,
    valid: Vec<u8>,
    has_missing: bool,
}

/// Bools: a bit each.
fn bools(chunk: &Chunk<'_>, parts: &mut Parts) -> PyResult<()> {
    // The library checks the structs.
    super::AddsArrow::add_arrow(&mut Accumulator::default(), chunk)?;
    let Values {
        length,
        offset,
        buffers,
        ..
    } = *chunk.values;
    let (count, offset) = (usize::try_from(length)?, usize::try_from(offset)?);
    if count == 0 {
        return Ok(());
    }
    // SAFETY: an array of bools has two buffers: validity, which may be NULL, and bits, of
    // which there are as many as elements, after the offset.
    unsafe {
        let (validity, bits) = (*buffers, *buffers.add(1));
        parts.values.extend(bytes_of_bits(bits, offset, count));
        match validity.is_null() {
            true => parts.valid.resize(parts.valid.len() + count, 1),
            false => {
                parts.valid.extend(bytes_of_bits(validity, offset, count));
                parts.has_missing = true;
            }
        }
    }
    Ok(())
}

/// Numbers where they lie, which `owner` keeps there.
fn numbers<'py>(chunk: &Chunk<'_>, owner: Owner<'py>) -> PyResult<Array<'py>> {
    let raw = chunk.raw_column()?;
    // SAFETY: the library has set it.
    let kind = unsafe { raw.r#type.assume_init() };
    let shape = [isize::try_from(raw.count)?];
    let format = Format {
        kind,
        is_swapped: false,
    };
    let (first, strides) = (raw.values.cast(), [raw.stride]);
    // SAFETY: a column of the array that the owner keeps.
    let mut array = unsafe { Array::new(first, format, &shape, &strides, owner) }?;
    if !raw.validity.is_null() {
        // SAFETY: there is a bit for each element, after the offset.
        let valid = unsafe { bytes_of_bits(raw.validity, raw.offset, raw.count) };
        array.valid = Some(Box::new(Array::of_mask(valid)));
    }
    Ok(array)
}

impl Parts {
    fn add(&mut self, array: &Array<'_>) -> PyResult<()> {
        self.kind = Some(array.kind());
        let size = array.size() * size_of_kind(array.kind());
        let words = array.words()?;
        let bytes = words.iter().flat_map(|word| word.to_ne_bytes());
        self.values.extend(bytes.take(size));
        match &array.valid {
            None => self.valid.resize(self.valid.len() + array.size(), 1),
            Some(valid) => {
                self.valid.extend(valid.bytes_over(array)?);
                self.has_missing = true;
            }
        }
        Ok(())
    }

    fn array<'py>(self) -> Array<'py> {
        let mut array = Array::of_bytes(self.values, self.kind.unwrap_or(Kind::TALLY_F64));
        if self.has_missing {
            array.valid = Some(Box::new(Array::of_mask(self.valid)));
        }
        array
    }
}

/// A column as one array: in place, or copied if it comes in several parts or is one of
/// bools.
pub(crate) fn array<'py>(py: Python<'py>, source: &Source<'py>) -> PyResult<Array<'py>> {
    if source.path.is_some() || source.is_table() {
        let message = "expected a column, not a table: select a column by its name";
        return Err(PyTypeError::new_err(message));
    }
    let is_bool = source.leaf().format() == b"b";
    let refused = |error: PyErr| match source.is_number() {
        true => error,
        false => PyTypeError::new_err(error.value(py).to_string()),
    };
    if let (Origin::Array(capsule), false) = (&source.origin, is_bool) {
        let mut only = None;
        source
            .each(py, |chunk| {
                only = Some(numbers(chunk, Owner::Object(capsule.clone().into_any()))?);
                Ok(())
            })
            .map_err(refused)?;
        return only.ok_or_else(|| PyTypeError::new_err("expected an array"));
    }
    let mut parts = Parts {
        kind: is_bool.then_some(Kind::TALLY_BOOL),
        ..Parts::default()
    };
    let mut first: Option<Array<'py>> = None;
    source
        .each_owned(py, |chunk, owned| {
            if is_bool {
                return bools(&chunk, &mut parts);
            }
            let owner = owned.map_or(Owner::Bytes(Vec::new()), Owner::Arrow);
            let array = numbers(&chunk, owner)?;
            match first.take() {
                None if parts.values.is_empty() => first = Some(array),
                None => parts.add(&array)?,
                Some(before) => {
                    parts.add(&before)?;
                    parts.add(&array)?;
                }
            }
            Ok(())
        })
        .map_err(refused)?;
    match first {
        Some(array) => Ok(array),
        None => {
            if parts.kind.is_none() {
                parts.kind = source.kind();
            }
            Ok(parts.array())
        }
    }
}
