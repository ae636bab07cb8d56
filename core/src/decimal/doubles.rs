//! Doubles as decimals: each as the shortest decimal that converts back to the same
//! double.
//!
//! That is the decimal that programs print, and for a double read from "73.2" it is
//! 73.2. Two decimals of up to 15 digits never read as the same double. So if any such
//! decimal reads as a double, it is the shortest one, and a multiplication finds it;
//! `docs/decimals.md` has the proof. The standard library finds the others.

use std::fmt::Write;

use crate::decimal::limbs::FRACTION_DIGITS;
use crate::decimal::number::ShortDecimal;
use crate::decimal::run::Run;
use crate::decimal::{Counter, Decimal};
use crate::float::{Binary, Special, finite_parts};
use crate::text::swar::POWERS_OF_TEN;

/// Digits of which no two decimals are near enough to read as one double.
const SHORT_DIGITS: usize = 15;

/// The most digits after the point that are tried: up to as many, all that counts is
/// whether the digits are few enough.
pub(super) const MOST_PLACES: usize = SHORT_DIGITS;

/// The integer n for which n·10^-`places` reads as the double with these bits, if there
/// is one below 10^15 in size. `places` is at most [`MOST_PLACES`].
#[inline(always)]
pub(super) fn short_digits(bits: u64, places: usize) -> Option<i64> {
    let (significand, position) = finite_parts(bits);
    if significand == 0 {
        return Some(0);
    }
    // The double is the significand over 2^shift.
    let shift = 1074_u32.wrapping_sub(position as u32);
    let (size, power) = (significand.unsigned_abs(), POWERS_OF_TEN[places]);
    let (nearest, distance) = match shift {
        1..64 => nearest_to_product(size, power, shift)?,
        64..128 => nearest_to_small_product(size, power, shift),
        // Too small, or without a fraction of its own and too large, as a NaN seems to be.
        _ => return None,
    };
    // Less than half of the way to the next double. Below a power of two it is only half as
    // far, and none of these decimals is more than half of that away.
    if distance >= power.div_ceil(2) || nearest >= POWERS_OF_TEN[SHORT_DIGITS] {
        return None;
    }
    let digits = nearest as i64;
    Some(if significand < 0 { -digits } else { digits })
}

/// The integer nearest to `size`·`power`/2^`shift`, and how far it is from there, times
/// 2^`shift`; `None` if it has more than 64 bits.
#[inline(always)]
fn nearest_to_product(size: u64, power: u64, shift: u32) -> Option<(u64, u64)> {
    let product = u128::from(size) * u128::from(power);
    let (low, high) = (product as u64, (product >> 64) as u64);
    if high >> shift != 0 {
        return None;
    }
    // Negative if the next integer is nearer, or as near.
    let rest = (low << (64 - shift)) as i64;
    let whole = high << (64 - shift) | low >> shift;
    let nearest = whole.checked_add(u64::from(rest < 0))?;
    Some((nearest, rest.unsigned_abs() >> (64 - shift)))
}

/// The same for a `shift` from 64 to 127, for `size` below 2^53 and `power` up to 10^15.
#[inline(never)]
fn nearest_to_small_product(size: u64, power: u64, shift: u32) -> (u64, u64) {
    // Below 2^103.
    let product = u128::from(size) * u128::from(power);
    let nearest = (product + (1 << (shift - 1))) >> shift;
    let distance = (nearest << shift).abs_diff(product);
    (nearest as u64, u64::try_from(distance).unwrap_or(u64::MAX))
}

/// A double as a decimal: `digits`·10^`exponent`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shortest {
    /// Below 10^17 in size.
    pub(super) digits: i64,
    /// From -324 to 308.
    pub(super) exponent: i32,
}

impl Shortest {
    /// The double with these bits, or the NaN or infinity that it is.
    pub(super) fn of(bits: u64) -> Result<Shortest, Special> {
        if f64::exponent(bits) == f64::SPECIAL {
            return Err(f64::special(bits));
        }
        Ok(Shortest::short(bits).unwrap_or_else(|| Shortest::printed(bits)))
    }

    /// The finite double with these bits, if [`short_digits`] finds it at any place.
    fn short(bits: u64) -> Option<Shortest> {
        // It is below 2^bound. At the most places that leave no more than 15 digits, it is
        // found if it is at all; these are one more than is certain, or not.
        let bound = f64::exponent(bits) as i32 - 1022;
        let certain = SHORT_DIGITS as i32 - ((bound * 1233 + 4095) >> 12);
        let most = (certain + 1).clamp(0, MOST_PLACES as i32) as usize;
        let mut both = [most, most.saturating_sub(1)].into_iter();
        let found = both.find_map(|places| Some((short_digits(bits, places)?, places)));
        let (mut digits, mut places) = found?;
        while places > 0 && digits % 10 == 0 {
            digits /= 10;
            places -= 1;
        }
        Some(Shortest {
            digits,
            exponent: -(places as i32),
        })
    }

    /// The same, as the standard library prints it: `-1.25e-7`.
    #[cold]
    fn printed(bits: u64) -> Shortest {
        let mut text = Printed::default();
        // There is room for all doubles.
        let _ = write!(text, "{:e}", f64::from_bits(bits));
        let (mut size, mut exponent, mut is_fraction) = (0, 0, false);
        let mut bytes = text.bytes[..text.length].iter();
        let negative = bits >> 63 == 1;
        for &byte in bytes.by_ref() {
            match byte {
                b'0'..=b'9' => {
                    size = size * 10 + i64::from(byte - b'0');
                    exponent -= i32::from(is_fraction);
                }
                b'.' => is_fraction = true,
                b'e' => break,
                _ => {}
            }
        }
        let rest = bytes.as_slice();
        let written = str::from_utf8(rest).unwrap_or("").parse::<i32>();
        let exponent = exponent + written.unwrap_or(0);
        let size = even_of_two(bits, -exponent).unwrap_or(size);
        Shortest {
            digits: if negative { -size } else { size },
            exponent,
        }
    }

