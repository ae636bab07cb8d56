//! Sums and means of many columns at once, each in a lane of its own: two levels, as in the other
//! kernels, with a check of what each addition leaves.

use crate::simd::isa::{Isa, compiled};
use crate::simd::prefix::PrefixLevels;

/// The most columns that are added up at once.
pub(crate) const LANES: usize = 256;

/// Rows that are added before totals go back to memory.
const STRIPE: usize = 4;

/// The least unit of totals that are divided: with 2^-874 no rest of a quotient is subnormal.
const LEAST_UNIT: usize = 200;

/// The totals of as many columns.
pub(crate) struct Lanes {
    levels: PrefixLevels,
    first: [f64; LANES],
    second: [f64; LANES],
    /// The largest size of a value.
    largest: [f64; LANES],
    /// The OR of all differences between a rest and what the second total took of it.
    missed: [u64; LANES],
}

impl Lanes {
    pub(crate) fn new(levels: PrefixLevels) -> Self {
        let [first, second] = levels.biases.map(f64::from_bits);
        Lanes {
            levels,
            first: [first; LANES],
            second: [second; LANES],
            largest: [0.0; LANES],
            missed: [0; LANES],
        }
    }

    /// Begins again.
    pub(crate) fn reset(&mut self, levels: PrefixLevels) {
        let [first, second] = levels.biases.map(f64::from_bits);
        self.levels = levels;
        self.first.fill(first);
        self.second.fill(second);
        self.largest.fill(0.0);
        self.missed.fill(0);
    }

    /// Adds rows of one length, in all at most
    /// [`PREFIX_STEPS`](crate::simd::PREFIX_STEPS) of them.
    ///
    /// Must be called inside
    /// [`with_default_environment`](crate::simd::with_default_environment), with an
    /// instruction set that has kernels; and so must the others.
    pub(crate) fn add<T: Copy + Into<f64>>(&mut self, isa: Isa, rows: &[&[T]]) {
        let lanes = self;
        compiled!(isa, [T: Copy + Into<f64>] add_rows(lanes: &mut Lanes, rows: &[&[T]]) -> ());
    }

    /// Whether nothing was rounded off in the first `count` lanes.
    pub(crate) fn are_exact(&self, isa: Isa, count: usize) -> bool {
        let lanes = self;
        compiled!(isa, [] exact(lanes: &Lanes, count: usize) -> bool)
    }

    /// Whether one of the first `count` lanes has seen -0.0, if all are exact.
    pub(crate) fn have_negative_zeros(&self, count: usize) -> bool {
        self.missed[..count]
            .iter()
            .fold(0, |any, missed| any | missed)
            != 0
    }

    /// Whether a lane has seen -0.0.
    pub(crate) fn has_negative_zeros(&self, lane: usize) -> bool {
        self.missed[lane] != 0
    }

    /// A lane's total, in units of 2^[`PrefixLevels::unit`].
    pub(crate) fn total(&self, lane: usize) -> i128 {
        let bits = [self.first[lane], self.second[lane]].map(f64::to_bits);
        self.levels.integer(bits)
    }

    /// The quotients of the first lanes' totals and of as many counts, at most
    /// [`PREFIX_STEPS`](crate::simd::PREFIX_STEPS), each rounded: +0.0 if the total is zero,
    /// and NaN if the count is. Whether there are such.
    pub(crate) fn means(&self, isa: Isa, counts: &[f64], results: &mut [f64]) -> bool {
        let lanes = self;
        if !isa.has_product_kernels() || lanes.levels.unit < LEAST_UNIT {
            return false;
        }
        compiled!(isa, [] divide(lanes: &Lanes, counts: &[f64], results: &mut [f64]) -> ());
        true
    }

    /// The totals of the first lanes, each rounded; that of nothing but zeros is +0.0.
    pub(crate) fn rounded(&self, isa: Isa, results: &mut [f64]) {
        let lanes = self;
        compiled!(isa, [] round(lanes: &Lanes, results: &mut [f64]) -> ());
    }
}

