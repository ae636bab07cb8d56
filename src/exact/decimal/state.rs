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

use super::super::state::{BadState, OutOfRange};
use super::limbs::{FRACTION_DIGITS, LIMBS, Limbs, are_digits};
use super::total::{COUNTERS, Decimal};

/// The number of words in a decimal's state.
pub const DECIMAL_WORDS: usize = 44;

pub(super) const SCALE: usize = LIMBS + COUNTERS;
pub(super) const STATUS: usize = SCALE + 1;
const _: () = assert!(STATUS + 1 == DECIMAL_WORDS);

impl Decimal {
    /// Reads a state.
    pub fn from_words(words: &[u64; DECIMAL_WORDS]) -> Result<Self, BadState> {
        match words[STATUS] {
            0 => {}
            status if status >> 32 == 0 => return Err(BadState::Failed(status as i32)),
            _ => return Err(BadState::Damaged),
        }
        let mut limbs = [0; LIMBS];
        let mut counters = [0; COUNTERS];
        let parts = limbs.iter_mut().chain(&mut counters);
        for (part, &word) in parts.zip(words) {
            *part = word as i64;
        }
        Self::from_parts(&limbs, counters, words[SCALE]).ok_or(BadState::Damaged)
    }

    /// Writes the state, with status 0. This is where the range is checked: what
    /// lay outside it in between is no error.
    pub fn to_words(&self) -> Result<[u64; DECIMAL_WORDS], OutOfRange> {
        let (limbs, counters) = self.to_parts()?;
        let mut words = [0; DECIMAL_WORDS];
        for (word, &part) in words.iter_mut().zip(limbs.iter().chain(&counters)) {
            *word = part as u64;
        }
        words[SCALE] = self.scale.into();
        Ok(words)
    }

    /// `None` if a part is out of its range.
    pub(super) fn from_parts(
        limbs: &[i64; LIMBS],
        counters: [i64; COUNTERS],
        scale: u64,
    ) -> Option<Self> {
        let in_range = are_digits(limbs.iter().copied())
            && !counters.contains(&i64::MIN)
            && scale <= FRACTION_DIGITS.into();
        in_range.then(|| Decimal {
            limbs: Limbs::from_state(limbs),
            counters: counters.map(i128::from),
            scale: scale as u16,
            lost: false,
        })
    }

    /// The limbs and counters, if all are within the range of a state.
    pub(super) fn to_parts(&self) -> Result<(&[i64; LIMBS], [i64; COUNTERS]), OutOfRange> {
        if self.lost {
            return Err(OutOfRange);
        }
        let limbs = self.limbs.to_state().ok_or(OutOfRange)?;
        let limit = i128::from(i64::MAX);
        if self.counters.iter().any(|&c| c < -limit || c > limit) {
            return Err(OutOfRange);
        }
        Ok((limbs, self.counters.map(|counter| counter as i64)))
    }
}
