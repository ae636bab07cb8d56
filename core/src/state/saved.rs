//! The saved forms, version 1: portable and canonical. `docs/saved-format.md`
//! specifies them. Kind 1 is an accumulator, 2 a product accumulator, 3 moments,
//! 4 a decimal.

use crate::error::{LoadError, Part};
use crate::layout::{HEADER, SAVED_STATE_MAX};

const MAGIC: [u8; 4] = *b"TALY";
const VERSION: u8 = 1;

/// Something saved: bytes for a file or a wire.
#[derive(Clone, Debug)]
pub struct Saved {
    bytes: [u8; SAVED_STATE_MAX],
    length: usize,
}

impl Saved {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or(&self.bytes)
    }
}

/// The bytes, as they are written one after the other.
impl Saved {
    /// The header, with the place of the limbs that are stored of `limbs`.
    pub(crate) fn begin(kind: u8, limbs: &[i64]) -> Saved {
        let mut saved = Saved {
            bytes: [0; SAVED_STATE_MAX],
            length: 0,
        };
        let (first, stored) = shortest(limbs);
        saved.push(&MAGIC);
        saved.push(&[VERSION, kind, first, stored.len() as u8]);
        saved
    }

    /// Words in full.
    pub(crate) fn words(&mut self, words: &[i64]) {
        for word in words {
            self.push(&word.to_le_bytes());
        }
    }

    /// The limbs that are stored of `limbs`.
    pub(crate) fn limbs(&mut self, limbs: &[i64]) {
        self.words(shortest(limbs).1);
    }

    /// The place of the limbs that are stored of a further integer.
    pub(crate) fn place(&mut self, limbs: &[i64]) {
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
pub(crate) struct Reader<'a> {
    /// What is not read yet.
    rest: &'a [u8],
    length: usize,
    /// The place of the limbs that come next: the first one and their number.
    place: [u8; 2],
}

impl<'a> Reader<'a> {
    /// Reads the header, which `words` words at least must follow.
    pub(crate) fn begin(kind: u8, bytes: &'a [u8], words: usize) -> Result<Self, LoadError> {
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
    pub(crate) fn words(&mut self, words: &mut [i64]) -> Result<(), LoadError> {
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
    pub(crate) fn limbs(&mut self, part: Part, limbs: &mut [i64]) -> Result<(), LoadError> {
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
    pub(crate) fn place(&mut self) -> Result<(), LoadError> {
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
    pub(crate) fn end(&self) -> Result<(), LoadError> {
        if self.rest.is_empty() {
            return Ok(());
        }
        Err(LoadError::Length {
            length: self.length,
            expected: self.length - self.rest.len(),
        })
    }
}
