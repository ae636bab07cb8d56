//! Calls of C whose pointers all come from references: no call can be given another.

use std::ffi::c_int;
use std::mem::MaybeUninit;

use tally::api::arrays::tally_array;
use tally::api::batches::tally_statistic;
use tally::api::columns::tally_column;
use tally::api::decimal_value::tally_rounding;
use tally::api::shared::tally_shared;

use crate::kinds::Kind;
use crate::layout::Column;
use crate::place::Place;

/// What may be an argument of [`call!`] where C has the type `C`.
///
/// # Safety
/// A pointer that [`Passed::passed`] makes leads to a whole `C` while the reference lives,
/// and may be written through if that is mutable. What is passed as it is has no meaning as
/// a pointer: it is a number, or a handle, whose every value the library checks.
pub(crate) unsafe trait Passed<C> {
    fn passed(self) -> C;
}

/// Numbers, and states as their words.
pub(crate) trait Plain {}

impl<K: Kind> Plain for K {}

macro_rules! passed {
    (plain: $($plain:ty),*; as_they_are: $($value:ty),*) => {
        $(impl Plain for $plain {})*
        // SAFETY: none is a pointer that the library follows unchecked.
        $(unsafe impl Passed<$value> for $value {
            fn passed(self) -> $value {
                self
            }
        })*
    };
}

passed!(plain: f64, f32, i32, i64, u64, usize;
    as_they_are: f64, c_int, usize, isize, u64, MaybeUninit<tally_statistic>,
    MaybeUninit<tally_rounding>, *mut tally_array, *mut tally_shared);

// SAFETY: a shared reference leads to its value while it lives.
unsafe impl<T: Plain> Passed<*const T> for &T {
    fn passed(self) -> *const T {
        self
    }
}

// SAFETY: a mutable reference does, and may be written through.
unsafe impl<T: Plain> Passed<*mut T> for &mut T {
    fn passed(self) -> *mut T {
        self
    }
}

// SAFETY: the place has the size of the state, at an alignment that the library allows.
unsafe impl<K: Kind> Passed<*const K> for &Place {
    fn passed(self) -> *const K {
        assert_eq!(self.bytes().len(), size_of::<K>());
        self.bytes().as_ptr().cast()
    }
}

// SAFETY: as above.
unsafe impl<K: Kind> Passed<*mut K> for &mut Place {
    fn passed(self) -> *mut K {
        assert_eq!(self.bytes().len(), size_of::<K>());
        self.pointer()
    }
}

// SAFETY: a `Column` is made from memory that it borrows, and describes no more of it.
unsafe impl Passed<*const tally_column> for &Column<'_> {
    fn passed(self) -> *const tally_column {
        &self.described
    }
}

/// Calls a function of C whose every pointer leads to one value. Functions that take an array
/// or a buffer need a block of their own.
macro_rules! call {
    ($function:ident($($argument:expr),* $(,)?)) => {
        // SAFETY: `Passed` makes each pointer from a reference, to one value of its type.
        unsafe { $function($(crate::passing::Passed::passed($argument)),*) }
    };
}

pub(crate) use call;
