//! What cells add up to, and every statistic that follows: integers that can be added to
//! and taken from, so that each of many windows costs little. A test holds them to the
//! definitions.

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};
use tally_core::{Side, Statistic, ValueError};

use super::cells::{Answer, Cell, product};
use crate::support::quotient::{nearest_quotient, nearest_root_of_quotient};

/// A sum in some unit, and counts of what is no part of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sum {
    pub(crate) total: BigInt,
    pub(crate) count: i64,
    negative_zeros: i64,
    nan: i64,
    infinite: [i64; 2],
}

impl Sum {
    fn add(&mut self, cell: &Cell) {
        self.count += 1;
        match cell {
            Cell::Skipped => panic!("it counts"),
            Cell::Nan => self.nan += 1,
            Cell::Infinite { negative } => self.infinite[usize::from(*negative)] += 1,
            Cell::Number(number, negative) => {
                self.total += number;
                self.negative_zeros += i64::from(number.is_zero() && *negative);
            }
        }
    }

    fn less(&self, other: &Self) -> Self {
        Sum {
            total: &self.total - &other.total,
            count: self.count - other.count,
            negative_zeros: self.negative_zeros - other.negative_zeros,
            nan: self.nan - other.nan,
            infinite: [0, 1].map(|side| self.infinite[side] - other.infinite[side]),
        }
    }

    /// The counters of a state.
    pub(crate) fn counters(&self) -> [i64; 5] {
        let [positive, negative] = self.infinite;
        [
            self.count,
            self.negative_zeros,
            self.nan,
            positive,
            negative,
        ]
    }

    fn special(&self) -> Option<f64> {
        match (self.nan, self.infinite) {
            (0, [0, 0]) => None,
            (0, [_, 0]) => Some(f64::INFINITY),
            (0, [0, _]) => Some(f64::NEG_INFINITY),
            _ => Some(f64::NAN),
        }
    }

    fn is_all_negative_zeros(&self) -> bool {
        self.count > 0 && self.count == self.negative_zeros
    }

    fn over(&self, divisor: &BigInt, exponent: i64) -> Answer {
        match self.special() {
            Some(special) => Ok(special),
            None => quotient(&self.total, divisor, exponent, self.is_all_negative_zeros()),
        }
    }
}

/// A quotient in units of 2^`exponent`, as the nearest double.
fn quotient(numerator: &BigInt, divisor: &BigInt, exponent: i64, negative_zero: bool) -> Answer {
    if numerator.is_zero() {
        return Ok(if negative_zero { -0.0 } else { 0.0 });
    }
    let negative = numerator.is_negative() != divisor.is_negative();
    let bits = nearest_quotient(numerator.magnitude(), divisor.magnitude(), exponent);
    let bits = bits.ok_or(ValueError::Overflow { negative })?;
    Ok(f64::from_bits(bits | u64::from(negative) << 63))
}

fn root(numerator: &BigInt, divisor: &BigInt, exponent: i64) -> Answer {
    let bits = nearest_root_of_quotient(numerator.magnitude(), divisor.magnitude(), exponent);
    let bits = bits.ok_or(ValueError::Overflow { negative: false })?;
    Ok(f64::from_bits(bits))
}

/// Of one column: sums of values, in units of 2^-1074, and of squares.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Facts {
    pub(crate) sum: Sum,
    pub(crate) squares: Sum,
}

impl Facts {
    pub(crate) fn of(cells: &[Cell]) -> Self {
        let mut facts = Facts::default();
        cells.iter().for_each(|cell| facts.add(cell));
        facts
    }

    /// Adds a cell, unless it is skipped.
    pub(crate) fn add(&mut self, cell: &Cell) {
        if !matches!(cell, Cell::Skipped) {
            self.sum.add(cell);
            self.squares.add(&product(cell, cell));
        }
    }

    pub(crate) fn less(&self, other: &Self) -> Self {
        Facts {
            sum: self.sum.less(&other.sum),
            squares: self.squares.less(&other.squares),
        }
    }

