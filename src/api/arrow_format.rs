//! The types of Arrow, as format strings name them.

use super::column_type::tally_type::{self, *};

/// What the elements of an array are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Format {
    Number(tally_type),
    /// A bit each.
    Bits,
    Decimal(DecimalType),
    /// A decimal of a precision that its bits cannot have.
    Imprecise(i32, Width),
    /// Arrays side by side.
    Struct,
    /// None of these: what it is called.
    Other(&'static str),
}

/// Integers in two's complement, each times 10^-`scale`.
///
/// The precision is how many digits they are meant to have. It is not relied on: Arrow's own
/// kernels have given sums the precision of their terms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct DecimalType {
    pub(super) width: Width,
    pub(super) scale: i32,
}

/// The size of a decimal's integers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Width {
    pub(super) bits: i32,
    /// The most digits that all integers of as many digits have room for.
    pub(super) precision: i32,
}

impl Width {
    const ALL: [Self; 4] = [
        Width::new(32, 9),
        Width::new(64, 18),
        Width::new(128, 38),
        Width::new(256, 76),
    ];

    const fn new(bits: i32, precision: i32) -> Self {
        Width { bits, precision }
    }

    pub(super) fn bytes(self) -> usize {
        self.bits as usize / 8
    }

    /// The digits of the largest integer.
    pub(super) fn digits(self) -> i32 {
        self.precision + 1
    }
}

const UNKNOWN: &str = "of no known type";

const MALFORMED: Format = Format::Other("a malformed decimal");

impl Format {
    /// What a format string names.
    pub(super) fn of(text: &[u8]) -> Self {
        match text {
            b"g" => Format::Number(TALLY_F64),
            b"f" => Format::Number(TALLY_F32),
            b"e" => Format::Number(TALLY_F16),
            b"c" => Format::Number(TALLY_I8),
            b"s" => Format::Number(TALLY_I16),
            b"i" => Format::Number(TALLY_I32),
            b"l" => Format::Number(TALLY_I64),
            b"C" => Format::Number(TALLY_U8),
            b"S" => Format::Number(TALLY_U16),
            b"I" => Format::Number(TALLY_U32),
            b"L" => Format::Number(TALLY_U64),
            b"b" => Format::Bits,
            b"+s" => Format::Struct,
            b"" => Format::Other("empty"),
            b"n" => Format::Other("null, which has no values"),
            b"z" | b"Z" => Format::Other("binary"),
            b"vz" => Format::Other("a binary view"),
            b"u" | b"U" => Format::Other("a utf8 string"),
            b"vu" => Format::Other("a string view"),
            b"tdD" | b"tdm" => Format::Other("a date"),
            b"tts" | b"ttm" | b"ttu" | b"ttn" => Format::Other("a time"),
            b"tDs" | b"tDm" | b"tDu" | b"tDn" => Format::Other("a duration"),
            b"tiM" | b"tiD" | b"tin" => Format::Other("an interval"),
            b"+l" | b"+L" => Format::Other("a list"),
            b"+vl" | b"+vL" => Format::Other("a list view"),
            b"+m" => Format::Other("a map"),
            b"+r" => Format::Other("run-end encoded"),
            [b'd', b':', rest @ ..] => decimal(rest).unwrap_or(MALFORMED),
            [b'w', b':', ..] => Format::Other("fixed-size binary"),
            [b't', b's', b's' | b'm' | b'u' | b'n', b':', ..] => Format::Other("a timestamp"),
            [b'+', b'w', b':', ..] => Format::Other("a fixed-size list"),
            [b'+', b'u', b'd' | b's', b':', ..] => Format::Other("a union"),
            _ => Format::Other(UNKNOWN),
        }
    }

    /// What it is called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Format::Number(TALLY_F64) => "double",
            Format::Number(TALLY_F32) => "float",
            Format::Number(TALLY_F16) => "half precision",
            Format::Number(_) => "integer",
            Format::Bits => "bool",
            Format::Decimal(_) | Format::Imprecise(..) => "decimal",
            Format::Struct => "a struct",
            Format::Other(name) => name,
        }
    }
}

/// What stands after `d:`: precision, scale and, unless it is 128, the number of bits.
fn decimal(text: &[u8]) -> Option<Format> {
    let mut parts = text.split(|&byte| byte == b',');
    let precision = integer(parts.next()?)?;
    let scale = integer(parts.next()?)?;
    let bits = parts.next().map_or(Some(128), integer)?;
    let width = Width::ALL.into_iter().find(|width| width.bits == bits)?;
    if parts.next().is_some() {
        return None;
    }
    Some(match (1..=width.precision).contains(&precision) {
        true => Format::Decimal(DecimalType { width, scale }),
        false => Format::Imprecise(precision, width),
    })
}

/// An integer in text: digits, perhaps with a minus.
fn integer(text: &[u8]) -> Option<i32> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    // parse() refuses a text without digits.
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    str::from_utf8(text).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read() {
        let widths = [32, 64, 128, 256].into_iter().zip(Width::ALL);
        let width = |bits| {
            let mut widths = widths.clone();
            widths.find(|(of, _)| *of == bits).expect("a width").1
        };
        let decimal = |bits, scale| {
            let width = width(bits);
            Some(Format::Decimal(DecimalType { width, scale }))
        };
        let imprecise = |precision, bits| Some(Format::Imprecise(precision, width(bits)));
        for (text, expected) in [
            (&b"38,10"[..], decimal(128, 10)),
            (b"9,-3,32", decimal(32, -3)),
            (b"18,0,64", decimal(64, 0)),
            (b"1,2147483647,128", decimal(128, i32::MAX)),
            (b"76,-76,256", decimal(256, -76)),
            (b"77,0,256", imprecise(77, 256)),
            (b"39,0", imprecise(39, 128)),
            (b"19,0,64", imprecise(19, 64)),
            (b"10,0,32", imprecise(10, 32)),
            (b"0,0", imprecise(0, 128)),
            (b"-1,0", imprecise(-1, 128)),
            (b"38", None),
            (b"38,", None),
            (b",2", None),
            (b"38,2,", None),
            (b"38,2,512", None),
            (b"38,2,128,", None),
            (b"38,+2", None),
            (b"38, 2", None),
            (b"38,-", None),
            (b"38,2147483648", None),
            (b"", None),
        ] {
            assert_eq!(super::decimal(text), expected, "{}", text.escape_ascii());
        }
    }

    #[test]
    fn what_is_no_number_is_named() {
        for (text, name) in [
            (&b"u"[..], "a utf8 string"),
            (b"tss:", "a timestamp"),
            (b"tsn:Europe/Zurich", "a timestamp"),
            (b"tdD", "a date"),
            (b"ttu", "a time"),
            (b"tDm", "a duration"),
            (b"tin", "an interval"),
            (b"w:16", "fixed-size binary"),
            (b"+w:3", "a fixed-size list"),
            (b"+ud:0,1", "a union"),
            (b"+us:", "a union"),
            (b"+r", "run-end encoded"),
            (b"d:1", "a malformed decimal"),
            (b"", "empty"),
            (b"gg", UNKNOWN),
            (b"ts", UNKNOWN),
            (b"tsx:", UNKNOWN),
            (b"+", UNKNOWN),
            (b"\xff", UNKNOWN),
        ] {
            assert_eq!(Format::of(text), Format::Other(name));
        }
    }
}
