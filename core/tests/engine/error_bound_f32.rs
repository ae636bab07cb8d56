//! Floats are rounded from one level: its bound holds too where every value loses
//! half a unit in one direction and the true total lies just beyond a tie.

use crate::support::engines::check_f32;
use crate::support::oracle::scale;
use crate::support::random::Random;

/// Values in units of 2^`half_unit`, the first of them 1.0, the others of
/// (4 m + `direction`) units: each loses one where units of four are rounded to.
/// Their total is as little beyond a tie as can be, on the side of the odd
/// neighbour.
fn just_beyond_a_tie(
    random: &mut Random,
    half_unit: i32,
    length: usize,
    direction: i64,
) -> Vec<f32> {
    let mut values = vec![1_i64 << -half_unit];
    values.resize_with(length, || {
        // From 2^19 to 2^20, with room to both sides within 24 bits.
        4 * ((random.bits() >> 47) as i64 + (1 << 17)) + direction
    });
    let total: i64 = values.iter().sum();
    let place = total.ilog2() + 1 - 24;
    let floor = total >> (place + 1) << (place + 1);
    let fraction = if direction > 0 { 1 } else { 3 };
    let tie = floor + (fraction << (place - 1));
    // Ties are multiples of four; each value may change by as many.
    let beyond = match (direction * total).rem_euclid(4) {
        0 => 4,
        rest => rest,
    };
    let mut missing = tie + direction * beyond - total;
    assert_eq!(missing % 4, 0);
    for (left, value) in (1..length as i64).rev().zip(&mut values[1..]) {
        let part = missing / 4 / left * 4;
        *value += part;
        missing -= part;
    }
    assert_eq!(missing, 0);
    let widen = |value: &i64| {
        let widened = scale(*value as f64, half_unit);
        assert_eq!(f64::from(widened as f32), widened, "a float holds it");
        widened as f32
    };
    values.iter().map(widen).collect()
}

#[test]
fn every_float_may_lose_half_a_unit() {
    let mut random = Random::new(171);
    // The unit is the engine's own affair: all that it might be are tried.
    for half_unit in -46..=-36 {
        for length in [512, 513, 514, 1000, 4096, 4097, 8193] {
            for direction in [1, -1] {
                let values = just_beyond_a_tie(&mut random, half_unit, length, direction);
                let context = || format!("{length} values lose 2^{half_unit}, {direction}");
                check_f32(&values, &context);
                let negated: Vec<f32> = values.iter().map(|value| -value).collect();
                check_f32(&negated, &context);
            }
        }
    }
}
