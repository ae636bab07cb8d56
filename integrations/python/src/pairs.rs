//! Dot products, weighted means and straight lines.

use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyTuple, PyType};

use crate::arguments::{axes, axes_as_given, given};
use crate::array::{Array, shape_text};
use crate::column::{self, Column, OfPair};
use crate::error::{Outcome, in_array};
use crate::groups::only_dim;
use crate::input::{array, with_mask};
use crate::lanes;
use crate::memory::Dim;
use crate::number::of_text;
use crate::reduce::unless_short;
use crate::results::{Answer, delivered, filled};
use crate::states::Products;

/// Two arrays; every row of one is multiplied with every row of the other.
pub(crate) struct Factors<'py> {
    x: Array<'py>,
    y: Array<'py>,
    /// How many rows each has.
    counts: [usize; 2],
    /// How many elements a row has.
    size: usize,
    /// The shape of the products.
    shape: Vec<usize>,
}

impl<'py> Factors<'py> {
    /// The last axis of `x` is summed with the second-to-last of `y`.
    pub(crate) fn new(
        x: &Bound<'py, PyAny>,
        y: &Bound<'py, PyAny>,
        mask: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Self> {
        let (x, y) = (with_mask(array(x)?, mask)?, array(y)?);
        if x.ndim() == 0 || y.ndim() == 0 {
            return Err(PyTypeError::new_err(
                "expected arrays of at least one dimension",
            ));
        }
        if mask.is_some() && (x.ndim() > 1 || y.ndim() > 1) {
            return Err(PyTypeError::new_err("where needs arrays of one dimension"));
        }
        let (mut x_shape, mut y_shape) = (x.shape(), y.shape());
        let y_axis = y.ndim().saturating_sub(2);
        let (size, other) = (x_shape[x.ndim() - 1], y_shape[y_axis]);
        if size != other {
            let (x, y) = (shape_text(&x_shape), shape_text(&y_shape));
            let message = format!("shapes {x} and {y} do not match: {size} and {other} differ");
            return Err(PyValueError::new_err(message));
        }
        x_shape.pop();
        y_shape.remove(y_axis);
        let order: Vec<usize> = (0..y.ndim())
            .filter(|axis| *axis != y_axis)
            .chain([y_axis])
            .collect();
        let (x_count, x) = x.rows(1)?;
        let (y_count, y) = y.permuted(&order)?.rows(1)?;
        Ok(Self {
            x,
            y,
            counts: [x_count, y_count],
            size,
            shape: [x_shape, y_shape].concat(),
        })
    }

    fn is_integer(&self) -> bool {
        !self.x.is_float() && !self.y.is_float()
    }

    pub(crate) fn rows(&self, skip_nan: bool) -> PyResult<Rows<'_>> {
        Rows::new(&self.x, &self.y, self.size, skip_nan)
    }

    /// How many products there are.
    pub(crate) fn count(&self) -> usize {
        self.counts[0] * self.counts[1]
    }

    /// The rows of a product.
    pub(crate) fn rows_of(&self, product: usize) -> (usize, usize) {
        let count = self.counts[1].max(1);
        (product / count, product % count)
    }

    /// How many pairs of elements are multiplied.
    pub(crate) fn work(&self) -> usize {
        self.count().saturating_mul(self.size)
    }
}

/// The rows of two arrays, each of `size` elements that lie at equal distances.
pub(crate) struct Rows<'a> {
    x: crate::layout::Source<'a>,
    y: crate::layout::Source<'a>,
    steps: [Dim; 2],
    size: usize,
}

impl<'a> Rows<'a> {
    fn new(x: &'a Array<'_>, y: &'a Array<'_>, size: usize, skip_nan: bool) -> PyResult<Self> {
        let (x, x_dims) = x.source(skip_nan)?;
        let (y, y_dims) = y.source(skip_nan)?;
        Ok(Self {
            x,
            y,
            steps: [only_dim("x", &x_dims)?, only_dim("y", &y_dims)?],
            size,
        })
    }

    /// Calls `ask` with row `i` of one and row `j` of the other.
    pub(crate) fn pair<R>(
        &self,
        i: usize,
        j: usize,
        ask: impl FnOnce(&Column<'_>, &Column<'_>) -> R,
    ) -> R {
        let (mut x_room, mut y_room) = (Vec::new(), Vec::new());
        let [x, y] = self.steps.map(|step| Dim {
            size: self.size,
            ..step
        });
        let (i, j) = ((i * self.size) as isize, (j * self.size) as isize);
        let x = lanes::column(&self.x, i * x.stride, i * x.mask, x, &mut x_room);
        let y = lanes::column(&self.y, j * y.stride, j * y.mask, y, &mut y_room);
        ask(&x, &y)
    }
}

