//! A column as a list of cells, and its statistics by their definitions.

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};
use tally_core::{Side, ValueError};

use crate::support::moments::{nearest_root, rounded};
use crate::support::oracle::{same, units};

/// What a row holds.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    Skipped,
    Nan,
    Infinite {
        negative: bool,
    },
    /// In units of 2^-1074; a zero may be negative.
    Number(BigInt, bool),
}

impl Cell {
    pub(crate) fn of_double(value: f64) -> Self {
        if value.is_nan() {
            Cell::Nan
        } else if value.is_infinite() {
            Cell::Infinite {
                negative: value < 0.0,
            }
        } else {
            Cell::Number(units(value), value.is_sign_negative())
        }
    }

    pub(crate) fn of_integer(value: impl Into<BigInt>) -> Self {
        let value = value.into();
        let negative = value.is_negative();
        Cell::Number(value << 1074, negative)
    }
}

/// A result, or why there is none.
pub(crate) type Answer = Result<f64, ValueError>;

/// Whether two answers are the same to the bit.
pub(crate) fn agree(found: Answer, expected: Answer) -> bool {
    match (found, expected) {
        (Ok(found), Ok(expected)) => same(found, expected),
        (Err(found), Err(expected)) => found == expected,
        _ => false,
    }
}

/// The rows that count in each of two lists.
pub(crate) fn pairs<'a>(x: &'a [Cell], y: &'a [Cell]) -> Vec<(&'a Cell, &'a Cell)> {
    let skipped = |cell: &Cell| matches!(cell, Cell::Skipped);
    let both = x.iter().zip(y);
    both.filter(|(x, y)| !skipped(x) && !skipped(y)).collect()
}

/// A sum of products, or of numbers: its finite part, and what it is else.
#[derive(Default)]
struct Sum {
    total: BigInt,
    nan: bool,
    infinite: [bool; 2],
    all_negative_zeros: bool,
}

impl Sum {
    fn special(&self) -> Option<f64> {
        match (self.nan, self.infinite) {
            (false, [false, false]) => None,
            (false, [true, false]) => Some(f64::INFINITY),
            (false, [false, true]) => Some(f64::NEG_INFINITY),
            _ => Some(f64::NAN),
        }
    }
}

fn sum<'a>(cells: impl Iterator<Item = &'a Cell>) -> Sum {
    let mut sum = Sum::default();
    let (mut any, mut all) = (false, true);
    for cell in cells {
        any = true;
        let mut negative_zero = false;
        match cell {
            Cell::Skipped => panic!("it counts"),
            Cell::Nan => sum.nan = true,
            Cell::Infinite { negative } => sum.infinite[usize::from(*negative)] = true,
            Cell::Number(number, negative) => {
                sum.total += number;
                negative_zero = number.is_zero() && *negative;
            }
        }
        all &= negative_zero;
    }
    sum.all_negative_zeros = any && all;
    sum
}

/// In units of 2^-2148.
pub(crate) fn product(x: &Cell, y: &Cell) -> Cell {
    match (x, y) {
        (Cell::Nan, _) | (_, Cell::Nan) => Cell::Nan,
        (Cell::Number(x, x_negative), Cell::Number(y, y_negative)) => {
            Cell::Number(x * y, x_negative != y_negative)
        }
        (Cell::Infinite { negative }, other) | (other, Cell::Infinite { negative }) => {
            match other {
                Cell::Number(number, _) if number.is_zero() => Cell::Nan,
                Cell::Number(_, other) | Cell::Infinite { negative: other } => Cell::Infinite {
                    negative: negative != other,
                },
                _ => panic!("it counts"),
            }
        }
        _ => panic!("it counts"),
    }
}

/// `numerator`/`denominator` in units of 2^-`unit`, as the nearest double.
fn nearest(numerator: &BigInt, denominator: &BigInt, unit: u32, zero_is_negative: bool) -> Answer {
    let negative = numerator.is_negative() != denominator.is_negative() && !numerator.is_zero();
    let value = if unit <= 2148 {
        rounded(&(numerator << (2148 - unit)), denominator)
    } else {
        rounded(numerator, &(denominator << (unit - 2148)))
    };
    let value = value.ok_or(ValueError::Overflow { negative })?;
    Ok(if numerator.is_zero() && zero_is_negative {
        -0.0
    } else {
        value
    })
}

