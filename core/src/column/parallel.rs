//! Sums of long columns on several threads at once.

use std::ops::Range;

use crate::column::read::Pairs;
use crate::column::view::Column;
use crate::error::ValueError;
use crate::float::{BINARY64, with_sign};
use crate::parallel::{
    Split, accumulate_parallel, can_be_estimated, dot_f64_parallel, estimate_all, sum_f64_parallel,
};
use crate::rounded::products::{bounded_from, sampled_exponent_bound};
use crate::rounded::sum::Estimate;
use crate::simd::Isa;
use crate::sum::{Accumulator, ProductAccumulator};
use crate::workers::Workers;

/// Below all units of products.
const LOWEST_UNIT: i32 = -5000;

impl Column<'_> {
    /// [`Column::sum`] on several threads.
    ///
    /// # Errors
    /// Those of [`Column::sum`].
    pub fn sum_parallel(&self, workers: &impl Workers) -> Result<f64, ValueError> {
        if let Some(values) = self.plain_f64() {
            return sum_f64_parallel(workers, values);
        }
        match self.split(workers) {
            None => self.sum(),
            Some(_) => self.total_parallel(workers).value_f64(),
        }
    }

    /// [`Column::sum_i64`] on several threads.
    ///
    /// # Errors
    /// Those of [`Column::sum_i64`].
    pub fn sum_i64_parallel(&self, workers: &impl Workers) -> Result<i64, ValueError> {
        match self.split(workers) {
            Some(_) if self.values.are_integers() => self.total_parallel(workers).value_i64(),
            _ => self.sum_i64(),
        }
    }

    /// [`Column::dot`] on several threads.
    ///
    /// # Errors
    /// Those of [`Column::dot`].
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn dot_parallel(
        &self,
        workers: &impl Workers,
        other: &Column<'_>,
    ) -> Result<f64, ValueError> {
        let pairs = Pairs::new(*self, *other);
        if let (Some(x), Some(y)) = (self.plain_f64(), other.plain_f64()) {
            return dot_f64_parallel(workers, x, y);
        }
        let Some(split) = self.split(workers).filter(|_| pairs.repeated().is_none()) else {
            return self.dot(other);
        };
        let isa = Isa::best();
        if isa.has_product_kernels() && can_be_estimated(self.rows) {
            let estimate = |piece, bound: &mut i32| estimate(isa, &pairs.part(piece), bound);
            let bound = first_bound(isa, &pairs);
            let found = estimate_all(workers, split, self.rows, bound, estimate);
            if let Some((negative, bits)) = found.and_then(|found| found.round(isa, &BINARY64)) {
                return Ok(with_sign(bits, negative));
            }
        }
        let add = |total: &mut ProductAccumulator, piece| {
            let [x, y] = pairs.part(piece).both();
            total.add_columns(&x, &y);
        };
        accumulate_parallel(workers, self.rows, add).value_f64()
    }

    /// How the rows are shared out, if that pays.
    fn split(&self, workers: &impl Workers) -> Option<Split> {
        Split::that_pays(workers, self.rows).filter(|_| !self.is_repeated())
    }

    fn total_parallel(&self, workers: &impl Workers) -> Accumulator {
        let add = |total: &mut Accumulator, piece: Range<usize>| {
            total.add_column(&self.part(piece));
        };
        accumulate_parallel(workers, self.rows, add)
    }
}

/// The sum of products of a piece, if they are doubles.
fn estimate(isa: Isa, pairs: &Pairs<'_>, bound: &mut i32) -> Option<Estimate> {
    let mut sum = Estimate::of_nothing(LOWEST_UNIT);
    pairs.try_for_each(isa, [0.0; 2], |block| {
        sum = sum.plus(bounded_from(isa, block.x?, block.y?, bound)?);
        Some(())
    })?;
    Some(sum)
}

/// A power of two that is likely above all products.
fn first_bound(isa: Isa, pairs: &Pairs<'_>) -> i32 {
    let mut bound = 0;
    // Ended by the first block that there is.
    let _ = pairs.first(1 << 10).try_for_each(isa, [0.0; 2], |block| {
        bound = sampled_exponent_bound(block.x?, block.y?);
        None
    });
    bound
}
