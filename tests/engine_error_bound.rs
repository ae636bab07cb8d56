//! Sums that are not computed in full come with a bound on what they lack. The
//! bound holds to the last half unit: also where every value loses as much as it
//! can, all in the same direction, and the true total lies just beyond a tie;
//! also where larger values turn up in the middle and the unit changes.

mod engine_support;
mod exact_support;

use engine_support::build::{ordinary, power, units_of_power, with_total};
use engine_support::check_f64;
use exact_support::oracle::scale;
use exact_support::random::Random;
use num_bigint::BigInt;

/// An array in half units of some level, 2^`half_unit`.
///
/// A value of (2 m + 1/2) units is rounded down to the even 2 m wherever it is
/// added to an even number of units, and so loses half a unit; that of
/// (2 m - 1/2) loses as much upward. Kernels begin with even totals.
struct HalfUnits {
    values: Vec<i128>,
    half_unit: i32,
}

/// A value above zero that loses half a unit in this direction: 1 or -1.
fn losing(random: &mut Random, direction: i128, bits: u32) -> i128 {
    i128::from(random.bits() >> (64 - bits)) * 4 + 4 + direction
}

impl HalfUnits {
    /// Changes the values at `these` indices by few units, all of them even, so
    /// that the total is as little as possible beyond a tie, on the side of the
    /// odd neighbour. `None` if its unit is too fine for that.
    fn just_beyond_a_tie(
        mut self,
        these: std::ops::Range<usize>,
        direction: i128,
    ) -> Option<Vec<f64>> {
        let total: i128 = self.values.iter().sum();
        let length = 128 - total.unsigned_abs().leading_zeros();
        let place = length.checked_sub(53)?;
        if place < 3 {
            return None;
        }
        // Beyond: away from zero the even neighbour is below, else above.
        let outward = (total > 0) == (direction > 0);
        let fraction = if outward { 1 } else { 3 };
        let floor = total.abs() >> (place + 1) << (place + 1);
        let tie = total.signum() * (floor + (fraction << (place - 1)));
        // Ties are multiples of four half units.
        let beyond = (direction * total).rem_euclid(4);
        let target = tie + direction * if beyond == 0 { 4 } else { beyond };
        let mut missing = target - total;
        assert_eq!(missing % 4, 0);
        // A value that loses nothing takes what is coarse enough for it.
        let first = self.values[0];
        if first >= 1 << 80 {
            let fine = first.ilog2() - 50;
            self.values[0] += missing >> fine << fine;
            missing -= missing >> fine << fine;
        }
        let count = these.len() as i128;
        for (left, index) in (1..=count).rev().zip(these) {
            let part = missing / 4 / left * 4;
            self.values[index] += part;
            missing -= part;
        }
        (missing == 0).then(|| self.to_f64())
    }

    fn to_f64(&self) -> Vec<f64> {
        let widen = |&value: &i128| {
            let widened = value as f64;
            assert_eq!(widened as i128, value, "a double holds it");
            scale(widened, self.half_unit)
        };
        self.values.iter().map(widen).collect()
    }
}

#[test]
fn every_value_may_lose_half_a_unit() {
    let mut random = Random::new(161);
    for unit in -100..=-79 {
        for length in [512, 513, 514, 515, 1000, 4096, 4097, 8193, 12_289] {
            for direction in [1, -1] {
                // The first is what the sample sees.
                let mut array = HalfUnits {
                    values: vec![1 << (1 - unit)],
                    half_unit: unit - 1,
                };
                while array.values.len() < length {
                    array.values.push(losing(&mut random, direction, 46));
                }
                let last = length / 2..length;
                let mut values = array
                    .just_beyond_a_tie(last, direction)
                    .expect("the first is large enough");
                let context = || format!("{length} values lose 2^{}, {direction}", unit - 1);
                check_f64(&values, &context);
                random.shuffle(&mut values[1..]);
                check_f64(&values, &context);
            }
        }
    }
}

#[test]
fn the_bound_counts_the_last_half_unit() {
    // In the lowest window every value, the largest too, can lose half a unit.
    // As few values as possible, as large as they can be: then the unit in the
    // last place of the total is twice the bound.
    for unit in -1074..=-1000 {
        for (length, bits) in [(513_usize, 9), (515, 9), (1025, 10), (2049, 11), (4097, 12)] {
            for direction in [1, -1] {
                let largest = direction + direction * 4 * ((1 << 51) - 2);
                let mut array = HalfUnits {
                    values: vec![largest; length],
                    half_unit: unit - 1,
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
                let values = array
                    .just_beyond_a_tie(0..length, direction)
                    .expect("they are large enough");
                check_f64(&values, &|| format!("{length} values lose 2^{}", unit - 1));
            }
        }
    }
}

/// Blocks that lose half of the low unit with each value but the first.
fn low_blocks(random: &mut Random, count: usize, unit: i32, direction: i128) -> HalfUnits {
    let mut values = vec![1 << (1 - unit)];
    values.resize_with(count * 4096, || losing(random, direction, 46));
    HalfUnits {
        values,
        half_unit: unit - 1,
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
                    let mut array = low_blocks(&mut random, blocks, unit, direction);
                    let last = array.values.len();
                    array.values.push(1 << (above + 1 - unit));
                    for _ in 0..few {
                        let value = losing(&mut random, direction, 40);
                        array.values.push(value << raised);
                    }
                    let length = array.values.len();
                    let values = array
                        .just_beyond_a_tie(1..last, direction)
                        .expect("one is large enough");
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
            let mut array = low_blocks(&mut random, 40, unit, direction);
            let last = array.values.len();
            array.values.resize(last + 2100, 1 << (above + 1 - unit));
            let values = array
                .just_beyond_a_tie(1..last, direction)
                .expect("many are large enough");
            check_f64(&values, &|| format!("unit 2^{unit}, 2^{above} above"));
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
