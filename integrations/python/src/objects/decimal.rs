//! A sum of decimals in progress.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyFloat, PyInt, PyString, PyTuple};

use super::common::{Locked, class, is_number, natural_digits, special_text};
use crate::column::{Column, Kind};
use crate::input::{Input, input};
use crate::number::{Number, decimal_type, decimal_value, digits, number};
use crate::sequence::{Target, add_all, add_decimal, each};
use crate::states::{self, AS_WRITTEN, Rounding, State};

class! {
    /// A sum of decimal numbers as they are written, without any binary rounding.
    ///
    /// `values`, if given, are added: see add(). Pickling uses the saved form.
    ///
    /// >>> import tally
    /// >>> tally.DecimalSum(["0.10", "0.20"]).value()
    /// Decimal('0.30')
    DecimalSum: states::DecimalSum {
        #[new]
        #[pyo3(signature = (values=None, *, scale=0))]
        fn new(values: Option<&Bound<'_, PyAny>>, scale: i32) -> PyResult<Self> {
            Ok(Self::of(match values {
                Some(values) => decimals_of(values, scale)?,
                None => states::DecimalSum::default(),
            }))
        }

        /// Adds a Decimal, an int, a str, an array of integers, or an iterable of these. If
        /// there is an error, nothing is added.
        ///
        /// Each integer is multiplied by 10^-`scale`: cents have a `scale` of 2. A str holds one
        /// finite number. Raises TypeError for floats (see add_floats()) and OverflowError for
        /// digits more than 342 places after the point or 322 before it.
        #[pyo3(signature = (values, *, scale=0))]
        fn add(&self, values: &Bound<'_, PyAny>, scale: i32) -> PyResult<()> {
            self.0.merge(&decimals_of(values, scale)?)
        }

        /// Subtracts values that were added, or will be.
        #[pyo3(signature = (values, *, scale=0))]
        fn subtract(&self, values: &Bound<'_, PyAny>, scale: i32) -> PyResult<()> {
            self.0.unmerge(&decimals_of(values, scale)?)
        }

        /// Adds floats, each as the shortest decimal that reads back as the same float: the
        /// float 0.1 counts as 0.1, not as the binary fraction that it is.
        fn add_floats(&self, values: &Bound<'_, PyAny>) -> PyResult<()> {
            self.0.merge(&shortest_of(values)?)
        }

        /// Subtracts floats that add_floats() added, or will add.
        fn subtract_floats(&self, values: &Bound<'_, PyAny>) -> PyResult<()> {
            self.0.unmerge(&shortest_of(values)?)
        }

        /// Returns the exact total, with as many digits after the point as its values have.
        fn value<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
            decimal_value(py, &self.0.copy())
        }

        /// Returns the total with `digits` digits after the point, rounded once. `rounding` is
        /// one of the constants of the decimal module.
        ///
        /// >>> import tally
        /// >>> tally.DecimalSum(["0.125"]).round(2)
        /// Decimal('0.12')
        #[pyo3(signature = (digits, rounding="ROUND_HALF_EVEN"))]
        fn round<'py>(
            &self, py: Python<'py>, digits: i32, rounding: &str,
        ) -> PyResult<Bound<'py, PyAny>> {
            let text = self.0.lock().text(natural_digits(digits)?, rounding_of(rounding)?)?;
            decimal_type(py)?.call1((text,))
        }

        /// Returns the total divided by the count, with `digits` digits after the point, rounded
        /// once. Raises ValueError if the count is below 1.
        #[pyo3(signature = (digits, rounding="ROUND_HALF_EVEN"))]
        fn mean<'py>(
            &self, py: Python<'py>, digits: i32, rounding: &str,
        ) -> PyResult<Bound<'py, PyAny>> {
            let text = self.0.lock().mean_text(natural_digits(digits)?, rounding_of(rounding)?)?;
            decimal_type(py)?.call1((text,))
        }

        /// The float nearest to the total.
        fn __float__(&self) -> PyResult<f64> {
            Ok(self.0.lock().value_f64()?)
        }

        fn __repr__(&self) -> PyResult<String> {
            let state = self.0.copy();
            let value = state.text(AS_WRITTEN, Rounding::TALLY_ROUND_HALF_EVEN)?;
            let special = special_text(state.special_counts()?);
            Ok(format!("DecimalSum(value={value}, count={}{special})", state.count()?))
        }
    }
}

impl DecimalSum {
    fn operand(values: &Bound<'_, PyAny>) -> PyResult<states::DecimalSum> {
        decimals_of(values, 0)
    }
}

