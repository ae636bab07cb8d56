//! Asking for the total and for the mean.

use crate::error::ValueError;
use crate::float::{
    BINARY32, BINARY64, CANONICAL_NAN, CANONICAL_NAN_32, Format, any_below, infinity, with_sign,
    word_at,
};
use crate::limbs::Limbs;
use crate::natural::Quotient;
use crate::sum::{Counter, ExactSum};

/// What the total is, before any rounding.
#[allow(clippy::large_enum_variant, reason = "nothing here may allocate")]
pub(crate) enum Total<const WORKING: usize, const ONE: usize> {
    /// Not a number.
    Nan,
    /// An infinity.
    Infinite {
        /// Minus infinity.
        negative: bool,
    },
    /// A whole number of units, zero included.
    Finite(Finite<WORKING, ONE>),
}

/// A finite total: a sign and a magnitude, in which 1 is 2^`ONE`.
pub(crate) struct Finite<const WORKING: usize, const ONE: usize> {
    /// The sign bit, that of a zero included.
    pub(crate) negative: bool,
    /// The absolute value.
    pub(crate) magnitude: [u64; WORKING],
}

impl<const WORKING: usize, const ONE: usize> Finite<WORKING, ONE> {
    /// The bits of the nearest float, without a sign, which may be infinity's.
    pub(crate) fn nearest(&self, format: &Format) -> u64 {
        format.nearest(&self.magnitude, false, -(ONE as i32))
    }

    /// The bits of the nearest float, without a sign, if it is finite.
    fn round(&self, format: &Format) -> Result<u64, ValueError> {
        finite_bits(format, self.nearest(format), self.negative)
    }

    /// The integer part if it is below 2^128, and whether there is a fraction.
    fn to_integer(&self) -> (Option<u128>, bool) {
        let word = |position| u128::from(word_at(&self.magnitude, position));
        let integer = word(ONE) | word(ONE + 64) << 64;
        let mut above = (ONE + 128..WORKING * 64).step_by(64);
        let fits = above.all(|position| word(position) == 0);
        (fits.then_some(integer), any_below(&self.magnitude, ONE))
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.magnitude.iter().all(|&word| word == 0)
    }
}

pub(crate) fn finite_bits(format: &Format, bits: u64, negative: bool) -> Result<u64, ValueError> {
    if format.is_infinity(bits) {
        return Err(ValueError::Overflow { negative });
    }
    Ok(bits)
}

impl<const WORKING: usize, const ONE: usize> ExactSum<WORKING, ONE> {
    /// The total as the nearest `f64`, ties to even.
    ///
    /// An exactly zero total is -0.0 if there are values and every one is -0.0,
    /// and else +0.0. A total that only rounds to zero keeps its sign. Any NaN
    /// gives the canonical NaN, and so do infinities of both signs.
    ///
    /// # Errors
    /// [`ValueError::Overflow`] if the total rounds beyond the largest finite `f64`;
    /// [`ValueError::NegativeCount`] if more NaN or infinities were taken out than put in.
    pub fn value_f64(&self) -> Result<f64, ValueError> {
        Ok(match self.total()? {
            Total::Nan => f64::from_bits(CANONICAL_NAN),
            Total::Infinite { negative } => infinity(negative),
            Total::Finite(total) => with_sign(total.round(&BINARY64)?, total.negative),
        })
    }

    /// The total as the nearest `f32`, ties to even: rounded once, never through
    /// `f64`.
    ///
    /// # Errors
    /// Those of [`ExactSum::value_f64`], for `f32`.
    pub fn value_f32(&self) -> Result<f32, ValueError> {
        let with_sign = |bits: u32, negative| f32::from_bits(bits | u32::from(negative) << 31);
        Ok(match self.total()? {
            Total::Nan => f32::from_bits(CANONICAL_NAN_32),
            Total::Infinite { negative } => with_sign(f32::INFINITY.to_bits(), negative),
            Total::Finite(total) => with_sign(total.round(&BINARY32)? as u32, total.negative),
        })
    }

