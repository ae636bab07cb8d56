//! Vectors of doubles, as the kernels see them. Each architecture has a file.
//!
//! Each method is one instruction, or a few moves. All are `unsafe` for one
//! reason, which is their contract: the processor has the instructions that the
//! type's file names. They are inlined into functions that are compiled for those.

pub(super) mod array;
#[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
pub(super) mod neon;
#[cfg(target_arch = "x86_64")]
pub(super) mod x86;

/// The lanes of the widest vector.
pub(super) const MAX_LANES: usize = 8;

/// A vector of doubles.
pub(crate) trait Vector: Copy {
    const LANES: usize;
    unsafe fn splat(value: f64) -> Self;
    /// `self * scale + term` for a power of two that is at least 1. Rounded once,
    /// for the product is a double; where it is too large for one, it may be infinite.
    unsafe fn scaled_add(self, scale: Self, term: Self) -> Self;
    /// `self * scale - term` on the same terms.
    unsafe fn scaled_subtract(self, scale: Self, term: Self) -> Self;
    unsafe fn add(self, other: Self) -> Self;
    unsafe fn subtract(self, other: Self) -> Self;
    unsafe fn and(self, other: Self) -> Self;
    unsafe fn or(self, other: Self) -> Self;
    /// `self | (a ^ b)`
    unsafe fn or_difference(self, a: Self, b: Self) -> Self;
    /// `self | bits`, where no bit of a lane is set if `rest` is `taken`; the sign alone,
    /// if `rest` is -0.0 and `taken` is +0.0; and others else.
    unsafe fn or_missed(self, rest: Self, taken: Self) -> Self;
    /// The sum of the lanes' bits as integers.
    unsafe fn add_integers(self, other: Self) -> Self;
    /// The difference of the lanes' bits as integers.
    unsafe fn subtract_integers(self, other: Self) -> Self;
    /// The lanes' bits; those beyond `LANES` are 0.
    unsafe fn bits(self) -> [u64; MAX_LANES];
    /// Keeps the compiler from running too many sets side by side, where there
    /// are not enough registers for that. These are two vectors that both sets use.
    unsafe fn separate_sets(shared: [&mut Self; 2]);
}

/// A vector whose multiplications can be fused with an addition.
pub(crate) trait Fused: Vector {
    /// `self * factor + term`, rounded once.
    unsafe fn multiply_add(self, factor: Self, term: Self) -> Self;
    /// `term - self * factor`, rounded once.
    unsafe fn multiply_from(self, factor: Self, term: Self) -> Self;
    /// `self * factor`
    unsafe fn multiply(self, factor: Self) -> Self;
}

/// Where a vector comes from.
pub(crate) trait Load<V>: Copy + Default {
    unsafe fn load(from: *const Self) -> V;
}
