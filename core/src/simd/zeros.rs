//! The exponents of products, and the zeros among them: a plain loop, compiled once for
//! each set of instructions.

use crate::float::Binary;
use crate::simd::exponents::Exponents;
use crate::simd::isa::{Isa, compiled};

/// The zeros among the products of a block.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Zeros {
    /// Products that are -0.0.
    pub(crate) negative_products: u64,
    /// Factors of `x` that are -0.0.
    pub(crate) negative_values: u64,
    /// Some products are zeros only because they were rounded.
    pub(crate) rounded: bool,
}

#[inline(always)]
fn look<T: Binary + Into<f64>>(x: &[T], y: &[T]) -> (Exponents, Zeros) {
    let mut zeros = Zeros::default();
    let mut rounded = 0;
    let products = x.iter().zip(y).map(|(&x, &y)| {
        let product: f64 = x.into() * y.into();
        let bits = product.to_bits();
        let of_zero = (x.bits() & !T::SIGN == 0) | (y.bits() & !T::SIGN == 0);
        zeros.negative_products += u64::from(f64::is_negative_zero(bits));
        zeros.negative_values += u64::from(T::is_negative_zero(x.bits()));
        rounded |= u64::from((bits & !f64::SIGN == 0) & !of_zero);
        product
    });
    let exponents = Exponents::of(products);
    zeros.rounded = rounded != 0;
    (exponents, zeros)
}

impl Isa {
    /// The exponent fields among the rounded products, and the zeros.
    ///
    /// To be called as the kernels are.
    pub(crate) fn look_at_products<T: Binary + Into<f64>>(
        self,
        x: &[T],
        y: &[T],
    ) -> (Exponents, Zeros) {
        compiled!(self, [T: Binary + Into<f64>] look(x: &[T], y: &[T]) -> (Exponents, Zeros))
    }
}