#[inline(always)]
fn add_rows<T: Copy + Into<f64>>(lanes: &mut Lanes, rows: &[&[T]]) {
    let (stripes, rest) = rows.as_chunks::<STRIPE>();
    for stripe in stripes {
        add_stripe(lanes, stripe);
    }
    match *rest {
        [a, b, c] => add_stripe(lanes, &[a, b, c]),
        [a, b] => add_stripe(lanes, &[a, b]),
        [a] => add_stripe(lanes, &[a]),
        _ => {}
    }
}

#[inline(always)]
fn add_stripe<T: Copy + Into<f64>, const ROWS: usize>(lanes: &mut Lanes, rows: &[&[T]; ROWS]) {
    let count = rows[0].len().min(LANES);
    let rows = rows.map(|row| &row[..count]);
    let first = &mut lanes.first[..count];
    let second = &mut lanes.second[..count];
    let largest = &mut lanes.largest[..count];
    let missed = &mut lanes.missed[..count];
    for lane in 0..count {
        let (mut upper, mut lower) = (first[lane], second[lane]);
        let (mut most, mut differs) = (largest[lane], missed[lane]);
        for row in rows {
            let value: f64 = row[lane].into();
            let size = value.abs();
            // NaN is not found here, but in the total.
            most = if size > most { size } else { most };
            let next = upper + value;
            let rest = value - (next - upper);
            upper = next;
            let next = lower + rest;
            differs |= rest.to_bits() ^ (next - lower).to_bits();
            lower = next;
        }
        (first[lane], second[lane]) = (upper, lower);
        (largest[lane], missed[lane]) = (most, differs);
    }
}

#[inline(always)]
fn exact(lanes: &Lanes, count: usize) -> bool {
    let bound = lanes.levels.largest_value().to_bits();
    let bias = lanes.levels.biases[0];
    let (mut outside, mut missed) = (0, 0);
    for first in &lanes.first[..count] {
        outside |= first.to_bits() ^ bias;
    }
    for lane in &lanes.missed[..count] {
        missed |= lane << 1;
    }
    // No NaN is among these, and of sizes the bits are in the same order.
    let mut most = 0;
    for largest in &lanes.largest[..count] {
        most = largest.to_bits().max(most);
    }
    outside >> 52 == 0 && missed == 0 && most <= bound
}

#[inline(always)]
fn round(lanes: &Lanes, results: &mut [f64]) {
    let biases = lanes.levels.biases.map(f64::from_bits);
    let totals = lanes.first.iter().zip(&lanes.second);
    for (result, (first, second)) in results.iter_mut().zip(totals) {
        // Both differences are exact.
        *result = (first - biases[0]) + (second - biases[1]);
    }
}

/// The error of a sum, which is a double. (TwoSum: D. E. Knuth, The Art of Computer
/// Programming, volume 2.)
#[inline(always)]
fn lost(x: f64, y: f64, sum: f64) -> f64 {
    let part = sum - x;
    (x - (sum - part)) + (y - part)
}

/// Each total is two doubles, the nearest one and its rest, and the quotient of the nearest
/// one and the count leaves a rest that is a double too. What both rests add to the quotient
/// is far better known than the quotient can be close to the middle of two doubles: lemma 31
/// of `docs/exactness.md`.
#[inline(always)]
fn divide(lanes: &Lanes, counts: &[f64], results: &mut [f64]) {
    let biases = lanes.levels.biases.map(f64::from_bits);
    let totals = lanes.first.iter().zip(&lanes.second);
    for ((result, &count), (first, second)) in results.iter_mut().zip(counts).zip(totals) {
        // Both differences are exact.
        let (upper, lower) = (first - biases[0], second - biases[1]);
        let sum = upper + lower;
        let rest = lost(upper, lower, sum);
        let quotient = sum / count;
        let left = (-quotient).mul_add(count, sum);
        let more = (left + rest) / count;
        *result = quotient + more;
    }
}
