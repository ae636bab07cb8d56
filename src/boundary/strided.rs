//! Elements that lie a number of bytes apart.

use std::ffi::c_void;
use std::marker::PhantomData;

use super::Outcome;
use super::pointer::{Count, Extent, Pod, required};
use super::record::refuse;
use super::status::tally_status::TALLY_INVALID;

/// Elements that lie `stride` bytes apart, forward, backward or all in one
/// place.
#[derive(Clone, Copy)]
pub struct Strided<T> {
    pub(super) first: *const u8,
    pub(super) count: usize,
    pub(super) stride: isize,
    pub(super) kind: PhantomData<T>,
}

impl<T: Copy> Strided<T> {
    /// Checks the extent, then the pointer; the pointer is ignored when
    /// `count` is 0.
    ///
    /// # Safety
    /// If the checks pass, each element is valid for reading and nobody writes
    /// to it, for as long as this lives.
    pub unsafe fn new(
        first: *const c_void,
        count: usize,
        stride: isize,
        name: &str,
    ) -> Outcome<Self> {
        let first = first.cast::<u8>();
        if count > 0 {
            check_stride(first, count, stride, size_of::<T>(), name)?;
        }
        Ok(Self {
            first,
            count,
            stride,
            kind: PhantomData,
        })
    }

    /// The address of an element below `count`.
    pub fn address(&self, index: usize) -> *const u8 {
        debug_assert!(index < self.count);
        self.first
            .wrapping_offset(self.stride.wrapping_mul(index as isize))
    }

    /// An element below `count`.
    ///
    /// # Safety
    /// The caller's memory holds a valid `T` there.
    pub unsafe fn get(&self, index: usize) -> T {
        // SAFETY: in bounds by `new`; read at any alignment.
        unsafe { self.address(index).cast::<T>().read_unaligned() }
    }
}

/// Elements of any type that lie `stride` bytes apart.
#[derive(Clone, Copy)]
pub struct Memory<'a> {
    pub(super) bytes: Strided<u8>,
    pub(super) size: usize,
    pub(super) borrowed: PhantomData<&'a [u8]>,
}

// SAFETY: as a shared slice, which it stands for: nobody writes to an element while another
// thread may read it.
unsafe impl Sync for Memory<'_> {}

impl Memory<'_> {
    /// `count` elements of `size` bytes each, checked as by [`Strided::new`].
    ///
    /// # Safety
    /// As for [`Strided::new`].
    pub unsafe fn new(
        first: *const c_void,
        count: usize,
        stride: isize,
        size: usize,
        name: &str,
    ) -> Outcome<Self> {
        let first = first.cast::<u8>();
        if count > 0 {
            check_stride(first, count, stride, size, name)?;
        }
        Ok(Memory {
            bytes: Strided {
                first,
                count,
                stride,
                kind: PhantomData,
            },
            size,
            borrowed: PhantomData,
        })
    }

    /// The number of elements.
    pub fn count(&self) -> usize {
        self.bytes.count
    }

    /// Where the elements lie, and what is between them.
    pub fn extent(&self) -> Option<Extent> {
        let last = self.bytes.count.checked_sub(1)?;
        let (first, last) = (self.bytes.first, self.bytes.address(last));
        // In bounds by `new`.
        let size = first.addr().abs_diff(last.addr()) + self.size;
        Extent::new(if last < first { last } else { first }, size)
    }

    /// Whether the first element is there, and the others side by side with it.
    pub fn lies_at(&self, pointer: *const u8) -> bool {
        self.bytes.first == pointer && self.bytes.stride == self.size as isize
    }

    /// The first one, if all are that one.
    pub fn the_one<T: Pod>(&self) -> Option<T> {
        assert!(size_of::<T>() == self.size);
        let is_one = self.bytes.stride == 0 && self.bytes.count > 0;
        // SAFETY: in bounds and unchanging by `new`, at any alignment; any bytes make a
        // `Pod`.
        is_one.then(|| unsafe { self.bytes.first.cast::<T>().read_unaligned() })
    }

    /// All elements, if they can be read in place: if they are aligned and nothing lies
    /// between them.
    pub fn in_place<T: Pod>(&self) -> Option<&[T]> {
        assert!(size_of::<T>() == self.size);
        if self.bytes.count == 0 {
            return Some(&[]);
        }
        let first = self.bytes.first.cast::<T>();
        if self.bytes.stride != size_of::<T>() as isize || !first.is_aligned() {
            return None;
        }
        // SAFETY: aligned, not NULL, in bounds and unchanging by `new`; any bytes make a
        // `Pod`.
        Some(unsafe { std::slice::from_raw_parts(first, self.bytes.count) })
    }

    /// Copies the elements from `first` on, as many as there are places.
    pub fn copy<T: Pod>(&self, first: usize, into: &mut [T]) {
        assert!(size_of::<T>() == self.size);
        assert!(first <= self.bytes.count && into.len() <= self.bytes.count - first);
        if into.is_empty() {
            return;
        }
        let (from, stride) = (self.bytes.address(first), self.bytes.stride);
        let size = size_of::<T>() as isize;
        // SAFETY: so many elements from there on are in bounds by the check and by `new`,
        // at any alignment; any bytes make a `Pod`. Where the stride is one of few, that is
        // a constant, so that the compiler has vectors for the loop.
        unsafe {
            match stride {
                _ if stride == size => {
                    let bytes = size_of_val(into);
                    std::ptr::copy_nonoverlapping(from, into.as_mut_ptr().cast(), bytes);
                }
                _ if stride == 2 * size => copy_strided(from, 2 * size, into),
                _ if stride == 3 * size => copy_strided(from, 3 * size, into),
                _ if stride == 4 * size => copy_strided(from, 4 * size, into),
                _ => copy_strided(from, stride, into),
            }
        }
    }
}

