//! The classes of the package: sums in progress.
//!
//! Each is a state protected by a lock. A call first computes the part to be added, without the
//! lock, and then merges it in one step. So several threads may call at once, and a call that
//! fails adds nothing. While the lock is held, no Python code runs and the interpreter is not
//! released.

mod accumulator;
mod common;
mod decimal;
mod moments;
mod products;

pub(crate) use accumulator::Accumulator;
pub(crate) use decimal::DecimalSum;
pub(crate) use moments::Moments;
pub(crate) use products::Products;