/// The rounding that a constant of the decimal module names.
fn rounding_of(name: &str) -> PyResult<Rounding> {
    use Rounding::*;
    Ok(match name {
        "ROUND_HALF_EVEN" => TALLY_ROUND_HALF_EVEN,
        "ROUND_HALF_UP" => TALLY_ROUND_HALF_UP,
        "ROUND_DOWN" => TALLY_ROUND_DOWN,
        "ROUND_UP" => TALLY_ROUND_UP,
        "ROUND_CEILING" => TALLY_ROUND_CEILING,
        "ROUND_FLOOR" => TALLY_ROUND_FLOOR,
        _ => {
            let message = format!(
                "rounding must be ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_DOWN, ROUND_UP, \
                 ROUND_CEILING or ROUND_FLOOR, not {name}"
            );
            return Err(PyValueError::new_err(message));
        }
    })
}

/// Numbers on their way to a sum of decimals.
struct Decimals {
    sum: states::DecimalSum,
    scale: i32,
}

impl Target for Decimals {
    fn floats(&mut self, _values: &[f64]) -> PyResult<()> {
        let message = "floats are binary fractions: add_floats() adds each as its shortest decimal";
        Err(PyTypeError::new_err(message))
    }

    fn integers(&mut self, _py: Python<'_>, values: &[i64]) -> PyResult<()> {
        Ok(self.sum.add(&Column::of(values), self.scale)?)
    }

    fn big(&mut self, value: &Bound<'_, PyInt>) -> PyResult<()> {
        let text = format!("{}e-{}", digits(value)?, self.scale);
        Ok(self.sum.add_number(&text)?)
    }

    fn decimal(&mut self, value: &Bound<'_, PyAny>) -> PyResult<()> {
        add_decimal(&mut self.sum, value)
    }
}

fn decimals_of(values: &Bound<'_, PyAny>, scale: i32) -> PyResult<states::DecimalSum> {
    let py = values.py();
    let sum = states::DecimalSum::default();
    let mut to = Decimals { sum, scale };
    // An empty column, so that a bad scale is refused whatever the values are.
    to.integers(py, &[])?;
    let mut one = |item: &Bound<'_, PyAny>| match item.cast::<PyString>() {
        Ok(text) => Ok(to.sum.add_number(text.to_str()?)?),
        Err(_) => match number(item)? {
            Number::Float(value) => to.floats(&[value]),
            Number::Int(value) => to.integers(py, &[value]),
            Number::Big(value) => to.big(&value),
            Number::Decimal(value) => to.decimal(&value),
        },
    };
    let is_decimal = values.is_instance(decimal_type(py)?)?;
    if is_number(values) || is_decimal || values.is_instance_of::<PyString>() {
        one(values)?;
        return Ok(to.sum);
    }
    match input(values)? {
        Input::Items(items) => each(&items, one)?,
        Input::Arrow(source) => {
            if !source.is_decimal() && (!source.is_integer() || scale != 0) {
                let message = "expected a column of decimals, or of integers without a scale";
                return Err(PyTypeError::new_err(message));
            }
            source.add_to(py, &mut to.sum)?;
        }
        Input::Array(array) => {
            if array.is_float() {
                to.floats(&[])?;
            }
            let (source, dims) = array.source(false)?;
            source.columns(0, 0, &dims, |column| to.sum.add(column, scale))?;
        }
    }
    Ok(to.sum)
}

/// Floats, each as a short decimal.
struct Shortest(states::DecimalSum);

impl Target for Shortest {
    fn floats(&mut self, values: &[f64]) -> PyResult<()> {
        Ok(self.0.add_floats(values)?)
    }

    fn integers(&mut self, _py: Python<'_>, values: &[i64]) -> PyResult<()> {
        Ok(self.0.add(&Column::of(values), 0)?)
    }

    fn big(&mut self, value: &Bound<'_, PyInt>) -> PyResult<()> {
        Ok(self.0.add_number(&digits(value)?)?)
    }

    fn decimal(&mut self, value: &Bound<'_, PyAny>) -> PyResult<()> {
        add_decimal(&mut self.0, value)
    }
}

fn shortest_of(values: &Bound<'_, PyAny>) -> PyResult<states::DecimalSum> {
    let mut to = Shortest(states::DecimalSum::default());
    if let Ok(float) = values.cast::<PyFloat>() {
        to.floats(&[float.value()])?;
        return Ok(to.0);
    }
    match input(values)? {
        Input::Items(items) => add_all(&items, &mut to)?,
        Input::Arrow(source) if source.is_double() => source.add_to(values.py(), &mut to.0)?,
        Input::Arrow(_) => return Err(PyTypeError::new_err("expected a column of doubles")),
        // A float32 is another float: its shortest decimal is not the one meant.
        Input::Array(array) if array.kind() != Kind::TALLY_F64 || array.valid.is_some() => {
            return Err(PyTypeError::new_err(
                "expected an array of float64 without a mask",
            ));
        }
        Input::Array(array) => {
            let words = array.words()?;
            let mut floats = words.into_iter().map(f64::from_bits);
            loop {
                let block: Vec<f64> = floats.by_ref().take(1 << 12).collect();
                if block.is_empty() {
                    break;
                }
                to.floats(&block)?;
            }
        }
    }
    Ok(to.0)
}
