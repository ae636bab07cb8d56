//! Reading a state in memory without decoding all of it.
//!
//! Words are in native byte order, with any alignment. Each function returns the same
//! value as decoding the state and reading that, or `None` if the state has failed or
//! is damaged, if there is NaN or an infinity, if the result is an error, or if it
//! depends on more than a few limbs.

use crate::float::{BINARY32, BINARY64, Format, with_sign, with_sign_32};
use crate::limbs::any_in_use;
use crate::state::parts::Parts;
use crate::sum::nearest::{nearest, nearest_quotient};
use crate::sum::{Counter, ExactSum};

impl<const WORKING: usize, const ONE: usize> ExactSum<WORKING, ONE> {
    const UNIT: i32 = -(ONE as i32);

    /// [`ExactSum::value_f64`] of a state in memory, if a few limbs say it.
    #[inline]
    pub fn value_f64_in_place(words: &[[u8; 8]]) -> Option<f64> {
        let (negative, bits) = Self::nearest_in_place(words, &BINARY64)?;
        Some(with_sign(bits, negative))
    }

    /// [`ExactSum::value_f32`] of a state in memory, if a few limbs say it.
    #[inline]
    pub fn value_f32_in_place(words: &[[u8; 8]]) -> Option<f32> {
        let (negative, bits) = Self::nearest_in_place(words, &BINARY32)?;
        Some(with_sign_32(bits as u32, negative))
    }

    #[inline]
    fn nearest_in_place(words: &[[u8; 8]], format: &Format) -> Option<(bool, u64)> {
        let sum = Self::finite_in_place(words)?;
        let [values, negative_zeros, ..] = sum.counters;
        let zero = || (values >= 1 && negative_zeros == values, 0);
        let (negative, bits) = nearest(sum.limbs, format, Self::UNIT).unwrap_or_else(zero);
        (!format.is_infinity(bits)).then_some((negative, bits))
    }

    /// [`ExactSum::mean_f64`] of a state in memory, if a few limbs say it.
    #[inline]
    pub fn mean_f64_in_place(words: &[[u8; 8]]) -> Option<f64> {
        let sum = Self::finite_in_place(words)?;
        let count = u64::try_from(sum.counters[Counter::Values as usize]).ok()?;
        if count == 0 {
            return None;
        }
        let (negative, bits) = nearest_quotient(sum.limbs, count, &BINARY64, Self::UNIT)?;
        (!BINARY64.is_infinity(bits)).then_some(with_sign(bits, negative))
    }

    /// [`ExactSum::value_i128`] of a state in memory, if two limbs hold it.
    #[inline]
    pub fn value_i128_in_place(words: &[[u8; 8]]) -> Option<i128> {
        let sum = Self::finite_in_place(words)?;
        let (below, rest) = sum.limbs.split_at_checked(ONE / 64)?;
        let (two, above) = rest.split_first_chunk::<2>()?;
        let [low, high] = two.map(i64::from_ne_bytes);
        let total = (i128::from(high) << 64).checked_add(low.into())?;
        let fraction = total & ((1 << (ONE % 64)) - 1);
        let is_whole = fraction == 0 && !any_in_use(below) && !any_in_use(above);
        is_whole.then_some(total >> (ONE % 64))
    }

    /// [`ExactSum::value_i64`] of a state in memory, if a few limbs say it.
    #[inline]
    pub fn value_i64_in_place(words: &[[u8; 8]]) -> Option<i64> {
        Self::value_i128_in_place(words)?.try_into().ok()
    }

    /// [`ExactSum::value_u64`] of a state in memory, if a few limbs say it.
    #[inline]
    pub fn value_u64_in_place(words: &[[u8; 8]]) -> Option<u64> {
        Self::value_i128_in_place(words)?.try_into().ok()
    }

    #[inline]
    fn finite_in_place(words: &[[u8; 8]]) -> Option<Parts<'_>> {
        Parts::of(words, WORKING - 1).filter(Parts::is_finite)
    }
}
