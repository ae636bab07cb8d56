//! Matrices of covariances and of correlation coefficients.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::arguments::given;
use crate::column::{self, OfPair, Statistic};
use crate::error::{Outcome, in_array};
use crate::input::array;
use crate::lanes;
use crate::memory::Dim;
use crate::reduce::unless_short;
use crate::results::filled;
use crate::statistics::natural;

/// A matrix of a number for each pair of variables.
fn matrix<'py>(
    what: OfPair,
    m: &Bound<'py, PyAny>,
    y: Option<&Bound<'py, PyAny>>,
    rowvar: bool,
    skip_nan: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let py = m.py();
    let mut arrays = vec![array(m)?];
    if let Some(y) = given(y) {
        arrays.push(array(y)?);
    }
    let is_single = arrays.len() == 1 && arrays[0].ndim() < 2;
    let mut variables = Vec::new();
    for array in &arrays {
        let (source, dims) = array.source(skip_nan)?;
        match (&dims[..], rowvar) {
            ([], _) => variables.push((source, 0, 0, Dim::ONE)),
            ([dim], _) => variables.push((source, 0, 0, *dim)),
            ([outer, inner], true) | ([inner, outer], false) => {
                for place in 0..outer.size as isize {
                    variables.push((source, place * outer.stride, place * outer.mask, *inner));
                }
            }
            _ => {
                return Err(PyValueError::new_err(
                    "expected an array of at most two dimensions",
                ));
            }
        }
    }
    let size = variables.first().map_or(0, |variable| variable.3.size);
    if variables.iter().any(|variable| variable.3.size != size) {
        return Err(PyValueError::new_err(
            "all variables must have the same number of values",
        ));
    }
    let mut rooms: Vec<Vec<u8>> = vec![Vec::new(); variables.len()];
    let columns: Vec<_> = variables
        .iter()
        .zip(&mut rooms)
        .map(|((source, at, mask_at, dim), room)| lanes::column(source, *at, *mask_at, *dim, room))
        .collect();
    let count = columns.len();
    let one = |i: usize, j: usize| match what {
        OfPair::Covariance(ddof) if i == j => {
            column::statistic(Statistic::TALLY_VARIANCE, ddof, &columns[i])
        }
        _ => column::of_pair(what, &columns[i], &columns[j]),
    };
    let work = count * count * size;
    if is_single && count == 1 {
        let value = unless_short(py, work, || in_array(one(0, 0)))?;
        return Ok(value.into_pyobject(py)?.into_any());
    }
    filled(py, &[count, count], |results: &mut [f64]| {
        let fill = || {
            for i in 0..count {
                for j in i..count {
                    let value = in_array(one(i, j))?;
                    results[i * count + j] = value;
                    results[j * count + i] = value;
                }
            }
            Ok(())
        };
        let filled: Outcome<()> = unless_short(py, work, fill);
        Ok(filled?)
    })
}

/// Returns the exact covariances of variables, each rounded once.
///
/// The arguments are those of numpy.cov(): the rows of `m` are the variables, or its columns if
/// `rowvar` is False; `y` has more variables. The result is a matrix of float64, or a float for
/// a single variable. `ddof` is 1 by default, as in NumPy. `skipna` leaves out pairs with NaN,
/// separately for each two variables.
///
/// A covariance of no more than `ddof` pairs is NaN. Raises ValueError if the variables do not
/// all have the same number of values.
///
/// >>> import tally
/// >>> tally.cov([1.0, 2.0, 3.0], [2.0, 4.0, 6.0]).tolist()
/// [[1.0, 2.0], [2.0, 4.0]]
#[pyfunction]
#[pyo3(signature = (m, y=None, *, rowvar=true, ddof=1, skipna=false))]
pub(crate) fn cov<'py>(
    m: &Bound<'py, PyAny>,
    y: Option<&Bound<'py, PyAny>>,
    rowvar: bool,
    ddof: isize,
    skipna: bool,
) -> PyResult<Bound<'py, PyAny>> {
    matrix(
        OfPair::Covariance(natural("ddof", ddof)?),
        m,
        y,
        rowvar,
        skipna,
    )
}

/// Returns the exact correlation coefficients of variables, each rounded once.
///
/// The arguments and results are as in cov(). A coefficient of a variable whose values are
/// all equal is NaN.
///
/// >>> import tally
/// >>> tally.corrcoef([1.0, 2.0, 3.0], [2.0, 4.0, 6.0]).tolist()
/// [[1.0, 1.0], [1.0, 1.0]]
#[pyfunction]
#[pyo3(signature = (m, y=None, *, rowvar=true, skipna=false))]
pub(crate) fn corrcoef<'py>(
    m: &Bound<'py, PyAny>,
    y: Option<&Bound<'py, PyAny>>,
    rowvar: bool,
    skipna: bool,
) -> PyResult<Bound<'py, PyAny>> {
    matrix(OfPair::Correlation, m, y, rowvar, skipna)
}
