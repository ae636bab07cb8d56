//! Long slices: one sum of significands for each sign and exponent.
//!
//! Values of equal exponent are integers of one unit, so their significands add
//! up without shifts or carries. Only the sums are shifted into the limbs, once
//! a slice. (R. Neal, Fast exact summation using small and large
//! superaccumulators, 2015.)
//!
//! A sum has 64 bits and a significand p, so that a round of 2^(64-p) - 1
//! additions fits, and 2^p - 1 more. After each round the upper halves of the
//! sums are moved to 64 bits of their own, which have room for 2^32 rounds.

use super::accumulator::{Accumulator, Counter};
use super::float::Binary;

/// The bits of a sum that stay where they are after a round.
const KEPT: u32 = 32;

impl Accumulator {
    /// Adds a slice of any values. `ENTRIES` is one for each sign and exponent
    /// field.
    pub(super) fn add_any<T: Binary, const ENTRIES: usize, const SUBTRACT: bool>(
        &mut self,
        values: &[T],
    ) {
        // Filling and emptying the table must pay.
        if values.len() < ENTRIES / 4 {
            self.add_one_by_one::<T, SUBTRACT>(values);
        } else {
            self.add_by_table::<T, ENTRIES, SUBTRACT>(values);
        }
    }

    /// Adds a slice through a table.
    ///
    /// Kept out of line, so that short slices do not pay for the table's stack.
    #[inline(never)]
    fn add_by_table<T: Binary, const ENTRIES: usize, const SUBTRACT: bool>(
        &mut self,
        values: &[T],
    ) {
        const { assert!(ENTRIES == 2 * (T::SPECIAL + 1)) };
        let hidden = 1_u64 << T::FRACTION_BITS;
        let most = usize::try_from((1_u64 << (63 - T::FRACTION_BITS)) - 1);
        let mut lower = [0_u64; ENTRIES];
        let mut upper = [0_u64; ENTRIES];
        for round in values.chunks(most.unwrap_or(usize::MAX)) {
            for value in round {
                let bits = value.bits();
                // All get the hidden bit: what should not have is rare, and put
                // right after the round.
                let entry = (bits >> T::FRACTION_BITS) as usize % ENTRIES;
                lower[entry] += bits & (hidden - 1) | hidden;
            }
            self.settle_round::<T, ENTRIES, SUBTRACT>(round, &mut lower);
            for (lower, upper) in lower.iter_mut().zip(&mut upper) {
                *upper += *lower >> KEPT;
                *lower &= (1 << KEPT) - 1;
            }
        }
        for (entry, (&lower, &upper)) in lower.iter().zip(&upper).enumerate() {
            if lower | upper != 0 {
                let sum = (i128::from(upper) << KEPT) + i128::from(lower);
                let negative = (entry > T::SPECIAL) != SUBTRACT;
                let position = T::position(entry % (T::SPECIAL + 1));
                self.add_integer(if negative { -sum } else { sum }, position);
            }
        }
        self.step::<SUBTRACT>(Counter::Values, values.len() as i128);
    }

    /// Takes the hidden bits of zeros and subnormals out of the sums again, and
    /// NaN and infinities altogether, and counts what is to be counted.
    fn settle_round<T: Binary, const ENTRIES: usize, const SUBTRACT: bool>(
        &mut self,
        round: &[T],
        sums: &mut [u64; ENTRIES],
    ) {
        let hidden = 1_u64 << T::FRACTION_BITS;
        let both_signs = |exponent| [exponent, exponent + T::SPECIAL + 1];
        let specials = both_signs(T::SPECIAL);
        let small = both_signs(0);
        if small.iter().any(|&entry| sums[entry] >= hidden) {
            let mut negative_zeros = 0;
            for value in round {
                let bits = value.bits();
                let entry = (bits >> T::FRACTION_BITS) as usize % ENTRIES;
                if small.contains(&entry) {
                    sums[entry] -= hidden;
                    negative_zeros += i128::from(T::is_negative_zero(bits));
                }
            }
            self.step::<SUBTRACT>(Counter::NegativeZeros, negative_zeros);
        }
        if specials.iter().any(|&entry| sums[entry] != 0) {
            for entry in specials {
                sums[entry] = 0;
            }
            for value in round {
                let bits = value.bits();
                if T::exponent(bits) == T::SPECIAL {
                    self.count_special::<T, SUBTRACT>(bits, 1);
                }
            }
        }
    }
}
