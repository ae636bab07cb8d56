//! Variance, standard deviation and norm, each rounded once.
//!
//! With n values, sum S and sum of squares Q, the variance is
//! (n Q - S²) / (n (n - ddof)): a quotient of two integers. The formula is known
//! as a disaster where its terms are rounded. Here they are not.

use crate::counts::SpecialCounts;
use crate::error::ValueError;
use crate::float::{BINARY64, CANONICAL_NAN};
use crate::layout::ONE_OF_PRODUCTS;
use crate::moments::Moments;
use crate::natural::{Integer, Quotient};
use crate::sum::Counter;
use crate::sum::value::{Total, positive};

/// Words of n Q and of S², both below 2^(64·70), and of their difference.
const SPREAD_WORDS: usize = 71;

/// The unit of a spread: that of squares.
const UNIT: i32 = -(ONE_OF_PRODUCTS as i32);

/// n Q - S², or the like of it for two sets of values.
pub(crate) type Spread = Integer<SPREAD_WORDS>;

impl Moments {
    /// How many NaN and infinities are held; see
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

    /// The variance as the nearest `f64`: squares of distances from the mean, added
    /// up and divided by the count less `ddof`. NaN if there is NaN or an infinity.
    ///
    /// # Errors
    /// [`ValueError::TooFew`] if there are at most `ddof` values, [`ValueError::Impossible`] if
    /// no values have these sums, [`ValueError::Overflow`] and [`ValueError::NegativeCount`].
    pub fn variance_f64(&self, ddof: u64) -> Result<f64, ValueError> {
        match self.variance(ddof)? {
            None => Ok(f64::from_bits(CANONICAL_NAN)),
            Some(variance) => positive(variance.nearest(&BINARY64, UNIT)),
        }
    }

    /// The square root of the variance, as the nearest `f64`: rounded once.
    ///
    /// # Errors
    /// Those of [`Moments::variance_f64`].
    pub fn standard_deviation_f64(&self, ddof: u64) -> Result<f64, ValueError> {
        match self.variance(ddof)? {
            None => Ok(f64::from_bits(CANONICAL_NAN)),
            Some(variance) => positive(variance.square_root().nearest(&BINARY64, UNIT / 2)),
        }
    }

    /// The square root of the sum of squares, as the nearest `f64`. NaN for any
    /// NaN, else infinite for any infinity.
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

    /// Whether all values are finite.
    pub(crate) fn is_finite(&self) -> Result<bool, ValueError> {
        Ok(matches!(self.sum.total()?, Total::Finite(_)))
    }

    /// Count times squares less the square of the sum: never negative.
    pub(crate) fn spread(&self, count: u64) -> Result<Spread, ValueError> {
        let sum = self.sum.limbs.magnitude();
        let squares = self.squares.limbs.magnitude();
        if self.sum.overflowed || self.squares.overflowed {
            return Err(ValueError::Overflow { negative: false });
        }
        let negative = self.squares.limbs.is_negative();
        let scaled = Spread::product(&[count], &squares, negative);
        let spread = scaled.minus(&Spread::product(&sum, &sum, false));
        if negative || (spread.negative && !spread.is_zero()) {
            return Err(ValueError::Impossible);
        }
        Ok(spread)
    }

    fn variance(&self, ddof: u64) -> Result<Option<Quotient>, ValueError> {
        let count = self.count_above(ddof)?;
        if !self.is_finite()? {
            return Ok(None);
        }
        let spread = self.spread(count)?;
        Ok(Some(Quotient::of(&spread.magnitude, &degrees(count, ddof))))
    }
}

/// `count`·(`count` - `ddof`), as words.
pub(crate) fn degrees(count: u64, ddof: u64) -> [u64; 2] {
    let product = u128::from(count) * u128::from(count - ddof);
    [product as u64, (product >> 64) as u64]
}
