//! The arithmetic. Safe Rust; it knows nothing of C.
//!
//! Every finite `f32`, `f64` and 64-bit integer is a whole multiple of
//! 2^-1074, so a total of them is one (large) integer. An [`Accumulator`] holds
//! that integer and five counters; nothing is rounded until a value is asked
//! for, and then once. That is why order, splitting and merging cannot matter.
//!
//! | file | subject |
//! |---|---|
//! | `limbs` | the integer: balanced signed limbs |
//! | `float` | the bits of `f64` and `f32`, taken apart |
//! | `table` | long slices: one sum for each exponent |
//! | `kernels` | vector instructions: blocks split into levels; integers by halves |
//! | `windowed` | long slices through the kernels, into an accumulator |
//! | `oneshot` | the rounded sum of a slice, and nothing else |
//! | `parallel` | the sum of a long slice on several threads |
//! | `one` | one value into a state in place |
//! | `accumulator` | adding, subtracting, merging |
//! | `state` | the 40 words that a caller keeps between calls |
//! | `value` | asking for the total and the mean |
//! | `rounding` | integer to nearest float, ties to even |
//! | `text` | the total in decimal |
//! | `ulps` | how far off another sum is |
//! | `saved` | the portable saved form |
//! | `integers` | plain exact integer sums |
//! | `integer_text` | the total of the integers written in a text |
//!
//! Nothing here allocates or panics. Floats are taken apart and put together as
//! bits; the one place that computes with them, and the one with `unsafe` code,
//! is `kernels`, which sets the floating-point environment that it needs and
//! gives the caller's back. What makes the sums exact is proven in
//! `docs/exactness.md`.

#![deny(unsafe_code)]

mod accumulator;
mod float;
mod integer_text;
mod integers;
mod kernels;
mod limbs;
mod one;
mod oneshot;
mod parallel;
mod rounding;
mod saved;
mod state;
mod table;
mod text;
mod ulps;
mod value;
mod windowed;

pub use accumulator::Accumulator;
pub use integer_text::{IntegerTextError, parse_integer_total};
pub use integers::{sum_i32, sum_i32_on, sum_i64, sum_i64_on, sum_u64, sum_u64_on};
pub use kernels::Engine;
pub use one::{Words, add_one_in_place};
pub use oneshot::{sum_f32, sum_f32_on, sum_f64, sum_f64_on};
pub use parallel::{
    Split, Workers, accumulate_parallel, sum_f32_parallel, sum_f32_split, sum_f64_parallel,
    sum_f64_split, sum_integers_parallel, sum_integers_split,
};
pub use saved::{LoadError, SAVED_MAX, Saved};
pub use state::{BadState, OutOfRange, STATE_WORDS};
pub use text::Text;
pub use value::ValueError;
