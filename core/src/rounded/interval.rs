//! Intervals that contain the true values, and results from them: a result that is the
//! same at both ends is certain (Ziv's test).

use crate::float::BINARY64;
use crate::moments::exact::degrees;
use crate::natural::{Double, Quotient, words_of};
use crate::rounded::sum::Estimate;

/// Bits of an interval's lower end.
const DIGITS: i32 = 126;

/// Intervals are narrower than 2^-20 of themselves.
const WIDEST: u128 = 1 << (DIGITS - 1 - 20);

/// A size from `low` to `low` + `width` in units of 2^`unit`, with `low` from 2^125
/// to 2^126: so `width` counts 2^-125 of the size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Interval {
    pub(crate) negative: bool,
    low: u128,
    width: u128,
    unit: i32,
}

/// A quotient, and at most `width`·2^-125 of it more.
#[derive(Clone, Copy)]
pub(crate) struct Range {
    low: Quotient,
    width: u128,
}

impl Interval {
    /// The interval of an estimate, unless zero is near.
    pub(crate) fn of(estimate: &Estimate) -> Option<Self> {
        let size = Double::product(estimate.sum.unsigned_abs(), 1);
        let bound = AtMost::of(estimate.bound.unsigned_abs(), 0);
        Self::around(estimate.sum < 0, size, bound, estimate.unit)
    }

    /// The interval of `count`·`products` - `x`·`y`, unless zero is near.
    pub(crate) fn spread(
        count: u64,
        products: &Estimate,
        x: &Estimate,
        y: &Estimate,
    ) -> Option<Self> {
        let mut products = *products;
        let square_unit = x.unit + y.unit;
        if products.unit < square_unit {
            products.raise_to(square_unit);
        }
        let up = products.unit - square_unit;

        let size = |estimate: &Estimate| estimate.sum.unsigned_abs();
        let scaled = Double::product(size(&products), count.into()).shifted_up(up)?;
        let square = Double::product(size(x), size(y));
        let negative = products.sum < 0;
        let (middle, negative) = if negative == ((x.sum < 0) != (y.sum < 0)) {
            let (middle, other_side) = scaled.minus(square);
            (middle, negative != other_side)
        } else {
            (scaled.plus(square.shifted_up(0)?), negative)
        };

        let bound = |estimate: &Estimate| AtMost::of(estimate.bound.unsigned_abs(), 0);
        let end = |estimate: &Estimate| AtMost::of(size(estimate), 0).plus(bound(estimate));
        let of_products = AtMost::of(count.into(), up).times(bound(&products));
        let of_sums = end(x).times(bound(y)).plus(end(y).times(bound(x)));
        Self::around(negative, middle, of_products.plus(of_sums), square_unit)
    }

    /// All within `radius` of `middle`, in units of 2^`unit`.
    fn around(negative: bool, middle: Double, radius: AtMost, unit: i32) -> Option<Self> {
        let down = middle.bit_length() - DIGITS;
        let radius = radius.in_units_of(down)?;
        let middle = middle.shifted_down(down);
        // What was cut off the middle is less than one.
        let mut low = middle.checked_sub(radius)?;
        let mut width = 2 * radius + 1;
        let mut unit = unit + down;
        if low >> (DIGITS - 1) == 0 {
            (low, width, unit) = (2 * low, 2 * width, unit - 1);
        }
        let normal = low >> (DIGITS - 1) != 0 && width < WIDEST;
        normal.then_some(Interval {
            negative,
            low,
            width,
            unit,
        })
    }

    /// The mean of `count` values with this sum.
    pub(crate) fn over_count(&self, count: u64) -> Range {
        self.over_words(&[count])
    }

    /// The variance or covariance with this spread, which is divided by
    /// `count`·(`count` - `ddof`).
    pub(crate) fn over_degrees(&self, count: u64, ddof: u64) -> Range {
        self.over_words(&degrees(count, ddof))
    }

    fn over_words(&self, divisor: &[u64]) -> Range {
        Range {
            low: Quotient::of(&words_of(self.low), divisor).scaled(self.unit),
            width: self.width,
        }
    }

    /// The quotient's size.
    pub(crate) fn over(&self, other: &Self) -> Range {
        let low = Quotient::of(&words_of(self.low), &words_of(other.low + other.width));
        Range {
            low: low.scaled(self.unit - other.unit),
            width: 2 * (self.width + other.width),
        }
    }

