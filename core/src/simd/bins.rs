//! The loops of the exponent tables, compiled once for each set of instructions.

use std::cell::Cell;

use crate::float::Binary;
use crate::simd::isa::{Isa, compiled};

/// Adds each value's significand, hidden bit and all, to the bin of its sign and
/// exponent, or if `TWO` to one of two such bins in turn: equal neighbours then do not
/// wait for each other. A bit of the exponent's field tells the two apart.
#[inline(always)]
fn fill<T: Binary, const ENTRIES: usize, const TWO: bool>(values: &[T], bins: &mut [u64; ENTRIES]) {
    let hidden = 1_u64 << T::FRACTION_BITS;
    let second = if TWO { ENTRIES / 4 } else { 0 };
    // The compiler is to see the second bins at an address of their own.
    let cells = Cell::from_mut(&mut bins[..]).as_slice_of_cells();
    let add = |value: T, bins: &[Cell<u64>]| {
        let bits = value.bits();
        let entry = (bits >> T::FRACTION_BITS) as usize % ENTRIES;
        let bin = &bins[entry & !second];
        bin.set(bin.get() + ((bits & (hidden - 1)) | hidden));
    };
    let (pairs, rest) = values.as_chunks::<2>();
    for &[even, odd] in pairs {
        add(even, cells);
        add(odd, &cells[second..]);
    }
    for &value in rest {
        add(value, cells);
    }
}

impl Isa {
    /// Adds each value's significand, hidden bit and all, to the bin of its sign and
    /// exponent, or if `two` to one of two such bins: the second one has the bit
    /// `ENTRIES` / 4 set, which the first one has not. Bins must have room.
    pub(crate) fn fill_bins<T: Binary, const ENTRIES: usize>(
        self,
        values: &[T],
        bins: &mut [u64; ENTRIES],
        two: bool,
    ) {
        #[inline(always)]
        fn fill_some<T: Binary, const ENTRIES: usize>(
            values: &[T],
            bins: &mut [u64; ENTRIES],
            two: bool,
        ) {
            if two {
                fill::<T, ENTRIES, true>(values, bins);
            } else {
                fill::<T, ENTRIES, false>(values, bins);
            }
        }
        compiled!(self, [T: Binary, const ENTRIES: usize]
            fill_some(values: &[T], bins: &mut [u64; ENTRIES], two: bool) -> ())
    }

    /// The OR of some bins.
    pub(crate) fn or_of_bins(self, bins: &[u64]) -> u64 {
        #[inline(always)]
        fn or_of(bins: &[u64]) -> u64 {
            bins.iter().fold(0, |all, bin| all | bin)
        }
        compiled!(self, [] or_of(bins: &[u64]) -> u64)
    }
}
