//! The places to which a call writes many results.

use std::marker::PhantomData;
use std::slice;

use super::Outcome;
use super::pointer::{Extent, Pod, check_extent};

/// Results that are copied at a time where they are misaligned.
const BLOCK: usize = 256;

/// The caller's array for results, at any alignment.
pub struct Results<'a, T> {
    pointer: *mut T,
    count: usize,
    borrowed: PhantomData<&'a mut [T]>,
}

// SAFETY: as an exclusive slice, which it stands for: nobody else reads or writes the elements.
unsafe impl<T: Pod + Send> Send for Results<'_, T> {}

/// An array for results, from which parts are taken.
struct Parts<'a, T> {
    rest: Results<'a, T>,
    length: usize,
}

impl<'a, T: Pod> Iterator for Parts<'a, T> {
    type Item = Results<'a, T>;

    fn next(&mut self) -> Option<Self::Item> {
        let count = self.length.min(self.rest.count);
        let part = Results {
            pointer: self.rest.pointer,
            count,
            borrowed: PhantomData,
        };
        // Not beyond the end; no other part has these.
        self.rest.pointer = self.rest.pointer.wrapping_add(count);
        self.rest.count -= count;
        (count > 0).then_some(part)
    }
}

impl<T: Pod> Results<'_, T> {
    /// Checks the length, then the pointer; an empty array's pointer is ignored.
    ///
    /// # Safety
    /// If the checks pass, `pointer` is valid for writing `count` elements, and nobody else
    /// reads or writes them, for as long as this lives.
    pub unsafe fn new(pointer: *mut T, count: usize, name: &str) -> Outcome<Self> {
        check_extent(pointer.cast_const(), count, name)?;
        Ok(Self {
            pointer,
            count,
            borrowed: PhantomData,
        })
    }

    /// Whether a part of it lies there.
    pub fn meets(&self, extent: &Extent) -> bool {
        // Both were checked.
        let own = Extent::new(self.pointer.cast_const(), self.count * size_of::<T>());
        self.count > 0 && own.is_some_and(|own| own.meets(extent))
    }

    /// All of them in order, in parts of `length` and a last one of what is left: for several
    /// threads.
    pub fn parts(self, length: usize) -> impl Iterator<Item = Self> + Send
    where
        T: Send,
    {
        Parts { rest: self, length }
    }

    /// Has all of them filled, in order: at once where they are aligned, in blocks where not.
    pub fn fill(&mut self, mut fill: impl FnMut(&mut [T])) {
        if self.count > 0 && self.pointer.is_aligned() {
            // SAFETY: aligned, not NULL, in bounds and of nobody else by `new`; any bytes
            // make a `Pod`.
            fill(unsafe { slice::from_raw_parts_mut(self.pointer, self.count) });
            return;
        }
        self.fill_by_copies(|_, block| {
            fill(block);
            block.len()
        });
    }

    /// The same in blocks, each of which begins at an index and is written when it is full;
    /// or as far as it is: then it is the last.
    pub fn fill_by_copies(&mut self, mut fill: impl FnMut(usize, &mut [T]) -> usize) {
        let mut block = [T::default(); BLOCK];
        for first in (0..self.count).step_by(BLOCK) {
            let block = &mut block[..BLOCK.min(self.count - first)];
            let done = fill(first, block).min(block.len());
            let bytes = size_of_val(&block[..done]);
            let to = self.pointer.wrapping_add(first).cast::<u8>();
            // SAFETY: so many elements are writable by `new`; bytes need no alignment.
            unsafe { std::ptr::copy_nonoverlapping(block.as_ptr().cast(), to, bytes) };
            if done < block.len() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::Refusal;
    use super::super::status::tally_status::{TALLY_INVALID, TALLY_NULL};
    use super::*;
    use std::ptr::{null_mut, without_provenance_mut};

    #[test]
    fn lengths_are_checked_before_pointers() {
        let refused = |pointer: *mut f64, count| {
            // SAFETY: never written.
            let outcome = unsafe { Results::new(pointer, count, "results") };
            outcome.err().as_ref().map(Refusal::status)
        };
        assert_eq!(refused(null_mut(), 0), None);
        assert_eq!(refused(null_mut(), 1), Some(TALLY_NULL));
        assert_eq!(refused(null_mut(), usize::MAX), Some(TALLY_INVALID));
        let last = without_provenance_mut(usize::MAX - 7);
        assert_eq!(refused(last, 1), Some(TALLY_INVALID));
    }

    #[test]
    fn results_are_written_at_any_alignment() {
        let mut bytes = vec![0_u8; 8 * 700 + 8];
        for shift in 0..8 {
            bytes.fill(0xff);
            let pointer = bytes[shift..].as_mut_ptr().cast::<i64>();
            // SAFETY: the bytes are there, and of nobody else.
            let results = unsafe { Results::new(pointer, 700, "results") };
            let mut next = 0;
            results.expect("it is in bounds").fill(|part| {
                for place in part {
                    *place = next;
                    next += 1;
                }
            });
            for (index, eight) in bytes[shift..].as_chunks::<8>().0[..700].iter().enumerate() {
                assert_eq!(i64::from_ne_bytes(*eight), index as i64, "{shift}");
            }
            assert!(bytes[shift + 5600..].iter().all(|&byte| byte == 0xff));
        }
    }

    #[test]
    fn parts_are_all_of_it_in_order() {
        let mut places = vec![0_i64; 700];
        for length in [1, 5, 100, 699, 700, 701] {
            places.fill(-1);
            // SAFETY: the places are there, and of nobody else.
            let results = unsafe { Results::new(places.as_mut_ptr(), 700, "results") };
            let parts = results.expect("it is in bounds").parts(length);
            for (index, mut part) in parts.enumerate() {
                part.fill_by_copies(|first, block| {
                    for (offset, place) in block.iter_mut().enumerate() {
                        *place = (index * length + first + offset) as i64;
                    }
                    block.len()
                });
            }
            assert!(places.iter().copied().eq(0..700), "{length}");
        }
        // SAFETY: of nothing.
        let none = unsafe { Results::<i64>::new(std::ptr::null_mut(), 0, "results") };
        assert_eq!(none.expect("it is").parts(3).count(), 0);
    }
}
