//! A sum in progress.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyFloat, PyInt, PyTuple};

use super::common::{Locked, class, float_text, natural_digits, special_text, state_of};
use crate::error::in_array;
use crate::number::of_text;
use crate::states::{self, ALL_DIGITS, State};

class! {
    /// A sum in progress, exact at every step and rounded only when its value is read.
    ///
    /// Values may come in any order and in any number of parts, even from several threads;
    /// merging the parts gives the same state as adding everything at once. `values`, if given,
    /// are added: see add(). Pickling uses the saved form.
    ///
    /// >>> import tally
    /// >>> total = tally.Accumulator([1e100, 1.0])
    /// >>> total += -1e100
    /// >>> total
    /// Accumulator(value=1.0, count=3)
    Accumulator of values: states::Accumulator {
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
        ///
        /// >>> import tally
        /// >>> tally.Accumulator([0.1]).text(20)
        /// '0.10000000000000000555'
        #[pyo3(signature = (digits=None))]
        fn text(&self, digits: Option<i32>) -> PyResult<String> {
            let digits = digits.map_or(Ok(ALL_DIGITS), natural_digits)?;
            Ok(self.0.lock().text(digits)?)
        }

        /// Returns the error of another sum of the same values, in units in the last place of
        /// the correct result.
        fn error(&self, candidate: f64) -> PyResult<f64> {
            Ok(self.0.lock().error(candidate)?)
        }

        fn __float__(&self) -> PyResult<f64> {
            self.value()
        }

        /// The total as an int, truncated.
        fn __int__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
            let text = self.text(None)?;
            of_text(py, text.split('.').next().unwrap_or(&text))
        }

        fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
            let state = self.0.copy();
            let value = float_text(py, in_array(state.value())?)?;
            let special = special_text(state.special_counts()?);
            Ok(format!("Accumulator(value={value}, count={}{special})", state.count()?))
        }
    }
}

impl Accumulator {
    fn operand(values: &Bound<'_, PyAny>) -> PyResult<states::Accumulator> {
        state_of(values, None, false, None)
    }

    pub(super) fn state(&self) -> states::Accumulator {
        self.0.copy()
    }
}
