//! The rounded result of whole slices, when nothing but that is wanted: a fast pass
//! with an error bound, Ziv's test, and the exact pass where the test leaves a doubt.

pub(crate) mod dot;
pub(crate) mod estimates;
mod few;
pub(crate) mod interval;
pub(crate) mod mean;
pub(crate) mod pairs;
pub(crate) mod products;
pub(crate) mod sum;
pub(crate) mod variance;
