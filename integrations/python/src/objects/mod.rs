//! The classes of the package: sums in progress.
//!
//! Each is a state under a lock. A call works out what is to be added by itself, with no lock,
//! and then merges it in one step: so calls from several threads are all right, and one that
//! fails adds nothing. While a lock is held no Python runs and the interpreter is not let go.

mod accumulator;
mod common;
mod decimal;
mod moments;
mod products;

pub(crate) use accumulator::Accumulator;
pub(crate) use decimal::DecimalSum;
pub(crate) use moments::Moments;
pub(crate) use products::Products;
