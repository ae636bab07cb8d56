//! The saved forms, version 1: portable and canonical. `docs/saved-format.md`
//! specifies them. Kind 1 is an accumulator, 2 a product accumulator, 3 moments,
//! 4 a decimal.

use std::fmt;

use super::accumulator::LIMBS;
use super::products::PRODUCT_LIMBS;
use super::state::Part;
use super::sum::COUNTERS;

/// The most bytes that a saved accumulator takes.
pub const SAVED_MAX: usize = HEADER + 8 * (COUNTERS + LIMBS);

/// The most bytes that a saved product accumulator takes.
pub const PRODUCT_SAVED_MAX: usize = HEADER + 8 * (COUNTERS + PRODUCT_LIMBS);

/// The most bytes that saved moments take.
pub const MOMENTS_SAVED_MAX: usize = SAVED_MAX + 8 + 8 * PRODUCT_LIMBS;

/// The most that any saved form takes.
const MOST: usize = MOMENTS_SAVED_MAX;

const MAGIC: [u8; 4] = *b"TALY";
const VERSION: u8 = 1;
pub(super) const HEADER: usize = 8;

/// Something saved: bytes for a file or a wire.
#[derive(Clone, Debug)]
pub struct Saved {
    bytes: [u8; MOST],
    length: usize,
}

impl Saved {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or(&self.bytes)
    }
}

/// What is wrong with bytes that were not saved as what they are loaded as.
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
    /// First limb and limb count reach outside the limbs that there are.
    Limbs {
        /// Of which total.
        part: Part,
        /// The index of the first limb.
        first: u8,
        /// The number of limbs.
        count: u8,
        /// How many there are.
        most: u8,
    },
    /// Bytes that must be zero are not: those behind the limb count of the squares.
    Reserved,
    /// More or fewer bytes than the limb counts say.
    Length {
        /// How many bytes there are.
        length: usize,
        /// How many there should be.
        expected: usize,
    },
    /// A counter is -2^63.
    Counter(Part),
    /// A limb of a decimal, by its index, is no balanced digit.
    Digit(u8),
    /// The scale of a decimal is not 0 to 342.
    Scale,
    /// Not the shortest form of a total: a zero limb at either end, or a first limb
    /// though there are none.
    NotMinimal(Part),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            LoadError::TooShort { length } => {
                write!(f, "{length} bytes are too few for a saved state")
            }
            LoadError::Magic => f.write_str("the bytes do not begin with \"TALY\""),
            LoadError::Version(version) => write!(f, "version {version} is unknown"),
            LoadError::Kind(kind) => write!(f, "kind {kind} is another kind of state"),
            LoadError::Limbs {
                part,
                first,
                count,
                most,
            } => write!(
                f,
                "first limb {first} and limb count {count} of {part} do not fit {most} limbs"
            ),
            LoadError::Reserved => {
                f.write_str("the bytes behind the limb count of the total of squares are not zero")
            }
            LoadError::Length { length, expected } => {
                write!(f, "there are {length} bytes where {expected} are expected")
            }
            LoadError::Digit(index) => write!(f, "limb {index} of the total is out of range"),
            LoadError::Scale => f.write_str("the scale is out of range"),
            LoadError::Counter(part) => write!(f, "{part} is out of range"),
            LoadError::NotMinimal(part) => write!(f, "the form of {part} is not the shortest one"),
        }
    }
}

impl std::error::Error for LoadError {}

/// The bytes, as they are written one after the other.
impl Saved {
    /// The header, with the place of the limbs that are stored of `limbs`.
    pub(super) fn begin(kind: u8, limbs: &[i64]) -> Saved {
        let mut saved = Saved {
            bytes: [0; MOST],
            length: 0,
        };
        let (first, stored) = shortest(limbs);
        saved.push(&MAGIC);
        saved.push(&[VERSION, kind, first, stored.len() as u8]);
        saved
    }

    /// Words in full.
    pub(super) fn words(&mut self, words: &[i64]) {
        for word in words {
            self.push(&word.to_le_bytes());
        }
    }

