//! The loops of the exponent table, compiled once for each set of instructions.

use crate::float::Binary;
use crate::simd::isa::{Instructions, Isa};

/// The bits of a bin that stay where they are when the rest is carried.
pub(crate) const KEPT: u32 = 48;

/// Bins that are looked at together: most have nothing to carry, as most data has
/// few exponents.
const GROUP: usize = 32;

/// Adds each value's significand, hidden bit and all, to the bin of its sign and
/// exponent.
#[inline(always)]
fn fill<T: Binary, const ENTRIES: usize>(values: &[T], bins: &mut [u64; ENTRIES]) {
    let hidden = 1_u64 << T::FRACTION_BITS;
    for value in values {
        let bits = value.bits();
        bins[(bits >> T::FRACTION_BITS) as usize % ENTRIES] += bits & (hidden - 1) | hidden;
    }
}

/// Carries the upper bits of bins to words of their own.
#[inline(always)]
fn carry<const ENTRIES: usize>(bins: &mut [u64; ENTRIES], carried: &mut [u32; ENTRIES]) {
    const { assert!(ENTRIES.is_multiple_of(GROUP)) };
    let groups = carried.chunks_exact_mut(GROUP);
    for (bins, carried) in bins.chunks_exact_mut(GROUP).zip(groups) {
        if bins.iter().fold(0, |all, bin| all | *bin) >> KEPT == 0 {
            continue;
        }
        for (bin, carried) in bins.iter_mut().zip(carried) {
            *carried += (*bin >> KEPT) as u32;
            *bin &= (1 << KEPT) - 1;
        }
    }
}

impl Isa {
    /// Adds each value's significand, hidden bit and all, to the bin of its sign
    /// and exponent. Bins must have room.
    pub(crate) fn fill_bins<T: Binary, const ENTRIES: usize>(
        self,
        values: &[T],
        bins: &mut [u64; ENTRIES],
    ) {
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx2,bmi1,bmi2")]
        fn with_bmi<T: Binary, const ENTRIES: usize>(values: &[T], bins: &mut [u64; ENTRIES]) {
            fill(values, bins);
        }
        #[cfg(target_arch = "x86_64")]
        if self.0 != Instructions::Portable && has_bmi() {
            // SAFETY: the processor has the instructions.
            return unsafe { with_bmi(values, bins) };
        }
        fill(values, bins);
    }

    /// Carries what lies above the lowest [`KEPT`] bits of each bin.
    pub(crate) fn carry_bins<const ENTRIES: usize>(
        self,
        bins: &mut [u64; ENTRIES],
        carried: &mut [u32; ENTRIES],
    ) {
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx2")]
        fn avx2<const ENTRIES: usize>(bins: &mut [u64; ENTRIES], carried: &mut [u32; ENTRIES]) {
            carry(bins, carried);
        }
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl")]
        fn avx512<const ENTRIES: usize>(bins: &mut [u64; ENTRIES], carried: &mut [u32; ENTRIES]) {
            carry(bins, carried);
        }
        match self.0 {
            // SAFETY: there is such an `Isa` only where the processor has the
            // instructions.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => unsafe { avx512(bins, carried) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => unsafe { avx2(bins, carried) },
            Instructions::Portable => carry(bins, carried),
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[inline]
fn has_bmi() -> bool {
    is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2")
}
