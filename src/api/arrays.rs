//! Arrays
//!
//! An immutable array behind a handle, which may have several owners. Its elements are
//! double, float, int32_t, int64_t or uint64_t. It holds a copy of the caller's values
//! or borrows the caller's memory.
//!
//! ```c
//! tally_array *prices;
//! if (tally_array_new_f64(values, count, &prices) == TALLY_OK) {
//!     if (tally_array_sum_f64(prices, &total) == TALLY_OK)
//!         printf("%g\n", total);
//!     tally_unref(prices);
//! }
//! ```
//!
//! The handle is checked first: see Handles for its errors, and for tally_ref() and
//! tally_unref(). A function for one type of element also returns TALLY_WRONG_KIND for
//! an array of another type.
//!
//! An array of borrowed memory has a release callback, which returns the memory to the
//! caller. It is called exactly once: when the last reference to the array is gone, no
//! call is using it and no view of it is open. It is called on the thread that brought
//! this about, at the very end of that thread's call to tally_unref(),
//! tally_array_release_view() or whichever function was still using the array. By then
//! that call has done all its work and holds no lock, so the callback may call this
//! library. It may throw a C++ exception, which replaces the call's status but undoes
//! nothing. Whatever the callback leaves in the error record stays there.

use std::ffi::c_void;

use super::accumulator::tally_accumulator;
use super::array_verbs;
use super::column_type::tally_type;
use super::exports::{exports, section};
use super::handles;
use crate::boundary::handles::Kind;
use crate::boundary::status::tally_status;

pub use super::array_data::{tally_array, tally_release_callback};

exports! {
    /// Makes an array with a copy of `count` doubles.
    ///
    /// `values` is as for tally_sum_f64(): it may have any alignment, and may be NULL
    /// if `count` is 0. `*out` is the array's handle, with one reference, to be given
    /// up with tally_unref(). TALLY_MEMORY if out of memory.
    fn tally_array_new_f64(
        values: *const f64, count: usize, out: *mut *mut tally_array,
    ) -> tally_status = array_verbs::new;

    /// Makes an array with a copy of `count` floats, as
    /// tally_array_new_f64() does.
    fn tally_array_new_f32(
        values: *const f32, count: usize, out: *mut *mut tally_array,
    ) -> tally_status = array_verbs::new;

    /// Makes an array with a copy of `count` signed 32-bit integers, as
    /// tally_array_new_f64() does.
    fn tally_array_new_i32(
        values: *const i32, count: usize, out: *mut *mut tally_array,
    ) -> tally_status = array_verbs::new;

    /// Makes an array with a copy of `count` signed 64-bit integers, as
    /// tally_array_new_f64() does.
    fn tally_array_new_i64(
        values: *const i64, count: usize, out: *mut *mut tally_array,
    ) -> tally_status = array_verbs::new;

    /// Makes an array with a copy of `count` unsigned 64-bit integers, as
    /// tally_array_new_f64() does.
    fn tally_array_new_u64(
        values: *const u64, count: usize, out: *mut *mut tally_array,
    ) -> tally_status = array_verbs::new;

    /// Makes an array that borrows `count` doubles from the caller instead of copying
    /// them.
    ///
    /// If the call succeeds, the values must remain valid and unchanged until
    /// `release(values, count, user_data)` is called. `release` may be NULL if the
    /// values remain valid until the process ends; `user_data` is passed through
    /// unread. On failure `release` is never called. Everything else is as for
    /// tally_array_new_f64().
    fn tally_array_borrow_f64(
        values: *const f64, count: usize, release: tally_release_callback, user_data: *mut c_void,
        out: *mut *mut tally_array,
    ) -> tally_status = array_verbs::borrow;

    /// Makes an array that borrows `count` floats, as tally_array_borrow_f64() does.
    fn tally_array_borrow_f32(
        values: *const f32, count: usize, release: tally_release_callback, user_data: *mut c_void,
        out: *mut *mut tally_array,
    ) -> tally_status = array_verbs::borrow;

    /// Makes an array that borrows `count` signed 32-bit integers, as
    /// tally_array_borrow_f64() does.
    fn tally_array_borrow_i32(
        values: *const i32, count: usize, release: tally_release_callback, user_data: *mut c_void,
        out: *mut *mut tally_array,
    ) -> tally_status = array_verbs::borrow;

    /// Makes an array that borrows `count` signed 64-bit integers, as
    /// tally_array_borrow_f64() does.
    fn tally_array_borrow_i64(
        values: *const i64, count: usize, release: tally_release_callback, user_data: *mut c_void,
        out: *mut *mut tally_array,
    ) -> tally_status = array_verbs::borrow;

    /// Makes an array that borrows `count` unsigned 64-bit integers, as
    /// tally_array_borrow_f64() does.
    fn tally_array_borrow_u64(
        values: *const u64, count: usize, release: tally_release_callback, user_data: *mut c_void,
        out: *mut *mut tally_array,
    ) -> tally_status = array_verbs::borrow;

    /// The number of elements of an array, which may be of any type.
    extern "C-unwind" fn tally_array_length(
        array: *mut tally_array, length: *mut usize,
    ) -> tally_status = array_verbs::length;

    /// The type of the elements of an array, which determines the functions that accept
    /// it.
    extern "C-unwind" fn tally_array_type(
        array: *mut tally_array, element_type: *mut tally_type,
    ) -> tally_status = array_verbs::element_type;
}

