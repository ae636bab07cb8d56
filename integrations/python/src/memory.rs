//! Elements in memory that others own, found by their offsets.

use std::marker::PhantomData;

use crate::column::{Column, Kind, Mask, Rows, size_of_kind};
use crate::error::{Failure, Outcome};
use tally_c::boundary::status::tally_status;

/// A dimension of an array: how many places, and how many bytes from one to the next, in
/// the values and in the mask.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Dim {
    pub(crate) size: usize,
    pub(crate) stride: isize,
    pub(crate) mask: isize,
}

impl Dim {
    /// One place.
    pub(crate) const ONE: Self = Self {
        size: 1,
        stride: 0,
        mask: 0,
    };
}

/// Memory that is readable for `'a`: all elements of an array.
#[derive(Clone, Copy)]
pub(crate) struct Memory<'a> {
    base: *const u8,
    kind: Kind,
    /// Where elements may begin, in bytes from `base`.
    low: isize,
    high: isize,
    is_empty: bool,
    lifetime: PhantomData<&'a [u8]>,
}

// SAFETY: it is only read, and is valid for `'a` on any thread.
unsafe impl Send for Memory<'_> {}
// SAFETY: as above.
unsafe impl Sync for Memory<'_> {}

/// The offsets of the first and the last byte that elements of these dimensions begin at;
/// None if there is no element.
fn extent(dims: &[Dim]) -> Outcome<Option<(isize, isize)>> {
    if dims.iter().any(|dim| dim.size == 0) {
        return Ok(None);
    }
    let mut ends = (0_isize, 0_isize);
    for dim in dims {
        let steps = isize::try_from(dim.size - 1).ok();
        let reach = steps.and_then(|steps| steps.checked_mul(dim.stride));
        let end = match reach {
            Some(reach @ ..0) => ends.0.checked_add(reach).map(|low| ends.0 = low),
            Some(reach) => ends.1.checked_add(reach).map(|high| ends.1 = high),
            None => None,
        };
        if end.is_none() {
            let message = "an array reaches past the end of memory";
            return Err(Failure::new(tally_status::TALLY_INVALID, message));
        }
    }
    Ok(Some(ends))
}

impl<'a> Memory<'a> {
    /// The elements of an array of these dimensions.
    ///
    /// # Safety
    /// They are readable during `'a`.
    pub(crate) unsafe fn new(base: *const u8, kind: Kind, dims: &[Dim]) -> Outcome<Self> {
        let extent = extent(dims)?;
        let (low, high) = extent.unwrap_or((0, 0));
        let (is_empty, lifetime) = (extent.is_none(), PhantomData);
        Ok(Self {
            base,
            kind,
            low,
            high,
            is_empty,
            lifetime,
        })
    }

    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// The address of the element at `at`, from which on all of `dims` lie in the array.
    fn address(&self, at: isize, dims: &[Dim]) -> *const u8 {
        if let Ok(Some((low, high))) = extent(dims) {
            let inside = |end: Option<isize>| {
                !self.is_empty && end.is_some_and(|end| (self.low..=self.high).contains(&end))
            };
            assert!(inside(at.checked_add(low)) && inside(at.checked_add(high)));
        }
        self.base.wrapping_offset(at)
    }

