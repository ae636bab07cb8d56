//! The rounded result of whole slices, when only that is needed: a fast pass with an
//! error bound, Ziv's test, and the exact pass where the test is not decisive.

pub(crate) mod dot;
pub(crate) mod estimates;
mod few;
pub(crate) mod interval;
pub(crate) mod mean;
pub(crate) mod pairs;
pub(crate) mod products;
pub(crate) mod sum;
pub(crate) mod variance;
