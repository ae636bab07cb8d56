//! Bits below the lowest level are noticed wherever they are, windows work up to
//! both ends of the exponents, and a few values that mislead the engine about
//! all of them cost time, never bits.

use crate::support::arrays::KINDS;
use crate::support::engines::build::{ordinary, power};
use crate::support::engines::{SAME_LANE, check_f32, check_f64};
use crate::support::oracle::scale;
use crate::support::random::Random;

/// Values below 2^`top` with `bits` bits below that, so that they lose none.
fn coarse(random: &mut Random, count: usize, top: i32, bits: i32) -> Vec<f64> {
    (0..count)
        .map(|_| {
            let integer = random.between(-(1 << bits) + 1, (1 << bits) - 1);
            scale(f64::from(integer), top - bits)
        })
        .collect()
}

#[test]
fn one_tiny_value_among_large_ones_is_noticed_at_every_place() {
    let mut random = Random::new(141);
    // Windows below and above 1, where values are scaled in different ways.
    for top in [
        -1000, -900, -500, -20, -9, -8, 0, 1, 20, 500, 900, 1000, 1012, 1014,
    ] {
        let plain = coarse(&mut random, SAME_LANE + 30, top, 20);
        for place in 0..plain.len() {
            let mut values = plain.clone();
            values[place] = random.sign()
                * match random.below(4) {
                    0 | 1 => 5e-324,
                    2 => power((top - random.between(60, 200)).max(-1074)),
                    _ => power(random.between(-1074, top)),
                };
            check_f64(&values, &|| {
                format!("{:e} at {place}, 2^{top}", values[place])
            });
        }
    }
}

#[test]
fn one_tiny_value_is_noticed_in_every_part_of_a_block() {
    let mut random = Random::new(149);
    for top in [-20, 20] {
        let plain = coarse(&mut random, 4096, top, 20);
        // Some kernels split a block into as many as four parts.
        for place in (0..plain.len()).step_by(61).chain([4095]) {
            let mut values = plain.clone();
            values[place] = random.sign() * 5e-324;
            check_f64(&values, &|| {
                format!("{:e} at {place}, 2^{top}", values[place])
            });
        }
    }
}

#[test]
fn one_tiny_value_of_any_exponent_is_noticed() {
    let mut random = Random::new(142);
    for top in [-940, -100, 0, 1, 10, 600, 1013] {
        let plain = coarse(&mut random, 700, top, 20);
        for exponent in -1074..top {
            for length in [100, 700] {
                let mut values = plain[..length].to_vec();
                let place = random.below(length);
                values[place] = random.sign() * power(exponent);
                check_f64(&values, &|| {
                    format!("2^{exponent} at {place}, below 2^{top}")
                });
            }
        }
    }
}

#[test]
fn one_tiny_f32_is_noticed_at_every_place() {
    let mut random = Random::new(143);
    for top in [-100, -9, 0, 30, 100, 127] {
        let plain: Vec<f32> = coarse(&mut random, SAME_LANE + 30, top, 15)
            .into_iter()
            .map(|value| value as f32)
            .collect();
        for place in 0..plain.len() {
            let mut values = plain.clone();
            values[place] = f32::from_bits(1 << random.below(24));
            check_f32(&values, &|| {
                format!("{:e} at {place}, 2^{top}", values[place])
            });
        }
    }
}

#[test]
fn windows_reach_both_ends_of_the_exponents() {
    let mut random = Random::new(144);
    for top in (-1073..=-900).chain(900..=1024) {
        for length in [20, 100, 511, 512, 700, 4096 + 500] {
            let values = ordinary(&mut random, length, top);
            check_f64(&values, &|| format!("{length} values below 2^{top}"));
            // The largest of that binade, and the least number of all.
            let largest = power(top - 1) * (2.0 - f64::EPSILON);
            let values: Vec<f64> = (0..length)
                .map(|index| if index % 3 == 1 { 5e-324 } else { largest })
                .collect();
            check_f64(&values, &|| format!("{length} values up to {largest:e}"));
        }
    }
}

