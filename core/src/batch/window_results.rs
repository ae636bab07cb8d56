//! The result of a window, from its sums and counts.

use std::cell::Cell;

use crate::batch::running::{Running, Units};
use crate::batch::{Statistic, in_place, of_count};
use crate::column::states::PairStates;
use crate::float::{BINARY64, CANONICAL_NAN, Format, with_sign};
use crate::layout::{ONE, ONE_OF_PRODUCTS};
use crate::moments::exact::{self, Sums};
use crate::natural::{Divisor, Double, Number, Quotient, words_of};
use crate::sum::Counter;

pub(super) const NAN: f64 = f64::from_bits(CANONICAL_NAN);

/// How many rows of a window count, and how many of these are -0.0.
#[derive(Clone, Copy)]
pub(super) struct Counts {
    pub(super) values: u64,
    pub(super) negative_zeros: u64,
}

impl Counts {
    pub(super) fn of(states: &PairStates) -> Self {
        let counter = |counter| states.x.sum.counter(counter) as u64;
        Counts {
            values: counter(Counter::Values),
            negative_zeros: counter(Counter::NegativeZeros),
        }
    }

    #[inline(always)]
    pub(super) fn step<const SUBTRACT: bool>(&mut self, is_there: bool, x: f64) {
        // What is not there is a +0.0.
        let negative_zero = x.to_bits() == 1 << 63;
        if SUBTRACT {
            self.values -= u64::from(is_there);
            self.negative_zeros -= u64::from(negative_zero);
        } else {
            self.values += u64::from(is_there);
            self.negative_zeros += u64::from(negative_zero);
        }
    }

    pub(super) fn has_negative_zeros_only(self) -> bool {
        self.values > 0 && self.values == self.negative_zeros
    }
}

/// The nearest double, an infinity included, of a sum in units of 2^`unit`.
#[inline(always)]
pub(super) fn sum(sum: i128, counts: Counts, unit: i32) -> f64 {
    if sum == 0 {
        return with_sign(0, counts.has_negative_zeros_only());
    }
    let bits = BINARY64.nearest_of_two_words(sum.unsigned_abs(), unit);
    with_sign(bits, sum < 0)
}

/// What was last divided by: of windows of one count it is the same.
pub(super) struct Division {
    by: Cell<u64>,
    divisor: Cell<Divisor>,
}

impl Division {
    pub(super) fn new() -> Self {
        Division {
            by: Cell::new(1),
            divisor: Cell::new(Divisor::new(1)),
        }
    }

    /// By what is not 0.
    #[inline(always)]
    pub(super) fn by(&self, divisor: u64) -> Divisor {
        if divisor != self.by.get() {
            self.by.set(divisor);
            self.divisor.set(Divisor::new(divisor));
        }
        self.divisor.get()
    }
}

#[inline(always)]
pub(super) fn of_one(
    what: Statistic,
    sums: &Running,
    counts: Counts,
    unit: i32,
    division: &Division,
) -> f64 {
    const FORMAT: &Format = &BINARY64;
    match what {
        Statistic::Count => of_count(counts.values),
        Statistic::Sum => sum(sums.x, counts, unit),
        Statistic::Mean => {
            if counts.values == 0 {
                return NAN;
            }
            if sums.x == 0 {
                return with_sign(0, counts.has_negative_zeros_only());
            }
            let (digits, by) = division.by(counts.values).quotient(sums.x.unsigned_abs());
            with_sign(FORMAT.nearest_of_two_words(digits, unit + by), sums.x < 0)
        }
        Statistic::Norm => {
            let (_, words) = sums.x_squares.parts();
            let root = Quotient::of(&words, &[1]).square_root();
            with_sign(root.nearest(FORMAT, unit), false)
        }
        Statistic::Variance { ddof } => short_variance(sums, counts.values, ddof, unit, division)
            .unwrap_or_else(|| match variance(sums, counts.values, ddof, unit) {
                Some(variance) => with_sign(variance.nearest(FORMAT, 0), false),
                None => NAN,
            }),
        Statistic::StandardDeviation { ddof } => match variance(sums, counts.values, ddof, unit) {
            Some(variance) => with_sign(variance.square_root().nearest(FORMAT, 0), false),
            None => NAN,
        },
    }
}

