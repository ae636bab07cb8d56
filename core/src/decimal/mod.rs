//! Sums of decimal numbers as they are written.
//!
//! A word such as `-1234.56` is a whole multiple of 10^-342, so a total of such
//! words is one (large) integer, held in limbs of 18 decimal digits: nothing is
//! ever converted to binary. `docs/decimals.md` says why nothing is lost.

mod doubles;
mod limbs;
mod number;
mod products;
mod rounding;
mod run;
mod state;
mod text;
mod value;
mod wide;
mod words;

pub use limbs::{FRACTION_DIGITS, INTEGER_DIGITS};
pub use number::{FieldError, ShortDecimal, WordError};
pub use products::ProductOutOfRange;
pub use rounding::Rounding;
pub use state::{DECIMAL_SAVED_MAX, DECIMAL_WORDS};
pub use text::Digits;
pub use wide::WideTotal;
pub use words::BadDecimal;

use crate::counts::{SpecialCounts, nearest_i64};
use crate::decimal::limbs::Limbs;
use crate::decimal::number::{Number, Written, first_bad, parse};
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

impl From<Special> for Counter {
    fn from(special: Special) -> Self {
        match special {
            Special::Nan => Counter::Nan,
            Special::PositiveInfinity => Counter::PositiveInfinity,
            Special::NegativeInfinity => Counter::NegativeInfinity,
        }
    }
}

/// What they count.
const PARTS: [Part; COUNTERS] = [
    Part::Values,
    Part::Nan,
    Part::PositiveInfinity,
    Part::NegativeInfinity,
];

