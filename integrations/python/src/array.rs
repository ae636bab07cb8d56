//! Arrays of any owner.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

use crate::arrow::OwnedValues;
use crate::buffer::Buffer;
use crate::column::{Element, Kind, is_float, size_of_kind};
use crate::format::Format;
use crate::layout::Source;
use crate::memory::{Dim, Memory};

/// Keeps the memory of an array in place.
pub(crate) enum Owner<'py> {
    Buffer(#[allow(dead_code, reason = "dropped, never read")] Buffer),
    Object(#[allow(dead_code, reason = "dropped, never read")] Bound<'py, PyAny>),
    Words(#[allow(dead_code, reason = "dropped, never read")] Vec<u64>),
    Arrow(#[allow(dead_code, reason = "dropped, never read")] OwnedValues),
    Bytes(#[allow(dead_code, reason = "dropped, never read")] Vec<u8>),
}

/// Numbers in memory, in any number of dimensions.
pub(crate) struct Array<'py> {
    base: *const u8,
    kind: Kind,
    dims: Vec<Dim>,
    owner: Owner<'py>,
    /// The elements that are present; None for all.
    pub(crate) valid: Option<Box<Array<'py>>>,
}

/// Shape and strides as dimensions.
fn dims(shape: &[isize], strides: &[isize]) -> PyResult<Vec<Dim>> {
    let dim = |(size, stride): (&isize, &isize)| {
        let size = usize::try_from(*size)
            .map_err(|_| PyValueError::new_err("an array has a negative size"))?;
        Ok(Dim {
            size,
            stride: *stride,
            mask: 0,
        })
    };
    if shape.len() != strides.len() {
        return Err(PyValueError::new_err(
            "an array must have as many strides as dimensions",
        ));
    }
    shape.iter().zip(strides).map(dim).collect()
}

/// The strides in bytes of elements of `size` bytes that lie side by side.
pub(crate) fn contiguous(shape: &[isize], size: usize) -> Vec<isize> {
    let mut stride = size as isize;
    let mut strides = vec![0; shape.len()];
    for (place, size) in strides.iter_mut().zip(shape).rev() {
        *place = stride;
        stride = stride.saturating_mul(*size);
    }
    strides
}

impl<'py> Array<'py> {
    /// An array of these elements.
    ///
    /// # Safety
    /// `owner` keeps them readable.
    pub(crate) unsafe fn new(
        base: *const u8,
        format: Format,
        shape: &[isize],
        strides: &[isize],
        owner: Owner<'py>,
    ) -> PyResult<Self> {
        let dims = dims(shape, strides)?;
        let kind = format.kind;
        let valid = None;
        if !format.is_swapped {
            let array = Self {
                base,
                kind,
                dims,
                owner,
                valid,
            };
            array.memory()?;
            return Ok(array);
        }
        // SAFETY: the same contract.
        let memory = unsafe { Memory::new(base, kind, &dims) }?;
        let words = memory.copied(&dims, true);
        let base = words.as_ptr().cast();
        let strides = contiguous(shape, size_of_kind(kind));
        let dims = self::dims(shape, &strides)?;
        Ok(Self {
            base,
            kind,
            dims,
            owner: Owner::Words(words),
            valid,
        })
    }

    /// The memory that an object exports by the buffer protocol.
    pub(crate) fn of_buffer(object: &Bound<'py, PyAny>) -> PyResult<Self> {
        let buffer = Buffer::read(object)?;
        let format = buffer.format()?;
        let (shape, strides) = (buffer.shape().to_vec(), buffer.strides());
        let first = buffer.first().cast_const();
        // SAFETY: the memory of a buffer is readable as long as it is held.
        unsafe { Self::new(first, format, &shape, &strides, Owner::Buffer(buffer)) }
    }

    /// One dimension of our own numbers.
    pub(crate) fn of_words<T: Element>(values: &[T], words: impl Fn(T) -> u64) -> Self {
        const { assert!(size_of::<T>() == 8) };
        let words: Vec<u64> = values.iter().map(|value| words(*value)).collect();
        let dims = vec![Dim {
            size: words.len(),
            stride: 8,
            mask: 0,
        }];
        let base = words.as_ptr().cast();
        Self {
            base,
            kind: T::KIND,
            dims,
            owner: Owner::Words(words),
            valid: None,
        }
    }

    /// A mask of one dimension.
    pub(crate) fn of_mask(bytes: Vec<u8>) -> Self {
        Self::of_bytes(bytes, Kind::TALLY_BOOL)
    }

    /// One dimension of contiguous elements in our own bytes.
    pub(crate) fn of_bytes(bytes: Vec<u8>, kind: Kind) -> Self {
        let element = size_of_kind(kind);
        let (size, stride) = (bytes.len() / element, element as isize);
        let dims = vec![Dim {
            size,
            stride,
            mask: 0,
        }];
        let base = bytes.as_ptr();
        Self {
            base,
            kind,
            dims,
            owner: Owner::Bytes(bytes),
            valid: None,
        }
    }

    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    pub(crate) fn is_float(&self) -> bool {
        is_float(self.kind)
    }

    pub(crate) fn ndim(&self) -> usize {
        self.dims.len()
    }

    pub(crate) fn shape(&self) -> Vec<usize> {
        self.dims.iter().map(|dim| dim.size).collect()
    }

    pub(crate) fn size(&self) -> usize {
        self.dims.iter().map(|dim| dim.size).product()
    }

    pub(crate) fn memory(&self) -> PyResult<Memory<'_>> {
        // SAFETY: by the contract of `new`, as long as the owner is there.
        Ok(unsafe { Memory::new(self.base, self.kind, &self.dims) }?)
    }

    /// The elements to reduce, and their dimensions with the strides of the mask.
    pub(crate) fn source(&self, skip_nan: bool) -> PyResult<(Source<'_>, Vec<Dim>)> {
        let values = self.memory()?;
        let mut dims = self.dims.clone();
        let mask = match &self.valid {
            None => None,
            Some(valid) => {
                let strides = valid.broadcast_to(&dims)?;
                for (dim, mask) in dims.iter_mut().zip(strides) {
                    dim.mask = mask;
                }
                Some(valid.memory()?)
            }
        };
        // Only floats can be NaN.
        let skip_nan = skip_nan && self.is_float();
        Ok((
            Source {
                values,
                mask,
                skip_nan,
            },
            dims,
        ))
    }

    /// The strides with which a mask covers other dimensions.
    fn broadcast_to(&self, dims: &[Dim]) -> PyResult<Vec<isize>> {
        let refused = || {
            let of = shape_text(&dims.iter().map(|dim| dim.size).collect::<Vec<_>>());
            let own = shape_text(&self.shape());
            PyValueError::new_err(format!(
                "a mask of shape {own} does not match an array of shape {of}"
            ))
        };
        if self.kind != Kind::TALLY_BOOL {
            return Err(PyTypeError::new_err(
                "a mask must have elements of type bool",
            ));
        }
        let missing = dims.len().checked_sub(self.ndim()).ok_or_else(refused)?;
        let mut strides = vec![0; missing];
        for (own, dim) in self.dims.iter().zip(&dims[missing..]) {
            strides.push(match own.size {
                size if size == dim.size => own.stride,
                1 => 0,
                _ => return Err(refused()),
            });
        }
        Ok(strides)
    }
}

/// A shape as Python writes it.
pub(crate) fn shape_text(shape: &[usize]) -> String {
    match shape {
        [one] => format!("({one},)"),
        _ => {
            let sizes: Vec<_> = shape.iter().map(ToString::to_string).collect();
            format!("({})", sizes.join(", "))
        }
    }
}

/// Masks.
impl<'py> Array<'py> {
    /// A mask of one element, for all of an array of `ndim` dimensions.
    pub(crate) fn spread(&mut self, ndim: usize) {
        self.dims = vec![Dim::ONE; ndim];
    }

    /// Elements that lie side by side, in other dimensions.
    pub(crate) fn reshape(&mut self, shape: &[usize]) {
        let mut stride = size_of_kind(self.kind) as isize;
        self.dims = shape
            .iter()
            .map(|size| Dim {
                size: *size,
                stride: 0,
                mask: 0,
            })
            .collect();
        for dim in self.dims.iter_mut().rev() {
            dim.stride = stride;
            stride *= dim.size as isize;
        }
    }

    /// 1 for each element that counts, otherwise 0. None if all count.
    pub(crate) fn valid_bytes(&self) -> PyResult<Option<Vec<u8>>> {
        self.valid
            .as_ref()
            .map(|valid| valid.bytes_over(self))
            .transpose()
    }

    /// The bytes of this mask for each element of an array: 0 or 1.
    pub(crate) fn bytes_over(&self, array: &Array<'py>) -> PyResult<Vec<u8>> {
        let strides = self.broadcast_to(&array.dims)?;
        let dims = array.dims.iter().zip(strides);
        let dims: Vec<_> = dims.map(|(dim, mask)| Dim { mask, ..*dim }).collect();
        let memory = self.memory()?;
        let mut bytes = Vec::with_capacity(array.size());
        let mut room = Vec::new();
        let (outer, inner) = match dims.split_last() {
            Some((inner, outer)) => (outer, *inner),
            None => (&[][..], Dim::ONE),
        };
        crate::layout::places(outer, |_, mask_at| {
            let mask = memory.mask(mask_at, [Dim::ONE, inner], &mut room);
            mask.append_to(&mut bytes);
        });
        Ok(bytes)
    }
}

/// Other shapes.
impl<'py> Array<'py> {
    /// All elements in C order, in one dimension: where they lie, or copied if they do not lie
    /// at equal distances.
    pub(crate) fn raveled(mut self) -> PyResult<Self> {
        let valid = match &self.valid {
            None => None,
            Some(valid) => Some(Box::new(Self::of_mask(valid.bytes_over(&self)?))),
        };
        let size = self.size();
        let merged = crate::layout::merged(&self.dims);
        match merged[..] {
            [] => {
                self.dims = vec![Dim {
                    size,
                    stride: 0,
                    mask: 0,
                }]
            }
            [dim] => self.dims = vec![dim],
            _ => {
                let words = self.memory()?.copied(&self.dims, false);
                self.base = words.as_ptr().cast();
                let stride = size_of_kind(self.kind) as isize;
                self.dims = vec![Dim {
                    size,
                    stride,
                    mask: 0,
                }];
                self.owner = Owner::Words(words);
            }
        }
        self.valid = valid;
        Ok(self)
    }
}

/// Arrays as rows.
impl<'py> Array<'py> {
    /// The same elements, the dimensions in another order.
    pub(crate) fn permuted(mut self, order: &[usize]) -> PyResult<Self> {
        if let Some(valid) = self.valid.take() {
            let mut mask = Self::of_mask(valid.bytes_over(&self)?);
            mask.reshape(&self.shape());
            mask.dims = order.iter().map(|place| mask.dims[*place]).collect();
            self.valid = Some(Box::new(mask));
        }
        self.dims = order.iter().map(|place| self.dims[*place]).collect();
        Ok(self)
    }

    /// The same elements, with dimensions of stride 0 so that it has this shape.
    pub(crate) fn broadcast(mut self, shape: &[usize]) -> PyResult<Self> {
        let own = shape_text(&self.shape());
        let refused = || {
            let needed = shape_text(shape);
            let text = format!("an array of shape {own} does not match shape {needed}");
            PyValueError::new_err(text)
        };
        let missing = shape.len().checked_sub(self.ndim()).ok_or_else(refused)?;
        let mut dims: Vec<Dim> = shape[..missing]
            .iter()
            .map(|size| Dim {
                size: *size,
                ..Dim::ONE
            })
            .collect();
        for (dim, size) in self.dims.iter().zip(&shape[missing..]) {
            dims.push(match dim.size {
                same if same == *size => *dim,
                1 => Dim {
                    size: *size,
                    ..Dim::ONE
                },
                _ => return Err(refused()),
            });
        }
        if let Some(valid) = self.valid.take() {
            self.valid = Some(Box::new(valid.broadcast(shape)?));
        }
        self.dims = dims;
        Ok(self)
    }

    /// The same elements among `ndim` dimensions: each of its own at the place that `axes`
    /// names, the others of size 1.
    pub(crate) fn placed(mut self, axes: &[usize], ndim: usize) -> Self {
        let mut dims = vec![Dim::ONE; ndim];
        for (axis, dim) in axes.iter().zip(&self.dims) {
            dims[*axis] = *dim;
        }
        self.dims = dims;
        if let Some(valid) = self.valid.take() {
            self.valid = Some(Box::new(valid.placed(axes, ndim)));
        }
        self
    }

    /// The bits of elements of 64 bits, in C order.
    pub(crate) fn words(&self) -> PyResult<Vec<u64>> {
        Ok(self.memory()?.copied(&self.dims, false))
    }

    /// Rows that each have the elements along the last `count` dimensions: how many rows
    /// there are, and one dimension for the elements of all.
    pub(crate) fn rows(self, count: usize) -> PyResult<(usize, Self)> {
        let split = self.ndim() - count;
        let rows = self.dims[..split].iter().map(|dim| dim.size).product();
        Ok((rows, self.raveled()?))
    }
}