    /// The elements along `dim`, from the one at `at` on.
    pub(crate) fn column(&self, at: isize, dim: Dim) -> Column<'a> {
        let first = self.address(at, &[dim]);
        // SAFETY: they are in the array.
        unsafe { Column::new(self.kind, first, dim.size, dim.stride) }
    }

    /// A matrix: the elements along `inner` are a row.
    pub(crate) fn rows(&self, at: isize, inner: Dim, outer: Dim, skip_nan: bool) -> Rows<'a> {
        let first = self.address(at, &[outer, inner]);
        // SAFETY: they are in the array.
        let first = unsafe { Column::new(self.kind, first, inner.size, inner.stride) };
        // SAFETY: as above.
        unsafe { Rows::new(first.skip_nan(skip_nan), outer.size, outer.stride) }
    }

    /// The bytes along `dims` of a mask, the last dimension fastest: where they lie, or
    /// copied to `room`. `dims` have the strides of the mask.
    pub(crate) fn mask<'b>(&self, at: isize, dims: [Dim; 2], room: &'b mut Vec<u8>) -> Mask<'b>
    where
        'a: 'b,
    {
        let [outer, inner] = dims.map(|dim| Dim {
            stride: dim.mask,
            ..dim
        });
        let first = self.address(at, &[outer, inner]);
        let row = isize::try_from(inner.size);
        if (inner.size <= 1 || inner.stride == 1) && (outer.size <= 1 || Ok(outer.stride) == row) {
            // SAFETY: in the array, one next to the other.
            return unsafe { Mask::new(first, outer.size * inner.size) };
        }
        room.clear();
        for row in 0..outer.size as isize {
            let first = first.wrapping_offset(row * outer.stride);
            room.extend((0..inner.size as isize).map(|place| {
                // SAFETY: in the array.
                unsafe { first.wrapping_offset(place * inner.stride).read() }
            }));
        }
        Mask::of(room)
    }

    /// The largest of the integers along `dim` that `mask` does not leave out.
    pub(crate) fn largest(&self, at: isize, dim: Dim, mask: Option<&[u8]>) -> Option<i128> {
        use Kind::*;
        let first = self.address(at, &[dim]);
        let mut largest = None;
        for place in (0..dim.size).filter(|place| mask.is_none_or(|mask| mask[*place] != 0)) {
            let one = first.wrapping_offset(place as isize * dim.stride);
            // SAFETY: an element of the array, at any alignment.
            let value = unsafe {
                match self.kind {
                    TALLY_I8 => i128::from(one.cast::<i8>().read_unaligned()),
                    TALLY_I16 => i128::from(one.cast::<i16>().read_unaligned()),
                    TALLY_I32 => i128::from(one.cast::<i32>().read_unaligned()),
                    TALLY_I64 => i128::from(one.cast::<i64>().read_unaligned()),
                    TALLY_U8 => i128::from(one.read()),
                    TALLY_U16 => i128::from(one.cast::<u16>().read_unaligned()),
                    TALLY_U32 => i128::from(one.cast::<u32>().read_unaligned()),
                    TALLY_U64 => i128::from(one.cast::<u64>().read_unaligned()),
                    TALLY_BOOL => i128::from(one.read() != 0),
                    TALLY_F64 | TALLY_F32 | TALLY_F16 | TALLY_BF16 => continue,
                }
            };
            largest = largest.max(Some(value));
        }
        largest
    }

    /// The group of each of the integers along `dim`, as ids from 0 to `count` - 1;
    /// [`LEFT_OUT`] where `mask` is 0. The place of the first that is no such id otherwise.
    pub(crate) fn ids(
        &self,
        at: isize,
        dim: Dim,
        mask: Option<&[u8]>,
        count: u32,
    ) -> Result<Vec<u32>, usize> {
        use Kind::*;
        let first = self.address(at, &[dim]);
        let read = match self.kind {
            TALLY_I8 => ids_of::<i8>,
            TALLY_I16 => ids_of::<i16>,
            TALLY_I32 => ids_of::<i32>,
            TALLY_I64 => ids_of::<i64>,
            TALLY_U8 | TALLY_BOOL => ids_of::<u8>,
            TALLY_U16 => ids_of::<u16>,
            TALLY_U32 => ids_of::<u32>,
            TALLY_U64 => ids_of::<u64>,
            TALLY_F64 | TALLY_F32 | TALLY_F16 | TALLY_BF16 => return Err(0),
        };
        // SAFETY: elements of the array, of this type.
        unsafe { read(first, dim, mask, count) }
    }

    /// The elements along `dim`, those of each group side by side, in the order of the
    /// groups. `ids` are as those of [`Self::ids`].
    pub(crate) fn grouped(&self, at: isize, dim: Dim, ids: &[u32], count: u32) -> Grouped {
        assert!(ids.len() == dim.size);
        let first = self.address(at, &[dim]);
        let (starts, used) = starts_of(ids, count);
        let mut grouped = Grouped {
            words: Vec::new(),
            kind: self.kind,
            ends: starts.clone(),
            starts,
        };
        let to = room_for(&mut grouped.words, used, self.kind);
        let scatter = match size_of_kind(self.kind) {
            1 => scattered::<u8>,
            2 => scattered::<u16>,
            4 => scattered::<u32>,
            _ => scattered::<u64>,
        };
        // SAFETY: elements of the array, of this size; as many places as there are elements
        // that are not left out, and each is given once.
        unsafe { scatter(first, dim, ids, &mut grouped.ends, to) };
        grouped
    }

    /// The elements along `along`, side by side, for each place of `across`; copied to
    /// `words`, whatever is there.
    pub(crate) fn transposed(
        &self,
        at: isize,
        across: Dim,
        along: Dim,
        words: Vec<u64>,
    ) -> Grouped {
        let first = self.address(at, &[across, along]);
        // Lanes that begin a power of two apart would share few lines of the cache.
        let step = along.size + 8;
        let starts: Vec<usize> = (0..across.size).map(|lane| lane * step).collect();
        let mut lanes = Grouped {
            words,
            kind: self.kind,
            ends: starts.iter().map(|start| start + along.size).collect(),
            starts,
        };
        let to = room_for(&mut lanes.words, across.size * step, self.kind);
        let transpose = match size_of_kind(self.kind) {
            1 => transposed::<u8>,
            2 => transposed::<u16>,
            4 => transposed::<u32>,
            _ => transposed::<u64>,
        };
        // SAFETY: elements of the array, of this size, and room for them.
        unsafe { transpose(first, across, along, step, to) };
        lanes
    }

    /// All elements, the last dimension fastest, perhaps with the bytes of each in the other
    /// order.
    pub(crate) fn copied(&self, dims: &[Dim], swap: bool) -> Vec<u64> {
        let size = size_of_kind(self.kind);
        let count = dims.iter().map(|dim| dim.size).product::<usize>();
        let mut words = vec![0_u64; (count * size).div_ceil(8)];
        let to = words.as_mut_ptr().cast::<u8>();
        let mut index = 0;
        crate::layout::places(dims, |at, _| {
            let from = self.address(at, &[]);
            for byte in 0..size {
                let place = if swap { size - 1 - byte } else { byte };
                // SAFETY: bytes of an element of the array, and of the `count` elements for
                // which there is room.
                unsafe { *to.add(index * size + byte) = *from.add(place) };
            }
            index += 1;
        });
        words
    }
}

