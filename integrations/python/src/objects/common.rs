//! The common parts of the classes.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyFloat, PyInt};

use crate::arguments::given;
use crate::arrow::{self, AddsArrow};
use crate::error::Outcome;
use crate::input::{Input, input, with_mask};
use crate::number::{NO_DECIMALS, Number, number};
use crate::reduce::unless_short;
use crate::sequence::{Adds, add_all, collected};
use crate::states::State;

/// A state, protected by a lock.
pub(super) struct Locked<S>(Mutex<S>);

impl<S: State> Locked<S> {
    pub(super) fn new(state: S) -> Self {
        Self(Mutex::new(state))
    }

    /// A state is whole even if a thread has panicked with the lock.
    pub(super) fn lock(&self) -> MutexGuard<'_, S> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn copy(&self) -> S {
        self.lock().clone()
    }

    pub(super) fn merge(&self, from: &S) -> PyResult<()> {
        Ok(self.lock().merge(from)?)
    }

    pub(super) fn unmerge(&self, from: &S) -> PyResult<()> {
        Ok(self.lock().unmerge(from)?)
    }
}

/// A number by itself, not an array or an iterable of them.
pub(super) fn is_number(values: &Bound<'_, PyAny>) -> bool {
    values.is_instance_of::<PyFloat>() || values.is_instance_of::<PyInt>()
}

/// A state of a number, an array or an iterable of numbers.
pub(super) fn state_of<S: Adds + AddsArrow + State>(
    values: &Bound<'_, PyAny>,
    mask: Option<&Bound<'_, PyAny>>,
    skip_nan: bool,
    column: Option<&str>,
) -> PyResult<S> {
    let py = values.py();
    let mut state = S::default();
    let mask = given(mask);
    if column.is_some() {
        let source = arrow::source(values, column)?;
        let Some(source) = source.filter(|source| source.is_table() && mask.is_none()) else {
            let message = "column needs an Arrow table and no where";
            return Err(PyTypeError::new_err(message));
        };
        add_source(py, &source, &mut state, skip_nan)?;
        return Ok(state);
    }
    if is_number(values) {
        match number(values)? {
            Number::Float(value) if value.is_nan() && skip_nan => {}
            Number::Float(value) => state.add_column(&crate::column::Column::of(&[value]))?,
            Number::Int(value) => state.add_column(&crate::column::Column::of(&[value]))?,
            Number::Big(value) => state.add_text(&crate::number::digits(&value)?)?,
            Number::Decimal(_) => {}
        }
        return Ok(state);
    }
    let array = match input(values)? {
        Input::Array(array) => array,
        Input::Arrow(source) if mask.is_none() => {
            add_source(py, &source, &mut state, skip_nan)?;
            return Ok(state);
        }
        Input::Arrow(source) => arrow::array(py, &source)?,
        Input::Items(items) if mask.is_none() && !skip_nan => {
            add_all(&items, &mut state)?;
            return Ok(state);
        }
        Input::Items(items) => collected(&items)?,
    };
    let array = with_mask(array, mask)?;
    let (source, dims) = array.source(skip_nan)?;
    let added: Outcome<S> = unless_short(py, array.size(), || {
        source.columns(0, 0, &dims, |column| state.add_column(column))?;
        Ok(state)
    });
    Ok(added?)
}

fn add_source<S: Adds + AddsArrow + State>(
    py: Python<'_>,
    source: &arrow::Source<'_>,
    state: &mut S,
    skip_nan: bool,
) -> PyResult<()> {
    if source.is_decimal() {
        return Err(PyTypeError::new_err(NO_DECIMALS));
    }
    match skip_nan {
        true => source.add_without_nan(py, state),
        false => source.add_to(py, state),
    }
}

/// A number of digits after the point.
pub(super) fn natural_digits(digits: i32) -> PyResult<i32> {
    match digits {
        0.. => Ok(digits),
        _ => Err(PyValueError::new_err("digits must not be negative")),
    }
}

/// The counts of NaN and infinities, for `repr`.
pub(super) fn special_text(counts: [i64; 3]) -> String {
    let names = ["nan", "inf", "-inf"].iter().zip(counts);
    let parts = names.filter(|(_, count)| *count != 0);
    parts
        .map(|(name, count)| format!(", {name}: {count}"))
        .collect()
}

/// A float as Python writes it.
pub(super) fn float_text(py: Python<'_>, value: f64) -> PyResult<String> {
    Ok(PyFloat::new(py, value)
        .repr()?
        .to_string_lossy()
        .into_owned())
}

