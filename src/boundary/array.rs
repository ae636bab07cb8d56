//! The caller's arrays, at any alignment.

use std::marker::PhantomData;
use std::ops::Range;

use super::Outcome;
use super::pointer::{Pod, check_extent};

/// Elements that are copied at a time where an array cannot be read in place.
const BLOCK: usize = 256;

/// The caller's array, at any alignment.
pub struct Array<'a, T> {
    pointer: *const T,
    count: usize,
    borrowed: PhantomData<&'a [T]>,
}

// SAFETY: as a shared slice, which it stands for: nobody writes to the elements.
unsafe impl<T: Pod + Sync> Sync for Array<'_, T> {}

impl<T: Pod> Array<'_, T> {
    /// Checks the length, then the pointer; an empty array's pointer is
    /// ignored.
    ///
    /// # Safety
    /// If the checks pass, `pointer` is valid for reading `count` elements,
    /// which nobody writes to, for as long as this lives.
    pub unsafe fn new(pointer: *const T, count: usize, name: &str) -> Outcome<Self> {
        check_extent(pointer, count, name)?;
        Ok(Self {
            pointer,
            count,
            borrowed: PhantomData,
        })
    }

    /// All elements at once, if they can be read in place: unless they are
    /// misaligned.
    #[inline]
    pub fn in_place(&self) -> Option<&[T]> {
        if self.count == 0 {
            return Some(&[]);
        }
        if !self.pointer.is_aligned() {
            return None;
        }
        // SAFETY: aligned, not NULL, in bounds and unchanging by `new`.
        Some(unsafe { std::slice::from_raw_parts(self.pointer, self.count) })
    }

    /// Copies all elements.
    ///
    /// # Safety
    /// `to` is valid for writing as many, elsewhere.
    pub unsafe fn copy_to(&self, to: *mut u8) {
        if self.count > 0 {
            let size = self.count * size_of::<T>();
            // SAFETY: readable by `new`, writable by this contract; bytes need
            // no alignment.
            unsafe { std::ptr::copy_nonoverlapping(self.pointer.cast::<u8>(), to, size) };
        }
    }

    /// The number of elements.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The first element; may be NULL if the array is empty.
    #[inline]
    pub fn as_ptr(&self) -> *const T {
        self.pointer
    }

    /// The element at this index, if it exists.
    #[inline]
    pub fn get(&self, index: usize) -> Option<T> {
        // SAFETY: in bounds by the check and by `new`; any bytes make a `Pod`.
        (index < self.count).then(|| unsafe { self.pointer.add(index).read_unaligned() })
    }

    /// The elements with these indices, as far as they exist.
    pub fn part(&self, numbers: Range<usize>) -> Self {
        let first = numbers.start.min(self.count);
        Self {
            pointer: self.pointer.wrapping_add(first),
            count: numbers.end.min(self.count).saturating_sub(first),
            borrowed: PhantomData,
        }
    }

    /// Hands out the elements in order: at once where they are aligned, in
    /// copied blocks where not.
    #[inline]
    pub fn for_each_block(&self, mut take: impl FnMut(&[T])) {
        match self.in_place() {
            Some([]) => {}
            Some(all) => take(all),
            None => self.for_each_copied_block(take),
        }
    }

    #[cold]
    fn for_each_copied_block(&self, mut take: impl FnMut(&[T])) {
        let mut block = [T::default(); BLOCK];
        for first in (0..self.count).step_by(BLOCK) {
            take(self.copy_block(first, &mut block));
        }
    }

    /// Copies as many elements as a block holds, from `first` on, which is below
    /// the count.
    fn copy_block<'b>(&self, first: usize, block: &'b mut [T; BLOCK]) -> &'b [T] {
        let length = BLOCK.min(self.count - first);
        // SAFETY: `length` elements from `first` on are in bounds by `new`; the
        // block has room for them; bytes need no alignment; any bytes make a
        // `Pod`.
        unsafe {
            std::ptr::copy_nonoverlapping(
                self.pointer.wrapping_add(first).cast::<u8>(),
                block.as_mut_ptr().cast::<u8>(),
                length * size_of::<T>(),
            );
        }
        &block[..length]
    }
}

