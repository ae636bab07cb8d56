//! Errors of the arithmetic as statuses for C.

use std::fmt::Display;

use crate::boundary::Outcome;
use crate::boundary::pointer::OutPtr;
use crate::boundary::record::{Refusal, refuse};
use crate::boundary::status::tally_status::{self, *};
use tally_core::{BadState, LoadError, OutOfRange, ValueError};

/// The status of a state that failed earlier.
fn failed_before(bad: BadState) -> Option<tally_status> {
    match bad {
        BadState::Failed(number) => {
            tally_status::from_number(number).filter(|status| *status != TALLY_OK)
        }
        BadState::Damaged => None,
    }
}

/// The status for a state that cannot be used.
pub(super) fn bad_status(bad: BadState) -> tally_status {
    failed_before(bad).unwrap_or(TALLY_INVALID)
}

/// A state that cannot be used.
#[cold]
pub(super) fn bad_state(bad: BadState, name: impl Display) -> Refusal {
    match (failed_before(bad), bad) {
        (Some(status), _) => {
            let status_name = status.name().to_bytes();
            let status_name = std::str::from_utf8(status_name).unwrap_or("");
            refuse(
                status,
                format_args!("{name} failed earlier, with {status_name}"),
            )
        }
        (None, BadState::Failed(number @ ..0)) => refuse(
            TALLY_INVALID,
            format_args!("{name} failed earlier, with the unknown status {number}"),
        ),
        (None, _) => refuse(
            TALLY_INVALID,
            format_args!("{name} is damaged, or was never initialized"),
        ),
    }
}

/// A state that would leave its range. One that is too small can be helped.
#[cold]
pub(super) fn out_of_range(status: tally_status, error: OutOfRange, name: impl Display) -> Refusal {
    let OutOfRange(part) = error;
    match status {
        TALLY_TOO_SMALL => refuse(
            status,
            format_args!("{name}: {part} does not fit in {SMALL}: expand or grow it"),
        ),
        _ => refuse(status, format_args!("{name}: {error}")),
    }
}

/// What messages call the state whose range is TALLY_TOO_SMALL for some sums.
pub(super) const SMALL: &str = "a small accumulator";

/// Why there is no value, for a message.
pub(super) struct NoValue {
    error: ValueError,
    ddof: Option<Ddof>,
}

/// The degrees of freedom that a statistic takes off, and the values that there are.
struct Ddof {
    ddof: u64,
    count: i64,
}

impl From<ValueError> for NoValue {
    fn from(error: ValueError) -> Self {
        NoValue { error, ddof: None }
    }
}

impl NoValue {
    /// The failure of a statistic of `count` values.
    #[cold]
    pub(super) fn of(error: ValueError, ddof: u64, count: i64) -> Self {
        let ddof = Some(Ddof { ddof, count });
        NoValue { error, ddof }
    }
}

/// A value that cannot be given.
#[cold]
pub(super) fn no_value(why: impl Into<NoValue>) -> Refusal {
    let NoValue { error, ddof } = why.into();
    let status = match error {
        ValueError::Overflow { .. } => TALLY_OVERFLOW,
        ValueError::NegativeCount
        | ValueError::NotFinite
        | ValueError::Fractional
        | ValueError::NoValues
        | ValueError::TooFew
        | ValueError::Impossible
        | ValueError::CountsDiffer
        | ValueError::NoWeight
        | ValueError::Constant(_)
        | ValueError::NotIntegers
        | ValueError::NegativeWeight
        | ValueError::TooLittleWeight => TALLY_INVALID,
    };
    match (error, ddof) {
        (ValueError::TooFew, Some(Ddof { ddof, count })) => refuse(
            status,
            format_args!("need more than ddof = {ddof} values, have {count}"),
        ),
        (ValueError::TooLittleWeight, Some(Ddof { ddof, .. })) => {
            refuse(status, format_args!("{error} = {ddof}"))
        }
        _ => refuse(status, format_args!("{error}")),
    }
}

/// Bytes that were never saved by this library.
#[cold]
pub(super) fn not_loaded(error: LoadError) -> Refusal {
    match error {
        LoadError::OutOfRange(part) => refuse(
            TALLY_TOO_SMALL,
            format_args!("bytes: {part} does not fit in {SMALL}: load it into a tally_accumulator"),
        ),
        LoadError::Sealed => refuse(
            TALLY_FORMAT,
            format_args!("bytes: {error}, with tally_saved_open()"),
        ),
        _ => refuse(TALLY_FORMAT, format_args!("bytes: {error}")),
    }
}

/// The types of results.
pub(super) trait Answer: Copy {
    /// The value that stands for a result beyond the range, if any.
    fn beyond(negative: bool) -> Option<Self>;
}

impl Answer for f64 {
    fn beyond(negative: bool) -> Option<Self> {
        Some(if negative {
            -f64::INFINITY
        } else {
            f64::INFINITY
        })
    }
}

impl Answer for f32 {
    fn beyond(negative: bool) -> Option<Self> {
        Some(if negative {
            -f32::INFINITY
        } else {
            f32::INFINITY
        })
    }
}

impl Answer for i64 {
    fn beyond(_: bool) -> Option<Self> {
        None
    }
}

impl Answer for u64 {
    fn beyond(_: bool) -> Option<Self> {
        None
    }
}

/// Writes a result. A float beyond the range is infinity and an error.
pub(super) fn set_answer<T: Answer>(
    place: &OutPtr<T>,
    answer: Result<T, impl Into<NoValue>>,
) -> Outcome<()> {
    match answer {
        Ok(value) => {
            place.set(value);
            Ok(())
        }
        Err(why) => {
            let why = why.into();
            if let ValueError::Overflow { negative } = why.error
                && let Some(infinity) = T::beyond(negative)
            {
                place.set(infinity);
            }
            Err(no_value(why))
        }
    }
}
