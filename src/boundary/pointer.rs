//! From C's pointers and lengths to something safe.
//!
//! A constructor here is `unsafe` for one reason: only the caller can promise
//! that a pointer which is not NULL points to what the header asks for. What
//! can be checked is checked: NULL, lengths, the end of the address space. No
//! alignment is asked of anyone.

use std::ffi::{CStr, c_char};
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::ops::Range;
use std::ptr::NonNull;
use std::slice;

use super::Outcome;
use super::record::refuse;
use super::status::tally_status::{TALLY_ENCODING, TALLY_INVALID, TALLY_NULL};

/// Elements that are copied at a time where an array cannot be read in place.
const BLOCK: usize = 256;

/// Types of which every bit pattern is a value.
///
/// # Safety
/// The type has no padding and no invalid bit pattern.
pub unsafe trait Pod: Copy + Default {}

// SAFETY: numbers have neither padding nor invalid patterns.
unsafe impl Pod for f64 {}
// SAFETY: as above.
unsafe impl Pod for f32 {}
// SAFETY: as above.
unsafe impl Pod for i32 {}
// SAFETY: as above.
unsafe impl Pod for i64 {}
// SAFETY: as above.
unsafe impl Pod for u64 {}
// SAFETY: as above.
unsafe impl Pod for u8 {}
// SAFETY: as above.
unsafe impl Pod for i8 {}
// SAFETY: as above.
unsafe impl Pod for i16 {}
// SAFETY: as above.
unsafe impl Pod for u16 {}
// SAFETY: as above.
unsafe impl Pod for u32 {}

macro_rules! bytes_are_pod {
    ($($size:literal)+) => {$(
        // SAFETY: as above, of bytes.
        unsafe impl Pod for [u8; $size] {}
    )+};
}

bytes_are_pod!(16 32);

/// Refuses NULL.
pub fn required<T>(pointer: *const T, name: &str) -> Outcome<NonNull<T>> {
    NonNull::new(pointer.cast_mut())
        .ok_or_else(|| refuse(TALLY_NULL, format_args!("{name} is NULL")))
}

/// A pointer to one value in the caller's memory, to be written or read.
pub struct OutPtr<T> {
    pointer: NonNull<T>,
}

impl<T: Copy> OutPtr<T> {
    /// Refuses NULL.
    ///
    /// # Safety
    /// If not NULL, `pointer` is valid for writing a `T` (for reading, if
    /// [`OutPtr::get`] is called) as long as this lives, at any alignment.
    pub unsafe fn new(pointer: *mut T, name: &str) -> Outcome<Self> {
        Ok(Self {
            pointer: required(pointer, name)?,
        })
    }

    /// An optional pointer: NULL is `None`.
    ///
    /// # Safety
    /// As for [`OutPtr::new`].
    pub unsafe fn optional(pointer: *mut T) -> Option<Self> {
        NonNull::new(pointer).map(|pointer| Self { pointer })
    }

    /// The value's bytes, in groups of eight; a remainder is left out.
    ///
    /// # Safety
    /// The value is valid for reading too, and nothing else reads or writes it while
    /// the bytes are borrowed.
    #[inline]
    pub unsafe fn words(&mut self) -> &mut [[u8; 8]] {
        // SAFETY: the value is valid for as many bytes, by the contract of `new`; an
        // array of bytes has no alignment and no invalid values.
        unsafe { slice::from_raw_parts_mut(self.pointer.cast().as_ptr(), size_of::<T>() / 8) }
    }

    /// Writes the value.
    #[inline]
    pub fn set(&self, value: T) {
        // SAFETY: valid for writing, by the contract of `new`.
        unsafe { self.pointer.as_ptr().write_unaligned(value) }
    }

    /// Reads the value.
    ///
    /// # Safety
    /// The caller's memory holds a valid `T`.
    #[inline]
    pub unsafe fn get(&self) -> T {
        // SAFETY: valid for reading, by the contract of `new`.
        unsafe { self.pointer.as_ptr().read_unaligned() }
    }
}

