//! The rounded sums and dot products of slices, on every engine of this machine.

#[path = "../support/mod.rs"]
mod support;

mod any_engine;
mod binade;
mod environment;
mod error_bound;
mod error_bound_f32;
mod integers;
mod long;
mod lost_bits;
mod one;
mod parallel_dot;
mod parallel_sums;
mod short;
mod specials;
mod tails;
mod ties;
