//! The accumulator of products.
//!
//! A product of two doubles is a whole multiple of 2^-2148, twice as deep as a
//! double, and has 106 bits. It is added as an integer; or, where a vector kernel
//! can take it apart into two doubles without a rounding, as those.

use super::accumulator::Accumulator;
use super::float::{Binary, ONE};
use super::kernels::{Engine, PAIRS, Parts, with_default_environment};
use super::sum::{Counter, ExactSum};
use super::windowed::Adder;

/// Limbs of a product accumulator at rest: 2^2048, the largest product, 2^63 times.
pub(super) const PRODUCT_LIMBS: usize = 67;

/// The position of 1 in units of 2^-2148.
pub(super) const ONE_OF_PRODUCTS: usize = 2 * ONE;

/// The exact total of products of two doubles: an integer in units of 2^-2148.
pub type ProductAccumulator = ExactSum<{ PRODUCT_LIMBS + 1 }, ONE_OF_PRODUCTS>;

/// Slices from this length on go through a vector kernel, if there is one.
const KERNEL_FROM: usize = 32;

impl ProductAccumulator {
    /// Adds each product of an element of `x` and the one of `y` in its place. Both
    /// have the same length.
    pub fn add_f64(&mut self, x: &[f64], y: &[f64]) {
        self.add_f64_on(Engine::best(), x, y);
    }

    /// [`ProductAccumulator::add_f64`] on a given engine.
    pub fn add_f64_on(&mut self, engine: Engine, x: &[f64], y: &[f64]) {
        self.add_products::<false>(engine, x, y);
    }

    /// Takes out each product: undoes [`ProductAccumulator::add_f64`] exactly.
    pub fn subtract_f64(&mut self, x: &[f64], y: &[f64]) {
        self.add_products::<true>(Engine::best(), x, y);
    }

    /// Adds one product.
    pub fn add_one_f64(&mut self, x: f64, y: f64) {
        self.add_one_by_one::<false>(&[x], &[y]);
    }

    /// Takes out one product: undoes [`ProductAccumulator::add_one_f64`] exactly.
    pub fn subtract_one_f64(&mut self, x: f64, y: f64) {
        self.add_one_by_one::<true>(&[x], &[y]);
    }

    fn add_products<const SUBTRACT: bool>(&mut self, engine: Engine, x: &[f64], y: &[f64]) {
        debug_assert_eq!(x.len(), y.len());
        if !engine.has_kernels() || x.len() < KERNEL_FROM {
            self.add_one_by_one::<SUBTRACT>(x, y);
            return;
        }
        with_default_environment(|| {
            let mut adder = ProductAdder::<SUBTRACT>::new(engine, self);
            for (x, y) in x.chunks(PAIRS).zip(y.chunks(PAIRS)) {
                adder.add(x, y);
            }
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
pub(super) struct ProductAdder<'a, const SUBTRACT: bool> {
    engine: Engine,
    into: &'a mut ProductAccumulator,
    parts: Parts,
    rounded: Adder<Accumulator, SUBTRACT>,
    rests: Adder<Accumulator, SUBTRACT>,
}

impl<'a, const SUBTRACT: bool> ProductAdder<'a, SUBTRACT> {
    pub(super) fn new(engine: Engine, into: &'a mut ProductAccumulator) -> Self {
        ProductAdder {
            engine,
            into,
            parts: Parts::default(),
            rounded: Adder::new(engine),
            rests: Adder::new(engine),
        }
    }

    /// Adds a block of at most [`PAIRS`] products.
    pub(super) fn add(&mut self, x: &[f64], y: &[f64]) {
        if !self.engine.take_apart(x, y, &mut self.parts) {
            self.into.add_one_by_one::<SUBTRACT>(x, y);
            return;
        }
        let (rounded, rests) = self.parts.of(x.len());
        if !self.rounded.add_if_narrow(rounded) {
            self.into.add_one_by_one::<SUBTRACT>(x, y);
            return;
        }
        if !self.rests.add_if_narrow(rests) {
            self.rests.add_one_by_one(rests);
        }
    }

    /// Moves the sums into the accumulator.
    pub(super) fn finish(self) {
        let rounded = self.rounded.finish();
        let rests = self.rests.finish();
        // A product counts once. Its rest is never -0.0, so that has no counters.
        self.into.merge_counters::<false>(&rounded.counters);
        for part in [rounded, rests] {
            let lost = self.into.limbs.add_shifted(&part.limbs, ONE);
            self.into.lost |= lost | part.lost;
        }
    }
}
