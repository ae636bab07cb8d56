//! Numbers one by one: lists, tuples, generators, ranges, sets.

use pyo3::exceptions::{PyOverflowError, PyTypeError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyInt, PyList, PyTuple};

use crate::array::Array;
use crate::column::{self, Column};
use crate::error::Outcome;
use crate::number::{NO_DECIMALS, Number, decimal_value, digits, number};
use crate::states::{Accumulator, DecimalSum, Moments};

/// How many numbers are passed to the library at a time.
const BLOCK: usize = 128;

/// The target of numbers.
pub(crate) trait Target {
    fn floats(&mut self, values: &[f64]) -> PyResult<()>;
    fn integers(&mut self, py: Python<'_>, values: &[i64]) -> PyResult<()>;
    fn big(&mut self, value: &Bound<'_, PyInt>) -> PyResult<()>;
    fn decimal(&mut self, value: &Bound<'_, PyAny>) -> PyResult<()>;
}

/// Calls `visit` with each item.
pub(crate) fn each<'py>(
    items: &Bound<'py, PyAny>,
    mut visit: impl FnMut(&Bound<'py, PyAny>) -> PyResult<()>,
) -> PyResult<()> {
    if let Ok(list) = items.cast_exact::<PyList>() {
        list.iter().try_for_each(|item| visit(&item))
    } else if let Ok(tuple) = items.cast_exact::<PyTuple>() {
        tuple.iter_borrowed().try_for_each(|item| visit(&item))
    } else {
        items.try_iter()?.try_for_each(|item| visit(&item?))
    }
}

/// Whether the first item of a list or a tuple is a list of numbers, not a number.
pub(crate) fn is_nested(items: &Bound<'_, PyAny>) -> PyResult<bool> {
    let first = if let Ok(list) = items.cast_exact::<PyList>() {
        list.iter().next()
    } else if let Ok(tuple) = items.cast_exact::<PyTuple>() {
        tuple.iter().next()
    } else {
        None
    };
    let Some(first) = first else { return Ok(false) };
    if first.is_instance_of::<PyList>() || first.is_instance_of::<PyTuple>() {
        return Ok(true);
    }
    let ndim = first.getattr_opt(intern!(items.py(), "ndim"))?;
    Ok(ndim.is_some_and(|ndim| ndim.extract().is_ok_and(|ndim: usize| ndim > 0)))
}

/// Numbers on their way to a target.
struct Blocks {
    floats: [f64; BLOCK],
    float_count: usize,
    integers: Vec<i64>,
}

impl Blocks {
    fn new() -> Self {
        Self {
            floats: [0.0; BLOCK],
            float_count: 0,
            integers: Vec::new(),
        }
    }

    #[inline]
    fn push<T: Target>(&mut self, item: &Bound<'_, PyAny>, target: &mut T) -> PyResult<()> {
        match number(item)? {
            Number::Float(value) => {
                if self.float_count == BLOCK {
                    target.floats(&self.floats)?;
                    self.float_count = 0;
                }
                self.floats[self.float_count] = value;
                self.float_count += 1;
                Ok(())
            }
            Number::Int(value) => {
                self.integers.push(value);
                if self.integers.len() == BLOCK {
                    target.integers(item.py(), &self.integers)?;
                    self.integers.clear();
                }
                Ok(())
            }
            Number::Big(value) => target.big(&value),
            Number::Decimal(value) => target.decimal(&value),
        }
    }

    fn rest(&self) -> &[f64] {
        &self.floats[..self.float_count]
    }
}

/// Adds all items to a target.
pub(crate) fn add_all<T: Target>(items: &Bound<'_, PyAny>, target: &mut T) -> PyResult<()> {
    let mut blocks = Blocks::new();
    each(items, |item| blocks.push(item, target))?;
    if !blocks.rest().is_empty() {
        target.floats(blocks.rest())?;
    }
    if !blocks.integers.is_empty() {
        target.integers(items.py(), &blocks.integers)?;
    }
    Ok(())
}

/// The sum of a list or a tuple of only 64-bit integers; None for anything else.
pub(crate) fn sum_of_integers(items: &Bound<'_, PyAny>) -> Option<i128> {
    let mut total = 0_i128;
    let mut count = 0_usize;
    let mut add = |item: &Bound<'_, PyAny>| {
        let integer = item.cast_exact::<PyInt>().ok()?;
        // Less than 2^63 integers of 64 bits are less than 2^127.
        total += i128::from(integer.extract::<i64>().ok()?);
        count += 1;
        Some(())
    };
    if let Ok(list) = items.cast_exact::<PyList>() {
        list.iter().try_for_each(|item| add(&item))?;
    } else {
        items
            .cast_exact::<PyTuple>()
            .ok()?
            .iter_borrowed()
            .try_for_each(|item| add(&item))?;
    }
    (count > 0).then_some(total)
}

/// Integers and floats, to be added or averaged.
#[derive(Default)]
pub(crate) struct Sum {
    floats: Accumulator,
    float_count: usize,
    integers: i128,
    big: Option<Py<PyAny>>,
    integer_count: usize,
    decimals: DecimalSum,
    decimal_count: usize,
}

impl Target for Sum {
    fn floats(&mut self, values: &[f64]) -> PyResult<()> {
        self.float_count += values.len();
        Ok(self.floats.add(&Column::of(values))?)
    }

    fn integers(&mut self, _py: Python<'_>, values: &[i64]) -> PyResult<()> {
        self.integer_count += values.len();
        // 2^63 integers of 64 bits are less than 2^127.
        self.integers += column::sum_wide(values)?;
        Ok(())
    }

    fn big(&mut self, value: &Bound<'_, PyInt>) -> PyResult<()> {
        self.integer_count += 1;
        let total = match self.big.take() {
            Some(total) => total.bind(value.py()).add(value)?,
            None => value.clone().into_any(),
        };
        self.big = Some(total.unbind());
        Ok(())
    }

    fn decimal(&mut self, value: &Bound<'_, PyAny>) -> PyResult<()> {
        self.decimal_count += 1;
        add_decimal(&mut self.decimals, value)
    }
}

/// Adds a `Decimal`: NaN and infinities too.
pub(crate) fn add_decimal(to: &mut DecimalSum, value: &Bound<'_, PyAny>) -> PyResult<()> {
    let text = value.str()?;
    Ok(to.add_lines(text.to_str()?)?)
}

impl Sum {
    /// The total of the integers.
    fn integer<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let small = self.integers.into_pyobject(py)?.into_any();
        match &self.big {
            Some(big) => big.bind(py).add(small),
            None => Ok(small),
        }
    }

    /// The decimals and the integers together.
    fn decimal(&self, py: Python<'_>) -> PyResult<DecimalSum> {
        if self.float_count > 0 {
            return Err(PyTypeError::new_err(
                "Decimal and float cannot be added to each other",
            ));
        }
        let mut total = self.decimals.clone();
        if self.integer_count > 0 {
            total.add_number(&digits(&self.integer(py)?)?)?;
        }
        Ok(total)
    }

    /// The floats and the integers together; the integers count as one value.
    fn float(&self, py: Python<'_>) -> PyResult<Accumulator> {
        let mut total = self.floats.clone();
        if self.integer_count > 0 {
            total.add_number(&digits(&self.integer(py)?)?)?;
        }
        Ok(total)
    }

    fn count(&self) -> usize {
        self.float_count + self.integer_count + self.decimal_count
    }

    /// int for integers, Decimal for decimals, otherwise float.
    pub(crate) fn sum(&self, py: Python<'_>, min_count: usize) -> PyResult<Py<PyAny>> {
        if self.count() < min_count {
            return Ok(f64::NAN.into_pyobject(py)?.into_any().unbind());
        }
        if self.decimal_count > 0 {
            return Ok(decimal_value(py, &self.decimal(py)?)?.unbind());
        }
        if self.float_count == 0 && self.integer_count > 0 {
            return Ok(self.integer(py)?.unbind());
        }
        Ok(self
            .float(py)?
            .value()?
            .into_pyobject(py)?
            .into_any()
            .unbind())
    }

    pub(crate) fn mean(&self, py: Python<'_>, min_count: usize) -> PyResult<Py<PyAny>> {
        if self.count() < min_count {
            return Ok(f64::NAN.into_pyobject(py)?.into_any().unbind());
        }
        if self.decimal_count > 0 {
            let total = decimal_value(py, &self.decimal(py)?)?;
            // Integers were added as one number: decimal_mean() would count them so.
            return Ok(total.div(self.count())?.unbind());
        }
        if self.float_count == 0 && self.integer_count > 0 {
            // Python rounds the quotient of integers once.
            return Ok(self.integer(py)?.div(self.count())?.unbind());
        }
        let mut total = self.float(py)?;
        // The integers were added as one number: they count one by one.
        let uncounted = self.integer_count.saturating_sub(1);
        total.add(&Column::repeated(&0.0, uncounted))?;
        Ok(total.mean()?.into_pyobject(py)?.into_any().unbind())
    }
}

/// The target of a column, or of a number as text.
pub(crate) trait Adds {
    fn add_column(&mut self, values: &Column<'_>) -> Outcome<()>;
    fn add_text(&mut self, number: &str) -> Outcome<()>;
}

impl Adds for Accumulator {
    fn add_column(&mut self, values: &Column<'_>) -> Outcome<()> {
        self.add(values)
    }

