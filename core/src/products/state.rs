//! The state of a product accumulator: 73 words.
//!
//! | words | contents |
//! |---|---|
//! | 0 to 66 | the total in units of 2^-2148, in balanced limbs |
//! | 67 to 71 | the counts, as in an accumulator |
//! | 72 | the sticky status in the low 32 bits; zero above |

use crate::layout::{COUNTERS, PRODUCT_LIMBS, PRODUCT_STATE_WORDS};
use crate::state::in_place::{InPlace, plain_product};
use crate::sum::ProductAccumulator;
use crate::sum::state::stored;

stored!(
    ProductAccumulator,
    PRODUCT_STATE_WORDS,
    PRODUCT_LIMBS,
    2,
    (f64, f64),
    add_product,
    add_product_in_place
);

fn add_product<const SUBTRACT: bool>(total: &mut ProductAccumulator, (x, y): (f64, f64)) {
    if SUBTRACT {
        total.subtract_one_f64(x, y);
    } else {
        total.add_one_f64(x, y);
    }
}

/// Refuses -0.0, NaN and infinities, and a carry beyond three limbs.
#[inline]
fn add_product_in_place<const SUBTRACT: bool>(
    words: &mut [[u8; 8]],
    (x, y): (f64, f64),
) -> Option<()> {
    let mut words = InPlace::<PRODUCT_STATE_WORDS>::new(words)?;
    let (product, position) = plain_product::<SUBTRACT>(x, y)?;
    let limbs = words.three_limbs(0, product, position)?;
    let count = words.next_count::<SUBTRACT>(PRODUCT_LIMBS)?;
    words.set_three(position / 64, limbs);
    words.set(PRODUCT_LIMBS, count);
    Some(())
}
