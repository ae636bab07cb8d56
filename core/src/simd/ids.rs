//! Loops over ids of groups, compiled once for each set of instructions.

use crate::element::Bool;
use crate::simd::isa::{Isa, compiled};

/// An integer that may be an id.
pub(crate) trait Id: Copy + Default {
    /// The unsigned integer of the same size.
    type Key: Copy + Ord + Default;

    /// Itself, if it is not below zero. Otherwise above all that are not.
    fn key(self) -> Self::Key;

    /// Itself, or if it is below zero, far too large.
    fn index(self) -> u64;

    /// The index of the integer with this key.
    fn index_of(key: Self::Key) -> u64;
}

macro_rules! ids {
    ($($type:ty, $key:ty;)+) => {$(
        impl Id for $type {
            type Key = $key;

            #[inline(always)]
            fn key(self) -> $key {
                self as $key
            }

            #[inline(always)]
            fn index(self) -> u64 {
                self as i128 as u64
            }

            #[inline(always)]
            fn index_of(key: $key) -> u64 {
                (key as $type).index()
            }
        }
    )+};
}

ids! {
    i8, u8;
    i16, u16;
    i32, u32;
    i64, u64;
    u8, u8;
    u16, u16;
    u32, u32;
    u64, u64;
}

impl Id for Bool {
    type Key = u8;

    #[inline(always)]
    fn key(self) -> u8 {
        self.number()
    }

    #[inline(always)]
    fn index(self) -> u64 {
        self.number().into()
    }

    #[inline(always)]
    fn index_of(key: u8) -> u64 {
        key.into()
    }
}

impl Isa {
    /// The largest index; 0 if there is none.
    pub(crate) fn largest_index<T: Id>(self, ids: &[T]) -> u64 {
        #[inline(always)]
        fn largest<T: Id>(ids: &[T]) -> T::Key {
            let keys = ids.iter().map(|id| id.key());
            keys.fold(T::Key::default(), T::Key::max)
        }
        T::index_of(compiled!(self, [T: Id] largest(ids: &[T]) -> T::Key))
    }

    /// How often one of a few ids is not the one before; `None` if one is below it.
    pub(crate) fn changes<T: Id>(self, ids: &[T]) -> Option<usize> {
        #[inline(always)]
        fn changes<T: Id>(ids: &[T]) -> (u32, bool) {
            let (mut changes, mut falls) = (0, false);
            for (before, id) in ids.iter().zip(ids.get(1..).unwrap_or_default()) {
                changes += u32::from(id.key() != before.key());
                falls |= id.key() < before.key();
            }
            (changes, falls)
        }
        let (changes, falls) = compiled!(self, [T: Id] changes(ids: &[T]) -> (u32, bool));
        (!falls).then_some(changes as usize)
    }

    /// The index of each id, into as many places.
    pub(crate) fn indices<T: Id>(self, ids: &[T], indices: &mut [u64]) {
        #[inline(always)]
        fn convert<T: Id>(ids: &[T], indices: &mut [u64]) {
            for (index, id) in indices.iter_mut().zip(ids) {
                *index = id.index();
            }
        }
        compiled!(self, [T: Id] convert(ids: &[T], indices: &mut [u64]) -> ())
    }
}
