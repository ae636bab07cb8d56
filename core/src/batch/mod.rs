//! Batches: one result for each group, row, column or window of many values.
//!
//! A result that is undefined or out of range is NaN or an infinity, and does not
//! affect the others.

mod axis;
mod counting;
mod cumulative;
mod cumulative_parallel;
mod error;
mod float_sums;
mod groups;
mod ids;
mod lane_sums;
mod memory;
mod nearest;
mod numbers;
mod partition;
mod place;
mod rolling;
mod rows;
mod running;
mod runs;
mod share;
mod short_rows;
mod split_sums;
mod sums;
mod tiles;
mod window_counts;
mod window_results;
mod windows;

use crate::column::Column;
use crate::error::ValueError;
use crate::float::{BINARY64, CANONICAL_NAN};
use crate::simd::Isa;

pub use axis::{Axis, Matrix};
pub use cumulative::CumulativeSum;
pub use error::GroupError;
pub use place::Place;
pub use rolling::{Rolling, Window};
use share::shared_out;

/// The statistic that a batch computes for each part of its values.
///
/// An undefined result, such as the mean of no values, is NaN; one that rounds beyond
/// the range of doubles is infinity, with its sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Statistic {
    /// The sum; +0.0 if nothing counts.
    Sum,
    /// The mean.
    Mean,
    /// The sum of the squares of the distances from the mean, divided by the count less
    /// `ddof`.
    Variance {
        /// The delta degrees of freedom: 1 for a sample, 0 for a population.
        ddof: u64,
    },
    /// The square root of the variance.
    StandardDeviation {
        /// As for the variance.
        ddof: u64,
    },
    /// The square root of the sum of squares.
    Norm,
    /// The number of values that count.
    Count,
}

impl Statistic {
    /// The statistic of all values of a column.
    ///
    /// ```
    /// use tally_core::{Column, Statistic};
    ///
    /// let values = Column::new(&[1.0, 2.0, 6.0]);
    /// assert_eq!(Statistic::Mean.of(&values), 3.0);
    /// assert!(Statistic::Variance { ddof: 3 }.of(&values).is_nan());
    /// ```
    pub fn of(self, values: &Column<'_>) -> f64 {
        in_place(match self {
            Statistic::Sum => values.sum(),
            Statistic::Mean => values.mean(),
            Statistic::Variance { ddof } => values.variance(ddof),
            Statistic::StandardDeviation { ddof } => values.standard_deviation(ddof),
            Statistic::Norm => values.norm(),
            Statistic::Count => Ok(of_count(values.count())),
        })
    }

    /// Whether it takes the squares of the values.
    fn needs_squares(self) -> bool {
        !matches!(self, Statistic::Sum | Statistic::Mean | Statistic::Count)
    }
}

/// A result in its place among others.
pub(crate) fn in_place(answer: Result<f64, ValueError>) -> f64 {
    match answer {
        Ok(value) => value,
        Err(ValueError::Overflow { negative: false }) => f64::INFINITY,
        Err(ValueError::Overflow { negative: true }) => f64::NEG_INFINITY,
        Err(_) => f64::from_bits(CANONICAL_NAN),
    }
}

/// The double nearest to a count: counts below 2^53 are doubles.
pub(crate) fn of_count(count: u64) -> f64 {
    match count {
        0 => 0.0,
        _ => f64::from_bits(BINARY64.nearest_of_two_words(count.into(), 0)),
    }
}

/// Counts as doubles.
fn put_counts(isa: Isa, counts: &[u64], results: &mut [f64]) {
    if !isa.integers_to_doubles(counts, results) {
        for (result, &count) in results.iter_mut().zip(counts) {
            *result = of_count(count);
        }
    }
}
