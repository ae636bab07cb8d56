//! Sums of a few values, and of products of a few pairs, as integers of words.
//!
//! Values within a few binades are integers of 64 bits in units of their last bits, so
//! only the values themselves are shifted.

use crate::float::Binary;
use crate::layout::ONE;
use crate::natural::{Number, words_of};

/// Up to as many values this is faster than setting up a kernel.
const FEW: usize = 32;

/// How far a significand of 53 bits can be shifted in 63.
const ROOM: u32 = 10;

/// The unit in which a few values are integers of 63 bits and a sign.
#[derive(Clone, Copy)]
pub(crate) struct Scale {
    /// The position of the unit.
    lowest: u32,
}

/// The totals of pairs. Those of squares are zero unless they were asked for.
pub(crate) struct PairTotals {
    pub(crate) x: Total,
    pub(crate) y: Total,
    pub(crate) products: Total,
    pub(crate) x_squares: Total,
    pub(crate) y_squares: Total,
}

impl Scale {
    /// The unit, if there are at most [`FEW`] values, all finite, and not too far apart.
    #[inline]
    pub(crate) fn of(values: &[f64]) -> Option<Self> {
        if values.len() > FEW {
            return None;
        }
        lowest_position(values).map(|lowest| Scale { lowest })
    }

    /// The units of as many pairs.
    #[inline]
    pub(crate) fn of_pairs(x: &[f64], y: &[f64]) -> Option<[Self; 2]> {
        Some([Self::of(x)?, Self::of(y)?])
    }

    /// The exponent of the unit.
    pub(crate) fn unit(self) -> i32 {
        self.lowest as i32 - ONE as i32
    }

    #[inline(always)]
    fn integer(self, value: f64) -> i64 {
        let bits = value.to_bits();
        let position = f64::position(f64::exponent(bits)) as u32;
        // What is shifted out is 0; zeros may lie anywhere.
        let down = (self.lowest + ROOM).wrapping_sub(position).min(63);
        (f64::significand(bits) << ROOM) >> down
    }

    /// The sum of the values.
    #[inline]
    pub(crate) fn sum(self, values: &[f64]) -> Total {
        let integers = values.iter().map(|&value| self.integer(value));
        Total::of(integers.map(i128::from).sum())
    }

    /// The sum of the values, and that of their squares.
    #[inline]
    pub(crate) fn moments(self, values: &[f64]) -> (Total, Total) {
        let (mut sum, mut squares) = (0, Halves::default());
        for &value in values {
            let integer = i128::from(self.integer(value));
            sum += integer;
            squares.add(integer * integer);
        }
        (Total::of(sum), squares.total())
    }
}

/// The sum of the products of pairs, in the product of both units.
#[inline]
pub(crate) fn sum_of_products([x_scale, y_scale]: [Scale; 2], x: &[f64], y: &[f64]) -> Total {
    let mut products = Halves::default();
    for (&x, &y) in x.iter().zip(y) {
        products.add(i128::from(x_scale.integer(x)) * i128::from(y_scale.integer(y)));
    }
    products.total()
}

/// All totals of pairs, with those of squares or without.
#[inline]
pub(crate) fn pair_totals<const SQUARES: bool>(
    [x_scale, y_scale]: [Scale; 2],
    x: &[f64],
    y: &[f64],
) -> PairTotals {
    let mut sums = [0; 2];
    let [mut products, mut x_squares, mut y_squares] = [Halves::default(); 3];
    for (&x, &y) in x.iter().zip(y) {
        let (x, y) = (
            i128::from(x_scale.integer(x)),
            i128::from(y_scale.integer(y)),
        );
        sums[0] += x;
        sums[1] += y;
        products.add(x * y);
        if SQUARES {
            x_squares.add(x * x);
            y_squares.add(y * y);
        }
    }
    PairTotals {
        x: Total::of(sums[0]),
        y: Total::of(sums[1]),
        products: products.total(),
        x_squares: x_squares.total(),
        y_squares: y_squares.total(),
    }
}

/// A sum of products of 126 bits, in halves: there is room for as many as memory
/// holds, and nothing to carry.
#[derive(Clone, Copy, Default)]
struct Halves {
    low: u128,
    high: i128,
}

impl Halves {
    #[inline(always)]
    fn add(&mut self, product: i128) {
        self.low += u128::from(product as u64);
        self.high += product >> 64;
    }

    #[inline]
    fn total(self) -> Total {
        let high = self.high + (self.low >> 64) as i128;
        let negative = high < 0;
        let (mut low, mut high) = (self.low as u64, high as u128);
        if negative {
            low = low.wrapping_neg();
            high = (!high).wrapping_add(u128::from(low == 0));
        }
        let [middle, high] = words_of(high);
        Total {
            negative,
            words: [low, middle, high],
        }
    }
}

/// The position of a unit in which all values are integers below 2^63 in size.
#[inline]
fn lowest_position(values: &[f64]) -> Option<u32> {
    let (mut highest, mut below_lowest) = (0, u64::MAX);
    for value in values {
        let size = value.to_bits() << 1;
        highest = highest.max(size);
        // Zeros wrap around, out of the way.
        below_lowest = below_lowest.min(size.wrapping_sub(1));
    }
    let exponent = |size: u64| (size >> 53) as usize;
    if exponent(highest) == f64::SPECIAL {
        return None;
    }
    let highest = f64::position(exponent(highest)) as u32;
    let lowest = f64::position(exponent(below_lowest.wrapping_add(1))) as u32;
    if highest <= lowest + ROOM {
        return Some(lowest);
    }
    // Integers and the like end far above their last bits.
    let last_bit = |value: &f64| {
        let bits = value.to_bits();
        let significand = f64::significand(bits);
        let position = f64::position(f64::exponent(bits)) as u32;
        (significand != 0).then(|| position + significand.trailing_zeros())
    };
    let lowest = values.iter().filter_map(last_bit).min()?;
    (highest <= lowest + ROOM).then_some(lowest)
}

/// A total of a few values or products: a sign and a magnitude.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Total {
    negative: bool,
    words: [u64; 3],
}

impl Total {
    fn of(sum: i128) -> Self {
        let [low, high] = words_of(sum.unsigned_abs());
        Total {
            negative: sum < 0,
            words: [low, high, 0],
        }
    }

    /// The total in units of 2^`unit`.
    #[inline]
    pub(crate) fn number(&self, unit: i32) -> Number<'_> {
        Number::new(self.negative, &self.words, unit)
    }
}