/// An exact decimal total.
///
/// It consists of one integer in units of 10^-342, counts of the values, of NaN and of
/// infinities, and the scale: the largest number of digits after the point that any of
/// the values was written with. Counts are signed, and subtracting undoes adding
/// exactly, except for the scale, which only grows: so the total is always a multiple
/// of 10^-scale.
///
/// It has room beyond the range of a state. Only
/// [`Stored::to_words`](crate::Stored::to_words) and
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
    /// The empty sum.
    pub const fn new() -> Self {
        Decimal {
            limbs: Limbs::ZERO,
            counters: [0; COUNTERS],
            scale: 0,
            overflowed: false,
        }
    }

    /// Adds the number in `word`, without blanks around it. A word that is refused
    /// changes nothing.
    ///
    /// # Errors
    /// [`WordError`] if `word` is not a number, or has digits outside the range.
    pub fn add_word(&mut self, word: &[u8]) -> Result<(), WordError> {
        self.add_written::<false>(word)
    }

    /// Subtracts the number in `word`: the inverse of [`Decimal::add_word`], except for
    /// the scale.
    ///
    /// # Errors
    /// Those of [`Decimal::add_word`].
    pub fn subtract_word(&mut self, word: &[u8]) -> Result<(), WordError> {
        self.add_written::<true>(word)
    }

    /// Adds the number in `text`, which must be exactly one finite number. A text that
    /// is refused changes nothing.
    ///
    /// # Errors
    /// [`FieldError`] if `text` is anything else, or has digits outside the range.
    pub fn add_one_text(&mut self, text: &[u8]) -> Result<(), FieldError> {
        self.add_field::<false>(text)
    }

    /// Subtracts the number in `text`: the inverse of [`Decimal::add_one_text`], except
    /// for the scale.
    ///
    /// # Errors
    /// Those of [`Decimal::add_one_text`].
    pub fn subtract_one_text(&mut self, text: &[u8]) -> Result<(), FieldError> {
        self.add_field::<true>(text)
    }

    /// Adds each of `values` times 10^-`scale`; a `scale` above 342 counts as 342.
    pub fn add_scaled(&mut self, values: &[i64], scale: u16) {
        self.add_slice::<false>(values, scale);
    }

    /// Subtracts each of `values` times 10^-`scale`: the inverse of
    /// [`Decimal::add_scaled`], except for the scale.
    pub fn subtract_scaled(&mut self, values: &[i64], scale: u16) {
        self.add_slice::<true>(values, scale);
    }

    /// Adds each of `values` times 10^-`scale`; a `scale` above 342 counts as 342.
    pub fn add_scaled_i128(&mut self, values: &[i128], scale: u16) {
        self.add_integers::<false>(values.iter().copied(), values.len() as i128, scale);
    }

    /// Subtracts each of `values` times 10^-`scale`: the inverse of
    /// [`Decimal::add_scaled_i128`], except for the scale.
    pub fn subtract_scaled_i128(&mut self, values: &[i128], scale: u16) {
        self.add_integers::<true>(values.iter().copied(), values.len() as i128, scale);
    }

    /// Adds the contents of `from`.
    pub fn merge(&mut self, from: &Decimal) {
        self.merge_from::<false>(from);
    }

    /// Subtracts the contents of `from`: the inverse of [`Decimal::merge`], except for
    /// the scale.
    pub fn unmerge(&mut self, from: &Decimal) {
        self.merge_from::<true>(from);
    }

    /// The number of values added less the number subtracted. A count beyond `i64`, which
    /// no state can hold, is returned as the nearest `i64`.
    pub fn count(&self) -> i64 {
        nearest_i64(self.counter(Counter::Values))
    }

    /// The numbers of NaN and infinities added less those subtracted.
    pub fn special_counts(&self) -> SpecialCounts {
        SpecialCounts::of([
            self.counter(Counter::Nan),
            self.counter(Counter::PositiveInfinity),
            self.counter(Counter::NegativeInfinity),
        ])
    }

    /// The largest number of digits after the point that any value was written with.
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

    fn add_field<const SUBTRACT: bool>(&mut self, text: &[u8]) -> Result<(), FieldError> {
        if let Some(short) = ShortDecimal::parse(text) {
            self.add_short::<SUBTRACT>(short);
            return Ok(());
        }
        match parse(text) {
            Some(Number::Finite(number)) => {
                self.add_finite::<SUBTRACT>(&number)?;
                self.step::<SUBTRACT>(Counter::Values, 1);
                Ok(())
            }
            _ => Err(FieldError::NotANumber {
                offset: first_bad(text),
            }),
        }
    }

    /// Adds a number, apart from its count as a value.
    fn add_finite<const SUBTRACT: bool>(&mut self, number: &Written<'_>) -> Result<(), WordError> {
        self.overflowed |= number.add_to::<SUBTRACT>(&mut self.limbs)?;
        self.scale = self.scale.max(number.scale());
        Ok(())
    }

    #[inline]
    fn add_short<const SUBTRACT: bool>(&mut self, short: ShortDecimal) {
        self.overflowed |= short.add_to::<SUBTRACT>(&mut self.limbs);
        self.scale = self.scale.max(short.scale);
        self.step::<SUBTRACT>(Counter::Values, 1);
    }

    /// Adds any other number than a short one, apart from its count as a value.
    #[cold]
    fn add_long<const SUBTRACT: bool>(&mut self, word: &[u8]) -> Result<(), WordError> {
        match parse(word).ok_or(WordError::NotANumber)? {
            Number::Finite(number) => self.add_finite::<SUBTRACT>(&number),
            Number::Special(special) => {
                self.step::<SUBTRACT>(special.into(), 1);
                Ok(())
            }
        }
    }

    fn add_slice<const SUBTRACT: bool>(&mut self, values: &[i64], scale: u16) {
        self.add_total::<SUBTRACT>(sum_i64(values), values.len() as i128, scale);
    }

    /// Adds the total of `count` integers.
    pub(crate) fn add_total<const SUBTRACT: bool>(&mut self, total: i128, count: i128, scale: u16) {
        self.add_integers::<SUBTRACT>(std::iter::once(total), count, scale);
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
