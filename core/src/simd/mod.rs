//! Vector kernels: a block of values is split into levels, with no undetected rounding.
//!
//! A window is a power of two, 2^`exponent`, well above all the values. Take it
//! for 1: then a kernel adds each value to a running total that begins at -1.5.
//! While a total stays in (-2, -1] its unit is 2^-52, so that what an addition
//! rounds off is known exactly and is at most 2^-53; it goes to a second total,
//! which begins at -1.5·2^-44 and so has the unit 2^-96, and from there to a
//! third with the unit 2^-140. Since a total's unit is fixed, the bits that it
//! has moved by are an integer: the sum of its level.
//!
//! Values are scaled to the window by a power of two: within a fused multiplication
//! that rounds only the result, or by one that is exact. Small windows are scaled up
//! to 1. Large ones are scaled up to 2^1023: a scale below 1 could make the smallest
//! numbers vanish.
//!
//! What a kernel proves, and how, is in `docs/exactness.md`. In short:
//!
//! - `inside`: no first total left its binade. The AND of all of them keeps sign
//!   and exponent if each has them. For the fields of -1 and -2^1023 and no
//!   others but infinity and NaN have more bits set; those stay to the end.
//! - Lower totals cannot leave their binade: at most 256 rests of at
//!   most half a unit are added to each.
//! - `exact` (checked kernels only): each rest was found again in the lowest
//!   total. Otherwise each addition there rounds off at most half a unit.
//!
//! The kernels are written once, in `kernel`, `dot` and `products`, for the trait of `vector`. Its
//! files have the vectors of each architecture, and plain arrays for those that have none.
//!
//! This folder is the one place in the crate with `unsafe` code.

#![allow(unsafe_code)]

#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
pub(crate) mod ascii;
mod bins;
mod columns;
mod difference;
mod digits;
mod dot;
mod elements;
mod exponents;
mod fixed;
mod floats;
mod fpenv;
mod ids;
mod integers;
mod isa;
mod kernel;
mod lanes;
mod levels;
mod nearest;
mod prefix;
mod present;
mod product_window;
mod products;
mod scale;
mod short;
mod split;
mod two_product;
mod vector;
mod widen;
mod window;
mod zeros;

pub(crate) use columns::{COLUMNS, Columns};
pub(crate) use digits::{DIGIT, Digits, PAIRS as DIGIT_PAIRS, Pairs as DigitPairs, is_normal};
pub(crate) use dot::ProductLevels;
pub(crate) use elements::{Integer, sum_bool, sum_i8, sum_i16, sum_u8, sum_u16, sum_u32};
pub(crate) use exponents::Exponents;
pub(crate) use fixed::Fields;
pub(crate) use floats::Floats;
pub(crate) use fpenv::with_default_environment;
pub(crate) use ids::Id;
pub(crate) use integers::{BLOCK_I32, BLOCK_I64, sum_block_i32, sum_block_i64, sum_block_u64};
pub use isa::Isa;
pub(crate) use lanes::{LANES, Lanes};
pub(crate) use levels::Element;
pub(crate) use prefix::{PREFIX_STEPS, PrefixLevels};
pub(crate) use product_window::{ProductSums, ProductWindow};
pub(crate) use short::SHORT_MAX;
pub(crate) use split::Split;
pub(crate) use two_product::{PAIRS, TwoProducts};
pub(crate) use window::{BLOCK, MAX_LEVELS, Window};
pub(crate) use zeros::Zeros;
