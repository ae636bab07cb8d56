//! Long slices: one sum of significands for each exponent.
//!
//! Values of equal exponent are integers of one unit, so their significands add
//! up in an `i128` without shifts or carries. Only the sums are shifted into the
//! limbs, once a slice.
//!
//! No sum can overflow: a significand is below 2^53 in size, so a sum holds 2^74
//! of them, and a slice is shorter than 2^63.

use super::accumulator::{Accumulator, Counter};
use super::float::Binary;

impl Accumulator {
    /// Adds a slice through a table. `ENTRIES` is one for each exponent field.
    ///
    /// Kept out of line, so that short slices do not pay for the table's stack.
    #[inline(never)]
    pub(super) fn add_by_table<T: Binary, const ENTRIES: usize, const SUBTRACT: bool>(
        &mut self,
        values: &[T],
    ) {
        const { assert!(ENTRIES == T::SPECIAL + 1) };
        let mut sums = [0_i128; ENTRIES];
        let mut negative_zeros = 0;
        for value in values {
            let bits = value.bits();
            let exponent = T::exponent(bits);
            sums[exponent] += i128::from(T::significand(bits));
            negative_zeros += i128::from(T::is_negative_zero(bits));
            if exponent == T::SPECIAL {
                self.count_special::<T, SUBTRACT>(bits, 1);
            }
        }
        // The last sum is of NaNs and infinities, which are only counted.
        for (exponent, &sum) in sums[..T::SPECIAL].iter().enumerate() {
            if sum != 0 {
                let sum = if SUBTRACT { -sum } else { sum };
                self.add_integer(sum, T::position(exponent));
            }
        }
        self.step::<SUBTRACT>(Counter::NegativeZeros, negative_zeros);
        self.step::<SUBTRACT>(Counter::Values, values.len() as i128);
    }
}
