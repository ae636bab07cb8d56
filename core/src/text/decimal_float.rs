//! From a decimal of up to 19 digits to the nearest double.
//!
//! In integers, so the thread's rounding direction has no effect. One
//! multiplication by the first 64 bits of a power of five is enough unless its error
//! could change the rounding, as in D. Lemire, "Number parsing at a gigabyte per
//! second", Software: Practice and Experience 51(8), 2021. Otherwise `long_decimal`
//! takes 128 bits, and divides exactly if those do not decide either. N. Mushtak and
//! D. Lemire, "Fast number parsing without fallback", Software: Practice and Experience
//! 53(7), 2023, show that 128 bits always decide; nothing here relies on that.

use crate::text::powers_of_five::{leading_bits_of_power, unit_of_power};

/// Exponent fields, less one, of normal numbers that cannot round to infinity: those
/// below this.
const FIELDS: u64 = 2045;

/// The bits of the double nearest to `digits`·10^`exponent`, ties to even. `None` where
/// one product does not decide: for ties, for one number in a thousand, and for
/// numbers that are subnormal, near the largest double, or beyond.
#[inline(always)]
pub(crate) fn nearest(digits: u64, exponent: i64) -> Option<u64> {
    if digits == 0 {
        return Some(0);
    }
    let power = (leading_bits_of_power(exponent)? >> 64) as u64;
    let exponent = exponent as i32;
    let shift = digits.leading_zeros();
    let factor = digits << shift;
    // 63 or 64 bits. Exact, or too small by less than 2: less than 1 for the bits that
    // the power lacks, and less than 1 for the half that is dropped.
    let product = ((u128::from(factor) * u128::from(power)) >> 64) as u64;
    let narrow = 1 - (product >> 63);
    let normalized = product << narrow;
    // In the 11 bits below the significand, 0x400 is one half. The product is too
    // small by less than 4, and by less than 2 if the last bit may be set.
    let rest = normalized & 0x7ff;
    let unit = unit_of_power(exponent) + 128 + exponent - shift as i32;
    // The significand's top bit steps the exponent field up by one.
    let field = i64::from(unit + 63 + 1022 - narrow as i32) as u64;
    if rest.wrapping_sub(0x3fe) < 3 || field >= FIELDS {
        return None;
    }
    Some((field << 52) + (normalized >> 11) + (rest >> 10))
}
