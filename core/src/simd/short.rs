//! The sum of a few values as two columns of integers: a plain loop, compiled once for
//! each set of instructions. Where there are too few for vectors, and they are close
//! together, one integer is faster.

use crate::float::{Binary, Format};
use crate::layout::ONE;
use crate::simd::isa::{Isa, compiled};

/// The most values of a short sum.
pub(crate) const SHORT_MAX: usize = 32;

/// Values side by side.
const LANES: usize = 8;

/// Bits of room above the largest significand: for [`SHORT_MAX`] values and the sign.
const ROOM: u32 = 6;

/// Bits of the lower column.
const LOWER: u32 = 58;

/// The sum of a few values.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ShortSum {
    /// In units of [`ShortSum::unit`].
    pub(crate) sum: i128,
    /// What one of the sum is worth: 2^`unit` of the least significand's unit there is.
    /// It may be below 0.
    pub(crate) unit: i32,
    /// Nothing was cut off. If something may have been, each value lost less than 1.
    pub(crate) exact: bool,
}

/// The columns: what lies above a value's cut, and [`LOWER`] bits below.
#[derive(Clone, Copy)]
struct Columns {
    upper: [i64; LANES],
    lower: [i64; LANES],
    /// The OR of what lies below both.
    lost: [u64; LANES],
}

impl Columns {
    const EMPTY: Self = Columns {
        upper: [0; LANES],
        lower: [0; LANES],
        lost: [0; LANES],
    };

    /// Adds values that lie below the top, `top` being the largest exponent field; those
    /// of the first `skip` lanes count as zeros.
    #[inline(always)]
    fn add<T: Binary>(&mut self, values: &[T; LANES], top: usize, skip: usize) {
        let room = 63 - T::FRACTION_BITS - ROOM;
        for (lane, value) in values.iter().enumerate() {
            let bits = value.bits() & (u64::from(lane < skip)).wrapping_sub(1);
            let exponent = T::exponent(bits);
            let fraction = bits & ((1 << T::FRACTION_BITS) - 1);
            let hidden = u64::from(exponent != 0) << T::FRACTION_BITS;
            let size = (fraction | hidden) << room;
            let sign = -i64::from(bits & T::SIGN != 0);
            // Shifts of 64 and more leave nothing. Of what is further down than 64, some
            // may be lost.
            let down = (T::position(top) - T::position(exponent)) as u64;
            let shift_down = |by: u64| if by < 64 { size >> by } else { 0 };
            let shift_up = |by: u64| if by < 64 { size << by } else { 0 };
            let below = shift_up(64_u64.wrapping_sub(down)) | shift_down(down.wrapping_sub(64));
            let (upper, lower) = (shift_down(down), below >> (64 - LOWER));
            self.upper[lane] += (upper as i64 ^ sign) - sign;
            self.lower[lane] += (lower as i64 ^ sign) - sign;
            self.lost[lane] |= below << LOWER | u64::from(down > 64 && size != 0);
        }
    }
}

/// Very few values, by integers of the least one's unit, if they are finite and not wide.
#[inline]
fn sum_close<T: Binary>(values: &[T]) -> Option<ShortSum> {
    /// Powers of two up to here are positive in 64 bits; [`SHORT_MAX`] significands times
    /// them stay below 2^120.
    const WIDEST: usize = 62;

    let (mut highest, mut lowest) = (0, T::SPECIAL);
    for value in values {
        let bits = value.bits();
        let exponent = T::exponent(bits);
        highest = highest.max(exponent);
        // Zeros may lie lower, and may stay there.
        let is_zero = bits & !T::SIGN == 0;
        lowest = lowest.min(if is_zero { T::SPECIAL } else { exponent });
    }
    // Of zeros alone, it is as good as any.
    lowest = lowest.min(highest);
    if highest == T::SPECIAL || highest - lowest > WIDEST {
        return None;
    }
    let position = T::position(lowest);
    let mut sum = 0;
    for value in values {
        let bits = value.bits();
        let shift = T::position(T::exponent(bits)).saturating_sub(position);
        // A product of words is faster than a shift of two.
        sum += i128::from(T::significand(bits)) * i128::from(1_i64 << (shift % 64));
    }
    Some(ShortSum {
        sum,
        unit: position as i32,
        exact: true,
    })
}

