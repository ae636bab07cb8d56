//! The state: 44 words that a caller keeps between calls.
//!
//! | words | what |
//! |---|---|
//! | 0 to 37 | the total in units of 10^-342, in balanced limbs |
//! | 38 | values, NaN and infinities included |
//! | 39, 40, 41 | NaN, plus infinity, minus infinity |
//! | 42 | the scale: the most digits after the point of any value, 0 to 342 |
//! | 43 | the sticky status in the low 32 bits; zero above |
//!
//! Counters are signed and lie within ±(2^63-1). All words zero is the sum of
//! nothing. The form is unique: equal content means equal words.

use super::super::saved::{LoadError, Saved};
use super::super::state::{
    BadState, OutOfRange, Part, Stored, check_counters, counters_to_state, without_status,
};
use super::limbs::{FRACTION_DIGITS, LIMBS, Limbs, are_digits};
use super::saved;
use super::total::{COUNTERS, Decimal, PARTS};

/// The number of words in a decimal's state.
pub const DECIMAL_WORDS: usize = 44;

pub(super) const SCALE: usize = LIMBS + COUNTERS;
pub(super) const STATUS: usize = SCALE + 1;
const _: () = assert!(STATUS + 1 == DECIMAL_WORDS);

impl Stored for Decimal {
    type Words = [u64; DECIMAL_WORDS];

    const EMPTY: Self::Words = [0; DECIMAL_WORDS];

    fn from_words(words: &Self::Words) -> Result<Self, BadState> {
        without_status(words)?;
        let scale = words[SCALE];
        let words = words.map(|word| word as i64);
        let mut limbs = [0; LIMBS];
        limbs.copy_from_slice(&words[..LIMBS]);
        let mut counters = [0; COUNTERS];
        counters.copy_from_slice(&words[LIMBS..SCALE]);
        Self::from_parts(&limbs, counters, scale).map_err(|_| BadState::Damaged)
    }

    fn to_words(&self) -> Result<Self::Words, OutOfRange> {
        let (limbs, counters) = self.to_parts()?;
        let mut words = Self::EMPTY;
        for (word, &part) in words.iter_mut().zip(limbs.iter().chain(&counters)) {
            *word = part as u64;
        }
        words[SCALE] = self.scale.into();
        Ok(words)
    }

    fn save(&self) -> Result<Saved, OutOfRange> {
        saved::save(self)
    }

    fn load(bytes: &[u8]) -> Result<Self, LoadError> {
        saved::load(bytes)
    }

    fn merge(&mut self, from: &Self) {
        Decimal::merge(self, from);
    }
}

impl Decimal {
    /// Refuses what is out of its range.
    pub(super) fn from_parts(
        limbs: &[i64; LIMBS],
        counters: [i64; COUNTERS],
        scale: u64,
    ) -> Result<Decimal, LoadError> {
        if !are_digits(limbs) {
            let index = limbs.iter().position(|&limb| !are_digits(&[limb]));
            return Err(LoadError::Digit(index.unwrap_or(0) as u8));
        }
        if scale > FRACTION_DIGITS.into() {
            return Err(LoadError::Scale);
        }
        check_counters(&counters, &PARTS)?;
        Ok(Decimal {
            limbs: Limbs::from_state(limbs),
            counters: counters.map(i128::from),
            scale: scale as u16,
            lost: false,
        })
    }

    /// The limbs and counters, if all are within the range of a state.
    pub(super) fn to_parts(&self) -> Result<(&[i64; LIMBS], [i64; COUNTERS]), OutOfRange> {
        // A counter would need 2^127 values to be lost.
        let limbs = self.limbs.to_state().filter(|_| !self.lost);
        let limbs = limbs.ok_or(OutOfRange(Part::Total))?;
        Ok((limbs, counters_to_state(&self.counters, &PARTS)?))
    }
}
