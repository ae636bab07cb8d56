//! The atomics that the table is made of. The models have the same sources with
//! loom's in their place.

pub(super) use std::sync::atomic::{AtomicPtr, AtomicU64, Ordering};
