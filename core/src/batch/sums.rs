//! Sums of many groups at once: an integer of two words for each, of one unit for all.
//!
//! Doubles whose exponents are in a range that the first ones suggest are integers in units
//! of the least possible bit, and so are their sums. A group that has another value, a
//! negative zero, an infinity or NaN is set apart, to be added up in another way.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use crate::batch::error::GroupError;
use crate::batch::ids::Ids;
use crate::batch::memory::{made, zeros};
use crate::batch::nearest::nearest;
use crate::batch::rows::{Number, for_each_part};
use crate::batch::split_sums::{PART, SplitSums};
use crate::column::Column;
use crate::column::elements::Values;
use crate::column::read::Pairs;
use crate::float::{CANONICAL_NAN, with_sign};
use crate::natural::Divisor;
use crate::parallel::{Split, fold_into};
use crate::simd::{Fields, Isa};
use crate::workers::Workers;

/// The bits of a significand, and those above it in its field's unit.
const SIGNIFICAND_BITS: u32 = 53;
pub(super) const UNIT_BELOW_FIELD: i32 = 1075;

/// The bits of an `i128` but for its sign.
const TOTAL_BITS: u32 = 127;

/// Values apart among as many rows are too many to go on so.
const MANY: usize = 1 << 16;

/// The sums of groups.
pub(super) struct Sums {
    totals: Vec<i128>,
    /// How many values there are, if that is asked for.
    counts: Vec<u64>,
    /// Groups whose sum is another one.
    pub(super) apart: Vec<bool>,
    /// How many values are in none of the sums.
    values_apart: usize,
    /// All totals are in units of 2^this.
    unit: i32,
    /// Those of the doubles in the sums; `None` for integers.
    fields: Option<Fields>,
    /// What of them is not yet in the totals.
    split: SplitSums,
}

/// Rooms for values that become integers, or two parts.
struct Rooms {
    low: [u64; PART],
    high: [u64; PART],
    parts: [[f64; 2]; PART],
}

impl Default for Rooms {
    fn default() -> Self {
        Rooms {
            low: [0; PART],
            high: [0; PART],
            parts: [[0.0; 2]; PART],
        }
    }
}

impl Sums {
    /// Of all rows, and the counts if they are wanted, on several threads where that pays.
    /// `None` if too many groups would be apart.
    pub(super) fn of(
        isa: Isa,
        workers: &dyn Workers,
        values: &Column<'_>,
        ids: &Ids<'_>,
        counted: bool,
    ) -> Result<Option<Self>, GroupError> {
        let fields = if values.values.are_integers() {
            None
        } else {
            match fields(isa, values) {
                None => return Ok(None),
                fields => fields,
            }
        };
        let new = || {
            let mut sums = Self::new(ids.groups, counted)?;
            if let Some((fields, highest)) = fields {
                sums.take_doubles(isa, values.rows, fields, highest)?;
            }
            Ok(Mutex::new(sums))
        };
        // Each thread has sums of its own, which are not to be more than there are rows.
        let most = values.rows / ids.groups.max(1);
        let split = Split::that_pays(workers, values.rows);
        let threads = split.map_or(1, |split| split.threads.min(most).max(1));
        let sums = made(threads, new)?;
        let add = |sums: &mut Self, rows: Range<usize>| {
            sums.add(isa, &values.part(rows.clone()), &ids.part(rows));
        };
        // One thread takes all at once.
        let piece = split.map_or(values.rows, |split| split.piece);
        fold_into(workers, Split { threads, piece }, values.rows, &sums, add);
        let parts = sums.into_iter();
        let parts = parts.map(|part| part.into_inner().unwrap_or_else(PoisonError::into_inner));
        let sums = parts.reduce(|mut sums, part| {
            sums.merge(&part);
            sums
        });
        let few = |sums: &Self| sums.values_apart < MANY.min(values.rows / 4 + 1);
        Ok(sums.filter(few))
    }

