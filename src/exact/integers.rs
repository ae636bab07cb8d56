//! Plain exact sums of integers.

/// Slices of at most this many values keep their partial sums within 64 bits.
const BLOCK: usize = 1 << 30;
const _: () = assert!((BLOCK as u64) <= (i64::MAX as u64) / (u32::MAX as u64));

/// The exact sum of `values`.
pub fn sum_i32(values: &[i32]) -> i128 {
    let block_sum = |block: &[i32]| block.iter().map(|&value| i64::from(value)).sum::<i64>();
    let blocks = values.chunks(BLOCK);
    blocks.map(|block| i128::from(block_sum(block))).sum()
}

/// The exact sum of `values`.
pub fn sum_i64(values: &[i64]) -> i128 {
    // Flipping the sign bit adds 2^63 and leaves an unsigned number.
    let flipped = sum_by_halves(values, |value| value as u64 ^ 1 << 63);
    flipped as i128 - ((values.len() as i128) << 63)
}

/// The exact sum of `values`.
pub fn sum_u64(values: &[u64]) -> u128 {
    sum_by_halves(values, |value| value)
}

/// Sums 64-bit values by halves of 32 bits, which vectorises. A slice is shorter
/// than 2^60, so the total stays below 2^124.
fn sum_by_halves<T: Copy>(values: &[T], unsigned: impl Fn(T) -> u64) -> u128 {
    let mut total = 0;
    for block in values.chunks(BLOCK) {
        let (mut low, mut high) = (0_u64, 0_u64);
        for &value in block {
            let value = unsigned(value);
            low += value & 0xffff_ffff;
            high += value >> 32;
        }
        total += u128::from(low) + (u128::from(high) << 32);
    }
    total
}
