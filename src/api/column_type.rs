//! The types of a column's elements.

use crate::boundary::pointer::Pod;
use tally_core::{Bf16, Bool, F16};
use tally_type::{TALLY_F32, TALLY_F64, TALLY_I32, TALLY_I64, TALLY_U64};

/// The type of the elements of a column.
///
/// 32 bits wide in every dialect of C and C++. Later versions may add types.
#[repr(i32)]
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum tally_type {
    /// double
    TALLY_F64 = 1,
    /// float
    TALLY_F32 = 2,
    /// half precision (IEEE 754 binary16)
    TALLY_F16 = 3,
    /// bfloat16: the upper 16 bits of a float
    TALLY_BF16 = 4,
    /// int8_t
    TALLY_I8 = 5,
    /// int16_t
    TALLY_I16 = 6,
    /// int32_t
    TALLY_I32 = 7,
    /// int64_t
    TALLY_I64 = 8,
    /// uint8_t
    TALLY_U8 = 9,
    /// uint16_t
    TALLY_U16 = 10,
    /// uint32_t
    TALLY_U32 = 11,
    /// uint64_t
    TALLY_U64 = 12,
    /// a byte: 0 is 0, anything else is 1
    TALLY_BOOL = 13,
}

impl tally_type {
    const ALL: [Self; 13] = {
        use tally_type::*;
        [
            TALLY_F64, TALLY_F32, TALLY_F16, TALLY_BF16, TALLY_I8, TALLY_I16, TALLY_I32, TALLY_I64,
            TALLY_U8, TALLY_U16, TALLY_U32, TALLY_U64, TALLY_BOOL,
        ]
    };

    /// The type with this number, if there is one.
    pub(super) fn from_number(number: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|one| *one as i32 == number)
    }

    /// The size of an element.
    pub(super) fn size(self) -> usize {
        use tally_type::*;
        match self {
            TALLY_F64 | TALLY_I64 | TALLY_U64 => 8,
            TALLY_F32 | TALLY_I32 | TALLY_U32 => 4,
            TALLY_F16 | TALLY_BF16 | TALLY_I16 | TALLY_U16 => 2,
            TALLY_I8 | TALLY_U8 | TALLY_BOOL => 1,
        }
    }

    /// Its name in C.
    pub(super) fn name(self) -> &'static str {
        use tally_type::*;
        match self {
            TALLY_F64 => "double",
            TALLY_F32 => "float",
            TALLY_F16 => "half precision",
            TALLY_BF16 => "bfloat16",
            TALLY_I8 => "int8_t",
            TALLY_I16 => "int16_t",
            TALLY_I32 => "int32_t",
            TALLY_I64 => "int64_t",
            TALLY_U8 => "uint8_t",
            TALLY_U16 => "uint16_t",
            TALLY_U32 => "uint32_t",
            TALLY_U64 => "uint64_t",
            TALLY_BOOL => "bool",
        }
    }
}

// SAFETY: each is one integer.
unsafe impl Pod for F16 {}
// SAFETY: as above.
unsafe impl Pod for Bf16 {}
// SAFETY: as above.
unsafe impl Pod for Bool {}

/// A type that C has elements of by a name of its own.
pub(super) trait Element: Pod {
    const TYPE: tally_type;
}

macro_rules! elements {
    ($($number:ident: $element:ty;)+) => {$(
        impl Element for $element {
            const TYPE: tally_type = $number;
        }
    )+};
}

elements! {
    TALLY_F64: f64;
    TALLY_F32: f32;
    TALLY_I32: i32;
    TALLY_I64: i64;
    TALLY_U64: u64;
}

/// An expression of the type of an element.
macro_rules! of_type {
    ($number:expr, $type:ident => $then:expr) => {
        of_type!($number, $type => $then;
            TALLY_F64 f64, TALLY_F32 f32, TALLY_F16 F16, TALLY_BF16 Bf16,
            TALLY_I8 i8, TALLY_I16 i16, TALLY_I32 i32, TALLY_I64 i64,
            TALLY_U8 u8, TALLY_U16 u16, TALLY_U32 u32, TALLY_U64 u64, TALLY_BOOL Bool)
    };
    ($number:expr, $type:ident => $then:expr; $($name:ident $element:ty),+) => {
        match $number {
            $($name => {
                type $type = $element;
                $then
            })+
        }
    };
}

pub(super) use of_type;