#[test]
fn windows_of_f32_reach_both_ends_of_its_exponents() {
    let mut random = Random::new(145);
    for top in (-149..=-110).chain(90..=128) {
        for length in [20, 511, 600, 5000] {
            let narrow = |value: f64| value as f32;
            let values = ordinary(&mut random, length, top).into_iter().map(narrow);
            let values: Vec<f32> = values.filter(|value| value.is_finite()).collect();
            check_f32(&values, &|| format!("{length} values below 2^{top}"));
        }
    }
}

#[test]
fn what_the_sample_sees_does_not_matter() {
    // Every fixed step, so that whatever the engine looks at shows it one thing
    // and the rest is another.
    let mut random = Random::new(146);
    for length in [64_usize, 300, 511, 512, 1000, 4096, 5000, 10_000] {
        let steps = [
            length / 16,
            length.div_ceil(16),
            length / 32,
            length.div_ceil(32),
            length / 64 + 1,
        ];
        for step in steps {
            for seen in [0.0, -0.0, 5e-324, 1e-310, 1e-30, 1e30, f64::MAX, f64::NAN] {
                for top in [-1022, 0, 1000] {
                    let mut values = ordinary(&mut random, length, top);
                    values
                        .iter_mut()
                        .step_by(step.max(1))
                        .for_each(|v| *v = seen);
                    check_f64(&values, &|| {
                        format!("{seen:e} at each {step} of {length}, 2^{top}")
                    });
                }
                if seen != 1e-30 {
                    let values = ordinary(&mut random, length, 0).into_iter();
                    let mut values: Vec<f32> = values.map(|value| value as f32).collect();
                    values
                        .iter_mut()
                        .step_by(step.max(1))
                        .for_each(|v| *v = seen as f32);
                    check_f32(&values, &|| format!("{seen:e} at each {step} of {length}"));
                }
            }
        }
    }
}

#[test]
fn one_value_among_zeros_or_subnormals_is_found_anywhere() {
    let mut random = Random::new(147);
    for length in [17, 100, 511, 600, 4096, 5000] {
        for round in 0..200 {
            let place = random.below(length);
            let mut values = if round % 2 == 0 {
                vec![random.sign() * 0.0; length]
            } else {
                let subnormal = |_| f64::from_bits(random.bits() & 0x800f_ffff_ffff_ffff);
                (0..length).map(subnormal).collect()
            };
            values[place] = random.sign() * power(random.between(-1074, 1023));
            check_f64(&values, &|| {
                format!("{:e} at {place} of {length}", values[place])
            });
        }
    }
}

#[test]
fn levels_of_any_depth_hold_what_they_say() {
    // Blocks that two levels hold, that take three, that take the table: by
    // spread, in turn, and one right after the other.
    let mut random = Random::new(148);
    for spread in (0..=140).chain([200, 400, 1000]) {
        for shift in [-1074 + 1, -940, -600, 0, 300] {
            let mut values = Vec::new();
            for part in 0..3 {
                let spread = if part == 1 { 10 } else { spread };
                values.extend((0..random.pick(&[200, 4096])).map(|_| {
                    let exponent = shift + random.between(0, spread);
                    scale(random.sign() * (1.0 + random.unit()), exponent)
                }));
            }
            check_f64(&values, &|| format!("spread {spread}, from 2^{shift}"));
        }
    }
}

#[test]
fn negated_arrays_have_the_negated_total() {
    // The totals of a lane begin below zero: up and down are not alike.
    let mut random = Random::new(149);
    for (name, generate) in KINDS {
        for length in [50, 600, 5000] {
            let values = generate(&mut random, length);
            let negated: Vec<f64> = values.iter().map(|value| -value).collect();
            check_f64(&values, &|| format!("{name}, {length} values"));
            check_f64(&negated, &|| format!("{name}, {length} values, negated"));
        }
    }
}
