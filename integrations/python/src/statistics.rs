//! sum, mean, var, std and norm.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

use crate::arguments::given;
use crate::arrow;
use crate::buffer::with_doubles;
use crate::column::{self, Statistic};
use crate::few::with_few_floats;
use crate::input::{Input, input, with_mask};
use crate::number::{NO_DECIMALS, decimal_mean, decimal_value, of_text};
use crate::numpy::is_ndarray;
use crate::reduce::{Question, integer, reduced, unless_short};
use crate::sequence::{self, Sum, add_all, sum_of_integers};
use crate::states::{Accumulator, DecimalSum, Moments, State};

/// The common arguments of these functions.
pub(crate) struct Arguments<'a, 'py> {
    axis: Option<&'a Bound<'py, PyAny>>,
    out: Option<&'a Bound<'py, PyAny>>,
    keep_dims: bool,
    mask: Option<&'a Bound<'py, PyAny>>,
    skip_nan: bool,
    min_count: usize,
}

/// A count given by the caller, which must not be negative.
pub(crate) fn natural(name: &str, number: isize) -> PyResult<usize> {
    usize::try_from(number)
        .map_err(|_| PyValueError::new_err(format!("{name} must not be negative, not {number}")))
}

#[inline]
fn answer<'py>(
    what: Statistic,
    ddof: isize,
    a: &Bound<'py, PyAny>,
    arguments: Arguments<'_, 'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let ddof = natural("ddof", ddof)?;
    let is_plain = arguments.axis.is_none()
        && arguments.out.is_none()
        && !arguments.keep_dims
        && arguments.mask.is_none()
        && !arguments.skip_nan
        && arguments.min_count == 0;
    if is_plain {
        let value = if is_ndarray(a) {
            with_doubles(a, |column| {
                unless_short(py, column.len(), || column::statistic(what, ddof, column))
            })
        } else {
            with_few_floats(a, |floats| column::statistic_f64(what, ddof, floats))
        };
        if let Some(value) = value {
            return Ok(value?.into_pyobject(py)?.into_any());
        }
        if what == Statistic::TALLY_SUM
            && let Some(total) = sum_of_integers(a)
        {
            return integer(py, total);
        }
    }
    general(what, ddof, a, arguments)
}

fn general<'py>(
    what: Statistic,
    ddof: usize,
    a: &Bound<'py, PyAny>,
    arguments: Arguments<'_, 'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let Arguments {
        axis,
        out,
        keep_dims,
        mask,
        skip_nan,
        min_count,
    } = arguments;
    let (axis, out, mask) = (given(axis), given(out), given(mask));
    let array = match input(a)? {
        Input::Array(array) => array,
        Input::Arrow(source) => {
            if axis.is_none() && out.is_none() && mask.is_none() && !keep_dims {
                return of_arrow(py, what, ddof, &source, skip_nan, min_count);
            }
            arrow::array(py, &source)?
        }
        Input::Items(items) => {
            let is_plain =
                axis.is_none() && out.is_none() && mask.is_none() && !keep_dims && !skip_nan;
            if is_plain {
                return of_items(what, ddof, &items, min_count);
            }
            sequence::collected(&items)?
        }
    };
    let array = with_mask(array, mask)?;
    let question = Question {
        what,
        ddof,
        skip_nan,
        min_count,
    };
    reduced(py, &array, question, axis, keep_dims, out)
}

/// A statistic of numbers that come one by one.
fn of_items<'py>(
    what: Statistic,
    ddof: usize,
    items: &Bound<'py, PyAny>,
    min_count: usize,
) -> PyResult<Bound<'py, PyAny>> {
    let py = items.py();
    if matches!(what, Statistic::TALLY_SUM | Statistic::TALLY_MEAN) {
        let mut sum = Sum::default();
        add_all(items, &mut sum)?;
        return Ok(match what {
            Statistic::TALLY_SUM => sum.sum(py, min_count)?.into_bound(py),
            _ => sum.mean(py, min_count)?.into_bound(py),
        });
    }
    let mut moments = Moments::default();
    add_all(items, &mut moments)?;
    of_moments(py, what, ddof, &moments, min_count)
}

fn of_moments<'py>(
    py: Python<'py>,
    what: Statistic,
    ddof: usize,
    moments: &Moments,
    min_count: usize,
) -> PyResult<Bound<'py, PyAny>> {
    let value = if moments.count()?.unsigned_abs() < min_count as u64 {
        f64::NAN
    } else {
        match what {
            Statistic::TALLY_VARIANCE => moments.variance(ddof),
            Statistic::TALLY_STANDARD_DEVIATION => moments.standard_deviation(ddof),
            _ => moments.norm(),
        }?
    };
    Ok(value.into_pyobject(py)?.into_any())
}

