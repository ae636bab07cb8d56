//! One short number into a state, in place: what a database or a reader of
//! tables calls for each row.
//!
//! An amount such as -1234.56 touches the two limbs at the point, one counter
//! and perhaps the scale. Reading and writing the whole state for that would
//! cost several times as much.

use super::super::one::Words;
use super::limbs::{FRACTION_DIGITS, FRACTION_LIMBS, LIMBS, add_with_carry, are_digits};
use super::number::ShortDecimal;
use super::state::{SCALE, STATUS};
use super::total::COUNTERS;

/// Adds `short` in place, or takes it out, if that is a matter of two limbs and
/// the count of values. If not, nothing is changed and `false` is returned: then
/// the state is failed or damaged, the count is at its end, or a carry goes
/// further.
#[inline]
pub fn add_short_in_place<const SUBTRACT: bool>(
    words: &mut impl Words,
    short: ShortDecimal,
) -> bool {
    if words.get(STATUS) != 0 || !is_state(words) {
        return false;
    }
    let signed = |part: i64| if SUBTRACT { -part } else { part };
    let below = words.get(FRACTION_LIMBS - 1) as i64;
    let (below, carry) = add_with_carry(below, signed(short.fraction));
    let above = words.get(FRACTION_LIMBS) as i64;
    let (above, carry) = add_with_carry(above, signed(short.integer) + carry);
    let count = words.get(LIMBS) as i64;
    let next = if SUBTRACT {
        count.checked_sub(1)
    } else {
        count.checked_add(1)
    };
    match next {
        Some(next) if next != i64::MIN && carry == 0 => {
            words.set(FRACTION_LIMBS - 1, below as u64);
            words.set(FRACTION_LIMBS, above as u64);
            words.set(LIMBS, next as u64);
            if u64::from(short.scale) > words.get(SCALE) {
                words.set(SCALE, short.scale.into());
            }
            true
        }
        _ => false,
    }
}

/// Whether limbs, counters and scale are within their ranges.
#[inline]
fn is_state(words: &impl Words) -> bool {
    let damaged = (LIMBS..LIMBS + COUNTERS).any(|index| words.get(index) as i64 == i64::MIN);
    let limbs: [i64; LIMBS] = std::array::from_fn(|index| words.get(index) as i64);
    are_digits(&limbs) && !damaged && words.get(SCALE) <= FRACTION_DIGITS.into()
}
