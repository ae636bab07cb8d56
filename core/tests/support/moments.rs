//! The oracle for moments and what follows from them: big rationals, and square
//! roots from their definition.

use num_bigint::{BigInt, BigUint};
use num_traits::{Signed, Zero};

use super::oracle::{F64, Oracle, nearest, units, worth};
use super::products::ProductOracle;

/// The pattern nearest to the square root of `numerator`/`divisor`, which is in
/// units of 2^-2148; ties to even, `None` for infinity's.
pub fn nearest_root(numerator: &BigUint, divisor: &BigUint) -> Option<u64> {
    let infinity = f64::INFINITY.to_bits();
    let is_below = |pattern: u64| worth(pattern, F64).pow(2) * divisor <= *numerator;
    let (mut low, mut high) = (0, infinity);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if is_below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    let twice_the_middle = worth(low, F64) + worth(low + 1, F64);
    let pattern = match (twice_the_middle.pow(2) * divisor).cmp(&(numerator * 4_u8)) {
        std::cmp::Ordering::Greater => low,
        std::cmp::Ordering::Less => low + 1,
        std::cmp::Ordering::Equal => low + low % 2,
    };
    (pattern < infinity).then_some(pattern)
}

/// A rational in units of 2^-2148, rounded. Zero has no sign.
pub fn rounded(numerator: &BigInt, divisor: &BigInt) -> Option<f64> {
    let negative = numerator.is_negative() != divisor.is_negative() && !numerator.is_zero();
    let divisor: BigUint = divisor.magnitude() << 1074_u32;
    let bits = nearest(numerator.magnitude(), &divisor, F64)?;
    Some(f64::from_bits(bits | u64::from(negative) << 63))
}

/// Sums of values and of squares.
pub struct MomentsOracle {
    pub sum: Oracle,
    pub squares: ProductOracle,
}

impl MomentsOracle {
    pub fn of(values: &[f64]) -> Self {
        MomentsOracle {
            sum: Oracle::of(values),
            squares: ProductOracle::of(values, values),
        }
    }

    fn count(&self) -> BigInt {
        BigInt::from(self.sum.counters[0])
    }

    fn is_finite(&self) -> bool {
        self.sum.counters[2..] == [0, 0, 0]
    }

    /// Squares of distances from the mean, by the definition, times the count.
    pub fn spread(values: &[f64]) -> BigInt {
        let sum: BigInt = values.iter().map(|&value| units(value)).sum();
        let count = BigInt::from(values.len());
        let distances = values.iter().map(|&value| units(value) * &count - &sum);
        let squares: BigInt = distances.map(|distance| &distance * &distance).sum();
        // Each distance was taken `count` times.
        squares / count
    }

    pub fn variance(&self, values: &[f64], ddof: usize) -> Option<f64> {
        if !self.is_finite() {
            return Some(f64::NAN);
        }
        let count = self.count();
        let divisor = &count * (&count - BigInt::from(ddof));
        rounded(&Self::spread(values), &divisor)
    }

    pub fn deviation(&self, values: &[f64], ddof: usize) -> Option<f64> {
        if !self.is_finite() {
            return Some(f64::NAN);
        }
        let count = self.count();
        let divisor = &count * (&count - BigInt::from(ddof));
        let bits = nearest_root(Self::spread(values).magnitude(), divisor.magnitude())?;
        Some(f64::from_bits(bits))
    }

    pub fn norm(&self) -> Option<f64> {
        let finite = || {
            let bits = nearest_root(self.squares.total.magnitude(), &BigUint::from(1_u8))?;
            Some(f64::from_bits(bits))
        };
        self.squares.special().or_else(finite)
    }

    pub fn words(&self) -> [u64; 107] {
        let mut words = [0; 107];
        words[..39].copy_from_slice(&self.sum.words()[..39]);
        words[39..106].copy_from_slice(&self.squares.words()[..67]);
        words
    }
}
