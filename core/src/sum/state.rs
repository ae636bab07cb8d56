//! Sums as states, common to accumulators of numbers and of products.

use crate::error::{LoadError, OutOfRange, Part};
use crate::layout::COUNTERS;
use crate::limbs::Limbs;
use crate::state::parts::Parts;
use crate::state::{check_counters, counters_to_state};
use crate::sum::{ExactSum, PARTS};

impl<const WORKING: usize, const ONE: usize> ExactSum<WORKING, ONE> {
    /// What limbs and counters, the status apart, mean.
    pub(crate) fn from_parts(words: &[i64]) -> Result<Self, LoadError> {
        let Some((limbs, counters)) = words.split_last_chunk::<COUNTERS>() else {
            let length = size_of_val(words);
            return Err(LoadError::TooShort { length });
        };
        check_counters(counters, &PARTS)?;
        Ok(ExactSum {
            limbs: Limbs::from_state(limbs),
            counters: counters.map(i128::from),
            overflowed: false,
        })
    }

    /// The parts of the state, if all are within its range.
    pub(crate) fn parts(&self) -> Result<Parts<'_, i64>, OutOfRange> {
        let (limbs, counters) = self.to_parts()?;
        Ok(Parts {
            limbs,
            counters,
            more_limbs: &[],
        })
    }

    /// The limbs and counters, if all are within the range of a state.
    pub(crate) fn to_parts(&self) -> Result<(&[i64], [i64; COUNTERS]), OutOfRange> {
        // A counter would need 2^127 values to be lost.
        let limbs = self.limbs.to_state().filter(|_| !self.overflowed);
        let limbs = limbs.ok_or(OutOfRange(Part::Total))?;
        Ok((limbs, counters_to_state(&self.counters, &PARTS)?))
    }
}

/// Makes a sum a state, with its number of words and limbs and its kind when saved.
macro_rules! stored {
    ($sum:ty, $words:ident, $limbs:ident, $kind:literal, $one:ty, $add:ident, $add_in_place:ident) => {
        impl crate::state::Stored for $sum {
            type Words = [u64; $words];
            type One = $one;

            const EMPTY: Self::Words = [0; $words];

            fn from_words(words: &Self::Words) -> Result<Self, crate::error::BadState> {
                crate::state::without_status(words)?;
                let words = words.map(|word| word as i64);
                Self::from_parts(&words[..$words - 1]).map_err(|_| crate::error::BadState::Damaged)
            }

            fn to_words(&self) -> Result<Self::Words, crate::error::OutOfRange> {
                let (limbs, counters) = self.to_parts()?;
                Ok(crate::state::joined(&[limbs, &counters]))
            }

            fn load(bytes: &[u8]) -> Result<Self, crate::error::LoadError> {
                let words = Self::load_words(bytes)?.map(|word| word as i64);
                Self::from_parts(&words[..$words - 1])
            }

            fn load_words(bytes: &[u8]) -> Result<Self::Words, crate::error::LoadError> {
                let mut reader = crate::state::saved::Reader::begin($kind, bytes, COUNTERS)?;
                let (mut limbs, mut counters) = ([0; $limbs], [0; COUNTERS]);
                reader.words(&mut counters)?;
                reader.limbs(crate::error::Part::Total, &mut limbs)?;
                reader.end()?;
                crate::state::check_counters(&counters, &crate::sum::PARTS)?;
                Ok(crate::state::joined(&[&limbs, &counters]))
            }

            fn merge(&mut self, from: &Self) {
                crate::sum::ExactSum::merge(self, from);
            }

            fn unmerge(&mut self, from: &Self) {
                crate::sum::ExactSum::unmerge(self, from);
            }

            fn count(&self) -> i64 {
                crate::sum::ExactSum::count(self)
            }

            fn special_counts(&self) -> crate::counts::SpecialCounts {
                crate::sum::ExactSum::special_counts(self)
            }

            #[inline]
            fn add_one<const SUBTRACT: bool>(&mut self, one: $one) {
                $add::<SUBTRACT>(self, one);
            }

            #[inline]
            fn add_one_in_place<const SUBTRACT: bool>(words: &mut [[u8; 8]], one: $one) -> bool {
                $add_in_place::<SUBTRACT>(words, one).is_some()
            }

            crate::state::verbs_in_place!($limbs, $kind);
        }
    };
}
pub(crate) use stored;
