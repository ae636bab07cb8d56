//! Vectors of two doubles, which need NEON, and the kernels compiled for it.

#![allow(
    unsafe_op_in_unsafe_fn,
    reason = "the contract of `vector` is the whole of each method's safety"
)]

use std::arch::aarch64::*;

use crate::simd::kernel::{split, split_in_parts};
use crate::simd::vector::{Fused, Load, MAX_LANES, Vector};
use crate::simd::window::{Levels, Window};

impl Vector for float64x2_t {
    const LANES: usize = 2;
    #[inline(always)]
    unsafe fn splat(value: f64) -> Self {
        vdupq_n_f64(value)
    }
    // Not fused: a fused multiplication overwrites its term, which is a move more
    // here, and has no form that subtracts the term, which is another.
    #[inline(always)]
    unsafe fn scaled_add(self, scale: Self, term: Self) -> Self {
        vaddq_f64(term, vmulq_f64(self, scale))
    }
    #[inline(always)]
    unsafe fn scaled_subtract(self, scale: Self, term: Self) -> Self {
        vsubq_f64(vmulq_f64(self, scale), term)
    }
    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        vaddq_f64(self, other)
    }
    #[inline(always)]
    unsafe fn subtract(self, other: Self) -> Self {
        vsubq_f64(self, other)
    }
    #[inline(always)]
    unsafe fn and(self, other: Self) -> Self {
        vreinterpretq_f64_u64(vandq_u64(
            vreinterpretq_u64_f64(self),
            vreinterpretq_u64_f64(other),
        ))
    }
    #[inline(always)]
    unsafe fn or(self, other: Self) -> Self {
        vreinterpretq_f64_u64(vorrq_u64(
            vreinterpretq_u64_f64(self),
            vreinterpretq_u64_f64(other),
        ))
    }
    #[inline(always)]
    unsafe fn or_difference(self, a: Self, b: Self) -> Self {
        let difference = veorq_u64(vreinterpretq_u64_f64(a), vreinterpretq_u64_f64(b));
        self.or(vreinterpretq_f64_u64(difference))
    }
    #[inline(always)]
    unsafe fn or_missed(self, rest: Self, taken: Self) -> Self {
        self.or_difference(rest, taken)
    }
    #[inline(always)]
    unsafe fn add_integers(self, other: Self) -> Self {
        vreinterpretq_f64_u64(vaddq_u64(
            vreinterpretq_u64_f64(self),
            vreinterpretq_u64_f64(other),
        ))
    }
    #[inline(always)]
    unsafe fn subtract_integers(self, other: Self) -> Self {
        vreinterpretq_f64_u64(vsubq_u64(
            vreinterpretq_u64_f64(self),
            vreinterpretq_u64_f64(other),
        ))
    }
    #[inline(always)]
    unsafe fn bits(self) -> [u64; MAX_LANES] {
        let mut bits = [0; MAX_LANES];
        vst1q_u64(bits.as_mut_ptr(), vreinterpretq_u64_f64(self));
        bits
    }
    #[inline(always)]
    unsafe fn separate_sets([one, other]: [&mut Self; 2]) {
        // No instruction: the next set seems to need what this one has made of both.
        let (mut first, mut second) = (*one, *other);
        std::arch::asm!(
            "/* {first:v} {second:v} */",
            first = inout(vreg) first,
            second = inout(vreg) second,
            options(pure, nomem, nostack, preserves_flags)
        );
        (*one, *other) = (first, second);
    }
}

impl Fused for float64x2_t {
    #[inline(always)]
    unsafe fn multiply_add(self, factor: Self, term: Self) -> Self {
        vfmaq_f64(term, self, factor)
    }
    #[inline(always)]
    unsafe fn multiply_from(self, factor: Self, term: Self) -> Self {
        vfmsq_f64(term, self, factor)
    }
    #[inline(always)]
    unsafe fn multiply(self, factor: Self) -> Self {
        vmulq_f64(self, factor)
    }
}

impl Load<float64x2_t> for f64 {
    #[inline(always)]
    unsafe fn load(from: *const f64) -> float64x2_t {
        vld1q_f64(from)
    }
}

impl Load<float64x2_t> for f32 {
    #[inline(always)]
    unsafe fn load(from: *const f32) -> float64x2_t {
        vcvt_f64_f32(vld1_f32(from))
    }
}

/// # Safety
/// The processor has NEON.
#[inline(never)]
#[target_feature(enable = "neon")]
pub(in crate::simd) unsafe fn neon<
    T: Load<float64x2_t>,
    const LEVELS: usize,
    const CHECKED: bool,
>(
    block: &[T],
    window: Window,
) -> Levels {
    // As many sets as thirty-two registers hold.
    match LEVELS {
        1..=3 => split::<float64x2_t, T, 1, 8, 2, LEVELS, CHECKED>(block, window),
        _ => split_in_parts::<float64x2_t, T, 2, 4, 2, LEVELS, CHECKED>(block, window),
    }
}
