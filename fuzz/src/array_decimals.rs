//! Integers with a scale, of 64 and of 128 bits, products of them, and products of doubles.

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};
use tally::api::decimal::tally_decimal;
use tally::api::decimal_add::*;
use tally::boundary::status::tally_status::{self, *};

use crate::answers::{checked, int};
use crate::columns::length;
use crate::given::Given;
use crate::input::Input;
use crate::kinds::{Kind, but_for_scale};
use crate::meaning::Meaning;
use crate::passing::Passed;
use crate::place::Place;
use crate::support::decimals::{POINT, shortest, ten_to, units};

/// A scale, mostly of what is taken.
fn scale(input: &mut Input<'_>) -> i32 {
    match input.below(8) {
        0 => input.pick(&[-1, 343, i32::MAX, i32::MIN]),
        1 => input.pick(&[342, 341, 171]),
        _ => int(input.below(20)),
    }
}

/// Adding arrays of `count` elements each to a decimal, and subtracting them.
macro_rules! verbs {
    ($add:ident $subtract:ident ($($argument:expr),+)) => {[
        // SAFETY: each array has as many elements, and the state its size.
        &|state| unsafe { $add(state.passed(), $($argument),+) },
        // SAFETY: as above.
        &|state| unsafe { $subtract(state.passed(), $($argument),+) },
    ]};
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
    let (x, y) = (x.pointer(), y.pointer());
    scaled(
        meaning(&x_integers, x_scale),
        count,
        verbs!(tally_decimal_add_scaled tally_decimal_subtract_scaled (x, count, x_scale)),
    );
    let pairs = || x_integers.iter().zip(&y_integers);
    let products: Vec<BigInt> = pairs().map(|(x, y)| x * y).collect();
    let both = x_scale
        .checked_add(y_scale)
        .filter(|_| x_scale >= 0 && y_scale >= 0);
    scaled(
        both.and_then(|scale| meaning(&products, scale)),
        count,
        verbs!(tally_decimal_add_products tally_decimal_subtract_products
            (x, y, count, x_scale, y_scale)),
    );
    let wide: Vec<tally_int128> = pairs()
        .map(|(low, high)| tally_int128 {
            low: low.to_i64().expect("of 64 bits").cast_unsigned(),
            high: high.to_i64().expect("of 64 bits"),
        })
        .collect();
    let wide_integer = |wide: &tally_int128| (BigInt::from(wide.high) << 64) + wide.low;
    let values: Vec<BigInt> = wide.iter().map(wide_integer).collect();
    let pointer = wide.as_ptr();
    scaled(
        meaning(&values, x_scale),
        count,
        verbs!(tally_decimal_add_scaled_i128 tally_decimal_subtract_scaled_i128
            (pointer, count, x_scale)),
    );
}

/// Products of doubles, each of them as its shortest decimal.
pub(crate) fn products_of_doubles(input: &mut Input<'_>) {
    let count = length(input);
    let (x, y) = (Given::new(input, 0, count), Given::new(input, 0, count));
    let (mut meaning, mut is_beyond) = (Meaning::default(), false);
    for row in 0..count {
        let pair = [x.f64_at(row), y.f64_at(row)];
        meaning.counters[0] += 1;
        if pair.iter().all(|value| value.is_finite()) {
            let [x, y] = pair.map(|value| units(&shortest(value)).0);
            let product = x * y;
            is_beyond |= !(&product % ten_to(POINT)).is_zero();
            is_beyond |= product.abs() >= ten_to(2 * POINT + 322);
            meaning.total += product / ten_to(POINT);
        } else {
            let product = pair[0] * pair[1];
            let place = if product.is_nan() {
                2
            } else {
                3 + usize::from(product < 0.0)
            };
            meaning.counters[place] += 1;
        }
    }
    let empty = vec![0; tally_decimal::WORDS];
    let mut state = Place::new(&vec![0; 8 * tally_decimal::WORDS], 3);
    let (x, y) = (x.pointer(), y.pointer());
    // SAFETY: a state of its size, and as many values of both, here and below.
    let status = unsafe { tally_decimal_add_products_f64((&mut state).passed(), x, y, count) };
    if is_beyond {
        assert_eq!((checked(status), state.words()), (TALLY_OVERFLOW, empty));
        return;
    }
    // How many places a product has is the library's to say.
    assert_eq!(checked(status), TALLY_OK);
    assert_eq!(Some(but_for_scale(&state)), tally_decimal::words(&meaning));
    // SAFETY: as above.
    let status = unsafe { tally_decimal_subtract_products_f64((&mut state).passed(), x, y, count) };
    assert_eq!((checked(status), but_for_scale(&state)), (TALLY_OK, empty));
}

/// Fills an empty decimal and empties it, but for its scale; or is refused.
fn scaled(
    meaning: Option<Meaning>,
    count: usize,
    [add, subtract]: [&dyn Fn(&mut Place) -> tally_status; 2],
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
