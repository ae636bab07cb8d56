//! An element as a number: a double, or its exact value.

use crate::element::{Bf16, Bool, F16};
use crate::float::finite_parts;
use crate::layout::ONE;
use crate::simd::{Integer, Isa};

/// Elements that are copied at a time before they are converted.
pub(crate) const PART: usize = 240;

/// Elements that are doubles, or may be.
pub(crate) trait AsDouble: Copy + Default {
    /// The doubles of the same values, into as many places; whether there are such.
    fn widen(isa: Isa, values: &[Self], doubles: &mut [f64]) -> bool;

    fn exact(self) -> Exact;
}

/// A number as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Exact {
    pub(crate) negative: bool,
    /// The number is `size` times 2^`position`, in units of 2^-1074.
    pub(crate) size: u64,
    pub(crate) position: usize,
    /// The bits of a double of the same sign that is zero, infinite or NaN if the number
    /// is.
    pub(crate) like: u64,
}

impl Exact {
    fn of_double(bits: u64) -> Self {
        let (significand, position) = finite_parts(bits);
        Exact {
            negative: bits >> 63 == 1,
            size: significand.unsigned_abs(),
            position,
            like: bits,
        }
    }

    fn of_integer(value: impl Integer) -> Self {
        let (negative, size) = value.parts();
        let like = if size == 0 { 0.0 } else { 1.0_f64 };
        Exact {
            negative,
            size,
            position: ONE,
            like: like.to_bits() | u64::from(negative) << 63,
        }
    }

    /// Neither NaN nor infinite.
    pub(crate) fn is_finite(&self) -> bool {
        const INFINITY: u64 = f64::INFINITY.to_bits();
        self.like & INFINITY != INFINITY
    }

    pub(crate) fn is_integer(&self) -> bool {
        self.position == ONE && self.is_finite()
    }
}

impl AsDouble for f64 {
    fn widen(_isa: Isa, values: &[Self], doubles: &mut [f64]) -> bool {
        doubles.copy_from_slice(values);
        true
    }

    fn exact(self) -> Exact {
        Exact::of_double(self.to_bits())
    }
}

impl AsDouble for f32 {
    fn widen(isa: Isa, values: &[Self], doubles: &mut [f64]) -> bool {
        isa.widen(values, doubles);
        true
    }

    fn exact(self) -> Exact {
        let mut double = [0.0];
        Isa::PORTABLE.widen(&[self], &mut double);
        double[0].exact()
    }
}

/// Rows of types that become floats first.
macro_rules! halves {
    ($($type:ty: $widen:ident;)+) => {$(
        impl AsDouble for $type {
            fn widen(isa: Isa, values: &[Self], doubles: &mut [f64]) -> bool {
                let mut floats = [0.0; PART];
                for (values, doubles) in values.chunks(PART).zip(doubles.chunks_mut(PART)) {
                    let floats = &mut floats[..values.len()];
                    isa.$widen(values, floats);
                    isa.widen(floats, doubles);
                }
                true
            }

            fn exact(self) -> Exact {
                self.to_f32().exact()
            }
        }
    )+};
}

halves! {
    F16: widen_f16;
    Bf16: widen_bf16;
}

macro_rules! integers {
    ($($type:ty),+) => {$(
        impl AsDouble for $type {
            fn widen(isa: Isa, values: &[Self], doubles: &mut [f64]) -> bool {
                isa.integers_to_doubles(values, doubles)
            }

            fn exact(self) -> Exact {
                Exact::of_integer(self)
            }
        }
    )+};
}

integers!(i8, i16, i32, i64, u8, u16, u32, u64, Bool);
