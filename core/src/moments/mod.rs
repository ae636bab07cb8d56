//! Moments: the exact sum of values and of their squares.

pub(crate) mod exact;
pub(crate) mod fit;
pub(crate) mod pairs;
mod state;
pub(crate) mod value;
mod values;

use crate::layout::ONE_OF_PRODUCTS;
use crate::simd::Isa;
use crate::sum::{Accumulator, Counter, ProductAccumulator};

/// Exact sums of values and of their squares.
///
/// There is no skewness or kurtosis. These need sums of cubes, which are multiples of
/// 2^-3222 up to 2^3072, and of fourth powers, from 2^-4296 to 2^4096. With the sign
/// and the range of the count they take 6358 and 8456 bits, or 100 and 133 words, for a
/// state of 340 words instead of 107. Each would also need its own kernel, for exact
/// products of three and of four doubles.
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
    /// Moments of no values.
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
        self.add_f64s::<false>(isa, values);
    }

    /// Subtracts each of `values`: the exact inverse of [`Moments::add_f64`].
    pub fn subtract_f64(&mut self, values: &[f64]) {
        self.add_f64s::<true>(Isa::best(), values);
    }

    /// Adds one value.
    pub fn add_one_f64(&mut self, value: f64) {
        self.sum.add_one_f64(value);
        self.squares.add_one_f64(value, value);
    }

    /// Subtracts one value: the exact inverse of [`Moments::add_one_f64`].
    pub fn subtract_one_f64(&mut self, value: f64) {
        self.sum.subtract_one_f64(value);
        self.squares.subtract_one_f64(value, value);
    }

    /// Adds each of `values`.
    pub fn add_f32(&mut self, values: &[f32]) {
        self.add_f32_on(Isa::best(), values);
    }

    /// [`Moments::add_f32`] with the given instruction set.
    #[doc(hidden)]
    pub fn add_f32_on(&mut self, isa: Isa, values: &[f32]) {
        self.add_f32s::<false>(isa, values);
    }

    /// Subtracts each of `values`: the exact inverse of [`Moments::add_f32`].
    pub fn subtract_f32(&mut self, values: &[f32]) {
        self.add_f32s::<true>(Isa::best(), values);
    }

    /// Adds each of `values`.
    pub fn add_i32(&mut self, values: &[i32]) {
        self.sum.add_i32(values);
        self.add_square_total::<false>(squares_i32(values), values.len());
    }

    /// Subtracts each of `values`: the exact inverse of [`Moments::add_i32`].
    pub fn subtract_i32(&mut self, values: &[i32]) {
        self.sum.subtract_i32(values);
        self.add_square_total::<true>(squares_i32(values), values.len());
    }

    /// Adds each of `values`.
    pub fn add_i64(&mut self, values: &[i64]) {
        self.sum.add_i64(values);
        let sizes = values.iter().map(|value| value.unsigned_abs());
        self.add_square_total::<false>(squares(sizes), values.len());
    }

    /// Subtracts each of `values`: the exact inverse of [`Moments::add_i64`].
    pub fn subtract_i64(&mut self, values: &[i64]) {
        self.sum.subtract_i64(values);
        let sizes = values.iter().map(|value| value.unsigned_abs());
        self.add_square_total::<true>(squares(sizes), values.len());
    }

    /// Adds each of `values`.
    pub fn add_u64(&mut self, values: &[u64]) {
        self.sum.add_u64(values);
        self.add_square_total::<false>(squares(values.iter().copied()), values.len());
    }

    /// Subtracts each of `values`: the exact inverse of [`Moments::add_u64`].
    pub fn subtract_u64(&mut self, values: &[u64]) {
        self.sum.subtract_u64(values);
        self.add_square_total::<true>(squares(values.iter().copied()), values.len());
    }

    /// Adds the contents of `from`.
    pub fn merge(&mut self, from: &Moments) {
        self.sum.merge(&from.sum);
        self.squares.merge(&from.squares);
    }

    /// Subtracts the contents of `from`: the exact inverse of [`Moments::merge`].
    pub fn unmerge(&mut self, from: &Moments) {
        self.sum.unmerge(&from.sum);
        self.squares.unmerge(&from.squares);
    }

    /// The number of values; see [`ExactSum::count`](crate::ExactSum::count).
    pub fn count(&self) -> i64 {
        self.sum.count()
    }

    /// Adds a total of squares of `count` integers.
    fn add_square_total<const SUBTRACT: bool>(&mut self, total: Halves, count: usize) {
        self.squares
            .step::<SUBTRACT>(Counter::Values, count as i128);
        for (half, position) in [(total.low, 0), (total.high, 64)] {
            // Below 2^127: an array has fewer than 2^63 elements.
            let half = half as i128;
            let half = if SUBTRACT { -half } else { half };
            self.squares.add_integer(half, ONE_OF_PRODUCTS + position);
        }
    }
}

/// `high`·2^64 + `low`.
#[derive(Clone, Copy, Default)]
struct Halves {
    low: u128,
    high: u128,
}

/// The sum of squares, their halves of 64 bits added up apart, so that nothing is
/// carried.
fn squares(sizes: impl Iterator<Item = u64>) -> Halves {
    sizes.fold(Halves::default(), |total, size| {
        let square = u128::from(size) * u128::from(size);
        Halves {
            low: total.low + u128::from(square as u64),
            high: total.high + (square >> 64),
        }
    })
}

/// The sum of squares, each of which is at most 2^62.
fn squares_i32(values: &[i32]) -> Halves {
    /// The sum of this many halves of 32 bits fits in 64.
    const BLOCK: usize = 1 << 30;
    let mut low = 0;
    for block in values.chunks(BLOCK) {
        let (mut lower, mut upper) = (0, 0);
        for value in block {
            let size = u64::from(value.unsigned_abs());
            let square = size * size;
            lower += square & u64::from(u32::MAX);
            upper += square >> 32;
        }
        low += (u128::from(upper) << 32) + u128::from(lower);
    }
    Halves { low, high: 0 }
}

/// Hands out values as those of a wider type that holds each exactly.
fn for_each_converted<T, W: Copy + Default>(
    values: &[T],
    widen: impl Fn(&[T], &mut [W]),
    mut take: impl FnMut(&[W]),
) {
    const BLOCK: usize = 1024;
    let mut block = [W::default(); BLOCK];
    for values in values.chunks(BLOCK) {
        let wide = &mut block[..values.len()];
        widen(values, wide);
        take(wide);
    }
}
