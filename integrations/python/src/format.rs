//! The formats of elements: PEP 3118's, and those of `__array_interface__`.

use pyo3::PyErr;
use pyo3::exceptions::PyTypeError;

use crate::column::Kind;

/// The kind of an element, and whether its bytes are in the other order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Format {
    pub(crate) kind: Kind,
    pub(crate) is_swapped: bool,
}

/// The kind of numbers that a letter stands for.
#[derive(Clone, Copy)]
enum Family {
    Signed,
    Unsigned,
    Bool,
    Float,
}

fn kind(family: Family, size: usize) -> Option<Kind> {
    use Kind::*;
    Some(match (family, size) {
        (Family::Bool, 1) => TALLY_BOOL,
        (Family::Signed, 1) => TALLY_I8,
        (Family::Signed, 2) => TALLY_I16,
        (Family::Signed, 4) => TALLY_I32,
        (Family::Signed, 8) => TALLY_I64,
        (Family::Unsigned, 1) => TALLY_U8,
        (Family::Unsigned, 2) => TALLY_U16,
        (Family::Unsigned, 4) => TALLY_U32,
        (Family::Unsigned, 8) => TALLY_U64,
        (Family::Float, 2) => TALLY_F16,
        (Family::Float, 4) => TALLY_F32,
        (Family::Float, 8) => TALLY_F64,
        _ => return None,
    })
}

fn is_swapped(order: u8, size: usize) -> bool {
    let foreign = if cfg!(target_endian = "little") {
        b">!"
    } else {
        b"<<"
    };
    size > 1 && foreign.contains(&order)
}

/// A format of the buffer protocol, of elements of `size` bytes.
pub(crate) fn of_buffer(format: &[u8], size: usize) -> Result<Format, PyErr> {
    let (order, letters) = match format {
        [order @ (b'@' | b'=' | b'<' | b'>' | b'!'), letters @ ..] => (*order, letters),
        letters => (b'@', letters),
    };
    let family = match letters {
        b"b" | b"h" | b"i" | b"l" | b"q" | b"n" => Some(Family::Signed),
        b"B" | b"H" | b"I" | b"L" | b"Q" | b"N" => Some(Family::Unsigned),
        b"?" => Some(Family::Bool),
        b"e" | b"f" | b"d" => Some(Family::Float),
        _ => None,
    };
    match family.and_then(|family| kind(family, size)) {
        Some(kind) => Ok(Format {
            kind,
            is_swapped: is_swapped(order, size),
        }),
        None => Err(refused(&name(letters))),
    }
}

/// A `typestr` of `__array_interface__`, such as "<f8".
pub(crate) fn of_typestr(text: &str) -> Result<Format, PyErr> {
    let parts = match text.as_bytes() {
        [order, letter, digits @ ..] => {
            let size = std::str::from_utf8(digits)
                .ok()
                .and_then(|digits| digits.parse().ok());
            let family = match letter {
                b'i' => Some(Family::Signed),
                b'u' => Some(Family::Unsigned),
                b'b' => Some(Family::Bool),
                b'f' => Some(Family::Float),
                _ => None,
            };
            size.zip(family)
                .map(|(size, family)| (*order, size, family))
        }
        _ => None,
    };
    let found = parts.and_then(|(order, size, family)| {
        let is_swapped = is_swapped(order, size);
        Some(Format {
            kind: kind(family, size)?,
            is_swapped,
        })
    });
    found.ok_or_else(|| refused(text))
}

/// A type code and a number of bits, as DLPack has them.
pub(crate) fn of_dlpack(code: u8, bits: u8) -> Result<Format, PyErr> {
    let size = usize::from(bits / 8);
    let found = match (code, bits) {
        (0, _) => kind(Family::Signed, size),
        (1, _) => kind(Family::Unsigned, size),
        (2, _) => kind(Family::Float, size),
        (4, 16) => Some(Kind::TALLY_BF16),
        (6, 8) => Some(Kind::TALLY_BOOL),
        _ => None,
    };
    let is_swapped = false;
    match found.filter(|_| bits.is_multiple_of(8)) {
        Some(kind) => Ok(Format { kind, is_swapped }),
        None => Err(refused(&format!("DLPack code {code} with {bits} bits"))),
    }
}

/// An error for an array whose elements have an unsupported type.
#[cold]
pub(crate) fn refused(name: &str) -> PyErr {
    PyTypeError::new_err(format!("elements of type {name} are not supported"))
}

/// A readable name for the elements of a refused format.
fn name(letters: &[u8]) -> String {
    let known = match letters {
        b"Zf" => "complex64",
        b"Zd" => "complex128",
        b"Zg" => "clongdouble",
        b"g" => "longdouble",
        b"O" => "object",
        b"c" => "char",
        b"P" => "pointer",
        [b'T', b'{', ..] => "struct",
        [.., b's' | b'p'] => "bytes",
        [.., b'w' | b'u'] => "str",
        [.., b'x'] => "void",
        _ => return format!("'{}'", String::from_utf8_lossy(letters)),
    };
    known.to_owned()
}
