//! Sums that are not computed in full come with a bound on what they lack. The
//! bound holds to the last half unit: also where every value loses as much as it
//! can, all in the same direction, and the true total lies just beyond a tie;
//! also where larger values turn up in the middle and the unit changes.

use crate::support::engines::build::{ordinary, power, units_of_power, with_total};
use crate::support::engines::half_units::{HalfUnits, losing};
use crate::support::engines::{check_f32, check_f64};
use crate::support::random::Random;
use num_bigint::BigInt;

#[test]
fn every_value_may_lose_half_a_unit() {
    let mut random = Random::new(161);
    for unit in -100..=-79 {
        for length in [512, 513, 514, 515, 1000, 4096, 4097, 8193, 12_289] {
            for direction in [1, -1] {
                let array = HalfUnits::losing(&mut random, length, unit, direction, 53);
                let mut values = array.just_beyond_a_tie(length / 2..length, direction);
                let context = || format!("{length} values lose 2^{}, {direction}", unit - 1);
                check_f64(&values, &context);
                random.shuffle(&mut values[1..]);
                check_f64(&values, &context);
            }
        }
    }
}

#[test]
fn sums_just_beyond_a_tie_around_the_lowest_window() {
    // The lowest window of each number of levels has a lowest unit of 2^-1074, so that it
    // loses nothing. As few values as possible, as large as they can be: then the unit in
    // the last place of the total is twice the bound of a window that is not that low.
    for unit in -1074..=-1000 {
        for (length, bits) in [(513_usize, 9), (515, 9), (1025, 10), (2049, 11), (4097, 12)] {
            for direction in [1, -1] {
                let largest = direction + direction * 4 * ((1 << 51) - 2);
                let mut array = HalfUnits {
                    values: vec![largest; length],
                    half_unit: unit - 1,
                    precision: 53,
                };
                // Hardly more than the least total of its binade.
                let total: i128 = array.values.iter().sum();
                let least = (1_i128 << (53 + bits)) + (1 << (bits + 4));
                let spare = total.abs() - least;
                let part = spare / 4 / length as i128 * 4;
                array
                    .values
                    .iter_mut()
                    .for_each(|value| *value -= direction * part);
                let values = array.just_beyond_a_tie(0..length, direction);
                check_f64(&values, &|| format!("{length} values lose 2^{}", unit - 1));
            }
        }
    }
}

#[test]
fn a_raised_window_keeps_its_bound() {
    // After the low blocks, one value that needs a higher window, and a few that
    // lose half of its unit.
    let mut random = Random::new(162);
    for unit in -90..=-80 {
        for above in 8..=26 {
            for raised in above - 4..=above + 1 {
                // Three blocks upward and one value: what is cut off and what
                // was lost add up to the most that there can be.
                for (blocks, direction, few) in [
                    (3, 1, 1),
                    (
                        random.pick(&[1, 3, 5]),
                        if random.one_in(2) { 1 } else { -1 },
                        random.pick(&[0, 1, 2, 3]),
                    ),
                ] {
                    let mut array =
                        HalfUnits::losing(&mut random, blocks * 4096, unit, direction, 53);
                    let last = array.values.len();
                    array.values.push(1 << (above + 1 - unit));
                    for _ in 0..few {
                        let value = losing(&mut random, direction, 40);
                        array.values.push(value << raised);
                    }
                    let length = array.values.len();
                    let values = array.just_beyond_a_tie(1..last, direction);
                    check_f64(&values, &|| {
                        format!("{length} values, unit 2^{unit}, 2^{above} above, raised {raised}")
                    });
                }
            }
        }
    }
}

#[test]
fn a_window_raised_by_little_keeps_its_bound() {
    // Many values that are a little larger: then what was lost before is still
    // many of the higher units.
    let mut random = Random::new(166);
    for unit in -90..=-80 {
        for above in 1..=9 {
            let direction = if random.one_in(2) { 1 } else { -1 };
            let mut array = HalfUnits::losing(&mut random, 40 * 4096, unit, direction, 53);
            let last = array.values.len();
            array.values.resize(last + 2100, 1 << (above + 1 - unit));
            let values = array.just_beyond_a_tie(1..last, direction);
            check_f64(&values, &|| format!("unit 2^{unit}, 2^{above} above"));
        }
    }
}

