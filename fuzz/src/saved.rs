//! The saved forms, written and read as docs/saved-format.md has them.

use num_bigint::BigInt;

use crate::hostile::integer;
use crate::meaning::Meaning;
use crate::support::decimals::of_limbs;
use crate::support::oracle::stored;

/// Bytes of the header and the counters.
const HEADER: usize = 48;

/// The kinds by their numbers in the saved form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Form {
    Sum = 1,
    Products = 2,
    Moments = 3,
    Decimal = 4,
}

impl Form {
    /// Limbs of the total, and of the squares.
    pub(crate) fn limbs(self) -> (usize, usize) {
        match self {
            Form::Sum => (34, 0),
            Form::Products => (67, 0),
            Form::Moments => (34, 67),
            Form::Decimal => (38, 0),
        }
    }

    pub(crate) fn integer(self, limbs: &[u64]) -> BigInt {
        match self {
            Form::Decimal => of_limbs(&limbs.iter().map(|&limb| limb as i64).collect::<Vec<_>>()),
            _ => integer(limbs),
        }
    }

    /// The five words after the header.
    fn words(self, meaning: &Meaning) -> [u64; 5] {
        let [count, negative_zeros, nan, plus, minus] =
            meaning.counters.map(|counter| counter as u64);
        match self {
            Form::Decimal => [count, nan, plus, minus, meaning.scale as u64],
            _ => [count, negative_zeros, nan, plus, minus],
        }
    }

    /// The saved form of words of a state: all limbs, not the short form of them.
    pub(crate) fn write(self, meaning: &Meaning, limbs: &[u64], squares: &[u64]) -> Vec<u8> {
        let mut bytes = b"TALY\x01".to_vec();
        let (first, total) = stored(limbs);
        bytes.extend([self as u8, first, total.len() as u8]);
        for word in self.words(meaning).iter().chain(total) {
            bytes.extend(word.to_le_bytes());
        }
        if self == Form::Moments {
            let (first, squares) = stored(squares);
            bytes.extend([first, squares.len() as u8, 0, 0, 0, 0, 0, 0]);
            bytes.extend(squares.iter().flat_map(|limb| limb.to_le_bytes()));
        }
        bytes
    }

    /// What bytes say, if they are shaped like a saved form; their writer must say whether
    /// they are one.
    pub(crate) fn read(self, bytes: &[u8]) -> Option<Meaning> {
        let word = |at: usize| {
            let word = bytes.get(at..at + 8)?;
            Some(u64::from_le_bytes(word.try_into().expect("eight bytes")))
        };
        let mut words = [0; 5];
        for (index, counter) in words.iter_mut().enumerate() {
            *counter = word(8 + 8 * index)?;
        }
        if self == Form::Decimal && words[4] > 342 {
            return None;
        }
        let [a, b, c, d, e] = words.map(|word| word as i64);
        let (counters, scale) = match self {
            Form::Decimal => ([a, 0, b, c, d], e),
            _ => ([a, b, c, d, e], 0),
        };
        if counters.contains(&i64::MIN) {
            return None;
        }
        let integer = |at: usize, limbs: usize, from: usize| {
            let (first, count) = (
                usize::from(*bytes.get(at)?),
                usize::from(*bytes.get(at + 1)?),
            );
            let mut all = vec![0; limbs];
            let place = all.get_mut(first..first + count)?;
            for (index, limb) in place.iter_mut().enumerate() {
                *limb = word(from + 8 * index)?;
            }
            Some((self.integer(&all), from + 8 * count))
        };
        let (limbs, of_squares) = self.limbs();
        let (total, end) = integer(6, limbs, HEADER)?;
        let squares = match self {
            Form::Moments => integer(end, of_squares, end + 8)?.0,
            _ => BigInt::ZERO,
        };
        Some(Meaning {
            total,
            squares,
            counters,
            scale,
        })
    }
}
