//! The arguments of the functions of decimals: 128-bit integers and rounding modes.

use std::mem::MaybeUninit;

use super::exports::as_they_are;
use crate::boundary::Outcome;
use crate::boundary::pointer::Pod;
use crate::boundary::record::refuse;
use crate::boundary::status::tally_status::TALLY_INVALID;
use tally_core::Rounding;

/// A signed integer of 128 bits: `high` * 2^64 + `low`.
///
/// On a little-endian machine it has the layout of an `__int128` and of an element of
/// Arrow's decimal128. It may have any alignment.
#[repr(C)]
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Default)]
pub struct tally_int128 {
    /// The lower 64 bits.
    pub low: u64,
    /// The upper 64 bits, including the sign.
    pub high: i64,
}

// SAFETY: two integers of one size, without padding.
unsafe impl Pod for tally_int128 {}

impl From<tally_int128> for i128 {
    #[inline]
    fn from(integer: tally_int128) -> i128 {
        i128::from(integer.high) << 64 | i128::from(integer.low)
    }
}

/// How a decimal total is rounded to fewer digits.
///
/// 32 bits wide in every dialect of C and C++.
#[repr(i32)]
#[allow(non_camel_case_types)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum tally_rounding {
    /// To the nearest, ties to the even digit: 0.125 is 0.12, and 0.375 is 0.38.
    TALLY_ROUND_HALF_EVEN = 1,
    /// To the nearest, ties away from zero: 0.125 is 0.13, and -0.125 is -0.13.
    TALLY_ROUND_HALF_UP = 2,
    /// Toward zero: 0.129 is 0.12, and -0.129 is -0.12.
    TALLY_ROUND_DOWN = 3,
    /// Away from zero: 0.121 is 0.13, and -0.121 is -0.13.
    TALLY_ROUND_UP = 4,
    /// Toward plus infinity: 0.121 is 0.13, and -0.129 is -0.12.
    TALLY_ROUND_CEILING = 5,
    /// Toward minus infinity: 0.129 is 0.12, and -0.121 is -0.13.
    TALLY_ROUND_FLOOR = 6,
}

as_they_are!(MaybeUninit<tally_rounding>);

/// The way of rounding that a caller asks for.
pub(super) fn rounding(asked_for: MaybeUninit<tally_rounding>) -> Outcome<Rounding> {
    use tally_rounding::*;
    // SAFETY: an argument is passed with all bytes of its number.
    let number = unsafe { asked_for.as_ptr().cast::<i32>().read() };
    let ways = [
        (TALLY_ROUND_HALF_EVEN, Rounding::HalfEven),
        (TALLY_ROUND_HALF_UP, Rounding::HalfUp),
        (TALLY_ROUND_DOWN, Rounding::Down),
        (TALLY_ROUND_UP, Rounding::Up),
        (TALLY_ROUND_CEILING, Rounding::Ceiling),
        (TALLY_ROUND_FLOOR, Rounding::Floor),
    ];
    let way = ways.iter().find(|(name, _)| *name as i32 == number);
    way.map(|(_, way)| *way).ok_or_else(|| {
        let message = format_args!("rounding is {number}, not a tally_rounding");
        refuse(TALLY_INVALID, message)
    })
}
