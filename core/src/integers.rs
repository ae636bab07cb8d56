//! Plain exact sums of integers.

use crate::simd::{BLOCK_I32, BLOCK_I64, Isa, sum_block_i32, sum_block_i64, sum_block_u64};

/// The exact sum of `values`.
pub fn sum_i32(values: &[i32]) -> i128 {
    sum_i32_on(Isa::best(), values)
}

/// The exact sum of `values`.
pub fn sum_i64(values: &[i64]) -> i128 {
    sum_i64_on(Isa::best(), values)
}

/// The exact sum of `values`.
pub fn sum_u64(values: &[u64]) -> u128 {
    sum_u64_on(Isa::best(), values)
}

/// [`sum_i32`] with the given instruction set.
#[doc(hidden)]
pub fn sum_i32_on(isa: Isa, values: &[i32]) -> i128 {
    let blocks = values.chunks(BLOCK_I32);
    blocks
        .map(|block| i128::from(sum_block_i32(isa, block)))
        .sum()
}

/// [`sum_i64`] with the given instruction set.
#[doc(hidden)]
pub fn sum_i64_on(isa: Isa, values: &[i64]) -> i128 {
    let blocks = values.chunks(BLOCK_I64);
    blocks.map(|block| sum_block_i64(isa, block)).sum()
}

/// [`sum_u64`] with the given instruction set.
#[doc(hidden)]
pub fn sum_u64_on(isa: Isa, values: &[u64]) -> u128 {
    let blocks = values.chunks(BLOCK_I64);
    blocks.map(|block| sum_block_u64(isa, block)).sum()
}
