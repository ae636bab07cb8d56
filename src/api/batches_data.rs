//! The statistics of batches.

use std::mem::MaybeUninit;

use super::exports::as_they_are;
use crate::boundary::Outcome;
use crate::boundary::record::refuse;
use crate::boundary::status::tally_status::TALLY_INVALID;
use tally_core::Statistic;
use tally_statistic::{
    TALLY_COUNT, TALLY_MEAN, TALLY_NORM, TALLY_STANDARD_DEVIATION, TALLY_SUM, TALLY_VARIANCE,
};

/// The statistic that a function computes for each group, axis or window.
///
/// 32 bits wide in every dialect of C and C++. Later versions may add statistics.
#[repr(i32)]
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum tally_statistic {
    /// the sum; 0 if nothing counts
    TALLY_SUM = 1,
    /// the mean
    TALLY_MEAN = 2,
    /// the variance; undefined unless more than `ddof` values count
    TALLY_VARIANCE = 3,
    /// the standard deviation, the square root of the variance
    TALLY_STANDARD_DEVIATION = 4,
    /// the Euclidean norm, the square root of the sum of squares
    TALLY_NORM = 5,
    /// the number of values that count
    TALLY_COUNT = 6,
}

as_they_are!(MaybeUninit<tally_statistic>);

/// The statistic that a caller asks for; `ddof` is for those that have it.
pub(super) fn statistic(what: MaybeUninit<tally_statistic>, ddof: usize) -> Outcome<Statistic> {
    // SAFETY: an argument is passed with all bytes of its number.
    let number = unsafe { what.as_ptr().cast::<i32>().read() };
    let ddof = ddof as u64;
    const SUM: i32 = TALLY_SUM as i32;
    const MEAN: i32 = TALLY_MEAN as i32;
    const VARIANCE: i32 = TALLY_VARIANCE as i32;
    const STANDARD_DEVIATION: i32 = TALLY_STANDARD_DEVIATION as i32;
    const NORM: i32 = TALLY_NORM as i32;
    const COUNT: i32 = TALLY_COUNT as i32;
    Ok(match number {
        SUM => Statistic::Sum,
        MEAN => Statistic::Mean,
        VARIANCE => Statistic::Variance { ddof },
        STANDARD_DEVIATION => Statistic::StandardDeviation { ddof },
        NORM => Statistic::Norm,
        COUNT => Statistic::Count,
        _ => {
            let message = format_args!("what is {number}, not a tally_statistic");
            return Err(refuse(TALLY_INVALID, message));
        }
    })
}