/// Hands out the elements of two arrays of one length in order, side by side: at
/// once where both are aligned, in copied blocks where not.
#[inline]
pub fn for_each_pair_of_blocks<T: Pod>(
    x: &Array<'_, T>,
    y: &Array<'_, T>,
    mut take: impl FnMut(&[T], &[T]),
) {
    debug_assert_eq!(x.count, y.count);
    match (x.in_place(), y.in_place()) {
        (Some([]), _) => {}
        (Some(x), Some(y)) => take(x, y),
        _ => {
            let (mut x_block, mut y_block) = ([T::default(); BLOCK], [T::default(); BLOCK]);
            for first in (0..x.count).step_by(BLOCK) {
                take(
                    x.copy_block(first, &mut x_block),
                    y.copy_block(first, &mut y_block),
                );
            }
        }
    }
}

impl<'a> Array<'a, u8> {
    /// The bytes.
    pub fn bytes(&self) -> &'a [u8] {
        if self.count == 0 {
            return &[];
        }
        // SAFETY: bytes are always aligned; not NULL, in bounds and unchanging
        // by `new`.
        unsafe { std::slice::from_raw_parts(self.pointer, self.count) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::status::tally_status::{self, TALLY_INVALID, TALLY_NULL};
    use super::*;

    fn refused<T>(outcome: Outcome<T>) -> tally_status {
        outcome
            .err()
            .map_or(tally_status::TALLY_OK, |refusal| refusal.status())
    }

    #[test]
    fn an_array_is_read_at_any_alignment() {
        let values: Vec<f64> = (0..3000).map(f64::from).collect();
        let mut bytes = vec![0_u8; values.len() * 8 + 8];
        for shift in 0..8 {
            for (index, value) in values.iter().enumerate() {
                bytes[shift + index * 8..][..8].copy_from_slice(&value.to_ne_bytes());
            }
            // SAFETY: the bytes were written above.
            let array = unsafe { Array::<f64>::new(bytes[shift..].as_ptr().cast(), 3000, "x") };
            let mut seen = Vec::new();
            array
                .expect("it is in bounds")
                .for_each_block(|block| seen.extend_from_slice(block));
            assert_eq!(seen, values, "shift {shift}");
        }
    }

    #[test]
    fn a_part_has_the_elements_that_there_are() {
        let values = [1_i64, 2, 3];
        // SAFETY: the array is there.
        let array = unsafe { Array::new(values.as_ptr(), 3, "values") }.expect("it is");
        let elements = |numbers| array.part(numbers).in_place().map(<[i64]>::to_vec);
        assert_eq!(elements(0..3), Some(vec![1, 2, 3]));
        assert_eq!(elements(1..2), Some(vec![2]));
        assert_eq!(elements(2..9), Some(vec![3]));
        assert_eq!(elements(7..9), Some(vec![]));
        assert_eq!(elements(3..3), Some(vec![]));
        let all: Vec<_> = (0..5).map(|index| array.get(index)).collect();
        assert_eq!(all, [Some(1), Some(2), Some(3), None, None]);
    }

    #[test]
    fn lengths_are_checked_before_pointers() {
        let one = 1.0_f64;
        let cases = [
            (std::ptr::null(), 0, tally_status::TALLY_OK),
            (std::ptr::null(), 1, TALLY_NULL),
            (std::ptr::null(), usize::MAX, TALLY_INVALID),
            (&raw const one, isize::MAX as usize / 8 + 1, TALLY_INVALID),
            (
                std::ptr::without_provenance(usize::MAX - 7),
                2,
                TALLY_INVALID,
            ),
        ];
        for (pointer, count, expected) in cases {
            // SAFETY: never read.
            let outcome = unsafe { Array::<f64>::new(pointer, count, "values") };
            assert_eq!(refused(outcome), expected, "{pointer:?} {count}");
        }
    }
}
