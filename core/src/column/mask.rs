//! The rows of a column that are present.

use std::ops::Range;

use crate::element::MaybeNan;
use crate::simd::Isa;

/// Rows of a column that are read at a time.
pub(crate) const ROWS: usize = 2 * PAIRS;

/// Pairs of rows that are read at a time.
pub(crate) const PAIRS: usize = 960;

const WORDS: usize = ROWS / 64;

/// What says which elements are there.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Mask<'a> {
    /// All are.
    All,
    /// A bit an element, the lowest of each byte first, the first one at an offset.
    Bits(&'a [u8], usize),
    /// A byte an element, 0 if it is not.
    Bytes(&'a [u8]),
}

/// The rows of a block that are there, a bit each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Present {
    words: [u64; WORDS],
    rows: usize,
}

impl Present {
    /// All of these many rows.
    pub(crate) fn all(rows: usize) -> Self {
        debug_assert!(rows <= ROWS);
        let words = std::array::from_fn(|index| low_bits(rows.saturating_sub(64 * index)));
        Present { words, rows }
    }

    /// How many rows there are, and are not, in all.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// How many there are.
    pub(crate) fn count(&self, isa: Isa) -> usize {
        isa.count_bits(self.words())
    }

    /// Whether all of them are there.
    pub(crate) fn are_all(&self) -> bool {
        let all = |(index, &word)| word == low_bits(self.rows - 64 * index);
        self.words().iter().enumerate().all(all)
    }

    /// Whether none of them is.
    pub(crate) fn are_none(&self) -> bool {
        self.words().iter().all(|&word| word == 0)
    }

    /// How many of some rows there are.
    #[inline]
    pub(crate) fn count_in(&self, rows: Range<usize>) -> usize {
        let mut count = 0;
        let mut first = rows.start;
        while first < rows.end {
            let bits = self.word_from(first) & low_bits(rows.end - first);
            count += bits.count_ones() as usize;
            first += 64;
        }
        count
    }

    /// The bits of 64 rows from one on, as far as there are such.
    #[inline]
    fn word_from(&self, row: usize) -> u64 {
        let (word, shift) = (row / 64, row % 64);
        let next = self.words.get(word + 1).copied().unwrap_or(0);
        self.words[word] >> shift | next << 1 << (63 - shift)
    }

    /// Some of the rows.
    pub(crate) fn part(&self, rows: Range<usize>) -> Self {
        let mut part = Present {
            words: [0; WORDS],
            rows: rows.len(),
        };
        for (index, row) in rows.enumerate() {
            part.words[index / 64] |= u64::from(self.has(row)) << (index % 64);
        }
        part
    }

    /// A word for each 64 rows.
    pub(crate) fn words(&self) -> &[u64] {
        &self.words[..self.rows.div_ceil(64)]
    }

    /// Whether a row is there.
    #[inline]
    pub(crate) fn has(&self, row: usize) -> bool {
        self.words[row / 64] >> (row % 64) & 1 == 1
    }

    /// The rows, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        (0..self.rows).filter(|&row| self.has(row))
    }

    /// Leaves out what the mask of `rows` does.
    pub(crate) fn apply(&mut self, isa: Isa, mask: &Mask<'_>, rows: Range<usize>) {
        let words = &mut self.words[..rows.len().div_ceil(64)];
        match *mask {
            Mask::All => {}
            Mask::Bits(bits, offset) => {
                for (index, word) in words.iter_mut().enumerate() {
                    *word &= word_of_bits(bits, offset + rows.start + 64 * index);
                }
            }
            Mask::Bytes(bytes) => {
                let mut given = [0; WORDS];
                isa.bytes_to_bits(&bytes[rows], &mut given);
                for (word, given) in words.iter_mut().zip(given) {
                    *word &= given;
                }
            }
        }
    }

    /// Leaves out what is NaN.
    pub(crate) fn skip_nan<T: MaybeNan>(&mut self, isa: Isa, values: &[T]) {
        self.skip_nan_from(isa, 0, values);
    }

    /// The same of rows from one on, which is a multiple of 64.
    pub(crate) fn skip_nan_from<T: MaybeNan>(&mut self, isa: Isa, first: usize, values: &[T]) {
        debug_assert!(first.is_multiple_of(64));
        if T::HAS_NAN {
            isa.clear_nan(values, &mut self.words[first / 64..]);
        }
    }
}

/// As many bits, up to 64.
#[inline]
fn low_bits(count: usize) -> u64 {
    match count {
        0..64 => (1 << count) - 1,
        _ => u64::MAX,
    }
}

/// The 64 bits from a position on, as far as there are bytes.
#[inline]
pub fn word_of_bits(bits: &[u8], position: usize) -> u64 {
    let shift = position % 8;
    let bytes = bits.get(position / 8..).unwrap_or_default();
    let Some((eight, rest)) = bytes.split_first_chunk::<8>() else {
        let mut eight = [0; 8];
        eight[..bytes.len()].copy_from_slice(bytes);
        return u64::from_le_bytes(eight) >> shift;
    };
    let word = u64::from_le_bytes(*eight) >> shift;
    match (shift, rest.first()) {
        (1.., Some(&ninth)) => word | u64::from(ninth) << (64 - shift),
        _ => word,
    }
}
