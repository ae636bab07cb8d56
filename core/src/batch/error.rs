//! Errors of batches.

use std::collections::TryReserveError;
use std::fmt;

/// Why groups cannot be reduced. No result is written then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupError {
    /// The ids are floats.
    NotIntegers,
    /// An id is negative, or not less than the number of groups.
    NoGroup {
        /// The first row with such an id.
        row: usize,
    },
    /// An exact sum of integers was requested, and the values are floats.
    NotIntegerValues,
    /// Out of memory.
    OutOfMemory,
}

impl fmt::Display for GroupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GroupError::NotIntegers => f.write_str("the group ids are not integers"),
            GroupError::NoGroup { row } => write!(f, "the group id in row {row} is out of range"),
            GroupError::NotIntegerValues => f.write_str("the values are not integers"),
            GroupError::OutOfMemory => f.write_str("out of memory"),
        }
    }
}

impl std::error::Error for GroupError {}

impl From<TryReserveError> for GroupError {
    fn from(_: TryReserveError) -> Self {
        GroupError::OutOfMemory
    }
}
