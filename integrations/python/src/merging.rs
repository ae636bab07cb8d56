//! States of parts merged, and their values.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyList;
use tally_c::boundary::status::tally_status;

use crate::arguments::given;
use crate::error::{Failure, Outcome, in_array};
use crate::groups::Groups;
use crate::memory::{LEFT_OUT, starts_of};
use crate::partial::Sealed;
use crate::results::filled;
use crate::sealed::{kind, opened_if_sealed};
use crate::sequence::each;
use crate::states::{Accumulator, Moments, Products, SmallSum, State};
use crate::statistics::natural;

/// The kinds of states in their saved forms. Anything else is taken for a sum, and refused if
/// it is not one.
const PRODUCTS: Option<u8> = Some(2);
const MOMENTS: Option<u8> = Some(3);

/// Saved or sealed states; None for a missing one.
fn states_of(states: &Bound<'_, PyAny>) -> PyResult<Vec<Option<PyBackedBytes>>> {
    let mut all = Vec::new();
    each(states, |state| {
        all.push(match state.is_none() {
            true => None,
            false => Some(state.extract()?),
        });
        Ok(())
    })?;
    Ok(all)
}

/// Gives `work` the saved form of state `index`; an error names the index.
fn with_saved<R>(index: usize, bytes: &[u8], work: impl FnOnce(&[u8]) -> Outcome<R>) -> Outcome<R> {
    opened_if_sealed(bytes)
        .and_then(work)
        .map_err(|failure| failure.about(format_args!("state {index}")))
}

/// The states of a group, merged.
fn total<'a, S: State>(members: impl Iterator<Item = (usize, &'a [u8])>) -> Outcome<S> {
    let mut total = S::default();
    for (index, bytes) in members {
        with_saved(index, bytes, |saved| total.merge(&S::load(saved)?))?;
    }
    Ok(total)
}

/// Appends the states of a group, merged.
fn push_total<'a>(
    members: impl Iterator<Item = (usize, &'a [u8])> + Clone,
    sealed: &mut Sealed,
) -> Outcome<()> {
    let Some((_, first)) = members.clone().next() else {
        sealed.push_none();
        return Ok(());
    };
    match kind(first) {
        PRODUCTS => sealed.push(&total::<Products>(members)?),
        MOMENTS => sealed.push(&total::<Moments>(members)?),
        _ => match total::<SmallSum>(members.clone()) {
            Ok(sum) => sealed.push(&sum),
            Err(failure) if failure.is_too_small() => sealed.push(&total::<Accumulator>(members)?),
            Err(failure) => Err(failure),
        },
    }
}

/// Merges the states of parts and returns the merged states, as bytes.
///
/// `states` are `bytes` from save() or seal() of Accumulator, Moments or Products, or None for
/// a part without values. `groups` has the id of each state's group, as in group_sum(); without
/// it all states are one group. The result is a list of sealed states, one for each group; it
/// is None for a group without states.
///
/// Raises ValueError if a state is damaged, or has another version or kind than can be merged
/// here: the message has its index.
///
/// >>> import tally
/// >>> halves = [tally.Accumulator([0.1, 0.2]).seal(), tally.Accumulator([0.3]).seal()]
/// >>> [total] = tally.merge_states(halves)
/// >>> tally.Accumulator.load(total)
/// Accumulator(value=0.6, count=3)
#[pyfunction]
#[pyo3(signature = (states, groups=None, *, group_count=None))]
pub(crate) fn merge_states<'py>(
    states: &Bound<'py, PyAny>,
    groups: Option<&Bound<'py, PyAny>>,
    group_count: Option<isize>,
) -> PyResult<Bound<'py, PyList>> {
    let (py, states) = (states.py(), states_of(states)?);
    let (ids, count) = match given(groups) {
        Some(groups) => Groups::new(groups, group_count, None)?.of("states", states.len())?,
        None if group_count.is_none() => (vec![0; states.len()], 1),
        None => return Err(PyValueError::new_err("group_count needs groups")),
    };
    let sealed = py.detach(|| {
        let (starts, used) = starts_of(&ids, count);
        let (mut order, mut ends) = (vec![0; used], starts.clone());
        for (index, id) in ids.iter().enumerate().filter(|(_, id)| **id != LEFT_OUT) {
            let end = &mut ends[*id as usize];
            order[*end] = index;
            *end += 1;
        }
        let mut sealed = Sealed::default();
        for (start, end) in starts.into_iter().zip(ends) {
            let members = order[start..end].iter();
            let there = members.filter_map(|index| Some((*index, &**states[*index].as_ref()?)));
            push_total(there, &mut sealed)?;
        }
        Ok::<_, Failure>(sealed)
    });
    sealed?.list(py)
}

/// A statistic of a state.
#[derive(Clone, Copy)]
enum Asked {
    Sum,
    Mean,
    Variance,
    StandardDeviation,
    Norm,
    Count,
}

impl Asked {
    fn of(name: &str) -> PyResult<Self> {
        Ok(match name {
            "sum" => Self::Sum,
            "mean" => Self::Mean,
            "var" => Self::Variance,
            "std" => Self::StandardDeviation,
            "norm" => Self::Norm,
            "count" => Self::Count,
            _ => {
                let names = "'sum', 'mean', 'var', 'std', 'norm' or 'count'";
                let message = format!("statistic must be {names}, not '{name}'");
                return Err(PyValueError::new_err(message));
            }
        })
    }

