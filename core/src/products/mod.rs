//! The accumulator of products.
//!
//! A product of two doubles is a whole multiple of 2^-2148 and has up to 106 bits. A
//! vector kernel, if there is one, splits products into two doubles without rounding,
//! block by block; `wide` handles the products that it cannot.

pub(crate) mod slices;
mod state;
mod value;
mod wide;

use crate::float::Binary;
use crate::products::slices::{Sums, Terms};
use crate::simd::{Exponents, Isa, ProductSums, ProductWindow, Zeros, with_default_environment};
use crate::sum::{Counter, ProductAccumulator};

/// Slices from this length on go through a vector kernel, if there is one.
const KERNEL_FROM: usize = 16;

impl ProductAccumulator {
    /// Adds each product of an element of `x` and the corresponding element of `y`.
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

    /// Subtracts each product: the exact inverse of [`ProductAccumulator::add_f64`].
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn subtract_f64(&mut self, x: &[f64], y: &[f64]) {
        self.add_products::<true>(Isa::best(), x, y);
    }

    /// Adds one product.
    pub fn add_one_f64(&mut self, x: f64, y: f64) {
        self.step::<false>(Counter::Values, 1);
        self.add_product::<false>(x, y);
    }

    /// Subtracts one product: the exact inverse of [`ProductAccumulator::add_one_f64`].
    pub fn subtract_one_f64(&mut self, x: f64, y: f64) {
        self.step::<true>(Counter::Values, 1);
        self.add_product::<true>(x, y);
    }

    pub(crate) fn add_products<const SUBTRACT: bool>(&mut self, isa: Isa, x: &[f64], y: &[f64]) {
        assert_eq!(x.len(), y.len(), "x and y differ in length");
        if x.len() < KERNEL_FROM {
            self.add_one_by_one::<SUBTRACT>(x, y);
            return;
        }
        if !isa.has_product_kernels() {
            self.add_any::<SUBTRACT>(isa, x, y);
            return;
        }
        with_default_environment(|| slices::add::<Pairs, SUBTRACT>(isa, self, Pairs { x, y }));
    }

    fn add_one_by_one<const SUBTRACT: bool>(&mut self, x: &[f64], y: &[f64]) {
        self.step::<SUBTRACT>(Counter::Values, x.len() as i128);
        for (&x, &y) in x.iter().zip(y) {
            self.add_product::<SUBTRACT>(x, y);
        }
    }

    /// Adds the kernel's sums.
    pub(crate) fn add_sums<const SUBTRACT: bool>(&mut self, sums: &Sums) {
        let parts = [
            (sums.window.products(), sums.products),
            (sums.window.rests(), sums.negative_rests.map(|sum| -sum)),
        ];
        for (window, sums) in parts {
            self.add_levels::<SUBTRACT>(window, sums);
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
        let position = f64::position(x_exponent) + f64::position(y_exponent);
        self.add_integer(product, position);
    }
}

/// The bits of a product of which one factor is NaN or an infinity, by integers
/// alone: no flag is raised.
#[cold]
pub(crate) fn special_product(x: u64, y: u64) -> u64 {
    let infinity = f64::INFINITY.to_bits();
    let size = |bits: u64| bits & !f64::SIGN;
    let nan = size(x) > infinity || size(y) > infinity;
    if nan || size(x) == 0 || size(y) == 0 {
        return super::float::CANONICAL_NAN;
    }
    infinity | (x ^ y) & f64::SIGN
}

/// Pairs whose products are added up.
#[derive(Clone, Copy)]
struct Pairs<'a> {
    x: &'a [f64],
    y: &'a [f64],
}

impl Terms for Pairs<'_> {
    type Total = ProductAccumulator;

    fn len(self) -> usize {
        self.x.len()
    }

    fn split_at(self, count: usize) -> (Self, Self) {
        let (x, y) = (self.x.split_at(count), self.y.split_at(count));
        (Pairs { x: x.0, y: y.0 }, Pairs { x: x.1, y: y.1 })
    }

    fn sums(self, isa: Isa, depth: usize, window: ProductWindow) -> ProductSums {
        isa.exact_products(depth, self.x, self.y, window)
    }

    fn are_wide(self) -> bool {
        slices::binades_of(self.x) + slices::binades_of(self.y) > 2 * ProductWindow::MAX_BINADES
    }

    fn look(self, isa: Isa) -> (Exponents, Zeros) {
        isa.look_at_products(self.x, self.y)
    }

    fn add_any<const SUBTRACT: bool>(self, isa: Isa, into: &mut ProductAccumulator) {
        into.add_any::<SUBTRACT>(isa, self.x, self.y);
    }

    fn add_sums<const SUBTRACT: bool>(sums: &Sums, into: &mut ProductAccumulator) {
        into.add_sums::<SUBTRACT>(sums);
    }

    fn count<const SUBTRACT: bool>(count: usize, zeros: Zeros, into: &mut ProductAccumulator) {
        into.step::<SUBTRACT>(Counter::Values, count as i128);
        into.step::<SUBTRACT>(Counter::NegativeZeros, zeros.negative_products.into());
    }
}
