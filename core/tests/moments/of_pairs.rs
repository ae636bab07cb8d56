//! Weighted mean, covariance and correlation are the nearest to their true values.

use crate::support::moments::{MomentsOracle, nearest_root, rounded};
use crate::support::oracle::{same, scale, units};
use crate::support::paste;
use crate::support::products::{ProductOracle, pair_of_kinds};
use crate::support::random::Random;
use num_bigint::BigInt;
use num_traits::{Signed, Zero};
use tally_core::{
    Accumulator, Isa, Moments, ProductAccumulator, Side, ValueError, correlation,
    correlation_f64_on, covariance, covariance_f64_on, weighted_mean, weighted_mean_f64_on,
};

struct Pair<'a> {
    x: &'a [f64],
    y: &'a [f64],
}

impl Pair<'_> {
    fn states(&self) -> (Moments, Moments, ProductAccumulator) {
        let (mut x, mut y) = (Moments::new(), Moments::new());
        let mut products = ProductAccumulator::new();
        x.add_f64(self.x);
        y.add_f64(self.y);
        products.add_f64(self.x, self.y);
        (x, y, products)
    }

    fn is_finite(&self) -> bool {
        self.x.iter().chain(self.y).all(|value| value.is_finite())
    }

    /// Products of distances from the means, by the definition, times the count.
    fn spread(&self) -> BigInt {
        let count = BigInt::from(self.x.len());
        let [x_sum, y_sum] =
            [self.x, self.y].map(|values| values.iter().map(|&value| units(value)).sum::<BigInt>());
        let products = self
            .x
            .iter()
            .zip(self.y)
            .map(|(&x, &y)| (units(x) * &count - &x_sum) * (units(y) * &count - &y_sum));
        products.sum::<BigInt>() / count
    }

    fn covariance(&self, ddof: usize) -> Option<f64> {
        let count = BigInt::from(self.x.len());
        rounded(&self.spread(), &(&count * (&count - BigInt::from(ddof))))
    }

    fn correlation(&self) -> Option<f64> {
        let common = self.spread();
        let room = MomentsOracle::spread(self.x) * MomentsOracle::spread(self.y);
        if room.is_zero() {
            return None;
        }
        let numerator = (&common * &common) << 2148_u32;
        let bits = nearest_root(numerator.magnitude(), room.magnitude())?;
        let negative = common.is_negative();
        Some(f64::from_bits(bits | u64::from(negative) << 63))
    }

    fn weighted_mean(&self) -> Option<f64> {
        let weights: BigInt = self.y.iter().map(|&weight| units(weight)).sum();
        let products = ProductOracle::of(self.x, self.y).total;
        // Both in units of 2^-2148.
        rounded(&(products << 2148_u32), &(weights << 1074_u32))
    }

    fn report(&self) -> String {
        format!("let x = {};\nlet y = {};", paste(self.x), paste(self.y))
    }
}

/// The states' results and those of the slices, by every engine, are the nearest to the
/// true values.
fn check(x: &[f64], y: &[f64]) {
    let pair = Pair { x, y };
    let (x_moments, y_moments, products) = pair.states();
    let mut weights = Accumulator::new();
    weights.add_f64(y);
    check_results(
        &pair,
        "states",
        [
            covariance(&x_moments, &y_moments, &products, 0),
            covariance(&x_moments, &y_moments, &products, 1),
            correlation(&x_moments, &y_moments, &products),
            weighted_mean(&products, &weights),
        ],
    );
    for isa in Isa::available() {
        check_results(
            &pair,
            isa.name(),
            [
                covariance_f64_on(isa, x, y, 0),
                covariance_f64_on(isa, x, y, 1),
                correlation_f64_on(isa, x, y),
                weighted_mean_f64_on(isa, x, y),
            ],
        );
    }
}

/// Both covariances, the correlation and the weighted mean.
fn check_results(pair: &Pair, of: &str, found: [Result<f64, ValueError>; 4]) {
    let [without, with, coefficient, mean] = found;
    let report = || format!("{of}: {}", pair.report());
    let compare = |found, expected, error: fn(&ValueError) -> bool| match (found, expected) {
        (Ok(found), Some(expected)) => {
            // A zero of our own has no sign to compare.
            let equal = same(found, expected) || (found == 0.0 && expected == 0.0);
            assert!(equal, "{found:e} for {expected:e}, {}", report());
        }
        (Err(found), None) => assert!(error(&found), "{found:?}, {}", report()),
        (found, expected) => panic!("{found:?} for {expected:?}, {}", report()),
    };
    if !pair.is_finite() {
        let several = pair.x.len() > 1;
        for found in [without, coefficient]
            .into_iter()
            .chain(several.then_some(with))
        {
            assert!(found.expect("NaN").is_nan(), "{}", report());
        }
        return;
    }
    let overflow = |error: &ValueError| matches!(error, ValueError::Overflow { .. });
    compare(without, pair.covariance(0), overflow);
    if pair.x.len() > 1 {
        compare(with, pair.covariance(1), overflow);
    } else {
        assert_eq!(with, Err(ValueError::TooFew), "{}", report());
    }
    compare(coefficient, pair.correlation(), |error| {
        matches!(error, ValueError::Constant(_))
    });
    if pair
        .y
        .iter()
        .map(|&weight| units(weight))
        .sum::<BigInt>()
        .is_zero()
    {
        assert_eq!(mean, Err(ValueError::NoWeight), "{}", report());
    } else {
        compare(mean, pair.weighted_mean(), overflow);
    }
}

