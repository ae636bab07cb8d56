//! Weighted mean, covariance and correlation are the nearest to their true values.

use crate::support::moments::{MomentsOracle, nearest_root, rounded};
use crate::support::oracle::{same, units};
use crate::support::paste;
use crate::support::products::{ProductOracle, pair_of_kinds};
use crate::support::random::Random;
use num_bigint::BigInt;
use num_traits::{Signed, Zero};
use tally_core::{
    Accumulator, Moments, ProductAccumulator, ValueError, correlation, covariance, weighted_mean,
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

fn check(x: &[f64], y: &[f64]) {
    let pair = Pair { x, y };
    let (x_moments, y_moments, products) = pair.states();
    let mut weights = Accumulator::new();
    weights.add_f64(y);
    let found = [
        covariance(&x_moments, &y_moments, &products, 0),
        covariance(&x_moments, &y_moments, &products, 1),
        correlation(&x_moments, &y_moments, &products),
    ];
    if !pair.is_finite() {
        for found in &found[..2] {
            assert!(found.expect("NaN").is_nan(), "{}", pair.report());
        }
        return;
    }
    for (found, expected) in
        found
            .iter()
            .zip([pair.covariance(0), pair.covariance(1), pair.correlation()])
    {
        match (found, expected) {
            (Ok(found), Some(expected)) => {
                // A zero of our own has no sign to compare.
                let equal = same(*found, expected) || (*found == 0.0 && expected == 0.0);
                assert!(equal, "{found:e} for {expected:e}, {}", pair.report());
            }
            (Err(ValueError::Overflow { .. } | ValueError::Constant), None) => {}
            (found, expected) => panic!("{found:?} for {expected:?}, {}", pair.report()),
        }
    }
    let mean = weighted_mean(&products, &weights);
    if weights.value_f64() == Ok(0.0) {
        assert_eq!(mean, Err(ValueError::NoWeight), "{}", pair.report());
        return;
    }
    match (mean, pair.weighted_mean()) {
        (Ok(mean), Some(expected)) => {
            let equal = same(mean, expected) || (mean == 0.0 && expected == 0.0);
            assert!(equal, "{mean:e} for {expected:e}, {}", pair.report());
        }
        (Err(ValueError::Overflow { .. }), None) => {}
        (mean, expected) => panic!("{mean:?} for {expected:?}, {}", pair.report()),
    }
}

#[test]
fn short_pairs_of_every_kind() {
    let mut random = Random::new(1);
    for round in 0..6 * 625 {
        let length = 2 + random.below(8);
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

#[test]
fn straight_lines_have_correlation_one_and_nearly_straight_ones_do_not() {
    let mut random = Random::new(3);
    for _ in 0..2000 {
        let length = 2 + random.below(30);
        let x: Vec<f64> = (0..length).map(|_| random.below(1000) as f64).collect();
        let slope = random.sign() * (1 + random.below(50)) as f64;
        let mut y: Vec<f64> = x.iter().map(|x| slope * x + 7.0).collect();
        check(&x, &y);
        let pair = Pair { x: &x, y: &y };
        let (x_moments, y_moments, products) = pair.states();
        if let Ok(found) = correlation(&x_moments, &y_moments, &products) {
            assert_eq!(found, slope.signum(), "{}", pair.report());
        }
        // A hair off the line.
        let at = random.below(length);
        y[at] += 2_f64.powi(random.between(-40, -20));
        check(&x, &y);
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
    assert_eq!(
        correlation(&same, &y, &with_same),
        Err(ValueError::Constant)
    );
    assert_eq!(covariance(&same, &y, &with_same, 1), Ok(0.0));
}