fn narrowed(values: &[f64]) -> Vec<f32> {
    values.iter().map(|&value| value as f32).collect()
}

#[test]
fn a_raised_window_of_f32_keeps_its_bound() {
    let mut random = Random::new(168);
    for unit in -46..=-36 {
        for above in 8..=26 {
            for raised in above - 4..=above + 1 {
                let mut array = HalfUnits::losing(&mut random, 3 * 4096, unit, 1, 24);
                let last = array.values.len();
                array.values.push(1 << (above + 1 - unit));
                array.values.push(losing(&mut random, 1, 16) << raised);
                let values = narrowed(&array.just_beyond_a_tie(1..last, 1));
                check_f32(&values, &|| {
                    format!("unit 2^{unit}, 2^{above} above, raised {raised}")
                });
            }
        }
    }
}

#[test]
fn windows_raised_by_any_number_of_bits() {
    // Also by more bits than there are in the sum so far.
    let mut random = Random::new(163);
    for by in (1..=150).chain([200, 300, 500, 900]) {
        for low in [-970, -100, 0] {
            let mut values = ordinary(&mut random, 4096, low);
            let later = random.pick(&[10, 600, 4096, 4500]);
            values.extend(ordinary(&mut random, later, low + by));
            let last = low + by - random.between(40, 60);
            let odd = BigInt::from(random.bits() >> 11 | 1);
            let tie = odd * units_of_power(last) / 2;
            for beside in [0, 1, -1] {
                for off in [units_of_power(-1074), units_of_power(low - 70)] {
                    let target = &tie + off * beside;
                    let values = with_total(values.clone(), &target).expect("room for it");
                    check_f64(&values, &|| {
                        format!("{later} values 2^{by} higher than 2^{low}, {beside} beside a tie")
                    });
                }
            }
        }
    }
}

#[test]
fn windows_raised_again_and_again() {
    let mut random = Random::new(164);
    for round in 0..150 {
        let mut values = Vec::new();
        let mut top = random.between(-1000, 0);
        for _ in 0..random.between(2, 8) {
            values.extend(ordinary(&mut random, 4096, top));
            // One large value, where no sample is likely to see it.
            let at = values.len() - 1 - random.below(4000);
            values[at] = random.sign() * power(top + random.between(0, 30));
            top += random.pick(&[1, 2, 11, 30, 60, 130]);
        }
        let last = top.min(900) - random.between(40, 80);
        let odd = BigInt::from(random.bits() >> 11 | 1);
        let target = odd * units_of_power(last) / 2 + random.between(-1, 1);
        let values = with_total(values, &target).expect("room for it");
        check_f64(&values, &|| format!("round {round}, below 2^{top}"));
    }
}

#[test]
fn totals_below_zero_are_cut_as_safely_as_those_above() {
    // A sum that is shifted to a larger unit is rounded down, whatever its sign.
    let mut random = Random::new(165);
    for sign in [1.0, -1.0] {
        for by in 8..=140 {
            let mut values: Vec<f64> = ordinary(&mut random, 8192, 0)
                .into_iter()
                .map(|value| sign * value.abs())
                .collect();
            let at = 8192 - 50;
            values[at] = power(by);
            let last = by - 52;
            let odd = BigInt::from(random.bits() >> 11 | 1 << 52);
            let tie = (2 * odd + 1) * units_of_power(last) / 2;
            for beside in [0, 1, -1] {
                let target = &tie + beside;
                let values = with_total(values.clone(), &target).expect("room for it");
                check_f64(&values, &|| {
                    format!("{sign}, raised by 2^{by}, {beside} off a tie")
                });
            }
        }
    }
}
