//! A dot product in progress.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyInt, PyTuple};

use super::accumulator::Accumulator;
use super::common::{Locked, class, float_text, is_number, natural_digits, special_text};
use super::moments::Moments;
use crate::arguments::given;
use crate::array::{Array, shape_text};
use crate::error::in_array;
use crate::input::{array, with_mask};
use crate::lanes;
use crate::pairs::linear_fit_type;
use crate::reduce::unless_short;
use crate::states::{self, ALL_DIGITS, State};
use crate::statistics::natural;

class! {
    /// A dot product in progress, exact at every step.
    ///
    /// Together with the Moments of both sides it gives their covariance, their correlation
    /// and the line through them; with the Accumulator of the weights, the weighted mean.
    ///
    /// >>> import tally
    /// >>> products = tally.Products([1e100, 1.0], [1e100, 1.0])
    /// >>> products.subtract(1e100, 1e100)
    /// >>> products
    /// Products(value=1.0, count=1)
    Products: states::Products {
        #[new]
        #[pyo3(signature = (x=None, y=None, *, r#where=None, skipna=false))]
        fn new(
            x: Option<&Bound<'_, PyAny>>, y: Option<&Bound<'_, PyAny>>,
            r#where: Option<&Bound<'_, PyAny>>, skipna: bool,
        ) -> PyResult<Self> {
            match (x, y) {
                (Some(x), Some(y)) => Ok(Self::of(products_of(x, y, r#where, skipna)?)),
                (None, None) => Ok(Self::of(states::Products::default())),
                _ => Err(PyTypeError::new_err("give both x and y, or neither")),
            }
        }

        /// Adds the product of two numbers, or the products of the pairs of two arrays or lists
        /// of the same shape. If there is an error, nothing is added. `where` and `skipna` leave
        /// pairs out.
        #[pyo3(signature = (x, y, *, r#where=None, skipna=false))]
        fn add(
            &self, x: &Bound<'_, PyAny>, y: &Bound<'_, PyAny>,
            r#where: Option<&Bound<'_, PyAny>>, skipna: bool,
        ) -> PyResult<()> {
            self.0.merge(&products_of(x, y, r#where, skipna)?)
        }

        /// Subtracts products that were added, or will be: exactly, including NaN.
        #[pyo3(signature = (x, y, *, r#where=None, skipna=false))]
        fn subtract(
            &self, x: &Bound<'_, PyAny>, y: &Bound<'_, PyAny>,
            r#where: Option<&Bound<'_, PyAny>>, skipna: bool,
        ) -> PyResult<()> {
            self.0.unmerge(&products_of(x, y, r#where, skipna)?)
        }

        /// Returns the float nearest to the total. Raises OverflowError if the total is beyond
        /// the largest float.
        fn value(&self) -> PyResult<f64> {
            Ok(self.0.lock().value()?)
        }

        /// Returns the total divided by the count, rounded once. Raises ValueError if the count
        /// is below 1.
        fn mean(&self) -> PyResult<f64> {
            Ok(self.0.lock().mean()?)
        }

        /// Returns the total as text, with `digits` digits after the point, or with all of them.
        #[pyo3(signature = (digits=None))]
        fn text(&self, digits: Option<i32>) -> PyResult<String> {
            let digits = digits.map_or(Ok(ALL_DIGITS), natural_digits)?;
            Ok(self.0.lock().text(digits)?)
        }

        /// Returns the error of another sum of the same products, in units in the last place
        /// of the correct result.
        fn error(&self, candidate: f64) -> PyResult<f64> {
            Ok(self.0.lock().error(candidate)?)
        }

        /// Returns the weighted mean of values added as pairs with their weights. `weights` is
        /// the sum of the same weights. Raises ValueError if the counts differ or the weights
        /// add up to zero.
        fn weighted_mean(&self, weights: &Bound<'_, Accumulator>) -> PyResult<f64> {
            let weights = weights.get().state();
            Ok(self.0.lock().weighted_mean(&weights)?)
        }

        /// Returns the covariance of the pairs, given the moments of both sides. Raises
        /// ValueError if the counts differ or are not above `ddof`.
        #[pyo3(signature = (x, y, *, ddof=0))]
        fn covariance(
            &self, x: &Bound<'_, Moments>, y: &Bound<'_, Moments>, ddof: isize,
        ) -> PyResult<f64> {
            let (x, y) = (x.get().state(), y.get().state());
            Ok(self.0.lock().covariance(&x, &y, natural("ddof", ddof)?)?)
        }

        /// Returns the correlation coefficient of the pairs, given the moments of both sides.
        /// Raises ValueError if the counts differ or the values of one side are all equal.
        fn correlation(&self, x: &Bound<'_, Moments>, y: &Bound<'_, Moments>) -> PyResult<f64> {
            let (x, y) = (x.get().state(), y.get().state());
            Ok(self.0.lock().correlation(&x, &y)?)
        }

        /// Returns the least-squares line through the pairs, given the moments of both sides,
        /// as linear_fit() does.
        fn linear_fit<'py>(
            &self, x: &Bound<'py, Moments>, y: &Bound<'py, Moments>,
        ) -> PyResult<Bound<'py, PyAny>> {
            let py = x.py();
            let (x, y, products) = (x.get().state(), y.get().state(), self.0.copy());
            let [slope, intercept] = products.line(&x, &y)?;
            let r_squared = in_array(products.r_squared(&x, &y))?;
            linear_fit_type(py)?.call1((slope, intercept, r_squared))
        }

        fn __float__(&self) -> PyResult<f64> {
            self.value()
        }

        fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
            let state = self.0.copy();
            let value = float_text(py, in_array(state.value())?)?;
            let special = special_text(state.special_counts()?);
            Ok(format!("Products(value={value}, count={}{special})", state.count()?))
        }
    }
}

/// A number or an array.
fn operand<'py>(values: &Bound<'py, PyAny>) -> PyResult<Array<'py>> {
    match is_number(values) {
        true => array(PyTuple::new(values.py(), [values])?.as_any()),
        false => array(values),
    }
}

fn products_of(
    x: &Bound<'_, PyAny>,
    y: &Bound<'_, PyAny>,
    mask: Option<&Bound<'_, PyAny>>,
    skip_nan: bool,
) -> PyResult<states::Products> {
    let py = x.py();
    let (x, y) = (with_mask(operand(x)?, given(mask))?, operand(y)?);
    let (x_shape, y_shape) = (x.shape(), y.shape());
    if x_shape != y_shape {
        let (x, y) = (shape_text(&x_shape), shape_text(&y_shape));
        return Err(PyValueError::new_err(format!(
            "x and y must have the same shape, not {x} and {y}"
        )));
    }
    let (x, y) = (x.raveled()?, y.raveled()?);
    let ((x_source, x_dims), (y_source, y_dims)) = (x.source(skip_nan)?, y.source(skip_nan)?);
    let (mut x_room, mut y_room) = (Vec::new(), Vec::new());
    let x_column = lanes::column(&x_source, 0, 0, x_dims[0], &mut x_room);
    let y_column = lanes::column(&y_source, 0, 0, y_dims[0], &mut y_room);
    let mut products = states::Products::default();
    let added = unless_short(py, x.size(), || products.add(&x_column, &y_column));
    added?;
    Ok(products)
}

impl Products {
    /// `+=` takes no values, since a product has two factors.
    fn operand(_values: &Bound<'_, PyAny>) -> PyResult<states::Products> {
        Err(PyTypeError::new_err(
            "only Products can be added to Products: see add()",
        ))
    }
}