/// A statistic of an Arrow column, array by array.
fn of_arrow<'py>(
    py: Python<'py>,
    what: Statistic,
    ddof: usize,
    source: &arrow::Source<'py>,
    skip_nan: bool,
    min_count: usize,
) -> PyResult<Bound<'py, PyAny>> {
    if !matches!(what, Statistic::TALLY_SUM | Statistic::TALLY_MEAN) {
        if source.is_decimal() {
            return Err(PyTypeError::new_err(NO_DECIMALS));
        }
        let mut moments = Moments::default();
        match skip_nan {
            true => source.add_without_nan(py, &mut moments)?,
            false => source.add_to(py, &mut moments)?,
        }
        return of_moments(py, what, ddof, &moments, min_count);
    }
    if source.is_decimal() {
        let mut decimals = DecimalSum::default();
        source.add_to(py, &mut decimals)?;
        if decimals.count()?.unsigned_abs() < min_count as u64 {
            return Ok(f64::NAN.into_pyobject(py)?.into_any());
        }
        return match what {
            Statistic::TALLY_SUM => decimal_value(py, &decimals),
            _ => decimal_mean(py, &decimals),
        };
    }
    let mut sum = Accumulator::default();
    match skip_nan {
        true => source.add_without_nan(py, &mut sum)?,
        false => source.add_to(py, &mut sum)?,
    }
    if sum.count()?.unsigned_abs() < min_count as u64 {
        return Ok(f64::NAN.into_pyobject(py)?.into_any());
    }
    match what {
        Statistic::TALLY_SUM if source.is_integer() => of_text(py, &sum.text(0)?),
        Statistic::TALLY_SUM => Ok(sum.value()?.into_pyobject(py)?.into_any()),
        _ => Ok(sum.mean()?.into_pyobject(py)?.into_any()),
    }
}

macro_rules! statistics {
    ($($(#[$documentation:meta])* $name:ident($($ddof:ident)?) = $what:ident;)+) => {$(
        $(#[$documentation])*
        #[pyfunction]
        #[pyo3(signature = (
            a, axis=None, *, out=None, $($ddof=0,)? keepdims=false, r#where=None, skipna=false,
            min_count=0
        ))]
        #[allow(clippy::too_many_arguments, reason = "Python's keyword arguments")]
        pub(crate) fn $name<'py>(
            a: &Bound<'py, PyAny>,
            axis: Option<&Bound<'py, PyAny>>,
            out: Option<&Bound<'py, PyAny>>,
            $($ddof: isize,)?
            keepdims: bool,
            r#where: Option<&Bound<'py, PyAny>>,
            skipna: bool,
            min_count: isize,
        ) -> PyResult<Bound<'py, PyAny>> {
            let min_count = natural("min_count", min_count)?;
            let arguments = Arguments {
                axis, out, keep_dims: keepdims, mask: r#where, skip_nan: skipna, min_count,
            };
            let ddof = [$($ddof,)? 0][0];
            answer(Statistic::$what, ddof, a, arguments)
        }
    )+};
}

statistics! {
    /// Returns the exact sum, rounded once.
    ///
    /// `a` is an array of numbers of any shape and strides, or an iterable of numbers.
    /// Integers give an exact int, Decimals a Decimal, and anything else the float nearest to
    /// the true sum, whatever the order. Along `axis` (an int or a tuple of ints) the results
    /// are an array: int64 for integers, otherwise float64. `where` is an array of bools that
    /// broadcasts to `a`, True for the elements that count. `skipna` leaves NaN out. Where fewer
    /// than `min_count` elements count, the result is NaN; with `min_count` an array of results
    /// is always float64.
    ///
    /// Raises OverflowError if a single sum is beyond the largest float (in an array it is
    /// infinite) or a sum along an axis does not fit in int64, and TypeError for elements that
    /// are not numbers.
    ///
    /// >>> import tally
    /// >>> tally.sum([1e100, 1.0, -1e100])
    /// 1.0
    /// >>> tally.sum([2**63, 2**63])
    /// 18446744073709551616
    sum() = TALLY_SUM;

    /// Returns the exact mean, rounded once.
    ///
    /// The arguments are those of sum(). The results are floats; for Decimals it is a Decimal,
    /// rounded by the thread's decimal context.
    ///
    /// Raises ValueError for the mean of no elements; along an axis, or with `min_count` above
    /// 0, it is NaN instead.
    ///
    /// >>> import tally
    /// >>> tally.mean([1e308, 1e308])
    /// 1e+308
    mean() = TALLY_MEAN;

    /// Returns the exact variance, rounded once.
    ///
    /// The arguments are those of sum(), except that Decimals are not supported. The divisor is
    /// the count less `ddof`: 0, as in NumPy, for the variance of a population, 1 for that of a
    /// sample.
    ///
    /// Raises ValueError if no more than `ddof` elements count; along an axis, or with
    /// `min_count` above `ddof`, the result is NaN instead.
    ///
    /// >>> import tally
    /// >>> tally.var([1e9, 1e9 + 1, 1e9 + 2], ddof=1)
    /// 1.0
    var(ddof) = TALLY_VARIANCE;

    /// Returns the exact standard deviation, rounded once.
    ///
    /// It is the square root of the variance; the arguments and errors are those of var().
    ///
    /// >>> import tally
    /// >>> tally.std([1, 2, 3, 4])
    /// 1.118033988749895
    std(ddof) = TALLY_STANDARD_DEVIATION;

    /// Returns the exact Euclidean norm, rounded once: the square root of the sum of squares.
    ///
    /// The arguments are those of sum(), except that Decimals are not supported. Along several
    /// axes it is the norm of all their elements together. Squares neither overflow nor
    /// underflow on the way.
    ///
    /// >>> import tally
    /// >>> tally.norm([3.0, 4.0])
    /// 5.0
    norm() = TALLY_NORM;
}
