//! Plain loops over masks and elements, 64 at a time, for `present` to compile once for each
//! set of instructions. What no compiler finds vectors for is a step that `avx2` has too.

use crate::element::MaybeNan;

/// Puts `fill` where a bit is not set.
#[inline(always)]
pub(super) fn fill_absent<T: Copy>(words: &[u64], fill: T, values: &mut [T]) {
    for (chunk, &word) in values.chunks_mut(64).zip(words) {
        if word == u64::MAX {
            continue;
        }
        match chunk.as_chunks_mut::<64>().0 {
            // Of a whole word, the bits are constants.
            [chunk] => {
                for (index, value) in chunk.iter_mut().enumerate() {
                    *value = if word & 1 << index != 0 { *value } else { fill };
                }
            }
            _ => {
                for (index, value) in chunk.iter_mut().enumerate() {
                    *value = if word & 1 << index != 0 { *value } else { fill };
                }
            }
        }
    }
}

/// Copies what has its bit set, and puts `fill` in the places of all else.
#[inline(always)]
pub(super) fn copy_present<T: Copy>(words: &[u64], values: &[T], fill: T, into: &mut [T]) {
    for ((into, values), &word) in into.chunks_mut(64).zip(values.chunks(64)).zip(words) {
        match (into.as_chunks_mut::<64>().0, values.as_chunks::<64>().0) {
            // Of a whole word, the bits are constants.
            ([into], [values]) => copy_64(word, values, fill, into),
            _ => {
                for (index, (into, value)) in into.iter_mut().zip(values).enumerate() {
                    *into = if word & 1 << index != 0 { *value } else { fill };
                }
            }
        }
    }
}

#[inline(always)]
pub(super) fn copy_64<T: Copy>(word: u64, values: &[T; 64], fill: T, into: &mut [T; 64]) {
    for (index, (into, value)) in into.iter_mut().zip(values).enumerate() {
        *into = if word & 1 << index != 0 { *value } else { fill };
    }
}

#[inline(always)]
pub(super) fn any_nan<T: MaybeNan>(values: &[T]) -> bool {
    // A chunk at a time without a branch.
    let mut chunks = values.chunks(256);
    chunks.any(T::any_is_nan)
}

/// Clears the bits of elements that are NaN; `bits_of` has those of 64 elements.
#[inline(always)]
pub(super) fn clear_nan_by<T: MaybeNan>(
    values: &[T],
    words: &mut [u64],
    bits_of: impl Fn(&[T; 64]) -> u64,
) {
    for (chunk, word) in values.chunks(64).zip(words) {
        *word &= !match chunk.as_chunks::<64>().0 {
            [whole] => bits_of(whole),
            _ => {
                let mut nan = 0;
                for (index, value) in chunk.iter().enumerate() {
                    nan |= u64::from(value.is_nan()) << index;
                }
                nan
            }
        };
    }
}

#[inline(always)]
pub(super) fn clear_nan<T: MaybeNan>(values: &[T], words: &mut [u64]) {
    clear_nan_by(values, words, nan_bits);
}

/// A bit for each element: whether it is NaN.
#[inline(always)]
pub(super) fn nan_bits<T: MaybeNan>(values: &[T; 64]) -> u64 {
    const LANES: usize = 8;
    let mut lanes = [0_u64; LANES];
    for (step, eight) in values.as_chunks::<LANES>().0.iter().enumerate() {
        // The bits of a lane lie 8 apart.
        let bit = 1 << (LANES * step);
        for (lane, value) in lanes.iter_mut().zip(eight) {
            *lane |= if value.is_nan() { bit } else { 0 };
        }
    }
    let mut nan = 0;
    for (index, lane) in lanes.into_iter().enumerate() {
        nan |= lane << index;
    }
    nan
}

/// A bit for each byte, 64 a word: whether it is not 0; `bits_of` has those of 64 bytes.
#[inline(always)]
pub(super) fn bytes_to_bits_by(
    bytes: &[u8],
    words: &mut [u64],
    bits_of: impl Fn(&[u8; 64]) -> u64,
) {
    for (chunk, word) in bytes.chunks(64).zip(words) {
        *word = match chunk.as_chunks::<64>().0 {
            [whole] => bits_of(whole),
            _ => {
                let mut whole = [0; 64];
                whole[..chunk.len()].copy_from_slice(chunk);
                bits_of(&whole)
            }
        };
    }
}

#[inline(always)]
pub(super) fn bytes_to_bits(bytes: &[u8], words: &mut [u64]) {
    bytes_to_bits_by(bytes, words, set_bits);
}

/// A bit for each byte: whether it is not 0.
#[inline(always)]
fn set_bits(bytes: &[u8; 64]) -> u64 {
    let mut ones = [0_u8; 64];
    for (one, byte) in ones.iter_mut().zip(bytes) {
        *one = u8::from(*byte != 0);
    }
    let mut word = 0;
    for (index, eight) in ones.as_chunks::<8>().0.iter().enumerate() {
        // Byte i times 2^(7·(8-i)) ends in the highest byte at bit i; no two parts of the
        // product meet.
        let bits = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        word |= bits << (8 * index);
    }
    word
}

#[inline(always)]
pub(super) fn count_bits(words: &[u64]) -> usize {
    words.iter().map(|word| word.count_ones() as usize).sum()
}
