//! States: the words that a caller keeps between calls.
//!
//! | what | words of an accumulator | of a product accumulator | of moments |
//! |---|---|---|---|
//! | the total, in balanced limbs | 0 to 33 | 0 to 66 | 0 to 33 |
//! | values, NaN, infinities and zeros included | 34 | 67 | 34 |
//! | negative zeros | 35 | 68 | 35 |
//! | NaN, plus infinity, minus infinity | 36, 37, 38 | 69, 70, 71 | 36, 37, 38 |
//! | the total of squares, in balanced limbs | | | 39 to 105 |
//! | the sticky status in the low 32 bits; zero above | 39 | 72 | 106 |
//!
//! Counters are signed and lie within ±(2^63-1). All words zero is the sum of
//! nothing. The form is unique: equal content means equal words.

use std::fmt;

use super::accumulator::{Accumulator, LIMBS};
use super::limbs::Limbs;
use super::products::{PRODUCT_LIMBS, ProductAccumulator};
use super::saved::{LoadError, Reader, Saved};
use super::sum::{COUNTERS, ExactSum, PARTS};

/// The number of words in an accumulator's state.
pub const STATE_WORDS: usize = LIMBS + COUNTERS + 1;

/// The number of words in a product accumulator's state.
pub const PRODUCT_STATE_WORDS: usize = PRODUCT_LIMBS + COUNTERS + 1;

/// Why a state cannot be worked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadState {
    /// It holds the status of an earlier failure.
    Failed(i32),
    /// No call of this library left these words.
    Damaged,
}

impl fmt::Display for BadState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadState::Failed(status) => write!(f, "an earlier call failed with status {status}"),
            BadState::Damaged => f.write_str("the state is damaged"),
        }
    }
}

impl std::error::Error for BadState {}

/// What a state is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The total of the values, or of the products.
    Total,
    /// The total of squares.
    Squares,
    /// The number of values, NaN, infinities and zeros included.
    Values,
    /// The number of those that are -0.0.
    NegativeZeros,
    /// The number of those that are NaN.
    Nan,
    /// The number of those that are plus infinity.
    PositiveInfinity,
    /// The number of those that are minus infinity.
    NegativeInfinity,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Part::Total => "the total",
            Part::Squares => "the total of squares",
            Part::Values => "the count of values",
            Part::NegativeZeros => "the count of negative zeros",
            Part::Nan => "the count of NaN",
            Part::PositiveInfinity => "the count of plus infinity",
            Part::NegativeInfinity => "the count of minus infinity",
        })
    }
}

/// A counter lies outside ±(2^63-1), or a total outside its limbs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfRange(
    /// Which.
    pub Part,
);

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} would leave the range of the state", self.0)
    }
}

impl std::error::Error for OutOfRange {}

/// What a caller can keep as plain words, and as bytes for a file or a wire.
pub trait Stored: Sized {
    /// The state: an array of words, all zero when empty.
    type Words: Copy + AsRef<[u64]> + AsMut<[u64]>;

    /// The state of nothing.
    const EMPTY: Self::Words;

    /// Reads a state.
    fn from_words(words: &Self::Words) -> Result<Self, BadState>;

    /// Writes the state, with status 0. This is where the range is checked: what
    /// lay outside it in between is no error.
    fn to_words(&self) -> Result<Self::Words, OutOfRange>;

    /// Saves. The same content gives the same bytes on every machine, however it
    /// was added, merged or subtracted.
    fn save(&self) -> Result<Saved, OutOfRange>;

    /// Reads what [`Stored::save`] wrote, and refuses all else.
    fn load(bytes: &[u8]) -> Result<Self, LoadError>;

    /// Adds all that `from` holds.
    fn merge(&mut self, from: &Self);
}

/// Splits off the last word, the status, which must say that nothing failed.
pub(super) fn without_status(words: &[u64]) -> Result<&[u64], BadState> {
    match words {
        [rest @ .., 0] => Ok(rest),
        [.., status] if status >> 32 == 0 => Err(BadState::Failed(*status as i32)),
        _ => Err(BadState::Damaged),
    }
}