    /// The digits after the point that it is written with.
    pub(super) fn places(self) -> u16 {
        (-self.exponent).max(0) as u16
    }

    /// The places at which [`short_digits`] finds it, if it does at any.
    pub(super) fn short_places(self) -> Option<usize> {
        let is_short = self.digits.unsigned_abs() < POWERS_OF_TEN[SHORT_DIGITS];
        let places = usize::from(self.places());
        (is_short && self.exponent <= 0 && places <= MOST_PLACES).then_some(places)
    }
}

/// Of two decimals with `places` digits after the point that are equally near to the double
/// with these bits and read as it, the even one. The standard library takes the larger one.
fn even_of_two(bits: u64, places: i32) -> Option<i64> {
    let (significand, position) = finite_parts(bits);
    let zeros = significand.trailing_zeros();
    let odd = significand.unsigned_abs() >> zeros;
    // Halfway, the double has one bit more after the point than there are places.
    if 1074 - position as i32 - zeros as i32 != places + 1 {
        return None;
    }
    let power = 5_u64.checked_pow(u32::try_from(places).ok()?)?;
    let below = i64::try_from(odd.checked_mul(power)? >> 1).ok()?;
    let is_even = below & 1 == 0;
    // Below a power of two, the next double is half as far.
    if is_even && odd == 1 && power < 1 << 54 {
        return None;
    }
    Some(if is_even { below } else { below + 1 })
}

/// What is printed of a double: 17 digits, two signs, a point, an `e`, and three digits.
#[derive(Default)]
struct Printed {
    bytes: [u8; 32],
    length: usize,
}

impl Write for Printed {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        let end = self.length + text.len();
        let place = self
            .bytes
            .get_mut(self.length..end)
            .ok_or(std::fmt::Error)?;
        place.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}

impl ShortDecimal {
    /// The shortest decimal that converts back to `value`, if it has at most 15 digits,
    /// and at most 15 after the point.
    #[inline]
    pub fn of_f64(value: f64) -> Option<ShortDecimal> {
        let bits = value.to_bits();
        if f64::exponent(bits) == f64::SPECIAL {
            return None;
        }
        let short = Shortest::short(bits)?;
        ShortDecimal::scaled(short.digits, short.places())
    }
}

impl Decimal {
    /// Adds each of `values`, as the shortest decimal that converts back to the same
    /// double: 73.2 is added as 73.2, not as the binary fraction that represents it.
    /// NaN and infinities are counted.
    ///
    /// ```
    /// let mut total = tally_core::Decimal::new();
    /// total.add_f64(&[73.2, -70.1, -3.1]);
    /// assert_eq!(total.value_f64(), Ok(0.0));
    /// ```
    pub fn add_f64(&mut self, values: &[f64]) {
        self.add_doubles::<false>(values);
    }

    /// Subtracts each of `values`: the inverse of [`Decimal::add_f64`], except for the
    /// scale.
    pub fn subtract_f64(&mut self, values: &[f64]) {
        self.add_doubles::<true>(values);
    }

    fn add_doubles<const SUBTRACT: bool>(&mut self, values: &[f64]) {
        // Prices have as many digits after the point as their neighbours, which the scale
        // has counted already.
        let mut places = usize::from(self.scale).min(MOST_PLACES);
        let mut run = Run::default();
        for value in values {
            let bits = value.to_bits();
            if let Some(digits) = short_digits(bits, places) {
                // 2^60 of them fit.
                run.sum += i128::from(digits);
                continue;
            }
            self.end::<SUBTRACT>(&mut run, places as u16);
            match Shortest::of(bits) {
                Ok(shortest) => {
                    self.add_shortest::<SUBTRACT>(shortest);
                    places = shortest.short_places().unwrap_or(places);
                }
                Err(special) => self.step::<SUBTRACT>(special.into(), 1),
            }
        }
        self.end::<SUBTRACT>(&mut run, places as u16);
        self.step::<SUBTRACT>(Counter::Values, values.len() as i128);
    }

    /// Adds a number, apart from its count as a value.
    fn add_shortest<const SUBTRACT: bool>(&mut self, shortest: Shortest) {
        let position = i32::from(FRACTION_DIGITS) + shortest.exponent;
        self.overflowed |= self
            .limbs
            .add_digits::<SUBTRACT>(shortest.digits, position as usize);
        self.scale = self.scale.max(shortest.places());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So that a power of two needs no bound of its own.
    #[test]
    fn no_short_decimal_is_just_below_a_power_of_two() {
        let mut found = 0;
        for power in -75..52_i64 {
            let bits = ((1023 + power) as u64) << 52;
            let value = f64::from_bits(bits);
            for places in 0..=MOST_PLACES {
                if let Some(digits) = short_digits(bits, places) {
                    found += 1;
                    let word = format!("{digits}e-{places}");
                    assert_eq!(word.parse(), Ok(value), "2^{power}");
                }
            }
        }
        assert!(found > 300, "{found}");
    }
}
