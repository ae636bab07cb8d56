//! Sums of not too many groups in two doubles for each, for as long as these are exact.
//!
//! This is faster than integers of two words. It takes values whose exponents are less far
//! apart, and the totals go to those integers from time to time.

use crate::batch::error::GroupError;
use crate::batch::memory::zeros;
use crate::float::finite_parts;
use crate::simd::{Fields, Isa, Split, with_default_environment};

/// Values that are split at a time.
pub(super) const PART: usize = 240;

/// Totals of more groups are not in the cache nearest to the processor.
const GROUPS: usize = 1 << 11;

/// Rows for each group between two transfers of all totals, at least.
const ROWS_OF_GROUP: usize = 32;
const LEAST_ROWS: usize = 1 << 10;

/// After as many refused parts, one after the other, no more is tried.
const REFUSALS: u32 = 16;

/// Two totals for each group.
pub(super) struct SplitSums {
    /// `None` if there is nothing more to be tried.
    split: Option<Split>,
    totals: Vec<[f64; 2]>,
    /// How many values the totals have taken, and may take.
    taken: usize,
    most: usize,
    /// How many parts have been refused, since the last one that was not.
    refused: u32,
}

impl SplitSums {
    /// Of no groups.
    pub(super) const NONE: Self = SplitSums {
        split: None,
        totals: Vec::new(),
        taken: 0,
        most: 0,
        refused: 0,
    };

    /// For values with these fields, most of them at most `highest`.
    pub(super) fn new(
        isa: Isa,
        groups: usize,
        rows: usize,
        fields: Fields,
        highest: u64,
    ) -> Result<Self, GroupError> {
        let most = (groups.min(GROUPS) * ROWS_OF_GROUP)
            .next_power_of_two()
            .max(LEAST_ROWS);
        let highest = (highest + 1).min(fields.lowest + fields.span);
        let pays = isa.has_kernels() && groups <= GROUPS && rows >= most;
        let split = pays
            .then(|| Split::new(fields.lowest, highest, most.ilog2()))
            .flatten();
        Ok(SplitSums {
            split,
            totals: zeros(if split.is_some() { groups } else { 0 })?,
            taken: 0,
            most,
            refused: 0,
        })
    }

    /// Adds up to [`PART`] values to the totals with their ids, which must have room for as
    /// many; whether it did.
    #[inline]
    pub(super) fn add(
        &mut self,
        isa: Isa,
        ids: &[u64],
        values: &[f64],
        room: &mut [[f64; 2]; PART],
    ) -> bool {
        let Some(split) = self.split else {
            return false;
        };
        let totals = &mut self.totals;
        let is_added = with_default_environment(|| isa.add_split(split, values, ids, room, totals));
        if is_added {
            self.taken += values.len();
            self.refused = 0;
        } else {
            self.refused += 1;
            if self.refused == REFUSALS {
                self.split = None;
            }
        }
        is_added
    }

    /// Whether the totals may not take [`PART`] values more.
    #[inline]
    fn are_full(&self) -> bool {
        self.taken + PART > self.most
    }

    /// Transfers the totals as [`SplitSums::transfer`] does, if they are full.
    #[inline]
    pub(super) fn make_room(&mut self, lowest: u64, integers: &mut [i128]) {
        if self.are_full() {
            self.transfer(lowest, integers);
        }
    }

    /// Adds the totals to integers in units of the last bit of `lowest`, and begins again.
    pub(super) fn transfer(&mut self, lowest: u64, integers: &mut [i128]) {
        if self.taken == 0 {
            return;
        }
        for (integer, totals) in integers.iter_mut().zip(&mut self.totals) {
            for total in totals {
                *integer = integer.wrapping_add(integer_of(total.to_bits(), lowest));
                *total = 0.0;
            }
        }
        self.taken = 0;
    }
}

