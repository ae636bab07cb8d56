//! Exact reductions over arrays: sums, dot products, means, variances, correlations,
//! and sums of decimal numbers, each rounded once.
//!
//! The same numbers give the same bits in any order, split into any parts, on any
//! number of threads and on any machine.
//!
//! ```
//! use tally_core::{Accumulator, Stored, sum_f64, variance_f64};
//!
//! // One call on a slice.
//! assert_eq!(sum_f64(&[1e100, 1.0, -1e100]), Ok(1.0));
//! assert_eq!(variance_f64(&[1e15 + 1.0, 1e15 + 2.0, 1e15 + 3.0], 1), Ok(1.0));
//!
//! // Parts that are added up apart, here or on other machines, give the same bits.
//! let (mut here, mut there) = (Accumulator::new(), Accumulator::new());
//! here.add_f64(&[0.1, 0.2]);
//! there.add_f64(&[0.3]);
//! let sent = there.save().expect("the total is in range");
//! here.merge(&Accumulator::load(sent.as_bytes()).expect("what was saved"));
//! assert_eq!(here.value_f64(), sum_f64(&[0.3, 0.1, 0.2]));
//! ```
//!
//! | to reduce | there is |
//! |---|---|
//! | a slice, once | [`sum_f64`], [`mean_f64`], [`norm_f64`], [`variance_f64`], [`standard_deviation_f64`], and the sums of `f32` and integers |
//! | a pair of slices, once | [`dot_f64`], [`covariance_f64`], [`correlation_f64`], [`weighted_mean_f64`] |
//! | a long slice, on several threads | [`sum_f64_parallel`] and its like |
//! | values as they come, in parts, over and over | [`Accumulator`], [`ProductAccumulator`], [`Moments`] |
//! | values into one of many sums, such as groups | [`SmallAccumulator`], in 64 bytes |
//! | doubles one at a time, on the stack | [`SmallSuperaccumulator`] |
//! | an iterator | [`collect`](Iterator::collect) into one of these, or [`extend`](Extend::extend) it; `+=` and [`sum`](Iterator::sum) merge them |
//! | states of pairs | [`weighted_mean`], [`covariance`], [`correlation`] |
//! | decimal numbers as they are written, such as prices; doubles as their shortest decimals; products of these | [`Decimal`] |
//! | numbers in a text | [`add_numbers`] |
//! | states to keep, send and load | [`Stored`] |
//!
//! # How
//!
//! Every finite `f32`, `f64` and 64-bit integer is a whole multiple of 2^-1074, so a
//! total of them is one large integer. An [`Accumulator`] holds that integer and five
//! counters; nothing is rounded until a value is read, and then only once. Slices go
//! through vector kernels that split values into levels without rounding errors; where
//! only the rounded result is needed, they use an error bound and Ziv's rounding test.
//!
//! Sources: R. Neal, *Fast exact summation using small and large superaccumulators*
//! (2015); J. Demmel and H. D. Nguyen, *Parallel reproducible summation* (2015);
//! T. Ogita, S. M. Rump and S. Oishi, *Accurate sum and dot product* (2005). The proofs
//! are in `docs/exactness.md`; for decimals, in `docs/decimals.md`.
//!
//! Only functions that reduce groups and [`ScopedThreads`] allocate. Functions panic
//! only if lengths do not match. Floats are decoded and encoded as bits. The module of
//! the vector kernels is the only one that computes with them, and the only one with
//! `unsafe` code; it sets the floating-point environment that it needs and restores
//! that of the caller.

#![deny(unsafe_code)]
#![deny(clippy::missing_errors_doc)]

mod accumulator;
mod batch;
mod column;
mod counts;
mod decimal;
mod element;
mod error;
mod float;
mod integers;
mod layout;
mod limbs;
mod moments;
mod natural;
mod parallel;
mod products;
mod rounded;
mod simd;
mod small;
mod state;
mod std_traits;
mod sum;
mod superaccumulator;
mod text;
mod workers;

pub use batch::{Axis, CumulativeSum, GroupError, Matrix, Place, Statistic, Window};
pub use column::{Column, Elements, Source, Values};
pub use counts::SpecialCounts;
pub use decimal::{
    BadDecimal, DECIMAL_SAVED_MAX, DECIMAL_WORDS, Decimal, Digits, FRACTION_DIGITS, FieldError,
    INTEGER_DIGITS, ProductOutOfRange, Rounding, WordError,
};
pub use element::{Bf16, Bool, F16};
pub use error::{BadState, LoadError, OpenError, OutOfRange, Part, Side, ValueError};
pub use integers::{sum_i32, sum_i32_on, sum_i64, sum_i64_on, sum_u64, sum_u64_on};
pub use layout::{
    MOMENTS_SAVED_MAX, MOMENTS_STATE_WORDS, PRODUCT_SAVED_MAX, PRODUCT_STATE_WORDS, SAVED_MAX,
    SMALL_STATE_WORDS, STATE_WORDS,
};
pub use moments::Moments;
pub use moments::fit::{LinearFit, linear_fit};
pub use moments::pairs::{correlation, covariance, weighted_mean};
pub use parallel::{
    Split, accumulate_parallel, dot_f64_parallel, dot_f64_split, sum_f32_parallel, sum_f32_split,
    sum_f64_parallel, sum_f64_split, sum_integers_parallel, sum_integers_split,
};
pub use rounded::dot::{dot_f64, dot_f64_on, norm_f64, norm_f64_on};
pub use rounded::mean::{mean_f64, mean_f64_on};
pub use rounded::pairs::{
    correlation_f64, correlation_f64_on, covariance_f64, covariance_f64_on, weighted_mean_f64,
    weighted_mean_f64_on,
};
pub use rounded::sum::{sum_f32, sum_f32_on, sum_f64, sum_f64_on};
pub use rounded::variance::{
    standard_deviation_f64, standard_deviation_f64_on, variance_f64, variance_f64_on,
};
#[doc(hidden)]
pub use simd::Isa;
pub use small::SmallAccumulator;
pub use state::sealed::{Envelope, SEAL_SIZE, SEALED_MAX, open, seal};
pub use state::{Accumulate, Pieces, Saved, Stored};
pub use sum::text::Text;
pub use sum::{Accumulator, ExactSum, ProductAccumulator};
pub use superaccumulator::SmallSuperaccumulator;
pub use text::number::{Number, NumberError, WideInteger, parse_number};
pub use text::numbers::{BadWord, NumberSink, Numbers, add_numbers};
pub use text::words::{Separator, TextWords, Word};
pub use workers::{ScopedThreads, Workers};

/// Used by the functions for C, which are another crate, and of no use to others: these
/// names may change in any version.
#[doc(hidden)]
pub mod internal {
    pub use crate::accumulator::few::FEW;
    pub use crate::batch::Rolling;
    pub use crate::column::Row;
    pub use crate::column::mask::word_of_bits;
    pub use crate::decimal::{ShortDecimal, WideTotal};
    pub use crate::rounded::sum::{sum_few_f32, sum_few_f64};
    pub use crate::small::{ELSEWHERE, SmallSum, expand_small, merge_small_in_place};
    pub use crate::text::integer_text::{IntegerTextError, parse_integer_total};
}

/// The README's example compiles and holds.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
