//! The small accumulator: 64 bytes for a sum of limited width.

mod in_place;
mod state;
mod words;

pub use in_place::{expand_small, merge_small_in_place};
pub use state::SmallSum;
pub use words::ELSEWHERE;

use crate::counts::SpecialCounts;
use crate::error::{BadState, LoadError, OutOfRange, ValueError};
use crate::layout::SMALL_STATE_WORDS;
use crate::state::{Accumulate, Saved, Stored};
use crate::sum::Accumulator;

/// The exact total of doubles in 64 bytes, for programs that keep many of them, such as
/// one for each group.
///
/// It holds six adjacent 64-bit limbs of an [`Accumulator`], enough for values that
/// span about 260 binades, whatever their magnitude, and counts of up to 2^17 - 1
/// negative zeros and NaN and 2^10 - 1 infinities of each sign. An operation whose
/// result does not fit is [`OutOfRange`] and changes nothing; an [`Accumulator`] made
/// [`From`] the small one can continue. Whether a result fits depends on the result
/// alone, not on the order of the operations.
///
/// The representation is unique: equal sums of equal counts are equal and have equal
/// bytes. Their saved bytes are those that an [`Accumulator`] saves.
///
/// ```
/// use tally_core::{Accumulator, SmallAccumulator};
///
/// let mut sum = SmallAccumulator::new();
/// for value in [1e20, 1.0, -1e20] {
///     sum.add_one_f64(value)?;
/// }
/// assert_eq!(sum.value_f64(), Ok(1.0));
///
/// // 1e300 is too far from 1.0.
/// assert!(sum.add_one_f64(1e300).is_err());
/// let mut total = Accumulator::from(&sum);
/// total.add_f64(&[1e300, -1e300]);
/// assert_eq!(total.value_f64(), Ok(1.0));
/// # Ok::<(), tally_core::OutOfRange>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[repr(align(8))]
pub struct SmallAccumulator([[u8; 8]; SMALL_STATE_WORDS]);

const _: () = assert!(size_of::<SmallAccumulator>() == 64);

impl SmallAccumulator {
    /// The empty sum.
    pub const fn new() -> Self {
        SmallAccumulator([[0; 8]; SMALL_STATE_WORDS])
    }

    /// Adds one value.
    ///
    /// # Errors
    /// [`OutOfRange`] if the result does not fit.
    #[inline]
    pub fn add_one_f64(&mut self, value: f64) -> Result<(), OutOfRange> {
        self.one::<false>(value)
    }

    /// Subtracts one value: the exact inverse of [`SmallAccumulator::add_one_f64`].
    ///
    /// # Errors
    /// Those of [`SmallAccumulator::add_one_f64`].
    #[inline]
    pub fn subtract_one_f64(&mut self, value: f64) -> Result<(), OutOfRange> {
        self.one::<true>(value)
    }

    /// Adds each of `values`, or none.
    ///
    /// # Errors
    /// [`OutOfRange`] if the result does not fit.
    pub fn add_f64(&mut self, values: &[f64]) -> Result<(), OutOfRange> {
        if SmallSum::add_few_in_place::<false>(&mut self.0, values) {
            return Ok(());
        }
        self.change(|sum| sum.add(values))
    }

    /// Subtracts each of `values`, or none: the exact inverse of
    /// [`SmallAccumulator::add_f64`].
    ///
    /// # Errors
    /// Those of [`SmallAccumulator::add_f64`].
    pub fn subtract_f64(&mut self, values: &[f64]) -> Result<(), OutOfRange> {
        if SmallSum::add_few_in_place::<true>(&mut self.0, values) {
            return Ok(());
        }
        self.change(|sum| sum.subtract(values))
    }

    /// Adds the contents of `from`.
    ///
    /// # Errors
    /// [`OutOfRange`] if the result does not fit.
    pub fn merge(&mut self, from: &Self) -> Result<(), OutOfRange> {
        if SmallSum::merge_in_place::<false>(&mut self.0, &from.0) {
            return Ok(());
        }
        self.change(|sum| sum.merge(&from.sum()))
    }

    /// Subtracts the contents of `from`: the exact inverse of
    /// [`SmallAccumulator::merge`].
    ///
    /// # Errors
    /// Those of [`SmallAccumulator::merge`].
    pub fn unmerge(&mut self, from: &Self) -> Result<(), OutOfRange> {
        if SmallSum::merge_in_place::<true>(&mut self.0, &from.0) {
            return Ok(());
        }
        self.change(|sum| sum.unmerge(&from.sum()))
    }

