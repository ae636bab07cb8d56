//! Signed integers of four words, which are added up without a carry between rows.

use super::double::Double;
use super::words_of;

/// `high`·2^128 + `low`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wide {
    low: u128,
    high: i128,
}

impl Wide {
    /// An integer of this sign and size, which is below 2^255.
    pub(crate) fn new(negative: bool, [a, b, c, d]: [u64; 4]) -> Self {
        let two = |low: u64, high: u64| u128::from(high) << 64 | u128::from(low);
        let size = Wide {
            low: two(a, b),
            high: two(c, d) as i128,
        };
        if negative { size.negated() } else { size }
    }

    /// `a`·`b`.
    #[inline(always)]
    pub(crate) fn product(a: i128, b: i128) -> Self {
        if let (Ok(a), Ok(b)) = (i64::try_from(a), i64::try_from(b)) {
            let product = i128::from(a) * i128::from(b);
            return Wide {
                low: product as u128,
                high: product >> 127,
            };
        }
        Self::long_product(a, b)
    }

    /// `a`·`a`, of a size below 2^127.
    #[inline(always)]
    pub(crate) fn square(a: i128) -> Self {
        let size = a.unsigned_abs();
        let (low, high) = (size & u128::from(u64::MAX), size >> 64);
        let cross = low * high;
        let (low, carry) = (low * low).overflowing_add(cross << 65);
        Wide {
            low,
            high: (high * high + (cross >> 63) + u128::from(carry)) as i128,
        }
    }

    #[inline(never)]
    fn long_product(a: i128, b: i128) -> Self {
        let (low, high) = Double::product(a.unsigned_abs(), b.unsigned_abs()).halves();
        let size = Wide {
            low,
            high: high as i128,
        };
        if (a < 0) != (b < 0) {
            size.negated()
        } else {
            size
        }
    }

    #[inline(always)]
    pub(crate) fn plus(self, other: Self) -> Self {
        let (low, carry) = self.low.overflowing_add(other.low);
        Wide {
            low,
            high: self.high.wrapping_add(other.high) + i128::from(carry),
        }
    }

    #[inline(always)]
    pub(crate) fn minus(self, other: Self) -> Self {
        let (low, borrow) = self.low.overflowing_sub(other.low);
        Wide {
            low,
            high: self.high.wrapping_sub(other.high) - i128::from(borrow),
        }
    }

    fn negated(self) -> Self {
        Wide::default().minus(self)
    }

    /// A number that is not below 0.
    #[inline(always)]
    pub(crate) fn size(self) -> Double {
        Double::of_halves(self.low, self.high as u128)
    }

    /// The sign, and the words of the size.
    #[inline(always)]
    pub(crate) fn parts(self) -> (bool, [u64; 4]) {
        let negative = self.high < 0;
        let size = if negative { self.negated() } else { self };
        let ([a, b], [c, d]) = (words_of(size.low), words_of(size.high as u128));
        (negative, [a, b, c, d])
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigInt;

    use super::*;

    fn big(wide: Wide) -> BigInt {
        (BigInt::from(wide.high) << 128) + BigInt::from(wide.low)
    }

    #[test]
    fn sums_and_products_are_those_of_big_integers() {
        let edges = [0, 1, (1 << 63) - 1, 1 << 63, (1 << 64) + 1, (1 << 120) - 1];
        let numbers: Vec<i128> = edges.iter().flat_map(|&edge| [edge, -edge]).collect();
        for &a in &numbers {
            let square = Wide::square(a);
            assert_eq!(square, Wide::product(a, a), "{a}");
            assert_eq!(square.size().halves(), (square.low, square.high as u128));
            for &b in &numbers {
                let product = Wide::product(a, b);
                let expected = BigInt::from(a) * BigInt::from(b);
                assert_eq!(big(product), expected, "{a} {b}");
                let (negative, words) = product.parts();
                assert_eq!(negative, expected < BigInt::ZERO);
                assert_eq!(Wide::new(negative, words), product);
                for &c in &numbers {
                    let other = Wide::product(c, a);
                    let expected_other = BigInt::from(c) * BigInt::from(a);
                    assert_eq!(big(product.plus(other)), &expected + &expected_other);
                    assert_eq!(big(product.minus(other)), &expected - &expected_other);
                }
            }
        }
    }
}
