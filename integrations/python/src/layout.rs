//! How the dimensions of an array are walked.

use crate::column::{Column, Mask};
use crate::error::Outcome;
use crate::memory::{Dim, Memory};

/// Calls `visit` with the offsets of each place, in values and in mask, the last dimension
/// fastest.
pub(crate) fn places(dims: &[Dim], mut visit: impl FnMut(isize, isize)) {
    let all: Outcome<()> = try_places(dims, |at, mask_at| {
        visit(at, mask_at);
        Ok(())
    });
    debug_assert!(all.is_ok());
}

/// Like [`places`], until a visit fails.
pub(crate) fn try_places<E>(
    dims: &[Dim],
    mut visit: impl FnMut(isize, isize) -> Result<(), E>,
) -> Result<(), E> {
    if dims.iter().any(|dim| dim.size == 0) {
        return Ok(());
    }
    let mut index = vec![0_usize; dims.len()];
    let (mut at, mut mask_at) = (0, 0);
    loop {
        visit(at, mask_at)?;
        let mut dim = dims.len();
        loop {
            if dim == 0 {
                return Ok(());
            }
            dim -= 1;
            let Dim { size, stride, mask } = dims[dim];
            index[dim] += 1;
            (at, mask_at) = (at + stride, mask_at + mask);
            if index[dim] < size {
                break;
            }
            at -= stride * size as isize;
            mask_at -= mask * size as isize;
            index[dim] = 0;
        }
    }
}

/// The same places in the same order, in as few dimensions as possible.
pub(crate) fn merged(dims: &[Dim]) -> Vec<Dim> {
    let mut all: Vec<Dim> = Vec::with_capacity(dims.len());
    for dim in dims.iter().copied().filter(|dim| dim.size != 1) {
        match all.last_mut() {
            Some(outer) if continues(*outer, dim) => {
                *outer = Dim {
                    size: outer.size * dim.size,
                    ..dim
                };
            }
            _ => all.push(dim),
        }
    }
    all
}

fn continues(outer: Dim, inner: Dim) -> bool {
    let size = inner.size as isize;
    inner.stride.checked_mul(size) == Some(outer.stride)
        && inner.mask.checked_mul(size) == Some(outer.mask)
}

/// The same places in any order, in as few dimensions as possible; the last is the one to
/// make columns of.
pub(crate) fn merged_unordered(dims: &[Dim]) -> Vec<Dim> {
    let mut dims = dims.to_vec();
    dims.sort_by_key(|dim| std::cmp::Reverse(dim.stride.unsigned_abs()));
    let mut all = merged(&dims);
    // A column of a few elements is slower than its call.
    const LONG: usize = 32;
    if all.last().is_some_and(|last| last.size < LONG) {
        all.sort_by_key(|dim| dim.size);
    }
    all
}

/// The most bytes of a mask that are gathered at a time.
const BLOCK: usize = 1 << 16;

/// The elements to reduce: memory, and which elements count.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) values: Memory<'a>,
    pub(crate) mask: Option<Memory<'a>>,
    pub(crate) skip_nan: bool,
}

impl Source<'_> {
    /// Calls `add` with the places of `dims`, from the given offsets on, as columns in any order.
    pub(crate) fn columns(
        &self,
        at: isize,
        mask_at: isize,
        dims: &[Dim],
        mut add: impl FnMut(&Column<'_>) -> Outcome<()>,
    ) -> Outcome<()> {
        let dims = merged_unordered(dims);
        let (outer, inner) = match dims.split_last() {
            Some((inner, outer)) => (outer, *inner),
            None => (&[][..], Dim::ONE),
        };
        let mut room = Vec::new();
        try_places(outer, |offset, mask_offset| {
            let (at, mask_at) = (at + offset, mask_at + mask_offset);
            let Some(mask) = &self.mask else {
                return add(&self.values.column(at, inner).skip_nan(self.skip_nan));
            };
            let block = if inner.mask == 1 {
                inner.size.max(1)
            } else {
                BLOCK
            };
            for start in (0..inner.size).step_by(block) {
                let dim = Dim {
                    size: block.min(inner.size - start),
                    ..inner
                };
                let (at, mask_at) = (
                    at + start as isize * dim.stride,
                    mask_at + start as isize * dim.mask,
                );
                let mask: Mask<'_> = mask.mask(mask_at, [Dim::ONE, dim], &mut room);
                let column = self.values.column(at, dim).skip_nan(self.skip_nan);
                add(&column.masked(Some(mask)))?;
            }
            Ok(())
        })
    }
}
