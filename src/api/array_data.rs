//! The contents of an array's handle: values of one type, and the callback that
//! releases them.

use std::ffi::c_void;

use super::column_type::{Element, tally_type};
use super::exports::{In, as_they_are};
use crate::boundary::Outcome;
use crate::boundary::array::Array;
use crate::boundary::memory::Values;
use crate::boundary::record::refuse;
use crate::boundary::slots::Payload;
use crate::boundary::status::tally_status::TALLY_WRONG_KIND;
use tally_core::{Accumulate, Accumulator};
use tally_type::{TALLY_F32, TALLY_F64, TALLY_I32, TALLY_I64, TALLY_U64};

/// A handle to an array.
#[allow(non_camel_case_types)]
pub struct tally_array {
    _private: [u8; 0],
}

/// Called to return the `count` values that an array borrowed. `user_data` is the
/// pointer that was passed with them.
#[allow(non_camel_case_types)]
pub type tally_release_callback = Option<
    unsafe extern "C-unwind" fn(values: *const c_void, count: usize, user_data: *mut c_void),
>;

/// A handle to a view of an array.
#[allow(non_camel_case_types)]
pub struct tally_view {
    _private: [u8; 0],
}

as_they_are!(tally_release_callback);

macro_rules! elements {
    ($($number:ident: $element:ty;)+) => {
        impl Data {
            /// Adds the values, of whichever type.
            pub(super) fn add_to(&self, total: &mut Accumulator) {
                match self.element {
                    $($number => self.add_to_if_of::<$element>(total),)+
                    // No array has another type.
                    _ => {}
                }
            }
        }
    };
}

elements! {
    TALLY_F64: f64;
    TALLY_F32: f32;
    TALLY_I32: i32;
    TALLY_I64: i64;
    TALLY_U64: u64;
}

/// A release callback and its arguments.
#[derive(Clone, Copy)]
pub(super) struct Release {
    callback: unsafe extern "C-unwind" fn(*const c_void, usize, *mut c_void),
    values: *const c_void,
    count: usize,
    user_data: *mut c_void,
}

impl Release {
    /// Calls it.
    #[inline(always)]
    pub(super) fn call(self) {
        // SAFETY: whoever made the array promised that it may be called.
        unsafe { (self.callback)(self.values, self.count, self.user_data) }
    }
}

/// What an array's handle points to.
pub(super) struct Data {
    element: tally_type,
    values: *const c_void,
    count: usize,
    /// The copy, unless the values are borrowed.
    copy: Option<Values>,
    release: Option<Release>,
}

impl Data {
    /// An array with a copy of the values.
    pub(super) fn copied<T: Element>(values: &Array<'_, T>) -> Outcome<Self> {
        let copy = Values::copy_of(values)?;
        Ok(Self {
            element: T::TYPE,
            values: copy.address(),
            count: values.count(),
            copy: Some(copy),
            release: None,
        })
    }

    /// An array of the caller's own values.
    ///
    /// # Safety
    /// `values` is valid for reading `count` elements until `callback` is
    /// called, which may be called with them and `user_data`, on any thread.
    pub(super) unsafe fn borrowed<T: Element>(
        values: In<T>,
        count: usize,
        callback: tally_release_callback,
        user_data: *mut c_void,
    ) -> Self {
        let values = values.pointer.cast::<c_void>();
        Self {
            element: T::TYPE,
            values,
            count,
            copy: None,
            release: callback.map(|callback| Release {
                callback,
                values,
                count,
                user_data,
            }),
        }
    }

    /// The values, if they are of this type.
    pub(super) fn values<T: Element>(&self) -> Option<Array<'_, T>> {
        if self.element != T::TYPE {
            return None;
        }
        // SAFETY: the array is of `count` values of this type, its own or
        // borrowed, which are there and unchanging until it is disposed of.
        unsafe { Array::new(self.values.cast(), self.count, "values") }.ok()
    }

    /// The values, or TALLY_WRONG_KIND.
    pub(super) fn values_of<T: Element>(&self) -> Outcome<Array<'_, T>> {
        self.values().ok_or_else(|| {
            refuse(
                TALLY_WRONG_KIND,
                format_args!(
                    "the array has elements of {}, not {}",
                    self.element.name(),
                    T::TYPE.name()
                ),
            )
        })
    }

    pub(super) fn element_type(&self) -> tally_type {
        self.element
    }

    /// Where the values are.
    pub(super) fn address(&self) -> *const c_void {
        self.values
    }

    /// How many bytes of the library's memory they take.
    pub(super) fn copied_size(&self) -> usize {
        self.copy.as_ref().map_or(0, Values::size)
    }

    pub(super) fn length(&self) -> usize {
        self.count
    }

    fn add_to_if_of<T: Element>(&self, total: &mut Accumulator)
    where
        Accumulator: Accumulate<T>,
    {
        if let Some(values) = self.values::<T>() {
            values.for_each_block(|block| total.add(block));
        }
    }
}

/// Frees what nobody can reach any more, and returns what is to be called when
/// all else is done.
///
/// # Safety
/// The payload is that of an array, and comes here once.
pub(super) unsafe fn dispose(payload: Payload) -> Option<Release> {
    // SAFETY: an array's payload is made of a `Box`, and is not used any more.
    let data = unsafe { Box::from_raw(payload.pointer.cast::<Data>()) };
    data.release
}
