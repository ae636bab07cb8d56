//! The types of elements, and values of each that are random or hostile.

use tally_core::{Bf16, Bool, Elements, F16, Values};

use super::cells::Cell;
use crate::support::arrays;
use crate::support::random::Random;

/// A type of element, as a test makes it.
pub(crate) trait Element: Copy + Default + Sync + 'static {
    const NAME: &'static str;
    const IS_INTEGER: bool;

    /// A value of one of some kinds.
    fn random(random: &mut Random, kind: usize) -> Self;

    /// The element that is this number, or the nearest one.
    fn of_double(value: f64) -> Self;

    /// An element that has some of the bits of this double: of values that cancel, they
    /// cancel too.
    fn of_bits_of(value: f64) -> Self;

    /// Its size, or nearly.
    fn without_sign(self) -> Self;

    fn cell(self) -> Cell;

    fn values<'a>(elements: Elements<'a, Self>) -> Values<'a>;
}

/// How many kinds of single values there are.
const KINDS: usize = 5;

fn random_double(random: &mut Random, kind: usize) -> f64 {
    match kind {
        // Friendly, with few digits, or far from zero.
        0 => random.below(1 << 20) as f64 / 1024.0 - 500.0,
        1 => random.below(1000) as f64 - 300.0,
        2 => 1e9 + random.below(1 << 20) as f64 / 1024.0,
        // Any at all.
        3 => f64::from_bits(random.bits()),
        _ => match random.below(40) {
            0 => f64::NAN,
            1 => f64::INFINITY,
            2 => -f64::NAN,
            3 => -0.0,
            _ => random.below(1 << 30) as f64 * 1e-9,
        },
    }
}

/// Values of one kind, and its name.
pub(crate) fn values<T: Element>(random: &mut Random, count: usize) -> (Vec<T>, String) {
    let way = random.below(4);
    if way < 2 {
        let kind = random.below(KINDS);
        let values = (0..count).map(|_| T::random(random, kind)).collect();
        return (values, format!("kind {kind}"));
    }
    let (name, generate) = random.pick(&arrays::KINDS);
    let mut doubles = generate(random, count);
    doubles.resize(count, 0.5);
    let make: fn(f64) -> T = if way == 2 {
        T::of_double
    } else {
        T::of_bits_of
    };
    (doubles.into_iter().map(make).collect(), name.to_owned())
}

macro_rules! floats {
    ($($type:ty: $name:literal, $value:ident => $of_double:expr, $of_bits:expr, $double:expr;)+) => {$(
        impl Element for $type {
            const NAME: &'static str = $name;
            const IS_INTEGER: bool = false;

            fn random(random: &mut Random, kind: usize) -> Self {
                Self::of_double(random_double(random, kind))
            }

            fn of_double($value: f64) -> Self {
                $of_double
            }

            fn of_bits_of($value: f64) -> Self {
                $of_bits
            }

            fn without_sign(self) -> Self {
                Self::from_bits(self.to_bits() << 1 >> 1)
            }

            fn cell(self) -> Cell {
                let $value = self;
                Cell::of_double($double)
            }

            fn values<'a>(elements: Elements<'a, Self>) -> Values<'a> {
                elements.into()
            }
        }
    )+};
}

floats! {
    f64: "f64", value => value, value, value;
    f32: "f32", value => value as f32, f32::from_bits((value.to_bits() >> 32) as u32),
        f64::from(value);
    // Of the value's own bits, so that every pattern comes up.
    F16: "f16", value => F16::from_bits(((value as f32).to_bits() >> 13) as u16),
        F16::from_bits((value.to_bits() >> 48) as u16), half(value.to_bits(), 10);
    Bf16: "bf16", value => Bf16::from_bits(((value as f32).to_bits() >> 16) as u16),
        Bf16::from_bits((value.to_bits() >> 48) as u16), half(value.to_bits(), 7);
}