    /// Those of all cells before each, and of all.
    pub(crate) fn so_far(cells: &[Cell]) -> Vec<Self> {
        let mut all = vec![Facts::default()];
        for cell in cells {
            let mut next = all[all.len() - 1].clone();
            next.add(cell);
            all.push(next);
        }
        all
    }

    pub(crate) fn count(&self) -> usize {
        self.sum.count as usize
    }

    pub(crate) fn sum(&self) -> Answer {
        self.sum.over(&BigInt::one(), -1074)
    }

    pub(crate) fn mean(&self) -> Answer {
        if self.count() == 0 {
            return Err(ValueError::NoValues);
        }
        self.sum.over(&self.sum.count.into(), -1074)
    }

    pub(crate) fn norm(&self) -> Answer {
        match self.squares.special() {
            Some(special) => Ok(special),
            None => root(&self.squares.total, &BigInt::one(), -2148),
        }
    }

    /// The count times the squares of distances from the mean.
    fn spread(&self) -> BigInt {
        &self.squares.total * self.sum.count - &self.sum.total * &self.sum.total
    }

    pub(crate) fn variance(&self, ddof: u64) -> Answer {
        self.by_spread(ddof, |spread, degrees| {
            quotient(spread, degrees, -2148, false)
        })
    }

    pub(crate) fn standard_deviation(&self, ddof: u64) -> Answer {
        self.by_spread(ddof, |spread, degrees| root(spread, degrees, -2148))
    }

    fn by_spread(&self, ddof: u64, then: impl Fn(&BigInt, &BigInt) -> Answer) -> Answer {
        let degrees = degrees(self.sum.count, ddof)?;
        match self.sum.special() {
            Some(_) => Ok(f64::NAN),
            None => then(&self.spread(), &degrees),
        }
    }

    /// What a batch has in its place.
    pub(crate) fn of_statistic(&self, what: Statistic) -> f64 {
        placed(match what {
            Statistic::Sum => self.sum(),
            Statistic::Mean => self.mean(),
            Statistic::Variance { ddof } => self.variance(ddof),
            Statistic::StandardDeviation { ddof } => self.standard_deviation(ddof),
            Statistic::Norm => self.norm(),
            Statistic::Count => Ok(self.sum.count as f64),
        })
    }
}

/// An answer as a batch has it.
pub(crate) fn placed(answer: Answer) -> f64 {
    match answer {
        Ok(value) => value,
        Err(ValueError::Overflow { negative: false }) => f64::INFINITY,
        Err(ValueError::Overflow { negative: true }) => f64::NEG_INFINITY,
        Err(_) => f64::NAN,
    }
}

/// The count times the count less `ddof`.
fn degrees(count: i64, ddof: u64) -> Result<BigInt, ValueError> {
    let rest = BigInt::from(count) - ddof;
    match rest.is_positive() {
        true => Ok(rest * count),
        false => Err(ValueError::TooFew),
    }
}

/// Of pairs: those of each side, and sums of products.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PairFacts {
    x: Facts,
    y: Facts,
    pub(crate) products: Sum,
    /// Of y x², in units of 2^-3222, where all are finite.
    triples: BigInt,
    /// How many of y are below zero.
    negative: i64,
}

impl PairFacts {
    pub(crate) fn of(x: &[Cell], y: &[Cell]) -> Self {
        let mut facts = PairFacts::default();
        x.iter().zip(y).for_each(|(x, y)| facts.add(x, y));
        facts
    }

    /// Adds a pair, unless one of them is skipped.
    pub(crate) fn add(&mut self, x: &Cell, y: &Cell) {
        if matches!(x, Cell::Skipped) || matches!(y, Cell::Skipped) {
            return;
        }
        self.x.add(x);
        self.y.add(y);
        let product = product(x, y);
        self.products.add(&product);
        if let (Cell::Number(product, _), Cell::Number(x, _)) = (&product, x) {
            self.triples += product * x;
        }
        self.negative += i64::from(match y {
            Cell::Infinite { negative } => *negative,
            Cell::Number(number, _) => number.is_negative(),
            _ => false,
        });
    }

