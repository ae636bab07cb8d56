//! An array of pointers, one for each row of a column.

use std::marker::PhantomData;

use super::Outcome;
use super::pointer::check_extent;

/// How many rows ahead memory is asked for.
const AHEAD: usize = 8;

/// The size of what a processor reads at a time.
const LINE: usize = 64;

/// Pointers that are read one at a time, and what they point to only where it is asked for.
pub struct Rows<'a, T> {
    first: *const *mut T,
    count: usize,
    array: PhantomData<&'a [*mut T]>,
}

impl<T> Rows<'_, T> {
    /// Refuses an impossible count, and NULL where there are rows.
    ///
    /// # Safety
    /// If not NULL, `first` is valid for reading `count` pointers as long as this lives, at
    /// any alignment.
    pub unsafe fn new(first: *const *mut T, count: usize, name: &str) -> Outcome<Self> {
        check_extent(first, count, name)?;
        Ok(Self {
            first,
            count,
            array: PhantomData,
        })
    }

    /// The pointer of a row; NULL beyond the last one.
    #[inline]
    pub fn get(&self, row: usize) -> *mut T {
        if row >= self.count {
            return std::ptr::null_mut();
        }
        // SAFETY: in bounds by `new`; read at any alignment.
        unsafe { self.first.wrapping_add(row).read_unaligned() }
    }

    /// A row some way ahead of this one, if there is one.
    #[inline]
    pub fn row_ahead(&self, row: usize) -> Option<usize> {
        Some(row + AHEAD).filter(|&row| row < self.count)
    }

    /// Has the processor read what a row points to: `size` bytes from byte `offset` on, of
    /// which there may be 64.
    #[inline]
    pub fn prefetch(&self, row: usize, offset: usize, size: usize) {
        let first = self.get(row).cast::<u8>().wrapping_add(offset);
        prefetch(first);
        if first.addr() % LINE + size > LINE {
            prefetch(first.wrapping_add(size - 1));
        }
    }
}

/// A hint only: any address will do.
#[inline]
fn prefetch(address: *const u8) {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    // SAFETY: every x86-64 processor has it, and it neither faults nor changes memory.
    unsafe {
        std::arch::x86_64::_mm_prefetch::<{ std::arch::x86_64::_MM_HINT_T0 }>(address.cast());
    }
    #[cfg(all(target_arch = "aarch64", not(miri)))]
    // SAFETY: as above.
    unsafe {
        std::arch::asm!("prfm pldl1keep, [{}]", in(reg) address, options(nostack, preserves_flags));
    }
    #[cfg(not(all(any(target_arch = "x86_64", target_arch = "aarch64"), not(miri))))]
    let _ = address;
}

#[cfg(test)]
mod tests {
    use super::super::record::Refusal;
    use super::super::status::tally_status::{TALLY_INVALID, TALLY_NULL};
    use super::*;
    use std::ptr::{null, null_mut};

    #[test]
    fn lengths_are_checked_before_pointers() {
        let refused = |count| {
            // SAFETY: never read.
            let outcome = unsafe { Rows::<u64>::new(null(), count, "into") };
            outcome.err().as_ref().map(Refusal::status)
        };
        assert_eq!(refused(0), None);
        assert_eq!(refused(1), Some(TALLY_NULL));
        assert_eq!(refused(usize::MAX), Some(TALLY_INVALID));
    }

    #[test]
    fn there_is_nothing_beyond_the_last_row() {
        let mut numbers = [1_u64, 2, 3];
        let pointers = numbers.each_mut().map(std::ptr::from_mut);
        // SAFETY: the pointers are there.
        let rows = unsafe { Rows::new(pointers[..2].as_ptr(), 2, "into") }.expect("they are");
        let found: Vec<_> = (0..4).map(|row| rows.get(row)).collect();
        assert_eq!(found, [pointers[0], pointers[1], null_mut(), null_mut()]);
        let ahead = |count| Rows { count, ..rows }.row_ahead(0);
        assert_eq!((ahead(AHEAD), ahead(AHEAD + 1)), (None, Some(AHEAD)));
    }
}
