//! The library's functions of columns.

use std::hint::black_box;
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::ptr::null;

use tally::api::axes::tally_axis;
use tally::api::batches::{tally_group, tally_statistic};
use tally::api::columns::{
    TALLY_BYTE_MASK, TALLY_SKIP_NAN, tally_column, tally_column_sum, tally_type,
};
use tally::api::parallel::tally_group_parallel;
use tally::api::windows::{tally_cumulative_sum, tally_rolling};
use tally::boundary::status::tally_status;

use super::must;

/// Which elements of a column are there.
#[derive(Clone, Copy)]
pub(crate) enum Present<'a> {
    All,
    /// Those that are not NaN.
    Numbers,
    Bits(&'a [u8]),
    Bytes(&'a [u8]),
}

/// An element type of columns.
pub(crate) trait Element {
    const TYPE: tally_type;
}

impl Element for f64 {
    const TYPE: tally_type = tally_type::TALLY_F64;
}

impl Element for f32 {
    const TYPE: tally_type = tally_type::TALLY_F32;
}

impl Element for u32 {
    const TYPE: tally_type = tally_type::TALLY_U32;
}

impl Element for u8 {
    const TYPE: tally_type = tally_type::TALLY_U8;
}

/// A column in C's terms.
pub(crate) struct Lying<'a> {
    pub(super) column: tally_column,
    borrowed: PhantomData<&'a ()>,
}

/// Each `step`th element of a slice.
pub(crate) fn column<'a, T: Element>(
    values: &'a [T],
    step: usize,
    present: Present<'a>,
) -> Lying<'a> {
    let count = values.len() / step;
    let (flags, validity) = match present {
        Present::All => (0, None),
        Present::Numbers => (TALLY_SKIP_NAN, None),
        Present::Bits(bits) => (0, Some(bits)),
        Present::Bytes(bytes) => (TALLY_BYTE_MASK, Some(bytes)),
    };
    let column = tally_column {
        size: size_of::<tally_column>(),
        r#type: MaybeUninit::new(T::TYPE),
        flags,
        values: values.as_ptr().cast(),
        count,
        stride: (step * size_of::<T>()) as isize,
        validity: validity.map_or(null(), <[u8]>::as_ptr),
        offset: 0,
    };
    Lying {
        column,
        borrowed: PhantomData,
    }
}

/// `tally_rolling`, of windows of so many rows.
pub(crate) fn rolling(
    values: &Lying<'_>,
    window: usize,
    what: tally_statistic,
    results: &mut [f64],
) {
    assert_eq!(values.column.count, results.len());
    // SAFETY: the slice that the column describes is borrowed, and so is that of results.
    must(unsafe {
        tally_rolling(
            &raw const values.column,
            window,
            1,
            MaybeUninit::new(what),
            1,
            results.as_mut_ptr(),
        )
    });
}

/// `tally_cumulative_sum`.
pub(crate) fn running_totals(values: &Lying<'_>, results: &mut [f64]) {
    assert_eq!(values.column.count, results.len());
    // SAFETY: as above.
    must(unsafe { tally_cumulative_sum(&raw const values.column, results.as_mut_ptr()) });
}

/// `tally_axis` of sums, of a matrix of all values in so many columns.
pub(crate) fn axis(values: &Lying<'_>, columns: usize, axis: i32, results: &mut [f64]) {
    let rows = values.column.count / columns;
    assert_eq!(results.len(), if axis == 0 { columns } else { rows });
    let row_stride = values.column.stride * columns as isize;
    let first_row = tally_column {
        count: columns,
        ..values.column
    };
    // SAFETY: as above.
    must(unsafe {
        tally_axis(
            &raw const first_row,
            rows,
            row_stride,
            axis,
            MaybeUninit::new(tally_statistic::TALLY_SUM),
            0,
            results.as_mut_ptr(),
        )
    });
}

/// `tally_group`.
pub(crate) fn group(
    values: &Lying<'_>,
    ids: &Lying<'_>,
    what: tally_statistic,
    results: &mut [f64],
) {
    // SAFETY: the slices that the columns describe are borrowed, and so is that of results.
    must(unsafe {
        tally_group(
            &raw const values.column,
            &raw const ids.column,
            results.len(),
            MaybeUninit::new(what),
            1,
            results.as_mut_ptr(),
        )
    });
}

/// `tally_group_parallel` on two threads.
pub(crate) fn group_on_two(
    values: &Lying<'_>,
    ids: &Lying<'_>,
    what: tally_statistic,
    results: &mut [f64],
) {
    // SAFETY: as above.
    must(unsafe {
        tally_group_parallel(
            &raw const values.column,
            &raw const ids.column,
            results.len(),
            MaybeUninit::new(what),
            1,
            2,
            results.as_mut_ptr(),
        )
    });
}

/// `tally_column_sum`.
pub(crate) fn column_sum(lying: &Lying<'_>) -> f64 {
    let mut total = 0.0;
    let function: unsafe extern "C" fn(*const tally_column, *mut f64) -> tally_status =
        tally_column_sum;
    // SAFETY: the slices that the column describes are borrowed.
    must(unsafe { black_box(function)(&raw const lying.column, &raw mut total) });
    total
}