/// The id of an element that is in no group.
pub(crate) const LEFT_OUT: u32 = u32::MAX;

/// # Safety
/// The elements along `dim` from `first` on are readable.
unsafe fn ids_of<T: Copy + TryInto<u32>>(
    first: *const u8,
    dim: Dim,
    mask: Option<&[u8]>,
    count: u32,
) -> Result<Vec<u32>, usize> {
    let mut ids = Vec::with_capacity(dim.size);
    for place in 0..dim.size {
        if mask.is_some_and(|mask| mask[place] == 0) {
            ids.push(LEFT_OUT);
            continue;
        }
        let one = first.wrapping_offset(place as isize * dim.stride);
        // SAFETY: by the contract, at any alignment.
        let id = unsafe { one.cast::<T>().read_unaligned() }.try_into();
        ids.push(id.ok().filter(|id| *id < count).ok_or(place)?);
    }
    Ok(ids)
}

/// Copies each element to the next place of its group.
///
/// # Safety
/// The elements along `dim` from `first` on are readable, and `to` has a place for each
/// number that `next` counts through.
unsafe fn scattered<T>(first: *const u8, dim: Dim, ids: &[u32], next: &mut [usize], to: *mut u8) {
    for (row, id) in ids.iter().enumerate().filter(|(_, id)| **id != LEFT_OUT) {
        let from = first.wrapping_offset(row as isize * dim.stride).cast::<T>();
        let place = &mut next[*id as usize];
        // SAFETY: by the contract, at any alignment.
        unsafe { to.cast::<T>().add(*place).write(from.read_unaligned()) };
        *place += 1;
    }
}

/// Copies the lanes along `along`, each `step` places after the previous one, reading each
/// line of memory once.
///
/// # Safety
/// The elements are readable, and there is room at `to` for all.
unsafe fn transposed<T>(first: *const u8, across: Dim, along: Dim, step: usize, to: *mut u8) {
    for place in 0..along.size {
        let row = first.wrapping_offset(place as isize * along.stride);
        for lane in 0..across.size {
            let from = row
                .wrapping_offset(lane as isize * across.stride)
                .cast::<T>();
            // SAFETY: by the contract, at any alignment.
            unsafe {
                to.cast::<T>()
                    .add(lane * step + place)
                    .write(from.read_unaligned());
            }
        }
    }
}

/// Our own copies of elements, those of each group side by side.
pub(crate) struct Grouped {
    words: Vec<u64>,
    kind: Kind,
    /// Where each group begins and ends.
    starts: Vec<usize>,
    ends: Vec<usize>,
}

impl Grouped {
    /// The elements of each group.
    pub(crate) fn columns(&self) -> impl Iterator<Item = Column<'_>> {
        let size = size_of_kind(self.kind);
        let ends = self.starts.iter().zip(&self.ends);
        ends.map(move |(start, end)| {
            let first = self.words.as_ptr().cast::<u8>();
            let first = first.wrapping_add(start * size);
            // SAFETY: elements of `words`, which are borrowed.
            unsafe { Column::new(self.kind, first, end - start, size as isize) }
        })
    }

    /// The memory, for others.
    pub(crate) fn into_words(self) -> Vec<u64> {
        self.words
    }
}

/// Where each group of some elements begins, in the order of the groups, and how many elements
/// are not left out.
pub(crate) fn starts_of(ids: &[u32], count: u32) -> (Vec<usize>, usize) {
    let mut starts = vec![0; count as usize];
    for id in ids.iter().filter(|id| **id != LEFT_OUT) {
        starts[*id as usize] += 1;
    }
    let mut used = 0;
    for start in &mut starts {
        (*start, used) = (used, used + *start);
    }
    (starts, used)
}

/// Makes room for elements, with arbitrary content.
fn room_for(words: &mut Vec<u64>, count: usize, kind: Kind) -> *mut u8 {
    words.resize((count * size_of_kind(kind)).div_ceil(8), 0);
    words.as_mut_ptr().cast()
}
