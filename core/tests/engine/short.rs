//! Sums of a few values: of any spread, with zeros, at the ends of the range.

use crate::support::engines::build::power;
use crate::support::engines::{check_f32, check_f64};
use crate::support::random::Random;

/// Lengths below and above that up to which a sum is one of plain integers.
const LENGTHS: [usize; 18] = [
    0, 1, 2, 3, 5, 7, 8, 9, 14, 15, 16, 17, 18, 24, 31, 32, 33, 64,
];

#[test]
fn a_few_values_of_any_spread() {
    // The largest significand as often as can be, so that sums are as large as
    // can be, over each distance from the least value.
    let mut random = Random::new(171);
    for length in LENGTHS.into_iter().filter(|&length| length > 1) {
        for spread in (0..=150).chain([500, 1000, 2000]) {
            for lowest in [-1074, -1073, -1022, -1021, -100, 0, 971] {
                if lowest + spread > 971 {
                    continue;
                }
                let largest = ((1_u64 << 53) - 1) as f64 * power(lowest + spread);
                let least = power(lowest);
                for sign in [1.0, -1.0] {
                    let mut values = vec![sign * largest; length];
                    let place = random.below(length);
                    values[place] = random.sign() * least;
                    check_f64(&values, &|| {
                        format!("{length} values, 2^{spread} apart, from 2^{lowest}")
                    });
                    values[(place + 1) % length] = sign * 0.0;
                    check_f64(&values, &|| {
                        format!("{length} values and a zero, 2^{spread}")
                    });
                }
            }
        }
    }
}

#[test]
fn what_a_few_values_leave_when_they_cancel() {
    // All but the least value cancel: each bit of it counts, however far below it lies.
    let mut random = Random::new(174);
    for length in LENGTHS.into_iter().filter(|&length| length > 2) {
        for spread in (0..=200).chain([500, 1000, 2000]) {
            for lowest in [-1074, -1022, 0] {
                if lowest + spread > 971 {
                    continue;
                }
                let size = (random.bits() >> 11 | 1 << 52) as f64 * power(lowest + spread);
                let mut values: Vec<f64> = (1..length)
                    .map(|index| if index % 2 == 0 { size } else { -size })
                    .collect();
                if length % 2 == 0 {
                    values.pop();
                }
                let least = (random.bits() >> 11 | 1) as f64 * power(lowest);
                values.insert(random.below(values.len()), random.sign() * least);
                check_f64(&values, &|| {
                    format!("{length} values, 2^{spread} above 2^{lowest}, cancel")
                });
            }
        }
    }
}

#[test]
fn a_few_f32_of_any_spread() {
    let mut random = Random::new(172);
    for length in LENGTHS.into_iter().filter(|&length| length > 1) {
        for spread in 0..=253 {
            for lowest in [-149, -148, -126, -125, 0, 104] {
                if lowest + spread > 104 {
                    continue;
                }
                let largest = (f64::from((1 << 24) - 1) * power(lowest + spread)) as f32;
                let mut values = vec![random.sign() as f32 * largest; length];
                values[random.below(length)] = random.sign() as f32 * power(lowest) as f32;
                check_f32(&values, &|| {
                    format!("{length} values, 2^{spread} apart, from 2^{lowest}")
                });
            }
        }
    }
}

#[test]
fn a_few_random_values_of_every_spread() {
    let mut random = Random::new(173);
    for round in 0..40_000 {
        let length = random.pick(&LENGTHS);
        let (low, spread) = (random.between(1, 2046), random.between(0, 140));
        let values: Vec<f64> = (0..length)
            .map(|_| {
                let field = (low + random.between(0, spread)).min(2046) as u64;
                let bits = random.bits() & !(0x7ff << 52) | field << 52;
                let cut = random.pick(&[0, 0, 20, 51]);
                f64::from_bits(bits >> cut << cut)
            })
            .collect();
        check_f64(&values, &|| format!("round {round}"));
    }
}

#[test]
fn a_few_zeros_and_subnormals() {
    let few = [0.0, -0.0, 5e-324, -5e-324, f64::MIN_POSITIVE, -1e-310];
    for length in 0..=4 {
        for choice in 0..few.len().pow(length) {
            let pick = |place| few[choice / few.len().pow(place) % few.len()];
            let values: Vec<f64> = (0..length).map(pick).collect();
            check_f64(&values, &|| format!("choice {choice} of {length}"));
            let narrow: Vec<f32> = values
                .iter()
                .map(|&value| (value * power(925)) as f32)
                .collect();
            check_f32(&narrow, &|| format!("choice {choice} of {length}"));
        }
    }
}