section! {
    //! Elements of arrays
    //!
    //! Access to the elements of an array: to one of them, to all of them in place, or
    //! to their sum.
    //!
    //! ```c
    //! const double *values;
    //! size_t count;
    //! tally_view *view;
    //! if (tally_array_view_f64(prices, &values, &count, &view) == TALLY_OK) {
    //!     draw(values, count);
    //!     tally_array_release_view(view);
    //! }
    //! ```
    //!
    //! A view keeps the values valid until it is closed, whatever happens to the
    //! array's handle in the meantime. It is itself a handle: it is made with one
    //! reference, tally_ref() adds one, tally_array_release_view() and tally_unref()
    //! give one up, and giving up the last one closes it.
}

pub use super::array_data::tally_view;

exports! {
    /// The element at `index`, counted from 0, of an array of double.
    ///
    /// TALLY_INVALID if there is no such element.
    extern "C-unwind" fn tally_array_get_f64(
        array: *mut tally_array, index: usize, value: *mut f64,
    ) -> tally_status = array_verbs::get;

    /// The element at `index` of an array of float: see tally_array_get_f64().
    extern "C-unwind" fn tally_array_get_f32(
        array: *mut tally_array, index: usize, value: *mut f32,
    ) -> tally_status = array_verbs::get;

    /// The element at `index` of an array of int32_t: see tally_array_get_f64().
    extern "C-unwind" fn tally_array_get_i32(
        array: *mut tally_array, index: usize, value: *mut i32,
    ) -> tally_status = array_verbs::get;

    /// The element at `index` of an array of int64_t: see tally_array_get_f64().
    extern "C-unwind" fn tally_array_get_i64(
        array: *mut tally_array, index: usize, value: *mut i64,
    ) -> tally_status = array_verbs::get;

    /// The element at `index` of an array of uint64_t: see tally_array_get_f64().
    extern "C-unwind" fn tally_array_get_u64(
        array: *mut tally_array, index: usize, value: *mut u64,
    ) -> tally_status = array_verbs::get;

    /// Opens a view of an array of double.
    ///
    /// `*values` points to the `*count` elements. They remain valid, and must not be
    /// written to, until `*view`, which has one reference, is given up with
    /// tally_array_release_view(). The elements of a copied array are aligned to 64
    /// bytes; for a borrowed array, `*values` is the borrowed pointer, with whatever
    /// alignment it has. For an empty array, `*values` may be NULL. TALLY_BUSY if 1,023
    /// views and calls are using the array; TALLY_MEMORY if out of memory.
    extern "C-unwind" fn tally_array_view_f64(
        array: *mut tally_array, values: *mut *const f64, count: *mut usize,
        view: *mut *mut tally_view,
    ) -> tally_status = array_verbs::open_view;

    /// Opens a view of an array of float, as tally_array_view_f64() does.
    extern "C-unwind" fn tally_array_view_f32(
        array: *mut tally_array, values: *mut *const f32, count: *mut usize,
        view: *mut *mut tally_view,
    ) -> tally_status = array_verbs::open_view;

    /// Opens a view of an array of int32_t, as tally_array_view_f64() does.
    extern "C-unwind" fn tally_array_view_i32(
        array: *mut tally_array, values: *mut *const i32, count: *mut usize,
        view: *mut *mut tally_view,
    ) -> tally_status = array_verbs::open_view;

    /// Opens a view of an array of int64_t, as tally_array_view_f64() does.
    extern "C-unwind" fn tally_array_view_i64(
        array: *mut tally_array, values: *mut *const i64, count: *mut usize,
        view: *mut *mut tally_view,
    ) -> tally_status = array_verbs::open_view;

    /// Opens a view of an array of uint64_t, as tally_array_view_f64() does.
    extern "C-unwind" fn tally_array_view_u64(
        array: *mut tally_array, values: *mut *const u64, count: *mut usize,
        view: *mut *mut tally_view,
    ) -> tally_status = array_verbs::open_view;
}

/// Gives up a reference to a view; giving up the last one closes it. NULL is a no-op.
/// Touches the error record only on failure. If nothing else keeps the array, it is
/// freed.
///
/// Unlike tally_unref(), it refuses a handle that is not a view.
#[unsafe(no_mangle)]
pub extern "C-unwind" fn tally_array_release_view(view: *mut tally_view) -> tally_status {
    let name = c"tally_array_release_view";
    handles::unreference(name, view.cast::<c_void>(), Some(Kind::View))
}

exports! {
    /// The sum of an array of double: see tally_sum_f64().
    extern "C-unwind" fn tally_array_sum_f64(
        array: *mut tally_array, total: *mut f64,
    ) -> tally_status = array_verbs::sum::<f64>;

    /// The sum of an array of float: see tally_sum_f32().
    extern "C-unwind" fn tally_array_sum_f32(
        array: *mut tally_array, total: *mut f32,
    ) -> tally_status = array_verbs::sum::<f32>;

    /// The sum of an array of int32_t: see tally_sum_i32().
    extern "C-unwind" fn tally_array_sum_i32(
        array: *mut tally_array, total: *mut i64,
    ) -> tally_status = array_verbs::sum::<i32>;

    /// The sum of an array of int64_t: see tally_sum_i64().
    extern "C-unwind" fn tally_array_sum_i64(
        array: *mut tally_array, total: *mut i64,
    ) -> tally_status = array_verbs::sum::<i64>;

    /// The sum of an array of uint64_t: see tally_sum_u64().
    extern "C-unwind" fn tally_array_sum_u64(
        array: *mut tally_array, total: *mut u64,
    ) -> tally_status = array_verbs::sum::<u64>;

    /// Adds all elements of an array, which may be of any type, to an accumulator.
    extern "C-unwind" fn tally_accumulator_add_array(
        into: *mut tally_accumulator, array: *mut tally_array,
    ) -> tally_status = array_verbs::add_to_accumulator;
}
