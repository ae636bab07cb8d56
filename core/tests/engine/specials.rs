//! NaN, infinities and negative zeros are found wherever in an array they are:
//! at its ends, between blocks, in the last values that fill no vector.

use crate::support::engines::build::{ordinary, power};
use crate::support::engines::{check_f32, check_f64};
use crate::support::random::Random;
use crate::support::rounds;

const SIGNALLING: u64 = 0x7ff0_0000_0000_0001;
const NEGATIVE_NAN: u64 = 0xfff8_0000_0000_1234;

const LENGTHS: [usize; 19] = [
    1, 15, 16, 17, 31, 33, 63, 100, 130, 511, 512, 513, 700, 4095, 4096, 4097, 4159, 8192, 9000,
];

/// Where in an array of some length to put something: some of the places, if the test is to
/// be quick.
fn places(random: &mut Random, length: usize) -> Vec<usize> {
    let places = all_places(random, length);
    let step = places.len() / rounds(places.len()).max(1);
    let first = random.below(step);
    places.into_iter().skip(first).step_by(step).collect()
}

fn all_places(random: &mut Random, length: usize) -> Vec<usize> {
    if length <= 130 {
        return (0..length).collect();
    }
    let mut places: Vec<usize> = (0..70).collect();
    places.extend(length - 70..length);
    places.extend((0..30).map(|_| random.below(length)));
    if length > 4096 + 10 {
        places.extend(4090..4106);
    }
    places.retain(|&place| place < length);
    places
}

fn specials() -> [f64; 5] {
    [
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        f64::from_bits(SIGNALLING),
        f64::from_bits(NEGATIVE_NAN),
    ]
}

#[test]
fn one_special_at_any_place_decides() {
    let mut random = Random::new(131);
    for length in LENGTHS {
        for top in [0, 1012] {
            let plain = ordinary(&mut random, length, top);
            for place in places(&mut random, length) {
                let mut values = plain.clone();
                values[place] = random.pick(&specials());
                let context = || format!("{} at {place} of {length}, 2^{top}", values[place]);
                check_f64(&values, &context);
                let narrow: Vec<f32> = values.iter().map(|&value| value as f32).collect();
                check_f32(&narrow, &context);
            }
        }
    }
}

#[test]
fn every_special_at_the_ends_of_an_array() {
    let mut random = Random::new(132);
    for length in LENGTHS {
        let plain = ordinary(&mut random, length, 3);
        for special in specials() {
            for place in [0, length / 2, length - 1] {
                let mut values = plain.clone();
                values[place] = special;
                check_f64(&values, &|| format!("{special} at {place} of {length}"));
            }
        }
    }
}

#[test]
fn infinities_of_both_signs_are_nan_wherever_they_are() {
    let mut random = Random::new(133);
    for length in LENGTHS.into_iter().filter(|&length| length > 1) {
        for round in 0..40 {
            let mut values = ordinary(&mut random, length, 0);
            let first = random.below(length);
            let second = match round % 4 {
                // The next value, the same lane, the end, anywhere.
                0 => (first + 1) % length,
                1 => (first + 320) % length,
                2 => length - 1,
                _ => random.below(length),
            };
            let sign = random.sign();
            values[first] = sign * f64::INFINITY;
            values[second] = -sign * f64::INFINITY;
            let context = || format!("at {first} and {second} of {length}, {sign} first");
            check_f64(&values, &context);
            let narrow: Vec<f32> = values.iter().map(|&value| value as f32).collect();
            check_f32(&narrow, &context);
        }
    }
}

#[test]
fn arrays_of_specials_alone() {
    for length in LENGTHS {
        for special in specials() {
            check_f64(&vec![special; length], &|| {
                format!("{length} times {special}")
            });
            let narrow = vec![special as f32; length];
            check_f32(&narrow, &|| format!("{length} times {special}"));
        }
    }
}

#[test]
fn negative_zeros_alone_are_negative() {
    for length in LENGTHS {
        check_f64(&vec![-0.0; length], &|| format!("{length} negative zeros"));
        check_f32(&vec![-0.0; length], &|| format!("{length} negative zeros"));
        for place in [0, length / 2, length - 1] {
            for other in [0.0, 5e-324, -5e-324, 1.0] {
                let mut values = vec![-0.0; length];
                values[place] = other;
                check_f64(&values, &|| format!("{other:e} at {place} of {length}"));
                let narrow: Vec<f32> = values.iter().map(|&value| value as f32).collect();
                check_f32(&narrow, &|| format!("{other:e} at {place} of {length}"));
            }
        }
    }
}

#[test]
fn each_negative_zero_is_counted() {
    let mut random = Random::new(134);
    for length in LENGTHS {
        for others in ["zeros", "ordinary", "wide", "three levels", "an outlier"] {
            for place in places(&mut random, length) {
                let mut values = match others {
                    "zeros" => vec![0.0; length],
                    "wide" => (0..length)
                        .map(|_| random.sign() * power(random.between(-300, 300)))
                        .collect(),
                    "three levels" => (0..length)
                        .map(|_| random.sign() * power(random.between(-110, 0)))
                        .collect(),
                    _ => ordinary(&mut random, length, 0),
                };
                if others == "an outlier" {
                    values[random.below(length)] = 5e-324;
                }
                values[place] = -0.0;
                if random.one_in(3) {
                    values[random.below(length)] = -0.0;
                }
                check_f64(&values, &|| format!("{others}, at {place} of {length}"));
                if random.one_in(4) {
                    let narrow: Vec<f32> = values.iter().map(|&value| value as f32).collect();
                    check_f32(&narrow, &|| format!("{others}, at {place} of {length}"));
                }
            }
        }
    }
}
