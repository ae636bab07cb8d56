//! The operations on blocks that columns need: conversions, sums of narrow integers, and
//! strides. Plain loops, compiled once for each set of instructions.

use crate::element::{Bf16, Bool, F16};
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

#[inline(always)]
fn first_of_each<T: Copy, const STEP: usize>(chunks: &[[T; STEP]], into: &mut [T]) {
    for (place, chunk) in into.iter_mut().zip(chunks) {
        *place = chunk[0];
    }
}

impl Isa {
    /// Copies the first element of each chunk.
    pub(crate) fn first_of_each<T: Copy, const STEP: usize>(
        self,
        chunks: &[[T; STEP]],
        into: &mut [T],
    ) {
        compiled!(self, [T: Copy, const STEP: usize]
            first_of_each(chunks: &[[T; STEP]], into: &mut [T]) -> ());
    }
}
