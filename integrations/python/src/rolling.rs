//! Running totals, and statistics of rolling windows.

use pyo3::exceptions::{PyOverflowError, PyTypeError};
use pyo3::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::arguments::given;
use crate::array::Array;
use crate::column::{self, Statistic};
use crate::input::{array, with_mask};
use crate::lanes::{lane_axis, mapped};
use crate::statistics::natural;

/// Returns the running totals: the exact sum up to each element, rounded once.
///
/// `a` is an array or a list. Without `axis` it is taken as one row, in C order, and the results
/// have one dimension; otherwise they have its shape. They are int64 for integers, otherwise
/// float64. At an element that `where` or `skipna` leaves out, the result is the total so far.
///
/// Raises OverflowError if a total of integers does not fit in int64. A float total beyond the
/// largest float is infinite; later totals that are within range again are finite.
///
/// >>> import tally
/// >>> tally.cumsum([1e100, 1.0, -1e100]).tolist()
/// [1e+100, 1e+100, 1.0]
#[pyfunction]
#[pyo3(signature = (a, axis=None, *, out=None, r#where=None, skipna=false))]
pub(crate) fn cumsum<'py>(
    a: &Bound<'py, PyAny>,
    axis: Option<&Bound<'py, PyAny>>,
    out: Option<&Bound<'py, PyAny>>,
    r#where: Option<&Bound<'py, PyAny>>,
    skipna: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let (axis, out) = (given(axis), given(out));
    let mut array = with_mask(array(a)?, given(r#where))?;
    let axis = match axis {
        Some(_) => lane_axis(axis, array.ndim())?,
        None => {
            array = flat(array)?;
            0
        }
    };
    if array.is_float() {
        let map = |_, column: &column::Column<'_>, results: &mut [f64]| {
            column::cumulative_sum(column, results)
        };
        return mapped(py, &array, axis, skipna, out, map);
    }
    let bad = AtomicUsize::new(usize::MAX);
    let map = |lane: usize, column: &column::Column<'_>, results: &mut [i64]| {
        let (outcome, done) = column::cumulative_sum_i64(column, results);
        bad.store(lane * results.len() + done, Ordering::Relaxed);
        outcome
    };
    mapped(py, &array, axis, skipna, out, map).map_err(|error| {
        if !error.is_instance_of::<PyOverflowError>(py) {
            return error;
        }
        let place = bad.load(Ordering::Relaxed);
        let message = match array.ndim() {
            1 => format!("the total at index {place} does not fit in int64"),
            _ => "a total does not fit in int64".to_owned(),
        };
        PyOverflowError::new_err(message)
    })
}

/// An array as one row, in C order.
fn flat(array: Array<'_>) -> PyResult<Array<'_>> {
    match array.ndim() {
        1 => Ok(array),
        _ => array.raveled(),
    }
}

#[allow(clippy::too_many_arguments, reason = "Python's keyword arguments")]
fn rolling<'py>(
    what: Statistic,
    ddof: isize,
    a: &Bound<'py, PyAny>,
    window: isize,
    min_count: Option<isize>,
    axis: Option<&Bound<'py, PyAny>>,
    out: Option<&Bound<'py, PyAny>>,
    mask: Option<&Bound<'py, PyAny>>,
    skip_nan: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let ddof = natural("ddof", ddof)?;
    let window = natural("window", window)?;
    let min_count = min_count.map_or(Ok(window), |count| natural("min_count", count))?;
    let array = with_mask(array(a)?, given(mask))?;
    if array.ndim() == 0 {
        return Err(PyTypeError::new_err(
            "expected an array of at least one dimension",
        ));
    }
    let axis = lane_axis(given(axis), array.ndim())?;
    mapped(
        a.py(),
        &array,
        axis,
        skip_nan,
        given(out),
        |_, column, results| column::rolling(what, ddof, column, window, min_count, results),
    )
}

macro_rules! rolling {
    ($($(#[$documentation:meta])* $name:ident = $what:ident;)+) => {$(
        $(#[$documentation])*
        #[pyfunction]
        #[pyo3(signature = (
            a, window, *, min_count=None, axis=None, out=None, r#where=None, skipna=false
        ))]
        #[allow(clippy::too_many_arguments, reason = "Python's keyword arguments")]
        pub(crate) fn $name<'py>(
            a: &Bound<'py, PyAny>, window: isize, min_count: Option<isize>,
            axis: Option<&Bound<'py, PyAny>>, out: Option<&Bound<'py, PyAny>>,
            r#where: Option<&Bound<'py, PyAny>>, skipna: bool,
        ) -> PyResult<Bound<'py, PyAny>> {
            rolling(Statistic::$what, 0, a, window, min_count, axis, out, r#where, skipna)
        }
    )+};
    (ddof $($(#[$documentation:meta])* $name:ident = $what:ident;)+) => {$(
        $(#[$documentation])*
        #[pyfunction]
        #[pyo3(signature = (
            a, window, *, ddof=0, min_count=None, axis=None, out=None, r#where=None, skipna=false
        ))]
        #[allow(clippy::too_many_arguments, reason = "Python's keyword arguments")]
        pub(crate) fn $name<'py>(
            a: &Bound<'py, PyAny>, window: isize, ddof: isize, min_count: Option<isize>,
            axis: Option<&Bound<'py, PyAny>>, out: Option<&Bound<'py, PyAny>>,
            r#where: Option<&Bound<'py, PyAny>>, skipna: bool,
        ) -> PyResult<Bound<'py, PyAny>> {
            rolling(Statistic::$what, ddof, a, window, min_count, axis, out, r#where, skipna)
        }
    )+};
}

rolling! {
    /// Returns the exact sum over a moving window, rounded once for each element.
    ///
    /// The window of an element holds `window` elements along `axis` (by default the last): the
    /// element itself and those before it. The results are float64 and have the shape of `a`.
    /// Where fewer than `min_count` elements of a window count (by default `window`), the
    /// result is NaN. A value that has left the window leaves no trace, be it NaN or 1e300.
    ///
    /// Raises ValueError if `window` is 0 or `min_count` exceeds `window`.
    ///
    /// >>> import tally
    /// >>> tally.rolling_sum([1e300, 1.0, 2.0, 3.0], 2).tolist()
    /// [nan, 1e+300, 3.0, 5.0]
    rolling_sum = TALLY_SUM;

    /// Returns the exact mean over a moving window, rounded once for each element.
    ///
    /// The arguments and errors are those of rolling_sum().
    ///
    /// >>> import tally
    /// >>> tally.rolling_mean([1.0, 2.0, 4.0], 2, min_count=1).tolist()
    /// [1.0, 1.5, 3.0]
    rolling_mean = TALLY_MEAN;
}

rolling! { ddof
    /// Returns the exact variance over a moving window, rounded once for each element.
    ///
    /// `ddof` is as in var(), 0 by default; the other arguments and the errors are those of
    /// rolling_sum(). Where no more than `ddof` elements of a window count, the result is NaN.
    ///
    /// >>> import tally
    /// >>> tally.rolling_var([1.0, 2.0, 4.0], 2, ddof=1).tolist()
    /// [nan, 0.5, 2.0]
    rolling_var = TALLY_VARIANCE;

    /// Returns the exact standard deviation over a moving window, rounded once for each element.
    ///
    /// The arguments and errors are those of rolling_var().
    ///
    /// >>> import tally
    /// >>> tally.rolling_std([1.0, 3.0, 3.0], 2).tolist()
    /// [nan, 1.0, 0.0]
    rolling_std = TALLY_STANDARD_DEVIATION;
}