    /// Of integers.
    fn new(groups: usize, counted: bool) -> Result<Self, GroupError> {
        Ok(Sums {
            totals: zeros(groups)?,
            counts: zeros(if counted { groups } else { 0 })?,
            apart: zeros(groups)?,
            values_apart: 0,
            unit: 0,
            fields: None,
            split: SplitSums::NONE,
        })
    }

    /// Of doubles with these fields, and most of them at most `highest`.
    fn take_doubles(
        &mut self,
        isa: Isa,
        rows: usize,
        fields: Fields,
        highest: u64,
    ) -> Result<(), GroupError> {
        self.unit = fields.lowest as i32 - UNIT_BELOW_FIELD;
        self.fields = Some(fields);
        self.split = SplitSums::new(isa, self.totals.len(), rows, fields, highest)?;
        Ok(())
    }

    /// Whether a group is apart.
    pub(super) fn any_apart(&self) -> bool {
        self.apart.contains(&true)
    }

    fn add(&mut self, isa: Isa, values: &Column<'_>, ids: &Ids<'_>) {
        match (self.fields, values.values) {
            (Some(fields), _) => self.add_floats(isa, fields, values, ids),
            (None, Values::U64(_)) => self.add_integers::<u64>(isa, values, ids),
            (None, _) => self.add_integers::<i64>(isa, values, ids),
        }
    }

    // Out of line, so that no more than one has its rooms on the stack.
    #[inline(never)]
    fn add_floats(&mut self, isa: Isa, fields: Fields, values: &Column<'_>, ids: &Ids<'_>) {
        let mut rooms = Rooms::default();
        for_each_part(isa, values, ids, |ids, values: &[f64]| {
            if self.values_apart < MANY {
                self.add_doubles(isa, fields, ids, values, &mut rooms);
                self.count(ids);
            }
        });
        self.split.transfer(fields.lowest, &mut self.totals);
    }

    fn merge(&mut self, other: &Self) {
        let totals = self.totals.iter_mut().zip(&other.totals);
        totals.for_each(|(total, more)| *total = total.wrapping_add(*more));
        let counts = self.counts.iter_mut().zip(&other.counts);
        counts.for_each(|(count, more)| *count += more);
        let apart = self.apart.iter_mut().zip(&other.apart);
        apart.for_each(|(apart, more)| *apart |= more);
        self.values_apart += other.values_apart;
    }

    #[inline(never)]
    fn add_integers<T: Number + Into<i128>>(
        &mut self,
        isa: Isa,
        values: &Column<'_>,
        ids: &Ids<'_>,
    ) {
        for_each_part(isa, values, ids, |ids, values: &[T]| {
            for (&id, &value) in ids.iter().zip(values) {
                // Below 2^64 each, and fewer than 2^63.
                let total = &mut self.totals[id as usize];
                *total = total.wrapping_add(value.into());
            }
            self.count(ids);
        });
    }

    /// Adds doubles, or sets their groups apart.
    #[inline]
    fn add_doubles(
        &mut self,
        isa: Isa,
        fields: Fields,
        ids: &[u64],
        values: &[f64],
        rooms: &mut Rooms,
    ) {
        for (ids, values) in ids.chunks(PART).zip(values.chunks(PART)) {
            self.split.make_room(fields.lowest, &mut self.totals);
            if self.split.add(isa, ids, values, &mut rooms.parts) {
                continue;
            }
            let low = &mut rooms.low[..values.len()];
            let high = &mut rooms.high[..values.len()];
            if !isa.to_fixed(values, fields, low, high) {
                for (&id, value) in ids.iter().zip(values) {
                    if !fields.have(value.to_bits()) {
                        self.apart[id as usize] = true;
                        self.values_apart += 1;
                    }
                }
            }
            for ((&id, &low), &high) in ids.iter().zip(&*low).zip(&*high) {
                let total = &mut self.totals[id as usize];
                let value = i128::from(high as i64) << 64 | i128::from(low);
                *total = total.wrapping_add(value);
            }
        }
    }

    #[inline]
    fn count(&mut self, ids: &[u64]) {
        if !self.counts.is_empty() {
            for &id in ids {
                self.counts[id as usize] += 1;
            }
        }
    }

