//! Vectors of four doubles, which need AVX2 and FMA, and of eight, which need AVX-512
//! F, DQ, BW and VL; and the kernel compiled for each.

#![allow(
    unsafe_op_in_unsafe_fn,
    reason = "the contract of `vector` is the whole of each method's safety"
)]

use std::arch::x86_64::*;

use crate::simd::kernel::split;
use crate::simd::vector::{Fused, Load, MAX_LANES, Vector};
use crate::simd::window::{Levels, Window};

macro_rules! vector {
    ($vector:ident, $lanes:literal,
     $splat:ident, $mul:ident, $fmadd:ident, $fmsub:ident, $fnmadd:ident, $add:ident, $sub:ident, $and:ident, $or:ident,
     $addi:ident, $subi:ident, $castsi:ident, $castpd:ident,
     |$this:ident, $a:ident, $b:ident| $or_difference:expr, $separate:expr) => {
        impl Vector for $vector {
            const LANES: usize = $lanes;
            #[inline(always)]
            unsafe fn splat(value: f64) -> Self {
                $splat(value)
            }
            #[inline(always)]
            unsafe fn scaled_add(self, scale: Self, term: Self) -> Self {
                $fmadd(self, scale, term)
            }
            #[inline(always)]
            unsafe fn scaled_subtract(self, scale: Self, term: Self) -> Self {
                $fmsub(self, scale, term)
            }
            #[inline(always)]
            unsafe fn add(self, other: Self) -> Self {
                $add(self, other)
            }
            #[inline(always)]
            unsafe fn subtract(self, other: Self) -> Self {
                $sub(self, other)
            }
            #[inline(always)]
            unsafe fn and(self, other: Self) -> Self {
                $and(self, other)
            }
            #[inline(always)]
            unsafe fn or(self, other: Self) -> Self {
                $or(self, other)
            }
            #[inline(always)]
            unsafe fn or_difference(self, $a: Self, $b: Self) -> Self {
                let $this = self;
                $or_difference
            }
            #[inline(always)]
            unsafe fn or_missed(self, rest: Self, taken: Self) -> Self {
                self.or_difference(rest, taken)
            }
            #[inline(always)]
            unsafe fn add_integers(self, other: Self) -> Self {
                $castsi($addi($castpd(self), $castpd(other)))
            }
            #[inline(always)]
            unsafe fn subtract_integers(self, other: Self) -> Self {
                $castsi($subi($castpd(self), $castpd(other)))
            }
            #[inline(always)]
            unsafe fn bits(self) -> [u64; MAX_LANES] {
                let mut bits = [0_u64; MAX_LANES];
                bits.as_mut_ptr().cast::<Self>().write_unaligned(self);
                bits
            }
            #[inline(always)]
            unsafe fn separate_sets(_: [&mut Self; 2]) {
                $separate
            }
        }

        impl Fused for $vector {
            #[inline(always)]
            unsafe fn multiply_add(self, factor: Self, term: Self) -> Self {
                $fmadd(self, factor, term)
            }
            #[inline(always)]
            unsafe fn multiply_from(self, factor: Self, term: Self) -> Self {
                $fnmadd(self, factor, term)
            }
            #[inline(always)]
            unsafe fn multiply(self, factor: Self) -> Self {
                $mul(self, factor)
            }
        }
    };
}

vector!(
    __m256d,
    4,
    _mm256_set1_pd,
    _mm256_mul_pd,
    _mm256_fmadd_pd,
    _mm256_fmsub_pd,
    _mm256_fnmadd_pd,
    _mm256_add_pd,
    _mm256_sub_pd,
    _mm256_and_pd,
    _mm256_or_pd,
    _mm256_add_epi64,
    _mm256_sub_epi64,
    _mm256_castsi256_pd,
    _mm256_castpd_si256,
    |this, a, b| _mm256_or_pd(this, _mm256_xor_pd(a, b)),
    std::arch::asm!("", options(nostack, preserves_flags))
);

vector!(
    __m512d,
    8,
    _mm512_set1_pd,
    _mm512_mul_pd,
    _mm512_fmadd_pd,
    _mm512_fmsub_pd,
    _mm512_fnmadd_pd,
    _mm512_add_pd,
    _mm512_sub_pd,
    _mm512_and_pd,
    _mm512_or_pd,
    _mm512_add_epi64,
    _mm512_sub_epi64,
    _mm512_castsi512_pd,
    _mm512_castpd_si512,
    |this, a, b| {
        // The table of `this | (a ^ b)`.
        const OR_DIFFERENCE: i32 = 0xf6;
        let (this, a, b) = (
            _mm512_castpd_si512(this),
            _mm512_castpd_si512(a),
            _mm512_castpd_si512(b),
        );
        _mm512_castsi512_pd(_mm512_ternarylogic_epi64::<OR_DIFFERENCE>(this, a, b))
    },
    ()
);

impl Load<__m256d> for f64 {
    #[inline(always)]
    unsafe fn load(from: *const f64) -> __m256d {
        _mm256_loadu_pd(from)
    }
}

impl Load<__m256d> for f32 {
    #[inline(always)]
    unsafe fn load(from: *const f32) -> __m256d {
        _mm256_cvtps_pd(_mm_loadu_ps(from))
    }
}

impl Load<__m512d> for f64 {
    #[inline(always)]
    unsafe fn load(from: *const f64) -> __m512d {
        _mm512_loadu_pd(from)
    }
}

impl Load<__m512d> for f32 {
    #[inline(always)]
    unsafe fn load(from: *const f32) -> __m512d {
        _mm512_cvtps_pd(_mm256_loadu_ps(from))
    }
}

/// # Safety
/// The processor has AVX2 and FMA.
#[inline(never)]
#[target_feature(enable = "avx2,fma")]
pub(in crate::simd) unsafe fn avx2<T: Load<__m256d>, const LEVELS: usize, const CHECKED: bool>(
    block: &[T],
    window: Window,
) -> Levels {
    // SAFETY: the instructions are enabled here.
    unsafe {
        // As many sets as sixteen registers hold.
        match (LEVELS, CHECKED) {
            (1 | 2, false) => split::<__m256d, T, 1, 5, 2, LEVELS, CHECKED>(block, window),
            _ => split::<__m256d, T, 1, 4, 1, LEVELS, CHECKED>(block, window),
        }
    }
}

/// # Safety
/// The processor has AVX-512 F, DQ, BW and VL.
#[inline(never)]
#[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl")]
pub(in crate::simd) unsafe fn avx512<T: Load<__m512d>, const LEVELS: usize, const CHECKED: bool>(
    block: &[T],
    window: Window,
) -> Levels {
    // SAFETY: the instructions are enabled here.
    unsafe {
        match (LEVELS, CHECKED) {
            (1 | 2, false) => split::<__m512d, T, 1, 8, 2, LEVELS, CHECKED>(block, window),
            (4.., _) => split::<__m512d, T, 1, 2, 2, LEVELS, CHECKED>(block, window),
            _ => split::<__m512d, T, 1, 4, 2, LEVELS, CHECKED>(block, window),
        }
    }
}
