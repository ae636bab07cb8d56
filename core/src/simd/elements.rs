//! The operations on blocks that columns need: conversions, sums of narrow integers,
//! and leaving out elements. Plain loops, compiled once for each set of instructions.

use crate::element::{Bf16, Bool, F16, MaybeNan};
use crate::float::BINARY64;
use crate::simd::fpenv::with_default_environment;
use crate::simd::isa::{Isa, compiled};

/// The largest integer up to which all are doubles.
const EXACT: u64 = 1 << 53;

#[inline(always)]
fn widen_f16(values: &[F16], wide: &mut [f32]) {
    for (wide, value) in wide.iter_mut().zip(values) {
        *wide = value.to_f32_by_subtraction();
    }
}

#[inline(always)]
fn widen_bf16(values: &[Bf16], wide: &mut [f32]) {
    for (wide, value) in wide.iter_mut().zip(values) {
        *wide = value.to_f32();
    }
}

impl Isa {
    /// The floats of the same values, into as many places.
    pub(crate) fn widen_f16(self, values: &[F16], wide: &mut [f32]) {
        if !self.has_kernels() {
            for (wide, value) in wide.iter_mut().zip(values) {
                *wide = value.to_f32();
            }
            return;
        }
        with_default_environment(|| {
            compiled!(self, [] widen_f16(values: &[F16], wide: &mut [f32]) -> ());
        });
    }

    /// The floats of the same values, into as many places.
    pub(crate) fn widen_bf16(self, values: &[Bf16], wide: &mut [f32]) {
        compiled!(self, [] widen_bf16(values: &[Bf16], wide: &mut [f32]) -> ())
    }
}

/// An integer that may be a double.
pub(crate) trait Integer: Copy {
    /// The sign and the size.
    fn parts(self) -> (bool, u64);

    /// The nearest double, in the default environment.
    fn to_f64(self) -> f64;
}

macro_rules! integers {
    ($($type:ty, $value:ident => $number:expr;)+) => {$(
        impl Integer for $type {
            #[inline(always)]
            fn parts(self) -> (bool, u64) {
                let $value = self;
                let number = i128::from($number);
                (number < 0, number.unsigned_abs() as u64)
            }

            #[inline(always)]
            fn to_f64(self) -> f64 {
                let $value = self;
                $number as f64
            }
        }
    )+};
}

integers! {
    i8, value => value;
    i16, value => value;
    i32, value => value;
    i64, value => value;
    u8, value => value;
    u16, value => value;
    u32, value => value;
    u64, value => value;
    Bool, value => value.number();
}

#[inline(always)]
fn integers_to_doubles<T: Integer>(values: &[T], doubles: &mut [f64]) -> bool {
    let mut beyond = 0;
    for (double, value) in doubles.iter_mut().zip(values) {
        beyond |= value.parts().1.saturating_sub(EXACT);
        *double = value.to_f64();
    }
    beyond == 0
}

/// The same without the processor's help.
fn integers_to_doubles_by_bits<T: Integer>(values: &[T], doubles: &mut [f64]) -> bool {
    for (double, value) in doubles.iter_mut().zip(values) {
        let (negative, size) = value.parts();
        if size > EXACT {
            return false;
        }
        let bits = BINARY64.nearest_of_two_words(size.into(), 0);
        *double = f64::from_bits(if size == 0 { 0 } else { bits } | u64::from(negative) << 63);
    }
    true
}

impl Isa {
    /// The doubles of the same values, into as many places; whether all of them are
    /// doubles.
    pub(crate) fn integers_to_doubles<T: Integer>(self, values: &[T], doubles: &mut [f64]) -> bool {
        if !self.has_kernels() {
            return integers_to_doubles_by_bits(values, doubles);
        }
        with_default_environment(|| {
            compiled!(self, [T: Integer]
                integers_to_doubles(values: &[T], doubles: &mut [f64]) -> bool)
        })
    }
}

/// Rows of sums: a type, one that has room for `1 << room` of its values, and a value's
/// number.
macro_rules! narrow_sums {
    ($($name:ident: $type:ty => $wide:ty, $room:literal, $value:ident => $number:expr;)+) => {
        $(
            /// The exact sum of `values`.
            pub(crate) fn $name(isa: Isa, values: &[$type]) -> i128 {
                const LANES: usize = 64;

                #[inline(always)]
                fn sum_lanes(values: &[$type]) -> i64 {
                    let mut lanes = [0 as $wide; LANES];
                    let (chunks, rest) = values.as_chunks::<LANES>();
                    for chunk in chunks {
                        for (lane, &$value) in lanes.iter_mut().zip(chunk) {
                            *lane += <$wide>::from($number);
                        }
                    }
                    let rest = rest.iter().map(|&$value| i64::from($number)).sum::<i64>();
                    lanes.iter().map(|&lane| lane as i64).sum::<i64>() + rest
                }

                let blocks = values.chunks(LANES << $room);
                blocks
                    .map(|block| {
                        i128::from(compiled!(isa, [] sum_lanes(block: &[$type]) -> i64))
                    })
                    .sum()
            }
        )+
    };
}

