//! The accumulator of numbers: adding and subtracting.

pub(crate) mod bins;
pub(crate) mod few;
pub(crate) mod slices;
mod state;

use crate::float::Binary;
use crate::integers::{sum_i32, sum_i64, sum_u64};
use crate::layout::ONE;
use crate::simd::{Element, Isa};
use crate::sum::{Accumulator, Counter};
use crate::superaccumulator::SmallSuperaccumulator;

/// From here on a small superaccumulator is made for some values.
const SMALL_FROM: usize = 6;

/// Slices from this length on go through a vector kernel, if there is one.
const KERNEL_FROM: usize = 16;

impl Accumulator {
    /// Adds each of `values`.
    pub fn add_f64(&mut self, values: &[f64]) {
        self.add_f64_on(Isa::best(), values);
    }

    /// Adds each of `values`.
    pub fn add_f32(&mut self, values: &[f32]) {
        self.add_f32_on(Isa::best(), values);
    }

    /// [`Accumulator::add_f64`] with the given instruction set.
    #[doc(hidden)]
    pub fn add_f64_on(&mut self, isa: Isa, values: &[f64]) {
        self.add_f64s::<false>(isa, values);
    }

    /// [`Accumulator::add_f32`] with the given instruction set.
    #[doc(hidden)]
    pub fn add_f32_on(&mut self, isa: Isa, values: &[f32]) {
        self.add_f32s::<false>(isa, values);
    }

    /// Adds each of `values`.
    pub fn add_i32(&mut self, values: &[i32]) {
        self.add_integers::<false>(sum_i32(values), values.len());
    }

    /// Adds each of `values`.
    pub fn add_i64(&mut self, values: &[i64]) {
        self.add_integers::<false>(sum_i64(values), values.len());
    }

    /// Adds each of `values`.
    pub fn add_u64(&mut self, values: &[u64]) {
        self.add_integers::<false>(sum_u64(values) as i128, values.len());
    }

    /// Subtracts each of `values`: the exact inverse of [`Accumulator::add_f64`].
    pub fn subtract_f64(&mut self, values: &[f64]) {
        self.add_f64s::<true>(Isa::best(), values);
    }

    /// Subtracts each of `values`: the exact inverse of [`Accumulator::add_f32`].
    pub fn subtract_f32(&mut self, values: &[f32]) {
        self.add_f32s::<true>(Isa::best(), values);
    }

    /// Subtracts each of `values`: the exact inverse of [`Accumulator::add_i32`].
    pub fn subtract_i32(&mut self, values: &[i32]) {
        self.add_integers::<true>(sum_i32(values), values.len());
    }

    /// Subtracts each of `values`: the exact inverse of [`Accumulator::add_i64`].
    pub fn subtract_i64(&mut self, values: &[i64]) {
        self.add_integers::<true>(sum_i64(values), values.len());
    }

    /// Subtracts each of `values`: the exact inverse of [`Accumulator::add_u64`].
    pub fn subtract_u64(&mut self, values: &[u64]) {
        self.add_integers::<true>(sum_u64(values) as i128, values.len());
    }

    pub(crate) fn add_f64s<const SUBTRACT: bool>(&mut self, isa: Isa, values: &[f64]) {
        self.add_floats::<f64, 4096, SUBTRACT>(isa, values);
    }

    pub(crate) fn add_f32s<const SUBTRACT: bool>(&mut self, isa: Isa, values: &[f32]) {
        self.add_floats::<f32, 512, SUBTRACT>(isa, values);
    }

    /// `ENTRIES` is what [`Accumulator::add_any`] says.
    fn add_floats<T: Element, const ENTRIES: usize, const SUBTRACT: bool>(
        &mut self,
        isa: Isa,
        values: &[T],
    ) {
        if values.len() < KERNEL_FROM {
            self.add_few::<T, SUBTRACT>(isa, values);
            return;
        }
        if isa.has_kernels() {
            slices::add::<T, ENTRIES, SUBTRACT>(isa, self, values);
        } else {
            self.add_any::<T, ENTRIES, SUBTRACT>(values);
        }
    }

    /// Adds values of any kind, of which there are few, or that are wide.
    pub(crate) fn add_few<T: Binary, const SUBTRACT: bool>(&mut self, isa: Isa, values: &[T]) {
        if values.len() < SMALL_FROM {
            self.step::<SUBTRACT>(Counter::Values, values.len() as i128);
            for &value in values {
                self.add_float::<T, SUBTRACT>(value, 1);
            }
            return;
        }
        let mut sum = SmallSuperaccumulator::new();
        sum.add_slice(isa, values);
        sum.flush::<SUBTRACT>(self);
    }

    fn add_integers<const SUBTRACT: bool>(&mut self, total: i128, count: usize) {
        self.step::<SUBTRACT>(Counter::Values, count as i128);
        // A slice's total is below 2^124 in size: negating cannot overflow.
        self.add_integer(if SUBTRACT { -total } else { total }, ONE);
    }
}
