//! Sums of products, such as price times quantity.

use std::fmt;

use crate::decimal::doubles::{Shortest, short_digits};
use crate::decimal::limbs::{FRACTION_DIGITS, INTEGER_DIGITS};
use crate::decimal::run::Run;
use crate::decimal::{Counter, Decimal};
use crate::float::Special;

/// A product that has nonzero digits outside the range of a decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProductOutOfRange {
    /// The index of the pair.
    pub index: usize,
}

impl fmt::Display for ProductOutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "product {} has more than {INTEGER_DIGITS} digits before the point or \
             {FRACTION_DIGITS} after it",
            self.index
        )
    }
}

impl std::error::Error for ProductOutOfRange {}

impl Decimal {
    /// Adds each of `x` times the corresponding element of `y`, times 10^-`scale`,
    /// where `scale` is the sum of the scales of both. A `scale` above 342 counts as
    /// 342.
    ///
    /// ```
    /// let mut total = tally_core::Decimal::new();
    /// // 3.5 times 19.99, and 1 time 0.05.
    /// total.add_products(&[1999, 5], &[35, 10], 2 + 1);
    /// assert_eq!(total.text(tally_core::Digits::AsWritten).unwrap().as_str(), "70.015");
    /// ```
    ///
    /// # Panics
    /// If the slices have different lengths.
    pub fn add_products(&mut self, x: &[i64], y: &[i64], scale: u16) {
        self.add_integers::<false>(products(x, y), x.len() as i128, scale);
    }

    /// Subtracts the products: the inverse of [`Decimal::add_products`], except for the
    /// scale.
    ///
    /// # Panics
    /// If the slices have different lengths.
    pub fn subtract_products(&mut self, x: &[i64], y: &[i64], scale: u16) {
        self.add_integers::<true>(products(x, y), x.len() as i128, scale);
    }

    /// Adds each of `x` times the corresponding element of `y`, both as the shortest
    /// decimals that read back as the same doubles. A product counts as written with as
    /// many digits after the point as both have together. NaN and infinities are
    /// counted; an infinity times zero is NaN.
    ///
    /// # Errors
    /// [`ProductOutOfRange`] of the first product that is; then nothing is changed.
    ///
    /// # Panics
    /// If the slices have different lengths.
    pub fn add_products_f64(&mut self, x: &[f64], y: &[f64]) -> Result<(), ProductOutOfRange> {
        self.add_double_products::<false>(x, y)
    }

    /// Subtracts the products: the inverse of [`Decimal::add_products_f64`], except for
    /// the scale.
    ///
    /// # Errors
    /// Those of [`Decimal::add_products_f64`].
    ///
    /// # Panics
    /// If the slices have different lengths.
    pub fn subtract_products_f64(&mut self, x: &[f64], y: &[f64]) -> Result<(), ProductOutOfRange> {
        self.add_double_products::<true>(x, y)
    }

    fn add_double_products<const SUBTRACT: bool>(
        &mut self,
        x: &[f64],
        y: &[f64],
    ) -> Result<(), ProductOutOfRange> {
        assert_eq!(x.len(), y.len(), "products of slices of different lengths");
        let mut total = self.clone();
        let (mut x_places, mut y_places) = (0, 0);
        let mut run = Run::default();
        for (index, (x, y)) in x.iter().zip(y).enumerate() {
            let (x, y) = (x.to_bits(), y.to_bits());
            let short = (short_digits(x, x_places), short_digits(y, y_places));
            let places = (x_places + y_places) as u16;
            if let (Some(x), Some(y)) = short {
                let product = i128::from(x) * i128::from(y);
                total.run_on::<SUBTRACT>(&mut run, product, places);
                // The places come from different pairs, perhaps.
                if places > total.scale {
                    let written = written_places(x, x_places) + written_places(y, y_places);
                    total.scale = total.scale.max(written);
                }
                continue;
            }
            total.end::<SUBTRACT>(&mut run, places);
            let (x, y) = (Shortest::of(x), Shortest::of(y));
            let is_in_range = match product(x, y) {
                Ok(product) => total.add_product::<SUBTRACT>(product),
                Err(special) => {
                    total.step::<SUBTRACT>(special.into(), 1);
                    true
                }
            };
            if !is_in_range {
                return Err(ProductOutOfRange { index });
            }
            // Those of the factor that was not found at its places.
            let next = |factor: Result<Shortest, Special>| factor.ok()?.short_places();
            if short.0.is_none() {
                x_places = next(x).unwrap_or(x_places);
            }
            if short.1.is_none() {
                y_places = next(y).unwrap_or(y_places);
            }
        }
        total.end::<SUBTRACT>(&mut run, (x_places + y_places) as u16);
        total.step::<SUBTRACT>(Counter::Values, x.len() as i128);
        *self = total;
        Ok(())
    }

    /// Adds a product, apart from its count as a value; returns whether it is in range.
    fn add_product<const SUBTRACT: bool>(&mut self, product: Product) -> bool {
        let Some((digits, position)) = product.in_range() else {
            return false;
        };
        self.overflowed |= self.limbs.add_i128::<SUBTRACT>(digits, position);
        self.scale = self.scale.max(product.places.min(FRACTION_DIGITS));
        true
    }
}

fn products(x: &[i64], y: &[i64]) -> impl Iterator<Item = i128> {
    assert_eq!(x.len(), y.len(), "products of slices of different lengths");
    x.iter()
        .zip(y)
        .map(|(&x, &y)| i128::from(x) * i128::from(y))
}

/// The digits after the point of `digits`·10^-`places`, without zeros at the end.
fn written_places(mut digits: i64, mut places: usize) -> u16 {
    while places > 0 && digits % 10 == 0 {
        digits /= 10;
        places -= 1;
    }
    places as u16
}

/// A product of two doubles as decimals: `digits`·10^`exponent`.
struct Product {
    /// Below 10^34 in size.
    digits: i128,
    exponent: i32,
    /// The digits after the point of both factors.
    places: u16,
}

fn product(x: Result<Shortest, Special>, y: Result<Shortest, Special>) -> Result<Product, Special> {
    match (x, y) {
        (Ok(x), Ok(y)) => Ok(Product {
            digits: i128::from(x.digits) * i128::from(y.digits),
            exponent: x.exponent + y.exponent,
            places: x.places() + y.places(),
        }),
        (Err(Special::Nan), _) | (_, Err(Special::Nan)) => Err(Special::Nan),
        (x, y) => Err(match sign(x) * sign(y) {
            0 => Special::Nan,
            1 => Special::PositiveInfinity,
            _ => Special::NegativeInfinity,
        }),
    }
}

/// -1, 0 or 1, of what is not NaN.
fn sign(factor: Result<Shortest, Special>) -> i64 {
    match factor {
        Ok(shortest) => shortest.digits.signum(),
        Err(Special::NegativeInfinity) => -1,
        Err(_) => 1,
    }
}

impl Product {
    /// The digits, and the place of the last one in units of 10^-342; `None` if there is
    /// no room for them.
    fn in_range(&self) -> Option<(i128, usize)> {
        let (mut digits, mut exponent) = (self.digits, self.exponent);
        if digits == 0 {
            return Some((0, 0));
        }
        while exponent < -i32::from(FRACTION_DIGITS) && digits % 10 == 0 {
            digits /= 10;
            exponent += 1;
        }
        let position = usize::try_from(exponent + i32::from(FRACTION_DIGITS)).ok()?;
        let highest = exponent + digits.unsigned_abs().ilog10() as i32;
        (highest < i32::from(INTEGER_DIGITS)).then_some((digits, position))
    }
}
