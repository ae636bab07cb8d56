//! Which Rust type is which C type.
//!
//! C fixes the sizes of few types: the `c_` types of `std::ffi` follow the
//! target's C compiler. A test asks that compiler about each row.

use std::ffi::{
    c_char, c_double, c_float, c_int, c_long, c_longlong, c_schar, c_short, c_uchar, c_uint,
    c_ulong, c_ulonglong, c_ushort, c_void,
};

/// What a primitive type holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Integers, negative ones too.
    Signed,
    /// Integers from 0 up.
    Unsigned,
    /// Floating-point numbers.
    Float,
    /// 0 and 1 only. Any other bits in a Rust `bool` are undefined behaviour.
    Boolean,
    /// Addresses.
    Pointer,
}

/// A Rust type and the C type that has the same values in the same bytes.
#[derive(Clone, Copy, Debug)]
pub struct Primitive {
    /// The type's name in Rust.
    pub rust: &'static str,
    /// The type's name in C.
    pub c: &'static str,
    /// Its size in bytes.
    pub size: usize,
    /// Its alignment in bytes.
    pub alignment: usize,
    /// What it holds.
    pub kind: Kind,
}

macro_rules! row {
    ($rust:ty, $c:literal, $kind:expr) => {
        Primitive {
            rust: stringify!($rust),
            c: $c,
            size: size_of::<$rust>(),
            alignment: align_of::<$rust>(),
            kind: $kind,
        }
    };
}

macro_rules! integer {
    ($rust:ty, $c:literal) => {
        row!(
            $rust,
            $c,
            // The least signed integer is below 0.
            if <$rust>::MIN == 0 {
                Kind::Unsigned
            } else {
                Kind::Signed
            }
        )
    };
}

/// The mapping of the primitive types on this target.
pub const PRIMITIVES: &[Primitive] = &[
    // Signed on x86, unsigned on Arm.
    integer!(c_char, "char"),
    integer!(c_schar, "signed char"),
    integer!(c_uchar, "unsigned char"),
    integer!(c_short, "short"),
    integer!(c_ushort, "unsigned short"),
    integer!(c_int, "int"),
    integer!(c_uint, "unsigned int"),
    // As wide as a pointer on Unix, 32 bits on Windows.
    integer!(c_long, "long"),
    integer!(c_ulong, "unsigned long"),
    integer!(c_longlong, "long long"),
    integer!(c_ulonglong, "unsigned long long"),
    integer!(i8, "int8_t"),
    integer!(u8, "uint8_t"),
    integer!(i16, "int16_t"),
    integer!(u16, "uint16_t"),
    integer!(i32, "int32_t"),
    integer!(u32, "uint32_t"),
    integer!(i64, "int64_t"),
    integer!(u64, "uint64_t"),
    integer!(usize, "size_t"),
    integer!(isize, "ptrdiff_t"),
    integer!(usize, "uintptr_t"),
    integer!(isize, "intptr_t"),
    row!(c_float, "float", Kind::Float),
    row!(c_double, "double", Kind::Float),
    row!(bool, "_Bool", Kind::Boolean),
    row!(*const c_void, "const void *", Kind::Pointer),
    row!(*mut c_char, "char *", Kind::Pointer),
    // The `Option` is what makes NULL a value.
    row!(Option<extern "C" fn()>, "void (*)(void)", Kind::Pointer),
];
