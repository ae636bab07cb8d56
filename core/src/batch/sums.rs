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
use crate::batch::rows::{Number, for_each_part};
use crate::column::Column;
use crate::column::elements::Values;
use crate::column::read::Pairs;
use crate::float::{BINARY64, CANONICAL_NAN, with_sign};
use crate::natural::Divisor;
use crate::parallel::{Split, fold_into};
use crate::simd::{Fields, Isa};
use crate::workers::Workers;

/// Values that become integers at a time.
const PART: usize = 240;

/// The bits of a significand, and those above it in its field's unit.
const SIGNIFICAND_BITS: u32 = 53;
const UNIT_BELOW_FIELD: i32 = 1075;

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
        // Each thread has sums of its own, which are not to be more than there are rows.
        let most = values.rows / ids.groups.max(1);
        let split = Split::that_pays(workers, values.rows);
        let threads = split.map_or(1, |split| split.threads.min(most).max(1));
        let sums = made(threads, || {
            Ok(Mutex::new(Self::new(ids.groups, counted, fields)?))
        })?;
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

    fn new(groups: usize, counted: bool, fields: Option<Fields>) -> Result<Self, GroupError> {
        Ok(Sums {
            totals: zeros(groups)?,
            counts: zeros(if counted { groups } else { 0 })?,
            apart: zeros(groups)?,
            values_apart: 0,
            unit: fields.map_or(0, |fields| fields.lowest as i32 - UNIT_BELOW_FIELD),
            fields,
        })
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
        for_each_part(isa, values, ids, |ids, values: &[f64]| {
            if self.values_apart < MANY {
                self.add_doubles(isa, fields, ids, values);
                self.count(ids);
            }
        });
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
    fn add_doubles(&mut self, isa: Isa, fields: Fields, ids: &[u64], values: &[f64]) {
        let mut rooms = [[0; PART]; 2];
        let [low, high] = &mut rooms;
        for (ids, values) in ids.chunks(PART).zip(values.chunks(PART)) {
            let (low, high) = (&mut low[..values.len()], &mut high[..values.len()]);
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

/// The exponent fields of most values, by those of the first block; `None` if they are too
/// far apart.
#[inline(never)]
fn fields(isa: Isa, values: &Column<'_>) -> Option<Fields> {
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
        return Some(Fields { lowest: 1, span });
    }
    let spare = span.checked_sub(highest - lowest)?;
    let highest = (highest + spare / 3).min(0x7fe);
    let lowest = highest.saturating_sub(span).max(1);
    Some(Fields { lowest, span })
}

/// The bits of the double nearest to `size`·2^`unit`, ties to even.
#[inline]
fn nearest(size: u128, unit: i32) -> u64 {
    match normal(size, unit) {
        Some(bits) => bits,
        None if size == 0 => 0,
        None => BINARY64.nearest_of_two_words(size, unit),
    }
}

/// [`nearest`], if that is a normal number below the highest binade: without a branch that
/// depends on the digits.
#[inline]
fn normal(size: u128, unit: i32) -> Option<u64> {
    let zeros = size.leading_zeros();
    let field = i64::from(127 + 1023 + unit) - i64::from(zeros);
    if !(1..0x7fe).contains(&field) || size == 0 {
        return None;
    }
    let digits = size << zeros;
    let (high, low) = ((digits >> 64) as u64, digits as u64);
    let significand = high >> 11;
    // What is cut off, in halves of the last bit and less.
    let rest = high << 53 | u64::from(low != 0);
    let half = 1 << 63;
    let up = u64::from(rest > half) | u64::from(rest == half) & significand;
    // A carry out of the significand raises the exponent.
    Some(((field as u64 - 1) << 52) + significand + (up & 1))
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

    /// Against quotients of big integers, at and next to ties, and at the ends of the range.
    #[test]
    fn rounded_as_big_integers_are() {
        let mut seed = 5_u64;
        let mut random = || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed
        };
        for round in 0..200_000 {
            let tie = u128::from(random() >> 11 | 1 << 52) << 1 | 1;
            let size = match round % 4 {
                0 => (u128::from(random()) << 64 | u128::from(random())) >> (random() % 128),
                1 => tie << (random() % 74),
                2 => (tie << (random() % 74)) + 1,
                _ => (tie << (random() % 74)) - 1,
            };
            let unit = (random() % 2200) as i32 - 1200;
            let mut count = 1;
            if round % 3 > 0 {
                count = (random() >> (random() % 64)).max(1);
            }
            let size = size >> 1;
            let (digits, down) = match count {
                1 => (size, 0),
                _ => Divisor::new(count).quotient(size),
            };
            let found = nearest(digits, unit + down);
            let expected = nearest_of_big(&size.into(), &count.into(), unit);
            assert_eq!(found, expected, "{size:x} / {count} * 2^{unit}");
        }
    }

    /// By the integer part of the quotient in units of the result's last bit.
    fn nearest_of_big(size: &BigUint, count: &BigUint, unit: i32) -> u64 {
        let length = size.bits() as i64 - count.bits() as i64;
        for exponent in length + i64::from(unit) - 55.. {
            let exponent = exponent.max(-1074);
            // size / count * 2^(unit - exponent)
            let up = i64::from(unit) - exponent;
            let (numerator, denominator) = match up {
                0.. => (size << up, count.clone()),
                _ => (size.clone(), count << -up),
            };
            let double = &numerator * 2_u8 + &denominator;
            let mut rounded: BigUint = &double / (&denominator * 2_u8);
            let is_tie = &double % (&denominator * 2_u8) == BigUint::from(0_u8);
            if is_tie && rounded.bit(0) {
                rounded -= 1_u8;
            }
            let significand = u64::try_from(&rounded).unwrap_or(u64::MAX);
            if significand > 1 << 53 {
                continue;
            }
            // As a double: exact products, and infinity beyond.
            let mut value = significand as f64;
            let mut rest = exponent;
            while rest > 0 {
                value *= 2.0;
                rest -= 1;
            }
            while rest < 0 {
                value /= 2.0;
                rest += 1;
            }
            return value.to_bits();
        }
        0
    }
}
