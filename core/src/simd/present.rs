//! Which elements of a block are there, a bit each, and blocks with something else in the
//! places of those that are not.

#[cfg(target_arch = "x86_64")]
mod avx2;
mod loops;

use crate::element::MaybeNan;
#[cfg(target_arch = "x86_64")]
use crate::simd::isa::Instructions;
use crate::simd::isa::{Isa, compiled};
use loops::{any_nan, bytes_to_bits, clear_nan, copy_present, count_bits, fill_absent};

impl Isa {
    /// Puts `fill` where a bit is not set.
    pub(crate) fn fill_absent<T: MaybeNan>(self, words: &[u64], fill: T, values: &mut [T]) {
        match self.0 {
            // SAFETY: there is such an `Isa` only where the processor has AVX2.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => unsafe { avx2::fill_absent(words, fill, values) },
            _ => compiled!(self, [T: Copy]
                fill_absent(words: &[u64], fill: T, values: &mut [T]) -> ()),
        }
    }

    /// Copies elements, those whose bit is not set as `fill`.
    pub(crate) fn copy_present<T: MaybeNan>(
        self,
        words: &[u64],
        values: &[T],
        fill: T,
        into: &mut [T],
    ) {
        match self.0 {
            // SAFETY: there is such an `Isa` only where the processor has AVX2.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => unsafe { avx2::copy_present(words, values, fill, into) },
            _ => compiled!(self, [T: Copy]
                copy_present(words: &[u64], values: &[T], fill: T, into: &mut [T]) -> ()),
        }
    }

    /// Clears the bits of elements that are NaN.
    pub(crate) fn clear_nan<T: MaybeNan>(self, values: &[T], words: &mut [u64]) {
        if !compiled!(self, [T: MaybeNan] any_nan(values: &[T]) -> bool) {
            return;
        }
        match self.0 {
            // SAFETY: either is an `Isa` only where the processor has AVX2.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 | Instructions::Avx512 => unsafe { avx2::clear_nan(values, words) },
            _ => compiled!(self, [T: MaybeNan] clear_nan(values: &[T], words: &mut [u64]) -> ()),
        }
    }

    /// A bit for each byte: whether it is not 0.
    pub(crate) fn bytes_to_bits(self, bytes: &[u8], words: &mut [u64]) {
        match self.0 {
            // SAFETY: either is an `Isa` only where the processor has AVX2.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 | Instructions::Avx512 => unsafe {
                avx2::bytes_to_bits(bytes, words);
            },
            _ => compiled!(self, [] bytes_to_bits(bytes: &[u8], words: &mut [u64]) -> ()),
        }
    }

    /// How many bits are set.
    pub(crate) fn count_bits(self, words: &[u64]) -> usize {
        compiled!(self, [] count_bits(words: &[u64]) -> usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn random(state: &mut u64) -> u64 {
        *state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        *state ^ *state >> 29
    }

    /// Mostly ordinary values; what is left is NaN, an infinity, zero or subnormal.
    fn doubles(state: &mut u64, count: usize) -> Vec<f64> {
        let one = |bits: u64| match bits % 11 {
            0 => f64::from_bits(bits | 0x7ff0_0000_0000_0001),
            1 => f64::from_bits(bits & 1 << 63 | 0x7ff0_0000_0000_0000),
            2 => f64::from_bits(bits & 0x800f_ffff_ffff_ffff),
            _ => f64::from_bits(bits),
        };
        (0..count).map(|_| one(random(state))).collect()
    }

    fn floats(state: &mut u64, count: usize) -> Vec<f32> {
        let one = |bits: u64| match bits % 11 {
            0 => f32::from_bits(bits as u32 | 0x7f80_0001),
            1 => f32::from_bits(bits as u32 & 1 << 31 | 0x7f80_0000),
            _ => f32::from_bits(bits as u32),
        };
        (0..count).map(|_| one(random(state))).collect()
    }

    fn bit(words: &[u64], index: usize) -> bool {
        words[index / 64] >> (index % 64) & 1 == 1
    }

    /// Each step on a column of one type, element by element.
    fn check<T: MaybeNan>(isa: Isa, state: &mut u64, values: &[T], fill: T, bits: fn(T) -> u64) {
        let name = isa.name();
        let same = |a: T, b: T| bits(a) == bits(b);
        let mut words: Vec<u64> = (0..values.len().div_ceil(64))
            .map(|_| match random(state) % 4 {
                0 => u64::MAX,
                1 => 0,
                _ => random(state),
            })
            .collect();

        let mut copied = vec![fill; values.len()];
        isa.copy_present(&words, values, fill, &mut copied);
        let mut filled = values.to_vec();
        isa.fill_absent(&words, fill, &mut filled);
        for (index, &value) in values.iter().enumerate() {
            let expected = if bit(&words, index) { value } else { fill };
            assert!(same(copied[index], expected), "{name}: copied {index}");
            assert!(same(filled[index], expected), "{name}: filled {index}");
        }

        let count = (0..64 * words.len()).filter(|&index| bit(&words, index));
        assert_eq!(isa.count_bits(&words), count.count(), "{name}");

        let before = words.clone();
        isa.clear_nan(values, &mut words);
        for (index, value) in values.iter().enumerate() {
            let expected = bit(&before, index) && !value.is_nan();
            assert_eq!(bit(&words, index), expected, "{name}: {index}");
        }
    }

    #[test]
    fn bits_and_elements_agree() {
        let state = &mut 1;
        for isa in Isa::available() {
            for count in (0..200).chain([1000, 1919, 1920]) {
                let values = doubles(state, count);
                check(isa, state, &values, 0.5, f64::to_bits);
                let values = floats(state, count);
                check(isa, state, &values, 0.5, |value| value.to_bits().into());
                let values: Vec<u64> = (0..count).map(|_| random(state)).collect();
                check(isa, state, &values, 7, |value| value);
                let values: Vec<i32> = (0..count).map(|_| random(state) as i32).collect();
                check(isa, state, &values, 7, |value| value as u64);
                let values: Vec<u16> = (0..count).map(|_| random(state) as u16).collect();
                check(isa, state, &values, 7, u64::from);

                let bytes: Vec<u8> = (0..count).map(|_| random(state) as u8 & 0x81).collect();
                let mut words = vec![u64::MAX; count.div_ceil(64)];
                isa.bytes_to_bits(&bytes, &mut words);
                for index in 0..64 * words.len() {
                    let expected = bytes.get(index).is_some_and(|&byte| byte != 0);
                    assert_eq!(bit(&words, index), expected, "{}: {index}", isa.name());
                }
            }
        }
    }
}
