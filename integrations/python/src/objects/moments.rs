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
    /// Mean, variance and standard deviation in progress, exact at every step.
    ///
    /// Like Accumulator, with the sum of the squares as well.
    ///
    /// >>> import tally
    /// >>> moments = tally.Moments([1e9, 1e9 + 1])
    /// >>> moments.add(1e9 + 2)
    /// >>> moments.variance(ddof=1)
    /// 1.0
    Moments of values: states::Moments {
        /// Returns the sum, rounded once.
        fn sum(&self) -> PyResult<f64> {
            Ok(self.0.lock().sum()?)
        }

        /// Returns the mean, rounded once. Raises ValueError if the count is below 1.
        fn mean(&self) -> PyResult<f64> {
            Ok(self.0.lock().mean()?)
        }

        /// Returns the variance, rounded once. Raises ValueError if the count is not above
        /// `ddof`.
        #[pyo3(signature = (ddof=0))]
        fn variance(&self, ddof: isize) -> PyResult<f64> {
            Ok(self.0.lock().variance(natural("ddof", ddof)?)?)
        }

        /// Returns the standard deviation, rounded once. Raises ValueError if the count is not
        /// above `ddof`.
        #[pyo3(signature = (ddof=0))]
        fn std(&self, ddof: isize) -> PyResult<f64> {
            Ok(self.0.lock().standard_deviation(natural("ddof", ddof)?)?)
        }

        /// Returns the square root of the sum of squares, rounded once.
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
