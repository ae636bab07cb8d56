//! Sums of decimal numbers as they are written.
//!
//! A word such as `-1234.56` is a whole multiple of 10^-342, so a total of such
//! words is one (large) integer, held in limbs of 18 decimal digits: nothing is
//! ever converted to binary. `docs/decimals.md` says why nothing is lost.

mod limbs;
mod number;
mod state;
mod text;
mod value;
mod words;

pub use limbs::{FRACTION_DIGITS, INTEGER_DIGITS};
pub use number::{ShortDecimal, WordError};
pub use state::{DECIMAL_SAVED_MAX, DECIMAL_WORDS};
pub use text::Digits;
pub use words::BadDecimal;

use crate::counts::{SpecialCounts, nearest_i64};
use crate::decimal::limbs::Limbs;
use crate::decimal::number::{Number, parse};
use crate::error::Part;
use crate::float::Special;
use crate::integers::sum_i64;
use crate::sum::step_counter;

/// The number of counters.
const COUNTERS: usize = 4;

/// The counters, in the state's order.
#[derive(Clone, Copy, Debug)]
enum Counter {
    /// All values, NaNs and infinities included.
    Values,
    /// Those that are NaN.
    Nan,
    /// Those that are plus infinity.
    PositiveInfinity,
    /// Those that are minus infinity.
    NegativeInfinity,
}

/// What they count.
const PARTS: [Part; COUNTERS] = [
    Part::Values,
    Part::Nan,
    Part::PositiveInfinity,
    Part::NegativeInfinity,
];

/// An exact decimal total, as it is held within one call.
///
/// The total is one integer in units of 10^-342, beside counts of the values and
/// of those that are no part of an integer, and the scale: the most digits after
/// the point that any of the values was written with. Counts are signed, and
/// subtracting takes out exactly what adding put in, but for the scale, which
/// only grows: so the total is always a multiple of 10^-scale.
///
/// There is room above the range of a state. Only [`Stored::to_words`](crate::Stored::to_words) and
/// [`Stored::save`](crate::Stored::save) check that range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    limbs: Limbs,
    counters: [i128; COUNTERS],
    scale: u16,
    /// The total or a counter left even the working form. A total that is lost
    /// stays lost.
    overflowed: bool,
}

impl Default for Decimal {
    fn default() -> Self {
        Self::new()
    }
}

impl Decimal {
    /// The sum of nothing.
    pub const fn new() -> Self {
        Decimal {
            limbs: Limbs::ZERO,
            counters: [0; COUNTERS],
            scale: 0,
            overflowed: false,
        }
    }

    /// Adds the number that `word` says, without blanks around it; a word that is
    /// refused changes nothing.
    ///
    /// # Errors
    /// [`WordError`] if `word` is not a number, or has digits outside the range.
    pub fn add_word(&mut self, word: &[u8]) -> Result<(), WordError> {
        self.add_written::<false>(word)
    }

    /// Takes out the number that `word` says: undoes [`Decimal::add_word`], but
    /// for the scale.
    ///
    /// # Errors
    /// Those of [`Decimal::add_word`].
    pub fn subtract_word(&mut self, word: &[u8]) -> Result<(), WordError> {
        self.add_written::<true>(word)
    }

    /// Adds each of `values` times 10^-`scale`; a `scale` above 342 counts as 342.
    pub fn add_scaled(&mut self, values: &[i64], scale: u16) {
        self.add_integers::<false>(values, scale);
    }

    /// Takes out each of `values` times 10^-`scale`: undoes
    /// [`Decimal::add_scaled`], but for the scale.
    pub fn subtract_scaled(&mut self, values: &[i64], scale: u16) {
        self.add_integers::<true>(values, scale);
    }

    /// Adds all that `from` holds.
    pub fn merge(&mut self, from: &Decimal) {
        self.merge_from::<false>(from);
    }

    /// Takes out all that `from` holds: undoes [`Decimal::merge`], but for the
    /// scale.
    pub fn unmerge(&mut self, from: &Decimal) {
        self.merge_from::<true>(from);
    }

    /// How many values are held: added less subtracted. A count beyond `i64`,
    /// which no state can hold, is given as the nearest `i64`.
    pub fn count(&self) -> i64 {
        nearest_i64(self.counter(Counter::Values))
    }

    /// How many NaN and infinities are held: added less subtracted.
    pub fn special_counts(&self) -> SpecialCounts {
        SpecialCounts::of([
            self.counter(Counter::Nan),
            self.counter(Counter::PositiveInfinity),
            self.counter(Counter::NegativeInfinity),
        ])
    }

    /// The most digits after the point that any value was written with.
    pub fn scale(&self) -> u16 {
        self.scale
    }

    /// [`Decimal::add_word`], or [`Decimal::subtract_word`].
    #[inline]
    fn add_written<const SUBTRACT: bool>(&mut self, word: &[u8]) -> Result<(), WordError> {
        match ShortDecimal::parse(word) {
            Some(short) => self.add_short::<SUBTRACT>(short),
            None => {
                self.add_long::<SUBTRACT>(word)?;
                self.step::<SUBTRACT>(Counter::Values, 1);
            }
        }
        Ok(())
    }

    #[inline]
    fn add_short<const SUBTRACT: bool>(&mut self, short: ShortDecimal) {
        self.overflowed |= short.add_to::<SUBTRACT>(&mut self.limbs);
        self.scale = self.scale.max(short.scale);
        self.step::<SUBTRACT>(Counter::Values, 1);
    }

    /// Adds what is no short number, apart from its count as a value.
    #[cold]
    fn add_long<const SUBTRACT: bool>(&mut self, word: &[u8]) -> Result<(), WordError> {
        match parse(word).ok_or(WordError::NotANumber)? {
            Number::Finite(number) => {
                self.overflowed |= number.add_to::<SUBTRACT>(&mut self.limbs)?;
                self.scale = self.scale.max(number.scale());
            }
            Number::Special(special) => {
                let counter = match special {
                    Special::Nan => Counter::Nan,
                    Special::PositiveInfinity => Counter::PositiveInfinity,
                    Special::NegativeInfinity => Counter::NegativeInfinity,
                };
                self.step::<SUBTRACT>(counter, 1);
            }
        }
        Ok(())
    }

    fn add_integers<const SUBTRACT: bool>(&mut self, values: &[i64], scale: u16) {
        if values.is_empty() {
            return;
        }
        let scale = scale.min(FRACTION_DIGITS);
        let total = sum_i64(values);
        // A slice's total is below 2^124 in size: negating cannot overflow.
        let total = if SUBTRACT { -total } else { total };
        self.overflowed |= self
            .limbs
            .add_i128(total, usize::from(FRACTION_DIGITS - scale));
        self.scale = self.scale.max(scale);
        self.step::<SUBTRACT>(Counter::Values, values.len() as i128);
    }

    fn merge_from<const SUBTRACT: bool>(&mut self, from: &Decimal) {
        self.overflowed |= from.overflowed | self.limbs.merge::<SUBTRACT>(&from.limbs);
        self.scale = self.scale.max(from.scale);
        for (counter, &by) in self.counters.iter_mut().zip(&from.counters) {
            self.overflowed |= step_counter::<SUBTRACT>(counter, by);
        }
    }

    #[inline]
    fn counter(&self, counter: Counter) -> i128 {
        self.counters[counter as usize]
    }

    /// Raises a counter, or lowers it if `SUBTRACT`.
    #[inline]
    fn step<const SUBTRACT: bool>(&mut self, counter: Counter, by: i128) {
        self.overflowed |= step_counter::<SUBTRACT>(&mut self.counters[counter as usize], by);
    }
}
