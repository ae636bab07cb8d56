//! Arrays of which every value loses as much as a kernel can lose.

use std::ops::Range;

use crate::support::oracle::scale;
use crate::support::random::Random;

/// An array in half units of some level, 2^`half_unit`.
///
/// A value of (2 m + 1/2) units is rounded down to the even 2 m wherever it is
/// added to an even number of units, and so loses half a unit; that of
/// (2 m - 1/2) loses as much upward. Kernels begin with even totals.
pub struct HalfUnits {
    pub values: Vec<i128>,
    pub half_unit: i32,
    /// The significant bits of the format: 53 or 24.
    pub precision: u32,
}

/// A value above zero that loses half a unit in this direction: 1 or -1.
pub fn losing(random: &mut Random, direction: i128, bits: u32) -> i128 {
    i128::from(random.bits() >> (64 - bits)) * 4 + 4 + direction
}

impl HalfUnits {
    /// Values that lose half a unit of 2^`unit` each, but for the first, which is
    /// 2 and what a sample sees.
    pub fn losing(
        random: &mut Random,
        length: usize,
        unit: i32,
        direction: i128,
        precision: u32,
    ) -> HalfUnits {
        let mut values = vec![1 << (2 - unit)];
        values.resize_with(length, || losing(random, direction, precision - 7));
        HalfUnits {
            values,
            half_unit: unit - 1,
            precision,
        }
    }

    /// Changes the values at `these` indices by few units, all of them even, so
    /// that the total is as little as possible beyond a tie, on the side of the
    /// odd neighbour. The total must be large enough to have ties.
    pub fn just_beyond_a_tie(mut self, these: Range<usize>, direction: i128) -> Vec<f64> {
        let total: i128 = self.values.iter().sum();
        let length = 128 - total.unsigned_abs().leading_zeros();
        assert!(length >= self.precision + 3, "no ties of four half units");
        let place = length - self.precision;
        // Beyond: away from zero the even neighbour is below, else above.
        let outward = (total > 0) == (direction > 0);
        let fraction = if outward { 1 } else { 3 };
        let floor = total.abs() >> (place + 1) << (place + 1);
        let tie = total.signum() * (floor + (fraction << (place - 1)));
        // Ties are multiples of four half units.
        let beyond = (direction * total).rem_euclid(4);
        let target = tie + direction * if beyond == 0 { 4 } else { beyond };
        let mut missing = target - total;
        assert_eq!(missing % 4, 0);
        // A value that loses nothing takes what is coarse enough for it.
        let first = self.values[0];
        if first >= 1 << (self.precision + 10) {
            let fine = first.ilog2() - (self.precision - 3);
            self.values[0] += missing >> fine << fine;
            missing -= missing >> fine << fine;
        }
        let count = these.len() as i128;
        for (left, index) in (1..=count).rev().zip(these) {
            let part = missing / 4 / left * 4;
            self.values[index] += part;
            missing -= part;
        }
        assert_eq!(missing, 0);
        self.to_f64()
    }

    fn to_f64(&self) -> Vec<f64> {
        let widen = |&value: &i128| {
            let widened = value as f64;
            let room = 1 << self.precision;
            let odd = value.unsigned_abs() >> value.trailing_zeros();
            assert!(value == 0 || odd < room, "the format holds it");
            scale(widened, self.half_unit)
        };
        self.values.iter().map(widen).collect()
    }
}
