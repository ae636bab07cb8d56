//! Vectors of four and of eight doubles, as the kernels see them.
//!
//! Each method is one instruction, or a few moves. All are `unsafe` for one
//! reason, which is their contract: the processor has the instructions of the
//! type - AVX2 and FMA for four doubles, AVX-512 F, DQ, BW and VL for eight.
//! They are inlined into functions that are compiled for those.

#![allow(
    unsafe_op_in_unsafe_fn,
    reason = "the contract above is the whole of each method's safety"
)]

use std::arch::x86_64::*;

/// A vector of doubles.
pub(crate) trait Vector: Copy {
    const LANES: usize;
    unsafe fn splat(value: f64) -> Self;
    /// `self * factor + term`, rounded once.
    unsafe fn multiply_add(self, factor: Self, term: Self) -> Self;
    /// `self * factor - term`, rounded once.
    unsafe fn multiply_subtract(self, factor: Self, term: Self) -> Self;
    unsafe fn add(self, other: Self) -> Self;
    unsafe fn subtract(self, other: Self) -> Self;
    unsafe fn and(self, other: Self) -> Self;
    unsafe fn or(self, other: Self) -> Self;
    /// `self | (a ^ b)`
    unsafe fn or_difference(self, a: Self, b: Self) -> Self;
    /// The sum of the lanes' bits as integers.
    unsafe fn add_integers(self, other: Self) -> Self;
    /// The difference of the lanes' bits as integers.
    unsafe fn subtract_integers(self, other: Self) -> Self;
    /// The lanes' bits; those beyond `LANES` are 0.
    unsafe fn bits(self) -> [u64; 8];
    /// Keeps the compiler from running too many sets side by side, where there
    /// are not enough registers for that.
    unsafe fn separate_sets();
}

/// Where a vector comes from.
pub(crate) trait Load<V>: Copy + Default {
    unsafe fn load(from: *const Self) -> V;
}

macro_rules! vector {
    ($vector:ident, $lanes:literal,
     $splat:ident, $fmadd:ident, $fmsub:ident, $add:ident, $sub:ident, $and:ident, $or:ident,
     $addi:ident, $subi:ident, $castsi:ident, $castpd:ident,
     |$this:ident, $a:ident, $b:ident| $or_difference:expr, $separate:expr) => {
        impl Vector for $vector {
            const LANES: usize = $lanes;
            #[inline(always)]
            unsafe fn splat(value: f64) -> Self {
                $splat(value)
            }
            #[inline(always)]
            unsafe fn multiply_add(self, factor: Self, term: Self) -> Self {
                $fmadd(self, factor, term)
            }
            #[inline(always)]
            unsafe fn multiply_subtract(self, factor: Self, term: Self) -> Self {
                $fmsub(self, factor, term)
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
            unsafe fn add_integers(self, other: Self) -> Self {
                $castsi($addi($castpd(self), $castpd(other)))
            }
            #[inline(always)]
            unsafe fn subtract_integers(self, other: Self) -> Self {
                $castsi($subi($castpd(self), $castpd(other)))
            }
            #[inline(always)]
            unsafe fn bits(self) -> [u64; 8] {
                let mut bits = [0_u64; 8];
                bits.as_mut_ptr().cast::<Self>().write_unaligned(self);
                bits
            }
            #[inline(always)]
            unsafe fn separate_sets() {
                $separate
            }
        }
    };
}

vector!(
    __m256d,
    4,
    _mm256_set1_pd,
    _mm256_fmadd_pd,
    _mm256_fmsub_pd,
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
    _mm512_fmadd_pd,
    _mm512_fmsub_pd,
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