    /// The total as the nearest `f64`; see [`Accumulator::value_f64`].
    ///
    /// # Errors
    /// Those of [`Accumulator::value_f64`].
    pub fn value_f64(&self) -> Result<f64, ValueError> {
        let value = SmallSum::value_f64_in_place(&self.0);
        value.map_or_else(|| self.sum().value_f64(), Ok)
    }

    /// The mean as the nearest `f64`; see [`Accumulator::mean_f64`].
    ///
    /// # Errors
    /// Those of [`Accumulator::mean_f64`].
    pub fn mean_f64(&self) -> Result<f64, ValueError> {
        let mean = SmallSum::mean_f64_in_place(&self.0);
        mean.map_or_else(|| self.sum().mean_f64(), Ok)
    }

    /// The total as an `i64`, if it is an integer in range.
    ///
    /// # Errors
    /// Those of [`Accumulator::value_i64`].
    pub fn value_i64(&self) -> Result<i64, ValueError> {
        self.sum().value_i64()
    }

    /// The total as an `i128`, if it is an integer in range.
    ///
    /// # Errors
    /// Those of [`Accumulator::value_i128`].
    pub fn value_i128(&self) -> Result<i128, ValueError> {
        self.sum().value_i128()
    }

    /// The number of values added less the number subtracted.
    pub fn count(&self) -> i64 {
        self.sum().count()
    }

    /// The numbers of values that are NaN or infinite.
    pub fn special_counts(&self) -> SpecialCounts {
        self.sum().special_counts()
    }

    /// Saves the state: the bytes that an [`Accumulator`] with the same contents saves.
    ///
    /// # Errors
    /// None: any small accumulator is in the range of an accumulator.
    pub fn save(&self) -> Result<Saved, OutOfRange> {
        self.sum().save()
    }

    /// Loads a state that was saved here or by an [`Accumulator`].
    ///
    /// # Errors
    /// [`LoadError`] says what is wrong with the bytes; [`LoadError::OutOfRange`] if they
    /// are a sum that does not fit.
    pub fn load(bytes: &[u8]) -> Result<Self, LoadError> {
        let words = SmallSum::load_words(bytes)?;
        Ok(SmallAccumulator(words.map(u64::to_ne_bytes)))
    }

    /// Reads the words of a small accumulator.
    ///
    /// # Errors
    /// [`BadState`] if they hold a failure or are not a small accumulator.
    pub fn from_words(words: &[u64; SMALL_STATE_WORDS]) -> Result<Self, BadState> {
        SmallSum::from_words(words)?;
        Ok(SmallAccumulator(words.map(u64::to_ne_bytes)))
    }

    /// The words, all zero when empty.
    pub fn to_words(&self) -> [u64; SMALL_STATE_WORDS] {
        self.0.map(u64::from_ne_bytes)
    }

    #[inline(always)]
    fn one<const SUBTRACT: bool>(&mut self, value: f64) -> Result<(), OutOfRange> {
        if SmallSum::add_one_in_place::<SUBTRACT>(&mut self.0, value) {
            return Ok(());
        }
        self.change(|sum| sum.add_one::<SUBTRACT>(value))
    }

    #[cold]
    fn change(&mut self, change: impl FnOnce(&mut SmallSum)) -> Result<(), OutOfRange> {
        let mut sum = self.sum();
        change(&mut sum);
        self.0 = sum.to_words()?.map(u64::to_ne_bytes);
        Ok(())
    }

    /// What it holds. Its words are a state: nothing else makes them.
    fn sum(&self) -> SmallSum {
        SmallSum::from_words(&self.to_words()).unwrap_or_default()
    }
}

impl From<&SmallAccumulator> for Accumulator {
    /// The same sum, with room for all doubles.
    fn from(sum: &SmallAccumulator) -> Self {
        sum.sum().into()
    }
}

impl TryFrom<&Accumulator> for SmallAccumulator {
    type Error = OutOfRange;

    /// The same sum, if it fits.
    fn try_from(sum: &Accumulator) -> Result<Self, OutOfRange> {
        let words = SmallSum::from(sum.clone()).to_words()?;
        Ok(SmallAccumulator(words.map(u64::to_ne_bytes)))
    }
}
