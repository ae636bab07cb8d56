//! Floats and their squares, added up in one pass.

use crate::moments::{Moments, for_each_converted};
use crate::products::slices::{self, Sums, Terms};
use crate::simd::{Exponents, Isa, ProductSums, ProductWindow, Zeros, with_default_environment};
use crate::sum::Counter;

/// Slices from this length on go through a vector kernel, if there is one.
const KERNEL_FROM: usize = 8;

/// Values that are added before their squares are, while they are in the cache.
const CHUNK: usize = 1 << 14;

/// Values that are added up with their squares.
#[derive(Clone, Copy)]
struct Values<'a, T>(&'a [T]);

macro_rules! values {
    ($($type:ty: $kernel:ident, $add:ident;)+) => {$(
        impl Terms for Values<'_, $type> {
            type Total = Moments;

            fn len(self) -> usize {
                self.0.len()
            }

            fn split_at(self, count: usize) -> (Self, Self) {
                let (first, others) = self.0.split_at(count);
                (Values(first), Values(others))
            }

            fn sums(self, isa: Isa, depth: usize, window: ProductWindow) -> ProductSums {
                isa.$kernel(depth, self.0, window)
            }

            fn are_wide(self) -> bool {
                2 * slices::binades_of(self.0) > ProductWindow::MAX_BINADES
            }

            fn look(self, isa: Isa) -> (Exponents, Zeros) {
                isa.look_at_products(self.0, self.0)
            }

            fn add_any<const SUBTRACT: bool>(self, isa: Isa, into: &mut Moments) {
                for chunk in self.0.chunks(CHUNK) {
                    into.$add::<SUBTRACT>(isa, chunk);
                }
            }

            fn add_sums<const SUBTRACT: bool>(sums: &Sums, into: &mut Moments) {
                into.sum.add_levels::<SUBTRACT>(sums.window.values(), sums.values);
                into.squares.add_sums::<SUBTRACT>(sums);
            }

            fn count<const SUBTRACT: bool>(count: usize, zeros: Zeros, into: &mut Moments) {
                into.squares.step::<SUBTRACT>(Counter::Values, count as i128);
                into.sum.step::<SUBTRACT>(Counter::Values, count as i128);
                into.sum
                    .step::<SUBTRACT>(Counter::NegativeZeros, zeros.negative_values.into());
            }
        }
    )+};
}

values! {
    f64: exact_squares, add_any_f64;
    f32: exact_squares_f32, add_any_f32;
}

fn add<'a, T, const SUBTRACT: bool>(isa: Isa, into: &mut Moments, values: &'a [T])
where
    Values<'a, T>: Terms<Total = Moments>,
{
    let values = Values(values);
    if isa.has_product_kernels() && values.len() >= KERNEL_FROM {
        with_default_environment(|| slices::add::<_, SUBTRACT>(isa, into, values));
    } else {
        values.add_any::<SUBTRACT>(isa, into);
    }
}

impl Moments {
    pub(super) fn add_f64s<const SUBTRACT: bool>(&mut self, isa: Isa, values: &[f64]) {
        add::<f64, SUBTRACT>(isa, self, values);
    }

    pub(super) fn add_f32s<const SUBTRACT: bool>(&mut self, isa: Isa, values: &[f32]) {
        add::<f32, SUBTRACT>(isa, self, values);
    }

    /// Adds values of any kind.
    fn add_any_f64<const SUBTRACT: bool>(&mut self, isa: Isa, values: &[f64]) {
        self.sum.add_f64s::<SUBTRACT>(isa, values);
        self.squares.add_any::<SUBTRACT>(isa, values, values);
    }

    fn add_any_f32<const SUBTRACT: bool>(&mut self, isa: Isa, values: &[f32]) {
        self.sum.add_f32s::<SUBTRACT>(isa, values);
        for_each_converted(
            values,
            |values, wide| isa.widen(values, wide),
            |wide| self.squares.add_any::<SUBTRACT>(isa, wide, wide),
        );
    }
}
