//! The oracle for products: the total as a big integer in units of 2^-2148; and
//! pairs of arrays that have broken dot products before.

use num_bigint::{BigInt, BigUint};

use super::arrays::KINDS;
use super::oracle::{self, F64, nearest, units};
use super::random::Random;

/// The total of products and counts of them, kept the slow and obvious way.
#[derive(Clone, Default)]
pub struct ProductOracle {
    pub total: BigInt,
    /// Products, negative zeros, NaN, plus infinity, minus infinity.
    pub counters: [i64; 5],
}

impl ProductOracle {
    pub fn of(x: &[f64], y: &[f64]) -> Self {
        let mut oracle = Self::default();
        x.iter().zip(y).for_each(|(&x, &y)| oracle.add(x, y));
        oracle
    }

    pub fn add(&mut self, x: f64, y: f64) {
        self.counters[0] += 1;
        if x.is_finite() && y.is_finite() {
            let negative = x.is_sign_negative() != y.is_sign_negative();
            self.counters[1] += i64::from((x == 0.0 || y == 0.0) && negative);
            self.total += units(x) * units(y);
            return;
        }
        let special = x * y;
        self.counters[2] += i64::from(special.is_nan());
        self.counters[3] += i64::from(special == f64::INFINITY);
        self.counters[4] += i64::from(special == f64::NEG_INFINITY);
    }

    pub fn words(&self) -> [u64; 73] {
        let mut words = [0; 73];
        words[..67].copy_from_slice(&oracle::balanced(&self.total, 67));
        for (word, counter) in words[67..].iter_mut().zip(self.counters) {
            *word = counter as u64;
        }
        words
    }

    pub fn saved(&self) -> Vec<u8> {
        let words = self.words();
        oracle::saved(2, &words[67..72], &words[..67])
    }

    pub fn special(&self) -> Option<f64> {
        oracle::special(&self.counters)
    }

    pub fn is_negative(&self) -> bool {
        oracle::is_negative(&self.total, &self.counters)
    }

    /// The nearest `f64`; `None` beyond the finite range.
    pub fn value_f64(&self) -> Option<f64> {
        let finite = || {
            let bits = nearest(self.total.magnitude(), &(BigUint::from(1_u8) << 1074), F64)?;
            Some(f64::from_bits(bits | u64::from(self.is_negative()) << 63))
        };
        self.special().or_else(finite)
    }
}

/// Two arrays of one kind each, by number of the pair of kinds.
pub fn pair_of_kinds(random: &mut Random, length: usize, number: usize) -> (Vec<f64>, Vec<f64>) {
    let [x, y] = [number % KINDS.len(), number / KINDS.len() % KINDS.len()];
    let mut x = (KINDS[x].1)(random, length);
    let mut y = (KINDS[y].1)(random, length);
    x.resize(length, 0.5);
    y.resize(length, 0.25);
    (x, y)
}

/// Pairs of a dot product that cancels down to some 2^-`bits` of its parts: each of
/// the second half takes out what is there, as far as one product can. (T. Ogita,
/// S. M. Rump, S. Oishi, Accurate sum and dot product, 2005, algorithm 6.1.)
pub fn cancelling(random: &mut Random, length: usize, bits: i32) -> (Vec<f64>, Vec<f64>) {
    let power = |random: &mut Random, e: i32| random.sign() * (1.0 + random.unit()) * 2_f64.powi(e);
    let (mut x, mut y) = (Vec::new(), Vec::new());
    let mut so_far = ProductOracle::default();
    for index in 0..length {
        let e = random.between(-bits / 4, bits / 4);
        let mut pair = (power(random, e), power(random, -e));
        if index >= length / 2 {
            let left = so_far.value_f64().expect("in range");
            let e = random.between(-20, 20);
            pair.0 = power(random, e);
            pair.1 = -left / pair.0;
        }
        so_far.add(pair.0, pair.1);
        x.push(pair.0);
        y.push(pair.1);
    }
    for last in (1..length).rev() {
        let other = random.below(last + 1);
        x.swap(last, other);
        y.swap(last, other);
    }
    (x, y)
}
