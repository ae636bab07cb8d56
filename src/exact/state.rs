//! The state: 40 words that a caller keeps between calls.
//!
//! | words | what |
//! |---|---|
//! | 0 to 33 | the total in units of 2^-1074, in balanced limbs |
//! | 34 | values, NaN, infinities and zeros included |
//! | 35 | negative zeros |
//! | 36, 37, 38 | NaN, plus infinity, minus infinity |
//! | 39 | the sticky status in the low 32 bits; zero above |
//!
//! Counters are signed and lie within ±(2^63-1). All words zero is the sum of
//! nothing. The form is unique: equal content means equal words.

use std::fmt;

use super::accumulator::{Accumulator, COUNTERS};
use super::limbs::{LIMBS, Limbs};

/// The number of words in a state.
pub const STATE_WORDS: usize = 40;

pub(super) const STATUS: usize = LIMBS + COUNTERS;
const _: () = assert!(STATUS + 1 == STATE_WORDS);

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

/// A counter lies outside ±(2^63-1), or the total outside its 34 limbs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfRange;

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the total or a count would leave the accumulator's range")
    }
}

impl std::error::Error for OutOfRange {}

impl Accumulator {
    /// Reads a state.
    pub fn from_words(words: &[u64; STATE_WORDS]) -> Result<Self, BadState> {
        match words[STATUS] {
            0 => {}
            status if status >> 32 == 0 => return Err(BadState::Failed(status as i32)),
            _ => return Err(BadState::Damaged),
        }
        let words = words.map(|word| word as i64);
        let mut limbs = [0; LIMBS];
        limbs.copy_from_slice(&words[..LIMBS]);
        let mut counters = [0; COUNTERS];
        counters.copy_from_slice(&words[LIMBS..STATUS]);
        if counters.contains(&i64::MIN) {
            return Err(BadState::Damaged);
        }
        Ok(Self::from_parts(&limbs, counters))
    }

    /// Writes the state, with status 0. This is where the range is checked: what
    /// lay outside it in between is no error.
    pub fn to_words(&self) -> Result<[u64; STATE_WORDS], OutOfRange> {
        let (limbs, counters) = self.to_parts()?;
        let mut words = [0; STATE_WORDS];
        for (word, &part) in words.iter_mut().zip(limbs.iter().chain(&counters)) {
            *word = part as u64;
        }
        Ok(words)
    }

    pub(super) fn from_parts(limbs: &[i64; LIMBS], counters: [i64; COUNTERS]) -> Self {
        Accumulator {
            limbs: Limbs::from_state(limbs),
            counters: counters.map(i128::from),
            lost: false,
        }
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