    /// The sum of a group that is not apart.
    #[inline]
    pub(super) fn sum(&self, group: usize) -> f64 {
        let total = self.totals[group];
        with_sign(nearest(total.unsigned_abs(), self.unit), total < 0)
    }

    /// Its mean.
    pub(super) fn mean(&self, group: usize) -> f64 {
        let (total, count) = (self.totals[group], self.counts[group]);
        if count == 0 {
            return f64::from_bits(CANONICAL_NAN);
        }
        let (digits, unit) = Divisor::new(count).quotient(total.unsigned_abs());
        with_sign(nearest(digits, self.unit + unit), total < 0)
    }

    /// Its exact sum, of integers.
    pub(super) fn integer(&self, group: usize) -> i128 {
        self.totals[group]
    }
}

/// The exponent fields of most values, by those of the first block, and the highest of these;
/// `None` if they are too far apart.
#[inline(never)]
fn fields(isa: Isa, values: &Column<'_>) -> Option<(Fields, u64)> {
    let span = span(values.rows);
    let (mut lowest, mut highest) = (u64::MAX, 0);
    // Ended by the first block that has some.
    let _ = Pairs::one(*values).try_for_each(isa, [0.0; 2], |block| {
        for value in block.x? {
            let field = value.to_bits() >> 52 & 0x7ff;
            if (1..0x7ff).contains(&field) {
                lowest = lowest.min(field);
                highest = highest.max(field);
            }
        }
        (highest == 0).then_some(())
    });
    if highest == 0 {
        // Nothing to be seen but zeros and their like.
        return Some((Fields { lowest: 1, span }, 1));
    }
    let spare = span.checked_sub(highest - lowest)?;
    let end = (highest + spare / 3).min(0x7fe);
    let lowest = end.saturating_sub(span).max(1);
    Some((Fields { lowest, span }, highest))
}

/// How far apart exponents may be in sums of as many rows: each value is below
/// 2^(53 + span), and all together below 2^127.
fn span(rows: usize) -> u64 {
    let bits = usize::BITS - rows.leading_zeros();
    let span = (TOTAL_BITS - SIGNIFICAND_BITS).saturating_sub(bits);
    span.min(63).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigUint;

    /// What another thread has added, counted and set apart is there too.
    #[test]
    fn sums_of_two_threads_are_put_together() {
        let values = [1.0, 2.0, 1e300, 4.0, f64::NAN, 16.0];
        let ids = [0_u8, 1, 2, 0, 3, 1];
        let (values, ids) = (Column::new(&values), Column::new(&ids));
        for isa in Isa::available() {
            let Ok(ids) = Ids::new(isa, &ids, 5) else {
                panic!("ids of groups");
            };
            let fields = Fields {
                lowest: 1000,
                span: 50,
            };
            let of_rows = |rows: Range<usize>| {
                let mut sums = Sums::new(5, true)?;
                sums.take_doubles(isa, 6, fields, 1030)?;
                sums.add(isa, &values.part(rows.clone()), &ids.part(rows));
                Ok::<Sums, GroupError>(sums)
            };
            let (Ok(mut sums), Ok(others)) = (of_rows(0..2), of_rows(2..6)) else {
                panic!("memory");
            };
            sums.merge(&others);
            assert_eq!([0, 1, 4].map(|group| sums.sum(group)), [5.0, 18.0, 0.0]);
            assert_eq!(sums.apart, [false, false, true, true, false]);
            assert_eq!(sums.counts, [2, 2, 1, 1, 0]);
            assert_eq!(sums.values_apart, 2);
        }
    }

    /// As many of the largest values as there may be of one window.
    #[test]
    fn windows_have_room_for_all_rows() {
        for bits in 0..usize::BITS {
            for rows in [(1_usize << bits) - 1, 1 << bits, usize::MAX >> bits] {
                let significand = (BigUint::from(1_u8) << 53_u32) - 1_u8;
                let largest = significand << span(rows);
                assert!(largest * rows < BigUint::from(1_u8) << 127_u32, "{rows}");
            }
        }
        // And no less than there could be.
        assert_eq!((span(1), span(1 << 10), span(1 << 20)), (63, 63, 53));
    }
}
