//! The state of an accumulator: 40 words.
//!
//! | words | contents |
//! |---|---|
//! | 0 to 33 | the total in units of 2^-1074, in balanced limbs |
//! | 34 | the count of values, NaN, infinities and zeros included |
//! | 35 | the count of negative zeros |
//! | 36, 37, 38 | the counts of NaN, plus infinity, minus infinity |
//! | 39 | the sticky status in the low 32 bits; zero above |

use std::ops::Range;

use crate::accumulator::few::add_few;
use crate::float::{Binary, finite_parts};
use crate::layout::{COUNTERS, LIMBS, STATE_WORDS};
use crate::limbs::add_part;
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
    f64: add_f64, subtract_f64, add_few;
    f32: add_f32, subtract_f32, add_few;
    i32: add_i32, subtract_i32, add_few;
    i64: add_i64, subtract_i64, add_few;
    u64: add_u64, subtract_u64, add_few;
}

impl Accumulator {
    /// Where in a state adding a value changes the total, if a few limbs say it.
    #[doc(hidden)]
    #[inline]
    pub fn bytes_of_f64(value: f64) -> Range<usize> {
        let limb = f64::position(f64::exponent(value.to_bits())) / 64;
        8 * limb..8 * (limb + 2)
    }
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
    // With the sign last and turned over, and 1 less, -0.0 is the largest of all numbers
    // and NaN and infinities come next.
    let order = (bits.rotate_left(1) ^ 1).wrapping_sub(1);
    if order >= (f64::NEG_INFINITY.to_bits().rotate_left(1) ^ 1) - 1 {
        return None;
    }
    let (significand, position) = finite_parts(bits);
    let part = i128::from(signed::<SUBTRACT, _>(significand)) << (position % 64);
    // At most 117 bits in two limbs; the upper one is at most the 33rd of 34.
    let limb = position / 64;
    let (low, above) = add_part(words.get(limb) as i64, part);
    let high = (words.get(limb + 1) as i64).checked_add(above)?;
    let count = words.next_count::<SUBTRACT>(LIMBS)?;
    words.set(limb, low as u64);
    words.set(limb + 1, high as u64);
    words.set(LIMBS, count);
    Some(())
}
