//! What an array's handle points to, and how a call uses it.

use std::ffi::{CStr, c_void};

use super::arrays::tally_element_type::{self, *};
use super::arrays::{tally_array, tally_release_callback};
use super::handles::{LastAct, Pinned, insert_boxed};
use crate::boundary::handles::{Kind, Pin, Removed};
use crate::boundary::memory::{self, Values};
use crate::boundary::pointer::{Array, Place, Plain};
use crate::boundary::record::refuse;
use crate::boundary::slots::Payload;
use crate::boundary::status::tally_status::{self, TALLY_WRONG_KIND};
use crate::boundary::{Outcome, guard};

/// A release callback and what it is called with.
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
pub(super) struct Body {
    element: tally_element_type,
    values: *const c_void,
    count: usize,
    /// The copy, unless the values are borrowed.
    copy: Option<Values>,
    release: Option<Release>,
}

/// What an array can be of.
pub(super) trait Element: Plain {
    const TYPE: tally_element_type;
}

impl Element for f64 {
    const TYPE: tally_element_type = TALLY_F64;
}

impl Element for f32 {
    const TYPE: tally_element_type = TALLY_F32;
}

impl Element for i32 {
    const TYPE: tally_element_type = TALLY_I32;
}

impl Element for i64 {
    const TYPE: tally_element_type = TALLY_I64;
}

impl Element for u64 {
    const TYPE: tally_element_type = TALLY_U64;
}

impl Body {
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
        values: *const T,
        count: usize,
        callback: tally_release_callback,
        user_data: *mut c_void,
    ) -> Self {
        let values = values.cast::<c_void>();
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
                    "the array is of {}, not of {}",
                    self.element.name(),
                    T::TYPE.name()
                ),
            )
        })
    }

    pub(super) fn element_type(&self) -> tally_element_type {
        self.element
    }

    /// Where the values are.
    pub(super) fn address(&self) -> *const c_void {
        self.values
    }

    pub(super) fn length(&self) -> usize {
        self.count
    }
}

/// An array that a call uses.
pub(super) struct InUse<'a>(Pinned<'a>);

impl<'a> InUse<'a> {
    /// Pins the array of a handle.
    pub(super) fn new(array: *const tally_array, last: &'a LastAct) -> Outcome<Self> {
        Ok(Self(Pinned::new(array.cast(), Kind::Array, last)?))
    }

    pub(super) fn body(&self) -> &Body {
        // SAFETY: `insert_body` made it of a `Box`, and what is pinned stays.
        unsafe { &*self.0.payload().pointer.cast::<Body>() }
    }

    /// What `end_view` needs.
    pub(super) fn number(&self) -> u64 {
        self.0.number()
    }

    /// Keeps the array beyond the call.
    pub(super) fn keep(self) {
        self.0.keep();
    }
}

/// Runs a body that uses an array, and does what has to be done last.
#[inline]
pub(super) fn with_array(
    function: &'static CStr,
    array: *const tally_array,
    body: impl FnOnce(InUse<'_>) -> Outcome<()>,
) -> tally_status {
    let last = LastAct::default();
    let status = guard::status(function, || body(InUse::new(array, &last)?));
    last.act();
    status
}

/// A handle to an array.
pub(super) fn insert_body(body: Body, out: &Place<*mut tally_array>) -> Outcome<()> {
    let copied = body.copy.as_ref().map_or(0, Values::size);
    // If there is none, the values are the caller's still: nothing is released.
    let handle = insert_boxed(Kind::Array, copied as u64, memory::boxed(body)?)?;
    out.set(handle.cast());
    Ok(())
}

/// Frees what nobody can reach any more, and returns what is to be called when
/// all else is done.
pub(super) fn dispose(payload: Payload) -> Option<Release> {
    // SAFETY: `insert_body` made it of a `Box`, and it comes here once.
    let body = unsafe { Box::from_raw(payload.pointer.cast::<Body>()) };
    body.release
}

/// Ends a view that nobody can reach any more. Returns the array if the view
/// was all that kept it.
pub(super) fn end_view(payload: Payload) -> Option<Removed> {
    // SAFETY: the number is that of a pin which was kept for the view, and it
    // comes here once.
    unsafe { Pin::resume(payload.number) }?.unpin()
}
