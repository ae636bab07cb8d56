//! Turns pointers and lengths from C into safe references.
//!
//! A constructor here is `unsafe` for one reason: only the caller can guarantee that a
//! pointer that is not NULL points to what the header requires. Everything else is
//! checked: NULL, lengths, the end of the address space. No alignment is required.

use std::ffi::{CStr, c_char};
use std::fmt;
use std::mem::MaybeUninit;
use std::ptr::NonNull;
use std::slice;

use super::Outcome;
use super::record::refuse;
use super::status::tally_status::{TALLY_ENCODING, TALLY_INVALID, TALLY_NULL};

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

    /// Where the value is.
    pub fn extent(&self) -> Option<Extent> {
        Extent::new(self.pointer.as_ptr(), size_of::<T>())
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

/// A number of elements, for a message. A huge one may have been a negative `int`.
pub(super) struct Count(pub(super) usize);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Count(count) = *self;
        match count.cast_signed() {
            signed @ -0x8000_0000..0 => write!(f, "{count} ({signed} as a signed number)"),
            _ => write!(f, "{count}"),
        }
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
            let count = Count(count);
            refuse(
                TALLY_INVALID,
                format_args!("{name}: {count} {of_what} do not fit in memory"),
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
                format_args!("{name}: the {of_what} extend past the end of the address space"),
            )
        })
}

/// Places for an array in the caller's memory, at any alignment: its elements as bytes that
/// hold nothing yet. Refuses what [`Array::new`](super::array::Array::new) does.
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
    fn bad_text_is_refused_at_its_offset() {
        // SAFETY: both are NUL-terminated.
        let outcome = unsafe { text(c"ab\xffc".as_ptr(), "input") };
        assert_eq!(refused(outcome), TALLY_ENCODING);
        // SAFETY: NULL is checked.
        let outcome = unsafe { text(std::ptr::null(), "input") };
        assert_eq!(refused(outcome), TALLY_NULL);
    }

    #[test]
    fn extents_that_touch_do_not_meet() {
        let bytes = [0_u8; 16];
        let extent = |from: usize, size| Extent::new(&raw const bytes[from], size).expect("it is");
        let middle = extent(4, 4);
        for (from, size, meets) in [
            (0, 4, false),
            (0, 5, true),
            (4, 4, true),
            (5, 2, true),
            (7, 9, true),
            (8, 8, false),
        ] {
            let other = extent(from, size);
            assert_eq!(middle.meets(&other), meets, "{from} {size}");
            assert_eq!(other.meets(&middle), meets, "{from} {size}");
        }
        let last = std::ptr::without_provenance::<u8>(usize::MAX - 7);
        assert!(Extent::new(last, 7).is_some() && Extent::new(last, 8).is_none());
    }
}
