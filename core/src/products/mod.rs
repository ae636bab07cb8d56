//! The accumulator of products.
//!
//! A product of two doubles is a whole multiple of 2^-2148, twice as deep as a
//! double, and has 106 bits. It is added as an integer; or, where a vector kernel
//! can take it apart into two doubles without a rounding, as those.

mod state;
mod value;

use crate::accumulator::bins::Table;
use crate::accumulator::slices::Adder;
use crate::float::Binary;
use crate::layout::ONE;
use crate::simd::{Isa, PAIRS, TwoProducts, with_default_environment};
use crate::sum::{Accumulator, Counter, ProductAccumulator};

/// Slices from this length on go through a vector kernel, if there is one.
const KERNEL_FROM: usize = 32;

/// One for each sign and exponent of a double.
const ENTRIES: usize = 4096;

/// The most blocks that go through the table before a kernel is tried again.
const MAX_TABLE_BLOCKS: usize = 64;

impl ProductAccumulator {
    /// Adds each product of an element of `x` and the one of `y` in its place.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn add_f64(&mut self, x: &[f64], y: &[f64]) {
        self.add_f64_on(Isa::best(), x, y);
    }

    /// [`ProductAccumulator::add_f64`] with the given instruction set.
    #[doc(hidden)]
    pub fn add_f64_on(&mut self, isa: Isa, x: &[f64], y: &[f64]) {
        self.add_products::<false>(isa, x, y);
    }

    /// Takes out each product: undoes [`ProductAccumulator::add_f64`] exactly.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn subtract_f64(&mut self, x: &[f64], y: &[f64]) {
        self.add_products::<true>(Isa::best(), x, y);
    }

    /// Adds one product.
    pub fn add_one_f64(&mut self, x: f64, y: f64) {
        self.add_one_by_one::<false>(&[x], &[y]);
    }

    /// Takes out one product: undoes [`ProductAccumulator::add_one_f64`] exactly.
    pub fn subtract_one_f64(&mut self, x: f64, y: f64) {
        self.add_one_by_one::<true>(&[x], &[y]);
    }

    fn add_products<const SUBTRACT: bool>(&mut self, isa: Isa, x: &[f64], y: &[f64]) {
        assert_eq!(x.len(), y.len(), "x and y differ in length");
        if !isa.has_kernels() || x.len() < KERNEL_FROM {
            self.add_one_by_one::<SUBTRACT>(x, y);
            return;
        }
        with_default_environment(|| {
            let mut adder = ProductAdder::<SUBTRACT>::new(isa, self);
            adder.add(x, y);
            adder.finish();
        });
    }

    fn add_one_by_one<const SUBTRACT: bool>(&mut self, x: &[f64], y: &[f64]) {
        self.step::<SUBTRACT>(Counter::Values, x.len() as i128);
        for (&x, &y) in x.iter().zip(y) {
            self.add_product::<SUBTRACT>(x, y);
        }
    }

    /// Adds one product, apart from its count as a value.
    #[inline(always)]
    fn add_product<const SUBTRACT: bool>(&mut self, x: f64, y: f64) {
        let (x, y) = (x.to_bits(), y.to_bits());
        let (x_exponent, y_exponent) = (f64::exponent(x), f64::exponent(y));
        if x_exponent == f64::SPECIAL || y_exponent == f64::SPECIAL {
            self.count_special::<f64, SUBTRACT>(special_product(x, y), 1);
            return;
        }
        let product = i128::from(f64::significand(x)) * i128::from(f64::significand(y));
        if product == 0 && (x ^ y) >> 63 == 1 {
            self.step::<SUBTRACT>(Counter::NegativeZeros, 1);
        }
        let product = if SUBTRACT { -product } else { product };
        self.add_integer(
            product,
            f64::position(x_exponent) + f64::position(y_exponent),
        );
    }
}

/// The bits of a product of which one factor is NaN or an infinity, by integers
/// alone: no flag is raised.
#[cold]
fn special_product(x: u64, y: u64) -> u64 {
    let infinity = f64::INFINITY.to_bits();
    let size = |bits: u64| bits & !f64::SIGN;
    let nan = size(x) > infinity || size(y) > infinity;
    if nan || size(x) == 0 || size(y) == 0 {
        return super::float::CANONICAL_NAN;
    }
    infinity | (x ^ y) & f64::SIGN
}

/// Products on their way, taken apart: the rounded products and what the rounding
/// left are two sums of doubles.
struct ProductAdder<'a, const SUBTRACT: bool> {
    isa: Isa,
    into: &'a mut ProductAccumulator,
    parts: TwoProducts,
    hi: Adder<Accumulator, SUBTRACT>,
    lo: Adder<Accumulator, SUBTRACT>,
}

impl<'a, const SUBTRACT: bool> ProductAdder<'a, SUBTRACT> {
    fn new(isa: Isa, into: &'a mut ProductAccumulator) -> Self {
        ProductAdder {
            isa,
            into,
            parts: TwoProducts::default(),
            hi: Adder::new(isa),
            lo: Adder::new(isa),
        }
    }

    fn add(&mut self, x: &[f64], y: &[f64]) {
        if let Some((x, y)) = self.add_narrow(x, y) {
            // Filling and emptying the table must pay.
            if x.len() < ENTRIES / 8 {
                self.into.add_one_by_one::<SUBTRACT>(x, y);
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
                self.into.add_one_by_one::<SUBTRACT>(block.0, block.1);
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
                    self.into.add_one_by_one::<SUBTRACT>(x, y);
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

    /// Moves the sums into the accumulator.
    fn finish(self) {
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