/// Refuses `count * size` above PTRDIFF_MAX, and a NULL that is not empty.
pub(super) fn check_extent<T>(pointer: *const T, count: usize, name: &str) -> Outcome<()> {
    let of_what = if size_of::<T>() == 1 {
        "bytes"
    } else {
        "elements"
    };
    let bytes = count
        .checked_mul(size_of::<T>())
        .filter(|bytes| *bytes <= isize::MAX as usize)
        .ok_or_else(|| {
            refuse(
                TALLY_INVALID,
                format_args!("{name}: {count} {of_what} are more than memory holds"),
            )
        })?;
    if count > 0 {
        required(pointer, name)?;
    }
    pointer
        .addr()
        .checked_add(bytes)
        .map(|_| ())
        .ok_or_else(|| {
            refuse(
                TALLY_INVALID,
                format_args!("{name}: the {of_what} reach past the end of the address space"),
            )
        })
}

/// Places for an array in the caller's memory, at any alignment: its elements as bytes that
/// hold nothing yet. Refuses what [`Array::new`] does.
///
/// # Safety
/// If not NULL, `pointer` is valid for writing `count` elements, which nothing else reads or
/// writes as long as the result lives.
pub unsafe fn places<'a, T: Pod, const SIZE: usize>(
    pointer: *mut T,
    count: usize,
    name: &str,
) -> Outcome<&'a mut [MaybeUninit<[u8; SIZE]>]> {
    const { assert!(size_of::<T>() == SIZE) };
    check_extent(pointer, count, name)?;
    if count == 0 {
        return Ok(&mut []);
    }
    // SAFETY: not NULL and in bounds by the check, writable by the contract; bytes have no
    // alignment, and need hold nothing.
    Ok(unsafe { slice::from_raw_parts_mut(pointer.cast(), count) })
}

/// Where something lies: its addresses.
pub struct Extent {
    first: usize,
    end: usize,
}

impl Extent {
    /// `None` if it would reach past the end of the address space.
    #[inline]
    pub fn new<T>(pointer: *const T, size: usize) -> Option<Self> {
        let first = pointer.addr();
        let end = first.checked_add(size)?;
        Some(Self { first, end })
    }

    /// Whether both have a byte in common, or might have.
    #[inline]
    pub fn meets(&self, other: &Self) -> bool {
        self.first < other.end && other.first < self.end
    }
}

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
        if count > 0 {
            check_extent(pointer, count, name)?;
        }
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

/// The bytes of a NUL-terminated string, without the NUL.
///
/// # Safety
/// If not NULL, `pointer` leads to a NUL-terminated string that nobody writes
/// to while the result lives.
pub unsafe fn string<'a>(pointer: *const c_char, name: &str) -> Outcome<&'a [u8]> {
    let pointer = required(pointer, name)?;
    // SAFETY: NUL-terminated and unchanging, by the contract of this function.
    Ok(unsafe { CStr::from_ptr(pointer.as_ptr()) }.to_bytes())
}

/// A NUL-terminated string that must be UTF-8.
///
/// # Safety
/// As for [`string`].
pub unsafe fn text<'a>(pointer: *const c_char, name: &str) -> Outcome<&'a str> {
    // SAFETY: the same contract.
    let bytes = unsafe { string(pointer, name) }?;
    std::str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        refuse(
            TALLY_ENCODING,
            format_args!("{name} is not UTF-8 at byte {offset}"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::status::tally_status;
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

    #[test]
    fn bad_text_is_refused_at_its_offset() {
        // SAFETY: both are NUL-terminated.
        let outcome = unsafe { text(c"ab\xffc".as_ptr(), "input") };
        assert_eq!(refused(outcome), TALLY_ENCODING);
        // SAFETY: NULL is checked.
        let outcome = unsafe { text(std::ptr::null(), "input") };
        assert_eq!(refused(outcome), TALLY_NULL);
    }
}
