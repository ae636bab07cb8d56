//! Reading the total and the mean.

use std::cmp::Ordering;

use crate::error::ValueError;
use crate::float::{
    BINARY32, BINARY64, CANONICAL_NAN, CANONICAL_NAN_32, Format, any_below, infinity, with_sign,
    with_sign_32, word_at,
};
use crate::limbs::sign;
use crate::natural::Quotient;
use crate::sum::nearest::{nearest, nearest_quotient};
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

/// What kind of number the total is.
enum Kind {
    Nan,
    Infinite { negative: bool },
    Finite,
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
    /// A total of exactly zero is -0.0 if there are values and all are -0.0, and +0.0
    /// otherwise. A nonzero total that rounds to zero keeps its sign. Any NaN gives the
    /// canonical NaN, and so do infinities of both signs.
    ///
    /// # Errors
    /// [`ValueError::Overflow`] if the total rounds beyond the largest finite `f64`;
    /// [`ValueError::NegativeCount`] if more NaN or infinities were subtracted than
    /// added.
    pub fn value_f64(&self) -> Result<f64, ValueError> {
        Ok(match self.kind()? {
            Kind::Nan => f64::from_bits(CANONICAL_NAN),
            Kind::Infinite { negative } => infinity(negative),
            Kind::Finite => {
                let (negative, bits) = self.round(&BINARY64)?;
                with_sign(bits, negative)
            }
        })
    }

    /// The total as the nearest `f32`, ties to even: rounded once, never through
    /// `f64`.
    ///
    /// # Errors
    /// Those of [`ExactSum::value_f64`], for `f32`.
    pub fn value_f32(&self) -> Result<f32, ValueError> {
        Ok(match self.kind()? {
            Kind::Nan => f32::from_bits(CANONICAL_NAN_32),
            Kind::Infinite { negative } => with_sign_32(f32::INFINITY.to_bits(), negative),
            Kind::Finite => {
                let (negative, bits) = self.round(&BINARY32)?;
                with_sign_32(bits as u32, negative)
            }
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
        match self.kind()? {
            Kind::Nan => return Ok(f64::from_bits(CANONICAL_NAN)),
            Kind::Infinite { negative } => return Ok(infinity(negative)),
            Kind::Finite => {}
        }
        let negative = self.is_negative();
        // A count that no state can hold.
        let count = u64::try_from(count).map_err(|_| ValueError::Overflow { negative })?;
        let unit = -(ONE as i32);
        let nearest = nearest_quotient(self.limbs.as_slice(), count, &BINARY64, unit);
        let (_, bits) = nearest.unwrap_or_else(|| {
            let quotient = Quotient::of(&self.limbs.magnitude(), &[count]);
            (negative, quotient.nearest(&BINARY64, unit))
        });
        Ok(with_sign(finite_bits(&BINARY64, bits, negative)?, negative))
    }

    /// The total before rounding.
    pub(crate) fn total(&self) -> Result<Total<WORKING, ONE>, ValueError> {
        Ok(match self.kind()? {
            Kind::Nan => Total::Nan,
            Kind::Infinite { negative } => Total::Infinite { negative },
            Kind::Finite => Total::Finite(Finite {
                negative: self.is_negative(),
                magnitude: self.limbs.magnitude(),
            }),
        })
    }

    fn kind(&self) -> Result<Kind, ValueError> {
        self.check_counters()?;
        let present = |counter| self.counter(counter) > 0;
        let positive = present(Counter::PositiveInfinity);
        let negative = present(Counter::NegativeInfinity);
        if present(Counter::Nan) || (positive && negative) {
            return Ok(Kind::Nan);
        }
        if positive || negative {
            return Ok(Kind::Infinite { negative });
        }
        if self.overflowed {
            let negative = self.limbs.is_negative();
            return Err(ValueError::Overflow { negative });
        }
        Ok(Kind::Finite)
    }

    /// Whether all values are finite, and the total is known.
    pub(crate) fn is_finite(&self) -> Result<bool, ValueError> {
        Ok(matches!(self.kind()?, Kind::Finite))
    }

    /// The sign bit of a finite total.
    fn is_negative(&self) -> bool {
        match sign(self.limbs.as_slice()) {
            Ordering::Equal => self.is_negative_zero(),
            sign => sign.is_lt(),
        }
    }

    /// Whether a total of zero is -0.0.
    fn is_negative_zero(&self) -> bool {
        let values = self.counter(Counter::Values);
        values >= 1 && self.counter(Counter::NegativeZeros) == values
    }

    /// The sign and the bits of the float nearest to a finite total, if it is finite.
    fn round(&self, format: &Format) -> Result<(bool, u64), ValueError> {
        let nearest = nearest(self.limbs.as_slice(), format, -(ONE as i32));
        let (negative, bits) = nearest.unwrap_or_else(|| (self.is_negative_zero(), 0));
        Ok((negative, finite_bits(format, bits, negative)?))
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
