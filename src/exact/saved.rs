//! The saved form, version 1: portable, canonical, at most 320 bytes.
//! `docs/saved-format.md` specifies it.

use std::fmt;

use super::accumulator::{Accumulator, COUNTERS};
use super::limbs::LIMBS;
use super::state::OutOfRange;

/// The most bytes that a saved accumulator takes.
pub const SAVED_MAX: usize = LIMBS_AT + 8 * LIMBS;

const MAGIC: [u8; 4] = *b"TALY";
const VERSION: u8 = 1;
const KIND: u8 = 1;
const COUNTERS_AT: usize = 8;
const LIMBS_AT: usize = COUNTERS_AT + 8 * COUNTERS;

/// A saved accumulator: bytes for a file or a wire.
#[derive(Clone, Debug)]
pub struct Saved {
    bytes: [u8; SAVED_MAX],
    length: usize,
}

impl Saved {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or(&self.bytes)
    }
}

/// What is wrong with bytes that are no saved accumulator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// They end before the header and counters do.
    TooShort {
        /// How many bytes there are.
        length: usize,
    },
    /// They do not begin with "TALY".
    Magic,
    /// A version that this library does not know.
    Version(u8),
    /// Saved by another kind of object.
    Kind(u8),
    /// First limb and limb count reach outside the 34 limbs.
    Limbs {
        /// The index of the first limb.
        first: u8,
        /// The number of limbs.
        count: u8,
    },
    /// More or fewer bytes than the limb count says.
    Length {
        /// How many bytes there are.
        length: usize,
        /// How many there should be.
        expected: usize,
    },
    /// A counter is -2^63.
    Counter,
    /// Not the shortest form: a zero limb at either end, or a first limb though
    /// there are none.
    NotMinimal,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            LoadError::TooShort { length } => {
                write!(f, "{length} bytes are too few for a saved accumulator")
            }
            LoadError::Magic => f.write_str("the bytes do not begin with \"TALY\""),
            LoadError::Version(version) => write!(f, "version {version} is unknown"),
            LoadError::Kind(kind) => write!(f, "kind {kind} is no accumulator"),
            LoadError::Limbs { first, count } => {
                write!(
                    f,
                    "first limb {first} and limb count {count} do not fit {LIMBS} limbs"
                )
            }
            LoadError::Length { length, expected } => {
                write!(f, "there are {length} bytes where {expected} are expected")
            }
            LoadError::Counter => f.write_str("a counter is out of range"),
            LoadError::NotMinimal => f.write_str("the form is not the shortest one"),
        }
    }
}

impl std::error::Error for LoadError {}

impl Accumulator {
    /// Saves. The same multiset of numbers gives the same bytes on every machine,
    /// however it was added, merged or subtracted.
    pub fn save(&self) -> Result<Saved, OutOfRange> {
        let (limbs, counters) = self.to_parts()?;
        let first = limbs.iter().position(|&limb| limb != 0).unwrap_or(0);
        let end = limbs
            .iter()
            .rposition(|&limb| limb != 0)
            .map_or(first, |last| last + 1);
        let stored = &limbs[first..end];

        let mut bytes = [0; SAVED_MAX];
        bytes[..4].copy_from_slice(&MAGIC);
        bytes[4..COUNTERS_AT].copy_from_slice(&[VERSION, KIND, first as u8, stored.len() as u8]);
        let words = bytes[COUNTERS_AT..].chunks_exact_mut(8);
        for (to, word) in words.zip(counters.iter().chain(stored)) {
            to.copy_from_slice(&word.to_le_bytes());
        }
        let length = LIMBS_AT + 8 * stored.len();
        Ok(Saved { bytes, length })
    }

    /// Reads what [`Accumulator::save`] wrote, and refuses all else.
    pub fn load(bytes: &[u8]) -> Result<Self, LoadError> {
        let length = bytes.len();
        let Some((header, words)) = bytes.split_first_chunk::<COUNTERS_AT>() else {
            return Err(LoadError::TooShort { length });
        };
        let [m0, m1, m2, m3, version, kind, first, count] = *header;
        if [m0, m1, m2, m3] != MAGIC {
            return Err(LoadError::Magic);
        }
        if version != VERSION {
            return Err(LoadError::Version(version));
        }
        if kind != KIND {
            return Err(LoadError::Kind(kind));
        }
        if length < LIMBS_AT {
            return Err(LoadError::TooShort { length });
        }
        let range = usize::from(first)..usize::from(first) + usize::from(count);
        let mut limbs = [0_i64; LIMBS];
        let Some(stored) = limbs.get_mut(range) else {
            return Err(LoadError::Limbs { first, count });
        };
        let expected = LIMBS_AT + 8 * stored.len();
        if length != expected {
            return Err(LoadError::Length { length, expected });
        }

        let mut counters = [0_i64; COUNTERS];
        let (words, _) = words.as_chunks::<8>();
        for (to, from) in counters.iter_mut().chain(&mut *stored).zip(words) {
            *to = i64::from_le_bytes(*from);
        }
        if counters.contains(&i64::MIN) {
            return Err(LoadError::Counter);
        }
        let minimal = match *stored {
            [] => first == 0,
            [only] => only != 0,
            [low, .., high] => low != 0 && high != 0,
        };
        if !minimal {
            return Err(LoadError::NotMinimal);
        }
        Ok(Self::from_parts(&limbs, counters))
    }
}
