//! Exact sums, the main purpose of the library, through its C functions.

use super::errors::{FFIError, succeeded};
use super::tally;
use crate::api::accumulator::tally_accumulator;

/// A sum in progress. Exact at every step, rounded when its value is asked for.
#[derive(Clone, Default)]
pub struct Sum {
    state: tally_accumulator,
}

impl Sum {
    /// The empty sum.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the values: all of them or, on failure, none.
    pub fn add(&mut self, values: &[f64]) -> Result<(), FFIError> {
        // SAFETY: the state is ours; the pointer and the count are a slice's.
        succeeded(unsafe {
            tally::tally_accumulator_add_f64(&raw mut self.state, values.as_ptr(), values.len())
        })
    }

    /// Adds everything that is in `from`.
    pub fn merge(&mut self, from: &Self) -> Result<(), FFIError> {
        // SAFETY: both states are live.
        succeeded(unsafe {
            tally::tally_accumulator_merge(&raw mut self.state, &raw const from.state)
        })
    }

    /// The double nearest to the true sum. An error if that is beyond all
    /// doubles.
    pub fn value(&self) -> Result<f64, FFIError> {
        let mut total = 0.0;
        // SAFETY: the state is live, and `total` is ours.
        succeeded(unsafe {
            tally::tally_accumulator_value_f64(&raw const self.state, &raw mut total)
        })?;
        Ok(total)
    }

    /// How many values were added.
    pub fn count(&self) -> Result<i64, FFIError> {
        let mut count = 0;
        // SAFETY: the state is live, and `count` is ours.
        succeeded(unsafe {
            tally::tally_accumulator_count(&raw const self.state, &raw mut count)
        })?;
        Ok(count)
    }
}

/// Whether the same values were added, as far as their exact sum and the
/// library's counters tell: equal states have equal bytes.
impl PartialEq for Sum {
    fn eq(&self, other: &Self) -> bool {
        self.state.opaque == other.state.opaque
    }
}

impl Eq for Sum {}
