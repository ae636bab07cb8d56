//! Variance, standard deviation and norm, each rounded once.

use crate::counts::SpecialCounts;
use crate::error::ValueError;
use crate::float::{BINARY64, CANONICAL_NAN};
use crate::layout::{LIMBS, PRODUCT_LIMBS};
use crate::moments::Moments;
use crate::moments::exact::{self, Sums};
use crate::natural::{Number, Quotient};
use crate::sum::value::positive;
use crate::sum::{Counter, ExactSum};

impl Moments {
    /// The numbers of NaN and infinities; see
    /// [`ExactSum::special_counts`](crate::ExactSum::special_counts).
    pub fn special_counts(&self) -> SpecialCounts {
        self.sum.special_counts()
    }

    /// The total; see [`ExactSum::value_f64`](crate::ExactSum::value_f64).
    ///
    /// # Errors
    /// Those of [`ExactSum::value_f64`](crate::ExactSum::value_f64).
    pub fn sum_f64(&self) -> Result<f64, ValueError> {
        self.sum.value_f64()
    }

    /// The mean; see [`ExactSum::mean_f64`](crate::ExactSum::mean_f64).
    ///
    /// # Errors
    /// Those of [`ExactSum::mean_f64`](crate::ExactSum::mean_f64).
    pub fn mean_f64(&self) -> Result<f64, ValueError> {
        self.sum.mean_f64()
    }

    /// The variance as the nearest `f64`: the sum of squared distances from the mean,
    /// divided by the count less `ddof`. NaN if any value is NaN or infinite.
    ///
    /// # Errors
    /// [`ValueError::TooFew`] if there are at most `ddof` values, [`ValueError::Impossible`] if
    /// no values have these sums, [`ValueError::Overflow`] and [`ValueError::NegativeCount`].
    pub fn variance_f64(&self, ddof: u64) -> Result<f64, ValueError> {
        match self.variance(ddof)? {
            None => Ok(f64::from_bits(CANONICAL_NAN)),
            Some(variance) => positive(variance.nearest(&BINARY64, 0)),
        }
    }

    /// The square root of the variance, as the nearest `f64`: rounded once.
    ///
    /// # Errors
    /// Those of [`Moments::variance_f64`].
    pub fn standard_deviation_f64(&self, ddof: u64) -> Result<f64, ValueError> {
        match self.variance(ddof)? {
            None => Ok(f64::from_bits(CANONICAL_NAN)),
            Some(variance) => positive(variance.square_root().nearest(&BINARY64, 0)),
        }
    }

    /// The square root of the sum of squares, as the nearest `f64`. NaN if any value is
    /// NaN, otherwise infinite if any is infinite.
    ///
    /// # Errors
    /// [`ValueError::Impossible`] if the sum of squares is negative, [`ValueError::Overflow`]
    /// and [`ValueError::NegativeCount`].
    pub fn norm_f64(&self) -> Result<f64, ValueError> {
        self.sum.check_counters()?;
        self.squares.root_f64()
    }

    /// The count, if it is above `ddof`.
    pub(crate) fn count_above(&self, ddof: u64) -> Result<u64, ValueError> {
        self.sum.check_counters()?;
        let count = self.sum.counter(Counter::Values);
        if count <= i128::from(ddof) {
            return Err(ValueError::TooFew);
        }
        // Above 2^64 there is no state, and no way to get here.
        u64::try_from(count).map_err(|_| ValueError::Overflow { negative: false })
    }

    /// The sums as integers, if all values are finite.
    pub(super) fn sums<'a>(&self, place: &'a mut Place) -> Result<Option<Sums<'a>>, ValueError> {
        if !self.sum.is_finite()? {
            return Ok(None);
        }
        if self.squares.overflowed {
            return Err(ValueError::Overflow { negative: false });
        }
        Ok(Some(Sums {
            sum: number(&self.sum, &mut place.sum.0),
            squares: number(&self.squares, &mut place.squares.0),
        }))
    }

    fn variance(&self, ddof: u64) -> Result<Option<Quotient>, ValueError> {
        let count = self.count_above(ddof)?;
        let mut place = Place::default();
        let sums = self.sums(&mut place)?;
        sums.map(|sums| exact::variance(count, ddof, &sums))
            .transpose()
    }
}

/// Room for the words of a total.
pub(crate) struct Words<const WORKING: usize>(pub(crate) [u64; WORKING]);

impl<const WORKING: usize> Default for Words<WORKING> {
    fn default() -> Self {
        Words([0; WORKING])
    }
}

/// Room for the words of the totals of moments.
#[derive(Default)]
pub(super) struct Place {
    sum: Words<{ LIMBS + 1 }>,
    squares: Words<{ PRODUCT_LIMBS + 1 }>,
}

/// A finite total.
pub(crate) fn number<'a, const WORKING: usize, const ONE: usize>(
    sum: &ExactSum<WORKING, ONE>,
    words: &'a mut [u64; WORKING],
) -> Number<'a> {
    let negative = sum.limbs.is_negative();
    let (first, words) = sum.limbs.magnitude_in_use(words);
    Number::new(negative, words, 64 * first as i32 - ONE as i32)
}
