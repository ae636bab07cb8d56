//! Integers with a scale, of 64 and of 128 bits, and products of them.

use num_bigint::BigInt;
use num_traits::ToPrimitive;
use tally::api::decimal::tally_decimal;
use tally::api::decimal_add::*;
use tally::boundary::status::tally_status::{self, *};

use crate::answers::{checked, int};
use crate::columns::length;
use crate::given::Given;
use crate::input::Input;
use crate::kinds::Kind;
use crate::meaning::Meaning;
use crate::passing::Passed;
use crate::place::Place;
use crate::support::decimals::{POINT, ten_to};

/// A scale, mostly of what is taken.
fn scale(input: &mut Input<'_>) -> i32 {
    match input.below(8) {
        0 => input.pick(&[-1, 343, i32::MAX, i32::MIN]),
        1 => input.pick(&[342, 341, 171]),
        _ => int(input.below(20)),
    }
}

pub(crate) fn decimals(input: &mut Input<'_>) {
    let (count, x_scale, y_scale) = (length(input), scale(input), scale(input));
    let (x, y) = (Given::new(input, 7, count), Given::new(input, 7, count));
    let (x_integers, y_integers) = (x.integers(), y.integers());
    let meaning = |integers: &[BigInt], scale: i32| {
        let is_taken = (0..=342).contains(&scale);
        is_taken.then(|| Meaning {
            total: integers.iter().sum::<BigInt>() * ten_to(POINT - i64::from(scale)),
            counters: [count as i64, 0, 0, 0, 0],
            scale: if count > 0 { i64::from(scale) } else { 0 },
            ..Meaning::default()
        })
    };
    // SAFETY: as many elements of each array, and a state of its size, in all of these.
    scaled(
        meaning(&x_integers, x_scale),
        count,
        |state| unsafe { tally_decimal_add_scaled(state.passed(), x.pointer(), count, x_scale) },
        |state| unsafe {
            tally_decimal_subtract_scaled(state.passed(), x.pointer(), count, x_scale)
        },
    );
    let products: Vec<BigInt> = x_integers
        .iter()
        .zip(&y_integers)
        .map(|(x, y)| x * y)
        .collect();
    let both = x_scale
        .checked_add(y_scale)
        .filter(|_| x_scale >= 0 && y_scale >= 0);
    // SAFETY: as above.
    scaled(
        both.and_then(|scale| meaning(&products, scale)),
        count,
        |state| unsafe {
            tally_decimal_add_products(
                state.passed(),
                x.pointer(),
                y.pointer(),
                count,
                x_scale,
                y_scale,
            )
        },
        |state| unsafe {
            tally_decimal_subtract_products(
                state.passed(),
                x.pointer(),
                y.pointer(),
                count,
                x_scale,
                y_scale,
            )
        },
    );
    let wide: Vec<tally_int128> = x_integers
        .iter()
        .zip(&y_integers)
        .map(|(low, high)| tally_int128 {
            low: low.to_i64().expect("of 64 bits").cast_unsigned(),
            high: high.to_i64().expect("of 64 bits"),
        })
        .collect();
    let values: Vec<BigInt> = wide
        .iter()
        .map(|wide| (BigInt::from(wide.high) << 64) + wide.low)
        .collect();
    let pointer = wide.as_ptr();
    // SAFETY: as above.
    scaled(
        meaning(&values, x_scale),
        count,
        |state| unsafe { tally_decimal_add_scaled_i128(state.passed(), pointer, count, x_scale) },
        |state| unsafe {
            tally_decimal_subtract_scaled_i128(state.passed(), pointer, count, x_scale)
        },
    );
}

/// Fills an empty decimal and empties it, but for its scale; or is refused.
fn scaled(
    meaning: Option<Meaning>,
    count: usize,
    add: impl FnOnce(&mut Place) -> tally_status,
    subtract: impl FnOnce(&mut Place) -> tally_status,
) {
    let mut state = Place::new(&vec![0; 8 * tally_decimal::WORDS], 3);
    let status = checked(add(&mut state));
    let Some(meaning) = meaning else {
        assert_eq!(
            (status, checked(subtract(&mut state))),
            (TALLY_INVALID, TALLY_INVALID)
        );
        assert_eq!(
            state.words(),
            vec![0; tally_decimal::WORDS],
            "changed on failure"
        );
        return;
    };
    assert_eq!(status, TALLY_OK);
    // The scale of no values may be kept or not.
    if count > 0 {
        assert_eq!(Some(state.words()), tally_decimal::words(&meaning));
    }
    assert_eq!(checked(subtract(&mut state)), TALLY_OK);
    let empty = Meaning {
        scale: meaning.scale,
        ..Meaning::default()
    };
    if count > 0 {
        assert_eq!(Some(state.words()), tally_decimal::words(&empty));
    }
}
