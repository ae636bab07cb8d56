//! Columns: values of any type and stride, some of which may be missing.

mod add;
mod decimals;
pub(crate) mod elements;
mod estimates;
mod exact;
pub(crate) mod mask;
pub(crate) mod numbers;
mod parallel;
pub(crate) mod read;
mod rows;
pub(crate) mod states;
mod statistics;
mod view;
mod weighted;

pub use elements::{Elements, Source, Values};
pub use rows::Row;
pub use view::Column;
