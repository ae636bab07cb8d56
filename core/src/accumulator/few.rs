//! Adding a few values to a state in place. Their sum is one integer, which touches
//! three limbs; if they span too many binades, each is added by itself and touches two.

use crate::float::Binary;
use crate::integers::{sum_i32, sum_i64, sum_u64};
use crate::layout::{LIMBS, ONE, STATE_WORDS};
use crate::limbs::has_room;
use crate::simd::{Isa, SHORT_MAX};
use crate::state::in_place::{InPlace, signed};
use crate::state::parts::{Parts, merged_counters};

/// The maximum number of values that are added in this way.
pub const FEW: usize = SHORT_MAX;

/// The sum of a few values that are finite.
#[derive(Clone, Copy)]
pub(super) enum Few {
    /// `sum`·2^`position`, of at most 2^126 in `sum`.
    Close { sum: i128, position: usize },
    /// No integer of that size.
    Wide,
}

/// An element type whose values can be added up as integers.
pub(super) trait Summand: Copy {
    /// At most [`FEW`] values, if there is no NaN or infinity.
    fn sum_few(values: &[Self]) -> Option<Few>;

    /// How many are -0.0.
    fn negative_zeros(_values: &[Self]) -> i64 {
        0
    }

    /// Adds values one by one to a state that has room for them.
    fn add_each<const SUBTRACT: bool>(_values: &[Self], _words: &mut InPlace<'_, STATE_WORDS>) {}
}

macro_rules! integers {
    ($($element:ty: $sum:ident;)+) => {$(
        impl Summand for $element {
            #[inline]
            fn sum_few(values: &[Self]) -> Option<Few> {
                Some(Few::Close {
                    sum: $sum(values) as i128,
                    position: ONE,
                })
            }
        }
    )+};
}

integers! {
    i32: sum_i32;
    i64: sum_i64;
    u64: sum_u64;
}

macro_rules! floats {
    ($($element:ty),+) => {$(
        impl Summand for $element {
            #[inline]
            fn sum_few(values: &[Self]) -> Option<Few> {
                let short = Isa::best().short_sum(values)?;
                Some(if short.exact {
                    Few::Close {
                        // Bits below the least significand's unit are 0.
                        sum: short.sum >> short.unit.min(0).unsigned_abs(),
                        position: short.unit.max(0) as usize,
                    }
                } else {
                    Few::Wide
                })
            }

            #[inline]
            fn negative_zeros(values: &[Self]) -> i64 {
                let bits = values.iter().map(|value| value.bits());
                bits.filter(|&bits| Self::is_negative_zero(bits)).count() as i64
            }

            fn add_each<const SUBTRACT: bool>(
                values: &[Self],
                words: &mut InPlace<'_, STATE_WORDS>,
            ) {
                for value in values {
                    let bits = value.bits();
                    let significand = signed::<SUBTRACT, _>(Self::significand(bits));
                    words.add(significand, Self::position(Self::exponent(bits)));
                }
            }
        }
    )+};
}

floats!(f64, f32);

/// At most [`FEW`] doubles that are not wide: their sum, its position, and how many are -0.0.
#[inline]
pub(crate) fn close_f64(values: &[f64]) -> Option<(i128, usize, i64)> {
    if values.len() > FEW {
        return None;
    }
    match f64::sum_few(values)? {
        Few::Close { sum, position } => Some((sum, position, f64::negative_zeros(values))),
        Few::Wide => None,
    }
}

/// Refuses NaN, infinities, more values than [`FEW`], and a carry beyond three limbs, or,
/// where the values are wide, a total near the end of its range.
#[inline]
pub(super) fn add_few<T: Summand, const SUBTRACT: bool>(
    words: &mut [[u8; 8]],
    values: &[T],
) -> Option<()> {
    if values.len() > FEW {
        return None;
    }
    let state = Parts::of(words, LIMBS)?;
    let (counters, has_room) = (state.counters, has_room(state.limbs));
    let few = T::sum_few(values)?;
    let more = [values.len() as i64, T::negative_zeros(values), 0, 0, 0];
    let counters = merged_counters::<SUBTRACT>(&counters, &more)?;
    let mut words = InPlace::<STATE_WORDS>::new(words)?;
    match few {
        Few::Close { sum, position } => {
            let first = position / 64;
            if first + 2 >= LIMBS {
                return None;
            }
            let limbs = words.three_limbs(0, signed::<SUBTRACT, _>(sum), position)?;
            words.set_three(first, limbs);
        }
        // Each value is less than 2 in the highest limb.
        Few::Wide if has_room => T::add_each::<SUBTRACT>(values, &mut words),
        Few::Wide => return None,
    }
    for (index, counter) in counters.into_iter().enumerate() {
        words.set(LIMBS + index, counter as u64);
    }
    Some(())
}
