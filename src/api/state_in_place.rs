//! States and a few values in place in the caller's memory, if they do not overlap.

use std::ptr::NonNull;
use std::slice;

use super::exports::{In, Out};
use super::state::OpaqueState;
use crate::boundary::pointer::{Extent, Pod};

/// The words of a state where they lie, at any alignment.
pub(super) type InPlace<'a> = &'a [[u8; 8]];

/// The words of two states where they lie; `None` if one is NULL or they overlap.
///
/// # Safety
/// If not NULL, `into` is valid for reading and writing and `from` for reading, and nothing
/// else is done with them while the words are borrowed.
#[inline(always)]
pub(super) unsafe fn apart<'a, T: OpaqueState>(
    into: Out<T>,
    from: In<T>,
) -> Option<(&'a mut [[u8; 8]], InPlace<'a>)> {
    if into.pointer.addr().abs_diff(from.pointer.addr()) < size_of::<T>() {
        return None;
    }
    // SAFETY: the same contract; `from` has none of the words of `into`.
    Some(unsafe { (into.in_place()?, from.in_place()?) })
}

/// [`apart`] for states of two kinds.
///
/// # Safety
/// As there.
pub(super) unsafe fn both_apart<'a, T: OpaqueState, U: OpaqueState>(
    into: Out<T>,
    from: In<U>,
) -> Option<(&'a mut [[u8; 8]], InPlace<'a>)> {
    let written = Extent::new(into.pointer, size_of::<T>())?;
    if written.meets(&Extent::new(from.pointer, size_of::<U>())?) {
        return None;
    }
    // SAFETY: the same contract; `from` has none of the words of `into`.
    Some(unsafe { (into.in_place()?, from.in_place()?) })
}

/// The words of a state where they lie, and an array of a few elements elsewhere; `None` if
/// that is not what it is, or the array is not aligned.
///
/// # Safety
/// If not NULL, `into` is valid for reading and writing and `values` for reading `count`
/// elements, and nothing else is done with them while they are borrowed.
#[inline(always)]
pub(super) unsafe fn few_apart<'a, T: OpaqueState, V: Pod>(
    into: Out<T>,
    values: In<V>,
    count: usize,
) -> Option<(&'a mut [[u8; 8]], &'a [V])> {
    if count > tally_core::internal::FEW {
        return None;
    }
    if count > 0 {
        let state = Extent::new(into.pointer, size_of::<T>())?;
        let array = Extent::new(values.pointer, count * size_of::<V>())?;
        if array.meets(&state) {
            return None;
        }
    }
    // SAFETY: the same contract; the two are apart, as was checked.
    Some(unsafe { (into.in_place()?, values.few(count)?) })
}

impl<V: Pod> In<V> {
    /// The elements of an array of a few; `None` if that is not what it is, or it is not
    /// aligned.
    ///
    /// # Safety
    /// If not NULL, it is valid for reading `count` elements, and nothing writes to them
    /// while they are borrowed.
    #[inline(always)]
    pub(super) unsafe fn few<'a>(self, count: usize) -> Option<&'a [V]> {
        // More are not taken so.
        if count > tally_core::internal::FEW {
            return None;
        }
        if count == 0 {
            return Some(&[]);
        }
        Extent::new(self.pointer, count * size_of::<V>())?;
        if self.pointer.is_null() || !self.pointer.is_aligned() {
            return None;
        }
        // SAFETY: not NULL, aligned and in memory, as was checked; readable by the contract.
        Some(unsafe { slice::from_raw_parts(self.pointer, count) })
    }
}

impl<T: OpaqueState> In<T> {
    /// The words of the state here, where they lie; `None` for NULL.
    ///
    /// # Safety
    /// If not NULL, it is valid for reading, and nothing writes to it while the words are
    /// borrowed.
    #[inline(always)]
    pub(super) unsafe fn in_place<'a>(self) -> Option<InPlace<'a>> {
        if self.pointer.is_null() {
            return None;
        }
        // SAFETY: the words are those of a `T`, readable by the contract; bytes have no
        // alignment.
        Some(unsafe { slice::from_raw_parts(self.pointer.cast(), size_of::<T>() / 8) })
    }
}

impl<T: OpaqueState> Out<T> {
    /// The words of the state here, where they lie; `None` for NULL.
    ///
    /// # Safety
    /// If not NULL, it is valid for reading and writing, and nothing else is done with it
    /// while the words are borrowed.
    #[inline(always)]
    unsafe fn in_place<'a>(self) -> Option<&'a mut [[u8; 8]]> {
        let pointer = NonNull::new(self.pointer)?.cast().as_ptr();
        // SAFETY: the words are those of a `T`, readable and writable by the contract; bytes
        // have no alignment.
        Some(unsafe { slice::from_raw_parts_mut(pointer, size_of::<T>() / 8) })
    }
}