narrow_sums! {
    sum_i8: i8 => i32, 23, value => value;
    sum_u8: u8 => u32, 23, value => value;
    sum_i16: i16 => i32, 15, value => value;
    sum_u16: u16 => u32, 15, value => value;
    sum_u32: u32 => u64, 20, value => value;
    sum_bool: Bool => u32, 23, value => value.number();
}

/// Puts `fill` where a bit is not set, 64 elements a word.
#[inline(always)]
fn fill_absent<T: Copy>(words: &[u64], fill: T, values: &mut [T]) {
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
fn copy_present<T: Copy>(words: &[u64], values: &[T], fill: T, into: &mut [T]) {
    for ((into, values), &word) in into.chunks_mut(64).zip(values.chunks(64)).zip(words) {
        match (into.as_chunks_mut::<64>().0, values.as_chunks::<64>().0) {
            // Of a whole word, the bits are constants.
            ([into], [values]) => {
                for (index, (into, value)) in into.iter_mut().zip(values).enumerate() {
                    *into = if word & 1 << index != 0 { *value } else { fill };
                }
            }
            _ => {
                for (index, (into, value)) in into.iter_mut().zip(values).enumerate() {
                    *into = if word & 1 << index != 0 { *value } else { fill };
                }
            }
        }
    }
}

#[inline(always)]
fn any_nan<T: MaybeNan>(values: &[T]) -> bool {
    // A chunk at a time without a branch.
    let mut chunks = values.chunks(256);
    chunks.any(T::any_is_nan)
}

/// Clears the bits of elements that are NaN.
#[inline(always)]
fn clear_nan<T: MaybeNan>(values: &[T], words: &mut [u64]) {
    for (chunk, word) in values.chunks(64).zip(words) {
        *word &= match chunk.as_chunks::<64>().0 {
            // Of a whole word, the bits are constants.
            [whole] => !nan_bits(whole),
            _ => {
                let mut nan = 0;
                for (index, value) in chunk.iter().enumerate() {
                    nan |= u64::from(value.is_nan()) << index;
                }
                !nan
            }
        };
    }
}

/// A bit for each element: whether it is NaN.
#[inline(always)]
fn nan_bits<T: MaybeNan>(values: &[T; 64]) -> u64 {
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
fn bytes_to_bits(bytes: &[u8], words: &mut [u64]) {
    for (chunk, word) in bytes.chunks(64).zip(words) {
        *word = match chunk.as_chunks::<64>().0 {
            [whole] => set_bits(whole),
            _ => {
                let mut whole = [0; 64];
                whole[..chunk.len()].copy_from_slice(chunk);
                set_bits(&whole)
            }
        };
    }
}

impl Isa {
    /// Puts `fill` where a bit is not set.
    pub(crate) fn fill_absent<T: Copy>(self, words: &[u64], fill: T, values: &mut [T]) {
        compiled!(self, [T: Copy]
            fill_absent(words: &[u64], fill: T, values: &mut [T]) -> ())
    }

    /// Copies elements, those whose bit is not set as `fill`.
    pub(crate) fn copy_present<T: Copy>(
        self,
        words: &[u64],
        values: &[T],
        fill: T,
        into: &mut [T],
    ) {
        compiled!(self, [T: Copy]
            copy_present(words: &[u64], values: &[T], fill: T, into: &mut [T]) -> ())
    }

    /// Clears the bits of elements that are NaN.
    pub(crate) fn clear_nan<T: MaybeNan>(self, values: &[T], words: &mut [u64]) {
        if compiled!(self, [T: MaybeNan] any_nan(values: &[T]) -> bool) {
            compiled!(self, [T: MaybeNan]
                clear_nan(values: &[T], words: &mut [u64]) -> ())
        }
    }

    /// A bit for each byte: whether it is not 0.
    pub(crate) fn bytes_to_bits(self, bytes: &[u8], words: &mut [u64]) {
        compiled!(self, [] bytes_to_bits(bytes: &[u8], words: &mut [u64]) -> ())
    }
}