    /// The total as an `i64`, if it is an integer in range.
    ///
    /// # Errors
    /// [`ValueError::NotFinite`] for NaN and infinities, [`ValueError::Fractional`] for a
    /// fraction in range, [`ValueError::Overflow`] beyond the range, and
    /// [`ValueError::NegativeCount`].
    pub fn value_i64(&self) -> Result<i64, ValueError> {
        let integer = self.integer(i64::MIN.into(), i64::MAX.into())?;
        Ok(integer as i64)
    }

    /// The total as a `u64`, if it is an integer in range.
    ///
    /// # Errors
    /// Those of [`ExactSum::value_i64`]; a negative total is [`ValueError::Overflow`].
    pub fn value_u64(&self) -> Result<u64, ValueError> {
        let integer = self.integer(0, u64::MAX.into())?;
        Ok(integer as u64)
    }

    /// The total as an `i128`, if it is an integer in range.
    ///
    /// # Errors
    /// Those of [`ExactSum::value_i64`].
    pub fn value_i128(&self) -> Result<i128, ValueError> {
        self.integer(i128::MIN, i128::MAX)
    }

    /// The total, if it is an integer from `least` to `most`.
    fn integer(&self, least: i128, most: i128) -> Result<i128, ValueError> {
        let Total::Finite(total) = self.total()? else {
            return Err(ValueError::NotFinite);
        };
        let negative = total.negative && !total.is_zero();
        let limit = if negative { least } else { most }.unsigned_abs();
        match total.to_integer() {
            (Some(size), false) if size <= limit => Ok(if negative {
                (size as i128).wrapping_neg()
            } else {
                size as i128
            }),
            // In range, if it were an integer.
            (Some(size), true) if size < limit => Err(ValueError::Fractional),
            _ => Err(ValueError::Overflow { negative }),
        }
    }

    /// The mean as the nearest `f64`: the exact total divided by the count and
    /// rounded once. Zeros, NaN and infinities are as in
    /// [`ExactSum::value_f64`].
    ///
    /// # Errors
    /// [`ValueError::NoValues`] if the count is below 1, and those of
    /// [`ExactSum::value_f64`].
    pub fn mean_f64(&self) -> Result<f64, ValueError> {
        self.check_counters()?;
        let count = self.counter(Counter::Values);
        if count < 1 {
            return Err(ValueError::NoValues);
        }
        let total = match self.total()? {
            Total::Nan => return Ok(f64::from_bits(CANONICAL_NAN)),
            Total::Infinite { negative } => return Ok(infinity(negative)),
            Total::Finite(total) => total,
        };
        let negative = total.negative;
        // A count that no state can hold.
        let count = u64::try_from(count).map_err(|_| ValueError::Overflow { negative })?;
        let bits = Quotient::of(&total.magnitude, &[count]).nearest(&BINARY64, -(ONE as i32));
        Ok(with_sign(finite_bits(&BINARY64, bits, negative)?, negative))
    }

    /// The total before rounding.
    pub(crate) fn total(&self) -> Result<Total<WORKING, ONE>, ValueError> {
        self.check_counters()?;
        let present = |counter| self.counter(counter) > 0;
        let positive = present(Counter::PositiveInfinity);
        let negative = present(Counter::NegativeInfinity);
        if present(Counter::Nan) || (positive && negative) {
            return Ok(Total::Nan);
        }
        if positive || negative {
            return Ok(Total::Infinite { negative });
        }
        if self.overflowed {
            let negative = self.limbs.is_negative();
            return Err(ValueError::Overflow { negative });
        }
        let magnitude = self.limbs.magnitude();
        let values = self.counter(Counter::Values);
        let negative_zero = self.limbs == Limbs::ZERO
            && values >= 1
            && self.counter(Counter::NegativeZeros) == values;
        Ok(Total::Finite(Finite {
            negative: negative_zero || self.limbs.is_negative(),
            magnitude,
        }))
    }

    pub(crate) fn check_counters(&self) -> Result<(), ValueError> {
        let specials = [
            Counter::Nan,
            Counter::PositiveInfinity,
            Counter::NegativeInfinity,
        ];
        if specials.iter().any(|&counter| self.counter(counter) < 0) {
            return Err(ValueError::NegativeCount);
        }
        Ok(())
    }
}

/// A result that is not negative, if it is finite.
pub(crate) fn positive(bits: u64) -> Result<f64, ValueError> {
    Ok(with_sign(finite_bits(&BINARY64, bits, false)?, false))
}
