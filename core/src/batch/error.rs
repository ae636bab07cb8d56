//! Why a batch has no results.

use std::collections::TryReserveError;
use std::fmt;

/// Why groups cannot be reduced: then no result is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupError {
    /// The ids are floats.
    NotIntegers,
    /// An id is below zero, or not below the number of groups.
    NoGroup {
        /// The first row of which this is so.
        row: usize,
    },
    /// An exact sum of integers was asked for, and the values are floats.
    NotIntegerValues,
    /// Out of memory.
    OutOfMemory,
}

impl fmt::Display for GroupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GroupError::NotIntegers => f.write_str("the ids of groups are not of an integer type"),
            GroupError::NoGroup { row } => write!(f, "the id in row {row} is that of no group"),
            GroupError::NotIntegerValues => f.write_str("the values are not of an integer type"),
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
