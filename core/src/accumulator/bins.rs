//! Wide slices: one sum of significands for each sign and exponent.
//!
//! Values of equal exponent are integers of one unit, so their significands add
//! up without shifts or carries. Only the sums are shifted into the limbs, once
//! at the end. (R. Neal, Fast exact summation using small and large
//! superaccumulators, 2015.)
//!
//! A bin has 64 bits, so that an empty one has room for 2^(64-p) - 1 significands of p
//! bits, and one below half of that for 2^(63-p). When that many may have been added,
//! the bins are checked, and those that have reached half are emptied into the limbs.
//!
//! The table is on the stack: 32 KiB for doubles. As long as all exponents are within
//! half of the possible ones, which they nearly always are, there is room for two bins
//! for each, which take values in turn.

use std::ops::RangeInclusive;

use crate::float::Binary;
use crate::simd::{Exponents, Isa};
use crate::sum::{Accumulator, Counter};

/// From here on a bin is emptied.
const HALF: u64 = 1 << 63;

/// Exponents whose sums are added up before they go into the limbs.
const SPAN: usize = 32;

/// A table of bins: `ENTRIES` is one for each sign and exponent field.
pub(crate) struct Table<const ENTRIES: usize> {
    bins: [u64; ENTRIES],
    /// The exponent fields that there have been, that of zeros included.
    fields: RangeInclusive<usize>,
    /// There are two bins for each field: fields that are equal but for a bit share them.
    two: bool,
    /// How many values more each bin has room for.
    room: usize,
}

/// All bits up to the highest one that is set.
fn ceiling(bits: u64) -> u64 {
    u64::MAX.checked_shr(bits.leading_zeros()).unwrap_or(0)
}

impl<const ENTRIES: usize> Table<ENTRIES> {
    /// Entries of one sign.
    const FIELDS: usize = ENTRIES / 2;

    /// The bit of an entry that tells two bins of a field apart.
    const SECOND: usize = ENTRIES / 4;

