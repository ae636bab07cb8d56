//! Wide slices: one sum of significands for each sign and exponent.
//!
//! Values of equal exponent are integers of one unit, so their significands add
//! up without shifts or carries. Only the sums are shifted into the limbs, once
//! at the end. (R. Neal, Fast exact summation using small and large
//! superaccumulators, 2015.)
//!
//! A bin has 64 bits and a significand p, so that 2^(64-p) - 1 additions fit, with
//! the 48 bits that a carry leaves. Before there are more, the 16 bits above those
//! are carried to 32 of their own, which have room for 2^16 carries: 2^27 doubles.
//! Then the sums go into the limbs, and the table begins anew. A table lies on the
//! stack: 48 KiB for doubles.

use crate::float::Binary;
use crate::simd::{Isa, KEPT};
use crate::sum::{Accumulator, Counter};

/// A carry is below 2^16, so that as many fit 32 bits.
const MOST_CARRIES: u32 = 1 << (u32::BITS - (u64::BITS - KEPT));

/// A table of bins: `ENTRIES` is one for each sign and exponent field.
pub(crate) struct Table<const ENTRIES: usize> {
    bins: [u64; ENTRIES],
    carried: [u32; ENTRIES],
    /// How many values came after the last carry.
    since_carry: usize,
    /// How many carries came after the last flush.
    carries: u32,
}

impl<const ENTRIES: usize> Table<ENTRIES> {
    /// An empty table.
    pub(crate) fn new() -> Self {
        Table {
            bins: [0; ENTRIES],
            carried: [0; ENTRIES],
            since_carry: 0,
            carries: 0,
        }
    }

    /// Adds a slice: its integers to the table, its counts to `into`.
    pub(crate) fn add<T: Binary, const SUBTRACT: bool>(
        &mut self,
        isa: Isa,
        values: &[T],
        into: &mut Accumulator,
    ) {
        const { assert!(ENTRIES == 2 * (T::SPECIAL + 1)) };
        // What a carry leaves fits too.
        let most = (u64::MAX - (1 << KEPT)) >> (T::FRACTION_BITS + 1);
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        for round in values.chunks(most) {
            if round.len() > most - self.since_carry {
                self.carry::<T, SUBTRACT>(isa, into);
            }
            // All get the hidden bit: what should not have is rare, and put right
            // after the round.
            isa.fill_bins(round, &mut self.bins);
            self.fix_up_specials::<T, SUBTRACT>(round, into);
            self.since_carry += round.len();
        }
        into.step::<SUBTRACT>(Counter::Values, values.len() as i128);
    }

    /// Makes room in the bins.
    fn carry<T: Binary, const SUBTRACT: bool>(&mut self, isa: Isa, into: &mut Accumulator) {
        if self.carries == MOST_CARRIES {
            self.flush::<T, SUBTRACT>(into);
            self.bins.fill(0);
            self.carried.fill(0);
            self.carries = 0;
        } else {
            isa.carry_bins(&mut self.bins, &mut self.carried);
            self.carries += 1;
        }
        self.since_carry = 0;
    }

    /// Takes the hidden bits of zeros and subnormals out of the bins again, and
    /// NaN and infinities altogether, and counts what is to be counted.
    fn fix_up_specials<T: Binary, const SUBTRACT: bool>(
        &mut self,
        round: &[T],
        into: &mut Accumulator,
    ) {
        let hidden = 1_u64 << T::FRACTION_BITS;
        let both_signs = |exponent| [exponent, exponent + T::SPECIAL + 1];
        let specials = both_signs(T::SPECIAL);
        let small = both_signs(0);
        if small.iter().any(|&entry| self.bins[entry] >= hidden) {
            let mut negative_zeros = 0;
            for value in round {
                let bits = value.bits();
                let entry = (bits >> T::FRACTION_BITS) as usize % ENTRIES;
                if small.contains(&entry) {
                    self.bins[entry] -= hidden;
                    negative_zeros += i128::from(T::is_negative_zero(bits));
                }
            }
            into.step::<SUBTRACT>(Counter::NegativeZeros, negative_zeros);
        }
        if specials.iter().any(|&entry| self.bins[entry] != 0) {
            for entry in specials {
                self.bins[entry] = 0;
            }
            for value in round {
                let bits = value.bits();
                if T::exponent(bits) == T::SPECIAL {
                    into.count_special::<T, SUBTRACT>(bits, 1);
                }
            }
        }
    }

    /// Moves the sums into the limbs.
    pub(crate) fn flush<T: Binary, const SUBTRACT: bool>(&self, into: &mut Accumulator) {
        for (entry, (&bin, &carried)) in self.bins.iter().zip(&self.carried).enumerate() {
            if bin | u64::from(carried) != 0 {
                let sum = (i128::from(carried) << KEPT) + i128::from(bin);
                let negative = (entry > T::SPECIAL) != SUBTRACT;
                let position = T::position(entry % (T::SPECIAL + 1));
                into.add_integer(if negative { -sum } else { sum }, position);
            }
        }
    }
}

impl Accumulator {
    /// Adds a slice of any values, without a vector kernel.
    pub(crate) fn add_any<T: Binary, const ENTRIES: usize, const SUBTRACT: bool>(
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

    /// Kept out of line, so that short slices do not pay for the table's stack.
    #[inline(never)]
    fn add_by_table<T: Binary, const ENTRIES: usize, const SUBTRACT: bool>(
        &mut self,
        values: &[T],
    ) {
        let mut table = Table::<ENTRIES>::new();
        table.add::<T, SUBTRACT>(Isa::PORTABLE, values, self);
        table.flush::<T, SUBTRACT>(self);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Stored;

    /// The sums of as many of the largest significands as fit between two carries
    /// or flushes are right, whatever was carried before.
    #[test]
    fn a_table_that_is_full_begins_anew() {
        let values = [f64::MAX / 4.0, -f64::MAX, 1.5].repeat(5000);
        let mut expected = Accumulator::new();
        expected.add_one_by_one::<f64, false>(&values);
        for carries in [0, 1, MOST_CARRIES - 3, MOST_CARRIES - 1, MOST_CARRIES] {
            let mut table = Box::new(Table::<4096>::new());
            table.carries = carries;
            let mut sum = Accumulator::new();
            table.add::<f64, false>(Isa::PORTABLE, &values, &mut sum);
            assert!(table.carries <= MOST_CARRIES);
            table.flush::<f64, false>(&mut sum);
            assert_eq!(sum.to_words(), expected.to_words(), "after {carries}");
        }
    }

    #[test]
    fn carries_and_bins_have_room() {
        let largest = u64::from(u32::MAX);
        assert!(u64::from(MOST_CARRIES) * ((1 << (64 - KEPT)) - 1) <= largest);
        for fraction_bits in [23, 52] {
            let most = (u64::MAX - (1 << KEPT)) >> (fraction_bits + 1);
            let significand = (1_u128 << (fraction_bits + 1)) - 1;
            let left = (1_u128 << KEPT) - 1;
            assert!(u128::from(most) * significand + left <= u128::from(u64::MAX));
        }
    }
}
