//! Products through the kernel, at the ends of what its windows hold, and by columns:
//! each engine has the bits of the oracle.

use crate::support::moments::MomentsOracle;
use crate::support::oracle::scale;
use crate::support::paste;
use crate::support::products::ProductOracle;
use crate::support::random::Random;
use num_bigint::BigInt;
use tally_core::{Isa, Moments, ProductAccumulator, Stored};

/// Exponents of products that two and three levels are for.
const BINADES: [i32; 2] = [32, 64];

fn check(x: &[f64], y: &[f64], context: &dyn Fn() -> String) {
    let words = ProductOracle::of(x, y).words();
    for isa in Isa::available() {
        let mut total = ProductAccumulator::new();
        total.add_f64_on(isa, x, y);
        assert_eq!(
            total.to_words(),
            Ok(words),
            "{}, {}: let x = {};\nlet y = {};",
            context(),
            isa.name(),
            paste(x),
            paste(y)
        );
        total.subtract_f64(x, y);
        assert_eq!(total, ProductAccumulator::new(), "{}", context());
    }
}

fn check_squares(values: &[f64], context: &dyn Fn() -> String) {
    let words = MomentsOracle::of(values).words();
    for isa in Isa::available() {
        let mut total = Moments::new();
        total.add_f64_on(isa, values);
        assert_eq!(
            total.to_words(),
            Ok(words),
            "{}, {}: let values = {};",
            context(),
            isa.name(),
            paste(values)
        );
        total.subtract_f64(values);
        assert_eq!(total, Moments::new(), "{}", context());
    }
    // The same as floats, which may be others.
    let narrow: Vec<f32> = values.iter().map(|&value| value as f32).collect();
    check_floats(&narrow, context);
}

fn check_floats(values: &[f32], context: &dyn Fn() -> String) {
    let wide: Vec<f64> = values.iter().map(|&value| value.into()).collect();
    let words = MomentsOracle::of(&wide).words();
    for isa in Isa::available() {
        let mut total = Moments::new();
        total.add_f32_on(isa, values);
        let name = isa.name();
        assert_eq!(total.to_words(), Ok(words), "{}, {name}", context());
        total.subtract_f32(values);
        assert_eq!(total, Moments::new(), "{}, {name}", context());
    }
}

/// From 1 to 2, with all bits.
fn odd(random: &mut Random) -> f64 {
    f64::from_bits(1023 << 52 | random.bits() >> 12 | 1)
}

/// A pair whose product is from 2^`exponent` to four times that, with all bits.
fn pair(random: &mut Random, exponent: i32) -> (f64, f64) {
    let by = (exponent / 2 + random.between(-30, 30)).clamp(-1000, 1000);
    let x = random.sign() * scale(odd(random), by);
    (x, random.sign() * scale(odd(random), exponent - by))
}

#[test]
fn one_product_below_all_others_is_found_at_every_place() {
    let mut random = Random::new(271);
    for length in [16, 17, 33, 71, 200] {
        for at in 0..length {
            let top = random.between(-300, 300);
            let binades = random.pick(&BINADES);
            let (mut x, mut y): (Vec<f64>, Vec<f64>) =
                (0..length).map(|_| pair(&mut random, top)).unzip();
            let below = binades + random.between(-4, 4);
            (x[at], y[at]) = pair(&mut random, top - below);
            check(&x, &y, &|| format!("2^-{below} at {at} of {length}"));
            let scaled = |&(x, _): &(f64, f64)| scale(x, -60);
            let mut values: Vec<f64> = (0..length).map(|_| scaled(&pair(&mut random, 0))).collect();
            let size = values
                .iter()
                .fold(0_f64, |most, value| most.max(value.abs()));
            values
                .iter_mut()
                .for_each(|value| *value = size * value.signum());
            values[at] = scale(values[at] * odd(&mut random), -below / 2);
            check_squares(&values, &|| format!("2^-{} at {at} of {length}", below / 2));
        }
    }
}

/// Every distance between the largest and the least, for windows that begin anywhere.
#[test]
fn products_of_any_spread() {
    let mut random = Random::new(272);
    for spread in 0..=140 {
        for length in [16, 40, 1023, 1025, 2100] {
            let top = random.between(-200, 200);
            let (x, y): (Vec<f64>, Vec<f64>) = (0..length)
                .map(|_| {
                    let exponent = top - random.between(0, spread);
                    pair(&mut random, exponent)
                })
                .unzip();
            check(&x, &y, &|| format!("2^{spread}, {length} products"));
            let values: Vec<f64> = (0..length)
                .map(|_| {
                    let exponent = top / 4 - random.between(0, spread / 2);
                    random.sign() * scale(odd(&mut random), exponent)
                })
                .collect();
            check_squares(&values, &|| format!("2^{spread}, {length} squares"));
        }
    }
}

/// Totals that go as far in one direction as they can: of products, values and rests.
#[test]
fn full_blocks_of_the_largest() {
    let mut random = Random::new(273);
    let below_two = 2.0 - f64::EPSILON;
    // The rest of the rounded product is nearly half a unit, up or down.
    let losing = |random: &mut Random, wanted: bool| loop {
        let (x, y) = (odd(random), odd(random));
        let rest = x.mul_add(y, -(x * y));
        if (rest > 0.0) == wanted && rest.abs() > scale(0.99, -52) && x * y > 2.0 {
            return (x, y);
        }
    };
    for exponent in -4..=4 {
        for length in [256, 1000, 1024, 2048, 4096, 5000] {
            let x = vec![scale(below_two, exponent); length];
            check(&x, &vec![below_two; length], &|| format!("2^{exponent}"));
            check(&x, &vec![-below_two; length], &|| format!("-2^{exponent}"));
            check_squares(&x, &|| format!("2^{exponent}, squares"));
            // Floats, which are not doubles of that size.
            let float = (2.0 - f32::EPSILON) * 2_f32.powi(exponent);
            check_floats(&vec![-float; length], &|| format!("2^{exponent}, floats"));
            for wanted in [false, true] {
                let (x, y) = losing(&mut random, wanted);
                let x = scale(x, exponent);
                let context = || format!("2^{exponent}, rests of half a unit");
                check(&vec![x; length], &vec![y; length], &context);
            }
            // A first one that is lower by half makes for a lower window.
            for lower in 1..=3 {
                let mut x = x.clone();
                x[..32].fill(scale(below_two, exponent - lower));
                check_squares(&x, &|| format!("2^{exponent} after 2^-{lower}"));
                check(&x, &vec![below_two; length], &|| {
                    format!("after 2^-{lower}")
                });
            }
        }
    }
}

