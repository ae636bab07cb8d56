//! From a decimal to the nearest double, for the decimals that people write.
//!
//! In integers, so that no direction of rounding that a thread has set has a say.
//! One multiplication by a reciprocal of 5^k that was made in advance is enough
//! unless its error could change the rounding, as in D. Lemire, "Number parsing at
//! a gigabyte per second", Software: Practice and Experience 51(8), 2021; then a
//! division decides.

use crate::float::BINARY64;

/// 5^27 is the largest power of five below 2^64.
const DIVISORS: usize = 28;

/// 10^37 with digits that are many enough gives 2^128 and more.
const LARGEST_EXPONENT: i64 = 37;

/// A power of five, divided by.
#[derive(Clone, Copy)]
struct Divisor {
    /// Shifted up until the top bit is set.
    normalized: u64,
    shift: u32,
    /// Below 2^127 / `normalized`, by 1 at most.
    reciprocal: u64,
}

static POWERS_OF_FIVE: [Divisor; DIVISORS] = {
    let mut divisors = [Divisor::new(1); DIVISORS];
    let mut power = 1;
    let mut k = 1;
    while k < DIVISORS {
        power *= 5;
        divisors[k] = Divisor::new(power);
        k += 1;
    }
    divisors
};

impl Divisor {
    const fn new(divisor: u64) -> Divisor {
        let shift = divisor.leading_zeros();
        let normalized = divisor << shift;
        let reciprocal = (((1 << 127) - 1) / normalized as u128) as u64;
        Divisor {
            normalized,
            shift,
            reciprocal,
        }
    }
}

/// The bits of the double nearest to `digits`·10^`exponent`, ties to even; `None`
/// for some that are neither 0 nor below 2^53 with an exponent from -27 to 37.
#[inline(always)]
pub(crate) fn nearest(digits: u64, exponent: i64) -> Option<u64> {
    if digits == 0 {
        return Some(0);
    }
    if exponent > 0 {
        return nearest_product(digits, exponent);
    }
    let k = exponent.unsigned_abs();
    let divisor = POWERS_OF_FIVE.get(usize::try_from(k).ok()?)?;
    let shift = digits.leading_zeros();
    let dividend = digits << shift;
    let unit = divisor.shift as i32 - shift as i32 - 63 - k as i32;
    // 63 or 64 bits, in units of 2^`unit`. Too small, by less than 2: up to 1 for the
    // reciprocal, and less than 1 for the half that is dropped.
    let quotient = ((u128::from(dividend) * u128::from(divisor.reciprocal)) >> 64) as u64;
    let narrow = quotient.leading_zeros();
    let normalized = quotient << narrow;
    // Of the 11 bits below the significand 0x400 is half. Something is missing, less
    // than 4, and less than 2 if the last bit may be set.
    let rest = normalized & 0x7ff;
    if rest.wrapping_sub(0x3fe) < 2 {
        return Some(nearest_quotient(dividend, divisor, unit));
    }
    // The significand's top bit steps the exponent field up by one.
    let field = (unit - narrow as i32 + 63 + 1022) as u64;
    Some((field << 52) + (normalized >> 11) + (rest >> 10))
}

#[cold]
fn nearest_quotient(dividend: u64, divisor: &Divisor, unit: i32) -> u64 {
    let divided = u128::from(dividend) << 63;
    let normalized = u128::from(divisor.normalized);
    let rest = u128::from(!divided.is_multiple_of(normalized));
    // More than 53 bits are kept: one more below them stands for all the rest.
    BINARY64.nearest_of_two_words((divided / normalized) << 1 | rest, unit - 1)
}

fn nearest_product(digits: u64, exponent: i64) -> Option<u64> {
    if exponent > LARGEST_EXPONENT {
        return None;
    }
    let product = u128::from(digits).checked_mul(5_u128.pow(exponent as u32))?;
    Some(BINARY64.nearest_of_two_words(product, exponent as i32))
}