fn nearest_sum(sum: &Sum, divisor: &BigInt, unit: u32) -> Answer {
    match sum.special() {
        Some(special) => Ok(special),
        None => nearest(&sum.total, divisor, unit, sum.all_negative_zeros),
    }
}

fn root(numerator: &BigInt, denominator: &BigInt) -> Answer {
    let bits = nearest_root(numerator.magnitude(), denominator.magnitude());
    let bits = bits.ok_or(ValueError::Overflow { negative: false })?;
    Ok(f64::from_bits(bits))
}

pub(crate) fn total(cells: &[&Cell]) -> Answer {
    nearest_sum(&sum(cells.iter().copied()), &BigInt::one(), 1074)
}

pub(crate) fn mean(cells: &[&Cell]) -> Answer {
    let sum = sum(cells.iter().copied());
    if cells.is_empty() {
        return Err(ValueError::NoValues);
    }
    nearest_sum(&sum, &cells.len().into(), 1074)
}

pub(crate) fn norm(cells: &[&Cell]) -> Answer {
    let squares: Vec<Cell> = cells.iter().map(|cell| product(cell, cell)).collect();
    let sum = sum(squares.iter());
    match sum.special() {
        Some(special) => Ok(special),
        None => root(&sum.total, &BigInt::one()),
    }
}

/// Squares of distances from the mean by the definition, times the count; `None` if a
/// value is not finite.
fn spread(pairs: &[(&Cell, &Cell)]) -> Option<BigInt> {
    let number = |cell: &Cell| match cell {
        Cell::Number(number, _) => Some(number.clone()),
        _ => None,
    };
    let numbers: Option<Vec<_>> = pairs
        .iter()
        .map(|(x, y)| Some((number(x)?, number(y)?)))
        .collect();
    let numbers = numbers?;
    let count = BigInt::from(numbers.len());
    let x_sum: BigInt = numbers.iter().map(|(x, _)| x).sum();
    let y_sum: BigInt = numbers.iter().map(|(_, y)| y).sum();
    let products = numbers
        .iter()
        .map(|(x, y)| (x * &count - &x_sum) * (y * &count - &y_sum));
    // Each distance was taken `count` times.
    Some(products.sum::<BigInt>() / count.max(BigInt::one()))
}

fn twice<'a>(cells: &[&'a Cell]) -> Vec<(&'a Cell, &'a Cell)> {
    cells.iter().map(|&cell| (cell, cell)).collect()
}

fn degrees(count: usize, ddof: usize) -> Result<BigInt, ValueError> {
    if count <= ddof {
        return Err(ValueError::TooFew);
    }
    Ok(BigInt::from(count) * BigInt::from(count - ddof))
}

pub(crate) fn variance(cells: &[&Cell], ddof: usize) -> Answer {
    covariance(&twice(cells), ddof)
}

pub(crate) fn standard_deviation(cells: &[&Cell], ddof: usize) -> Answer {
    let degrees = degrees(cells.len(), ddof)?;
    match spread(&twice(cells)) {
        Some(spread) => root(&spread, &degrees),
        None => Ok(f64::NAN),
    }
}

pub(crate) fn dot(pairs: &[(&Cell, &Cell)]) -> Answer {
    let products: Vec<Cell> = pairs.iter().map(|(x, y)| product(x, y)).collect();
    nearest_sum(&sum(products.iter()), &BigInt::one(), 2148)
}

pub(crate) fn covariance(pairs: &[(&Cell, &Cell)], ddof: usize) -> Answer {
    let degrees = degrees(pairs.len(), ddof)?;
    match spread(pairs) {
        Some(spread) => nearest(&spread, &degrees, 2148, false),
        None => Ok(f64::NAN),
    }
}

pub(crate) fn correlation(pairs: &[(&Cell, &Cell)]) -> Answer {
    if pairs.is_empty() {
        return Err(ValueError::NoValues);
    }
    let x: Vec<_> = pairs.iter().map(|&(x, _)| (x, x)).collect();
    let y: Vec<_> = pairs.iter().map(|&(_, y)| (y, y)).collect();
    let (Some(common), Some(x), Some(y)) = (spread(pairs), spread(&x), spread(&y)) else {
        return Ok(f64::NAN);
    };
    if x.is_zero() || y.is_zero() {
        let side = if x.is_zero() { Side::X } else { Side::Y };
        return Err(ValueError::Constant(side));
    }
    let square = (&common * &common) << 2148_u32;
    let size = root(&square, &(x * y))?;
    Ok(if common.is_negative() { -size } else { size })
}

