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
                format_args!("{name} failed before, with {status_name}"),
            )
        }
        (None, BadState::Failed(number @ ..0)) => refuse(
            TALLY_INVALID,
            format_args!("{name} failed before, with the unknown status {number}"),
        ),
        (None, _) => refuse(
            TALLY_INVALID,
            format_args!("{name} is damaged, or was never a state"),
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
            format_args!("{name}: {part} does not fit {SMALL}: expand it, or let it grow"),
        ),
        _ => refuse(status, format_args!("{name}: {error}")),
    }
}

/// What messages call the state whose range is TALLY_TOO_SMALL for some sums.
pub(super) const SMALL: &str = "a small accumulator";

/// A value that cannot be given.
#[cold]
pub(super) fn no_value(error: ValueError) -> Refusal {
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
        | ValueError::NegativeWeight => TALLY_INVALID,
    };
    refuse(status, format_args!("{error}"))
}

/// Bytes that were never saved by this library.
#[cold]
pub(super) fn not_loaded(error: LoadError) -> Refusal {
    match error {
        LoadError::OutOfRange(part) => refuse(
            TALLY_TOO_SMALL,
            format_args!("bytes: {part} does not fit {SMALL}: load a tally_accumulator"),
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
    answer: Result<T, ValueError>,
) -> Outcome<()> {
    match answer {
        Ok(value) => {
            place.set(value);
            Ok(())
        }
        Err(error) => {
            if let ValueError::Overflow { negative } = error
                && let Some(infinity) = T::beyond(negative)
            {
                place.set(infinity);
            }
            Err(no_value(error))
        }
    }
}
