//! Integers of four words, as two halves.

/// `high`·2^128 + `low`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Double {
    high: u128,
    low: u128,
}

impl Double {
    /// `a`·`b`.
    pub(crate) fn product(a: u128, b: u128) -> Self {
        const LOW: u128 = u64::MAX as u128;
        let low = (a & LOW) * (b & LOW);
        // Each is at most 2^128 - 2^65 + 1, so that a word may be added.
        let middle = (a >> 64) * (b & LOW) + (low >> 64);
        let other = (a & LOW) * (b >> 64) + (middle & LOW);
        Double {
            high: (a >> 64) * (b >> 64) + (middle >> 64) + (other >> 64),
            low: other << 64 | low & LOW,
        }
    }

    /// A number of this lower half and this upper one.
    pub(crate) fn of_halves(low: u128, high: u128) -> Self {
        Double { high, low }
    }

    /// The number times `factor`, if it is below 2^192.
    pub(crate) fn times(self, factor: u64) -> Option<Self> {
        const LOW: u128 = u64::MAX as u128;
        if self.high > LOW {
            return None;
        }
        let factor = u128::from(factor);
        let low = (self.low & LOW) * factor;
        let middle = (self.low >> 64) * factor + (low >> 64);
        Some(Double {
            high: self.high * factor + (middle >> 64),
            low: middle << 64 | low & LOW,
        })
    }

    /// The highest bits, up to 128 of them, in units of 2^(the second), and whether there are
    /// more that are set.
    pub(crate) fn highest(self) -> (u128, i32, bool) {
        let zeros = self.high.leading_zeros();
        match zeros {
            128 => (self.low, 0, false),
            0 => (self.high, 128, self.low != 0),
            _ => (
                self.high << zeros | self.low >> (128 - zeros),
                128 - zeros as i32,
                self.low << zeros != 0,
            ),
        }
    }

    /// The lower half and the upper one.
    pub(crate) fn halves(self) -> (u128, u128) {
        (self.low, self.high)
    }

    /// The number of bits up to the highest set one.
    pub(crate) fn bit_length(self) -> i32 {
        match self.high {
            0 => 128 - self.low.leading_zeros() as i32,
            high => 256 - high.leading_zeros() as i32,
        }
    }

    pub(crate) fn is_zero(self) -> bool {
        self.high | self.low == 0
    }

    /// The number times 2^`up`, if that is below 2^255.
    pub(crate) fn shifted_up(self, up: i32) -> Option<Self> {
        if self.is_zero() || up == 0 {
            return (self.high >> 127 == 0).then_some(self);
        }
        if up > 255 - self.bit_length() {
            return None;
        }
        Some(match up {
            1..128 => Double {
                high: self.high << up | self.low >> (128 - up),
                low: self.low << up,
            },
            _ => Double {
                high: self.low << (up - 128),
                low: 0,
            },
        })
    }

    /// The number divided by 2^`down`, or multiplied by 2^-`down`, if that is below
    /// 2^128; what is below 1 is cut off.
    pub(crate) fn shifted_down(self, down: i32) -> u128 {
        match down {
            0 => self.low,
            1..128 => self.high << (128 - down) | self.low >> down,
            128.. => self.high >> (down - 128),
            _ => self.low << -down,
        }
    }

    /// The sum of two numbers below 2^255.
    pub(crate) fn plus(self, other: Self) -> Self {
        let (low, carry) = self.low.overflowing_add(other.low);
        Double {
            high: self.high + other.high + u128::from(carry),
            low,
        }
    }

    /// The difference's size, and whether it is negative.
    pub(crate) fn minus(self, other: Self) -> (Self, bool) {
        let negative = (self.high, self.low) < (other.high, other.low);
        let (larger, smaller) = if negative {
            (other, self)
        } else {
            (self, other)
        };
        let (low, borrow) = larger.low.overflowing_sub(smaller.low);
        let high = larger.high - smaller.high - u128::from(borrow);
        (Double { high, low }, negative)
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;

    use super::*;

    fn big(number: Double) -> BigUint {
        (BigUint::from(number.high) << 128_u32) + number.low
    }

    #[test]
    fn products_sums_and_shifts_of_awkward_numbers() {
        let words = [0, 1, 1 << 63, u64::MAX, u64::MAX - 1, (1 << 63) - 1];
        let numbers: Vec<u128> = words
            .iter()
            .flat_map(|&high| words.map(|low| u128::from(high) << 64 | u128::from(low)))
            .collect();
        let mut products = Vec::new();
        for &a in &numbers {
            for &b in &numbers {
                let product = Double::product(a, b);
                assert_eq!(big(product), BigUint::from(a) * b, "{a:#x} {b:#x}");
                assert_eq!(product.bit_length() as u64, big(product).bits());
                products.push(product);
            }
        }
        for (index, &a) in products.iter().enumerate() {
            for shift in [0_i32, 1, 63, 64, 127, 128, 129, 192, 254, 255, 300] {
                let up: BigUint = big(a) << shift;
                let expected = (up.bits() <= 255).then_some(up);
                assert_eq!(a.shifted_up(shift).map(big), expected, "{a:x?} {shift}");
                let down: BigUint = big(a) >> shift;
                if down.bits() <= 128 && shift < 256 {
                    assert_eq!(BigUint::from(a.shifted_down(shift)), down, "{a:x?}");
                }
            }
            if let Some(up) = a.shifted_down(200).checked_shl(20) {
                assert_eq!(Double::product(up, 1).shifted_down(-8), up << 8);
            }
            let (bits, unit, more) = a.highest();
            let cut: BigUint = big(a) >> unit;
            assert_eq!(BigUint::from(bits), cut, "{a:x?}");
            assert_eq!(more, cut << unit != big(a));
            for factor in words {
                let expected = (a.bit_length() <= 192).then(|| big(a) * factor);
                assert_eq!(a.times(factor).map(big), expected, "{a:x?} {factor}");
            }
            let (low, high) = a.halves();
            assert_eq!(Double::of_halves(low, high), a);
            let b = products[(index * 7 + 3) % products.len()];
            let (size, negative) = a.minus(b);
            let (larger, smaller) = if negative { (b, a) } else { (a, b) };
            assert_eq!(big(size) + big(smaller), big(larger));
            assert_eq!(negative, big(a) < big(b));
            if a.bit_length() < 256 && b.bit_length() < 256 {
                assert_eq!(big(a.plus(b)), big(a) + big(b));
            }
        }
    }
}