    /// The square over a product of sizes.
    pub(crate) fn square_over(&self, x: &Self, y: &Self) -> Range {
        // Both have 251 bits or 252: what is cut off is less than 2^-124 of them.
        const DOWN: i32 = 125;
        let square = Double::product(self.low, self.low).shifted_down(DOWN);
        let most = Double::product(x.low + x.width, y.low + y.width).shifted_down(DOWN) + 1;
        let low = Quotient::of(&words_of(square), &words_of(most));
        Range {
            low: low.scaled(2 * self.unit - x.unit - y.unit),
            width: 2 * (2 * self.width + x.width + y.width + 4),
        }
    }
}

impl Range {
    /// The bits of the nearest double to all in the range, if that is one.
    pub(crate) fn rounded(&self) -> Option<u64> {
        let low = self.low.nearest(&BINARY64, 0);
        // Below 2^128, so that 2^-125 of it is below 8.
        let high = self.low.with_more(8 * self.width + 1).nearest(&BINARY64, 0);
        (low == high).then_some(low)
    }

    /// The same of the square roots.
    pub(crate) fn rounded_root(&self) -> Option<u64> {
        let root = self.low.square_root();
        let low = root.nearest(&BINARY64, 0);
        let high = root
            .with_more((self.width >> 60) as u64 + 2)
            .nearest(&BINARY64, 0);
        (low == high).then_some(low)
    }
}

/// A number that is at most `size`·2^`unit`.
#[derive(Clone, Copy)]
struct AtMost {
    size: u64,
    unit: i32,
}

impl AtMost {
    fn of(number: u128, unit: i32) -> Self {
        let length = 128 - number.leading_zeros() as i32;
        if length <= 64 {
            return AtMost {
                size: number as u64,
                unit,
            };
        }
        // Rounded up, with room for that.
        let down = length - 63;
        AtMost {
            size: (number >> down) as u64 + 1,
            unit: unit + down,
        }
    }

    fn times(self, other: Self) -> Self {
        let product = u128::from(self.size) * u128::from(other.size);
        Self::of(product, self.unit + other.unit)
    }

    fn plus(self, other: Self) -> Self {
        let (high, low) = match self.unit >= other.unit {
            true => (self, other),
            false => (other, self),
        };
        if low.size == 0 || high.unit == low.unit {
            return Self::of(u128::from(high.size) + u128::from(low.size), high.unit);
        }
        let down = (high.unit - low.unit).min(63);
        let sum = u128::from(high.size) + u128::from(low.size >> down) + 1;
        Self::of(sum, high.unit)
    }

