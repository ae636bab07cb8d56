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
//! | `parallel` | sums and dot products of long slices on several threads |
//! | `one` | one value into a state in place |
//! | `accumulator` | adding, subtracting, merging |
//! | `sum` | what accumulators of numbers and of products share: counting, merging |
//! | `products` | the accumulator of products |
//! | `dot` | the rounded dot product and norm of slices |
//! | `moments` | sums and squares: variance, standard deviation, norm |
//! | `variance` | the rounded variance and standard deviation of a slice |
//! | `comoments` | weighted mean, covariance, correlation |
//! | `state` | the words that a caller keeps between calls |
//! | `value` | asking for the total and the mean |
//! | `natural` | quotients and roots of large integers |
//! | `rounding` | integer to nearest float, ties to even |
//! | `text` | the total in decimal |
//! | `ulps` | how far off another sum is |
//! | `saved` | the portable saved form |
//! | `integers` | plain exact integer sums |
//! | `decimal` | sums of decimal numbers as they are written, in files of their own |
//! | `integer_text` | the total of the integers written in a text |
//! | `words` | a text, taken apart into words |
//! | `swar` | eight bytes of text at a time |
//! | `number` | a word as a number |
//! | `decimal_float` | a decimal as the nearest double |
//! | `numbers` | the numbers in a text, added to a total |
//!
//! Nothing here allocates or panics. Floats are taken apart and put together as
//! bits; the one place that computes with them, and the one with `unsafe` code,
//! is `kernels`, which sets the floating-point environment that it needs and
//! gives the caller's back. What makes the sums exact is proven in
//! `docs/exactness.md`; for decimals, in `docs/decimals.md`.

#![deny(unsafe_code)]

mod accumulator;
mod comoments;
mod decimal;
mod decimal_float;
mod dot;
mod float;
mod integer_text;
mod integers;
mod kernels;
mod limbs;
mod moments;
mod natural;
mod number;
mod numbers;
mod one;
mod oneshot;
mod parallel;
mod products;
mod rounding;
mod saved;
mod state;
mod sum;
mod swar;
mod table;
mod text;
mod ulps;
mod value;
mod variance;
mod windowed;
mod words;

pub use accumulator::Accumulator;
pub use comoments::{correlation, covariance, weighted_mean};
pub use decimal::{
    BadDecimal, DECIMAL_SAVED_MAX, DECIMAL_WORDS, Decimal, Digits, FRACTION_DIGITS, INTEGER_DIGITS,
    ShortDecimal, WordError, add_short_in_place,
};
pub use dot::{dot_f64, dot_f64_on, norm_f64, norm_f64_on};
pub use integer_text::{IntegerTextError, parse_integer_total};
pub use integers::{sum_i32, sum_i32_on, sum_i64, sum_i64_on, sum_u64, sum_u64_on};
pub use kernels::Engine;
pub use moments::{MOMENTS_STATE_WORDS, Moments};
pub use number::{Number, NumberError, WideInteger, parse_number};
pub use numbers::{BadWord, NumberSink, Numbers, add_numbers};
pub use one::{Words, add_moment_in_place, add_one_in_place, add_product_in_place};
pub use oneshot::{sum_f32, sum_f32_on, sum_f64, sum_f64_on};
pub use parallel::{
    Split, Workers, accumulate_parallel, dot_f64_parallel, dot_f64_split, sum_f32_parallel,
    sum_f32_split, sum_f64_parallel, sum_f64_split, sum_integers_parallel, sum_integers_split,
};
pub use products::ProductAccumulator;
pub use saved::{LoadError, MOMENTS_SAVED_MAX, PRODUCT_SAVED_MAX, SAVED_MAX, Saved};
pub use state::{BadState, OutOfRange, PRODUCT_STATE_WORDS, Part, STATE_WORDS, Stored};
pub use sum::ExactSum;
pub use text::Text;
pub use value::ValueError;
pub use variance::{
    standard_deviation_f64, standard_deviation_f64_on, variance_f64, variance_f64_on,
};
pub use words::{Separator, TextWords, Word};