pub(crate) fn weighted_mean(pairs: &[(&Cell, &Cell)]) -> Answer {
    let products: Vec<Cell> = pairs.iter().map(|(x, y)| product(x, y)).collect();
    let (products, weights) = (sum(products.iter()), sum(pairs.iter().map(|&(_, y)| y)));
    if weights.special().is_some() {
        return Ok(f64::NAN);
    }
    if weights.total.is_zero() {
        return Err(ValueError::NoWeight);
    }
    let negative = weights.total.is_negative();
    match products.special() {
        Some(special) if special.is_nan() => Ok(f64::NAN),
        Some(special) => Ok(if negative { -special } else { special }),
        None => nearest(
            &products.total,
            &weights.total,
            1074,
            products.all_negative_zeros != negative,
        ),
    }
}

/// The numbers of all pairs, if they are finite.
fn numbers(pairs: &[(&Cell, &Cell)]) -> Option<Vec<(BigInt, BigInt)>> {
    let number = |cell: &Cell| match cell {
        Cell::Number(number, _) => Some(number.clone()),
        _ => None,
    };
    pairs
        .iter()
        .map(|(x, y)| Some((number(x)?, number(y)?)))
        .collect()
}

/// By the weighted mean, as a quotient of big integers.
pub(crate) fn weighted_variance(pairs: &[(&Cell, &Cell)], ddof: usize) -> Answer {
    let below_zero = |cell: &Cell| match cell {
        Cell::Infinite { negative } => *negative,
        Cell::Number(number, _) => number.is_negative(),
        _ => false,
    };
    if pairs.iter().any(|&(_, weight)| below_zero(weight)) {
        return Err(ValueError::NegativeWeight);
    }
    let weights = pairs.iter().map(|&(_, weight)| match weight {
        Cell::Number(number, _) => Some(number),
        _ => None,
    });
    let Some(weights) = weights.collect::<Option<Vec<_>>>() else {
        return Ok(f64::NAN);
    };
    let weights: BigInt = weights.into_iter().sum();
    let rest = &weights - (BigInt::from(ddof) << 1074_u32);
    if !rest.is_positive() {
        return Err(ValueError::TooLittleWeight);
    }
    let Some(numbers) = numbers(pairs) else {
        return Ok(f64::NAN);
    };
    let products: BigInt = numbers.iter().map(|(x, weight)| x * weight).sum();
    // Distances from the mean, times the weights' sum.
    let squares = numbers.iter().map(|(x, weight)| {
        let distance = x * &weights - &products;
        &distance * &distance * weight
    });
    let squares: BigInt = squares.sum();
    nearest(&squares, &(&weights * &weights * rest), 2148, false)
}

/// Slope, intercept and coefficient of determination, by distances from the means.
pub(crate) fn linear_fit(pairs: &[(&Cell, &Cell)]) -> Result<[Answer; 3], ValueError> {
    if pairs.is_empty() {
        return Err(ValueError::NoValues);
    }
    let Some(numbers) = numbers(pairs) else {
        return Ok([Ok(f64::NAN); 3]);
    };
    let count = BigInt::from(numbers.len());
    let x_sum: BigInt = numbers.iter().map(|(x, _)| x).sum();
    let y_sum: BigInt = numbers.iter().map(|(_, y)| y).sum();
    let mut sums = [BigInt::zero(), BigInt::zero(), BigInt::zero()];
    for (x, y) in &numbers {
        let (x, y) = (x * &count - &x_sum, y * &count - &y_sum);
        sums[0] += &x * &x;
        sums[1] += &x * &y;
        sums[2] += &y * &y;
    }
    let [xx, xy, yy] = sums;
    if xx.is_zero() {
        return Err(ValueError::Constant(Side::X));
    }
    // The mean of y less the slope times that of x.
    let intercept = &y_sum * &xx - &x_sum * &xy;
    let r_squared = if yy.is_zero() {
        Err(ValueError::Constant(Side::Y))
    } else {
        nearest(&(&xy * &xy), &(&xx * &yy), 0, false)
    };
    Ok([
        nearest(&xy, &xx, 0, false),
        nearest(&intercept, &(count * xx), 1074, false),
        r_squared,
    ])
}
