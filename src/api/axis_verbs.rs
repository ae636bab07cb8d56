//! The bodies of the functions for matrices.

use std::ffi::{CStr, c_int};
use std::mem::MaybeUninit;

use super::batches_data::{statistic, tally_statistic};
use super::column_data::tally_column;
use super::exports::{In, Out};
use crate::boundary::guard;
use crate::boundary::record::refuse;
use crate::boundary::results::Results;
use crate::boundary::status::tally_status::{self, TALLY_INVALID};
use tally_core::{Axis, Matrix, Statistic};

/// # Safety
/// `first_row` is readable as [`In::column`] says, and so are the other rows; `results` is
/// writable for a result for each column or row, and nobody else uses it.
#[allow(clippy::too_many_arguments)]
pub(super) unsafe fn axis(
    function: &'static CStr,
    first_row: In<tally_column>,
    rows: usize,
    row_stride: isize,
    axis: c_int,
    what: MaybeUninit<tally_statistic>,
    ddof: usize,
    results: Out<f64>,
) -> tally_status {
    let fill = |matrix: Matrix<'_>, axis, what, results: &mut Results<'_, f64>| {
        let mut first = 0;
        results.fill(|results| {
            matrix.reduce_from(axis, what, first, results);
            first += results.len();
        });
    };
    // SAFETY: the same contract.
    unsafe {
        axis_by(
            function, fill, first_row, rows, row_stride, axis, what, ddof, results,
        )
    }
}

/// [`axis`], filled in a given way.
///
/// # Safety
/// As for [`axis`].
#[allow(clippy::too_many_arguments)]
pub(super) unsafe fn axis_by(
    function: &'static CStr,
    fill: impl FnOnce(Matrix<'_>, Axis, Statistic, &mut Results<'_, f64>),
    first_row: In<tally_column>,
    rows: usize,
    row_stride: isize,
    axis: c_int,
    what: MaybeUninit<tally_statistic>,
    ddof: usize,
    results: Out<f64>,
) -> tally_status {
    guard::status(function, || {
        let name = first_row.name;
        // SAFETY: readable by the contract.
        let given = unsafe { first_row.matrix(rows, row_stride) }?;
        let axis = match axis {
            0 => Axis::Columns,
            1 => Axis::Rows,
            _ => {
                let message = format_args!("axis is {axis}, neither 0 nor 1");
                return Err(refuse(TALLY_INVALID, message));
            }
        };
        let what = statistic(what, ddof)?;
        let (matrix, axis) = given.matrix(axis);
        let count = matrix.results(axis);
        // SAFETY: writable by the contract.
        let mut results = unsafe { Results::new(results.pointer, count, results.name) }?;
        given.check_apart(&results, name)?;
        fill(matrix, axis, what, &mut results);
        Ok(())
    })
}
