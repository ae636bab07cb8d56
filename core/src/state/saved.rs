//! The saved forms, version 1: portable and canonical. `docs/saved-format.md`
//! specifies them. Kind 1 is an accumulator, 2 a product accumulator, 3 moments,
//! 4 a decimal.

use crate::error::{LoadError, Part};
use crate::layout::{HEADER, MAGIC, SAVED_STATE_MAX, SEALED_MAGIC};
use crate::limbs::{Limb, highest_in_use};

const VERSION: u8 = 1;

/// A saved state: bytes for a file or a network.
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

impl Saved {
    pub(crate) fn of(pieces: &Pieces<'_>) -> Self {
        let mut saved = Saved {
            bytes: [0; SAVED_STATE_MAX],
            length: 0,
        };
        for piece in pieces.as_bytes() {
            saved.bytes[saved.length..saved.length + piece.len()].copy_from_slice(piece);
            saved.length += piece.len();
        }
        saved
    }
}

/// A saved form in consecutive pieces of the words of a state, as little-endian bytes.
pub struct Pieces<'a> {
    header: [u8; HEADER],
    counters: &'a [[u8; 8]],
    limbs: &'a [[u8; 8]],
    /// The place of further limbs, and those.
    place: Option<[u8; 8]>,
    more_limbs: &'a [[u8; 8]],
}

impl<'a> Pieces<'a> {
    /// The pieces of a state without its status: `limbs`, then `rest`, which begins with
    /// `others` counters; further limbs may follow.
    #[inline]
    pub(crate) fn of(kind: u8, limbs: &'a [[u8; 8]], rest: &'a [[u8; 8]], others: usize) -> Self {
        let (counters, more_limbs) = rest.split_at_checked(others).unwrap_or((rest, &[]));
        let [m0, m1, m2, m3] = MAGIC;
        let (first, limbs) = shortest(limbs);
        let (more_first, more) = shortest(more_limbs);
        let place = [more_first, more.len() as u8, 0, 0, 0, 0, 0, 0];
        Pieces {
            header: [m0, m1, m2, m3, VERSION, kind, first, limbs.len() as u8],
            counters,
            limbs,
            place: (!more_limbs.is_empty()).then_some(place),
            more_limbs: more,
        }
    }

    /// The pieces; some may be empty.
    #[inline]
    pub fn as_bytes(&self) -> [&[u8]; 5] {
        [
            &self.header,
            self.counters.as_flattened(),
            self.limbs.as_flattened(),
            self.place.as_slice().as_flattened(),
            self.more_limbs.as_flattened(),
        ]
    }

    /// The number of bytes of all pieces.
    #[inline]
    pub fn length(&self) -> usize {
        self.as_bytes().iter().map(|piece| piece.len()).sum()
    }
}

/// The limbs without the zeros at both ends, and the index of the first one.
#[inline]
fn shortest(limbs: &[[u8; 8]]) -> (u8, &[[u8; 8]]) {
    let used = highest_in_use(limbs).and_then(|highest| limbs.get(..=highest));
    let used = used.unwrap_or(&[]);
    let first = used.iter().position(|limb| limb.get() != 0).unwrap_or(0);
    (first as u8, used.get(first..).unwrap_or(&[]))
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
            return Err(match [m0, m1, m2, m3] {
                SEALED_MAGIC => LoadError::Sealed,
                _ => LoadError::Magic,
            });
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
