//! A kernel's running total must stay in its binade. Wherever in a block it
//! leaves, by however much, and even if it comes back, that is noticed; and the
//! totals below it cannot leave at all.

use crate::support::engines::build::{ordinary, power};
use crate::support::engines::{SAME_LANE, check_f32, check_f64};
use crate::support::random::Random;

/// Steps of one lane, as multiples of some x, that come back to where they began.
const EXCURSIONS: [&[f64]; 6] = [
    &[1.0, -1.0],
    &[-1.0, 1.0],
    &[1.0, -2.0, 1.0],
    &[-0.5, -0.5, 1.0],
    &[3.0, -1.0, -2.0],
    &[-3.0, 1.0, 1.0, 1.0],
];

/// How far above the other values an excursion goes, in binades.
const DISTANCES: [i32; 25] = [
    7, 8, 9, 10, 11, 12, 13, 14, 16, 20, 25, 30, 35, 40, 45, 50, 52, 53, 54, 60, 75, 90, 100, 500,
    1000,
];

fn excursion(random: &mut Random, first: usize, distance: i32) -> (Vec<f64>, String) {
    let steps = random.pick(&EXCURSIONS);
    let length = 4 * SAME_LANE + random.below(200);
    let mut values = ordinary(random, length, 0);
    for (step, multiple) in steps.iter().enumerate() {
        values[first + step * SAME_LANE] = multiple * power(distance);
    }
    let context = format!("{steps:?} times 2^{distance} from {first}, {length} values");
    (values, context)
}

#[test]
fn an_excursion_in_any_lane_is_noticed() {
    let mut random = Random::new(121);
    for first in 0..SAME_LANE {
        for _ in 0..5 {
            let distance = random.pick(&DISTANCES);
            let (values, context) = excursion(&mut random, first, distance);
            check_f64(&values, &|| context.clone());
            if distance <= 100 {
                let narrow: Vec<f32> = values.iter().map(|&value| value as f32).collect();
                check_f32(&narrow, &|| context.clone());
            }
        }
    }
}

#[test]
fn an_excursion_of_any_size_is_noticed() {
    let mut random = Random::new(122);
    for distance in 0..=1020 {
        let rounds = if distance < 70 { 20 } else { 1 };
        for _ in 0..rounds {
            let first = random.below(SAME_LANE);
            let (values, context) = excursion(&mut random, first, distance);
            check_f64(&values, &|| context.clone());
        }
    }
}

#[test]
fn an_excursion_that_ends_where_it_began_by_other_values_is_noticed() {
    // Far out, the total forgets where it began; a later value brings it back
    // into the binade by chance. Only what it was in between shows that.
    let mut random = Random::new(123);
    for distance in 8..=120 {
        for back in 5..=12 {
            let mut values = ordinary(&mut random, 4 * SAME_LANE, 0);
            let first = random.below(SAME_LANE);
            let steps = [1.0, -1.0].map(|sign| sign * power(distance));
            for sign in [1.0, -1.0] {
                values[first] = sign * steps[0];
                values[first + SAME_LANE] = sign * steps[1];
                values[first + 2 * SAME_LANE] = -1.5 * power(back);
                check_f64(&values, &|| {
                    format!("{sign} times 2^{distance} from {first}, and -1.5 times 2^{back}")
                });
            }
        }
    }
}

#[test]
fn a_total_at_the_very_ends_of_its_binade_is_right() {
    let mut random = Random::new(124);
    for exponent in -4..=16 {
        for length in [100, 600, 4096] {
            for size in [
                power(exponent),
                power(exponent).next_up(),
                power(exponent).next_down(),
            ] {
                for sign in [1.0, -1.0] {
                    let mut values = vec![0.0; length];
                    // One for the sample to find, at any step.
                    values[0] = 0.75;
                    let at = 1 + random.below(length - 1);
                    values[at] = sign * size;
                    let context = || format!("{} at {at} of {length}", sign * size);
                    check_f64(&values, &context);
                    // And from there a little further out, or in.
                    for more in [5e-324, 1e-20, 1e-13, 0.1] {
                        let mut values = values.clone();
                        values[(at + SAME_LANE) % length] += more;
                        values[(at + 2 * SAME_LANE) % length] -= more / 2.0;
                        check_f64(&values, &context);
                    }
                }
            }
        }
    }
}

#[test]
fn totals_that_pass_the_largest_double_and_come_back_are_noticed() {
    let mut random = Random::new(125);
    for top in [-900, 0, 900, 1000, 1010, 1013, 1014, 1015, 1020, 1023] {
        for first in (0..SAME_LANE).step_by(7) {
            for sign in [1.0, -1.0] {
                let mut values = ordinary(&mut random, 4 * SAME_LANE, top);
                for (step, multiple) in [1.0, 1.0, -1.0, -1.0].iter().enumerate() {
                    values[first % 64 + step * SAME_LANE] = multiple * sign * f64::MAX;
                }
                check_f64(&values, &|| format!("below 2^{top}, {sign} from {first}"));
            }
        }
    }
}

#[test]
fn a_full_block_of_the_largest_values_is_right() {
    for top in [
        -1070, -940, -930, -900, -100, 0, 10, 100, 900, 1000, 1012, 1013, 1014,
    ] {
        for value in [
            power(top),
            power(top).next_down(),
            power(top).next_up(),
            0.75 * power(top),
        ] {
            for sign in [1.0, -1.0] {
                for length in [500, 511, 4095, 4096, 4097, 8192, 20480] {
                    let values = vec![sign * value; length];
                    check_f64(&values, &|| format!("{length} times {:e}", sign * value));
                }
            }
        }
    }
    for value in [
        1.0_f32,
        1.0_f32.next_down(),
        f32::MAX,
        f32::MIN_POSITIVE,
        1e-45,
    ] {
        for value in [value, -value] {
            for length in [511, 4096, 20480] {
                let values = vec![value; length];
                check_f32(&values, &|| format!("{length} times {value:e}"));
            }
        }
    }
}

#[test]
fn more_blocks_than_64_bits_hold_are_right() {
    // A block of the largest values has a sum of about 2^55 units: that of 2^9
    // blocks and more is beyond 64 bits.
    for value in [1.0_f64.next_down(), -1.0_f64.next_down()] {
        let values = vec![value; 4096 * 1100];
        check_f64(&values, &|| format!("{} times {value:e}", values.len()));
    }
}

#[test]
fn rests_of_half_a_unit_never_fill_the_levels_below() {
    // A value of (2 m + 1/2) units leaves a rest of half a unit, always of the
    // same sign: the most that the next total can take. The units are the
    // engine's own affair, so all that they might be are tried.
    for unit in -60..=-30 {
        for sign in [1.0, -1.0] {
            for value in [0.5 + power(unit - 1), power(unit - 1), 1.5 * power(unit)] {
                let mut values = vec![sign * value; 4096];
                values[0] = 0.5;
                check_f64(&values, &|| {
                    format!("{sign} times {value:e}, unit 2^{unit}")
                });
            }
            // The same one level further down: a full rest, and half of the
            // next unit below.
            for gap in 38..=50 {
                let value = power(unit - 1) + power(unit - gap - 1);
                let mut values = vec![sign * value; 4096];
                values[0] = 0.5;
                check_f64(&values, &|| format!("{sign} times {value:e}, gap {gap}"));
            }
        }
    }
}