    /// The limbs that are stored of `limbs`.
    pub(super) fn limbs(&mut self, limbs: &[i64]) {
        self.words(shortest(limbs).1);
    }

    /// The place of the limbs that are stored of a further integer.
    pub(super) fn place(&mut self, limbs: &[i64]) {
        let (first, stored) = shortest(limbs);
        self.push(&[first, stored.len() as u8, 0, 0, 0, 0, 0, 0]);
    }

    fn push(&mut self, bytes: &[u8]) {
        self.bytes[self.length..self.length + bytes.len()].copy_from_slice(bytes);
        self.length += bytes.len();
    }
}

/// The limbs without the zeros at both ends, and the index of the first one.
fn shortest(limbs: &[i64]) -> (u8, &[i64]) {
    let Some(first) = limbs.iter().position(|&limb| limb != 0) else {
        return (0, &[]);
    };
    let zeros = limbs.iter().rev().take_while(|&&limb| limb == 0).count();
    (first as u8, &limbs[first..limbs.len() - zeros])
}

/// Takes saved bytes apart, from the first to the last.
pub(super) struct Reader<'a> {
    /// What is not read yet.
    rest: &'a [u8],
    length: usize,
    /// The place of the limbs that come next: the first one and their number.
    place: [u8; 2],
}

impl<'a> Reader<'a> {
    /// Reads the header, which `words` words at least must follow.
    pub(super) fn begin(kind: u8, bytes: &'a [u8], words: usize) -> Result<Self, LoadError> {
        let length = bytes.len();
        let Some((header, rest)) = bytes.split_first_chunk::<HEADER>() else {
            return Err(LoadError::TooShort { length });
        };
        let [m0, m1, m2, m3, version, found, place @ ..] = *header;
        if [m0, m1, m2, m3] != MAGIC {
            return Err(LoadError::Magic);
        }
        if version != VERSION {
            return Err(LoadError::Version(version));
        }
        if found != kind {
            return Err(LoadError::Kind(found));
        }
        if rest.len() < 8 * words {
            return Err(LoadError::TooShort { length });
        }
        Ok(Reader {
            rest,
            length,
            place,
        })
    }

    /// Reads words in full.
    pub(super) fn words(&mut self, words: &mut [i64]) -> Result<(), LoadError> {
        let Some((bytes, rest)) = self.rest.split_at_checked(8 * words.len()) else {
            let expected = self.length - self.rest.len() + 8 * words.len();
            return Err(LoadError::Length {
                length: self.length,
                expected,
            });
        };
        self.rest = rest;
        let (bytes, _) = bytes.as_chunks::<8>();
        for (word, bytes) in words.iter_mut().zip(bytes) {
            *word = i64::from_le_bytes(*bytes);
        }
        Ok(())
    }

    /// Reads the stored ones of the `limbs` of a part, which are zero.
    pub(super) fn limbs(&mut self, part: Part, limbs: &mut [i64]) -> Result<(), LoadError> {
        let [first, count] = self.place;
        let most = limbs.len() as u8;
        let range = usize::from(first)..usize::from(first) + usize::from(count);
        let stored = limbs.get_mut(range);
        let stored = stored.ok_or(LoadError::Limbs {
            part,
            first,
            count,
            most,
        })?;
        self.words(stored)?;
        let minimal = match *stored {
            [] => first == 0,
            [only] => only != 0,
            [low, .., high] => low != 0 && high != 0,
        };
        if minimal {
            Ok(())
        } else {
            Err(LoadError::NotMinimal(part))
        }
    }

    /// Reads the place of a further integer's limbs.
    pub(super) fn place(&mut self) -> Result<(), LoadError> {
        let mut word = [0];
        self.words(&mut word)?;
        let [first, count, reserved @ ..] = word[0].to_le_bytes();
        self.place = [first, count];
        if reserved == [0; 6] {
            Ok(())
        } else {
            Err(LoadError::Reserved)
        }
    }

    /// Nothing may be left.
    pub(super) fn end(&self) -> Result<(), LoadError> {
        if self.rest.is_empty() {
            return Ok(());
        }
        Err(LoadError::Length {
            length: self.length,
            expected: self.length - self.rest.len(),
        })
    }
}