impl<const WORKING: usize, const ONE: usize> ExactSum<WORKING, ONE> {
    /// What limbs and counters, the status apart, mean.
    pub(super) fn from_parts(words: &[i64]) -> Result<Self, LoadError> {
        let Some((limbs, counters)) = words.split_last_chunk::<COUNTERS>() else {
            let length = size_of_val(words);
            return Err(LoadError::TooShort { length });
        };
        check_counters(counters, &PARTS)?;
        Ok(ExactSum {
            limbs: Limbs::from_state(limbs),
            counters: counters.map(i128::from),
            lost: false,
        })
    }

    /// The limbs and counters, if all are within the range of a state.
    pub(super) fn to_parts(&self) -> Result<(&[i64], [i64; COUNTERS]), OutOfRange> {
        // A counter would need 2^127 values to be lost.
        let limbs = self.limbs.to_state().filter(|_| !self.lost);
        let limbs = limbs.ok_or(OutOfRange(Part::Total))?;
        Ok((limbs, counters_to_state(&self.counters, &PARTS)?))
    }
}

/// Counters, if all are within the range of a state; `parts` says what they count.
pub(super) fn counters_to_state<const N: usize>(
    counters: &[i128; N],
    parts: &[Part; N],
) -> Result<[i64; N], OutOfRange> {
    let limit = i128::from(i64::MAX);
    let is_out = |counter: &i128| *counter < -limit || *counter > limit;
    if counters.iter().any(is_out) {
        let out = counters.iter().zip(parts).find(|(count, _)| is_out(count));
        return Err(OutOfRange(out.map_or(Part::Values, |(_, part)| *part)));
    }
    Ok(counters.map(|counter| counter as i64))
}

/// Refuses counters that no state has.
pub(super) fn check_counters<const N: usize>(
    counters: &[i64; N],
    parts: &[Part; N],
) -> Result<(), LoadError> {
    match counters.iter().position(|&counter| counter == i64::MIN) {
        Some(index) => Err(LoadError::Counter(parts[index])),
        None => Ok(()),
    }
}

macro_rules! stored {
    ($sum:ty, $words:ident, $limbs:ident, $kind:literal) => {
        impl Stored for $sum {
            type Words = [u64; $words];

            const EMPTY: Self::Words = [0; $words];

            fn from_words(words: &Self::Words) -> Result<Self, BadState> {
                without_status(words)?;
                let words = words.map(|word| word as i64);
                Self::from_parts(&words[..$words - 1]).map_err(|_| BadState::Damaged)
            }

            fn to_words(&self) -> Result<Self::Words, OutOfRange> {
                let (limbs, counters) = self.to_parts()?;
                let mut words = Self::EMPTY;
                for (word, &part) in words.iter_mut().zip(limbs.iter().chain(&counters)) {
                    *word = part as u64;
                }
                Ok(words)
            }

            fn save(&self) -> Result<Saved, OutOfRange> {
                let (limbs, counters) = self.to_parts()?;
                let mut saved = Saved::begin($kind, limbs);
                saved.words(&counters);
                saved.limbs(limbs);
                Ok(saved)
            }

            fn load(bytes: &[u8]) -> Result<Self, LoadError> {
                let mut reader = Reader::begin($kind, bytes, COUNTERS)?;
                let mut words = [0; $limbs + COUNTERS];
                let (limbs, counters) = words.split_at_mut($limbs);
                reader.words(counters)?;
                reader.limbs(Part::Total, limbs)?;
                reader.end()?;
                Self::from_parts(&words)
            }

            fn merge(&mut self, from: &Self) {
                ExactSum::merge(self, from);
            }
        }
    };
}

stored!(Accumulator, STATE_WORDS, LIMBS, 1);
stored!(ProductAccumulator, PRODUCT_STATE_WORDS, PRODUCT_LIMBS, 2);
