//! The state of an accumulator: 40 words.
//!
//! | words | contents |
//! |---|---|
//! | 0 to 33 | the total in units of 2^-1074, in balanced limbs |
//! | 34 | the count of values, NaN, infinities and zeros included |
//! | 35 | the count of negative zeros |
//! | 36, 37, 38 | the counts of NaN, plus infinity, minus infinity |
//! | 39 | the sticky status in the low 32 bits; zero above |

use crate::float::Binary;
use crate::layout::{COUNTERS, LIMBS, STATE_WORDS};
use crate::limbs::{add_with_carry, split};
use crate::state::accumulate;
use crate::state::in_place::{InPlace, signed};
use crate::sum::Accumulator;
use crate::sum::state::stored;

stored!(
    Accumulator,
    STATE_WORDS,
    LIMBS,
    1,
    f64,
    add_value,
    add_value_in_place
);

accumulate! {
    Accumulator:
    f64: add_f64, subtract_f64;
    f32: add_f32, subtract_f32;
    i32: add_i32, subtract_i32;
    i64: add_i64, subtract_i64;
    u64: add_u64, subtract_u64;
}

fn add_value<const SUBTRACT: bool>(total: &mut Accumulator, value: f64) {
    if SUBTRACT {
        total.subtract_one_f64(value);
    } else {
        total.add_one_f64(value);
    }
}

/// Refuses -0.0, NaN and infinities, and a carry beyond two limbs.
#[inline]
fn add_value_in_place<const SUBTRACT: bool>(words: &mut [[u8; 8]], value: f64) -> Option<()> {
    let mut words = InPlace::<STATE_WORDS>::new(words)?;
    let bits = value.to_bits();
    let exponent = f64::exponent(bits);
    if exponent == f64::SPECIAL || f64::is_negative_zero(bits) {
        return None;
    }
    let significand = signed::<SUBTRACT>(f64::significand(bits).into());
    let position = f64::position(exponent);
    // At most 117 bits in two limbs; the upper one is at most the 33rd of 34.
    let limb = position / 64;
    let (low, high) = split(significand << (position % 64));
    let (low, carry) = add_with_carry(words.get(limb) as i64, low);
    let (high, carry) = add_with_carry(words.get(limb + 1) as i64, high + carry);
    let count = words.next_count::<SUBTRACT>(LIMBS)?;
    if carry != 0 {
        return None;
    }
    words.set(limb, low as u64);
    words.set(limb + 1, high as u64);
    words.set(LIMBS, count);
    Some(())
}