#[test]
fn short_pairs_of_every_kind() {
    let mut random = Random::new(1);
    for round in 0..6 * 625 {
        let length = 1 + random.below(9);
        let (x, y) = pair_of_kinds(&mut random, length, round);
        check(&x, &y);
    }
}

#[test]
fn longer_pairs_of_every_kind() {
    let mut random = Random::new(2);
    for round in 0..625 {
        let length = 40 + random.below(200);
        let (x, y) = pair_of_kinds(&mut random, length, round);
        check(&x, &y);
    }
}

/// Around the lengths at which another way is taken, and chunks end.
#[test]
fn pairs_of_every_length() {
    let mut random = Random::new(4);
    for length in (1..=70).chain([127, 255, 511, 512, 513, 1023, 1024, 1025, 2047, 2049]) {
        for number in [0, 1, 26, 105, random.below(625), random.below(625)] {
            let (x, y) = pair_of_kinds(&mut random, length, number);
            check(&x, &y);
        }
    }
}

/// Products beyond the largest double and below the least, over any number of binades.
#[test]
fn pairs_of_every_size() {
    let mut random = Random::new(5);
    let power = |random: &mut Random, middle: i32, width: i32| {
        let exponent = random.between(middle - width, middle + width);
        random.sign() * scale(1.0 + random.unit(), exponent.clamp(-1074, 1023))
    };
    for length in [40, 1500] {
        for [x_middle, y_middle] in [[0, 0], [700, 600], [-700, -600], [-1000, 0], [-1000, -1000]] {
            for width in [0, 10, 60, 300, 1100] {
                let mut values = |middle: i32| -> Vec<f64> {
                    let one = |_| power(&mut random, middle, width);
                    (0..length).map(one).collect()
                };
                let (x, y) = (values(x_middle), values(y_middle));
                check(&x, &y);
            }
        }
    }
}

#[test]
fn straight_lines_have_correlation_one_and_nearly_straight_ones_do_not() {
    let mut random = Random::new(3);
    for _ in 0..2000 {
        let most = if random.one_in(4) { 200 } else { 30 };
        let length = 2 + random.below(most);
        let x: Vec<f64> = (0..length).map(|_| random.below(1000) as f64).collect();
        let slope = random.sign() * (1 + random.below(50)) as f64;
        let mut y: Vec<f64> = x.iter().map(|x| slope * x + 7.0).collect();
        check(&x, &y);
        let pair = Pair { x: &x, y: &y };
        let (x_moments, y_moments, products) = pair.states();
        if let Ok(found) = correlation(&x_moments, &y_moments, &products) {
            assert_eq!(found, slope.signum(), "{}", pair.report());
            for isa in Isa::available() {
                let found = correlation_f64_on(isa, &x, &y);
                assert_eq!(found, Ok(slope.signum()), "{}", pair.report());
            }
        }
        // A hair off the line.
        let at = random.below(length);
        y[at] += 2_f64.powi(random.between(-40, -20));
        check(&x, &y);
    }
}

/// A parabola about the middle: the products cancel, to nothing and nearly so.
#[test]
fn covariances_of_zero_and_next_to_it() {
    for half in (1..=40).chain([100, 1000, 2000]) {
        for middle in [0.0, 1e6, 3e15] {
            let mut x: Vec<f64> = (-half..=half).map(f64::from).collect();
            let y: Vec<f64> = x.iter().map(|x| x * x).collect();
            x.iter_mut().for_each(|x| *x += middle);
            for isa in Isa::available() {
                let zero = Ok(0.0_f64.to_bits());
                let covariance = covariance_f64_on(isa, &x, &y, 1);
                assert_eq!(covariance.map(f64::to_bits), zero, "{half}, {middle}");
                let coefficient = correlation_f64_on(isa, &x, &y);
                assert_eq!(coefficient.map(f64::to_bits), zero, "{half}, {middle}");
            }
            if half < 200 {
                x[0] += x[0].abs() * f64::EPSILON;
                check(&x, &y);
            }
        }
    }
}

#[test]
fn states_that_do_not_belong_together_are_refused() {
    let pair = Pair {
        x: &[1.0, 2.0, 4.0],
        y: &[1.0, 3.0, 2.0],
    };
    let (x, y, products) = pair.states();
    let mut weights = Accumulator::new();
    weights.add_f64(&[1.0, 2.0]);
    assert_eq!(
        weighted_mean(&products, &weights),
        Err(ValueError::CountsDiffer)
    );
    let mut more = y.clone();
    more.add_one_f64(1.0);
    assert_eq!(
        covariance(&x, &more, &products, 0),
        Err(ValueError::CountsDiffer)
    );
    assert_eq!(
        covariance(&more, &x, &products, 0),
        Err(ValueError::CountsDiffer)
    );
    assert_eq!(covariance(&x, &y, &products, 3), Err(ValueError::TooFew));
    let mut others = ProductAccumulator::new();
    others.add_f64(&[1e9, 1e9, 1e9], &[1e9, 1e9, 1e9]);
    assert_eq!(correlation(&x, &y, &others), Err(ValueError::Impossible));
    let mut same = Moments::new();
    same.add_f64(&[0.1; 3]);
    let mut with_same = ProductAccumulator::new();
    with_same.add_f64(&[0.1; 3], pair.y);
    let constant = |side| Err(ValueError::Constant(side));
    assert_eq!(correlation(&same, &y, &with_same), constant(Side::X));
    assert_eq!(correlation(&y, &same, &with_same), constant(Side::Y));
    assert_eq!(covariance(&same, &y, &with_same, 1), Ok(0.0));
}
