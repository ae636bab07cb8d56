//! Division of many numbers by one integer.
//!
//! Source: Möller and Granlund, "Improved Division by Invariant Integers", IEEE Transactions
//! on Computers 60 (2011), algorithm 4.

/// An integer that is divided by, with its reciprocal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Divisor {
    /// The integer, shifted up until its highest bit is set.
    normal: u64,
    zeros: u32,
    /// (2^128 - 1) / `normal` - 2^64, rounded down.
    reciprocal: u64,
}

impl Divisor {
    /// Of an integer that is not 0.
    #[inline]
    pub(crate) fn new(divisor: u64) -> Self {
        let zeros = divisor.leading_zeros();
        let normal = divisor << zeros;
        let rest = u128::from(!normal) << 64 | u128::from(u64::MAX);
        let reciprocal = (rest / u128::from(normal)) as u64;
        Divisor {
            normal,
            zeros,
            reciprocal,
        }
    }

    /// `size` divided by this, as digits in units of 2^(the second): at least 64 of them, or
    /// exactly, and the last one is set if that is not all.
    #[inline]
    pub(crate) fn quotient(&self, size: u128) -> (u128, i32) {
        if size == 0 {
            return (0, 0);
        }
        let zeros = size.leading_zeros();
        let dividend = size << zeros;
        // Of 127 bits by 64: 63 or 64 bits.
        let (quotient, rest) = self.divide(dividend >> 1);
        let more = rest != 0 || dividend & 1 == 1;
        (
            u128::from(quotient) << 1 | u128::from(more),
            self.zeros as i32 - zeros as i32,
        )
    }

    /// Quotient and rest of a number below 2^127 by the integer as it was shifted.
    #[inline]
    fn divide(&self, number: u128) -> (u64, u64) {
        let (high, low) = ((number >> 64) as u64, number as u64);
        // Below 2^128, as `high` is below `normal`.
        let estimate = u128::from(self.reciprocal) * u128::from(high) + number;
        let mut quotient = ((estimate >> 64) as u64).wrapping_add(1);
        let mut rest = low.wrapping_sub(quotient.wrapping_mul(self.normal));
        if rest > estimate as u64 {
            quotient = quotient.wrapping_sub(1);
            rest = rest.wrapping_add(self.normal);
        }
        if rest >= self.normal {
            quotient = quotient.wrapping_add(1);
            rest -= self.normal;
        }
        (quotient, rest)
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;

    use super::*;

    fn awkward() -> Vec<u64> {
        let mut words = vec![1, 2, 3, 7, 10, u64::MAX, u64::MAX - 1, (1 << 63) + 1];
        for bits in [1, 5, 31, 32, 33, 52, 53, 62, 63] {
            words.extend([1 << bits, (1 << bits) - 1, (1 << bits) + 1]);
        }
        words
    }

    #[test]
    fn quotients_and_rests_are_those_of_integers() {
        for &word in &awkward() {
            let divisor = Divisor::new(word);
            for &high in &awkward() {
                for &low in &awkward() {
                    let number = (u128::from(high) << 64 | u128::from(low)) >> 1;
                    let by = u128::from(divisor.normal);
                    let expected = ((number / by) as u64, (number % by) as u64);
                    assert_eq!(divisor.divide(number), expected, "{number} {word}");
                    // Just below and just above a multiple.
                    let multiple = number / by * by;
                    for number in [multiple, multiple.saturating_sub(1), multiple + 1] {
                        let number = number & (u128::MAX >> 1);
                        let expected = ((number / by) as u64, (number % by) as u64);
                        assert_eq!(divisor.divide(number), expected, "{number} {word}");
                    }
                }
            }
        }
    }

    #[test]
    fn digits_are_cut_off_with_a_trace() {
        for &word in &awkward() {
            let divisor = Divisor::new(word);
            assert_eq!(divisor.quotient(0), (0, 0));
            for &high in awkward().iter().chain(&[0]) {
                for &low in &awkward() {
                    let size = u128::from(high) << 64 | u128::from(low);
                    let (digits, unit) = divisor.quotient(size);
                    // digits * 2^unit * word against size, both in units of 2^-200.
                    let scale = |number: BigUint, by: i32| number << (200 + by) as u64;
                    let found = scale(BigUint::from(digits) * word, unit);
                    let size = scale(BigUint::from(size), 0);
                    if found == size {
                        continue;
                    }
                    assert!(digits >> 63 != 0 && digits & 1 == 1, "{size} {word}");
                    // Without the trace it is too small, by less than two units.
                    let cut = scale(BigUint::from(digits - 1) * word, unit);
                    let next = scale(BigUint::from(digits + 1) * word, unit);
                    assert!(cut < size && size < next, "{size} {word}");
                }
            }
        }
    }
}
