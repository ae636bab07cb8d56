//! Wide slices: one sum of significands for each sign and exponent.
//!
//! Values of equal exponent are integers of one unit, so their significands add
//! up without shifts or carries. Only the sums are shifted into the limbs, once
//! at the end. (R. Neal, Fast exact summation using small and large
//! superaccumulators, 2015.)
//!
//! A bin has 64 bits and a significand p, so that 2^(64-p) - 1 additions fit, with
//! what a carry has left. Before there are more, the upper halves of the bins are
//! carried to 64 bits of their own, which have room for 2^32 carries: 2^43 doubles,
//! 64 TiB, in one table. (`accumulator` cuts longer slices.)

use crate::float::Binary;
use crate::simd::{Engine, KEPT};
use crate::sum::{Accumulator, Counter};

/// A table of bins: `ENTRIES` is one for each sign and exponent field.
pub(crate) struct Table<const ENTRIES: usize> {
    bins: [u64; ENTRIES],
    carried: [u64; ENTRIES],
    /// How many values came after the last carry.
    since_carry: usize,
}

impl<const ENTRIES: usize> Table<ENTRIES> {
    /// An empty table.
    pub(crate) fn new() -> Self {
        Table {
            bins: [0; ENTRIES],
            carried: [0; ENTRIES],
            since_carry: 0,
        }
    }

    /// Adds a slice: its integers to the table, its counts to `into`.
    pub(crate) fn add<T: Binary, const SUBTRACT: bool>(
        &mut self,
        engine: Engine,
        values: &[T],
        into: &mut Accumulator,
    ) {
        const { assert!(ENTRIES == 2 * (T::SPECIAL + 1)) };
        let most = usize::try_from((1_u64 << (63 - T::FRACTION_BITS)) - 1);
        let most = most.unwrap_or(usize::MAX);
        for round in values.chunks(most) {
            if round.len() > most - self.since_carry {
                engine.carry_bins(&mut self.bins, &mut self.carried);
                self.since_carry = 0;
            }
            // All get the hidden bit: what should not have is rare, and put right
            // after the round.
            engine.fill_bins(round, &mut self.bins);
            self.settle::<T, SUBTRACT>(round, into);
            self.since_carry += round.len();
        }
        into.step::<SUBTRACT>(Counter::Values, values.len() as i128);
    }

    /// Takes the hidden bits of zeros and subnormals out of the bins again, and
    /// NaN and infinities altogether, and counts what is to be counted.
    fn settle<T: Binary, const SUBTRACT: bool>(&mut self, round: &[T], into: &mut Accumulator) {
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
            if bin | carried != 0 {
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
        table.add::<T, SUBTRACT>(Engine::PORTABLE, values, self);
        table.flush::<T, SUBTRACT>(self);
    }
}