    /// The result for no values.
    fn of_nothing(self) -> f64 {
        match self {
            Self::Sum | Self::Norm | Self::Count => 0.0,
            _ => f64::NAN,
        }
    }

    fn of_moments(self, moments: &Moments, ddof: usize) -> Outcome<f64> {
        match self {
            Self::Sum => moments.sum(),
            Self::Mean => moments.mean(),
            Self::Variance => moments.variance(ddof),
            Self::StandardDeviation => moments.standard_deviation(ddof),
            Self::Norm => moments.norm(),
            Self::Count => moments.count().map(|count| count as f64),
        }
    }
}

/// A statistic of a state, as it stands in an array.
fn value(asked: Asked, ddof: usize, min_count: usize, saved: &[u8]) -> Outcome<f64> {
    fn unless_few<S: State>(
        state: &S,
        min_count: usize,
        value: impl FnOnce(&S) -> Outcome<f64>,
    ) -> Outcome<f64> {
        match min_count > 0 && i128::from(state.count()?) < min_count as i128 {
            true => Ok(f64::NAN),
            false => in_array(value(state)),
        }
    }
    let refused = |class| {
        let message = format!("{class} do not have this statistic");
        Err(Failure::new(tally_status::TALLY_WRONG_KIND, message))
    };
    match (kind(saved), asked) {
        (MOMENTS, _) => unless_few(&Moments::load(saved)?, min_count, |moments| {
            asked.of_moments(moments, ddof)
        }),
        (PRODUCTS, Asked::Sum) => unless_few(&Products::load(saved)?, min_count, Products::value),
        (PRODUCTS, Asked::Mean) => unless_few(&Products::load(saved)?, min_count, Products::mean),
        (PRODUCTS, Asked::Count) => Ok(Products::load(saved)?.count()? as f64),
        (PRODUCTS, _) => refused("Products"),
        (_, Asked::Count) => Ok(Accumulator::load(saved)?.count()? as f64),
        (_, Asked::Sum | Asked::Mean) => match (SmallSum::load(saved), asked) {
            (Ok(sum), Asked::Sum) => unless_few(&sum, min_count, SmallSum::value),
            (Ok(sum), _) => unless_few(&sum, min_count, SmallSum::mean),
            (Err(failure), _) if !failure.is_too_small() => Err(failure),
            (_, Asked::Sum) => {
                unless_few(&Accumulator::load(saved)?, min_count, Accumulator::value)
            }
            _ => unless_few(&Accumulator::load(saved)?, min_count, Accumulator::mean),
        },
        _ => {
            Accumulator::load(saved)?;
            refused("sums")
        }
    }
}

/// The total of a state of integers.
fn integer(saved: &[u8]) -> Outcome<i64> {
    let total = match kind(saved) {
        PRODUCTS => Products::load(saved)?.value_i128()?,
        _ => Accumulator::load(saved)?.value_i128()?,
    };
    i64::try_from(total).map_err(|_| {
        let message = "the sum does not fit in int64";
        Failure::new(tally_status::TALLY_OVERFLOW, message)
    })
}

/// Returns a statistic of each state, rounded once.
///
/// `states` are as in merge_states(); None has no values. `statistic` is "sum", "mean" or
/// "count", and for Moments also "var", "std" or "norm", with `ddof` as in var(). The results
/// are an array of float64: NaN where the statistic is undefined or where fewer than
/// `min_count` values count, and infinite beyond the largest float. With `integers` the
/// results are the sums of states that hold only integers, as int64.
///
/// Raises ValueError for a damaged state and OverflowError for a sum that does not fit in
/// int64; the message has its index.
///
/// >>> import tally
/// >>> states = [tally.Moments([1.0, 2.0, 4.0]).seal(), None]
/// >>> tally.state_values(states, "var", ddof=1).tolist()
/// [2.3333333333333335, nan]
#[pyfunction]
#[pyo3(signature = (states, statistic="sum", *, ddof=0, min_count=0, integers=false))]
pub(crate) fn state_values<'py>(
    states: &Bound<'py, PyAny>,
    statistic: &str,
    ddof: isize,
    min_count: isize,
    integers: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let py = states.py();
    let asked = Asked::of(statistic)?;
    let (ddof, min_count) = (natural("ddof", ddof)?, natural("min_count", min_count)?);
    let states = states_of(states)?;
    let shape = [states.len()];
    let states = states.iter().map(Option::as_deref).enumerate();
    if integers {
        if !matches!(asked, Asked::Sum) || min_count > 0 {
            let message = "integers=True needs statistic 'sum' and min_count 0";
            return Err(PyValueError::new_err(message));
        }
        return filled(py, &shape, |results: &mut [i64]| {
            for (result, (index, bytes)) in results.iter_mut().zip(states) {
                *result = bytes.map_or(Ok(0), |bytes| with_saved(index, bytes, integer))?;
            }
            Ok(())
        });
    }
    let of_none = if min_count > 0 {
        f64::NAN
    } else {
        asked.of_nothing()
    };
    filled(py, &shape, |results: &mut [f64]| {
        for (result, (index, bytes)) in results.iter_mut().zip(states) {
            *result = bytes.map_or(Ok(of_none), |bytes| {
                with_saved(index, bytes, |saved| value(asked, ddof, min_count, saved))
            })?;
        }
        Ok(())
    })
}