    /// The size in units of 2^`unit`, if that is far below 2^[`DIGITS`].
    fn in_units_of(self, unit: i32) -> Option<u128> {
        let size = u128::from(self.size);
        match self.unit - unit {
            _ if size == 0 => Some(0),
            up @ 0.. => (up < DIGITS - 64 - 2).then(|| size << up),
            down => Some((size >> (-down).min(127)) + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::{BigInt, BigUint};

    use super::*;

    /// Numbers of a linear congruential generator.
    struct Numbers(u64);

    impl Numbers {
        fn bits(&mut self) -> u64 {
            let mut next = || {
                self.0 = self
                    .0
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                self.0 >> 32
            };
            next() << 32 | next()
        }

        fn below(&mut self, end: u64) -> u64 {
            self.bits() % end
        }

        /// An estimate of `bits` bits, with a bound of about 2^-`certain` of it.
        fn estimate(&mut self, bits: u32, certain: u32) -> Estimate {
            let size = (u128::from(self.bits()) << 64 | u128::from(self.bits()) | 1 << 127)
                >> (128 - bits);
            let bound = (size >> certain) + u128::from(self.below(3));
            let sum = size as i128;
            Estimate {
                sum: if self.below(2) == 0 { sum } else { -sum },
                bound: bound as i128,
                unit: self.below(200) as i32 - 100,
            }
        }

        /// A number that an estimate allows, at an end of it more often than not, in
        /// units of 2^-1000.
        fn within(&mut self, estimate: &Estimate) -> BigInt {
            let bound = estimate.bound as u128;
            let off = match self.below(4) {
                0 => u128::from(self.bits()) % (bound + 1),
                _ => bound,
            } as i128;
            let off = if self.below(2) == 0 { off } else { -off };
            BigInt::from(estimate.sum + off) << (estimate.unit + 1000)
        }
    }

    /// Whether these are the bits of the double nearest to a fraction, to the power of
    /// 1 / `power`.
    fn is_nearest(bits: u64, numerator: &BigUint, denominator: &BigUint, power: u32) -> bool {
        // Twice a double, and the odd numbers between that are ties.
        let twice = (bits & ((1 << 52) - 1) | 1 << 52) * 2;
        let exponent = (bits >> 52) as i32 - 1076;
        let compare = |twice: u64| {
            let (mut left, mut right) = (BigUint::from(twice).pow(power), numerator.clone());
            match exponent * power as i32 {
                up @ 0.. => left <<= up,
                down => right <<= -down,
            }
            (left * denominator).cmp(&right)
        };
        compare(twice - 1).is_le() && compare(twice + 1).is_ge()
    }

    /// True values anywhere in the bounds round to what is said to be certain: with
    /// bounds that leave a few doubles open, or nearly so.
    #[test]
    fn certain_results_are_those_of_all_values_within_the_bounds() {
        let mut numbers = Numbers(1);
        let mut certain = [0; 6];
        for _ in 0..60_000 {
            let bits = numbers.below(36);
            let count = 2 + numbers.below(1 << bits);
            let close = 50 + numbers.below(12) as u32;
            let [p, q, r] = [0; 3].map(|_| numbers.estimate(120, close));
            let [s, t] = [0; 2].map(|_| numbers.estimate(110, close));
            // Squares of the sums are about as large as the count times the products.
            let unit = s.unit + t.unit + 100 - (64 - count.leading_zeros() as i32);
            let products = [p, q, r].map(|estimate| Estimate {
                unit: unit + (estimate.unit.abs() % 8) - 4,
                sum: estimate.sum,
                bound: estimate.bound,
            });
            let [p, q, r] = products;
            let (ps, qs, rs) = (numbers.within(&p), numbers.within(&q), numbers.within(&r));
            let (ss, ts) = (numbers.within(&s), numbers.within(&t));
            let spread = |products: &BigInt, x: &BigInt, y: &BigInt| {
                ((products * count) << 1000_u32) - x * y
            };
            let common = spread(&ps, &ss, &ts);
            let degrees = BigUint::from(count) * (count - 1);
            let Some(found) = Interval::spread(count, &p, &s, &t) else {
                continue;
            };
            assert_eq!(found.negative, common < BigInt::ZERO);
            let one = BigUint::from(1_u8) << 2000_u32;
            if let Some(bits) = found.over_degrees(count, 1).rounded() {
                certain[0] += 1;
                let divisor = &degrees * &one;
                assert!(is_nearest(bits, common.magnitude(), &divisor, 1));
            }
            if let Some(bits) = found.over_degrees(count, 1).rounded_root() {
                certain[1] += 1;
                let divisor = &degrees * &one;
                assert!(is_nearest(bits, common.magnitude(), &divisor, 2));
            }
            let sums = (Interval::of(&s), Interval::of(&t));
            let (Some(x), Some(y)) = sums else { continue };
            if let Some(bits) = x.over_count(count).rounded() {
                certain[2] += 1;
                let divisor = BigUint::from(count) << 1000_u32;
                assert!(is_nearest(bits, ss.magnitude(), &divisor, 1));
            }
            if let Some(bits) = x.over(&y).rounded() {
                certain[3] += 1;
                assert!(is_nearest(bits, ss.magnitude(), ts.magnitude(), 1));
            }
            let squares = (
                Interval::spread(count, &q, &s, &s),
                Interval::spread(count, &r, &t, &t),
            );
            let (Some(x), Some(y)) = squares else {
                continue;
            };
            let square = common.magnitude().pow(2);
            let most = spread(&qs, &ss, &ss).magnitude() * spread(&rs, &ts, &ts).magnitude();
            if let Some(bits) = found.square_over(&x, &y).rounded() {
                certain[4] += 1;
                assert!(is_nearest(bits, &square, &most, 1));
            }
            if let Some(bits) = found.square_over(&x, &y).rounded_root() {
                certain[5] += 1;
                assert!(is_nearest(bits, &square, &most, 2));
            }
        }
        // Some are certain, and some are not.
        let some = 300..50_000;
        assert!(
            certain.iter().all(|count| some.contains(count)),
            "{certain:?}"
        );
    }
}