/// A finite double in units of the last bit of a field, of which it is a multiple. As an
/// integer modulo 2^128, so that it may be above the range.
pub(super) fn integer_of(bits: u64, lowest: u64) -> i128 {
    let (significand, position) = finite_parts(bits);
    let shift = position as i64 - (lowest as i64 - 1);
    match shift {
        0.. => i128::from(significand) << (shift % 128),
        _ => i128::from(significand) >> (-shift).min(127),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigInt;

    /// A double in units of 2^-1074.
    fn big(value: f64) -> BigInt {
        let bits = value.to_bits();
        let field = bits >> 52 & 0x7ff;
        let significand = bits & ((1 << 52) - 1) | u64::from(field > 0) << 52;
        let size = BigInt::from(significand) << (field.max(1) - 1);
        if value < 0.0 { -size } else { size }
    }

    /// Doubles made from the integers that they are.
    #[test]
    fn doubles_are_integers_of_the_lowest_unit() {
        for lowest in [1_u64, 2, 40, 900, 1023, 1980] {
            for by in 0..70 {
                for odd in [1_u64, 3, (1 << 52) - 1, (1 << 53) - 1] {
                    let length = u64::from(64 - odd.leading_zeros());
                    let fraction = odd << (53 - length) & ((1 << 52) - 1);
                    let field = length + by + lowest;
                    let bits = match field.checked_sub(53) {
                        None | Some(0) => odd << (by + lowest - 1),
                        Some(field @ ..0x7ff) => field << 52 | fraction,
                        Some(_) => continue,
                    };
                    let expected = i128::from(odd) << by;
                    assert_eq!(integer_of(bits, lowest), expected, "{odd:x} << {by}");
                    assert_eq!(integer_of(bits | 1 << 63, lowest), -expected);
                }
            }
            assert_eq!(integer_of(0, lowest), 0);
        }
    }

    /// The largest values that there may be, and as many of them; and the smallest.
    #[test]
    fn totals_of_as_many_values_as_there_may_be_are_exact() {
        for isa in Isa::available() {
            for (groups, lowest, highest) in [
                (1, 1000_u64, 1023_u64),
                (1, 1, 20),
                (100, 980, 1023),
                (1 << 11, 1010, 1022),
                (1, 2010, 2035),
            ] {
                let fields = Fields {
                    lowest,
                    span: highest - lowest,
                };
                let rows = 1 << 20;
                let Ok(mut sums) = SplitSums::new(isa, groups, rows, fields, highest - 1) else {
                    panic!("memory");
                };
                let Some(split) = sums.split else {
                    assert!(!isa.has_kernels());
                    continue;
                };
                let (low, high) = (split.fields.lowest, split.fields.lowest + split.fields.span);
                assert_eq!(high, highest);
                let largest = f64::from_bits(high << 52 | ((1 << 52) - 1));
                let smallest = f64::from_bits(low << 52 | 1);
                // Lower parts that are as large as they can be or a little larger, and upper parts
                // that are odd, with the units as they are and twice as large.
                let log = sums.most.ilog2();
                let of_low = |count: u32| f64::from_bits(low << 52 | ((1 << count) - 1));
                let of_high =
                    |count: u32| f64::from_bits(high << 52 | ((1 << count) - 1) << (52 - count));
                for values in [
                    [of_low(53 - log); 2],
                    [of_low(54 - log); 2],
                    [of_high(52 - log); 2],
                    [of_high(53 - log); 2],
                    [largest; 2],
                    [-largest, -largest],
                    [largest, smallest],
                    [smallest, smallest],
                    [-smallest, largest],
                ] {
                    let mut room = [[0.0; 2]; PART];
                    let mut integers = vec![0; groups];
                    let mut expected = BigInt::from(0);
                    while !sums.are_full() {
                        let part: Vec<f64> = values.iter().copied().cycle().take(PART).collect();
                        assert!(sums.add(isa, &[0; PART], &part, &mut room));
                        expected += part.iter().map(|&value| big(value)).sum::<BigInt>();
                    }
                    // To the last value that there may be.
                    let rest = sums.most - sums.taken;
                    assert!(sums.add(
                        isa,
                        &[0; PART][..rest],
                        &[values[0]; PART][..rest],
                        &mut room
                    ));
                    expected += big(values[0]) * rest;
                    sums.transfer(lowest, &mut integers);
                    let found = BigInt::from(integers[0]) << (lowest - 1);
                    assert_eq!(found, expected, "{values:?} {}", isa.name());
                }
                for other in [
                    -0.0,
                    f64::NAN,
                    f64::INFINITY,
                    5e-324,
                    f64::from_bits((high + 1) << 52),
                    f64::from_bits((low - 1) << 52 | 1),
                ] {
                    let mut room = [[0.0; 2]; PART];
                    assert!(
                        !sums.add(isa, &[0, 0], &[largest, other], &mut room),
                        "{other:e}"
                    );
                }
            }
        }
    }
}