/// Copies elements that lie `stride` bytes apart.
///
/// # Safety
/// As many as there are places are valid for reading.
#[inline(always)]
unsafe fn copy_strided<T: Pod>(from: *const u8, stride: isize, into: &mut [T]) {
    let after = |from: *const u8, count: usize| {
        let bytes = stride.wrapping_mul(count as isize);
        from.wrapping_offset(bytes)
    };
    // SAFETY: readable by the contract.
    let element = |from: *const u8| unsafe { from.cast::<T>().read_unaligned() };
    // Some of them between two tests for the end.
    let (whole, rest) = into.as_chunks_mut::<8>();
    let mut next = from;
    for eight in whole {
        for (index, place) in eight.iter_mut().enumerate() {
            *place = element(after(next, index));
        }
        next = after(next, 8);
    }
    for (index, place) in rest.iter_mut().enumerate() {
        *place = element(after(next, index));
    }
}

fn check_stride(
    first: *const u8,
    count: usize,
    stride: isize,
    size: usize,
    name: &str,
) -> Outcome<()> {
    let limit = isize::MAX as usize;
    let too_many = || {
        let count = Count(count);
        refuse(
            TALLY_INVALID,
            format_args!("{name}: {count} elements {stride} bytes apart do not fit in memory"),
        )
    };
    let reach = (count - 1)
        .checked_mul(stride.unsigned_abs())
        .and_then(|reach| reach.checked_add(size))
        .filter(|reach| *reach <= limit)
        .ok_or_else(too_many)?;
    let first = required(first, name)?.addr().get();
    let fits = if stride < 0 {
        first.checked_add(size).is_some() && first >= reach - size
    } else {
        first.checked_add(reach).is_some()
    };
    if fits {
        Ok(())
    } else {
        Err(refuse(
            TALLY_INVALID,
            format_args!("{name}: the elements extend past the end of the address space"),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::super::status::tally_status::{self, TALLY_NULL};
    use super::*;

    fn refused<T>(outcome: Outcome<T>) -> tally_status {
        outcome
            .err()
            .map_or(tally_status::TALLY_OK, |refusal| refusal.status())
    }

    #[test]
    fn strides_are_checked() {
        let one = 1.0_f64;
        let here: *const c_void = (&raw const one).cast();
        let max = isize::MAX;
        let cases = [
            (std::ptr::null(), 0, 8, tally_status::TALLY_OK),
            (std::ptr::null(), 1, 8, TALLY_NULL),
            (here, 1, max, tally_status::TALLY_OK),
            (here, 1, isize::MIN, tally_status::TALLY_OK),
            (here, 2, max, TALLY_INVALID),
            (here, 2, isize::MIN, TALLY_INVALID),
            (here, usize::MAX, 1, TALLY_INVALID),
            (here, usize::MAX, 0, tally_status::TALLY_OK),
            (std::ptr::without_provenance(16), 4, -8, TALLY_INVALID),
        ];
        for (pointer, count, stride, expected) in cases {
            // SAFETY: never read.
            let outcome = unsafe { Strided::<f64>::new(pointer, count, stride, "values") };
            assert_eq!(refused(outcome), expected, "{pointer:?} {count} {stride}");
        }
    }

    #[test]
    fn strided_elements_come_in_order() {
        let values: Vec<f64> = (0..5000).map(f64::from).collect();
        let collect = |first: usize, count, stride| {
            let first = (&raw const values[first]).cast();
            // SAFETY: the cases below stay inside `values`.
            let memory = unsafe { Memory::new(first, count, stride, 8, "values") };
            let memory = memory.expect("it is in bounds");
            let mut seen = vec![0.0; count];
            let (start, end) = seen.split_at_mut(count / 3);
            memory.copy(0, start);
            memory.copy(count / 3, end);
            assert_eq!(
                memory.in_place().is_some_and(|all: &[f64]| all == seen),
                stride == 8
            );
            assert_eq!(memory.the_one(), (stride == 0).then_some(seen[0]));
            seen
        };
        assert_eq!(collect(0, 5000, 8), values);
        assert!(collect(4999, 5000, -8).iter().eq(values.iter().rev()));
        assert_eq!(collect(7, 3, 0), [7.0; 3]);
        for step in 2..7 {
            let every = values[1..].iter().step_by(step).take(700);
            assert!(collect(1, 700, 8 * step as isize).iter().eq(every));
        }
    }

    #[test]
    fn elements_lie_at_any_alignment() {
        let values = [1_i32, -2, 3, 4];
        let mut bytes = [0_u8; 40];
        for shift in 0..4 {
            for (index, value) in values.iter().enumerate() {
                bytes[shift + 5 * index..][..4].copy_from_slice(&value.to_ne_bytes());
            }
            // SAFETY: the bytes were written above.
            let memory = unsafe { Memory::new(bytes[shift..].as_ptr().cast(), 4, 5, 4, "x") };
            let mut seen = [0; 4];
            memory.expect("it is in bounds").copy(0, &mut seen);
            assert_eq!(seen, values);
            // SAFETY: the bytes are there.
            let dense = unsafe { Memory::new(bytes[shift..].as_ptr().cast(), 4, 4, 4, "x") };
            let dense = dense.expect("it is in bounds");
            let is_aligned = bytes[shift..].as_ptr().cast::<i32>().is_aligned();
            assert_eq!(dense.in_place::<i32>().is_some(), is_aligned);
        }
    }

    #[test]
    fn nothing_is_read_of_no_elements() {
        // SAFETY: of nothing.
        let none = unsafe { Memory::new(std::ptr::null(), 0, 0, 8, "values") }.expect("it is");
        assert_eq!(none.the_one::<f64>(), None);
        assert_eq!(none.in_place::<f64>(), Some(&[][..]));
        assert!(none.extent().is_none());
    }

    #[test]
    fn an_extent_has_all_elements_and_no_more() {
        let values = [0.0_f64; 20];
        let part = |from: usize, count: usize| {
            let first = (&raw const values[from]).cast::<u8>();
            Extent::new(first, 8 * count).expect("it is in memory")
        };
        // The first element, their number and stride; the elements that this reaches.
        for (first, count, stride, from, to) in [
            (5, 1, 8, 5, 6),
            (5, 1, -80, 5, 6),
            (5, 4, 0, 5, 6),
            (5, 4, 8, 5, 9),
            (5, 4, 24, 5, 15),
            (14, 4, -24, 5, 15),
            (8, 4, -8, 5, 9),
        ] {
            let pointer = (&raw const values[first]).cast();
            // SAFETY: the elements are there.
            let memory = unsafe { Memory::new(pointer, count, stride, 8, "values") };
            let extent = memory.expect("it is in bounds").extent().expect("of some");
            for index in 0..20 {
                let inside = (from..to).contains(&index);
                assert_eq!(extent.meets(&part(index, 1)), inside, "{stride} {index}");
            }
        }
    }
}
