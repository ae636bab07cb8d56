//! Mean, variance and standard deviation in progress.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyFloat, PyInt, PyTuple};

use super::common::{Locked, class, float_text, special_text, state_of};
use crate::error::in_array;
use crate::states::{self, State};
use crate::statistics::natural;

class! {
    /// Mean, variance and standard deviation in progress: exact at every step.
    ///
    /// As Accumulator, with the sum of the squares too.
    ///
    /// >>> import tally
    /// >>> moments = tally.Moments([1e9, 1e9 + 1])
    /// >>> moments.add(1e9 + 2)
    /// >>> moments.variance(ddof=1)
    /// 1.0
    Moments: states::Moments {
        #[new]
        #[pyo3(signature = (values=None, *, r#where=None, skipna=false, column=None))]
        fn new(
            values: Option<&Bound<'_, PyAny>>, r#where: Option<&Bound<'_, PyAny>>, skipna: bool, column: Option<&str>,
        ) -> PyResult<Self> {
            Ok(Self::of(match values {
                Some(values) => state_of(values, r#where, skipna, column)?,
                None => states::Moments::default(),
            }))
        }

        /// Adds a number, an array of any shape, or an iterable of numbers: all or, if there
        /// is an error, none. `where` and `skipna` are those of sum(); `column` names one of a
        /// table of Arrow's, which is read part by part.
        #[pyo3(signature = (values, *, r#where=None, skipna=false, column=None))]
        fn add(
            &self, values: &Bound<'_, PyAny>, r#where: Option<&Bound<'_, PyAny>>, skipna: bool, column: Option<&str>,
        ) -> PyResult<()> {
            match values.cast_exact::<PyFloat>() {
                Ok(value) if !skipna && column.is_none() => Ok(self.0.lock().add_one(value.value())?),
                _ => self.0.merge(&state_of(values, r#where, skipna, column)?),
            }
        }

        /// Takes values out again that were added, or will be: exactly, NaN too.
        #[pyo3(signature = (values, *, r#where=None, skipna=false, column=None))]
        fn subtract(
            &self, values: &Bound<'_, PyAny>, r#where: Option<&Bound<'_, PyAny>>, skipna: bool, column: Option<&str>,
        ) -> PyResult<()> {
            self.0.unmerge(&state_of(values, r#where, skipna, column)?)
        }

        /// The sum, rounded once.
        fn sum(&self) -> PyResult<f64> {
            Ok(self.0.lock().sum()?)
        }

        /// The mean, rounded once. ValueError if the count is below 1.
        fn mean(&self) -> PyResult<f64> {
            Ok(self.0.lock().mean()?)
        }

        /// The variance, rounded once. ValueError if the count is not above `ddof`.
        #[pyo3(signature = (ddof=0))]
        fn variance(&self, ddof: isize) -> PyResult<f64> {
            Ok(self.0.lock().variance(natural("ddof", ddof)?)?)
        }

        /// The standard deviation, rounded once. ValueError if the count is not above `ddof`.
        #[pyo3(signature = (ddof=0))]
        fn std(&self, ddof: isize) -> PyResult<f64> {
            Ok(self.0.lock().standard_deviation(natural("ddof", ddof)?)?)
        }

        /// The root of the sum of squares, rounded once.
        fn norm(&self) -> PyResult<f64> {
            Ok(self.0.lock().norm()?)
        }

        fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
            let state = self.0.copy();
            let mean = float_text(py, in_array(state.mean())?)?;
            let variance = float_text(py, in_array(state.variance(0))?)?;
            let special = special_text(state.special_counts()?);
            let count = state.count()?;
            Ok(format!("Moments(mean={mean}, variance={variance}, count={count}{special})"))
        }
    }
}

impl Moments {
    fn operand(values: &Bound<'_, PyAny>) -> PyResult<states::Moments> {
        state_of(values, None, false, None)
    }

    pub(super) fn state(&self) -> states::Moments {
        self.0.copy()
    }
}