    pub(crate) fn less(&self, other: &Self) -> Self {
        PairFacts {
            x: self.x.less(&other.x),
            y: self.y.less(&other.y),
            products: self.products.less(&other.products),
            triples: &self.triples - &other.triples,
            negative: self.negative - other.negative,
        }
    }

    pub(crate) fn so_far(x: &[Cell], y: &[Cell]) -> Vec<Self> {
        let mut all = vec![PairFacts::default()];
        for (x, y) in x.iter().zip(y) {
            let mut next = all[all.len() - 1].clone();
            next.add(x, y);
            all.push(next);
        }
        all
    }

    pub(crate) fn count(&self) -> usize {
        self.x.count()
    }

    fn is_finite(&self) -> bool {
        self.x.sum.special().is_none() && self.y.sum.special().is_none()
    }

    fn common(&self) -> BigInt {
        &self.products.total * self.x.sum.count - &self.x.sum.total * &self.y.sum.total
    }

    pub(crate) fn dot(&self) -> Answer {
        self.products.over(&BigInt::one(), -2148)
    }

    pub(crate) fn covariance(&self, ddof: u64) -> Answer {
        let degrees = degrees(self.x.sum.count, ddof)?;
        match self.is_finite() {
            true => quotient(&self.common(), &degrees, -2148, false),
            false => Ok(f64::NAN),
        }
    }

    pub(crate) fn correlation(&self) -> Answer {
        if self.count() == 0 {
            return Err(ValueError::NoValues);
        }
        if !self.is_finite() {
            return Ok(f64::NAN);
        }
        let (common, x, y) = (self.common(), self.x.spread(), self.y.spread());
        if x.is_zero() || y.is_zero() {
            let side = if x.is_zero() { Side::X } else { Side::Y };
            return Err(ValueError::Constant(side));
        }
        let size = root(&(&common * &common), &(x * y), 0)?;
        Ok(if common.is_negative() { -size } else { size })
    }

    pub(crate) fn weighted_mean(&self) -> Answer {
        let weights = &self.y.sum;
        if weights.special().is_some() {
            return Ok(f64::NAN);
        }
        if weights.total.is_zero() {
            return Err(ValueError::NoWeight);
        }
        let negative = weights.total.is_negative();
        match self.products.special() {
            Some(special) if special.is_nan() => Ok(f64::NAN),
            Some(special) => Ok(if negative { -special } else { special }),
            None => quotient(
                &self.products.total,
                &weights.total,
                -1074,
                self.products.is_all_negative_zeros() != negative,
            ),
        }
    }

    pub(crate) fn weighted_variance(&self, ddof: u64) -> Answer {
        if self.negative > 0 {
            return Err(ValueError::NegativeWeight);
        }
        if self.y.sum.special().is_some() {
            return Ok(f64::NAN);
        }
        let weights = &self.y.sum.total;
        let rest = weights - (BigInt::from(ddof) << 1074_u32);
        if !rest.is_positive() {
            return Err(ValueError::TooLittleWeight);
        }
        if self.x.sum.special().is_some() {
            return Ok(f64::NAN);
        }
        let products = &self.products.total;
        let spread = weights * &self.triples - products * products;
        quotient(&spread, &(weights * rest), -2148, false)
    }

    /// Slope, intercept and coefficient of determination.
    pub(crate) fn linear_fit(&self) -> Result<[Answer; 3], ValueError> {
        if self.count() == 0 {
            return Err(ValueError::NoValues);
        }
        if !self.is_finite() {
            return Ok([Ok(f64::NAN); 3]);
        }
        let (common, x, y) = (self.common(), self.x.spread(), self.y.spread());
        if x.is_zero() {
            return Err(ValueError::Constant(Side::X));
        }
        let intercept = &self.y.sum.total * &x - &self.x.sum.total * &common;
        let r_squared = match y.is_zero() {
            true => Err(ValueError::Constant(Side::Y)),
            false => quotient(&(&common * &common), &(&x * &y), 0, false),
        };
        Ok([
            quotient(&common, &x, 0, false),
            quotient(&intercept, &(&x * self.x.sum.count), -1074, false),
            r_squared,
        ])
    }
}
