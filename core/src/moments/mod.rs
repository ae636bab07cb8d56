//! Moments: the exact sum of values and of their squares.

pub(crate) mod pairs;
mod state;
pub(crate) mod value;

use crate::layout::ONE_OF_PRODUCTS;
use crate::simd::Isa;
use crate::sum::{Accumulator, Counter, ProductAccumulator};

/// Values that are added before their squares are, while they are in the cache.
const CHUNK: usize = 1 << 14;

/// Sums of values and of their squares, as they are held within one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moments {
    pub(crate) sum: Accumulator,
    /// Its counters follow from those of the sum.
    pub(crate) squares: ProductAccumulator,
}

impl Default for Moments {
    fn default() -> Self {
        Self::new()
    }
}

impl Moments {
    /// Moments of nothing.
    pub const fn new() -> Self {
        Moments {
            sum: Accumulator::new(),
            squares: ProductAccumulator::new(),
        }
    }

    /// Adds each of `values`.
    pub fn add_f64(&mut self, values: &[f64]) {
        self.add_f64_on(Isa::best(), values);
    }

    /// [`Moments::add_f64`] with the given instruction set.
    #[doc(hidden)]
    pub fn add_f64_on(&mut self, isa: Isa, values: &[f64]) {
        for chunk in values.chunks(CHUNK) {
            self.sum.add_f64_on(isa, chunk);
            self.squares.add_f64_on(isa, chunk, chunk);
        }
    }

    /// Takes out each of `values`: undoes [`Moments::add_f64`] exactly.
    pub fn subtract_f64(&mut self, values: &[f64]) {
        for chunk in values.chunks(CHUNK) {
            self.sum.subtract_f64(chunk);
            self.squares.subtract_f64(chunk, chunk);
        }
    }

    /// Adds one value.
    pub fn add_one_f64(&mut self, value: f64) {
        self.sum.add_one_f64(value);
        self.squares.add_one_f64(value, value);
    }

    /// Takes out one value: undoes [`Moments::add_one_f64`] exactly.
    pub fn subtract_one_f64(&mut self, value: f64) {
        self.sum.subtract_one_f64(value);
        self.squares.subtract_one_f64(value, value);
    }

    /// Adds each of `values`.
    pub fn add_f32(&mut self, values: &[f32]) {
        for_each_converted(values, widen_f32, |values| self.add_f64(values));
    }

    /// Takes out each of `values`: undoes [`Moments::add_f32`] exactly.
    pub fn subtract_f32(&mut self, values: &[f32]) {
        for_each_converted(values, widen_f32, |values| self.subtract_f64(values));
    }

    /// Adds each of `values`.
    pub fn add_i32(&mut self, values: &[i32]) {
        for_each_converted(values, widen_i32, |values| self.add_i64(values));
    }

    /// Takes out each of `values`: undoes [`Moments::add_i32`] exactly.
    pub fn subtract_i32(&mut self, values: &[i32]) {
        for_each_converted(values, widen_i32, |values| self.subtract_i64(values));
    }

    /// Adds each of `values`.
    pub fn add_i64(&mut self, values: &[i64]) {
        self.sum.add_i64(values);
        self.add_squares::<false>(values.iter().map(|value| value.unsigned_abs()));
    }

    /// Takes out each of `values`: undoes [`Moments::add_i64`] exactly.
    pub fn subtract_i64(&mut self, values: &[i64]) {
        self.sum.subtract_i64(values);
        self.add_squares::<true>(values.iter().map(|value| value.unsigned_abs()));
    }

    /// Adds each of `values`.
    pub fn add_u64(&mut self, values: &[u64]) {
        self.sum.add_u64(values);
        self.add_squares::<false>(values.iter().copied());
    }

    /// Takes out each of `values`: undoes [`Moments::add_u64`] exactly.
    pub fn subtract_u64(&mut self, values: &[u64]) {
        self.sum.subtract_u64(values);
        self.add_squares::<true>(values.iter().copied());
    }

    /// Adds all that `from` holds.
    pub fn merge(&mut self, from: &Moments) {
        self.sum.merge(&from.sum);
        self.squares.merge(&from.squares);
    }

    /// Takes out all that `from` holds: undoes [`Moments::merge`] exactly.
    pub fn unmerge(&mut self, from: &Moments) {
        self.sum.unmerge(&from.sum);
        self.squares.unmerge(&from.squares);
    }

    /// How many values are held; see [`ExactSum::count`](crate::ExactSum::count).
    pub fn count(&self) -> i64 {
        self.sum.count()
    }

    fn add_squares<const SUBTRACT: bool>(&mut self, sizes: impl ExactSizeIterator<Item = u64>) {
        let squares = &mut self.squares;
        squares.step::<SUBTRACT>(Counter::Values, sizes.len() as i128);
        for size in sizes {
            let square = u128::from(size) * u128::from(size);
            // A square may have all of 128 bits.
            for (half, position) in [(square as u64, 0), ((square >> 64) as u64, 64)] {
                let half = i128::from(half);
                let half = if SUBTRACT { -half } else { half };
                squares.add_integer(half, ONE_OF_PRODUCTS + position);
            }
        }
    }
}

/// Hands out values as those of a wider type that holds each exactly.
fn for_each_converted<T, W: Copy + Default>(
    values: &[T],
    widen: impl Fn(&[T], &mut [W]),
    mut take: impl FnMut(&[W]),
) {
    const BLOCK: usize = 512;
    let mut block = [W::default(); BLOCK];
    for values in values.chunks(BLOCK) {
        let wide = &mut block[..values.len()];
        widen(values, wide);
        take(wide);
    }
}

fn widen_f32(values: &[f32], wide: &mut [f64]) {
    Isa::best().widen(values, wide);
}

fn widen_i32(values: &[i32], wide: &mut [i64]) {
    for (wide, &value) in wide.iter_mut().zip(values) {
        *wide = value.into();
    }
}
