//! Products that no window of the kernel holds.
//!
//! Where the bits of each are those of two doubles, these are two sums of doubles; else
//! their words go into columns.

use crate::accumulator::bins::Table;
use crate::accumulator::slices::Adder;
use crate::float::Binary;
use crate::layout::ONE;
use crate::simd::{COLUMNS, Columns, Isa, PAIRS, TwoProducts, with_default_environment};
use crate::sum::{Accumulator, Counter, ProductAccumulator};

/// One for each sign and exponent of a double.
const ENTRIES: usize = 4096;

/// The most blocks that go through the table before a kernel is tried again.
const MAX_TABLE_BLOCKS: usize = 64;

/// From here on making columns pays.
const COLUMNS_FROM: usize = 24;

/// From here on taking products apart pays, where it does at all.
const APART_FROM: usize = 512;

impl ProductAccumulator {
    /// Adds products of any kind, and as many.
    pub(crate) fn add_any<const SUBTRACT: bool>(&mut self, isa: Isa, x: &[f64], y: &[f64]) {
        if x.len() < COLUMNS_FROM {
            self.add_one_by_one::<SUBTRACT>(x, y);
        } else if !isa.takes_products_apart() || x.len() < APART_FROM {
            self.add_by_columns::<SUBTRACT>(isa, x, y);
        } else {
            self.add_apart::<SUBTRACT>(isa, x, y);
        }
    }

    /// Kept out of line, so that only what takes this way pays for its stack.
    #[inline(never)]
    fn add_apart<const SUBTRACT: bool>(&mut self, isa: Isa, x: &[f64], y: &[f64]) {
        with_default_environment(|| {
            let mut adder = ProductAdder::<SUBTRACT>::new(isa, self);
            adder.add(x, y);
            adder.finish();
        });
    }

    /// Adds products by their words, whatever they are.
    #[inline(never)]
    fn add_by_columns<const SUBTRACT: bool>(&mut self, isa: Isa, x: &[f64], y: &[f64]) {
        let mut columns = [0; COLUMNS];
        self.fill_columns::<SUBTRACT>(isa, x, y, &mut columns);
        self.add_limb_columns::<SUBTRACT>(columns);
    }

    /// Adds products: their integers to the columns, their counts here.
    fn fill_columns<const SUBTRACT: bool>(
        &mut self,
        isa: Isa,
        x: &[f64],
        y: &[f64],
        columns: &mut Columns,
    ) {
        let apart = isa.fill_columns(x, y, columns);
        self.step::<SUBTRACT>(Counter::Values, x.len() as i128);
        self.step::<SUBTRACT>(Counter::NegativeZeros, apart.negative_zeros.into());
        if apart.specials {
            let is_special = |value: &f64| f64::exponent(value.to_bits()) == f64::SPECIAL;
            for (x, y) in x.iter().zip(y) {
                if is_special(x) || is_special(y) {
                    self.add_product::<SUBTRACT>(*x, *y);
                }
            }
        }
    }

    fn add_limb_columns<const SUBTRACT: bool>(&mut self, mut columns: Columns) {
        if SUBTRACT {
            columns = columns.map(|sum| -sum);
        }
        self.overflowed |= self.limbs.add_columns(&columns);
    }
}

/// Products on their way, taken apart: the rounded products and what the rounding
/// left are two sums of doubles.
struct ProductAdder<'a, const SUBTRACT: bool> {
    isa: Isa,
    into: &'a mut ProductAccumulator,
    parts: TwoProducts,
    /// Of those that cannot be taken apart.
    columns: Columns,
    hi: Adder<Accumulator, SUBTRACT>,
    lo: Adder<Accumulator, SUBTRACT>,
}

impl<'a, const SUBTRACT: bool> ProductAdder<'a, SUBTRACT> {
    fn new(isa: Isa, into: &'a mut ProductAccumulator) -> Self {
        ProductAdder {
            isa,
            into,
            parts: TwoProducts::default(),
            columns: [0; COLUMNS],
            hi: Adder::new(isa),
            lo: Adder::new(isa),
        }
    }

    fn add(&mut self, x: &[f64], y: &[f64]) {
        if let Some((x, y)) = self.add_narrow(x, y) {
            // Filling and emptying the table must pay.
            if x.len() < ENTRIES / 2 {
                self.add_by_columns(x, y);
            } else {
                self.add_wide(x, y);
            }
        }
    }

    /// Adds block by block as long as the kernels hold all bits of the rounded
    /// products; returns what is left from the first block on that they do not
    /// hold.
    fn add_narrow<'v>(&mut self, x: &'v [f64], y: &'v [f64]) -> Option<Pair<'v>> {
        let mut rest = (x, y);
        while !rest.0.is_empty() {
            let (block, after) = split_pair(rest, PAIRS);
            if !self.isa.two_product(block.0, block.1, &mut self.parts) {
                self.add_by_columns(block.0, block.1);
            } else {
                let (hi, lo) = self.parts.of(block.0.len());
                if !self.hi.add_if_narrow(hi) {
                    return Some(rest);
                }
                if !self.lo.add_if_narrow(lo) {
                    self.lo.add_one_by_one(lo);
                }
            }
            rest = after;
        }
        None
    }

    /// Adds by the exponent table, and now and then tries the kernels again.
    ///
    /// Kept out of line, so that only wide data pays for the table's stack.
    #[inline(never)]
    fn add_wide(&mut self, x: &[f64], y: &[f64]) {
        let mut table = Table::<ENTRIES>::new();
        let mut rest = (x, y);
        let mut blocks = 2;
        loop {
            let (run, after) = split_pair(rest, PAIRS * blocks);
            for (x, y) in run.0.chunks(PAIRS).zip(run.1.chunks(PAIRS)) {
                if !self.isa.two_product(x, y, &mut self.parts) {
                    self.add_by_columns(x, y);
                    continue;
                }
                let (hi, lo) = self.parts.of(x.len());
                table.add::<f64, SUBTRACT>(self.isa, hi, self.hi.total());
                table.add::<f64, SUBTRACT>(self.isa, lo, self.lo.total());
            }
            let Some(wide) = self.add_narrow(after.0, after.1) else {
                break;
            };
            // What the kernels took in between starts the waiting anew.
            blocks = if wide.0.len() < after.0.len() {
                2
            } else {
                (blocks * 2).min(MAX_TABLE_BLOCKS)
            };
            rest = wide;
        }
        table.flush::<f64, SUBTRACT>(self.hi.total());
    }

    fn add_by_columns(&mut self, x: &[f64], y: &[f64]) {
        self.into
            .fill_columns::<SUBTRACT>(self.isa, x, y, &mut self.columns);
    }

    /// Moves the sums into the accumulator.
    fn finish(self) {
        self.into.add_limb_columns::<SUBTRACT>(self.columns);
        let hi = self.hi.finish();
        let lo = self.lo.finish();
        // A product counts once. Its rest is never -0.0, so that has no counters.
        self.into.merge_counters::<false>(&hi.counters);
        for part in [hi, lo] {
            let overflowed = self.into.limbs.add_shifted(&part.limbs, ONE);
            self.into.overflowed |= overflowed | part.overflowed;
        }
    }
}

type Pair<'v> = (&'v [f64], &'v [f64]);

/// The first `count` pairs, or all, and the others.
fn split_pair((x, y): Pair<'_>, count: usize) -> (Pair<'_>, Pair<'_>) {
    let count = count.min(x.len());
    let (x, y) = (x.split_at(count), y.split_at(count));
    ((x.0, y.0), (x.1, y.1))
}