/// The exact dot product of integers.
fn integer_dot(x: &Column<'_>, y: &Column<'_>) -> Outcome<String> {
    let mut products = Products::default();
    products.add(x, y)?;
    products.text(0)
}

/// An array of results, or the only result.
fn results<'py, T: Answer + IntoPyObject<'py>>(
    py: Python<'py>,
    shape: &[usize],
    out: Option<&Bound<'py, PyAny>>,
    fill: impl FnOnce(&mut [T]) -> PyResult<()>,
) -> PyResult<Bound<'py, PyAny>> {
    delivered::<T>(filled(py, shape, fill)?, shape, out)
}

/// Returns the exact dot product, rounded once.
///
/// For two one-dimensional arrays or lists it is a number: an exact int for integers, otherwise
/// the float nearest to the true sum of products. As in NumPy, the last axis of `x` is summed
/// with the second-to-last of `y`, so two matrices are multiplied; the results are int64 for
/// integers, otherwise float64. `where`, which needs one-dimensional arrays, and `skipna` leave
/// pairs out.
///
/// Raises ValueError if the sizes differ, and OverflowError if a single result is beyond the
/// largest float or one in an array does not fit in int64.
///
/// >>> import tally
/// >>> tally.dot([1e100, 1.0, 1e100], [1.0, 1.0, -1.0])
/// 1.0
#[pyfunction]
#[pyo3(signature = (x, y, *, out=None, r#where=None, skipna=false))]
pub(crate) fn dot<'py>(
    x: &Bound<'py, PyAny>,
    y: &Bound<'py, PyAny>,
    out: Option<&Bound<'py, PyAny>>,
    r#where: Option<&Bound<'py, PyAny>>,
    skipna: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let py = x.py();
    let factors = Factors::new(x, y, given(r#where))?;
    let rows = factors.rows(skipna)?;
    let (work, shape) = (factors.work(), &factors.shape);
    let is_scalar = shape.is_empty() && given(out).is_none();
    if factors.is_integer() {
        if is_scalar {
            let text = unless_short(py, work, || rows.pair(0, 0, integer_dot))?;
            return of_text(py, &text);
        }
        return results(py, shape, given(out), |results: &mut [i64]| {
            for (place, result) in results.iter_mut().enumerate() {
                let (i, j) = factors.rows_of(place);
                let text = rows.pair(i, j, integer_dot)?;
                *result = text.parse().map_err(|_| {
                    let message =
                        format!("the product of row {i} and column {j} does not fit in int64");
                    PyOverflowError::new_err(message)
                })?;
            }
            Ok(())
        });
    }
    let one = |i, j| rows.pair(i, j, |x, y| column::of_pair(OfPair::Dot, x, y));
    if is_scalar {
        let value = unless_short(py, work, || one(0, 0))?;
        return Ok(value.into_pyobject(py)?.into_any());
    }
    let count = factors.counts[1].max(1);
    results(py, shape, given(out), |results: &mut [f64]| {
        let fill = || {
            for (place, result) in results.iter_mut().enumerate() {
                *result = in_array(one(place / count, place % count))?;
            }
            Ok(())
        };
        let filled: Outcome<()> = unless_short(py, work, fill);
        Ok(filled?)
    })
}

/// Returns the exact weighted mean, rounded once.
///
/// It is the sum of each value times its weight, divided by the sum of the weights. `weights`
/// have the shape of `a`, or one dimension for each axis in `axis`, in that order and of the
/// same size; without weights the result is mean(). Along `axis` the results are an array of
/// float64.
///
/// Raises ValueError if the weights add up to zero; along an axis such a result is NaN.
///
/// >>> import tally
/// >>> tally.average([1.0, 2.0, 4.0], weights=[1, 1, 2])
/// 2.75
#[pyfunction]
#[pyo3(signature = (
    a, axis=None, weights=None, *, out=None, keepdims=false, r#where=None, skipna=false
))]
#[allow(clippy::too_many_arguments, reason = "Python's keyword arguments")]
pub(crate) fn average<'py>(
    a: &Bound<'py, PyAny>,
    axis: Option<&Bound<'py, PyAny>>,
    weights: Option<&Bound<'py, PyAny>>,
    out: Option<&Bound<'py, PyAny>>,
    keepdims: bool,
    r#where: Option<&Bound<'py, PyAny>>,
    skipna: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let py = a.py();
    let Some(weights) = given(weights) else {
        return crate::statistics::mean(a, axis, out, keepdims, r#where, skipna, 0);
    };
    let (axis, out) = (given(axis), given(out));
    let a = with_mask(array(a)?, given(r#where))?;
    let weights = array(weights)?;
    let shape = a.shape();
    let named = axes_as_given(axis, a.ndim())?;
    let over = axes(axis, a.ndim())?;
    let of_axes: Vec<usize> = named.iter().map(|axis| shape[*axis]).collect();
    let weights = if weights.shape() == shape {
        weights
    } else if weights.shape() == of_axes {
        weights.placed(&named, a.ndim())
    } else {
        let own = shape_text(&weights.shape());
        let message = format!(
            "weights of shape {own} match neither the array, {}, nor its axes, {}",
            shape_text(&shape),
            shape_text(&of_axes)
        );
        return Err(PyValueError::new_err(message));
    };
    let kept: Vec<usize> = (0..a.ndim()).filter(|axis| !over.contains(axis)).collect();
    let order = [&kept[..], &over[..]].concat();
    let size: usize = over.iter().map(|axis| shape[*axis]).product();
    let weights = weights.broadcast(&shape)?.permuted(&order)?;
    let work = a.size();
    let (_, a) = a.permuted(&order)?.rows(over.len())?;
    let (_, weights) = weights.rows(over.len())?;
    let rows = Rows::new(&a, &weights, size, skipna)?;
    let one = |i| rows.pair(i, i, |x, y| column::of_pair(OfPair::WeightedMean, x, y));
    if axis.is_none() && !keepdims && out.is_none() {
        let value = unless_short(py, work, || one(0))?;
        return Ok(value.into_pyobject(py)?.into_any());
    }
    let result_shape: Vec<usize> = (0..shape.len())
        .filter(|axis| keepdims || !over.contains(axis))
        .map(|axis| if over.contains(&axis) { 1 } else { shape[axis] })
        .collect();
    let results = filled(py, &result_shape, |results: &mut [f64]| {
        let fill = || {
            for (i, result) in results.iter_mut().enumerate() {
                *result = in_array(one(i))?;
            }
            Ok(())
        };
        let filled: Outcome<()> = unless_short(py, work, fill);
        Ok(filled?)
    })?;
    crate::reduce::scalar_or::<f64>(results, &result_shape, out)
}

/// The class of the result of linear_fit().
pub(crate) fn linear_fit_type(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static LINE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let line = LINE.get_or_try_init(py, || {
        let named_tuple = py.import("collections")?.getattr("namedtuple")?;
        let names = PyTuple::new(py, ["slope", "intercept", "r_squared"])?;
        let line = named_tuple.call1(("LinearFit", names))?;
        line.setattr(intern!(py, "__module__"), "tally")?;
        line.setattr(
            intern!(py, "__doc__"),
            "A straight line: y = intercept + slope * x. `r_squared` is the square of the \
             correlation coefficient, NaN where all of y are equal.",
        )?;
        Ok::<_, PyErr>(line.cast_into::<PyType>()?.unbind())
    })?;
    Ok(line.bind(py))
}

/// Returns the least-squares line through pairs, each of its numbers rounded once.
///
/// `x` and `y` are one-dimensional arrays or lists of the same size. The result is a
/// LinearFit: slope, intercept and r_squared. `where` and `skipna` leave pairs out.
///
/// Raises ValueError if there are no pairs or all values of `x` are equal.
///
/// >>> import tally
/// >>> tally.linear_fit([0, 1, 2], [1, 3, 5])
/// LinearFit(slope=2.0, intercept=1.0, r_squared=1.0)
#[pyfunction]
#[pyo3(signature = (x, y, *, r#where=None, skipna=false))]
pub(crate) fn linear_fit<'py>(
    x: &Bound<'py, PyAny>,
    y: &Bound<'py, PyAny>,
    r#where: Option<&Bound<'py, PyAny>>,
    skipna: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let py = x.py();
    let (x, y) = (with_mask(array(x)?, given(r#where))?, array(y)?);
    let size = x.size();
    let (x_dims, y_dims) = (x.shape(), y.shape());
    if x_dims.len() != 1 || x_dims != y_dims {
        let (x, y) = (shape_text(&x_dims), shape_text(&y_dims));
        let message =
            format!("x and y must be one-dimensional and of the same size, not {x} and {y}");
        return Err(PyValueError::new_err(message));
    }
    let rows = Rows::new(&x, &y, size, skipna)?;
    let line = unless_short(py, size, || rows.pair(0, 0, column::linear_fit))?;
    linear_fit_type(py)?.call1((line[0], line[1], line[2]))
}