/// The methods common to all classes, and those of one class.
macro_rules! class {
    // One that takes numbers, arrays and tables.
    (
        $(#[$documentation:meta])*
        $class:ident of values: $state:ty {
            $($own:tt)*
        }
    ) => {
        class! {
            $(#[$documentation])*
            $class: $state {
                #[new]
                #[pyo3(signature = (values=None, *, r#where=None, skipna=false, column=None))]
                fn new(
                    values: Option<&Bound<'_, PyAny>>, r#where: Option<&Bound<'_, PyAny>>, skipna: bool, column: Option<&str>,
                ) -> PyResult<Self> {
                    Ok(Self::of(match values {
                        Some(values) => state_of(values, r#where, skipna, column)?,
                        None => <$state>::default(),
                    }))
                }

                /// Adds a number, an array of any shape, or an iterable of numbers. If there is an
                /// error, nothing is added. `where` and `skipna` are as in sum(); `column` names a
                /// column of an Arrow table, which is read chunk by chunk.
                #[pyo3(signature = (values, *, r#where=None, skipna=false, column=None))]
                fn add(
                    &self, values: &Bound<'_, PyAny>, r#where: Option<&Bound<'_, PyAny>>, skipna: bool, column: Option<&str>,
                ) -> PyResult<()> {
                    match values.cast_exact::<PyFloat>() {
                        Ok(value) if !skipna && column.is_none() => Ok(self.0.lock().add_one(value.value())?),
                        _ => self.0.merge(&state_of(values, r#where, skipna, column)?),
                    }
                }

                /// Subtracts values that were added, or will be: exactly, including NaN.
                #[pyo3(signature = (values, *, r#where=None, skipna=false, column=None))]
                fn subtract(
                    &self, values: &Bound<'_, PyAny>, r#where: Option<&Bound<'_, PyAny>>, skipna: bool, column: Option<&str>,
                ) -> PyResult<()> {
                    self.0.unmerge(&state_of(values, r#where, skipna, column)?)
                }

                $($own)*
            }
        }
    };
    (
        $(#[$documentation:meta])*
        $class:ident: $state:ty {
            $($own:tt)*
        }
    ) => {
        $(#[$documentation])*
        #[pyclass(frozen, module = "tally")]
        pub(crate) struct $class(Locked<$state>);

        impl $class {
            fn of(state: $state) -> Self {
                Self(Locked::new(state))
            }
        }

        #[pymethods]
        impl $class {
            $($own)*

            /// Adds everything that another one holds.
            fn merge(&self, other: &Bound<'_, Self>) -> PyResult<()> {
                let other = other.get().0.copy();
                self.0.merge(&other)
            }

            /// Subtracts everything that another one holds.
            fn unmerge(&self, other: &Bound<'_, Self>) -> PyResult<()> {
                let other = other.get().0.copy();
                self.0.unmerge(&other)
            }

            /// The number of values added, less the number subtracted.
            #[getter]
            fn count(&self) -> PyResult<i64> {
                Ok(self.0.lock().count()?)
            }

            /// The number of these that are NaN.
            #[getter]
            fn nan_count(&self) -> PyResult<i64> {
                Ok(self.0.lock().special_counts()?[0])
            }

            /// The number of these that are positive infinity.
            #[getter]
            fn inf_count(&self) -> PyResult<i64> {
                Ok(self.0.lock().special_counts()?[1])
            }

            /// The number of these that are negative infinity.
            #[getter]
            fn negative_inf_count(&self) -> PyResult<i64> {
                Ok(self.0.lock().special_counts()?[2])
            }

            /// Returns the state as bytes that every machine and every later version can read.
            /// The same values give the same bytes.
            fn save<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
                let bytes = self.0.lock().save()?;
                Ok(PyBytes::new(py, &bytes))
            }

            /// Returns the saved form in an envelope with a checksum, so that load() refuses
            /// bytes that were damaged on the way.
            fn seal<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
                let bytes = crate::sealed::sealed(&*self.0.lock())?;
                Ok(PyBytes::new(py, &bytes))
            }

            /// Reads what save() or seal() wrote. Raises ValueError for any other bytes.
            #[staticmethod]
            fn load(bytes: PyBackedBytes) -> PyResult<Self> {
                Ok(Self::of(<$state>::load(crate::sealed::opened_if_sealed(&bytes)?)?))
            }

            /// Returns a copy.
            fn copy(&self) -> Self {
                Self::of(self.0.copy())
            }

            fn __copy__(&self) -> Self {
                self.copy()
            }

            fn __deepcopy__(&self, _memo: &Bound<'_, PyAny>) -> Self {
                self.copy()
            }

            fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
                let py = slf.py();
                let bytes = slf.get().save(py)?;
                (slf.get_type(), PyTuple::empty(py), bytes).into_pyobject(py)
            }

            fn __setstate__(&self, state: PyBackedBytes) -> PyResult<()> {
                let state = <$state>::load(&state)?;
                *self.0.lock() = state;
                Ok(())
            }

            fn __eq__(&self, other: &Bound<'_, Self>) -> bool {
                let other = other.get().0.copy();
                *self.0.lock() == other
            }

            fn __add__(&self, other: &Bound<'_, Self>) -> PyResult<Self> {
                let mut sum = self.0.copy();
                sum.merge(&other.get().0.copy())?;
                Ok(Self::of(sum))
            }

            /// For the builtin sum(), which begins with 0.
            fn __radd__(&self, other: &Bound<'_, PyInt>) -> PyResult<Self> {
                match other.extract::<i64>() {
                    Ok(0) => Ok(self.copy()),
                    _ => Err(PyTypeError::new_err("+ needs two objects of the same class")),
                }
            }

            fn __sub__(&self, other: &Bound<'_, Self>) -> PyResult<Self> {
                let mut difference = self.0.copy();
                difference.unmerge(&other.get().0.copy())?;
                Ok(Self::of(difference))
            }

            fn __iadd__(&self, other: &Bound<'_, PyAny>) -> PyResult<()> {
                let state = match other.cast::<Self>() {
                    Ok(other) => other.get().0.copy(),
                    Err(_) => Self::operand(other)?,
                };
                self.0.merge(&state)
            }

            fn __isub__(&self, other: &Bound<'_, PyAny>) -> PyResult<()> {
                let state = match other.cast::<Self>() {
                    Ok(other) => other.get().0.copy(),
                    Err(_) => Self::operand(other)?,
                };
                self.0.unmerge(&state)
            }
        }
    };
}
pub(super) use class;