/// The double of a half, by its format.
fn half(bits: u16, fraction_bits: i32) -> f64 {
    let fraction = f64::from(bits & ((1 << fraction_bits) - 1));
    let field = i32::from(bits & 0x7fff) >> fraction_bits;
    let top = (1 << (15 - fraction_bits)) - 1;
    let size = match (field, fraction == 0.0) {
        (field, true) if field == top => f64::INFINITY,
        (field, false) if field == top => f64::NAN,
        (0, _) => fraction * 2.0_f64.powi(1 - top / 2 - fraction_bits),
        _ => {
            (fraction + 2.0_f64.powi(fraction_bits)) * 2.0_f64.powi(field - top / 2 - fraction_bits)
        }
    };
    if bits >> 15 == 1 { -size } else { size }
}

macro_rules! integers {
    ($($type:ty: $name:literal, $value:ident => $without_sign:expr;)+) => {$(
        impl Element for $type {
            const NAME: &'static str = $name;
            const IS_INTEGER: bool = true;

            fn random(random: &mut Random, kind: usize) -> Self {
                match kind {
                    0 => random.below(100) as $type,
                    1 => (random.below(100) as $type).wrapping_sub(50),
                    2 => <$type>::MAX - random.below(10) as $type,
                    3 => <$type>::MIN + random.below(3) as $type,
                    _ => random.bits() as $type,
                }
            }

            fn of_double(value: f64) -> Self {
                value as $type
            }

            fn of_bits_of(value: f64) -> Self {
                let size = value.to_bits() as $type;
                if value.is_sign_negative() {
                    size.wrapping_neg()
                } else {
                    size
                }
            }

            fn without_sign(self) -> Self {
                let $value = self;
                $without_sign
            }

            fn cell(self) -> Cell {
                Cell::of_integer(self)
            }

            fn values<'a>(elements: Elements<'a, Self>) -> Values<'a> {
                elements.into()
            }
        }
    )+};
}

integers! {
    i8: "i8", value => value.saturating_abs();
    i16: "i16", value => value.saturating_abs();
    i32: "i32", value => value.saturating_abs();
    i64: "i64", value => value.saturating_abs();
    u8: "u8", value => value;
    u16: "u16", value => value;
    u32: "u32", value => value;
    u64: "u64", value => value;
}

impl Element for Bool {
    const NAME: &'static str = "bool";
    const IS_INTEGER: bool = true;

    fn random(random: &mut Random, _kind: usize) -> Self {
        Bool::from_byte(random.bits() as u8 & random.bits() as u8 & random.bits() as u8)
    }

    fn of_double(value: f64) -> Self {
        Bool::from_byte(value as u8)
    }

    fn of_bits_of(value: f64) -> Self {
        Bool::from_byte(value.to_bits() as u8)
    }

    fn without_sign(self) -> Self {
        self
    }

    fn cell(self) -> Cell {
        Cell::of_integer(u8::from(self != Bool::from_byte(0)))
    }

    fn values<'a>(elements: Elements<'a, Self>) -> Values<'a> {
        elements.into()
    }
}

/// How many types there are, and the first of those of integers.
pub(crate) const TYPES: usize = 13;
pub(crate) const FIRST_INTEGER: usize = 4;

/// An expression for each type.
macro_rules! for_any_type {
    ($number:expr, $type:ident => $then:expr) => {
        for_any_type!($number, $type => $then, 0 f64, 1 f32, 2 tally_core::F16,
            3 tally_core::Bf16, 4 i8, 5 i16, 6 i32, 7 i64, 8 u8, 9 u16, 10 u32, 11 u64,
            12 tally_core::Bool)
    };
    ($number:expr, $type:ident => $then:expr, $($index:literal $each:ty),+) => {
        match $number % $crate::types::TYPES {
            $($index => {
                type $type = $each;
                $then
            })+
            _ => unreachable!("there are no more types"),
        }
    };
}
pub(crate) use for_any_type;
