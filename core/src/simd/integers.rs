//! Sums of integers without undetected wrapping.
//!
//! Plain loops over lanes, compiled once for each set of instructions.
//!
//! The lanes' wrapping sums w are right modulo 2^32 (2^64 for 64-bit values).
//! The sums h of the values' upper halves are right in full. What w has beyond
//! h shifted up is the sum of the lower halves, none of which is negative: as
//! long as that sum fits the word, it is known, and with it the true total.

use crate::simd::isa::{Isa, compiled};

/// Values whose halves can be added in one lane without a carry that is lost:
/// 2^15 lower halves below 2^16 stay below 2^31, and so do the upper ones.
const ADDITIONS: usize = 1 << 15;

const LANES_I32: usize = 64;
const LANES_I64: usize = 32;

/// The most values in a block.
pub(crate) const BLOCK_I32: usize = ADDITIONS * LANES_I32;
pub(crate) const BLOCK_I64: usize = ADDITIONS * LANES_I64;

macro_rules! lanes {
    ($block:ident, $generic:ident, $int:ty, $uint:ty, $wide:ty, $lanes:ident, $half:literal) => {
        /// The sum of a block.
        #[inline(always)]
        fn $generic(values: &[$int]) -> $wide {
            let mut wrapping = [0 as $int; $lanes];
            let mut upper = [0 as $int; $lanes];
            let (chunks, rest) = values.as_chunks::<$lanes>();
            for chunk in chunks {
                for lane in 0..$lanes {
                    wrapping[lane] = wrapping[lane].wrapping_add(chunk[lane]);
                    upper[lane] += chunk[lane] >> $half;
                }
            }
            let mut total: $wide = 0;
            for lane in 0..$lanes {
                let lower = wrapping[lane].wrapping_sub(upper[lane] << $half) as $uint;
                total += (<$wide>::from(upper[lane]) << $half) + <$wide>::from(lower);
            }
            total
                + rest
                    .iter()
                    .map(|value| <$wide>::from(*value))
                    .sum::<$wide>()
        }

        /// The sum of at most this many blocks of values.
        #[inline]
        pub(crate) fn $block(isa: Isa, values: &[$int]) -> $wide {
            assert!(values.len() <= ADDITIONS * $lanes);
            compiled!(isa, [] $generic(values: &[$int]) -> $wide)
        }
    };
}

lanes!(sum_block_i32, sum_lanes_i32, i32, u32, i64, LANES_I32, 16);
lanes!(sum_block_i64, sum_lanes_i64, i64, u64, i128, LANES_I64, 32);
lanes!(sum_block_u64, sum_lanes_u64, u64, u64, u128, LANES_I64, 32);