    fn add_text(&mut self, number: &str) -> Outcome<()> {
        self.add_number(number)
    }
}

impl Adds for Moments {
    fn add_column(&mut self, values: &Column<'_>) -> Outcome<()> {
        self.add(values)
    }

    fn add_text(&mut self, number: &str) -> Outcome<()> {
        self.add_number(number)
    }
}

impl<T: Adds> Target for T {
    fn floats(&mut self, values: &[f64]) -> PyResult<()> {
        Ok(self.add_column(&Column::of(values))?)
    }

    fn integers(&mut self, _py: Python<'_>, values: &[i64]) -> PyResult<()> {
        Ok(self.add_column(&Column::of(values))?)
    }

    fn big(&mut self, value: &Bound<'_, PyInt>) -> PyResult<()> {
        Ok(self.add_text(&digits(value)?)?)
    }

    fn decimal(&mut self, _value: &Bound<'_, PyAny>) -> PyResult<()> {
        Err(PyTypeError::new_err(NO_DECIMALS))
    }
}

/// Items as an array: of floats, or of 64-bit integers.
#[derive(Default)]
struct Collected {
    floats: Vec<f64>,
    integers: Vec<i64>,
    /// Which of them are integers, if there are both.
    order: Vec<bool>,
}

/// Items as a one-dimensional array: of 64-bit integers if all are, otherwise of floats.
pub(crate) fn collected<'py>(items: &Bound<'py, PyAny>) -> PyResult<Array<'py>> {
    let mut all = Collected::default();
    each(items, |item| {
        match number(item)? {
            Number::Float(value) => {
                all.floats.push(value);
                all.order.push(false);
            }
            Number::Int(value) => {
                all.integers.push(value);
                all.order.push(true);
            }
            Number::Big(_) => {
                let message = "an integer does not fit in 64 bits, the size of an array element";
                return Err(PyOverflowError::new_err(message));
            }
            Number::Decimal(_) => {
                return Err(PyTypeError::new_err(NO_DECIMALS));
            }
        }
        Ok(())
    })?;
    if all.floats.is_empty() && !all.integers.is_empty() {
        // An array of bools alone is a mask.
        return match masks(items)? {
            Some(bytes) => Ok(Array::of_mask(bytes)),
            None => Ok(Array::of_words(&all.integers, i64::cast_unsigned)),
        };
    }
    if all.integers.is_empty() {
        return Ok(Array::of_words(&all.floats, f64::to_bits));
    }
    let (mut floats, mut integers) = (all.floats.iter(), all.integers.iter());
    let mixed = all.order.iter().map(|is_integer| match is_integer {
        false => Ok(floats.next().copied().unwrap_or(0.0)),
        true => as_float(integers.next().copied().unwrap_or(0)),
    });
    let mixed = mixed.collect::<PyResult<Vec<f64>>>()?;
    Ok(Array::of_words(&mixed, f64::to_bits))
}

/// An integer as a double, exactly.
fn as_float(integer: i64) -> PyResult<f64> {
    let float = integer as f64;
    if float as i128 != i128::from(integer) {
        let message = format!("{integer} is mixed with floats and is not exact as a double");
        return Err(PyOverflowError::new_err(message));
    }
    Ok(float)
}

/// The bytes of a list or a tuple of only bools.
fn masks(items: &Bound<'_, PyAny>) -> PyResult<Option<Vec<u8>>> {
    use pyo3::types::PyBool;
    if !items.is_instance_of::<PyList>() && !items.is_instance_of::<PyTuple>() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    let mut all = true;
    each(items, |item| {
        match item.cast_exact::<PyBool>() {
            Ok(truth) => bytes.push(u8::from(truth.is_true())),
            Err(_) => all = false,
        }
        Ok(())
    })?;
    Ok(all.then_some(bytes))
}