/// The variance of more than `ddof` values, if four words hold what is divided, and one word
/// what it is divided by.
#[inline(always)]
fn short_variance(
    sums: &Running,
    count: u64,
    ddof: u64,
    unit: i32,
    division: &Division,
) -> Option<f64> {
    let degrees = count.checked_mul(count.checked_sub(ddof)?)?;
    if degrees == 0 {
        return None;
    }
    let size = sums.x.unsigned_abs();
    let squares = sums.x_squares.size().times(count)?;
    let (spread, _) = squares.minus(Double::product(size, size));
    let (highest, above, more) = spread.highest();
    if highest == 0 {
        return Some(0.0);
    }
    let (digits, by) = division.by(degrees).quotient(highest);
    let digits = digits | u128::from(more);
    let bits = BINARY64.nearest_of_two_words(digits, 2 * unit + above + by);
    Some(with_sign(bits, false))
}

/// The variance before it is rounded, of more than `ddof` values.
#[inline(never)]
fn variance(sums: &Running, count: u64, ddof: u64, unit: i32) -> Option<Quotient> {
    if count <= ddof {
        return None;
    }
    let mut words = Totals::default();
    let of = words.x.of(sums.x, &sums.x_squares.parts(), unit);
    // The sums are those of numbers: the variance is not impossible.
    exact::variance(count, ddof, &of).ok()
}

pub(super) fn covariance(sums: &Running, count: u64, ddof: u64, units: Units) -> f64 {
    let [x_unit, y_unit] = [units.x, units.y].map(|unit| unit as i32 - ONE as i32);
    let (x, y) = (
        words_of(sums.x.unsigned_abs()),
        words_of(sums.y.unsigned_abs()),
    );
    let (negative, products) = sums.products.parts();
    let products = Number::new(negative, &products, x_unit + y_unit);
    let x = Number::new(sums.x < 0, &x, x_unit);
    let y = Number::new(sums.y < 0, &y, y_unit);
    in_place(exact::covariance(count, ddof, &products, &x, &y))
}

pub(super) fn correlation(sums: &Running, count: u64, units: Units) -> f64 {
    let [x_unit, y_unit] = [units.x, units.y].map(|unit| unit as i32 - ONE as i32);
    let mut words = Totals::default();
    let x = words.x.of(sums.x, &sums.x_squares.parts(), x_unit);
    let y = words.y.of(sums.y, &sums.y_squares.parts(), y_unit);
    let (negative, products) = sums.products.parts();
    let products = Number::new(negative, &products, x_unit + y_unit);
    in_place(exact::correlation(count, &products, &x, &y))
}

/// Room for the words of sums.
#[derive(Default)]
struct Totals {
    x: Side,
    y: Side,
}

#[derive(Default)]
struct Side {
    sum: [u64; 2],
    squares: [u64; 4],
}

impl Side {
    fn of(&mut self, sum: i128, squares: &(bool, [u64; 4]), unit: i32) -> Sums<'_> {
        self.sum = words_of(sum.unsigned_abs());
        self.squares = squares.1;
        Sums {
            sum: Number::new(sum < 0, &self.sum, unit),
            squares: Number::new(squares.0, &self.squares, 2 * unit),
        }
    }
}

const _: () = assert!(ONE_OF_PRODUCTS == 2 * ONE);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::natural::Wide;

    /// What lies below the upper 128 bits of the dividend has its say next to a tie.
    #[test]
    fn a_short_variance_just_above_a_tie() {
        let spread_of = |lowest: u64| {
            let sums = Running {
                x_squares: Wide::new(false, [lowest, 0, 1 << 8, 1 << 61]),
                ..Running::default()
            };
            // Above 2^192 there is no such.
            assert_eq!(short_variance(&sums, 2, 1, 0, &Division::new()), None);
            let sums = Running {
                x_squares: Wide::new(false, [lowest, 0, 1 << 8 | 1 << 61, 0]),
                ..Running::default()
            };
            short_variance(&sums, 2, 1, 0, &Division::new())
        };
        // 2^189 + 2^136, a tie that goes to the even 2^189, and a little more.
        assert_eq!(spread_of(0), Some(2_f64.powi(189)));
        let above = 2_f64.powi(189) + 2_f64.powi(137);
        assert_eq!(spread_of(1), Some(above));
    }
}