    /// An empty table.
    pub(crate) fn new() -> Self {
        Table {
            bins: [0; ENTRIES],
            fields: Self::FIELDS..=0,
            two: true,
            room: 0,
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
        let mut rest = values;
        while !rest.is_empty() {
            if self.room == 0 {
                self.make_room::<T, SUBTRACT>(isa, into);
            }
            let most = if self.two { 2 } else { 1 };
            let (round, after) = rest.split_at(rest.len().min(self.room.saturating_mul(most)));
            let exponents = isa.exponents(round);
            if !self.includes(exponents) {
                self.give_up_two::<T, SUBTRACT>(into);
                continue;
            }
            self.room -= round.len().div_ceil(most);
            // All get the hidden bit: what should not have is rare, and put right
            // after the round.
            isa.fill_bins(round, &mut self.bins, self.two);
            self.fix_up_specials::<T, SUBTRACT>(round, exponents, into);
            rest = after;
        }
        into.step::<SUBTRACT>(Counter::Values, values.len() as i128);
    }

    /// Takes note of a round's exponents, if there are bins for all.
    fn includes(&mut self, round: Exponents) -> bool {
        let lowest = if round.zeros { 0 } else { round.lowest };
        let (first, last) = (
            lowest.min(*self.fields.start()),
            round.highest.max(*self.fields.end()),
        );
        if self.two && last - first >= Self::SECOND {
            return false;
        }
        self.fields = first..=last;
        true
    }

    /// Goes over to one bin for each field.
    fn give_up_two<T: Binary, const SUBTRACT: bool>(&mut self, into: &mut Accumulator) {
        self.flush::<T, SUBTRACT>(into);
        *self = Self {
            two: false,
            ..Self::new()
        };
    }

    /// The bins of a field that there has been, and a sign; the same one twice if there
    /// is one.
    fn entries(&self, field: usize, negative: bool) -> [usize; 2] {
        let entry = field + if negative { Self::FIELDS } else { 0 };
        if self.two {
            [entry & !Self::SECOND, entry | Self::SECOND]
        } else {
            [entry; 2]
        }
    }

    /// The sum of a field and a sign.
    fn sum(&self, field: usize, negative: bool) -> u128 {
        let [first, second] = self.entries(field, negative);
        let second = if self.two { self.bins[second] } else { 0 };
        u128::from(self.bins[first]) + u128::from(second)
    }

    /// Finds how much room there is, after emptying the bins that are at half.
    fn make_room<T: Binary, const SUBTRACT: bool>(&mut self, isa: Isa, into: &mut Accumulator) {
        let mut fullest = isa.or_of_bins(&self.bins);
        if fullest >= HALF {
            for field in self.fields.clone() {
                for negative in [false, true] {
                    for entry in self.entries(field, negative) {
                        if self.bins[entry] >= HALF {
                            let sum = i128::from(std::mem::take(&mut self.bins[entry]));
                            let sum = if negative != SUBTRACT { -sum } else { sum };
                            into.add_integer(sum, T::position(field));
                        }
                    }
                }
            }
            fullest = isa.or_of_bins(&self.bins);
        }
        let significand = (1 << (T::FRACTION_BITS + 1)) - 1;
        // The OR of bins is below the power of two above them all.
        let most = (u64::MAX - ceiling(fullest)) / significand;
        self.room = usize::try_from(most).unwrap_or(usize::MAX);
    }

    /// Takes the hidden bits of zeros and subnormals out of the bins again, and
    /// NaN and infinities altogether, and counts what is to be counted.
    fn fix_up_specials<T: Binary, const SUBTRACT: bool>(
        &mut self,
        round: &[T],
        exponents: Exponents,
        into: &mut Accumulator,
    ) {
        if exponents.zeros || exponents.lowest == 0 {
            let mut negative_zeros = 0;
            for (index, value) in round.iter().enumerate() {
                let bits = value.bits();
                if T::exponent(bits) == 0 {
                    let entry = self.entries(0, bits & T::SIGN != 0)[index % 2];
                    self.bins[entry] -= 1 << T::FRACTION_BITS;
                    negative_zeros += i128::from(T::is_negative_zero(bits));
                }
            }
            into.step::<SUBTRACT>(Counter::NegativeZeros, negative_zeros);
        }
        if exponents.highest == T::SPECIAL {
            for negative in [false, true] {
                for entry in self.entries(T::SPECIAL, negative) {
                    self.bins[entry] = 0;
                }
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
        let (mut first, end) = (*self.fields.start(), *self.fields.end());
        while first <= end {
            let last = (first + SPAN - 1).min(end);
            // Horner's rule: below 2^65 in each place, below 2^97 in all.
            let (mut positive, mut negative) = (0_u128, 0_u128);
            for field in (first..=last).rev() {
                let up = T::position(field + 1) - T::position(field);
                positive = (positive << up) + self.sum(field, false);
                negative = (negative << up) + self.sum(field, true);
            }
            let sum = positive as i128 - negative as i128;
            if sum != 0 {
                into.add_integer(if SUBTRACT { -sum } else { sum }, T::position(first));
            }
            first = last + 1;
        }
    }
}

/// Slices from here on go through a table: filling and emptying it must pay.
pub(crate) const fn table_from(entries: usize) -> usize {
    entries / 2
}

impl Accumulator {
    /// Adds a slice of any values, without a vector kernel.
    pub(crate) fn add_any<T: Binary, const ENTRIES: usize, const SUBTRACT: bool>(
        &mut self,
        values: &[T],
    ) {
        if values.len() < table_from(ENTRIES) {
            self.add_few::<T, SUBTRACT>(Isa::PORTABLE, values);
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

    /// As many of the largest significands as fit between two looks through the bins,
    /// in rounds of any length.
    /// Fields that a table with two bins for each could take for one, in any order, with
    /// zeros and subnormals, whose field is 0.
    #[test]
    fn exponents_far_apart_have_bins_of_their_own() {
        for (low, high) in [
            (1, 1024),
            (1, 1025),
            (1, 1026),
            (1000, 2023),
            (1000, 2024),
            (0, 1024),
        ] {
            let of_field = |field: u64, index: u64| f64::from_bits(field << 52 | index);
            let lower = (1..3000).map(|index| of_field(low, index));
            let upper = (0..3000).map(|index| -of_field(high, index));
            for zeros in [0, 3] {
                let values: Vec<f64> = lower.clone().chain(upper.clone()).collect();
                let values = [values, vec![-0.0; zeros]].concat();
                for part in [4, 3000, 6003] {
                    for values in [values.clone(), values.iter().rev().copied().collect()] {
                        let mut expected = Accumulator::new();
                        let mut sum = Accumulator::new();
                        let mut table = Box::new(Table::<4096>::new());
                        for part in values.chunks(part) {
                            part.iter().for_each(|&value| expected.add_one_f64(value));
                            table.add::<f64, false>(Isa::PORTABLE, part, &mut sum);
                        }
                        table.flush::<f64, false>(&mut sum);
                        assert_eq!(sum.to_words(), expected.to_words(), "{low}, {high}, {part}");
                    }
                }
            }
        }
    }

    #[test]
    fn bins_are_emptied_before_they_are_full() {
        let largest = [f64::MAX, -f64::MAX, f64::from_bits((1 << 53) - 1)];
        // One bin is nearly at half when another one is emptied, and then gets all.
        let (near, other) = (vec![f64::MAX; 2000], vec![1.9999999999999998; 2094]);
        let unlike = [near, other, vec![f64::MAX; 5000]].concat();
        for values in [
            largest.repeat(5000),
            vec![-1.9999999999999998; 9000],
            unlike,
        ] {
            let mut expected = Accumulator::new();
            for &value in &values {
                expected.add_one_f64(value);
            }
            for length in [1, 3, 1023, 1024, 2047, 2048, 4093, 4094, 4095, 9000] {
                let mut table = Box::new(Table::<4096>::new());
                let (mut sum, mut difference) = (Accumulator::new(), expected.clone());
                for part in values.chunks(length) {
                    table.add::<f64, false>(Isa::PORTABLE, part, &mut sum);
                }
                table.flush::<f64, false>(&mut sum);
                assert_eq!(sum.to_words(), expected.to_words(), "parts of {length}");
                let mut table = Box::new(Table::<4096>::new());
                table.add::<f64, true>(Isa::PORTABLE, &values, &mut difference);
                table.flush::<f64, true>(&mut difference);
                assert_eq!(difference.to_words(), Ok(Accumulator::EMPTY));
            }
        }
    }
}