/// Products that are infinite or zero only if they are rounded, among those that are not.
#[test]
fn products_beyond_the_doubles_are_kept() {
    let mut random = Random::new(274);
    for length in [1, 9, 16, 40, 700, 3000] {
        for exponent in (-2148..=-2020)
            .chain(-1180..=-860)
            .chain(940..=1040)
            .step_by(7)
        {
            let half = (exponent / 2).clamp(-1074, 1022);
            let make = |random: &mut Random| {
                let x = random.sign() * scale(odd(random), half);
                (x, scale(odd(random), (exponent - half).clamp(-1074, 1022)))
            };
            let (mut x, mut y): (Vec<f64>, Vec<f64>) =
                (0..length).map(|_| make(&mut random)).unzip();
            check(&x, &y, &|| format!("{length} products near 2^{exponent}"));
            check_squares(&x, &|| format!("{length} squares near 2^{exponent}"));
            // One among ordinary ones, and zeros of both signs.
            let at = random.below(length);
            let one = (x[at], y[at]);
            for (x, y) in x.iter_mut().zip(&mut y) {
                (*x, *y) = pair(&mut random, 0);
                if random.one_in(10) {
                    *x = 0.0 * random.sign();
                }
            }
            (x[at], y[at]) = one;
            check(&x, &y, &|| format!("2^{exponent} at {at} of {length}"));
            check_squares(&x, &|| format!("2^{half} at {at} of {length}"));
        }
    }
    for (x, y) in [(f64::MAX, f64::MAX), (5e-324, 5e-324), (f64::MAX, 5e-324)] {
        for length in [20, 24, 600, 5000] {
            check(&vec![x; length], &vec![-y; length], &|| format!("{x}·{y}"));
        }
    }
}

/// NaN and infinities are counted wherever they are, and zeros among them.
#[test]
fn specials_and_zeros_at_every_place() {
    let mut random = Random::new(275);
    let specials = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 0.0, -0.0];
    for length in [8, 16, 31, 100, 530] {
        for spread in [1, 40, 900] {
            for at in (0..length).step_by(if length > 100 { 7 } else { 1 }) {
                let some = |random: &mut Random| {
                    random.sign() * scale(odd(random), random.between(-spread, spread) / 2)
                };
                let mut x: Vec<f64> = (0..length).map(|_| some(&mut random)).collect();
                let mut y: Vec<f64> = (0..length).map(|_| some(&mut random)).collect();
                x[at] = random.pick(&specials);
                y[random.below(length)] = random.pick(&specials);
                check(&x, &y, &|| format!("{} at {at} of {length}", x[at]));
                check_squares(&x, &|| format!("{} at {at} of {length}", x[at]));
            }
        }
    }
}

/// What kernels found before is in the total when the data become wide, and the other way.
#[test]
fn blocks_of_any_width_after_each_other() {
    let mut random = Random::new(276);
    for _ in 0..60 {
        let (mut x, mut y) = (Vec::new(), Vec::new());
        for _ in 0..random.between(2, 12) {
            let spread = random.pick(&[0, 10, 40, 100, 600]);
            let top = random.between(-100, 100);
            for _ in 0..random.pick(&[100, 1024, 1500, 5000]) {
                let exponent = top - random.between(0, spread);
                let (a, b) = pair(&mut random, exponent);
                x.push(if random.one_in(500) { 0.0 } else { a });
                y.push(b);
            }
        }
        check(&x, &y, &|| "blocks of any width".to_owned());
        check_squares(&x, &|| "blocks of any width".to_owned());
    }
}

/// Carries of columns, into limbs that are at the ends of their range, as far as they go.
#[test]
fn columns_carry_into_any_limbs() {
    let mut random = Random::new(277);
    for round in 0..300 {
        let edges = [i64::MAX, i64::MIN, i64::MAX - 1, -1, 0, 1];
        let mut words = [0; 73];
        for word in &mut words[..66] {
            *word = random.pick(&edges) as u64;
        }
        let limbs = words[..67].iter().rev();
        let before = limbs.fold(BigInt::ZERO, |total, &limb| (total << 64) + limb as i64);
        let length = 24 + random.below(60);
        // The largest products reach the highest column.
        let make = |random: &mut Random| {
            let e = if round % 2 == 0 {
                1023
            } else {
                random.between(-1074, 1023)
            };
            random.sign() * scale(odd(random), e)
        };
        let x: Vec<f64> = (0..length).map(|_| make(&mut random)).collect();
        let y: Vec<f64> = (0..length).map(|_| make(&mut random)).collect();
        let mut oracle = ProductOracle::of(&x, &y);
        oracle.total += before;
        for isa in Isa::available() {
            let mut total = ProductAccumulator::from_words(&words).expect("a state");
            total.add_f64_on(isa, &x, &y);
            assert_eq!(total.to_words(), Ok(oracle.words()), "round {round}");
        }
    }
}