/// `None` if there is NaN or an infinity, or there are no values.
#[inline(always)]
fn sum<T: Binary>(values: &[T]) -> Option<ShortSum> {
    let Some(last) = values.last_chunk::<LANES>() else {
        let mut padded = [*values.first()?; LANES];
        let skip = LANES - values.len();
        for (place, &value) in padded[skip..].iter_mut().zip(values) {
            *place = value;
        }
        return sum_chunks(&[], &padded, skip);
    };
    let (whole, rest) = values.as_chunks::<LANES>();
    if rest.is_empty() {
        let (last, before) = whole.split_last()?;
        sum_chunks(before, last, 0)
    } else {
        sum_chunks(whole, last, LANES - rest.len())
    }
}

/// The sum of whole chunks and a last one, whose first `skip` lanes count as zeros.
#[inline(always)]
fn sum_chunks<T: Binary>(whole: &[[T; LANES]], last: &[T; LANES], skip: usize) -> Option<ShortSum> {
    // As many as there may be, so that none is left to a loop: lanes are what vectors are
    // to take.
    const MOST: usize = SHORT_MAX / LANES - 1;
    let mut highest = last.map(|value| value.bits() & !T::SIGN);
    for index in 0..MOST {
        if let Some(values) = whole.get(index) {
            for lane in 0..LANES {
                highest[lane] = highest[lane].max(values[lane].bits() & !T::SIGN);
            }
        }
    }
    let top = T::exponent(highest.into_iter().fold(0, u64::max));
    let mut columns = Columns::EMPTY;
    columns.add(last, top, skip);
    for index in 0..MOST {
        if let Some(values) = whole.get(index) {
            columns.add(values, top, 0);
        }
    }
    let total = |column: [i64; LANES]| column.into_iter().sum::<i64>();
    let (upper, lower) = (total(columns.upper), total(columns.lower));
    let lost = columns.lost.into_iter().fold(0, |all, lost| all | lost);
    (top != T::SPECIAL).then(|| ShortSum {
        sum: (i128::from(upper) << LOWER) + i128::from(lower),
        unit: T::position(top) as i32 - (63 - T::FRACTION_BITS - ROOM + LOWER) as i32,
        exact: lost == 0,
    })
}

impl ShortSum {
    /// Sign and bits of the sum in this format, if it is finite, not zero, and certain.
    #[inline(always)]
    fn rounded(&self, count: usize, format: &Format) -> Option<(bool, u64)> {
        let bound = if self.exact { 0 } else { count as u128 };
        format.nearest_if_certain(self.sum, bound, self.unit - ONE as i32)
    }
}

#[inline(always)]
fn rounded<T: Binary>(values: &[T], format: &Format) -> Option<(bool, u64)> {
    sum(values)?.rounded(values.len(), format)
}

impl Isa {
    /// The sum of at most [`SHORT_MAX`] values, by integers; `None` if there is NaN or an
    /// infinity.
    #[inline]
    pub(crate) fn short_sum<T: Binary>(self, values: &[T]) -> Option<ShortSum> {
        let close = self.short_sum_close(values);
        if close.is_some() {
            return close;
        }
        compiled!(self, [T: Binary] sum(values: &[T]) -> Option<ShortSum>)
    }

    /// Sign and bits of the sum of at most [`SHORT_MAX`] values, if it is finite, not zero,
    /// and certain.
    #[inline]
    pub(crate) fn short_rounded<T: Binary>(
        self,
        values: &[T],
        format: &Format,
    ) -> Option<(bool, u64)> {
        if let Some(close) = self.short_sum_close(values) {
            return close.rounded(values.len(), format);
        }
        compiled!(self, [T: Binary]
            rounded(values: &[T], format: &Format) -> Option<(bool, u64)>)
    }

    #[inline]
    fn short_sum_close<T: Binary>(self, values: &[T]) -> Option<ShortSum> {
        assert!(values.len() <= SHORT_MAX);
        if values.len() < LANES || self == Self::PORTABLE {
            sum_close(values)
        } else {
            None
        }
    }
}
